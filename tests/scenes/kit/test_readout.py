import pytest

from rendering.quality import PRESETS
from rendering.recorder import manim_settings
from scenes.kit.chart import Box
from scenes.kit.readout import Readout, Row, facts
from scenes.theme import DARK

ROWS = [
    Row("t", DARK.moving.colour),
    Row("limits of integration", DARK.muted.colour, None),
    Row("max(0, t - 4)", DARK.product.colour),
    Row("y(t)", DARK.output.colour, 3),
]


@pytest.fixture(autouse=True)
def _settings():
    with manim_settings(PRESETS["draft"]):
        yield


def test_every_number_stands_beside_its_own_label():
    readout = Readout(ROWS, left=3.85, right=6.75, top=2.45)
    readout.draw(2.0, -0.5, 2.528482)
    assert [number.content for number in readout.numbers] == ["2.00", "−0.50", "2.528"]
    labels = [readout.labels[k] for k in (0, 2, 3)]
    for label, number in zip(labels, readout.numbers, strict=True):
        assert number.get_bottom()[1] == pytest.approx(label.baseline, abs=0.03)
        assert label.get_left()[0] == pytest.approx(3.85)
        assert 6.65 < number.get_right()[0] <= 6.7501
        assert label.get_right()[0] < number.get_left()[0]


def test_a_value_too_few_is_an_error():
    with pytest.raises(ValueError, match="argument"):
        Readout(ROWS, left=3.85, right=6.75, top=2.45).draw(1.0, 2.0)


def test_facts_stack_downwards_within_their_box():
    box = Box(3.85, 6.75, -3.1, 2.45)
    lines = facts([("y lives on", "[0, oo)"), ("largest", "y(2) = " + "9" * 40)], DARK, box)
    tops = [line.get_top()[1] for line in lines]
    assert tops == sorted(tops, reverse=True)
    assert all(line.get_right()[0] <= box.right + 1e-6 for line in lines)
