"""What the story of the channels says, against NumPy."""

import re
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from convmath import InputError
from scenes.numerals import brief
from scenes.parameters import first_error
from scenes.plans.channels_1d import Channels1dPlan
from tests.scenes.captions import assert_says, assert_well_told, caption_of, numbers_in


def told(**parameters: Any) -> Channels1dPlan:
    return Channels1dPlan(Channels1dPlan.Parameters(**parameters))


def rows(text: str) -> list[list[float]]:
    return [[float(entry) for entry in row.split(",")] for row in text.split(";")]


# channels, h, kernels
STORIES = [
    ("2,2,1,0,0,1;0,1,1,2,1,0;1,0,0,1,2,2", "2,1,1", "1,0,-1;0,1,1;-1,-1,1"),
    ("1,2,3", "1,2", "3,1"),
    ("1,0.5,0.25;-1,-0.5,2", "1,-1", "1,1,1;2,0.5,-1"),
    ("1,2;-1,-2", "3", "1;1"),
    ("5;7;-9", "2", "1;-1;1"),
    ("0,0;0,1", "0,1", "0,0;0,1"),
    ("120,-340,12,5,999,3,2,1,0,7;1,2,3,4,5,6,7,8,9,10", "0.5,-0.25,2,10", "1,0,0,-1;0,1,2,0"),
]


@pytest.mark.parametrize(("channels", "h", "kernels"), STORIES)
def test_captions_say_what_the_sums_come_to(channels: str, h: str, kernels: str):
    plan = told(channels=channels, h=h, kernels=kernels)
    assert_well_told(plan)
    assert [check.name for check in plan.checks if not check.passed] == []
    taps, x, w = rows(h)[0], rows(channels), rows(kernels)
    shares = np.array([np.convolve(taps, row) for row in x])
    step = plan.example(plan.frames)
    n = int(plan.frames.n[step])
    here = shares[:, n]
    named = [v for c, share in enumerate(here, 1) for v in (share, c)]
    assert_says(plan, "multiply", [n, *named])
    y = shares.sum(axis=0)
    if len(x) > 1:
        assert_says(plan, "stack", [*signed(here), y[n], n])
    peak = int(np.argmax(np.abs(y)))
    said = [len(y), 0, len(y) - 1, *([peak, y[peak]] if y.any() else [])]
    assert_says(plan, "whole", said)
    valid = sum(np.correlate(row, weights, "valid") for row, weights in zip(x, w, strict=True))
    assert_says(plan, "row", [len(valid), *valid])
    assert f"({len(x)}, {len(x[0])}) → (1, {len(y)}); valid" in caption_of(plan, "formulas")
    assert f"({len(x)}, {len(x[0])}) → (1, {len(valid)})." in caption_of(plan, "formulas")


def signed(shares: Any) -> list[float]:
    """Shares as they stand in a + b − c: only the first one keeps its sign."""
    return [shares[0], *np.abs(shares[1:])]


def test_the_default_story():
    plan = told()
    assert 45 <= plan.duration <= 100
    assert_well_told(plan)
    assert "6 in channel 1, 3 in channel 2 and 1 in channel 3" in caption_of(plan, "multiply")
    assert "6 + 3 + 1 = 10" in caption_of(plan, "stack")
    assert "1 + 2 − 1 = 2" in caption_of(plan, "weigh")
    assert "hangs below" in caption_of(plan, "weigh")
    assert "hangs below" not in caption_of(plan, "stack")
    assert "2, 6, 5, −1" in caption_of(plan, "row")


def test_the_default_kernels_are_not_symmetric_and_fit_any_channels():
    for count in (1, 2, 3):
        for length in (1, 2, 3, 10):
            plan = told(channels=";".join([",".join(["1"] * length)] * count))
            assert len(plan.kernels) == count
            assert plan.layer.channels == count
            assert_well_told(plan)
    assert all(w.values.tolist() != w.values[::-1].tolist() for w in told().kernels)
    assert told().h.values.tolist() != told().h.values[::-1].tolist()


def test_one_channel_has_no_story_of_telling_channels_apart():
    plan = told(channels="1,2,3")
    assert "alike" not in [beat.name for beat in plan.beats]
    assert "its sum is all there is" in caption_of(plan, "stack")
    assert not re.search("channels|kernels", plan.beats[0].caption)


def test_channels_that_cancel_have_no_peak():
    plan = told(channels="1,2;-1,-2")
    assert not plan.frames.output.any()
    assert "y is zero everywhere" in caption_of(plan, "whole")


def test_the_example_shows_what_there_is_to_see():
    plan = told()
    for frames in (plan.frames, plan.layer):
        assert np.count_nonzero(frames.sums[plan.example(frames)]) == 3
    assert plan.frames.n[plan.example(plan.frames)] != plan.frames.peak[0]
    assert (plan.layer.sums[plan.example(plan.layer)] < 0).any()


@pytest.mark.parametrize(("channels", "h", "kernels"), STORIES)
def test_everything_shown_lies_in_the_windows(channels: str, h: str, kernels: str):
    plan = told(channels=channels, h=h, kernels=kernels)
    for frames in (plan.frames, plan.layer):
        low, high = plan.lane_range(frames)
        for values in (frames.fixed, frames.original, frames.product):
            assert low <= values.min() <= values.max() <= high
        low, high = plan.stack_range(frames)
        for values in (frames.block, frames.output):
            assert low <= values.min() <= values.max() <= high
        left, right = plan.places(frames)
        assert left < frames.n[0] <= frames.n[-1] < right
        left, right = plan.window(frames)
        drawn = frames.k[(frames.fixed != 0).any(axis=0) | (frames.moving != 0).any(axis=(0, 1))]
        assert left < drawn.min() <= drawn.max() < right


def test_sums_have_the_decimals_that_they_need():
    assert told().decimals(told().frames) == 0
    halves = told(channels="0.5,1", h="1", kernels="1")
    assert halves.decimals(halves.frames) == 1
    thirds = told(channels="1,1", h="1/3", kernels="1/3")
    assert thirds.value(thirds.frames, 1 / 3) == "0.333"


@pytest.mark.parametrize(
    ("parameters", "option", "says"),
    [
        ({"channels": "1,2;1,2,3"}, "--channels", "different lengths: 2 and 3 numbers"),
        ({"channels": "1;1;1;1"}, "--channels", "4 channels are too many"),
        ({"channels": ",".join("1" * 11)}, "--channels", "11 numbers in a row are too many"),
        ({"channels": "0,0;0,0"}, "--channels", "all zero"),
        ({"channels": "1,1e6"}, "--channels and --h", "numbers of the size of 1e+06"),
        ({"h": "1e-6"}, "--channels and --h", "cannot be read"),
        ({"h": "1,2,3,4,5"}, "--h", "5 numbers in a row are too many"),
        ({"h": "0,0"}, "--h", "all zero"),
        ({"h": "u(n)"}, "--h", "a row is a list"),
        ({"kernels": "1,2;3,4"}, "--channels and --kernels", "3 channels, but 2 kernels"),
        (
            {"channels": "1,2", "kernels": "1,2,3"},
            "--kernels",
            "3 numbers do not fit into channels",
        ),
        ({"kernels": "1;1,2;1"}, "--kernels", "different lengths: 1, 2 and 1 numbers"),
        ({"kernels": "0;0;0"}, "--kernels", "all zero"),
        ({"kernels": "1e6;1;1"}, "--channels and --kernels", "cannot be read"),
    ],
)
def test_what_cannot_be_shown_is_refused(parameters: dict[str, str], option: str, says: str):
    try:
        _ = told(**parameters).frames
    except ValidationError as error:
        refusal = first_error(error, Channels1dPlan.Parameters)
    except InputError as error:
        refusal = error
    else:
        pytest.fail("this was taken")
    assert refusal.option == option
    assert says in refusal.problem


def test_terms_are_the_pairs_of_the_definition():
    plan = told()
    x, taps = rows(STORIES[0][0]), rows(STORIES[0][1])[0]
    step = plan.example(plan.frames)
    n = int(plan.frames.n[step])
    for c in range(3):
        pairs = [(brief(taps[k]), brief(x[c][n - k])) for k in range(3) if 0 <= n - k < 6]
        assert plan.terms(plan.frames, step, c) == pairs
    assert numbers_in(caption_of(plan, "multiply"))[1] == brief(
        sum(float(a) * float(b) for a, b in plan.terms(plan.frames, step, 0))
    )
