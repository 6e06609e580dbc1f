"""The numbers that a viewer must be able to read off, against NumPy."""

from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from convmath import InputError
from convmath.centering import FLIPPED, INPUT, OUTPUT
from scenes.beat import schedule
from scenes.parameters import first_error
from scenes.plans.kernel_centering import KernelCenteringPlan
from tests.scenes.captions import assert_says, assert_well_told, caption_of, numbers_in


def told(**parameters: Any) -> KernelCenteringPlan:
    return KernelCenteringPlan(KernelCenteringPlan.Parameters(**parameters))


def numbers(text: str) -> list[float]:
    return [float(part) for part in text.split(",")]


CASES: list[dict[str, Any]] = [
    {},
    {"at": 1},
    {"kernel": "0,1,3", "f": "5,0,0"},
    {"kernel": "1,0,-1", "symmetric": "-1,2,-1"},
    {"kernel": "1,2,5,0,3"},
    {"kernel": "-99,99,-98,97,-96", "f": "-99,98,-97,96,95,-94,93", "symmetric": "9,0,0,0,9"},
    {"kernel": "0.5,-0.25,2", "f": "0.5,2,-12.5,0.25,4,1,1,2,3", "symmetric": "0.5,1,0.5"},
    {"kernel": "1,0,0", "f": "1,1,1,1,7,1,1"},
]
EVERY = pytest.mark.parametrize("parameters", CASES, ids=str)


def reference(plan: KernelCenteringPlan) -> tuple[Any, Any, Any]:
    """y around the output, around the input, and of the symmetric kernel, by NumPy."""
    w, f = numbers(plan.parameters.kernel), numbers(plan.parameters.f)
    s = plan.frames.kernels[1]
    return tuple(
        combine(f, kernel, "same")
        for combine, kernel in ((np.correlate, w), (np.convolve, w), (np.convolve, s))
    )


@EVERY
def test_the_outputs_are_numpys(parameters: dict[str, Any]):
    plan = told(**parameters)
    gathered, launched, symmetric = reference(plan)
    outputs = plan.frames.output
    np.testing.assert_allclose(outputs[:, 0, OUTPUT], gathered, rtol=1e-14)
    np.testing.assert_allclose(outputs[:, 0, INPUT], launched, rtol=1e-14)
    np.testing.assert_allclose(outputs[:, 0, FLIPPED], gathered, rtol=1e-14)
    np.testing.assert_allclose(outputs[:, 1, INPUT], symmetric, rtol=1e-14)
    assert [check.name for check in plan.checks if not check.passed] == []


@EVERY
def test_captions_say_both_weight_rows_and_both_outputs(parameters: dict[str, Any]):
    plan = told(**parameters)
    assert_well_told(plan)
    w, f, n, r = numbers(plan.parameters.kernel), numbers(plan.parameters.f), plan.at, plan.reach
    around, other, same = reference(plan)
    window = f[n - r : n + r + 1]
    pairs = [number for pair in zip(w, window, strict=True) for number in pair]
    back = [number for pair in zip(w[::-1], window, strict=True) for number in pair]
    taps = [number for pair in enumerate(w, start=-r) for number in pair]
    places = range(n - r, n + r + 1)
    arrivals = [number for pair in zip(w[::-1], places, strict=True) for number in pair]
    assert_says(plan, "filter", [n, *w])
    assert_says(plan, "gather", [*pairs, around[n], n, around[n]])
    assert_says(plan, "spread", [*taps, *w])
    assert_says(plan, "predict", [n, around[n]])
    assert_says(plan, "arrive", [n, *arrivals])
    assert_says(plan, "compare", [*back, other[n], around[n], n, *w, *w[::-1]])
    assert_says(plan, "flip", [*w[::-1], n, *w, around[n]])
    assert_says(plan, "symmetric", [*plan.frames.kernels[1], *same])
    differing = int(np.count_nonzero(~np.isclose(around, other)))
    counts = [] if differing == len(f) else [differing, len(f)]
    assert_says(plan, "rows", [*around, *other, *counts])


def test_the_default_is_what_the_page_says():
    plan = told()
    assert plan.at == 3
    assert plan.frames.output[:, 0, OUTPUT].tolist() == [19, 13, 15, 25, 15, 21, 7]
    assert plan.frames.output[:, 0, INPUT].tolist() == [7, 17, 19, 13, 19, 25, 11]
    assert plan.frames.output[:, 1, INPUT].tolist() == [7, 9, 7, 9, 11, 9, 7]
    assert 45 <= plan.duration <= 100
    assert "1 · 1 + 2 · 2 + 5 · 4 = 25" in caption_of(plan, "gather")
    assert "5 · 1 + 2 · 2 + 1 · 4 = 13, and not 25" in caption_of(plan, "compare")
    assert "5 times the right neighbour" in caption_of(plan, "filter")
    assert "5 times to the right" in caption_of(plan, "spread")
    assert "They differ everywhere" in caption_of(plan, "rows")


def test_five_weights_have_a_symmetric_kernel_of_five():
    assert told(kernel="1,2,5,0,3").symmetric.values.tolist() == [1, 4, 6, 4, 1]


def test_places_where_the_readings_agree_are_counted():
    plan = told(f="2,3,1,3,4")
    assert "They differ at 4 of 5 places." in caption_of(plan, "rows")
    assert plan.at != 2


def test_the_prediction_comes_before_its_answer():
    plan = told()
    names = [beat.name for beat in plan.beats]
    assert names.index("predict") < names.index("arrive") < names.index("compare")
    before = [beat for beat, *_ in schedule(plan.beats)][: names.index("predict") + 1]
    assert not any("13" in numbers_in(beat.caption) for beat in before)
    assert not any("reverse" in beat.caption for beat in before)


@pytest.mark.parametrize(
    ("parameters", "option", "says"),
    [
        ({"kernel": "1,2"}, "kernel", "2 weights have none in the middle to be the centre"),
        ({"kernel": "1,2,3,4"}, "kernel", "4 weights have none in the middle"),
        ({"kernel": "1"}, "kernel", "1 weight is too few"),
        ({"kernel": "1,2,3,4,5,6,7"}, "kernel", "7 weights are too many"),
        ({"kernel": "3,1,3"}, "kernel", "this is symmetric"),
        ({"kernel": "1,2,100"}, "kernel", "100 cannot be read"),
        ({"symmetric": "1,2,3"}, "symmetric", "this is not symmetric"),
        ({"symmetric": "1,1"}, "symmetric", "2 weights have none in the middle"),
        ({"kernel": "1,2,3,4,5", "symmetric": "1,2,1"}, "symmetric", "3 weights, but --kernel"),
        ({"f": "1,2"}, "f", "2 numbers are too few"),
        ({"kernel": "1,2,3,4,5", "f": "1,2,3,4,5,6,7,8"}, "f", "8 numbers are too many"),
        ({"f": "1,0.01,2"}, "f", "0.01 cannot be read"),
        ({"f": "0,0,0"}, "f", "the same outputs"),
        ({"f": "1,1,1,1,1"}, "f", "the same outputs"),
        ({"at": 0}, "at", "at n = 0 the kernel does not fit inside f"),
        ({"at": -1}, "at", "at n = -1 the kernel does not fit"),
        ({"at": 6}, "at", "at n = 6 the kernel does not fit"),
        ({"at": 2, "f": "2,3,1,3,4"}, "at", "at n = 2 both readings have the same output"),
    ],
)
def test_what_has_no_story_is_refused(parameters: dict[str, Any], option: str, says: str):
    with pytest.raises(InputError, match=says) as refusal:
        _ = told(**parameters).frames
    assert refusal.value.option == f"--{option}"
    assert refusal.value.accepted
    assert refusal.value.typed == str(parameters[option])


@pytest.mark.parametrize(
    ("parameters", "option"),
    [
        ({"kernel": "1,nan,2"}, "--kernel"),
        ({"kernel": "1,2,5 @ -1"}, "--kernel"),
        ({"symmetric": ""}, "--symmetric"),
        ({"f": "u(n)"}, "--f"),
        ({"at": 2.5}, "--at"),
    ],
)
def test_what_cannot_be_read_is_refused(parameters: dict[str, Any], option: str):
    with pytest.raises(ValidationError) as refusal:
        told(**parameters)
    assert first_error(refusal.value, KernelCenteringPlan.Parameters).option == option
