"""What the story of the rules says, against NumPy."""

from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from convmath import InputError
from scenes.parameters import first_error
from scenes.plans.aggregation_rules import AggregationRulesPlan
from tests.scenes.captions import assert_says, assert_well_told, caption_of


def told(**parameters: Any) -> AggregationRulesPlan:
    return AggregationRulesPlan(AggregationRulesPlan.Parameters(**parameters))


STORIES: list[dict[str, Any]] = [
    {},
    {"f": "1,0,2", "window": 0, "t": 0, "rule": "1"},
    {"f": "1,-1,1,-1", "rule": "sign(d)/3", "t": 3, "scale": 0.1},
    {"f": "3,1,4,1,5,9,2,6 @ -3", "window": 2, "scale": 2.5, "rule": "1,-2,1 @ -1", "t": 0},
    {"f": "999,-0.01,-500,12.5,0,7", "window": 14, "scale": 100.0, "rule": "10000*exp(-d^2)"},
    {"f": "tri(n/6)", "rule": "u(d - 1)"},
]


@pytest.mark.parametrize("parameters", STORIES, ids=str)
def test_captions_say_what_the_sums_come_to(parameters: dict[str, Any]):
    plan = told(**parameters)
    assert_well_told(plan)
    assert [check.name for check in plan.checks if not check.passed] == []
    f, i = plan.f.values.astype(float), plan.example
    d = np.arange(1 - len(f), len(f))
    radius, scale = plan.parameters.window, plan.parameters.scale
    kernels = [np.abs(d) <= radius, 2.0 ** (-np.abs(d) / scale), d**2.0]
    sums = [np.convolve(g, f)[len(f) - 1 : 2 * len(f) - 1] for g in kernels]
    totals = [np.convolve(g, np.ones(len(f)))[len(f) - 1 : 2 * len(f) - 1] for g in kernels]
    averages = [y / total for y, total in zip(sums, totals, strict=True)]
    expected = [row[i] for row in (*sums, *totals, *averages)]
    assert_says(plan, "answers", expected)
    ups = [np.abs(np.diff(row)).sum() for row in (f, *averages)]
    assert_says(plan, "smoothest", [100 * up / ups[0] for up in ups[1:]])
    vary = [row for row in averages if np.ptp(row) > 1e-9]
    assert_says(plan, "kept", [np.corrcoef(f, row)[0, 1] for row in vary])
    assert caption_of(plan, "kept").count("undefined") == len(averages) - len(vary)
    assert plan.smoothest == int(np.argmin(ups[1:]))


def test_the_default_story():
    plan = told()
    assert 45 <= plan.duration <= 100
    assert "y(3) = 1 + 5 + 3 = 9. The weights add up to 3." in caption_of(plan, "add")
    assert "g(1) = 0.5, g(−1) = 0." in caption_of(plan, "flip")
    assert "y(3) = 6.00" in caption_of(plan, "fourth")
    assert [lane.name for lane in plan.lanes][plan.smoothest] == "squared distance"
    assert [lane.name for lane in plan.lanes][plan.nearest] == "exponential decay"


def test_the_default_inputs_and_the_default_fourth_rule_are_not_symmetric():
    plan = told()
    assert plan.f.values.tolist() != plan.f.values[::-1].tolist()
    assert not plan.is_symmetric


def test_a_symmetric_rule_shows_no_flip():
    plan = told(rule="gauss(d)")
    assert plan.is_symmetric
    assert "the flip does not show" in caption_of(plan, "flip")


def test_the_flip_is_told_where_it_can_be_seen():
    plan = told(rule="1,0,1,0,0,0,2 @ -2")  # g(2) = 0 but g(−2) = 1; g(1) = g(−1)
    assert plan.offset == 2
    assert "g(2) = 0, g(−2) = 1" in caption_of(plan, "flip")


def test_a_rule_with_negative_weights_has_no_average():
    plan = told(rule="sign(d)")
    assert not plan.averages(3)
    np.testing.assert_array_equal(plan.final(3), plan.frames.output[:, 3])
    assert "no average" in caption_of(plan, "four")
    assert "no average" not in caption_of(told(), "four")


def test_inputs_that_add_up_to_nothing_have_no_parabola():
    assert "straight line" in caption_of(told(f="1,-1,1,-1"), "kept")
    assert "parabola" in caption_of(told(), "kept")


def test_a_curve_that_runs_far_past_its_weights_is_not_drawn():
    assert len(told().outline(3)) > 2
    assert len(told(rule="1 + 50 sin(pi d)^2").outline(3)) == 0


@pytest.mark.parametrize(
    ("parameters", "option", "says"),
    [
        ({"f": "1,2"}, "--f", "too few"),
        ({"f": ",".join(["1"] * 16)}, "--f", "16 inputs"),
        ({"f": "0,0,0"}, "--f", "all inputs are 0"),
        ({"f": "2,2,2"}, "--f", "all inputs are 2"),
        ({"f": "1,2,1000"}, "--f", "1000 cannot be read"),
        ({"f": "1,2,0.001"}, "--f", "0.001 cannot be read"),
        ({"f": "u(n)"}, "--f", "never ends"),
        ({"t": 12}, "--t", "no input at this place"),
        ({"t": -1}, "--t", "no input at this place"),
        ({"rule": "0"}, "--rule", "weighs nothing"),
        ({"rule": "u(d - 50)"}, "--rule", "weighs nothing"),
        ({"rule": "1/d"}, "--rule", "infinite at d = 0"),
        ({"rule": "log(d)"}, "--rule", "logarithm"),
        ({"rule": "10^d"}, "--rule", "at d = 11, cannot be read"),
        ({"rule": "sin(pi d)"}, "--rule", "cannot be read"),
        ({"rule": ""}, "--rule", "missing"),
    ],
    ids=str,
)
def test_what_cannot_be_shown_is_refused(parameters: dict[str, Any], option: str, says: str):
    with pytest.raises(InputError) as refused:
        _ = told(**parameters).frames
    assert refused.value.option == option
    assert says in str(refused.value)
    assert refused.value.accepted or refused.value.position is not None


@pytest.mark.parametrize(
    ("parameters", "option"),
    [
        ({"f": ""}, "--f"),
        ({"f": "1,x"}, "--f"),
        ({"window": -1}, "--window"),
        ({"window": 15}, "--window"),
        ({"window": 1.5}, "--window"),
        ({"scale": 0.0}, "--scale"),
        ({"scale": float("nan")}, "--scale"),
        ({"scale": float("inf")}, "--scale"),
    ],
    ids=str,
)
def test_parameters_out_of_range_are_refused(parameters: dict[str, Any], option: str):
    with pytest.raises(ValidationError) as refused:
        told(**parameters)
    error = first_error(refused.value, AggregationRulesPlan.Parameters)
    assert error.option == option
