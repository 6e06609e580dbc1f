from itertools import pairwise

import pytest

from scenes.kit.chart import Box
from scenes.kit.window import Window

BOX = Box(left=-6.05, right=-1.6, bottom=-3.1, top=-1.6)
INKS = ("#FFFFFF", "#6CBDF2", "#F6E15B")


@pytest.mark.parametrize("numbers", [["1.10", "−0.36"], ["−12.34"] * 6])
def test_samples_and_taps_stand_in_common_columns_and_apart(numbers: list[str]):
    window = Window(["x[i]", *numbers], ["k_1[3 - i]", *numbers[::-1]], "y[0] = 1", INKS, BOX)
    for above, below in zip(window.samples[1:], window.taps[1:], strict=True):
        assert above.get_right()[0] == pytest.approx(below.get_right()[0], abs=0.02)
    for row in (window.samples, window.taps):
        for left, right in pairwise(row):
            assert right.get_left()[0] - left.get_right()[0] > 0.05
    sizes = {round(cell.size, 6) for row in (window.samples, window.taps) for cell in row[1:]}
    assert len(sizes) == 1
    assert window.get_left()[0] >= BOX.left - 1e-6
    assert window.get_right()[0] <= BOX.right + 1e-6
