"""Flip, shift, multiply, integrate, drawn for two curves."""

from __future__ import annotations

from typing import Any, ClassVar

from manim import FadeIn, FadeOut, Transform

from scenes.kit.chart import Chart
from scenes.kit.plots import Area, Glide, Plot
from scenes.kit.sliding import ContinuousSliding, product_outline
from scenes.kit.story import SlidingStory
from scenes.kit.typeset import coloured
from scenes.numerals import brief
from scenes.plans.flip_and_shift import FlipAndShiftPlan
from scenes.theme import Ink

__all__ = ["FlipAndShift"]


class FlipAndShift(SlidingStory[FlipAndShiftPlan]):
    """Draws `FlipAndShiftPlan`."""

    plan_class: ClassVar[type[FlipAndShiftPlan]] = FlipAndShiftPlan
    sliding: ContinuousSliding
    inner = "tau"

    def plot(self, chart: Chart, ink: Ink, which: str) -> Plot:
        """A curve with its impulses."""
        frames = self.plan.frames
        if which == "fixed":
            return Plot(chart, ink, frames.fixed, frames.fixed_impulses)
        unflipped = frames.moving_impulses * [-1.0, 1.0]
        return Plot(chart, ink, frames.original, unflipped)

    def make_sliding(self) -> ContinuousSliding:
        """Curves, whose product has an area."""
        plan = self.plan
        return ContinuousSliding(
            plan.frames, self.upper, self.lower, self.theme, plan.place_decimals
        )

    @property
    def definition(self) -> str:
        """The convolution integral."""
        theme = self.theme
        math = coloured("y(t)", theme.output.colour)
        math += " = integral " + coloured("h(tau)", theme.fixed.colour)
        return math + " " + coloured("x(t - tau)", theme.moving.colour) + " dif tau"

    def beat_order(self) -> None:
        """Shift first and flip then: a ghost that lands elsewhere."""
        t = self.plan.example
        self.play(FadeOut(self.ghost), seconds=0.3)
        self.ghost.draw()
        legend = self.swap_legend("lower", "x(t - tau)", "moving", "x(-t - tau)", "ghost")
        right = self.note("flip, then shift:", f"at {brief(t)}", top=-1.25, role="moving")
        wrong = self.note("shift, then flip:", f"at {brief(-t)}", top=-2.35, role="ghost")
        self.play(*self.swap_notes(right), FadeIn(self.ghost), seconds=0.6)
        self.play(Glide(self.ghost, offset=t), seconds=1.5)
        self.play(Glide(self.ghost, sign=-1.0, offset=-t), *legend, seconds=1.5)
        self.play(FadeIn(wrong), seconds=0.5)
        self.keep_note(wrong)

    def beat_multiply(self) -> None:
        """Bring x up to h, and fill the product."""
        self.bring_together(self.ghost)
        self.fill_product()
        note = self.note("zero wherever", "one of them is", top=2.05, role="product")
        self.play(FadeIn(self.sliding.limits), *self.swap_notes(note), seconds=0.7)

    def beat_area(self) -> None:
        """The area becomes the height of one dot of the output."""
        self.clear_notes()
        self.open_output()
        self.show_output(self.sliding.area)
        self.play(FadeIn(self.readout), seconds=0.7)

    def beat_double(self) -> None:
        """Twice the height, the same limits, twice the area."""
        plan, sliding = self.plan, self.sliding
        self.single = sliding.area.copy()
        double = Area(self.upper, self.theme.product, product_outline(plan.doubled, 0))
        once, twice = plan.doubling
        legend = self.swap_legend(
            "upper",
            "h(tau)",
            "fixed",
            "2 x(t - tau)",
            "moving",
            "h(tau) thin 2 x(t - tau)",
            "product",
        )
        note = self.note("x twice as high:", "the same limits,", "twice the area", top=2.2)
        areas = self.note(f"{once} → {twice}", top=0.6, role="product")
        self.play(FadeOut(self.readout), *self.swap_notes(note), seconds=0.5)
        self.play(
            Glide(sliding.moving, height=2.0), Transform(sliding.area, double), *legend, seconds=1.6
        )
        self.play(FadeIn(areas), seconds=0.5)
        self.keep_note(areas)

    def _product_legend(self, x: str) -> list[Any]:
        """The names of h, of x, and of their product above the upper chart."""
        return self.swap_legend(
            "upper", "h(tau)", "fixed", x, "moving", f"h(tau) thin {x}", "product"
        )

    def beat_predict(self) -> None:
        """Back to the true height first."""
        single = Transform(self.sliding.area, self.single)
        legend = self._product_legend("x(t - tau)")
        self.clear_notes()
        self.play(Glide(self.sliding.moving, height=1.0), single, *legend, seconds=0.8)
        super().beat_predict()

    def findings(self) -> list[tuple[str, str]]:
        """The areas too, where they are finite."""
        found = super().findings()
        if self.plan.areas is not None:
            one, other, whole = (brief(area) for area in self.plan.areas)
            found.append(("areas of h, x and y", f"{one} dot {other} = {whole}"))
        return found
