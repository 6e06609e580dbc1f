"""Several channels, one output: lanes on the left, their stack on the right."""

from __future__ import annotations

import math
from typing import Any, ClassVar

import numpy as np
from manim import Create, Dot, FadeIn, FadeOut, ReplacementTransform, VGroup, linear

from convmath import ChannelSums
from scenes.kit.chart import Axes, Box, Chart
from scenes.kit.explainer import Explainer
from scenes.kit.frame import HEADING_LEFT
from scenes.kit.lanes import LANE_TEXT, Lanes
from scenes.kit.plots import Glide, Ring, StemPlot
from scenes.kit.sliding import Slide
from scenes.kit.typeset import (
    BODY,
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
from scenes.numerals import brief
from scenes.plans.channels_1d import Channels1dPlan
from scenes.theme import Theme
from scenes.wording import factor

__all__ = ["Channels1d"]

_TOP, _FOOT = 3.0, -3.2  # of all lanes
_TALLEST = 3.0  # one lane, with what is written above it and the handle below
_HEAD, _HEEL = 0.56, 0.32  # of a lane: kept for words above its chart, and for the handle below
_LANES = (-6.05, 0.35)
_STACK = Box(left=2.15, right=6.25, bottom=-1.75, top=2.1)
_COLUMN = 1.45  # left edge of what is written above and below the stack
_COLUMN_WIDTH = 5.2
_TITLE = _STACK.top + 0.35  # baseline above the stack
_ROW, _FACT = -2.8, -3.5  # baselines below the stack
_TICK = 0.45  # room for a number along an axis
_APART = 0.72  # of the space between two n, that a number below them may fill
_SMALLEST = 0.6  # a row of numbers is not scaled down further


class _Act:
    """One of the two sums on its charts: the lanes on the left, the stack on the right."""

    def __init__(self, plan: Channels1dPlan, sums: ChannelSums, theme: Theme) -> None:
        count = sums.channels
        pitch = min((_TOP - _FOOT) / count, _TALLEST)
        tops = [_TOP - pitch * c for c in range(count)]
        boxes = [Box(*_LANES, bottom=top - pitch + _HEEL, top=top - _HEAD) for top in tops]
        self.sums = sums
        self.charts = [Chart(plan.window(sums), plan.lane_range(sums), box) for box in boxes]
        self.stack = Chart(plan.places(sums), plan.stack_range(sums), _STACK)
        lowest = self.charts[-1]
        self.axes = [_axes(chart, theme, "k", numbered=chart is lowest) for chart in self.charts]
        self.stack_axes = _axes(self.stack, theme, "n", y_ticks=6)
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
            *(self._list_above(c, f"x_{c + 1}", x, "moving") for c, x in enumerate(frames.original))
        )
        self.play(FadeIn(*self.act.axes), seconds=0.5)
        for name, channel in zip(self.names, self.channels, strict=True):
            self.play(FadeIn(name), Create(channel), seconds=0.9)
        self._open_stack()

    def _above(self, lane: int, *parts: str) -> Text:
        """Formulas in the inks of their roles above a lane, on the left: math, role, …"""
        inks = (getattr(self.theme, role).colour for role in parts[1::2])
        line = " quad ".join(coloured(m, ink) for m, ink in zip(parts[0::2], inks, strict=True))
        box = self.act.charts[lane].box
        text = Formula(line, size=BODY, colour=self.theme.text.colour)
        return stand(fitted(text, box.right - box.left), box.left, box.top + LANE_TEXT)

    def _list_above(self, lane: int, name: str, values: Any, role: str, share: float = 1.0) -> Text:
        """A row of numbers above a lane, in this share of its width; its name alone if too long."""
        box = self.act.charts[lane].box
        room = share * (box.right - box.left)
        listed = ", ".join(brief(value) for value in values.tolist())
        text = self._above(lane, f"{name} = ({listed})", role)
        if text.size * room < _SMALLEST * BODY * float(text.width):
            return self._above(lane, f"{name}[k]", role)
        fitted(text, room)
        return stand(text, box.left, box.top + LANE_TEXT)

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
        kernels = [("h", self.plan.h.values)] * len(lanes.lanes)
        self.kernel_names = self._kernel_lists(kernels, "fixed")
        still = [lane.still for lane in lanes.lanes]
        handles = [lane.handle.draw(0.0) for lane in lanes.lanes]
        self.play(*(Glide(channel, sign=-1.0) for channel in self.channels), seconds=1.5)
        self.play(*self._rename("h[k]", "fixed", "x_#[n - k]", "moving"), seconds=0.6)
        self.play(FadeIn(*handles), seconds=0.4)
        first = float(self.plan.frames.n[0])
        pairs = zip(self.channels, handles, strict=True)
        self.play(*(Glide(x, handle, offset=first) for x, handle in pairs), seconds=1.0)
        stems = [Create(each) for each in still]
        self.play(*stems, FadeIn(self.kernel_names), seconds=1.2)
        self.remove(*self.channels, *handles, *still)
        self.add(lanes)

    def beat_multiply(self) -> None:
        """Slide to the example, and write what each lane adds up to."""
        self._slide_to_example()
        self.play(FadeOut(self.kernel_names), seconds=0.4)
        self._write_sums()

    def _slide_to_example(self) -> None:
        """From the first step to the one that the sums are told at."""
        act = self.act
        if act.example:
            slide = Slide(act.lanes, act.example, rate_func=linear)
            self.play(slide, seconds=self.plan.approach_seconds(act.sums))

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
            " dot ".join(coloured(factor(v), ink) for v, ink in zip(pair, inks, strict=True))
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
        self._stack_up()

    def _open_stack(self) -> None:
        """The chart of the output, and its name."""
        self.output_name = self._title("y[n]")
        self.play(FadeIn(self.act.stack_axes, self.output_name), seconds=0.6)

    def _title(self, math: str) -> Text:
        """Typst mathematics above the stack, in the ink of the output."""
        text = fitted(Formula(math, colour=self.theme.output.colour), _COLUMN_WIDTH)
        return stand(text, _COLUMN, _TITLE)

    def _stack_up(self) -> None:
        """The blocks at the example, and their sum above them."""
        act, plan = self.act, self.plan
        shares = self._shares()
        for lane, block, share in zip(act.lanes.lanes, act.blocks, shares, strict=True):
            self.play(ReplacementTransform(lane.bars.copy(), block), FadeIn(share), seconds=1.0)
        y = plan.value(act.sums, act.sums.output[act.example].item())
        name = f"y[{act.sums.n[act.example]}]"
        added = f"{plan.added(act.sums, act.example)} =" if act.sums.channels > 1 else ""
        total = self._title(f"{name} = {added} {y}")
        place = act.stack.point(float(act.sums.n[act.example]), float(act.sums.output[act.example]))
        dot = Dot(place, radius=0.09, color=self.theme.output.colour)
        self.play(FadeOut(self.output_name), FadeIn(total, dot), seconds=0.6)
        self.notes = VGroup(shares, total, dot)

    def _shares(self) -> VGroup:
        """The number of each block, beside it."""
        act, plan = self.act, self.plan
        left, right = float(act.blocks.get_left()[0]) - 0.2, float(act.blocks.get_right()[0]) + 0.2
        colour = self.theme.product.colour
        levels = [float(block.get_center()[1]) for block in act.blocks]
        texts = [
            Formula(f"x_{c + 1} quad {plan.value(act.sums, share)}", size=SMALL, colour=colour)
            for c, share in enumerate(act.sums.sums[act.example].tolist())
        ]
        to_left = right + max(float(text.width) for text in texts) > _STACK.right
        for text, level in zip(texts, _spread(levels, 0.36, _STACK.bottom + 0.1), strict=True):
            if to_left:
                stand(text, left, level - 0.09, align="right")
            else:
                stand(text, right, level - 0.09)
            haloed(text, self.theme.ground)
        return VGroup(*texts)

    def beat_predict(self) -> None:
        """Back to the start, and a question."""
        act = self.act
        self.play(FadeOut(self.notes, self.sums, act.blocks), seconds=0.5)
        self.play(FadeIn(self.output_name), Slide(act.lanes, 0), seconds=1.5)
        self.notes = self._words("How many rows come out?", "Where is y farthest from zero?")
        self.play(FadeIn(self.notes), seconds=0.6)

    def _words(self, *lines: str, role: str = "text", first: int = 0) -> VGroup:
        """Plain words below the stack, from this line of it on."""
        ink = getattr(self.theme, role)
        words = [Words(line, size=BODY, colour=ink.colour) for line in lines]
        for k, line in enumerate(words, first):
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
        equals = stand(
            Formula("=", colour=self.theme.output.colour),
            float(self.output_name.get_right()[0]) + 0.15,
            _TITLE,
        )
        lanes.place_total(float(equals.get_right()[0]) + 0.15, _TITLE)
        self.play(FadeOut(self.notes), FadeIn(equals), seconds=0.4)
        last = len(act.sums) - 1
        self.play(Slide(lanes, last, rate_func=linear), seconds=plan.slide_seconds(act.sums))
        shares = [lane.share for lane in lanes.lanes]
        self.play(FadeOut(equals, lanes.total, *shares), FadeIn(self._row()), seconds=0.8)
        self.play(FadeIn(self._fact(plan.shapes(act.sums)), *self._peak_ring()), seconds=0.6)

    def _peak_ring(self) -> list[Ring]:
        """A ring around the output that is farthest from zero, if any is."""
        n, y = self.act.sums.peak
        place = self.act.stack.point(float(n), float(y))
        return [Ring(place, self.theme.output, radius=0.19)] if y else []

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
        room = _APART * float(act.stack.unit[0])
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
        apart, together = (self._title(f"y = {math}") for math in self.plan.alike_math)
        self.play(FadeOut(self.output_name), FadeIn(apart), seconds=0.8)
        self.hold(2.0)
        opacity = self.theme.product.fill
        plain = [b.animate.set_fill(opacity=opacity).set_stroke(width=0.0) for b in blocks]
        self.play(*plain, seconds=1.5)
        self.play(FadeOut(apart), FadeIn(together), seconds=0.8)

    def beat_layer(self) -> None:
        """The same channels stay now, and each has a kernel of its own, which will slide."""
        self.act = act = _Act(self.plan, self.plan.layer, self.theme)
        lanes = act.lanes.draw(0).lanes
        several = len(lanes) > 1
        stays = self._words("The channels stay." if several else "The channel stays.", role="fixed")
        slides = "The kernels slide, not flipped." if several else "The kernel slides, not flipped."
        moves = self._words(slides, role="moving", first=1)
        self.clear_stage()
        self.play(FadeIn(*act.axes), *self._name_lists(), seconds=0.6)
        self.play(*(Create(lane.still) for lane in lanes), FadeIn(stays), seconds=1.0)
        for lane, kernel in zip(lanes, self.kernel_names, strict=True):
            self.play(FadeIn(kernel, lane.moving, lane.handle), seconds=0.6)
        self.play(FadeIn(moves), seconds=0.6)
        self.notes = VGroup(*stays, *moves)
        self._open_stack()

    def _name_lists(self) -> list[Any]:
        """The numbers of each channel and of its kernel above the lane; the first ones appear."""
        sums = self.act.sums
        low, high = sums.supports[0]
        channels = sums.fixed[:, (sums.k >= low) & (sums.k <= high)]
        self.names = VGroup(
            *(self._list_above(c, f"x_{c + 1}", x, "fixed", 0.55) for c, x in enumerate(channels))
        )
        kernels = [(f"w_{c + 1}", w) for c, w in enumerate(sums.original)]
        self.kernel_names = self._kernel_lists(kernels, "moving")
        return [FadeIn(self.names)]

    def _kernel_lists(self, kernels: list[tuple[str, Any]], role: str) -> VGroup:
        """The name and the numbers of each lane's kernel, at the right end above the lane."""
        lists = VGroup()
        for lane, (name, taps) in enumerate(kernels):
            text, right = self._list_above(lane, name, taps, role, 0.4), _LANES[1]
            lists.add(text.shift((right - float(text.get_right()[0]), 0.0, 0.0)))
        return lists

    def beat_weigh(self) -> None:
        """The layer's sums at one n, and their stack."""
        act = self.act
        products = [lane.product for lane in act.lanes.lanes]
        self.bring_to_back(*products)
        named = self._rename("x_#[k]", "fixed", "w_#[k - n]", "moving")
        self.play(FadeOut(self.notes, self.kernel_names), *named, seconds=0.5)
        self.play(FadeIn(*products), seconds=0.5)
        self.remove(*(part for lane in act.lanes.lanes for part in lane.submobjects))
        self.add(act.lanes)
        self._slide_to_example()
        self._write_sums()
        self._stack_up()

    def beat_row(self) -> None:
        """All kernels slide; then the row of numbers that came out."""
        act = self.act
        leaving = FadeOut(self.notes, self.sums, act.blocks)
        self.play(leaving, FadeIn(self.output_name), seconds=0.5)
        self.notes = VGroup()
        if act.example:
            self.play(Slide(act.lanes, 0), seconds=1.0)
        self._run()

    def beat_formulas(self) -> None:
        """Both sums, term by term."""
        plan, theme = self.plan, self.theme
        self.clear_stage(seconds=0.6)
        stays, slides = theme.fixed.colour, theme.moving.colour
        one, each = (", one h for all", ", one for each") if plan.layer.channels > 1 else ("", "")
        pair = f"{coloured('h[k]', stays)} thin {coloured('x_(c)[n - k]', slides)}"
        name = f"convolution: x is flipped{one}"
        self._formula(name, pair, plan.frames, "full: every overlap", 2.2)
        pair = f"{coloured('w_(c)[k]', slides)} thin {coloured('x_(c)[n + k]', stays)}"
        name = f"layer (cross-correlation): w is not flipped{each}"
        self._formula(name, pair, plan.layer, "valid: whole overlaps only", -0.9)

    def _formula(self, name: str, product: str, sums: ChannelSums, edges: str, top: float) -> None:
        """What a sum is called, its formula, the shapes that it joins and why, its values here."""
        theme = self.theme
        y = coloured("y[n]", theme.output.colour)
        math = f'{y} = underbrace(sum_c, "stack") thin underbrace(sum_k {product}, "lane")'
        values = f"y = ({', '.join(self.plan.values(sums))})"
        words = Words(name, size=BODY, colour=theme.muted.colour)
        formula = Formula(math, size=1.3 * LABEL, colour=theme.text.colour)
        shapes = Formula(self.plan.shapes(sums), size=1.1 * LABEL, colour=theme.text.colour)
        row = Formula(values, size=1.1 * LABEL, colour=theme.output.colour)
        stand(words, HEADING_LEFT, top)
        stand(fitted(formula, 6.2), HEADING_LEFT, top - 1.1)
        stand(shapes, 1.3, top - 0.8)
        stand(fitted(row, 5.3), 1.3, top - 1.5)
        why = Words(edges, size=SMALL, colour=theme.muted.colour)
        stand(why, 1.3, top - 2.2)
        self.play(FadeIn(words, formula), seconds=0.8)
        self.play(FadeIn(shapes, row, why), seconds=0.6)


def _axes(
    chart: Chart, theme: Theme, variable: str, *, y_ticks: int = 4, numbered: bool = True
) -> Axes:
    """Axes with as many whole numbers along the horizontal one as have room, and no others."""
    low, high = chart.x_range
    whole, fitting = (
        math.floor(high) - math.ceil(low) + 1,
        int((high - low) * chart.unit[0] / _TICK),
    )
    ticks = min(whole, fitting)
    return Axes(chart, theme, variable=variable, x_ticks=ticks, y_ticks=y_ticks, numbered=numbered)


def _pairs(k: Any, values: Any) -> Any:
    """Indices and values side by side, (n, 2)."""
    return np.stack([k, values], axis=1).astype(float)


def _spread(levels: list[float], gap: float, floor: float) -> list[float]:
    """The levels moved apart, so that no two are nearer than ``gap``, and none below ``floor``."""
    order = np.argsort(levels, kind="stable")
    placed = np.array(levels, dtype=float)[order]
    for _ in range(len(levels)):
        for i in range(len(levels) - 1):
            lack = gap - (placed[i + 1] - placed[i])
            if lack > 0:
                placed[i] -= lack / 2
                placed[i + 1] += lack / 2
    placed += max(floor - placed[0], 0.0)
    spread = np.empty_like(placed)
    spread[order] = placed
    return [float(level) for level in spread]
