"""Several channels, one output: lanes on the left, their stack on the right."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
from manim import Create, FadeIn, FadeOut, ReplacementTransform, VGroup, linear

from convmath import ChannelSums
from scenes.kit.chart import Axes, Box, Chart
from scenes.kit.explainer import Explainer
from scenes.kit.frame import HEADING_LEFT
from scenes.kit.lanes import LANE_TEXT, Lanes
from scenes.kit.plots import Glide, StemPlot
from scenes.kit.sliding import Slide
from scenes.kit.typeset import BODY, LABEL, SMALL, Formula, Text, Words, coloured, fitted, stand
from scenes.numerals import brief
from scenes.plans.channels_1d import Channels1dPlan
from scenes.theme import Theme

__all__ = ["Channels1d"]

_TOP, _FOOT = 2.95, -2.95  # of all lanes
_TALLEST = 3.0  # one lane, with what is written above it and the handle below
_HEAD, _HEEL = 0.6, 0.35  # of a lane: kept for words above its chart, and for the handle below
_LANES = (-6.05, 0.6)
_STACK = Box(left=2.45, right=6.2, bottom=-1.75, top=2.1)
_COLUMN = 1.75  # left edge of what is written above and below the stack
_COLUMN_WIDTH = 4.9
_ROW, _FACT = -2.8, -3.5  # baselines below the stack
_SMALLEST = 0.6  # a row of numbers is not scaled down further


class _Act:
    """One of the two sums on its charts: the lanes on the left, the stack on the right."""

    def __init__(self, plan: Channels1dPlan, sums: ChannelSums, theme: Theme) -> None:
        count = sums.channels
        pitch = min((_TOP - _FOOT) / count, _TALLEST)
        tops = [_TOP - pitch * c for c in range(count)]
        boxes = [Box(*_LANES, bottom=top - pitch + _HEEL, top=top - _HEAD) for top in tops]
        self.sums = sums
        self.charts = [Chart(plan.window, plan.lane_range(sums), box) for box in boxes]
        self.stack = Chart(plan.places, plan.stack_range(sums), _STACK)
        self.axes = [
            Axes(chart, theme, variable="k", y_ticks=3, numbered=chart is self.charts[-1])
            for chart in self.charts
        ]
        self.stack_axes = Axes(self.stack, theme, variable="n", y_ticks=6)
        flips = sums is plan.frames
        decimals = plan.decimals(sums)
        self.lanes = Lanes(sums, self.charts, self.stack, theme, decimals=decimals, flip=flips)
        self.lanes.traces = False
        self.example = plan.example(sums)
        self.blocks = VGroup(*(lane.block_at(self.example) for lane in self.lanes.lanes))


class Channels1d(Explainer[Channels1dPlan]):
    """Draws `Channels1dPlan`."""

    plan_class: ClassVar[type[Channels1dPlan]] = Channels1dPlan

    def stage(self) -> None:
        """Lay out lanes and stack, for the convolution and for the layer."""
        plan, theme = self.plan, self.theme
        self.act = _Act(plan, plan.frames, theme)
        self.names = VGroup()  # what is written above the lanes, on the left
        self.sums = VGroup()  # and on the right
        self.notes = VGroup()  # what is written beside and below the stack

    def beat_channels(self) -> None:
        """The channels, one below the other."""
        frames = self.plan.frames
        self.channels = [
            StemPlot(chart, self.theme.moving, _pairs(frames.original_k, values), hollow=True)
            for chart, values in zip(self.act.charts, frames.original, strict=True)
        ]
        self.names = VGroup(
            *(
                self._above(c, f"x_{c + 1} = {_listed(values)}", "moving")
                for c, values in enumerate(frames.original)
            )
        )
        self.play(FadeIn(*self.act.axes), seconds=0.5)
        for name, channel in zip(self.names, self.channels, strict=True):
            self.play(FadeIn(name), Create(channel), seconds=0.9)

    def _above(self, lane: int, *parts: str) -> Text:
        """Formulas in the inks of their roles above a lane, on the left: math, role, …"""
        inks = (getattr(self.theme, role).colour for role in parts[1::2])
        line = " quad ".join(coloured(m, ink) for m, ink in zip(parts[0::2], inks, strict=True))
        box = self.act.charts[lane].box
        text = Formula(line, size=BODY, colour=self.theme.text.colour)
        return stand(fitted(text, box.right - box.left), box.left, box.top + LANE_TEXT)

    def _rename(self, *parts: str) -> list[Any]:
        """Other formulas above every lane, with # for its number; the animations of it."""
        old = self.names
        self.names = VGroup(
            *(
                self._above(c, *(part.replace("#", str(c + 1)) for part in parts))
                for c in range(len(self.act.charts))
            )
        )
        return [FadeOut(old), FadeIn(self.names)]

    def beat_kernel(self) -> None:
        """Flip the channels, move them to the left, and set the same kernel in every lane."""
        lanes = self.act.lanes.draw(0)
        still = [lane.still for lane in lanes.lanes]
        handles = [lane.handle.draw(0.0) for lane in lanes.lanes]
        self.play(*(Glide(channel, sign=-1.0) for channel in self.channels), seconds=1.5)
        self.play(*self._rename("h[k]", "fixed", "x_#[n - k]", "moving"), seconds=0.6)
        self.play(FadeIn(*handles), seconds=0.4)
        first = float(self.plan.frames.n[0])
        pairs = zip(self.channels, handles, strict=True)
        self.play(*(Glide(x, handle, offset=first) for x, handle in pairs), seconds=1.0)
        self.play(*(Create(stems) for stems in still), seconds=1.2)
        self.remove(*self.channels, *handles, *still)
        self.add(lanes)

    def beat_multiply(self) -> None:
        """Slide to the example, and write what each lane adds up to."""
        act = self.act
        seconds = 0.8 * (act.example - round(act.lanes.index))
        self.play(Slide(act.lanes, act.example, rate_func=linear), seconds=seconds)
        self._write_sums()

    def _write_sums(self) -> None:
        """The products and the sum of each lane, one after the other."""
        self.sums = VGroup(*(self._sum(c) for c in range(len(self.act.charts))))
        for line in self.sums:
            self.play(FadeIn(line), seconds=0.5)
            self.hold(0.5)

    def _sum(self, lane: int) -> Text:
        """Products and their sum, at the right end above a lane."""
        plan, act, theme = self.plan, self.act, self.theme
        inks = (theme.fixed.colour, theme.moving.colour)
        terms = [
            " dot ".join(coloured(_bracketed(v), ink) for v, ink in zip(pair, inks, strict=True))
            for pair in plan.terms(act.sums, act.example, lane)
        ]
        share = plan.value(act.sums, act.sums.sums[act.example, lane].item())
        total = coloured(share, theme.product.colour)
        box = act.charts[lane].box
        room = box.right - box.left - float(self.names[lane].width) - 0.4
        line = Formula(f"{' + '.join(terms)} = {total}", size=BODY, colour=theme.text.colour)
        if line.width * _SMALLEST > room:
            line = Formula(f"dots.c = {total}", size=BODY, colour=theme.text.colour)
        fitted(line, room)
        return stand(line, box.right, box.top + LANE_TEXT, align="right")

    def beat_stack(self) -> None:
        """Each lane's bars become its block of the stack; the blocks add up to one number."""
        self._open_stack()
        self._stack_up()

    def _open_stack(self) -> None:
        """The chart of the output, and its name."""
        act, ink = self.act, self.theme.output
        self.output_name = Formula("y[n] =", colour=ink.colour)
        stand(self.output_name, _COLUMN, _STACK.top + 0.35)
        self.play(FadeIn(act.stack_axes, self.output_name), seconds=0.6)

    def _stack_up(self) -> None:
        """The blocks at the example, and their sum above them."""
        act, plan = self.act, self.plan
        shares = self._shares()
        for lane, block, share in zip(act.lanes.lanes, act.blocks, shares, strict=True):
            self.play(ReplacementTransform(lane.bars.copy(), block), FadeIn(share), seconds=1.0)
        y = plan.value(act.sums, act.sums.output[act.example].item())
        line = f"y[{act.sums.n[act.example]}] = {plan.added(act.sums, act.example)}"
        name = Formula(f"{line} = {y}", colour=self.theme.output.colour)
        stand(fitted(name, _COLUMN_WIDTH), _COLUMN, self.output_name.baseline)
        self.play(FadeOut(self.output_name), FadeIn(name), seconds=0.6)
        self.notes = VGroup(shares, name)

    def _shares(self) -> VGroup:
        """The number of each block, beside it."""
        act, plan = self.act, self.plan
        here = act.stack.point(float(act.sums.n[act.example]) + 0.5, 0.0)[0]
        muted = self.theme.muted.colour
        levels = [float(block.get_center()[1]) for block in act.blocks]
        texts = [
            Formula(
                f"{coloured(f'x_{c + 1}', muted)} quad {plan.value(act.sums, share)}",
                size=SMALL,
                colour=self.theme.product.colour,
            )
            for c, share in enumerate(act.sums.sums[act.example].tolist())
        ]
        to_left = here + max(float(text.width) for text in texts) > _STACK.right
        left = act.stack.point(float(act.sums.n[act.example]) - 0.5, 0.0)[0]
        for text, level in zip(texts, _spread(levels, 0.36), strict=True):
            stand(
                text, left if to_left else here, level - 0.09, align="right" if to_left else "left"
            )
        return VGroup(*texts)

    def beat_predict(self) -> None:
        """Back to the start, and a question."""
        act = self.act
        self.play(FadeOut(self.notes, self.sums, act.blocks), seconds=0.5)
        self.play(FadeIn(self.output_name), Slide(act.lanes, 0), seconds=1.5)
        self.notes = self._words("How many rows come out?", "Where is y farthest from zero?")
        self.play(FadeIn(self.notes), seconds=0.6)

    def _words(self, *lines: str, role: str = "text") -> VGroup:
        """Plain words below the stack."""
        ink = getattr(self.theme, role)
        words = [Words(line, size=BODY, colour=ink.colour) for line in lines]
        for k, line in enumerate(words):
            stand(fitted(line, _COLUMN_WIDTH), _COLUMN, _ROW - 0.5 * k)
        return VGroup(*words)

    def beat_whole(self) -> None:
        """All lanes slide; then the row of numbers that came out."""
        self._run()

    def _run(self) -> None:
        """Slide through all steps, and write the output as a row."""
        act, plan = self.act, self.plan
        lanes = act.lanes
        lanes.traces = True
        place = float(self.output_name.get_right()[0]) + 0.15, self.output_name.baseline
        lanes.place_total(*place)
        self.play(FadeOut(self.notes), seconds=0.4)
        last = len(act.sums) - 1
        self.play(Slide(lanes, last, rate_func=linear), seconds=plan.slide_seconds(act.sums))
        lanes.traces = False
        self.remove(*[lane.share for lane in lanes.lanes])
        self.row = self._row()
        self.fact = self._fact(plan.shapes(act.sums))
        self.play(FadeIn(self.row), seconds=0.8)
        self.play(FadeIn(self.fact), seconds=0.6)

    def _row(self) -> VGroup:
        """The output as a row of numbers, each below its n; nothing where they are too long."""
        act, plan, ink = self.act, self.plan, self.theme.output
        values = zip(act.sums.n.tolist(), act.sums.output.tolist(), strict=True)
        low, high = plan.support(act.sums)
        texts = [
            (n, Formula(plan.value(act.sums, y), size=SMALL, colour=ink.colour))
            for n, y in values
            if low <= n <= high
        ]
        room = 0.85 * float(act.stack.unit[0])
        scale = min(1.0, *(room / float(text.width) for _, text in texts))
        if scale < _SMALLEST:
            return VGroup()
        for n, text in texts:
            fitted(text, scale * float(text.width))
            stand(text, act.stack.point(n, 0.0)[0], _ROW, align="centre")
        name = stand(Formula("y", size=BODY, colour=ink.colour), _COLUMN, _ROW)
        return VGroup(name, *(text for _, text in texts))

    def _fact(self, math: str) -> Text:
        """A line of mathematics below the stack."""
        text = Formula(math, size=BODY, colour=self.theme.text.colour)
        return stand(fitted(text, _COLUMN_WIDTH), _COLUMN, _FACT)

    def beat_alike(self) -> None:
        """The borders between the blocks go: which channel a part came from cannot be seen."""
        blocks = [lane.blocks for lane in self.act.lanes.lanes]
        fact = self._fact(self.plan.alike_math)
        self.play(FadeOut(self.fact), FadeIn(fact), seconds=0.8)
        opacity = self.theme.product.fill
        plain = [b.animate.set_fill(opacity=opacity).set_stroke(width=0.0) for b in blocks]
        self.play(*plain, seconds=1.5)

    def beat_layer(self) -> None:
        """The same channels stay now, and each has a kernel of its own, which will slide."""
        flipped = [lane.moving.copy() for lane in self.act.lanes.lanes]
        leaving = [m for m in self.mobjects if m is not self.heading]
        self.act = _Act(self.plan, self.plan.layer, self.theme)
        lanes = self.act.lanes.draw(0)
        still = [lane.still for lane in lanes.lanes]
        self.add(*flipped)
        self.play(FadeOut(*leaving), FadeIn(*self.act.axes), seconds=0.8)
        named = self._rename("x_#[k]", "fixed", "w_#[k - n]", "moving")[-1]
        landing = zip(flipped, still, strict=True)
        self.play(*(ReplacementTransform(x, stems) for x, stems in landing), seconds=1.5)
        self.notes = self._turn_words()
        self.play(named, FadeIn(self.notes[:2]), seconds=0.6)
        for lane in lanes.lanes:
            self.play(FadeIn(lane.moving, lane.handle), seconds=0.6)
        self.play(FadeIn(self.notes[2:]), seconds=0.6)
        self.remove(*still, *(part for lane in lanes.lanes for part in (lane.moving, lane.handle)))
        self.add(lanes)

    def _turn_words(self) -> VGroup:
        """What stays and what slides, where the stack will stand."""
        said = [
            ("the channels", 1.3, "fixed"),
            ("stay", 0.8, "fixed"),
            ("the kernels slide,", -0.2, "moving"),
            ("not flipped", -0.7, "moving"),
        ]
        return VGroup(
            *(
                stand(Words(words, colour=getattr(self.theme, role).colour), _COLUMN, level)
                for words, level, role in said
            )
        )

    def beat_weigh(self) -> None:
        """The layer's sums at one n, and their stack."""
        act = self.act
        self.play(FadeOut(self.notes), seconds=0.4)
        if act.example:
            self.play(Slide(act.lanes, act.example, rate_func=linear), seconds=0.8 * act.example)
        self._write_sums()
        self._open_stack()
        self._stack_up()

    def beat_row(self) -> None:
        """All kernels slide; then the row of numbers that came out."""
        act = self.act
        self.play(FadeOut(self.notes, self.sums, act.blocks), seconds=0.5)
        self.notes = VGroup()
        if act.example:
            self.play(Slide(act.lanes, 0), seconds=1.0)
        self.play(FadeIn(self.output_name), seconds=0.4)
        self._run()

    def beat_formulas(self) -> None:
        """Both sums, term by term."""
        plan, theme = self.plan, self.theme
        leaving = [m for m in self.mobjects if m is not self.heading]
        self.play(FadeOut(*leaving), seconds=0.6)
        y = coloured("y[n]", theme.output.colour)
        h, x = coloured("h_c[k]", theme.fixed.colour), coloured("x_c[n - k]", theme.moving.colour)
        self._formula("convolution", f"{y} = sum_c sum_k {h} thin {x}", plan.frames, 2.2)
        w, x = coloured("w_c[k]", theme.moving.colour), coloured("x_c[n + k]", theme.fixed.colour)
        self._formula(
            "layer: cross-correlation", f"{y} = sum_c sum_k {w} thin {x}", plan.layer, -0.6
        )

    def _formula(self, name: str, math: str, sums: ChannelSums, top: float) -> None:
        """What a sum is called, its formula, and the shapes that it joins."""
        theme = self.theme
        words = Words(name, size=BODY, colour=theme.muted.colour)
        formula = Formula(math, size=1.5 * LABEL, colour=theme.text.colour)
        shapes = Formula(self.plan.shapes(sums), size=1.2 * LABEL, colour=theme.text.colour)
        stand(words, HEADING_LEFT, top)
        stand(formula, HEADING_LEFT, top - 1.0)
        stand(shapes, 1.6, top - 1.0)
        self.play(FadeIn(words, formula), seconds=0.8)
        self.play(FadeIn(shapes), seconds=0.6)


def _pairs(k: Any, values: Any) -> Any:
    """Indices and values side by side, (n, 2)."""
    return np.stack([k, values], axis=1).astype(float)


def _listed(values: Any) -> str:
    """Typst mathematics of a row."""
    return f"({', '.join(brief(value) for value in values.tolist())})"


def _bracketed(value: str) -> str:
    """A factor: a negative one in parentheses."""
    return f"({value})" if value.startswith("−") else value


def _spread(levels: list[float], gap: float) -> list[float]:
    """The levels moved apart, so that no two of them are nearer than ``gap``, in their order."""
    order = np.argsort(levels, kind="stable")
    placed = np.array(levels, dtype=float)[order]
    for _ in range(len(levels)):
        for i in range(len(levels) - 1):
            lack = gap - (placed[i + 1] - placed[i])
            if lack > 0:
                placed[i] -= lack / 2
                placed[i + 1] += lack / 2
    spread = np.empty_like(placed)
    spread[order] = placed
    return [float(level) for level in spread]
