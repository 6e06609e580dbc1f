"""Weights on a beam, draws and their mean, bars and their integral, and an average that slides."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
from manim import FadeIn, FadeOut, VGroup, linear

from scenes.kit.averages import Averages
from scenes.kit.beam import Balancing, Beam
from scenes.kit.chart import Box
from scenes.kit.continuum import Continuum
from scenes.kit.draws import Draws
from scenes.kit.explainer import Explainer
from scenes.kit.frame import HEADING_LEFT, SAFE_X
from scenes.kit.readout import Readout, Row
from scenes.kit.sliding import Slide
from scenes.kit.table import Table
from scenes.kit.typeset import BODY, LABEL, Formula, Text, Words, coloured, fitted, stand
from scenes.numerals import number
from scenes.plans.expected_value import FIRST_DRAWS, ExpectedValuePlan, equals, factor, value

__all__ = ["ExpectedValue"]

BEAM = Box(left=HEADING_LEFT, right=2.1, bottom=-1.2, top=1.9)
CHART = Box(left=HEADING_LEFT + 0.35, right=1.9, bottom=-2.3, top=2.2)
AREA = Box(left=HEADING_LEFT + 0.35, right=2.1, bottom=-2.1, top=1.95)
SIDE = Box(left=3.05, right=SAFE_X, bottom=-3.4, top=2.6)
_LEADING = 0.52
_MINUS = 0.4  # room for a minus, and a gap, between a label and its number
_MOST_TERMS = 6  # of a sum that is written out
_MOST_DIGITS = 20  # of the weights, where they are added up beside them
_SPACIOUS = 7  # rows of a table with something below it
_SUM, _SYMBOLS = -2.35, -3.2  # baselines of one average in numbers, and in symbols
_UNDER = 1.25  # from the plank to the baseline of what is written below the wedge


class ExpectedValue(Explainer[ExpectedValuePlan]):
    """Draws `ExpectedValuePlan`."""

    plan_class: ClassVar[type[ExpectedValuePlan]] = ExpectedValuePlan

    def stage(self) -> None:
        """The beam with its weights; notes stand beside it."""
        self.beam = Beam(self.plan.frames, BEAM, self.theme)
        self.notes = VGroup()
        rows = len(self.plan.frames.x) + 2
        self.leading = min(_LEADING, (SIDE.top - SIDE.bottom) / rows)
        self.spacious = rows <= _SPACIOUS  # whether there is room below the rows

    def _words(self, *lines: str, top: float = SIDE.top, role: str = "text") -> VGroup:
        """Plain words beside the picture, from ``top`` down."""
        colour = getattr(self.theme, role).colour
        texts = [Words(line, size=BODY, colour=colour) for line in lines]
        for row, text in enumerate(texts):
            stand(fitted(text, SIDE.right - SIDE.left), SIDE.left, top - 0.25 - 0.5 * row)
        return VGroup(*texts)

    def _swap(self, *new: Any, also: tuple[Any, ...] = ()) -> None:
        """Other notes beside the picture; the old ones leave first."""
        if len(self.notes):
            self.play(FadeOut(self.notes), seconds=0.3)
        self.notes = VGroup(*new)
        if new or also:
            self.play(FadeIn(*new, *also), seconds=0.5)

    def _under(self, x: float, math: str) -> Text:
        """Mathematics below the wedge at x, within the picture."""
        text = Formula(math, colour=self.theme.output.colour)
        place, half = self.beam.place(x), float(text.width) / 2
        middle = min(max(float(place[0]), HEADING_LEFT + half), SIDE.left - 0.2 - half)
        return stand(text, middle, place[1] - _UNDER, align="centre")

    def beat_outcomes(self) -> None:
        """The outcomes on the plank, then the probabilities as weights."""
        beam = self.beam
        theme, left = self.theme, SIDE.left - 0.2
        names = Words("outcomes x", size=BODY, colour=theme.fixed.colour)
        stand(names, left, BEAM.bottom - 0.35)
        chances = Words("probabilities p", size=BODY, colour=theme.weight.colour)
        stand(chances, left, BEAM.bottom + 0.5)
        self.play(FadeIn(beam.plank, beam.outcomes, names), seconds=0.8)
        self.hold(0.6)
        self.play(FadeIn(beam.weights, beam.chances, chances), seconds=0.9)
        self.notes = VGroup(names, chances)

    def beat_predict(self) -> None:
        """The question, with the answers that come to mind."""
        plan = self.plan
        likely = "the most likely?" if len(plan.likeliest) == 1 else "a most likely one?"
        self._swap(self._words("Expected value:", likely, "the middle?", "or another?"))

    def beat_sum(self) -> None:
        """Row by row, probability times outcome; then the sum, and its symbol."""
        frames, theme = self.plan.frames, self.theme
        rows = [
            [
                f"{coloured(value(p), theme.weight.colour)} dot "
                f"{coloured(factor(x), theme.fixed.colour)}",
                equals(p, x, product),
                coloured(value(product), theme.product.colour),
            ]
            for p, x, product in zip(frames.p, frames.x, frames.product, strict=True)
        ]
        last = ("E[X]", equals(frames.expected), self.plan.expected)
        rows.append([coloured(math, theme.output.colour) for math in last])
        table = Table(
            rows,
            theme,
            left=SIDE.left,
            top=SIDE.top,
            leading=self.leading,
            gap=0.18,
            summed=True,
        )
        self._swap()
        for row in table.rows[:-1]:
            self.play(FadeIn(row), seconds=0.45)
            self.hold(0.15)
        self.hold(0.4)
        self.play(FadeIn(table.rows[-1]), seconds=0.7)
        self.notes = VGroup(table)
        if self.spacious:
            self.play(FadeIn(self._symbols(float(table.get_bottom()[1]))), seconds=0.6)

    def _symbols(self, top: float) -> Text:
        """The sum in symbols, below the numbers."""
        theme = self.theme
        total, p, x = (
            coloured(math, getattr(theme, role).colour)
            for math, role in (("E[X]", "output"), ("p_i", "weight"), ("x_i", "fixed"))
        )
        text = Formula(f"{total} = sum_i {p} thin {x}", colour=theme.text.colour)
        self.notes.add(stand(text, SIDE.left, top - 0.85))
        return text

    def beat_answer(self) -> None:
        """Where the expected value lies on the plank, and that of a die."""
        plan, beam = self.plan, self.beam
        self.mark = self._under(plan.frames.expected, f"E[X] {self.plan.equals_expected}")
        self.play(FadeIn(beam.wedge, self.mark), seconds=0.8)
        self.hold(1.0)
        die = self._words("a fair die:", top=SIDE.bottom + 1.25, role="muted")
        mean = Formula(
            f"1/6 (1 + 2 + dots.c + 6) {equals(plan.die)} {value(plan.die)}",
            size=BODY,
            colour=self.theme.text.colour,
        )
        stand(fitted(mean, SIDE.right - SIDE.left), SIDE.left, SIDE.bottom + 0.3)
        if self.spacious:
            self.play(FadeIn(die, mean), seconds=0.6)
            self.notes.add(die, mean)

    def beat_tilt(self) -> None:
        """The pivot goes elsewhere, the moments are written, and the beam tips."""
        beam, frames = self.beam, self.plan.frames
        self._swap()
        self.add(beam)
        self.play(FadeOut(self.mark), seconds=0.3)
        self.play(Slide(beam, -1.0), seconds=0.9)
        self.mark = self._under(frames.pivot[0], f"c = {value(frames.pivot[0])}")
        self.play(FadeIn(self.mark), seconds=0.4)
        heads, table = self._moment_heads(), self._moments(0)
        self.notes = VGroup(heads, table)
        self.play(FadeIn(heads), seconds=0.5)
        for row in table.rows:
            self.play(FadeIn(row), seconds=0.3)
        self.play(Slide(beam, 0.0), seconds=1.4)

    def _moment_heads(self) -> VGroup:
        """What the products below are called, and which are positive."""
        colour = self.theme.muted.colour
        name = Formula('"turning moment" p (x - c)', size=BODY, colour=colour)
        side = Words("positive to the right", size=BODY, colour=colour)
        stand(fitted(name, SIDE.right - SIDE.left), SIDE.left, SIDE.top - 0.25)
        return VGroup(name, stand(side, SIDE.left, SIDE.top - 0.25 - _LEADING))

    def _moments(self, step: int) -> Table:
        """0.4 (1 − 3) = −0.80, row by row, and their sum."""
        plan, theme, frames = self.plan, self.theme, self.plan.frames
        c, decimals = factor(frames.pivot[step]), plan.moments.decimals
        rows = [
            [
                coloured(value(p), theme.weight.colour),
                f"({value(x)} - {c})",
                plan.moment_sign(step, i),
                coloured(number(moment, decimals), theme.product.colour),
            ]
            for i, (p, x, moment) in enumerate(
                zip(frames.p, frames.x, frames.moment[step], strict=True)
            )
        ]
        torque = frames.torque[step]
        total = coloured(number(torque, decimals), theme.output.colour)
        rows.append(["", '"sum"', plan.moments.sign(torque), total])
        top, leading = self._under_heads()
        return Table(rows, theme, left=SIDE.left, top=top, leading=leading, summed=True)

    def _under_heads(self) -> tuple[float, float]:
        """Top and leading of the moments, below what they are called."""
        top = SIDE.top - 2 * _LEADING - 0.1
        return top, min(_LEADING, (top - SIDE.bottom) / (len(self.plan.frames.x) + 1.5))

    def beat_balance(self) -> None:
        """The pivot moves to E[X], and all moments change with it; then they are written again."""
        beam, frames = self.beam, self.plan.frames
        readout = self._live_moments()
        balancing = Balancing(beam, readout)
        balancing.draw(0.0)
        self.play(FadeOut(self.mark), seconds=0.3)
        self._swap(readout)
        self.remove(beam, readout, self.notes)
        self.add(balancing)
        self.play(Slide(balancing, len(frames.pivot) - 1.0), seconds=3.2)
        self.remove(balancing)
        self.add(beam, readout)
        self.notes = VGroup(readout)
        self._swap(self._moment_heads(), self._moments(-1))
        self.mark = self._under(frames.expected, f"c = E[X] {self.plan.equals_expected}")
        self.play(FadeIn(self.mark), seconds=0.5)

    def _live_moments(self) -> Readout:
        frames, theme, decimals = self.plan.frames, self.theme, self.plan.moments.decimals
        pairs = zip(frames.p, frames.x, strict=True)
        rows = [Row("c", theme.output.colour, decimals)]
        rows += [
            Row(
                f"{coloured(value(p), theme.weight.colour)} ({value(x)} - c)",
                theme.product.colour,
                decimals,
                BODY,
            )
            for p, x in pairs
        ]
        rows.append(Row('"sum"', theme.output.colour, decimals))
        box, right = SIDE, SIDE.right - _MINUS
        top, leading = self._under_heads()
        readout = Readout(rows, left=box.left, right=right, top=top + leading, leading=leading)
        readout.right = box.right
        return readout

    def beat_draws(self) -> None:
        """The first draws one by one, and the mean so far."""
        self.clear_stage()
        plan = self.plan
        self.draws = draws = Draws(plan.frames, plan.thinned, CHART, self.theme, dots=FIRST_DRAWS)
        self.play(FadeIn(draws.axes, draws.names), seconds=0.5)
        table = self._first_draws()
        told = self._words(f"first {FIRST_DRAWS} of {len(plan.frames)} draws", role="muted")
        self.play(FadeIn(told, table.rows[0]), seconds=0.3)
        for n in range(FIRST_DRAWS):
            self.play(FadeIn(draws.dots[n], table.rows[n + 1]), seconds=0.4)
            draws.first(n + 1)
            self.add(draws.trace, draws.head)
            self.hold(0.3)
        self.notes = VGroup(told, table)

    def _first_draws(self) -> Table:
        frames, theme, plan = self.plan.frames, self.theme, self.plan
        rows = [[coloured(m, theme.muted.colour) for m in ("n", '"draw"', '"mean"')]]
        for n in range(FIRST_DRAWS):
            step = frames.at(n)
            drawn = coloured(value(step.draw), theme.fixed.colour)
            mean = coloured(number(step.mean, plan.moments.decimals), theme.moving.colour)
            rows.append([str(step.n), drawn, mean])
        return Table(rows, theme, left=SIDE.left, top=SIDE.top - 0.75, gap=0.5)

    def beat_settle(self) -> None:
        """The level of E[X] and the funnel, then the mean up to the last draw."""
        draws, plan, theme = self.draws, self.plan, self.theme
        decimals = plan.moments.decimals
        rows = [
            Row("n", theme.text.colour, 0),
            Row('"mean"', theme.moving.colour, decimals + 1),
            Row("E[X]", theme.output.colour, decimals),
            Row("sigma \\/ sqrt(n)", theme.muted.colour, decimals + 1),
        ]
        readout = Readout(rows, left=SIDE.left, right=SIDE.right - 0.2, top=SIDE.top, leading=0.7)
        draws.attach(readout)
        self._swap(readout, self._spread(), also=(draws.level, draws.funnel))
        spread = self.notes[-1]
        self.remove(*(m for m in self.mobjects if m is not self.heading))
        self.add(draws, spread)
        self.play(Slide(draws, len(plan.thinned) - 1, rate_func=linear), seconds=4.5)

    def _spread(self) -> VGroup:
        """What σ and the band are."""
        plan, theme = self.plan, self.theme
        sigma = Formula(f"sigma {plan.equals_deviation}", colour=theme.text.colour)
        top = SIDE.top - 3.1
        stand(sigma, SIDE.left, top - 0.25)
        lines = ("a draw's typical", "distance from E[X]")
        band = ("Dotted band: about", "one mean in three", "lies outside it")
        return VGroup(
            sigma,
            self._words(*lines, top=top - 0.5, role="muted"),
            self._words(*band, top=top - 1.8, role="muted"),
        )

    def beat_bars(self) -> None:
        """A density, then bars under it, and their sum."""
        self.clear_stage()
        self.continuum = continuum = Continuum(self.plan.frames, AREA, self.theme)
        shape = self.plan.density.signal.formula("x")
        style = "display" if shape.startswith("cases") else "inline"
        formula = Formula(f"{style}(p(x) = {shape})", colour=self.theme.fixed.colour)
        stand(fitted(formula, AREA.right - AREA.left), AREA.left, AREA.top + 0.45)
        self.play(FadeIn(continuum.axes, continuum.curve, formula), seconds=0.8)
        self.hold(0.8)
        self.play(FadeIn(continuum.bars), seconds=0.7)
        table = self._bar_table()
        for row in table.rows:
            self.play(FadeIn(row), seconds=0.3)
        self.notes = VGroup(table)

    def _bar_table(self) -> Table:
        """x, p(x) Δ and their product for the widest bars, and what the products add up to."""
        frames, theme = self.plan.frames, self.theme
        heads = ("x", "p(x) thin Delta", "x thin p(x) thin Delta")
        rows = [[coloured(math, theme.muted.colour) for math in heads]]
        for x, chance, product in frames.bars(0):
            maths = (
                value(x),
                number(chance, 4),
                coloured(number(product, 4), theme.product.colour),
            )
            rows.append(list(maths))
        beside = frames.beside(0)
        if beside:
            rows.append(["", '"further bars"', coloured(number(beside, 4), theme.product.colour)])
        total = coloured(number(frames.total[0], 4), theme.output.colour)
        rows.append(["", '"sum"', total])
        return Table(rows, theme, left=SIDE.left, top=SIDE.top, gap=0.35, summed=True)

    def _bar_sums(self) -> Table:
        """Δ and the sum for each width, and the integral."""
        frames, theme = self.plan.frames, self.theme
        rows = [[coloured(m, theme.muted.colour) for m in ("Delta", "sum x thin p(x) Delta")]]
        for width, total in zip(frames.width, frames.total, strict=True):
            rows.append([value(width), coloured(number(total, 4), theme.product.colour)])
        return Table(rows, theme, left=SIDE.left, top=SIDE.top, gap=0.4, leading=0.6)

    def beat_integral(self) -> None:
        """Finer and finer bars; then the integral, and the wedge below it."""
        continuum, frames, theme = self.continuum, self.plan.frames, self.theme
        self.sums = self._bar_sums()
        self._swap(self.sums.rows[0], self.sums.rows[1])
        for k in range(1, len(frames.width)):
            continuum.draw(k)
            self.play(FadeIn(self.sums.rows[k + 1]), seconds=0.4)
            self.hold(0.6)
        support = self.plan.density.signal.support
        low, high = map(_limit, support)
        sign = equals(frames.integral, *(end for end in support if np.isfinite(end)))
        limit = Formula(
            f"integral_({low})^({high}) x thin p(x) thin dif x {sign} {value(frames.integral)}",
            colour=theme.output.colour,
        )
        stand(fitted(limit, SIDE.right - SIDE.left), SIDE.left, self.sums.get_bottom()[1] - 0.95)
        self.play(FadeIn(limit, continuum.wedge, continuum.label), seconds=0.7)

    def beat_weights(self) -> None:
        """Samples, the flipped weights below them, products, and the first sum."""
        self.clear_stage()
        self.averages = averages = Averages(self.plan.frames, self.theme)
        for row, seconds in zip(averages.rows, (0.6, 0.8, 0.8, 0.8), strict=True):
            self.play(FadeIn(row), seconds=seconds)
            self.hold(0.4)
        self.written = [self._written_sum(i) for i in range(len(self.plan.frames.position))]
        self.play(FadeIn(self.written[0]), seconds=0.6)
        self.told = self._about_weights()
        for line in self.told:
            self.play(FadeIn(line), seconds=0.5)
            self.hold(0.5)

    def _about_weights(self) -> VGroup:
        """That the weights are the probabilities, add up to 1, and why k runs backwards."""
        frames, theme = self.plan.frames, self.theme
        parts = [value(p) for p in reversed(frames.p.tolist())]
        total = '"sum"'
        if len("".join(parts)) <= _MOST_DIGITS:
            total = " + ".join(coloured(part, theme.weight.colour) for part in parts)
        one = float(frames.p.sum())
        ones = Formula(
            f"w = p #h(0.6em) {total} {equals(*frames.p, one)} {value(one)}",
            colour=theme.text.colour,
        )
        said = "w[0] is at the newest input, x[n]: each output looks back"
        words = Words(said, size=BODY, colour=theme.text.colour)
        left = self.averages.beside
        stand(fitted(ones, SAFE_X - left), left, 0.53)
        return VGroup(ones, stand(words, HEADING_LEFT, _SYMBOLS))

    def _written_sum(self, i: int) -> Text:
        """0.3 · 10 + … = 13, as the weights lie; only y[n] = 13 where they are many."""
        frames, theme, n = self.plan.frames, self.theme, len(self.plan.frames.p)
        last = int(frames.position[i])
        pairs = list(zip(frames.p.tolist(), frames.sample[: last + 1][::-1].tolist(), strict=False))
        terms = [
            f"{coloured(value(p), theme.weight.colour)} dot "
            f"{coloured(factor(x), theme.fixed.colour)}"
            for p, x in reversed(pairs)
        ]
        left = coloured(f"y[{last}]", theme.output.colour)
        total = coloured(value(frames.output[i]), theme.output.colour)
        numbers = [number for pair in pairs for number in pair] if n <= _MOST_TERMS else []
        middle = f"{equals(*numbers)} {' + '.join(terms)} " if numbers else ""
        sign = equals(*numbers, frames.output[i])
        text = Formula(f"{left} {middle} {sign} {total}", colour=theme.text.colour)
        return stand(fitted(text, SAFE_X - HEADING_LEFT), HEADING_LEFT, _SUM)

    def beat_convolution(self) -> None:
        """The weights slide on, each output with its sum; then the sum in symbols."""
        averages, theme = self.averages, self.theme
        self.remove(*averages.rows)
        self.add(averages)
        self.play(FadeOut(self.told), seconds=0.4)
        for i in range(1, len(self.written)):
            self.play(Slide(averages, i, rate_func=linear), seconds=1.0)
            self.remove(self.written[i - 1])
            self.play(FadeIn(self.written[i]), seconds=0.3)
            self.hold(0.4)
        y, w = coloured("y[n]", theme.output.colour), coloured("w[k]", theme.weight.colour)
        x = coloured("x[n - k]", theme.fixed.colour)
        text = Formula(f"{y} = sum_k {w} thin {x}", size=1.2 * LABEL, colour=theme.text.colour)
        total = float(self.plan.frames.p.sum())
        whole = f"sum_k {w} {equals(total)} {value(total)}"
        one = Formula(whole, size=1.2 * LABEL, colour=theme.text.colour)
        stand(text, HEADING_LEFT, _SYMBOLS)
        stand(one, HEADING_LEFT + float(text.width) + 1.2, _SYMBOLS)
        self.play(FadeIn(text, one), seconds=0.7)


def _limit(end: float) -> str:
    """An end of an integral in Typst mathematics."""
    if np.isinf(end):
        return "-oo" if end < 0 else "oo"
    return value(end)
