"""Channels, one kernel for each, their sums, the bias, and a map for each filter."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
from manim import FadeIn, FadeOut, Transform, VGroup, VMobject, linear, smooth

from convmath.arrays import AnyArray
from scenes.kit.cells import Cells
from scenes.kit.channel_room import ChannelRoom
from scenes.kit.chart import Box
from scenes.kit.explainer import Explainer
from scenes.kit.grid import Grid, Window, type_size
from scenes.kit.palette import Colours, Scale, blended, channel_colours
from scenes.kit.shape_line import Shape, ShapeLine
from scenes.kit.sliding import Slide
from scenes.kit.sweep import Abreast, FillingMap, SteppingGrid, Sweep, output_colours
from scenes.kit.turning import weight_colours
from scenes.kit.typeset import LABEL, SMALL, Formula, Text, Words, coloured, fitted, stand
from scenes.numerals import brief, short
from scenes.plans.channels_2d import Channels2dPlan

__all__ = ["Channels2d"]

_IN, _FILTERS, _BIAS, _OUT = range(4)  # the shapes
_SAME = (  # numbers of the shapes that have one reason
    ((_IN, 0), (_FILTERS, 1)),
    ((_FILTERS, 0), (_BIAS, 0), (_OUT, 0)),
    ((_OUT, 1), (_OUT, 2)),
)
_BASELINES = (-2.62, -3.1, -3.58)  # of the shapes' names, numbers and letters
_TITLE = 0.14  # from a grid to its title
_PICTURE = (-2.25, 0.55)  # bottom of the whole picture, and from the channels down to it
_SUM_LINE = -2.02  # baseline of words where the sums stand


class Channels2d(Explainer[Channels2dPlan]):
    """Draws `Channels2dPlan`."""

    plan_class: ClassVar[type[Channels2dPlan]] = Channels2dPlan

    def stage(self) -> None:
        """Lay out the columns and the shapes; nothing is shown yet."""
        plan, f, theme = self.plan, self.plan.frames, self.theme
        padded, kernel = plan.layout.padded, plan.layout.kernel
        channels, filters = len(plan.input), len(plan.filters)
        self.room = ChannelRoom.of(
            channels, (padded[0], padded[1]), (kernel[0], kernel[1]), filters, plan.size
        )
        self.inks = (theme.fixed.colour,) * channels
        if plan.is_rgb:
            self.inks = channel_colours(theme)
        self.inputs = [self.grid(cells, f.padded) for cells in self.room.inputs]
        self.maps = [self.grid(cells, f.output) for cells in self.room.maps]
        self.products = [self.grid(cells, f.product) for cells in self.room.products]
        self.sums = [self.grid(cells, f.channel_sum) for cells in self.room.sums]
        self.total = self.grid(self.room.total, f.output)
        self.bias = self.grid(self.room.bias, plan.bias)
        self.shapes = self._shape_line()
        self.numbers: dict[int, VGroup] = {}

    def _shape_line(self) -> ShapeLine:
        theme, plan = self.theme, self.plan
        k, w = plan.layout.kernel
        letters = ('C_"out"', 'C_"in"', "k", "k" if k == w else "w")
        shapes = (
            Shape("input", ('C_"in"', "H", "W"), theme.fixed.colour),
            Shape("filters", letters, theme.moving.colour, "*"),
            Shape("bias", ('C_"out"',), theme.weight.colour, "+"),
            Shape("output", ('C_"out"', "H'", "W'"), theme.output.colour, "->"),
        )
        return ShapeLine(
            shapes,
            (plan.input.shape, plan.filters.shape, plan.bias.shape, plan.frames.maps.shape),
            theme,
            left=self.room.labels,
            right=-self.room.labels,
            baselines=_BASELINES,
        )

    def grid(self, cells: Cells, values: AnyArray) -> Grid:
        """Cells in which all of these values fit."""
        contents = [short(value) for value in np.unique(values).tolist()]
        return Grid(cells, self.theme, size=type_size(cells, contents, largest=LABEL), write=short)

    def tints(self, values: AnyArray, ink: str, faint: float = 0.08, strong: float = 0.5) -> Any:
        """Stronger for numbers that are larger in size."""
        ground = self.theme.ground
        ends = (blended(ground, ink, faint), blended(ground, ink, strong))
        return Scale(0.0, float(np.abs(values).max()) or 1.0, ends)

    def channel_tints(self, c: int, values: AnyArray) -> Colours:
        """Of the numbers of one channel."""
        colours: Colours = self.tints(self.plan.input, self.inks[c])(np.abs(values))
        return colours

    def label(self, words: str, cells: Cells, colour: str = "") -> Words:
        """Words at the left, in line with a row of the picture."""
        text = Words(words, size=SMALL, colour=colour or self.theme.text.colour)
        box = cells.box
        return _stand_words(text, self.room.labels, (box.top + box.bottom) / 2 - 0.09)

    def title(self, words: str, cells: Cells, colour: str = "", *, middle: bool = False) -> Words:
        """Words above a grid."""
        text = Words(words, size=SMALL, colour=colour or self.theme.text.colour)
        box = cells.box
        x, align = ((box.left + box.right) / 2, "centre") if middle else (box.left, "left")
        stand(text, x, box.top + _TITLE, align=align)
        return text

    def show_shape(self, index: int, *numbers: object) -> VGroup:
        """A shape that appears."""
        part = self.shapes.part(index, [str(number) for number in numbers])
        self.numbers[index] = part[-1]
        return part

    def change_shape(self, index: int, *numbers: object) -> list[Any]:
        """Other numbers in a shape; the animations of it."""
        old = self.numbers[index]
        new = self.shapes.numbers(index, [str(number) for number in numbers])
        self.numbers[index] = new
        return [FadeOut(old), FadeIn(new)]

    def beat_channels(self) -> None:
        """The picture comes apart into its channels."""
        f = self.plan.frames
        for c, grid in enumerate(self.inputs):
            values = f.padded[c]
            grid.draw(values, self.channel_tints(c, values), shown=f.inside)
        self.names = [self._channel_name(c, cells) for c, cells in enumerate(self.room.inputs)]
        self.picture = VGroup()
        if self.plan.is_picture:
            self._take_apart()
        else:
            for grid, name in zip(self.inputs, self.names, strict=True):
                self.play(FadeIn(grid, name), seconds=0.7)
        label = self.label("input", self.room.inputs[0])
        shape = self.show_shape(_IN, *self.plan.input.shape)
        self.play(FadeIn(label, shape), seconds=0.7)

    def _channel_name(self, c: int, cells: Cells) -> Words:
        """Its letter and its colour's name, or its number."""
        first = cells.moved(*self.plan.layout.before)
        name = self.plan.names[c]
        words = f"{name[0].upper()}: {name}" if self.plan.is_rgb else name
        return self.title(words, first, self.inks[c])

    def _take_apart(self) -> None:
        """A picture, out of which one channel after the other rises to its place."""
        picture = self._picture()
        self.play(FadeIn(picture), seconds=0.8)
        self.hold(1.2)
        middle, high = picture[0].get_center(), float(picture[0].height)
        for grid, name in zip(self.inputs, self.names, strict=True):
            part = grid.copy()
            part.scale(high / float(grid.height)).move_to(middle)
            self.play(FadeIn(part), seconds=0.4)
            self.play(Transform(part, grid, rate_func=smooth), seconds=1.0)
            self.remove(part)
            self.add(grid)
            self.play(FadeIn(name), seconds=0.3)
        self.picture = picture

    def _clear_picture(self) -> None:
        """The picture goes before anything stands where it is."""
        if len(self.picture):
            self.play(FadeOut(self.picture), seconds=0.5)
            self.remove(self.picture)
            self.picture = VGroup()

    def _picture(self) -> VGroup:
        """The pixels in their colours below the channels, with a title."""
        x = self.plan.input
        rows, columns = x.shape[1:]
        bottom, below = _PICTURE
        column = self.room.inputs[1].box
        top = column.bottom - below
        middle = (column.left + column.right) / 2
        box = Box(middle - 3.0, middle + 3.0, bottom, top)
        cells = Cells.within(box, rows, columns, largest=0.6, gap=0.05)
        share = (255 * x / x.max()).round().astype(int)
        colours = np.array(
            [[f"#{r:02X}{g:02X}{b:02X}" for r, g, b in row] for row in np.moveaxis(share, 0, 2)]
        )
        grid = Grid(cells, self.theme, write=None).draw(x[0], colours)
        return VGroup(grid, self.title("the picture", cells))

    def beat_padding(self) -> None:
        """Zeros around every channel."""
        self._clear_picture()
        f = self.plan.frames
        borders = []
        for c, cells in enumerate(self.room.inputs):
            values = f.padded[c]
            border = self.grid(cells, f.padded)
            colours = self.channel_tints(c, values)
            border.draw(values, colours, shown=~f.inside, dimmed=np.full(f.inside.shape, True))
            borders.append(border)
        above = VGroup(*(self._above(c) for c in range(len(borders))))
        self.play(FadeOut(*self.names), seconds=0.3)
        self.remove(*self.names)
        self.play(FadeIn(*borders, above), seconds=0.9)

    def _above(self, c: int) -> Words:
        """The name of a channel above its padding."""
        name = self._channel_name(c, self.room.inputs[c])
        cells = self.room.inputs[c]
        return _stand_words(name, cells.box.left, cells.box.top + _TITLE)

    def beat_kernels(self) -> None:
        """Kernel by kernel, and what they are together."""
        self._clear_picture()
        self.kernels = self._kernels(0)
        self.kernel_titles = VGroup()
        for grid, cells in zip(self.kernels, self.room.kernels, strict=True):
            title = self.title("kernel", cells)
            self.kernel_titles.add(title)
            self.play(FadeIn(grid, title), seconds=0.6)
        self.add(self.kernel_titles)
        self.filter_label = self._filter_label(0)
        bracket = self._bracket()
        shape = self.show_shape(_FILTERS, 1, *self.plan.filters.shape[1:])
        self.play(FadeIn(bracket, self.filter_label), seconds=0.7)
        self.play(FadeIn(shape), seconds=0.6)
        self.bracket = bracket

    def _kernels(self, o: int) -> VGroup:
        """The kernels of one filter, each below its channel."""
        weights = self.plan.filters[o]
        return VGroup(
            *(
                self.grid(cells, self.plan.filters).draw(kernel, self._weight_tints(kernel))
                for cells, kernel in zip(self.room.kernels, weights, strict=True)
            )
        )

    def _weight_tints(self, kernel: AnyArray) -> Colours:
        """On one scale for all kernels."""
        together = np.append(kernel.ravel(), np.abs(self.plan.filters).max() or 1)
        return weight_colours(together, self.theme)[:-1].reshape(kernel.shape)

    def _filter_label(self, o: int) -> Words:
        return self.label(f"filter {o + 1}", self.room.kernels[0], self.theme.moving.colour)

    def _bracket(self) -> VGroup:
        """A line below all kernels, with what they are together."""
        ink, boxes = self.theme.moving, [cells.box for cells in self.room.kernels]
        low, high = boxes[0].bottom - 0.24, boxes[0].bottom - 0.1
        corners = [(boxes[0].left, high), (boxes[0].left, low)]
        corners += [(boxes[-1].right, low), (boxes[-1].right, high)]
        line = VMobject(stroke_color=ink.colour, stroke_width=3.0)
        line.set_points_as_corners([(x, y, 0.0) for x, y in corners])
        words = Words("one filter", size=SMALL, colour=ink.colour)
        middle = (boxes[0].left + boxes[-1].right) / 2
        return VGroup(line, stand(words, middle, low - 0.34, align="centre"))

    def beat_products(self) -> None:
        """Channel by channel: the window, the products, their sum."""
        self.play(FadeOut(self.bracket), seconds=0.4)
        self.remove(self.bracket)
        self.make_sweep(0)
        self.sum_label = self.label("sums", self.room.sums[0], self.theme.product.colour)
        self.product_titles = VGroup()
        for c, part in enumerate(self.lanes):
            title = self.title("products", self.room.products[c])
            self.product_titles.add(title)
            self.play(FadeIn(part.window), seconds=0.5)
            self.play(FadeIn(self.products[c], title), seconds=0.6)
            new = [self.sums[c]] if c else [self.sums[c], self.sum_label]
            self.play(FadeIn(*new), seconds=0.5)
            self.hold(0.9)
        self.add(self.product_titles)

    def make_sweep(self, o: int) -> None:
        """The windows' way over all channels, with products, sums, and one map in step."""
        f, plan = self.plan.frames, self.plan
        low, high = float(f.output.min()), float(f.output.max())
        whole = plan.frames.maps[o]
        colours = output_colours(whole, self.theme, low, high)
        filling = FillingMap(self.maps[o], whole, colours)
        totals = f.output[:, o, None, None]
        ends = SteppingGrid(self.total, totals, output_colours(totals, self.theme, low, high))
        k, w = plan.layout.kernel
        self.lanes = [
            Sweep(
                cells,
                (k, w),
                f.corner[:, 0],
                f.corner[:, 1],
                [] if c else [filling],
                self.theme,
                cells=(f.cell[:, 0], f.cell[:, 1]),
                beside=[*self._beside(o, c), *([] if c else [ends])],
            )
            for c, cells in enumerate(self.room.inputs)
        ]
        for part in self.lanes:
            for window in (part.window, *part.rings):
                _suit(window)
        self.sweep = Abreast(*self.lanes)
        self.sweep.draw(0)

    def _beside(self, o: int, c: int) -> list[SteppingGrid]:
        """Products of one channel, and their sum."""
        f, ink = self.plan.frames, self.theme.product.colour
        products, sums = f.product[:, o, c], f.channel_sum[:, o, c, None, None]
        tints = self.tints(f.product, ink, 0.12, 0.45)
        ground = blended(self.theme.ground, ink, 0.3)
        return [
            SteppingGrid(self.products[c], products, tints(np.abs(products))),
            SteppingGrid(self.sums[c], sums, np.full(sums.shape, ground)),
        ]

    def beat_add(self) -> None:
        """Plus signs between the sums, and what they come to."""
        self.pluses = VGroup(
            *(
                self._sign("+", (one.box.right + other.box.left) / 2)
                for one, other in zip(self.room.sums, self.room.sums[1:], strict=False)
            )
        )
        if len(self.pluses):
            self.play(FadeIn(self.pluses), seconds=0.6)
        value = Formula(brief(self.plan.sum_of(0)), size=LABEL, colour=self.theme.text.colour)
        x, y = self.room.bias.box.left, self.room.bias.centre(0, 0)[1]
        equals = self._sign("=", self._before_bias)
        self.subtotal = VGroup(equals, value.move_to((x, y, 0.0)))
        self.play(FadeIn(self.subtotal), seconds=0.6)

    @property
    def _before_bias(self) -> float:
        """Where the sign after the last sum stands."""
        return (self.room.sums[-1].box.right + self.room.maps[0].left) / 2

    def _sign(self, sign: str, x: float) -> Text:
        """A sign in the row of sums."""
        text = Formula(sign, size=LABEL, colour=self.theme.text.colour)
        return text.move_to((x, self.room.bias.centre(0, 0)[1], 0.0))

    def beat_bias(self) -> None:
        """One more number is added; the result is one cell of a map."""
        self._draw_bias(0)
        name = Words("bias", size=SMALL, colour=self.theme.weight.colour)
        _stand_words(name, self.room.maps[0].left, self.room.bias.centre(0, 0)[1] - 0.09)
        self.bias_parts = VGroup(self._sign("+", self._before_bias), name)
        self.play(FadeOut(self.subtotal), seconds=0.4)
        self.remove(self.subtotal)
        shape = self.show_shape(_BIAS, 1)
        self.play(FadeIn(self.bias_parts, self.bias, shape), seconds=0.7)
        middle = (self.room.bias.box.right + self.room.total.box.left) / 2
        self.equals = self._sign("=", middle)
        self.play(FadeIn(self.equals, self.total), seconds=0.6)
        self.hold(0.6)
        flying = self.total.copy()
        self.add(flying)
        place = self.room.maps[0].centre(0, 0)
        self.play(flying.animate(rate_func=smooth).move_to(place), seconds=1.1)
        self.output_name = self.title("output", self.room.maps[0], self.theme.output.colour)
        self.play(
            FadeIn(self.maps[0], *self.lanes[0].rings, self.output_name),
            FadeOut(flying),
            seconds=0.4,
        )
        self.remove(flying)

    def _draw_bias(self, o: int) -> None:
        values = self.plan.bias[o].reshape(1, 1)
        self.bias.draw(values, blended(self.theme.ground, self.theme.weight.colour, 0.3))

    def _map_title(self, o: int) -> Words:
        return self.title(f"feature map {o + 1}", self.room.maps[o], self.theme.output.colour)

    def beat_predict(self) -> None:
        """The output's shape is asked for."""
        self.play(FadeIn(self.show_shape(_OUT, "?", "?", "?")), seconds=0.8)

    def beat_sweep(self) -> None:
        """All positions; the map fills."""
        self._take_over(0)
        self.run(0)
        new = FadeOut(self.output_name), FadeIn(self._map_title(0))
        self.play(*self.change_shape(_OUT, 1, *self.plan.size), *new, seconds=0.6)

    def _take_over(self, o: int) -> None:
        """The sweep takes the place of its parts."""
        windows = [part.window for part in self.lanes]
        parts = (*windows, *self.lanes[0].rings, self.maps[o], self.total)
        self.remove(*parts, *self.products, *self.sums)
        self.add(self.sweep)

    def run(self, o: int) -> None:
        """Let the windows go through all positions."""
        last = len(self.plan.frames) - 1
        if last:
            seconds = self.plan.sweep_seconds(o)
            self.play(Slide(self.sweep, last, rate_func=linear), seconds=seconds)

    def beat_second(self) -> None:
        """Another filter over the same channels."""
        self.another(1)

    def beat_third(self) -> None:
        """And one more."""
        self.another(2)

    def another(self, o: int) -> None:
        """Other kernels, another bias, the first position, and the way."""
        self._leave()
        self.add(self.maps[o - 1])
        kernels, label = self._kernels(o), self._filter_label(o)
        old = (self.kernels, self.filter_label)
        self.play(FadeOut(*old), seconds=0.3)
        self.remove(*old)
        self.play(FadeIn(kernels, label), seconds=0.5)
        self.play(*self.change_shape(_FILTERS, o + 1, *self.plan.filters.shape[1:]), seconds=0.5)
        self.kernels, self.filter_label = kernels, label
        self.make_sweep(o)
        self._draw_bias(o)
        title = self._map_title(o)
        bias = (self.bias, *self.change_shape(_BIAS, o + 1))
        self.play(FadeIn(bias[0]), *bias[1:], seconds=0.5)
        self.play(FadeIn(self.sweep, title), seconds=0.6)
        self.hold(0.9)
        self.run(o)
        self.play(*self.change_shape(_OUT, o + 1, *self.plan.size), seconds=0.5)

    def _leave(self) -> None:
        """All but the maps of the sweep goes; the first of them stays."""
        windows = [part.window for part in self.lanes]
        parts = [*windows, *self.lanes[0].rings, *self.products, *self.sums, self.total]
        self.remove(self.sweep)
        self.add(self.sweep.parts[0].maps[0].grid, *parts)  # type: ignore[attr-defined]
        self.play(FadeOut(*parts, self.bias), seconds=0.5)
        self.remove(*parts, self.bias)

    def beat_count(self) -> None:
        """All kernels, and how many numbers they are."""
        self._leave()
        signs = (self.pluses, self.bias_parts, self.equals, self.sum_label)
        self.play(FadeOut(*signs, self.product_titles), seconds=0.5)
        self.remove(*signs, self.product_titles)
        if len(self.plan.filters) == 2:
            self._both_filters()
        numbers, letters = self._counted()
        self.play(FadeIn(numbers), seconds=0.7)
        self.hold(2.5)
        self.play(FadeIn(letters), seconds=0.6)
        self.line = VGroup(numbers, letters)

    def _both_filters(self) -> None:
        """The kernels of the first filter, and beside them those of the second."""
        new = VGroup(self._kernels(0))
        for cells, mine in zip(self.room.products, self.plan.filters[1], strict=True):
            grid = self.grid(cells, self.plan.filters)
            new.add(grid.draw(mine, self._weight_tints(mine)))
        ink = self.theme.moving.colour
        for o, places in enumerate((self.room.kernels, self.room.products)):
            new.add(*(self.title(f"filter {o + 1}", cells, ink) for cells in places))
        label = self.label("filters", self.room.kernels[0], ink)
        old = (self.kernels, self.kernel_titles, self.filter_label)
        self.play(FadeOut(*old), FadeIn(new, label), seconds=0.8)
        self.remove(*old)

    def _counted(self) -> tuple[Text, Text]:
        """The count in numbers and in letters, side by side."""
        plan, theme = self.plan, self.theme
        filters, channels, k, w = plan.filters.shape
        weights, biases = theme.moving.colour, theme.weight.colour
        names = [f'{filters} "{_plural("filter", filters)}"']
        names += [f'{channels} "{_plural("kernel", channels)}"', f'{k} dot {w} "weights"']
        bias = coloured(f'{filters} "{"bias" if filters == 1 else "biases"}"', biases)
        numbers = f"{coloured(' dot '.join(names), weights)} + {bias} = {plan.learned}"
        kernel = "k dot k" if k == w else "k dot w"
        product = coloured(f'C_"out" dot C_"in" dot {kernel}', weights)
        bias = coloured('C_"out"', biases)
        texts = [
            Formula(line, size=SMALL, colour=theme.text.colour)
            for line in (numbers, f"{product} + {bias}")
        ]
        pen = -sum(float(text.width) for text in texts) / 2 - 0.45
        for text in texts:
            stand(text, pen, _SUM_LINE)
            pen = float(text.get_right()[0]) + 0.9
        return texts[0], texts[1]

    def beat_shapes(self) -> None:
        """Which numbers of the shapes are the same ones, and why."""
        self.play(FadeOut(self.line), seconds=0.4)
        self.remove(self.line)
        words = (
            "one kernel for each channel of the input",
            "for each filter one bias, and one channel of the output",
        )
        size, ink = self._sizes(), self.theme.text.colour
        lines: list[Text] = [Words(line, size=SMALL, colour=ink) for line in words]
        lines.append(Formula(size, size=SMALL, colour=ink))
        shown: list[Any] = []
        for places, text in zip(_SAME, lines, strict=True):
            rings = VGroup(*(self.shapes.ring(*place) for place in places))
            line = stand(fitted(text, 12.0), 0.0, _SUM_LINE, align="centre")
            if shown:
                self.play(FadeOut(*shown), seconds=0.3)
                self.remove(*shown)
            shown = [rings, line]
            self.play(FadeIn(*shown), seconds=0.5)
            self.hold(2.6)

    def _sizes(self) -> str:
        """Typst mathematics of how many places the kernels have, downwards and across."""
        layout = self.plan.layout
        parts = []
        for axis, name in enumerate(("downwards", "across")):
            n, k, s = layout.input[axis], layout.kernel[axis], layout.stride[axis]
            both = layout.before[axis] + layout.after[axis]
            room = f"{n} + {both} - {k}" if both else f"{n} - {k}"
            steps = f"floor(({room}) slash {s})" if s > 1 else room
            parts.append(f'"{name}" {steps} + 1 = {self.plan.size[axis]}')
        return f'"places of the kernels:" quad {parts[0]} quad {parts[1]}'


def _suit(window: Window) -> None:
    """A finer line, closer to what it stands around, where the cells are small."""
    share = min(1.0, window.cells.width / 0.48)
    window.margin *= share**4
    window.set_stroke(width=4.0 * share)


def _plural(noun: str, count: int) -> str:
    return noun if count == 1 else f"{noun}s"


def _stand_words(text: Words, x: float, y: float) -> Words:
    stand(text, x, y)
    return text
