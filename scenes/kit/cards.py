"""Cards in a table that are pushed together, first column by column, then row by row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Self

import numpy as np
from manim import VMobject

from convmath.arrays import FloatArray
from scenes.kit.cells import rounded
from scenes.kit.chart import Box
from scenes.kit.sliding import Steps
from scenes.kit.typeset import Stamp
from scenes.theme import Ink

__all__ = ["CardTable", "Cards"]

_SPREAD, _CLOSE = 1.0, 0.12  # gaps between groups, and within one, in parts of the room for them
_APART = 0.56


@dataclass(frozen=True, slots=True)
class CardTable:
    """Where cards lie when they are spread out, together by columns, or together by rows.

    Attributes
    ----------
    rows, columns
        How many; row 0 is the top one.
    box
        All cards lie in it, however they are grouped.
    width, height
        Of a card, in scene units.
    """

    rows: int
    columns: int
    box: Box
    width: float
    height: float

    @classmethod
    def within(
        cls, box: Box, rows: int, columns: int, *, gap: float, largest: tuple[float, float]
    ) -> Self:
        """Cards as large as a box allows, with gaps of at most ``gap`` between them."""
        wide = (box.right - box.left - gap * (columns - 1)) / columns
        high = (box.top - box.bottom - gap * (rows - 1)) / rows
        width, height = min(wide, largest[0]), min(high, largest[1])
        across = columns * width + gap * (columns - 1)
        down = rows * height + gap * (rows - 1)
        middle = (box.left + box.right) / 2
        fitted = Box(middle - across / 2, middle + across / 2, box.top - down, box.top)
        return cls(rows, columns, fitted, width, height)

    def gaps(self, index: float) -> FloatArray:
        """(2,) between columns and between rows, spread out at 0, by columns at 1, by rows at 2."""
        stops = np.array([[_APART, _APART], [_SPREAD, _CLOSE], [_CLOSE, _SPREAD]])
        share = np.array([np.interp(index, range(3), side) for side in stops.T])
        return np.asarray(share * self.room)

    @property
    def room(self) -> FloatArray:
        """(2,) the widest gap between columns and between rows."""
        across, down = self.box.right - self.box.left, self.box.top - self.box.bottom
        left = (across - self.columns * self.width, down - self.rows * self.height)
        return np.asarray(left) / [max(self.columns - 1, 1), max(self.rows - 1, 1)]

    def place(self, row: float, column: float, index: float) -> FloatArray:
        """Middle (3,) of a card."""
        pitch = np.array([self.width, self.height]) + self.gaps(index)
        at = np.array([column - (self.columns - 1) / 2, (self.rows - 1) / 2 - row]) * pitch
        middle = ((self.box.left + self.box.right) / 2, (self.box.bottom + self.box.top) / 2)
        return np.array([*(middle + at), 0.0])

    def group(self, which: int, by: Literal["columns", "rows"]) -> Box:
        """The rectangle of a whole column, or of a whole row, of cards that are grouped so."""
        if by == "columns":
            ends = (self.place(0, which, 1), self.place(self.rows - 1, which, 1))
        else:
            ends = (self.place(which, 0, 2), self.place(which, self.columns - 1, 2))
        xs, ys = ([end[axis] for end in ends] for axis in (0, 1))
        wide, high = self.width / 2, self.height / 2
        return Box(min(xs) - wide, max(xs) + wide, min(ys) - high, max(ys) + high)

    def frame(self, which: int, by: Literal["columns", "rows"], ink: Ink) -> VMobject:
        """An outline around a group of cards."""
        line = VMobject(stroke_color=ink.colour, stroke_width=ink.width)
        line.points = rounded(self.group(which, by).grown(0.07), 0.14)
        return line


class Cards(Steps):
    """Mobjects that move with the cards of a table.

    Parameters
    ----------
    riders
        Each mobject with its row and column; one without a row, such as the name of a column,
        moves with its column only, and the other way round. They lie where they belong at 0.
    """

    def __init__(
        self, table: CardTable, riders: Mapping[Any, tuple[int | None, int | None]]
    ) -> None:
        super().__init__()
        self.table = table
        self.riders = list(riders.items())
        self.stamps = [(Stamp(rider, self._anchor(at, 0)), at) for rider, at in self.riders]
        self.add(*riders)

    def _anchor(self, at: tuple[int | None, int | None], index: float) -> FloatArray:
        row, column = at
        place = self.table.place(row or 0, column or 0, index)
        return np.asarray(place * [column is not None, row is not None, 1.0])

    def draw(self, index: float) -> Self:
        """Group the cards: 0 not at all, 1 by columns, 2 by rows."""
        self.index = index
        for stamp, at in self.stamps:
            stamp.put(self._anchor(at, index))
        return self
