"""Blocks: rectangles of any size with a number in each, which can fly from place to place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

import numpy as np
from manim import VGroup, VMobject, smooth
from numpy.typing import ArrayLike

from convmath.arrays import AnyArray, FloatArray
from scenes.kit.cells import Cells
from scenes.kit.chart import Chart, straight
from scenes.kit.palette import blended
from scenes.kit.sliding import Steps
from scenes.kit.typeset import Numbers, em, width_in_ems
from scenes.theme import Theme

__all__ = ["Blocks", "Flight", "bars_between", "tiles"]

_SEAM = 0.015  # from a block's edge to its border, so that neighbours do not share one
_ROOM = (0.9, 0.8)  # the part of a block's width and height that a number may fill
_DIGIT = 0.67  # height of a digit, in ems


class Blocks(VGroup):
    """Rectangles in one colour, each with a number where it has room for one.

    Parameters
    ----------
    size
        Of the numbers, in points.
    fill
        How much of the colour a block has over the ground; 0 leaves its outline.
    """

    def __init__(self, theme: Theme, colour: str, *, size: float, fill: float = 0.4) -> None:
        self.rectangles = VMobject(
            fill_color=blended(theme.ground, colour, fill),
            fill_opacity=1.0,
            stroke_color=blended(theme.ground, colour, 1.0 if fill > 0.2 else 0.55),
            stroke_width=2.5,
        )
        self.numbers = Numbers(size=size, colour=theme.text.colour)
        super().__init__(self.rectangles, self.numbers)

    def draw(self, boxes: FloatArray, contents: Sequence[str] | None = None) -> Self:
        """Draw these boxes (n, 4) instead: left, right, bottom, top; flat ones are left out."""
        left, right, bottom, top = boxes.T + _SEAM * np.array([[1], [-1], [1], [-1]])
        corners = [(left, bottom), (left, top), (right, top), (right, bottom)]
        ring = np.array([[x, y, np.zeros_like(x)] for x, y in corners]).transpose(2, 0, 1)
        ring = ring[(top > bottom) & (right > left)]
        self.rectangles.points = straight(
            ring.reshape(-1, 3), np.roll(ring, -1, axis=1).reshape(-1, 3)
        )
        self._write(boxes, contents or [""] * len(boxes))
        return self

    def _write(self, boxes: FloatArray, contents: Sequence[str]) -> None:
        unit = em(self.numbers.size)
        wide, high = boxes[:, 1] - boxes[:, 0], boxes[:, 3] - boxes[:, 2]
        widths = np.array([width_in_ems(content) for content in contents]) * unit
        fits = (widths <= _ROOM[0] * wide) & (_DIGIT * unit <= _ROOM[1] * high)
        places = np.zeros((len(boxes), 3))
        places[:, 0] = (boxes[:, 0] + boxes[:, 1]) / 2
        places[:, 1] = (boxes[:, 2] + boxes[:, 3]) / 2
        shown = [content for content, fit in zip(contents, fits, strict=True) if fit]
        self.numbers.draw(shown, places[fits])


class Flight(Steps):
    """Blocks fly from one set of places to the next; step i is the arrival at set i.

    Parameters
    ----------
    stations
        Sets of boxes, (n, 4) each.
    sizes
        Type of the numbers at each station, in points; that of the blocks if not given.
    """

    def __init__(
        self,
        blocks: Blocks,
        contents: Sequence[str],
        stations: Sequence[FloatArray],
        sizes: Sequence[float] | None = None,
    ) -> None:
        super().__init__(blocks)
        self.blocks = blocks
        self.contents = contents
        self.stations = stations
        self.sizes = sizes or [blocks.numbers.size] * len(stations)
        self.draw(0)

    def draw(self, index: float) -> Self:
        """Stand at a station, or on the straight way to the next."""
        self.index = index
        last = min(int(index + 1e-9), len(self.stations) - 1)
        following = min(last + 1, len(self.stations) - 1)
        share = smooth(index - last) if index > last else 0.0
        start, end = self.stations[last], self.stations[following]
        size, later = self.sizes[last], self.sizes[following]
        self.blocks.numbers.size = size + share * (later - size)
        self.blocks.draw(start + share * (end - start), self.contents)
        return self


def tiles(cells: Cells, columns: ArrayLike, row: float = 0) -> FloatArray:
    """Boxes (n, 4) of the tiles in these columns of a row, which need not be whole."""
    wide, high = cells.tile
    x = cells.left + (np.asarray(columns, dtype=np.float64) + 0.5) * cells.width
    y = np.full_like(x, cells.top - (row + 0.5) * cells.height)
    return np.stack([x - wide / 2, x + wide / 2, y - high / 2, y + high / 2], axis=1)


def bars_between(chart: Chart, x: AnyArray, ends: AnyArray, width: float) -> FloatArray:
    """Boxes (n, 4) of bars at x (n,) between two heights (n, 2); ``width`` in scene units."""
    values = np.asarray(x, dtype=np.float64)
    low, high = np.sort(np.asarray(ends, dtype=np.float64), axis=1).T
    feet = chart.points(np.stack([values, low], axis=1))
    tops = chart.points(np.stack([values, high], axis=1))
    return np.stack(
        [feet[:, 0] - width / 2, feet[:, 0] + width / 2, feet[:, 1], tops[:, 1]], axis=1
    )
