"""The ball lands where its hops add up to."""

import itertools

import numpy as np
import pytest

from scenes.kit.chart import Box
from scenes.kit.hops import Hops, NumberLine
from scenes.theme import DARK

BOX = Box(-6.0, 6.0, -2.0, -1.0)
INKS = (DARK.fixed, DARK.weight, DARK.moving)


@pytest.mark.parametrize("hops", [(1, 1, 1), (2, 0, 1), (-1, 3, -2)])
def test_the_ball_lands_on_every_sum(hops):
    line = NumberLine(-2, 4, BOX, DARK)
    ball = Hops(line, hops, INKS, DARK)
    for n in range(4):
        ball.draw(n)
        assert ball.ball.get_center()[0] == pytest.approx(line.chart.point(sum(hops[:n]), 0)[0])
        assert ball.ball.get_bottom()[1] == pytest.approx(BOX.bottom)
        assert sum(bool(len(arc.points)) for arc in ball.arcs) == n


def test_an_arc_rises_to_the_top_of_the_box():
    ball = Hops(NumberLine(0, 4, BOX, DARK), (2, 1, 1), INKS, DARK).draw(1)
    heights = [ball.draw(index).ball.get_center()[1] for index in np.linspace(0, 0.5, 21)]
    assert max(heights) == pytest.approx(BOX.top)


def test_numbers_along_a_long_line_stand_apart():
    labels = NumberLine(-27, 27, BOX, DARK).submobjects[1:]
    edges = [(label.get_left()[0], label.get_right()[0]) for label in labels]
    assert len(edges) > 5
    assert all(a[1] < b[0] for a, b in itertools.pairwise(edges))
