"""Coordinates: one affine map from values to places on the screen, and its axes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from manim import VGroup, VMobject

from convmath.arrays import FloatArray
from scenes.kit.typeset import SMALL, Formula, number, stand
from scenes.theme import Theme

__all__ = ["Axes", "Box", "Chart", "decimals_of", "segments", "straight", "ticks"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the screen, in scene units."""

    left: float
    right: float
    bottom: float
    top: float


@dataclass(frozen=True, slots=True)
class Chart:
    """A window on the plane of values, laid onto a box of the screen.

    Attributes
    ----------
    x_range, y_range
        The values at the edges of the box.
    box
        Where it lies on the screen.
    """

    x_range: tuple[float, float]
    y_range: tuple[float, float]
    box: Box

    @property
    def unit(self) -> FloatArray:
        """Scene units per unit of value, (2,)."""
        width = (self.box.right - self.box.left) / (self.x_range[1] - self.x_range[0])
        height = (self.box.top - self.box.bottom) / (self.y_range[1] - self.y_range[0])
        return np.array([width, height])

    def points(self, values: FloatArray) -> FloatArray:
        """Places (n, 3) of the values (n, 2)."""
        values = np.asarray(values, dtype=np.float64).reshape(-1, 2)
        places = np.zeros((len(values), 3))
        corner = (self.x_range[0], self.y_range[0])
        places[:, :2] = (values - corner) * self.unit + (self.box.left, self.box.bottom)
        return places

    def point(self, x: float, y: float) -> FloatArray:
        """Place (3,) of one value."""
        return self.points(np.array([[x, y]]))[0]


def ticks(low: float, high: float, most: int) -> FloatArray:
    """Round values in [low, high], at most ``most``: multiples of 1, 2 or 5 times a power of ten.

    Examples
    --------
    >>> ticks(-2, 15, 9).tolist()
    [-2.0, 0.0, 2.0, 4.0, 6.0, 8.0, 10.0, 12.0, 14.0]
    """
    span = high - low
    power = 10.0 ** np.floor(np.log10(span / max(most, 1)))
    for step in (power * m for m in (1, 2, 5, 10, 20)):
        first, last = np.ceil(low / step - 1e-9), np.floor(high / step + 1e-9)
        if last - first + 1 <= most:
            return np.arange(first, last + 1) * step
    return np.array([])


def decimals_of(step: float) -> int:
    """How many decimals the multiples of a tick's step need."""
    return max(0, int(-np.floor(np.log10(step) + 1e-9)))


class Axes(VGroup):
    """The axes of a chart: a horizontal axis at y = 0 and a vertical one at x = 0.

    Parameters
    ----------
    variable, value
        Typst mathematics of what the axes measure, written at their ends.
    """

    def __init__(
        self,
        chart: Chart,
        theme: Theme,
        *,
        variable: str,
        value: str | None = None,
        x_ticks: int = 14,
        y_ticks: int = 4,
    ) -> None:
        self.chart = chart
        self.theme = theme
        self.variable = self._end_label(variable)
        self.lines = self._lines(ticks(*chart.x_range, x_ticks), ticks(*chart.y_range, y_ticks))
        self.labels = VGroup(
            *self._x_labels(ticks(*chart.x_range, x_ticks)),
            *self._y_labels(ticks(*chart.y_range, y_ticks)),
        )
        super().__init__(self.lines, self.labels, self.variable)
        if value is not None:
            self.add(self._value_label(value))

    def _lines(self, at_x: FloatArray, at_y: FloatArray, tick: float = 0.07) -> VMobject:
        chart = self.chart
        (left, right), (low, high) = chart.x_range, chart.y_range
        foot = min(max(0.0, left), right)
        ends = [chart.point(left, 0), chart.point(right, 0)]
        ends += [chart.point(foot, low), chart.point(foot, high)]
        for x in at_x:
            ends += [chart.point(x, 0) + [0, s, 0] for s in (-tick, tick)]
        for y in at_y[at_y != 0]:
            ends += [chart.point(foot, y) + [s, 0, 0] for s in (-tick, tick)]
        ink = self.theme.axis
        return segments(np.array(ends), ink.colour, ink.width)

    def _end_label(self, math: str) -> Formula:
        label = Formula(math, colour=self.theme.text.colour)
        end = self.chart.point(self.chart.x_range[1], 0)
        stand(label, end[0] + 0.15, end[1] - 0.08)
        return label

    def _value_label(self, math: str) -> Formula:
        label = Formula(math, colour=self.theme.muted.colour)
        foot = min(max(0.0, self.chart.x_range[0]), self.chart.x_range[1])
        top = self.chart.point(foot, self.chart.y_range[1])
        stand(label, top[0], top[1] + 0.12, align="centre")
        return label

    def _x_labels(self, at: FloatArray) -> list[Formula]:
        places = decimals_of(at[1] - at[0]) if len(at) > 1 else 2
        labels = []
        for x in at:
            point = self.chart.point(x, 0)
            label = Formula(number(x, places), size=SMALL, colour=self.theme.muted.colour)
            labels.append(stand(label, point[0], point[1] - 0.36, align="centre"))
        return labels

    def _y_labels(self, at: FloatArray) -> list[Formula]:
        places = decimals_of(at[1] - at[0]) if len(at) > 1 else 2
        foot = min(max(0.0, self.chart.x_range[0]), self.chart.x_range[1])
        labels = []
        for y in at[at != 0]:
            point = self.chart.point(foot, y)
            label = Formula(number(y, places), size=SMALL, colour=self.theme.muted.colour)
            labels.append(stand(label, point[0] - 0.16, point[1] - 0.09, align="right"))
        return labels


def segments(ends: FloatArray, colour: str, width: float) -> VMobject:
    """Straight strokes between consecutive pairs of points (2n, 3), as one mobject."""
    mobject = VMobject(stroke_color=colour, stroke_width=width)
    mobject.points = straight(ends[0::2], ends[1::2])
    return mobject


def straight(starts: FloatArray, stops: FloatArray) -> FloatArray:
    """Cubic Bézier points (4n, 3) of the straight strokes from ``starts`` to ``stops`` (n, 3)."""
    share = np.array([0.0, 1 / 3, 2 / 3, 1.0])[:, None]
    strokes = starts[:, None, :] + share * (stops - starts)[:, None, :]
    return np.asarray(strokes.reshape(-1, 3))
