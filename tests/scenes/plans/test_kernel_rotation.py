"""The numbers that a viewer must be able to read off, against scipy.signal."""

import re
from typing import Any

import numpy as np
import pytest
from scipy.signal import convolve2d, correlate2d

from convmath import InputError
from scenes.beat import schedule
from scenes.plans.kernel_rotation import KernelRotationPlan
from tests.scenes.captions import assert_says, assert_well_told, caption_of


def told(**parameters: Any) -> KernelRotationPlan:
    return KernelRotationPlan(KernelRotationPlan.Parameters(**parameters))


def grid(text: str) -> Any:
    return np.array([[float(part) for part in row.split(",")] for row in text.split(";")])


LARGE = "1,0,-1,2,3;0,1,2,-2,0;1,1,0.5,0,0;-9,0,0,1,2;0.25,0,1,0,-1"
CASES: list[dict[str, Any]] = [
    {},
    {"position": "2,3"},
    {"kernel": "1,2;3,-4", "symmetric": "-1,0.5;0.5,-1"},
    {"kernel": "0,1,2;0,3,1;4,0,0"},
    {"kernel": LARGE, "input": "1,2,3,4,5,6;9,8,7,6,5,4;-1,-2,-3,9,9,9;0,1,0,1,0,1;8,1,9,2,1,8"},
    {"kernel": "1,0;0,0", "input": "-1,2,3;4,5,6"},
    {"kernel": "0.1,0.2;0.3,0.4", "input": "0.1,7,0.3;0.4,0.5,0.6", "symmetric": "1,1;1,1"},
]
EVERY = pytest.mark.parametrize("parameters", CASES, ids=str)


@EVERY
def test_the_maps_are_scipys(parameters: dict[str, Any]):
    plan = told(**parameters)
    x, kernel = grid(plan.parameters.input), grid(plan.parameters.kernel)
    close = {"rtol": 0, "atol": 1e-12}
    f = plan.frames
    correlation, convolution = correlate2d(x, kernel, "valid"), convolve2d(x, kernel, "valid")
    np.testing.assert_allclose(plan.map_of(f.correlation), correlation, **close)
    np.testing.assert_allclose(plan.map_of(f.convolution), convolution, **close)
    np.testing.assert_allclose(plan.map_of(f.turned_convolution), correlation, **close)
    assert plan.map_shape == f.map_shape == correlation.shape
    assert [check.name for check in plan.checks if not check.passed] == []


@EVERY
def test_captions_count_what_differs(parameters: dict[str, Any]):
    plan = told(**parameters)
    assert_well_told(plan)
    x, kernel = grid(plan.parameters.input), grid(plan.parameters.kernel)
    turned = kernel[::-1, ::-1]
    quarter, transposed = (int((k != turned).sum()) for k in (np.rot90(kernel, -1), kernel.T))
    rows = kernel.ravel().tolist() if kernel.size <= 9 else [*kernel.shape]
    assert_says(plan, "kernel", [*plan.line, *plan.line[::-1], *rows])
    assert_says(plan, "left-right", kernel[0, ::-1].tolist())
    assert_says(plan, "up-down", kernel[0, ::-1].tolist())
    assert_says(plan, "half-turn", [180])
    others = [transposed, kernel.size] if transposed else []
    assert_says(plan, "others", [quarter, kernel.size, *others])
    correlation, convolution = correlate2d(x, kernel, "valid"), convolve2d(x, kernel, "valid")
    count, differ = correlation.size, int((abs(correlation - convolution) > 1e-12).sum())
    assert_says(plan, "slide", [count])
    assert_says(plan, "compare", [count, differ])


@EVERY
def test_the_position_is_worked_out_in_numbers(parameters: dict[str, Any]):
    plan = told(**parameters)
    row, column = (int(part) for part in plan.parameters.position.split(","))
    kernel, k = grid(plan.parameters.kernel), len(plan.kernel)
    window = grid(plan.parameters.input)[row : row + k, column : column + k]
    said = []
    for weights in (kernel, kernel[::-1, ::-1]):
        pairs = [n for w, x in zip(weights.flat, window.flat, strict=True) if w for n in (w, x)]
        said += pairs if len(pairs) <= 12 else [kernel.size]
        said.append((weights * window).sum())
    assert_says(plan, "place", said)


def test_the_default_is_what_the_page_says():
    plan = told()
    assert plan.map_of(plan.frames.correlation).tolist() == [
        [20, 33, 24, 10],
        [25, 22, 10, 13],
        [18, 12, 2, 23],
    ]
    assert plan.map_of(plan.frames.convolution).tolist() == [
        [24, 30, 19, 12],
        [27, 18, 6, 18],
        [15, 5, 5, 27],
    ]
    assert 45 <= plan.duration <= 100
    assert "1 · 2 + 2 · 1 + 3 · 1 + 4 · 2 + 5 · 1 = 20" in caption_of(plan, "place")
    assert "1, 2, 3; 0, 4, 0; 5, 0, 0" in caption_of(plan, "kernel")


@pytest.mark.parametrize(
    ("kernel", "line"), [("1,2;2,3", [1, 2]), ("1,1;0,2", [0, 2]), ("1,1;2,2", [1, 2])]
)
def test_one_dimension_is_told_with_a_line_that_is_not_its_own_reverse(kernel: str, line: Any):
    assert told(kernel=kernel).line.tolist() == line


def test_a_large_kernel_is_told_by_its_size():
    plan = told(kernel=LARGE)
    assert "a grid of 5 rows and 5 columns" in caption_of(plan, "kernel")
    assert "the 25 products add up to" in caption_of(plan, "place")


def test_a_transpose_that_is_the_half_turn_is_told():
    plan = told(kernel="0,1,2;0,3,1;4,0,0")
    assert not plan.unlike["transposed"].any()
    assert "happens to be the same grid" in caption_of(plan, "others")
    (heading,) = (beat.heading for beat in plan.beats if beat.name == "others")
    assert "transpose" not in heading


def test_the_prediction_comes_before_its_answer():
    beats = [beat for beat, *_ in schedule(told().beats)]
    names = [beat.name for beat in beats]
    before = beats[: names.index("predict") + 1]
    assert not any(re.search("turned twice|second time|agree", b.caption) for b in before)
    assert "K is back" in caption_of(told(), "slide")


@pytest.mark.parametrize(
    ("parameters", "option", "says"),
    [
        ({"kernel": "1,2,3;4,5,6"}, "--kernel", "2 by 3 numbers is not square"),
        ({"kernel": "5"}, "--kernel", "1 by 1 numbers is too small"),
        ({"kernel": ";".join(["1,2,3,4,5,6"] * 6)}, "--kernel", "6 by 6 numbers is too large"),
        ({"kernel": "0,0;0,0"}, "--kernel", "all weights are zero"),
        ({"kernel": "1,2;2,1"}, "--kernel", "equals its own half turn"),
        ({"kernel": "1,2;3,0.001"}, "--kernel", "0.001 cannot be read"),
        ({"kernel": "1,2;3,999"}, "--kernel", "numbers as large as 3007"),
        ({"kernel": LARGE.replace("0.5", "-0.25")}, "--kernel", "−0.25 is too long"),
        ({"symmetric": "1,2;3,1"}, "--symmetric", "2 in row 0, column 1 .* places with 3"),
        ({"symmetric": "999,0;0,999"}, "--symmetric", "numbers as large as"),
        ({"input": "1,2;3,4"}, "--kernel", "3 by 3 kernel has no room to move on a 2 by 2"),
        ({"input": "1,2,3;3,4,5;5,6,8"}, "--kernel", "no room to move"),
        (
            {"input": "1,2;4,5;7,8", "kernel": "1,2;3,4", "symmetric": "1,0,0;0,0,0;0,0,1"},
            "--symmetric",
            "no room to move",
        ),
        ({"input": "999,1,2,3;1,2,3,4;5,6,7,8", "kernel": "1,0;0,0"}, "--input", "large as 3007"),
        ({"input": "1,2,3,4,5,6,7;1,1,1,1,1,1,1"}, "--input", "2 by 7 numbers are too many"),
        ({"input": "2,2,2,2;2,2,2,2;2,2,2,2"}, "--input", "agree everywhere"),
        ({"input": "1,2,3;4,5,1e4"}, "--input", "10000 cannot be read"),
        ({"position": "1"}, "--position", "a row and a column"),
        ({"position": "0,4"}, "--position", "no such position"),
        ({"position": "-1,0"}, "--position", "no such position"),
        ({"position": "0.5,0"}, "--position", "no such position"),
    ],
)
def test_what_has_no_story_is_refused(parameters: dict[str, str], option: str, says: str):
    with pytest.raises(InputError, match=says) as refusal:
        _ = told(**parameters).frames
    assert refusal.value.option == option
    assert refusal.value.accepted
    assert refusal.value.typed == getattr(told(**parameters).parameters, option[2:])
