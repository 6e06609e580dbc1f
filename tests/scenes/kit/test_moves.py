"""Where the arrows of two moves stand, and what is drawn when."""

import numpy as np
import pytest

from convmath.planar_drops import drop_twice
from scenes.kit.cells import Cells
from scenes.kit.grid import Grid
from scenes.kit.moves import Landings, Moves, WayByWay, floor_place, ways_on
from scenes.theme import DARK

FLOOR = Cells(3, 4, -2.0, 1.5, 1.0, 1.0)
FRAMES = drop_twice(
    np.array([[0.1, 0.3, 0.1], [0.2, 0.2, 0.1]]), np.array([[0.2, 0.4], [0.3, 0.1]])
)
MAPS = (Cells(2, 3, 3.0, 1.0, 0.5, 0.5), Cells(2, 2, 5.0, 1.0, 0.5, 0.5))
TO_2_1 = FRAMES.ways_to(FRAMES.index_of((2, 1)))


def landings() -> Landings:
    grid = Grid(FLOOR.moved(0, 5), DARK, size=20.0)
    return Landings(FRAMES, FLOOR, grid, np.full((3, 4), "#808080"), DARK)


def middle(points: np.ndarray) -> list[float]:
    return ((points.min(axis=0) + points.max(axis=0)) / 2)[:2].tolist()


def test_y_counts_upwards_from_the_lowest_row():
    places = floor_place(FLOOR, np.array([[0, 0], [3, 0], [0, 2]]))
    np.testing.assert_allclose(places, [FLOOR.centre(2, 0), FLOOR.centre(2, 3), FLOOR.centre(0, 0)])


def test_every_way_ends_on_its_landing_point():
    corners = ways_on(FLOOR, TO_2_1.a, TO_2_1.b)
    np.testing.assert_allclose(corners[:, 0], np.tile(FLOOR.centre(2, 0), (4, 1)))
    np.testing.assert_allclose(corners[:, 2], np.tile(FLOOR.centre(1, 2), (4, 1)))


def test_arrows_point_where_they_lead():
    moves = Moves(DARK).draw(ways_on(FLOOR, np.array([[2, 0]]), np.array([[0, 1]])))
    first, second = moves.tips
    assert first.points[:, 0].max() == pytest.approx(FLOOR.centre(2, 2)[0], abs=0.15)
    assert second.points[:, 1].max() == pytest.approx(FLOOR.centre(1, 2)[1] - 0.34)


def test_what_ends_a_way_keeps_clear_of_the_ball_whichever_move_it_is():
    moves = Moves(DARK).draw(ways_on(FLOOR, np.array([[2, 0]]), np.array([[0, 0]])))
    assert moves.tips[0].points[:, 0].max() == pytest.approx(FLOOR.centre(2, 2)[0] - 0.34)


def test_every_way_has_its_number_where_its_first_move_ends():
    tags = WayByWay(FLOOR, TO_2_1, MAPS, DARK).tags
    written = [text.content for _, text in tags]
    assert written == ["1", "2", "3", "4"]
    ends = ways_on(FLOOR, TO_2_1.a, TO_2_1.b)[:, 1]
    places = np.stack([disc.get_center() for disc, _ in tags])
    np.testing.assert_allclose(np.abs(places - ends).max(axis=1), 0.34)
    lines = np.array([[[0, 0], [a, b]] for a, b in TO_2_1.a]) + FLOOR.centre(2, 0)[:2]
    for place in places[:, :2]:
        for start, end in lines:
            share = np.clip((place - start) @ (end - start) / ((end - start) @ (end - start)), 0, 1)
            assert np.hypot(*(start + share * (end - start) - place)) > 0.13


def test_a_move_by_nothing_is_a_ring_in_place():
    moves = Moves(DARK).draw(ways_on(FLOOR, np.array([[2, 1]]), np.array([[0, 0]])))
    assert len(moves.tips[1].points) == 0
    assert middle(moves.wires[1].points) == pytest.approx(FLOOR.centre(1, 2)[:2].tolist())


def test_ways_come_one_after_the_other():
    ways = WayByWay(FLOOR, TO_2_1, MAPS, DARK)
    assert not any(len(part.points) for part in (*ways.past.tips, *ways.present.tips))
    assert middle(ways.ball.points) == pytest.approx(FLOOR.centre(2, 0)[:2].tolist())
    ways.draw(0.5)
    assert len(ways.present.tips[0].points)
    assert not len(ways.present.tips[1].points)
    assert middle(ways.ball.points) == pytest.approx(FLOOR.centre(2, 1)[:2].tolist())
    assert middle(ways.frames[0].points) == pytest.approx(MAPS[0].centre(1, 1)[:2].tolist())
    assert not len(ways.frames[1].points)
    ways.draw(1)
    assert middle(ways.ball.points) == pytest.approx(FLOOR.centre(1, 2)[:2].tolist())
    assert middle(ways.frames[1].points) == pytest.approx(MAPS[1].centre(0, 1)[:2].tolist())
    assert not len(ways.past.tips[0].points)
    ways.draw(4)
    assert len(ways.past.tips[0].points) == 3 * len(ways.present.tips[0].points)


def test_the_map_fills_as_the_points_are_reached():
    steps = landings()
    assert sum(len(n.content.split()) for n in steps.grid.numbers.values()) == 1
    steps.draw(6.2)
    assert sum(len(n.content.split()) for n in steps.grid.numbers.values()) == 7
    steps.draw(11)
    assert sum(len(n.content.split()) for n in steps.grid.numbers.values()) == 12
    assert middle(steps.rings[0].points) == pytest.approx(FLOOR.centre(2, 3)[:2].tolist())


def test_a_picture_depends_on_its_index_alone():
    one, other = landings(), landings()
    other.draw(9)
    for steps in (one, other):
        steps.draw(4)
    for a, b in zip(one.get_family(), other.get_family(), strict=False):
        if len(a.points):
            np.testing.assert_array_equal(a.points, b.points)
