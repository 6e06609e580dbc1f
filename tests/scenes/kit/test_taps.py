import numpy as np

from scenes.kit.chart import Box, Chart
from scenes.kit.taps import Taps
from scenes.theme import DARK

CHART = Chart((-0.6, 2.6), (-2, 2), Box(left=-4, right=4, bottom=-2, top=2))


def test_values_stand_above_heads_and_below_negative_ones():
    taps = Taps(CHART, DARK.fixed, np.array([1.0, -1.5, 0.0]), decimals=1)
    assert [number.content for number in taps.numbers] == ["1.0", "−1.5", "0.0"]
    for index, (number, value) in enumerate(zip(taps.numbers, (1.0, -1.5, 0.0), strict=True)):
        x, y, _ = CHART.point(index, value)
        assert abs(number.get_center()[0] - x) < 0.05
        edge = number.get_bottom()[1] - y if value >= 0 else y - number.get_top()[1]
        assert 0.09 < edge < 0.3, "clear of the head, and near it"


def test_another_number_than_the_height_can_be_written():
    taps = Taps(CHART, DARK.moving, np.zeros(3), decimals=2, hollow=True)
    taps.draw(np.array([0.5, 0.5, 0.5]), written=np.array([1.0, 2.0, 3.0]))
    assert [number.content for number in taps.numbers] == ["1.00", "2.00", "3.00"]
    assert taps.stems.values[:, 1].tolist() == [0.5, 0.5, 0.5]
