"""The slices of a kernel, of what lies under it, and of the products, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Self

import numpy as np
from manim import VGroup

from convmath.arrays import AnyArray
from scenes.kit.cells import Cells
from scenes.kit.grid import Grid, type_size
from scenes.kit.palette import Colours
from scenes.kit.sliding import Steps
from scenes.kit.typeset import LABEL, SMALL, Formula, Numbers, Words, em, stand, width_in_ems
from scenes.numerals import brief
from scenes.theme import Ink, Theme
from scenes.wording import factor

__all__ = ["SlicePanel", "slice_cells"]

_LEFT, _RIGHT = -6.3, 5.4  # right of it stands the total
_TOP = -1.98
_HIGH = 1.2
_SIDE, _APART, _SIGN = 0.56, 0.25, 0.56  # of a cell; between slices, in cells; between groups
_TITLE, _NAME = 0.46, 0.12  # from a grid to its title, and to the name of a slice
_CLEAR = 0.08  # between the names of slices, at least
_PLUS = 0.5  # room for a plus between sums
_SUMS = 0.42  # below the slices


def slice_cells(sizes: tuple[int, int, int]) -> list[list[Cells]]:
    """Cells for three groups of slices, from left to right, in the middle of the picture."""
    slices, rows, columns = sizes
    room = _RIGHT - _LEFT - 2 * _SIGN
    cells = slices * columns + (slices - 1) * _APART  # of one group
    side = min(_SIDE, _HIGH / rows, room / (3 * cells))
    group = cells * side
    least = max(group, 1.3)  # room for its title
    middle = min(0.0, _RIGHT - (3 * least + 2 * _SIGN) / 2)
    left = middle - (3 * least + 2 * _SIGN) / 2 + (least - group) / 2
    return [
        [
            Cells(
                rows,
                columns,
                left + g * (least + _SIGN) + i * (columns + _APART) * side,
                _TOP,
                side,
                side,
            )
            for i in range(slices)
        ]
        for g in range(3)
    ]


class SlicePanel(Steps):
    """Step n shows what is multiplied at the n-th position, and the sums below it.

    Parameters
    ----------
    weights
        (slices, rows, columns).
    under, products
        (n, slices, rows, columns).
    sums
        (n, slices); their totals are (n,).
    cells
        (n, 3): slice, row and column of the output.
    inks
        Colours of weights (slices, rows, columns), and of the two others (n, ...).
    stride
        Slices of the input from one slice of the output to the next.
    """

    def __init__(
        self,
        weights: AnyArray,
        under: AnyArray,
        products: AnyArray,
        sums: AnyArray,
        totals: AnyArray,
        cells: AnyArray,
        inks: tuple[Colours, Colours, Colours],
        theme: Theme,
        *,
        stride: int = 1,
    ) -> None:
        super().__init__()
        self.values = (weights, under, products)
        self.inks = inks
        self.sums, self.totals, self.places = sums, totals, cells
        self.cells = slice_cells(weights.shape)
        self.theme = theme
        self.groups = [
            self._grids(cells, values)
            for cells, values in zip(self.cells, self.values, strict=True)
        ]
        self.parts = [self._numbers(theme.product) for _ in range(len(weights))]
        self.pluses, self.equals, self.place = (self._numbers(theme.text) for _ in range(3))
        self.place.size = SMALL
        self.total = self._numbers(theme.output)
        self.titles = [self._title(g, name) for g, name in enumerate(_NAMES)]
        self.names = [self._slice_names(g, stride) for g in range(3)]
        self.signs = self._signs()
        self.word = self._word()
        self.draw_kernel(weights, inks[0])
        self.draw(0)

    def show_all(self) -> Self:
        """Hold every part, to be drawn as one."""
        self.submobjects = [
            *(grid for group in self.groups for grid in group),
            *self.titles,
            *self.names,
            self.signs,
            self.pluses,
            *self.parts,
            self.equals,
            self.total,
            self.word,
            self.place,
        ]
        return self

    def _numbers(self, ink: Ink) -> Numbers:
        return Numbers(size=LABEL, colour=ink.colour)

    def _grids(self, cells: Sequence[Cells], values: AnyArray) -> list[Grid]:
        contents = [brief(value) for value in np.unique(values).tolist()]
        size = type_size(cells[0], contents, largest=30.0)
        return [Grid(one, self.theme, size=size) for one in cells]

    def _title(self, group: int, words: str) -> Words:
        text = Words(words, size=SMALL, colour=self.theme.text.colour)
        first, last = self.cells[group][0].box, self.cells[group][-1].box
        stand(text, (first.left + last.right) / 2, _TOP + _TITLE, align="centre")
        return text

    def _slice_names(self, group: int, stride: int) -> VGroup:
        """Above each slice, on which slice of the input it lies, if there are several."""
        cells = self.cells[group]
        first = "i" if stride == 1 else f"{stride} i"
        marks = [first, *(f"{first} + {n}" for n in range(1, len(cells)))]
        if len(marks) == 1:
            return VGroup()
        room = cells[1].left - cells[0].left - _CLEAR
        texts = [self._muted(f'"slice" {mark}') for mark in marks]
        if max(float(text.width) for text in texts) > room:
            texts = [self._muted(mark) for mark in marks]
        for one, text in zip(cells, texts, strict=True):
            stand(text, (one.box.left + one.box.right) / 2, _TOP + _NAME, align="centre")
        return VGroup(*texts)

    def _muted(self, words: str) -> Formula:
        return Formula(words, size=SMALL, colour=self.theme.muted.colour)

    def _signs(self) -> VGroup:
        y = self.cells[0][0].centre((self.cells[0][0].rows - 1) / 2, 0)[1]
        signs = VGroup()
        for g, sign in enumerate(("times", "=")):
            x = (self.cells[g][-1].box.right + self.cells[g + 1][0].box.left) / 2
            text = Formula(sign, size=LABEL, colour=self.theme.text.colour)
            signs.add(text.move_to((x, y, 0.0)))
        return signs

    @property
    def _line(self) -> float:
        """The height of the middle of the numbers below the slices."""
        return self.cells[0][0].box.bottom - _SUMS

    def _word(self) -> Formula:
        text = Formula('"position" (i, j, k) =', size=SMALL, colour=self.theme.text.colour)
        stand(text, self.cells[0][0].box.left, self._line - 0.1)
        return text

    def _middles(self, written: Sequence[str]) -> list[float]:
        """Where these sums stand: below their slices, or further apart if they are too wide."""
        centres = [(cells.box.left + cells.box.right) / 2 for cells in self.cells[2]]
        widest = max(width_in_ems(text) for text in written) * em(LABEL)
        apart = centres[1] - centres[0] if len(centres) > 1 else 1.0
        spread = max(1.0, (widest + _PLUS) / apart)
        middle = (centres[0] + centres[-1]) / 2
        return [middle + spread * (centre - middle) for centre in centres]

    def draw_kernel(self, weights: AnyArray, colours: Colours) -> None:
        """Draw these weights."""
        for grid, values, inks in zip(self.groups[0], weights, colours, strict=True):
            grid.draw(values, inks)

    def draw(self, index: float) -> Self:
        """Show the position that has been reached."""
        self.index = index
        n = int(np.floor(index + 1e-9))
        for g in (1, 2):
            slices = zip(self.groups[g], self.values[g][n], self.inks[g][n], strict=True)
            for grid, values, inks in slices:
                grid.draw(values, inks)
        self._draw_sums(n)
        return self

    def _draw_sums(self, n: int) -> None:
        """Under each slice of products its sum, and the total after them."""
        boxes = [cells.box for cells in self.cells[2]]
        y = self._line
        place = f"({','.join(map(str, self.places[n].tolist()))})"
        start = float(self.word.get_right()[0]) + 0.12
        half = width_in_ems(place) * em(SMALL) / 2
        self.place.draw([place], np.array([[start + half, y, 0.0]]))
        written = [factor(value) for value in self.sums[n].tolist()]
        middles = self._middles(written)
        for part, text, x in zip(self.parts, written, middles, strict=True):
            part.draw([text], np.array([[x, y, 0.0]]))
        between = [(a + b) / 2 for a, b in pairwise(middles)]
        places = np.array([(x, y, 0.0) for x in between]).reshape(-1, 3)
        self.pluses.draw(["+"] * len(between), places)
        if not between:  # the sum of the only slice is the total
            self.parts[0].draw([], np.zeros((0, 3)))
            self.equals.draw([], np.zeros((0, 3)))
            self.total.draw([brief(self.totals[n].item())], np.array([[middles[0], y, 0.0]]))
            return
        right = max(boxes[-1].right, middles[-1] + width_in_ems(written[-1]) * em(LABEL) / 2 + 0.15)
        self.equals.draw(["="], np.array([[right + 0.1, y, 0.0]]))
        self.total.draw([brief(self.totals[n].item())], np.array([[right + 0.65, y, 0.0]]))


_NAMES = ("kernel", "voxels under it", "products")
