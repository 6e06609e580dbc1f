"""Roles of ink, for dark and for light ground.

A role is told by colour and by a second cue (a dash, a marker, a filling), so that nothing is told
by colour alone. Contrasts (WCAG 2.2) are at least 4.5:1 for text and 3:1 for lines; a test
computes them. The hues start from Okabe and Ito's palette, which colour-blind people can tell
apart; each ground has its own values, because half of that palette is too light for white.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["DARK", "LIGHT", "THEMES", "Ink", "Theme", "ThemeName"]

ThemeName = Literal["dark", "light"]


@dataclass(frozen=True, slots=True)
class Ink:
    """How one role is drawn.

    Attributes
    ----------
    colour
        ``#rrggbb``, readable as text on the theme's ground.
    width
        Line width, in Manim's units (4 is about 5 pixels at 1080p).
    dash
        Length of a dash in scene units, 0 for a solid line.
    fill
        Opacity of an area in this role.
    cue
        What tells the role apart without colour.
    """

    colour: str
    width: float = 4.0
    dash: float = 0.0
    fill: float = 0.0
    cue: str = "direct label"


@dataclass(frozen=True, slots=True)
class Theme:
    """One ground and its inks."""

    name: ThemeName
    ground: str
    text: Ink
    muted: Ink
    axis: Ink
    grid: Ink
    fixed: Ink
    moving: Ink
    product: Ink
    output: Ink
    weight: Ink
    ghost: Ink

    def roles(self) -> dict[str, Ink]:
        """The roles that carry meaning, by name."""
        names = ("fixed", "moving", "product", "output", "weight", "ghost")
        return {name: getattr(self, name) for name in names}


DARK = Theme(
    name="dark",
    ground="#10141B",
    text=Ink("#F2F4F8"),
    muted=Ink("#A9B3C1", 2.0),
    axis=Ink("#8D98A8", 2.0),
    grid=Ink("#2A3240", 1.5),
    fixed=Ink("#6CBDF2", 5.0, cue="solid line, no marker"),
    moving=Ink("#FFA94D", 5.0, cue="a handle: the triangle at τ = t"),
    product=Ink("#3DD6A3", 3.0, fill=0.45, cue="a filled area"),
    output=Ink("#F6E15B", 5.0, cue="a round dot at its end"),
    weight=Ink("#F094C8", 4.0, cue="a number beside it"),
    ghost=Ink("#8D98A8", 3.0, dash=0.12, cue="a dashed line"),
)

LIGHT = Theme(
    name="light",
    ground="#FFFFFF",
    text=Ink("#1B222D"),
    muted=Ink("#56616F", 2.0),
    axis=Ink("#66717F", 2.0),
    grid=Ink("#E1E6EC", 1.5),
    fixed=Ink("#0069AD", 5.0, cue="solid line, no marker"),
    moving=Ink("#B84A00", 5.0, cue="a handle: the triangle at τ = t"),
    product=Ink("#00785A", 3.0, fill=0.30, cue="a filled area"),
    output=Ink("#83309C", 5.0, cue="a round dot at its end"),
    weight=Ink("#B0256C", 4.0, cue="a number beside it"),
    ghost=Ink("#66717F", 3.0, dash=0.12, cue="a dashed line"),
)

THEMES: dict[ThemeName, Theme] = {"dark": DARK, "light": LIGHT}
