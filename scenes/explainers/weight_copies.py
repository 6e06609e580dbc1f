"""A copy of g at every input point, cut by a vertical line."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from manim import (
    LEFT,
    Create,
    Dot,
    FadeIn,
    FadeOut,
    ReplacementTransform,
    VGroup,
    linear,
)

from convmath.arrays import FloatArray
from convmath.numerals import typst_number, typst_shifted
from scenes.kit.chart import Axes, Box, Chart
from scenes.kit.cut import Cut
from scenes.kit.explainer import Explainer
from scenes.kit.frame import SAFE_X
from scenes.kit.ledger import Ledger, line_sample
from scenes.kit.palette import curve_inks
from scenes.kit.plots import Glide, Plot, Refit, Ring, Stems
from scenes.kit.readout import facts
from scenes.kit.sliding import Slide
from scenes.kit.table import Table
from scenes.kit.typeset import (
    BODY,
    SMALL,
    Formula,
    Text,
    Words,
    coloured,
    fitted,
    haloed,
    stand,
)
from scenes.numerals import brief
from scenes.plans.weight_copies import WeightCopiesPlan
from scenes.theme import Ink
from scenes.wording import factor

__all__ = ["WeightCopies"]

INPUTS = Box(left=-6.05, right=2.55, bottom=1.8, top=2.5)
TALL = Box(left=-6.05, right=2.55, bottom=-2.75, top=0.85)
UPPER = Box(left=-6.05, right=2.55, bottom=-0.55, top=0.85)
LOWER = Box(left=-6.05, right=2.55, bottom=-3.1, top=-1.85)
SIDE = Box(left=3.4, right=SAFE_X, bottom=-3.1, top=0.95)
_NOTE = 0.75  # top of the words beside the copies

_SAMPLE = 0.66  # of a line beside its name
_LEGEND = 0.32  # how far above a chart its formulas stand
_TALLEST = 0.62  # a formula above a chart
_APART = 0.4  # of the numbers beside a line
_STRAY = 0.6  # how far a number may be from its dot
_LONGEST = 8  # characters of a number
_WIDEST_ROW = 18  # characters of the numbers of 9 f(1) = 9 · 2 = 18, which is else cut short
_MOST_TERMS = 4  # of a sum that is written out


class WeightCopies(Explainer[WeightCopiesPlan]):
    """Draws `WeightCopiesPlan`."""

    plan_class: ClassVar[type[WeightCopiesPlan]] = WeightCopiesPlan

    def stage(self) -> None:
        """Lay out the charts, the copies and the line."""
        plan, theme = self.plan, self.theme
        frames = plan.frames
        self.inks = curve_inks(theme, len(frames.center))
        self.tall = Chart(plan.window, plan.heights, TALL)
        self.upper = Chart(plan.window, plan.heights, UPPER)
        self.inputs = Chart(plan.window, plan.values_range, INPUTS)
        self.lower = Chart(plan.window, plan.outputs, LOWER)
        self.axes = Axes(self.tall, theme, variable="x")
        self.copies = [Plot(self.tall, ink, frames.kernel) for ink in self.inks]
        self.cut = Cut(
            frames, self.tall, self.lower, theme, self.inks, plan.place_decimals, plan.told
        )
        self.cut.draw(plan.first)
        self.key = self._key()
        self.notes = VGroup()

    def _key(self) -> VGroup:
        """A piece of each copy's line, and its name."""
        entries = VGroup()
        for center, ink in zip(self.plan.frames.center, self.inks, strict=True):
            pen = float(entries.get_right()[0]) + 0.45 if len(entries) else TALL.left
            name = Formula(_copy("x", center), colour=ink.colour)
            stand(name, pen + _SAMPLE + 0.12, TALL.top + _LEGEND)
            sample = line_sample(ink, (pen, name.baseline + 0.09), _SAMPLE)
            entries.add(VGroup(sample, name))
        return _narrowed(entries, SAFE_X - TALL.left)

    def _legend(self, math: str, colour: str, top: float) -> Text:
        """A formula above a chart."""
        legend = fitted(Formula(f"inline({math})", colour=colour), TALL.right - TALL.left)
        return stand(legend, TALL.left, top + _LEGEND)

    def _note(self, *lines: str, top: float, ink: Ink | None = None) -> VGroup:
        """Plain words beside the charts, from ``top`` down."""
        colour = (ink or self.theme.text).colour
        words = [Words(line, size=BODY, colour=colour) for line in lines]
        for row, line in enumerate(words):
            stand(fitted(line, SIDE.right - SIDE.left), SIDE.left, top - 0.25 - 0.5 * row)
        return VGroup(*words)

    def _say(self, notes: VGroup) -> None:
        """Other words beside the charts; the old ones leave first."""
        if len(self.notes):
            self.play(FadeOut(self.notes), seconds=0.3)
        self.notes = notes
        self.play(FadeIn(notes), seconds=0.4)

    def beat_values(self) -> None:
        """The values of f at its points; they stay."""
        frames, theme = self.plan.frames, self.theme
        stems = [
            Stems(self.inputs, ink, np.array([[c, v]]))
            for c, v, ink in zip(frames.center, frames.value, self.inks, strict=True)
        ]
        axes = Axes(self.inputs, theme, variable="x", y_ticks=0, numbered=False)
        named = [
            coloured(f"f({brief(c)}) = {brief(v)}", ink.colour)
            for c, v, ink in zip(frames.center, frames.value, self.inks, strict=True)
        ]
        legend = self._legend(" quad ".join(named), theme.text.colour, INPUTS.top)
        self.play(FadeIn(axes, self._note("the input f", top=INPUTS.top)), seconds=0.5)
        self.play(FadeIn(*stems, legend), seconds=1.0)

    def beat_kernel(self) -> None:
        """The curve of g alone, with its formula."""
        text = self.theme.text
        self.kernel = Plot(self.tall, text, self.plan.frames.kernel)
        formula = Formula(f"inline(g(x) = {self.plan.g.formula('x')})", colour=text.colour)
        if formula.height > _TALLEST:
            fitted(formula, SIDE.right - SIDE.left).move_to((SIDE.left, -1.5, 0), LEFT)
        else:
            stand(fitted(formula, SAFE_X - TALL.left), TALL.left, TALL.top + _LEGEND)
        self.kernel_name = formula
        note = self._note("how much an input", "counts for an output", "x to its right", top=_NOTE)
        self.play(FadeIn(self.axes, formula), seconds=0.6)
        self.play(Create(self.kernel), seconds=1.4)
        self._say(note)

    def beat_copies(self) -> None:
        """Mark the input points, and bring a copy to each."""
        plan, frames = self.plan, self.plan.frames
        starts = plan.has_zero
        self.marks = self._marks(self.tall)
        if starts:
            ghost = Plot(self.tall, self.theme.ghost, frames.kernel)
            self.remove(self.kernel)
            self.add(ghost)
            self.play(FadeIn(self.marks), FadeOut(self.kernel_name), seconds=0.6)
        else:
            self.play(FadeIn(self.axes, self.marks), seconds=0.6)
        for copy, center, entry in zip(self.copies, frames.center, self.key, strict=True):
            if starts:
                self.add(copy, self.marks)
                self.play(
                    Glide(copy, offset=float(center)), FadeIn(entry), seconds=plan.copy_seconds
                )
            else:
                copy.draw(offset=float(center))
                self.play(FadeIn(copy, entry), seconds=plan.copy_seconds)
        note = self._note("a copy of g: the same", "curve, moved to an", "input point", top=_NOTE)
        if starts:
            self.play(FadeOut(ghost), seconds=0.4)
        self._say(note)

    def _marks(self, chart: Chart) -> VGroup:
        """A dot on the axis at each input point."""
        places = [chart.point(float(c), 0.0) for c in self.plan.frames.center]
        inked = zip(places, self.inks, strict=True)
        return VGroup(*(Dot(place, radius=0.1, color=ink.colour) for place, ink in inked))

    def beat_predict(self) -> None:
        """The line, and a question."""
        cut = self.cut
        question = self._note(
            f"The line at t = {brief(self.plan.at)}:",
            "how high does it",
            "cut each copy?",
            top=_NOTE,
        )
        self.play(FadeIn(cut.handle), Create(cut.moving), seconds=1.0)
        self._say(question)

    def beat_cut(self) -> None:
        """A dot and its height for each copy; then the rule."""
        plan, cut, theme = self.plan, self.cut, self.theme
        step = plan.frames.at(plan.first)
        title = self._note(f"weights at t = {brief(plan.at)}", top=SIDE.top, ink=theme.muted)
        rows = [
            [coloured(_copy(brief(plan.at), c), ink.colour), "=", coloured(_n(w), ink.colour)]
            for c, w, ink in zip(plan.frames.center, step.weight, self.inks, strict=True)
        ]
        leading = min(0.5, 2.9 / len(rows))
        self.table = Table(rows, theme, left=SIDE.left, top=SIDE.top - 0.65, leading=leading)
        self.heights = self._heights(step.weight)
        self._say(title)
        for k, dot in enumerate(cut.dots):
            shown = (dot, *self.heights[k : k + 1], self.table.rows[k])
            self.play(FadeIn(*shown), seconds=plan.copy_seconds)
        rule = Formula('"the point" c "gets" g(t - c)', colour=theme.text.colour)
        stand(fitted(rule, SIDE.right - SIDE.left), SIDE.left, self.table.get_bottom()[1] - 0.6)
        self.play(FadeIn(rule), seconds=0.6)
        self.rule = rule

    def _heights(self, weight: FloatArray) -> list[Text]:
        """The height of each dot beside it, above its copy; none where they are too close."""
        places = self.cut.heights(self.plan.first)
        levels = _spread(places[:, 1], _APART, TALL.bottom, TALL.top - 0.35)
        if np.abs(levels - places[:, 1]).max() > _STRAY:
            return []
        x = float(places[0, 0])
        falls = self.plan.copies_fall(self.plan.first)
        texts = []
        for value, level, ink, fall in zip(weight, levels, self.inks, falls, strict=True):
            text = haloed(Formula(_n(value), size=BODY, colour=ink.colour), self.theme.ground)
            right = fall or x - TALL.left < text.width + 0.3
            side, align = (0.2, "left") if right else (-0.2, "right")
            texts.append(stand(text, x + side, level + 0.1, align=align))
        return texts

    def beat_weigh(self) -> None:
        """Each value times the weight of its point."""
        plan, theme = self.plan, self.theme
        old = VGroup(self.table, self.rule)
        self.table = Table(self._products(), theme, left=SIDE.left, top=SIDE.top - 0.65, gap=0.12)
        self.play(FadeOut(old, self.notes), seconds=0.4)
        self.notes = self._note("weight times value", top=SIDE.top, ink=theme.muted)
        self.play(FadeIn(self.notes), seconds=0.4)
        for row in self.table.rows[:-1]:
            self.play(FadeIn(row), seconds=plan.copy_seconds)

    def _products(self) -> list[list[str]]:
        """9 f(1) = 9 · 2 = 18 for each point, and the sum in the last row."""
        plan, frames = self.plan, self.plan.frames
        step = frames.at(plan.first)
        columns = zip(
            frames.center, frames.value, step.weight, step.product, self.inks, strict=True
        )
        rows, widest = [], 0
        for c, v, w, p, ink in columns:
            cells = (f"{_n(w)} thin f({_n(c)})", "=", f"{_n(w)} dot {factor(v)}", "=", _n(p))
            rows.append([coloured(cell, ink.colour) for cell in cells])
            widest = max(widest, 2 * len(_n(w)) + len(_n(c)) + len(factor(v)) + len(_n(p)))
        last = [coloured(m, self.theme.output.colour) for m in ("Sigma", "=", _n(step.output))]
        if widest > _WIDEST_ROW:
            return [*(row[2:] for row in rows), last]
        return [*rows, ["", "", *last]]

    def beat_add(self) -> None:
        """Room below; the products add up to the height of one dot there."""
        plan, theme, cut = self.plan, self.theme, self.cut
        self._make_room()
        self.output_axes = Axes(self.lower, theme, variable="t", y_ticks=3)
        self.output_legend = self._legend(self._written_sum(), theme.text.colour, LOWER.top)
        total = self.table.rows[-1]
        self.play(FadeIn(total), seconds=0.6)
        self.play(FadeIn(self.output_axes, self.output_legend, cut.drop), seconds=0.6)
        self.play(ReplacementTransform(total.copy(), VGroup(cut.stem, cut.dot)), seconds=1.0)
        self.first_mark = self._mark(plan.first)
        self.play(FadeIn(self.first_mark), seconds=0.4)

    def _make_room(self) -> None:
        """The copies become lower, for the output to come below."""
        squeezed, moved = Axes(self.upper, self.theme, variable="x"), self._marks(self.upper)
        if self.heights:
            self.play(FadeOut(*self.heights), seconds=0.4)
        self.play(
            ReplacementTransform(self.axes, squeezed),
            ReplacementTransform(self.marks, moved),
            Refit(self.tall, self.upper, *self.copies, self.cut.line),
            seconds=1.2,
        )

    def _written_sum(self) -> str:
        """(f * g)(−2) = 9 f(1) + 16 f(2) + 25 f(3), in the inks of its points."""
        plan, frames = self.plan, self.plan.frames
        step = frames.at(plan.first)
        terms = [
            (w, coloured(f"{_n(abs(w))} thin f({_n(c)})", ink.colour))
            for w, c, ink in zip(step.weight, frames.center, self.inks, strict=True)
        ]
        math = coloured(f"(f * g)({_n(plan.at)})", self.theme.output.colour) + " ="
        shown = terms if len(terms) <= _MOST_TERMS else [*terms[:2], terms[-1]]
        for k, (w, term) in enumerate(shown):
            if len(terms) > len(shown) and k == len(shown) - 1:
                math += " + dots.c"
            sign = "-" if w < 0 else "+" if k else ""
            math += f" {sign} {term}"
        return f"{math} = " + coloured(_n(step.output), self.theme.output.colour)

    def _mark(self, step: int) -> VGroup:
        """A ring on the output and its value, which stay."""
        ink, plan = self.theme.output, self.plan
        t, y = float(plan.frames.t[step]), float(plan.frames.output[step])
        place = self.lower.point(t, y)
        ring = Ring(place, ink)
        first = self.lower.point(plan.at, float(plan.frames.output[plan.first]))
        beside = np.abs(place - first)
        if step != plan.first and beside[0] < 1.3 and beside[1] < 0.4:
            return VGroup(ring)  # its value would meet that of the first line
        value = Formula(_n(y), size=SMALL, colour=ink.colour)
        if plan.extreme == ("smaller", step):
            stand(value, place[0], place[1] + 0.25, align="centre")
        elif plan.extreme == ("larger", step) or plan.falls(step):
            stand(value, place[0] + 0.18, place[1] + 0.08)
        elif place[0] - LOWER.left > value.width + 0.2:
            stand(value, place[0] - 0.18, place[1] + 0.08, align="right")
        else:
            stand(value, place[0] + 0.18, place[1] - 0.28)
        return VGroup(ring, haloed(value, self.theme.ground))

    def beat_ask(self) -> None:
        """Back to the start of the slide, and a question."""
        cut = self.cut
        named = self._legend("(f * g)(t)", self.theme.output.colour, LOWER.top)
        question = self._note(
            "As the line moves:",
            "where does the",
            "output f * g rise,",
            "where does it fall?",
            top=_NOTE,
        )
        results = (cut.drop, cut.stem, cut.dot)
        leaving = (self.table, self.output_legend, *results)
        self.play(FadeOut(*leaving), seconds=0.4)
        self._say(question)
        self.output_legend = named
        self.remove(*cut.parts())
        self.add(cut.remove(*cut.results()))  # what is to be predicted is not shown on the way back
        self.play(Slide(cut, 0), FadeIn(named), seconds=1.5)

    def beat_slide(self) -> None:
        """The line runs, the heights change, and the output grows below."""
        plan, cut = self.plan, self.cut
        ledger = Ledger(
            plan.frames,
            self.theme,
            self.inks,
            SIDE,
            decimals=plan.decimals,
            place_decimals=plan.place_decimals,
        )
        cut.ledger = self.ledger = ledger
        cut.draw(0)
        self.play(FadeOut(self.notes), seconds=0.3)
        self.play(FadeIn(ledger, *cut.results()), seconds=0.5)
        self.remove(ledger, *cut.results())
        cut.add(*cut.results(), ledger)
        self.bring_to_front(self.first_mark)
        stop = len(plan.frames) - 1 if plan.extreme is None else plan.extreme[1]
        self._run_to(stop)
        if plan.extreme is not None and stop != plan.first:
            self.play(FadeIn(self._mark(stop)), seconds=0.5)

    def _run_to(self, step: int) -> None:
        seconds = self.plan.slide_seconds(round(self.cut.index), step)
        self.play(Slide(self.cut, step, rate_func=linear), seconds=seconds)

    def beat_whole(self) -> None:
        """The rest of the way, and the sum in symbols."""
        plan, cut, theme = self.plan, self.cut, self.theme
        last = len(plan.frames) - 1
        if round(cut.index) < last:
            self._run_to(last)
        named = self._legend(
            coloured("(f * g)(t)", theme.output.colour) + " = sum_c f(c) thin g(t - c)",
            theme.text.colour,
            LOWER.top,
        )
        leaving = (self.ledger, self.output_legend, cut.line, cut.drop, cut.stem, cut.dot)
        self.play(FadeOut(*leaving), seconds=0.5)
        self.play(FadeIn(named, facts(self._findings(), theme, SIDE)), seconds=0.8)

    def _findings(self) -> list[tuple[str, str]]:
        """What the output says: plain words, and Typst mathematics."""
        plan = self.plan
        found = [("the first line", plan.first)]
        if plan.extreme is not None:
            kind, step = plan.extreme
            found.append(({"larger": "largest", "smaller": "smallest"}[kind], step))
        t, y = plan.frames.t, plan.frames.output
        return [(words, f"(f * g)({_n(t[k])}) = {_n(y[k])}") for words, k in found]


def _copy(variable: str, center: float) -> str:
    """Typst mathematics of g at ``variable − center``."""
    return f"g({typst_shifted(variable, float(center))})"


def _n(value: float) -> str:
    """Typst mathematics of a number, as a power of ten where it is long."""
    plain = brief(float(value))
    return plain if len(plain) <= _LONGEST else typst_number(float(value), 4)


def _narrowed(group: VGroup, width: float) -> VGroup:
    if group.width > width:
        group.scale(width / group.width, about_edge=LEFT)
    return group


def _spread(levels: FloatArray, apart: float, low: float, high: float) -> FloatArray:
    """The levels in the same order, moved so that they are ``apart`` and within [low, high]."""
    order = np.argsort(levels, kind="stable")
    rank = apart * np.arange(len(levels))
    up = np.maximum.accumulate(np.maximum(levels[order], low) - rank)
    spread = np.minimum(up, high - rank[-1]) + rank
    return np.asarray(spread[np.argsort(order)])
