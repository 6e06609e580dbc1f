"""A window goes over the input, and maps fill in step with it."""

import numpy as np
import pytest

from rendering.quality import PRESETS
from rendering.recorder import manim_settings
from scenes.kit.cells import Cells
from scenes.kit.grid import Grid
from scenes.kit.palette import contrast, rgb
from scenes.kit.sweep import (
    Abreast,
    FillingMap,
    RowByRow,
    SteppingGrid,
    Sweep,
    output_colours,
)
from scenes.theme import DARK, THEMES

HOME = Cells(3, 4, left=-5.0, top=2.0, width=0.5, height=0.5)
MAP = Cells(2, 3, left=1.0, top=2.0, width=0.5, height=0.5)
VALUES = np.array([[1, 2, 3], [4, 5, 6]])


@pytest.fixture(autouse=True)
def _settings():
    with manim_settings(PRESETS["draft"]):
        yield


@pytest.fixture
def sweep() -> Sweep:
    filling = FillingMap(Grid(MAP, DARK), VALUES, output_colours(VALUES, DARK, 1, 6))
    row, column = (axis.ravel() for axis in np.indices((2, 3)))
    return Sweep(HOME, (2, 2), row, column, [filling], DARK)


def written(sweep: Sweep) -> list[str]:
    return sorted(" ".join(n.content for n in sweep.maps[0].grid.numbers.values()).split())


@pytest.mark.parametrize("index", [0, 2, 3, 5])
def test_window_ring_and_numbers_agree(sweep: Sweep, index: int):
    sweep.draw(5)
    sweep.draw(index)
    row, column = divmod(index, 3)
    np.testing.assert_allclose(sweep.window.get_center(), HOME.centre(row + 0.5, column + 0.5))
    np.testing.assert_allclose(sweep.rings[0].get_center(), MAP.centre(row, column))
    assert written(sweep) == [str(n) for n in range(1, index + 2)]


def test_on_the_way_the_next_number_is_not_there_yet(sweep: Sweep):
    sweep.draw(2.2)
    assert written(sweep) == ["1", "2", "3"]
    x, y, _ = sweep.window.get_center()
    assert HOME.centre(0, 0.5)[0] < x < HOME.centre(0, 2.5)[0], "back to the first column"
    assert HOME.centre(1.5, 0)[1] < y < HOME.centre(0.5, 0)[1], "down to the second row"
    assert written(sweep.draw(2.7)) == ["1", "2", "3", "4"]


def test_larger_outputs_are_stronger_and_their_numbers_readable():
    for theme in THEMES.values():
        colours = output_colours(VALUES, theme, 1, 6).ravel()
        distances = [contrast(rgb(colour), rgb(theme.ground)) for colour in colours]
        assert distances == sorted(distances)
        assert all(contrast(rgb(c), rgb(theme.text.colour)) >= 4.5 for c in colours)


def test_with_a_stride_the_ring_has_its_own_way():
    filling = FillingMap(Grid(MAP, DARK), VALUES, output_colours(VALUES, DARK, 1, 6))
    here, cells = (np.array([0, 0]), np.array([0, 2])), (np.array([0, 0]), np.array([0, 1]))
    sweep = Sweep(HOME, (2, 2), *here, [filling], DARK, cells=cells).draw(1)
    np.testing.assert_allclose(sweep.window.get_center(), HOME.centre(0.5, 2.5))
    np.testing.assert_allclose(sweep.rings[0].get_center(), MAP.centre(0, 1))


def test_with_a_dilation_each_weight_has_a_frame():
    row, column = np.array([0]), np.array([1])
    sweep = Sweep(HOME, (2, 2), row, column, [], DARK, dilation=(2, 2))
    frames = sweep.window.points.reshape(-1, 32, 3)
    assert len(frames) == 5, "one around all, and four"
    middles = (frames.max(axis=1) + frames.min(axis=1)) / 2
    places = [HOME.centre(*at) for at in [(1, 2), (0, 1), (0, 3), (2, 1), (2, 3)]]
    np.testing.assert_allclose(middles, places, atol=1e-9)


def test_grids_beside_it_show_what_belongs_to_the_position(sweep: Sweep):
    values = np.arange(6).reshape(6, 1, 1) + 10
    colours = np.full((6, 1, 1), "#334455")
    beside = SteppingGrid(Grid(Cells(1, 1, 0.0, 0.0, 0.5, 0.5), DARK), values, colours)
    both = Sweep(HOME, (2, 2), sweep.row, sweep.column, sweep.maps, DARK, beside=[beside])
    for index, shown in ((0, "10"), (2.2, "12"), (2.7, "13"), (5, "15")):
        both.draw(index)
        assert [n.content for n in beside.grid.numbers.values()] == [shown]


def test_a_map_fills_by_whole_rows(sweep: Sweep):
    rows = RowByRow(sweep.maps[0])
    for index, count in ((0, 0), (0.9, 0), (1, 3), (2, 6)):
        rows.draw(index)
        assert written(sweep) == [str(n) for n in range(1, count + 1)]


def test_sweeps_abreast_stand_at_one_index(sweep: Sweep):
    row, column = (axis.ravel() for axis in np.indices((2, 3)))
    other = Sweep(HOME.moved(0, 6), (2, 2), row, column, [], DARK)
    both = Abreast(sweep, other).draw(4)
    assert both.index == sweep.index == other.index == 4
    apart = other.window.get_center() - sweep.window.get_center()
    np.testing.assert_allclose(apart, [6 * HOME.width, 0, 0], atol=1e-12)
    assert written(sweep) == ["1", "2", "3", "4", "5"]
