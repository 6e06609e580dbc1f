"""Coordinates: one affine map from values to places on the screen, and its axes."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from manim import VGroup, VMobject

from convmath.arrays import FloatArray
from scenes.kit.typeset import SMALL, Formula, Text, em, resized, stand
from scenes.numerals import number
from scenes.theme import Ink, Theme

__all__ = ["Axes", "Box", "Chart", "bracket", "decimals_of", "segments", "straight", "ticks"]


_LONGEST_TICK = 6  # characters
_Y_LABEL_ROOM = 0.55  # scene units between a chart and the edge of the safe area
TICK_LABEL_DROP = 0.5  # from the foot of a chart to the baseline of its tick labels


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the screen, in scene units."""

    left: float
    right: float
    bottom: float
    top: float

    def grown(self, by: float) -> Box:
        """The rectangle with its sides moved outwards."""
        return Box(self.left - by, self.right + by, self.bottom - by, self.top + by)


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
        return np.array([width, height], dtype=np.float64)

    def points(self, values: FloatArray) -> FloatArray:
        """Places (n, 3) of the values (n, 2)."""
        values = np.asarray(values, dtype=np.float64).reshape(-1, 2)
        places = np.zeros((len(values), 3))
        corner = (self.x_range[0], self.y_range[0])
        places[:, :2] = (values - corner) * self.unit + (self.box.left, self.box.bottom)
        return places

    def point(self, x: float, y: float) -> FloatArray:
        """Place (3,) of one value."""
        place: FloatArray = self.points(np.array([[x, y]]))[0]
        return place


def ticks(low: float, high: float, most: int) -> FloatArray:
    """Round values in [low, high], at most ``most``: multiples of 1, 2 or 5 times a power of ten.

    Examples
    --------
    >>> ticks(-2, 15, 9).tolist()
    [-2.0, 0.0, 2.0, 4.0, 6.0, 8.0, 10.0, 12.0, 14.0]
    """
    span = high - low
    power = 10.0 ** math.floor(math.log10(span / max(most, 1)))
    for step in (power * m for m in (1, 2, 5, 10, 20)):
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        if last - first + 1 <= most:
            return np.arange(first, last + 1, dtype=np.float64) * step
    return np.array([])


def decimals_of(values: FloatArray) -> int:
    """The fewest decimals (at most 9) that write all of these round values exactly.

    Examples
    --------
    >>> decimals_of(np.array([-0.5, 0.5, 1.0]))
    1
    """
    step = float(np.abs(values).min(initial=1.0, where=values != 0))
    fits = (d for d in range(9) if np.allclose(values, values.round(d), rtol=0, atol=1e-6 * step))
    return next(fits, 9)


def tick_texts(values: FloatArray) -> list[str]:
    """Typst mathematics of round values, all in one manner: 0.5, or 2·10⁵ where that is long.

    Examples
    --------
    >>> tick_texts(np.array([1e6, 2e6]))
    ['1 dot 10^(6)', '2 dot 10^(6)']
    """
    plain = [number(value, decimals_of(values)) for value in values]
    if all(len(text) <= _LONGEST_TICK for text in plain):
        return plain
    power = math.floor(math.log10(float(np.abs(values).max())) + 1e-9)
    heads = values / 10.0**power
    return [f"{number(head, decimals_of(heads))} dot 10^({power})" for head in heads]


class Axes(VGroup):
    """The axes of a chart: a horizontal axis at y = 0, a vertical one at x = 0, and their numbers.

    The numbers stand at the edges of the chart, where no curve crosses them. Where y is the
    logarithm of what is shown, the horizontal axis lies at the foot of the chart, and the numbers
    beside it are powers of ten.

    Parameters
    ----------
    variable
        Typst mathematics of what the horizontal axis measures, written at its end.
    numbered
        Whether numbers stand along the horizontal axis.
    logarithmic
        Whether y is the decimal logarithm of what is shown.
    upright
        Whether the vertical axis is drawn.
    foot
        The y at which the horizontal axis lies.
    drop
        From the foot of the chart to the baseline of the numbers along the horizontal axis.
    """

    def __init__(
        self,
        chart: Chart,
        theme: Theme,
        *,
        variable: str,
        x_ticks: int = 14,
        y_ticks: int = 4,
        numbered: bool = True,
        logarithmic: bool = False,
        upright: bool = True,
        foot: float = 0.0,
        drop: float = TICK_LABEL_DROP,
    ) -> None:
        self.chart = chart
        self.drop = drop
        self.theme = theme
        self.upright = upright
        self.logarithmic = logarithmic
        self.foot = chart.y_range[0] if logarithmic else foot
        self.variable = self._end_label(variable)
        at_x = self._readable(x_ticks) if numbered else ticks(*chart.x_range, x_ticks)
        at_y = ticks(*chart.y_range, y_ticks)
        at_y = at_y[at_y != self.foot]
        self.lines = self._lines(at_x)
        self.rules = self._rules(at_y)
        below = self._x_labels(at_x) if numbered else []
        self.labels = VGroup(*below, *self._y_labels(at_y))
        super().__init__(self.rules, self.lines, self.labels, self.variable)

    def _readable(self, most: int) -> FloatArray:
        """The values along the horizontal axis, at most so many that their numbers stand apart."""
        for count in range(max(most, 2), 1, -1):
            at = ticks(*self.chart.x_range, count)
            longest = max(map(len, tick_texts(at)), default=0)
            room = self.chart.unit[0] * (at[1] - at[0]) if at.size > 1 else math.inf
            if (longest + 1) * em(SMALL) / 2 <= room:  # a digit is half an em wide
                break
        return at

    def _lines(self, at_x: FloatArray) -> VMobject:
        """The axis, its ticks, and the vertical axis where the window has one."""
        chart, tick = self.chart, 0.07
        (left, right), (low, high) = chart.x_range, chart.y_range
        ends = [chart.point(left, self.foot), chart.point(right, self.foot)]
        if self.upright and left <= 0 <= right:
            ends += [chart.point(0, low), chart.point(0, high)]
        for x in at_x:
            ends += [chart.point(x, self.foot) + [0, s, 0] for s in (-tick, tick)]
        return segments(np.array(ends), self.theme.axis)

    def _rules(self, at_y: FloatArray) -> VMobject:
        """Faint lines across the chart at the labelled values."""
        left, right = self.chart.x_range
        ends = [self.chart.point(x, y) for y in at_y for x in (left, right)]
        return segments(np.array(ends).reshape(-1, 3), self.theme.grid)

    def _end_label(self, math: str) -> Text:
        label = Formula(math, colour=self.theme.text.colour)
        end = self.chart.point(self.chart.x_range[1], self.foot)
        return stand(label, end[0] + 0.15, end[1] - 0.08)

    def relabelled(self, variable: str) -> Text:
        """A new variable for the end of the horizontal axis, which takes the old one's place."""
        self.remove(self.variable)
        self.variable = self._end_label(variable)
        self.add(self.variable)
        return self.variable

    def _x_labels(self, at: FloatArray) -> list[Text]:
        level = self.chart.box.bottom - self.drop
        return [
            stand(label, self.chart.point(x, 0)[0], level, align="centre")
            for x, label in zip(at, self._numbers(at), strict=True)
        ]

    def _y_labels(self, at: FloatArray) -> list[Text]:
        right = self.chart.box.left - 0.15
        labels = self._powers(at) if self.logarithmic else self._numbers(at)
        widest = max((float(label.width) for label in labels), default=0.0)
        size = min(1.0, _Y_LABEL_ROOM / widest) if widest else 1.0
        return [
            stand(resized(label, size), right, self.chart.point(0, y)[1] - 0.09, align="right")
            for y, label in zip(at, labels, strict=True)
        ]

    def _numbers(self, at: FloatArray) -> list[Formula]:
        return self._small(tick_texts(at))

    def _powers(self, at: FloatArray) -> list[Formula]:
        return self._small([f"10^({number(exponent, 0)})" for exponent in at])

    def _small(self, maths: list[str]) -> list[Formula]:
        ink = self.theme.muted
        return [Formula(math, size=SMALL, colour=ink.colour) for math in maths]


def segments(ends: FloatArray, ink: Ink) -> VMobject:
    """Straight strokes between consecutive pairs of points (2n, 3), as one mobject."""
    mobject = VMobject(stroke_color=ink.colour, stroke_width=ink.width)
    mobject.points = straight(ends[0::2], ends[1::2])
    return mobject


def straight(starts: FloatArray, stops: FloatArray) -> FloatArray:
    """Cubic Bézier points (4n, 3) of the straight strokes from ``starts`` to ``stops`` (n, 3)."""
    share = np.array([0.0, 1 / 3, 2 / 3, 1.0])[:, None]
    strokes = starts[:, None, :] + share * (stops - starts)[:, None, :]
    return np.asarray(strokes.reshape(-1, 3))


def bracket(chart: Chart, ink: Ink, low: float, high: float, level: float) -> VMobject:
    """A bar with end ticks from ``low`` to ``high`` at the height ``level`` of the screen.

    An end outside the chart is cut at its edge and has no tick.
    """
    left, right = (chart.point(float(np.clip(end, *chart.x_range)), 0)[0] for end in (low, high))
    ends = [[left, level, 0], [right, level, 0]]
    for value, x in ((low, left), (high, right)):
        if chart.x_range[0] <= value <= chart.x_range[1]:
            ends += [[x, level, 0], [x, level + 0.12, 0]]
    return segments(np.array(ends), ink)
