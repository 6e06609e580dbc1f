"""A kernel that is flipped or turned while its numbers stay upright."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Self

import numpy as np
from manim import VMobject

from convmath.arrays import AnyArray, FloatArray
from scenes.kit.cells import Cells, Mask
from scenes.kit.grid import Grid
from scenes.kit.palette import Colours, Scale, blended
from scenes.kit.sliding import Steps
from scenes.theme import Ink, Theme

__all__ = ["Flip", "Marks", "Turn", "TurnedCells", "weight_colours"]

_FAINT, _STRONG = 0.22, 0.5  # of a weight's colour over the ground
_NOTHING = 0.14  # of the tile of a zero


def weight_colours(weights: AnyArray, theme: Theme) -> Colours:
    """A tile's colour for each weight: stronger for larger ones, grey for zero."""
    largest = float(np.abs(weights).max())
    positive, negative = (
        Scale(0.0, largest, _tints(theme, ink))(np.abs(weights))
        for ink in (theme.moving, theme.fixed)
    )
    none = blended(theme.ground, theme.muted.colour, _NOTHING)
    return np.select([weights > 0, weights < 0], [positive, negative], none)


def _tints(theme: Theme, ink: Ink) -> tuple[str, str]:
    faint, strong = (blended(theme.ground, ink.colour, share) for share in (_FAINT, _STRONG))
    return faint, strong


@dataclass(frozen=True, slots=True)
class TurnedCells(Cells):
    """Cells that are turned about the middle of their block, clockwise.

    Attributes
    ----------
    angle
        In radians.
    """

    angle: float = 0.0

    @classmethod
    def of(cls, cells: Cells, angle: float) -> Self:
        """The same cells, turned."""
        c = cells
        return cls(c.rows, c.columns, c.left, c.top, c.width, c.height, c.gap, angle)

    def centres(self) -> FloatArray:
        """Places (rows, columns, 3) of the middles of all cells."""
        return self._turned(Cells.centres(self))

    def outlines(self, where: Mask) -> FloatArray:
        """Bézier points of the tiles of these cells."""
        return self._turned(Cells.outlines(self._upright(), where))

    def _upright(self) -> Cells:
        return Cells(
            self.rows, self.columns, self.left, self.top, self.width, self.height, self.gap
        )

    def _turned(self, places: FloatArray) -> FloatArray:
        middle = self.centre((self.rows - 1) / 2, (self.columns - 1) / 2)
        cos, sin = np.cos(self.angle), np.sin(self.angle)
        turn = np.array([[cos, -sin, 0.0], [sin, cos, 0.0], [0.0, 0.0, 1.0]])
        return np.asarray((places - middle) @ turn + middle)


class Turn(Steps):
    """A square kernel that is turned clockwise; step n is the n-th quarter turn."""

    def __init__(self, grid: Grid, weights: AnyArray) -> None:
        super().__init__()
        self.grid = grid
        self.home = grid.cells
        self.weights = weights
        self.colours = weight_colours(weights, grid.theme)
        self.add(grid)
        self.draw(0)

    def draw(self, index: float) -> Self:
        """Show the kernel after so many quarter turns."""
        self.index = index
        self.grid.cells = TurnedCells.of(self.home, index * np.pi / 2)
        self.grid.draw(self.weights, self.colours)
        return self


class Flip(Steps):
    """A kernel that is turned over like a card, about its vertical or its horizontal middle line.

    Parameters
    ----------
    before, after
        The weights (rows, columns) at step 0 and at step 1.
    axis
        0 if columns change places (the line is vertical), 1 if rows do.
    """

    def __init__(self, grid: Grid, before: AnyArray, after: AnyArray, axis: Literal[0, 1]) -> None:
        super().__init__()
        self.grid = grid
        self.sides = (before, after)
        self.axis = axis
        self.middle = grid.cells.centres().mean(axis=(0, 1))[axis]
        self.add(grid)
        self.draw(0)

    def draw(self, index: float) -> Self:
        """Show the card at ``index`` half turns about its line."""
        self.index = index
        weights = self.sides[1 if index >= 0.5 else 0]
        self.grid.draw(weights, weight_colours(weights, self.grid.theme))
        share = abs(float(np.cos(np.pi * index)))
        for part in self.grid.submobjects:
            points = np.array(part.points)
            points[:, self.axis] = self.middle + share * (points[:, self.axis] - self.middle)
            part.points = points
        return self


class Marks(VMobject):
    """An outline around each of some cells."""

    def __init__(self, cells: Cells, ink: Ink, where: Mask) -> None:
        super().__init__(stroke_color=ink.colour, stroke_width=ink.width)
        self.points = cells.outlines(where)
