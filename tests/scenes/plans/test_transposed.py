"""The numbers that a viewer must be able to read off, against loops over stamps."""

from typing import Any

import numpy as np
import pytest

from convmath import InputError
from scenes.plans.transposed import TransposedPlan
from tests.scenes.captions import assert_says, assert_well_told, caption_of, numbers_in


def told(**parameters: Any) -> TransposedPlan:
    return TransposedPlan(TransposedPlan.Parameters(**parameters))


SHIFT = {"kernel": "0,0,0;0,1,0;0,0,0", "stride": 1, "output_padding": 0}
CASES: list[dict[str, Any]] = [
    {},
    SHIFT,
    {"input": "1,2,3,4,5,6,7,8", "kernel": "1,-2,3", "padding": 0},
    {"input": "5", "kernel": "1,2;3,4", "padding": 0, "output_padding": 0},
    {"input": "1;-2.5;1/3;999", "kernel": "-12.5;999;0.25;7", "stride": 4, "output_padding": 3},
    {"input": "edge", "kernel": "1,2,3;4,5,6", "padding": 0},
    {"kernel": "1,0;0,2", "stride": 3, "padding": 0, "output_padding": 2},
    {"kernel": "1,2;3,4", "stride": 2, "dilation": 3, "padding": 2},
    {"kernel": "1,2;3,4", "stride": 2, "dilation": 2, "padding": 0},
    {"input": "1,2;3,4", "kernel": "1,2,3,4,5,6,7;" * 6 + "7,6,5,4,3,2,1", "padding": 3},
]
EVERY = pytest.mark.parametrize("parameters", CASES, ids=str)


def by_loops(plan: TransposedPlan) -> tuple[Any, Any]:
    """The output and the number of stamps on each cell, stamp by stamp."""
    x, kernel, p = plan.input, plan.kernel, plan.parameters
    d, s = p.dilation, p.stride
    size = [
        (n - 1) * s + d * (k - 1) + 1 + p.output_padding
        for n, k in zip(x.shape, kernel.shape, strict=True)
    ]
    canvas, counts = np.zeros(size), np.zeros(size, dtype=int)
    for i, j in np.ndindex(*x.shape):
        for a, b in np.ndindex(*kernel.shape):
            canvas[s * i + d * a, s * j + d * b] += x[i, j] * kernel[a, b]
            counts[s * i + d * a, s * j + d * b] += 1
    kept = tuple(slice(p.padding, n - p.padding) for n in size)
    return canvas[kept], counts[kept]


@EVERY
def test_output_and_overlaps_are_those_of_a_loop(parameters: dict[str, Any]):
    plan = told(**parameters)
    output, counts = by_loops(plan)
    np.testing.assert_allclose(plan.frames.output, output, rtol=0, atol=1e-9)
    np.testing.assert_array_equal(plan.frames.overlaps, counts)
    assert plan.size == output.shape
    assert plan.counts == sorted(set(counts.ravel().tolist()))
    assert [check.name for check in plan.checks if not check.passed] == []
    canvas = plan.frames.running[-1]
    np.testing.assert_array_equal(canvas[plan.kept].reshape(plan.size), plan.frames.output)


@EVERY
def test_it_is_well_told(parameters: dict[str, Any]):
    plan = told(**parameters)
    assert_well_told(plan)
    assert plan.duration < 110
    names = [beat.name for beat in plan.beats]
    assert ("next" in names) == (plan.input.size > 1)
    assert names.index("predict") + 1 == names.index("sweep")
    assert names.index("predict-back") + 1 == names.index("back")


@EVERY
def test_sizes_are_those_of_the_formula(parameters: dict[str, Any]):
    plan = told(**parameters)
    for axis in (0, 1):
        n, s, p, d, k, o = plan.in_formula(axis)
        assert plan.size[axis] == (n - 1) * s - 2 * p + d * (k - 1) + o + 1
        assert plan.stamped_size[axis] == plan.size[axis] + 2 * p - o
    rows, columns = plan.size
    assert f"{rows} by {columns} numbers" in caption_of(plan, "cut")


def test_the_default_doubles_its_input_and_does_not_come_back():
    plan = told()
    assert plan.size == (6, 6)
    assert plan.met == "2 + 3 = 5"
    assert_says(plan, "sweep", [2, 2, 3, 7, 2, 2, 3, 7])
    assert_says(plan, "overlaps", [1, 2, 4, 2, 3, 3])
    wrong = (plan.frames.back != plan.frames.bright).sum()
    assert f"{wrong} numbers differ" in caption_of(plan, "back").replace("seven", "7")
    assert numbers_in(caption_of(plan, "other"))[-1] == "4"
    assert plan.frames.output.dtype.kind == "i"


def test_one_number_that_differs_is_not_several():
    plan = told(input="1", kernel="1,2", stride=1, padding=0, output_padding=0)
    assert (plan.frames.difference != 0).sum() == 1
    assert "but one number differs." in caption_of(plan, "back")
    assert "is 1 high: 1 row. Across, 0 · 1 + 2 = 2 columns." in caption_of(plan, "sweep")


def test_a_kernel_that_only_moves_is_called_an_exception():
    plan = told(**SHIFT)
    assert not plan.frames.difference.any()
    assert "same numbers" in caption_of(plan, "back")


def test_stamps_that_do_not_touch_are_said_not_to_overlap():
    plan = told(kernel="1,0;0,2", stride=3, output_padding=0)
    assert plan.meeting is None
    assert "do not overlap" in caption_of(plan, "next")


@pytest.mark.parametrize(
    ("kernel", "stride", "even"),
    [("1,2;3,4", 2, True), ("1,2,3;4,5,6;7,8,9", 2, False), ("1,2,3;4,5,6;7,8,9", 3, True)],
)
def test_a_checkerboard_is_seen_where_the_stride_does_not_divide(kernel, stride, even):
    plan = told(kernel=kernel, stride=stride, input="gradient 4", padding=0, output_padding=0)
    assert plan.is_even == even
    assert plan.is_compared


@pytest.mark.parametrize(
    ("parameters", "option"),
    [
        ({"stride": 0}, "--stride"),
        ({"stride": 9}, "--stride"),
        ({"dilation": 0}, "--dilation"),
        ({"dilation": 12}, "--dilation"),
        ({"padding": -1}, "--padding"),
        ({"padding": 4}, "--padding"),
        ({"output_padding": -1}, "--output-padding"),
        ({"output_padding": 2}, "--output-padding"),
        ({"output_padding": 2, "dilation": 3}, "--output-padding"),
        ({"kernel": "3"}, "--kernel"),
        ({"input": "checker 9"}, "--input"),
    ],
    ids=str,
)
def test_what_cannot_be_shown_is_refused(parameters: dict[str, Any], option: str):
    with pytest.raises(InputError) as raised:
        _ = told(**parameters).frames
    assert raised.value.option == option
    assert raised.value.accepted
