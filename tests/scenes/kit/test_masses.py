"""Bars as high as the probabilities, one after the other."""

import numpy as np
import pytest

from scenes.kit.chart import Box
from scenes.kit.masses import Masses
from scenes.theme import DARK

BOX = Box(-2.0, 2.0, 0.0, 1.5)
P = np.array([0.2, 0.5, 0.3])


def bars(**options) -> Masses:
    return Masses(np.arange(-1, 2), P, ["0.2", "0.5", "0.3"], BOX, DARK, DARK.output, **options)


def test_the_highest_bar_fills_the_box_unless_another_chart_has_a_higher_one():
    assert bars().tops == pytest.approx(P / 0.5 * 1.5)
    assert bars(highest=1.0).tops == pytest.approx(P * 1.5)


def test_bars_grow_one_after_the_other_and_then_have_their_numbers():
    masses = bars()
    for n, texts in enumerate(("", "0.2", "0.2 0.5", "0.2 0.5 0.3")):
        masses.draw(n)
        assert len(masses.bars.points) == 16 * n
        assert masses.numbers.content == texts
    masses.draw(1.25)
    assert masses.bars.points[:, 1].max() == pytest.approx(1.5 / 2)
    assert masses.numbers.content == "0.2"


def test_neighbouring_numbers_keep_apart():
    p = np.full(10, 0.1)
    masses = Masses(np.arange(10), p, 10 * ["0.100000"], BOX, DARK, DARK.output)
    step = float(masses.chart.unit[0])
    one = Masses(np.arange(1), p[:1], ["0.100000"], BOX, DARK, DARK.output)
    ratio = masses.numbers.size / one.numbers.size
    assert one.numbers.width * ratio < step
