"""An input and, beside it, three lanes: a kernel as it lies on the input, and what comes out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from convmath.turning import KernelTurn
from scenes.kit.cells import Cells

__all__ = ["LANE_TOP", "KernelLanes", "Lane"]

LANE_TOP = 1.75  # of all cells; names stand above
_BOTTOM, _MAP_BOTTOM = -3.15, -2.6  # of products and maps; sums and brackets stand below
_LEFT, _RIGHT = -6.05, 6.25
_AFTER_INPUT, _BETWEEN = 0.6, 0.36
_ROW_GAP = 0.56  # with words in it
_SIDE = 0.62  # of a cell, at most


@dataclass(frozen=True, slots=True)
class Lane:
    """One way to combine kernel and input.

    Attributes
    ----------
    middle, width
        Of its column, in scene units.
    weights, products, outputs
        The cells of the kernel; below them those of its products, or those of the map.
    """

    middle: float
    width: float
    weights: Cells
    products: Cells
    outputs: Cells

    @classmethod
    def within(cls, middle: float, width: float, size: int, outputs: tuple[int, int]) -> Self:
        """A kernel of ``size`` rows and a map, with cells as large as there is room."""
        rows, columns = outputs
        room = LANE_TOP - _ROW_GAP
        highest = min((room - _BOTTOM) / (2 * size), (room - _MAP_BOTTOM) / (size + rows))
        side = min(_SIDE, width / size, highest)
        weights = Cells(size, size, middle - size * side / 2, LANE_TOP, side, side)
        below = weights.box.bottom - _ROW_GAP
        products = Cells(size, size, weights.left, below, side, side)
        fit = min(_SIDE, width / columns, (below - _MAP_BOTTOM) / rows)
        maps = Cells(rows, columns, middle - columns * fit / 2, below, fit, fit)
        return cls(middle, width, weights, products, maps)


@dataclass(frozen=True, slots=True)
class KernelLanes:
    """Where everything stands.

    Attributes
    ----------
    input
        The cells of the input, at the left.
    lanes, symmetric
        Three lanes for the kernel; the same columns for the symmetric one.
    """

    input: Cells
    lanes: tuple[Lane, ...]
    symmetric: tuple[Lane, ...]

    @classmethod
    def of(cls, frames: KernelTurn) -> Self:
        """As large as the frame of the picture allows, and all cells alike where they can be."""
        rows, columns = frames.input.shape
        own, other = frames.map_shape, frames.symmetric_correlation.shape
        sizes = len(frames.kernel), len(frames.symmetric)
        across = _RIGHT - _LEFT - _AFTER_INPUT - 2 * _BETWEEN
        side = min(_SIDE, across / (columns + 3 * max(own[1], other[1], *sizes)))
        left = _LEFT + columns * side + _AFTER_INPUT
        width = (_RIGHT - left - 2 * _BETWEEN) / 3
        middles = [left + width / 2 + n * (width + _BETWEEN) for n in range(3)]
        lanes, last = (
            tuple(Lane.within(middle, width, size, (shape[0], shape[1])) for middle in middles)
            for size, shape in zip(sizes, (own, other), strict=True)
        )
        return cls(Cells(rows, columns, _LEFT, LANE_TOP, side, side), lanes, last)
