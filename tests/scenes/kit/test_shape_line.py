"""Numbers stand above their letters, and stay there when they change."""

import numpy as np
import pytest

from rendering.quality import PRESETS
from rendering.recorder import manim_settings
from scenes.kit.shape_line import Shape, ShapeLine
from scenes.theme import DARK


@pytest.fixture
def line():
    with manim_settings(PRESETS["draft"]):
        shapes = (
            Shape("input", ('C_"in"', "H"), DARK.fixed.colour),
            Shape("output", ('C_"out"',), DARK.output.colour, "->"),
        )
        yield ShapeLine(
            shapes, [(3, 12), (2,)], DARK, left=-4.0, right=6.0, baselines=(-2.0, -2.5, -3.0)
        )


def middles(row, count: int) -> list[float]:
    return [float(text.get_center()[0]) for text in row.submobjects[:count]]


def test_numbers_stand_above_letters(line: ShapeLine):
    _, _, letters, numbers = line.part(0, ["3", "12"]).submobjects
    np.testing.assert_allclose(middles(numbers, 2), middles(letters, 2), atol=1e-9)
    assert {round(text.baseline, 6) for text in numbers.submobjects[:2]} == {-2.5}
    assert {round(text.baseline, 6) for text in letters.submobjects[:2]} == {-3.0}


def test_other_numbers_stand_in_the_same_places(line: ShapeLine):
    np.testing.assert_allclose(
        middles(line.numbers(0, ["3", "12"]), 2), middles(line.numbers(0, ["?", "?"]), 2)
    )


def test_the_line_is_centred_and_nothing_overlaps(line: ShapeLine):
    first, second = line.numbers(0, ["3", "12"]), line.numbers(1, ["2"])
    ends = first.get_left()[0], second.get_right()[0]
    assert sum(ends) / 2 == pytest.approx(1.0, abs=0.02)
    assert first.get_right()[0] < line.part(1, ["2"]).submobjects[1].get_left()[0]
    ring = line.ring(0, 1)
    here = middles(first, 2)[1]
    assert ring.get_center()[0] == pytest.approx(here)
    assert ring.get_left()[0] > middles(first, 2)[0]
