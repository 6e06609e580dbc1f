"""The desk and its stacks: what stands where, at every step."""

import numpy as np
import pytest

from convmath import Sequence
from convmath.spreading import SpreadAndGather, spread_and_gather
from rendering.quality import PRESETS
from rendering.recorder import manim_settings
from scenes.kit.blocks import Blocks
from scenes.kit.chart import Box
from scenes.kit.readout import Readout, Row
from scenes.kit.spreading import Both, Desk, Outputs, Products, Response, Stack
from scenes.theme import DARK

AREA = Box(-4.8, 3.5, -3.0, 0.0)
HEIGHTS = (-20.0, 20.0)
SIGNALS = [([3, 1, 2, 1], [4, 2, 1]), ([2, -1, 0, 3], [-1, 3]), ([0.5], [2, 1.5, -1])]


@pytest.fixture(autouse=True)
def _settings():
    with manim_settings(PRESETS["draft"]):
        yield


def frames_of(f: list[float], g: list[float]) -> SpreadAndGather:
    return spread_and_gather(Sequence(f), Sequence(g))


def desk_of(f: list[float], g: list[float]) -> Desk:
    return Desk(frames_of(f, g), HEIGHTS, AREA, DARK)


def heights(desk: Desk, y: np.ndarray) -> np.ndarray:
    """Values (n,) that stand at these levels of the chart."""
    return (y - desk.chart.box.bottom) / desk.chart.unit[1] + HEIGHTS[0]


def column(desk: Desk, x: np.ndarray) -> np.ndarray:
    """The n (n,) above which these places lie."""
    return (x - desk.f.left) / desk.f.width - 0.5


def drawn(blocks: Blocks) -> np.ndarray:
    """Middle, low and high end (n, 3) of what is drawn, on the screen."""
    ring = blocks.rectangles.points.reshape(-1, 16, 3)
    low, high = ring.min(axis=1), ring.max(axis=1)
    return np.stack([(low[:, 0] + high[:, 0]) / 2, low[:, 1], high[:, 1]], axis=1)


@pytest.mark.parametrize(("f", "g"), SIGNALS)
def test_stacks_are_drawn_to_scale_below_the_columns(f, g):
    desk = desk_of(f, g)
    stack = Stack(desk, np.ones(desk.frames.copies.shape, dtype=bool))
    for k, blocks in enumerate(stack.copies):
        there = desk.frames.copies[k] != 0
        middle, low, high = drawn(blocks).T
        np.testing.assert_allclose(column(desk, middle), desk.frames.n[there], atol=1e-9)
        ends = np.sort(desk.frames.block[there, k], axis=1)
        np.testing.assert_allclose(heights(desk, low), ends[:, 0], atol=0.25)
        np.testing.assert_allclose(heights(desk, high), ends[:, 1], atol=0.25)


@pytest.mark.parametrize(("f", "g"), SIGNALS)
def test_a_launched_copy_falls_straight_from_its_products(f, g):
    desk = desk_of(f, g)
    for k in range(len(f)):
        flight = desk.launch(k).draw(1)
        middle = drawn(flight.blocks)[:, 0]
        np.testing.assert_allclose(column(desk, middle), k + np.arange(len(g)), atol=1e-9)
        flight.draw(2)
        there = desk.frames.table[k] != 0
        middle = drawn(flight.blocks)[:, 0]
        np.testing.assert_allclose(column(desk, middle), desk.landing(k)[there], atol=1e-9)


@pytest.mark.parametrize(("f", "g"), SIGNALS)
def test_a_block_rises_from_its_stack_to_its_input(f, g):
    desk = desk_of(f, g)
    for n, k in np.argwhere(desk.frames.product != 0).tolist():
        flight = desk.rise(n, k)
        assert column(desk, drawn(flight.blocks)[0, 0]) == pytest.approx(n)
        flight.draw(1)
        assert column(desk, drawn(flight.blocks)[0, 0]) == pytest.approx(k)


def test_the_flipped_response_has_age_zero_over_n():
    desk = desk_of([3, 1, 2, 1], [4, 2, 1])
    response = Response(desk).draw(-1.0, 2.0)
    np.testing.assert_allclose(column(desk, drawn(response.tiles)[:, 0]), [2, 1, 0], atol=1e-9)
    assert response.tiles.numbers.content == "4 2 1"
    assert response.ages.content == "0 1 2"


def discs(points: np.ndarray) -> np.ndarray:
    """Middles (n, 2) of circles of eight curves each."""
    return np.asarray(points.reshape(-1, 32, 3)[:, ::4, :2].mean(axis=1))


@pytest.mark.parametrize(("f", "g"), SIGNALS)
def test_ring_and_dot_lie_at_the_output(f, g):
    desk = desk_of(f, g)
    every = range(len(desk.frames))
    outputs = Outputs(desk).draw(every, every)
    for points in (outputs.rings.points, outputs.dots.points):
        x, y = discs(points).T
        np.testing.assert_allclose(column(desk, x), desk.frames.n, atol=1e-6)
        np.testing.assert_allclose(heights(desk, y), np.convolve(f, g), atol=1e-6)


def both_of(desk: Desk) -> Both:
    rows = [Row("n", "#FFFFFF", 0), Row("a", "#FFFFFF", 2), Row("b", "#FFFFFF", 2)]
    return Both(desk, Response(desk), Readout(rows, left=4.0, right=6.5, top=2.5))


@pytest.mark.parametrize(("f", "g"), SIGNALS)
def test_both_show_the_sums_of_every_step(f, g):
    desk = desk_of(f, g)
    both = both_of(desk)
    y = np.convolve(f, g)
    for step in range(1, len(y) + 1):
        both.draw(step)
        shown = [number.content.replace("−", "-") for number in both.readout.numbers]
        assert [float(number) for number in shown] == [step - 1, y[step - 1], y[step - 1]]
        rings, dots = (discs(m.points) for m in (both.outputs.rings, both.outputs.dots))
        np.testing.assert_allclose(dots, rings, atol=1e-6)
        assert len(dots) == step


def test_an_input_launches_as_it_arrives():
    desk = desk_of([3, 1, 2, 1], [4, 2, 1])
    both = both_of(desk).draw(1)
    assert [len(drawn(blocks)) for blocks in both.arrived] == [1, 0, 0, 0]
    assert [len(drawn(blocks)) for blocks in both.flying] == [0, 0, 0, 0]
    assert [len(drawn(blocks)) for blocks in both.coming.copies] == [2, 0, 0, 0]
    both.draw(1.25)
    assert [len(drawn(blocks)) for blocks in both.arrived] == [1, 1, 0, 0]
    assert [len(drawn(blocks)) for blocks in both.flying] == [0, 3, 0, 0]
    both.draw(2)
    assert [len(drawn(blocks)) for blocks in both.complete.copies] == [2, 1, 0, 0]
    assert [len(drawn(blocks)) for blocks in both.products] == [1, 1, 0, 0]


def test_the_dot_falls_from_the_products_into_the_ring():
    desk = desk_of([3, 1, 2, 1], [4, 2, 1])
    both = both_of(desk)
    levels = []
    for index in (2.5, 2.6, 2.7, 3.0):
        both.draw(index)
        levels.append(discs(both.outputs.dots.points)[-1, 1])
    assert levels == sorted(levels, reverse=True)
    assert levels[0] == pytest.approx(desk.products.centre(0, 0)[1], abs=1e-6)
    assert levels[-1] == pytest.approx(discs(both.outputs.rings.points)[-1, 1])


def test_what_is_drawn_depends_on_the_index_alone():
    desk = desk_of([2, -1, 0, 3], [-1, 3])
    one, other = both_of(desk), both_of(desk)
    for index in (4.0, 0.25, 2.6, 1.5):
        one.draw(index)
    other.draw(1.5)
    for a, b in zip(one.get_family(), other.get_family(), strict=True):
        np.testing.assert_array_equal(a.points, b.points)


def test_the_rows_of_the_table_move_until_columns_are_outputs():
    f, g = [3, 1, 2, 1], [4, 2, 1]
    desk = desk_of(f, g)
    table = Products(desk.frames, Box(-4.0, 3.0, -2.0, 2.5), DARK, desk)
    cells = table.cells
    for k, row in enumerate(table.rows):
        for share, first in ((0, 0), (1, k)):
            middle = drawn(row.draw(share).blocks)[:, 0]
            at = (middle - cells.left) / cells.width - 0.5
            np.testing.assert_allclose(at, first + np.arange(len(g)), atol=1e-9)
    assert [total.content for total in table.totals] == [str(y) for y in np.convolve(f, g)]
