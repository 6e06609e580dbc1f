"""What stands where when filters of several kernels go over several channels."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from manim import FadeIn, FadeOut, VGroup, linear

from convmath.arrays import AnyArray
from scenes.kit.cells import Cells
from scenes.kit.channel_room import ChannelRoom
from scenes.kit.explainer import Explainer
from scenes.kit.grid import Grid, Window, type_size
from scenes.kit.palette import Colours, Scale, blended, channel_colours
from scenes.kit.shape_line import Shape, ShapeLine
from scenes.kit.sliding import Slide
from scenes.kit.sweep import Abreast, FillingMap, SteppingGrid, Sweep, output_colours
from scenes.kit.turning import weight_colours
from scenes.kit.typeset import LABEL, SMALL, Formula, Text, Words, stand
from scenes.numerals import short
from scenes.plans.channels_2d import Channels2dPlan
from scenes.wording import factor

__all__ = ["BIAS", "FILTERS", "IN", "OUT", "ChannelStory", "standing"]

IN, FILTERS, BIAS, OUT = range(4)  # the shapes
_BASELINES = (-2.62, -3.1, -3.58)  # of the shapes' names, numbers and letters
_TITLE = 0.14  # from a grid to its title


class ChannelStory(Explainer[Channels2dPlan]):
    """A column for each channel, a row of sums, the maps, and the shapes below all of them."""

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
        first, *others = self.room.sums
        self.sums = [self.grid(first, f.channel_sum)]
        self.sums += [self.grid(cells, f.channel_sum, _factor) for cells in others]
        self.total = self.grid(self.room.total, f.output)
        self.bias = self.grid(self.room.bias, plan.bias, _factor)
        self.shapes = self._shape_line()
        self.numbers: dict[int, Any] = {}

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

    def grid(self, cells: Cells, values: AnyArray, write: Callable[[float], str] = short) -> Grid:
        """Cells in which all of these values fit."""
        contents = [write(value) for value in np.unique(values).tolist()]
        return Grid(cells, self.theme, size=type_size(cells, contents, largest=LABEL), write=write)

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
        return standing(text, self.room.labels, (box.top + box.bottom) / 2 - 0.09)

    def title(self, words: str, cells: Cells, colour: str = "") -> Words:
        """Words above a grid."""
        text = Words(words, size=SMALL, colour=colour or self.theme.text.colour)
        stand(text, cells.box.left, cells.box.top + _TITLE)
        return text

    def show_shape(self, index: int, *numbers: object) -> VGroup:
        """A shape that appears."""
        part = self.shapes.part(index, [str(number) for number in numbers])
        self.numbers[index] = part.submobjects[-1]
        return part

    def change_shape(self, index: int, *numbers: object) -> list[Any]:
        """Other numbers in a shape; the animations of it."""
        old = self.numbers[index]
        new = self.shapes.numbers(index, [str(number) for number in numbers])
        self.numbers[index] = new
        return [FadeOut(old), FadeIn(new)]

    def channel_name(self, c: int, cells: Cells) -> Words:
        """Its letter and its colour's name, or its number."""
        first = cells.moved(*self.plan.layout.before)
        name = self.plan.names[c]
        words = f"{name[0].upper()}: {name}" if self.plan.is_rgb else name
        return self.title(words, first, self.inks[c])

    def draw_kernels(self, o: int) -> VGroup:
        """The kernels of one filter, each below its channel."""
        weights = self.plan.filters[o]
        return VGroup(
            *(
                self.grid(cells, self.plan.filters).draw(kernel, self.weight_tints(kernel))
                for cells, kernel in zip(self.room.kernels, weights, strict=True)
            )
        )

    def weight_tints(self, kernel: AnyArray) -> Colours:
        """On one scale for all kernels."""
        together = np.append(kernel.ravel(), np.abs(self.plan.filters).max() or 1)
        return weight_colours(together, self.theme)[:-1].reshape(kernel.shape)

    def name_of_filter(self, o: int) -> Words:
        """The name of a filter, beside its kernels."""
        return self.label(f"filter {o + 1}", self.room.kernels[0], self.theme.moving.colour)

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

    @property
    def before_bias(self) -> float:
        """Where the sign after the last sum stands."""
        return (self.room.sums[-1].box.right + self.room.maps[0].left) / 2

    def sign(self, sign: str, x: float) -> Text:
        """A sign in the row of sums."""
        text = Formula(sign, size=LABEL, colour=self.theme.text.colour)
        return text.move_to((x, self.room.bias.centre(0, 0)[1], 0.0))

    def draw_bias(self, o: int) -> None:
        """Write the bias of a filter into its cell."""
        values = self.plan.bias[o].reshape(1, 1)
        self.bias.draw(values, blended(self.theme.ground, self.theme.weight.colour, 0.3))

    def map_title(self, o: int) -> Words:
        """The name of a map, above it."""
        return self.title(f"feature map {o + 1}", self.room.maps[o], self.theme.output.colour)

    def take_over(self, o: int) -> None:
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

    def leave(self) -> None:
        """All but the maps of the sweep goes; the first of them stays."""
        windows = [part.window for part in self.lanes]
        parts = [*windows, *self.lanes[0].rings, *self.products, *self.sums, self.total]
        self.remove(self.sweep)
        self.add(self.lanes[0].maps[0].grid, *parts)
        self.play(FadeOut(*parts, self.bias), seconds=0.5)
        self.remove(*parts, self.bias)


def _suit(window: Window) -> None:
    """A finer line, closer to what it stands around, where the cells are small."""
    share = min(1.0, window.cells.width / 0.48)
    window.margin *= share**4
    window.set_stroke(width=4.0 * share)


def standing(text: Words, x: float, y: float) -> Words:
    """Put words on the baseline ``y``, starting at ``x``; returns them."""
    stand(text, x, y)
    return text


def _factor(value: float) -> str:
    """A number after a plus: negative ones in brackets."""
    return factor(short(value))
