import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rendering.boxes import Box, joined, whole

edge = st.integers(0, 20)
boxes = st.lists(st.builds(Box, edge, edge, edge, edge), max_size=8)


def mask(*which: Box) -> np.ndarray:
    pixels = np.zeros((20, 20), int)
    for box in which:
        if box.area:
            pixels[box.pixels] += 1
    return pixels


@given(boxes)
def test_joined_boxes_cover_the_same_pixels_once(which: list[Box]) -> None:
    covered = mask(*joined(which))
    assert (covered[mask(*which) > 0] == 1).all()
    assert covered.max(initial=0) <= 1


@given(boxes)
def test_within_and_around_are_intersection_and_hull(which: list[Box]) -> None:
    for one in which:
        for other in which:
            np.testing.assert_array_equal(mask(one.within(other)), mask(one) & mask(other))
            assert (mask(one.around(other)) >= mask(one) | mask(other)).all() or not (
                one.area and other.area
            )


def test_even_edges() -> None:
    assert Box(1, 2, 3, 4).evened() == Box(0, 2, 4, 4)
    assert whole(90, 160) == Box(0, 0, 160, 90)
