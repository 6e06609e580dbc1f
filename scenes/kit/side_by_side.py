"""Grids of different sizes in a row, in cells of one size."""

from __future__ import annotations

from collections.abc import Sequence

from scenes.kit.cells import Cells
from scenes.kit.chart import Box

__all__ = ["side_by_side"]

_SEAMLESS = 0.12  # side of a cell below which tiles have no gap between them


def side_by_side(
    box: Box,
    sizes: Sequence[tuple[int, int]],
    *,
    titles: Sequence[float],
    gap: float = 0.6,
    largest: float = 0.62,
    centred: bool = False,
) -> list[Cells]:
    """Places for grids of these rows and columns, together in the middle of a box.

    Parameters
    ----------
    titles
        Width that each grid has at least, for the words above it.
    largest
        Side of a cell at most, in scene units.
    centred
        Whether their middles stand at one height, instead of their upper edges.

    Examples
    --------
    >>> left, right = side_by_side(Box(-5, 5, -2, 2), [(2, 2), (4, 3)], titles=(2, 2), largest=1.0)
    >>> left.width, left.top == right.top, round(right.left - left.left, 3)
    (1.0, True, 2.6)
    """
    room = box.right - box.left - gap * (len(sizes) - 1)
    high = max(rows for rows, _ in sizes)
    side = min(largest, (box.top - box.bottom) / high)

    def widths() -> list[float]:
        return [max(n * side, words) for (_, n), words in zip(sizes, titles, strict=True)]

    while sum(widths()) > room and side > 1e-3:
        side *= 0.99
    x = box.left + (room - sum(widths())) / 2
    middle = (box.top + box.bottom) / 2
    places = []
    for (rows, columns), width in zip(sizes, widths(), strict=True):
        top = middle + (rows if centred else high) * side / 2
        places.append(Cells(rows, columns, x, top, side, side, 0.08 if side >= _SEAMLESS else 0.0))
        x += width + gap
    return places
