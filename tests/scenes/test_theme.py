"""Contrast by the formulas of WCAG 2.2; a second cue for every role."""

import re

import pytest

from scenes.theme import THEMES, Ink, Theme

TEXT, LINE = 4.5, 3.0
BOTH = pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb``: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio."""
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


def over(colour: str, opacity: float, ground: str) -> str:
    """A colour laid over a ground."""
    pairs = [(int(colour[at : at + 2], 16), int(ground[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(opacity * a + (1 - opacity) * b):02X}" for a, b in pairs)


def test_the_formulas_by_known_values():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)
    assert over("#FFFFFF", 0.5, "#000000") == "#808080"


@BOTH
def test_every_ink_that_sets_text_is_readable(theme: Theme):
    inks = {"text": theme.text, "muted": theme.muted, **theme.roles()}
    low = {name: contrast(ink.colour, theme.ground) for name, ink in inks.items()}
    assert {name: ratio for name, ratio in low.items() if ratio < TEXT} == {}


@BOTH
def test_lines_stand_out(theme: Theme):
    lines = {"axis": theme.axis, **theme.roles()}
    for name, ink in lines.items():
        assert contrast(ink.colour, theme.ground) >= LINE, name


@BOTH
def test_the_grid_stays_behind_the_axis(theme: Theme):
    grid, axis = (contrast(ink.colour, theme.ground) for ink in (theme.grid, theme.axis))
    assert 1.05 < grid < axis / 2


@BOTH
@pytest.mark.parametrize("role", ["moving", "fixed", "output"])
def test_a_line_stands_out_on_the_area_of_the_product(theme: Theme, role: str):
    area = over(theme.product.colour, theme.product.fill, theme.ground)
    assert contrast(theme.roles()[role].colour, area) >= LINE


@BOTH
def test_every_role_is_told_apart_without_colour(theme: Theme):
    cues = [ink.cue for ink in theme.roles().values()]
    assert len(set(cues)) == len(cues)
    assert all(cues)


def told_by(ink: Ink) -> tuple[bool, bool]:
    return ink.dash > 0, ink.fill > 0


@BOTH
def test_cues_are_drawn_as_they_are_named(theme: Theme):
    for name, ink in theme.roles().items():
        assert told_by(ink) == ("dashed" in ink.cue, "filled" in ink.cue), name


def test_both_themes_have_the_same_cues():
    dark, light = (theme.roles() for theme in THEMES.values())
    assert {name: ink.cue for name, ink in dark.items()} == {
        name: ink.cue for name, ink in light.items()
    }


@BOTH
def test_colours_are_written_in_full(theme: Theme):
    inks = [theme.text, theme.muted, theme.axis, theme.grid, *theme.roles().values()]
    for colour in [theme.ground, *(ink.colour for ink in inks)]:
        assert re.fullmatch("#[0-9A-F]{6}", colour)
