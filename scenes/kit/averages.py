"""Flipped weights under a row of samples: one weighted average for each position."""

from __future__ import annotations

from typing import Self

import numpy as np
from manim import VGroup

from convmath.arrays import AnyArray
from convmath.expectation import Expectation
from scenes.kit.beam import cell_text
from scenes.kit.cells import Cells
from scenes.kit.frame import HEADING_LEFT, SAFE_X
from scenes.kit.grid import Grid, type_size
from scenes.kit.palette import blended
from scenes.kit.sliding import Steps, glide, settled
from scenes.kit.typeset import BODY, LABEL, SMALL, Formula, Numbers, Text, Words, stand
from scenes.theme import Theme

__all__ = ["Averages"]

_NAMES = 1.7  # room for the names of the rows
_WIDEST, _HEIGHT = 1.35, 0.66
_SAMPLES, _WEIGHTS, _PRODUCTS, _OUTPUTS = 2.2, 0.97, 0.03, -0.97  # tops of the rows
_INDEX = 0.24  # from a row to the middle of its indices
_GAP = 0.4  # from the weights to what is written beside them
_TILE = 0.34  # of the colour of a row over the ground


class Averages(Steps):
    """Step i has the newest sample at ``position[i]``; outputs stay.

    Attributes
    ----------
    rows
        Samples, weights, products and outputs, each with its name, to be shown one by one.
    beside
        The right end of the weights at the first position, and a gap.
    """

    def __init__(self, frames: Expectation, theme: Theme) -> None:
        super().__init__()
        self.frames = frames
        self.theme = theme
        columns, self.taps = len(frames.sample), len(frames.p)
        width = min(_WIDEST, (SAFE_X - HEADING_LEFT - _NAMES) / columns)
        left = HEADING_LEFT + _NAMES
        self.line = Cells(1, columns, left, _SAMPLES, width, _HEIGHT)
        numbers = [*frames.sample, *frames.p, *frames.part.ravel(), *frames.output]
        size = type_size(self.line, [self._write(float(v)) for v in numbers], largest=BODY)
        block = Cells(1, self.taps, left, _WEIGHTS, width, _HEIGHT)
        self.samples = Grid(self.line, theme, size=size, write=self._write)
        self.weights = Grid(block, theme, size=size, write=self._write)
        self.products = Grid(
            Cells(1, self.taps, left, _PRODUCTS, width, _HEIGHT),
            theme,
            size=size,
            write=self._write,
        )
        outputs = Cells(1, columns, left, _OUTPUTS, width, _HEIGHT)
        self.outputs = Grid(outputs, theme, size=size, write=self._write)
        self.index_row = Numbers(size=SMALL, colour=theme.muted.colour)
        self.taps_row = Numbers(size=SMALL, colour=theme.muted.colour)
        self.beside = block.box.right + _GAP
        self._still()
        self.rows = (
            VGroup(self.samples, self.index_row, *self._names(_SAMPLES, "x[n]", "n", "fixed")),
            VGroup(self.weights, self.taps_row, *self._names(_WEIGHTS, "w[k]", "k", "weight")),
            VGroup(self.products, *self._names(_PRODUCTS, '"product"', "", "product")),
            VGroup(self.outputs, *self._names(_OUTPUTS, "y[n]", "", "output")),
        )
        self.add(*self.rows)
        self.draw(0)

    def _write(self, value: float) -> str:
        return cell_text(value, self.taps)

    def _names(self, top: float, math: str, index: str, role: str) -> list[Text]:
        """What a row holds, and what is counted above it."""
        colour = getattr(self.theme, role).colour
        middle = top - _HEIGHT / 2
        if math.startswith('"'):
            name: Text = Words(math.strip('"'), size=BODY, colour=colour)
        else:
            name = Formula(math, size=LABEL, colour=colour)
        named = [stand(name, HEADING_LEFT, middle - 0.1)]
        if index:
            label = Formula(index, size=SMALL, colour=self.theme.muted.colour)
            named.append(stand(label, HEADING_LEFT, top + _INDEX - 0.07))
        return named

    def _still(self) -> None:
        """The samples and their indices."""
        sample = self.frames.sample[None]
        self.samples.draw(sample, self._tile("fixed"))
        places = self.line.centres()[0] + [0, _HEIGHT / 2 + _INDEX, 0]
        self.index_row.draw([str(n) for n in range(sample.size)], places)

    def _tile(self, role: str) -> str:
        return blended(self.theme.ground, getattr(self.theme, role).colour, _TILE)

    def draw(self, index: float) -> Self:
        """Show the step ``index``; products only while the weights stand."""
        self.index = index
        step, place = settled(index), glide(index)
        reached = int(np.floor(index + 1e-9)) if step is None else step
        self._place(self.weights, self.frames.p[::-1], place, _WEIGHTS, "weight")
        centres = self.weights.cells.centres()[0] + [0, _HEIGHT / 2 + _INDEX, 0]
        self.taps_row.draw([str(k) for k in reversed(range(self.taps))], centres)
        part = self.frames.part[reached][::-1]
        shown = part if step is not None else np.full(self.taps, np.nan)
        self._place(self.products, shown, place, _PRODUCTS, "product")
        outputs = np.full((1, len(self.frames.sample)), np.nan)
        outputs[0, self.frames.position[: reached + 1]] = self.frames.output[: reached + 1]
        self.outputs.draw(outputs, self._tile("output"))
        return self

    def _place(self, grid: Grid, values: AnyArray, column: float, top: float, role: str) -> None:
        """Draw a row of the weights' length from this column on."""
        home = self.line.block(0, column)
        grid.cells = Cells(1, self.taps, home.left, top, self.line.width, _HEIGHT)
        grid.draw(values[None], self._tile(role))
