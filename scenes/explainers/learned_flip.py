"""Two layers learn one kernel, drawn side by side."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

import numpy as np
from manim import Create, FadeIn, FadeOut, Transform, VGroup, VMobject

from convmath.arrays import FloatArray
from scenes.kit.chart import Axes, Box, Chart, segments
from scenes.kit.explainer import Explainer
from scenes.kit.frame import HEADING_LEFT, SAFE_X
from scenes.kit.plots import Curve, Glide, Ring, StemPlot, Stems, dashed_line
from scenes.kit.readout import Readout, Row, facts
from scenes.kit.sliding import Slide
from scenes.kit.training import DASH, Training, quickening
from scenes.kit.typeset import BODY, HEADING, SMALL, Formula, Text, Words, coloured, fitted, stand
from scenes.kit.window import Window
from scenes.plans.learned_flip import LearnedFlipPlan
from scenes.theme import Ink

__all__ = ["LearnedFlip"]

INPUT = Box(left=-6.05, right=3.0, bottom=0.55, top=2.45)
WANTED = Box(left=-6.05, right=3.0, bottom=-3.1, top=-1.2)
OURS = Box(left=-6.05, right=-2.1, bottom=0.3, top=2.4)
THEIRS = Box(left=-0.95, right=3.0, bottom=0.3, top=2.4)
CURVES = Box(left=-6.05, right=2.75, bottom=-3.1, top=-1.25)
WINDOWS = (
    Box(left=-6.05, right=-1.6, bottom=-3.1, top=-1.62),
    Box(left=-0.95, right=3.5, bottom=-3.1, top=-1.62),
)
PANEL = Box(left=3.85, right=SAFE_X, bottom=-3.1, top=2.45)
_LEGEND = 0.32  # above a chart
_GAIN = 60.0  # how much faster the training runs at its end

# The last beat: the same thing in two fields, line by line; mathematics begins with $.
_COLUMNS = (HEADING_LEFT, -2.75, 1.75)
_FIRST_LINE, _LEADING = 2.5, 0.55
_VOCABULARY = (
    ("", "signal processing", "deep learning"),
    ("goes in", "signal x", "input x"),
    ("slides over it", "impulse response h", "kernel, filter, weights w"),
    ("is called", "convolution", "convolution, too"),
    ("comes out", "$y[n] = sum_k h[k] thin x[n - k]", "$y[n] = sum_k w[k] thin x[n + k] + b"),
    ("the kernel is", "flipped", "not flipped: cross-correlation"),
    ("where h, w come from", "designed or measured", "learned, like the bias b"),
    ("number of taps", "filter length", "kernel size"),
    ("keep every s-th output", "decimation by s", "stride s"),
    ("zeros around the input", "zero padding", "padding"),
    ("zeros between the taps", "upsampled filter", "dilation"),
    ("several kernels", "filter bank", "output channels"),
)


class LearnedFlip(Explainer[LearnedFlipPlan]):
    """Draws `LearnedFlipPlan`."""

    plan_class: ClassVar[type[LearnedFlipPlan]] = LearnedFlipPlan

    def stage(self) -> None:
        """Lay out the data, the two kernels, and the losses."""
        plan, theme, f = self.plan, self.theme, self.plan.frames
        taps, last = (-0.6, plan.taps - 0.4), len(f) - 1
        self.ours, self.theirs = (Chart(taps, plan.kernel_range, box) for box in (OURS, THEIRS))
        self.losses = Chart((-0.015 * last, 1.03 * last), plan.loss_range, CURVES)
        curves = (plan.loss_curve("convolution"), plan.loss_curve("correlation"))
        charts = (self.ours, self.theirs, self.losses)
        self.training = Training(f, charts, curves, theme, plan.tap_decimals)
        self.notes = VGroup()

    def note(self, *lines: str, top: float, role: str = "text") -> VGroup:
        """Plain words in the panel on the right, from ``top`` down."""
        ink = getattr(self.theme, role)
        words = [Words(line, size=BODY, colour=ink.colour) for line in lines]
        for row, line in enumerate(words):
            stand(fitted(line, PANEL.right - PANEL.left), PANEL.left, top - 0.25 - 0.5 * row)
        return VGroup(*words)

    def swap_notes(self, *notes: VMobject) -> list[Any]:
        """Other words in the panel; the animations of it."""
        old, self.notes = self.notes, VGroup(*notes)
        return [FadeIn(self.notes), *([FadeOut(old)] if len(old) else [])]

    def legend(self, chart: Chart, math: str, ink: Ink, words: str = "") -> VGroup:
        """A formula above a chart, and words behind it."""
        formula = fitted(Formula(f"inline({math})", colour=ink.colour), 4.2)
        level = chart.box.top + _LEGEND
        stand(formula, chart.box.left, level)
        if not words:
            return VGroup(formula)
        said = Words(words, size=SMALL, colour=self.theme.muted.colour)
        return VGroup(formula, stand(said, formula.get_right()[0] + 0.3, level))

    def beat_task(self) -> None:
        """The input, the wanted output, and a kernel that nobody knows."""
        plan, theme, f = self.plan, self.theme, self.plan.frames
        given, wanted = plan.data_ranges
        question = ", thin ".join(["?"] * plan.taps)
        unknown = Formula(f"({question})", size=HEADING, colour=theme.weight.colour)
        stand(fitted(unknown, PANEL.right - PANEL.left), PANEL.left, -0.45)
        made = self.note("an unknown kernel", "made d from x:", top=1.0)
        if plan.parameters.noise:
            made.add(*self.note("plus a little noise", top=-0.75))
        self.data = VGroup(made, unknown)
        self._show_data(INPUT, f.signal, given, theme.text, "x[n]", "the input")
        self._show_data(WANTED, f.target, wanted, theme.output, "d[n]", "the wanted output")
        self.play(FadeIn(made, unknown), seconds=0.8)

    def _show_data(
        self, box: Box, values: FloatArray, limits: tuple[float, float], ink: Ink, *name: str
    ) -> None:
        """Stems of the input or of the wanted output, on axes as long as the input."""
        size = self.plan.frames.signal.size
        chart = Chart((-0.8, size - 0.2), limits, box)
        axes = Axes(chart, self.theme, variable="n", x_ticks=min(size, 14), upright=False)
        legend = self.legend(chart, name[0], ink, name[1])
        stems = Stems(chart, ink, np.stack([np.arange(len(values)), values], axis=1))
        self.play(FadeIn(axes, legend), seconds=0.5)
        self.play(Create(stems), seconds=1.2)
        self.data.add(axes, legend, stems)

    def beat_layers(self) -> None:
        """The same start for both; one flips it, the other does not."""
        theme = self.theme
        self.play(FadeOut(self.data), seconds=0.5)
        self.heads = VGroup(
            self._head(self.ours, "convolution", "k_1", theme.fixed),
            self._head(self.theirs, "cross-correlation", "k_2", theme.moving),
        )
        same = self.note("the same start,", "the same data", top=2.1)
        for head, taps in zip(self.heads, self.training.kernels, strict=True):
            self.play(FadeIn(head, taps), seconds=0.7)
        self.play(*self.swap_notes(same), seconds=0.5)
        self._meet_samples(0, flip=True)

    def _head(self, chart: Chart, words: str, kernel: str, ink: Ink) -> VGroup:
        """Name and axes of the kernel of a layer."""
        name = Words(words, size=BODY, colour=ink.colour, weight="medium")
        stand(name, chart.box.left, chart.box.top + _LEGEND)
        letter = Formula(kernel, colour=ink.colour)
        stand(letter, float(name.get_right()[0]) + 0.25, name.baseline)
        axes = Axes(
            chart, self.theme, variable="i", x_ticks=self.plan.taps, y_ticks=0, upright=False
        )
        return VGroup(name, letter, axes)

    def _definition(self, kernel: str, ink: Ink, index: str, box: Box) -> Text:
        """What a layer computes, above its window."""
        weight = coloured(f"{kernel}[i]", ink.colour)
        math = coloured("y[n]", self.theme.output.colour) + f" = sum_i {weight} thin x[{index}]"
        formula = Formula(f"inline({math})", size=BODY, colour=self.theme.text.colour)
        return stand(fitted(formula, box.right - box.left), box.left, box.top + 0.72)

    def _meet_samples(self, step: int, *, flip: bool) -> None:
        """The samples of n = 0, the taps that they meet, and what the products add up to."""
        plan, theme = self.plan, self.theme
        ours = self._window("convolution", step, theme.fixed, f"k_1[{plan.taps - 1} - i]")
        theirs = self._window("correlation", step, theme.moving, "k_2[i]")
        shift = f"n + {plan.taps - 1} - i"
        definitions = VGroup(
            self._definition("k_1", theme.fixed, shift, WINDOWS[0]),
            self._definition("k_2", theme.moving, "n + i", WINDOWS[1]),
        )
        level = ours.total.baseline
        target = plan.output(float(plan.frames.target[0]))
        goal = Formula(f"d[0] = {target}", size=BODY, colour=theme.output.colour)
        name = Words("wanted", size=SMALL, colour=theme.muted.colour)
        wanted = VGroup(
            stand(name, PANEL.left, level + 0.5),
            stand(fitted(goal, PANEL.right - PANEL.left), PANEL.left, level),
        )
        self.play(FadeIn(definitions), seconds=0.6)
        self.hold(0.8)
        self.play(FadeIn(ours.samples, theirs.samples), seconds=0.6)
        self._lay_taps(ours, theirs, flip)
        self.hold(0.8)
        self.play(FadeIn(ours.total, theirs.total), seconds=0.6)
        self.play(FadeIn(wanted), seconds=0.5)
        self.windows = VGroup(definitions, ours, theirs, wanted)
        self.add(self.windows)

    def _lay_taps(self, ours: Window, theirs: Window, flip: bool) -> None:
        """The taps under the samples; those of the convolution turn round first."""
        label, *cells = ours.taps
        places = [cell.get_center()[0] for cell in cells]
        if flip:
            for cell, x in zip(cells, reversed(places), strict=True):
                cell.set_x(x)
        self.play(FadeIn(*cells, theirs.taps), seconds=0.6)
        if flip:
            self.hold(0.5)
            turned = [cell.copy().set_x(x) for cell, x in zip(cells, places, strict=True)]
            turns = [Transform(*pair, path_arc=-1.2) for pair in zip(cells, turned, strict=True)]
            self.play(*turns, seconds=1.8)
        self.play(FadeIn(label), seconds=0.4)

    def _window(self, layer: str, step: int, ink: Ink, name: str) -> Window:
        """x[0], x[1], … and the taps of a layer that meet them, and its output at n = 0."""
        plan, f, theme = self.plan, self.plan.frames, self.theme
        met = plan.met(layer, step)
        total = plan.output(float(getattr(f, f"{layer}_output")[step, 0]))
        return Window(
            ["x[i]", *(plan.sample(x) for x in f.signal[: plan.taps])],
            [name, *(plan.tap(w) for w in met)],
            f"y[0] = {total}",
            (theme.text.colour, ink.colour, theme.output.colour),
            WINDOWS[layer == "correlation"],
        )

    def beat_loss(self) -> None:
        """The formula of the loss, the rule of a step, and where both begin."""
        plan, theme = self.plan, self.theme
        wide = PANEL.right - PANEL.left
        count = plan.frames.target.size
        lines = [
            f"L = 1/{count} sum_n (y - d)^2",
            "k <- k - eta thin (partial L)/(partial k)",
            f"eta = {plan.frames.rate:.3g}",
        ]
        rules = [Formula(f"inline({line})", size=BODY, colour=theme.text.colour) for line in lines]
        for row, rule in enumerate(rules):
            stand(fitted(rule, wide), PANEL.left, 2.1 - 0.75 * row)
        self.axes = Axes(self.losses, theme, variable='"step"', logarithmic=True, y_ticks=4)
        self.loss_legend = self._loss_legend()
        self.play(FadeOut(self.windows), *self.swap_notes(rules[0]), seconds=0.6)
        self.play(FadeIn(self.axes, self.loss_legend), seconds=0.7)
        self._attach_readout()
        self.play(FadeIn(self.training.losses, self.readout), seconds=0.7)
        self.play(FadeIn(*rules[1:]), seconds=0.7)
        self.notes.add(*rules[1:])
        self.add(self.notes)

    def _loss_legend(self) -> VGroup:
        """Both losses with a sample of their lines."""
        theme, level = self.theme, CURVES.top + _LEGEND
        words = Words("mean squared error:", size=SMALL, colour=theme.muted.colour)
        legend = VGroup(stand(words, CURVES.left, level))
        inks = (theme.fixed, replace(theme.moving, dash=DASH))
        for name, ink in zip(("L_1", "L_2"), inks, strict=True):
            left = legend.get_right()[0] + 0.4
            line = VMobject(stroke_color=ink.colour, stroke_width=ink.width)
            start = np.array([left, level + 0.09, 0.0])
            line.points = dashed_line(start, start + [0.7, 0.0, 0.0], ink.dash or 0.7)
            label = Formula(name, size=BODY, colour=ink.colour)
            legend.add(line, stand(label, left + 0.82, level))
        return legend

    def _attach_readout(self) -> None:
        """The step and both losses, beside their chart."""
        plan, theme = self.plan, self.theme
        rows = [
            Row('"step"', theme.text.colour, 0, size=BODY),
            Row("L_1", theme.fixed.colour, plan.loss_decimals),
            Row("L_2", theme.moving.colour, plan.loss_decimals),
        ]
        self.readout = Readout(
            rows, left=PANEL.left, right=PANEL.right, top=CURVES.top, leading=0.62
        )
        self.training.attach(self.readout)

    def beat_predict(self) -> None:
        """A question."""
        question = self.note("Which ends lower?", "The same kernel", "in both?", top=2.1)
        self.play(*self.swap_notes(question), seconds=0.6)

    def beat_apart(self) -> None:
        """Run to where the losses differ most."""
        self._merge()
        self._train(self.plan.apart, 5.5)
        equal = self.plan.is_symmetric
        words = ("are equal", "in every step") if equal else ("differ", "on the way")
        self.play(
            *self.swap_notes(self.note(f"the losses {words[0]}", words[1], top=2.1)), seconds=0.5
        )

    def _merge(self) -> None:
        """From now on the training is one mobject on the screen."""
        training = self.training
        self.play(FadeOut(self.notes), seconds=0.4)
        self.notes = VGroup()
        self.remove(*training.kernels, training.losses, self.readout)
        self.add(training)

    def _train(self, stop: int, seconds: float) -> None:
        start, total = self.training.index, float(len(self.plan.frames) - 1)
        rate = quickening(start, float(stop), total, _GAIN)
        self.play(Slide(self.training, stop, rate_func=rate), seconds=seconds)

    def beat_meet(self) -> None:
        """Run to the end, where both losses are the least that there is."""
        self.play(FadeOut(self.notes), seconds=0.4)
        self.notes = VGroup()
        self._train(len(self.plan.frames) - 1, 4.5)
        said = self.note("neither wins:", "the same loss", top=2.1)
        for row, math in enumerate(self.plan.small_losses()):
            ink = (self.theme.fixed, self.theme.moving)[row]
            line = Formula(math, size=BODY, colour=ink.colour)
            said.add(stand(line, PANEL.left, 0.65 - 0.6 * row))
        self.play(*self.swap_notes(said), seconds=0.6)
        self.floor = self._floor()
        if len(self.floor):
            self.play(FadeIn(self.floor), seconds=0.6)

    def _floor(self) -> VGroup:
        """A line at the least loss of any kernel."""
        level = self.plan.floor
        if level is None:
            return VGroup()
        chart, ink = self.losses, self.theme.ghost
        line = Curve(chart, ink, np.array([[x, level] for x in chart.x_range]))
        words = Words("the least that any kernel has", size=SMALL, colour=self.theme.muted.colour)
        right, y = chart.box.right, chart.point(0, level)[1]
        return VGroup(line, stand(words, right, y + 0.17, align="right"))

    def beat_mirror(self) -> None:
        """Flip k₂ and lay it over k₁; below, how the difference has vanished."""
        plan, theme = self.plan, self.theme
        second = self.training.kernels[1]
        values = second.stems.values
        mirrored = StemPlot(self.theirs, theme.moving, values, hollow=True)
        ghost = StemPlot(self.theirs, theme.ghost, values, hollow=True)
        leaving = [self.axes, self.loss_legend, self.floor, self.training.losses, self.notes]
        self.play(FadeOut(*leaving, self.readout, second.numbers), seconds=0.6)
        self.remove(self.training)
        self.add(self.training.kernels[0], ghost, mirrored)
        self.play(Glide(mirrored, sign=-1.0, offset=plan.taps - 1.0), seconds=1.6)
        self.hold(0.6)
        step = self.ours.point(0, 0) - self.theirs.point(0, 0)
        self.play(mirrored.animate.shift(step), seconds=1.6)
        name = self._name_of_rings()
        self.play(FadeIn(second, name), FadeOut(ghost), seconds=0.5)
        self._show_difference()
        self.mirrored = VGroup(mirrored, name)

    def _name_of_rings(self) -> VGroup:
        """What the rings over k₁ are, at the right end above its chart."""
        ink, level = self.theme.moving, OURS.top + _LEGEND
        name = Formula('"flip"(k_2)', colour=ink.colour)
        stand(name, OURS.right + 0.3, level, align="right")
        place = np.array([float(name.get_left()[0]) - 0.27, level + 0.1, 0.0])
        return VGroup(Ring(place, ink), name)

    def _show_difference(self) -> None:
        """The largest difference in every step, and the kernel that was looked for."""
        plan, theme = self.plan, self.theme
        chart = Chart(self.losses.x_range, plan.difference_range, CURVES)
        axes = Axes(chart, theme, variable='"step"', logarithmic=True, y_ticks=4)
        legend = self.legend(chart, 'max |k_1 - "flip"(k_2)|', theme.product)
        curve = Curve(chart, theme.product, plan.difference_curve)
        place = Box(left=PANEL.left, right=PANEL.right, bottom=PANEL.bottom, top=CURVES.top)
        value = facts([("largest difference", plan.difference_math)], theme, place)
        said = self.note("mirror images", "of each other", top=2.1)
        self.play(FadeIn(axes, legend), *self.swap_notes(said), seconds=0.6)
        self.play(Create(curve), seconds=1.6)
        self.play(FadeIn(value), seconds=0.6)
        place = Box(left=PANEL.left, right=PANEL.right, bottom=PANEL.bottom, top=0.6)
        taught = facts([("the kernel that made d", plan.kernel_math)], theme, place)
        self.play(FadeIn(taught), seconds=0.6)
        self.difference = VGroup(axes, legend, curve, value, taught)

    def beat_same(self) -> None:
        """The same numbers meet the same samples."""
        self.play(FadeOut(self.difference, self.notes, self.mirrored), seconds=0.6)
        self.notes = VGroup()
        said = self.note("the same numbers", "meet the same", "samples", top=2.1)
        self._meet_samples(len(self.plan.frames) - 1, flip=False)
        self.play(*self.swap_notes(said), seconds=0.6)

    def beat_words(self) -> None:
        """Term by term, in two columns."""
        self.clear_stage(seconds=0.6)
        theme = self.theme
        inks = (theme.muted, theme.fixed, theme.moving)
        lines = [
            VGroup(
                *(
                    self._term(*cell, row)
                    for cell in zip(terms, _COLUMNS, inks, strict=True)
                    if cell[0]
                )
            )
            for row, terms in enumerate(_VOCABULARY)
        ]
        level = _FIRST_LINE - 0.22
        ends = np.array([[HEADING_LEFT, level, 0.0], [SAFE_X, level, 0.0]])
        self.play(FadeIn(lines[0], segments(ends, theme.axis)), seconds=0.6)
        for line in lines[1:]:
            self.play(FadeIn(line), seconds=0.5)
            self.hold(0.4)

    def _term(self, term: str, x: float, ink: Ink, row: int) -> Text:
        """One word of one field; mathematics if it begins with $."""
        level = _FIRST_LINE - _LEADING * row - (0.12 if row else 0.0)
        colour = ink.colour if not row or ink is self.theme.muted else self.theme.text.colour
        size = SMALL if ink is self.theme.muted else BODY
        if term.startswith("$"):
            return stand(Formula(f"inline({term[1:]})", size=size, colour=colour), x, level)
        weight = "regular" if row else "medium"
        return stand(Words(term, size=size, colour=colour, weight=weight), x, level)
