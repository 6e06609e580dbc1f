"""What the story of stride says, against slices of what scipy computes."""

from typing import Any

import numpy as np
import pytest
from scipy.signal import correlate2d

from scenes.plans.stride import StridePlan
from tests.scenes.captions import assert_says, assert_well_told, caption_of


def told(**parameters: Any) -> StridePlan:
    return StridePlan(StridePlan.Parameters(**parameters))


CASES: list[dict[str, Any]] = [
    {},
    {"stride": 3, "padding": "1"},
    {"stride": 100, "input": "1,2;3,4", "kernel": "-1"},
    {"stride": 2, "input": "gradient 20", "kernel": "1,0,-1", "padding": "full"},
    {"stride": 4, "input": "1,-200,3,0.25,5,1/3,7,8,9,10,11,12", "kernel": "0.5,999"},
    {"stride": 2, "input": "1;2;3;4;5;6;7", "kernel": "1;-1;2"},
    {"stride": 2, "input": "edge 64"},
    {"stride": 22, "input": "1,2,3,4", "kernel": "1,2,1"},
]
EVERY = pytest.mark.parametrize("parameters", CASES, ids=str)


def full(plan: StridePlan) -> Any:
    typed, x, kernel = plan.parameters.padding, plan.input, plan.kernel
    if typed == "full":
        return correlate2d(x, kernel, "full")
    return correlate2d(np.pad(x, int(typed)), kernel, "valid")


@EVERY
def test_both_maps_are_scipys(parameters: dict[str, Any]):
    plan = told(**parameters)
    s = plan.parameters.stride
    np.testing.assert_allclose(plan.full, full(plan), rtol=0, atol=1e-9)
    np.testing.assert_allclose(plan.output, full(plan)[::s, ::s], rtol=0, atol=1e-9)
    np.testing.assert_array_equal(plan.full[plan.frames.kept], plan.output.ravel())
    assert [check.name for check in plan.checks if not check.passed] == []


@EVERY
def test_captions_have_the_numbers(parameters: dict[str, Any]):
    plan = told(**parameters)
    assert_well_told(plan)
    assert plan.duration < 100
    s, kernel, every = plan.parameters.stride, plan.kernel, full(plan)
    (rows, columns), (k, w) = every[::s, ::s].shape, kernel.shape
    n, m = every.shape[0] + k - 1, every.shape[1] + w - 1
    few = rows * columns
    assert_says(plan, "every", [1, *every.shape, every.size])
    assert_says(plan, "kept", [*([s, s] if s > 9 else []), 1, few, every.size])
    costs = [every.size, kernel.size, every.size * kernel.size]
    assert_says(plan, "why", [1, *costs, few, kernel.size, few * kernel.size])
    room = f"{n} − {k} = {n - k} cell{'' if n - k == 1 else 's'}; divided by {s} and"
    assert room in caption_of(plan, "size")
    assert f"first place: {rows}." in caption_of(plan, "size")
    assert f"{m} − {w} = {m - w} cell" in caption_of(plan, "size")


@EVERY
def test_dropped_cells_are_those_that_no_loop_reaches(parameters: dict[str, Any]):
    plan = told(**parameters)
    s, (k, w) = plan.parameters.stride, plan.kernel.shape
    rows, columns = plan.size
    reached = {
        (i * s + a, j * s + b)
        for i in range(rows)
        for j in range(columns)
        for a in range(k)
        for b in range(w)
    }
    assert plan.dropped == plan.frames.uses.size - len(reached)
    assert ("dropped" in [beat.name for beat in plan.beats]) == (plan.dropped > 0)


@pytest.mark.parametrize(
    ("stride", "every"), [(2, "second"), (3, "third"), (4, "fourth"), (11, "11th"), (22, "22nd")]
)
def test_a_stride_is_said_as_an_ordinal(stride: int, every: str):
    plan = told(stride=stride, input="edge 64")
    assert f"every {every} row and every {every} column" in caption_of(plan, "kept")
    (heading,) = (beat.heading for beat in plan.beats if beat.name == "kept")
    assert heading == f"Stride {stride} keeps every {every} row and column"


def test_one_cell_that_is_dropped_is_not_several():
    plan = told(stride=22, input="1,2,3,4", kernel="1,2,1")
    said = caption_of(plan, "dropped")
    assert said.startswith("One cell is never under the kernel: the leaps pass over it")
    assert "It counts" in said
    assert "They count" in caption_of(told(stride=3), "dropped")


def test_the_stops_of_the_defaults_are_said():
    plan = told()
    assert "columns 1, 3 and 5: three outputs across, in place of 5" in caption_of(plan, "leap")
    assert_says(plan, "why", [1, 20, 9, 180, 6, 9, 54])
    assert plan.output.tolist() == [[5, 2, 9], [4, 5, 2]]
