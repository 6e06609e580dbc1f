"""Everything that a grid story draws stands inside the picture, and apart."""

from itertools import combinations

import pytest

from scenes.kit.frame import SAFE_X
from scenes.kit.grid_room import LINES, GridRoom

SIZES = [
    ((6, 7), (3, 3), (4, 5)),
    ((66, 66), (3, 3), (64, 64)),
    ((5, 30), (1, 3), (2, 6)),
    ((1, 1), (1, 1), (1, 1)),
    ((80, 3), (7, 7), (74, 1)),
    ((12, 12), (7, 7), (6, 6)),
]


@pytest.mark.parametrize(("padded", "kernel", "output"), SIZES)
@pytest.mark.parametrize("written", [["7"], ["−123.5"]])
def test_it_fits_and_nothing_overlaps(padded, kernel, output, written):
    room = GridRoom.of(padded, kernel, output, written)
    cells = [room.input, room.kernel, room.products, room.output]
    cells += [room.patch] if room.patch else []
    for one in cells:
        assert -SAFE_X < one.box.left < one.box.right < SAFE_X
        assert LINES[0] + 0.4 < one.box.bottom < one.box.top < 2.5
    for one, other in combinations(cells, 2):
        beside = one.box.right <= other.box.left + 1e-9 or other.box.right <= one.box.left + 1e-9
        below = one.box.bottom >= other.box.top or other.box.bottom >= one.box.top
        assert beside or below
    assert room.input.width == room.output.width


def test_what_cannot_be_read_in_the_input_stands_beside_the_kernel():
    padded, kernel, output = SIZES[1]
    assert GridRoom.of(padded, kernel, output, ["1"]).patch is not None
    padded, kernel, output = SIZES[0]
    assert GridRoom.of(padded, kernel, output, ["1"]).patch is None
