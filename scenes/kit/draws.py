"""Draws of a random number, and their mean so far, over the number of draws."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Self

import numpy as np
from manim import Dot, VGroup, VMobject

from convmath.arrays import FloatArray, IntArray
from convmath.expectation import Expectation
from scenes.kit.chart import TICK_LABEL_DROP, Axes, Box, Chart
from scenes.kit.plots import Curve
from scenes.kit.readout import Readout
from scenes.kit.sliding import Steps
from scenes.kit.typeset import BODY, SMALL, Formula, Stamp, Text, Words, stand
from scenes.theme import Ink, Theme

__all__ = ["Draws"]

_AIR = 0.12  # of the span, above and below the outcomes
_SAMPLE = 0.6  # of a line
_SCREEN = Chart((0.0, 1.0), (0.0, 1.0), Box(0.0, 1.0, 0.0, 1.0))  # values are places
_NAME = 0.5  # from the numbers of the axis to what they count
_BEFORE = 0.05  # of the axis, left of the first draw
_DOTS = 0.05  # length of a dash of the band
_LEGEND = 0.3  # from the chart to what is written above it


class Draws(Steps):
    """The mean of the first n draws, on a logarithmic axis of n; step i is ``shown[i]``.

    Attributes
    ----------
    axes, names
        The axes, and what is written along them and above them.
    dots
        The first draws, so many as are each to be shown by itself.
    trace, head
        The mean of all draws so far, and its newest value.
    level, funnel
        E[X], and E[X] ± σ/√n.
    """

    def __init__(
        self, frames: Expectation, shown: IntArray, box: Box, theme: Theme, *, dots: int
    ) -> None:
        super().__init__()
        self.frames = frames
        self.shown = shown
        self.theme = theme
        low, high = float(frames.x[0]), float(frames.x[-1])
        air = _AIR * (high - low)
        most = math.log10(len(frames))
        self.chart = Chart((-_BEFORE * most, most), (low - air, high + air), box)
        self.axes = Axes(
            self.chart,
            theme,
            variable="n",
            x_ticks=int(most + 1e-9) + 1,
            numbered=False,
            y_ticks=6,
            foot=low - air,
        )
        self.names = VGroup(*self._powers(int(most + 1e-9)), *self._legend())
        self.dots = [self._dot(n) for n in range(dots)]
        self.level = self._level()
        self.funnel = VGroup(*(self._edge(sign) for sign in (1.0, -1.0)), *self._funnel_name())
        self.trace = Curve(self.chart, theme.moving)
        self.head = Dot(radius=0.09, color=theme.moving.colour)
        self.head_stamp = Stamp(self.head, self.head.get_center())
        self.readout: Readout | None = None
        self.add(self.axes, self.names, self.funnel, self.level, *self.dots)
        self.add(self.trace, self.head)

    def _powers(self, most: int) -> list[Text]:
        """1, 10, 100, … below the axis, and what they count."""
        level = self.chart.box.bottom - TICK_LABEL_DROP
        colour = self.theme.muted.colour
        labels = [Formula(str(10**k), size=SMALL, colour=colour) for k in range(most + 1)]
        for k, label in enumerate(labels):
            stand(label, self.chart.point(k, 0)[0], level, align="centre")
        name = Words("number of draws n (logarithmic axis)", size=SMALL, colour=colour)
        middle = (self.chart.box.left + self.chart.box.right) / 2
        return [*labels, stand(name, middle, level - _NAME, align="centre")]

    def _legend(self) -> list[VGroup]:
        """A dot and a line, each with its name."""
        theme, box = self.theme, self.chart.box
        drawn = Words("draw", size=BODY, colour=theme.fixed.colour)
        mean = Words("mean so far", size=BODY, colour=theme.moving.colour)
        level = self.legend_level
        stand(drawn, box.left + 0.3, level)
        stand(mean, float(drawn.get_right()[0]) + 1.3, level)
        dot = Dot((box.left + 0.12, level + 0.1, 0.0), radius=0.09, color=theme.fixed.colour)
        return [VGroup(dot, drawn), VGroup(self._sample(mean, theme.moving), mean)]

    def _funnel_name(self) -> list[VMobject]:
        """A dashed line and what it means, at the end of the legend."""
        ink, box = self.band_ink, self.chart.box
        name = Formula("E[X] plus.minus sigma \\/ sqrt(n)", size=BODY, colour=ink.colour)
        stand(name, box.right, self.legend_level, align="right")
        return [self._sample(name, ink), name]

    def _sample(self, name: Text, ink: Ink) -> Curve:
        """A piece of a line before its name."""
        end, level = float(name.get_left()[0]) - 0.15, self.legend_level + 0.1
        return Curve(_SCREEN, ink, np.array([[end - _SAMPLE, level], [end, level]]))

    @property
    def legend_level(self) -> float:
        """The baseline of the legend."""
        return self.chart.box.top + _LEGEND

    def _dot(self, n: int) -> Dot:
        step = self.frames.at(n)
        place = self.chart.point(math.log10(step.n), step.draw)
        return Dot(place, radius=0.11, color=self.theme.fixed.colour)

    def _level(self) -> VGroup:
        """A dashed line at E[X], with its name at the right end."""
        ink = replace(self.theme.output, width=3.0, dash=0.35)
        expected, (start, stop) = self.frames.expected, self.chart.x_range
        line = Curve(self.chart, ink, np.array([[start, expected], [stop, expected]]))
        end = self.chart.point(stop, expected)
        name = Formula("E[X]", size=SMALL, colour=ink.colour)
        return VGroup(line, stand(name, end[0] + 0.2, end[1] - 0.09))

    def _edge(self, sign: float) -> Curve:
        """E[X] ± σ/√n, where it is within the chart."""
        values = self._over_n(self.frames.expected + sign * self.frames.band[self.shown])
        low, high = self.chart.y_range
        inside = (values[:, 1] >= low) & (values[:, 1] <= high)
        return Curve(self.chart, self.band_ink, values[inside])

    @property
    def band_ink(self) -> Ink:
        """Dots, where E[X] has dashes."""
        return replace(self.theme.ghost, dash=_DOTS)

    def _over_n(self, values: FloatArray) -> FloatArray:
        return np.column_stack([np.log10(self.frames.n[self.shown]), values])

    def attach(self, readout: Readout) -> None:
        """Let a readout show n, the mean, E[X] and σ/√n from now on."""
        self.readout = readout
        self.add(readout)
        self.draw(self.index)

    def first(self, n: int) -> Self:
        """Show the mean of the first n draws."""
        return self.draw(int(np.searchsorted(self.shown, n - 1)))

    def draw(self, index: float) -> Self:
        """Show the mean up to the step ``index``."""
        self.index = index
        reached = round(index)
        values = self._over_n(self.frames.mean[self.shown])[: reached + 1]
        self.trace.draw(values)
        self.head_stamp.put(self.chart.points(values[-1:])[0])
        if self.readout is not None:
            step = self.frames.at(int(self.shown[reached]))
            self.readout.draw(step.n, step.mean, self.frames.expected, step.band)
        return self
