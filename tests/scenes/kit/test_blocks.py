"""Blocks with numbers, and their flights."""

import numpy as np
import pytest

from rendering.quality import PRESETS
from rendering.recorder import manim_settings
from scenes.kit.blocks import Blocks, Flight, bars_between, tiles
from scenes.kit.cells import Cells
from scenes.kit.chart import Box, Chart
from scenes.theme import DARK

HOME = np.array([[0.0, 1.0, 0.0, 1.0], [2.0, 3.0, 0.0, 1.0]])
AWAY = HOME + [4.0, 4.0, -2.0, -2.5]


@pytest.fixture(autouse=True)
def _settings():
    with manim_settings(PRESETS["draft"]):
        yield


def outlines(blocks: Blocks) -> np.ndarray:
    """Left, right, bottom, top (n, 4) of what is drawn."""
    ring = blocks.rectangles.points.reshape(-1, 16, 3)[..., :2]
    sides = np.concatenate([ring.min(axis=1), ring.max(axis=1)], axis=1)
    return np.asarray(sides[:, [0, 2, 1, 3]])


def test_blocks_fill_their_boxes_but_for_a_seam():
    blocks = Blocks(DARK, DARK.fixed.colour, size=27).draw(HOME, ["12", "−1"])
    np.testing.assert_allclose(outlines(blocks), HOME, atol=0.02)
    assert blocks.numbers.content == "12 −1"


def test_a_number_without_room_is_not_written():
    low = HOME * [1, 1, 1, 0.2]
    narrow = np.array([[0.0, 0.3, 0.0, 1.0]])
    blocks = Blocks(DARK, DARK.fixed.colour, size=27)
    assert blocks.draw(low, ["12", "−1"]).numbers.content == ""
    assert blocks.draw(narrow, ["8"]).numbers.content == "8"
    assert blocks.draw(narrow, ["888"]).numbers.content == ""


def test_flat_blocks_are_left_out():
    flat = HOME * [1, 1, 1, 0]
    blocks = Blocks(DARK, DARK.fixed.colour, size=27)
    assert len(blocks.draw(flat).rectangles.points) == 0
    assert len(blocks.draw(np.zeros((0, 4))).rectangles.points) == 0


def test_a_flight_stands_at_its_stations_and_lies_between_them_on_the_way():
    blocks = Blocks(DARK, DARK.fixed.colour, size=27)
    flight = Flight(blocks, ["1", "2"], [HOME, AWAY, HOME], [32, 20, 27])
    for index, boxes, size in ((0, HOME, 32), (1, AWAY, 20), (2, HOME, 27)):
        flight.draw(index)
        np.testing.assert_allclose(outlines(blocks), boxes, atol=0.02)
        assert blocks.numbers.size == size
    flight.draw(0.5)
    np.testing.assert_allclose(outlines(blocks), (HOME + AWAY) / 2, atol=0.02)
    assert blocks.numbers.size == pytest.approx(26)


def test_tiles_are_those_of_the_cells():
    cells = Cells(2, 3, left=-1.0, top=2.0, width=1.0, height=0.5, gap=0.0)
    found = tiles(cells, [0, 2, -0.5], 1)
    np.testing.assert_allclose(found[0], [-1, 0, 1.0, 1.5])
    np.testing.assert_allclose(found[1:, 0], [1, -1.5])


def test_bars_stand_between_two_heights_whichever_comes_first():
    chart = Chart((0.0, 10.0), (-5.0, 5.0), Box(0.0, 10.0, -5.0, 5.0))
    ends = np.array([[1.0, 3.0], [0.0, -2.0]])
    np.testing.assert_allclose(
        bars_between(chart, np.array([2, 4]), ends, 0.8),
        [[1.6, 2.4, 1.0, 3.0], [3.6, 4.4, -2.0, 0.0]],
    )
