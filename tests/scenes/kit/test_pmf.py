"""A probability mass function as stems."""

import numpy as np
import pytest

from scenes.kit.chart import Box
from scenes.kit.pmf import PmfStems
from scenes.theme import DARK

BOX = Box(left=-3.0, right=3.0, bottom=-1.0, top=1.0)


def stems(count: int) -> PmfStems:
    p = np.full(count, 1 / count)
    return PmfStems(np.arange(1, count + 1), p, BOX, DARK, DARK.fixed, "{:.3f}".format)


def test_every_probability_is_written():
    assert stems(4).numbers.content == "0.250 0.250 0.250 0.250"


def test_many_numbers_are_set_smaller():
    assert stems(8).numbers.size < stems(2).numbers.size


def test_a_ring_lies_around_the_head_of_its_stem():
    drawn = stems(4)
    assert drawn.ring(3).get_center() == pytest.approx(drawn.chart.point(3, 0.25), abs=1e-9)
