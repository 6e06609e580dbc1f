"""Flip, shift, multiply, add, drawn for two sequences."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

import numpy as np
from manim import Create, FadeIn, FadeOut, VGroup

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
_MOST_PAIRS = 5


class DiscreteFlipAndShift(SlidingStory[DiscreteFlipAndShiftPlan]):
    """Draws `DiscreteFlipAndShiftPlan`."""

    plan_class: ClassVar[type[DiscreteFlipAndShiftPlan]] = DiscreteFlipAndShiftPlan
    sliding: DiscreteSliding
    inner = "k"
    limits_title = "first and last pair"
    mark_beside_rise = "left"

    def plot(self, chart: Chart, ink: Ink, which: str) -> StemPlot:
        """Stems; those of x have hollow heads."""
        f = self.plan.frames
        k, values = (f.k, f.fixed) if which == "fixed" else (f.original_k, f.original)
        low, high = self.plan.h.support if which == "fixed" else self.plan.x.support
        inside = (k >= low) & (k <= high)
        shown = np.stack([k, values], axis=1)[inside].astype(float)
        return StemPlot(chart, ink, shown, hollow=which == "original")

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
        self.bring_together(self.ghost)
        self.table = Table(self._pair_rows(), self.theme, left=PANEL.left, top=UPPER.top)
        self.fill_product()
        products = self.table.rows[:-1]
        self.play(FadeIn(*products), FadeIn(self.sliding.limits), seconds=1.0)
        self.notes = VGroup(*products)

    def _pair_rows(self) -> list[list[str]]:
        """k, h[k] · x[n − k] = product for each pair, and their sum in the last row."""
        plan, theme = self.plan, self.theme
        inks = (theme.fixed.colour, theme.moving.colour, theme.product.colour)
        rows = []
        for k, *values in plan.pairs[:_MOST_PAIRS]:
            a, b, c = (coloured(brief(v), ink) for v, ink in zip(values, inks, strict=True))
            index = coloured(f"k = {brief(k)}", theme.muted.colour)
            rows.append([index, "", a, "dot", b, "=", c])
        if len(plan.pairs) > _MOST_PAIRS:
            rows.append(["dots.v", "", "", "", "", "", "dots.v"])
        total = coloured(plan.value(plan.example), theme.output.colour)
        return [*rows, ["", "", "", "", coloured("Sigma", theme.output.colour), "=", total]]

    def beat_add(self) -> None:
        """The products add up to one stem of the output."""
        self.open_output()
        self.play(FadeIn(self.table.rows[-1]), seconds=0.7)
        self.keep_note(self.table.rows[-1])
        self.show_output(self.sliding.bars)

    def beat_predict(self) -> None:
        """The table gives way to the live numbers first."""
        self.clear_notes()
        self.play(FadeIn(self.readout), seconds=0.5)
        super().beat_predict()

    def beat_rate(self) -> None:
        """Finer and finer bars, and a table of their sums."""
        plan, theme = self.plan, self.theme
        bars = plan.bars
        assert bars is not None
        chart = Chart(plan.bars_window, plan.bars_range, WIDE)
        axes = Axes(chart, theme, variable="tau")
        table = self._sums(bars)
        at = brief(plan.example)
        name = self.legend(chart, f"h(tau) thin x({at} - tau)", "product")
        drawn = Bars(chart, theme.product).draw(*plan.bars_values(0))
        self.clear_stage(seconds=0.6)
        self.play(FadeIn(axes, name, drawn, *table.rows[:2]), seconds=0.8)
        for k in range(1, len(bars)):
            finer = Bars(chart, theme.product).draw(*plan.bars_values(k))
            self.play(FadeOut(drawn), FadeIn(finer, table.rows[k + 1]), seconds=0.8)
            drawn = finer
            self.hold(0.9)
        curve = Curve(chart, replace(theme.product, width=5.0), plan.bars_curve)
        self.play(Create(curve), FadeIn(table.rows[-1]), seconds=1.2)

    def _sums(self, bars: RiemannSums) -> Table:
        """Δ, Σ and Σ·Δ for each width, and the integral that the last column settles on."""
        ink = self.theme.output.colour
        steps = [bars.at(k) for k in range(len(bars))]
        rows = [["Delta", "Sigma", "Sigma dot Delta"]]
        digits = max(self.plan.decimals, 3)
        rows += [[brief(s.width), number(s.total, digits), number(s.scaled, digits)] for s in steps]
        y = f"y({brief(self.plan.example)}) ="
        rows += [["", coloured(y, ink), coloured(number(bars.integral, digits), ink)]]
        return Table(rows, self.theme, left=PANEL.left, top=UPPER.top, leading=0.62, gap=0.3)
