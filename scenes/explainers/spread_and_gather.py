"""Spread and gather: a desk of numbers above, the stacks that they make below."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

import numpy as np
from manim import Create, Dot, FadeIn, FadeOut, VGroup, linear

from scenes.kit.cells import Cells, Mask
from scenes.kit.chart import Axes, Box
from scenes.kit.explainer import Explainer
from scenes.kit.frame import HEADING_LEFT, SAFE_X
from scenes.kit.grid import Window
from scenes.kit.plots import Glide, Ring
from scenes.kit.readout import Readout, Row
from scenes.kit.sliding import Slide
from scenes.kit.spreading import DOT, FAINT, RING, Both, Desk, Outputs, Products, Response, Stack
from scenes.kit.table import Table
from scenes.kit.typeset import BODY, LABEL, SMALL, Formula, Text, Words, coloured, fitted, stand
from scenes.plans.spread_and_gather import SpreadAndGatherPlan
from scenes.wording import factor

__all__ = ["SpreadAndGather"]

PANEL = Box(left=3.85, right=SAFE_X, bottom=-3.4, top=2.6)
TABLE = Box(left=-4.3, right=3.4, bottom=-1.95, top=2.55)
_NAMES = 1.25  # width of the names beside the rows


class SpreadAndGather(Explainer[SpreadAndGatherPlan]):
    """Draws `SpreadAndGatherPlan`."""

    plan_class: ClassVar[type[SpreadAndGatherPlan]] = SpreadAndGatherPlan

    def stage(self) -> None:
        """Lay out the rows of the desk, and the stacks below their columns."""
        plan, theme = self.plan, self.theme
        area = Box(HEADING_LEFT + _NAMES, PANEL.left - 0.35, -3.05, 0.02)
        self.desk = desk = Desk(plan.frames, plan.stack_range, area, theme)
        self.response = Response(desk)
        self.outputs = Outputs(desk)
        self.inputs = VGroup(*(desk.input_block(k) for k in range(plan.inputs)))
        self.axes = Axes(desk.chart, theme, variable="n", x_ticks=len(plan.frames), upright=False)
        self.notes = VGroup()
        self.lit = Window(desk.f, theme.text, margin=0.01)

    def _name(self, cells: Cells, math: str, role: str) -> Text:
        """What a row of the desk holds, at the left."""
        colour = getattr(self.theme, role).colour
        room = _NAMES if cells is not self.desk.products else cells.left - HEADING_LEFT
        name = fitted(Formula(math, size=BODY, colour=colour), room - 0.15)
        return stand(name, HEADING_LEFT, cells.centre(0, 0)[1] - 0.1)

    def _ages(self, math: str, role: str = "muted") -> Text:
        """What the small numbers above the response are."""
        colour = getattr(self.theme, role).colour
        return stand(Formula(math, size=SMALL, colour=colour), HEADING_LEFT, self.desk.age_level)

    def _swap(self, *new: Any, seconds: float = 0.6) -> None:
        """Other things in the panel."""
        leaving = [FadeOut(self.notes)] if len(self.notes) else []
        self.notes = VGroup(*new)
        arriving = [FadeIn(self.notes)] if new else []
        if leaving or arriving:
            self.play(*leaving, *arriving, seconds=seconds)

    def _words(self, *lines: str, top: float, role: str = "text") -> VGroup:
        """Plain words in the panel."""
        colour = getattr(self.theme, role).colour
        texts = [Words(line, size=BODY, colour=colour) for line in lines]
        for row, text in enumerate(texts):
            stand(fitted(text, PANEL.right - PANEL.left), PANEL.left, top - 0.25 - 0.5 * row)
        return VGroup(*texts)

    def beat_signals(self) -> None:
        """The samples come in one by one; then the response."""
        desk = self.desk
        self.f_name = self._name(desk.f, "f[k]", "fixed")
        self.play(FadeIn(self.f_name), seconds=0.4)
        for block in self.inputs:
            self.play(FadeIn(block), seconds=0.4)
        name = Formula("k", size=SMALL, colour=self.theme.muted.colour)
        stand(name, HEADING_LEFT, desk.index_level)
        self.play(FadeIn(name, desk.index), seconds=0.4)
        self.g_name = self._name(desk.g, "g[m]", "moving")
        self.age_name = self._ages("m")
        self.play(FadeIn(self.g_name, self.age_name, self.response), seconds=0.8)

    def beat_launch(self) -> None:
        """The first copy: its products on the desk, then its blocks on the axis."""
        desk, k = self.desk, self.plan.first
        self.y_name = self._y_name()
        self.product_name = self._name(desk.products, "f[k] thin g[m]", "text")
        self.play(FadeIn(self.axes, self.y_name, self.product_name), seconds=0.6)
        self.play(Create(self.lit.draw(0, k)), Glide(self.response, offset=float(k)), seconds=0.6)
        flight = desk.launch(k)
        self.play(Slide(flight, 1.0, rate_func=linear), seconds=1.2)
        self.hold(0.8)
        self.play(Slide(flight, 2.0, rate_func=linear), seconds=1.2)
        self.flights = [flight]

    def _y_name(self) -> Text:
        text = Formula("y[n]", size=BODY, colour=self.theme.output.colour)
        box = self.desk.chart.box
        return stand(text, HEADING_LEFT, (box.bottom + box.top) / 2)

    def beat_stack(self) -> None:
        """The other copies; then the sums above their stacks."""
        for k in range(self.plan.first + 1, self.plan.inputs):
            self._launch_next(k)
        every = range(len(self.plan.frames))
        self.outputs.draw(every, [])
        self.play(FadeOut(self.lit, self.product_name), FadeIn(self.outputs), seconds=0.8)
        self.stack = Stack(self.desk, self._columns(every))
        self.remove(*self.flights, self.outputs)
        self.add(self.stack, self.outputs)

    def _launch_next(self, k: int) -> None:
        seconds = self.plan.launch_seconds
        self.lit.draw(0, k)
        self.play(Glide(self.response, offset=float(k)), seconds=0.25 * seconds)
        flight = self.desk.launch(k)
        self.play(Slide(flight, 1.0, rate_func=linear), seconds=0.35 * seconds)
        self.play(Slide(flight, 2.0, rate_func=linear), seconds=0.35 * seconds)
        self.flights.append(flight)

    def _columns(self, these: Iterable[int]) -> Mask:
        """The blocks (n_k, n_n) in the stacks of these n."""
        shown = np.zeros(self.plan.frames.copies.shape, dtype=bool)
        shown[:, list(these)] = True
        return shown

    def beat_predict(self) -> None:
        """One stack stands out, and a question."""
        n = self.plan.example
        alone = self._columns([n])
        pale = Stack(self.desk, ~alone, fill=FAINT, numbered=False)
        others, self.chosen = Stack(self.desk, ~alone), Stack(self.desk, alone)
        self.remove(self.stack, self.outputs)
        self.add(pale, others, self.chosen, self.outputs)
        self.stack = pale
        asked = self._words(f"The stack at n = {n}:", "which inputs?", "which part of g?", top=0.2)
        self.play(FadeOut(others), FadeIn(asked), seconds=0.8)
        self.play(Glide(self.response, offset=float(n)), seconds=0.8)
        self.notes = asked

    def beat_gather(self) -> None:
        """The response is flipped and laid over the inputs; the blocks rise to the products."""
        desk, response = self.desk, self.response
        name = self._name(desk.g, "g[n - k]", "moving")
        products = self._name(desk.products, "f[k] thin g[n - k]", "text")
        self._swap()
        self.play(Glide(response, sign=-1.0), FadeOut(self.g_name), FadeIn(name), seconds=1.6)
        self.play(FadeIn(products), seconds=0.6)
        self.hold(0.4)
        self._lift()

    def _lift(self) -> None:
        """A copy of each block rises to its product, which is written out; the stack stays lit."""
        plan, desk, n = self.plan, self.desk, self.plan.example
        table = Table(self._sum_rows(), self.theme, left=PANEL.left, top=PANEL.top)
        risen = [desk.rise(n, k) for k in plan.met]
        self.remove(self.outputs)
        self.add(*risen, self.outputs)
        for flight, row in zip(risen, table.rows, strict=False):
            self.play(Slide(flight, 1.0, rate_func=linear), FadeIn(row), seconds=1.0)
            self.hold(0.3)
        dot = Outputs(desk).draw([], [n])
        self.play(FadeIn(table.rows[-1], dot), seconds=0.7)
        self.gathered = VGroup(self.chosen, dot, *risen)
        self.notes = VGroup(table)

    def _sum_rows(self) -> list[list[str]]:
        """Typst mathematics of the products at the example, and of their sum."""
        plan, moving, output = self.plan, self.theme.moving.colour, self.theme.output.colour
        rows = []
        for k in plan.met:
            f, g, product = plan.factors(k)
            factors = coloured(factor(f), self.desk.hues[k]), coloured(factor(g), moving)
            rows.append([factors[0], "dot", factors[1], "=", product])
        y, total = (coloured(math, output) for math in (f"y[{plan.example}]", plan.total))
        return [*rows, [y, "", "", "=", total]]

    def beat_age(self) -> None:
        """The small numbers above the flipped response are ages."""
        plan, theme = self.plan, self.theme
        name = self._ages('"age" n - k', "text")
        rows = [
            [
                coloured(f"f[{k}]", self.desk.hues[k]),
                f'"age" {plan.age(k)}',
                coloured(f"g[{plan.age(k)}]", theme.moving.colour),
            ]
            for k in reversed(plan.met)
        ]
        table = Table(rows, theme, left=PANEL.left, top=PANEL.top, gap=0.3)
        words = self._words("age n − k:", "steps since", "the input came", top=-0.2)
        lit = self.response.ages.animate.set_fill(theme.text.colour)
        self.play(FadeOut(self.notes, self.age_name), FadeIn(name, words), lit, seconds=0.8)
        self.age_name = name
        for row in table.rows:
            self.play(FadeIn(row), seconds=0.6)
            self.hold(0.2)
        self.notes = VGroup(words, table)

    def beat_both(self) -> None:
        """Time runs: every input launches, every output gathers."""
        plan = self.plan
        leaving = FadeOut(self.stack, self.outputs, self.gathered, self.notes)
        self.play(leaving, Glide(self.response, offset=-1.0), seconds=0.8)
        readout = self._readout()
        both = Both(self.desk, self.response, readout)
        self.remove(self.response, *self.inputs)
        self.add(both)
        self.play(Slide(both, len(plan.frames), rate_func=linear), seconds=plan.slide_seconds)

    def _readout(self) -> Readout:
        """n and both sums, each behind the mark that it has in the picture."""
        ink, output = self.theme.text.colour, self.theme.output
        left, top, decimals = PANEL.left + 0.45, PANEL.top, self.plan.decimals
        rows = [Row("n", ink, 0), Row('"stack"', ink, decimals), Row('"gather"', ink, decimals)]
        readout = Readout(rows, left=left, right=PANEL.right, top=top, leading=0.62)
        levels = [readout.baselines[row] + 0.1 for row in (1, 2)]
        ring = Ring(np.array([PANEL.left + 0.15, levels[0], 0.0]), output, RING)
        dot = Dot(np.array([PANEL.left + 0.15, levels[1], 0.0]), radius=DOT, color=output.colour)
        readout.add(ring, dot)
        return readout

    def beat_rows(self) -> None:
        """The table of all products; its rows are the copies."""
        self.clear_stage(seconds=0.6)
        self.table = table = Products(self.plan.frames, TABLE, self.theme, self.desk)
        self.play(FadeIn(table.weights), seconds=0.6)
        for name, row in zip(table.names, table.rows, strict=True):
            self.play(FadeIn(name, row), seconds=min(0.6, 2.4 / self.plan.inputs))
        self.hold(0.6)
        slides = [Slide(row, 1.0, rate_func=linear) for row in table.rows]
        self.play(*slides, FadeOut(table.weights), FadeIn(table.indices), seconds=1.5)
        self.play(FadeIn(self._words("each row:", "one input", "spreads", top=1.9)), seconds=0.5)

    def beat_columns(self) -> None:
        """Column by column, what is gathered."""
        table = self.table
        self.play(FadeIn(table.output_name, table.window.draw(0, 0)), seconds=0.4)
        for n, total in enumerate(table.totals):
            table.window.draw(0, n)
            self.play(FadeIn(total), seconds=0.5)
        words = self._words("each column:", "one output", "gathers", top=-0.4)
        table.window.draw(0, self.plan.example)
        self.play(FadeIn(words), seconds=0.5)
        self.play(FadeIn(self._formula()), seconds=0.8)

    def _formula(self) -> Text:
        theme = self.theme
        y, f, g = (
            coloured(math, getattr(theme, role).colour)
            for math, role in (("y[n]", "output"), ("f[k]", "fixed"), ("g[n - k]", "moving"))
        )
        text = Formula(f"{y} = sum_k {f} thin {g}", size=1.3 * LABEL, colour=theme.text.colour)
        return stand(text, HEADING_LEFT, -2.95)
