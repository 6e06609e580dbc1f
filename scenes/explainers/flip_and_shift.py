"""Flip, shift, multiply, integrate, drawn for two curves."""

from __future__ import annotations

from typing import ClassVar

from manim import Create, FadeIn, FadeOut, ReplacementTransform, Transform, VGroup, linear

from scenes.kit.chart import Axes, Box, Chart, bracket
from scenes.kit.explainer import SAFE_X, Explainer
from scenes.kit.plots import Area, Glide, Plot, Ring
from scenes.kit.readout import Readout, Row, facts
from scenes.kit.sliding import ContinuousSliding, Handle, Slide, product_outline
from scenes.kit.typeset import BODY, SMALL, Formula, Text, Words, coloured, fitted, haloed, stand
from scenes.numerals import brief, number
from scenes.plans.flip_and_shift import FlipAndShiftPlan

__all__ = ["FlipAndShift"]

UPPER = Box(left=-6.05, right=3.0, bottom=0.55, top=2.45)
LOWER = Box(left=-6.05, right=3.0, bottom=-3.1, top=-1.2)
PANEL = Box(left=3.85, right=SAFE_X, bottom=-3.1, top=2.45)
LEGEND = 0.32  # how far above a chart its formulas stand


class FlipAndShift(Explainer[FlipAndShiftPlan]):
    """Draws `FlipAndShiftPlan`."""

    plan_class: ClassVar[type[FlipAndShiftPlan]] = FlipAndShiftPlan

    def stage(self) -> None:
        """Lay out the two charts and everything that appears in more than one beat."""
        plan, theme, frames = self.plan, self.theme, self.plan.frames
        self.upper = Chart(plan.window, plan.upper_range, UPPER)
        self.shelf = Chart(plan.window, plan.shelf_range, LOWER)  # where x waits
        self.lower = Chart(plan.window, plan.lower_range, LOWER)
        self.h_plot = Plot(self.upper, theme.fixed, frames.fixed, frames.fixed_impulses)
        self.x_plot = Plot(self.shelf, theme.moving, frames.original, plan.x_impulses)
        self.sliding = ContinuousSliding(frames, self.upper, self.lower, theme)
        self.handle = Handle(self.shelf, theme, "t")
        self.upper_axes = Axes(self.upper, theme, variable="t")
        self.shelf_axes = Axes(self.shelf, theme, variable="t")
        self.upper_legend = self._legend(self.upper, "h(t) = " + plan.h.formula("t"), "fixed")
        self.lower_legend = self._legend(self.shelf, "x(t) = " + plan.x.formula("t"), "moving")

    def _legend(self, chart: Chart, *parts: str) -> Text:
        """Formulas in the inks of their roles, above a chart: math, role, math, role …"""
        maths, roles = parts[0::2], parts[1::2]
        inks = (getattr(self.theme, role).colour for role in roles)
        line = " quad quad ".join(coloured(m, ink) for m, ink in zip(maths, inks, strict=True))
        legend = fitted(Formula(f"inline({line})", colour=self.theme.text.colour), 12.5)
        return stand(legend, chart.box.left, chart.box.top + LEGEND)

    def _swap(self, old: Text, *parts: str) -> tuple[Text, list[FadeIn | FadeOut]]:
        """A new legend in the place of an old one, and the animations of the change."""
        new = self._legend(self.upper if old is self.upper_legend else self.shelf, *parts)
        return new, [FadeOut(old), FadeIn(new)]

    def _note(self, *lines: str, top: float, role: str = "text") -> VGroup:
        """Plain words in the panel on the right, from ``top`` down."""
        ink = getattr(self.theme, role)
        words = [Words(line, size=BODY, colour=ink.colour) for line in lines]
        for row, line in enumerate(words):
            stand(fitted(line, PANEL.right - PANEL.left), PANEL.left, top - 0.25 - 0.5 * row)
        return VGroup(*words)

    def beat_signals(self) -> None:
        """Each signal on its own chart."""
        self.notes = VGroup(
            self._note("h stays", top=1.8, role="fixed"),
            self._note("x will move", top=-1.85, role="moving"),
        )
        self.play(FadeIn(self.upper_axes), FadeIn(self.upper_legend), seconds=0.6)
        self.play(Create(self.h_plot), FadeIn(self.notes[0]), seconds=1.2)
        self.play(FadeIn(self.shelf_axes), FadeIn(self.lower_legend), seconds=0.6)
        self.play(Create(self.x_plot), FadeIn(self.notes[1]), seconds=1.2)

    def beat_rename(self) -> None:
        """The letter t gives way to τ; nothing else changes."""
        plan = self.plan
        both = (self.upper_axes, self.shelf_axes)
        upper, shelf = (axes.variable for axes in both)
        new_upper, new_shelf = (axes.relabelled("tau") for axes in both)
        h_name = "h(tau) = " + plan.h.formula("tau")
        x_name = "x(tau) = " + plan.x.formula("tau")
        self.upper_legend, h_change = self._swap(self.upper_legend, h_name, "fixed")
        self.lower_legend, x_change = self._swap(self.lower_legend, x_name, "moving")
        notes = VGroup(
            self._note("a new letter,", "the same curve", top=2.05),
            self._note("t is kept for", "the output", top=-1.6),
        )
        self.play(FadeOut(self.notes), seconds=0.4)
        self.play(*h_change, FadeOut(upper), FadeIn(new_upper), FadeIn(notes[0]))
        self.play(*x_change, FadeOut(shelf), FadeIn(new_shelf))
        self.play(FadeIn(notes[1]), seconds=0.6)
        self.notes = notes

    def beat_flip(self) -> None:
        """Mirror x about the vertical axis; where it was stays as a ghost."""
        plan = self.plan
        self.ghost = Plot(self.shelf, self.theme.ghost, plan.frames.original, plan.x_impulses)
        self.lower_legend, name = self._swap(
            self.lower_legend, "x(-tau)", "moving", "x(tau)", "ghost"
        )
        self.play(FadeOut(self.notes), FadeIn(self.ghost), *name, seconds=0.7)
        self.bring_to_front(self.x_plot)
        self.notes = self._note("mirrored", "about τ = 0", top=-1.6, role="moving")
        self.play(Glide(self.x_plot, sign=-1.0), seconds=1.8)
        self.play(FadeIn(self.notes), seconds=0.5)

    def beat_shift(self) -> None:
        """Move the flipped signal by t, by its handle."""
        self.lower_legend, name = self._swap(self.lower_legend, "x(t - tau)", "moving")
        self.play(
            FadeOut(self.ghost, self.notes), *name, FadeIn(self.handle.show(0.0)), seconds=0.7
        )
        t = brief(self.plan.example)
        self.notes = self._note("its handle", f"is at τ = t = {t}", top=-1.6, role="moving")
        self.play(Glide(self.x_plot, self.handle, offset=self.plan.example), seconds=2.0)
        self.play(FadeIn(self.notes), seconds=0.5)

    def beat_order(self) -> None:
        """Shift first and flip then: a ghost that lands elsewhere."""
        t = self.plan.example
        self.ghost.show()
        self.lower_legend, name = self._swap(
            self.lower_legend, "x(t - tau)", "moving", "x(-t - tau)", "ghost"
        )
        notes = VGroup(
            self._note("flip, then shift:", f"at {brief(t)}", top=-1.25, role="moving"),
            self._note("shift, then flip:", f"at {brief(-t)}", top=-2.35, role="ghost"),
        )
        self.play(FadeOut(self.notes), FadeIn(self.ghost), seconds=0.6)
        self.play(Glide(self.ghost, offset=t), seconds=1.5)
        self.play(Glide(self.ghost, sign=-1.0, offset=-t), *name, seconds=1.5)
        self.play(FadeIn(notes), seconds=0.5)
        self.notes = notes

    def beat_multiply(self) -> None:
        """Bring x up to h, and fill the product."""
        sliding = self.sliding.show(self.plan.index(self.plan.example))
        self.upper_legend, name = self._swap(
            self.upper_legend,
            "h(tau)",
            "fixed",
            "x(t - tau)",
            "moving",
            "h(tau) x(t - tau)",
            "product",
        )
        self.play(FadeOut(self.ghost, self.notes, self.lower_legend), seconds=0.5)
        self.play(
            ReplacementTransform(self.x_plot, sliding.moving),
            ReplacementTransform(self.handle, sliding.handle),
            FadeOut(self.shelf_axes),
            *name,
            seconds=1.5,
        )
        self.play(FadeIn(sliding.product), seconds=1.0)
        self.notes = self._note("zero wherever", "one of them is", top=2.05, role="product")
        self.play(FadeIn(sliding.limits, self.notes), seconds=0.7)

    def beat_area(self) -> None:
        """The area becomes the height of one dot of the output."""
        sliding = self.sliding
        self.lower_axes = Axes(self.lower, self.theme, variable="t")
        self.lower_legend = self._output_legend()
        self.readout = self._readout()
        self.play(FadeOut(self.notes), FadeIn(self.lower_axes, self.lower_legend))
        self.play(FadeIn(sliding.drop), seconds=0.4)
        self.play(ReplacementTransform(sliding.area.copy(), sliding.dot), seconds=1.4)
        self.play(FadeIn(self.readout), seconds=0.7)

    def _output_legend(self) -> Text:
        """The definition of y, beside its chart, in the inks of its parts."""
        theme = self.theme
        math = coloured("y(t)", theme.output.colour)
        math += " = integral " + coloured("h(tau)", theme.fixed.colour)
        math += " " + coloured("x(t - tau)", theme.moving.colour) + " dif tau"
        legend = Formula(f"inline({math})", colour=theme.text.colour)
        return stand(fitted(legend, PANEL.right - PANEL.left), PANEL.left, LOWER.top - 0.3)

    def _readout(self) -> Readout:
        """The live numbers: t, both limits, and y."""
        theme = self.theme
        low, high = self.plan.limit_formulas
        readout = Readout(
            [
                Row("t", theme.moving.colour),
                Row("limits of integration", theme.muted.colour, decimals=None),
                Row(low, theme.product.colour, size=BODY),
                Row(high, theme.product.colour, size=BODY),
                Row("y(t)", theme.output.colour, decimals=3),
            ],
            left=PANEL.left,
            right=PANEL.right,
            top=PANEL.top,
        )
        self.sliding.attach(readout)
        return readout

    def beat_double(self) -> None:
        """Twice the height, the same limits, twice the area."""
        plan, sliding = self.plan, self.sliding
        self.single = sliding.area.copy()
        double = Area(self.upper, self.theme.product, product_outline(plan.doubled, 0))
        area = number(float(plan.doubled.output[0]), 3)
        self.question = self._note("x twice as high:", f"area {area}", top=-2.0)
        self.play(Glide(sliding.moving, height=2.0), Transform(sliding.area, double), seconds=1.6)
        self.play(FadeIn(self.question), seconds=0.5)

    def beat_predict(self) -> None:
        """Back to the true height, to the start of the slide, and a question."""
        sliding = self.sliding
        single = Transform(sliding.area, self.single)
        self.play(Glide(sliding.moving, height=1.0), single, FadeOut(self.question), seconds=0.8)
        self.remove(*sliding.parts())
        self.add(sliding)
        self.question = self._note(
            "Where does y begin?", "Where is its peak?", "Where does it end?", top=-1.85
        )
        self.play(Slide(sliding, 0), seconds=1.5)
        self.play(FadeIn(self.question), seconds=0.6)

    def beat_enter(self) -> None:
        """Slide until y is half its peak."""
        self._slide_to("enter")

    def beat_peak(self) -> None:
        """Slide to the largest y."""
        self._slide_to("peak")

    def beat_leave(self) -> None:
        """Slide until y has fallen to a quarter of its peak."""
        self._slide_to("leave")

    def _slide_to(self, moment: str) -> None:
        plan, sliding = self.plan, self.sliding
        step = plan.index(plan.moments[moment])
        if self.question in self.mobjects:
            self.play(FadeOut(self.question), seconds=0.4)
        self._run_to(step)
        mark = self._mark(step)
        self.play(FadeIn(mark), seconds=0.5)
        self.bring_to_front(sliding)

    def _run_to(self, step: int) -> None:
        t = self.plan.frames.t
        here = round(self.sliding.index)
        seconds = self.plan.slide_seconds(float(t[here]), float(t[step]))
        self.play(Slide(self.sliding, step, rate_func=linear), seconds=seconds)

    def _mark(self, step: int) -> VGroup:
        """A ring on the output and its value, which stay."""
        ink = self.theme.output
        frames = self.plan.frames
        place = self.lower.point(float(frames.t[step]), float(frames.output[step]))
        value = Formula(number(float(frames.output[step]), 3), size=SMALL, colour=ink.colour)
        haloed(value, self.theme.ground)
        rising = frames.t[step] < self.plan.peak[0]
        side, align = (-0.18, "right") if rising else (0.18, "left")
        return VGroup(Ring(place, ink), stand(value, place[0] + side, place[1] + 0.1, align=align))

    def beat_whole(self) -> None:
        """The rest of the slide, then what can be read off the whole output."""
        self._run_to(len(self.plan.frames) - 1)
        sliding = self.sliding
        support = bracket(
            self.lower, self.theme.output, *self.plan.frames.support, level=LOWER.bottom - 0.12
        )
        self.play(
            FadeOut(self.readout, sliding.drop, sliding.limits, sliding.handle, sliding.dot),
            FadeIn(self._facts(), support),
            seconds=0.8,
        )

    def _facts(self) -> VGroup:
        """What the whole output says, in the panel."""
        plan = self.plan
        peak_t, peak_y = plan.peak
        pairs = [
            ("y lives on", plan.support_formula),
            ("largest", f"y({brief(peak_t)}) = {number(peak_y, 3)}"),
        ]
        if plan.areas is not None:
            one, other, whole = (brief(a) for a in plan.areas)
            pairs.append(("areas of h, x and y", f"{one} dot {other} = {whole}"))
        return facts(pairs, self.theme, PANEL)
