"""The numbers that a viewer must be able to read off, against loops over cells."""

from itertools import product
from typing import Any

import numpy as np
import pytest

from convmath import InputError
from scenes.plans.dilation import DilationPlan
from tests.scenes.captions import assert_says, assert_well_told, caption_of, numbers_in


def told(**parameters: Any) -> DilationPlan:
    return DilationPlan(DilationPlan.Parameters(**parameters))


CASES: list[dict[str, Any]] = [
    {},
    {"dilation": 3, "kernel": "1,-2;0.5,1/3"},
    {"input": "checker 64", "dilation": 10, "kernel": "1,2,3,4,5,6,7;" * 6 + "7,6,5,4,3,2,1"},
    {"input": "gradient 3x40", "kernel": "1,2,-3", "dilation": 9},
    {"input": "1;2;-300;4;500;-6.25;7;8;9", "kernel": "1;-2;999", "dilation": 4},
    {"input": "1,2,3;4,5,6;7,8,9", "kernel": "1,2;3,4"},
    {"input": "1,2,3", "kernel": "1,2"},
]
EVERY = pytest.mark.parametrize("parameters", CASES, ids=str)


def by_loops(plan: DilationPlan) -> Any:
    """The output, cell by cell."""
    x, kernel, d = plan.input, plan.kernel, plan.parameters.dilation
    k, w = kernel.shape
    out = np.zeros((x.shape[0] - d * (k - 1), x.shape[1] - d * (w - 1)))
    for i, j in np.ndindex(*out.shape):
        out[i, j] = sum(
            kernel[a, b] * x[i + d * a, j + d * b] for a, b in product(range(k), range(w))
        )
    return out


@EVERY
def test_the_output_is_that_of_a_loop(parameters: dict[str, Any]):
    plan = told(**parameters)
    expected = by_loops(plan)
    np.testing.assert_allclose(plan.output, expected, rtol=0, atol=1e-9)
    assert plan.size == expected.shape
    assert [check.name for check in plan.checks if not check.passed] == []


@EVERY
def test_it_is_well_told(parameters: dict[str, Any]):
    plan = told(**parameters)
    assert_well_told(plan)
    assert plan.duration < 100
    names = [beat.name for beat in plan.beats]
    assert names.index("predict") + 1 == names.index("span")
    assert names.index("predict-two") + 1 == names.index("growing")


@EVERY
def test_sizes_are_those_of_the_formula(parameters: dict[str, Any]):
    plan = told(**parameters)
    (n, m), (k, w), d = plan.input.shape, plan.kernel.shape, plan.parameters.dilation
    assert plan.span == (d * (k - 1) + 1, d * (w - 1) + 1)
    assert plan.zeros == plan.span[0] * plan.span[1] - k * w
    assert plan.size == (n - plan.span[0] + 1, m - plan.span[1] + 1)
    both = 2 * d
    assert plan.unread == (both * (k - 1) + 1) * (both * (w - 1) + 1) - (2 * k - 1) * (2 * w - 1)


def test_the_default_has_the_numbers_of_the_text_book():
    plan = told()
    assert plan.span == (5, 5)
    assert plan.size == (3, 4)
    assert_says(plan, "growing", [7, 7, 1, 2, 4, 7])
    assert_says(plan, "gaps", [2, 9, 9, 56, 81])
    assert_says(plan, "corner", [by_loops(plan)[0, 0], 16])
    assert "nine weights" in caption_of(plan, "span")
    assert "18" in numbers_in(caption_of(plan, "predict-two"))
    assert plan.frames.output.dtype.kind == "i"


def test_one_cell_in_the_gap_is_not_several():
    plan = told(input="1,2,3", kernel="1,2")
    assert "The one cell in the gap does not count." in caption_of(plan, "corner")
    assert "one zero between" in caption_of(plan, "between")
    assert "by that zero" in caption_of(plan, "between")


def test_the_size_of_two_layers_is_that_along_the_longer_side():
    for kernel, longer in (("1,2,3", 1), ("1;2;3", 0), ("1,2;3,4", 1)):
        plan = told(kernel=kernel, input="gradient 9")
        assert plan.longer == longer
        assert f"from the second = {max(plan.frames.growing.shape)}," in caption_of(plan, "growing")


def test_more_dilation_than_the_kernel_spans_leaves_cells_out_in_two_layers():
    plan = told(dilation=4, kernel="1,2;3,4", input="gradient 9")
    assert (plan.frames.growing == 0).any()
    assert "not read" in caption_of(plan, "growing")


@pytest.mark.parametrize(
    ("parameters", "option"),
    [
        ({"dilation": 1}, "--dilation"),
        ({"dilation": 0}, "--dilation"),
        ({"dilation": 4}, "--kernel"),
        ({"kernel": "3"}, "--kernel"),
        ({"input": "1,2;3,4"}, "--kernel"),
        ({"input": "nothing"}, "--input"),
    ],
    ids=str,
)
def test_what_cannot_be_shown_is_refused(parameters: dict[str, Any], option: str):
    with pytest.raises(InputError) as raised:
        _ = told(**parameters).frames
    assert raised.value.option == option
    assert raised.value.accepted
