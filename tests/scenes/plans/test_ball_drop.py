"""The numbers that a viewer must be able to read off, against numpy."""

import re
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from convmath import InputError
from convmath.pmf import parse_pmf
from scenes.plans.ball_drop import BallDropPlan
from tests.scenes.captions import assert_says, assert_well_told, caption_of


def told(**parameters: Any) -> BallDropPlan:
    return BallDropPlan(BallDropPlan.Parameters(**parameters))


CASES: list[dict[str, Any]] = [
    {},
    {"c": 5},
    {"c": 0},
    {"preset": "dice"},
    {"preset": "dice", "f": "1/2,1/2", "c": 7},
    {"f": "poisson(2)", "g": "geometric(1/2)"},
    {"f": "3,0,5", "g": "1,0,1e-7", "normalise": True},
    {"f": "1/2,1/2", "g": "0,0,0,0,0,0,0,1"},
    {"f": "uniform(1, 8)", "g": "binomial(7, 0.3)"},
]
EVERY = pytest.mark.parametrize("parameters", CASES, ids=str)


@EVERY
def test_the_totals_are_numpys(parameters: dict[str, Any]):
    plan = told(**parameters)
    p = plan.parameters
    f, g = (parse_pmf(text, normalise=p.normalise).p for text in (p.f, p.g))
    np.testing.assert_allclose(plan.frames.output, np.convolve(f, g), rtol=0, atol=1e-12)
    assert plan.frames.output.sum() == pytest.approx(1, abs=1e-12)
    assert sum(plan.posterior) == pytest.approx(1, abs=1e-12)
    assert [check.name for check in plan.checks if not check.passed] == []


@EVERY
def test_the_story_is_well_told(parameters: dict[str, Any]):
    plan = told(**parameters)
    assert_well_told(plan)
    assert 45 <= plan.duration <= 105
    names = [beat.name for beat in plan.beats]
    assert names.index("predict") < names.index("slide") < names.index("whole")


def test_the_default_is_what_the_page_says():
    plan = told()
    assert plan.c == 3
    assert plan.ways.tolist() == [[0, 3], [1, 2], [2, 1], [3, 0]]
    assert_says(plan, "hop", [3, 1, 0.2, 2, 0.4, 0.2, 0.4, 0.08])
    assert_says(plan, "ways", [4, 3, 0, 3, 1, 2, 2, 1, 3, 0])
    assert_says(plan, "add", [0.02, 0.08, 0.12, 0.03, 0.25])
    assert_says(plan, "whole", [4, 0.29, 3, 1])
    assert_says(plan, "before", [3, 0.25, 2, 0.48, 1])
    np.testing.assert_allclose(plan.posterior, [0.08, 0.32, 0.48, 0.12], rtol=1e-12)


@EVERY
def test_what_is_written_adds_up_wherever_it_claims_to(parameters: dict[str, Any]):
    plan = told(**parameters)
    products, (first, second) = plan.product_chances, plan.pmf_chances
    if not products.exact:
        assert "≈" in caption_of(plan, "hop")
        return
    parts = []
    for f, g, product in plan.way_chances:
        one, other, both = first.write(f), second.write(g), products.write(product)
        assert Fraction(one) * Fraction(other) == Fraction(both)
        parts.append(Fraction(both))
    total = Fraction(products.write(plan.step.output))
    assert sum(parts) == total
    if plan.posterior_chances.exact:
        written = [Fraction(plan.posterior_chances.write(share)) for share in plan.posterior]
        assert written == [part / total for part in parts]


def test_a_hint_is_given_only_where_the_total_has_most_ways():
    assert "No other total has as many ways as 3" in caption_of(told(), "predict")
    assert "ways" not in caption_of(told(c=2), "predict")
    assert not re.search("4|0.29", caption_of(told(), "predict"))


def test_totals_that_are_equally_likely_are_all_named():
    caption = caption_of(told(f="1/2,1/2", g="1/4,1/4,1/4,1/4"), "whole")
    assert "totals are 1, 2 and 3, each with probability 0.250." in caption


def test_dice_are_a_preset_that_can_be_overridden():
    dice = told(preset="dice")
    assert (dice.parameters.f, dice.parameters.g, dice.c) == ("uniform(1, 6)",) * 2 + (5,)
    assert "pairs" in [beat.name for beat in dice.beats]
    assert_says(dice, "pairs", [36])
    assert "4/36" in caption_of(dice, "add")
    other = told(preset="dice", g="1/2,1/2", c=3)
    assert (other.parameters.f, other.parameters.g, other.c) == ("uniform(1, 6)", "1/2,1/2", 3)
    again = BallDropPlan.Parameters(**dice.parameters.model_dump())
    assert again == dice.parameters


def test_tails_are_told():
    plan = told(f="geometric(1/2)", g="poisson(1)")
    assert "Of f, 0.78 % beyond 7 are left out." in caption_of(plan, "drops")
    assert "Of g, 0.37 % beyond 4 are left out." in caption_of(plan, "drops")
    assert "left out" not in caption_of(told(), "drops")


def test_one_way_is_told_as_one():
    plan = told(c=0)
    assert "only (0, 0)" in caption_of(plan, "ways")
    assert_says(plan, "add", [0.01])


@pytest.mark.parametrize(
    ("parameters", "option", "says"),
    [
        ({"f": "0.5,0.4"}, "--f", "add up to 0.9, not to 1"),
        ({"g": "0.5,0.500001"}, "--g", "add up to 1.000001, not to 1"),
        ({"f": "1"}, "--f", "1 outcome cannot"),
        ({"g": "uniform(0, 8)"}, "--g", "9 outcomes cannot"),
        ({"g": "1/2,1/2 @ 8"}, "--g", "from 8 to 9"),
        ({"f": "1/2,1/2 @ -1"}, "--f", "from -1 to 0"),
        ({"c": 7}, "--c", "total 7 has the probability 0"),
        ({"c": -1}, "--c", "total -1 has the probability 0"),
        ({"c": 1, "f": "1/2,0,1/2", "g": "1/2,0,1/2"}, "--c", "total 1 has the probability 0"),
    ],
)
def test_what_has_no_story_is_refused(parameters: dict[str, Any], option: str, says: str):
    with pytest.raises(InputError, match=says) as refusal:
        _ = told(**parameters).frames
    assert refusal.value.option == option
    assert refusal.value.accepted


def test_a_pmf_that_cannot_be_read_is_refused_as_it_is_typed():
    with pytest.raises(ValueError, match="cannot be negative"):
        told(f="-1,2", normalise=True)
