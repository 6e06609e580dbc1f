"""Where channels, their kernels and products, the maps and the sums stand in the picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from scenes.kit.cells import Cells

__all__ = ["MAP_TITLE", "ChannelRoom"]

MAP_TITLE = 0.4  # above each map, for its title

_LEFT, _RIGHT = -6.05, 6.35
_LABELS = 1.3  # for the words beside the rows
_TOP, _BOTTOM = 2.28, -1.7  # of the grids
_ROW = 0.6  # between channels and kernels, with a title in it
_BETWEEN, _BEFORE_MAPS = 0.35, 0.5  # columns
_NARROWEST = 2.35  # a column, for the titles of kernel and products
_MAPS = 2.3  # the column of the maps, at least: bias and output stand below it
_SIDE = 0.52  # of a cell, at most
_SEAM = 0.05
_SUMS = -2.02  # middle of the row of sums


@dataclass(frozen=True, slots=True)
class ChannelRoom:
    """A column for each channel, with its padded input above its kernel and products; the maps.

    Attributes
    ----------
    inputs, kernels, products, sums
        For each channel; the last is one cell.
    maps
        Above each other, for each filter.
    bias, total
        One cell each, in line with the sums.
    labels
        Left end of the words beside the rows.
    """

    inputs: tuple[Cells, ...]
    kernels: tuple[Cells, ...]
    products: tuple[Cells, ...]
    sums: tuple[Cells, ...]
    maps: tuple[Cells, ...]
    bias: Cells
    total: Cells
    labels: float = _LEFT

    @classmethod
    def of(
        cls,
        channels: int,
        padded: tuple[int, int],
        kernel: tuple[int, int],
        filters: int,
        output: tuple[int, int],
    ) -> Self:
        """As large as the picture allows."""
        (rows, columns), (k, w) = padded, kernel
        wide = _RIGHT - _LEFT - _LABELS - (channels - 1) * _BETWEEN - _BEFORE_MAPS
        side = min(
            _SIDE,
            (_TOP - _BOTTOM - _ROW) / (rows + k),
            ((_TOP - _BOTTOM + MAP_TITLE) / filters - MAP_TITLE) / output[0],
            wide / (channels * columns + output[1]),
            (wide - _MAPS) / (channels * columns),
        )
        own = min(side, (max(columns * side, _NARROWEST) - 0.25) / (2 * w))
        column = max(columns * side, 2 * w * own + 0.25, _NARROWEST)
        spare = wide - channels * column - max(output[1] * side, _MAPS)
        between = _BETWEEN + min(max(spare, 0.0) / (channels + 1), 0.7)
        starts = [_LEFT + _LABELS + c * (column + between) for c in range(channels)]
        maps = starts[-1] + column + between + _BEFORE_MAPS - _BETWEEN
        return cls._standing(starts, maps, column, side, own, padded, kernel, filters, output)

    @classmethod
    def _standing(
        cls,
        starts: list[float],
        maps: float,
        column: float,
        side: float,
        own: float,
        padded: tuple[int, int],
        kernel: tuple[int, int],
        filters: int,
        output: tuple[int, int],
    ) -> Self:
        """Columns from these places on, with cells of these sides."""
        (rows, _), (k, w) = padded, kernel
        lower = _TOP - rows * side - _ROW
        ends = [start + column - w * own for start in starts]
        high, wide = min(0.46, 0.9 * _SIDE), 0.62
        upper = _SUMS + high / 2
        beside = [end + (w * own - wide) / 2 for end in ends]
        step = output[0] * side + MAP_TITLE
        return cls(
            tuple(Cells(*padded, x, _TOP, side, side, _SEAM) for x in starts),
            tuple(Cells(k, w, x, lower, own, own, _SEAM) for x in starts),
            tuple(Cells(k, w, x, lower, own, own, _SEAM) for x in ends),
            tuple(Cells(1, 1, x, upper, wide, high, _SEAM) for x in beside),
            tuple(Cells(*output, maps, _TOP - o * step, side, side, _SEAM) for o in range(filters)),
            Cells(1, 1, maps + 0.62, upper, wide, high, _SEAM),
            Cells(1, 1, maps + 0.62 + wide + 0.42, upper, wide, high, _SEAM),
        )
