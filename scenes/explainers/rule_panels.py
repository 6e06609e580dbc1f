"""One rule as it is drawn: inputs, weights, products and output, one below the other."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from manim import VGroup, VMobject, linear

from convmath.arrays import FloatArray
from scenes.kit.chart import Axes, Box, Chart, straight
from scenes.kit.explainer import Explainer
from scenes.kit.frame import HEADING_LEFT
from scenes.kit.palette import blended
from scenes.kit.plots import Bars, Curve, Plot, StemPlot, Stems
from scenes.kit.sliding import DiscreteSliding, Handle, Slide, Steps
from scenes.kit.typeset import (
    BODY,
    SMALL,
    Formula,
    Number,
    Numbers,
    Text,
    Words,
    em,
    fitted,
    stand,
    width_in_ems,
)
from scenes.numerals import number, short
from scenes.plans.aggregation_rules import AggregationRulesPlan
from scenes.theme import Ink, Theme

__all__ = [
    "COLUMNS",
    "HEIGHT",
    "NAME_SIZE",
    "TOPS",
    "WIDE",
    "RulePanel",
    "RuleSliding",
    "Spotlight",
    "Verdict",
    "columns",
    "named_rows",
    "narrow_heads",
    "numbers_at",
]

TOPS = (2.24, 0.76, -0.72, -2.2)  # of the charts of one panel
HEIGHT = 0.98
NAME_SIZE = 29.0
WIDE = (-4.2, 6.3)
_GAP = 0.85  # between panels side by side
_HEADER = 0.16  # from the top of a chart to the baseline of what is written above it
_NAME = 2.74  # baseline of a panel's name
_HEAD = 0.36  # most that the head of a stem takes of a step
_SUM_ROOM = 1.45  # above the weights, for their sum
_GLOW = 0.6  # of a spotlight: text has to be read on it
_BEAM = 0.45  # half the width of a spotlight, in steps
_ABOVE = 0.25  # from a head to the middle of its number
_SMALLEST = 17.0  # points: smaller numbers are not written


def columns(count: int, left: float = WIDE[0]) -> list[tuple[float, float]]:
    """Left and right edges of panels side by side."""
    pitch = (WIDE[1] - left + _GAP) / count
    return [(left + c * pitch, left + (c + 1) * pitch - _GAP) for c in range(count)]


COLUMNS = columns(3)


def named_rows(*rows: tuple[str, Ink, float]) -> VGroup:
    """Words to the left of all panels, each in its ink at its height."""
    return VGroup(
        *(
            stand(Words(word, size=NAME_SIZE, colour=ink.colour), HEADING_LEFT, level - 0.09)
            for word, ink, level in rows
        )
    )


class Spotlight(Steps):
    """A band at the place of the output point, through all rows of a panel."""

    def __init__(self, sliding: RuleSliding, top: float, foot: float, theme: Theme) -> None:
        super().__init__()
        self.sliding = sliding
        self.ends = (foot, top)
        colour = blended(theme.ground, theme.grid.colour, _GLOW)
        self.band = VMobject(fill_color=colour, fill_opacity=1.0, stroke_width=0.0)
        self.add(self.band)

    def draw(self, index: float) -> Self:
        """Stand where the output point of the step ``index`` stands."""
        self.index = index
        here, chart = self.sliding.position(index), self.sliding.upper
        left, right = (chart.point(here + end, 0)[0] for end in (-_BEAM, _BEAM))
        foot, top = self.ends
        ring = np.array([[left, foot, 0], [left, top, 0], [right, top, 0], [right, foot, 0]])
        self.band.points = straight(ring, np.roll(ring, -1, axis=0))
        return self


class RuleSliding(DiscreteSliding):
    """A rule slides over the inputs; its products stand on a chart of their own.

    Attributes
    ----------
    outline
        The rule's curve, flipped, which moves with its weights.
    total, value
        Σ of the weights, and the output.
    """

    def __init__(
        self, plan: AggregationRulesPlan, rule: int, charts: tuple[Chart, ...], theme: Theme
    ) -> None:
        _, upper, products, lower = charts
        super().__init__(plan.frames.lane(rule), upper, lower, theme)
        self.remove(*self.parts())
        self.sums = plan.frames.weight_sum[:, rule]
        self.outline = Plot(upper, theme.ghost, flipped(plan.outline(rule)))
        self.handle = Handle(upper, theme, "t")
        self.bars = Bars(products, theme.product)
        self.product = VGroup(self.bars)
        self.total = self._number(theme.moving, plan.sum_decimals(rule))
        self.value = self._number(theme.output, plan.decimals(rule))
        narrow_heads(self.moving)
        self.stems.head = _head(lower)
        self.add(self.product, self.outline, self.moving, self.stem, self.trace)
        self.add(self.dot, self.handle, self.total, self.value)

    def _number(self, ink: Ink, decimals: int) -> Number:
        return Number(size=SMALL, colour=ink.colour, decimals=decimals, align="right")

    def draw(self, index: float) -> Self:
        """Show the step ``index``."""
        super().draw(index)
        self.outline.draw(offset=self.position(index))
        return self

    def draw_output(self, step: Any) -> None:
        """Show the newest output, and write it and the sum of its weights."""
        super().draw_output(step)
        index = int(np.searchsorted(self.frames.n, step.n))
        for figure, value, box in (
            (self.total, self.sums[index], self.upper.box),
            (self.value, step.output, self.lower.box),
        ):
            figure.draw(float(value), box.right, box.top + _HEADER)


class RulePanel:
    """The four charts of one rule; nothing is shown until a scene plays it.

    Parameters
    ----------
    wide
        Whether there is room for a number at every stem.
    ends
        Left and right edge of the charts.
    last
        Whether the axes say what they measure.
    """

    def __init__(
        self,
        plan: AggregationRulesPlan,
        theme: Theme,
        rule: int,
        ends: tuple[float, float],
        *,
        wide: bool = False,
        last: bool = True,
    ) -> None:
        self.plan, self.theme, self.rule, self.wide = plan, theme, rule, wide
        air = 0.45 if wide else 0.14
        ranges = (
            plan.input_range(air),
            plan.weight_range(rule, 0.62 if wide else air),
            plan.product_range(rule, air),
            plan.output_range(rule, 0.14),
        )
        boxes = [Box(*ends, bottom=top - HEIGHT, top=top) for top in TOPS]
        self.charts = tuple(
            Chart(plan.window, values, box) for values, box in zip(ranges, boxes, strict=True)
        )
        self.axes = [self._axes(row, last=last, wide=wide) for row in range(4)]
        f = plan.frames
        self.inputs = narrow_heads(StemPlot(self.charts[0], theme.fixed, _pairs(f.s, f.f)))
        self.sliding = RuleSliding(plan, rule, self.charts, theme).draw(plan.example)
        self.sliding.traces = False
        self.spot = Spotlight(self.sliding, TOPS[0], TOPS[3] - HEIGHT, theme).draw(plan.example)
        self.name = stand(
            Words(plan.lanes[rule].name, colour=theme.text.colour, size=BODY), ends[0], _NAME
        )
        self.sum_label = self._label(
            1, '"Σ weights" =' if wide else "Σ =", theme.moving, f.weight_sum[:, rule]
        )
        self.formula = self._formula()
        self.output_label = self._label(3, "y =", theme.output, f.output[:, rule])

    def _axes(self, row: int, *, last: bool, wide: bool) -> Axes:
        most = min(15, len(self.plan.f)) if wide else _ticks(self.plan)
        axes = Axes(
            self.charts[row],
            self.theme,
            variable="t" if row == 3 else "s",
            x_ticks=most,
            y_ticks=2,
            numbered=row == 3,
            upright=False,
        )
        if not last or row in (1, 2):
            axes.remove(axes.variable)
        return axes

    def _formula(self) -> Text:
        """g(d), above the weights."""
        math, box = self.plan.lanes[self.rule].math, self.charts[1].box
        line = f"g(d) = {math}" + (" quad quad d = t - s" if self.wide else "")
        text = Formula(f"inline({line})", size=SMALL, colour=self.theme.moving.colour)
        room = float(self.sum_label.get_left()[0]) - box.left - 0.15
        if self.wide:
            room = box.right - box.left - 2 * _SUM_ROOM
        return stand(fitted(text, room), box.left, box.top + _HEADER)

    def _label(self, row: int, math: str, ink: Ink, values: FloatArray) -> Text:
        """What a number is that is written at the right end above a row."""
        decimals = (self.plan.sum_decimals if row == 1 else self.plan.decimals)(self.rule)
        room = max(width_in_ems(number(v, decimals)) for v in values.tolist()) * em(SMALL)
        label = Formula(math, size=SMALL, colour=ink.colour)
        box = self.charts[row].box
        return stand(label, box.right - room - 0.1, box.top + _HEADER, align="right")

    def values(self, row: int) -> Numbers:
        """The numbers at the stems of one row, at the example; none where they are too long."""
        f, i = self.plan.frames, self.plan.example
        values = (f.f, f.weight[i, self.rule], f.product[i, self.rule])[row]
        ink = (self.theme.fixed, self.theme.moving, self.theme.product)[row]
        numbers = numbers_at(self.charts[row], ink, f.s, values)
        if row == 1:  # the rule's curve may run behind them
            numbers.set_stroke(self.theme.ground, width=8.0, background=True)
        return numbers

    def answer(self) -> list[Any]:
        """The output, and its name."""
        s = self.sliding
        return [s.stem, s.dot, s.value, self.output_label]

    def quotient(self) -> Text:
        """The output over the sum of its weights: an average, at the example."""
        math = f"y slash Sigma = {self.plan.average(self.rule)}"
        text = Formula(math, size=SMALL, colour=self.theme.text.colour)
        box = self.charts[3].box
        room = float(self.output_label.get_left()[0]) - box.left - 0.2
        return stand(fitted(text, room), box.left, box.top + _HEADER)

    def sums(self) -> list[Any]:
        """The sum of the weights, and its name."""
        return [self.sliding.total, self.sum_label]

    def restart(self) -> None:
        """To the first output point; from now on the output is drawn as the steps go by."""
        self.sliding.traces = True
        self.sliding.draw(0)
        self.spot.draw(0)

    def hold_together(self, scene: Explainer[Any]) -> None:
        """Let the scene hold all that slides as one."""
        scene.remove(*self.sliding.submobjects)
        scene.add(self.sliding)

    def slides(self, stop: float) -> list[Slide]:
        """Run to the step ``stop``."""
        return [Slide(steps, stop, rate_func=linear) for steps in (self.spot, self.sliding)]


class Verdict(VGroup):
    """What came out under one rule, over f; above it the rule at the example.

    Attributes
    ----------
    dots
        The average at every t (the output, where there is no average).
    formula
        g(d).
    """

    def __init__(
        self,
        plan: AggregationRulesPlan,
        theme: Theme,
        rule: int,
        ends: tuple[float, float],
        *,
        last: bool,
    ) -> None:
        self.plan, self.theme, self.rule = plan, theme, rule
        above = Box(*ends, bottom=TOPS[0] - HEIGHT, top=TOPS[0])
        below = Box(*ends, bottom=-1.45, top=0.75)
        rules = Chart(plan.window, plan.weight_range(rule, 0.14), above)
        self.chart = Chart(plan.window, plan.final_range(rule), below)
        f, ink = plan.frames, theme.output
        self.weights = self._weights(rules)
        over = _pairs(f.s, f.f)
        self.ghost = VGroup(
            Curve(self.chart, theme.ghost, over), _heads(self.chart, theme.fixed, over, hollow=True)
        )
        final = _pairs(f.t, plan.final(rule))
        self.curve = Curve(self.chart, ink, final)
        self.dots = _heads(self.chart, ink, final)
        self.axes = [
            self._axes(rules, "s", numbered=False, last=last),
            self._axes(self.chart, "t", numbered=True, last=last),
        ]
        title = Words(plan.lanes[rule].name, size=BODY, colour=theme.text.colour)
        self.title = stand(fitted(title, ends[1] - ends[0]), ends[0], _NAME)
        math = f"inline(g(d) = {plan.lanes[rule].math})"
        formula = Formula(math, size=SMALL, colour=theme.moving.colour)
        self.formula = stand(fitted(formula, ends[1] - ends[0]), ends[0], TOPS[0] + 0.12)
        super().__init__(*self.axes, self.weights, self.title, self.formula, self.curve, self.dots)
        if plan.averages(rule):
            self.add_to_back(self.ghost)

    def _axes(self, chart: Chart, variable: str, *, numbered: bool, last: bool) -> Axes:
        axes = Axes(
            chart,
            self.theme,
            variable=variable,
            x_ticks=_ticks(self.plan),
            y_ticks=4 if numbered else 2,
            numbered=numbered,
            upright=False,
        )
        if not last:
            axes.remove(axes.variable)
        return axes

    def _weights(self, chart: Chart) -> VGroup:
        """The rule as it stands over the inputs at the example."""
        f, i = self.plan.frames, self.plan.example
        outline = Plot(chart, self.theme.ghost, flipped(self.plan.outline(self.rule)))
        outline.draw(offset=float(f.t[i]))
        values = _pairs(f.s, f.weight[i, self.rule])
        weights = narrow_heads(StemPlot(chart, self.theme.moving, values, hollow=True))
        handle = Handle(chart, self.theme, "t").draw(float(f.t[i]))
        return VGroup(outline, weights, handle)

    @property
    def middle(self) -> float:
        """Height of the middle of the lower chart."""
        return (self.chart.box.bottom + self.chart.box.top) / 2

    def fact(self, line: int, words: str, value: str) -> VGroup:
        """A line below the picture: plain words on the left, a number on the right."""
        box, level = self.chart.box, -2.42 - 0.45 * line
        colour = self.theme.text.colour
        figure = Words(value, size=NAME_SIZE, colour=colour)
        stand(figure, box.right, level, align="right")
        said = Words(words, size=NAME_SIZE, colour=self.theme.muted.colour)
        room = box.right - box.left - float(figure.width) - 0.15
        return VGroup(stand(fitted(said, room), box.left, level), figure)


def numbers_at(chart: Chart, ink: Ink, places: Any, values: FloatArray) -> Numbers:
    """The values (n,) above their stems, or above the axis; none where they are too long."""
    contents = [short(v) for v in values.tolist()]
    widest = max(map(width_in_ems, contents)) * em(1.0)
    size = min(SMALL, 0.92 * float(chart.unit[0]) / widest)
    numbers = Numbers(size=size, colour=ink.colour)
    if size < _SMALLEST:
        return numbers
    tops = chart.points(_pairs(places, np.maximum(values, 0.0)))
    return numbers.draw(contents, tops + [0.0, _ABOVE, 0.0])


def _heads(chart: Chart, ink: Ink, values: FloatArray, *, hollow: bool = False) -> Stems:
    """Values (n, 2) as round heads without stalks."""
    stems = Stems(chart, ink, hollow=hollow, head=_head(chart))
    stems.stalks.set_stroke(width=0.0)
    return stems.draw(values)


def narrow_heads(stems: StemPlot) -> StemPlot:
    """Heads no wider than their step."""
    assert isinstance(stems.curve, Stems)
    stems.curve.head = _head(stems.chart)
    return stems.draw(*stems.state)


def _ticks(plan: AggregationRulesPlan) -> int:
    """How many numbers there is room for along a narrow panel: fewer with minus signs."""
    return min(5 if plan.f.start < 0 else 7, len(plan.f))


def _head(chart: Chart) -> float:
    """Radius of a stem's head."""
    return min(0.09, _HEAD * float(chart.unit[0]))


def flipped(outline: FloatArray) -> FloatArray:
    """The points (m, 2) of a curve, mirrored about the vertical axis."""
    return outline[::-1] * [-1.0, 1.0]


def _pairs(x: Any, y: Any) -> FloatArray:
    """Places and values (n,) side by side, (n, 2)."""
    return np.stack([x, y], axis=1).astype(np.float64)
