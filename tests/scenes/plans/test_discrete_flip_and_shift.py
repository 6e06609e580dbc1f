"""The sums that a viewer must be able to read off, against numpy.convolve."""

import math
from typing import Any

import numpy as np
import pytest

from convmath import InputError
from scenes.plans.discrete_flip_and_shift import DiscreteFlipAndShiftPlan
from tests.scenes.captions import assert_says, assert_well_told, caption_of


def told(h: str, x: str, **more: Any) -> DiscreteFlipAndShiftPlan:
    return DiscreteFlipAndShiftPlan(DiscreteFlipAndShiftPlan.Parameters(h=h, x=x, **more))


def listed(text: str) -> tuple[list[int] | list[float], int]:
    """The values of ``3, 2, 1 @ -1`` and the index of the first."""
    values, _, start = text.partition("@")
    kind = float if "." in values else int
    return [kind(value) for value in values.split(",")], int(start or 0)


LISTS = [
    ("3,2,1", "1,1,0.5"),
    ("3,2,1", "1,1,2"),
    ("1,2,3 @ -2", "1,-1"),
    ("-1,-2,-3", "1,0,0,1"),
    ("0.5,0.25 @ 3", "-4,8,-16 @ -5"),
    ("1", "1"),
    ("5 @ 7", "2 @ -3"),
    ("0,0,1,0", "0,1"),
    ("1,-1", "1,1,1,1"),
    ("1,2,3,4,5,6,7,8,9,10", "1,1,1,1,1,1,1,1"),
    ("1000000,2000000", "3000000,1"),
    ("1,2,3 @ 1000", "1,1"),
]


@pytest.mark.parametrize(("h", "x"), [*LISTS, ("123456789,987654321", "123456789,5")])
def test_the_output_is_that_of_numpy_convolve_exactly(h: str, x: str):
    (h_values, h_start), (x_values, x_start) = listed(h), listed(x)
    expected = np.convolve(h_values, x_values)
    plan = told(h, x)
    n, y = plan.frames.n, plan.frames.output
    assert y.dtype == expected.dtype
    start = h_start + x_start
    inside = (n >= start) & (n < start + len(expected))
    np.testing.assert_array_equal(n[inside], np.arange(start, start + len(expected)))
    np.testing.assert_array_equal(y[inside], expected)
    assert not y[~inside].any()
    assert plan.places == (start - 1, start + len(expected))


@pytest.mark.parametrize(("h", "x"), LISTS)
def test_limits_and_pairs_are_those_of_the_definition(h: str, x: str):
    (h_values, h_start), (x_values, x_start) = listed(h), listed(x)
    plan = told(h, x)
    ours = {h_start + i: value for i, value in enumerate(h_values)}
    theirs = {x_start + i: value for i, value in enumerate(x_values)}
    for i, n in enumerate(plan.frames.n):
        ks = [k for k in ours if int(n) - k in theirs]
        limits = plan.frames.limits[i].tolist()
        assert limits == [min(ks), max(ks)] if ks else np.isnan(limits).all()
    n = round(plan.example)
    pairs = [(k, n - k) for k in ours if n - k in theirs]
    assert plan.pairs == [(a, ours[a], theirs[b], ours[a] * theirs[b]) for a, b in pairs]
    assert sum(product for *_, product in plan.pairs) == plan.frames.output[plan.index(n)]


@pytest.mark.parametrize(("h", "x"), LISTS)
def test_captions_say_what_the_sum_comes_to(h: str, x: str):
    (h_values, h_start), (x_values, x_start) = listed(h), listed(x)
    start, expected = h_start + x_start, np.convolve(h_values, x_values).tolist()
    plan = told(h, x)
    assert_well_told(plan)
    n = round(plan.example)
    assert_says(plan, "add", [n, expected[n - start]])
    at = round(plan.moments["peak"])
    assert abs(expected[at - start]) == max(map(abs, expected))
    assert_says(plan, "peak", [at, expected[at - start]])
    assert_says(plan, "whole", [start, start + len(expected) - 1, at, expected[at - start]])
    for beat in {"enter", "leave"} & set(plan.moments):
        at = round(plan.moments[beat])
        first = max(h_start, at - x_start - len(x_values) + 1)
        last = min(h_start + len(h_values) - 1, at - x_start)
        assert_says(plan, beat, [at, first, last, at, expected[at - start]])


def test_the_default_is_the_running_example_at_whole_t():
    plan = DiscreteFlipAndShiftPlan()
    n = np.arange(-1, 30)
    h = np.where(n >= 0, 2 * np.exp(-np.maximum(n, 0) / 2), 0.0)
    expected = np.convolve(h, [1, 1, 0.5, 0.5])
    low, high = plan.places
    assert low == -1
    np.testing.assert_array_equal(plan.frames.n, np.arange(low, high + 1))
    np.testing.assert_allclose(
        plan.frames.output, expected[: int(high) + 2], rtol=0, atol=1e-12 * expected.max()
    )
    assert plan.frames.support == (0.0, math.inf)
    assert all(check.passed for check in plan.checks)
    assert_well_told(plan)


def test_the_sum_grows_with_the_sampling_and_its_area_settles():
    plan = DiscreteFlipAndShiftPlan()
    n = plan.example

    def h(t: Any) -> Any:
        return np.where(t >= 0, 2 * np.exp(-np.maximum(t, 0) / 2), 0.0)

    def x(t: Any) -> Any:
        return np.where((t >= 0) & (t < 2), 1.0, np.where((t >= 2) & (t < 4), 0.5, 0.0))

    def total(width: float) -> float:
        tau = np.arange(-64 / width, 64 / width) * width
        return float((h(tau) * x(n - tau)).sum())

    def charged(s: float) -> float:
        return 1 - math.exp(-max(s, 0) / 2)

    integral = 4 * (charged(n) - charged(n - 2) / 2 - charged(n - 4) / 2)
    assert total(1.0) == pytest.approx(plan.frames.output[plan.index(n)], abs=1e-12)
    assert plan.bars is not None
    assert plan.bars.total.tolist() == pytest.approx([total(w) for w in (1, 1 / 2, 1 / 4, 1 / 8)])
    assert_says(plan, "rate", [total(1), total(1 / 8), integral])


RULES = [
    ("u(n)", "1,1,1"),
    ("u(n)", "u(n)"),
    ("n*u(n)", "1,-1"),
    ("u(-n)", "1,2,3"),
    ("delta(n-3)", "1,2,3"),
    ("delta(n)", "delta(n)"),
    ("0.5^n*u(n)", "0.9^n*u(n)"),
    ("(-1)^n*u(n)", "1,1"),
    ("sin(n)*u(n)", "1,2"),
    ("exp(-n^2)", "1,2"),
    ("-2*exp(-n)*u(n)", "1,1"),
    ("1/3,2/3", "1/7"),
    ("1e6,2e6", "0.001"),
    ("0.5^(-n)*u(-n)", "u(-n)"),
]


@pytest.mark.parametrize(("h", "x"), RULES)
def test_rules_make_a_story_too(h: str, x: str):
    plan = told(h, x)
    assert [check.name for check in plan.checks if not check.passed] == []
    assert_well_told(plan)
    frames = plan.frames
    # Σ_k h[k] x[n − k] by the definition, far beyond what is shown.
    k = np.arange(-200, 201)
    for n in {round(plan.example), *map(round, plan.moments.values())}:
        y = (plan.h(k) * plan.x(n - k)).sum()
        assert frames.output[plan.index(n)] == pytest.approx(float(y), rel=1e-12)
    for (low, high), shown in (
        (plan.upper_range, [frames.fixed, frames.original, *frames.product]),
        (plan.lower_range, [frames.output]),
    ):
        assert low <= 0 <= high
        assert low < high
        assert low <= min(values.min() for values in shown)
        assert max(values.max() for values in shown) <= high
    left, right = plan.window
    assert left < plan.places[0] < plan.places[1] < right


def test_the_largest_of_a_sum_that_grows_without_end_is_not_named():
    plan = told("u(n)", "u(n)")
    assert "peak" not in plan.moments
    assert "Nowhere" not in " ".join(beat.caption for beat in plan.beats)
    assert_says(plan, "whole", [0, math.inf])


def test_the_lowest_output_is_called_farthest_from_zero():
    plan = told("-1,-2,-3", "1,0,0,1")
    assert "farther from zero" in caption_of(plan, "peak")
    assert "farthest from zero" in caption_of(plan, "whole")
    for beat in ("peak", "whole"):
        assert "larg" not in caption_of(plan, beat)


@pytest.mark.parametrize(("h", "x"), [("3,2,1", "1,1,0.5"), ("u(n)", "1,1,1")])
def test_bars_begin_with_the_sum_that_was_shown(h: str, x: str):
    plan = told(h, x)
    assert plan.bars is not None
    y = float(plan.frames.output[plan.index(plan.example)])
    assert plan.bars.total[0] == pytest.approx(y, abs=1e-12)


@pytest.mark.parametrize(("h", "x"), RULES)
def test_bars_of_another_sum_are_not_shown(h: str, x: str):
    plan = told(h, x)
    y = float(plan.frames.output[plan.index(plan.example)])
    assert plan.bars is None or plan.bars.total[0] == pytest.approx(y, rel=1e-9)


@pytest.mark.parametrize(("h", "x"), [("u(-n)", "1,2,3"), ("delta(n)", "delta(n)")])
def test_there_are_no_bars_without_an_area_that_they_settle_on(h: str, x: str):
    """A step that faces left has its last value at n = 0, where bars take the limit from above."""
    plan = told(h, x)
    assert plan.bars is None
    assert "rate" not in [beat.name for beat in plan.beats]


def test_whole_numbers_are_shown_as_such():
    assert told("3,2,1", "1,1,2").decimals == 0
    assert "y[1] = 5." in caption_of(told("3,2,1", "1,1,2"), "enter")
    assert told("3,2,1", "1,1,0.5").decimals > 0


def test_too_many_steps_are_refused():
    plan = told("3,2,1", "1,1", n_range=(0, 60))
    with pytest.raises(InputError, match="61 steps are too many") as refusal:
        _ = plan.frames
    assert "--n-range" in str(refusal.value)
    assert len(told("3,2,1", "1,1", n_range=(0, 59)).frames) == 60


@pytest.mark.parametrize("option", ["h", "x"])
def test_a_sequence_of_zeros_is_refused(option: str):
    plan = DiscreteFlipAndShiftPlan(DiscreteFlipAndShiftPlan.Parameters(**{option: "0,0"}))
    with pytest.raises(InputError, match="zero everywhere") as refusal:
        _ = plan.beats
    assert f"--{option}" in str(refusal.value)


def test_a_sum_without_a_value_is_refused():
    with pytest.raises(InputError, match="infinitely many terms"):
        _ = told("u(n)", "u(-n)").beats
