"""A window that opens, its output, and the cells that two layers see."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

import numpy as np
from manim import FadeIn, FadeOut, VGroup, smooth

from convmath.arrays import IntArray
from scenes.kit.cells import Cells
from scenes.kit.chart import Box
from scenes.kit.grid import Window
from scenes.kit.grid_room import LINES
from scenes.kit.grid_story import GridStory
from scenes.kit.opening import Opening
from scenes.kit.palette import Scale, blended
from scenes.kit.side_by_side import side_by_side
from scenes.kit.sliding import Slide
from scenes.kit.turning import weight_colours
from scenes.kit.typeset import BODY, SMALL, Formula, Words, coloured, stand
from scenes.plans.dilation import DilationPlan
from scenes.wording import numbered, plural

__all__ = ["Dilation"]

_TOP, _BOTTOM = 2.1, -2.5  # of receptive fields
_LARGEST = 0.6  # of their cells
_TITLE = 2.5  # width of a receptive field with its title, at least


class Dilation(GridStory[DilationPlan]):
    """Draws `DilationPlan`."""

    plan_class: ClassVar[type[DilationPlan]] = DilationPlan

    def beat_dense(self) -> None:
        """The kernel on neighbouring cells."""
        plan = self.plan
        k, w = plan.kernel.shape
        self.play(FadeIn(self.draw_input()), seconds=0.8)
        self.hold(0.8)
        self.kernel = self.draw_kernel(plan.kernel)
        self.kernel_title = self.title(self.room.kernel, f"kernel, {k} × {w}")
        self.play(FadeIn(self.kernel, self.kernel_title), seconds=0.8)
        window = Window(self.room.input, self.theme.text, rows=k, columns=w)
        step = (plan.layout.dilation[0], plan.layout.dilation[1])
        self.opening = Opening(self.suited(window), step, (0, 0))
        self.play(FadeIn(self.opening), seconds=0.6)
        self.line: Any = self.say(f"{k * w} weights on {k} × {w} cells")
        self.play(FadeIn(self.line), seconds=0.5)

    def beat_predict(self) -> None:
        """How wide the window becomes is asked for."""
        d = self.plan.apart
        gap = numbered(d - 1, "cell")
        words = f"dilation {d}: {gap} free between neighbouring weights; how wide is it, how high?"
        self.line = self.exchange(self.line, self.say(words))

    def beat_span(self) -> None:
        """The window opens; the cells are counted."""
        self.play(Slide(self.opening, 1, rate_func=smooth), seconds=1.8)
        self.hold(0.6)
        lines = VGroup(*(self._spanned(axis) for axis in (0, 1)))
        self.line = self.exchange(self.line, lines, seconds=0.8)

    def _spanned(self, axis: int) -> VGroup:
        """How many cells the kernel spans in one dimension."""
        d, k = self.plan.apart, self.plan.kernel.shape[axis]
        span = self._counted(axis, self.plan.span[axis])
        return self.computed(axis, f"{d} dot ({k} - 1) + 1 = {span}")

    def _counted(self, axis: int, count: int) -> str:
        """Typst mathematics of so many rows or columns."""
        number = coloured(str(count), self.theme.weight.colour)
        return f'{number} "{plural(count, ("row", "column")[axis])}"'

    def beat_corner(self) -> None:
        """The products of the first position, and their sum."""
        self.sweep = self.make_sweep()
        self.play(FadeOut(self.line), seconds=0.4)
        self.remove(self.line, self.opening)
        self.add(self.sweep.window)
        name = self.title(self.room.products, "products", 0.14)
        shown: list[Any] = [self.products]
        if self.patch is not None:
            assert self.room.patch is not None
            shown += [self.patch, self.title(self.room.patch, "under it")]
        self.play(FadeIn(*shown, name), seconds=0.7)
        self.below = VGroup(*shown, name)
        self.hold(0.8)
        self.line = self.equation(0)
        self.play(FadeIn(self.line), seconds=0.6)
        self.name = self.title(self.room.output, "output")
        self.play(FadeIn(self.name), seconds=0.4)
        self.fly(self.line[-1], self.room.output, 0, 0)
        self.play(FadeIn(self.output, *self.sweep.rings), seconds=0.3)

    def beat_size(self) -> None:
        """The window goes everywhere; the places are counted."""
        plan = self.plan
        self.play(FadeOut(self.line), seconds=0.3)
        self.remove(self.line, self.sweep.window, self.output, *self.sweep.rings)
        self.add(self.sweep)
        self.sweep_to(len(plan.sweep) - 1, plan.sweep_seconds)
        rows, columns = plan.size
        full = self.title(self.room.output, f"output, {rows} × {columns}")
        self.play(FadeOut(self.name), FadeIn(full), seconds=0.4)
        self.name = full
        lines = VGroup(*(self._sized(axis) for axis in (0, 1)))
        self.play(FadeIn(lines), seconds=0.6)
        self.hold(1.0)
        symbols = self._symbols()
        self.play(FadeIn(symbols), seconds=0.5)
        self.line = VGroup(lines, symbols)

    def _sized(self, axis: int) -> VGroup:
        """The size of the output in one dimension."""
        d, k, n = self.plan.apart, self.plan.kernel.shape[axis], self.plan.input.shape[axis]
        size = coloured(str(self.plan.size[axis]), self.theme.output.colour)
        return self.computed(axis, f"{n} - {d} dot ({k} - 1) = {size}")

    def _symbols(self) -> VGroup:
        """The same for any sizes, and what the letters mean."""
        line = self.computed(2, "n - d (k - 1)", "in general")
        words = 'n "cells of the input," space d "dilation," space k "cells of the kernel"'
        legend = Formula(words, size=SMALL, colour=self.theme.muted.colour)
        stand(legend, self.room.line.right, LINES[2], align="right")
        return VGroup(line, legend)

    def beat_between(self) -> None:
        """A kernel with zeros in the gaps, in place of the kernel and its products."""
        plan = self.plan
        leaving = [self.line, self.kernel, self.kernel_title, self.below, *self.sweep.rings]
        self.play(*(FadeOut(part) for part in leaving), seconds=0.5)
        self.remove(*leaving, self.sweep, self.products)
        self.add(self.output, self.sweep.window)
        rows, columns = plan.span
        cells = self._middle_cells(rows, columns)
        weights = plan.frames.spread
        wide = self.grid(cells, weights)
        between = np.ones((rows, columns), dtype=bool)
        between[:: plan.apart, :: plan.apart] = False
        wide.draw(weights, weight_colours(weights, self.theme), dimmed=between)
        name = self.title(cells, f"kernel, {rows} × {columns}")
        self.play(FadeIn(wide, name), seconds=0.8)
        self.hold(1.5)
        count = rows * columns
        line = f"every output is the same: {plan.kernel.size} products are enough, not {count}"
        self.line = self.say(line)
        self.play(FadeIn(self.line), seconds=0.5)

    def _middle_cells(self, rows: int, columns: int) -> Cells:
        """As large as there is room for between the input and the output."""
        room = self.room
        left, right = room.input.box.right + 0.6, room.output.left - 0.6
        box = Box(left, right, min(room.products.box.bottom, room.input.box.bottom), room.input.top)
        cells = Cells.within(box, rows, columns, largest=room.kernel.width)
        return replace(cells, top=room.input.top)

    def beat_two(self) -> None:
        """What two layers without gaps see."""
        self.clear_stage(seconds=1.0)
        self.places = self._places()
        self.play(FadeIn(self._field(0)), seconds=0.8)
        self.line = self.say("in each cell: in how many ways it counts for one number", 2)
        self.play(FadeIn(self.line), seconds=0.5)

    def beat_predict_two(self) -> None:
        """What two layers see, the second with gaps, is asked for."""
        d, cells = self.plan.apart, self.places[1]
        self.asked = VGroup(
            self.title(cells, f"dilations 1 and {d}"),
            self._under(cells, "spans ? × ? cells"),
        )
        self.play(FadeIn(self.asked), seconds=0.6)

    def beat_growing(self) -> None:
        """The field with gaps in the second layer."""
        self.exchange(self.asked, self._field(1), seconds=1.0)
        d, axis = self.plan.apart, self.plan.longer
        reach = self.plan.kernel.shape[axis] - 1
        total = self._counted(axis, self.plan.frames.growing.shape[axis])
        text = f"1 + {reach} + {d} dot {reach} = {total}"
        line = Formula(text, size=BODY, colour=self.theme.text.colour)
        self.hold(1.2)
        self.line = self.exchange(self.line, stand(line, self.middle, LINES[2], align="centre"))

    def beat_gaps(self) -> None:
        """The field with gaps in both layers."""
        self.play(FadeOut(self.line), seconds=0.3)
        self.remove(self.line)
        self.play(FadeIn(self._field(2)), seconds=0.8)
        self.hold(1.0)
        ways = self.plan.frames.constant
        line = f"for one output, {self.plan.unread:,} of {ways.size:,} cells are never read"
        words = self.say(line, 2, self.theme.weight.colour)
        self.play(FadeIn(words), seconds=0.5)

    def _places(self) -> list[Cells]:
        """Three receptive fields side by side, in cells of one size."""
        sizes = [(ways.shape[0], ways.shape[1]) for _, ways in self.plan.fields]
        box = Box(self.room.line.left, self.room.line.right, _BOTTOM, _TOP)
        return side_by_side(box, sizes, titles=[_TITLE] * 3, largest=_LARGEST, centred=True)

    def _field(self, number: int) -> VGroup:
        """One receptive field with its counts; a cell that does not count stays empty."""
        (dilations, ways), cells = self.plan.fields[number], self.places[number]
        grid = self.grid(cells, ways)
        grid.draw(ways, self._heat(ways), dimmed=ways == 0)
        rows, columns = ways.shape
        title = self.title(cells, "dilations {} and {}".format(*dilations))
        return VGroup(grid, title, self._under(cells, f"spans {rows} × {columns} cells"))

    def _heat(self, ways: IntArray) -> np.ndarray:
        ground, ink = self.theme.ground, self.theme.weight.colour
        ends = (blended(ground, ink, 0.12), blended(ground, ink, 0.55))
        return Scale(0.0, float(ways.max()), ends)(ways)

    def _under(self, cells: Cells, words: str) -> Words:
        """Plain words below a receptive field."""
        text = Words(words, size=SMALL, colour=self.theme.text.colour)
        return stand(text, cells.box.left, cells.box.bottom - 0.45)  # type: ignore[return-value]
