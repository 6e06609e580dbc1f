"""Where a grid, a kernel, its products and the output stand in the picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from scenes.kit.cells import Cells
from scenes.kit.chart import Box
from scenes.kit.grid import LEAST_TYPE, type_size

__all__ = ["LINES", "GridRoom"]

LINES = (-2.62, -3.12, -3.62)  # baselines of the lines of text below the grids

_LEFT, _RIGHT = -6.05, 6.25
_TOP, _BOTTOM = 2.3, -1.95  # of the grids; titles stand above
_SIDE = 0.7  # of a cell, at most
_DROP = 0.7  # by which low grids stand lower, at most
_ROW = 0.62  # between kernel and products, with a title in it
_GAP, _WIDEST = 0.7, 1.5  # between the columns of the picture
_KERNEL = 3.4  # width of the kernel's column, at most
_TITLE = 1.75  # width of a column, at least, for its title
_SEAMLESS = 0.12  # side of a cell below which tiles have no gap between them


@dataclass(frozen=True, slots=True)
class GridRoom:
    """Columns side by side: the padded input, the kernel above its products, and the output.

    Where the input's numbers cannot be read in its cells, what lies under the kernel stands beside
    the kernel once more.

    Attributes
    ----------
    input, output
        Their cells are of one size, so that what shrinks can be seen to shrink.
    patch
        What lies under the kernel; None where that is read in the input.
    """

    input: Cells
    kernel: Cells
    products: Cells
    output: Cells
    patch: Cells | None

    @classmethod
    def of(
        cls,
        padded: tuple[int, int],
        kernel: tuple[int, int],
        output: tuple[int, int],
        contents: Sequence[str],
    ) -> Self:
        """As large as the picture allows; ``contents`` are the input's numbers as written."""
        room = cls._with(padded, kernel, output, patched=False)
        if type_size(room.input, contents) >= LEAST_TYPE:
            return room
        return cls._with(padded, kernel, output, patched=True)

    @classmethod
    def _with(
        cls,
        padded: tuple[int, int],
        kernel: tuple[int, int],
        output: tuple[int, int],
        *,
        patched: bool,
    ) -> Self:
        rows, columns = kernel
        across = 2 * columns + 1 if patched else columns
        own = min(_SIDE, (_TOP - _BOTTOM - _ROW) / (2 * rows), _KERNEL / across)
        aside = (columns + 1) * own if patched else 0.0
        middle = aside + max(columns * own, _TITLE)
        side = _fitting(padded, output, _RIGHT - _LEFT - middle - 2 * _GAP)
        sides = [max(side * count, _TITLE) for count in (padded[1], output[1])]
        spare = _RIGHT - _LEFT - middle - sum(sides)
        gap = min(spare / 2, _WIDEST)
        left = _LEFT + spare / 2 - gap
        high = max(2 * rows * own + _ROW, side * max(padded[0], output[0]))
        top = _TOP - min(_DROP, (_TOP - _BOTTOM - high) / 2)
        seam = 0.0 if side < _SEAMLESS else 0.08
        start = left + sides[0] + gap
        weights = Cells(rows, columns, start + aside, top, own, own)
        below = Cells(rows, columns, weights.left, weights.box.bottom - _ROW, own, own)
        patch = Cells(rows, columns, start, top, own, own) if patched else None
        x = Cells(*padded, left, top, side, side, seam)
        y = Cells(*output, start + middle + gap, top, side, side, seam)
        return cls(x, weights, below, y, patch)

    @property
    def line(self) -> Box:
        """The room for lines of text below the grids."""
        return Box(_LEFT, _RIGHT, LINES[-1] - 0.1, LINES[0] + 0.3)


def _fitting(padded: tuple[int, int], output: tuple[int, int], width: float) -> float:
    """The side of cells with which both grids fit side by side into this width."""
    high, wide = max(padded[0], output[0]), padded[1] + output[1]
    return min(_SIDE, width / wide, (_TOP - _BOTTOM) / high)
