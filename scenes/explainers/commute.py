"""h * x = x * h, drawn as two slides side by side that feed one output."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar, Self

import numpy as np
from manim import (
    RIGHT,
    UL,
    Create,
    FadeIn,
    FadeOut,
    ReplacementTransform,
    VGroup,
    VMobject,
    linear,
)

from convmath import SlidingProduct
from convmath.arrays import FloatArray
from scenes.kit.chart import Axes, Box, Chart
from scenes.kit.frame import SAFE_X
from scenes.kit.plots import Curve, Glide, Plot, dashed_line
from scenes.kit.readout import facts
from scenes.kit.sliding import ContinuousSliding, Slide, product_impulses, product_outline
from scenes.kit.story import SlidingStory
from scenes.kit.typeset import (
    BODY,
    HEADING,
    SMALL,
    Formula,
    Number,
    Text,
    Words,
    coloured,
    fitted,
    haloed,
    resized,
    stand,
)
from scenes.numerals import brief
from scenes.plans.commute import CommutePlan
from scenes.theme import Ink, Theme

__all__ = ["Commute"]

LEFT_BOX = Box(left=-6.05, right=-0.75, bottom=0.3, top=2.1)
RIGHT_BOX = Box(left=0.95, right=6.25, bottom=0.3, top=2.1)
LOWER = Box(left=-6.05, right=2.2, bottom=-3.1, top=-1.4)
PANEL = Box(left=3.1, right=SAFE_X, bottom=-3.4, top=-1.15)
_LEGEND = 0.55  # how far above a chart its formulas stand
_LEGEND_WIDTH = 5.6
_EQUATION = -0.82  # baseline of "area = area"
_WIRE = _EQUATION - 0.26  # level at which both areas are led to the output
_MIDDLE = 0.1  # of the picture, between both charts
_SPACE = 0.16  # between words and a number
_GAP = 0.38  # between the equals sign and what stands beside it
_WIDEST = 12.0  # a formula that is wider (or tall) stands below the charts
_BELOW = Box(left=LEFT_BOX.left, right=RIGHT_BOX.right, bottom=-2.75, top=-0.6)  # for these
_NOTES = -1.6  # top of the words beside the output


class OrderSliding(ContinuousSliding):
    """One of both orders: the area of its product stands in one equation with the other's.

    Parameters
    ----------
    leads
        Whether it draws the output; that of the other order would be the same.
    """

    def __init__(
        self,
        frames: SlidingProduct,
        upper: Chart,
        lower: Chart,
        theme: Theme,
        decimals: tuple[int, int],
        *,
        leads: bool,
    ) -> None:
        self.leads = leads
        ink = theme.product.colour
        self.number = Number(colour=ink, decimals=decimals[1], align="right")
        self.words = Words("area", size=BODY, colour=ink)
        extremes = float(frames.output.min()), float(frames.output.max())
        room = max(float(self.number.draw(value, 0, 0).width) for value in extremes)
        width = float(self.words.width) + _SPACE + room
        left = _MIDDLE - _GAP - width if leads else _MIDDLE + _GAP
        stand(self.words, left, _EQUATION)
        self.centre, self.right = left + width / 2, left + width
        super().__init__(frames, upper, lower, theme, decimals[0])

    def parts(self) -> tuple[VMobject, ...]:
        """All that slides, from back to front; only one of both draws the output."""
        own = (self.product, self.moving, self.handle, self.words, self.number, self.drop)
        return (*own, self.stem, self.trace, self.dot) if self.leads else own

    def feed(self, place: FloatArray) -> FloatArray:
        """From the area along a wire, which both orders share, and down to the output."""
        start, corner = ([self.centre, level, 0.0] for level in (_EQUATION - 0.1, _WIRE))
        if self.leads:
            return np.array([start, corner, [place[0], _WIRE, 0.0], place])
        joint = np.clip(place[0], 2 * _MIDDLE - self.centre, self.centre)
        return np.array([start, corner, [joint, _WIRE, 0.0]])

    def draw(self, index: float) -> Self:
        """Show one step, and its area as a number."""
        self.number.draw(float(self.frames.output[round(index)]), self.right, _EQUATION)
        return super().draw(index)


class Commute(SlidingStory[CommutePlan]):
    """Draws `CommutePlan`: h is drawn in one ink and x in another, whichever slides."""

    plan_class: ClassVar[type[CommutePlan]] = CommutePlan
    sliding: OrderSliding
    inner = "tau"
    panel: ClassVar[Box] = PANEL
    gap: ClassVar[str] = "quad"

    def stage(self) -> None:
        """Lay out both orders above, and the output below."""
        plan, theme = self.plan, self.theme
        self.upper = Chart(plan.window, plan.upper_range, LEFT_BOX)
        self.right = Chart(plan.window, plan.upper_range, RIGHT_BOX)
        self.lower = Chart(plan.places, plan.lower_range, LOWER)
        self.across = RIGHT * (RIGHT_BOX.left - LEFT_BOX.left)
        self.h_plot = self.plot(self.upper, theme.fixed, "fixed")
        self.x_plot = self.plot(self.right, theme.moving, "original")
        self.sliding = self.make_sliding()
        swapped = replace(theme, fixed=theme.moving, moving=theme.fixed)
        self.other = self._order(plan.frames.swapped, self.right, swapped, leads=False)
        self.axes = [Axes(c, theme, variable="tau", x_ticks=9) for c in (self.upper, self.right)]
        self.legends = [
            self.legend(self.upper, self.named("h", "tau"), "fixed"),
            self.legend(self.right, self.named("x", "tau"), "moving"),
        ]
        self.notes = VGroup()

    def make_sliding(self) -> OrderSliding:
        """The first order."""
        return self._order(self.plan.frames, self.upper, self.theme, leads=True)

    def _order(
        self, frames: SlidingProduct, chart: Chart, theme: Theme, *, leads: bool
    ) -> OrderSliding:
        decimals = self.plan.place_decimals, self.plan.decimals
        return OrderSliding(frames, chart, self.lower, theme, decimals, leads=leads)

    def plot(self, chart: Chart, ink: Ink, which: str) -> Plot:
        """h (``"fixed"``) or x (``"original"``) as a curve with its impulses."""
        f = self.plan.frames
        if which == "fixed":
            return Plot(chart, ink, f.fixed, f.fixed_impulses)
        return Plot(chart, ink, f.swapped_fixed, f.swapped_fixed_impulses)

    @property
    def definition(self) -> str:
        """The convolution integral, x over h."""
        return self._integral("h(tau)", "x(t - tau)", "tau")

    def _integral(
        self, one: str, other: str, variable: str, low: str = "-oo", high: str = "oo"
    ) -> str:
        theme = self.theme
        inks = {"h": theme.fixed.colour, "x": theme.moving.colour}
        factors = " thin ".join(coloured(factor, inks[factor[0]]) for factor in (one, other))
        return f"inline(integral_({low})^({high}) {factors} dif {variable})"

    def legend(self, chart: Chart, *parts: str) -> Text:
        """Formulas above a chart, hardly wider than it; there is room for a label below them."""
        legend = fitted(super().legend(chart, *parts), _LEGEND_WIDTH)
        return stand(legend, chart.box.left, chart.box.top + _LEGEND)

    def is_tall(self, signal: str) -> bool:
        """Or too wide for the line above its chart."""
        line = Formula(f"inline({self.defined(signal, self.inner)})", colour="#000000")
        return super().is_tall(signal) or float(line.width) > _WIDEST

    def beat_signals(self) -> None:
        """Each signal on its own chart, and the question."""
        for k, plot in enumerate((self.h_plot, self.x_plot)):
            self.play(FadeIn(self.axes[k], self.legends[k]), seconds=0.6)
            self.play(Create(plot), seconds=1.0)
        h, x = self._inked("h", "x")
        question = Formula(
            f'{h} * {x} quad = quad {x} * {h} quad "?"',
            size=1.3 * HEADING,
            colour=self.theme.text.colour,
        )
        formulas = self._formulas()
        stand(question, _MIDDLE, -3.4 if formulas else -2.0, align="centre")
        self.notes = VGroup(question, *formulas)
        self.play(FadeIn(self.notes), seconds=0.8)

    def _inked(self, h: str, x: str) -> tuple[str, str]:
        """Typst mathematics of something of h and something of x, in their inks."""
        return coloured(h, self.theme.fixed.colour), coloured(x, self.theme.moving.colour)

    def _formulas(self) -> list[Text]:
        """The formulas that have no room above their charts: below them, or line by line."""
        rows = [("h", "fixed", LEFT_BOX), ("x", "moving", RIGHT_BOX)]
        rows = [row for row in rows if self.is_tall(row[0])]
        height, width = _BELOW.top - _BELOW.bottom, LEFT_BOX.right - LEFT_BOX.left
        lines = [self._formula(signal, role, height) for signal, role, _ in rows]
        if all(float(line.width) <= width for line in lines):
            for line, (*_, box) in zip(lines, rows, strict=True):
                line.move_to((box.left, _BELOW.top, 0.0), aligned_edge=UL)
            return lines
        share = height / len(lines)
        lines = [self._formula(signal, role, share - 0.15) for signal, role, _ in rows]
        for k, line in enumerate(lines):
            line.move_to((_BELOW.left, _BELOW.top - k * share, 0.0), aligned_edge=UL)
        return lines

    def _formula(self, signal: str, role: str, height: float) -> Text:
        """A signal's formula, no higher than this."""
        ink = getattr(self.theme, role)
        line = Formula(self.defined(signal, self.inner), size=BODY, colour=ink.colour)
        fitted(line, _BELOW.right - _BELOW.left)
        return resized(line, min(1.0, height / float(line.height)))

    def beat_first(self) -> None:
        """x comes over to h, flipped and shifted."""
        mover = self.plot(self.upper, self.theme.moving, "original")
        legend = self._swap(0, "h(tau)", "fixed", "x(t - tau)", "moving")
        self._turn_over(self.sliding, mover, self.across, legend)

    def _swap(self, k: int, *parts: str) -> list[Any]:
        """Other formulas above the left (0) or the right (1) chart; the animations of it.

        In front stands what the area of their product is: the convolution in this order.
        """
        chart, order = (self.right, "x * h:") if k else (self.upper, "h * x:")
        old, self.legends[k] = self.legends[k], self.legend(chart, order, "text", *parts)
        return [FadeOut(old), FadeIn(self.legends[k])]

    def _turn_over(
        self, order: OrderSliding, mover: Plot, away: FloatArray, legend: list[Any]
    ) -> None:
        """Bring a signal from its own chart to the other, and mirror it to its place there."""
        plan = self.plan
        self.add(mover.shift(away))
        self.play(mover.animate.shift(-away), seconds=1.3)
        order.draw(plan.index(plan.example))
        self.play(FadeIn(order.handle.draw(0.0)), *legend, seconds=0.6)
        glide = Glide(mover, order.handle, sign=-1.0, offset=plan.example)
        self.play(glide, seconds=1.8)
        self.remove(mover)
        self.add(order.moving)

    def beat_area(self) -> None:
        """The product, its area, and the output that this area is."""
        sliding, theme = self.sliding, self.theme
        product = ("h(tau) thin x(t - tau)", "product")
        legend = self._swap(0, "h(tau)", "fixed", "x(t - tau)", "moving", *product)
        self.bring_to_back(sliding.product)
        self.clear_notes()
        self.play(FadeIn(sliding.product), *legend, seconds=0.8)
        self.play(FadeIn(sliding.words, sliding.number), seconds=0.5)
        axes = Axes(self.lower, theme, variable="t")
        name = haloed(self.legend(self.lower, "y(t)", "output"), theme.ground)
        self.play(FadeIn(axes, name), seconds=0.6)
        self._feed(sliding, VGroup(sliding.stem, sliding.dot))

    def _feed(self, order: OrderSliding, output: VMobject) -> None:
        """The area of a product becomes the height of the output."""
        self.play(FadeIn(order.drop), seconds=0.4)
        self.play(ReplacementTransform(order.area.copy(), output), seconds=1.2)

    def beat_predict(self) -> None:
        """The same question, about numbers."""
        self.unknown = Formula('"?"', colour=self.theme.product.colour)
        stand(self.unknown, float(self.other.words.get_right()[0]) + _SPACE, _EQUATION)
        question = self.note("Now h slides over x.", "Is the area the same?", top=_NOTES)
        self.play(FadeIn(self.other.words, self.unknown), *self.swap_notes(question), seconds=0.8)

    def beat_second(self) -> None:
        """h comes over to x; the area is the same, and so is the output."""
        other = self.other
        self.clear_notes()
        mover = self.plot(self.right, self.theme.fixed, "fixed")
        names = ("x(tau)", "moving", "h(t - tau)", "fixed")
        self._turn_over(other, mover, -self.across, self._swap(1, *names))
        legend = self._swap(1, *names, "x(tau) thin h(t - tau)", "product")
        self.bring_to_back(other.product)
        self.play(FadeIn(other.product), *legend, seconds=0.8)
        self.equals = stand(
            Formula("=", colour=self.theme.text.colour), _MIDDLE, _EQUATION, align="centre"
        )
        self.play(FadeOut(self.unknown), FadeIn(other.number, self.equals), seconds=0.6)
        landing = VGroup(self.sliding.stem.copy(), self.sliding.dot.copy())
        self._feed(other, landing)
        self.remove(landing)

    def beat_mirror(self) -> None:
        """The left picture turns over about τ = t/2, and comes to lie on the right one."""
        plan, t = self.plan, self.plan.example
        lines = [self._mirror_line(chart) for chart in (self.upper, self.right)]
        step = plan.index(t)
        values = product_outline(plan.frames, step), product_impulses(plan.frames, step)
        product = Plot(self.upper, self.theme.product, *values, filled=True)
        parts: list[Plot] = [product, self.h_plot.copy(), self.sliding.moving.copy()]
        turns = [Glide(part, sign=-1.0, offset=t - part.state[1]) for part in parts]
        sheet, ghosts = VGroup(*parts), self._ghosts()
        self.play(FadeIn(lines[0]), seconds=0.6)
        self.add(sheet)
        self.remove(*self._turned)
        self.play(FadeOut(self.other.product), FadeIn(ghosts), seconds=0.5)
        self.play(*turns, seconds=2.2)
        self.play(FadeIn(lines[1]), seconds=0.4)
        self.play(sheet.animate.shift(self.across), seconds=1.8)
        self.notes = self.note("The same shape,", "reversed:", "the same area.", top=_NOTES)
        self.play(FadeIn(self.notes), seconds=0.6)
        self.mirrored = VGroup(sheet, ghosts, *lines)

    @property
    def _turned(self) -> list[VMobject]:
        """The left picture, which leaves its place when it turns over."""
        return [self.sliding.product, self.h_plot, self.sliding.moving]

    def _leave_mirror(self) -> None:
        """Both pictures as they were."""
        returning = [self.other.product, *self._turned]
        self.add(*returning)
        self.bring_to_back(self.sliding.product, self.other.product)
        fades = [FadeIn(part) for part in returning]  # one by one, so that products stay behind
        self.play(FadeOut(self.mirrored, self.notes), *fades, seconds=0.5)
        self.notes = VGroup()

    def _mirror_line(self, chart: Chart) -> VGroup:
        """A dashed line at τ = t/2, named above the chart."""
        ink, at = self.theme.text, self.plan.mirror
        line = VMobject(stroke_color=ink.colour, stroke_width=self.theme.ghost.width)
        foot, top = (chart.point(at, y) for y in chart.y_range)
        line.points = dashed_line(foot, top, self.theme.ghost.dash)
        name = Formula(rf"t\/2 = {brief(at)}", size=SMALL, colour=ink.colour)
        return VGroup(line, stand(name, top[0], chart.box.top + 0.1, align="centre"))

    def _ghosts(self) -> VGroup:
        """Where both products are, as dashed outlines."""
        frames, step = self.plan.frames, self.plan.index(self.plan.example)
        polygons = (frames.at(step).polygon, frames.swapped.at(step).polygon)
        charts = (self.upper, self.right)
        ink = replace(self.theme.product, dash=self.theme.ghost.dash)
        return VGroup(*(Curve(c, ink, p) for c, p in zip(charts, polygons, strict=True)))

    def beat_substitute(self) -> None:
        """Three lines that say the same in symbols."""
        self._leave_mirror()
        mathematics = (
            self.definition,
            "= - " + self._integral("h(t - sigma)", "x(sigma)", "sigma", "oo", "-oo"),
            "= " + self._integral("x(sigma)", "h(t - sigma)", "sigma"),
        )
        lines = [Formula(m, size=BODY, colour=self.theme.text.colour) for m in mathematics]
        size = min(1.0, (PANEL.right - PANEL.left) / max(float(line.width) for line in lines))
        for k, line in enumerate(lines):
            stand(resized(line, size), PANEL.right, PANEL.top - 0.5 - 0.8 * k, align="right")
            self.play(FadeIn(line), seconds=0.8)
            self.keep_note(line)
            self.hold(1.2)

    def _slide_to(self, moment: str) -> None:
        """Back to the start first, if nothing has slid yet."""
        if moment == next(iter(self.plan.moments)):
            self.clear_notes()
            self._rewind()
        super()._slide_to(moment)

    def _rewind(self) -> None:
        """Both orders as a whole from now on, back at the first t."""
        for order, still in ((self.sliding, self.h_plot), (self.other, self.x_plot)):
            self.remove(*order.parts())
            self.add(order)
            self.bring_to_front(still)
        self.sliding.draw_trace(0)
        self.sliding.traces = False  # what is to be drawn later is not shown on the way back
        self._run_to(0, seconds=1.5)
        self.sliding.traces = True

    def _run_to(self, step: int, seconds: float | None = None) -> None:
        """Slide in both orders at once."""
        places, here = self.plan.steps, round(self.sliding.index)
        if seconds is None:
            seconds = self.plan.slide_seconds(float(places[here]), float(places[step]))
        slides = [Slide(order, step, rate_func=linear) for order in (self.sliding, self.other)]
        self.play(*slides, seconds=seconds)

    def beat_whole(self) -> None:
        """The rest of the slide, then what it has shown."""
        self.clear_notes()
        self._run_to(len(self.plan.frames) - 1)
        first, other = self.sliding, self.other
        h, x = self._inked("h", "x")
        said = Formula(
            f"({h} * {x})(t) = ({x} * {h})(t)", size=HEADING, colour=self.theme.text.colour
        )
        stand(said, _MIDDLE, _EQUATION, align="centre")
        live = [m for order in (first, other) for m in (order.words, order.number, order.drop)]
        live += [first.handle, other.handle, first.stem, first.dot, self.equals]
        self.play(FadeOut(*live), seconds=0.5)
        self.play(FadeIn(said, facts(self.findings(), self.theme, PANEL)), seconds=0.8)

    def findings(self) -> list[tuple[str, str]]:
        """The peak, if there is one."""
        return super().findings()[1:]
