import numpy as np
import pytest

from convmath import train
from scenes.kit.chart import Box, Chart
from scenes.kit.sliding import Slide
from scenes.kit.training import Training, quickening
from scenes.theme import DARK

BOX = Box(left=-4, right=4, bottom=-2, top=2)
RUNS = train([1, 2, 0, -1, 1, 3], [2, 1], [0, 1], rate=0.2, steps=40)
KERNELS = Chart((-0.6, 1.6), (-1, 3), BOX)
LOSSES = Chart((0, 40), (0, 10), BOX)


@pytest.fixture
def training() -> Training:
    curves = tuple(
        np.stack([RUNS.iteration, losses], axis=1)
        for losses in (RUNS.convolution_loss, RUNS.correlation_loss)
    )
    return Training(RUNS, (KERNELS, KERNELS, LOSSES), (curves[0], curves[1]), DARK, 2)


@pytest.mark.parametrize("i", [0, 1, 7, 40])
def test_a_step_shows_both_kernels_and_both_losses(training: Training, i: int):
    training.draw(i)
    for taps, run in zip(training.kernels, (RUNS.convolution, RUNS.correlation), strict=True):
        np.testing.assert_array_equal(taps.stems.values[:, 1], run[i])
        shown = [float(n.content.replace("−", "-")) for n in taps.numbers]
        np.testing.assert_allclose(shown, run[i], atol=0.005001)
    for tip, losses in zip(
        training.tips, (RUNS.convolution_loss, RUNS.correlation_loss), strict=True
    ):
        np.testing.assert_allclose(tip.get_center(), LOSSES.point(i, losses[i]), atol=1e-6)


def test_between_two_steps_the_kernels_are_on_the_straight_way(training: Training):
    training.draw(3.25)
    expected = 0.75 * RUNS.convolution[3] + 0.25 * RUNS.convolution[4]
    np.testing.assert_allclose(training.kernels[0].stems.values[:, 1], expected)
    assert float(training.kernels[0].numbers[0].content.replace("−", "-")) == pytest.approx(
        RUNS.convolution[3, 0], abs=0.005001
    )


def test_what_is_shown_depends_on_the_step_alone(training: Training):
    first = training.draw(5.5).kernels[1].stems.curve.heads.points.copy()
    training.draw(30)
    np.testing.assert_array_equal(training.draw(5.5).kernels[1].stems.curve.heads.points, first)


def test_a_slide_runs_through_the_training(training: Training):
    slide = Slide(training, 40, rate_func=quickening(0, 40, 40, 60.0))
    slide.begin()
    slide.interpolate(0.5)
    assert 0 < training.index < 20
    slide.finish()
    assert training.index == pytest.approx(40)


@pytest.mark.parametrize(("start", "stop"), [(0, 40), (0, 3), (3, 40)])
def test_a_run_in_two_stretches_is_as_quick_as_in_one(start: int, stop: int):
    rate = quickening(start, stop, 40, 60.0)
    at = start + np.array([rate(a) for a in np.linspace(0, 1, 200)]) * (stop - start)
    assert (at[0], at[-1]) == pytest.approx((start, stop))
    speed = np.diff(at) / (1 + 59 * (at[:-1] + at[1:]) / 2 / 40)
    np.testing.assert_allclose(speed, speed[0], rtol=1e-2)
