import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.kit.cells import Cells, rounded
from scenes.kit.chart import Box

CELLS = Cells(2, 3, left=-1.5, top=1.0, width=1.0, height=1.0, gap=0.2)


def corners(points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return points[:, :2].min(axis=0), points[:, :2].max(axis=0)


def test_rows_go_down_and_columns_to_the_right():
    centres = CELLS.centres()
    assert centres.shape == (2, 3, 3)
    assert centres[..., 0].tolist() == [[-1, 0, 1], [-1, 0, 1]]
    assert centres[..., 1].tolist() == [[0.5] * 3, [-0.5] * 3]
    for row, column in np.ndindex(2, 3):
        np.testing.assert_array_equal(CELLS.centre(row, column), centres[row, column])


def test_the_box_holds_all_cells():
    assert CELLS.box == Box(-1.5, 1.5, -1.0, 1.0)
    assert CELLS.block(1, 0.5, 1, 2) == Box(-1.0, 1.0, -1.0, 0.0)
    assert CELLS.block(-1, -1) == Box(-2.5, -1.5, 1.0, 2.0)


@given(rows=st.integers(1, 30), columns=st.integers(1, 30), largest=st.floats(0.1, 20))
def test_cells_fill_a_box_in_one_direction_or_are_the_largest(rows, columns, largest):
    box = Box(-3.0, 5.0, -1.0, 2.5)
    cells = Cells.within(box, rows, columns, largest=largest)
    inner = cells.box
    slack = (inner.left - box.left, box.right - inner.right)
    drop = (inner.bottom - box.bottom, box.top - inner.top)
    assert slack[0] == pytest.approx(slack[1], abs=1e-9)
    assert drop[0] == pytest.approx(drop[1], abs=1e-9)
    assert min(*slack, *drop) >= -1e-9
    assert cells.width == cells.height
    assert cells.width == largest or min(slack[0], drop[0]) == pytest.approx(0, abs=1e-9)


def test_a_tile_for_each_cell_that_is_asked_for():
    where = np.array([[True, False, False], [False, False, True]])
    outlines = CELLS.outlines(where).reshape(2, -1, 3)
    for outline, (row, column) in zip(outlines, [(0, 0), (1, 2)], strict=True):
        low, high = corners(outline)
        centre = CELLS.centre(row, column)[:2]
        np.testing.assert_allclose(low, centre - 0.4)
        np.testing.assert_allclose(high, centre + 0.4)
    assert len(CELLS.outlines(np.zeros((2, 3), dtype=bool))) == 0


@pytest.mark.parametrize("radius", [0.0, 0.3])
def test_a_rounded_rectangle_is_one_closed_outline_within_its_box(radius):
    points = rounded(Box(-1.0, 2.0, 0.0, 1.0), radius)
    curves = points.reshape(-1, 4, 3)
    np.testing.assert_allclose(curves[:, 3], np.roll(curves[:, 0], -1, axis=0), atol=1e-12)
    low, high = corners(points)
    np.testing.assert_allclose([low, high], [[-1, 0], [2, 1]], atol=1e-12)
    # The middle of each arc lies on its circle, to the error of one cubic for a quarter.
    if radius:
        middles = curves[1::2].transpose(0, 2, 1) @ [0.125, 0.375, 0.375, 0.125]
        centres = np.array([[1.7, 0.3], [1.7, 0.7], [-0.7, 0.7], [-0.7, 0.3]])
        apart = np.linalg.norm(middles[:, None, :2] - centres, axis=2).min(axis=1)
        np.testing.assert_allclose(apart, radius, rtol=3e-4)


def test_cells_without_a_gap_leave_no_seam():
    cells = Cells(1, 2, 0.0, 0.0, 1.0, 1.0, gap=0.0)
    left, right = cells.outlines(np.ones((1, 2), dtype=bool)).reshape(2, -1, 3)
    lap = corners(left)[1][0] - corners(right)[0][0]
    assert 0 < lap < 0.01


def test_moved_cells_stand_beside_where_they_were():
    moved = CELLS.moved(1, -0.5)
    assert moved.shape == CELLS.shape
    np.testing.assert_allclose(moved.centre(0, 0), CELLS.centre(1, -0.5))


def test_cells_need_not_be_square():
    cells = Cells(2, 2, left=0.0, top=0.0, width=3.0, height=1.0, gap=0.2)
    assert cells.tile == (2.8, 0.8)
    assert cells.box == Box(0.0, 6.0, -2.0, 0.0)
    low, high = corners(cells.outlines(np.array([[False, False], [False, True]])))
    np.testing.assert_allclose([low, high], [[3.1, -1.9], [5.9, -1.1]])
