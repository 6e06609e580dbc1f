"""The map of stride 1, and below it what a kernel makes that leaps."""

from __future__ import annotations

from dataclasses import replace
from math import ceil, prod
from typing import Any, ClassVar

import numpy as np
from manim import FadeIn, FadeOut, VGroup, linear

from convmath.arrays import AnyArray
from scenes.kit.cells import Cells
from scenes.kit.grid import Window
from scenes.kit.grid_story import GridStory
from scenes.kit.palette import Colours
from scenes.kit.sliding import Slide
from scenes.kit.sweep import FillingMap, RowByRow, Sweep
from scenes.kit.typeset import coloured
from scenes.plans.stride import StridePlan
from scenes.wording import numbered, plural

__all__ = ["Stride"]

_FOLLOWED = 40  # positions of stride 1 that are shown one by one
_BETWEEN = 0.6  # the two maps, with a title
_SHARE = 0.17  # of the height of both maps: what lies between them


class Stride(GridStory[StridePlan]):
    """Draws `StridePlan`."""

    plan_class: ClassVar[type[StridePlan]] = StridePlan

    @property
    def largest_map(self) -> tuple[int, int]:
        """Two maps stand above each other."""
        (rows, columns), above = self.plan.full.shape, self.plan.size[0]
        return rows + above + ceil(_SHARE * (rows + above) - 0.15), columns

    def stage(self) -> None:
        """The map of stride 1 above, the leaping kernel's below it."""
        super().stage()
        top = self.room.output
        self.full_cells = top.sized(*self.plan.full.shape)
        below = replace(top, top=self.full_cells.box.bottom - _BETWEEN)
        self.room = replace(self.room, output=below)

    def output_colours(self, values: AnyArray) -> Colours:
        """On one scale for both maps."""
        return self.scaled(values, self.plan.full)

    def beat_every(self) -> None:
        """The map of stride 1, filled row by row."""
        plan = self.plan
        k, w = plan.kernel.shape
        parts = [self.draw_input()]
        if plan.is_padded:
            parts.append(self.draw_border())
            parts[0].remove(self.input_title)
        kernel = self.draw_kernel(plan.kernel)
        name = self.title(self.room.kernel, f"kernel, {k} × {w}")
        self.play(FadeIn(*parts), FadeIn(kernel, name), seconds=0.8)
        values = plan.full
        self.colours = self.output_colours(values)
        grid = self.grid(self.full_cells, values)
        rows, columns = values.shape
        self.full_name = self.title(self.full_cells, f"stride 1: {rows} × {columns}")
        self.play(FadeIn(self.full_name), seconds=0.4)
        self.filling = FillingMap(grid, values, self.colours)
        self._fill()

    def _fill(self) -> None:
        """The window goes everywhere; where that is too much to follow, rows fill at once."""
        sizes = self.plan.full.shape
        if prod(sizes) > _FOLLOWED:
            rows = RowByRow(self.filling)
            self.play(Slide(rows, sizes[0], rate_func=linear), seconds=3.0)
            return
        k, w = self.plan.kernel.shape
        row, column = np.indices(sizes).reshape(2, -1)
        sweep = Sweep(self.room.input, (k, w), row, column, [self.filling], self.theme)
        for window in (sweep.window, *sweep.rings):
            self.suited(window)
        self.play(FadeIn(sweep.draw(0)), seconds=0.4)
        self.play(Slide(sweep, row.size - 1, rate_func=linear), seconds=5.0)
        self.play(FadeOut(sweep.window, *sweep.rings), seconds=0.3)
        self.remove(sweep, sweep.window, *sweep.rings)
        self.add(self.filling.grid)

    def beat_leap(self) -> None:
        """The window leaps along the first row, or down where there is one column."""
        s = self.plan.parameters.stride
        self.sweep = self.make_sweep(multiplied=False)
        self.name = self.title(self.room.output, f"stride {s}")
        self.play(FadeIn(self.sweep, self.name), seconds=0.6)
        self.hold(0.8)
        last = self.plan.size[1] - 1 if self.plan.along else len(self.plan.sweep) - 1
        if last:
            self.sweep_to(last, self.plan.first_seconds)

    def beat_predict(self) -> None:
        """How large the map becomes is asked for."""
        s = self.plan.parameters.stride
        self.name = self.exchange(self.name, self.title(self.room.output, f"stride {s}: ? × ?"))
        self.question = self.say("how many rows, how many columns?")
        self.play(FadeIn(self.question), seconds=0.5)

    def beat_sweep(self) -> None:
        """The rest of the positions."""
        self.play(FadeOut(self.question), seconds=0.3)
        last = len(self.plan.sweep) - 1
        if last > self.sweep.index:
            self.sweep_to(last, self.plan.sweep_seconds)
        rows, columns = self.plan.size
        s = self.plan.parameters.stride
        answer = self.title(self.room.output, f"stride {s}: {rows} × {columns}")
        self.name = self.exchange(self.name, answer)

    def beat_size(self) -> None:
        """How often the leap fits, in numbers."""
        lines = [self._sized(axis) for axis in (0, 1)]
        self.play(FadeIn(lines[0]), seconds=0.6)
        self.hold(2.0)
        self.play(FadeIn(lines[1]), seconds=0.6)
        self.line = VGroup(*lines)

    def _sized(self, axis: int) -> VGroup:
        """The size of the output in one dimension."""
        plan = self.plan
        n, k, s = plan.layout.padded[axis], plan.kernel.shape[axis], plan.parameters.stride
        size = coloured(str(plan.size[axis]), self.theme.output.colour)
        return self.computed(axis, f"floor(({n} - {k}) slash {s}) + 1 = {size}")

    def _clear(self, *others: Any) -> None:
        """The line below the grids goes, and the window with it."""
        leaving = (self.line, self.sweep.window, *self.sweep.rings, *others)
        self.play(FadeOut(*leaving), seconds=0.4)
        self.remove(self.sweep, *leaving)
        self.add(self.output)

    def beat_dropped(self) -> None:
        """What no weight ever lies on."""
        self._clear()
        unused = self.plan.frames.uses == 0
        colour = self.theme.weight.colour
        marks = self.marks(self.room.input, unused, colour)
        words = f"never under the kernel: {numbered(self.plan.dropped, 'cell')}"
        self.play(FadeIn(marks), seconds=0.8)
        said = self.say(words, 0, colour)
        self.play(FadeIn(said), seconds=0.5)
        self.line = VGroup(marks, said)

    def beat_predict_kept(self) -> None:
        """Where the numbers stand in the map above is asked for."""
        self._clear()
        s = self.plan.parameters.stride
        self.question = self.say(f"where in the map of stride 1 do those of stride {s} stand?")
        self.play(FadeIn(self.question), seconds=0.5)

    def beat_kept(self) -> None:
        """They are marked in the map above, and the others step back."""
        kept = self.plan.frames.kept
        self.play(FadeOut(self.question), seconds=0.4)
        rings = VGroup(
            *(self._ring(self.full_cells, *place) for place in (self._first, self._last)),
            *(self._ring(self.room.output, *place) for place in ((0, 0), self._end)),
        )
        self.play(FadeIn(rings[0], rings[2]), seconds=0.6)
        self.hold(0.8)
        self.play(FadeIn(rings[1], rings[3]), seconds=0.6)
        self.hold(0.8)
        grid = self.filling.grid
        marks = self.marks(self.full_cells, kept, self.theme.weight.colour)
        self.play(FadeOut(rings), FadeIn(marks), seconds=0.8)
        grid.draw(self.filling.values, self.colours, dimmed=~kept)
        count = int(kept.sum())
        words = f"{count:,} of {kept.size:,}, and the same {plural(count, 'number')}"
        self.line = VGroup(marks, self.say(words, 0, self.theme.weight.colour))
        self.play(FadeIn(self.line[1]), seconds=0.5)

    @property
    def _end(self) -> tuple[int, int]:
        """The last cell of the leaping kernel's map."""
        rows, columns = self.plan.size
        return rows - 1, columns - 1

    @property
    def _first(self) -> tuple[int, int]:
        f = self.plan.frames
        return int(f.full_row[0]), int(f.full_column[0])

    @property
    def _last(self) -> tuple[int, int]:
        f = self.plan.frames
        return int(f.full_row[-1]), int(f.full_column[-1])

    def _ring(self, cells: Cells, row: int, column: int) -> Window:
        """A frame around one number."""
        return self.suited(Window(cells, self.theme.text)).draw(row, column)

    def beat_why(self) -> None:
        """What both cost."""
        plan = self.plan
        self.play(FadeOut(self.line[1]), seconds=0.3)
        costs = [
            self._cost(0, 1, plan.full.size),
            self._cost(1, plan.parameters.stride, len(plan.frames)),
        ]
        self.play(FadeIn(costs[0]), seconds=0.6)
        self.hold(1.5)
        self.play(FadeIn(costs[1]), seconds=0.6)

    def _cost(self, line: int, stride: int, outputs: int) -> VGroup:
        """Outputs times weights."""
        k = self.plan.kernel.size
        count = coloured(str(outputs), self.theme.output.colour)
        products = coloured(str(outputs * k), self.theme.product.colour)
        parts = (
            f'{count} "{plural(outputs, "output")}"',
            f'{k} "{plural(k, "weight")}"',
            f'{products} "{plural(outputs * k, "product")}"',
        )
        return self.computed(line, "{} dot {} = {}".format(*parts), f"stride {stride}")
