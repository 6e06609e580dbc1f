"""What flip-or-not says, against numpy and closed forms; and what it refuses."""

import math
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from convmath import DivergenceError, Frames, InputError
from scenes.plans.flip_or_not import FlipOrNotPlan
from scenes.plans.flip_or_not_words import answers
from tests.scenes.captions import assert_says, assert_well_told, caption_of

SIX = ("f*g", "g*f", "f@g", "g@f", "f@f", "g@g")
OTHERS: list[dict[str, Any]] = [
    {"f": "3,2,1", "g": "1,-2", "lanes": "g*f, g@f, g@g", "symmetric": "1,2,1 @ -1"},
    {"kind": "discrete"},
    {"f": "exp(-t)*u(t)", "g": "-2*tri(t - 2)", "lanes": "f@g, g@f, f@f", "symmetric": "gauss(t)"},
    {"f": "rect(t)", "g": "delta(t - 1) + rect(t - 3)", "lanes": "f*g, g*f, f@f"},
    {"f": "5 @ -3", "g": "1", "lanes": "f@f, g@g, f@g", "symmetric": "1"},
    {"f": "0.1, -0.7, 0.3 @ -1", "g": "1/3, 2/3", "symmetric": "delta(n)"},
    {"f": "1000*rect(t/200)", "g": "t*rect(t/100)", "symmetric": "u(50 - abs(t))"},
    {"f": "sqrt(abs(t))*rect(t/2)", "g": "2*delta(t+1) + rect(t)"},
    {"f": "rect(t - 200)", "g": "rect(1000t)"},
    {"lanes": "g@g, f@f, g@f"},
    {"signal": "1,2,0,1,2,0,0,1,2", "pattern": "1,2"},
    {"signal": "0,1,2,1,0,9,9,9", "pattern": "1,2,1 @ 5"},
    {"signal": "0.5, -1.5", "pattern": "-2", "outcomes": "-1 | 3 : 1/3; 2 | -0.5 : 2/3"},
    {"outcomes": "1,0,2,-1 | 3,1,2,-4"},
]


def told(**more: Any) -> FlipOrNotPlan:
    return FlipOrNotPlan(FlipOrNotPlan.Parameters(**more))


@pytest.mark.parametrize("more", [{}, *OTHERS], ids=str)
def test_every_story_is_well_told_and_passes_its_checks(more: dict[str, Any]):
    plan = told(**more)
    assert [check for check in plan.checks if not check.passed] == []
    assert_well_told(plan)
    assert 45 <= plan.duration <= 110


def test_the_default_has_the_numbers_of_the_closed_forms():
    plan = told()
    # f falls from 3/2 to 0 over [0, 3]; g is 1/2 on [1, 2) and 1 on [2, 3).
    falling = [1.5 - t / 2 for t in (0, 1, 2, 3)]
    areas = [(a + b) / 2 for a, b in pairwise(falling)]
    assert_says(plan, "first", [3, areas[0] * 1 + areas[1] / 2])
    assert_says(plan, "second", [1, areas[0] / 2 + areas[1]])
    assert_says(plan, "third", [0, (2 / 3) * 1.5**3])  # ∫ (3 − t)²/4 over [0, 3]
    products = np.mean([[3, 0, 1], [0, 0, 0], [2, 6, 0], [0, 2, 1]], axis=0)
    np.testing.assert_array_equal(plan.frames.matrix[0], products)
    assert plan.entry == (0, 1)
    assert "X₁ times Y₂: 2." in caption_of(plan, "matrix")
    assert "matrix of 2 by 3" in caption_of(plan, "matrix")


def test_what_was_asked_is_answered():
    assert answers(told()) == ("not the same", "at lag 0")
    assert ": not the same as f * g." in caption_of(told(), "second")
    even = told(f="tri(t)")
    assert answers(even)[0] == "the same"
    assert ": the same as f * g." in caption_of(even, "second")
    assert answers(told(lanes="f@f, g@g, f*g")) == ("at lag 0", "at t = 3")
    assert answers(told(g="-2*rect(t)", lanes="f*g, f@g, g*f"))[1] == ""  # nowhere above zero


def test_the_autocorrelation_is_the_closed_form():
    plan = told()
    t = np.abs(plan.frames.lag)
    # ∫ (a − τ)(a − τ − t)/4 over [0, a − t], with a = 3.
    s = np.maximum(3 - t, 0.0)
    expected = (s**3 / 3 + t * s**2 / 2) / 4
    np.testing.assert_allclose(plan.frames.output[:, 2], expected, rtol=0, atol=1e-12)
    assert plan.frames.energy[2] == pytest.approx(2.25, abs=1e-12)
    assert np.isnan(plan.frames.energy[:2]).all()


@pytest.mark.parametrize("lanes", [", ".join(SIX[:3]), ", ".join(SIX[3:])])
def test_all_six_lanes_of_sequences_are_numpys(lanes: str):
    f, g = [3, 1, 2], [2, -1]
    plan = told(f="3,1,2 @ 1", g="2,-1", lanes=lanes)
    signals, starts = {"f": f, "g": g}, {"f": 1, "g": 0}
    for lane in plan.lanes:
        a, b = lane.names
        if lane.pairing.flips:
            expected, start = np.convolve(signals[a], signals[b]), starts[a] + starts[b]
        else:
            # numpy moves its second one.
            expected = np.correlate(signals[b], signals[a], "full")
            start = starts[b] - (starts[a] + len(signals[a]) - 1)
        n = lane.frames.n
        assert lane.frames.output.dtype == np.int64
        inside = (n >= start) & (n < start + expected.size)
        np.testing.assert_array_equal(lane.frames.output[inside], expected)
        assert not lane.frames.output[~inside].any()
        assert inside[1:-1].all()
        assert not inside[[0, -1]].any()


@pytest.mark.parametrize("more", OTHERS, ids=str)
def test_frames_hold_the_identities(more: dict[str, Any]):
    plan = told(**more)
    frames = plan.frames
    np.testing.assert_array_equal(frames.lag, -frames.lag[::-1])
    scale = np.abs(frames.output).max()
    for k, flips in enumerate(frames.flips):
        other = frames.swapped[:, k] if flips else frames.swapped[::-1, k]
        differ = np.abs(frames.output[:, k] - other) > 1e-11 * scale
        # Mirrored, a limit from the right is one from the left: of another value at a jump alone.
        assert not (differ if flips else differ & ~plan.lanes[k].jumps_at(frames.lag)).any()
        assert differ.sum() <= 4


def test_a_symmetric_mover_makes_two_lanes_one_and_a_symmetric_other_mirrors_them():
    for more in ({}, {"f": "1,2", "g": "4,1,1", "symmetric": "1,3,1 @ -1"}):
        one, other = told(**more).even_lanes
        np.testing.assert_allclose(one.curve, other.curve, rtol=0, atol=1e-12)
    caption = caption_of(told(), "symmetric")
    assert "s * g = s ⋆ g" in caption
    assert "only g symmetric, they would be mirror images" in caption
    lanes = told(g="tri(t)").lanes
    mirrored = lanes[1].curve[::-1] * [-1, 1]
    t = np.linspace(-0.9, 3.9, 50)
    first, second = (np.interp(t, *curve.T) for curve in (lanes[0].curve, mirrored))
    np.testing.assert_allclose(first, second, atol=1e-3)  # straight lines between 400 points
    caption = caption_of(told(lanes="g*f, g@f, g@g"), "symmetric")
    assert "s * f = s ⋆ f" in caption
    assert "in place of g" in caption


def test_the_pattern_is_found_and_the_captions_say_how_well():
    assert_says(told(), "find", [6, 1 + 4 + 9])
    assert "There stands the pattern" in caption_of(told(), "find")
    assert "the normalised correlation, divided by both norms, could not" in caption_of(
        told(), "find"
    )
    twice = told(signal="1,2,0,1,2,0,0,1,2", pattern="1,2")
    assert "n = 0, 3 and 7: 5." in caption_of(twice, "find")
    louder = told(signal="0,1,2,1,0,9,9,9", pattern="1,2,1")
    assert "n = 5: 36." in caption_of(louder, "find")
    assert "only louder: the one most like the pattern is at n = 1, where" in caption_of(
        louder, "find"
    )
    near = told(signal="0,1,2.1,1,0", pattern="1,2,1")
    assert "No piece of the signal is more like" in caption_of(near, "find")


@pytest.mark.parametrize(
    ("f", "g", "discrete"),
    [
        ("u(t) - u(t-1)", "tri(t)", False),
        ("3,2,1", "1,2", True),
        ("[3]", "tri(t/2)", True),
        ("n*rect(n/5)", "tri(t/2)", True),
        ("min(t, 1)*rect(t)", "rect(t)", False),
        ("sin(t)*rect(t)", "rect(t)", False),
    ],
)
def test_the_kind_is_read_off_the_texts(f: str, g: str, discrete: bool):
    plan = told(f=f, g=g)
    assert plan.is_discrete == discrete
    assert ("sequences" in caption_of(plan, "signals")) == discrete


def test_a_function_of_t_is_sampled_where_sequences_are_asked_for():
    plan = told(kind="discrete")
    assert plan.given["f"].values.tolist() == [1.5, 1.0, 0.5]
    assert plan.given["g"].values.tolist() == [0.5, 1.0]
    assert plan.given["g"].start == 1
    assert caption_of(plan, "third").endswith("Σ f² = 3.500.")


def test_an_output_that_never_ends_has_no_largest_value():
    plan = told(f="u(t)", g="u(t)", lanes="f*g, g*f, f@f")
    with pytest.raises(DivergenceError):
        _ = plan.frames
    plan = told(f="u(t)", g="rect(t)", lanes="f*g, f@g, g@g")
    assert_well_told(plan)


def test_one_scale_unless_a_lane_would_look_flat():
    assert len(set(told().output_ranges)) == 1
    flat = told(f="0.01*rect(t)", g="rect(t)", lanes="f*g, f@g, g@g", symmetric="0.01*tri(t)")
    assert flat.output_ranges[0] != flat.output_ranges[2]
    for plan in (told(), flat):
        for lane, (low, high) in zip(plan.lanes, plan.output_ranges, strict=True):
            assert low <= lane.curve[:, 1].min() <= lane.curve[:, 1].max() <= high
            assert np.abs(lane.curve[:, 1]).max() >= 0.2 * (high - low)


def test_frames_come_back_from_a_file(tmp_path):
    frames = told(f="3,2", g="1,2,1").frames
    for suffix in ("npz", "json", "csv"):
        loaded = Frames.load(frames.save(tmp_path / f"a.{suffix}"))
        for name, array in frames.arrays().items():
            np.testing.assert_array_equal(loaded.arrays()[name], array)


REFUSED = [
    ({"f": "0"}, "--f", "zero everywhere"),
    ({"g": "0,0"}, "--g", "zero everywhere"),
    ({"f": "2*foo(t)"}, "--f", "unknown name"),
    ({"f": "3,2,1", "kind": "continuous"}, "--f", "a comma cannot stand here"),
    ({"g": "2n", "kind": "continuous"}, "--g", "the variable here is 't'"),
    ({"f": "u(t)"}, "--f and --g", "diverges"),
    ({"f": "delta(t)"}, "--f and --g", "impulses only"),
    ({"f": "delta(t) + rect(t)"}, "--f and --g", "no finite energy"),
    ({"f": "rect(t)", "g": "delta(t)", "lanes": "f*g, f@g, g@g"}, "--f and --g", "impulses only"),
    ({"f": "u(n)"}, "--f and --g", "infinitely many"),
    ({"f": "rect(n/50)", "g": "1,2"}, "--f and --g", "too many to watch"),
    ({"symmetric": "u(t)*exp(-t)"}, "--symmetric", "not symmetric about t = 0"),
    ({"symmetric": "1,2,1", "kind": "discrete"}, "--symmetric", "not symmetric about n = 0"),
    ({"symmetric": "0"}, "--symmetric", "zero everywhere"),
    ({"pattern": "1,2,3", "signal": "1,2"}, "--pattern", "has 3 values, the signal only 2"),
    ({"pattern": "0"}, "--pattern", "zero everywhere"),
    ({"signal": "u(n)"}, "--signal", "has no end"),
    ({"pattern": "0.5^n*u(n)"}, "--pattern", "has no end"),
    ({"signal": "sin(n)*rect(n/99)"}, "--signal", "too many to watch"),
]


@pytest.mark.parametrize(("more", "option", "says"), REFUSED, ids=str)
def test_what_cannot_be_shown_is_refused(more: dict[str, Any], option: str, says: str):
    with pytest.raises(InputError, match=says) as refusal:
        _ = told(**more).frames
    assert refusal.value.option == option
    assert refusal.value.accepted


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("lanes", "f*g", "three lanes"),
        ("lanes", "f*g, f@g, f*f", "not one of the six"),
        ("outcomes", "1,2", r"needs one \|"),
        ("outcomes", "1|2:0.4; 3|4:0.4", "add up to 0.8"),
        ("kind", "both", "discrete"),
        ("signal", "1,,2", "a number is missing"),
        ("pattern", "", "missing"),
    ],
)
def test_what_cannot_be_read_is_refused_at_once(name: str, value: str, says: str):
    with pytest.raises(ValueError, match=says):
        told(**{name: value})


def test_probabilities_are_fractions_where_they_are_short():
    assert told().probabilities == ["1 slash 4"] * 4
    assert told(outcomes="1|1:0.01; 1|2:0.99").probabilities == ["0.01", "0.99"]
    assert told(outcomes="1|1").probabilities == ["1"]
    assert math.isclose(told().moments.probability.sum(), 1.0)
