"""How often a clip flashes, by WCAG 2.2 (success criterion 2.3.1 and its definitions).

A general flash is a pair of opposing changes of relative luminance of at least 0.1, the darker one
below 0.8; a red flash is one between a saturated red and another colour. More than three in a
second are too many where they cover a quarter of any 10° of the visual field, which WCAG takes for
341 x 256 of 1024 x 768 pixels: a third of the picture each way.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rendering.boxes import Stale
from rendering.sinks import RGBA

__all__ = ["Flashes", "luminance", "redness"]

_LEAST, _BRIGHT, _LEAST_RED = 0.1, 0.8, 20.0
_FIELD = 1 / 3
_AREA = 0.25

Plane = NDArray[np.float64]
"""``(height, width)``."""


_SRGB = np.arange(256) / 255
_LINEAR = np.where(_SRGB <= 0.04045, _SRGB / 12.92, ((_SRGB + 0.055) / 1.055) ** 2.4)


def _linear(rgba: RGBA) -> NDArray[np.float64]:
    return _LINEAR[rgba[..., :3]]


def luminance(rgba: RGBA) -> Plane:
    """Relative luminance, 0 to 1."""
    plane: Plane = _linear(rgba) @ np.array([0.2126, 0.7152, 0.0722])
    return plane


def redness(rgba: RGBA) -> Plane:
    """``(R − G − B) · 320`` of linear colours, 0 where red is less than 80 % of them."""
    red, green, blue = np.moveaxis(_linear(rgba), -1, 0)
    saturated = red >= 0.8 * (red + green + blue)
    return np.where(saturated, np.maximum(red - green - blue, 0) * 320, 0.0)


class _Turns:
    """Finds, pixel by pixel, when a value has changed by ``least`` in the direction opposed to
    its last such change."""

    def __init__(self, first: Plane, least: float, bright: float) -> None:
        self.low, self.high = first.copy(), first.copy()
        self.direction = np.zeros(first.shape, np.int8)
        self.least, self.bright = least, bright

    def turned(self, value: Plane) -> NDArray[np.bool_]:
        """Where this value completes a change; where nothing did yet, either direction will do."""
        self.low, self.high = np.minimum(self.low, value), np.maximum(self.high, value)
        rose = (self.direction <= 0) & (value - self.low >= self.least) & (self.low < self.bright)
        fell = (self.direction >= 0) & (self.high - value >= self.least) & (value < self.bright)
        fell &= ~rose
        self.direction[rose], self.direction[fell] = 1, -1
        changed = rose | fell
        self.low[changed], self.high[changed] = value[changed], value[changed]
        return changed


class Flashes:
    """A sink that looks for flashes.

    Attributes
    ----------
    worst
        The most flashes in any second that cover a quarter of any visual field.
    """

    def __init__(self, fps: int) -> None:
        self.fps = fps
        self.recent: list[list[tuple[int, NDArray[np.bool_]]]] = [[], []]
        self.turns: list[_Turns] = []
        self.worst = 0

    def frame(self, rgba: RGBA, index: int, repeat: int, stale: Stale = None) -> None:
        """See `rendering.sinks.Sink`; a picture that stays changes nothing."""
        planes = luminance(rgba), redness(rgba)
        if not self.turns:
            limits = (_LEAST, _BRIGHT), (_LEAST_RED, np.inf)
            self.turns = [_Turns(p, *limit) for p, limit in zip(planes, limits, strict=True)]
            return
        for turns, plane, recent in zip(self.turns, planes, self.recent, strict=True):
            changed = turns.turned(plane)
            if not changed.any():
                continue
            recent.append((index, changed))
            while recent[0][0] <= index - self.fps:
                recent.pop(0)
            count = np.sum([each for _, each in recent], axis=0)
            self.worst = max(self.worst, _covering(count) // 2)


def _covering(count: NDArray[np.int64]) -> int:
    """The largest number that a quarter of some visual field reaches."""
    height, width = (round(length * _FIELD) for length in count.shape)
    for most in range(int(count.max()), 1, -1):
        sums = np.pad(np.cumsum(np.cumsum(count >= most, 0), 1), ((1, 0), (1, 0)))
        in_field = (
            sums[height:, width:] - sums[:-height, width:] - sums[height:, :-width]
            + sums[:-height, :-width]
        )  # fmt: skip
        if in_field.max() >= _AREA * height * width:
            return most
    return 0
