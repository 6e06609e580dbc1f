"""Kernels on a real picture: under the magnifier, and from edge to edge."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import ClassVar

import numpy as np
from manim import FadeIn, FadeOut, Group, Transform, VGroup, VMobject, linear, smooth

from convmath.arrays import AnyArray
from convmath.filters import Filter
from scenes.kit.cells import Cells
from scenes.kit.chart import Box, Chart, straight
from scenes.kit.explainer import Explainer
from scenes.kit.grid import LEAST_TYPE, Grid, Window, type_size
from scenes.kit.palette import blended, rgb
from scenes.kit.photo import BLACK, WHITE, Framed, ShadeBar, Wipe, fitting, seams, shades
from scenes.kit.plots import Bars, Curve
from scenes.kit.sliding import Slide
from scenes.kit.sweep import FillingMap, Sweep
from scenes.kit.turning import weight_colours
from scenes.kit.typeset import BODY, LABEL, SMALL, Formula, Text, Words, coloured, fitted, stand
from scenes.numerals import brief, short
from scenes.plans.image_kernel import READABLE, TOUR, ImageKernelPlan

__all__ = ["ImageKernel"]

_LARGE = Box(-4.0, 4.0, -2.9, 2.4333)  # three pixels of 1080p for one of 360 × 240
_LEFT, _RIGHT = Box(-6.05, -0.72, -1.95, 1.6055), Box(0.72, 6.05, -1.95, 1.6055)  # two for one
_PATCH = Box(0.35, 6.4, -2.75, 2.05)
_HOME, _MIDDLE, _OUT = (  # the patch, the kernel with its products, and the outputs
    Box(-6.4, -1.18, -2.15, 1.95),
    Box(-0.85, 1.85, -2.15, 1.95),
    Box(2.25, 6.4, -2.15, 1.95),
)
_SUM = -3.15
_LOUPE, _SOFT = 0.09, 0.5  # margin around the patch, and how strong the lines from it are
_NOTES = -1.8  # of notes below a kernel
_PROFILE = Box(-6.45, -4.45, -2.9, -2.0)
_ASKED, _NOTED = -3.1, -3.6  # baselines at the foot of the picture
_RESULT = Box(-1.9, 6.1, -2.9, 2.4333)
_CHANNELS = (2.15, 0.4, -1.35)  # tops
_BETWEEN = Box(-4.05, -2.35, -1.1, 0.6)
_TYPE = 1.2 * LABEL
_BAR = Box(4.55, 4.9, -2.0, 1.5333)
_SIDE = Box(-6.35, -4.55, -0.45, 1.35)  # a kernel beside a large picture, above notes
_BESIDE = Box(-6.35, -4.55, -1.3, 0.5)  # beside two strips
_CLEAR = 0.88  # of the largest type, so that a window's line does not touch numbers beside it
_TERMS = 9  # of a sum that is written out


class ImageKernel(Explainer[ImageKernelPlan]):
    """Draws `ImageKernelPlan`."""

    plan_class: ClassVar[type[ImageKernelPlan]] = ImageKernelPlan

    def stage(self) -> None:
        """Lay out the picture large and small."""
        shape = self.plan.photograph.shape
        self.large, self.left, self.right = (fitting(shape, box) for box in (_LARGE, _LEFT, _RIGHT))
        self.leaving: list[Group | VMobject] = []

    def leave(self) -> None:
        """Let go of what the last beat has left."""
        if self.leaving:
            self.play(FadeOut(*self.leaving), seconds=0.5)
            self.remove(*self.leaving)
        self.leaving = []

    def words(self, text: str, x: float, y: float, *, muted: bool = False) -> Text:
        """Plain words, centred."""
        ink = self.theme.muted if muted else self.theme.text
        return stand(Words(text, size=SMALL, colour=ink.colour), x, y, align="centre")

    def pixels(self, cells: Cells, values: AnyArray) -> VGroup:
        """Numbers on tiles as bright as they are."""
        grid = self.numbers(cells, values).draw(values, shades()(values))
        return VGroup(grid, seams(cells, self.theme))

    def numbers(self, cells: Cells, values: AnyArray) -> Grid:
        """A grid of numbers that are black or white, or of none where they could not be read."""
        size = _CLEAR * type_size(cells, [short(value) for value in values.ravel().tolist()])
        write = short if size >= LEAST_TYPE else None
        return Grid(cells, self.theme, size=size, write=write, inks=(BLACK, WHITE))

    def weights(self, weights: AnyArray, box: Box, *, largest: float = np.inf) -> Grid:
        """A kernel in its colours."""
        cells = Cells.within(box, *weights.shape, largest=largest)
        size = type_size(cells, [short(value) for value in weights.ravel().tolist()], largest=_TYPE)
        write = short if size >= LEAST_TYPE and _are_few(weights) else None
        grid = Grid(cells, self.theme, size=size, write=write)
        return grid.draw(weights, weight_colours(weights, self.theme))

    def beat_picture(self) -> None:
        """The picture in grey, and which number is how bright."""
        photo = self.plan.photograph
        rows, columns = photo.shape
        self.photo = Framed(self.plan.frames.grey, self.large, self.theme)
        size = f"{columns} × {rows} pixels"
        if photo.scaled:
            size = f"{size}, scaled from {photo.taken[1]} × {photo.taken[0]}"
        name = self.words(size, 0.0, self.large.bottom - 0.5)
        self.bar = self.shade_bar(0.0, 255.0)
        self.play(FadeIn(self.photo), seconds=0.8)
        self.play(FadeIn(name), seconds=0.5)
        self.hold(0.8)
        self.play(FadeIn(self.bar), seconds=0.6)
        self.leaving = [name, self.bar]

    def shade_bar(self, low: float, high: float, *, open_ended: bool = False) -> ShadeBar:
        """The scale to the right of a large picture."""
        shift = self.large.right + 0.45 - _BAR.left
        box = Box(_BAR.left + shift, _BAR.right + shift, _BAR.bottom, _BAR.top)
        return ShadeBar(box, low, high, self.theme, open_ended=open_ended)

    def beat_magnify(self) -> None:
        """The picture steps aside, and a small place of it is shown pixel by pixel."""
        self.leave()
        small = Framed(self.plan.frames.grey, self.left, self.theme)
        self.play(Transform(self.photo, small), seconds=0.9)
        f, theme = self.plan.frames, self.theme
        top, left, rows, columns = f.patch.tolist()
        pixels = Cells.within(self.left, *f.grey.shape, gap=0.0)
        loupe = Window(pixels, theme.weight, rows=rows, columns=columns, margin=_LOUPE)
        loupe.draw(top, left)
        cells = Cells.within(_PATCH, rows, columns)
        self.patch = self.pixels(cells, f.patch_pixels)
        rays = self._rays(pixels.block(top, left, rows, columns).grown(_LOUPE), cells.box)
        self.play(FadeIn(loupe), seconds=0.5)
        self.hold(0.4)
        self.play(FadeIn(rays), FadeIn(self.patch), seconds=0.9)
        self.leaving = [self.photo, loupe, rays]

    def _rays(self, small: Box, large: Box) -> VMobject:
        """Lines from the right corners of a small box to the left corners of a large one."""
        ink = self.theme.weight
        soft = blended(self.theme.ground, ink.colour, _SOFT)
        line = VMobject(stroke_color=soft, stroke_width=ink.width / 2)
        starts = np.array([(small.right, edge, 0.0) for edge in (small.top, small.bottom)])
        stops = np.array([(large.left - 0.06, edge, 0.0) for edge in (large.top, large.bottom)])
        line.points = straight(starts, stops)
        return line

    def beat_place(self) -> None:
        """The kernel on one place: pixels, products, their sum, and the new pixel."""
        f, step = self.plan.frames, self.plan.frames.at(self.plan.step)
        self.leave()
        self._lay_out()
        moved = self.pixels(self.home, f.patch_pixels)
        self.play(Transform(self.patch, moved), seconds=0.8)
        self.remove(self.patch)
        self.patch = moved
        self.add(moved)
        kernel = self._worked_kernel()
        names = [self._above(self.home, "pixels"), self._above(kernel.cells, "kernel")]
        self.play(FadeIn(kernel, *names), seconds=0.6)
        window = Window(
            self.home, self.theme.weight, rows=f.kernel.shape[0], columns=f.kernel.shape[1]
        )
        window.draw(*self._corner(step.row, step.column))
        self.play(FadeIn(window), seconds=0.5)
        self.hold(0.4)
        products = self._products(step.product)
        told = self._above(products.cells, "products")
        self.play(FadeIn(products, told), seconds=0.7)
        self.hold(0.5)
        total = self._total(self.plan.step)
        self.play(FadeIn(total), seconds=0.7)
        self.hold(0.6)
        self._open_map()
        self.kernel, self.named = kernel, names
        self.worked = [window, products, told, total]

    def _lay_out(self) -> None:
        """Cells of the patch, of what comes out, and room for the kernel between them."""
        f = self.plan.frames
        self.home = self._at_top(Cells.within(_HOME, *f.patch_pixels.shape, largest=0.58))
        self.out = self._at_top(Cells.within(_OUT, *f.map_shape, largest=0.58))
        middle = (_MIDDLE.top + _MIDDLE.bottom) / 2
        self.kernel_box = Box(_MIDDLE.left, _MIDDLE.right, middle + 0.15, _MIDDLE.top)
        self.product_box = Box(_MIDDLE.left, _MIDDLE.right, _MIDDLE.bottom, middle - 0.4)

    @staticmethod
    def _at_top(cells: Cells) -> Cells:
        """Cells whose upper edge is that of all others of this beat."""
        return replace(cells, top=_HOME.top)

    def _over(self, cells: Cells, values: AnyArray) -> Callable[[float], str]:
        """How weights and products are written: over the divisor, where there is room for that."""
        divisor = self.plan.frames.divisor
        texts = [f"{short(value)}/{divisor}" for value in values.ravel().tolist()]
        if divisor == 1 or type_size(cells, texts) < LEAST_TYPE:
            return short
        return lambda value: f"{short(value)}/{divisor}"

    def _worked_kernel(self) -> Grid:
        """The kernel between pixels and outputs."""
        weights = self.plan.frames.kernel
        cells = self._at_top(
            Cells.within(self.kernel_box, *weights.shape, largest=max(self.home.width, 0.65))
        )
        return self._grid_of(cells, weights)

    def _grid_of(self, cells: Cells, values: AnyArray) -> Grid:
        """Weights or products in their colours, with numbers where they can be read."""
        write = self._over(cells, values)
        size = type_size(cells, [write(value) for value in values.ravel().tolist()], largest=_TYPE)
        readable = size >= LEAST_TYPE and _are_few(values)
        grid = Grid(cells, self.theme, size=size, write=write if readable else None)
        return grid.draw(values, weight_colours(values, self.theme))

    def _corner(self, row: int, column: int) -> tuple[int, int]:
        """Where the kernel's first cell lies on the patch, for this pixel of the result."""
        f = self.plan.frames
        return row - int(f.row[0]), column - int(f.column[0])

    def _above(self, cells: Cells, text: str) -> Text:
        return self.words(text, (cells.box.left + cells.box.right) / 2, cells.box.top + 0.25)

    def _products(self, products: AnyArray) -> Grid:
        box, (rows, columns) = self.product_box, products.shape
        wide = min((box.right - box.left) / columns, 0.85)
        high = min((box.top - box.bottom) / rows, 0.56)
        left = (box.left + box.right - columns * wide) / 2
        cells = Cells(rows, columns, left, box.top, wide, high)
        return self._grid_of(cells, products)

    def _total(self, step: int, *, rounded: bool = False) -> Text:
        """The products as a sum, that over the divisor, and what is written of it."""
        f, theme = self.plan.frames, self.theme
        at = f.at(step)
        terms = [value for value in at.product.ravel().tolist() if value]
        ink = theme.product if f.divisor != 1 else theme.output
        total = coloured(_exact(at.total), ink.colour)
        said = (
            f"{_sum(terms)} = {total}"
            if len(terms) <= _TERMS
            else f'"sum of the products" = {total}'
        )
        if f.divisor != 1:
            sign = "=" if _is_exact(at.output) else "approx"
            output = coloured(_exact(at.output), theme.output.colour)
            said = f"{said} quad quad {total} slash {f.divisor} {sign} {output}"
        if rounded and at.output % 1:
            said = f'{said} quad "rounded to" {np.rint(at.output):.0f}'
        text = Formula(said, size=LABEL, colour=theme.text.colour)
        return stand(fitted(text, 12.4), 0.0, _SUM, align="centre")

    def _open_map(self) -> None:
        """The place of the outputs, with the first of them."""
        f, theme = self.plan.frames, self.theme
        at = f.at(self.plan.step)
        values = f.output.reshape(f.map_shape)
        low, high = (float(f.low[0]), float(f.high[0])) if not self.plan.tour else (0.0, 255.0)
        self.outputs = FillingMap(
            self.numbers(self.out, np.rint(values)),
            np.rint(values).astype(np.int64),
            shades(low, high)(values),
        )
        self.empty = seams(self.out, theme)
        name = self._above(self.out, "result")
        shown = np.zeros(values.shape, dtype=bool)
        shown[self._corner(at.row, at.column)] = True
        self.first = self.numbers(self.out, self.outputs.values)
        self.first.draw(self.outputs.values, self.outputs.colours, shown=shown)
        self.play(FadeIn(self.empty, name, self.first), seconds=0.7)
        self.out_name = VGroup(name)

    def beat_slide(self) -> None:
        """The kernel goes over the whole patch."""
        f = self.plan.frames
        self.play(FadeOut(*self.worked, self.first), seconds=0.5)
        self.remove(*self.worked, self.first)
        size = f.kernel.shape
        rows, columns = f.row - f.row[0], f.column - f.column[0]
        sweep = Sweep(
            self.home,
            (size[0], size[1]),
            rows,
            columns,
            [self.outputs],
            self.theme,
            ink=self.theme.weight,
        )
        self.play(FadeIn(sweep), seconds=0.5)
        last = len(f) - 1
        self.play(Slide(sweep, last, rate_func=linear), seconds=self.plan.step_seconds * last)
        total, border = self._total(last, rounded=True), self._about_border()
        self.play(FadeIn(total, border), seconds=0.6)
        self.leaving = [
            total,
            border,
            sweep,
            self.patch,
            self.kernel,
            *self.named,
            self.empty,
            self.out_name,
        ]

    def _about_border(self) -> VGroup:
        """Why there are fewer outputs than pixels, below the outputs."""
        if self.plan.frames.map_shape == self.home.shape:
            return VGroup()
        middle = (self.out.box.left + self.out.box.right) / 2
        lines = ("The kernel stays on the patch:", "a border has no result here.")
        return VGroup(
            *(
                self.words(line, middle, self.out.box.bottom - 0.5 - 0.42 * k, muted=True)
                for k, line in enumerate(lines)
            )
        )

    def beat_blur(self) -> None:
        """The whole picture under a larger box."""
        self._wiped(TOUR.index("box"))

    def beat_gaussian(self) -> None:
        """The whole picture under a Gaussian."""
        self._wiped(TOUR.index("gaussian"), self._profile())

    def beat_sharpen(self) -> None:
        """The whole picture, sharper."""
        lines = ("weights:", "5 − 4 · 1 = 1", "", "5 = 1 + 4: pixel", "+ 4 differences")
        self._wiped(TOUR.index("sharpen"), self._notes(lines))

    def beat_result(self) -> None:
        """The whole picture under the kernel that was predicted."""
        notes = None
        if self.plan.probe.name == "edge-pair":
            side = "left" if self.plan.parameters.flip else "right"
            notes = self._notes(
                ("white: brighter", f"to the {side}", "", "black: darker", f"to the {side}")
            )
        self._wiped(self.plan.shown, notes)

    def _notes(self, lines: Sequence[str]) -> VGroup:
        """Short lines below the kernel beside a large picture."""
        middle = (_SIDE.left + _SIDE.right) / 2
        levels = _NOTES - 0.42 * np.arange(len(lines))
        pairs = zip(lines, levels.tolist(), strict=True)
        return VGroup(*(self.words(line, middle, level) for line, level in pairs if line))

    def _profile(self) -> VGroup:
        """The middle rows of the Gaussian and of the box, on one scale."""
        named = {name: self.plan.kernels[TOUR.index(name)] for name in ("gaussian", "box")}
        rows = {name: kernel.middle_row for name, kernel in named.items()}
        half = max(map(len, rows.values())) / 2 + 1
        peak = max(float(row.max()) for row in rows.values())
        chart = Chart((-half, half), (0.0, peak), _PROFILE)
        bars, theme = Bars(chart, self.theme.weight), self.theme
        bars.draw(np.column_stack([_places(rows["gaussian"]), rows["gaussian"]]), 1.0)
        level, reach = float(rows["box"][0]), len(rows["box"]) / 2
        corners = np.array([[-reach, 0], [-reach, level], [reach, level], [reach, 0]])
        outline = Curve(chart, replace(theme.fixed, width=4.0), corners)
        group = self._notes(("middle row:",))
        middle = (_PROFILE.left + _PROFILE.right) / 2
        lines = (
            (f"Gaussian: max {brief(float(rows['gaussian'].max()), 3)}", theme.weight.colour),
            (f"box: all {brief(level, 3)}", theme.fixed.colour),
        )
        for k, (line, colour) in enumerate(lines):
            text = Words(line, size=SMALL, colour=colour)
            group.add(stand(text, middle, _PROFILE.bottom - 0.4 - 0.42 * k, align="centre"))
        return group.add(bars, outline)

    def _wiped(self, i: int, notes: VGroup | None = None) -> None:
        """Result i over the picture, with its kernel and its scale."""
        self.leave()
        f, kernel = self.plan.frames, self.plan.kernels[i]
        wipe = Wipe(f.grey, f.shades(i), self.large, self.theme)
        told = self._kernel_beside(kernel)
        bar = self.shade_bar(float(f.low[i]), float(f.high[i]), open_ended=f.cut_off(i) > 0)
        self.play(FadeIn(wipe, told), seconds=0.7)
        self._run(wipe, bar)
        if notes is not None:
            self.play(FadeIn(notes), seconds=0.5)
            self.leaving.append(notes)
        self.leaving.extend([told, bar])

    def _run(self, wipe: Wipe, bar: Group) -> None:
        """Over all of the picture, and back to the middle."""
        names = self._sides(wipe.box)
        self.hold(0.3)
        self.play(Slide(wipe, 1.0, rate_func=smooth), seconds=2.4)
        self.play(FadeIn(bar), seconds=0.5)
        self.hold(0.6)
        self.play(Slide(wipe, 0.5, rate_func=smooth), seconds=1.4)
        self.play(FadeIn(*names), seconds=0.4)
        self.leaving = [wipe, *names]

    def _sides(self, box: Box) -> list[Text]:
        """What is seen left and right of the line of a wipe that stands in the middle."""
        quarter = (box.right - box.left) / 4
        places = (("before", box.left + quarter), ("after", box.right - quarter))
        return [self.words(text, x, box.bottom - 0.5) for text, x in places]

    def _kernel_beside(self, kernel: Filter, place: Box = _SIDE) -> VGroup:
        """A kernel to the left of a large picture, with its name."""
        grid = self.weights(kernel.weights, place, largest=0.62)
        box = grid.cells.box
        middle = (box.left + box.right) / 2
        group = VGroup(grid, self.words(_name(kernel), middle, box.top + 0.3))
        rows, columns = kernel.shape
        below = f"{rows} × {columns}"
        group.add(self.words(below, middle, box.bottom - 0.5, muted=True))
        if kernel.divisor != 1:
            group.add(self.words(f"each 1/{kernel.divisor}", middle, box.bottom - 0.95, muted=True))
        return group

    def beat_predict(self) -> None:
        """The kernel beside an even strip and an edge; what comes out is not shown yet."""
        self.leave()
        kernel = self._kernel_beside(self.plan.probe, _BESIDE)
        self.play(FadeIn(kernel), seconds=0.7)
        self.leaving = [kernel]
        if not self.plan.readable:
            self._hide_half()
            return
        f = self.plan.frames
        self.strips = [
            self._strip(f.flat, 0.95, "an even wall"),
            self._strip(f.steep, -1.75, "an edge"),
        ]
        self.marks = VGroup()
        for given, _, out in self.strips:
            marks = Grid(out, self.theme, size=LABEL, write=lambda _: "?", inks=None)
            marks.draw(np.zeros(out.shape), self.theme.grid.colour)
            result = VGroup(seams(out, self.theme), self._above(out, "result"))
            self.play(FadeIn(given), seconds=0.6)
            self.play(FadeIn(marks, result), seconds=0.4)
            self.marks.add(marks)
            self.leaving.extend([given, result])
        self.asked = self._ask(f"What does {self._probe_name()} give on an even wall? At an edge?")

    def _ask(self, text: str, level: float = _ASKED) -> Text:
        """A question at the foot of the picture."""
        words = Words(text, size=BODY, colour=self.theme.text.colour)
        stand(words, 0.0, level, align="centre")
        self.play(FadeIn(words), seconds=0.5)
        return words

    def _probe_name(self) -> str:
        """Its weights, where these are two or three in a row."""
        weights = self.plan.probe.weights
        if weights.shape[0] > 1 or weights.size > 3:
            return "this kernel"
        return ", ".join(map(short, weights.ravel().tolist()))

    def _hide_half(self) -> None:
        """The picture, and a question mark in place of its right half."""
        f, theme = self.plan.frames, self.theme
        ground = np.broadcast_to(255 * rgb(theme.ground), (*f.grey.shape, 3))
        half = Wipe(f.grey, ground.round(), self.large, theme).draw(0.5)
        mark = Formula('"?"', size=3 * LABEL, colour=theme.output.colour)
        mark.move_to((self.large.right / 2, (self.large.top + self.large.bottom) / 2, 0.0))
        self.play(FadeIn(half), seconds=0.7)
        self.play(FadeIn(mark), seconds=0.5)
        self.leaving.extend([half, mark, self._ask("What will become of the picture?", _NOTED)])

    def _strip(self, pixels: AnyArray, level: float, text: str) -> tuple[VGroup, Cells, Cells]:
        """Pixels around a height with their name, their cells, and those of what comes out."""
        half = 0.95
        cells = Cells.within(Box(-3.9, 1.2, level - half, level + half), *pixels.shape, largest=1.0)
        out = Cells.within(Box(2.4, 6.4, level - half, level + half), 1, 4, largest=1.0)
        name = self.words(text, (cells.box.left + cells.box.right) / 2, cells.box.top + 0.25)
        return VGroup(self.pixels(cells, pixels), name), cells, out

    def beat_answer(self) -> None:
        """What comes out of both strips."""
        f = self.plan.frames
        self.play(FadeOut(self.asked), seconds=0.3)
        outputs = (f.flat_output, f.steep_output)
        for (_, cells, out), marks, values in zip(self.strips, self.marks, outputs, strict=True):
            sweep = self._probing(cells, out, np.rint(values)[None].astype(np.int64))
            self.play(FadeOut(marks), FadeIn(sweep), seconds=0.5)
            self.play(Slide(sweep, 3, rate_func=linear), seconds=1.8)
            self.play(FadeOut(sweep.window, *sweep.rings), seconds=0.3)
            self.leaving.append(sweep)
        notes = self._about_answer()
        self.play(FadeIn(notes), seconds=0.6)
        self.leaving.append(notes)

    def _about_answer(self) -> VGroup:
        """One output worked out, and what a flip would change."""
        plan, f = self.plan, self.plan.frames
        largest = int(np.argmax(np.abs(f.steep_output)))
        terms = f.edge_products(largest).tolist()
        notes = VGroup()
        if plan.probe.divisor == 1 and len(terms) <= _TERMS:
            output = coloured(_exact(float(f.steep_output[largest])), self.theme.output.colour)
            equals = "=" if all(map(_is_exact, terms)) else "≈"
            said = f'"at the edge:" quad {_sum(terms)} {equals} {output}'
            text = Formula(said, colour=self.theme.text.colour)
            notes.add(stand(fitted(text, 12.4), 0.0, _ASKED, align="centre"))
        flip = plan.parameters.flip
        said = "Flipped: convolution." if flip else "Not flipped: cross-correlation."
        if plan.probe.name == "edge-pair":
            change = "Unflipped" if flip else "Flipped"
            said += f" {change}, the signs change here; symmetric kernels give the same."
        return notes.add(self.words(said, 0.0, _NOTED, muted=True))

    def _probing(self, home: Cells, out: Cells, values: AnyArray) -> Sweep:
        """The kernel goes along a strip, and its four outputs appear."""
        f, i = self.plan.frames, self.plan.shown
        colours = shades(float(f.low[i]), float(f.high[i]))(values)
        outputs = FillingMap(self.numbers(out, values), values, colours)
        rows, columns = f.probe.shape
        steps = np.arange(4)
        size = (int(rows), int(columns))
        return Sweep(home, size, 0 * steps, steps, [outputs], self.theme, ink=self.theme.weight)

    def beat_sobel(self) -> None:
        """Two directions side by side."""
        self.leave()
        f = self.plan.frames
        for name, box, text in (
            ("sobel-x", self.left, "changes from left to right"),
            ("sobel-y", self.right, "changes from top to bottom"),
        ):
            i = TOUR.index(name)
            middle = (box.left + box.right) / 2
            photo = Framed(f.shades(i), box, self.theme)
            grid = self.weights(
                self.plan.kernels[i].weights, Box(middle - 1.5, middle, -3.75, -2.25)
            )
            title = self.words(text, middle, box.top + 0.3)
            named = self.words(name, middle + 0.9, -3.1)
            self.play(FadeIn(grid, title, named), seconds=0.6)
            self.play(FadeIn(photo), seconds=0.9)
            self.leaving.extend([photo, grid, title, named])
        scale = self._scale_of(TOUR.index("sobel-x"))
        self.play(FadeIn(scale), seconds=0.4)
        self.leaving.append(scale)

    def _scale_of(self, i: int) -> VGroup:
        """What is shown black and white in both pictures, between them."""
        f = self.plan.frames
        lines = (
            "one scale:",
            f"black ≤ {brief(float(f.low[i]))}",
            f"white ≥ {brief(float(f.high[i]))}",
        )
        return VGroup(
            *(self.words(line, 0.0, -2.6 - 0.45 * k, muted=k > 0) for k, line in enumerate(lines))
        )

    def beat_colour(self) -> None:
        """Three channels, each filtered by itself; then all together."""
        self.leave()
        f = self.plan.frames
        after = f.shaded_colours()
        boxes = [
            fitting(f.grey.shape, Box(x - 2.0, x + 2.0, -1.6, 1.2)) for x in (-4.25, 0.0, 4.25)
        ]
        wipes = [
            Wipe(a, b, box, self.theme) for a, b, box in zip(f.picture, after, boxes, strict=True)
        ]
        names = [
            self.words(text, (box.left + box.right) / 2, box.top + 0.3)
            for text, box in zip(("red", "green", "blue"), boxes, strict=True)
        ]
        self.play(FadeIn(*wipes, *names), seconds=0.8)
        self.hold(0.4)
        self.play(*(Slide(wipe, 1.0, rate_func=smooth) for wipe in wipes), seconds=1.6)
        self.hold(0.4)
        self.leaving = [*wipes, *names]
        self.leave()
        before, result = (np.moveaxis(values, 0, -1) for values in (f.picture, after))
        box = fitting(f.grey.shape, _RESULT)
        whole = Wipe(before, result, box, self.theme).draw(1.0)
        self.play(FadeIn(*self._channels(after), self._channel_kernel()), seconds=0.7)
        self.play(FadeIn(whole), seconds=0.8)
        self.hold(0.6)
        self.play(Slide(whole, 0.5, rate_func=smooth), seconds=1.4)
        self.play(FadeIn(*self._sides(box)), seconds=0.4)

    def _channels(self, values: AnyArray) -> list[Group]:
        """Three small pictures above each other, with their names."""
        groups = []
        for text, channel, top in zip(("red", "green", "blue"), values, _CHANNELS, strict=True):
            box = fitting(channel.shape, Box(-6.35, -4.55, top - 1.1, top))
            name = self.words(text, (box.left + box.right) / 2, box.top + 0.17)
            groups.append(Group(Framed(channel, box, self.theme), name))
        return groups

    def _channel_kernel(self) -> VGroup:
        """The kernel between the channels and the result."""
        kernel = self.plan.kernels[-1]
        grid = self.weights(kernel.weights, _BETWEEN, largest=0.5)
        box = grid.cells.box
        return VGroup(grid, self.words(_name(kernel), (box.left + box.right) / 2, box.top + 0.3))


def _places(row: AnyArray) -> AnyArray:
    """How far each of these weights is from the middle one."""
    return np.arange(len(row)) - (len(row) - 1) / 2


def _name(kernel: Filter) -> str:
    return kernel.name if kernel.name[:1].isalpha() else "your kernel"


def _are_few(values: AnyArray) -> bool:
    """Whether there are not too many numbers to read each of them."""
    return values.size <= READABLE**2


def _is_exact(value: float) -> bool:
    return abs(value * 10 - round(value * 10)) < 1e-6


def _exact(value: float) -> str:
    return brief(value, 1)


def _sum(terms: Sequence[float]) -> str:
    """Numbers with plus and minus between them."""
    words = [brief(terms[0], 1)] if terms else ["0"]
    words += [f"{'+' if term > 0 else '−'} {brief(abs(term), 1)}" for term in terms[1:]]
    return " ".join(words)
