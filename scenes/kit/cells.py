"""Rows and columns of equal cells: one affine map from (row, column) to places on the screen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from convmath.arrays import FloatArray
from scenes.kit.chart import Box, straight

__all__ = ["Cells", "Mask", "rounded"]

Mask = NDArray[np.bool_]
"""Which cells, (rows, columns)."""

_ARC = 0.4477152502  # 1 − 0.5522847498: handle of a quarter circle, from its corner
_LAP = 0.004  # half a pixel at 1080p: between tiles without a gap no ground shines through
_ROUNDING = 0.12  # radius of a tile's corners, in parts of its side


@dataclass(frozen=True, slots=True)
class Cells:
    """A block of equal cells; row 0 is the top one, column 0 the left one.

    Attributes
    ----------
    rows, columns
        How many; both at least 1.
    left, top
        The upper left corner of cell (0, 0), in scene units.
    width, height
        Of one cell, in scene units.
    gap
        Between the tiles of neighbouring cells, in parts of a cell's shorter side; 0 for a picture
        without seams, whose corners are then not rounded either.

    Examples
    --------
    >>> cells = Cells(2, 3, left=-1.5, top=1.0, width=1.0, height=1.0)
    >>> cells.centre(1, 2).tolist()
    [1.0, -0.5, 0.0]
    """

    rows: int
    columns: int
    left: float
    top: float
    width: float
    height: float
    gap: float = 0.08

    @classmethod
    def within(
        cls, box: Box, rows: int, columns: int, *, largest: float = np.inf, gap: float = 0.08
    ) -> Self:
        """Square cells as large as a box allows, at most ``largest``, in the middle of it."""
        side = min((box.right - box.left) / columns, (box.top - box.bottom) / rows, largest)
        left = (box.left + box.right - columns * side) / 2
        top = (box.bottom + box.top + rows * side) / 2
        return cls(rows, columns, left, top, side, side, gap)

    @property
    def shape(self) -> tuple[int, int]:
        """(rows, columns)."""
        return self.rows, self.columns

    @property
    def box(self) -> Box:
        """The rectangle that all cells fill."""
        return self.block(0, 0, self.rows, self.columns)

    @property
    def tile(self) -> tuple[float, float]:
        """Width and height of the drawn part of a cell, in scene units."""
        seam = self.gap * min(self.width, self.height)
        return self.width - seam, self.height - seam

    def moved(self, rows: float, columns: float) -> Cells:
        """The same cells, so many rows further down and columns further right."""
        block = self.block(rows, columns)
        return replace(self, left=block.left, top=block.top)

    def sized(self, rows: int, columns: int) -> Cells:
        """So many cells like these, from the same corner on."""
        return replace(self, rows=rows, columns=columns)

    def block(self, row: float, column: float, rows: float = 1, columns: float = 1) -> Box:
        """The rectangle of some neighbouring cells; it may lie between cells, or beside them."""
        left, top = self.left + column * self.width, self.top - row * self.height
        return Box(left, left + columns * self.width, top - rows * self.height, top)

    def centre(self, row: float, column: float) -> FloatArray:
        """Place (3,) of the middle of one cell; row and column need not be whole."""
        x = self.left + (column + 0.5) * self.width
        return np.array([x, self.top - (row + 0.5) * self.height, 0.0])

    def centres(self) -> FloatArray:
        """Places (rows, columns, 3) of the middles of all cells."""
        places = np.zeros((*self.shape, 3))
        places[..., 0] = self.left + (np.arange(self.columns) + 0.5) * self.width
        places[..., 1] = self.top - (np.arange(self.rows)[:, None] + 0.5) * self.height
        return places

    def outlines(self, where: Mask) -> FloatArray:
        """Bézier points of the tiles of these cells, one closed outline for each."""
        wide, high = (side / 2 + (0.0 if self.gap else _LAP) for side in self.tile)
        radius = _ROUNDING * 2 * min(wide, high) if self.gap else 0.0
        outline = rounded(Box(-wide, wide, -high, high), radius)
        return np.asarray((self.centres()[where][:, None] + outline).reshape(-1, 3))


def rounded(box: Box, radius: float) -> FloatArray:
    """Bézier points (32, 3) of a rectangle with round corners, or (16, 3) of one without."""
    corners = np.array(
        [(box.left, box.bottom), (box.right, box.bottom), (box.right, box.top), (box.left, box.top)]
    )
    corners = np.column_stack([corners, np.zeros(4)])
    if not radius:
        return straight(corners, np.roll(corners, -1, axis=0))
    onward = np.roll(corners, -1, axis=0) - corners
    onward *= radius / np.linalg.norm(onward, axis=1)[:, None]
    onward_before = np.roll(onward, 1, axis=0)
    leave, arrive = corners + onward, corners - onward_before
    sides = straight(leave, np.roll(arrive, -1, axis=0)).reshape(4, 4, 3)
    arcs = [arrive, arrive + (1 - _ARC) * onward_before, leave - (1 - _ARC) * onward, leave]
    return np.concatenate([sides, np.roll(np.stack(arcs, axis=1), -1, axis=0)], axis=1).reshape(
        -1, 3
    )
