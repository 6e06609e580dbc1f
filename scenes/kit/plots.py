"""Curves, areas, stems and bars, drawn from arrays of values on a chart.

Each is one Manim mobject whose points are set as a whole: no sampling of functions, no loop over
points. A curve follows its polyline exactly, so that a jump is a vertical edge.
"""

from __future__ import annotations

from typing import Self

import numpy as np
from manim import LineJointType, VMobject

from convmath.arrays import FloatArray
from scenes.kit.chart import Chart, straight
from scenes.theme import Ink

__all__ = ["Area", "Arrows", "Bars", "Curve", "Dashes", "Stems", "clipped"]


class Curve(VMobject):
    """A polyline through values (n, 2)."""

    def __init__(self, chart: Chart, ink: Ink, values: FloatArray | None = None) -> None:
        super().__init__(
            stroke_color=ink.colour, stroke_width=ink.width, joint_type=LineJointType.ROUND
        )
        self.chart = chart
        if values is not None:
            self.show(values)

    def show(self, values: FloatArray) -> Self:
        """Draw these values (n, 2) instead."""
        places = self.chart.points(values)
        self.points = straight(places[:-1], places[1:])
        return self


class Area(VMobject):
    """The area between a polyline of values (n, 2) and the horizontal axis, outlined."""

    def __init__(self, chart: Chart, ink: Ink, values: FloatArray | None = None) -> None:
        super().__init__(
            fill_color=ink.colour,
            fill_opacity=ink.fill,
            stroke_color=ink.colour,
            stroke_width=ink.width,
            joint_type=LineJointType.ROUND,
        )
        self.chart = chart
        if values is not None:
            self.show(values)

    def show(self, values: FloatArray) -> Self:
        """Draw the area under these values (n, 2) instead; nothing if there are none."""
        if not len(values):
            self.points = np.zeros((0, 3))
            return self
        feet = values[[0, -1]] * [1.0, 0.0]
        places = self.chart.points(np.concatenate([feet[:1], values, feet[1:], feet[:1]]))
        self.points = straight(places[:-1], places[1:])
        return self


_CIRCLE = 0.5522847498  # handle length of a quarter circle of radius 1 as a cubic Bézier
_QUARTER = np.array([[1.0, 0.0], [1.0, _CIRCLE], [_CIRCLE, 1.0], [0.0, 1.0]])
_DISC = np.concatenate(
    [_QUARTER @ np.array([[c, s], [-s, c]]) for c, s in ((1, 0), (0, 1), (-1, 0), (0, -1))]
)


class Stems(VMobject):
    """Values (n, 2) as vertical stems from the axis with a round head."""

    def __init__(
        self, chart: Chart, ink: Ink, values: FloatArray | None = None, head: float = 0.09
    ) -> None:
        super().__init__()
        self.chart = chart
        self.head = head
        self.stalks = VMobject(stroke_color=ink.colour, stroke_width=ink.width * 0.8)
        self.heads = VMobject(fill_color=ink.colour, fill_opacity=1.0, stroke_width=0.0)
        self.add(self.stalks, self.heads)
        if values is not None:
            self.show(values)

    def show(self, values: FloatArray) -> Self:
        """Draw these values (n, 2) instead."""
        tops = self.chart.points(values)
        feet = self.chart.points(values * [1.0, 0.0])
        self.stalks.points = straight(feet, tops)
        disc = np.column_stack([_DISC * self.head, np.zeros(len(_DISC))])
        self.heads.points = (tops[:, None, :] + disc).reshape(-1, 3)
        return self


class Bars(VMobject):
    """Rectangles from the axis up to values: left edges (n,), heights (n,), one width."""

    def __init__(self, chart: Chart, ink: Ink) -> None:
        super().__init__(
            fill_color=ink.colour,
            fill_opacity=ink.fill,
            stroke_color=ink.colour,
            stroke_width=ink.width / 2,
        )
        self.chart = chart

    def show(self, left: FloatArray, heights: FloatArray, width: float) -> Self:
        """Draw these bars instead."""
        zero = np.zeros_like(left)
        corners = [(left, zero), (left, heights), (left + width, heights), (left + width, zero)]
        ring = np.array(corners).transpose(2, 0, 1)  # (n, 4, 2)
        places = self.chart.points(ring.reshape(-1, 2)).reshape(-1, 4, 3)
        stops = np.roll(places, -1, axis=1)
        self.points = straight(places.reshape(-1, 3), stops.reshape(-1, 3))
        return self


class Arrows(VMobject):
    """Dirac impulses (n, 2) as arrows from the axis; the height of an arrow is its weight."""

    def __init__(self, chart: Chart, ink: Ink, values: FloatArray | None = None) -> None:
        super().__init__()
        self.chart = chart
        self.stalks = VMobject(stroke_color=ink.colour, stroke_width=ink.width)
        self.tips = VMobject(fill_color=ink.colour, fill_opacity=1.0, stroke_width=0.0)
        self.add(self.stalks, self.tips)
        if values is not None:
            self.show(values)

    def show(self, values: FloatArray, tip: float = 0.2) -> Self:
        """Draw these positions and weights (n, 2) instead."""
        tops = self.chart.points(values)
        feet = self.chart.points(values * [1.0, 0.0])
        down = np.sign(tops - feet) * [0.0, tip, 0.0]
        wings = [tops, tops - down + [tip * 0.4, 0, 0], tops - down - [tip * 0.4, 0, 0]]
        ring = np.stack(wings, axis=1)  # (n, 3, 3)
        self.stalks.points = straight(feet, tops - down)
        self.tips.points = straight(ring.reshape(-1, 3), np.roll(ring, -1, axis=1).reshape(-1, 3))
        return self


class Dashes(VMobject):
    """A dashed polyline through values (n, 2), for what is past or only imagined."""

    def __init__(self, chart: Chart, ink: Ink, values: FloatArray) -> None:
        super().__init__(stroke_color=ink.colour, stroke_width=ink.width)
        self.points = _dashes(chart.points(values), ink.dash)

    @staticmethod
    def between(start: FloatArray, stop: FloatArray, ink: Ink) -> FloatArray:
        """Bézier points (4n, 3) of a straight dashed line between two places (3,)."""
        return _dashes(np.stack([start, stop]), ink.dash)


def _dashes(places: FloatArray, dash: float) -> FloatArray:
    """Bézier points of dashes along a polyline (n, 3), as long as the gaps between them."""
    lengths = np.linalg.norm(np.diff(places, axis=0), axis=1)
    along = np.concatenate([[0.0], np.cumsum(lengths)])
    starts = np.arange(0.0, along[-1], 2 * dash)
    stops = np.minimum(starts + dash, along[-1])
    return straight(_walk(places, along, starts), _walk(places, along, stops))


def _walk(places: FloatArray, along: FloatArray, distance: FloatArray) -> FloatArray:
    """Points (m, 3) at these distances along a polyline (n, 3)."""
    return np.stack([np.interp(distance, along, places[:, axis]) for axis in range(3)], axis=1)


def clipped(values: FloatArray, low: float, high: float) -> FloatArray:
    """The part of a polyline (n, 2), ordered by its first column, that lies in [low, high]."""
    x, y = values.T
    inside = (x >= low) & (x <= high)
    parts = [values[inside]]
    if x[0] < low < x[-1]:
        parts.insert(0, np.array([[low, np.interp(low, x, y)]]))
    if x[0] < high < x[-1]:
        parts.append(np.array([[high, np.interp(high, x, y)]]))
    return np.concatenate(parts)
