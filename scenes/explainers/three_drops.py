"""All ways to a total as cards in a table, added by columns and by rows; then for every total."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, pairwise
from typing import Any, ClassVar

import numpy as np
from manim import ApplyMethod, FadeIn, FadeOut, VGroup, VMobject, linear, smooth

from scenes.kit.cards import Cards, CardTable
from scenes.kit.cells import rounded
from scenes.kit.chart import Box
from scenes.kit.explainer import Explainer
from scenes.kit.frame import HEADING_LEFT
from scenes.kit.hops import BALL, Hops, Runway
from scenes.kit.masses import Masses
from scenes.kit.palette import blended
from scenes.kit.sliding import Slide
from scenes.kit.typeset import BODY, LABEL, SMALL, Formula, Text, Words, coloured, em, fitted, stand
from scenes.numerals import number
from scenes.plans.three_drops import ThreeDropsPlan, Way
from scenes.theme import Ink
from scenes.wording import factor

__all__ = ["ThreeDrops"]

_RIGHT = -HEADING_LEFT
_DROPS = (("first drop", "a", "f"), ("second drop", "b", "g"), ("third drop", "c", "h"))
_CHART_WIDTH, _CHART_FOOT, _CHART_TOP = 3.5, 0.15, 1.75
_TITLE = 2.5  # baseline of what stands above charts
_LINE = Box(HEADING_LEFT, _RIGHT, -2.35, -1.05)  # of the hops
_STEP = 1.6  # scene units of a hop of 1, at most
_PRODUCT = -3.45  # baseline of the sum and the product below them
_WORD = 0.2  # between their parts
_TABLE = Box(-4.9, 2.6, -2.1, 2.4)
_GAP, _LARGEST = 0.4, (2.23, 1.35)
_CARD_TYPE = 30.0  # points
_SUMS, _LEADING = 0.64, 0.4  # from the table to the sums below it, and to their further lines
_PAIR, _NARROW = 1.8, -4.0  # room for a value of f * g; where they begin below a narrow table
_SIDE = 3.6  # width at most of what stands beside the table
_BOTH = 0.6  # from one total to the other
_TINT = 0.1  # of a card's colour over the ground
_PANELS = (Box(HEADING_LEFT, -0.45, -2.95, -0.75), Box(0.45, _RIGHT, -2.95, -0.75))
_RAISED = 1.1  # how far the bars rise at last
_ANY = "f_1 * f_2 * f_3 * dots.c * f_n"
_PAIRS = (Box(-5.2, -1.3, 0.95, 1.9), Box(1.3, 5.2, 0.95, 1.9))


class ThreeDrops(Explainer[ThreeDropsPlan]):
    """Draws `ThreeDropsPlan`."""

    plan_class: ClassVar[type[ThreeDropsPlan]] = ThreeDropsPlan

    def stage(self) -> None:
        """Name the inks of the drops, and lay out the table of cards."""
        theme = self.theme
        self.inks: tuple[Ink, Ink, Ink] = (theme.fixed, theme.weight, theme.moving)
        f, g, h = (coloured(name, ink.colour) for name, ink in zip("fgh", self.inks, strict=True))
        self.f, self.g, self.h = f, g, h
        frames = self.plan.frames
        size = (len(frames.c), len(frames.a))
        table = CardTable.within(_TABLE, *size, gap=_GAP, largest=_LARGEST)
        lower = (table.box.bottom - _TABLE.bottom) / 2
        box = replace(_TABLE, top=_TABLE.top - lower)
        self.table = CardTable.within(box, *size, gap=_GAP, largest=_LARGEST)
        level = self.table.box.bottom - _SUMS
        self.corner = (level, level - _BOTH)  # baselines of both totals
        self.side = self.table.box.right + 0.35  # where the sums of the rows begin
        self.end = min(_RIGHT + 0.4, self.side + _SIDE)

    def words(self, text: str, x: float, y: float, **kwargs: Any) -> Text:
        """Plain words on a baseline."""
        return stand(Words(text, size=SMALL, colour=self.theme.muted.colour), x, y, **kwargs)

    def math(self, math: str, *, size: float = BODY, ink: Ink | None = None) -> Formula:
        """Mathematics in the colour of text, or in another."""
        return Formula(math, size=size, colour=(ink or self.theme.text).colour)

    def beat_drops(self) -> None:
        """The ball at its start; then the probabilities of each drop."""
        self._place_ball()
        self.play(FadeIn(self.line, self.hops), seconds=0.6)
        lefts = np.linspace(HEADING_LEFT, _RIGHT - _CHART_WIDTH, 3)
        self.charts, self.titles = [], VGroup()
        highest = max(float(pmf.p.max()) for pmf in self.plan.pmfs)
        for left, pmf, names, ink in zip(lefts, self.plan.pmfs, _DROPS, self.inks, strict=True):
            box = Box(left, left + _CHART_WIDTH, _CHART_FOOT, _CHART_TOP)
            texts = [self.plan.factors.brief(p) for p in pmf.p.tolist()]
            chart = Masses(pmf.outcomes, pmf.p, texts, box, self.theme, ink, highest=highest)
            words, variable, name = names
            title = self._title(words, coloured(f"{name}({variable})", ink.colour), box, _TITLE)
            if pmf.tail:
                text, middle = f"cut off: {number(pmf.tail, 3)}", left + _CHART_WIDTH / 2
                title.add(self.words(text, middle, _CHART_FOOT - 0.85, align="centre"))
            self.play(FadeIn(chart, title), seconds=0.7)
            self.hold(2.1)
            self.charts.append(chart)
            self.titles.add(title)

    def _title(self, words: str, math: str, box: Box, level: float) -> VGroup:
        """Plain words and what they are in symbols, in the middle above a box."""
        head = Words(words, size=SMALL, colour=self.theme.text.colour)
        formula = self.math(math)
        middle, half = (box.left + box.right) / 2, (head.width + 0.25 + formula.width) / 2
        stand(head, middle - half, level)
        return VGroup(head, stand(formula, middle + half, level, align="right"))

    def _place_ball(self) -> None:
        """The ball at 0, on a line that holds all totals and all places of the way that is told."""
        steps, totals = self.plan.steps(self.plan.shown), self.plan.frames.total
        reached = [0, *accumulate(steps), int(totals[0]), int(totals[-1])]
        first, last = min(reached), max(reached)
        half = min(_STEP * (last - first), _LINE.right - _LINE.left - 0.6) / 2
        middle = (_LINE.left + _LINE.right) / 2
        self.line = Runway(
            last,
            self.theme,
            first=first,
            left=middle - half,
            right=middle + half,
            level=_LINE.bottom,
            numbered=True,
        )
        marks = [*accumulate(steps, initial=0)]
        height = _LINE.top - _LINE.bottom - 2 * BALL
        self.hops = Hops(self.line, marks, self.theme, self.inks, height=height)

    def beat_way(self) -> None:
        """One way: three hops; the chance of each is ringed, and the product grows."""
        plan = self.plan
        steps, told = plan.steps(plan.shown), self._told()
        self.rings = VGroup()
        for n, chart in enumerate(self.charts):
            ring = self._ring(chart, steps[n], self.inks[n])
            self.play(FadeIn(ring), seconds=0.3)
            self.play(Slide(self.hops, n + 1, rate_func=linear), seconds=1.6)
            self.play(FadeIn(*(parts[n] for parts in told)), seconds=0.3)
            self.rings.add(ring)
        for parts in told:
            self.play(FadeIn(parts[-1]), seconds=0.4)

    def _told(self) -> tuple[list[Text], list[Text]]:
        """The steps of the way that is told and their sum; their probabilities and product."""
        plan, way = self.plan, self.plan.shown
        steps = self._inked([factor(step) for step in plan.steps(way)])
        chances = self._inked(plan.chances(way))
        total = f"= med {number(int(plan.at.total), 0)}"
        product = f"{plan.equals} med {plan.products.write(float(plan.at.product[way]))}"
        return (
            self._line([steps[0], *(f"+ med {step}" for step in steps[1:]), total], -3.2),
            self._line([chances[0], *(f"dot med {each}" for each in chances[1:]), product], 2.4),
        )

    def _line(self, maths: Sequence[str], middle: float) -> list[Text]:
        """Parts of one line."""
        texts = [self.math(math, size=1.2 * LABEL) for math in maths]
        x = middle - (sum(float(text.width) for text in texts) + _WORD * (len(texts) - 1)) / 2
        for text in texts:
            stand(text, x, _PRODUCT)
            x += float(text.width) + _WORD
        return list[Text](texts)

    def _ring(self, chart: Masses, outcome: int, ink: Ink) -> VMobject:
        """A frame around a bar, with its outcome and its number."""
        x = chart.chart.point(outcome, 0)[0]
        half = min(0.5, float(chart.chart.unit[0]) / 2)
        top = chart.tops[outcome - int(chart.values[0, 0])]
        ring = VMobject(stroke_color=ink.colour, stroke_width=3.0)
        ring.points = rounded(Box(x - half, x + half, _CHART_FOOT - 0.45, top + 0.45), 0.12)
        return ring

    def beat_ways(self) -> None:
        """The cards of all ways, column by column."""
        self.clear_stage()
        self._make_cards()
        self.play(FadeIn(*self.column_names), seconds=0.5)
        self.play(FadeIn(*self.row_names), seconds=0.5)
        self.legend = self._legend()
        self.play(FadeIn(self.legend), seconds=0.5)
        self.hold(0.5)
        for way in self.plan.ways:
            self.play(FadeIn(*self.card[way]), seconds=0.35)
        riders: dict[Any, tuple[int | None, int | None]] = {
            part: (k, i) for (i, k), parts in self.card.items() for part in parts
        }
        riders |= {name: (None, i) for i, name in enumerate(self.column_names)}
        riders |= {name: (k, None) for k, name in enumerate(self.row_names)}
        self.cards = Cards(self.table, riders)
        self.remove(*riders)
        self.add(self.cards)

    def _legend(self) -> VGroup:
        """What is left for the second drop, and what stands on a card, beside the table."""
        a, b, c = self._inked("abc")
        d = number(int(self.plan.at.total), 0)
        level = (self.table.box.top + self.table.box.bottom) / 2 + 1.0
        texts = [
            self.words("the middle drop", self.side, level),
            stand(self.math(f"{b} = {d} - {a} - {c}"), self.side, level - 0.5),
            self.words("on each card", self.side, level - 1.4),
            stand(self.math(f"{a} + {b} + {c}"), self.side, level - 1.9),
            stand(
                self.math(f"{self.f}({a}) dot {self.g}({b}) dot {self.h}({c})"),
                self.side,
                level - 2.4,
            ),
        ]
        return VGroup(*texts)

    def _make_cards(self) -> None:
        """The cards, and the names of columns and rows, where they lie spread out."""
        frames, table = self.plan.frames, self.table
        self.card = {way: self._card(way) for way in self.plan.ways}
        self.column_names = [
            stand(
                self.math(f"a = {number(a, 0)}", ink=self.inks[0]),
                table.place(0, i, 0)[0],
                table.box.top + 0.28,
                align="centre",
            )
            for i, a in enumerate(frames.a.tolist())
        ]
        self.row_names = [
            stand(
                self.math(f"c = {number(c, 0)}", ink=self.inks[2]),
                table.box.left - 0.3,
                table.place(k, 0, 0)[1] - 0.1,
                align="right",
            )
            for k, c in enumerate(frames.c.tolist())
        ]

    def _card(self, way: Way) -> VGroup:
        """A tile with a + b + c, the three probabilities, and their product."""
        plan, theme, (i, k) = self.plan, self.theme, way
        middle = self.table.place(k, i, 0)
        wide, high = self.table.width / 2, self.table.height / 2
        tile = VMobject(
            fill_color=blended(theme.ground, theme.product.colour, _TINT),
            fill_opacity=1.0,
            stroke_color=theme.product.colour,
            stroke_width=1.5,
        )
        tile.points = rounded(Box(-wide, wide, -high, high), 0.12) + middle
        size = min(_CARD_TYPE, self.table.height / 3.75 / em(1.0))
        steps = " + ".join(self._inked([factor(step) for step in plan.steps(way)]))
        chances = " dot ".join(self._inked(plan.chances(way)))
        product = plan.products.write(float(plan.at.product[way]))
        lines = [(steps, size), (chances, size), (f"{plan.equals} {product}", 1.12 * size)]
        leading = 1.18 * em(size)
        card = VGroup(tile)
        for n, (line, points) in enumerate(lines):
            text = fitted(self.math(line, size=points), 2 * wide - 0.2)
            level = middle[1] + (1 - n) * leading - 0.33 * em(size)
            card.add(stand(text, middle[0], level, align="centre"))
        return card

    def _inked(self, texts: Sequence[str]) -> list[str]:
        """Three things in the inks of the three drops."""
        return [coloured(text, ink.colour) for text, ink in zip(texts, self.inks, strict=True)]

    def beat_first(self) -> None:
        """Columns, their sums, and what each sum is a product of."""
        self.play(FadeOut(self.legend), seconds=0.4)
        self.remove(self.legend)
        self.play(Slide(self.cards, 1, rate_func=smooth), seconds=1.0)
        at, frames, plan = self.plan.at, self.plan.frames, self.plan
        count = len(frames.a)
        self.pair = self._last_two()
        self.play(FadeIn(self.pair), seconds=0.6)
        self.hold(1.2)
        frame = VGroup(*(self.table.frame(i, "columns", self.inks[0]) for i in range(count)))
        self.play(FadeIn(frame), seconds=0.5)
        self.column_sums = []
        for i, a in enumerate(frames.a.tolist()):
            chance = coloured(plan.factors.brief(float(frames.f[i])), self.inks[0].colour)
            rest = number(int(at.total) - a, 0)
            self.column_sums.append(
                self._below(
                    i,
                    plan.products.write(float(at.by_first[i])),
                    f"{plan.equals} {chance} dot {plan.pairs.brief(float(at.after_first[i]))}",
                    f"{self.f}({factor(a)}) dot ({self.g} * {self.h})({rest})",
                )
            )
        for n, seconds in enumerate((1.2, 2.0, 0.0)):
            self.play(FadeIn(*(lines[n] for lines in self.column_sums)), seconds=0.6)
            self.hold(seconds)
        self.frame = frame

    def _last_two(self) -> VGroup:
        """What the columns need of g * h, beside the table."""
        plan, at = self.plan, self.plan.at
        level = self.table.box.top - 0.35
        lines = VGroup(self.words("the last two drops", self.side, level))
        rests = (at.total - plan.frames.a).tolist()
        pairs = zip(rests, at.after_first.tolist(), strict=True)
        for n, (rest, value) in enumerate(pair for pair in pairs if pair[1] > 0):
            math = (
                f"({self.g} * {self.h})({number(rest, 0)}) {plan.equals} {plan.pairs.brief(value)}"
            )
            text = fitted(self.math(math), self.end - self.side)
            lines.add(stand(text, self.side, level - 0.55 - 0.5 * n))
        return lines

    def _first_two(self) -> VGroup:
        """What the rows need of f * g, below the table: in one line with a title, or in two."""
        plan, at, left = self.plan, self.plan.at, min(self.table.box.left, _NARROW)
        pairs = [
            (int(at.total - c), float(p))
            for c, p in zip(plan.frames.c, at.before_last, strict=True)
            if p > 0
        ]
        room = self.side - 0.35 - left
        one = room / len(pairs) >= _PAIR
        columns = len(pairs) if one else (len(pairs) + 1) // 2
        lines = VGroup(*[self.words("the first two drops", left, self.corner[0])] * one)
        for n, (rest, value) in enumerate(pairs):
            math = (
                f"({self.f} * {self.g})({number(rest, 0)}) {plan.equals} {plan.pairs.brief(value)}"
            )
            text = fitted(self.math(math, size=SMALL), room / columns - 0.2)
            level = self.corner[int(one or n >= columns)]
            lines.add(stand(text, left + room / columns * (n % columns), level))
        return lines

    def _below(self, column: int, *lines: str) -> VGroup:
        """Lines below a column."""
        box, texts = self.table.group(column, "columns"), VGroup()
        for n, line in enumerate(lines):
            text = fitted(self._sum_line(line, n), self.table.width + 0.15)
            level = self.table.box.bottom - _SUMS - n * _LEADING
            texts.add(stand(text, (box.left + box.right) / 2, level, align="centre"))
        return texts

    def _sum_line(self, line: str, n: int) -> Formula:
        """A sum, or below it what it is made of."""
        ink = self.theme.product if n == 0 else self.theme.text
        return self.math(line, size=BODY if n == 0 else SMALL, ink=ink)

    def beat_total(self) -> None:
        """The sum of the columns, in the corner."""
        plan = self.plan
        self.totals = [
            self._total(n, value)
            for n, value in enumerate((plan.at.first_then_rest, plan.at.rest_then_last))
        ]
        label = self._label(0, Words, "sum of columns")
        middles = [self.table.group(i, "columns") for i in range(len(plan.frames.a))]
        level = self.corner[0]
        self.pluses = [
            stand(
                self.math("+", ink=self.theme.product),
                (a.right + b.left) / 2,
                level,
                align="centre",
            )
            for a, b in pairwise(middles)
        ]
        self.play(FadeIn(label, *self.pluses), seconds=0.5)
        self.play(FadeIn(self.totals[0]), seconds=0.6)
        self.labels = [label]

    def _total(self, n: int, value: float) -> Text:
        text = self.math(self.plan.products.write(value), size=1.15 * LABEL, ink=self.theme.output)
        return stand(text, self.end, self.corner[n], align="right")

    def _label(self, n: int, kind: type[Words] | type[Formula], content: str) -> Text:
        """What stands beside a total."""
        text = kind(content, size=SMALL if kind is Words else BODY, colour=self.theme.text.colour)
        room = float(self.totals[n].get_left()[0]) - 0.2 - self.side
        return stand(fitted(text, room), self.side, self.corner[n])

    def beat_predict(self) -> None:
        """The frames go, the cards are spread out; what the rows come to is asked for."""
        names = [line for lines in self.column_sums for line in lines[1:]]
        self.play(FadeOut(self.frame, *names, *self.pluses, self.pair), seconds=0.5)
        self.remove(self.frame, *names, *self.pluses, self.pair)
        self.subtotals = [lines[0] for lines in self.column_sums]
        self._regroup(0, seconds=0.8)
        label = self._label(1, Words, "sum of rows")
        mark = self.math('"?"', size=1.15 * LABEL, ink=self.theme.output)
        stand(mark, float(self.totals[1].get_right()[0]), self.corner[1], align="right")
        self.play(FadeIn(label, mark), seconds=0.6)
        self.labels.append(label)
        self.mark = mark
        self.choices = self._choices()
        self.play(FadeIn(self.choices), seconds=0.6)

    def _choices(self) -> VGroup:
        """What may change or not, beside the table."""
        level = (self.table.box.top + self.table.box.bottom) / 2 + 1.0
        texts = VGroup(self.words("by rows, what will change?", self.side, level))
        for n, words in enumerate(("the products", "the subtotals", "the total")):
            text = Words(words, size=BODY, colour=self.theme.text.colour)
            texts.add(stand(text, self.side, level - 0.65 - 0.55 * n))
        return texts

    def _regroup(self, index: int, *, seconds: float) -> None:
        """Push the cards together in another way; the sums of the columns stay below them."""
        places = [
            self.table.place(0, i, index) - self.table.place(0, i, self.cards.index)
            for i in range(len(self.subtotals))
        ]
        along: list[Any] = [
            ApplyMethod(text.shift, [place[0], 0.0, 0.0], rate_func=smooth)
            for text, place in zip(self.subtotals, places, strict=True)
        ]
        self.play(Slide(self.cards, index, rate_func=smooth), *along, seconds=seconds)

    def beat_last(self) -> None:
        """Rows, their sums, and what each sum is a product of."""
        plan, at, frames = self.plan, self.plan.at, self.plan.frames
        self.play(FadeOut(self.choices, *self.subtotals), seconds=0.4)
        self.remove(self.choices, *self.subtotals)
        self.play(Slide(self.cards, 2, rate_func=smooth), seconds=1.2)
        self.pair = self._first_two()
        self.play(FadeIn(self.pair), seconds=0.6)
        self.hold(1.0)
        count = len(frames.c)
        self.frame = VGroup(*(self.table.frame(k, "rows", self.inks[2]) for k in range(count)))
        self.play(FadeIn(self.frame), seconds=0.5)
        self.row_sums = []
        for k, c in enumerate(frames.c.tolist()):
            chance = coloured(plan.factors.brief(float(frames.h[k])), self.inks[2].colour)
            rest = number(int(at.total) - c, 0)
            self.row_sums.append(
                self._beside(
                    k,
                    plan.products.write(float(at.by_last[k])),
                    f"{plan.equals} {plan.pairs.brief(float(at.before_last[k]))} dot {chance}",
                    f"({self.f} * {self.g})({rest}) dot {self.h}({factor(c)})",
                )
            )
        for n, seconds in enumerate((1.2, 2.0, 0.0)):
            self.play(FadeIn(*(lines[n] for lines in self.row_sums)), seconds=0.6)
            self.hold(seconds)

    def _beside(self, row: int, total: str, factors: str, names: str) -> VGroup:
        """The sum of a row to its right: two lines."""
        level = float(self.table.place(row, 0, 2)[1])
        room = self.end - self.side
        sum_, product = self._sum_line(total, 0), self._sum_line(factors, 1)
        stand(sum_, self.side, level + 0.08)
        stand(
            fitted(product, room - sum_.width - 0.15), self.side + sum_.width + 0.15, level + 0.08
        )
        symbols = stand(fitted(self._sum_line(names, 1), room), self.side, level - 0.34)
        return VGroup(sum_, product, symbols)

    def beat_same(self) -> None:
        """The second total; then both by their names, in one frame."""
        levels = [float(self.table.place(k, 0, 2)[1]) for k in range(len(self.row_sums))]
        x = self.side + float(self.row_sums[0][0].width) / 2
        pluses = [
            stand(self.math("+", ink=self.theme.product), x, (a + b) / 2 - 0.12, align="centre")
            for a, b in pairwise(levels)
        ]
        self.play(FadeIn(*pluses), FadeOut(self.mark), seconds=0.5)
        self.remove(self.mark)
        self.play(FadeIn(self.totals[1]), seconds=0.6)
        self.hold(1.0)
        labels = [self._label(n, Formula, name) for n, name in enumerate(self._names())]
        self.play(FadeOut(*self.labels), seconds=0.3)
        self.play(FadeIn(*labels), seconds=0.5)
        ring = VMobject(stroke_color=self.theme.output.colour, stroke_width=4.0)
        box = Box(self.side - 0.18, self.end + 0.18, self.corner[1] - 0.22, self.corner[0] + 0.42)
        ring.points = rounded(box, 0.15)
        self.play(FadeIn(ring), seconds=0.5)

    def beat_every(self) -> None:
        """Both orders side by side: what is joined first, and P(d) for every d in step."""
        self.clear_stage()
        f, plan, theme = self.plan.frames, self.plan, self.theme
        joined = [
            (f.last_two, f.c, "last two drops", f"{self.g} * {self.h}"),
            (f.first_two, f.a, "first two drops", f"{self.f} * {self.g}"),
        ]
        self.pairs, highest = VGroup(), float(max(f.last_two.max(), f.first_two.max()))
        for (p, other, words, name), box in zip(joined, _PAIRS, strict=True):
            at = int(other[0]) + f.first_of_b + np.arange(len(p))
            texts = [plan.on_bars[0].write(value) for value in p.tolist()]
            pair = Masses(at, p, texts, box, theme, theme.product, highest=highest)
            title = self._title(words, name, box, _TITLE + 0.05)
            self.play(FadeIn(pair, title), seconds=0.6)
            self.pairs.add(pair, title)
        self._compare()

    def _compare(self) -> None:
        """P(d) in both orders, total by total."""
        f, theme = self.plan.frames, self.theme
        self.outputs, self.output_names = [], []
        values = (f.first_then_rest, f.rest_then_last)
        for box, p, name, hollow in zip(_PANELS, values, self._names(), (False, True), strict=True):
            texts = [self.plan.on_bars[1].write(value) for value in p.tolist()]
            output = Masses(f.total, p, texts, box, theme, theme.output, hollow=hollow)
            title = self._title("all three", name, box, box.top + 0.55)
            self.outputs.append(output.draw(0))
            self.output_names.append(title)
        self.play(FadeIn(*self.outputs, *self.output_names), seconds=0.6)
        seconds = self.plan.step_seconds * len(f)
        slides = (Slide(output, len(f), rate_func=linear) for output in self.outputs)
        self.play(*slides, seconds=seconds)

    def beat_brackets(self) -> None:
        """One lies on the other; its name needs no brackets."""
        left, right = self.outputs
        leaving = VGroup(self.pairs, *self.output_names, right.axis, right.numbers)
        self.play(FadeOut(leaving), seconds=0.5)
        self.remove(*leaving)
        right.remove(right.axis, right.numbers)
        up = np.array([0.0, _RAISED, 0.0])
        across = np.array([_PANELS[0].left - _PANELS[1].left, 0.0, 0.0])
        self.play(right.animate.shift(across), seconds=1.4)
        self.play(VGroup(left, right).animate.shift(up), seconds=0.7)
        middle = (_PANELS[0].left + _PANELS[0].right) / 2
        whole = f"{self.f} * {self.g} * {self.h}"
        name = self.math(whole, size=1.15 * LABEL)
        stand(name, middle, _PANELS[0].top + _RAISED + 0.65, align="centre")
        self.play(FadeIn(name), seconds=0.6)
        first, second = self._names()
        for level, (words, math) in zip(
            (1.35, -1.05),
            (
                ("convolution is associative", f"{first} = {second}"),
                ("any number: regroup three at a time", _ANY),
            ),
            strict=True,
        ):
            head = self.words(words, _PANELS[1].left + 0.35, level + 0.55)
            text = fitted(self.math(math, size=1.1 * LABEL), _PANELS[1].right - head.get_left()[0])
            stand(text, _PANELS[1].left + 0.35, level - 0.1)
            self.play(FadeIn(head, text), seconds=0.6)
            self.hold(0.8)

    def _names(self) -> tuple[str, str]:
        """Both orders in symbols."""
        f, g, h = self.f, self.g, self.h
        return f"{f} * ({g} * {h})", f"({f} * {g}) * {h}"
