"""What cannot be learned, or not be shown, is refused with what would be accepted."""

import re
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from convmath import InputError
from scenes.parameters import first_error
from scenes.plans.training_task import TrainingParameters, TrainingTask


def task(**parameters: Any) -> TrainingTask:
    return TrainingTask(TrainingParameters(**parameters))


def refusal(**parameters: Any) -> InputError:
    with pytest.raises((InputError, ValidationError)) as refused:
        task(**parameters).run()
    error = refused.value
    if isinstance(error, ValidationError):
        return first_error(error, TrainingParameters)
    return error


X = "3,-1,2,0,4,-2,5,1,-3,2,2,-4"

WRONG: list[tuple[dict[str, Any], str, str, str]] = [
    ({"kernel": "1"}, "--kernel", "1 tap cannot", "2 to 6"),
    ({"kernel": "1,2,3,4,5,6,7"}, "--kernel", "7 taps cannot", "2 to 6"),
    ({"kernel": ""}, "--kernel", "missing", ""),
    ({"kernel": "[]"}, "--kernel", "missing", ""),
    ({"kernel": "1,nan"}, "--kernel", "unknown name", ""),
    ({"kernel": "0,0,0"}, "--kernel", "too small", "0.1 to 50"),
    ({"kernel": "0.01,0.02"}, "--kernel", "too small", "0.1 to 50"),
    ({"kernel": "51,2"}, "--kernel", "51, is too large", "0.1 to 50"),
    ({"kernel": "u(n)"}, "--kernel", "never ends", "a list"),
    ({"kernel": "1,2 @ 1"}, "--kernel", "begins at index 1", "from index 0"),
    ({"signal": ""}, "--signal", "missing", ""),
    ({"signal": "1,inf"}, "--signal", "unknown name", ""),
    ({"signal": "1,1,1,1,1,1,1,1"}, "--signal", "does not determine 4 taps", "varies more"),
    ({"signal": "1,2,3"}, "--signal", "3 samples", "at least 7"),
    ({"signal": ",".join(["1", "-2"] * 31)}, "--signal", "62 samples", "at most 60"),
    ({"signal": "1000,1,2,3,0,0,1"}, "--signal", "too large", "0.1 to 50"),
    ({"signal": "u(-n)"}, "--signal", "never ends", "a list"),
    ({"signal": X, "length": 12}, "--length", "its own length", "either"),
    ({"signal": "1,-1,1,-1,1,-1,1,-1,1.01,-1,1,-1", "kernel": "1,2"}, "--signal", "hardly", "seed"),
    ({"length": 2}, "--length", "less than 3", "3 to 60"),
    ({"length": 61}, "--length", "more than 60", "3 to 60"),
    ({"length": 6}, "--length", "6 samples", "at least 7"),
    ({"start": "1,2"}, "--start", "2 numbers, but the kernel has 4", "4 numbers"),
    ({"start": ""}, "--start", "missing", ""),
    ({"start": "1,2,3,99"}, "--start", "too large", "0.1 to 50"),
    ({"kernel": "1,2,1", "start": "1,2,1", "noise": 0}, "--start", "are to learn", "another"),
    ({"noise": -0.1}, "--noise", "less than 0", "0 to 10"),
    ({"noise": 11}, "--noise", "more than 10", "0 to 10"),
    ({"noise": float("nan")}, "--noise", "finite", "0 to 10"),
    ({"seed": -1}, "--seed", "less than 0", "whole number"),
    ({"seed": 1.5}, "--seed", "a whole number", "whole number"),
    ({"steps": 9}, "--steps", "less than 10", "10 to 2000"),
    ({"steps": 2001}, "--steps", "more than 2000", "10 to 2000"),
    ({"steps": 50}, "--steps", "after 50 steps", "steps or more"),
    ({"rate": 0.0}, "--rate", "greater than 0", "above 0, up to"),
    ({"rate": -1.0}, "--rate", "greater than 0", "above 0, up to"),
    ({"rate": float("nan")}, "--rate", "finite", "above 0"),
    ({"rate": float("inf")}, "--rate", "finite", "above 0"),
    ({"rate": 0.9}, "--rate", "goes too far", "above 0, up to"),
    ({"rate": 1e-6}, "--rate", "would take", "a rate near"),
]


@pytest.mark.parametrize(("parameters", "option", "says", "accepts"), WRONG, ids=str)
def test_wrong_input_names_the_option_and_what_is_accepted(
    parameters: dict[str, Any], option: str, says: str, accepts: str
):
    error = refusal(**parameters)
    assert error.option == option
    assert says in error.problem
    assert accepts in str(error.accepted)
    name = option.removeprefix("--")
    typed = str(parameters[name])
    assert error.typed == typed or float(str(error.typed)) == float(typed)


def hessian_limit() -> float:
    """2/λ of the default task, by singular values."""
    chosen = task()
    rows = np.lib.stride_tricks.sliding_window_view(chosen.signal, chosen.kernel.size)
    return float(len(rows) / np.linalg.norm(rows, 2) ** 2)


def test_the_rate_that_is_offered_is_accepted_and_near_the_limit():
    limit = hessian_limit()
    for rate in (limit, 2 * limit, 1e6):
        error = refusal(rate=rate)
        offered = float(re.findall(r"up to ([\d.]+)", str(error.accepted))[0])
        assert 0.97 * limit < offered < limit
        task(rate=offered).run()
        assert f"2/λ = {limit:.4g}" in str(error.accepted)


def test_the_steps_that_are_offered_are_accepted():
    error = refusal(steps=50)
    offered = int(re.findall(r"(\d+) steps or more", str(error.accepted))[0])
    frames = task(steps=offered).run()
    assert len(frames) == offered + 1
    assert frames.difference[-1] <= 1e-6
    assert refusal(steps=offered - 30).option == "--steps"


def test_the_rate_near_which_fewer_steps_do_is_accepted():
    error = refusal(rate=1e-4)
    rate, steps = re.findall(r"near ([\d.]+), for which (\d+) steps", str(error.accepted))[0]
    assert len(task(rate=float(rate), steps=max(int(steps), 10)).run()) == int(steps) + 1


def test_a_tenth_of_the_limit_is_the_rate_where_none_is_given():
    limit, rate = hessian_limit(), task().rate
    assert 0.095 * limit < rate <= 0.1 * limit


def test_an_unhelpful_signal_gets_a_bolder_rate():
    chosen = task(kernel="1,-1", signal="1,-1,1,-0.7,1,-1,1,-1")
    frames = chosen.run()
    assert chosen.rate > 0.15 * 2 / frames.curvature
    assert frames.difference[-1] <= 1e-6


def test_what_is_drawn_at_random_has_streams_of_its_own():
    one, longer = task(length=20), task(length=30)
    np.testing.assert_array_equal(one.start, longer.start)
    np.testing.assert_array_equal(one.signal, longer.signal[:20])
    assert task(noise=0).run().noise.any() == np.False_
    assert task(noise=1).run().noise.std() == pytest.approx(1.0, abs=0.5)
