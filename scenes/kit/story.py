"""The beats that every flip-and-shift story shares, whatever its signals are drawn as."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, ClassVar, Literal, TypeVar

from manim import (
    LEFT,
    Create,
    FadeIn,
    FadeOut,
    ReplacementTransform,
    VGroup,
    VMobject,
    linear,
)

from scenes.kit.chart import Axes, Box, Chart, bracket
from scenes.kit.explainer import Explainer
from scenes.kit.frame import SAFE_X
from scenes.kit.plots import Glide, Plot, Ring
from scenes.kit.readout import Readout, Row, facts
from scenes.kit.sliding import Handle, Slide, Sliding
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
from scenes.numerals import brief, number
from scenes.plans.sliding import SlidingPlan
from scenes.theme import Ink

__all__ = ["LOWER", "PANEL", "UPPER", "SlidingStory"]

PlanT = TypeVar("PlanT", bound=SlidingPlan[Any, Any])

UPPER = Box(left=-6.05, right=3.0, bottom=0.55, top=2.45)
LOWER = Box(left=-6.05, right=3.0, bottom=-3.1, top=-1.2)
PANEL = Box(left=3.85, right=SAFE_X, bottom=-3.1, top=2.45)
_TALLEST = 0.62  # a formula above a chart
_LEGEND = 0.32  # how far above a chart its formulas stand


class SlidingStory(Explainer[PlanT]):
    """Two charts under each other and a panel beside them.

    Above, h stays and x slides over it; below, x waits at first and y is drawn later. A subclass
    makes the `plots` and the `make_sliding` of its kind of signal.

    Attributes
    ----------
    inner
        Typst mathematics of the variable of the sum: ``tau`` or ``k``.
    panel
        Where words and numbers stand.
    gap
        Typst mathematics of the space between the formulas above a chart.
    """

    inner: str
    panel: ClassVar[Box] = PANEL
    gap: ClassVar[str] = "quad quad"

    @abstractmethod
    def plot(self, chart: Chart, ink: Ink, which: str) -> Plot:
        """h (``"fixed"``) or x before the flip (``"original"``) on a chart."""

    @abstractmethod
    def make_sliding(self) -> Sliding[Any]:
        """The sliding mechanism between the two charts."""

    @property
    @abstractmethod
    def definition(self) -> str:
        """Typst mathematics of what y is, in the inks of its parts."""

    def stage(self) -> None:
        """Lay out the two charts and everything that appears in more than one beat."""
        plan, theme = self.plan, self.theme
        self.upper = Chart(plan.window, plan.upper_range, UPPER)
        self.shelf = Chart(plan.window, plan.upper_range, LOWER)  # where x waits
        self.lower = Chart(plan.window, plan.lower_range, LOWER)
        self.h_plot = self.plot(self.upper, theme.fixed, "fixed")
        self.x_plot = self.plot(self.shelf, theme.moving, "original")
        self.ghost = self.plot(self.shelf, theme.ghost, "original")
        self.sliding = self.make_sliding()
        self.handle = Handle(self.shelf, theme, plan.outer)
        self.upper_axes = Axes(self.upper, theme, variable=plan.outer)
        self.shelf_axes = Axes(self.shelf, theme, variable=plan.outer)
        self.upper_legend = self.legend(self.upper, self.named("h", plan.outer), "fixed")
        self.lower_legend = self.legend(self.shelf, self.named("x", plan.outer), "moving")
        self.notes = VGroup()

    def call(self, signal: str, argument: str) -> str:
        """Typst mathematics of a signal with its argument."""
        return f"{signal}{self.plan.calls[0]}{argument}{self.plan.calls[1]}"

    def named(self, signal: str, variable: str) -> str:
        """Typst mathematics of ``h(t) = its formula``, or of h(t) alone if that is tall."""
        if self.is_tall(signal):
            return self.call(signal, variable)
        return self.defined(signal, variable)

    def defined(self, signal: str, variable: str) -> str:
        """Typst mathematics of ``h(t) = its formula``."""
        formula = getattr(self.plan, signal).formula(variable)
        return f"{self.call(signal, variable)} = {formula}"

    def is_tall(self, signal: str) -> bool:
        """Whether a formula (such as one by cases) is too tall for the line above its chart."""
        line = Formula(f"inline({self.defined(signal, self.plan.outer)})", colour="#000000")
        return float(line.height) > _TALLEST

    def introduction(self, signal: str, words: str, top: float, role: str) -> VGroup:
        """Words beside the chart of a signal, with its formula if that is tall."""
        if not self.is_tall(signal):
            return self.note(words, top=top, role=role)
        ink = getattr(self.theme, role)
        formula = Formula(self.defined(signal, self.plan.outer), size=BODY, colour=ink.colour)
        fitted(formula, self.panel.right - self.panel.left)
        formula.move_to((self.panel.left, top - 1.1, 0.0), aligned_edge=LEFT)
        return VGroup(*self.note(words, top=top + 0.2, role=role), formula)

    def legend(self, chart: Chart, *parts: str) -> Text:
        """Formulas in the inks of their roles, above a chart: math, role, math, role …"""
        inks = (getattr(self.theme, role).colour for role in parts[1::2])
        line = f" {self.gap} ".join(
            coloured(m, ink) for m, ink in zip(parts[0::2], inks, strict=True)
        )
        legend = fitted(Formula(f"inline({line})", colour=self.theme.text.colour), 12.5)
        return stand(legend, chart.box.left, chart.box.top + _LEGEND)

    def note(self, *lines: str, top: float, role: str = "text") -> VGroup:
        """Plain words in the panel on the right, from ``top`` down."""
        ink = getattr(self.theme, role)
        words = [Words(line, size=BODY, colour=ink.colour) for line in lines]
        for row, line in enumerate(words):
            stand(
                fitted(line, self.panel.right - self.panel.left),
                self.panel.left,
                top - 0.25 - 0.5 * row,
            )
        return VGroup(*words)

    def swap_legend(self, place: str, *parts: str) -> list[Any]:
        """Put other formulas above the ``"upper"`` or ``"lower"`` chart; the animations of it."""
        name = f"{place}_legend"
        old = getattr(self, name)
        new = self.legend(self.upper if place == "upper" else self.shelf, *parts)
        setattr(self, name, new)
        return [FadeOut(old), FadeIn(new)]

    def swap_notes(self, notes: VGroup) -> list[Any]:
        """Other words in the panel; the animations of it."""
        old, self.notes = self.notes, notes
        return [FadeIn(notes), *([FadeOut(old)] if len(old) else [])]

    def beat_signals(self) -> None:
        """Each signal on its own chart."""
        h_note = self.introduction("h", "h stays", top=1.8, role="fixed")
        x_note = self.introduction("x", "x will move", top=-1.85, role="moving")
        self.play(FadeIn(self.upper_axes, self.upper_legend), seconds=0.6)
        self.play(Create(self.h_plot), FadeIn(h_note), seconds=1.2)
        self.play(FadeIn(self.shelf_axes, self.lower_legend), seconds=0.6)
        self.play(Create(self.x_plot), FadeIn(x_note), seconds=1.2)
        self.notes = VGroup(h_note, x_note)

    def beat_rename(self) -> None:
        """The outer variable gives way to the inner one; nothing else changes."""
        new = self.note("a new letter,", "the same values", top=2.05)
        kept = self.note(f"{self.plan.outer} is kept for", "the output", top=-1.6)
        self.play(FadeOut(self.notes), seconds=0.4)
        self.play(*self._renamed("upper", self.upper_axes, "h", "fixed"), FadeIn(new))
        self.play(*self._renamed("lower", self.shelf_axes, "x", "moving"))
        self.play(FadeIn(kept), seconds=0.6)
        self.notes = VGroup(new, kept)

    def _renamed(self, place: str, axes: Axes, signal: str, role: str) -> list[Any]:
        """Another letter at the axis and in the legend of a chart; the animations of it."""
        old = axes.variable
        letter = [FadeOut(old), FadeIn(axes.relabelled(self.inner))]
        return letter + self.swap_legend(place, self.named(signal, self.inner), role)

    def beat_flip(self) -> None:
        """Mirror x about zero; where it was stays as a ghost."""
        k = self.inner
        legend = self.swap_legend(
            "lower", self.call("x", f"-{k}"), "moving", self.call("x", k), "ghost"
        )
        self.play(FadeOut(self.notes), FadeIn(self.ghost), *legend, seconds=0.7)
        self.bring_to_front(self.x_plot)
        self.play(Glide(self.x_plot, sign=-1.0), seconds=1.8)
        self.notes = self.note("mirrored", f"about {self.plan.inner} = 0", top=-1.6, role="moving")
        self.play(FadeIn(self.notes), seconds=0.5)

    def beat_shift(self) -> None:
        """Move the flipped signal by its handle."""
        plan, t = self.plan, self.plan.outer
        moved, before = self.call("x", f"{t} - {self.inner}"), self.call("x", f"-{self.inner}")
        legend = self.swap_legend("lower", moved, "moving", before, "ghost")
        self.play(FadeOut(self.ghost, self.notes), seconds=0.4)
        self.bring_to_back(self.ghost.draw(sign=-1.0))
        self.play(*legend, FadeIn(self.handle.draw(0.0)), seconds=0.7)
        self.play(Glide(self.x_plot, self.handle, offset=plan.example), seconds=2.0)
        place = f"{plan.inner} = {t} = {brief(plan.example)}"
        self.notes = self.note("its zero is now", f"at {place}", top=-1.6, role="moving")
        self.play(FadeIn(self.notes), seconds=0.5)

    def fill_product(self, *others: Any) -> None:
        """Fade the product in behind the signals, along with other things."""
        self.bring_to_back(self.sliding.product)
        self.play(FadeIn(self.sliding.product, *others), seconds=1.0)

    def show_output(self, source: VMobject) -> None:
        """The product becomes the height of one dot of the output."""
        sliding, plan = self.sliding, self.plan
        value = self._mark(plan.index(plan.example))[1]
        self.play(FadeIn(sliding.drop), seconds=0.4)
        self.play(
            ReplacementTransform(source.copy(), VGroup(sliding.stem, sliding.dot)), seconds=1.4
        )
        self.play(FadeIn(value), seconds=0.4)
        self.keep_note(value)

    def bring_together(self, *leaving: Any) -> None:
        """Lift x onto the chart of h."""
        sliding = self.sliding.draw(self.plan.index(self.plan.example))
        t, k = self.plan.outer, self.inner
        h, x = self.call("h", k), self.call("x", f"{t} - {k}")
        legend = self.swap_legend("upper", h, "fixed", x, "moving", f"{h} thin {x}", "product")
        self.play(FadeOut(self.notes, self.lower_legend, *leaving), seconds=0.5)
        self.play(
            ReplacementTransform(self.x_plot, sliding.moving),
            ReplacementTransform(self.handle, sliding.handle),
            FadeOut(self.shelf_axes),
            *legend,
            seconds=1.5,
        )
        self.notes = VGroup()

    def open_output(self) -> None:
        """Lay out the chart of y, its definition beside it, and make the readout."""
        theme = self.theme
        self.lower_axes = Axes(self.lower, theme, variable=self.plan.outer)
        definition = Formula(f"inline({self.definition})", colour=theme.text.colour)
        self.lower_legend = fitted(definition, self.panel.right - self.panel.left)
        stand(self.lower_legend, self.panel.left, LOWER.top - 0.3)
        name = haloed(
            self.legend(self.lower, self.call("y", self.plan.outer), "output"), theme.ground
        )
        self.readout = self._readout()
        self.play(FadeIn(self.lower_axes, self.lower_legend, name))

    def _readout(self) -> Readout:
        """The live numbers: t, both limits, and y."""
        theme, plan, sliding = self.theme, self.plan, self.sliding
        low, high = plan.limit_formulas
        live = sliding.decimals
        rows = [
            Row(plan.outer, theme.moving.colour, live),
            Row(self.limits_title, theme.muted.colour, None),
            Row(low, theme.product.colour, live, size=BODY),
            Row(high, theme.product.colour, live, size=BODY),
            Row(self.call("y", plan.outer), theme.output.colour, plan.decimals),
        ]
        readout = Readout(rows, left=self.panel.left, right=self.panel.right, top=self.panel.top)
        sliding.attach(readout)
        return readout

    limits_title = "limits of integration"
    mark_beside_rise: Literal["below", "left"] = "below"  # where the output rises, its value stands

    def beat_predict(self) -> None:
        """Back to the start of the slide, and a question."""
        sliding = self.sliding
        self.clear_notes()
        self.remove(*sliding.parts())
        self.add(sliding)
        self.bring_to_front(self.h_plot)
        question = self.note(
            "Where does y begin?", "Where is its peak?", "Where does it end?", top=-1.85
        )
        sliding.draw_trace(0)
        sliding.traces = False  # what is to be predicted is not shown on the way back
        self.play(Slide(sliding, 0), seconds=1.5)
        sliding.traces = True
        self.play(*self.swap_notes(question), seconds=0.6)

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
        step = self.plan.index(self.plan.moments[moment])
        self.clear_notes()
        self._run_to(step)
        self.play(FadeIn(self._mark(step)), seconds=0.5)

    def keep_note(self, *more: VMobject) -> None:
        """Count something that was just shown among the words in the panel."""
        self.notes.add(*more)
        self.add(self.notes)  # Manim then no longer lists the new ones on their own

    def clear_notes(self) -> None:
        """Empty the panel of words."""
        if len(self.notes):
            self.play(FadeOut(self.notes), seconds=0.4)
            self.notes = VGroup()

    def _run_to(self, step: int) -> None:
        places = self.plan.steps
        here = round(self.sliding.index)
        seconds = self.plan.slide_seconds(float(places[here]), float(places[step]))
        self.play(Slide(self.sliding, step, rate_func=linear), seconds=seconds)

    def _mark(self, step: int) -> VGroup:
        """A ring on the output and its value, which stay."""
        ink, plan = self.theme.output, self.plan
        t, y = float(plan.steps[step]), float(plan.frames.output[step])
        place = self.lower.point(t, y)
        value = Formula(number(y, plan.decimals), size=SMALL, colour=ink.colour)
        before = t < plan.peak[0]
        if before and self.mark_beside_rise == "left":
            stand(value, place[0] - 0.16, place[1] + 0.1, align="right")
        else:  # where the output goes on upwards, there is room below
            goes_up = before if y > 0 else t > plan.peak[0]
            stand(value, place[0] + 0.18, place[1] + (-0.3 if goes_up else 0.1))
        return VGroup(Ring(place, ink), haloed(value, self.theme.ground))

    def beat_whole(self) -> None:
        """The rest of the slide, then what can be read off the whole output."""
        self.clear_notes()
        self._run_to(len(self.plan.frames) - 1)
        sliding = self.sliding
        low, high = (a + b for a, b in zip(self.plan.h.support, self.plan.x.support, strict=True))
        support = bracket(self.lower, self.theme.muted, low, high, level=LOWER.bottom - 0.12)
        self.facts = facts(self.findings(), self.theme, self.panel)
        self.play(
            FadeOut(self.readout, sliding.drop, sliding.stem, sliding.limits, sliding.handle),
            FadeOut(sliding.dot),
            FadeIn(self.facts, support),
            seconds=0.8,
        )

    def findings(self) -> list[tuple[str, str]]:
        """What the whole output says: plain words, and Typst mathematics."""
        plan = self.plan
        found = [("begins, ends", plan.ends_formula)]
        if plan.has_peak:
            t, y = plan.peak
            found.append(("peak", f"{self.call('y', brief(t))} = {number(y, plan.decimals)}"))
        return found
