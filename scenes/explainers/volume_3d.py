"""A kernel's wire frame goes through a volume of voxels, and an output volume fills."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

import numpy as np
from manim import FadeIn, FadeOut, VGroup, VMobject, linear, smooth

from convmath.arrays import AnyArray
from scenes.kit.explainer import Explainer
from scenes.kit.palette import Colours, Scale, blended
from scenes.kit.slices import SlicePanel
from scenes.kit.sliding import Slide
from scenes.kit.sweep import output_colours
from scenes.kit.turning import weight_colours
from scenes.kit.typeset import LABEL, SMALL, Formula, Words, coloured, haloed, stand
from scenes.kit.volume_room import VolumeRoom
from scenes.kit.voxel_sweep import CameraMove, Passing, Volume, VoxelSweep, number_size
from scenes.kit.voxels import Block, Voxels, WireFrame
from scenes.plans.volume_3d import Volume3dPlan
from scenes.wording import plural

__all__ = ["Volume3d"]

_FAINT, _STRONG = 0.14, 0.55  # of the input's colour over the ground
_OVER = 10  # z index of what the wire frame may not cross out
_LINE, _NEXT = -1.65, 0.56  # baseline of the first line of text below the volumes, and the drop


class Volume3d(Explainer[Volume3dPlan]):
    """Draws `Volume3dPlan`."""

    plan_class: ClassVar[type[Volume3dPlan]] = Volume3dPlan

    def stage(self) -> None:
        """Build the volumes; nothing is shown yet."""
        plan, f = self.plan, self.plan.frames
        slices, rows, columns = plan.layout.padded
        kernel: tuple[int, int, int] = plan.kernel.shape
        self.room = VolumeRoom.of(plan.volume.shape, (slices, rows, columns), kernel, plan.size)
        self.input = self.volume(self.room.input, f.padded[0], self.input_colours(f.padded[0]))
        self.input.shown = f.inside
        self.input.dimmed = ~f.inside
        self.output = self.volume(self.room.output, plan.output, self.out_colours())
        self.window = WireFrame(self.room.input, kernel, self.theme.text)
        self.ring = WireFrame(self.room.output, (1, 1, 1), self.theme.text)
        self.panel = self.make_panel()
        weights = self.plan.weights
        self.kernel = self.volume(self.room.kernel, weights, weight_colours(weights, self.theme))
        self.sweep = VoxelSweep(
            self.input, self.output, self.window, self.ring, self.panel, f.corner, f.cell
        )

    def volume(self, block: Block, values: AnyArray, colours: Colours) -> Volume:
        """A volume whose numbers are written where they can be read."""
        voxels = Voxels(block, self.theme, number_size(values))
        every = np.ones(values.shape, dtype=bool)
        return Volume(voxels, values, colours, every, every)

    def input_colours(self, values: AnyArray) -> Colours:
        """Stronger for larger numbers."""
        theme, x = self.theme, self.plan.frames.padded
        low, high = float(x.min()), float(x.max())
        ends = (blended(theme.ground, theme.fixed.colour, s) for s in (_FAINT, _STRONG))
        return Scale(low, max(high, low + 1), tuple(ends))(values)

    def out_colours(self) -> Colours:
        """Stronger for larger outputs."""
        y = self.plan.output
        return output_colours(y, self.theme, float(y.min()), float(y.max()))

    def make_panel(self) -> SlicePanel:
        """Kernel, voxels and products, slice by slice."""
        f, theme = self.plan.frames, self.theme
        under, products = f.window[:, 0], f.product[:, 0, 0]
        ends = tuple(blended(theme.ground, theme.product.colour, s) for s in (0.12, 0.45))
        largest = max(float(np.abs(products).max()), 1.0)
        inks = (
            weight_colours(self.plan.weights, theme),
            self.input_colours(under),
            Scale(0.0, largest, ends)(np.abs(products)),
        )
        total = f.output[:, 0]
        return SlicePanel(
            self.plan.weights,
            under,
            products,
            self.plan.sums,
            total,
            f.cell,
            inks,
            theme,
            stride=self.plan.parameters.stride,
        )

    def title(self, block: Block, words: str) -> Words:
        """Plain words above the front slice."""
        text = Words(words, size=SMALL, colour=self.theme.text.colour)
        left = block.box.left
        tops = block.points(np.arange(block.sizes[0]), np.array(0), np.array(0), 1.0)
        near = tops[:, 0] < left + float(text.width) + 0.9
        stand(text, left, float(tops[near, 1].max()) + 0.22)
        return text

    def say(self, words: str, line: int = 0) -> Words:
        """Plain words below the volumes."""
        text = Words(words, size=SMALL, colour=self.theme.text.colour)
        stand(text, 0.0, _LINE - line * _NEXT, align="centre")
        return text

    def move_input(self, start: Block, stop: Block, seconds: float) -> None:
        """The input goes from one place or view to another; the wire frame stays around it."""
        framed = self.window in self.get_mobject_family_members()
        parts = [self.input.voxels, *([self.window] if framed else [])]

        def redraw(block: Block) -> None:
            self.input.draw(block)
            if framed:
                self.window.block = block
                self.window.draw(*self.plan.frames.corner[0])

        self.play(
            Slide(CameraMove(parts, [(start, stop)], [redraw]), 1, rate_func=smooth),
            seconds=seconds,
        )

    def turned(self, block: Block) -> Block:
        """The same, seen after the camera's turn."""
        view = replace(block.view, turn=block.view.turn + self.plan.parameters.turn)
        return replace(block, view=view)

    def beat_volume(self) -> None:
        """The volume as a cube; the camera turns."""
        start = self.turned(self.room.cube)
        self.input.draw(start)
        self.play(FadeIn(self.input.voxels), seconds=0.8)
        if self.plan.parameters.turn:
            self.move_input(start, self.room.cube, 4.0)

    def beat_slices(self) -> None:
        """The slices are pulled apart."""
        self.move_input(self.room.cube, self.room.input, 2.5)
        sizes = " × ".join(map(str, self.plan.volume.shape))
        self.name = self.title(self.room.input, f"input, {sizes}")
        self.labels = VGroup() if self.plan.is_padded else self.slice_labels(self.room.input)
        self.play(FadeIn(self.name, self.labels), seconds=0.6)

    def slice_labels(self, block: Block) -> VGroup:
        """Below each slice its index."""
        labels = VGroup()
        slices, rows, columns = block.sizes
        for i in range(slices):
            place = block.points(np.array(i), np.array(rows), np.array(columns / 2))
            text = Formula(f"i = {i}", size=SMALL, colour=self.theme.muted.colour)
            stand(text, place[0] - 0.1, place[1] - 0.5, align="centre")
            labels.add(haloed(text, self.theme.ground).set_z_index(_OVER))
        return labels

    def beat_padding(self) -> None:
        """Zeros around the volume."""
        sizes = " × ".join(map(str, self.plan.layout.padded))
        name = self.title(self.room.input, f"padded input, {sizes}")
        self.play(FadeOut(self.name, self.input.voxels), seconds=0.4)
        self.input.shown = np.ones(self.input.values.shape, dtype=bool)
        self.input.draw()
        self.name, self.labels = name, self.slice_labels(self.room.input)
        self.play(FadeIn(self.input.voxels, name), seconds=0.6)
        self.play(FadeIn(self.labels), seconds=0.4)

    def beat_kernel(self) -> None:
        """The kernel's slices."""
        panel = self.panel
        self.draw_kernel(self.plan.kernel)
        sizes = " × ".join(map(str, self.plan.kernel.shape))
        self.kernel_name = self.title(self.room.kernel, f"kernel, {sizes}")
        self.play(FadeIn(self.kernel.voxels, self.kernel_name), seconds=0.8)
        self.hold(1.5)
        self.play(FadeIn(*panel.groups[0], panel.titles[0]), seconds=0.8)

    def draw_kernel(self, weights: AnyArray) -> None:
        """The kernel as voxels, and its slices side by side."""
        colours = weight_colours(weights, self.theme)
        self.kernel.values, self.kernel.colours = weights, colours
        self.kernel.draw()
        self.panel.draw_kernel(weights, colours)

    def beat_reverse(self) -> None:
        """The kernel is reversed."""
        parts = (*self.panel.groups[0], self.kernel.voxels)
        self.play(FadeOut(*parts), seconds=0.5)
        self.draw_kernel(self.plan.weights)
        self.play(FadeIn(*parts), seconds=0.8)

    def beat_window(self) -> None:
        """The wire frame in the corner; the camera turns, and back."""
        self.window.draw(*self.plan.frames.corner[0])
        leaving = (self.labels, self.kernel.voxels, self.kernel_name)
        self.play(FadeOut(*leaving), seconds=0.4)  # the labels return after the camera's turn
        self.remove(*leaving)
        self.play(FadeIn(self.window), seconds=0.6)
        self.input.numbered = self.sweep.under(0)
        self.input.draw()
        home = self.room.input
        if self.plan.parameters.turn:
            self.hold(0.8)
            self.move_input(home, self.turned(home), 2.2)
            self.move_input(self.turned(home), home, 2.2)
        self.play(FadeIn(self.labels), seconds=0.4)

    def beat_multiply(self) -> None:
        """What lies under the kernel, the products and the sum of each slice."""
        panel = self.panel
        names = panel.names
        self.play(FadeIn(*panel.groups[1], panel.titles[1], panel.signs[0]), seconds=0.8)
        self.play(FadeIn(*names[:2]), seconds=0.4)
        self.hold(0.4)
        self.play(FadeIn(panel.titles[2], panel.signs[1], names[2]), seconds=0.4)
        half = self.plan.multiply_seconds / 2
        for grid, part in zip(panel.groups[2], panel.parts, strict=True):
            self.play(FadeIn(grid), seconds=half)
            self.play(FadeIn(part), seconds=half)

    def beat_land(self) -> None:
        """The sum of all products becomes the output's first voxel."""
        panel, f = self.panel, self.plan.frames
        self.play(FadeIn(panel.pluses, panel.equals, panel.total), seconds=0.8)
        self.out_name = self.title(self.room.output, "output")
        self.play(FadeIn(self.out_name), seconds=0.4)
        copy: Any = panel.total.copy()
        self.add(copy)
        corner = f.cell[0] + [0, 0.5, 0.5]
        place = self.room.output.points(*corner)
        self.play(copy.animate(rate_func=smooth).move_to(place), seconds=1.0)
        self.remove(copy)
        self.sweep.draw(0)
        self.play(FadeIn(self.output.voxels, self.ring, panel.word, panel.place), seconds=0.4)

    def beat_next(self) -> None:
        """One step on."""
        self.gather()
        self.play(Slide(self.sweep, 1, rate_func=linear), seconds=2.0)

    def gather(self) -> None:
        """The sweep takes the place of its parts."""
        panel = self.panel
        self.remove(self.input.voxels, self.output.voxels, self.window, self.ring)
        self.remove(*panel.show_all().submobjects)
        self.add(self.sweep)

    def beat_predict(self) -> None:
        """How many voxels will come out is asked for."""
        self.gather()
        self.question = self.title(self.room.output, "output, ? × ? × ?")
        self.play(FadeOut(self.panel, self.out_name), FadeIn(self.question), seconds=0.6)
        self.remove(self.panel)
        self.asked = self.say("at how many places can the kernel stand?")
        self.play(FadeIn(self.asked), seconds=0.5)

    def beat_size(self) -> None:
        """The wire frame goes to the end of each direction, and its places are counted."""
        self.play(FadeOut(self.asked), seconds=0.4)
        self.remove(self.asked)
        self.input.numbered = np.zeros(self.input.values.shape, dtype=bool)
        self.input.draw()
        self.sweep.forget()
        self.count_places()
        sizes = " × ".join(map(str, self.plan.size))
        self.out_name = self.title(self.room.output, f"output, {sizes}")
        self.ghost = self.outlines(self.room.output)
        product = Formula(
            " dot ".join(str(n) for n in reversed(self.plan.size))
            + f" = {coloured(str(len(self.plan.frames)), self.theme.output.colour)}",
            size=LABEL,
            colour=self.theme.text.colour,
        )
        stand(product, 0.0, _LINE - 3 * _NEXT - 0.1, align="centre")
        self.counts.add(product)
        self.play(FadeIn(product), seconds=0.5)
        self.play(FadeOut(self.question), FadeIn(self.out_name, self.ghost), seconds=0.6)
        self.bring_to_back(self.ghost)

    def count_places(self) -> None:
        """To the right, down, and backwards, a line for each."""
        self.counts = VGroup()
        f, words = self.plan.frames, ("backwards", "downwards", "to the right")
        here = f.corner[0].astype(float)
        for line, axis in enumerate((2, 1, 0)):
            there = here.copy()
            there[axis] = f.corner[-1][axis]
            way = np.array([here, there])
            self.play(Slide(Passing(self.window, way), 1, rate_func=smooth), seconds=1.0)
            here = there
            self.counts.add(self.counted(words[axis], axis, line))
            self.play(FadeIn(self.counts[-1]), seconds=0.4)

    def counted(self, words: str, axis: int, line: int) -> Formula:
        """How many places there are in one direction, and why."""
        layout, theme = self.plan.layout, self.theme
        n, k, s, out = (
            getattr(layout, name)[axis] for name in ("padded", "kernel", "stride", "output")
        )
        reach = f"{n} - {k}" if s == 1 else f"floor(({n} - {k}) slash {s})"
        places = coloured(str(out), theme.output.colour)
        text = Formula(
            f'"{words}: " {reach} + 1 = {places} "{plural(out, "place")}"',
            size=LABEL,
            colour=theme.text.colour,
        )
        return stand(text, 0.0, _LINE - line * _NEXT, align="centre")  # type: ignore[return-value]

    def outlines(self, block: Block) -> VMobject:
        """The front of each slice, empty."""
        slices, rows, columns = block.sizes
        frames = WireFrame(block, (slices, rows, columns), self.theme.muted)
        frames.draw(0, 0, 0)
        outline = frames.frames.set_z_index(0)
        outline.set_stroke(width=2.0)
        return outline

    def beat_sweep(self) -> None:
        """All positions."""
        self.play(FadeOut(self.counts, self.window), seconds=0.4)
        self.remove(self.counts, self.window)
        self.sweep.draw(1)
        self.play(FadeIn(self.window, self.panel), seconds=0.4)
        self.gather()
        last = len(self.plan.frames) - 1
        self.play(
            Slide(self.sweep, last, rate_func=linear), seconds=max(self.plan.sweep_seconds, 0.3)
        )

    def beat_whole(self) -> None:
        """One voxel of the complete output once more."""
        self.gather()
        parts = (self.window, self.ring, self.panel)
        self.play(FadeOut(*parts, self.ghost, self.counts), seconds=0.4)
        self.remove(*parts, self.ghost, self.counts)
        self.sweep.draw(self.plan.largest)
        self.output.shown = np.ones(self.plan.output.shape, dtype=bool)
        self.output.draw()
        self.play(FadeIn(*parts), seconds=0.6)

    def beat_shapes(self) -> None:
        """Input, kernel and output as cubes; the camera turns."""
        self.clear_stage()
        theme = self.theme
        x, k, y = self.room.shapes
        volumes = [
            self.volume(x, self.plan.volume, self.input_colours(self.plan.volume)),
            self.volume(k, self.plan.weights, weight_colours(self.plan.weights, theme)),
            self.volume(y, self.plan.output, self.output.colours),
        ]
        ways = [(self.turned(block), block) for block in self.room.shapes]
        move = CameraMove(
            [volume.voxels for volume in volumes], ways, [volume.draw for volume in volumes]
        )
        self.play(FadeIn(move, self.shape_names()), seconds=0.8)
        if self.plan.parameters.turn:
            self.play(Slide(move, 1, rate_func=smooth), seconds=4.0)

    def shape_names(self) -> VGroup:
        """Sizes and names below the cubes, signs between them."""
        names, theme = VGroup(), self.theme
        sizes = (self.plan.volume.shape, self.plan.kernel.shape, self.plan.size)
        words = ("input, padded" if self.plan.is_padded else "input", "kernel", "output")
        y = min(block.box.bottom for block in self.room.shapes) - 0.6
        for block, one, word in zip(self.room.shapes, sizes, words, strict=True):
            text = Formula(f"({', '.join(map(str, one))})", size=LABEL, colour=theme.text.colour)
            names.add(stand(text, block.x, y, align="centre"))
            name = Words(word, size=SMALL, colour=theme.text.colour)
            names.add(stand(name, block.x, y - 0.55, align="centre"))
        sign = "convolve" if self.plan.parameters.flip else "star.op"
        for left, right, mark in zip(
            self.room.shapes, self.room.shapes[1:], (sign, "->"), strict=False
        ):
            text = Formula(mark, size=44.0, colour=theme.text.colour)
            x = (left.box.right + right.box.left) / 2
            names.add(text.move_to((x, left.y, 0.0)))
        return names
