"""What the viewer reads off: both losses, both kernels and their difference, by other means."""

import re
import time
from typing import Any

import numpy as np
import pytest

from scenes.plans.learned_flip import LearnedFlipPlan
from tests.scenes.captions import assert_says, assert_well_told, caption_of, numbers_in

X = "3,-1,2,0,4,-2,5,1,-3,2,2,-4"

TASKS: list[dict[str, Any]] = [
    {},
    {"seed": 0},
    {"seed": 2**32 - 1, "length": 60},
    {"kernel": "1,2,1", "noise": 0},
    {"kernel": "1,2,1", "start": "1,0,0", "signal": X},
    {"kernel": "-3,12.5", "length": 3},
    {"kernel": "0.1,0"},
    {"kernel": "50,-40,30,20,-10,45", "noise": 10, "length": 40},
    {"kernel": "1,0,0", "start": "0,0,1", "noise": 0, "signal": X},
    {"kernel": "2,1", "start": "0,0", "signal": X},
    {"steps": 2000},
    {"rate": 0.57},
    {"rate": 0.02, "steps": 1500},
    {"kernel": "1,-1", "signal": "1,-1,1,-0.5,1,-1,1,-1"},
]


def told(**parameters: Any) -> LearnedFlipPlan:
    return LearnedFlipPlan(LearnedFlipPlan.Parameters(**parameters))


def trained(plan: LearnedFlipPlan, layer: Any) -> tuple[np.ndarray, list[float]]:
    """The last kernel and the loss after every step, with the gradient by unit impulses."""
    f = plan.frames
    kernel = f.convolution[0].copy()
    units = [layer(f.signal, unit, "valid") for unit in np.eye(kernel.size)]
    losses = []
    for _ in range(len(f)):
        error = layer(f.signal, kernel, "valid") - f.target
        losses.append(float((error**2).mean()))
        last = kernel
        kernel = kernel - f.rate * np.array([2 * (error * unit).mean() for unit in units])
    return last, losses


@pytest.mark.parametrize("task", TASKS, ids=str)
def test_the_story_is_told_and_its_numbers_are_right(task: dict[str, Any]):
    plan = told(**task)
    f = plan.frames
    assert [check.name for check in plan.checks if not check.passed] == []
    assert_well_told(plan)
    ours, our_losses = trained(plan, np.convolve)
    theirs, their_losses = trained(plan, np.correlate)
    np.testing.assert_allclose(f.convolution[-1], ours, rtol=0, atol=1e-11 * max(abs(ours)))
    np.testing.assert_allclose(f.correlation[-1], theirs, rtol=0, atol=1e-11 * max(abs(theirs)))
    top = max(our_losses[0], their_losses[0])
    np.testing.assert_allclose(f.convolution_loss, our_losses, rtol=1e-9, atol=1e-13 * top)
    np.testing.assert_allclose(f.correlation_loss, their_losses, rtol=1e-9, atol=1e-13 * top)
    assert np.abs(ours - theirs[::-1]).max() <= 1e-6
    assert f.difference[-1] == pytest.approx(np.abs(ours - theirs[::-1]).max(), abs=1e-11)


@pytest.mark.parametrize("task", TASKS, ids=str)
def test_charts_hold_what_they_show(task: dict[str, Any]):
    plan = told(**task)
    f = plan.frames
    for (low, high), rows in (
        (plan.kernel_range, [f.convolution, f.correlation]),
        (plan.data_ranges[0], [f.signal]),
        (plan.data_ranges[1], [f.target]),
        (plan.loss_range, [plan.loss_curve(k)[:, 1] for k in ("convolution", "correlation")]),
        (plan.difference_range, [plan.difference_curve[:, 1], np.array([-6.0])]),
    ):
        assert low <= min(float(row.min()) for row in rows)
        assert max(float(row.max()) for row in rows) < high
    assert 0 < plan.apart < len(f) - 1
    for layer in ("convolution", "correlation"):
        met = plan.met(layer, -1)
        total = getattr(f, f"{layer}_output")[-1, 0]
        assert met @ f.signal[: met.size] == pytest.approx(total, abs=1e-9)


def test_the_default_differs_on_the_way_and_agrees_in_the_end():
    plan = LearnedFlipPlan()
    f = plan.frames
    np.testing.assert_array_equal(f.convolution[0], f.correlation[0])
    at = plan.apart
    assert f.correlation_loss[at] > 10 * f.convolution_loss[at]
    assert f.convolution_loss[-1] == pytest.approx(f.correlation_loss[-1], rel=1e-8)
    assert f.least_loss == pytest.approx(f.convolution_loss[-1], rel=1e-8)
    assert 100 <= len(f) - 1 <= 500
    np.testing.assert_allclose(f.convolution[-1], [1, 0.6, 0.3, -0.2], atol=0.02)
    assert not plan.is_its_own_mirror
    assert 45 <= plan.duration <= 100


def test_captions_say_the_numbers():
    plan = LearnedFlipPlan()
    f, last = plan.frames, len(plan.frames) - 1
    assert_says(plan, "layers", [f.convolution_output[0, 0], f.correlation_output[0, 0]])
    assert_says(plan, "loss", [f.convolution_loss[0], f.correlation_loss[0]])
    at = plan.apart
    assert_says(plan, "apart", [at, f.convolution_loss[at], f.correlation_loss[at]])
    assert_says(plan, "meet", [last, f.convolution_loss[-1]])
    assert_says(plan, "mirror", [f.difference[-1]])
    assert_says(plan, "same", [f.convolution_output[-1, 0]])


def test_the_answer_is_not_given_away():
    """Neither headings nor captions say who wins, or that they mirror, before it is seen."""
    beats = LearnedFlipPlan().beats
    names = [beat.name for beat in beats]
    before = beats[: names.index("predict") + 1]
    said = " ".join(beat.caption + beat.heading for beat in before)
    assert not re.search("same loss|mirror|neither|coincide", said)
    headings = [beat.heading for beat in beats[: names.index("mirror") + 1]]
    assert not re.search("same|equal|mirror|coincide", " ".join(headings[2:]))


def test_a_symmetric_start_is_told_as_one():
    plan = told(start="0,0,0,0")
    assert plan.is_symmetric
    assert "equal all the way" in caption_of(plan, "apart")
    assert np.abs(plan.frames.convolution_loss - plan.frames.correlation_loss).max() < 1e-12
    assert numbers_in(caption_of(plan, "mirror")) == ["0.000000000001"]


def test_a_kernel_that_is_its_own_mirror_image_is_told_as_one():
    assert "its own mirror image" in caption_of(told(kernel="1,2,1"), "mirror")
    assert "its own mirror image" not in caption_of(LearnedFlipPlan(), "mirror")


def test_a_change_of_the_lead_is_told():
    changes = [told(seed=seed) for seed in range(12)]
    for plan in changes:
        f, at = plan.frames, plan.apart
        leads = [f.convolution_loss[i] < f.correlation_loss[i] for i in (0, at)]
        assert ("the lead has changed" in caption_of(plan, "apart")) == (leads[0] != leads[1])
    assert len({"lead" in caption_of(plan, "apart") for plan in changes}) == 2


def test_without_noise_the_losses_are_shown_as_small_as_they_are():
    plan = told(noise=0)
    assert plan.floor is None or plan.floor < -6
    assert "below 0.000001" in caption_of(plan, "meet")
    assert len(plan.small_losses()) == 2
    assert LearnedFlipPlan().small_losses() == []
    assert "noise" not in " ".join(beat.caption for beat in plan.beats)


def test_a_list_may_begin_with_a_minus_and_be_an_expression():
    assert told(kernel="-1,2").frames.kernel.tolist() == [-1, 2]
    assert told(kernel="0.5^n*(u(n)-u(n-3))").frames.kernel.tolist() == [1, 0.5, 0.25]


def test_the_same_seed_is_the_same_story_and_it_takes_less_than_a_second():
    start = time.process_time()
    one, other = told(seed=5), told(seed=5)
    assert one.beats == other.beats
    assert time.process_time() - start < 1.0
    assert told(seed=6).beats != one.beats
