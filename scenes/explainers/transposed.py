"""Stamps on a canvas, a matrix and its transpose, and a way back that does not lead back."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
from manim import FadeIn, FadeOut, VGroup

from convmath.arrays import AnyArray
from scenes.kit.cells import Cells, Mask
from scenes.kit.chart import Box
from scenes.kit.frame import SAFE_X
from scenes.kit.grid import Grid, Window
from scenes.kit.grid_room import LINES, GridRoom
from scenes.kit.grid_story import GridStory
from scenes.kit.palette import Scale, blended
from scenes.kit.side_by_side import side_by_side
from scenes.kit.sweep import SteppingGrid, Sweep
from scenes.kit.turning import weight_colours
from scenes.kit.typeset import LABEL, SMALL, Formula, Words, coloured, fitted, stand
from scenes.numerals import brief
from scenes.plans.transposed import TransposedPlan
from scenes.wording import counted, numbered, plural

__all__ = ["Transposed"]

_TOP, _BOTTOM = 2.05, -2.05  # of grids side by side
_GAP = 0.6  # between them


class Transposed(GridStory[TransposedPlan]):
    """Draws `TransposedPlan`."""

    plan_class: ClassVar[type[TransposedPlan]] = TransposedPlan

    def stage(self) -> None:
        """Lay out the grids; nothing is shown yet."""
        f = self.plan.frames
        self.room = GridRoom.of(self._sizes(f.input), self._sizes(f.kernel), f.canvas, [])
        self.input = self.grid(self.room.input, f.input)
        self.stamp = self.grid(self.room.products, f.stamp)
        self.canvas = self.grid(self.room.output, f.running)
        self.line: Any = VGroup()

    def _sizes(self, grid: AnyArray) -> tuple[int, int]:
        rows, columns = grid.shape
        return rows, columns

    def stamping(self) -> Sweep:
        """A ring on the input, and in step with it the stamp and the canvas."""
        f, plan = self.plan.frames, self.plan
        x = np.broadcast_to(f.input, (len(f), *f.input.shape))
        running = np.where(f.covered > 0, f.running, np.nan)
        d = plan.parameters.dilation
        sweep = Sweep(
            self.room.output,
            self._sizes(f.kernel),
            f.corner[:, 0],
            f.corner[:, 1],
            [],
            self.theme,
            cells=(f.row, f.column),
            dilation=(d, d),
            ringed=[SteppingGrid(self.input, x, self.input_colours(self.input, x))],
            beside=[
                SteppingGrid(self.stamp, f.stamp, self._stamp_colours(f.stamp)),
                SteppingGrid(self.canvas, running, self.output_colours(f.running)),
            ],
        )
        for window in (sweep.window, *sweep.rings):
            self.suited(window)
        return sweep

    def _stamp_colours(self, stamps: AnyArray) -> Any:
        ground, ink = self.theme.ground, self.theme.product.colour
        ends = (blended(ground, ink, 0.12), blended(ground, ink, 0.45))
        return Scale(0.0, float(np.abs(stamps).max()), ends)(np.abs(stamps))

    def beat_input(self) -> None:
        """The input, then the kernel."""
        plan = self.plan
        x = plan.input
        self.input.draw(x, self.input_colours(self.input, x))
        name = self.title(self.room.input, "input, {} × {}".format(*x.shape))
        self.play(FadeIn(self.input, name), seconds=0.8)
        self.hold(1.5)
        self.kernel = self.draw_kernel(plan.kernel)
        name = self.title(self.room.kernel, "kernel, {} × {}".format(*plan.kernel.shape))
        self.play(FadeIn(self.kernel, name), seconds=0.8)

    def beat_stamp(self) -> None:
        """The first number times the kernel flies onto the canvas."""
        plan = self.plan
        self.canvas_title = self.title(self.room.output, "canvas")
        self.play(FadeIn(self.canvas_title), seconds=0.4)
        self.sweep = self.stamping()
        self.play(FadeIn(*self.sweep.rings), seconds=0.5)
        self.line = self._times(0)
        self.stamp_title = self.title(self.room.products, "stamp", 0.14)
        self.play(FadeIn(self.line, self.stamp, self.stamp_title), seconds=0.8)
        self.hold(0.8)
        flying = self.stamp.copy()
        self.add(flying)
        middle = self.room.output.block(0, 0, *plan.span)
        place = ((middle.left + middle.right) / 2, (middle.bottom + middle.top) / 2, 0.0)
        self.play(flying.animate.move_to(place), seconds=1.0)
        self.play(FadeOut(flying), FadeIn(self.canvas, self.sweep.window), seconds=0.4)
        self.remove(flying)

    def _bed(self, where: Mask) -> Grid:
        """Empty cells of the canvas."""
        bed = Grid(self.room.output, self.theme, write=None)
        colour = blended(self.theme.ground, self.theme.muted.colour, 0.12)
        return bed.draw(np.zeros(where.shape), colour, shown=where)

    def _times(self, position: int) -> Formula:
        """What is stamped, in a formula."""
        value = brief(self.plan.frames.value[position].item())
        number = coloured(value, self.theme.fixed.colour)
        kernel = coloured('"kernel"', self.theme.moving.colour)
        stamp = coloured('"stamp"', self.theme.product.colour)
        line = Formula(
            f"{number} dot {kernel} = {stamp}", size=LABEL, colour=self.theme.text.colour
        )
        return stand(line, self.middle, LINES[0], align="centre")  # type: ignore[return-value]

    def beat_next(self) -> None:
        """The second stamp, and a cell on which both lie."""
        plan = self.plan
        self.play(FadeOut(self.line), seconds=0.3)
        loose = (self.line, self.sweep.window, self.stamp, self.canvas, self.input)
        self.remove(*loose, *self.sweep.rings)
        self.add(self.sweep)
        self.sweep_to(1, 1.6)
        stride = plan.parameters.stride
        further = self.say(f"stride {stride}: {counted(stride, 'cell')} further", 1)
        self.line = VGroup(self._times(1), further)
        self.play(FadeIn(self.line), seconds=0.5)
        if plan.meeting is None:
            return
        here = np.zeros(plan.frames.canvas, dtype=bool)
        here[plan.meeting] = True
        self.mark = self.marks(self.room.output, here, self.theme.weight.colour)
        total = Words(plan.met, size=SMALL, colour=self.theme.weight.colour)
        stand(total, self.middle, LINES[2], align="centre")
        self.hold(0.8)
        self.play(FadeIn(self.mark, total), seconds=0.5)
        self.line = VGroup(self.line, total, self.mark)

    def beat_predict(self) -> None:
        """The size of the canvas is asked for."""
        if len(self.plan.frames) == 1:
            self.remove(self.stamp, self.canvas, self.sweep.window, *self.sweep.rings, self.input)
            self.add(self.sweep)
        question = self.say("how many rows and columns do all stamps fill together?")
        self.line = self.exchange(self.line, question)

    def beat_sweep(self) -> None:
        """All stamps, and then the size of the canvas."""
        plan = self.plan
        self.play(FadeOut(self.line), seconds=0.3)
        self.remove(self.line)
        left = len(plan.frames) - 1 - self.sweep.index
        if left:
            self.sweep_to(len(plan.frames) - 1, plan.step_seconds * left)
        name = self.title(self.room.output, "canvas, {} × {}".format(*plan.stamped_size))
        bare = self._bed(plan.reached & (plan.frames.covered[-1] == 0))
        self.play(FadeOut(self.canvas_title), FadeIn(name, bare), seconds=0.4)
        self.canvas_title = name
        self.line = VGroup(*(self._filled(axis) for axis in (0, 1)))
        self.play(FadeIn(self.line), seconds=0.6)

    def _filled(self, axis: int) -> VGroup:
        """How many cells the stamps fill in one dimension."""
        plan = self.plan
        n, s, *_ = plan.in_formula(axis)
        count = plan.stamped_size[axis]
        number = coloured(str(count), self.theme.output.colour)
        unit = plural(count, ("row", "column")[axis])
        return self.computed(axis, f'({n} - 1) dot {s} + {plan.span[axis]} = {number} "{unit}"')

    def beat_cut(self) -> None:
        """The output padding is added, the padding cut off, the size computed."""
        plan, p = self.plan, self.plan.parameters.padding
        leaving = [self.line, self.sweep.window, *self.sweep.rings, self.stamp, self.stamp_title]
        self.play(*(FadeOut(part) for part in leaving), seconds=0.4)
        self.remove(*leaving, self.sweep)
        self.add(self.input, self.canvas)
        if plan.parameters.output_padding:
            self._lengthen()
        name, leaving = self._output_title()
        if p:
            rows, columns = plan.size
            frame = self.suited(
                Window(self.room.output, self.theme.output, rows=rows, columns=columns)
            )
            self.play(*map(FadeOut, leaving), FadeIn(frame.draw(p, p), name), seconds=0.6)
            self._draw_output()
            self.hold(0.8)
        else:
            self._draw_output()
            self.play(*map(FadeOut, leaving), FadeIn(name), seconds=0.4)
        self.line = VGroup(*(self._sized(axis) for axis in (0, 1)))
        self.play(FadeIn(self.line), seconds=0.6)
        self.hold(1.0)
        self.play(FadeIn(self._symbols()), seconds=0.5)

    def _lengthen(self) -> None:
        """The rows and columns of the output padding, and what they are."""
        plan, room = self.plan, self.room
        extra = plan.parameters.output_padding
        words = Words(
            f"output padding {extra}: adds {plan.last_rows}",
            size=SMALL,
            colour=self.theme.text.colour,
        )
        fitted(words, room.output.left - room.input.left - 0.4)
        below = min(room.input.box.bottom, room.products.top) - 0.5
        stand(words, room.input.left, below)
        name = self.title(room.output, "canvas, {} × {}".format(*plan.canvas_size))
        self.play(FadeOut(self.canvas_title), FadeIn(words, name), seconds=0.4)
        self.canvas_title = name
        self.play(FadeIn(self._bed(~plan.reached)), seconds=0.7)
        self.bring_to_front(self.canvas)
        self.hold(1.0)

    def _output_title(self) -> tuple[Words, list[Words]]:
        """The name of what is kept, and what it replaces: nothing where both have room."""
        cells = self.room.output
        name = self.title(cells, "output, {} × {}".format(*self.plan.size))
        if not self.plan.parameters.padding:
            return name, [self.canvas_title]
        name.set_color(self.theme.output.colour)
        beside = float(self.canvas_title.get_right()[0]) + 0.4
        if beside + name.width > SAFE_X:
            return name, [self.canvas_title]
        stand(name, max(beside, cells.box.right - float(name.width)), cells.box.top + 0.2)
        return name, []

    def _draw_output(self) -> None:
        """What is kept, with the zeros on which no stamp lies; what is cut off steps back."""
        f = self.plan.frames
        values = f.running[-1]
        colours = self.scaled(values, f.running)
        self.canvas.draw(values, colours, dimmed=~self.plan.kept)

    def _sized(self, axis: int) -> VGroup:
        """The size of the output in one dimension."""
        n, s, p, d, k, extra = self.plan.in_formula(axis)
        size = coloured(str(self.plan.size[axis]), self.theme.output.colour)
        formula = f"({n} - 1) dot {s} - 2 dot {p} + {d} dot ({k} - 1) + {extra} + 1 = {size}"
        return self.computed(axis, formula)

    def _symbols(self) -> VGroup:
        """The same for any sizes, and what the letters mean."""
        line = self.computed(2, "(n - 1) s - 2 p + d (k - 1) + o + 1", "in general")
        legend = VGroup()
        names = (
            'n "input," space s "stride"',
            'p "padding," space d "dilation"',
            'k "kernel," space o "output padding"',
        )
        for row, words in enumerate(names):
            text = Formula(words, size=SMALL, colour=self.theme.muted.colour)
            legend.add(stand(text, self.room.line.right - 4.0, LINES[row]))
        return VGroup(line, legend)

    def beat_matrix(self) -> None:
        """The layer's matrix in one dimension, and its first window."""
        self.clear_stage()
        n, many = self.plan.frames.matrix.shape
        sizes = [(n, many), (many, n), (n, 1), (many, 1)]
        self.places = self._side_by_side(sizes, 1.9, 2.3, 0.9, 0.9)
        self.play(FadeIn(self._matrix(0, f"layer, {n} × {many}")), seconds=0.8)
        self.hold(0.6)
        row = Window(self.places[0], self.theme.text, columns=many)
        self.play(FadeIn(self.suited(row).draw(n // 2, 0)), seconds=0.5)
        self.line = self.say(
            f"weights {self.plan.line_weights}: each row is one window of the layer"
        )
        self.play(FadeIn(self.line), seconds=0.5)

    def _matrix(self, place: int, name: str) -> VGroup:
        """The matrix, or its transpose, with zeros that step back."""
        matrix = self.plan.frames.matrix if place == 0 else self.plan.frames.matrix.T
        cells = self.places[place]
        grid = self.grid(cells, matrix)
        grid.draw(matrix, weight_colours(matrix, self.theme), dimmed=matrix == 0)
        return VGroup(grid, self.title(cells, name))

    def _side_by_side(self, sizes: list[tuple[int, int]], *titles: float) -> list[Cells]:
        """Grids in a row between the heading and the lines of text."""
        line = self.room.line
        box = Box(line.left, line.right, _BOTTOM, _TOP)
        return side_by_side(box, sizes, titles=titles, gap=_GAP)

    def beat_turned(self) -> None:
        """The transpose, its first stamp, and what it makes of a line of numbers."""
        f = self.plan.frames
        n, many = f.matrix.shape
        self.play(FadeIn(self._matrix(1, f"transposed, {many} × {n}")), seconds=0.8)
        column = Window(self.places[1], self.theme.text, rows=many)
        self.hold(0.6)
        self.play(FadeIn(self.suited(column).draw(0, n // 2)), seconds=0.5)
        self.line = self.exchange(
            self.line, self.say("each column is the stamp of one input number")
        )
        self.hold(0.8)
        line, made = f.matrix_input[:, None], f.matrix_output[:, None]
        times, equals = self._sign(2, "dot"), self._sign(3, "=")
        self.play(FadeIn(times, self._column(2, line, "input")), seconds=0.6)
        self.play(FadeIn(equals, self._column(3, made, "output")), seconds=0.6)

    def _sign(self, place: int, sign: str) -> Formula:
        """A sign left of a grid, at the height of the first row."""
        cells = self.places[place]
        text = Formula(sign, size=LABEL, colour=self.theme.text.colour)
        text.move_to((cells.left - _GAP / 2, float(cells.centre(0, 0)[1]), 0.0))
        return text

    def _column(self, place: int, values: AnyArray, name: str) -> VGroup:
        cells = self.places[place]
        grid = self.grid(cells, values)
        low, high = float(values.min()), float(values.max())
        if name == "input":
            colours = self.input_colours(grid, values)
        else:
            colours = self._shades(values, low, high, self.theme.output.colour)
        return VGroup(grid.draw(values, colours), self.title(cells, name))

    def _shades(self, values: AnyArray, low: float, high: float, ink: str) -> Any:
        ground = self.theme.ground
        return Scale(low, high, (blended(ground, ink, 0.1), blended(ground, ink, 0.45)))(values)

    def beat_predict_back(self) -> None:
        """A picture with one bright cell, and what the layer makes of it."""
        self.clear_stage()
        f, plan = self.plan.frames, self.plan
        rows, columns = plan.size
        sizes = [(rows, columns), self._sizes(f.input), (rows, columns), (rows, columns)]
        self.places = self._side_by_side(sizes, 1.75, 1.75, 1.75, 1.75)
        theme = self.theme
        self.play(FadeIn(self._shown(0, f.bright, "picture", theme.fixed.colour)), seconds=0.7)
        self.hold(0.6)
        self.play(FadeIn(self._shown(1, f.seen, "layer", theme.product.colour)), seconds=0.7)
        words = f"back to {rows} × {columns}: the same picture?"
        self.line = self.say(words)
        self.play(FadeIn(self.line), seconds=0.5)

    def _shown(self, place: int, values: AnyArray, name: str, ink: str) -> VGroup:
        """A grid with its sizes; stronger for numbers that are larger in size."""
        cells = self.places[place]
        grid = self.grid(cells, values)
        sizes = np.abs(values)
        colours = self._shades(sizes, 0.0, float(sizes.max()) or 1.0, ink)
        grid.draw(values, colours, dimmed=values == 0)
        return VGroup(grid, self.title(cells, f"{name}, {cells.rows} × {cells.columns}"))

    def beat_back(self) -> None:
        """What comes back, and how far it is off."""
        f, theme = self.plan.frames, self.theme
        self.play(FadeIn(self._shown(2, f.back, "back", theme.output.colour)), seconds=0.8)
        self.hold(1.2)
        grid, name = self._shown(3, f.difference, "", theme.weight.colour)
        name = self.title(self.places[3], "difference")
        self.play(FadeIn(grid, name), seconds=0.8)
        wrong = int((f.difference != 0).sum())
        words = numbered(wrong, "number differs", "numbers differ")
        self.line = self.exchange(self.line, self.say(words, 0, theme.weight.colour))

    def beat_overlaps(self) -> None:
        """How many stamps lie on each cell of the output."""
        self.clear_stage()
        f = self.plan.frames
        shapes = [self._sizes(f.overlaps), self._sizes(f.other_overlaps)]
        count = 2 if self.plan.is_compared else 1
        self.places = self._side_by_side(shapes[:count], *[3.0] * count)
        k, w = f.kernel.shape
        self.play(FadeIn(self._counted(0, f.overlaps, f"kernel {k} × {w}")), seconds=0.8)
        self.line = self.say("in each cell: how many stamps lie on it")
        self.play(FadeIn(self.line), seconds=0.5)

    def _counted(self, place: int, counts: AnyArray, name: str) -> VGroup:
        cells = self.places[place]
        grid = self.grid(cells, counts)
        ground, ink = self.theme.ground, self.theme.weight.colour
        ends = (blended(ground, ink, 0.06), blended(ground, ink, 0.5))
        grid.draw(counts, Scale(0.0, float(counts.max()) or 1.0, ends)(counts))
        stride = self.plan.parameters.stride
        return VGroup(grid, self.title(cells, f"{name}, stride {stride}"))

    def beat_other(self) -> None:
        """The same for a kernel of another size."""
        f = self.plan.frames
        k, w = f.other_kernel.tolist()
        self.play(FadeIn(self._counted(1, f.other_overlaps, f"kernel {k} × {w}")), seconds=0.8)
        if not self.plan.is_even:
            stamps = numbered(self.plan.other_inside, "stamp")
            words = f"far from the edge: {stamps} on every cell"
            self.line = self.exchange(self.line, self.say(words))
