"""Columns stand side by side in the picture, whatever their sizes."""

from itertools import product

import pytest

from scenes.kit.cells import Cells
from scenes.kit.channel_room import ChannelRoom
from scenes.kit.frame import SAFE_X

LEAST = 0.35  # of a cell in which −99 can be read


def overlap(one: Cells, other: Cells) -> bool:
    a, b = one.box, other.box
    apart = 1e-9
    return (
        a.left < b.right - apart
        and b.left < a.right - apart
        and a.bottom < b.top - apart
        and b.bottom < a.top - apart
    )


SIZES = [
    (channels, (rows, columns), (k, w), filters)
    for channels, rows, columns, k, w, filters in product(
        (1, 2, 3), (1, 4, 7), (3, 5, 7), (1, 2, 3), (1, 3), (1, 2, 3)
    )
    if k <= rows and rows + k <= 9 and rows - k + 1 <= {1: 7, 2: 5, 3: 3}[filters]
]


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_nothing_overlaps_or_is_too_small_to_read(size):
    channels, padded, kernel, filters = size
    output = tuple(n - m + 1 for n, m in zip(padded, kernel, strict=True))
    room = ChannelRoom.of(channels, padded, kernel, filters, output)
    cells = [*room.inputs, *room.kernels, *room.products, *room.maps]
    cells += [*room.sums, room.bias, room.total]
    for k, one in enumerate(cells):
        assert not any(overlap(one, other) for other in cells[k + 1 :])
        assert min(one.width, one.height) >= LEAST - 1e-9
        assert -SAFE_X < one.box.left < one.box.right < SAFE_X
    assert room.inputs[0].shape == padded
    assert [maps.shape for maps in room.maps] == [output] * filters
