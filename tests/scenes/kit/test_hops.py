"""A ball that hops from mark to mark."""

import numpy as np
import pytest

from scenes.kit.hops import Hops, Runway
from scenes.theme import DARK

RUNWAY = Runway(4, DARK, left=-2.0, right=6.0, level=1.0)


def hops(*marks: int) -> Hops:
    return Hops(RUNWAY, marks, DARK, [DARK.fixed, DARK.moving], height=1.5, radius=0.1)


@pytest.mark.parametrize("index", [0, 1, 2])
def test_a_step_is_the_arrival_at_a_mark(index: int):
    marks = (0, 1, 3)
    ball = hops(*marks).draw(index).ball.get_center()
    assert ball[0] == pytest.approx(-2.0 + 2.0 * marks[index])
    assert ball[1] == pytest.approx(1.13)


def test_the_arcs_are_drawn_as_far_as_the_ball_has_come():
    ball = hops(0, 1, 3).draw(0.5)
    assert len(ball.arcs[0].points)
    assert not len(ball.arcs[1].points)
    np.testing.assert_allclose(ball.arcs[0].points[-1], ball.ball.get_center(), atol=1e-9)
    assert ball.ball.get_center()[1] == pytest.approx(1.13 + 1.5)


def test_a_hop_on_the_spot_ends_where_it_began():
    ball = hops(2, 2, 3)
    start = ball.ball.get_center().copy()
    assert ball.draw(0.5).ball.get_center()[1] > start[1] + 1
    np.testing.assert_allclose(ball.draw(1).ball.get_center(), start, atol=1e-9)


def test_the_picture_depends_on_the_index_alone():
    ball = hops(0, 1, 3)
    first = ball.draw(1.3).arcs[1].points.copy()
    ball.draw(2).draw(0)
    np.testing.assert_array_equal(ball.draw(1.3).arcs[1].points, first)


def test_numbers_along_a_long_line_stand_apart():
    long = Runway(27, DARK, first=-27, left=-6.0, right=6.0, level=0.0, numbered=True)
    np.testing.assert_allclose(long.place(-27), [-6.0, 0.0, 0.0])
    np.testing.assert_allclose(long.place(27), [6.0, 0.0, 0.0])
    inner = long.submobjects[1].points[:, 0]
    gaps = np.diff(np.unique(inner.round(2)))
    every_third = 3 * long.pitch
    assert gaps.max() > every_third / 2
