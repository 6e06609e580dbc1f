"""Input, kernels, products and maps of any size find room beside each other."""

from itertools import pairwise

import numpy as np
import pytest

from convmath.turning import turn_kernel
from scenes.kit.cells import Cells
from scenes.kit.frame import SAFE_X, SAFE_Y
from scenes.kit.grid import LEAST_TYPE, type_size
from scenes.kit.kernel_lanes import KernelLanes, Lane

SIZES = [
    (k, s, rows, columns)
    for k in (2, 3, 5)
    for s in (2, 4)
    for rows, columns in ((5, 6), (6, 6), (2, 3))
    if max(k, s) <= min(rows, columns)
]


def laid_out(k: int, s: int, rows: int, columns: int) -> KernelLanes:
    return KernelLanes.of(turn_kernel(np.eye(k), np.ones((rows, columns)), np.ones((s, s))))


@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_nothing_overlaps_or_leaves_the_picture(sizes: tuple[int, int, int, int]):
    room = laid_out(*sizes)
    for lanes in (room.lanes, room.symmetric):
        columns: list[list[Cells]] = [[room.input], *map(parts, lanes)]
        for left, right in pairwise(columns):
            assert max(c.box.right for c in left) < min(c.box.left for c in right) - 0.3
        for lane in lanes:
            assert lane.products.box.top < lane.weights.box.bottom - 0.5
            assert lane.outputs.box.top < lane.weights.box.bottom - 0.5
        every = [cells.box for column in columns for cells in column]
        assert min(box.left for box in every) > -SAFE_X
        assert max(box.right for box in every) < SAFE_X
        assert min(box.bottom for box in every) > -SAFE_Y + 0.6, "room for a sum"


def parts(lane: Lane) -> list[Cells]:
    return [lane.weights, lane.products, lane.outputs]


@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_the_longest_numbers_that_are_allowed_can_be_read(sizes: tuple[int, int, int, int]):
    room = laid_out(*sizes)
    longest = ["−12.3", "−0.33", "−999"]
    for lane in (*room.lanes, *room.symmetric):
        assert type_size(lane.outputs, longest) >= LEAST_TYPE
        narrow = ["−0.5", "999", "0.25", "−99"] if lane.weights.rows == 5 else longest
        assert type_size(lane.weights, narrow) >= LEAST_TYPE
    assert type_size(room.input, longest) >= LEAST_TYPE
