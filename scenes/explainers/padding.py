"""An input without and with a border of made-up pixels, and the edge of the output."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

import numpy as np
from manim import FadeIn, FadeOut, VGroup

from convmath.arrays import AnyArray
from scenes.kit.cells import Cells
from scenes.kit.chart import Box
from scenes.kit.grid import Window
from scenes.kit.grid_story import GridStory
from scenes.kit.palette import Colours, Scale, blended
from scenes.kit.typeset import SMALL, Words, coloured, fitted, stand
from scenes.numerals import brief
from scenes.plans.padding import PaddingPlan
from scenes.wording import numbered

__all__ = ["Padding"]

_APART = 0.45  # between maps side by side
_FILLS = {
    "reflect": "mirrored at the edge",
    "edge": "the edge repeated",
    "circular": "from the other side",
}
_FILL_BOTTOM = -2.3  # of padded inputs side by side


class Padding(GridStory[PaddingPlan]):
    """Draws `PaddingPlan`."""

    plan_class: ClassVar[type[PaddingPlan]] = PaddingPlan

    @property
    def largest_map(self) -> tuple[int, int]:
        """The counts have the input's size, the output one of its own."""
        (rows, columns), (n, m) = self.plan.size, self.plan.input.shape
        return max(rows, n), max(columns, m)

    def beat_middle(self) -> None:
        """The kernel inside the input, and its middle at every position."""
        plan = self.plan
        k, w = plan.kernel.shape
        self.play(FadeIn(self.draw_input()), seconds=0.6)
        self.pixels = self.room.input.moved(*plan.layout.before).sized(*plan.input.shape)
        name = self.title(self.room.kernel, f"kernel, {k} × {w}")
        self.kernel = VGroup(self.draw_kernel(plan.kernel), name)
        self.lower = np.array([0.0, self.pixels.top - self.room.kernel.top, 0.0])
        self.kernel.shift(self.lower)  # beside the input, which gets its border later
        self.play(FadeIn(self.kernel), seconds=0.6)
        window = Window(self.pixels, self.theme.text, rows=k, columns=w)
        self.window = self.suited(window).draw(0, 0)
        self.play(FadeIn(self.window), seconds=0.6)
        self.dots = self.marks(self.pixels, plan.middles, self.theme.weight.colour)
        first = np.zeros_like(plan.middles)
        first[k // 2, w // 2] = True
        here = self.marks(self.pixels, first, self.theme.weight.colour)
        self.play(FadeIn(here), seconds=0.5)
        self.hold(1.0)
        self._along_the_top()
        self.play(FadeIn(self.dots), FadeOut(here), seconds=0.8)

    def _along_the_top(self) -> None:
        """The window goes to the right end."""
        positions = self.plan.input.shape[1] - self.plan.kernel.shape[1]
        way = self.pixels.centre(0, positions) - self.pixels.centre(0, 0)
        self.play(self.window.animate.shift(way), seconds=1.2)

    def beat_uses(self) -> None:
        """Beside it, how many windows lie on each pixel."""
        self.play(FadeOut(self.window, self.dots), seconds=0.4)
        self.remove(self.window, self.dots)
        uses = self.plan.frames.plain_uses
        cells = replace(self.room.output.sized(*uses.shape), top=self.pixels.top)
        heat = self.grid(cells, uses).draw(uses, self.heat(uses))
        name = self.title(cells, "windows over it")
        self.counts = VGroup(heat, name)
        self.play(FadeIn(self.counts), seconds=0.8)

    def heat(self, counts: AnyArray) -> Colours:
        """Stronger for pixels that are used more often."""
        ground, ink = self.theme.ground, self.theme.weight.colour
        ends = (blended(ground, ink, 0.06), blended(ground, ink, 0.5))
        return Scale(0.0, float(counts.max()), ends)(counts)

    def beat_predict(self) -> None:
        """How often the input can be shrunk is asked for."""
        self.play(FadeOut(self.counts), seconds=0.4)
        self.remove(self.counts)
        self.question = self.say("how many layers can follow each other?")
        self.play(FadeIn(self.question), seconds=0.5)

    def beat_layers(self) -> None:
        """The maps after one layer, two layers, …"""
        leaving = (self.question, self.kernel)
        self.play(FadeOut(*leaving), seconds=0.4)
        self.remove(*leaving)
        self.maps = VGroup()
        ground, ink = self.theme.ground, self.theme.output.colour
        for n, cells in enumerate(self._map_places(), start=1):
            grid = self.grid(cells, np.zeros(cells.shape))
            grid.write = None
            grid.draw(np.zeros(cells.shape), blended(ground, ink, 0.42))
            text = f"{cells.rows} × {cells.columns}"
            title = self.title(cells, f"layer {n}: {text}" if n == 1 else text)
            self.maps.add(VGroup(grid, title))
            self.play(FadeIn(self.maps[-1]), seconds=0.6)
            self.hold(0.5)
        left = len(self.plan.frames.sizes) - 1 - len(self.maps)
        count = len(self.plan.frames.sizes) - 1
        words = numbered(count, "layer")
        said = self.say(f"after {words} nothing is left to slide over")
        if left:
            said = self.say(f"… and so on: {words} until no window fits")
        self.maps.add(said)
        self.play(FadeIn(said), seconds=0.5)

    def _map_places(self) -> list[Cells]:
        """Maps side by side, right of the input."""
        sizes = self.plan.shown_sizes
        left, right = self.room.kernel.left, self.room.line.right
        across = sum(columns for _, columns in sizes)
        rooms = right - left - _APART * len(sizes)
        side = min(self.pixels.width, rooms / across)
        seam = 0.0 if side < 0.12 else 0.08
        places, x = [], left
        for n, (rows, columns) in enumerate(sizes):
            places.append(Cells(rows, columns, x, self.pixels.top, side, side, seam))
            x += max(columns * side, 1.8 if not n else 0.9) + _APART
        return places

    def beat_pad(self) -> None:
        """The border, and where the middle can stand now."""
        self.play(FadeOut(self.maps), seconds=0.4)
        self.remove(self.maps)
        self.padded = self.draw_border()
        self.play(FadeOut(self.input_title), seconds=0.3)
        self.play(FadeIn(self.padded), seconds=0.9)
        self.play(FadeIn(self.kernel.shift(-self.lower)), seconds=0.4)
        self.sweep = self.make_sweep(multiplied=False)
        self.play(FadeIn(self.sweep.window), seconds=0.6)
        self.dots = self.marks(self.room.input, self.plan.padded_middles, self.theme.weight.colour)
        self.hold(1.0)
        self.play(FadeIn(self.dots), seconds=0.8)

    def beat_size(self) -> None:
        """The window goes over the padded input, and the output is as large as it says."""
        self.play(FadeOut(self.dots), seconds=0.4)
        rows, columns = self.plan.size
        name = self.title(self.room.output, f"output, {rows} × {columns}")
        self.remove(self.dots, self.sweep.window)
        self.play(FadeIn(self.sweep, name), seconds=0.4)
        self.sweep_to(len(self.plan.sweep) - 1, 4.0)
        self.line = VGroup(*(self._sized(axis) for axis in (0, 1)))
        self.play(FadeIn(self.line), seconds=0.6)

    def _sized(self, axis: int) -> VGroup:
        """The size of the output in one dimension."""
        plan = self.plan
        n, p, k = plan.input.shape[axis], plan.layout.before[axis], plan.kernel.shape[axis]
        size = coloured(str(plan.size[axis]), self.theme.output.colour)
        return self.computed(axis, f"{n} + 2 dot {p} - {k} + 1 = {size}")

    def beat_predict_edge(self) -> None:
        """Which outputs the zeros changed is asked for."""
        leaving = (self.line, self.sweep.window, *self.sweep.rings)
        self.play(FadeOut(*leaving), seconds=0.4)
        self.remove(self.sweep, *leaving)
        self.add(self.output)
        self.question = self.say("which outputs had zeros of the border under the kernel?")
        self.play(FadeIn(self.question), seconds=0.5)

    def beat_edge(self) -> None:
        """They are marked; what the first one lacks is said in numbers."""
        plan, colour = self.plan, self.theme.weight.colour
        self.play(FadeOut(self.question), seconds=0.3)
        marks = self.marks(self.room.output, plan.touched, colour)
        self.play(FadeIn(marks), seconds=0.8)
        count = int(plan.touched.sum())
        words = self.say(f"{count:,} of {plan.touched.size:,} outputs saw the border", 0, colour)
        self.play(FadeIn(words), seconds=0.5)
        self.hold(2.0)
        zeros, edge = brief(plan.first("zeros")), brief(plan.first("edge"))
        first = self.say(f"the first: {zeros} with zeros, {edge} with the edge pixels repeated", 1)
        pointers = self.point_at(0)
        self.play(FadeIn(pointers, first), seconds=0.6)

    def beat_fills(self) -> None:
        """The same padding with each other fill."""
        self.clear_stage()
        for cells, fill in zip(self._fill_places(), _FILLS, strict=True):
            self.play(FadeIn(self._filled(cells, fill)), seconds=0.7)
            self.hold(1.5)
        zeros = brief(self.plan.first("zeros"))
        self.play(FadeIn(self.say(f"zeros: 0 all around, first output {zeros}", 2)), seconds=0.5)

    def _fill_places(self) -> list[Cells]:
        """Three padded inputs side by side."""
        rows, columns = self.plan.layout.padded
        line = self.room.line
        width = (line.right - line.left - 2 * _APART) / 3
        boxes = [
            Box(left, left + width, _FILL_BOTTOM, self.room.input.top)
            for left in (line.left + n * (width + _APART) for n in range(3))
        ]
        seam = self.room.input.gap
        return [
            Cells.within(box, rows, columns, largest=self.room.input.width, gap=seam)
            for box in boxes
        ]

    def _filled(self, cells: Cells, fill: str) -> VGroup:
        """A padded input, its border in another colour, and the first output that it makes."""
        plan, theme = self.plan, self.theme
        values = getattr(plan.frames, f"padded_{fill}")
        grid = self.grid(cells, values)
        ground = blended(theme.ground, theme.moving.colour, 0.3)
        colours = self.input_colours(grid, values)
        if grid.write is not None:
            colours = np.where(plan.sweep.inside, colours, ground)
        grid.draw(values, colours)
        rows, columns = plan.input.shape
        edge = Window(cells, theme.fixed, rows=rows, columns=columns, margin=0.0)
        edge.set_stroke(width=self.stroke(cells))
        edge.draw(*plan.layout.before)
        rule = Words(_FILLS[fill], size=SMALL, colour=theme.text.colour)
        value = brief(plan.first(fill))
        words = Words(f"first output {value}", size=SMALL, colour=theme.output.colour)
        middle = (cells.box.left + cells.box.right) / 2
        for line, text in enumerate((rule, words)):
            stand(fitted(text, 3.8), middle, cells.box.bottom - 0.45 - 0.45 * line, align="centre")
        return VGroup(grid, edge, self.title(cells, fill), rule, words)
