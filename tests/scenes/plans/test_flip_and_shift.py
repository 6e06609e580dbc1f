"""The numbers that a viewer must be able to read off, and stories of other signals."""

import math
import re
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from convmath import InputError, convolve_at
from scenes.plans.flip_and_shift import FlipAndShiftPlan
from tests.scenes.captions import assert_says, assert_well_told, caption_of, numbers_in


def told(h: str, x: str, **more: Any) -> FlipAndShiftPlan:
    return FlipAndShiftPlan(FlipAndShiftPlan.Parameters(h=h, x=x, **more))


@pytest.fixture(scope="module")
def plan() -> FlipAndShiftPlan:
    return FlipAndShiftPlan()


def closed_form(t: Any) -> Any:
    """y(t) of the defaults, integrated by hand."""

    def charged(s: Any) -> Any:
        return np.where(s > 0, 1 - np.exp(-np.maximum(s, 0) / 2), 0.0)

    t = np.asarray(t, dtype=float)
    return 4 * (charged(t) - charged(t - 2) / 2 - charged(t - 4) / 2)


def test_the_output_is_the_closed_form(plan):
    t, y = plan.frames.t, plan.frames.output
    np.testing.assert_allclose(y, closed_form(t), rtol=0, atol=1e-12)
    assert (np.diff(t) > 0).all()
    assert len(t) > 16 * 60


def test_the_numbers_that_must_be_read(plan):
    assert plan.frames.at(plan.index(2.0)).t == 2.0
    assert plan.frames.at(plan.index(2.0)).output == pytest.approx(2.5284822353142307, abs=1e-12)
    assert plan.frames.support == (0.0, math.inf)
    assert plan.support_text == "[0, ∞)"
    assert plan.areas == pytest.approx((4, 3, 12), abs=1e-12)
    assert plan.places == (-2.0, 15.0)
    assert plan.peak == pytest.approx((2.0, 2.5284822353142307), abs=1e-12)


def test_the_area_of_the_output_is_that_of_the_curve(plan):
    t = np.linspace(-2, 90, 920_001)
    assert np.trapezoid(closed_form(t), t) == pytest.approx(plan.areas[2], abs=1e-6)


def test_the_limits_of_integration(plan):
    t, limits = plan.frames.t, plan.frames.limits
    overlap = t > 0
    np.testing.assert_array_equal(limits[overlap, 0], np.maximum(0, t[overlap] - 4))
    np.testing.assert_array_equal(limits[overlap, 1], t[overlap])
    assert np.isnan(limits[t < 0]).all()


def test_the_output_peaks_where_x_has_moved_in(plan):
    assert plan.moments["peak"] == 2.0
    rising, falling = closed_form([plan.moments["enter"], plan.moments["leave"]])
    peak = closed_form(2.0)
    assert plan.moments["enter"] < 2.0 < plan.moments["leave"]
    assert peak / 2 <= rising < peak
    assert 0 < falling <= peak / 4


def test_captions_say_what_the_integral_comes_to(plan):
    t, y = plan.example, float(closed_form(plan.example))
    assert_says(plan, "shift", [t])
    assert_says(plan, "area", [t, y])
    assert_says(plan, "double", [y, 2 * y])
    for beat in ("enter", "leave"):
        at = plan.moments[beat]
        assert_says(plan, beat, [at, max(0, at - 4), at, at, float(closed_form(at))])
    assert_says(plan, "peak", [2, float(closed_form(2))])
    assert_says(plan, "whole", [0, math.inf, 2, float(closed_form(2)), 4, 3, 12])
    for beat in ("signals", "rename", "order", "multiply", "predict"):
        assert_says(plan, beat, [])


def test_captions_of_two_boxes_say_what_a_triangle_is():
    plan = told("rect(t)", "2*rect(t)")
    at = plan.moments["enter"]
    assert_says(plan, "area", [plan.example, 2 * (1 - abs(plan.example))])
    assert_says(plan, "enter", [at, -0.5, at + 0.5, at, 2 * (1 - abs(at))])
    assert_says(plan, "peak", [0, 2])
    assert_says(plan, "whole", [-1, 1, 0, 2, 1, 2, 2])


PAIRS = [
    pytest.param("2*exp(-t/2)*u(t)", "u(t)-0.5u(t-2)-0.5u(t-4)", id="default"),
    pytest.param("rect(t)", "rect(t)", id="two boxes"),
    pytest.param("exp(-t)*u(t)", "exp(-2*t)*u(t)", id="two decays"),
    pytest.param("exp(t)*u(-t)", "exp(2*t)*u(-t)", id="anticausal"),
    pytest.param("gauss(t)", "gauss(t-3)", id="no ends"),
    pytest.param("-2*rect(t-1)", "-exp(-t)*u(t)", id="both negative"),
    pytest.param("-2*rect(t-1)", "exp(-t)*u(t)", id="negative output"),
    pytest.param("rect(t)", "u(t)-u(-t)", id="odd"),
    pytest.param("sin(2*pi*t)*(u(t)-u(t-3))", "rect(t)", id="burst"),
    pytest.param("exp(-t)*cos(20*t)*u(t)", "exp(-t)*u(t)", id="fast ringing"),
    pytest.param("piecewise(0<=t<1: t, 1<=t<3: 1/2, otherwise 0)", "rect(t/2)", id="piecewise"),
    pytest.param("rect(100*t)", "exp(-t/5)*u(t)", id="narrow over wide"),
    pytest.param("rect(t/1000)", "rect(t)", id="wide"),
    pytest.param("rect((t-1000)/2)", "rect(t)", id="far from 0"),
    pytest.param("tri(t-50)", "tri(t+50)", id="far from each other"),
    pytest.param("1e6*rect(t)", "1e3*tri(t)", id="huge"),
    pytest.param("1e-4*rect(t)", "1e-2*tri(t)", id="tiny"),
    pytest.param("exp(-t)*u(t)", "delta(t-1)", id="x an impulse"),
    pytest.param("delta(t-1)", "exp(-t)*u(t)", id="h an impulse"),
    pytest.param("delta(t)-delta(t-1)", "tri(t)", id="difference"),
    pytest.param("delta(t)+exp(-t)*u(t)", "u(t)-u(t-2)", id="impulse and decay"),
    pytest.param("u(t)", "rect(t)", id="a step never ends"),
    pytest.param("ramp(t)", "rect(t)", id="a ramp never decays"),
    pytest.param("u(t)", "u(t)", id="grows without end"),
]


FARTHEST = {"negative output", "burst", "fast ringing", "difference"}
GROWING = {"a ramp never decays", "grows without end"}
WITHOUT_PEAK = {"odd", *GROWING}  # rect * sign is as far from zero on both sides, without end


@pytest.mark.parametrize(("h", "x"), PAIRS)
def test_any_two_signals_make_a_story(h: str, x: str):
    plan = told(h, x)
    assert [check.name for check in plan.checks if not check.passed] == []
    assert_well_told(plan)
    t = plan.frames.t
    assert (t[0], t[-1]) == plan.places
    assert (np.diff(t) > 0).all()
    assert list(plan.moments.values()) == sorted(plan.moments.values())
    assert_says(plan, "area", [plan.example, float(plan.frames.output[plan.index(plan.example)])])


@pytest.mark.parametrize(("h", "x"), PAIRS)
def test_the_moments_are_exactly_on_steps(h: str, x: str):
    plan = told(h, x)
    for moment in (plan.example, *plan.moments.values()):
        assert moment in plan.frames.t
        y = float(convolve_at(plan.h, plan.x, [moment])[0])
        scale = np.abs(plan.frames.output).max()
        assert plan.frames.output[plan.index(moment)] == pytest.approx(y, abs=1e-12 * scale)


@pytest.mark.parametrize(("h", "x"), PAIRS)
def test_the_charts_hold_what_is_drawn_on_them(h: str, x: str):
    plan = told(h, x)
    frames = plan.frames
    left, right = plan.window
    assert left <= plan.places[0] < plan.places[1] <= right
    assert left <= min(-x for x in plan.x.extent()) <= right
    for (low, high), shown in (
        (plan.upper_range, [frames.fixed, frames.original, frames.moving * [1, 2]]),
        (plan.lower_range, [frames.curve]),
    ):
        assert -math.inf < low <= 0 <= high < math.inf
        assert low < high
        heights = np.concatenate([curve[:, 1] for curve in shown])
        assert low <= heights.min()
        assert heights.max() <= high
    low, high = plan.upper_range
    assert low <= np.nanmin(frames.product) <= np.nanmax(frames.product) <= high


def far_and_wide(plan: FlipAndShiftPlan) -> Any:
    """The output on three times the slide."""
    t0, t1 = plan.places
    return convolve_at(plan.h, plan.x, np.linspace(2 * t0 - t1, 2 * t1 - t0, 301))


def said_of_the_peak(plan: FlipAndShiftPlan) -> str:
    return " ".join(beat.caption for beat in plan.beats if beat.name in ("peak", "whole"))


@pytest.mark.parametrize(
    ("h", "x"), [pair for pair in PAIRS if pair.id not in FARTHEST | WITHOUT_PEAK]
)
def test_what_is_called_the_largest_output_is_it(h: str, x: str):
    plan = told(h, x)
    said, peak = said_of_the_peak(plan), plan.peak[1]
    assert "larger" in said
    assert "largest" in said
    assert (far_and_wide(plan) <= peak + 1e-9 * abs(peak)).all(), said


@pytest.mark.parametrize(("h", "x"), [pair for pair in PAIRS if pair.id in FARTHEST])
def test_what_is_called_farthest_from_zero_is_it(h: str, x: str):
    plan = told(h, x)
    said, peak = said_of_the_peak(plan), abs(plan.peak[1])
    assert "farther from zero" in said
    assert "farthest from zero" in said
    assert "larg" not in said
    assert (abs(far_and_wide(plan)) <= peak + 1e-9 * peak).all(), said


@pytest.mark.parametrize(
    ("h", "x", "growing"),
    [
        pytest.param(*pair.values, pair.id in GROWING, id=pair.id)
        for pair in PAIRS
        if pair.id in WITHOUT_PEAK
    ],
)
def test_an_output_that_only_grows_or_stays_has_no_peak(h: str, x: str, growing: bool):
    plan = told(h, x)
    assert "peak" not in plan.moments
    assert not re.search("larg|farth", said_of_the_peak(plan))
    shown, beyond = np.abs(plan.frames.output).max(), np.abs(far_and_wide(plan)).max()
    assert beyond > 1.5 * shown if growing else beyond == pytest.approx(shown)


def test_the_peak_of_a_plateau_is_where_it_begins():
    assert told("u(t)", "rect(t)").peak == pytest.approx((0.5, 1.0), abs=1e-12)
    assert told("rect(t/3)", "rect(t)").peak == pytest.approx((-1.0, 1.0), abs=1e-12)


@pytest.mark.parametrize(
    ("h", "x"), [("1e-6*rect(t)", "1e6*tri(t)"), ("rect(100*t)", "rect(100*t)")]
)
def test_areas_are_not_rounded_away(h: str, x: str):
    plan = told(h, x)
    shown = [float(text) for text in numbers_in(caption_of(plan, "whole"))[-3:]]
    assert shown == pytest.approx(plan.areas, rel=0.01)


def test_a_given_range_is_kept(plan):
    ranged = told("2*exp(-t/2)*u(t)", "u(t)-0.5u(t-2)-0.5u(t-4)", t_range=(-1.0, 6.0))
    assert ranged.places == (-1.0, 6.0)
    assert (ranged.frames.t[0], ranged.frames.t[-1]) == (-1.0, 6.0)
    np.testing.assert_allclose(ranged.frames.output, closed_form(ranged.frames.t), atol=1e-12)
    assert all(check.passed for check in ranged.checks)


def test_doubling_x_doubles_the_area_and_keeps_the_limits(plan):
    step = plan.frames.at(plan.index(plan.example))
    double = plan.doubled.at(0)
    assert double.output == 2 * step.output
    np.testing.assert_array_equal(double.limits, step.limits)


@pytest.mark.parametrize(("h", "x"), PAIRS)
def test_the_doubled_area_is_shown_as_twice_the_other_where_rounding_allows_it(h: str, x: str):
    plan = told(h, x)
    y = float(plan.frames.output[plan.index(plan.example)])
    assert_says(plan, "double", [y, 2 * y])
    once, twice = (Decimal(text.replace("−", "-")) for text in plan.doubling)
    rounded = [
        (round(y, d), round(2 * y, d)) for d in range(max(plan.decimals - 1, 0), plan.decimals + 2)
    ]
    possible = any(b == pytest.approx(2 * a, rel=1e-12, abs=0) for a, b in rounded)
    assert (2 * once == twice) == possible


@pytest.mark.parametrize(
    ("h", "x", "low", "high"),
    [
        ("2*exp(-t/2)*u(t)", "u(t)-0.5u(t-2)-0.5u(t-4)", "max(0, t - 4)", "min(oo, t)"),
        ("u(t-2)-u(t-3)", "rect(t+1)", "max(2, t + 0.5)", "min(3, t + 1.5)"),
        ("gauss(t)", "rect(t)", "max(-oo, t - 0.5)", "min(oo, t + 0.5)"),
    ],
)
def test_the_limits_are_written_as_the_ends_of_both_signals(h: str, x: str, low: str, high: str):
    assert told(h, x).limit_formulas == (low, high)


@pytest.mark.parametrize("option", ["h", "x"])
def test_a_signal_of_zeros_is_refused(option: str):
    plan = FlipAndShiftPlan(FlipAndShiftPlan.Parameters(**{option: "0*rect(t)"}))
    with pytest.raises(InputError, match="zero everywhere") as refusal:
        _ = plan.beats
    assert f"--{option}" in str(refusal.value)


def test_an_output_of_impulses_alone_is_refused():
    with pytest.raises(InputError, match="no curve to draw") as refusal:
        _ = told("delta(t)", "delta(t-1)").beats
    assert "--x" in str(refusal.value)


def test_an_integral_without_a_value_is_refused():
    with pytest.raises(InputError, match=r"diverg|infinite|no finite"):
        _ = told("1", "u(t)").beats
