"""Both areas are one number, and the story says so; stories of other signals."""

import math
import re
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from convmath import CommutedProduct, InputError, convolve_at
from scenes.plans.commute import CommutePlan
from tests.scenes.captions import assert_says, assert_well_told
from tests.scenes.plans.test_flip_and_shift import PAIRS, closed_form


def told(h: str, x: str, **more: Any) -> CommutePlan:
    return CommutePlan(CommutePlan.Parameters(h=h, x=x, **more))


@pytest.fixture(scope="module")
def plan() -> CommutePlan:
    return CommutePlan()


def test_both_areas_are_the_closed_form_in_every_frame(plan):
    f = plan.frames
    assert isinstance(f, CommutedProduct)
    for found in (f.output, f.swapped_output):
        np.testing.assert_allclose(found, closed_form(f.t), rtol=0, atol=1e-12)
    assert np.abs(f.output - f.swapped_output).max() <= 1e-12


def test_the_first_check_is_that_both_areas_agree(plan):
    check = plan.checks[0]
    assert "areas of both products" in check.name
    assert 1e-12 <= check.tolerance < 1.1e-12
    assert all(check.passed for check in plan.checks)


def test_the_numbers_that_must_be_read(plan):
    assert plan.both(2.0) == ("2.528", "2.528")
    assert plan.example == 3.0
    assert plan.mirror == 1.5
    assert plan.places == (-2.0, 10.0)
    assert list(plan.moments) == ["peak", "leave"]


def test_what_is_said_of_both_areas_are_the_numbers_of_both(plan):
    t, y = plan.example, float(closed_form(plan.example))
    assert_says(plan, "first", [t])
    assert_says(plan, "area", [t, y])
    assert_says(plan, "second", [t, y])
    assert_says(plan, "mirror", [2, t / 2])
    for beat, at in plan.moments.items():
        value = float(closed_form(at))
        assert_says(plan, beat, [at, value, value])
    assert_says(plan, "whole", [len(plan.frames)])
    for beat in ("signals", "predict", "substitute"):
        assert_says(plan, beat, [])


def test_the_areas_that_are_said_are_read_from_their_own_frames(plan):
    other = CommutePlan()
    frames = plan.frames
    wrong = type(frames)(**{**frames.arrays(), "swapped_output": frames.swapped_output + 1})
    other.__dict__["frames"] = wrong
    assert other.both(2.0) == ("2.528", "3.528")
    assert_says(other, "second", [3, float(closed_form(3)) + 1])


def test_a_prediction_is_asked_for_before_the_second_order(plan):
    names = [beat.name for beat in plan.beats]
    assert names.index("predict") < names.index("second") < names.index("mirror")
    (question,) = (beat.caption for beat in plan.beats if beat.name == "predict")
    assert question.endswith("?")


@pytest.mark.parametrize(("h", "x"), PAIRS)
def test_any_two_signals_make_a_story(h: str, x: str):
    plan = told(h, x)
    assert [check.name for check in plan.checks if not check.passed] == []
    assert_well_told(plan)
    assert 45 <= plan.duration <= 100
    f = plan.frames
    scale = np.abs(f.output).max()
    assert np.abs(f.output - f.swapped_output).max() <= 1e-12 * scale
    assert (f.t[0], f.t[-1]) == plan.places
    assert plan.moments
    for t in (plan.example, *plan.moments.values()):
        i = plan.index(t)
        assert f.t[i] == t
        assert f.swapped_output[i] == pytest.approx(
            float(convolve_at(plan.h, plan.x, [t])[0]), abs=1e-12 * scale
        )


@pytest.mark.parametrize(("h", "x"), PAIRS)
def test_the_charts_hold_what_is_drawn_on_them(h: str, x: str):
    plan = told(h, x)
    f = plan.frames
    left, right = plan.window
    assert left <= plan.places[0] < plan.places[1] < right
    low, high = plan.upper_range
    assert -math.inf < low <= 0 <= high < math.inf
    curves = [f.fixed, f.swapped_fixed]
    assert low <= min(curve[:, 1].min() for curve in curves)
    assert max(curve[:, 1].max() for curve in curves) <= high
    for product in (f.product, f.swapped_product):
        assert low <= np.nanmin(product) <= np.nanmax(product) <= high
    low, high = plan.lower_range
    assert low <= f.curve[:, 1].min() <= f.curve[:, 1].max() <= high


@pytest.mark.parametrize(("h", "x"), PAIRS)
def test_what_is_left_out_of_the_picture_is_small(h: str, x: str):
    """Beyond the window neither signal that stays is more than a hundredth of its peak."""
    plan = told(h, x)
    left, right = plan.window
    for signal in (plan.h, plan.x):
        low, high = signal.extent(0.01)
        assert left <= low <= high <= right


def test_an_output_without_telling_moments_stops_where_it_began():
    plan = told("rect(t)", "u(t)-u(-t)")
    assert plan.moments == {"enter": plan.example}


def test_a_given_range_is_kept():
    plan = told("2*exp(-t/2)*u(t)", "u(t)-0.5u(t-2)-0.5u(t-4)", t_range=(-1.0, 6.0))
    assert (plan.frames.t[0], plan.frames.t[-1]) == plan.places == (-1.0, 6.0)
    np.testing.assert_allclose(
        plan.frames.swapped_output, closed_form(plan.frames.t), rtol=0, atol=1e-12
    )


@pytest.mark.parametrize("option", ["h", "x"])
def test_a_signal_of_zeros_is_refused(option: str):
    plan = CommutePlan(CommutePlan.Parameters(**{option: "0*rect(t)"}))
    with pytest.raises(InputError, match="zero everywhere") as refusal:
        _ = plan.beats
    assert f"--{option}" in str(refusal.value)


def test_an_output_of_impulses_alone_is_refused():
    with pytest.raises(InputError, match="no curve to draw") as refusal:
        _ = told("delta(t)", "delta(t-1)").beats
    assert "--x" in str(refusal.value)


@pytest.mark.parametrize(("h", "x"), [("1", "u(t)"), ("u(t)", "u(-t)")])
def test_an_integral_without_a_value_is_refused(h: str, x: str):
    with pytest.raises(InputError, match=r"diverg|infinite|no finite") as refusal:
        _ = told(h, x).frames
    assert "--h and --x" in str(refusal.value)


@pytest.mark.parametrize("given", [(6, -1), (1, 1), (math.nan, 1), (0, math.inf), (0, 1e9)])
def test_a_bad_range_is_refused(given: tuple[float, float]):
    with pytest.raises((ValidationError, InputError)) as refusal:
        told("rect(t)", "tri(t)", t_range=given)
    assert re.search("smaller one first|finite|more than|less than", str(refusal.value))
