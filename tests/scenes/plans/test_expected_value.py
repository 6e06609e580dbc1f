"""What the story of the expected value says, against NumPy and the standard library."""

from __future__ import annotations

import random
from fractions import Fraction
from statistics import pstdev
from typing import Any

import numpy as np
import pytest

from convmath import InputError
from scenes.plans.expected_value import ExpectedValuePlan, listed, value
from tests.scenes.captions import assert_says, assert_well_told, caption_of

STORIES: list[dict[str, Any]] = [
    {},
    {"p": "uniform(1, 6)", "density": "exp(-t)*u(t)"},
    {"p": "binomial(11, 1/2)", "draws": 100, "seed": 5},
    {"p": "poisson(2)", "density": "exp(-t^2/2)/sqrt(2*pi)", "draws": 10_000},
    {"p": "1/3,2/3", "x": "9999,1000", "density": "rect(t - 1000)"},
    {"p": "999,0,1", "x": "-12.5,3,0.25", "density": "t^2*rect(t/2)*exp(t)", "normalise": True},
]


def told(**parameters: Any) -> ExpectedValuePlan:
    return ExpectedValuePlan(ExpectedValuePlan.Parameters(**parameters))


@pytest.mark.parametrize("parameters", STORIES, ids=str)
def test_every_story_is_well_told_and_checked(parameters: dict[str, Any]):
    plan = told(**parameters)
    assert_well_told(plan)
    assert [check.name for check in plan.checks if not check.passed] == []
    assert 45 <= plan.duration <= 110


def test_the_default_story_in_numbers():
    plan = told()
    x, p = [1, 2, 3, 4], [0.4, 0.1, 0.2, 0.3]
    mean = float(np.average(x, weights=p))
    assert 45 <= plan.duration <= 100
    assert_says(plan, "outcomes", [*x, *p, 1])
    assert_says(plan, "predict", [1, 2.5])
    pairs = [number for pair in zip(p, x, strict=True) for number in pair]
    assert_says(plan, "sum", [*pairs, mean])
    assert_says(plan, "answer", [mean, float(sum(range(1, 7)) / 6)])
    assert_says(plan, "tilt", [3, mean - 3])
    right = sum(a * (b - mean) for a, b in zip(p, x, strict=True) if b > mean)
    assert_says(plan, "balance", [mean, -right, right])
    drawn = np.random.default_rng(3).choice(x, size=2000, p=p)
    assert_says(plan, "draws", [*drawn[:5], 5, drawn[:5].mean()])
    sigma = float(np.sqrt(np.average((np.array(x) - mean) ** 2, weights=p)))
    spread = [2000, drawn.mean(), mean, sigma, sigma / np.sqrt(2000)]
    assert_says(plan, "settle", spread)
    sums = [2 - width**2 / 18 for width in (1 / 2, 1 / 4, 1 / 8, 1 / 16)]
    assert_says(plan, "bars", [0, 3, 0.5, sums[0]])
    assert_says(plan, "integral", [*sums[1:], 2])
    assert_says(plan, "weights", [1, 0, 3, 13])
    assert_says(plan, "convolution", [13, 28, 29, 15, 36, 1])


def test_the_default_is_not_symmetric_and_its_mean_is_no_outcome():
    f = told().frames
    assert f.p.tolist() != f.p[::-1].tolist()
    assert f.expected not in f.x
    assert (f.expected, f.integral) == (pytest.approx(2.4), pytest.approx(2))


def test_the_answer_is_not_given_before_the_question():
    plan = told()
    names = [beat.name for beat in plan.beats]
    before = [b.caption for b in plan.beats[: names.index("predict") + 1]]
    assert not any(plan.expected in caption for caption in before)


def test_what_is_rounded_is_not_said_to_be_equal():
    plan = told(p="1/3,2/3", density="rect(t - 1/3)")
    assert "0.3333 · 0 + 0.6667 · 1 ≈ 0.6667" in caption_of(plan, "sum")
    assert "E[X] ≈ 0.6667" in caption_of(plan, "answer")
    assert "p(x) dx ≈ 0.3333" in caption_of(plan, "integral")
    assert not any("≈" in beat.caption for beat in told().beats if beat.name != "settle")


def test_moments_have_a_sign_of_their_own():
    plan = told(p="0.0625,0.0625,0.875")
    assert "0.875 · 2 = 1.8125" in caption_of(plan, "sum")
    assert "make about 0.812" in caption_of(plan, "tilt")
    last = len(plan.frames.pivot) - 1
    assert [plan.moment_sign(last, i) for i in range(3)] == ["≈"] * 3
    assert [told().moment_sign(0, i) for i in range(4)] == ["="] * 4


def test_a_cut_distribution_says_what_is_left_out():
    plan = told(p="poisson(2)")
    assert "Larger outcomes, 0.45 % in all, are left out" in caption_of(plan, "outcomes")
    assert "left out" not in caption_of(told(), "outcomes")


@pytest.mark.parametrize(
    ("p", "says", "never"),
    [
        ("0.1,0.8,0.1", "is the most likely outcome and the middle", "never drawn"),
        ("0.2,0.4,0.2,0.2 @ -1", "neither the most likely outcome nor the middle", "the die"),
        ("0.5,0,0.5", "happens to be the middle", "the most likely outcome."),
        ("0.3,0.5,0.1,0.1", "happens to be the most likely outcome", "never drawn"),
        ("0.4,0.1,0.2,0.3 @ 1", "It is never drawn", "need not"),
        ("0.3,0.1,0.2,0.4", "never drawn", "need not be an outcome"),
    ],
)
def test_the_answer_fits_the_probabilities(p: str, says: str, never: str):
    caption = caption_of(told(p=p), "answer")
    assert says in caption
    assert never not in caption


def test_outcomes_that_are_never_drawn_are_left_out_and_others_sorted():
    plan = told(p="0.25,0,0.75", x="5,2,1")
    assert plan.frames.x.tolist() == [1, 5]
    assert plan.frames.p.tolist() == [0.75, 0.25]


def test_normalising_divides_both():
    plan = told(p="1,2,5", density="rect(t/4)", normalise=True)
    assert plan.frames.expected == pytest.approx(float(Fraction(2 + 10, 8)))
    assert plan.frames.integral == pytest.approx(0, abs=1e-12)


def test_the_band_is_the_spread_of_means():
    f = told(p="bernoulli(0.3)", draws=100).frames
    source = random.Random(1)
    means = [sum(source.random() < 0.3 for _ in range(100)) / 100 for _ in range(4000)]
    assert f.band[-1] == pytest.approx(pstdev(means), rel=0.05)


@pytest.mark.parametrize("draws", [100, 2000, 10_000])
def test_the_curve_has_the_first_and_the_last_draw(draws: int):
    plan = told(draws=draws)
    assert plan.thinned[0] == 0
    assert plan.thinned[-1] == draws - 1
    assert (np.diff(plan.thinned) > 0).all()
    assert len(plan.thinned) <= 700


def test_numbers_are_written_without_negative_zeros():
    assert value(-1e-17) == "0"
    assert value(-0.00049) == "−0.0005"
    assert listed(["1"]) == "1"
    assert listed(["1", "2", "3"], "or") == "1, 2 or 3"


@pytest.mark.parametrize(
    ("parameters", "option", "says"),
    [
        ({"p": "0.5,0.4"}, "--p", "add up to 0.9"),
        ({"p": "1"}, "--p", "only one outcome"),
        ({"p": "uniform(1, 13)"}, "--p", "13 outcomes"),
        ({"p": "0.99999,0.00001"}, "--p", "cannot be seen"),
        ({"p": "1/2,1/2 @ 123456"}, "--p", "too long"),
        ({"x": "1,2"}, "--x", "2 outcomes for 4"),
        ({"x": "1,1,2,3"}, "--x", "the same"),
        ({"x": "1,2,3,40"}, "--x", "too close"),
        ({"x": "1,2,3,4.12345"}, "--x", "too long"),
        ({"density": "rect(t/2)"}, "--density", "is 2, not 1"),
        ({"density": "t*rect(t)", "normalise": True}, "--density", "negative"),
        ({"density": "1000*rect(1000*t)"}, "--density", "cannot be read"),
        ({"density": "rect(t + 20000)"}, "--density", "cannot be read"),
    ],
)
def test_what_cannot_be_shown_is_refused(parameters: dict[str, Any], option: str, says: str):
    with pytest.raises(InputError) as caught:
        _ = told(**parameters).frames
    assert caught.value.option == option
    assert says in caught.value.problem
