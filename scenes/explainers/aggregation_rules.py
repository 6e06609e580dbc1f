"""Three rules over the same inputs, side by side; then a fourth, of the user's own."""

from __future__ import annotations

from typing import Any, ClassVar

from manim import (
    Create,
    FadeIn,
    FadeOut,
    ReplacementTransform,
    SurroundingRectangle,
    VGroup,
)

from scenes.explainers.rule_panels import (
    COLUMNS,
    HEIGHT,
    NAME_SIZE,
    TOPS,
    WIDE,
    RulePanel,
    Verdict,
    columns,
    named_rows,
    narrow_heads,
    numbers_at,
)
from scenes.kit.chart import Axes, Box, Chart
from scenes.kit.explainer import Explainer
from scenes.kit.frame import HEADING_LEFT
from scenes.kit.plots import Glide, StemPlot
from scenes.kit.typeset import (
    HEADING,
    LABEL,
    SMALL,
    Formula,
    Text,
    Words,
    coloured,
    fitted,
    haloed,
    stand,
)
from scenes.plans.aggregation_rules import AggregationRulesPlan

__all__ = ["AggregationRules"]

_LARGE = Box(left=-5.6, right=6.2, bottom=-2.2, top=1.7)
_MARK = 0.95  # of a step that the name of an offset may take
_FOUR = -5.3  # left edge of four panels side by side
_FORMULA = -3.3  # baseline


class AggregationRules(Explainer[AggregationRulesPlan]):
    """Draws `AggregationRulesPlan`."""

    plan_class: ClassVar[type[AggregationRulesPlan]] = AggregationRulesPlan

    def stage(self) -> None:
        """One wide panel, and three side by side."""
        plan, theme = self.plan, self.theme
        self.wide = RulePanel(plan, theme, 0, WIDE, wide=True)
        self.panels = [
            RulePanel(plan, theme, r, ends, last=r == 2) for r, ends in enumerate(COLUMNS)
        ]
        names = ("input f", "weight", "product", "output y")
        inks = (theme.fixed, theme.moving, theme.product, theme.output)
        middles = (top - HEIGHT / 2 for top in TOPS)
        self.explained = VGroup()
        self.rows = named_rows(*zip(names, inks, middles, strict=True))

    def beat_inputs(self) -> None:
        """f, as large as the picture, with its numbers."""
        plan, theme, f = self.plan, self.theme, self.plan.frames
        chart = Chart(plan.window, plan.input_range(0.16), _LARGE)
        axes = Axes(chart, theme, variable="s", x_ticks=min(15, len(plan.f)), upright=False)
        stems = StemPlot(chart, theme.fixed, narrow_heads(self.wide.inputs).values)
        numbers = numbers_at(chart, theme.fixed, f.s, f.f)
        name = stand(
            Formula("f(s)", size=HEADING, colour=theme.fixed.colour), _LARGE.left, _LARGE.top + 0.4
        )
        self.play(FadeIn(axes, name), seconds=0.5)
        self.play(Create(stems), seconds=1.4)
        self.play(FadeIn(numbers), seconds=0.5)
        self.large = (axes, name, stems, numbers)

    def beat_ask(self) -> None:
        """The output point, and the weights that come back."""
        panel = self.wide
        axes, name, stems, numbers = self.large
        self.play(
            FadeOut(axes, name),
            FadeIn(panel.axes[0]),
            ReplacementTransform(stems, panel.inputs),
            ReplacementTransform(numbers, panel.values(0)),
            seconds=1.0,
        )
        self._lay_out(panel)
        self.play(FadeIn(panel.name, panel.formula, panel.sliding.outline), seconds=0.7)
        self.play(FadeIn(panel.sliding.moving, panel.values(1)), seconds=0.8)

    def _lay_out(self, panel: RulePanel) -> None:
        """The rows to come, and where the output point stands."""
        self.play(FadeIn(self.rows, *panel.axes[1:]), seconds=0.5)
        self.add(panel.spot)
        self.bring_to_back(panel.spot)
        self.play(FadeIn(panel.spot, panel.sliding.handle), seconds=0.6)
        self.bring_to_back(panel.spot)

    def beat_add(self) -> None:
        """Products, one number, and the sum of the weights."""
        panel = self.wide
        self.play(FadeIn(panel.sliding.product, panel.values(2)), seconds=0.8)
        self.hold(1.0)
        self.play(FadeIn(panel.sliding.stem, panel.sliding.dot, self._terms(panel)), seconds=0.7)
        self.hold(1.0)
        self.play(FadeIn(*panel.sums()), seconds=0.5)

    def _terms(self, panel: RulePanel) -> Text:
        """The output at the example as a sum, above its row."""
        plan, box = self.plan, panel.charts[3].box
        math = f"y({plan.here}) = {plan.terms(panel.rule)} {plan.output(panel.rule)}"
        text = fitted(Formula(math, size=LABEL, colour=self.theme.output.colour), WIDE[1] - WIDE[0])
        return stand(text, box.right, box.top + 0.12, align="right")

    def beat_rules(self) -> None:
        """Three panels; in each the inputs, and a rule at the same output point."""
        self.clear_stage(self.rows)
        spots = [panel.spot for panel in self.panels]
        below = TOPS[3] - HEIGHT / 2 - 0.45
        self.rows.add(*named_rows(("scales differ", self.theme.muted, below)))
        still = [part for p in self.panels for part in (*p.axes, p.inputs)]
        self.play(FadeIn(*spots, *still, self.rows[-1]), seconds=0.6)
        for panel in self.panels:
            sliding = panel.sliding
            self.play(FadeIn(panel.name, panel.formula, sliding.outline), seconds=0.6)
            self.play(FadeIn(sliding.moving, sliding.handle), seconds=0.7)
            self.hold(0.8)

    def beat_answers(self) -> None:
        """The products, and a number from each rule."""
        for panel in self.panels:
            self.play(FadeIn(panel.sliding.product), seconds=0.5)
            self.play(FadeIn(*panel.answer()), seconds=0.5)
            self.hold(0.3)
        self.play(FadeIn(*(part for p in self.panels for part in p.sums())), seconds=0.6)
        self.hold(1.5)
        self.quotients = VGroup(*(panel.quotient() for panel in self.panels))
        self.play(FadeIn(self.quotients), seconds=0.6)

    def beat_predict(self) -> None:
        """The outputs go, and the output point stands at the first place."""
        slidings = [panel.sliding for panel in self.panels]
        self.labels = [label for p in self.panels for label in (p.sum_label, p.output_label)]
        for panel in self.panels:
            panel.hold_together(self)
        spots = [panel.spot for panel in self.panels]
        self.play(FadeOut(*slidings, *spots, *self.labels, self.quotients), seconds=0.5)
        for panel in self.panels:
            panel.restart()
        self.bring_to_back(*spots)
        asking = [part for s in slidings for part in (s.outline, s.moving, s.handle)]
        self.play(FadeIn(*spots, *asking), seconds=0.6)
        self.bring_to_back(*spots)
        self.questions = VGroup(*(self._question(panel) for panel in self.panels))
        self.play(FadeIn(self.questions), seconds=0.5)

    def _question(self, panel: RulePanel) -> Text:
        """A question mark where an output will be."""
        box = panel.charts[3].box
        mark = Words("?", size=HEADING, colour=self.theme.weight.colour)
        stand(mark, (box.left + box.right) / 2, (box.bottom + box.top) / 2 - 0.15, align="centre")
        return haloed(mark, self.theme.ground)

    def beat_slide(self) -> None:
        """All rules slide in step, and draw their outputs."""
        self.play(FadeOut(self.questions), seconds=0.4)
        self._run(*self.panels)

    def _run(self, *panels: RulePanel, pace: float = 1.0) -> None:
        """From the first output point to the last."""
        slidings = [panel.sliding for panel in panels]
        rest = [part for s in slidings for part in (s.product, s.stem, s.trace, s.dot)]
        figures = [figure for s in slidings for figure in (s.total, s.value)]
        labels = [label for p in panels for label in (p.sum_label, p.output_label)]
        self.play(FadeIn(*rest, *figures, *labels), seconds=0.5)
        for panel in panels:
            panel.hold_together(self)
        last = len(self.plan.frames) - 1
        slides = [slide for panel in panels for slide in panel.slides(last)]
        self.play(*slides, seconds=pace * self.plan.slide_seconds)

    def beat_smoothest(self) -> None:
        """Outputs become averages, which are laid over f; how much of its ups and downs is left."""
        plan = self.plan
        self.verdicts = [
            Verdict(plan, self.theme, r, ends, last=r == 2) for r, ends in enumerate(COLUMNS)
        ]
        traces = [panel.sliding.stems.heads.copy() for panel in self.panels]
        self.add(*traces)
        self.clear_stage(*(panel.name for panel in self.panels), *traces)
        still = [part for v in self.verdicts for part in (*v.axes, v.weights, v.formula, v.ghost)]
        self.play(FadeIn(*still, self._legend()), seconds=0.6)
        dots = [verdict.dots.heads for verdict in self.verdicts]
        moves = [ReplacementTransform(*pair) for pair in zip(traces, dots, strict=True)]
        self.play(*moves, seconds=1.5)
        self.play(*(Create(verdict.curve) for verdict in self.verdicts), seconds=0.9)
        self._explain("ups and downs: all steps from one t to the next, added up, in % of f's")
        self._facts(0, "ups and downs", [plan.variation(r) for r in range(3)], plan.smoothest)

    def _legend(self) -> VGroup:
        """What the rows of the verdicts show."""
        theme, middle = self.theme, self.verdicts[0].middle
        return named_rows(
            ("weight", theme.moving, TOPS[0] - HEIGHT / 2),
            ("average", theme.output, middle + 0.3),
            ("input f", theme.fixed, middle - 0.3),
        )

    def _explain(self, words: str) -> None:
        """What a number below the verdicts means."""
        said = Words(words, size=NAME_SIZE, colour=self.theme.muted.colour)
        stand(fitted(said, WIDE[1] - HEADING_LEFT), HEADING_LEFT, _FORMULA - 0.1)
        old, self.explained = self.explained, VGroup(said)
        leaving = [FadeOut(old)] if len(old) else []
        self.play(*leaving, FadeIn(self.explained), seconds=0.4)

    def _facts(self, line: int, words: str, values: list[str], first: int) -> None:
        """A number below each verdict, and a frame around the one that comes first."""
        pairs = zip(self.verdicts, values, strict=True)
        facts = [verdict.fact(line, words, value) for verdict, value in pairs]
        for fact in facts:
            self.play(FadeIn(fact), seconds=0.4)
        ink = self.theme.weight
        frame = SurroundingRectangle(
            facts[first][1], buff=0.09, color=ink.colour, stroke_width=ink.width * 0.7
        )
        self.play(Create(frame), seconds=0.5)

    def beat_kept(self) -> None:
        """How much each average is like f."""
        likeness = [self.plan.likeness(r) for r in range(3)]
        self._explain("r, correlation with f: 1 same shape, 0 no likeness, −1 upside down")
        self._facts(1, "like f: r", likeness, self.plan.nearest)

    def beat_flip(self) -> None:
        """The fourth rule as it is given, and flipped about the output point."""
        self.clear_stage()
        self.rows.remove(self.rows[-1])  # one rule alone has one scale
        plan = self.plan
        self.fourth = panel = RulePanel(plan, self.theme, 3, WIDE, wide=True)
        sliding, t = panel.sliding, float(plan.frames.t[plan.example])
        given = (sliding.outline, sliding.moving)
        for plot in given:
            plot.draw(sign=-1.0, offset=t)
        self.play(FadeIn(panel.axes[0], panel.inputs, panel.values(0)), seconds=0.5)
        self._lay_out(panel)
        marks, turned = self._marks(panel, 1), self._marks(panel, -1)
        self.play(FadeIn(*given, panel.name, panel.formula, marks), seconds=0.8)
        self.hold(2.0)
        moves = [ReplacementTransform(*pair) for pair in zip(marks, turned, strict=True)]
        self.play(*(Glide(plot, sign=1.0) for plot in given), *moves, seconds=1.8)
        self.play(FadeIn(panel.values(1)), seconds=0.5)
        self.bring_to_front(panel.formula)

    def _marks(self, panel: RulePanel, sign: int) -> VGroup:
        """Where g(d) and g(−d) stand, below the axis; d runs to the right, or to the left."""
        plan, chart = self.plan, panel.charts[1]
        t, (low, high) = float(plan.frames.t[plan.example]), chart.x_range
        marks = VGroup()
        for d in (plan.offset, -plan.offset):
            if low <= t - d <= high and low <= t + d <= high:
                text = Formula(f"d = {d}", size=SMALL, colour=self.theme.moving.colour)
                fitted(text, _MARK * float(chart.unit[0]))
                place = chart.point(t + sign * d, 0)[0]
                marks.add(stand(text, place, chart.box.bottom - 0.4, align="centre"))
        return marks

    def beat_fourth(self) -> None:
        """The fourth rule slides, too."""
        panel = self.fourth
        kept = [*panel.axes, panel.inputs, panel.name, panel.formula]
        self.clear_stage(self.rows, *kept)
        panel.restart()
        sliding = panel.sliding
        self.add(panel.spot)
        self.bring_to_back(panel.spot)
        self.play(FadeIn(panel.spot, sliding.outline, sliding.moving, sliding.handle), seconds=0.5)
        self.bring_to_back(panel.spot)
        self._run(panel, pace=0.75)

    def beat_four(self) -> None:
        """What the four rules made of the same inputs."""
        self.clear_stage()
        ends = columns(4, _FOUR)
        verdicts = [Verdict(self.plan, self.theme, r, e, last=r == 3) for r, e in enumerate(ends)]
        for verdict in verdicts:
            self.play(FadeIn(verdict), seconds=0.5)
        self.play(FadeIn(*self._formula()), seconds=0.8)

    def _formula(self) -> list[Any]:
        """The sum that all of them are, and what of it is shown."""
        theme = self.theme
        y, g, f = (
            coloured(math, ink.colour)
            for math, ink in (
                ("y(t)", theme.output),
                ("g(t - s)", theme.moving),
                ("f(s)", theme.fixed),
            )
        )
        formula = Formula(
            f"inline({y} = sum_s {g} thin {f})", size=HEADING, colour=theme.text.colour
        )
        drawn = "drawn: y(t) over its sum of weights"
        if not self.plan.averages(3):
            drawn = "the fourth: y(t) as it is"
        words = Words(drawn, size=NAME_SIZE, colour=theme.muted.colour)
        stand(formula, HEADING_LEFT, _FORMULA)
        return [formula, stand(words, WIDE[1], _FORMULA, align="right")]
