"""A desk where inputs meet a response, and the stacks that their products make below."""

from __future__ import annotations

from collections.abc import Sequence as Several
from typing import Any, Self

import numpy as np
from manim import Circle, VGroup, VMobject, smooth

from convmath.arrays import AnyArray, FloatArray
from convmath.spreading import SpreadAndGather
from scenes.kit.blocks import Blocks, Flight, bars_between, tiles
from scenes.kit.cells import Cells, Mask
from scenes.kit.chart import Box, Chart
from scenes.kit.grid import Window, column_labels, type_size
from scenes.kit.palette import samples
from scenes.kit.plots import Movable
from scenes.kit.readout import Readout
from scenes.kit.sliding import Steps, glide, settled
from scenes.kit.typeset import BODY, SMALL, Formula, Numbers, Text, em, fitted, stand
from scenes.numerals import brief, short
from scenes.theme import Theme

__all__ = ["DOT", "FAINT", "RING", "Both", "Desk", "Outputs", "Products", "Response", "Stack"]

FAINT = 0.1  # filling of a block that is not looked at, or still to come
RING, DOT = 0.13, 0.075  # radius of what marks a stack's height, and a gathered sum
_WIDEST, _HEIGHT = 1.05, 0.58  # of a tile
_ROWS = (2.42, 1.8, 0.84)  # top of the response, of the inputs and of the products
_AGES = 0.17  # from the response up to the middle of the small numbers
_INDEX = 0.18  # from the inputs down to the middle of theirs
_ARRIVAL, _FALL = 0.5, 0.25  # in a step, when the response has arrived; how long a dot falls
_BAR = 0.84  # width of a block, in steps
_ABOVE = 0.3  # from an output, or the stack's end, to the middle of its number


class Desk:
    """Where everything lies: three rows of tiles, and the chart of the stacks in their columns.

    Attributes
    ----------
    g, f, products
        The rows; column 0 stands over n = 0. The response may hang over to the left.
    chart
        Of the stacks.
    hues
        The colour of each input, of its products and of its blocks.
    size, stack_size
        Type of the numbers in tiles, and in the stacks, in points.
    """

    def __init__(
        self, frames: SpreadAndGather, heights: tuple[float, float], area: Box, theme: Theme
    ) -> None:
        self.frames = frames
        self.theme = theme
        hang, columns = frames.g.size - 1, len(frames)
        pitch = min((area.right - area.left) / (columns + hang), _WIDEST)
        slack = area.right - area.left - (columns + hang) * pitch
        left = area.left + slack / 2 + hang * pitch
        counts = (frames.g.size, frames.f.size, columns)
        self.g, self.f, self.products = (
            Cells(1, count, left, top, pitch, _HEIGHT)
            for count, top in zip(counts, _ROWS, strict=True)
        )
        box = Box(left - 0.1 * pitch, left + (columns + 0.1) * pitch, area.bottom, area.top)
        self.chart = Chart((-0.6, columns - 0.4), heights, box)
        self.hues = samples(theme, frames.f.size)
        values = (frames.f, frames.g, frames.table.ravel(), frames.output)
        written = [short(value) for row in values for value in row.tolist()]
        self.size = type_size(self.f, written, largest=BODY)
        self.stack_size = min(self.size, SMALL)
        self.boxes = np.array([self._stacked(k) for k in range(frames.f.size)])  # (n_k, n_n, 4)
        self.age_level = self.g.top + _AGES - 0.09  # baseline
        self.index_level = self.f.box.bottom - _INDEX - 0.09  # baseline
        self.index = self._index()

    def _index(self) -> Numbers:
        """The k of each input below it."""
        places = self.f.centres()[0]
        places[:, 1] = self.f.box.bottom - _INDEX
        numbers = Numbers(size=SMALL, colour=self.theme.muted.colour)
        return numbers.draw([str(k) for k in self.frames.k.tolist()], places)

    def _stacked(self, k: int) -> FloatArray:
        """Boxes (n_n, 4) of the blocks of one copy."""
        frames, width = self.frames, _BAR * self.f.width
        return bars_between(self.chart, frames.n, frames.block[:, k], width)

    def blocks(self, k: int, fill: float = 0.4, *, size: float | None = None) -> Blocks:
        """Blocks in the colour of one input."""
        return Blocks(self.theme, self.hues[k], size=size or self.size, fill=fill)

    def input_block(self, k: int, fill: float = 0.4) -> Blocks:
        """The tile of one input."""
        value = short(self.frames.f[k].item())
        return self.blocks(k, fill).draw(tiles(self.f, [k]), [value])

    def landing(self, k: int) -> AnyArray:
        """The outputs (n_m,) that one input adds to."""
        return k + np.arange(self.frames.g.size)

    def written(self, k: int, *, beside_rings: bool = False) -> list[str]:
        """The numbers of one copy; if ``beside_rings``, none where the ring of an output lies."""
        contents = [short(value) for value in self.frames.copies[k].tolist()]
        if not beside_rings:
            return contents
        middles = self.boxes[k, :, 2:].mean(axis=1)
        rings = self.chart.points(np.stack([self.frames.n, self.frames.output], axis=1))[:, 1]
        clear = np.abs(middles - rings) > RING + 0.4 * em(self.stack_size)
        return [text if free else "" for text, free in zip(contents, clear, strict=True)]

    def launch(self, k: int) -> Flight:
        """The copy of one input: from its tile to the row of products, and on to the stacks."""
        n = self.landing(k)
        start = np.repeat(tiles(self.f, [k]), n.size, axis=0)
        contents = [self.written(k)[i] for i in n]
        return Flight(self.blocks(k), contents, [start, tiles(self.products, n), self.boxes[k][n]])

    def rise(self, n: int, k: int) -> Flight:
        """One block, from its stack to the product below its input."""
        stations = [self.boxes[k, n][None], tiles(self.products, [k])]
        return Flight(self.blocks(k), [self.written(k)[n]], stations, [self.stack_size, self.size])


class Response(Movable):
    """The response in a row of tiles, each below its age; it can be moved and flipped.

    Like a `Plot`, it shows its number m at the column ``sign · m + offset``.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.tiles = Blocks(desk.theme, desk.theme.moving.colour, size=desk.size, fill=FAINT)
        self.tiles.rectangles.set_stroke(desk.theme.moving.colour)
        self.ages = Numbers(size=SMALL, colour=desk.theme.muted.colour)
        super().__init__(self.tiles, self.ages)
        self.draw()

    def draw(self, sign: float = 1.0, offset: float = 0.0, height: float = 1.0) -> Self:
        """Stand there."""
        self.state = (sign, offset, height)
        frames, cells = self.desk.frames, self.desk.g
        boxes = tiles(cells, sign * frames.m + offset)
        self.tiles.draw(boxes, [short(value) for value in frames.g.tolist()])
        places = np.zeros((len(boxes), 3))
        places[:, 0] = boxes[:, :2].mean(axis=1)
        places[:, 1] = cells.top + _AGES
        self.ages.draw([str(m) for m in frames.m.tolist()], places)
        return self


class Stack(VGroup):
    """The blocks of all copies, or some of them (n_k, n_n)."""

    def __init__(
        self, desk: Desk, shown: Mask, *, fill: float = 0.4, numbered: bool = True
    ) -> None:
        super().__init__()
        self.desk = desk
        self.numbered = numbered
        self.copies = [desk.blocks(k, fill, size=desk.stack_size) for k in range(len(shown))]
        self.add(*self.copies)
        self.draw(shown)

    def draw(self, shown: Mask) -> Self:
        """Show these blocks instead."""
        for k, (blocks, here) in enumerate(zip(self.copies, shown, strict=True)):
            texts = self.desk.written(k, beside_rings=True)
            written = [text for text, one in zip(texts, here, strict=True) if one]
            blocks.draw(self.desk.boxes[k][here], written if self.numbered else None)
        return self


class Outputs(VGroup):
    """For each n a ring where the copies stack up to, a dot where the gathered sum lies."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        theme, frames = desk.theme, desk.frames
        colour = theme.output.colour
        self.rings = VMobject(stroke_color=colour, stroke_width=4.0)
        self.dots = VMobject(fill_color=colour, fill_opacity=1.0, stroke_width=0.0)
        self.numbers = Numbers(size=desk.stack_size, colour=colour)
        self.spread, self.gathered = (
            desk.chart.points(np.stack([frames.n, sums], axis=1).astype(float))
            for sums in (frames.output, frames.gathered)
        )
        self.beside = self._beside()
        super().__init__(self.rings, self.dots, self.numbers)

    def _beside(self) -> FloatArray:
        """Places (n_n, 3) of the numbers: beyond the stack, on the output's side of the axis."""
        boxes, places = self.desk.boxes, self.spread.copy()
        above = np.maximum(boxes[:, :, 3].max(axis=0), self.spread[:, 1]) + _ABOVE
        below = np.minimum(boxes[:, :, 2].min(axis=0), self.spread[:, 1]) - _ABOVE
        places[:, 1] = np.where(self.desk.frames.output >= 0, above, below)
        return places

    def draw(self, rings: Several[int], dots: Several[int], *, fallen: float = 1.0) -> Self:
        """Show these outputs, counted from the first; the last dot has come part of its way."""
        rung, dotted = np.array(rings, dtype=np.int64), np.array(dots, dtype=np.int64)
        self.rings.points = _circles(self.spread[rung], RING)
        places = self.gathered[dotted]
        if fallen < 1.0:
            places[-1, 1] = (
                fallen * places[-1, 1] + (1 - fallen) * self.desk.products.centre(0, 0)[1]
            )
        self.dots.points = _circles(places, DOT)
        written = [short(value) for value in self.desk.frames.output[rung].tolist()]
        self.numbers.draw(written, self.beside[rung])
        return self


def _circles(places: FloatArray, radius: float) -> FloatArray:
    return np.asarray((places[:, None] + Circle(radius=radius).points).reshape(-1, 3))


class Both(Steps):
    """Time runs: at each step an input launches its copy, and the flipped response gathers.

    Step 0 is before anything has come; at step i all stands at n = i − 1.
    """

    def __init__(self, desk: Desk, response: Response, readout: Readout) -> None:
        self.desk = desk
        self.response = response
        self.readout = readout
        nothing = np.zeros(desk.frames.copies.shape, dtype=bool)
        self.coming = Stack(desk, nothing, fill=FAINT, numbered=False)
        self.complete = Stack(desk, nothing)
        self.waiting = [desk.input_block(k, FAINT) for k in range(desk.frames.f.size)]
        self.arrived = [desk.input_block(k) for k in range(desk.frames.f.size)]
        self.flying = [desk.blocks(k) for k in range(desk.frames.f.size)]
        self.products = [desk.blocks(k) for k in range(desk.frames.f.size)]
        self.outputs = Outputs(desk)
        rows = (*self.waiting, *self.arrived, *self.products)
        super().__init__(
            self.coming, self.complete, *rows, response, *self.flying, self.outputs, readout
        )
        self.draw(0)

    def draw(self, index: float) -> Self:
        """Show step ``index``, or the way to the next."""
        self.index = index
        stands = settled(index)
        last = int(np.floor(index + 1e-9)) if stands is None else stands
        self.response.draw(-1.0, glide(index) - 1)
        self._draw_inputs(last if stands is not None else last + 1)
        self._draw_flight(last, glide(index) - last if stands is None else 0.0)
        self._draw_stacks(last)
        self._draw_products(last - 1 if stands is not None else -1)
        waited = index - np.floor(index + 1e-9) - _ARRIVAL
        fallen = float(smooth(min(waited / _FALL, 1.0))) if waited >= 0 else 1.0
        self.outputs.draw(range(last), range(last), fallen=fallen)
        return self

    def _draw_inputs(self, arrived: int) -> None:
        none, desk = np.zeros((0, 4)), self.desk
        for k, (waiting, here) in enumerate(zip(self.waiting, self.arrived, strict=True)):
            value = [short(desk.frames.f[k].item())]
            box = tiles(desk.f, [k])
            waiting.draw(none if k < arrived else box, [] if k < arrived else value)
            here.draw(box if k < arrived else none, value if k < arrived else [])

    def _draw_flight(self, k: int, share: float) -> None:
        """The copy that input k launches, on its way to the stacks."""
        for blocks in self.flying:
            blocks.draw(np.zeros((0, 4)))
        if share and k < len(self.flying):
            n = self.desk.landing(k)
            start, end = tiles(self.desk.f, [k]), self.desk.boxes[k][n]
            self.flying[k].draw(start + smooth(share) * (end - start))

    def _draw_stacks(self, arrived: int) -> None:
        frames = self.desk.frames
        here = (frames.k < arrived)[:, None] & np.ones(len(frames), dtype=bool)
        done = frames.n < arrived
        self.coming.draw(here & ~done)
        self.complete.draw(here & done)
        shown = (frames.n, frames.output, frames.gathered)
        self.readout.draw(*(float(row[arrived - 1]) if arrived else np.nan for row in shown))

    def _draw_products(self, n: int) -> None:
        frames: Any = self.desk.frames
        for k, blocks in enumerate(self.products):
            if n < 0 or not frames.inside[n, k]:
                blocks.draw(np.zeros((0, 4)))
                continue
            product = short(frames.product[n, k].item())
            blocks.draw(tiles(self.desk.products, [k]), [product])


class Products:
    """The table of all products f[k] g[m]: row k can move right by k, so that column n is k + m.

    Attributes
    ----------
    weights, indices
        The numbers of the response above the table, and the n above it once the rows have moved.
    names, rows
        The input beside each row, and the row.
    window
        A frame around a column with its sum.
    output_name, totals
        What the last line is, and its numbers.
    """

    def __init__(self, frames: SpreadAndGather, box: Box, theme: Theme, desk: Desk) -> None:
        lines, columns = frames.f.size, len(frames)
        width = min((box.right - box.left) / columns, _WIDEST)
        height = min((box.top - box.bottom) / (lines + 2), 0.72)
        middle = (box.left + box.right - columns * width) / 2
        top = box.top - height
        self.cells = cells = Cells(lines, columns, middle, top, width, height)
        self.theme = theme
        self.desk = desk
        self.weights = self._weights()
        self.indices = column_labels(cells, [str(n) for n in frames.n.tolist()], theme.muted)
        name = Formula("n", size=SMALL, colour=theme.muted.colour)
        self.indices.add(stand(name, cells.left - 0.25, cells.top + 0.22, align="right"))
        self.names = [self._name(k) for k in range(lines)]
        self.rows = [self._row(k) for k in range(lines)]
        self.window = Window(cells, theme.output, rows=lines + 1, margin=0.0)
        self.output_name = self._beside("y[n]", lines, theme.output.colour)
        self.totals = [self._total(n) for n in range(columns)]

    def _weights(self) -> VGroup:
        frames, theme, desk = self.desk.frames, self.theme, self.desk
        blocks = Blocks(theme, theme.moving.colour, size=desk.size, fill=FAINT)
        blocks.rectangles.set_stroke(theme.moving.colour)
        values = [short(value) for value in frames.g.tolist()]
        blocks.draw(tiles(self.cells, frames.m, -1.15), values)
        return VGroup(blocks, self._beside("g[m]", -1.15, theme.moving.colour))

    def _beside(self, math: str, row: float, colour: str) -> Text:
        text = fitted(Formula(math, size=BODY, colour=colour), 1.7)
        level = float(self.cells.centre(row, 0)[1]) - 0.1
        return stand(text, self.cells.left - 0.25, level, align="right")

    def _name(self, k: int) -> Text:
        value = brief(self.desk.frames.f[k].item())
        return self._beside(f"f[{k}] = {value}", k, self.desk.hues[k])

    def _row(self, k: int) -> Flight:
        m = self.desk.frames.m
        contents = [short(value) for value in self.desk.frames.table[k].tolist()]
        stations = [tiles(self.cells, m, k), tiles(self.cells, m + k, k)]
        return Flight(self.desk.blocks(k), contents, stations)

    def _total(self, n: int) -> Numbers:
        frames = self.desk.frames
        numbers = Numbers(size=self.desk.size, colour=self.theme.output.colour)
        place = self.cells.centre(frames.f.size, n)
        return numbers.draw([short(frames.output[n].item())], place[None])
