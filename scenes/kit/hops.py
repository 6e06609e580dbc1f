"""A ball that hops along a line of whole numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Self

import numpy as np
from manim import Dot, VGroup, VMobject

from convmath.arrays import FloatArray
from scenes.kit.chart import Box, Chart, segments
from scenes.kit.sliding import Steps, glide
from scenes.kit.typeset import SMALL, Formula, Stamp, em, stand
from scenes.numerals import number
from scenes.theme import Ink, Theme

__all__ = ["Hops", "NumberLine"]

_LONGEST = 1.6  # scene units of one step at most
_APART = 0.5  # scene units from one number to the next at least
_RADIUS = 0.13


class NumberLine(VGroup):
    """The whole numbers from ``first`` to ``last``, with ticks, on the foot of a box."""

    def __init__(self, first: int, last: int, box: Box, theme: Theme) -> None:
        unit = min(_LONGEST, (box.right - box.left) / (last - first + 1))
        half, middle = unit * (last - first + 1) / 2, (box.left + box.right) / 2
        fitted = Box(middle - half, middle + half, box.bottom, box.top)
        self.chart = Chart((first - 0.5, last + 0.5), (0.0, 1.0), fitted)
        stride = math.ceil(_APART / unit)
        ends = [np.array([x, box.bottom, 0.0]) for x in (fitted.left, fitted.right)]
        labels = []
        for k in range(first, last + 1):
            foot = self.chart.point(k, 0)
            ends += [foot + [0, s, 0] for s in (-0.07, 0.07)]
            if k % stride == 0:
                label = Formula(number(k, 0), size=SMALL, colour=theme.muted.colour)
                level = foot[1] - 0.2 - 0.7 * em(SMALL)
                labels.append(stand(label, foot[0], level, align="centre"))
        super().__init__(segments(np.array(ends), theme.axis), *labels)


class Hops(Steps):
    """A ball after some of its hops, which leave their arcs behind.

    Parameters
    ----------
    hops
        How far each goes, from 0 on; a hop of 0 goes up and down.
    inks
        Of the arc of each.
    """

    def __init__(
        self, line: NumberLine, hops: Sequence[int], inks: Sequence[Ink], theme: Theme
    ) -> None:
        super().__init__()
        chart = line.chart
        stops = [chart.point(k, 0) + [0, _RADIUS, 0] for k in accumulate(hops, initial=0)]
        up = np.array([0.0, (chart.box.top - chart.box.bottom - _RADIUS) * 4 / 3, 0.0])
        self.paths = [
            np.array([start, start + up, stop + up, stop]) for start, stop in pairwise(stops)
        ]
        self.arcs = [VMobject(stroke_color=ink.colour, stroke_width=4.0) for ink in inks]
        self.ball = Dot(radius=_RADIUS, color=theme.text.colour)
        self.stamp = Stamp(self.ball, self.ball.get_center())
        self.add(*self.arcs, self.ball)
        self.draw(0)

    def draw(self, index: float) -> Self:
        """Show the ball after so many hops."""
        self.index = index
        done = glide(index)
        for n, (arc, path) in enumerate(zip(self.arcs, self.paths, strict=True)):
            share = min(max(done - n, 0.0), 1.0)
            arc.points = _first_part(path, share) if share else np.zeros((0, 3))
        last = min(int(done), len(self.paths) - 1)
        self.stamp.put(_first_part(self.paths[last], min(done - last, 1.0))[-1])
        return self


def _first_part(path: FloatArray, share: float) -> FloatArray:
    """The cubic Bézier curve (4, 3) up to a share of it (de Casteljau)."""
    rows = [path]
    while len(rows[-1]) > 1:
        rows.append(rows[-1][:-1] + share * (rows[-1][1:] - rows[-1][:-1]))
    return np.array([row[0] for row in rows])
