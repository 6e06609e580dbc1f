"""A grid draws each value in its cell, in as few mobjects as there are colours and inks."""

import numpy as np
import pytest

from rendering.quality import PRESETS
from rendering.recorder import manim_settings
from scenes.kit.cells import Cells
from scenes.kit.explainer import Explainer
from scenes.kit.grid import LEAST_TYPE, Grid, Window, column_labels, row_labels, type_size
from scenes.kit.layout import problems
from scenes.kit.palette import Scale
from scenes.kit.turning import weight_colours
from scenes.kit.typeset import LABEL
from scenes.theme import DARK, THEMES

CELLS = Cells(2, 3, left=-1.5, top=1.0, width=1.0, height=1.0)
VALUES = np.array([[1.0, 2.0, -1.0], [0.0, 2.0, 0.25]])
RED, BLUE = "#CC3311", "#114477"
COLOURS = np.array([[RED, BLUE, BLUE], ["", BLUE, RED]])


@pytest.fixture(autouse=True)
def _settings():
    with manim_settings(PRESETS["draft"]):
        yield


def tiles(grid: Grid) -> dict[str, set[tuple[int, int]]]:
    """The cells that are filled, by colour."""
    found = {}
    for colour, tile in grid.tiles.items():
        centres = tile.points.reshape(-1, 32, 3).mean(axis=1)
        near = np.linalg.norm(centres[:, None, None] - grid.cells.centres(), axis=-1)
        found[colour] = {tuple(np.argwhere(apart < 1e-9)[0].tolist()) for apart in near}
    return found


def written(grid: Grid) -> dict[str, str]:
    return {ink: numbers.content for ink, numbers in grid.numbers.items()}


def test_every_value_has_a_tile_of_its_colour():
    grid = Grid(CELLS, DARK).draw(VALUES, COLOURS)
    assert tiles(grid) == {RED: {(0, 0), (1, 2)}, BLUE: {(0, 1), (0, 2), (1, 1)}}


def test_numbers_stand_in_the_middle_of_their_cells():
    grid = Grid(CELLS, DARK).draw(np.array([[0.0, 8.0, 0.0], [8.0, 0.0, 8.0]]), BLUE)
    (numbers,) = grid.numbers.values()
    assert numbers.content == "0 8 0 8 0 8"
    boxes = [path[:, :2] for path in numbers.get_subpaths()]
    for centre in CELLS.centres().reshape(-1, 3)[:, :2]:
        own = np.concatenate([box for box in boxes if np.abs(box - centre).max() < 0.5])
        middle = (own.min(axis=0) + own.max(axis=0)) / 2
        np.testing.assert_allclose(middle, centre, atol=0.02)


def test_values_are_written_as_asked():
    assert set(written(Grid(CELLS, DARK).draw(VALUES, BLUE)).values()) == {"1 2 −1 0 2 0.25"}
    tenths = Grid(CELLS, DARK, write=lambda value: f"{value:.1f}").draw(VALUES, BLUE)
    assert set(written(tenths).values()) == {"1.0 2.0 -1.0 0.0 2.0 0.2"}
    assert written(Grid(CELLS, DARK, write=None).draw(VALUES, BLUE)) == {}


def test_each_number_is_in_the_ink_that_reads_best():
    bright, dark = "#FFEE99", "#223344"
    colours = np.array([[bright, dark, dark], [dark, bright, dark]])
    grid = Grid(CELLS, DARK).draw(VALUES, colours)
    assert written(grid) == {DARK.ground: "1 2", DARK.text.colour: "2 −1 0 0.25"}


def test_drawing_again_leaves_nothing_of_before():
    grid = Grid(CELLS, DARK).draw(VALUES, COLOURS)
    grid.draw(VALUES + 5, np.where(COLOURS == RED, BLUE, RED))
    fresh = Grid(CELLS, DARK).draw(VALUES + 5, np.where(COLOURS == RED, BLUE, RED))
    assert tiles(grid) == tiles(fresh)
    assert written(grid) == written(fresh)


def test_what_is_not_shown_and_what_is_not_a_number_is_not_drawn():
    shown = np.array([[True, True, False], [False, True, False]])
    grid = Grid(CELLS, DARK).draw(np.where(VALUES == 2, np.nan, VALUES), BLUE, shown=shown)
    assert tiles(grid) == {BLUE: {(0, 0)}}
    assert set(written(grid).values()) == {"1"}
    grid.draw(VALUES, BLUE, shown=np.zeros((2, 3), dtype=bool))
    assert all(len(part.points) == 0 for part in grid.get_family())


def test_what_is_dimmed_steps_back_and_is_muted():
    dimmed = np.array([[False, True, True], [True, True, True]])
    grid = Grid(CELLS, DARK).draw(VALUES, BLUE, dimmed=dimmed)
    assert tiles(grid)[BLUE] == {(0, 0)}
    assert sum(map(len, tiles(grid).values())) == 6
    assert written(grid)[DARK.muted.colour] == "2 −1 0 2 0.25"


def test_whole_numbers_are_written_exactly():
    values = np.array([[2**53, 1, 0], [0, 0, 0]])
    assert "9007199254740992" in next(iter(written(Grid(CELLS, DARK).draw(values, BLUE)).values()))


def test_a_large_heat_map_is_a_few_mobjects():
    cells = Cells(100, 100, -3.0, 3.0, 0.06, 0.06, gap=0.0)
    values = np.random.default_rng(0).normal(size=cells.shape)
    grid = Grid(cells, DARK, write=None).draw(values, Scale(-3.0, 3.0, (RED, BLUE), 17)(values))
    assert len(grid.get_family()) <= 18
    assert sum(len(tile.points) for tile in grid.tiles.values()) == 100 * 100 * 16


@pytest.mark.parametrize("pitch", [0.5, 0.8, 3.0])
def test_type_fits_its_cells_and_is_not_larger_than_needed(pitch):
    cells = Cells(1, 2, 0.0, 0.0, pitch, pitch)
    values = np.array([[-12.25, 1.0]])
    size = type_size(cells, ["−12.25", "1"])
    assert size <= LABEL
    (numbers,) = Grid(cells, DARK, size=size).draw(values, BLUE).numbers.values()
    own = numbers.points[numbers.points[:, 0] < pitch]
    assert np.ptp(own[:, 0]) <= 0.9 * cells.tile[0]
    assert np.ptp(own[:, 1]) <= 0.9 * cells.tile[0]


def test_there_is_no_type_for_many_digits_in_small_cells():
    assert type_size(Cells(1, 1, 0.0, 0.0, 0.2, 0.2), ["123456"]) < LEAST_TYPE
    assert type_size(CELLS, []) <= LABEL


@pytest.mark.parametrize("place", [(0, 0), (1, 1), (0.4, -1.5)])
def test_a_window_stands_around_its_cells(place):
    window = Window(CELLS, DARK.output, rows=1, columns=2, margin=0.1).draw(*place)
    block = CELLS.block(*place, 1, 2)
    low, high = window.points[:, :2].min(axis=0), window.points[:, :2].max(axis=0)
    np.testing.assert_allclose(low, [block.left - 0.1, block.bottom - 0.1])
    np.testing.assert_allclose(high, [block.right + 0.1, block.top + 0.1])


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_a_labelled_grid_has_no_problems_of_layout(theme):
    grid = Grid(CELLS, theme).draw(VALUES, weight_colours(VALUES, theme))
    scene: Explainer = Explainer(plan=object(), theme=theme)
    scene.add(
        grid,
        row_labels(CELLS, ["y_0", "y_1"], theme.muted),
        row_labels(CELLS, ["0", "1"], theme.muted, side="right"),
        column_labels(CELLS, ["x_0", "x_1", "x_2"], theme.muted),
        column_labels(CELLS, ["0", "1", "2"], theme.muted, side="bottom"),
        Window(CELLS, theme.output, columns=3).draw(0, 0),
    )
    assert problems(scene) == ()


def test_the_layout_report_sees_numbers_in_cells():
    scene: Explainer = Explainer(plan=object(), theme=DARK)
    scene.add(Grid(CELLS, DARK, size=10.0).draw(VALUES, BLUE))
    assert {problem.kind for problem in problems(scene)} == {"too small"}
    scene.add(Grid(CELLS, DARK).draw(VALUES, BLUE).shift([0.1, 0, 0]))
    assert "overlapping text" in {problem.kind for problem in problems(scene)}


def test_labels_stand_at_their_rows_and_columns():
    above = column_labels(CELLS, ["1", "2", "3"], DARK.text)
    beside = row_labels(CELLS, ["1", "2"], DARK.text, side="right")
    np.testing.assert_allclose([label.get_center()[0] for label in above], [-1, 0, 1], atol=1e-9)
    np.testing.assert_allclose([m.get_center()[1] for m in beside], [0.5, -0.5], atol=0.03)
    assert min(label.get_bottom()[1] for label in above) > 1.0
    assert min(label.get_left()[0] for label in beside) > 1.5
