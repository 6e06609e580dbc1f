"""What all explainers draw in which a kernel goes over a grid of numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

import numpy as np
from manim import FadeIn, FadeOut, VGroup, VMobject, linear, smooth

from convmath.arrays import AnyArray
from scenes.kit.cells import Cells, Mask
from scenes.kit.explainer import Explainer
from scenes.kit.grid import LEAST_TYPE, Grid, Window, type_size
from scenes.kit.grid_room import LINES, GridRoom
from scenes.kit.palette import Colours, Scale, blended
from scenes.kit.sliding import Slide
from scenes.kit.sweep import FillingMap, SteppingGrid, Sweep, output_colours
from scenes.kit.turning import weight_colours
from scenes.kit.typeset import BODY, LABEL, SMALL, Formula, Words, coloured, fitted, stand
from scenes.numerals import brief, short
from scenes.plans.gridded import GridPlan
from scenes.wording import factor

__all__ = ["GridStory"]

PlanT = TypeVar("PlanT", bound=GridPlan[Any, Any])

_FAINT, _STRONG = 0.08, 0.45  # of the input's colour over the ground
_BLACK, _WHITE = "#0A0A0A", "#F4F4F4"  # of a picture without numbers
_VEIL = 0.35  # opacity of a mark on a picture
_TITLE = 0.2  # from a grid to its title
_LONGEST = 12.2  # of an equation, in scene units
_LEAST = 22.0  # points of an equation
_NAMED = 1.8  # from the beginning of a line to its formula, behind a name


class GridStory(Explainer[PlanT]):
    """A padded input, a kernel above its products, an output, and a line of text below them."""

    input_title: Words
    sweep: Sweep

    def stage(self) -> None:
        """Lay out the grids; nothing is shown yet."""
        f, layout = self.plan.sweep, self.plan.layout
        rows, columns = layout.padded
        k, width = layout.kernel
        room = GridRoom.of((rows, columns), (k, width), self.largest_map, _written(f.padded))
        self.room = replace(room, output=room.output.sized(*self.plan.size))
        self.input = self.grid(self.room.input, f.padded)
        self.border = self.grid(self.room.input, f.padded)
        self.products = self.grid(self.room.products, f.product)
        self.patch = self.grid(self.room.patch, f.padded) if self.room.patch else None
        self.texts: dict[str, Any] = {}

    @property
    def largest_map(self) -> tuple[int, int]:
        """(rows, columns) that there has to be room for where the output stands."""
        return self.plan.size

    def grid(self, cells: Cells, values: AnyArray) -> Grid:
        """Cells in which all of these values fit, or without numbers if they cannot be read."""
        size = type_size(cells, _written(values), largest=LABEL)
        write = short if size >= LEAST_TYPE else None
        return Grid(cells, self.theme, size=size, write=write)

    def input_colours(self, grid: Grid, values: AnyArray) -> Colours:
        """Stronger for larger numbers; grey, like a picture, where no number can be read."""
        theme, x = self.theme, self.plan.input
        ends = (_BLACK, _WHITE)
        if grid.write is not None:
            ground, ink = theme.ground, theme.fixed.colour
            ends = (blended(ground, ink, _FAINT), blended(ground, ink, _STRONG))
        return Scale(float(x.min()), float(x.max()), ends)(values)

    def product_colours(self, values: AnyArray) -> Colours:
        """Stronger for products that are larger in size."""
        ground, ink = self.theme.ground, self.theme.product.colour
        largest = float(np.abs(self.plan.sweep.product).max())
        ends = (blended(ground, ink, 0.12), blended(ground, ink, 0.45))
        return Scale(0.0, largest, ends)(np.abs(values))

    def draw_input(self) -> VGroup:
        """The input inside its outline, without its padding."""
        f = self.plan.sweep
        values = f.padded[0]
        self.input.draw(values, self.input_colours(self.input, values), shown=f.inside)
        rows, columns = self.plan.input.shape
        first = self.room.input.moved(*self.plan.layout.before)
        self.input_title = self.title(first, f"input, {rows} × {columns}")
        return VGroup(self.input, self.input_title)

    def draw_border(self) -> VGroup:
        """The padding, faint, a line around what is the input itself, and a title for both."""
        f, layout = self.plan.sweep, self.plan.layout
        values = f.padded[0]
        self.border.draw(
            values,
            self.input_colours(self.border, values),
            shown=~f.inside,
            dimmed=np.full(f.inside.shape, True),
        )
        rows, columns = layout.input
        edge = Window(self.room.input, self.theme.fixed, rows=rows, columns=columns, margin=0.0)
        edge.set_stroke(width=self.stroke(self.room.input))
        padded = "padded input, {} × {}".format(*layout.padded)
        title = self.title(self.room.input, padded)
        return VGroup(self.border, edge.draw(*layout.before), title)

    def stroke(self, cells: Cells) -> float:
        """Width of a line around cells: thin where they are small."""
        return min(4.0, 14.0 * cells.width)

    def draw_kernel(self, weights: AnyArray) -> Grid:
        """The kernel in its colours."""
        grid = self.grid(self.room.kernel, weights)
        return grid.draw(weights, weight_colours(weights, self.theme))

    def title(self, cells: Cells, words: str, above: float = _TITLE) -> Words:
        """Plain words above a grid."""
        text = Words(words, size=SMALL, colour=self.theme.text.colour)
        stand(text, cells.box.left, cells.box.top + above)
        return text

    def say(self, words: str, line: int = 0, colour: str = "") -> Words:
        """Plain words below the grids."""
        text = Words(words, size=SMALL, colour=colour or self.theme.text.colour)
        stand(fitted(text, _LONGEST), self.middle, LINES[line], align="centre")
        return text

    def computed(self, line: int, formula: str, name: str = "") -> VGroup:
        """A line below the grids: a name, that of the dimension if none is given, and a formula."""
        theme, left = self.theme, self.room.line.left
        words = Words(name or ("downwards", "across")[line], size=SMALL, colour=theme.muted.colour)
        text = Formula(formula, size=BODY, colour=theme.text.colour)
        return VGroup(stand(words, left, LINES[line]), stand(text, left + _NAMED, LINES[line]))

    @property
    def middle(self) -> float:
        """Between the left and the right edge of what is drawn."""
        return (self.room.line.left + self.room.line.right) / 2

    def equation(self, position: int) -> VGroup:
        """The products of a position and their sum, which is the last part."""
        step, theme = self.plan.sweep.at(position), self.theme
        total = Formula(brief(step.output.tolist()[0]), size=LABEL, colour=theme.output.colour)
        for terms in self._sums(position):
            text = Formula(f"{terms} =", size=LABEL, colour=theme.text.colour)
            room = _LONGEST - float(total.width) - 0.2
            if text.width * _LEAST / LABEL <= room:
                break
        fitted(text, room)
        stand(text, self.middle - (float(total.width) + 0.2) / 2, LINES[0], align="centre")
        stand(total, float(text.get_right()[0]) + 0.2, LINES[0])
        return VGroup(text, total)

    def _sums(self, position: int) -> list[str]:
        """The same sum with all its terms, without those of weight 0, and in words."""
        step, weights = self.plan.sweep.at(position), self.plan.sweep.weights[0, 0]
        theme = self.theme
        pairs = list(zip(weights.ravel().tolist(), step.window[0].ravel().tolist(), strict=True))
        every, some = (
            " + ".join(
                f"{coloured(factor(w), theme.moving.colour)} dot "
                f"{coloured(factor(x), theme.fixed.colour)}"
                for w, x in pairs
                if w or zeros
            )
            for zeros in (True, False)
        )
        return [every, some, f'"the sum of {weights.size} products"']

    def make_sweep(self, *, multiplied: bool = True) -> Sweep:
        """The window's way over the input, with the output and, if wanted, products in step."""
        f, layout = self.plan.sweep, self.plan.layout
        k, width = layout.kernel
        values = self.plan.output
        colours = self.output_colours(values)
        self.output = self.grid(self.room.output, values)
        filling = FillingMap(self.output, values, colours)
        products = f.product[:, 0, 0]
        beside = []
        if multiplied:
            beside.append(SteppingGrid(self.products, products, self.product_colours(products)))
        if self.patch is not None and multiplied:
            under = f.window[:, 0]
            beside.append(SteppingGrid(self.patch, under, self.input_colours(self.patch, under)))
        sweep = Sweep(
            self.room.input,
            (k, width),
            f.corner[:, 0],
            f.corner[:, 1],
            [filling],
            self.theme,
            cells=(f.cell[:, 0], f.cell[:, 1]),
            dilation=(layout.dilation[0], layout.dilation[1]),
            beside=beside,
        )
        for window in (sweep.window, *sweep.rings):
            self.suited(window)
        sweep.draw(0)
        return sweep

    def suited(self, window: Window) -> Window:
        """A finer line, closer to what it stands around, where the cells are small.

        On a picture it has the kernel's colour, which differs from black and from white.
        """
        if self.input.write is None:
            window.set_stroke(color=self.theme.moving.colour)
        side = window.cells.width
        window.margin = 0.05 * min(1.0, (side / 0.6) ** 2)
        window.set_stroke(width=max(self.stroke(window.cells), 2.0))
        return window

    def output_colours(self, values: AnyArray) -> Colours:
        """Stronger for larger numbers."""
        return self.scaled(values, values)

    def scaled(self, values: AnyArray, every: AnyArray) -> Colours:
        """Colours on the scale of ``every``, with more contrast where no number can be read."""
        low, high = float(every.min()), float(every.max())
        if type_size(self.room.output, _written(values)) >= LEAST_TYPE:
            return output_colours(values, self.theme, low, high)
        ground, ink = self.theme.ground, self.theme.output.colour
        return Scale(low, high, (blended(ground, ink, 0.04), blended(ground, ink, 0.95)))(values)

    def sweep_to(self, index: float, seconds: float, **kwargs: Any) -> None:
        """Let the sweep run on."""
        self.play(Slide(self.sweep, index, rate_func=linear, **kwargs), seconds=seconds)

    def point_at(self, position: int) -> VGroup:
        """A window on the input and a ring on the output that stand for one position."""
        f, layout = self.plan.sweep, self.plan.layout
        k, width = layout.kernel
        step = (layout.dilation[0], layout.dilation[1])
        window = Window(self.room.input, self.theme.text, rows=k, columns=width, step=step)
        ring = Window(self.room.output, self.theme.text)
        return VGroup(
            self.suited(window).draw(*f.corner[position]), self.suited(ring).draw(*f.cell[position])
        )

    def marks(self, cells: Cells, where: Mask, colour: str) -> VMobject:
        """An outline around each of some cells; a thin layer of colour over those of a picture."""
        if self.input.write is not None:
            outline = VMobject(stroke_color=colour, stroke_width=self.stroke(cells))
        else:
            outline = VMobject(fill_color=colour, fill_opacity=_VEIL, stroke_width=0.0)
        outline.points = cells.outlines(where)
        return outline

    def exchange(self, old: Any, new: Any, seconds: float = 0.5) -> Any:
        """Let one thing take another's place."""
        self.play(FadeOut(old), seconds=seconds / 2)
        self.remove(old)
        self.play(FadeIn(new), seconds=seconds / 2)
        return new

    def fly(self, text: Any, cells: Cells, row: int, column: int, seconds: float = 0.9) -> None:
        """A number flies into a cell."""
        copy = text.copy()
        self.add(copy)
        place = cells.centre(row, column)
        self.play(copy.animate(rate_func=smooth).move_to(place), seconds=seconds)
        self.remove(copy)


def _written(*values: AnyArray) -> list[str]:
    """All of these values as they are written in cells, each once."""
    return [short(value) for array in values for value in np.unique(array).tolist()]
