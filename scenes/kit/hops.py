"""A ball that gets from place to place in hops, and the arcs that it leaves behind."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Self

import numpy as np
from manim import Dot, VGroup, VMobject, smooth

from convmath.arrays import FloatArray
from scenes.kit.chart import segments, straight
from scenes.kit.sliding import Steps
from scenes.kit.typeset import SMALL, Numbers
from scenes.numerals import number
from scenes.theme import Ink, Theme

__all__ = ["BALL", "Hops", "Runway"]

BALL = 0.12  # radius
_APART = 0.5  # scene units from one number to the next at least
_POINTS = 48  # of an arc


class Runway(VGroup):
    """A line with evenly spaced marks ``first``, …, ``last``, from ``left`` to ``right``.

    Parameters
    ----------
    numbered
        Whether the numbers stand below the marks: as many of them as there is room for.
    """

    def __init__(
        self,
        last: int,
        theme: Theme,
        *,
        left: float,
        right: float,
        level: float,
        first: int = 0,
        numbered: bool = False,
    ) -> None:
        self.left, self.level, self.first = left, level, first
        self.pitch = (right - left) / max(last - first, 1)
        marks = np.stack([self.place(k) for k in range(first, last + 1)])
        ticks = (marks[:, None] + [[0.0, 0.06, 0.0], [0.0, -0.06, 0.0]]).reshape(-1, 3)
        ends = np.concatenate([marks[[0, -1]] + [[-0.2, 0.0, 0.0], [0.2, 0.0, 0.0]], ticks])
        super().__init__(segments(ends, theme.axis))
        if numbered:
            stride = math.ceil(_APART / self.pitch)
            shown = [k for k in range(first, last + 1) if k % stride == 0]
            places = np.stack([self.place(k) for k in shown]) - [0.0, 0.34, 0.0]
            numbers = Numbers(size=SMALL, colour=theme.muted.colour)
            self.add(numbers.draw([number(k, 0) for k in shown], places))

    def place(self, position: float) -> FloatArray:
        """Where a mark stands, (3,)."""
        return np.array([self.left + (position - self.first) * self.pitch, self.level, 0.0])


class Hops(Steps):
    """The ball hops from mark to mark; step i is its arrival at the i-th of them.

    Parameters
    ----------
    marks
        Where it stands, one after the other.
    inks
        Of each arc.
    height
        Of an arc, in scene units.
    """

    def __init__(
        self,
        runway: Runway,
        marks: Sequence[int],
        theme: Theme,
        inks: Sequence[Ink],
        *,
        height: float,
        radius: float = BALL,
    ) -> None:
        super().__init__()
        places = [runway.place(mark) + [0.0, radius + 0.03, 0.0] for mark in marks]
        self.paths = [_arc(start, stop, height) for start, stop in pairwise(places)]
        self.arcs = [
            VMobject(stroke_color=ink.colour, stroke_width=ink.width * 0.8) for ink in inks
        ]
        self.ball = Dot(radius=radius, color=theme.output.colour)
        self.add(*self.arcs, self.ball)
        self.draw(0)

    def top(self, hop: int) -> FloatArray:
        """The highest point (3,) of an arc."""
        path = self.paths[hop]
        return np.asarray(path[int(np.argmax(path[:, 1]))])

    def draw(self, index: float) -> Self:
        """Show the ball there, and the arcs up to it."""
        self.index = index
        here = self.paths[0][0]
        for k, (arc, path) in enumerate(zip(self.arcs, self.paths, strict=True)):
            share = smooth(min(max(index - k, 0.0), 1.0))
            drawn = path[: 1 + round(share * _POINTS)]
            arc.points = straight(drawn[:-1], drawn[1:])
            here = drawn[-1] if share else here
        self.ball.move_to(here)
        return self


def _arc(start: FloatArray, stop: FloatArray, height: float) -> FloatArray:
    """Places (n, 3) along a parabola: straight up and down where the hop ends where it began."""
    share = np.linspace(0.0, 1.0, _POINTS + 1)[:, None]
    path = start + share * (stop - start) + [0.0, height, 0.0] * (4 * share * (1 - share))
    return np.asarray(path)
