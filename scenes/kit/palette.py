"""Colours that are computed: mixtures, contrasts, scales for values, and inks of one kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from convmath.arrays import AnyArray, FloatArray
from scenes.theme import Ink, Theme

__all__ = [
    "Colours",
    "Scale",
    "blended",
    "channel_colours",
    "contrast",
    "curve_inks",
    "readable",
    "rgb",
    "samples",
    "series",
]

Colours = NDArray[np.str_]
"""``#rrggbb`` for each cell; empty where there is none."""

_VIOLET, _OLIVE = "#B9A2FF", "#7A6200"  # each far from the output's ink on its ground
_LINES = ((0.0, "a solid line"), (0.22, "long dashes"), (0.09, "short dashes"))


def rgb(colour: str) -> FloatArray:
    """sRGB (3,) in [0, 1] of ``#rrggbb``."""
    return np.array([int(colour[k : k + 2], 16) for k in (1, 3, 5)]) / 255


def _hex(colour: FloatArray) -> str:
    return "#" + "".join(f"{round(part * 255):02X}" for part in colour)


def contrast(one: FloatArray, other: FloatArray) -> float:
    """Contrast ratio of two sRGB colours (3,) in [0, 1]: from 1 to 21 (WCAG 2.2).

    Examples
    --------
    >>> round(contrast(np.zeros(3), np.ones(3)), 6)
    21.0
    """
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: FloatArray) -> float:
    linear = np.where(colour <= 0.04045, colour / 12.92, ((colour + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def blended(below: str, above: str, opacity: float) -> str:
    """What one colour looks like under another of this opacity.

    Examples
    --------
    >>> blended("#000000", "#FF8000", 0.5)
    '#804000'
    """
    return _hex(rgb(below) + opacity * (rgb(above) - rgb(below)))


def readable(ground: str, inks: Sequence[str]) -> str:
    """The one of several inks with the highest contrast to a ground."""
    return max(inks, key=lambda ink: contrast(rgb(ink), rgb(ground)))


def series(theme: Theme, count: int) -> list[str]:
    """Colours for ``count`` things of one kind, such as weights: none is that of another role."""
    ends = [theme.moving.colour, theme.weight.colour]
    path = [*ends, _VIOLET] if theme.name == "dark" else [_OLIVE, *ends]
    at = np.linspace(0, 2, count) if count > 1 else np.ones(1)
    return [_hex(colour) for colour in _between(path, at)]


def curve_inks(theme: Theme, count: int) -> list[Ink]:
    """Inks for ``count`` curves of one kind that may cross: up to 12 pairs of a colour and a dash.

    Neighbours differ in both, where those of a `series` shade into each other.
    """
    roles = (theme.fixed, theme.moving, theme.product, theme.weight)
    inks = []
    for k in range(count):
        dash, cue = _LINES[(k + k // 4) % 3]
        inks.append(replace(roles[k % 4], width=5.0, dash=dash, fill=0.0, cue=cue))
    return inks


def channel_colours(theme: Theme) -> tuple[str, str, str]:
    """Red, green and blue as on a ground: readable as text, though not as pure as a screen's."""
    if theme.name == "dark":
        return "#FF7A70", "#86D15A", "#7FB0FF"
    return "#B3261E", "#2F7318", "#2459C4"


def samples(theme: Theme, count: int) -> list[str]:
    """Colours for ``count`` samples of the signal that stays: none is the moving one's."""
    first, last = theme.fixed.colour, theme.weight.colour
    path = [first, _VIOLET, last] if theme.name == "dark" else [first, theme.product.colour, _OLIVE]
    return [_hex(colour) for colour in _between(path, np.linspace(0, 2, max(count, 2))[:count])]


def _between(stops: Sequence[str], at: FloatArray) -> FloatArray:
    """sRGB (n, 3) at places (n,) between colours that stand at 0, 1, 2, …"""
    parts = np.array([rgb(colour) for colour in stops]).T
    return np.stack([np.interp(at, range(len(stops)), part) for part in parts], axis=1)


@dataclass(frozen=True)
class Scale:
    """Colours for values: even steps from ``low`` to ``high`` between given colours.

    Attributes
    ----------
    colours
        ``#rrggbb`` at evenly spaced values, the first at ``low`` and the last at ``high``.
    levels
        How many different colours there are; each is one mobject of a `Grid`.
    """

    low: float
    high: float
    colours: tuple[str, ...]
    levels: int = 33

    def __call__(self, values: AnyArray) -> Colours:
        """A colour for each value; one beyond the ends has the end's, NaN has none."""
        span = self.high - self.low or 1.0
        share = np.clip((np.asarray(values, dtype=np.float64) - self.low) / span, 0.0, 1.0)
        level = np.rint(np.nan_to_num(share) * (self.levels - 1)).astype(np.int64)
        return np.where(np.isnan(share), "", self._table()[level])

    def _table(self) -> Colours:
        at = np.linspace(0, len(self.colours) - 1, self.levels)
        return np.array([_hex(colour) for colour in _between(self.colours, at)])
