"""The copies of other curves read as well as those of the defaults."""

from typing import Any

import pytest

from tests.scenes.takes import plan_of
from tests.scenes.test_storyboards import assert_reads_well

OTHERS: list[dict[str, Any]] = [
    {"g": "rect(x/2)", "at": 1.5, "f": "2, 1, -0.5"},
    {"g": "x^3 - 2x", "centers": "1,2,3,4,5,6,7,8", "at": 4.5, "f": "1,-2,3,-4,5,-6,7,-8"},
    {"g": "1000000x^2", "centers": "1, 2.125", "f": "20, -30.5"},
    {"g": "x", "centers": "1000, 1002.5", "at": 999.0, "f": "1, 1"},
    {"g": "piecewise(0<=x<1: x^2, 1<=x<2: 1, 2<=x<5: (5-x)/3*cos(3x))", "f": "1, 2, -1"},
]


@pytest.mark.parametrize("parameters", OTHERS, ids=str)
def test_other_copies_read_well(parameters: dict[str, Any]):
    assert_reads_well(plan_of("weight-copies", **parameters), "light")
