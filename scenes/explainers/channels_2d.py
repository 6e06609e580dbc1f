"""Channels, one kernel for each, their sums, the bias, and a map for each filter."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
from manim import FadeIn, FadeOut, Transform, VGroup, VMobject, smooth

from scenes.kit.cells import Cells
from scenes.kit.channel_story import BIAS, FILTERS, IN, OUT, ChannelStory, standing
from scenes.kit.chart import Box
from scenes.kit.grid import Grid
from scenes.kit.typeset import LABEL, SMALL, Formula, Text, Words, coloured, fitted, stand
from scenes.numerals import brief
from scenes.plans.channels_2d import Channels2dPlan
from scenes.wording import plural

__all__ = ["Channels2d"]

_SAME = (  # numbers of the shapes that have one reason
    ((IN, 0), (FILTERS, 1)),
    ((FILTERS, 0), (BIAS, 0), (OUT, 0)),
    ((OUT, 1), (OUT, 2)),
)
_TITLE = 0.14  # from a grid to its title
_PICTURE = (-2.25, 0.55)  # bottom of the whole picture, and from the channels down to it
_SUM_LINE = -2.02  # baseline of words where the sums stand


class Channels2d(ChannelStory):
    """Draws `Channels2dPlan`."""

    plan_class: ClassVar[type[Channels2dPlan]] = Channels2dPlan

    def beat_channels(self) -> None:
        """The picture comes apart into its channels."""
        f = self.plan.frames
        for c, grid in enumerate(self.inputs):
            values = f.padded[c]
            grid.draw(values, self.channel_tints(c, values), shown=f.inside)
        self.names = [self.channel_name(c, cells) for c, cells in enumerate(self.room.inputs)]
        self.picture = VGroup()
        if self.plan.is_picture:
            self._take_apart()
        else:
            for grid, name in zip(self.inputs, self.names, strict=True):
                self.play(FadeIn(grid, name), seconds=0.7)
        label = self.label("input", self.room.inputs[0])
        shape = self.show_shape(IN, *self.plan.input.shape)
        self.play(FadeIn(label, shape), seconds=0.7)

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
        name = self.channel_name(c, self.room.inputs[c])
        cells = self.room.inputs[c]
        return standing(name, cells.box.left, cells.box.top + _TITLE)

    def beat_kernels(self) -> None:
        """Kernel by kernel, and what they are together."""
        self._clear_picture()
        self.kernels = self.draw_kernels(0)
        self.kernel_titles = VGroup()
        for grid, cells in zip(self.kernels, self.room.kernels, strict=True):
            title = self.title("kernel", cells)
            self.kernel_titles.add(title)
            self.play(FadeIn(grid, title), seconds=0.6)
        self.add(self.kernel_titles)
        self.filter_label = self.name_of_filter(0)
        bracket = self._bracket()
        shape = self.show_shape(FILTERS, 1, *self.plan.filters.shape[1:])
        self.play(FadeIn(bracket, self.filter_label), seconds=0.7)
        self.play(FadeIn(shape), seconds=0.6)
        self.bracket = bracket

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

    def beat_add(self) -> None:
        """Plus signs between the sums, and what they come to."""
        self.pluses = VGroup(
            *(
                self.sign("+", (one.box.right + other.box.left) / 2)
                for one, other in zip(self.room.sums, self.room.sums[1:], strict=False)
            )
        )
        if len(self.pluses):
            self.play(FadeIn(self.pluses), seconds=0.6)
        value = Formula(brief(self.plan.sum_of(0)), size=LABEL, colour=self.theme.text.colour)
        x, y = self.room.bias.box.left, self.room.bias.centre(0, 0)[1]
        equals = self.sign("=", self.before_bias)
        self.subtotal = VGroup(equals, value.move_to((x, y, 0.0)))
        self.play(FadeIn(self.subtotal), seconds=0.6)

    def beat_bias(self) -> None:
        """One more number is added; the result is one cell of a map."""
        self.draw_bias(0)
        name = Words("bias", size=SMALL, colour=self.theme.weight.colour)
        standing(name, self.room.maps[0].left, self.room.bias.centre(0, 0)[1] - 0.09)
        self.bias_parts = VGroup(self.sign("+", self.before_bias), name)
        self.play(FadeOut(self.subtotal), seconds=0.4)
        self.remove(self.subtotal)
        shape = self.show_shape(BIAS, 1)
        self.play(FadeIn(self.bias_parts, self.bias, shape), seconds=0.7)
        middle = (self.room.bias.box.right + self.room.total.box.left) / 2
        self.equals = self.sign("=", middle)
        self.play(FadeIn(self.equals, self.total), seconds=0.6)
        self.hold(0.6)
        flying: Any = self.total.copy()
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

    def beat_predict(self) -> None:
        """The output's shape is asked for."""
        self.play(FadeIn(self.show_shape(OUT, "?", "?", "?")), seconds=0.8)

    def beat_sweep(self) -> None:
        """All positions; the map fills."""
        self.take_over(0)
        self.run(0)
        new = FadeOut(self.output_name), FadeIn(self.map_title(0))
        self.play(*self.change_shape(OUT, 1, *self.plan.size), *new, seconds=0.6)

    def beat_second(self) -> None:
        """Another filter over the same channels."""
        self.another(1)

    def beat_third(self) -> None:
        """And one more."""
        self.another(2)

    def another(self, o: int) -> None:
        """Other kernels, another bias, the first position, and the way."""
        self.leave()
        self.add(self.maps[o - 1])
        kernels, label = self.draw_kernels(o), self.name_of_filter(o)
        old = (self.kernels, self.filter_label)
        self.play(FadeOut(*old), seconds=0.3)
        self.remove(*old)
        self.play(FadeIn(kernels, label), seconds=0.5)
        self.play(*self.change_shape(FILTERS, o + 1, *self.plan.filters.shape[1:]), seconds=0.5)
        self.kernels, self.filter_label = kernels, label
        self.make_sweep(o)
        self.draw_bias(o)
        title = self.map_title(o)
        bias = (self.bias, *self.change_shape(BIAS, o + 1))
        self.play(FadeIn(bias[0]), *bias[1:], seconds=0.5)
        self.play(FadeIn(self.sweep, title), seconds=0.6)
        self.hold(0.9)
        self.run(o)
        self.play(*self.change_shape(OUT, o + 1, *self.plan.size), seconds=0.5)

    def beat_count(self) -> None:
        """All kernels, and how many numbers they are."""
        self.leave()
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
        new = VGroup(self.draw_kernels(0))
        for cells, mine in zip(self.room.products, self.plan.filters[1], strict=True):
            grid = self.grid(cells, self.plan.filters)
            new.add(grid.draw(mine, self.weight_tints(mine)))
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
        names = [f'{filters} "{plural(filters, "filter")}"']
        names += [
            f'{channels} "{plural(channels, "kernel")}"',
            f'{k} dot {w} "{plural(k * w, "weight")}"',
        ]
        bias = coloured(f'{filters} "{plural(filters, "bias", "biases")}"', biases)
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
