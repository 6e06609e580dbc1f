"""A kernel with rows and columns, flipped twice, which is a half turn; then over an input."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import numpy as np
from manim import FadeIn, FadeOut, VGroup, VMobject, linear, smooth

from convmath.arrays import AnyArray
from scenes.kit.cells import Cells
from scenes.kit.chart import Box, straight
from scenes.kit.explainer import Explainer
from scenes.kit.grid import Grid, Window, type_size
from scenes.kit.kernel_lanes import LANE_TOP, KernelLanes, Lane
from scenes.kit.palette import blended
from scenes.kit.plots import dashes
from scenes.kit.sliding import Slide
from scenes.kit.sweep import FillingMap, Sweep, output_colours
from scenes.kit.turning import Flip, Marks, Turn, weight_colours
from scenes.kit.typeset import BODY, LABEL, SMALL, Formula, Text, Words, coloured, fitted, stand
from scenes.numerals import brief, short
from scenes.plans.kernel_rotation import KernelRotationPlan

__all__ = ["KernelRotation"]

_PLACES = (-4.15, 0.0, 4.15)  # of the middles of three kernels side by side
_KERNEL, _LARGEST = 3.3, 1.1  # side of such a kernel at most; of its cells
_LEVEL = 0.15  # of their middles
_NAME = (1.0, 0.46)  # heights of the names above the cells, clear of a kernel that turns
_SIGN = 52.0  # points
_STATES = ("as it is", "turned", "turned twice")


class KernelRotation(Explainer[KernelRotationPlan]):
    """Draws `KernelRotationPlan`."""

    plan_class: ClassVar[type[KernelRotationPlan]] = KernelRotationPlan

    def stage(self) -> None:
        """Lay out the three places of the kernels."""
        rows, columns = self.plan.kernel.shape
        half = _KERNEL / 2
        self.places = [
            Cells.within(
                Box(x - half, x + half, _LEVEL - half, _LEVEL + half),
                rows,
                columns,
                largest=_LARGEST,
            )
            for x in _PLACES
        ]
        self.size = type_size(self.places[0], _contents(self.plan.kernel), largest=1.5 * LABEL)

    def grid(self, cells: Cells, weights: AnyArray) -> Grid:
        """A kernel in its colours."""
        grid = Grid(cells, self.theme, size=self.size, write=short)
        return grid.draw(weights, weight_colours(weights, self.theme))

    def below(self, cells: Cells, words: str, row: int = 0) -> Words:
        """Plain words under a kernel."""
        text = Words(words, size=BODY, colour=self.theme.text.colour)
        x = (cells.box.left + cells.box.right) / 2
        return stand(text, x, cells.box.bottom - 0.6 - 0.5 * row, align="centre")  # type: ignore[return-value]

    def named(self, cells: Cells, math: str) -> Text:
        """Mathematics above a kernel."""
        text = Formula(math, size=1.15 * LABEL, colour=self.theme.moving.colour)
        x = (cells.box.left + cells.box.right) / 2
        return stand(text, x, cells.box.top + 0.28, align="centre")

    def sign(self, math: str, x: float, y: float = _LEVEL) -> Text:
        """= or ≠ between two kernels."""
        text = Formula(math, size=_SIGN, colour=self.theme.text.colour)
        text.move_to((x, y, 0.0))
        return text

    def beat_kernel(self) -> None:
        """A row that is reversed, as in one dimension; then K."""
        line = self.plan.line[None]
        middle = self.places[1]
        row = Cells(1, line.size, middle.left, _LEVEL + middle.height / 2, *2 * [middle.width])
        card = Flip(self.grid(row, line), line, line[:, ::-1], axis=0)
        axis = self._line(row, upright=True)
        self.play(FadeIn(card), seconds=0.6)
        self.hold(0.6)
        self.play(FadeIn(axis), seconds=0.4)
        self.play(Slide(card, 1, rate_func=smooth), seconds=1.6)
        self.hold(1.4)
        self.play(FadeOut(card, axis), seconds=0.5)
        self.remove(card)
        self.original = self.grid(self.places[1], self.plan.frames.kernel)
        self.name = self.named(self.places[1], "K")
        self.play(FadeIn(self.original, self.name), seconds=0.8)

    def beat_left_right(self) -> None:
        """K steps aside, and a copy of it is flipped about its vertical middle line."""
        f, (left, middle, _) = self.plan.frames, self.places
        card = Flip(self.grid(middle, f.kernel), f.kernel, f.left_right, axis=0)
        self.add(card)
        aside = (left.left - middle.left, 0.0, 0.0)
        moved = VGroup(self.original, self.name)
        self.play(moved.animate.shift(aside), seconds=0.9)
        line = self._line(middle, upright=True)
        self.flipped = VGroup(self.below(middle, "flipped left–right"))
        self.play(FadeIn(line), seconds=0.4)
        self.play(Slide(card, 1, rate_func=smooth), seconds=1.6)
        self.play(FadeIn(self.flipped), FadeOut(line), seconds=0.5)
        self.card = card

    def _line(self, cells: Cells, *, upright: bool) -> VMobject:
        """Both ends of the line that a card is turned about; its numbers stay clear of it."""
        ink, box = self.theme.ghost, cells.box
        x, y, _ = cells.centre((cells.rows - 1) / 2, (cells.columns - 1) / 2)
        if upright:
            ends = [[(x, edge), (x, edge + out)] for edge, out in _stubs(box.bottom, box.top)]
        else:
            ends = [[(edge, y), (edge + out, y)] for edge, out in _stubs(box.left, box.right)]
        line = VMobject(stroke_color=ink.colour, stroke_width=ink.width)
        parts = [np.column_stack([np.array(part), np.zeros(2)]) for part in ends]
        line.points = np.concatenate([dashes(part, ink.dash) for part in parts])
        return line

    def beat_up_down(self) -> None:
        """The same copy, flipped about its horizontal middle line as well."""
        f, middle = self.plan.frames, self.places[1]
        card = Flip(self.card.grid, f.left_right, f.turned, axis=1)
        line = self._line(middle, upright=False)
        self.remove(self.card)
        self.add(card)
        self.play(FadeIn(line), seconds=0.4)
        self.play(Slide(card, 1, rate_func=smooth), seconds=1.6)
        also = self.below(middle, "and up–down", row=1)
        self.play(FadeIn(also), FadeOut(line), seconds=0.5)
        self.card = card
        self.flipped.add(also)

    def beat_half_turn(self) -> None:
        """Another copy of K is turned by 180°; it is the same grid."""
        f, (left, middle, right) = self.plan.frames, self.places
        turn = Turn(self.grid(left, f.kernel), f.kernel)
        self.add(turn)
        self.play(turn.animate.shift((right.left - left.left, 0.0, 0.0)), seconds=0.9)
        self.remove(turn)
        self.turn = Turn(self.grid(right, f.kernel), f.kernel)
        self.add(self.turn)
        self.play(Slide(self.turn, 2, rate_func=smooth), seconds=2.0)
        words = self.below(right, "turned by 180°")
        self.play(FadeIn(words), seconds=0.4)
        equal = self.sign("=", (middle.box.right + right.box.left) / 2)
        self.hold(0.3)
        name = self.named(right, 'K_"180°"')
        self.play(FadeIn(equal, name), seconds=0.5)

    def beat_others(self) -> None:
        """The half turn beside a quarter turn and the transpose; what differs is marked."""
        f, places = self.plan.frames, self.places
        self.clear_stage()
        turned = self.grid(places[0], f.turned)
        quarter = Turn(self.grid(places[1], f.kernel), f.kernel)
        transposed = self.grid(places[2], f.transposed)
        texts = [self.named(places[0], f'K_"180°" {coloured("!=", self.theme.text.colour)} K')]
        texts.append(self._against(places[1], 'K_"90°"', "quarter"))
        texts.append(self._against(places[2], 'K^"T"', "transposed"))
        words = [self.below(cells, text) for cells, text in zip(places, self._turns(), strict=True)]
        self.play(FadeIn(turned, texts[0], words[0], quarter), seconds=0.6)
        self.play(Slide(quarter, 1, rate_func=smooth), seconds=1.0)
        first = self._compared(places[1], "quarter")
        self.play(FadeIn(first, texts[1], words[1]), seconds=0.5)
        self.hold(0.6)
        self.play(FadeIn(transposed, texts[2], words[2]), seconds=0.6)
        second = self._compared(places[2], "transposed")
        self.play(FadeIn(second), seconds=0.5)

    def _turns(self) -> list[str]:
        """The half turn, which is not K, and the other two; whether they are not K either."""
        f = self.plan.frames
        others = {"quarter turn": f.quarter, "transpose": f.transposed}
        told = [
            f"{name} ≠ K" * (not np.array_equal(grid, f.kernel)) or f"{name} = K"
            for name, grid in others.items()
        ]
        return ["half turn", *told]

    def _against(self, cells: Cells, name: str, other: str) -> Text:
        """Whether a kernel is the half turn, above it."""
        sign = "!=" if self.plan.unlike[other].any() else "="
        plain = coloured(sign, self.theme.text.colour)
        return self.named(cells, f'{name} {plain} K_"180°"')

    def _compared(self, cells: Cells, other: str) -> VGroup:
        """A mark on each cell that is not that of the half turn, and how many there are."""
        where, theme = self.plan.unlike[other], self.theme
        count = int(where.sum())
        words = f"{count} of {where.size} ≠ half turn" if count else "the same here"
        ink = theme.weight if count else theme.muted
        note = Words(words, size=SMALL, colour=ink.colour)
        x = (cells.box.left + cells.box.right) / 2
        stand(note, x, cells.box.bottom - 1.1, align="centre")
        return VGroup(Marks(cells, theme.weight, where), note)

    def head(self, lane: Lane, words: str, math: str) -> VGroup:
        """What a lane shows, in words and in symbols."""
        name = Words(words, size=SMALL, colour=self.theme.text.colour)
        formula = Formula(math, size=LABEL, colour=self.theme.text.colour)
        return VGroup(
            stand(fitted(name, lane.width), lane.middle, LANE_TOP + _NAME[0], align="centre"),
            stand(fitted(formula, lane.width), lane.middle, LANE_TOP + _NAME[1], align="centre"),
        )

    def _heads(self, lanes: Sequence[Lane], name: str) -> list[VGroup]:
        kernel = coloured(name, self.theme.moving.colour)
        turned = coloured(f'{name}_"180°"', self.theme.moving.colour)
        x = coloured("x", self.theme.fixed.colour)
        return [
            self.head(lanes[0], "correlation", f"{kernel} star {x}"),
            self.head(lanes[1], "convolution", f"{kernel} * {x}"),
            self.head(lanes[2], "convolution", f"{turned} * {x}"),
        ]

    def beat_place(self) -> None:
        """The kernel on the input at one position: as it is, and turned."""
        self.clear_stage()
        f, theme = self.plan.frames, self.theme
        room = KernelLanes.of(f)
        self.input_cells, self.lanes, self.last_lanes = room.input, room.lanes, room.symmetric
        written = _contents(f.kernel, f.correlation_product, f.convolution_product)
        self.size = type_size(self.lanes[0].weights, written, largest=LABEL)
        self.heads = self._heads(self.lanes, "K")
        self.window = Window(
            self.input_cells, theme.text, rows=len(f.kernel), columns=len(f.kernel)
        )
        step = f.at(self.plan.worked)
        self.window.draw(step.row, step.column)
        self.play(FadeIn(self._input()), seconds=0.6)
        self.play(FadeIn(self.window), seconds=0.4)
        self.weights = [
            Turn(self.grid(lane.weights, f.kernel), f.kernel) for lane in self.lanes[:2]
        ]
        self.worked, self.told = VGroup(), VGroup()
        self._multiply(0, step.correlation_product, step.correlation)
        self._multiply(1, step.convolution_product, step.convolution)

    def _input(self) -> VGroup:
        """x in its cells."""
        theme, cells = self.theme, self.input_cells
        size = type_size(cells, _contents(self.plan.frames.input), largest=LABEL)
        grid = Grid(cells, theme, size=size, write=short)
        grid.draw(self.plan.frames.input, blended(theme.ground, theme.fixed.colour, 0.3))
        middle = (cells.box.left + cells.box.right) / 2
        words = Words("input", size=SMALL, colour=theme.text.colour)
        name = Formula("x", size=LABEL, colour=theme.fixed.colour)
        return VGroup(
            grid,
            stand(words, middle, LANE_TOP + _NAME[0], align="centre"),
            stand(name, middle, LANE_TOP + _NAME[1], align="centre"),
        )

    def _multiply(self, n: int, products: AnyArray, total: float) -> None:
        """The kernel of a lane, turned if it is to be, its products, and their sum."""
        lane, theme = self.lanes[n], self.theme
        self.play(FadeIn(self.weights[n], self.heads[n]), seconds=0.6)
        if n:
            self.play(Slide(self.weights[n], 2, rate_func=smooth), seconds=1.4)
        self.play(FadeIn(self.tell(lane, _STATES[n])), seconds=0.3)
        grid = Grid(lane.products, theme, size=self.size, write=short)
        grid.draw(products, blended(theme.ground, theme.product.colour, 0.3))
        self.play(FadeIn(grid), seconds=0.6)
        sum_ = Formula(
            f"{coloured('Sigma', theme.product.colour)} = {brief(total)}",
            size=LABEL,
            colour=theme.output.colour,
        )
        stand(
            fitted(sum_, lane.width), lane.middle, lane.products.box.bottom - 0.48, align="centre"
        )
        self.hold(0.4)
        self.play(FadeIn(sum_), seconds=0.5)
        self.hold(0.5)
        self.worked.add(grid, sum_)

    def tell(self, lane: Lane, words: str) -> Words:
        """What was done to the weights of a lane, said below them."""
        text = Words(words, size=SMALL, colour=self.theme.muted.colour)
        stand(text, lane.middle, lane.weights.box.bottom - 0.36, align="centre")
        self.told.add(text)
        return text

    def beat_predict(self) -> None:
        """The third lane: the turned kernel is given to a convolution."""
        f, lane = self.plan.frames, self.lanes[2]
        given = Turn(self.grid(lane.weights, f.turned), f.turned)
        self.weights.append(given)
        mark = Formula('"?"', size=2 * LABEL, colour=self.theme.output.colour)
        box = lane.products.box
        mark.move_to((lane.middle, (box.top + box.bottom) / 2, 0.0))
        self.play(FadeIn(given, self.heads[2]), seconds=0.6)
        self.play(FadeIn(mark), seconds=0.5)
        self.mark = mark

    def beat_slide(self) -> None:
        """The given kernel is turned again; then all maps are filled in sync."""
        f = self.plan.frames
        self.play(FadeOut(self.mark, self.worked), seconds=0.5)
        self.remove(self.worked, *self.worked)
        self.play(Slide(self.weights[2], 2, rate_func=smooth), seconds=1.6)
        self.play(FadeIn(self.tell(self.lanes[2], _STATES[2])), seconds=0.3)
        maps = self._maps(self.lanes, (f.correlation, f.convolution, f.turned_convolution))
        size = (f.kernel.shape[0], f.kernel.shape[1])
        self.sweep = Sweep(self.input_cells, size, f.row, f.column, maps, self.theme)
        self.play(FadeOut(self.window), FadeIn(self.sweep), seconds=0.6)
        last = len(f) - 1
        self.play(Slide(self.sweep, last, rate_func=linear), seconds=self.plan.step_seconds * last)

    def _maps(self, lanes: Sequence[Lane], values: Sequence[AnyArray]) -> list[FillingMap]:
        """An output map in each lane, all on one scale of colours."""
        low, high = (float(pick(values)) for pick in (np.min, np.max))
        size = type_size(lanes[0].outputs, _contents(*values), largest=LABEL)
        maps = []
        for lane, numbers in zip(lanes, values, strict=True):
            grid = Grid(lane.outputs, self.theme, size=size, write=short)
            on_grid = numbers.reshape(lane.outputs.shape)
            maps.append(FillingMap(grid, on_grid, output_colours(on_grid, self.theme, low, high)))
        return maps

    def beat_compare(self) -> None:
        """First and third map are equal; what differs in the second one is marked."""
        f, theme = self.plan.frames, self.theme
        differs = self.plan.map_of(f.differs)
        middle = self.lanes[1]
        marks = Marks(middle.outputs, theme.weight, differs)
        note = Words(
            f"{int(differs.sum())} of {differs.size} differ",
            size=SMALL,
            colour=theme.weight.colour,
        )
        stand(note, middle.middle, middle.outputs.box.bottom - 0.36, align="centre")
        self.play(FadeOut(*self.sweep.rings, self.sweep.window), seconds=0.4)
        bracket, equal = self._joined([self.lanes[0], self.lanes[2]])
        self.play(FadeIn(bracket), seconds=0.6)
        self.play(FadeIn(equal), seconds=0.5)
        self.hold(1.0)
        self.play(FadeIn(marks, note), seconds=0.6)
        self.notes = VGroup(bracket, equal, marks, note)

    def _joined(self, lanes: Sequence[Lane]) -> tuple[VMobject, Text]:
        """A bracket below maps that are equal, and under it the words that say so."""
        ink, foot = self.theme.output, lanes[0].outputs.box.bottom
        level = foot - 0.72
        legs = [[(lane.middle, foot - 0.1), (lane.middle, level)] for lane in lanes]
        bar = [(lanes[0].middle, level), (lanes[-1].middle, level)]
        ends = np.pad(np.array([*legs, bar]), ((0, 0), (0, 0), (0, 1)))
        bracket = VMobject(stroke_color=ink.colour, stroke_width=3.0)
        bracket.points = straight(ends[:, 0], ends[:, 1])
        count = lanes[0].outputs.rows * lanes[0].outputs.columns
        words = Words(f"equal in all {count}", size=SMALL, colour=ink.colour)
        stand(words, (lanes[0].middle + lanes[-1].middle) / 2, level - 0.38, align="centre")
        return bracket, words

    def beat_symmetric(self) -> None:
        """A kernel that is its own half turn: three equal maps."""
        f, lanes = self.plan.frames, self.last_lanes
        leaving: list[Any] = [self.notes, self.told, *self.weights, *self.heads, self.sweep]
        self.play(FadeOut(*leaving), seconds=0.5)
        self.remove(*leaving)
        self.size = type_size(lanes[0].weights, _contents(f.symmetric), largest=LABEL)
        self.told = VGroup()
        heads = self._heads(lanes, "S")
        turns = [Turn(self.grid(lane.weights, f.symmetric), f.symmetric) for lane in lanes]
        self.play(FadeIn(*turns, *heads), seconds=0.6)
        self.play(*(Slide(turn, 2, rate_func=smooth) for turn in turns[1:]), seconds=1.8)
        states = [self.tell(lane, words) for lane, words in zip(lanes, _STATES, strict=True)]
        self.play(FadeIn(*states), seconds=0.5)
        outputs = (
            f.symmetric_correlation,
            f.symmetric_convolution,
            f.symmetric_turned_convolution,
        )
        maps = self._maps(lanes, outputs)
        for filling in maps:
            filling.draw(filling.values.size)
        self.hold(0.5)
        self.play(FadeIn(*(filling.grid for filling in maps)), seconds=0.8)
        self.play(FadeIn(*self._joined(lanes)), seconds=0.6)


def _stubs(low: float, high: float) -> list[tuple[float, float]]:
    """Where a line begins, a little outside two edges, and how far it goes from there."""
    return [(low - 0.1, -0.5), (high + 0.1, 0.5)]


def _contents(*values: AnyArray) -> list[str]:
    """All of these values as they are written in cells."""
    return [short(value) for array in values for value in array.ravel().tolist()]
