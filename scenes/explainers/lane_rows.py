"""One lane as it is drawn: its signals over τ on the left, its output over t on the right."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from manim import FadeIn, FadeOut, VGroup

from convmath import SlidingSum
from scenes.kit.chart import Axes, Box, Chart
from scenes.kit.explainer import Explainer
from scenes.kit.plots import Glide, Plot, Ring, StemPlot, Stems
from scenes.kit.sliding import ContinuousSliding, DiscreteSliding, Sliding
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
from scenes.plans.flip_or_not import FlipOrNotPlan
from scenes.plans.lanes import Lane
from scenes.theme import Ink, Theme

__all__ = ["LEFT", "RIGHT", "TOPS", "Row", "typst", "wide_heads"]

LEFT, RIGHT = (-6.05, -0.85), (0.6, 6.15)
TOPS = (2.35, 0.125, -2.1)
HEIGHT = 1.15
_END = RIGHT[1] + 0.35  # right edge of the variable at the end of an axis
_DROP = {False: 0.34, True: 0.43}  # of the numbers along an output's axis: below stems' heads
_LEGEND = 0.25  # how far above a chart its names stand
_AIR = 0.6  # beside the first and the last stem


class Row:
    """A lane in the first, second or third row; nothing is shown until a scene plays it.

    The charts of all rows have the same horizontal axes, so that lag 0 stands above lag 0. Every
    output has numbers along its axis; those of τ stand below the ``last`` row.
    """

    def __init__(
        self, plan: FlipOrNotPlan, theme: Theme, lane: Lane, place: int, *, last: int = 2
    ) -> None:
        self.plan = plan
        self.theme = theme
        self.lane = lane
        self.inner = "k" if plan.is_discrete else "tau"
        top, numbered = TOPS[place], place == last
        left, right = (Box(*ends, bottom=top - HEIGHT, top=top) for ends in (LEFT, RIGHT))
        self.left = Chart(self._wide(plan.window), plan.signal_range, left)
        self.right = Chart(self._wide(plan.lag_range), plan.output_ranges[place], right)
        self.left_axes = Axes(
            self.left, theme, variable=self.inner, x_ticks=9, y_ticks=3, numbered=numbered
        )
        self.right_axes = Axes(
            self.right,
            theme,
            variable=plan.outer,
            x_ticks=10,
            y_ticks=3,
            drop=_DROP[plan.is_discrete],
        )
        self.fixed = self._fixed()
        self.sliding = self._sliding()
        self.signal_names = self._signal_names()
        self.output_name = self._output_name()
        self.definition = self._definition()
        self.mark, self.answer = VGroup(), VGroup()

    def _wide(self, ends: tuple[float, float]) -> tuple[float, float]:
        air = _AIR if self.plan.is_discrete else 0.0
        return ends[0] - air, ends[1] + air

    def _fixed(self) -> Plot:
        f = self.lane.frames
        if isinstance(f, SlidingSum):
            low, high = f.supports[0]
            inside = (f.k >= low) & (f.k <= high)
            return self.stems(self.left, self.theme.fixed, f.k[inside], f.fixed[inside])
        return Plot(self.left, self.theme.fixed, f.fixed, f.fixed_impulses)

    def stems(self, chart: Chart, ink: Ink, k: Any, values: Any, *, hollow: bool = False) -> Plot:
        """A sequence on a chart."""
        return StemPlot(chart, ink, np.stack([k, values], axis=1).astype(float), hollow=hollow)

    def _sliding(self) -> Sliding[Any]:
        """The sliding mechanism; its output lies beside it, so that there is no line down to it."""
        f = self.lane.frames
        sliding: Sliding[Any]
        if isinstance(f, SlidingSum):
            flip = self.lane.pairing.flips
            sliding = DiscreteSliding(f, self.left, self.right, self.theme, flip=flip)
            wide_heads(sliding.moving)
        else:
            sliding = ContinuousSliding(f, self.left, self.right, self.theme, 2)
        sliding.remove(sliding.limits, sliding.drop)
        return sliding.draw(0)

    def call(self, name: str, argument: str) -> str:
        """Typst mathematics of a signal with its argument."""
        return f"{name}{self.plan.calls[0]}{argument}{self.plan.calls[1]}"

    @property
    def _moved(self) -> str:
        t, k = self.plan.outer, self.inner
        argument = f"{t} - {k}" if self.lane.pairing.flips else f"{k} - {t}"
        return self.call(self.lane.names[0], argument)

    @property
    def output(self) -> str:
        """Typst mathematics of the output."""
        return self.call(f"({typst(self.lane)})", self.plan.outer)

    def _signal_names(self) -> Text:
        stays = self.call(self.lane.names[1], self.inner)
        return self.names(self.left, (self._moved, self.theme.moving), (stays, self.theme.fixed))

    def names(self, chart: Chart, *parts: tuple[str, Ink]) -> Text:
        """Formulas in their inks above a chart."""
        line = " quad quad ".join(coloured(math, ink.colour) for math, ink in parts)
        formula = Formula(f"inline({line})", colour=self.theme.text.colour)
        width = chart.box.right - chart.box.left
        return stand(fitted(formula, width), chart.box.left, chart.box.top + _LEGEND)

    def _output_name(self) -> VGroup:
        name = self.names(self.right, (self.output, self.theme.output))
        words = Words(self.lane.operation, size=SMALL, colour=self.theme.muted.colour)
        return VGroup(name, stand(words, _END, name.baseline, align="right"))

    def _definition(self) -> Text:
        """What the output is, in the place where its chart will be."""
        theme, stays = self.theme, self.call(self.lane.names[1], self.inner)
        moved, stays = (
            coloured(math, ink.colour)
            for math, ink in ((self._moved, theme.moving), (stays, theme.fixed))
        )
        sums = f"sum_{self.inner} {moved} thin {stays}"
        if not self.plan.is_discrete:
            sums = f"integral {moved} thin {stays} dif {self.inner}"
        formula = Formula(f"inline(= {sums})", size=BODY, colour=theme.text.colour)
        fitted(formula, RIGHT[1] - RIGHT[0])
        return stand(formula, RIGHT[0], self.right.box.top - 0.4)

    def peak_mark(self) -> VGroup:
        """A ring on the output where it is farthest from zero, and its value."""
        t, y = self.lane.peak
        ink = self.theme.output
        place = self.right.point(t, float(y))
        math = self.plan.value(self.lane)
        if self.lane.pairing.is_auto:
            sums = "sum" if self.plan.is_discrete else "integral"
            math = f"inline({sums} {self.lane.names[0]}^2 = {math})"
        value = Formula(math, size=SMALL, colour=ink.colour)
        beside = 0.0 if self.lane.pairing.is_auto else 0.11  # a curve that has a cusp falls away
        level = place[1] + (beside if y > 0 else -beside - 0.2)
        stand(value, place[0] + 0.2, max(level, self.right.box.bottom + 0.07))
        self.mark = VGroup(Ring(place, ink), haloed(value, self.theme.ground))
        return self.mark

    def answered(self, text: str) -> VGroup:
        """An answer in words, beside the name of the output."""
        words, name = Words(text, size=SMALL, colour=self.theme.weight.colour), self.output_name[0]
        assert isinstance(name, Text)
        self.answer.add(stand(words, float(name.get_right()[0]) + 0.3, name.baseline))
        return self.answer

    def ghost(self, lane: Lane) -> Plot:
        """The output of another lane on this one's chart: dashed, or as wide hollow stems."""
        f, ink = lane.frames, replace(self.theme.ghost, width=4.0, dash=0.2)
        if isinstance(f, SlidingSum):
            values = np.stack([f.n, f.output], axis=1).astype(float)
            return wide_heads(StemPlot(self.right, ink, values, hollow=True))
        return Plot(self.right, ink, f.curve, f.output_impulses)

    def swapped_names(self, lane: Lane) -> Text:
        """The output, and the same with f and g in the other order."""
        other = self.call(f"({typst(lane)})", self.plan.outer)
        return self.names(self.right, (self.output, self.theme.output), (other, self.theme.ghost))

    def finding(self, lane: Lane) -> VGroup:
        """What the swap shows, in a formula and in words, in the place of the signals."""
        theme, t = self.theme, self.plan.outer
        here, there = f"({typst(self.lane)})", f"({typst(lane)})"
        if self.lane.pairing.flips:
            words, argument = "the same: it commutes", t
        elif self.lane.pairing.is_auto:
            words, argument = "its own mirror image", f"-{t}"
        else:
            words, argument = "mirrored about lag 0", f"-{t}"
        equal = (
            f"{self.call(there, t)} = {coloured(self.call(here, argument), theme.output.colour)}"
        )
        said = Words(words, size=BODY, colour=theme.text.colour)
        formula = Formula(equal, colour=theme.ghost.colour)
        middle = self.left.box.top - HEIGHT / 2
        return VGroup(stand(formula, LEFT[0], middle + 0.2), stand(said, LEFT[0], middle - 0.45))

    def set_out(self, scene: Explainer[Any], *leaving: Any) -> None:
        """From τ = 0 to the first step, and the chart of the output in place of its formula."""
        sliding = self.sliding
        there = float(self.lane.steps[0])
        scene.play(FadeOut(self.definition, *leaving), FadeIn(self.right_axes), seconds=0.6)
        scene.play(Glide(sliding.moving, sliding.handle, offset=there), seconds=0.9)
        scene.remove(sliding.moving, sliding.handle)
        scene.add(sliding.draw(0))
        scene.bring_to_front(self.fixed)

    def parts(self) -> list[Any]:
        """All of it, as it stands at the first step."""
        axes = [self.left_axes, self.right_axes]
        return [*axes, self.signal_names, self.output_name, self.sliding, self.fixed]

    def part_with(self, scene: Explainer[Any]) -> None:
        """Let the scene hold the parts of the sliding one by one."""
        scene.remove(self.sliding)
        scene.add(*self.sliding.submobjects)

    def slid_parts(self) -> list[Any]:
        """What has slid, and what it has slid over: all but the output."""
        s = self.sliding
        signals = [self.left_axes, self.signal_names, self.fixed]
        return [*signals, s.product, s.moving, s.handle, s.stem, s.dot, self.mark, self.answer]


def wide_heads(stems: StemPlot) -> StemPlot:
    """Heads so wide that another sequence's, at the same index, stands inside them."""
    assert isinstance(stems.curve, Stems)
    stems.curve.head = 0.15
    return stems.draw(*stems.state)


def typst(lane: Lane) -> str:
    """Typst mathematics of a lane: ``f star.op g``."""
    sign = "*" if lane.pairing.flips else "star.op"
    return f"{lane.names[0]} {sign} {lane.names[1]}"
