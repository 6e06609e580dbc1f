from itertools import pairwise

import numpy as np
import pytest

from scenes.kit.palette import (
    Scale,
    blended,
    contrast,
    curve_inks,
    readable,
    rgb,
    samples,
    series,
)
from scenes.theme import THEMES

EVERY = pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)


@pytest.mark.parametrize("opacity", [0.0, 1.0])
def test_all_or_nothing_of_a_colour(opacity):
    assert blended("#10141B", "#F2F4F8", opacity) == ("#F2F4F8" if opacity else "#10141B")


@EVERY
@pytest.mark.parametrize("count", range(1, 7))
def test_a_series_can_be_read_and_told_apart(theme, count):
    colours = series(theme, count)
    assert len(set(colours)) == count
    values = [rgb(colour) for colour in colours]
    assert min(contrast(value, rgb(theme.ground)) for value in values) >= 4.5
    taken = [rgb(ink.colour) for ink in (theme.fixed, theme.product, theme.output)]
    apart = [np.abs(value - other).max() for value in values for other in taken]
    assert min(apart) > 0.15
    steps = [np.abs(a - b).max() for a, b in pairwise(values)]
    assert min(steps, default=1.0) > 0.08


@EVERY
def test_curves_of_one_kind_are_told_apart_by_colour_and_by_line(theme):
    inks = curve_inks(theme, 12)
    assert len({(ink.colour, ink.dash) for ink in inks}) == 12
    assert len({ink.cue for ink in inks}) == 3
    assert theme.output.colour not in {ink.colour for ink in inks}
    for one, other in pairwise(inks):
        assert one.colour != other.colour
        assert one.dash != other.dash


@EVERY
@pytest.mark.parametrize("count", range(1, 7))
def test_samples_can_be_read_and_told_apart(theme, count):
    colours = samples(theme, count)
    assert colours[0] == theme.fixed.colour
    values = [rgb(colour) for colour in colours]
    assert min(contrast(value, rgb(theme.ground)) for value in values) >= 4.5
    taken = [rgb(ink.colour) for ink in (theme.moving, theme.output)]
    assert min(np.abs(value - other).max() for value in values for other in taken) > 0.15
    assert min((np.abs(a - b).max() for a, b in pairwise(values)), default=1.0) > 0.08
    tinted = (rgb(blended(theme.ground, colour, 0.4)) for colour in colours)
    assert min(contrast(tint, rgb(theme.text.colour)) for tint in tinted) >= 4.5


def test_a_scale_goes_from_its_first_colour_to_its_last():
    scale = Scale(-1.0, 3.0, ("#000000", "#808080", "#FF0000"), levels=5)
    values = np.array([[-9.0, -1.0, 1.0], [3.0, 9.0, np.nan]])
    assert scale(values).tolist() == [
        ["#000000", "#000000", "#808080"],
        ["#FF0000", "#FF0000", ""],
    ]


def test_a_scale_has_as_many_colours_as_levels():
    scale = Scale(0.0, 1.0, ("#000000", "#FFFFFF"), levels=7)
    assert np.unique(scale(np.linspace(0, 1, 1000))).size == 7


def test_a_scale_of_equal_values_has_a_colour():
    assert Scale(2.0, 2.0, ("#000000", "#FFFFFF"))(np.array([2.0])).tolist() == ["#000000"]


@EVERY
def test_the_ink_that_reads_best(theme):
    inks = (theme.text.colour, theme.ground)
    assert readable(theme.ground, inks) == theme.text.colour
    assert readable(theme.text.colour, inks) == theme.ground
