"""What is flipped or turned ends as the numbers say, with the numbers upright."""

from typing import Any

import numpy as np
import pytest
from scipy.spatial import KDTree

from rendering.quality import PRESETS
from rendering.recorder import manim_settings
from scenes.kit.cells import Cells
from scenes.kit.grid import Grid
from scenes.kit.palette import contrast, rgb
from scenes.kit.turning import Flip, Marks, Turn, TurnedCells, weight_colours
from scenes.theme import DARK, THEMES

K = np.array([[1, 2, 3], [0, 4, 0], [5, 0, -6]])
CELLS = Cells(3, 3, left=-1.5, top=1.5, width=1.0, height=1.0)


@pytest.fixture(autouse=True)
def _settings():
    with manim_settings(PRESETS["draft"]):
        yield


def grid() -> Grid:
    return Grid(CELLS, DARK, size=30.0)


def points(one: Grid) -> dict[str, Any]:
    """The outlines that are drawn in each colour, tiles and numbers apart."""
    parts = {**one.tiles, **{"n" + name: part for name, part in one.numbers.items()}}
    return {name: part.points for name, part in parts.items() if len(part.points)}


def assert_looks_like(one: Grid, weights: Any) -> None:
    """The same points, whatever their order."""
    expected = points(grid().draw(weights, weight_colours(weights, DARK)))
    found = points(one)
    assert found.keys() == expected.keys()
    for name, outline in expected.items():
        assert len(found[name]) == len(outline)
        for these, those in ((found[name], outline), (outline, found[name])):
            assert KDTree(these).query(those)[0].max() < 1e-6


@pytest.mark.parametrize("quarters", [0, 1, 2, 3, 4])
def test_after_whole_quarters_a_turn_is_the_turned_kernel(quarters: int):
    turn = Turn(grid(), K).draw(0.37).draw(quarters)
    assert_looks_like(turn.grid, np.rot90(K, -quarters))


def test_a_turn_keeps_its_distances_and_its_numbers_upright():
    half = TurnedCells.of(CELLS, np.pi / 4)
    np.testing.assert_allclose(half.centres()[1, 1], CELLS.centres()[1, 1], atol=1e-12)
    np.testing.assert_allclose(half.centres()[0, 0], [0, np.sqrt(2), 0], atol=1e-12)
    turn = Turn(grid(), K).draw(0.5)
    upright = grid().draw(K, weight_colours(K, DARK))
    for ink, numbers in upright.numbers.items():
        heights = [np.ptp(path[:, 1]) for path in numbers.get_subpaths()]
        turned = [np.ptp(path[:, 1]) for path in turn.grid.numbers[ink].get_subpaths()]
        np.testing.assert_allclose(turned, heights, atol=1e-9)


@pytest.mark.parametrize(("axis", "after"), [(0, K[:, ::-1]), (1, K[::-1])])
def test_a_flip_begins_with_one_side_and_ends_with_the_other(axis: Any, after: Any):
    flip = Flip(grid(), K, after, axis)
    assert_looks_like(flip.grid, K)
    flip.draw(0.3).draw(1)
    assert_looks_like(flip.grid, after)


@pytest.mark.parametrize("axis", [0, 1])
def test_a_flip_is_narrow_half_way_and_stays_in_its_place(axis: Any):
    flip = Flip(grid(), K, K, axis)
    for index, share in ((0.25, np.cos(np.pi / 4)), (0.5, 0.0), (0.75, np.cos(np.pi / 4))):
        flip.draw(index)
        spans = [flip.grid.width, flip.grid.height]
        assert spans[axis] == pytest.approx(2.92 * share, abs=1e-6)
        assert spans[1 - axis] == pytest.approx(2.92)
        np.testing.assert_allclose(flip.grid.get_center(), 0.0, atol=1e-9)


def test_zero_positive_and_negative_weights_look_different():
    for theme in THEMES.values():
        colours = weight_colours(K, theme)
        assert len(set(colours[K == 0])) == 1
        assert not set(colours[K > 0]) & {*colours[K < 0], *colours[K == 0]}
        for colour in colours.ravel():
            assert contrast(rgb(colour), rgb(theme.text.colour)) >= 4.5


def test_marks_stand_where_they_are_told():
    marks = Marks(CELLS, DARK.weight, K > 4)
    np.testing.assert_allclose(marks.get_center(), CELLS.centre(2, 0))
    assert len(Marks(CELLS, DARK.weight, K > 9).points) == 0
