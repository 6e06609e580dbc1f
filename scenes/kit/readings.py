"""A kernel around its output and around its inputs: weights that gather, and weights that spread.

Everything stands on one `Board`: the input at the top, the outputs at the bottom, one column for
each place, so that what belongs to one n stands in one column.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from manim import VGroup, VMobject, smooth

from convmath.arrays import AnyArray, FloatArray
from convmath.centering import INPUT, OUTPUT, KernelReadings
from scenes.kit.cells import Cells, Mask, rounded
from scenes.kit.chart import decimals_of, straight
from scenes.kit.frame import HEADING_LEFT
from scenes.kit.grid import Grid, type_size
from scenes.kit.palette import blended
from scenes.kit.sliding import Steps, glide, settled
from scenes.kit.typeset import BODY, LABEL, Number
from scenes.numerals import decimals_for, short
from scenes.theme import Theme

__all__ = [
    "Arriving",
    "Band",
    "Board",
    "Fan",
    "Lane",
    "Lowering",
    "Reading",
    "Turning",
    "WeightRow",
    "sum_decimals",
]

_NAMES = 1.45  # room for the names of the rows at the left
_WIDEST = 0.86
_HEIGHT, _OUTPUT_HEIGHT = 0.62, 0.56
_INPUT, _UPPER, _LOWER, _STRIP, _OUTPUTS = 2.5, 1.7, 0.14, -0.5, -1.6  # tops of rows
_TIP = 0.17


@dataclass(frozen=True)
class Board:
    """Where everything stands.

    Attributes
    ----------
    line
        The cells of the input and of the zeros beside it; one row of these at any height is where
        the weights of a window stand.
    reach
        How many zeros there are on each side.
    weight_type, product_type, output_type
        Type in points of the numbers: of the input and the weights, of products, of outputs.
    """

    line: Cells
    reach: int
    weight_type: float
    product_type: float
    output_type: float

    @classmethod
    def of(cls, frames: KernelReadings, right: float) -> Self:
        """As wide as there is room up to ``right``."""
        columns = len(frames) + 2 * frames.reach
        room = right - HEADING_LEFT - _NAMES
        side = min(room / columns, _WIDEST)
        left = HEADING_LEFT + _NAMES + (room - columns * side) / 2
        line = Cells(1, columns, left, _INPUT, side, _HEIGHT)
        sizes = (
            type_size(line, _contents(*values), largest=BODY)
            for values in ((frames.f, frames.kernels), (frames.product,), (frames.output,))
        )
        return cls(line, frames.reach, *sizes)

    def row(self, top: float) -> Cells:
        """The line's columns at another height."""
        return replace(self.line, top=top)

    def window(self, top: float, n: float, squeeze: float = 1.0) -> Cells:
        """The cells of a kernel around n, perhaps narrower."""
        count, width = 2 * self.reach + 1, self.line.width * squeeze
        middle = self.line.centre(0, self.reach + n)[0]
        return Cells(1, count, middle - count * width / 2, top, width, _HEIGHT)

    def weights(self, reading: int) -> float:
        """Top of the weights of a lane; its products stand right below."""
        return _UPPER if reading == OUTPUT else _LOWER

    def products(self, reading: int) -> float:
        """Top of the products of a lane."""
        return self.weights(reading) - _HEIGHT

    @property
    def strip(self) -> float:
        """Top of the weights that stand above the outputs they are sent to."""
        return _STRIP

    def gathering(self, n: int) -> FloatArray:
        """Place (3,) where the lines that gather at n meet: above the first row of outputs."""
        return self.outputs(OUTPUT).centre(-0.5, n) + [0.0, 0.45, 0.0]

    @property
    def count(self) -> int:
        """How many outputs there are."""
        return self.line.columns - 2 * self.reach

    def outputs(self, reading: int) -> Cells:
        """The cells of a row of outputs."""
        top = _OUTPUTS - reading * (_OUTPUT_HEIGHT + 0.06)
        left = self.line.left + self.reach * self.line.width
        return Cells(1, self.count, left, top, self.line.width, _OUTPUT_HEIGHT)


def sum_decimals(frames: KernelReadings) -> int:
    """Decimals of a sum: as few as write all outputs, and no more than fit."""
    if frames.output.dtype.kind == "i":
        return 0
    fitting = min(decimals_for(float(np.abs(frames.output).max())), 3)
    return min(decimals_of(frames.output.ravel()), fitting)


def _contents(*values: AnyArray) -> list[str]:
    """All of these values as they are written in cells."""
    return [short(value) for array in values for value in array.ravel().tolist()]


class Band(VMobject):
    """A faint column behind everything at one n."""

    def __init__(self, board: Board, theme: Theme, rows: int) -> None:
        super().__init__(fill_color=theme.grid.colour, fill_opacity=0.75, stroke_width=0.0)
        self.board = board
        self.bottom = board.outputs(rows - 1).box.bottom

    def draw(self, n: float) -> Self:
        """Stand at this n, which need not be whole."""
        column = self.board.line.block(0, self.board.reach + n)
        box = replace(column, bottom=self.bottom, top=column.top + 0.5)
        self.points = rounded(box.grown(0.03), 0.15)
        return self


class WeightRow(Grid):
    """The weights of a kernel in a row, each in its own colour, centred on a place."""

    def __init__(self, board: Board, values: AnyArray, inks: Sequence[str], theme: Theme) -> None:
        super().__init__(board.window(0.0, 0.0), theme, write=short)
        self.board = board
        self.values = values[None]
        self.colours = np.array([inks])

    def put(
        self,
        top: float,
        n: float,
        *,
        shown: Mask | None = None,
        dimmed: Mask | None = None,
        turn: float = 1.0,
    ) -> Self:
        """Stand around n at this height.

        ``turn`` goes from 1 through 0, where they are seen from the edge, to −1: mirrored.
        """
        squeeze = max(abs(turn), 0.02)
        self.cells = self.board.window(top, n, squeeze)
        self.size = self.board.weight_type * squeeze
        order = slice(None, None, -1 if turn < 0 else 1)
        self.draw(self.values[:, order], self.colours[:, order], shown=shown, dimmed=dimmed)
        return self


class Fan(VGroup):
    """Lines with arrow heads, one for each weight, in its colour."""

    def __init__(self, inks: Sequence[str]) -> None:
        self.wires = [VMobject(stroke_color=ink, stroke_width=4.0) for ink in inks]
        self.tips = [VMobject(fill_color=ink, fill_opacity=1.0, stroke_width=0.0) for ink in inks]
        super().__init__(*self.wires, *self.tips)

    def draw(self, starts: FloatArray, stops: FloatArray, strong: Mask | None = None) -> Self:
        """Draw them from ``starts`` to ``stops`` (m, 3); those that are not ``strong`` faintly."""
        ahead = stops - starts
        ahead = ahead / np.linalg.norm(ahead, axis=1)[:, None] * _TIP
        across = ahead[:, [1, 0, 2]] * [0.45, -0.45, 0.0]
        wires = zip(self.wires, self.tips, starts, stops, ahead, across, strict=True)
        for j, (wire, tip, start, stop, along, aside) in enumerate(wires):
            foot = stop - along
            corners = np.array([stop, foot + aside, foot - aside])
            wire.points = straight(start[None], foot[None])
            tip.points = straight(corners, np.roll(corners, -1, axis=0))
            opacity = 1.0 if strong is None or strong[j] else 0.3
            wire.set_stroke(opacity=opacity)
            tip.set_fill(opacity=opacity)
        return self


class Lane(VGroup):
    """One reading at one n: its weights below the inputs, their products, and the sum."""

    def __init__(
        self,
        frames: KernelReadings,
        kernel: int,
        reading: int,
        board: Board,
        theme: Theme,
        inks: Sequence[str],
        place: FloatArray,
    ) -> None:
        super().__init__()
        self.frames = frames
        self.kernel = kernel
        self.reading = reading
        self.board = board
        self.place = place
        order = slice(None, None, -1 if reading == INPUT else 1)
        values = frames.weight[0, kernel, reading]
        self.weights = WeightRow(board, values, inks[order], theme)
        self.tint = blended(theme.ground, theme.product.colour, 0.4)
        cells, size = board.window(0.0, 0.0), board.product_type
        self.products = Grid(cells, theme, size=size, write=short)
        decimals = sum_decimals(frames)
        self.sum = Number(size=LABEL, colour=theme.output.colour, decimals=decimals)
        self.add(self.weights, self.products, self.sum)

    def draw(self, n: float, step: int | None, lower: float = 0.0) -> Self:
        """Stand around n; with the products of this step, or without.

        ``lower`` is how far below its own place the lane stands.
        """
        board = self.board
        self.weights.put(board.weights(self.reading) - lower, n)
        if step is None:
            empty = np.zeros((1, 2 * board.reach + 1), dtype=bool)
            self.products.draw(self.weights.values, self.tint, shown=empty)
            self.sum.points = np.zeros((0, 3))
            return self
        at = self.frames.at(step)
        self.products.cells = board.window(board.products(self.reading) - lower, n)
        self.products.draw(at.product[self.kernel, self.reading][None], self.tint)
        x, y = self.place[:2] - [0.0, lower]
        self.sum.draw(at.output[self.kernel, self.reading].item(), x, y)
        return self


class Reading(Steps):
    """Both readings at one n, sliding on from output to output.

    Parameters
    ----------
    places
        (3,) each: where the sum of a lane is written.
    behind
        What stands still, in front of the band and behind the weights.

    Attributes
    ----------
    rows
        A row of outputs for each reading; what stands in it is in `known`.
    known
        (3, n_n): which outputs stand, whatever step is shown.
    traces
        Whether each step adds its outputs.
    """

    def __init__(
        self,
        frames: KernelReadings,
        kernel: int,
        board: Board,
        theme: Theme,
        inks: Sequence[str],
        places: Sequence[FloatArray],
        behind: Sequence[VMobject] = (),
    ) -> None:
        super().__init__()
        self.frames = frames
        self.kernel = kernel
        self.band = Band(board, theme, 3)
        self.lanes = [
            Lane(frames, kernel, reading, board, theme, inks, place)
            for reading, place in enumerate(places)
        ]
        self.tint = blended(theme.ground, theme.output.colour, 0.35)
        size = board.output_type
        self.rows = [Grid(board.outputs(r), theme, size=size, write=short) for r in range(3)]
        self.known = np.zeros((3, len(frames)), dtype=bool)
        self.traces = False
        self.add(self.band, *behind, *self.lanes, *self.rows)

    def draw(self, index: float) -> Self:
        """Show the output ``index``, or the way to the next one."""
        self.index = index
        place, step = glide(index), settled(index)
        self.band.draw(place)
        for lane in self.lanes:
            lane.draw(place, step)
        reached = int(np.floor(index)) if step is None else step
        self.draw_rows(reached if self.traces else -1)
        return self

    def draw_rows(self, reached: int) -> None:
        """The outputs that are known, and those of both readings up to this step."""
        for reading, row in enumerate(self.rows):
            shown = self.known[reading].copy()
            if reading != 2:
                shown |= self.frames.n <= reached
            values = self.frames.output[:, self.kernel, reading][None]
            row.draw(values, self.tint, shown=shown[None])


class Arriving(Steps):
    """Each input in turn sends its weights down; those that arrive at one n are collected.

    Step j is the input at n − r + j. Before 0, the first one sends, and nothing is collected.
    """

    def __init__(
        self,
        frames: KernelReadings,
        n: int,
        board: Board,
        theme: Theme,
        inks: Sequence[str],
    ) -> None:
        super().__init__()
        self.n = n
        self.board = board
        self.fan = Fan(inks)
        self.strip = WeightRow(board, frames.kernels[0], inks, theme)
        self.collected = WeightRow(board, frames.kernels[0][::-1], inks[::-1], theme)
        self.carried = WeightRow(board, frames.kernels[0][::-1], inks[::-1], theme)
        self.add(self.fan, self.strip, self.collected, self.carried)
        self.draw(-1)

    def draw(self, index: float) -> Self:
        """Show step ``index``; in its second half a weight is carried up."""
        self.index = index
        reach = self.board.reach
        last = int(np.floor(index + 1e-9))
        share = max(0.0, 2 * (index - last) - 1.0) if index - last > 1e-9 else 0.0
        here = self.n - reach + max(glide(index), 0.0)
        places = np.arange(2 * reach + 1)[None]
        step = settled(index)
        elsewhere = None if step is None or step < 0 else places != 2 * reach - step
        self._draw_sending(here, elsewhere)
        self.collected.put(self.board.weights(OUTPUT), self.n, shown=places <= last)
        self._draw_carried(last + 1, share)
        return self

    def _draw_sending(self, k: float, dimmed: Mask | None) -> None:
        """The input at k and its weights above the outputs that they go to."""
        board, count = self.board, 2 * self.board.reach + 1
        foot = board.line.centre(0, board.reach + k)
        foot[1] = board.products(OUTPUT) + _HEIGHT - 0.06
        heads = board.window(board.strip, k).centres()[0]
        heads[:, 1] = board.strip - 0.02
        self.fan.draw(np.tile(foot, (count, 1)), heads, None if dimmed is None else ~dimmed[0])
        self.strip.put(board.strip, k, dimmed=dimmed)

    def _draw_carried(self, step: int, share: float) -> None:
        """The weight of this step on its way from above n to below its input."""
        board, places = self.board, np.arange(2 * self.board.reach + 1)[None]
        way = float(smooth(share))
        top = board.strip + way * (board.weights(OUTPUT) - board.strip)
        start = self.n - (step - board.reach)  # where the window lies when this tap is above n
        centre = start + way * (self.n - start)
        shown = places == step if 0.0 < share < 1.0 else places < 0
        self.carried.put(top, centre, shown=shown)


class Turning(Steps):
    """A lane's weights flip about their middle: index 0 as they were, 1 mirrored."""

    def __init__(self, row: WeightRow, top: float, n: int) -> None:
        super().__init__()
        self.row = row
        self.top = top
        self.n = n
        self.add(row)

    def draw(self, index: float) -> Self:
        """Show the row part of the way."""
        self.index = index
        self.row.put(self.top, self.n, turn=float(np.cos(np.pi * index)))
        return self


class Lowering(Steps):
    """A lane moves from the place of the upper one (index 0) to its own (index 1)."""

    def __init__(self, lane: Lane, n: int) -> None:
        super().__init__()
        self.lane = lane
        self.n = n
        self.add(lane)

    def draw(self, index: float) -> Self:
        """Show the lane part of the way."""
        self.index = index
        board = self.lane.board
        above = board.weights(OUTPUT) - board.weights(self.lane.reading)
        self.lane.draw(self.n, self.n, lower=(index - 1.0) * above)
        return self
