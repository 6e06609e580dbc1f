"""A beam that carries probabilities as weights, and tips about its pivot."""

from __future__ import annotations

from dataclasses import replace
from typing import Self

import numpy as np
from manim import VMobject

from convmath.arrays import FloatArray
from convmath.expectation import Expectation
from scenes.kit.cells import rounded
from scenes.kit.chart import Box, Chart, straight
from scenes.kit.palette import blended
from scenes.kit.plots import Bars
from scenes.kit.readout import Readout
from scenes.kit.sliding import Steps
from scenes.kit.typeset import LABEL, SMALL, Numbers, em, width_in_ems
from scenes.numerals import brief, short
from scenes.theme import Theme

__all__ = ["Balancing", "Beam", "Wedge", "cell_text"]

_PLANK, _OVERHANG = 0.5, 0.65  # thickness, and length beyond the last weights
_WIDEST = 0.9  # a weight
_TIP = np.radians(7.0)  # the largest angle
_ABOVE = 0.26  # from a weight to the middle of its number
_FEW, _LEAST = 6, 0.005  # numbers that are written in full; what rounds to 0 where they are more
_ROOM = 0.9  # of the way to the next weight, for a number


def cell_text(value: float, count: int) -> str:
    """A number beside so many others: cut short where they are many, though never to a zero.

    Examples
    --------
    >>> cell_text(0.0625, 4), cell_text(0.0625, 9), cell_text(0.0005, 9)
    ('0.0625', '0.06', '<0.01')
    """
    if count <= _FEW:
        return brief(value, 4)
    return "<0.01" if 0 < value < _LEAST else short(value)


class Wedge(VMobject):
    """What a beam rests on: a triangle with its upper corner at a place (3,)."""

    def __init__(self, theme: Theme, height: float = 0.8) -> None:
        ink = theme.output
        super().__init__(fill_color=ink.colour, fill_opacity=1.0, stroke_width=0.0)
        corners = np.array([[0.0, 0.0, 0.0], [0.55, -1.0, 0.0], [-0.55, -1.0, 0.0]]) * height
        self.outline = straight(corners, np.roll(corners, -1, axis=0))

    def put(self, place: FloatArray) -> Self:
        """Stand there."""
        self.points = self.outline + place
        return self


class Beam(Steps):
    """Weights p_i at x_i on a plank; step i is the pivot i of the frames.

    Before step 0 the plank is held: from −2 to −1 the pivot moves from E[X] to its first place,
    then the plank is let go. Positive torque turns it clockwise.

    Attributes
    ----------
    chart
        From x and p to places; the weights stand on its lower edge.
    weights, chances, plank, outcomes
        The bars, their numbers, what they stand on, and the numbers written on it.
    wedge
        The pivot.
    """

    index = -2.0

    def __init__(self, frames: Expectation, box: Box, theme: Theme) -> None:
        super().__init__()
        self.frames = frames
        x, p = frames.x, frames.p
        gap = float(np.diff(x).min())
        margin = max(0.08 * np.ptp(x), 0.5 * gap)
        self.chart = Chart((x[0] - margin, x[-1] + margin), (0.0, 1.1 * p.max()), box)
        pitch = gap * float(self.chart.unit[0])
        self.weights = Bars(self.chart, replace(theme.weight, fill=0.45))
        self.weights.draw(np.column_stack([x, p]), min(0.6 * gap, _WIDEST / self.chart.unit[0]))
        tops, feet = (self.chart.points(np.column_stack([x, y])) for y in (p, 0 * p))
        self.chances = _numbers(p, tops + [0, _ABOVE, 0], theme.weight.colour, pitch)
        self.outcomes = _numbers(x, feet - [0, _PLANK / 2, 0], theme.text.colour, pitch, 2.0)
        self.plank = VMobject(
            fill_color=blended(theme.ground, theme.fixed.colour, 0.3),
            fill_opacity=1.0,
            stroke_color=theme.fixed.colour,
            stroke_width=2.0,
        )
        ends = Box(feet[0, 0], feet[-1, 0], box.bottom - _PLANK / 2, box.bottom - _PLANK / 2)
        plank = Box(ends.left - _OVERHANG, ends.right + _OVERHANG, box.bottom - _PLANK, box.bottom)
        self.plank.points = rounded(plank, 0.1)
        self.wedge = Wedge(theme)
        tipping = (self.plank, self.weights, self.outcomes, self.chances)
        self._level = [(part, part.points.copy()) for part in tipping]
        self.add(*tipping, self.wedge)
        self.draw(self.index)

    def pivot(self, index: float) -> float:
        """Where the pivot is, in units of x."""
        f = self.frames
        if index < 0:
            share = min(index + 2.0, 1.0)
            return float(f.expected + share * (f.pivot[0] - f.expected))
        return float(np.interp(index, np.arange(len(f.pivot)), f.pivot))

    def draw(self, index: float) -> Self:
        """Show the pivot ``index``."""
        self.index = index
        f = self.frames
        held = 1.0 - float(np.clip(index + 1.0, 0.0, 1.0))
        torque = float(np.interp(index, np.arange(len(f.torque)), f.torque))
        angle = -_TIP * (1.0 - held) * torque / abs(float(f.torque[0]))
        foot = self.place(self.pivot(index))
        turn = np.array(
            [[np.cos(angle), np.sin(angle), 0], [-np.sin(angle), np.cos(angle), 0], [0, 0, 1]]
        )
        for part, level in self._level:
            part.points = (level - foot) @ turn + foot
        self.wedge.put(foot)
        return self

    def place(self, x: float) -> FloatArray:
        """The place (3,) under the level plank at x."""
        place: FloatArray = self.chart.point(x, 0.0) - [0.0, _PLANK, 0.0]
        return place


class Balancing(Steps):
    """A beam, and beside it the pivot, the moments about it and their sum, live."""

    def __init__(self, beam: Beam, readout: Readout) -> None:
        super().__init__()
        self.beam = beam
        self.readout = readout
        self.add(beam, readout)
        self.draw(0.0)

    def draw(self, index: float) -> Self:
        """Show the pivot ``index``."""
        self.index = index
        self.beam.draw(index)
        frames, step = self.beam.frames, round(index)
        moments = [float(moment) for moment in frames.moment[step]]
        self.readout.draw(float(frames.pivot[step]), *moments, float(frames.torque[step]))
        return self


def _numbers(
    values: FloatArray, places: FloatArray, colour: str, pitch: float, smallest: float = 1.0
) -> Numbers:
    """Numbers that leave a gap to their neighbours."""
    contents = [cell_text(float(value), len(values)) for value in values]
    widest = max(smallest, *(width_in_ems(content) for content in contents))
    size = min(LABEL if pitch > 1.0 else SMALL, _ROOM * pitch / (widest * em(1.0)))
    return Numbers(size=size, colour=colour).draw(contents, places)
