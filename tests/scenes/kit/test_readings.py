"""Weights that gather and weights that spread: where they stand, and what is read off them."""

from itertools import pairwise

import numpy as np
import pytest

from convmath import Sequence
from convmath.centering import INPUT, OUTPUT, KernelReadings, centred, read_kernels
from rendering.quality import PRESETS
from rendering.recorder import manim_settings
from scenes.kit.cells import Cells
from scenes.kit.readings import Arriving, Band, Board, Fan, Lane, Reading, Turning, WeightRow
from scenes.kit.readings import sum_decimals as decimals
from scenes.theme import DARK

INKS = ["#AA0000", "#00AA00", "#0000AA"]
F = [2, 3, 1, 2, 4, 1, 3]
AT = 3


def readings(w=(1, 2, 5), f=tuple(F)) -> KernelReadings:
    return read_kernels(centred(Sequence(w)), centred(Sequence([1, 2, 1])), Sequence(f))


FRAMES = readings()
BOARD = Board(Cells(1, 9, left=-4.5, top=2.5, width=0.8, height=0.62), 1, 30.0, 28.0, 28.0)


@pytest.fixture(autouse=True)
def _settings():
    with manim_settings(PRESETS["draft"]):
        yield


def middle(mobject) -> float:
    return float((mobject.points[:, 0].min() + mobject.points[:, 0].max()) / 2)


def test_all_that_belongs_to_one_n_stands_in_one_column():
    x = BOARD.line.centre(0, BOARD.reach + AT)[0]
    window = BOARD.window(0.0, AT)
    assert window.centre(0, BOARD.reach)[0] == pytest.approx(x)
    for reading in range(3):
        assert BOARD.outputs(reading).centre(0, AT)[0] == pytest.approx(x)
    assert middle(Band(BOARD, DARK, 3).draw(AT)) == pytest.approx(x)
    assert BOARD.gathering(AT)[0] == pytest.approx(x)


def test_a_board_is_as_wide_as_there_is_room():
    wide = Board.of(readings(f=(1, 2, 3, 4, 5, 6, 7, 8, 10)), right=3.25)
    assert wide.line.columns == 11
    assert wide.line.box.right == pytest.approx(3.25)
    assert Board.of(FRAMES, right=3.25).line.box.right <= 3.25


def test_nothing_stands_in_two_rows():
    rows = [BOARD.line] + [
        BOARD.row(top(reading))
        for reading in (OUTPUT, INPUT)
        for top in (BOARD.weights, BOARD.products)
    ]
    rows += [BOARD.outputs(reading) for reading in range(3)]
    boxes = [row.box for row in rows]
    assert all(above.bottom >= below.top - 1e-9 for above, below in pairwise(boxes))


def test_taps_that_are_turned_round_are_mirrored():
    taps = WeightRow(BOARD, np.array([1, 2, 5]), INKS, DARK)
    turning = Turning(taps, 1.0, AT)
    left = [middle(turning.draw(index).row.tiles[INKS[0]]) for index in (0.0, 0.5, 1.0)]
    centre = BOARD.line.centre(0, BOARD.reach + AT)[0]
    assert left[0] - centre == pytest.approx(-BOARD.line.width)
    assert left[1] == pytest.approx(centre, abs=0.05)
    assert left[2] - centre == pytest.approx(BOARD.line.width)


def test_what_arrives_is_collected_where_it_came_from():
    """The weight of the input at n − 1 + j is the one that stands above n in step j."""
    arriving = Arriving(FRAMES, AT, BOARD, DARK, INKS)
    for step, ink in enumerate(INKS[::-1]):
        arriving.draw(step)
        assert middle(arriving.strip.tiles[ink]) == pytest.approx(
            BOARD.line.centre(0, BOARD.reach + AT)[0]
        )
        assert middle(arriving.collected.tiles[ink]) == pytest.approx(
            BOARD.line.centre(0, BOARD.reach + AT - 1 + step)[0]
        )
    assert len(Arriving(FRAMES, AT, BOARD, DARK, INKS).collected.tiles) == 0


def test_a_weight_is_carried_from_above_n_to_below_its_input():
    arriving = Arriving(FRAMES, AT, BOARD, DARK, INKS)
    ink, columns = INKS[2], [BOARD.reach + AT, BOARD.reach + AT - 1]
    places = [middle(arriving.draw(index).carried.tiles[ink]) for index in (-0.499, -0.001)]
    wanted = [BOARD.line.centre(0, column)[0] for column in columns]
    assert places == pytest.approx(wanted, abs=1e-3)


def test_only_the_line_that_arrives_is_strong():
    arriving = Arriving(FRAMES, AT, BOARD, DARK, INKS).draw(0)
    assert [wire.get_stroke_opacity() for wire in arriving.fan.wires] == [0.3, 0.3, 1.0]
    arriving.draw(0.25)
    assert [wire.get_stroke_opacity() for wire in arriving.fan.wires] == [1.0, 1.0, 1.0]


def test_the_lines_of_a_fan_end_in_their_tips():
    starts, stops = np.zeros((3, 3)), np.array([[-1.0, -2, 0], [0, -2, 0], [1, -2, 0]])
    fan = Fan(INKS).draw(starts, stops)
    for wire, tip, start, stop in zip(fan.wires, fan.tips, starts, stops, strict=True):
        np.testing.assert_allclose(wire.points[0], start)
        np.testing.assert_allclose(tip.points[0], stop)


def lanes(kernel: int = 0) -> Reading:
    places = [np.array([4.0, y, 0.0]) for y in (1.0, -1.0)]
    return Reading(FRAMES, kernel, BOARD, DARK, INKS, places).draw(AT)


def test_each_lane_shows_its_sum():
    assert [lane.sum.content for lane in lanes().lanes] == ["25", "13"]
    assert [lane.sum.content for lane in lanes(1).lanes] == ["9", "9"]


def test_nothing_is_multiplied_on_the_way():
    reading = lanes().draw(AT + 0.25)
    assert [lane.sum.content for lane in reading.lanes] == ["25", "13"]
    assert [len(lane.sum.points) for lane in reading.lanes] == [0, 0]


def contents(row) -> list[str]:
    return [number for text in row.numbers.values() for number in text.content.split()]


def test_outputs_stand_as_far_as_the_step_has_come():
    reading = lanes()
    assert contents(reading.rows[OUTPUT]) == []
    reading.traces = True
    reading.draw(2)
    assert contents(reading.rows[OUTPUT]) == ["19", "13", "15"]
    assert contents(reading.rows[INPUT]) == ["7", "17", "19"]
    assert contents(reading.rows[2]) == []


def test_a_lane_may_stand_lower():
    lane: Lane = lanes().lanes[INPUT]
    top = lane.weights.cells.top
    lane.draw(AT, AT, lower=0.5)
    assert lane.weights.cells.top == pytest.approx(top - 0.5)
    assert lane.products.cells.top == pytest.approx(BOARD.products(INPUT) - 0.5)


@pytest.mark.parametrize(("w", "expected"), [((1, 2, 5), 0), ((0.5, 2, 5), 1), ((1 / 3, 2, 5), 2)])
def test_sums_have_as_few_decimals_as_write_them(w, expected):
    assert decimals(readings(w)) == expected
