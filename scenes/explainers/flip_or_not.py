"""Flip or not, drawn as three lanes on common axes; then a search, and a matrix."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
from manim import Create, FadeIn, FadeOut, VGroup, linear

from convmath import SlidingSum
from scenes.explainers.lane_rows import LEFT, RIGHT, TOPS, Row, typst, wide_heads
from scenes.kit.chart import Axes, Box, Chart
from scenes.kit.explainer import Explainer
from scenes.kit.frame import SAFE_X
from scenes.kit.plots import Glide, Plot, Ring, StemPlot
from scenes.kit.sliding import DiscreteSliding, Slide
from scenes.kit.table import Table
from scenes.kit.typeset import (
    BODY,
    HEADING,
    Formula,
    Text,
    Words,
    coloured,
    fitted,
    stand,
)
from scenes.numerals import brief
from scenes.plans.flip_or_not import FlipOrNotPlan
from scenes.plans.flip_or_not_words import answers, questions, verdict
from scenes.theme import Ink
from scenes.wording import factor

__all__ = ["FlipOrNot"]

ABOVE = Box(left=-6.05, right=6.15, bottom=0.5, top=2.2)
BELOW = Box(left=-6.05, right=6.15, bottom=-3.0, top=-1.3)


class FlipOrNot(Explainer[FlipOrNotPlan]):
    """Draws `FlipOrNotPlan`."""

    plan_class: ClassVar[type[FlipOrNotPlan]] = FlipOrNotPlan

    def stage(self) -> None:
        """Three rows, of which nothing is shown yet."""
        self.rows = [Row(self.plan, self.theme, lane, k) for k, lane in enumerate(self.plan.lanes)]
        self.notes = VGroup()

    def words(self, text: str, x: float, y: float, role: str = "text") -> Text:
        """Plain words on a baseline."""
        words = Words(text, size=BODY, colour=getattr(self.theme, role).colour)
        return stand(fitted(words, LEFT[1] - LEFT[0]), x, y)

    def beat_signals(self) -> None:
        """f and g, each in a row of its own, and the names of the lanes."""
        plan, parts = self.plan, []
        for row, letter in zip(self.rows, "fg", strict=False):
            ink = self.theme.moving if letter == plan.across.mover else self.theme.fixed
            last = letter == "g"
            axes = Axes(
                row.left, self.theme, variable=plan.outer, x_ticks=9, y_ticks=3, numbered=last
            )
            formula = f"{row.call(letter, plan.outer)} = {plan.given[letter].formula(plan.outer)}"
            name, plot = row.names(row.left, (formula, ink)), self._given(letter, row, ink)
            self.play(FadeIn(axes, name), seconds=0.5)
            self.play(Create(plot), seconds=1.0)
            parts += [axes, name, plot]
        for row in self.rows:
            self.play(FadeIn(row.output_name), seconds=0.5)
        rule = self.words("the one named first moves", LEFT[0], TOPS[2] - 0.3, "moving")
        self.play(FadeIn(rule), seconds=0.5)
        self.givens = VGroup(*parts, rule)

    def _given(self, letter: str, row: Row, ink: Ink) -> Plot:
        """f or g as it was given."""
        f = self.plan.standing(letter).frames
        if isinstance(f, SlidingSum):
            low, high = f.supports[0]
            inside = (f.k >= low) & (f.k <= high)
            hollow = ink is self.theme.moving
            return row.stems(row.left, ink, f.k[inside], f.fixed[inside], hollow=hollow)
        return Plot(row.left, ink, f.fixed, f.fixed_impulses)

    def beat_flip(self) -> None:
        """In every lane one moves over the other; a convolution mirrors it first."""
        self.play(FadeOut(self.givens), seconds=0.5)
        for row in self.rows:
            sliding = row.sliding
            sliding.moving.draw(sign=-1.0 if row.lane.pairing.flips else 1.0)
            sliding.handle.draw(0.0)
            parts = (row.left_axes, row.fixed, sliding.moving, sliding.handle, row.signal_names)
            self.play(FadeIn(*parts), seconds=0.6)
        turning = [row.sliding.moving for row in self.rows if row.lane.pairing.flips]
        if turning:
            self.play(*(Glide(moving, sign=1.0) for moving in turning), seconds=1.8)
        self.play(FadeIn(*(row.definition for row in self.rows)), seconds=0.6)

    def beat_first(self) -> None:
        """The first lane."""
        self._slide(self.rows[0])

    def beat_predict(self) -> None:
        """A question in each lane that is left."""
        for row, question in zip(self.rows[1:], questions(self.plan), strict=True):
            self.notes.add(self.words(question, RIGHT[0], row.right.box.bottom + 0.1, "weight"))
        self.play(FadeIn(self.notes), seconds=0.6)

    def beat_second(self) -> None:
        """The second lane."""
        self._slide(self.rows[1], self.notes[0], answer=answers(self.plan)[0])

    def beat_third(self) -> None:
        """The third lane."""
        self._slide(self.rows[2], self.notes[1], answer=answers(self.plan)[1])

    def _slide(self, row: Row, *leaving: Any, answer: str = "") -> None:
        """One lane from end to end, and back to where its output is farthest from zero."""
        sliding, lane = row.sliding, row.lane
        row.set_out(self, *leaving)
        last = len(lane.frames) - 1
        self.play(Slide(sliding, last, rate_func=linear), seconds=self.plan.slide_seconds(lane))
        if lane.has_peak:
            sliding.traces = False
            self.play(Slide(sliding, lane.index(lane.peak[0])), seconds=0.8)
            self.play(FadeIn(row.peak_mark()), seconds=0.4)
        if answer:
            self.play(FadeIn(row.answered(answer)), seconds=0.4)

    def beat_swap(self) -> None:
        """What the same lanes give with f and g in the other order, dashed."""
        leaving = [part for row in self.rows for part in row.slid_parts()]
        for row in self.rows:
            row.part_with(self)
        self.play(FadeOut(*leaving), seconds=0.6)
        for row, other in zip(self.rows, self.plan.swapped, strict=True):
            ghost = row.ghost(other)
            names = row.swapped_names(other)
            self.play(FadeOut(row.output_name), FadeIn(names), seconds=0.4)
            if not row.lane.pairing.flips:
                ghost.draw(sign=-1.0)
            self.play(FadeIn(ghost), seconds=0.4)
            if not row.lane.pairing.flips:
                self.play(Glide(ghost, sign=1.0), seconds=1.2)
            self.play(FadeIn(row.finding(other)), seconds=0.4)

    def beat_symmetric(self) -> None:
        """Something symmetric moves: with and without the flip, in step."""
        self.clear_stage()
        lanes = self.plan.even_lanes
        rows = [Row(self.plan, self.theme, e, k, last=1) for k, e in enumerate(lanes)]
        shown = [part for row in rows for part in row.parts()]
        self.play(FadeIn(*shown, self._symmetric_formula(rows[0])), seconds=0.6)
        for row in rows:
            self.bring_to_front(row.fixed)
        last = len(lanes[0].frames) - 1
        self.play(*(Slide(r.sliding, last, rate_func=linear) for r in rows), seconds=4.0)
        if lanes[0].has_peak:
            here = lanes[0].index(lanes[0].peak[0])
            for row in rows:
                row.sliding.traces = False
            self.play(*(Slide(row.sliding, here) for row in rows), seconds=0.8)
        equal = rows[0].call(f"({typst(lanes[0])})", self.plan.outer)
        equal += " = " + rows[1].call(f"({typst(lanes[1])})", self.plan.outer)
        formula = Formula(equal, colour=self.theme.output.colour)
        same = self.words("flipped or not: the same", RIGHT[0], TOPS[2] - 1.05)
        self.play(FadeIn(stand(formula, RIGHT[0], TOPS[2] - 0.4), same), seconds=0.5)

    def _symmetric_formula(self, row: Row) -> Text:
        """What it is that moves."""
        t = self.plan.outer
        math = f"{row.call('s', t)} = {self.plan.even.formula(t)}"
        formula = Formula(f"inline({math})", colour=self.theme.moving.colour)
        fitted(formula, LEFT[1] - LEFT[0])
        return stand(formula, LEFT[0], TOPS[2] - 0.4)

    def beat_find(self) -> None:
        """A pattern runs over a signal, and stops where the correlation is largest."""
        self.clear_stage()
        plan, theme = self.plan, self.theme
        above, below = (
            Chart(plan.search_window, *chart)
            for chart in ((plan.search_range, ABOVE), (plan.score_range, BELOW))
        )
        sliding = DiscreteSliding(plan.search_slide, above, below, theme, flip=False)
        sliding.remove(sliding.limits)
        wide_heads(sliding.moving)
        axes = [Axes(above, theme, variable="k"), Axes(below, theme, variable="n")]
        search = plan.search
        values = np.stack([search.signal_k, search.signal], axis=1).astype(float)
        signal = StemPlot(above, theme.fixed, values)
        names = self._search_names(above, below)
        self.play(FadeIn(*axes, names[0]), seconds=0.5)
        self.play(Create(signal), seconds=1.0)
        self.play(FadeIn(sliding, *names[1:]), seconds=0.6)
        self.bring_to_front(signal)
        last = len(search) - 1
        self.play(Slide(sliding, last, rate_func=linear), seconds=plan.search_seconds)
        sliding.traces = False
        self.play(Slide(sliding, int(np.argmax(search.score))), seconds=0.9)
        self.play(FadeIn(self._found(below)), FadeOut(sliding.drop), seconds=0.5)

    def _search_names(self, above: Chart, below: Chart) -> list[Text]:
        theme = self.theme
        parts = (
            ("s[k]", theme.fixed, above, 0.0),
            ("p[k - n]", theme.moving, above, 1.4),
            ("(p star.op s)[n]", theme.output, below, 0.0),
        )
        names = [
            stand(Formula(math, colour=ink.colour), chart.box.left + x, chart.box.top + 0.3)
            for math, ink, chart, x in parts
        ]
        values = Formula(f"inline({self._pattern()})", colour=theme.moving.colour)
        fitted(values, above.box.right - float(names[1].get_right()[0]) - 0.6)
        return [*names, stand(values, above.box.right, names[1].baseline, align="right")]

    def _pattern(self) -> str:
        """Typst mathematics of the pattern's values; without its indices if the first is 0."""
        pattern = self.plan.sought[0]
        if pattern.start or pattern.notation:
            return f"p[k] = {pattern.formula('k')}"
        return f"p = ({', '.join(brief(value) for value in pattern.values.tolist())})"

    def _found(self, chart: Chart) -> VGroup:
        """A ring around every largest score, and what it says."""
        plan, ink = self.plan, self.theme.output
        rings = [Ring(chart.point(n, float(plan.top)), ink, 0.16) for n in plan.search.found]
        math = f"(p star.op s)[{plan.search.found[0]}] = {plan.top_text}"
        words = self.words(verdict(plan)[0], chart.box.right, chart.box.top + 0.3)
        words.shift((chart.box.right - words.get_right()[0], 0.0, 0.0))
        value = Formula(math, colour=ink.colour)
        stand(value, words.get_left()[0] - 0.3, words.baseline, align="right")
        return VGroup(*rings, value, words)

    def beat_vectors(self) -> None:
        """The outcomes as a table, and the product of one of them."""
        self.clear_stage()
        self.table = self._outcomes(marked=False)
        for row in self.table.rows:
            self.play(FadeIn(row), seconds=0.5)
        self.hold(0.5)
        words = self.words("one outcome: every x times every y", RIGHT[0], 1.6)
        self.notes = VGroup(words, self._outer_product())
        self.play(FadeIn(self.notes), seconds=0.8)

    def _outer_product(self) -> Formula:
        """The first outcome as a column times a row."""
        theme, step = self.theme, self.plan.moments.at(0)
        x = coloured(_matrix(step.x[:, None]), theme.moving.colour)
        y = coloured(_matrix(step.y[None]), theme.fixed.colour)
        product = coloured(_matrix(step.product), theme.product.colour)
        return self._large(f"{x} thin {y} = {product}", theme.text)

    def _large(self, math: str, ink: Ink) -> Formula:
        """Mathematics that fills the place on the right."""
        formula = Formula(math, size=HEADING, colour=ink.colour)
        fitted(formula, SAFE_X - RIGHT[0])
        formula.move_to((RIGHT[0] + formula.width / 2, 0.1, 0.0))
        return formula

    def _outcomes(self, *, marked: bool) -> Table:
        """Probability, x and y of every outcome; one component of each may be marked."""
        theme, moments = self.theme, self.plan.moments
        i, j = self.plan.entry if marked else (-1, -1)
        rows = [["p", coloured("X", theme.moving.colour), coloured("Y", theme.fixed.colour)]]
        for k, p in enumerate(self.plan.probabilities):
            step = moments.at(k)
            x = self._vector(step.x, i, theme.moving)
            y = self._vector(step.y, j, theme.fixed)
            rows.append([p, x, y])
        leading = min(0.85, 4.6 / len(rows))
        return Table(rows, theme, left=-6.05, top=2.0, leading=leading, gap=0.9, right=0.2)

    def _vector(self, values: Any, marked: int, ink: Ink) -> str:
        """The components in a row, one of them marked."""
        parts = [
            self._marked(brief(v)) if k == marked else coloured(brief(v), ink.colour)
            for k, v in enumerate(values.tolist())
        ]
        return "(" + ", thin ".join(parts) + ")"

    def _marked(self, math: str) -> str:
        """In the ink of what counts now, and underlined."""
        return f"underline({coloured(math, self.theme.weight.colour)})"

    def beat_matrix(self) -> None:
        """One entry worked out, then all of them."""
        plan, theme = self.plan, self.theme
        i, j = plan.entry
        m, n = plan.moments.shape
        x, y = coloured("X", theme.moving.colour), coloured("Y", theme.fixed.colour)
        mark = self._marked(brief(float(plan.moments.output[i, j])))
        entries = _matrix(plan.moments.output, {(i, j): mark})
        matrix = self._large(f"bb(E)[{x} {y}^top] = {entries}", theme.output)
        size = self.words(f"{m} × {n}: rows for X, columns for Y", RIGHT[0], 1.6)
        self.play(FadeOut(self.notes, self.table), FadeIn(self._outcomes(marked=True)), seconds=0.6)
        self.play(FadeIn(self._worked_out(i, j)), seconds=0.8)
        self.hold(2.5)
        self.play(FadeIn(matrix, size), seconds=0.8)

    def _worked_out(self, i: int, j: int) -> Text:
        """E[X_i Y_j] as a sum over the outcomes."""
        plan, theme = self.plan, self.theme
        products = []
        for k in range(len(plan.moments)):
            step = plan.moments.at(k)
            products.append(f"{factor(step.x[i])} dot {factor(step.y[j])}")
        if plan.is_even:
            total = f"{plan.probabilities[0]} thin (" + " + ".join(products) + ")"
        else:
            pairs = zip(plan.probabilities, products, strict=True)
            total = " + ".join(f"{p} dot {product}" for p, product in pairs)
        mean = coloured(brief(float(plan.moments.output[i, j])), theme.weight.colour)
        math = f"bb(E)[X_{i + 1} Y_{j + 1}] = {total} = {mean}"
        return stand(fitted(Formula(math, colour=theme.text.colour), 12.2), -6.05, -2.8)


def _matrix(values: Any, instead: dict[tuple[int, int], str] | None = None) -> str:
    """Typst mathematics of a matrix (m, n), with other text for some of its entries."""
    rows = [
        ", ".join((instead or {}).get((i, j), brief(value)) for j, value in enumerate(row))
        for i, row in enumerate(values.tolist())
    ]
    return f'mat(delim: "[", {"; ".join(rows)})'
