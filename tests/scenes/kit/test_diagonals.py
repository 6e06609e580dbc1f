"""A table of pairs, lit by total."""

import numpy as np

from scenes.kit.cells import Cells
from scenes.kit.chart import Box
from scenes.kit.diagonals import Diagonals
from scenes.theme import DARK

PANEL = Box(left=3.0, right=6.0, bottom=-3.0, top=2.0)


def table() -> Diagonals:
    cells = Cells(2, 3, left=-3.0, top=1.0, width=1.0, height=1.0)
    written = ["1/6", "2/6", "2/6", "1/6"]
    return Diagonals(cells, np.array([1, 2]), np.array([0, 1, 2]), written, DARK, PANEL)


def test_cells_hold_the_sums():
    assert table().sums.tolist() == [[1, 2, 3], [2, 3, 4]]


def test_totals_are_written_as_they_are_lit():
    drawn = table()
    assert [numbers.content for numbers in drawn.numbers] == ["", ""]
    assert [numbers.content for numbers in drawn.draw(2).numbers] == ["1 2", "1/6 2/6"]
    assert drawn.draw(4).numbers[0].content == "1 2 3 4"


def test_one_diagonal_at_a_time_is_lit():
    drawn = table()
    pale = {colour for colour, tile in drawn.grid.tiles.items() if len(tile.points)}
    assert len(pale) == 1
    drawn.draw(2)
    lit = {c: len(t.points) for c, t in drawn.grid.tiles.items() if len(t.points)}
    (strong,) = set(lit) - pale
    assert lit[strong] * 2 == sum(n for c, n in lit.items() if c != strong)
