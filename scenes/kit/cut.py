"""A vertical line that cuts copies of a curve: the weighted sum of the heights is the output."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, Self

import numpy as np
from manim import Dot, VGroup, VMobject

from convmath.arrays import FloatArray, IntArray
from convmath.copies import WeightedCopies
from scenes.kit.chart import Chart, straight
from scenes.kit.ledger import Ledger
from scenes.kit.plots import Trace
from scenes.kit.sliding import Handle, Sliding
from scenes.kit.typeset import Stamp
from scenes.theme import Ink, Theme

__all__ = ["Cut", "Upright"]

_DOT = 0.1  # radius


class Upright(VMobject):
    """A vertical line across a chart."""

    def __init__(self, chart: Chart, ink: Ink) -> None:
        super().__init__(stroke_color=ink.colour, stroke_width=3.0)
        self.chart = chart

    def draw(self, offset: float) -> Self:
        """Stand at this value."""
        ends = [(offset, level) for level in self.chart.y_range]
        low, high = self.chart.points(np.array(ends))
        self.points = straight(low[None], high[None])
        return self


class Cut(Sliding[WeightedCopies]):
    """A line slides over the copies; a dot on each shows its height, and below, the output grows.

    Parameters
    ----------
    inks
        One for each copy.
    decimals
        Of a live t.
    told
        The steps (n,) whose numbers are written; they stand until the next one is reached.
    """

    def __init__(
        self,
        frames: WeightedCopies,
        upper: Chart,
        lower: Chart,
        theme: Theme,
        inks: Sequence[Ink],
        decimals: int,
        told: IntArray,
    ) -> None:
        super().__init__(frames, upper, lower, theme, "t", decimals)
        self.told = told
        # Under an axis at the foot of the chart, t must not meet the letter at the axis's end.
        side: Literal["left", "right"] = "left" if upper.y_range[0] == 0 else "right"
        self.handle = Handle(upper, theme, "t", theme.text, side)
        self.moving = Upright(upper, theme.text)
        self.dots = [Dot(radius=_DOT, color=ink.colour) for ink in inks]
        self.stamps = [Stamp(dot, dot.get_center()) for dot in self.dots]
        self.product = VGroup(*self.dots)
        self.curve = Trace(lower, theme.output, frames.curve)
        self.trace = VGroup(self.curve)
        self.drop_level = lower.box.top
        self.ledger: Ledger | None = None
        self.line = _Line(self)
        self.add(*self.parts())

    def parts(self) -> tuple[VMobject, ...]:
        """All that slides, from back to front."""
        return (self.moving, self.product, self.handle, *self.results())

    def results(self) -> tuple[VMobject, ...]:
        """What the line leads to, below."""
        return (self.drop, self.stem, self.trace, self.dot)

    def position(self, index: float) -> float:
        """The t of the nearest step."""
        return float(self.frames.t[round(index)])

    def settled(self, index: float) -> int:
        """Every step is shown."""
        return round(index)

    def draw_product(self, step: int | None) -> None:
        """A dot at the height of each copy."""
        assert step is not None
        heights = self.heights(step)
        for stamp, place in zip(self.stamps, heights, strict=True):
            stamp.put(place)

    def heights(self, step: int) -> FloatArray:
        """Where the line of one step cuts the copies, (n_c, 3) on the screen."""
        weight = self.frames.weight[step]
        return self.upper.points(
            np.column_stack([np.full(len(weight), self.frames.t[step]), weight])
        )

    def draw_trace(self, step: int) -> None:
        """Draw the output's own polyline as far as t."""
        self.curve.until(float(self.frames.t[step]), float(self.frames.output[step]))

    def draw_numbers(self, _: Any) -> None:
        """Write the heights, the products and their sum."""
        if self.ledger is not None:
            shown = self.frames.at(self.last_told(round(self.index)))
            self.ledger.draw(shown.weight, shown.product, shown.output, shown.t)

    def last_told(self, step: int) -> int:
        """The step whose numbers stand while the line is at ``step``."""
        passed = int(np.searchsorted(self.told, step, "right"))
        return int(self.told[max(passed - 1, 0)])


class _Line(VGroup):
    """The line of a `Cut` with its handle, and the dots on it."""

    def __init__(self, cut: Cut) -> None:
        self.cut = cut
        super().__init__(cut.moving, cut.product, cut.handle)

    def onto(self, chart: Chart) -> Self:
        """Stand on another chart."""
        cut = self.cut
        cut.upper = cut.moving.chart = cut.handle.chart = chart
        cut.draw(cut.index)
        return self
