"""A ball dropped twice, drawn as hops, as pairs of stems, and as a sum for every total."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
from manim import FadeIn, FadeOut, ReplacementTransform, VGroup, linear, rush_into, smooth

from scenes.chances import equality
from scenes.explainers.drop_panel import DropSliding, Ways, beside
from scenes.kit.cells import Cells
from scenes.kit.chart import Axes, Box, Chart, segments
from scenes.kit.diagonals import Diagonals
from scenes.kit.explainer import Explainer
from scenes.kit.frame import HEADING_LEFT, SAFE_X
from scenes.kit.grid import LEAST_TYPE
from scenes.kit.hops import Hops, Runway
from scenes.kit.plots import Bars, Glide, StemPlot, Stems
from scenes.kit.pmf import PmfStems, stem_numbers
from scenes.kit.readout import facts
from scenes.kit.sliding import Slide
from scenes.kit.table import Table
from scenes.kit.typeset import BODY, LABEL, SMALL, Formula, Text, Words, coloured, fitted, stand
from scenes.plans.ball_drop import BallDropPlan

__all__ = ["BallDrop"]

F_BOX = Box(left=HEADING_LEFT, right=-0.55, bottom=1.0, top=1.95)
G_BOX = Box(left=0.75, right=6.25, bottom=1.0, top=1.95)
UPPER = Box(left=HEADING_LEFT, right=3.0, bottom=0.5, top=2.3)
LOWER = Box(left=HEADING_LEFT, right=3.0, bottom=-3.1, top=-1.2)
PANEL = Box(left=3.85, right=SAFE_X, bottom=-3.1, top=2.6)
WIDE = Box(left=HEADING_LEFT, right=3.0, bottom=-2.5, top=1.95)
_NAMES = 2.7  # baseline of what stands above charts
_TABLE_LEFT, _LANES = 0.75, (-4.4, -0.35)
_MIDDLE, _HEIGHT, _LEADING = -1.95, 3.6, 0.72  # of the table and the lanes
_BAR = 0.7


class BallDrop(Explainer[BallDropPlan]):
    """Draws `BallDropPlan`."""

    plan_class: ClassVar[type[BallDropPlan]] = BallDropPlan

    def formula(self, math: str, size: float = LABEL) -> Text:
        """A line of mathematics, wherever it will stand."""
        return Formula(math, size=size, colour=self.theme.text.colour)

    def role(self, math: str, role: str) -> str:
        """A part of a formula in the ink of its role."""
        return coloured(math, getattr(self.theme, role).colour)

    def beat_drops(self) -> None:
        """Both distributions, and the ball on its runway."""
        plan, w, notes = self.plan, self.plan.words, self.plan.tail_notes
        last = int(plan.frames.n[-1])
        self.runway = Runway(last, self.theme, left=-5.6, right=5.9, level=-2.9, numbered=True)
        self.ball = self._hops(self.runway, plan.chosen, height=1.15)
        self.first = self._pmf("f", F_BOX)
        self.second = self._pmf("g", G_BOX)
        self.names = [
            self._headline(_chance(w.first, notes[0]), "f(a)", "fixed", F_BOX, notes[0]),
            self._headline(_chance(w.second, notes[1]), "g(b)", "moving", G_BOX, notes[1]),
        ]
        ball, drop = self.ball.ball, np.array([0.0, 2.2, 0.0])
        ball.shift(drop)
        self.play(FadeIn(self.runway, ball), seconds=0.6)
        self.play(ball.animate.shift(-drop), rate_func=rush_into, seconds=0.6)
        for name, stems in zip(self.names, (self.first, self.second), strict=True):
            self.play(FadeIn(name, stems.axis), seconds=0.5)
            self.play(FadeIn(stems.stems, stems.numbers), seconds=0.7)
            self.hold(0.6)
        asked = Words(w.question, size=BODY, colour=self.theme.text.colour)
        self.notes = VGroup(stand(asked, 0.0, -0.6, align="centre"))
        self.play(FadeIn(self.notes), seconds=0.6)

    def _pmf(self, which: str, box: Box) -> PmfStems:
        pmf, ink = (
            (self.plan.f, self.theme.fixed) if which == "f" else (self.plan.g, self.theme.moving)
        )
        chances = self.plan.pmf_chances[which == "g"]
        return PmfStems(
            pmf.outcomes, pmf.p, box, self.theme, ink, chances.write, hollow=which == "g"
        )

    def _headline(self, words: str, math: str, role: str, box: Box, note: str) -> VGroup:
        """What a chart shows, above it, and what was left out of it."""
        name = Words(words, size=SMALL, colour=self.theme.text.colour)
        formula = Formula(math, size=LABEL, colour=getattr(self.theme, role).colour)
        stand(name, box.left, _NAMES)
        stand(formula, float(name.get_right()[0]) + 0.25, _NAMES)
        group = VGroup(name, formula)
        if note:
            text = Words(note, size=0.85 * SMALL, colour=self.theme.muted.colour)
            room = box.right - float(formula.get_right()[0]) - 0.3
            group.add(stand(fitted(text, room), box.right, _NAMES, align="right"))
        return group

    def _hops(self, runway: Runway, way: int, *, height: float, radius: float = 0.13) -> Hops:
        a = int(self.plan.ways[way, 0])
        inks = [self.theme.fixed, self.theme.moving]
        marks = [0, a, self.plan.c]
        return Hops(runway, marks, self.theme, inks, height=height, radius=radius)

    def beat_hop(self) -> None:
        """One way: two hops and the product of their probabilities."""
        plan, theme = self.plan, self.theme
        way = plan.ways[plan.chosen].tolist()
        labels = VGroup()
        self.play(FadeOut(self.notes), seconds=0.4)
        self.remove(self.ball.ball)
        self.add(self.ball)
        both = (("a", self.first, "fixed"), ("b", self.second, "moving"))
        for hop, (name, stems, role) in enumerate(both):
            ring = stems.ring(way[hop])
            self.play(Slide(self.ball, hop + 1, rate_func=linear), seconds=1.1)
            text = Formula(f"{name} = {way[hop]}", colour=getattr(theme, role).colour)
            x, y, _ = self.ball.top(hop)
            labels.add(stand(text, x, y + 0.25, align="centre"), ring)
            self.play(FadeIn(text, ring), seconds=0.5)
            self.hold(0.5)
        told = Words(f"{plan.words.independent}: multiply", size=SMALL, colour=theme.text.colour)
        stand(told, 0.0, 0.0, align="centre")
        product = self.formula(" ".join(self._row(plan.chosen)))
        stand(fitted(product, 11.0), 0.0, -0.6, align="centre")
        self.play(FadeIn(told), seconds=0.6)
        self.hold(0.8)
        self.play(FadeIn(product), seconds=0.6)
        self.notes = VGroup(labels, told, product)

    def _row(self, way: int) -> list[str]:
        """f(a) · g(b) = numbers = product, in columns."""
        (a, b), (f, g, product) = self.plan.ways[way].tolist(), self.plan.way_chances[way]
        first, second = self.plan.pmf_chances
        chances = self.plan.product_chances
        return [
            self.role(f"f({a})", "fixed"),
            "dot",
            self.role(f"g({b})", "moving"),
            equality(first.exact and second.exact),
            self.role(first.math(f), "fixed"),
            "dot",
            self.role(second.math(g), "moving"),
            chances.equals,
            self.role(chances.math(product), "product"),
        ]

    @property
    def _total(self) -> str:
        return self.role(self.plan.product_chances.math(self.plan.step.output), "output")

    def _table(self, rows: list[list[str]]) -> Table:
        """Rows beside the lanes, the sum as the last of them."""
        leading = min(_LEADING, _HEIGHT / len(rows))
        top = _MIDDLE + len(rows) * leading / 2
        return Table(rows, self.theme, left=_TABLE_LEFT, top=top, leading=leading)

    def beat_ways(self) -> None:
        """A lane and a product for each way."""
        plan = self.plan
        equals = plan.product_chances.equals
        rows = [self._row(way) for way in range(len(plan.ways))]
        rows.append(["", "", "", "", "", "", self.role("Sigma", "output"), equals, self._total])
        self.table = self._table(rows)
        self.play(FadeOut(self.notes, self.runway, self.ball), seconds=0.6)
        self.remove(self.notes, self.runway, self.ball, *self.notes)
        name = self.formula(f"({self.role('a', 'fixed')}, {self.role('b', 'moving')})", BODY)
        self.play(
            FadeIn(stand(name, HEADING_LEFT, _baseline(self.table.rows[0]) + 0.52)), seconds=0.3
        )
        self.lanes = VGroup(name)
        for way, row in enumerate(self.table.rows[:-1]):
            hops, lane = self._lane(way)
            self.add(lane)
            self.play(Slide(hops, 2, rate_func=linear), seconds=0.65 * plan.way_seconds)
            self.play(FadeIn(row), seconds=0.25 * plan.way_seconds)
            self.lanes.add(lane)

    def _lane(self, way: int) -> tuple[Hops, VGroup]:
        """The pair, a runway, and the ball on it."""
        plan = self.plan
        leading = min(_LEADING, _HEIGHT / (len(plan.ways) + 1))
        level = _baseline(self.table.rows[way])
        left, right = _LANES
        runway = Runway(
            plan.c,
            self.theme,
            left=left,
            right=right,
            level=level,
            numbered=way == len(plan.ways) - 1,
        )
        hops = self._hops(runway, way, height=0.55 * leading, radius=min(0.11, 0.17 * leading))
        a, b = plan.ways[way].tolist()
        pair = self.formula(f"({self.role(str(a), 'fixed')}, {self.role(str(b), 'moving')})", BODY)
        stays = self._stays(way, level + 0.08)
        return hops, VGroup(runway, hops, stand(pair, HEADING_LEFT, level), stays)

    def _stays(self, way: int, level: float) -> VGroup:
        """A word beside each hop of this way that ends where it began."""
        texts, (a, b), (left, right) = VGroup(), self.plan.ways[way].tolist(), _LANES
        if a == 0:
            word = Words("stays", size=SMALL, colour=self.theme.fixed.colour)
            texts.add(stand(word, left - 0.12, level, align="right"))
        if b == 0:
            word = Words("stays", size=SMALL, colour=self.theme.moving.colour)
            texts.add(stand(word, right + 0.17, level))
        return texts

    def beat_add(self) -> None:
        """The products add up."""
        rows = self.table.rows
        products = [row[-1] for row in rows]
        left = min(float(text.get_left()[0]) for text in products) - 0.1
        right = float(rows[0].get_right()[0])
        last = _baseline(rows[-1])
        level = last + max(0.27, 0.66 * (_baseline(rows[-2]) - last))
        self.rule = segments(np.array([[left, level, 0.0], [right, level, 0.0]]), self.theme.axis)
        self.play(FadeIn(self.rule), seconds=0.4)
        self.play(FadeIn(rows[-1]), seconds=0.7)

    def beat_left_over(self) -> None:
        """b gives way to c − a, and the sum gets its name."""
        plan, c = self.plan, self.plan.c
        chances = plan.product_chances
        rows = [
            [
                self.role(f"f({a})", "fixed"),
                "dot",
                self.role(f"g({c} - {a})", "moving"),
                chances.equals,
                self.role(chances.math(product), "product"),
            ]
            for (a, _), (*_, product) in zip(plan.ways.tolist(), plan.way_chances, strict=True)
        ]
        rows.append(["", "", "", chances.equals, self._total])
        table = self._table(rows)
        name = Formula(f"(f * g)({c})", size=BODY, colour=self.theme.output.colour)
        sum_ = table.rows[-1]
        sum_.add(stand(name, sum_.get_left()[0] - 0.14, _baseline(sum_), align="right"))
        left = self.formula(f"{self.role('b', 'moving')} = {c} - {self.role('a', 'fixed')}", 44.0)
        middle = (HEADING_LEFT + _TABLE_LEFT) / 2 - 0.2
        stand(left, middle, -0.7, align="centre")
        self.play(FadeOut(self.lanes), seconds=0.5)
        self.play(FadeIn(left), seconds=0.6)
        self.hold(0.8)
        self.play(FadeOut(self.table, self.rule), FadeIn(*table.rows), seconds=0.8)
        self.hold(0.8)
        self.play(FadeIn(self._definition(middle)), seconds=0.8)

    def _definition(self, middle: float, *, value: bool = False) -> Text:
        """The convolution at the total, and its value."""
        c = self.plan.c
        f, g = self.role("f(a)", "fixed"), self.role(f"g({c} - a)", "moving")
        math = f"{self.role(f'(f * g)({c})', 'output')} = sum_a {f} thin {g}"
        if value:
            math += f" {self.plan.product_chances.equals} {self._total}"
        return stand(fitted(self.formula(math, 40.0), 6.5), middle, -2.2, align="centre")

    def beat_flip(self) -> None:
        """g is flipped, and shifted over f."""
        self.clear_stage()
        plan, f, theme = self.plan, self.plan.frames, self.theme
        self._charts()
        values = np.stack([f.k, f.fixed], axis=1)[np.isin(f.k, plan.f.outcomes)]
        left, right = beside(self.upper)
        self.fixed = Stems(left, theme.fixed, values.astype(float))
        own = np.stack([f.original_k, f.original], axis=1).astype(float)
        moving = StemPlot(right, theme.moving, own, hollow=True)
        names = [self._name("f(a)", "fixed", 0), self._name("g", "moving", 1)]
        axes = Axes(self.upper, theme, variable="a", y_ticks=3, upright=False)
        self.play(FadeIn(axes), seconds=0.5)
        self.play(FadeIn(self.fixed, names[0]), seconds=0.6)
        self.play(FadeIn(moving, names[1]), seconds=0.6)
        self.add(self.fixed)  # in front of what moves
        self.hold(0.4)
        self.play(Glide(moving, sign=-1.0), seconds=1.4)
        self.name = self._name(f"g({plan.c} - a)", "moving", 1)
        self.play(Glide(moving, offset=float(plan.c)), seconds=1.1)
        self.play(FadeOut(names[1]), FadeIn(self.name), seconds=0.4)
        self._pair_up(moving)

    def _charts(self) -> None:
        """f and g above, the totals below, in the same columns."""
        f = self.plan.frames
        ends = float(min(f.k[0], f.n[0])) - 0.6, float(max(f.k[-1], f.n[-1])) + 0.6
        highest = float(max(f.fixed.max(), f.original.max()))
        self.upper = Chart(ends, (0.0, highest), UPPER)
        self.lower = Chart(ends, (0.0, float(f.output.max())), LOWER)

    def _name(self, math: str, role: str, place: int) -> Text:
        text = Formula(math, size=LABEL, colour=getattr(self.theme, role).colour)
        return stand(text, HEADING_LEFT + 2.0 * place, _NAMES)

    def _pair_up(self, moving: Any) -> None:
        """The products as bars, with their numbers in the panel."""
        plan = self.plan
        self.panel = Ways(plan, self.theme, PANEL)
        self.sliding = DropSliding(plan.frames, self.upper, self.lower, self.theme, self.panel)
        self.sliding.draw(plan.worked)
        name = Words("product", size=SMALL, colour=self.theme.product.colour)
        stand(name, HEADING_LEFT + 4.0, _NAMES)
        self.play(
            FadeIn(self.sliding.product, self.panel, self.sliding.handle, name),
            seconds=0.8,
        )
        self.remove(moving)
        self.add(self.sliding.moving, self.fixed)
        middle = (UPPER.left + UPPER.right) / 2
        self.notes = VGroup(self._definition(middle, value=True))
        self.play(FadeIn(self.notes), seconds=0.6)

    def beat_predict(self) -> None:
        """The empty chart of the totals."""
        self.play(FadeOut(self.notes), seconds=0.4)
        axes = Axes(self.lower, self.theme, variable="c", y_ticks=3, upright=False)
        name = Formula("(f * g)(c)", size=LABEL, colour=self.theme.output.colour)
        self.play(FadeIn(axes, stand(name, HEADING_LEFT, LOWER.top + 0.32)), seconds=0.7)
        mark = Formula('"?"', size=2 * LABEL, colour=self.theme.output.colour)
        middle = (LOWER.left + LOWER.right) / 2, (LOWER.bottom + LOWER.top) / 2
        self.mark = mark.move_to((*middle, 0.0))
        self.play(FadeIn(self.mark), seconds=0.5)

    def beat_slide(self) -> None:
        """From the first total to the last."""
        sliding, plan = self.sliding, self.plan
        name = self._name("g(c - a)", "moving", 1)
        self.play(FadeOut(self.mark, self.name), FadeIn(name), seconds=0.4)
        self.remove(*sliding.submobjects, *sliding.product)
        self.add(sliding, self.fixed)
        self.play(Slide(sliding, 0, rate_func=smooth), seconds=0.9)
        sliding.traces = True
        sliding.draw(0)
        last = len(plan.frames) - 1
        self.hold(0.6)
        self.play(Slide(sliding, last, rate_func=linear), seconds=plan.step_seconds * last)
        values = np.stack([plan.frames.n, plan.frames.output], axis=1).astype(float)
        numbers = stem_numbers(self.lower, values, plan.product_chances.write, self.theme.output)
        if numbers.size >= LEAST_TYPE:
            self.play(FadeOut(sliding.drop), FadeIn(numbers), seconds=0.6)

    def beat_whole(self) -> None:
        """f * g with all its numbers, its likeliest total, and its sum."""
        self.clear_stage()
        plan, f, theme = self.plan, self.plan.frames, self.theme
        whole = PmfStems(f.n, f.output, WIDE, theme, theme.output, plan.product_chances.write)
        name = Formula("(f * g)(c)", size=LABEL, colour=theme.output.colour)
        self.play(FadeIn(whole, stand(name, HEADING_LEFT, _NAMES)), seconds=0.8)
        rings = VGroup(*(whole.ring(int(c)) for c in plan.likeliest))
        top = plan.product_chances.math(float(f.output.max()))
        many = len(plan.likeliest) > 1
        which = ' "," '.join(str(c) for c in plan.likeliest)
        told = facts(
            [
                ("likeliest totals:" if many else "likeliest total:", f"c = {which}"),
                ("each with probability" if many else "with probability", top),
            ],
            theme,
            PANEL,
        )
        self.play(FadeIn(rings, told), seconds=0.8)
        self.hold(1.0)
        sum_ = Formula(self._all_together(), size=BODY, colour=theme.output.colour)
        middle = (WIDE.left + WIDE.right) / 2
        self.play(FadeIn(stand(fitted(sum_, 9.0), middle, -3.6, align="centre")), seconds=0.6)

    def _all_together(self) -> str:
        """The sum of all totals; of many, the first and the last ones."""
        chances = self.plan.product_chances
        values = [chances.math(p) for p in self.plan.frames.output.tolist()]
        if len(values) > 8:
            last = values[-3:] if chances.exact else []  # rounded, they may be next to nothing
            values = [*values[:3], "...", *last]
        total = float(self.plan.frames.output.sum())
        return f"{' + '.join(values)} {chances.equals} {chances.math(total)}"

    def beat_pairs(self) -> None:
        """The table of all pairs, its diagonals lit one after the other."""
        self.clear_stage()
        plan = self.plan
        box = Box(left=HEADING_LEFT + 0.7, right=3.0, bottom=-3.3, top=2.0)
        rows, columns = plan.frames.joint.shape
        cells = Cells.within(box, rows, columns, largest=0.95)
        table = Diagonals(
            cells,
            plan.f.outcomes,
            plan.g.outcomes,
            [plan.product_chances.write(float(p)) for p in plan.frames.output],
            self.theme,
            PANEL,
        )
        self.play(FadeIn(table), seconds=0.8)
        last = len(plan.frames)
        self.play(Slide(table, last, rate_func=linear), seconds=0.72 * last)

    def beat_before(self) -> None:
        """The ways, divided by their sum."""
        self.clear_stage()
        plan, theme = self.plan, self.theme
        outcomes, prior, c, first = plan.f.outcomes, plan.f.p, plan.c, plan.words.first
        highest = max(float(prior.max()), *plan.posterior)
        ends = float(outcomes[0]) - 0.6, float(outcomes[-1]) + 0.6
        chart = Chart(ends, (0.0, highest), Box(HEADING_LEFT, 0.2, -2.75, 1.9))
        a = plan.ways[:, 0].astype(float)
        ways = np.stack([a, [p for *_, p in plan.way_chances]], axis=1)
        after = np.stack([a, plan.posterior], axis=1)
        table = self._divisions()
        over = f"f(a) thin g({c} - a)"
        share = f"{over} div {plan.product_chances.math(plan.step.output)}"
        left, right = (Box(x, SAFE_X, 0.0, 0.0) for x in (HEADING_LEFT, -2.6))
        names = [
            self._headline(f"{first} a:", "f(a)", "fixed", left, ""),
            self._headline(f"{first} a, and total {c}:", over, "product", right, ""),
            self._headline(f"{first} a, if the total was {c}:", share, "product", right, ""),
        ]
        stems = Stems(chart, theme.fixed, np.stack([outcomes, prior], axis=1).astype(float))
        axes = Axes(chart, theme, variable="a", x_ticks=len(outcomes), y_ticks=3, upright=False)
        bars, grown = (Bars(chart, theme.product).draw(v, _BAR) for v in (ways, after))
        self.play(FadeIn(axes, stems, names[0]), seconds=0.7)
        self.play(FadeIn(bars, names[1], *(row[:2] for row in table.rows[:-1])), seconds=0.8)
        self.add(stems)  # in front of the bars
        self.hold(1.2)
        self.play(FadeOut(names[1]), FadeIn(names[2]), seconds=0.5)
        self.play(
            ReplacementTransform(bars, grown),
            FadeIn(*(row[2:] for row in table.rows[:-1])),
            seconds=1.4,
        )
        self.add(stems)
        self.play(FadeIn(table.rows[-1]), seconds=0.6)

    def _divisions(self) -> Table:
        """Each way over their sum, and the sum of that."""
        plan, chances = self.plan, self.plan.product_chances
        after = plan.posterior_chances
        rows = [
            [
                self.role(f"a = {a}:", "fixed"),
                "",
                self.role(chances.math(product), "product"),
                "div",
                self._total,
                after.equals,
                after.math(share),
            ]
            for (a, _), (*_, product), share in zip(
                plan.ways.tolist(), plan.way_chances, plan.posterior, strict=True
            )
        ]
        total = sum(plan.posterior)
        rows.append(["", "", "", "", "Sigma", after.equals, after.math(total)])
        leading = min(0.7, 4.6 / len(rows))
        return Table(rows, self.theme, left=1.5, top=1.9, leading=leading)


def _chance(words: str, note: str) -> str:
    """What the numbers of a drop are; a note leaves no room for it."""
    return words if note else f"{words}: probability"


def _baseline(row: VGroup) -> float:
    """Of a row of a table."""
    text = row[-1]
    assert isinstance(text, Text)
    return text.baseline
