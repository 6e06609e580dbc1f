"""What the story of the two readings says, against NumPy."""

from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from convmath import InputError
from scenes.parameters import first_error
from scenes.plans.spread_and_gather import SpreadAndGatherPlan
from tests.scenes.captions import assert_says, assert_well_told, caption_of

STORIES = [
    ("3,1,2,1", "4,2,1"),
    ("1", "4,2,1"),
    ("1,2,0.5", "2"),
    ("2", "-3"),
    ("0,2,-1,3", "-1,0,2"),
    ("12.5,-7,0,3.25,-0.5,100", "-2,0.25,1,3,-1"),
    ("0,0,1", "0,1"),
    ("0.1,0.2", "0.1,-0.2"),
    ("1,1", "1,-1"),
    ("1,-1,1", "1,2,3,4,5"),
]


def told(**parameters: Any) -> SpreadAndGatherPlan:
    return SpreadAndGatherPlan(SpreadAndGatherPlan.Parameters(**parameters))


def row(text: str) -> list[float]:
    return [float(entry) for entry in text.split(",")]


@pytest.mark.parametrize(("f", "g"), STORIES)
def test_captions_say_what_the_sums_come_to(f: str, g: str):
    plan = told(f=f, g=g)
    assert_well_told(plan)
    assert [check.name for check in plan.checks if not check.passed] == []
    x, taps = row(f), row(g)
    y = np.convolve(x, taps)
    assert numbers_said_of_launch(plan) == pytest.approx(copy_of_first(x, taps), abs=5e-4)
    assert_says(plan, "stack", list(y))
    n = plan.example
    pairs = [(k, x[k], taps[n - k]) for k in range(len(x)) if 0 <= n - k < len(taps)]
    assert_says(plan, "gather", [n, *(v for _, *factors in pairs for v in factors), y[n]])
    newest, oldest = pairs[-1][0], pairs[0][0]
    ages = [newest, n - newest, n - newest]
    ages += [oldest, n - oldest, n - oldest] if len(pairs) > 1 else []
    assert_says(plan, "age", ages)
    assert_says(plan, "columns", [n, *(a * b for _, a, b in pairs), y[n]])


def numbers_said_of_launch(plan: SpreadAndGatherPlan) -> list[float]:
    listed = caption_of(plan, "launch").partition(": ")[2].partition(" at n")[0]
    return [float(value.replace("−", "-")) for value in listed.split(", ")]


def copy_of_first(x: list[float], taps: list[float]) -> list[float]:
    first = next(value for value in x if value)
    return [first * tap for tap in taps]


def test_the_default_story():
    plan = told()
    assert 45 <= plan.duration <= 100
    assert "12, 6, 3 at n = 0 to 2" in caption_of(plan, "launch")
    assert "y = 12, 10, 13, 9, 4, 1" in caption_of(plan, "stack")
    assert "3 · 1 + 1 · 2 + 2 · 4 = 13" in caption_of(plan, "gather")
    assert "the newest, f[2], has age 0 and meets g[0]" in caption_of(plan, "age")
    assert "the oldest, f[0], has age 2 and meets g[2]" in caption_of(plan, "age")
    assert "taken off" not in caption_of(plan, "stack")


def test_the_default_signals_are_not_symmetric():
    for option in ("f", "g"):
        values = row(SpreadAndGatherPlan.Parameters.model_fields[option].default)
        assert values != values[::-1]


def test_the_answer_is_not_given_before_the_question():
    plan = told()
    names = [beat.name for beat in plan.beats]
    before = [beat.caption for beat in plan.beats[: names.index("gather")]]
    assert not any("flipped" in caption or "3 · 1" in caption for caption in before)


def test_negative_blocks_are_told_of():
    assert "hangs below the axis" in caption_of(told(f="1,-1"), "stack")


def test_one_input_has_no_copies_to_stack():
    plan = told(f="2")
    assert "this copy is the output: y = 8, 4, 2" in caption_of(plan, "stack")
    assert caption_of(plan, "signals").startswith("One sample comes in")


def test_the_example_has_most_terms_and_both_signs_where_it_can():
    assert told().example == 2
    plan = told(f="5,1,1,-2", g="1,1")
    assert sorted(plan.frames.product[plan.example].tolist()) == [-2, 0, 0, 1]
    plan = told(f="0,0,3,1", g="1,2")
    assert plan.frames.product[plan.example].tolist() == [0, 0, 6, 1]


@pytest.mark.parametrize(("f", "g"), STORIES)
def test_all_stacks_lie_in_the_chart(f: str, g: str):
    plan = told(f=f, g=g)
    low, high = plan.stack_range
    assert low <= plan.frames.block.min() <= plan.frames.block.max() <= high
    assert low <= 0 <= high


def test_sums_have_the_decimals_that_they_need():
    assert told().decimals == 0
    assert told(f="0.5,1", g="1,3").decimals == 1
    assert told(f="1/3", g="1").decimals == 2


@pytest.mark.parametrize(
    ("parameters", "option", "says"),
    [
        ({"f": "1,2,3,4,5,6,7"}, "--f", "7 numbers are too many"),
        ({"g": "1,2,3,4,5,6"}, "--g", "6 numbers are too many"),
        ({"f": "0,0"}, "--f", "all zero"),
        ({"g": "0"}, "--g", "all zero"),
        ({"f": ""}, "--f", "missing"),
        ({"g": "1,nan"}, "--g", "unknown name 'nan'"),
        ({"g": "1,2 @ -1"}, "--g", "starts at index 0"),
        ({"f": "1e5"}, "--f", "100000 cannot be read"),
        ({"g": "0.001"}, "--g", "0.001 cannot be read"),
        ({"f": "200", "g": "200"}, "--f and --g", "4e+04"),
        ({"f": "0.02,1", "g": "0.02,1"}, "--f and --g", "0.0004"),
        ({"f": "100,100", "g": "90,90"}, "--f and --g", "1.8e+04"),
    ],
)
def test_what_cannot_be_shown_is_refused(parameters: dict[str, str], option: str, says: str):
    try:
        _ = told(**parameters).frames
    except ValidationError as error:
        refusal = first_error(error, SpreadAndGatherPlan.Parameters)
    except InputError as error:
        refusal = error
    else:
        pytest.fail("this was taken")
    assert refusal.option == option
    assert says in refusal.problem


def test_rounded_sums_that_cancel_are_shown():
    assert told(f="0.3,0.1,0.2", g="1,-1").frames.apart <= 1e-12
