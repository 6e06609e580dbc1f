"""A density, bars of several widths under it, and where its area balances."""

from __future__ import annotations

from typing import Self

import numpy as np

from convmath.expectation import Expectation
from scenes.kit.beam import Wedge
from scenes.kit.chart import Axes, Box, Chart
from scenes.kit.plots import Bars, Curve
from scenes.kit.sliding import Steps
from scenes.kit.typeset import Formula, stand
from scenes.theme import Theme

__all__ = ["Continuum"]

_WEDGE = 0.32  # height: as far as the numbers of the axis
_LOWER = 0.75  # from the axis to these
_BELOW = 0.6  # from them to what is written below


class Continuum(Steps):
    """Bars of the width i under the density.

    Attributes
    ----------
    axes, curve, bars
        What is drawn of the density.
    wedge, label
        What the area balances on, and its place.
    """

    def __init__(self, frames: Expectation, box: Box, theme: Theme) -> None:
        super().__init__()
        self.frames = frames
        left, right = frames.curve[0, 0], frames.curve[-1, 0]
        self.chart = Chart((left, right), (0.0, 1.08 * frames.curve[:, 1].max()), box)
        self.axes = Axes(
            self.chart, theme, variable="x", x_ticks=8, y_ticks=4, upright=False, drop=_LOWER
        )
        self.bars = Bars(self.chart, theme.product)
        self.curve = Curve(self.chart, theme.fixed, frames.curve)
        foot = self.chart.point(frames.integral, 0.0)
        self.wedge = Wedge(theme, _WEDGE).put(foot)
        self.label = Formula("E[X]", colour=theme.output.colour)
        stand(self.label, foot[0], box.bottom - _LOWER - _BELOW, align="centre")
        self.add(self.axes, self.bars, self.curve)
        self.draw(0)

    def draw(self, index: float) -> Self:
        """Show the bars of the width ``index``."""
        self.index = index
        step, (left, right) = round(index), self.chart.x_range
        width = float(self.frames.width[step])
        values = np.column_stack([self.frames.place[step], self.frames.height[step]])
        inside = (values[:, 0] - width / 2 >= left) & (values[:, 0] + width / 2 <= right)
        self.bars.draw(values[inside], width)
        return self
