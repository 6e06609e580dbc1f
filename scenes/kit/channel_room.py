"""Where channels, their kernels and products, the maps and the sums stand in the picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from scenes.kit.cells import Cells

__all__ = ["ChannelRoom"]

_LEFT, _RIGHT = -6.05, 6.35
_LABELS = 1.15  # for the words beside the rows
_TOP, _BOTTOM = 2.4, -1.6  # of the grids
_ROW = 0.6  # between channels and kernels, with a title in it
_BETWEEN, _BEFORE_MAPS = 0.35, 0.5  # columns
_KERNEL, _PRODUCTS = 0.95, 1.15  # their titles
_ASIDE = 0.2  # from a kernel to its products
_MAPS = 2.3  # the column of the maps, at least: bias and output stand below it
_MAP_TITLE = (0.4, 0.62)  # between maps, with a title in it: at least and at most
_SIDE, _LARGER = 0.5, 0.6  # of a cell, at most: of three channels, and of fewer
_SEAM = 0.05
_SUMS, _WIDE, _HIGH = -1.92, 0.62, 0.46  # middle of the row of sums, and one of its cells


@dataclass(frozen=True, slots=True)
class ChannelRoom:
    """A column for each channel, with its padded input above its kernel and products; the maps.

    Attributes
    ----------
    inputs, kernels, products, sums
        For each channel; the last is one cell.
    maps
        Above each other, for each filter; with cells as large as the channels', if there is room.
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
        high, title = _TOP - _BOTTOM, _MAP_TITLE[0]
        side = min(
            _SIDE if channels > 2 else _LARGER,
            (high - _ROW) / (rows + k),
            wide / (channels * columns + output[1]),
            (wide - _MAPS) / (channels * columns),
        )
        small = min(side, ((high + title) / filters - title) / output[0])
        own = min(side, (max(columns * side, _KERNEL + _PRODUCTS + _ASIDE) - _ASIDE) / (2 * w))
        aside = max(w * own + _ASIDE, _KERNEL)
        column = max(columns * side, aside + max(w * own, _PRODUCTS))
        spare = wide - channels * column - max(output[1] * small, _MAPS)
        between = _BETWEEN + min(max(spare, 0.0) / channels, 0.8)
        starts = [_LEFT + _LABELS + c * (column + between) for c in range(channels)]
        ends = [start + aside for start in starts]
        maps = starts[-1] + column + between + _BEFORE_MAPS - _BETWEEN
        lower = _TOP - rows * side - _ROW
        apart = (high - filters * output[0] * small) / max(filters - 1, 1)
        step = output[0] * small + min(max(apart, title), _MAP_TITLE[1])
        return cls(
            tuple(Cells(*padded, x, _TOP, side, side, _SEAM) for x in starts),
            tuple(Cells(k, w, x, lower, own, own, _SEAM) for x in starts),
            tuple(Cells(k, w, x, lower, own, own, _SEAM) for x in ends),
            tuple(_cell(x + (w * own - _WIDE) / 2) for x in ends),
            tuple(
                Cells(*output, maps, _TOP - o * step, small, small, _SEAM) for o in range(filters)
            ),
            _cell(maps + 0.62),
            _cell(maps + 0.62 + _WIDE + 0.42),
        )


def _cell(left: float) -> Cells:
    """One cell in the row of sums."""
    return Cells(1, 1, left, _SUMS + _HIGH / 2, _WIDE, _HIGH, _SEAM)
