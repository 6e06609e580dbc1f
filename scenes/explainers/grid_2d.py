"""A kernel goes over a grid: products, their sum, and how large the output becomes."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from manim import FadeIn, FadeOut, VGroup, VMobject, linear, smooth

from scenes.kit.grid_room import LINES
from scenes.kit.grid_story import GridStory
from scenes.kit.sliding import Slide
from scenes.kit.sweep import RowByRow
from scenes.kit.tapping import Tapping
from scenes.kit.turning import Turn
from scenes.kit.typeset import SMALL, Formula, coloured, stand
from scenes.plans.grid_2d import Grid2dPlan
from scenes.wording import numbered

__all__ = ["Grid2d"]

_LETTERS = (
    'n "cells of the input"',
    'p "padding," space d "dilation"',
    'k "cells of the kernel," space s "stride"',
)


class Grid2d(GridStory[Grid2dPlan]):
    """Draws `Grid2dPlan`."""

    plan_class: ClassVar[type[Grid2dPlan]] = Grid2dPlan

    def beat_input(self) -> None:
        """The input, then the kernel."""
        self.play(FadeIn(self.draw_input()), seconds=0.8)
        self.hold(1.5)
        kernel = self.plan.kernel
        self.kernel = self.draw_kernel(kernel)
        rows, columns = kernel.shape
        name = self.title(self.room.kernel, f"kernel, {rows} × {columns}")
        self.play(FadeIn(self.kernel, name), seconds=0.8)

    def beat_padding(self) -> None:
        """The border around the input."""
        self.play(FadeOut(self.input_title), seconds=0.3)
        self.play(FadeIn(self.draw_border()), seconds=0.9)

    def beat_turn(self) -> None:
        """The kernel makes half a turn."""
        self.remove(self.kernel)
        turn = Turn(self.kernel, self.plan.kernel)
        self.add(turn)
        self.play(Slide(turn, 2, rate_func=smooth), seconds=2.0)
        self.remove(turn)
        self.kernel = self.draw_kernel(self.plan.frames.weights[0, 0])
        self.add(self.kernel)

    def beat_corner(self) -> None:
        """The window on the first corner, and its products one by one."""
        f, plan = self.plan.frames, self.plan
        self.sweep = self.make_sweep()
        self.play(FadeIn(self.sweep.window), seconds=0.6)
        step = f.at(0)
        places = [self.room.input, self.room.kernel, self.room.products]
        self.below = VGroup()
        if self.patch is not None:
            under = step.window[0]
            self.patch.draw(under, self.input_colours(self.patch, under))
            assert self.room.patch is not None
            places.append(self.room.patch)
            name = self.title(self.room.patch, "under it")
            self.play(FadeIn(self.patch, name), seconds=0.4)
            self.below.add(self.patch, name)
        products = self.grid(self.room.products, f.product)
        self.tapping = Tapping(
            step,
            f.weights[0, 0],
            (plan.layout.dilation[0], plan.layout.dilation[1]),
            products,
            self.product_colours(step.product[0, 0]),
            tuple(places),
            self.theme,
            (self.middle, LINES[1] + 0.2),
        )
        name = self.title(self.room.products, "products", 0.14)
        self.play(FadeIn(self.tapping, name), seconds=0.5)
        self.below.add(self.products, name)
        last = plan.kernel.size - 1
        if last:
            seconds = plan.tap_seconds * last
            self.play(Slide(self.tapping, last, rate_func=linear), seconds=seconds)

    def beat_land(self) -> None:
        """The sum in one line; it lands in the output."""
        self.products.draw(
            self.plan.frames.at(0).product[0, 0],
            self.product_colours(self.plan.frames.at(0).product[0, 0]),
        )
        self.add(self.products)
        self.line = self.exchange(self.tapping, self.equation(0), seconds=0.8)
        self.name = self.title(self.room.output, "output")
        self.play(FadeIn(self.name), seconds=0.4)
        self.fly(self.line[-1], self.room.output, 0, 0)
        self.play(FadeIn(self.output, *self.sweep.rings), seconds=0.3)

    def beat_next(self) -> None:
        """One step on, and the next sum."""
        self.play(FadeOut(self.line), seconds=0.3)
        self._take_over()
        self.sweep_to(1, 1.6)
        self.line = self.equation(1)
        self.play(FadeIn(self.line), seconds=0.5)

    def _take_over(self) -> None:
        """The sweep takes the place of its parts."""
        self.remove(self.sweep.window, self.products, self.output, *self.sweep.rings)
        self.add(self.sweep)

    def beat_predict(self) -> None:
        """How many places there are is asked for; what belongs to one position goes."""
        question = self.title(self.room.output, "output, ? × ?")
        leaving = (self.line, *self.below, *self.sweep.rings)
        self.play(FadeOut(self.name, *leaving), FadeIn(question), seconds=0.6)
        self.remove(*leaving)
        self.name = question
        self.question = self.say("how many places downwards, how many across?")
        self.play(FadeIn(self.question), seconds=0.5)

    def beat_size(self) -> None:
        """A mark on every cell at which the kernel's corner can stop."""
        f = self.plan.frames
        where = np.zeros(f.source.shape, dtype=bool)
        where[tuple(f.corner.T)] = True
        self.corners = self.marks(self.room.input, where, self.theme.output.colour)
        self.play(FadeOut(self.question), seconds=0.3)
        self._to_the_end()
        self.play(FadeIn(self.corners), seconds=1.0)
        rows, columns = self.plan.size
        self.line = self.say(
            f"places of its upper left corner: {rows} downwards, {columns} across",
            colour=self.theme.output.colour,
        )
        self.play(FadeIn(self.line), seconds=0.5)
        answer = self.title(self.room.output, f"output, {rows} × {columns}")
        self.play(FadeOut(self.name), FadeIn(answer), seconds=0.5)
        self.name = answer

    def _to_the_end(self) -> None:
        """The window goes as far as it can, to the right and down."""
        window, cells, corner = self.sweep.window, self.room.input, self.plan.frames.corner
        here = corner[round(self.sweep.index)]
        for row, column in ((here[0], corner[-1][1]), corner[-1]):
            way = cells.centre(row, column) - cells.centre(*here)
            self.play(window.animate.shift(way), seconds=0.8)
            here = (row, column)

    def beat_formula(self) -> None:
        """The size computed, in numbers and then in symbols."""
        lines = VGroup(*(self._sized(axis) for axis in (0, 1)))
        self.exchange(self.line, lines[0], seconds=0.8)
        self.hold(2.5)
        self.play(FadeIn(lines[1]), seconds=0.6)
        self.hold(1.5)
        symbols = self._symbols()
        self.play(FadeIn(symbols), seconds=0.6)
        self.line = VGroup(lines, symbols)

    def _sized(self, axis: int) -> VGroup:
        """The size of the output in one dimension."""
        plan, layout = self.plan, self.plan.layout
        n, _, d, k, s = plan.in_formula(axis)
        before, after = layout.before[axis], layout.after[axis]
        padding = f"2 dot {before}" if before == after else f"{before} + {after}"
        size = coloured(str(plan.size[axis]), self.theme.output.colour)
        room = f"{n} + {padding} - {d} dot ({k} - 1) - 1"
        return self.computed(axis, f"floor(({room}) slash {s}) + 1 = {size}")

    def _symbols(self) -> VGroup:
        """The same for any sizes, and what the letters mean."""
        line = self.computed(2, "floor((n + 2 p - d (k - 1) - 1) slash s) + 1", "in general")
        legend = VGroup()
        for row, names in enumerate(_LETTERS):
            words = Formula(names, size=SMALL, colour=self.theme.muted.colour)
            legend.add(stand(words, self.room.line.right - 4.2, LINES[row]))
        return VGroup(line, legend)

    def beat_sweep(self) -> None:
        """All positions, or the first few and then the rest of the map."""
        plan = self.plan
        window = self.sweep.window
        self.play(FadeOut(self.line, self.corners, window), seconds=0.5)
        self.remove(self.line, self.corners, window)
        self.sweep.draw(1)
        self.play(FadeIn(self.sweep.window, *self.below, *self.sweep.rings), seconds=0.3)
        self.sweep_to(plan.shown - 1, max(plan.sweep_seconds, 0.2))
        if not plan.skipped:
            return
        words = self.say(f"… {numbered(plan.skipped, 'more position')}")
        rings = (*self.sweep.rings, self.sweep.window)
        self.play(FadeIn(words), FadeOut(*rings), seconds=0.5)
        rest = RowByRow(self.sweep.maps[0])
        self.remove(self.sweep, *rings)
        self.add(*(follower.grid for follower in self.sweep.beside), rest)
        self.play(Slide(rest, plan.size[0], rate_func=linear), seconds=2.5)
        self.play(FadeOut(words), seconds=0.4)

    def beat_whole(self) -> None:
        """The whole output, and one of its cells once more."""
        position = self.plan.largest
        old = self.on_stage(*self.sweep.rings, self.sweep.window, self.line, self.corners)
        pointers = self.point_at(position)
        if old:
            self.play(FadeOut(*old), seconds=0.4)
        self.remove(self.sweep, *old)
        self.add(self.output, self.below)
        self.hold(0.8)
        for follower in self.sweep.beside:
            follower.draw(position)
            self.add(follower.grid)
        self.play(FadeIn(pointers), seconds=0.6)
        self.line = self.equation(position)
        self.play(FadeIn(self.line), seconds=0.6)
        self.pointers = pointers

    def on_stage(self, *parts: VMobject) -> list[VMobject]:
        """Those of these parts that can be seen now."""
        seen = {id(mobject) for mobject in self.get_mobject_family_members()}
        return [part for part in parts if any(id(one) in seen for one in part.get_family())]

    def beat_dropped(self) -> None:
        """What no weight ever lies on."""
        unused = self.plan.frames.uses == 0
        self.play(FadeOut(self.pointers, self.line), seconds=0.4)
        self.remove(self.pointers, self.line)
        marks = self.marks(self.room.input, unused, self.theme.weight.colour)
        words = self.say(
            f"never under a weight: {numbered(self.plan.dropped, 'cell')}",
            colour=self.theme.weight.colour,
        )
        self.play(FadeIn(marks), seconds=0.8)
        self.play(FadeIn(words), seconds=0.5)
