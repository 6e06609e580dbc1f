"""Flip or not, drawn as three lanes on common axes; then a search, and a matrix."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
from manim import Create, FadeIn, FadeOut, VGroup, linear

from convmath import SlidingSum
from scenes.explainers.lane_rows import LEFT, RIGHT, TOPS, Row, typst
from scenes.kit.chart import Axes, Box, Chart
from scenes.kit.explainer import Explainer
from scenes.kit.plots import Glide, Plot, Ring, StemPlot
from scenes.kit.sliding import DiscreteSliding, Slide
from scenes.kit.table import Table
from scenes.kit.typeset import (
    BODY,
    Formula,
    Text,
    Words,
    coloured,
    fitted,
    stand,
)
from scenes.numerals import brief
from scenes.plans.flip_or_not import FlipOrNotPlan
from scenes.theme import Ink

__all__ = ["FlipOrNot"]

ABOVE = Box(left=-6.05, right=6.15, bottom=0.5, top=2.2)
BELOW = Box(left=-6.05, right=6.15, bottom=-3.0, top=-1.3)
_TABLE_TOP = 2.35


class FlipOrNot(Explainer[FlipOrNotPlan]):
    """Draws `FlipOrNotPlan`."""

    plan_class: ClassVar[type[FlipOrNotPlan]] = FlipOrNotPlan

    def stage(self) -> None:
        """Three rows, of which nothing is shown yet."""
        self.rows = [Row(self.plan, self.theme, lane, k) for k, lane in enumerate(self.plan.lanes)]
        self.notes = VGroup()
        self.lane_parts: list[Any] = []

    def words(self, text: str, x: float, y: float, role: str = "text") -> Text:
        """Plain words on a baseline."""
        words = Words(text, size=BODY, colour=getattr(self.theme, role).colour)
        return stand(fitted(words, LEFT[1] - LEFT[0]), x, y)

    def clear_stage(self) -> None:
        """All but the heading goes."""
        leaving = [m for m in self.mobjects if m is not self.heading]
        self.play(FadeOut(*leaving), seconds=0.5)

    def beat_signals(self) -> None:
        """f and g, each in a row of its own, and the names of the lanes."""
        plan, parts = self.plan, []
        for row, letter in zip(self.rows, "fg", strict=False):
            ink = self.theme.moving if letter == plan.across.mover else self.theme.fixed
            axes = Axes(row.left, self.theme, variable=plan.outer, x_ticks=9, y_ticks=2)
            formula = f"{row.call(letter, plan.outer)} = {plan.given[letter].formula(plan.outer)}"
            name, plot = row.names(row.left, (formula, ink)), self._given(letter, row, ink)
            self.play(FadeIn(axes, name), seconds=0.5)
            self.play(Create(plot), seconds=1.0)
            parts += [axes, name, plot]
        self.givens = VGroup(*parts)
        for row in self.rows:
            self.play(FadeIn(row.output_name), seconds=0.5)

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
        for row, question in zip(self.rows[1:], self.plan.questions, strict=True):
            self.notes.add(self.words(question, RIGHT[0], row.right.box.bottom + 0.1, "weight"))
        self.play(FadeIn(self.notes), seconds=0.6)

    def beat_second(self) -> None:
        """The second lane."""
        self._slide(self.rows[1], self.notes[0])

    def beat_third(self) -> None:
        """The third lane."""
        self._slide(self.rows[2], self.notes[1])

    def _slide(self, row: Row, *leaving: Any) -> None:
        """One lane from end to end, and back to where its output is farthest from zero."""
        sliding, lane = row.sliding, row.lane
        row.set_out(self, *leaving)
        last = len(lane.frames) - 1
        self.play(Slide(sliding, last, rate_func=linear), seconds=self.plan.slide_seconds(lane))
        if lane.has_peak:
            sliding.traces = False
            self.play(Slide(sliding, lane.index(lane.peak[0])), seconds=0.8)
            self.play(FadeIn(row.peak()), seconds=0.4)

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
        rows = [Row(self.plan, self.theme, e, k) for k, e in enumerate(self.plan.even_lanes)]
        for row in rows:
            self.add(row.sliding)
        parts = [(r.left_axes, r.right_axes, r.signal_names, r.output_name, r.fixed) for r in rows]
        self.remove(*(row.sliding for row in rows))
        self.play(
            FadeIn(*(part for of_row in parts for part in of_row)),
            FadeIn(*(row.sliding for row in rows)),
            seconds=0.6,
        )
        for row in rows:
            self.bring_to_front(row.fixed)
        last = len(rows[0].lane.frames) - 1
        self.play(*(Slide(r.sliding, last, rate_func=linear) for r in rows), seconds=4.0)
        self._conclude(rows)

    def _conclude(self, rows: list[Row]) -> None:
        """Two outputs, one curve."""
        for row in rows:
            row.sliding.traces = False
        lane = rows[0].lane
        if lane.has_peak:
            here = lane.index(lane.peak[0])
            self.play(*(Slide(row.sliding, here) for row in rows), seconds=0.8)
        equal = Formula(
            f"{typst(rows[0].lane)} = {typst(rows[1].lane)}", colour=self.theme.output.colour
        )
        stand(equal, RIGHT[0], TOPS[2] - 0.2)
        why = self.words("flipped or not, s is the same", LEFT[0], TOPS[2] - 0.2)
        self.play(FadeIn(equal, why), seconds=0.5)

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
        self.play(FadeIn(self._found(below)), seconds=0.5)

    def _search_names(self, above: Chart, below: Chart) -> list[Text]:
        theme = self.theme
        parts = (
            ("s[k]", theme.fixed, above, 0.0),
            ("p[k - n]", theme.moving, above, 1.4),
            ("(p star.op s)[n]", theme.output, below, 0.0),
        )
        return [
            stand(Formula(math, colour=ink.colour), chart.box.left + x, chart.box.top + 0.3)
            for math, ink, chart, x in parts
        ]

    def _found(self, chart: Chart) -> VGroup:
        """A ring around every largest score, and what it says."""
        plan, ink = self.plan, self.theme.output
        rings = [Ring(chart.point(n, float(plan.top)), ink, 0.16) for n in plan.search.found]
        math = f"(p star.op s)[{plan.search.found[0]}] = {plan.top_text}"
        words = self.words(plan.verdict[0], 0.0, chart.box.top + 0.3)
        words.shift((chart.box.right - words.get_right()[0], 0.0, 0.0))
        value = Formula(math, colour=ink.colour)
        stand(value, words.get_left()[0] - 0.3, words.baseline, align="right")
        return VGroup(*rings, value, words)

    def beat_vectors(self) -> None:
        """The outcomes as a table."""
        self.clear_stage()
        m, n = self.plan.moments.shape
        self.table = self._outcomes(marked=False)
        about = VGroup(
            self.words(f"X: {m} component" + "s" * (m > 1), 1.2, 1.9, "moving"),
            self.words(f"Y: {n} component" + "s" * (n > 1), 1.2, 1.3, "fixed"),
        )
        self.play(FadeIn(self.table.rows[0], about), seconds=0.6)
        for row in self.table.rows[1:]:
            self.play(FadeIn(row), seconds=0.5)
        self.notes = about

    def _outcomes(self, *, marked: bool) -> Table:
        """Probability, x and y of every outcome; one component of each may be marked."""
        theme, moments = self.theme, self.plan.moments
        i, j = self.plan.entry if marked else (-1, -1)
        rows = [["p", coloured("X", theme.moving.colour), coloured("Y", theme.fixed.colour)]]
        for k in range(len(moments)):
            step = moments.at(k)
            x = self._vector(step.x, i, theme.moving)
            y = self._vector(step.y, j, theme.fixed)
            rows.append([brief(step.probability), x, y])
        return Table(rows, theme, left=-6.05, top=_TABLE_TOP, leading=0.6, gap=0.9, right=0.6)

    def _vector(self, values: Any, marked: int, ink: Ink) -> str:
        """The components in a row, one of them marked."""
        parts = [
            self._boxed(brief(v)) if k == marked else coloured(brief(v), ink.colour)
            for k, v in enumerate(values.tolist())
        ]
        return "(" + ", thin ".join(parts) + ")"

    def _boxed(self, math: str) -> str:
        colour = self.theme.weight.colour
        inside = coloured(math, colour)
        return f'#box(stroke: 0.8pt + rgb("{colour}"), inset: 2.5pt, baseline: 2.5pt, ${inside}$)'

    def beat_matrix(self) -> None:
        """The means of all products, and one of them worked out."""
        plan, theme = self.plan, self.theme
        i, j = plan.entry
        m, n = plan.moments.shape
        marked = self._outcomes(marked=True)
        entries = plan.moments.output
        rows = [
            ", ".join(
                self._boxed(brief(v)) if (r, c) == (i, j) else brief(v) for c, v in enumerate(row)
            )
            for r, row in enumerate(entries.tolist())
        ]
        matrix = Formula(
            f"bb(E)[{coloured('X', theme.moving.colour)} {coloured('Y', theme.fixed.colour)}^top]"
            f' = mat(delim: "[", {"; ".join(rows)})',
            colour=theme.output.colour,
        )
        fitted(matrix, 5.4)
        matrix.move_to((1.2 + matrix.width / 2, 1.1, 0.0))
        sums = self._worked_out(i, j)
        size = self.words(f"{m} × {n}: a row for each X, a column for each Y", 1.2, -0.4, "muted")
        self.play(FadeOut(self.notes), seconds=0.4)
        self.play(FadeOut(self.table), FadeIn(marked), seconds=0.6)
        self.play(FadeIn(sums), seconds=0.8)
        self.hold(2.0)
        self.play(FadeIn(matrix, size), seconds=0.8)

    def _worked_out(self, i: int, j: int) -> Text:
        """E[X_i Y_j] as a sum over the outcomes."""
        moments, theme = self.plan.moments, self.theme
        terms = []
        for k in range(len(moments)):
            step = moments.at(k)
            x, y = (_signed(v) for v in (step.x[i], step.y[j]))
            terms.append(f"{brief(step.probability)} dot {x} dot {y}")
        total = coloured(brief(float(moments.output[i, j])), theme.weight.colour)
        math = f"bb(E)[X_{i + 1} Y_{j + 1}] = {' + '.join(terms)} = {total}"
        return stand(fitted(Formula(math, colour=theme.text.colour), 12.2), -6.05, -2.6)


def _signed(value: float) -> str:
    """A factor, in parentheses if it is negative."""
    return brief(value) if value >= 0 else f"({brief(value)})"
