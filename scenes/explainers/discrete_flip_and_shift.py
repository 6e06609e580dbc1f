"""Flip, shift, multiply, add, drawn for two sequences."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from manim import Create, FadeIn, FadeOut, ReplacementTransform, VGroup

from convmath import RiemannSums
from scenes.kit.chart import Axes, Box, Chart
from scenes.kit.plots import Bars, Curve, StemPlot
from scenes.kit.sliding import DiscreteSliding
from scenes.kit.story import PANEL, UPPER, SlidingStory
from scenes.kit.table import Table
from scenes.kit.typeset import coloured
from scenes.numerals import brief, number
from scenes.plans.discrete_flip_and_shift import DiscreteFlipAndShiftPlan
from scenes.theme import Ink

__all__ = ["DiscreteFlipAndShift"]

WIDE = Box(left=UPPER.left, right=UPPER.right, bottom=-2.4, top=UPPER.top)
_MOST_PAIRS = 6


class DiscreteFlipAndShift(SlidingStory[DiscreteFlipAndShiftPlan]):
    """Draws `DiscreteFlipAndShiftPlan`."""

    plan_class: ClassVar[type[DiscreteFlipAndShiftPlan]] = DiscreteFlipAndShiftPlan
    sliding: DiscreteSliding
    inner = "k"
    limits_title = "first and last pair"

    def plot(self, chart: Chart, ink: Ink, which: str) -> StemPlot:
        """Stems; those of h and of x keep a little apart."""
        f = self.plan.frames
        k, values = (f.k, f.fixed) if which == "fixed" else (f.original_k, f.original)
        low, high = self.plan.h.support if which == "fixed" else self.plan.x.support
        inside = (k >= low) & (k <= high)
        dodge = -DiscreteSliding.dodge if which == "fixed" else 0.0
        return StemPlot(chart, ink, np.stack([k, values], axis=1)[inside].astype(float), dodge)

    def make_sliding(self) -> DiscreteSliding:
        """Stems, whose products add up."""
        return DiscreteSliding(self.plan.frames, self.upper, self.lower, self.theme)

    @property
    def definition(self) -> str:
        """The convolution sum."""
        theme = self.theme
        math = coloured("y[n]", theme.output.colour)
        math += " = sum_k " + coloured("h[k]", theme.fixed.colour)
        return math + " thin " + coloured("x[n - k]", theme.moving.colour)

    def beat_multiply(self) -> None:
        """Bring x up to h, and write the products of the pairs."""
        self.bring_together()
        theme = self.theme
        rows = [
            [
                coloured(brief(a), theme.fixed.colour),
                "dot",
                coloured(brief(b), theme.moving.colour),
                "=",
                coloured(number(c, self.plan.decimals), theme.product.colour),
            ]
            for a, b, c in self.plan.pairs[:_MOST_PAIRS]
        ]
        if len(self.plan.pairs) > _MOST_PAIRS:
            rows.append(["", "", "dots.v", "", ""])
        self.pairs = Table(rows, theme, left=PANEL.left, top=UPPER.top)
        self.play(FadeIn(self.sliding.product), seconds=1.0)
        self.play(FadeIn(self.pairs), FadeIn(self.sliding.limits), seconds=1.0)
        self.notes = VGroup(self.pairs)

    def beat_add(self) -> None:
        """The products add up to one stem of the output."""
        sliding = self.sliding
        self.open_output()
        self.play(FadeIn(sliding.drop), seconds=0.4)
        self.play(ReplacementTransform(sliding.bars.copy(), sliding.dot), seconds=1.4)
        self.play(FadeIn(self.readout), seconds=0.7)

    def beat_rate(self) -> None:
        """Finer and finer bars, and a table of their sums."""
        plan, theme = self.plan, self.theme
        bars = plan.bars
        assert bars is not None
        leaving = [m for m in self.mobjects if m is not self.heading]
        chart = Chart(plan.bars_window, plan.bars_range, WIDE)
        axes = Axes(chart, theme, variable="tau")
        table = self._sums(bars)
        drawn = Bars(chart, theme.product).draw(*plan.bars_values(0))
        self.play(FadeOut(*leaving), seconds=0.6)
        self.play(FadeIn(axes, drawn, *table.rows[:2]), seconds=0.8)
        for k in range(1, len(bars)):
            finer = Bars(chart, theme.product).draw(*plan.bars_values(k))
            self.play(FadeOut(drawn), FadeIn(finer, table.rows[k + 1]), seconds=0.8)
            drawn = finer
            self.hold(0.9)
        curve = Curve(chart, theme.output, plan.bars_curve)
        self.play(Create(curve), FadeIn(table.rows[-1]), seconds=1.2)

    def _sums(self, bars: RiemannSums) -> Table:
        """Δ, Σ and Σ·Δ for each width, and the integral that the last column settles on."""
        ink = self.theme.output.colour
        steps = [bars.at(k) for k in range(len(bars))]
        rows = [["Delta", "Sigma", "Sigma dot Delta"]]
        rows += [[brief(s.width, 3), number(s.total), number(s.scaled, 3)] for s in steps]
        rows += [["", coloured("integral", ink), coloured(number(bars.integral, 3), ink)]]
        return Table(rows, self.theme, left=PANEL.left, top=UPPER.top, leading=0.62, gap=0.3)
