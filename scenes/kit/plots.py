"""Curves, areas, stems and bars, drawn from arrays of values on a chart.

Each is one Manim mobject whose points are set as a whole: no sampling of functions, no loop over
points. A curve follows its polyline, so that a jump is a vertical edge.
"""

from __future__ import annotations

from dataclasses import astuple, replace
from typing import Any, Self

import numpy as np
from manim import Animation, LineJointType, VGroup, VMobject

from convmath.arrays import FloatArray
from scenes.kit.chart import Box, Chart, straight
from scenes.theme import Ink

__all__ = [
    "NO_VALUES",
    "SLIGHT",
    "Area",
    "Arrows",
    "Bars",
    "Curve",
    "Glide",
    "Movable",
    "Plot",
    "Refit",
    "Ring",
    "StemPlot",
    "Stems",
    "Trace",
    "clipped",
    "dashed_line",
    "dashes",
    "thinned",
    "trimmed",
]


NO_VALUES: FloatArray = np.zeros((0, 2))
SLIGHT = 3e-4  # scene units, 0.08 pixels at 4K: so much a drawn curve may be away from its values


class Curve(VMobject):
    """A polyline through values (n, 2), dashed if its ink is."""

    def __init__(self, chart: Chart, ink: Ink, values: FloatArray | None = None) -> None:
        super().__init__(
            stroke_color=ink.colour, stroke_width=ink.width, joint_type=LineJointType.ROUND
        )
        self.chart = chart
        self.dash = ink.dash
        if values is not None:
            self.draw(values)

    def draw(self, values: FloatArray) -> Self:
        """Draw these values (n, 2) instead."""
        places = self.chart.points(values)
        if self.dash:
            self.points = dashes(places, self.dash)
        else:
            self.points = straight(places[:-1], places[1:])
        return self


class Trace(Curve):
    """A curve that is drawn as far as a place, thinned once to the points that can be seen."""

    def __init__(self, chart: Chart, ink: Ink, values: FloatArray) -> None:
        super().__init__(chart, ink)
        self.values = thinned(values, chart.unit)

    def until(self, x: float, y: float) -> Self:
        """Draw the curve up to its place (x, y); at a jump, both of its sides."""
        reached = np.searchsorted(self.values[:, 0], x, side="right")
        return self.draw(np.concatenate([self.values[:1], self.values[:reached], [[x, y]]]))


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
            self.draw(values)

    def draw(self, values: FloatArray) -> Self:
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


class Stems(VGroup):
    """Values (n, 2) as vertical stems from the axis with a round head.

    Hollow heads tell one sequence from another at the same index.
    """

    def __init__(
        self,
        chart: Chart,
        ink: Ink,
        values: FloatArray | None = None,
        *,
        hollow: bool = False,
        head: float = 0.09,
    ) -> None:
        self.chart = chart
        self.head = head
        self.hollow = hollow
        self.stalks = VMobject(stroke_color=ink.colour, stroke_width=ink.width * 0.8)
        self.heads = VMobject(fill_color=ink.colour, fill_opacity=1.0, stroke_width=0.0)
        if hollow:
            self.heads.set_fill(opacity=0.0).set_stroke(ink.colour, ink.width * 0.8)
        super().__init__(self.stalks, self.heads)
        if values is not None:
            self.draw(values)

    def draw(self, values: FloatArray) -> Self:
        """Draw these values (n, 2) instead."""
        tops = self.chart.points(values)
        feet = self.chart.points(values * [1.0, 0.0])
        self.stalks.points = straight(feet, self._ends(feet, tops))
        disc = np.column_stack([_DISC * self.head, np.zeros(len(_DISC))])
        self.heads.points = (tops[:, None, :] + disc).reshape(-1, 3)
        return self

    def _ends(self, feet: FloatArray, tops: FloatArray) -> FloatArray:
        """Where the stalks end (n, 3): at the rim of a hollow head, which may hide all of one."""
        stalk = tops - feet
        hidden = self.head if self.hollow else 0.0
        ends: FloatArray = feet + np.sign(stalk) * np.maximum(np.abs(stalk) - hidden, 0.0)
        return ends


class Ring(VMobject):
    """A small open circle around a place (3,)."""

    def __init__(self, place: FloatArray, ink: Ink, radius: float = 0.1) -> None:
        super().__init__(stroke_color=ink.colour, stroke_width=ink.width * 0.6)
        self.points = np.column_stack([_DISC * radius, np.zeros(len(_DISC))]) + place


class Bars(VMobject):
    """Rectangles of one width, centred on values (n, 2), from the axis or other feet up."""

    def __init__(self, chart: Chart, ink: Ink) -> None:
        super().__init__(
            fill_color=ink.colour,
            fill_opacity=ink.fill,
            stroke_color=ink.colour,
            stroke_width=ink.width / 2,
        )
        self.chart = chart

    def draw(self, values: FloatArray, width: float, feet: FloatArray | None = None) -> Self:
        """Draw these bars instead; ``width`` in units of the axis, ``feet`` (n,) if not on it."""
        x, y = values.T
        left, right = x - width / 2, x + width / 2
        foot = np.zeros_like(x) if feet is None else feet
        corners = [(left, foot), (left, y), (right, y), (right, foot)]
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
            self.draw(values)

    def draw(self, values: FloatArray, tip: float = 0.2) -> Self:
        """Draw these positions and weights (n, 2) instead."""
        tops = self.chart.points(values)
        feet = self.chart.points(values * [1.0, 0.0])
        down = np.sign(tops - feet) * [0.0, tip, 0.0]
        wings = [tops, tops - down + [tip * 0.4, 0, 0], tops - down - [tip * 0.4, 0, 0]]
        ring = np.stack(wings, axis=1)  # (n, 3, 3)
        self.stalks.points = straight(feet, tops - down)
        self.tips.points = straight(ring.reshape(-1, 3), np.roll(ring, -1, axis=1).reshape(-1, 3))
        return self


class Movable(VGroup):
    """What a `Glide` moves.

    Attributes
    ----------
    state
        Sign, offset and height, as they were drawn last.
    """

    state: tuple[float, float, float]

    def draw(self, sign: float = 1.0, offset: float = 0.0, height: float = 1.0) -> Self:
        """Move there."""
        raise NotImplementedError


class Plot(Movable):
    """A signal on a chart: its polyline (n, 2), its impulses (k, 2), and where they are moved to.

    The picture is that of the values at ``sign · τ + offset``, ``height`` times as high, cut at the
    edges of the chart. The polyline is moved as it is, never sampled again. If ``filled``, it is
    the outline of an area.
    """

    def __init__(
        self,
        chart: Chart,
        ink: Ink,
        values: FloatArray,
        impulses: FloatArray = NO_VALUES,
        *,
        filled: bool = False,
    ) -> None:
        self.chart = chart
        self.ink = ink
        self.values = trimmed(values)
        self.impulses = impulses
        self.curve: Curve | Area | Stems = Area(chart, ink) if filled else Curve(chart, ink)
        self.arrows = Arrows(chart, ink)
        super().__init__(self.curve, self.arrows)
        self.draw()

    def draw(self, sign: float = 1.0, offset: float = 0.0, height: float = 1.0) -> Self:
        """Move the signal there."""
        self.state = (sign, offset, height)
        low, high = self.chart.x_range
        curve, impulses = (
            values * [sign, height] + [offset, 0.0] for values in (self.values, self.impulses)
        )
        self.curve.draw(self.cut(curve if sign >= 0 else curve[::-1], low, high))
        self.arrows.draw(impulses[(impulses[:, 0] >= low) & (impulses[:, 0] <= high)])
        return self

    def onto(self, chart: Chart) -> Self:
        """Lay the signal onto another chart."""
        self.chart = self.curve.chart = self.arrows.chart = chart
        return self.draw(*self.state)

    @staticmethod
    def cut(values: FloatArray, low: float, high: float) -> FloatArray:
        """The part of the polyline within the chart."""
        return clipped(values, low, high)


class StemPlot(Plot):
    """A sequence on a chart, which can be moved like a `Plot`."""

    def __init__(self, chart: Chart, ink: Ink, values: FloatArray, *, hollow: bool = False) -> None:
        VGroup.__init__(self)
        self.chart = chart
        self.ink = ink
        self.values = values
        self.impulses = NO_VALUES
        self.curve = Stems(chart, ink, hollow=hollow)
        self.arrows = Arrows(chart, ink)
        self.add(self.curve, self.arrows)
        self.draw()

    @staticmethod
    def cut(values: FloatArray, low: float, high: float) -> FloatArray:
        """The values within the chart."""
        return values[(values[:, 0] >= low) & (values[:, 0] <= high)]


class Glide(Animation):
    """Move a `Plot`, or the like, to another sign, offset or height; `followers` get its offset."""

    def __init__(
        self,
        plot: Movable,
        *followers: Any,
        sign: float | None = None,
        offset: float | None = None,
        height: float | None = None,
        **kwargs: Any,
    ) -> None:
        self.begins = plot.state
        wanted = (sign, offset, height)
        self.ends = [a if b is None else b for a, b in zip(plot.state, wanted, strict=True)]
        self.followers = followers
        super().__init__(VGroup(plot, *followers), **kwargs)
        self.plot = plot

    def create_starting_mobject(self) -> Any:
        """Nothing is interpolated between shapes, so no copy is needed."""
        return self.mobject

    def interpolate_mobject(self, alpha: float) -> None:
        """Show the plot at ``alpha`` of the way."""
        share = self.rate_func(alpha)
        at = [a + share * (b - a) for a, b in zip(self.begins, self.ends, strict=True)]
        self.plot.draw(*at)
        for follower in self.followers:
            follower.draw(at[1])


class Refit(Animation):
    """Move what is drawn on one chart to the box of another: all that has ``onto(chart)``."""

    def __init__(self, before: Chart, after: Chart, *drawn: Any, **kwargs: Any) -> None:
        self.before = before
        self.after = after
        self.drawn = drawn
        super().__init__(VGroup(*drawn), **kwargs)

    def create_starting_mobject(self) -> Any:
        """Nothing is interpolated between shapes, so no copy is needed."""
        return self.mobject

    def interpolate_mobject(self, alpha: float) -> None:
        """Show everything at ``alpha`` of the way."""
        share = self.rate_func(alpha)
        ends = zip(astuple(self.before.box), astuple(self.after.box), strict=True)
        box = Box(*(a + share * (b - a) for a, b in ends))
        for each in self.drawn:
            each.onto(replace(self.after, box=box))


def dashed_line(start: FloatArray, stop: FloatArray, dash: float) -> FloatArray:
    """Bézier points (4n, 3) of a straight dashed line between two places (3,)."""
    return dashes(np.stack([start, stop]), dash)


def dashes(places: FloatArray, dash: float) -> FloatArray:
    """Bézier points of dashes along a polyline (n, 3), as long as the gaps between them."""
    if len(places) < 2:
        return np.zeros((0, 3))
    lengths = np.linalg.norm(np.diff(places, axis=0), axis=1)
    along = np.concatenate([[0.0], np.cumsum(lengths)])
    cuts = np.union1d(along, np.arange(0.0, along[-1], dash))  # corners, and ends of dashes
    starts, stops = cuts[:-1], cuts[1:]
    drawn = ((starts + stops) / 2 // dash) % 2 == 0
    starts, stops = starts[drawn], stops[drawn]
    return straight(_walk(places, along, starts), _walk(places, along, stops))


def _walk(places: FloatArray, along: FloatArray, distance: FloatArray) -> FloatArray:
    """Points (m, 3) at these distances along a polyline (n, 3)."""
    return np.stack([np.interp(distance, along, places[:, axis]) for axis in range(3)], axis=1)


def clipped(values: FloatArray, low: float, high: float) -> FloatArray:
    """The part of a polyline (n, 2), ordered by its first column, that lies in [low, high]."""
    if not len(values):
        return values
    x, y = values.T
    inside = (x >= low) & (x <= high)
    parts = [values[inside]]
    if x[0] < low < x[-1]:
        parts.insert(0, np.array([[low, np.interp(low, x, y)]]))
    if x[0] < high < x[-1]:
        parts.append(np.array([[high, np.interp(high, x, y)]]))
    return np.concatenate(parts)


def thinned(values: FloatArray, unit: FloatArray) -> FloatArray:
    """The points of a polyline (n, 2) without which it would be seen to run elsewhere.

    ``unit`` (2,) is in scene units per unit of value. A point goes if it is nearer than `SLIGHT`
    to the line through those that stay (Ramer 1972; Douglas and Peucker 1973).

    Examples
    --------
    >>> corner = np.array([[0.0, 0.0], [1.0, 0.0], [2.0, 0.0], [2.0, 1.0]])
    >>> thinned(corner, np.ones(2)).tolist()
    [[0.0, 0.0], [2.0, 0.0], [2.0, 1.0]]
    """
    places = values * unit
    kept = np.zeros(len(values), dtype=bool)
    kept[[0, -1]] = True
    spans = [(0, len(values) - 1)]
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        away = _distances(places[first + 1 : last], places[first], places[last])
        farthest = int(np.argmax(away))
        if away[farthest] > SLIGHT:
            middle = first + 1 + farthest
            kept[middle] = True
            spans += [(first, middle), (middle, last)]
    return values[kept]


def _distances(places: FloatArray, start: FloatArray, stop: FloatArray) -> FloatArray:
    """From each place (n, 2) to the stretch between two."""
    chord = stop - start
    share = (places - start) @ chord / max(float(chord @ chord), 1e-300)
    nearest = start + np.clip(share, 0.0, 1.0)[:, None] * chord
    return np.asarray(np.linalg.norm(places - nearest, axis=1))


def trimmed(values: FloatArray) -> FloatArray:
    """A polyline (n, 2) without the stretches along the axis before and after it."""
    high = np.flatnonzero(values[:, 1])
    if not high.size:
        return NO_VALUES
    return values[max(high[0] - 1, 0) : high[-1] + 2]
