"""What a viewer must be able to read off the copies, for the defaults and for others."""

from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from convmath import InputError
from scenes.parameters import first_error
from scenes.plans.weight_copies import WeightCopiesPlan
from tests.scenes.captions import assert_says, assert_well_told, caption_of


def told(**parameters: Any) -> WeightCopiesPlan:
    return WeightCopiesPlan(WeightCopiesPlan.Parameters(**parameters))


OTHERS: list[dict[str, Any]] = [
    {"g": "rect(x/2)", "at": 1.5},
    {"g": "-exp(-x)*u(x)", "centers": "0, 1.5, 4, 7", "at": 5.0, "f": "1, -1, 2, 0.25"},
    {"g": "gauss(x)", "centers": "-1, 0.5", "at": 0.0, "f": "1, -1"},
    {"g": "x^3 - 2x", "centers": "1,2,3,4,5,6,7,8", "at": 4.5, "f": "1,-2,3,-4,5,-6,7,-8"},
    {"g": "exp(x)", "centers": "10, 11.25", "at": 12.0, "f": "0.125, 3"},
    {"g": "sin(2pi x)", "centers": "0, 1/4, 1/2", "at": 0.3, "f": "1/3, 1/7, -1/9"},
    {"g": "x^2", "centers": "3", "f": "7"},
    {"g": "0.01*tri(x)", "centers": "1, 2", "at": 1.3, "f": "0.001, 0.002"},
    {"g": "1", "at": 2.0},
    {"g": "x", "centers": "1000, 1002.5", "at": 999.0, "f": "1, 1"},
    {"g": "x^2", "x_range": (-2.0, 3.0)},
]


def test_the_default_shows_9_16_25_and_their_sum():
    plan = told()
    step = plan.frames.at(plan.first)
    assert (step.t, step.weight.tolist(), step.output) == (-2, [9, 16, 25], 102)
    assert_says(plan, "copies", [1, 2, 3])
    assert_says(plan, "cut", [9, 16, 25, -2])
    assert_says(plan, "values", [1, 5, 2, 2, 3, 1])
    assert_says(plan, "weigh", [9, 1, 16, 2, 25, 3, 45, 32, 25])
    assert "(f * g)(−2) = 9 f(1) + 16 f(2) + 25 f(3) = 102" in caption_of(plan, "add")
    # The output is 8 t² − 24 t + 22.
    assert_says(plan, "slide", [-3, 1.5, 4])
    assert_says(plan, "whole", [-3, 7])


def test_the_viewer_is_asked_before_each_answer():
    names = [beat.name for beat in told().beats]
    assert names.index("predict") == names.index("cut") - 1
    assert names.index("ask") == names.index("slide") - 1
    for answer in ("9", "16", "25"):
        assert answer not in caption_of(told(), "predict")


@pytest.mark.parametrize("parameters", [{}, *OTHERS], ids=str)
def test_every_story_is_told_and_checked(parameters: dict[str, Any]):
    plan = told(**parameters)
    assert_well_told(plan)
    assert [check.name for check in plan.checks if not check.passed] == []
    assert 45 <= plan.duration <= 100


@pytest.mark.parametrize("parameters", [{}, *OTHERS], ids=str)
def test_the_axes_hold_everything_they_show(parameters: dict[str, Any]):
    plan = told(**parameters)
    frames = plan.frames
    low, high = plan.window
    assert frames.t[0] == low
    assert frames.t[-1] == high
    assert low <= min(plan.at, frames.center.min())
    assert max(plan.at, frames.center.max()) <= high
    for (bottom, top), shown in (
        (plan.heights, (frames.kernel[:, 1], frames.weight)),
        (plan.values_range, (frames.value,)),
        (plan.outputs, (frames.curve[:, 1], frames.output)),
    ):
        assert bottom <= min(0, *(values.min() for values in shown))
        assert max(0, *(values.max() for values in shown)) <= top
        assert bottom < top


@pytest.mark.parametrize("parameters", [{}, *OTHERS], ids=str)
def test_the_first_line_is_a_step_of_the_slide(parameters: dict[str, Any]):
    plan = told(**parameters)
    assert plan.frames.t[plan.first] == plan.at


def test_g_alone_is_shown_where_its_zero_is_seen():
    assert [beat.name for beat in told().beats[:3]] == ["values", "kernel", "copies"]
    far = told(g="x", centers="1000, 1002.5", at=999.0, f="1, 1")
    assert [beat.name for beat in far.beats[:2]] == ["values", "copies"]
    assert not far.has_zero


def test_a_g_that_decays_is_seen_whole():
    low, high = told(g="gauss(x)", centers="0, 4", f="1, 1", at=1.0).window
    assert low <= -3 < 7 <= high


def test_the_slide_stops_at_the_largest_output_or_else_at_the_smallest():
    assert told().extreme is not None
    assert told().extreme[0] == "smaller"
    assert told(g="gauss(x)").extreme[0] == "larger"
    assert told(g="x").extreme is None
    assert "Nowhere" not in caption_of(told(g="x"), "slide")


def test_a_fall_is_told_from_a_rise():
    plan = told()
    assert plan.falls(plan.index(-2.0))
    assert not plan.falls(plan.index(5.0))
    assert plan.copies_fall(plan.index(2.5)) == [False, False, True]


def test_a_copy_alone_is_spoken_of_as_one():
    plan = told(centers="3", f="7")
    assert "The one input point gets a copy" in caption_of(plan, "copies")
    assert caption_of(plan, "cut").startswith("The line cuts the copy at 25.")


def test_a_long_g_is_not_spelled_out():
    long = told(g="piecewise(0<=x<1: x^2, 1<=x<2: 1, otherwise 0)")
    assert caption_of(long, "kernel").startswith("One curve, g. ")
    assert caption_of(told(), "kernel").startswith("One curve, g(x) = x². ")


@pytest.mark.parametrize(
    ("parameters", "option", "says"),
    [
        ({"g": "t^2"}, "--g", "unknown name 't'"),
        ({"g": "0"}, "--g", "zero everywhere"),
        ({"g": "delta(x)"}, "--g", "no height"),
        ({"g": "missing.csv"}, "--g", "no such file"),
        ({"centers": ""}, "--centers", "an expression is missing"),
        ({"centers": "1, nan"}, "--centers", "unknown name 'nan'"),
        ({"centers": "1, inf"}, "--centers", "unknown name 'inf'"),
        ({"centers": "1, 1e7"}, "--centers", "too large"),
        ({"centers": "1, 1e300"}, "--centers", "too large"),
        ({"centers": "1, x"}, "--centers", "unknown name 'x'"),
        ({"centers": "1, 2 @ 3"}, "--centers", "starts at index 0"),
        ({"centers": "1, 2, 1"}, "--centers", "twice"),
        ({"centers": "1,2,3,4,5,6,7,8,9"}, "--centers", "9 copies are too many"),
        ({"f": ""}, "--f", "an expression is missing"),
        ({"f": "1, 2, nan"}, "--f", "unknown name 'nan'"),
        ({"f": "0, 0, 0"}, "--f", "zero at every point"),
        ({"f": "1, 2, -1e7"}, "--f", "too large"),
        ({"at": float("nan")}, "--at", "finite"),
        ({"at": float("inf")}, "--at", "finite"),
        ({"at": 1e7}, "--at", "1000000"),
        ({"x_range": (3.0, 1.0)}, "--x-range", "smaller one first"),
    ],
)
def test_a_bad_parameter_is_refused_by_its_option(
    parameters: dict[str, Any], option: str, says: str
):
    with pytest.raises(ValidationError) as refusal:
        told(**parameters)
    message = str(first_error(refusal.value, WeightCopiesPlan.Parameters))
    assert message.startswith(f"{option}: ")
    assert says in message
    assert "accepted: " in message


@pytest.mark.parametrize(
    ("parameters", "says"),
    [
        ({"f": "1, 2"}, "--f: 2 values for 3 points"),
        ({"centers": "1"}, "--f: 3 values for 1 point\n"),
        ({"g": "exp(x^2)"}, "--g: the copies or their sum reach"),
        ({"x_range": (-1.0, 5.0)}, "--x-range: the range leaves out -2"),
        ({"x_range": (-3.0, 2.0)}, "--x-range: the range leaves out 3"),
    ],
)
def test_parameters_that_do_not_go_together_are_refused(parameters: dict[str, Any], says: str):
    with pytest.raises(InputError) as refusal:
        _ = told(**parameters).frames
    assert str(refusal.value).startswith(says)
    assert "accepted: " in str(refusal.value)


def test_live_numbers_have_two_decimals_unless_they_are_large_or_small():
    assert told().decimals == 2
    assert told(g="1000x^2").decimals == 0
    assert told(g="0.0001*x").decimals > 3
    assert np.abs(told(g="0.0001*x").frames.output).max() < 0.01


def test_the_numbers_that_the_slide_writes_add_up_as_they_are_shown():
    plan = told()
    f = plan.frames
    for step in map(f.at, plan.told.tolist()):
        weight, product = step.weight.round(plan.decimals), step.product.round(plan.decimals)
        assert np.allclose(weight * f.value, product, rtol=0, atol=1e-9)
        assert np.isclose(product.sum(), round(step.output, plan.decimals), rtol=0, atol=1e-9)
    assert {plan.first, plan.index(1.5), len(f) - 1} <= set(plan.told.tolist())
