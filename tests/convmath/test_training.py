"""Both runs of training against numpy.linalg.lstsq, finite differences and closed forms."""

import time
from itertools import pairwise

import numpy as np
import pytest
from scipy.linalg import convolution_matrix

from convmath import Frames, InputError, TrainingRuns, train
from convmath.training import curvatures, rate_limit, settling_steps
from convmath.verify_training import verify_training

KERNELS = [[1, 0.6, 0.3, -0.2], [3, -1], [1, 2, 1], [0, 0, 0, 0, 5], [-1, 2, -3, 4, -5, 6]]


def task(kernel, seed=0, length=24, noise=0.1):
    random = np.random.default_rng(seed)
    signal, start = random.normal(size=length), random.normal(size=len(kernel))
    return (
        signal,
        np.array(kernel, float),
        start,
        noise * random.normal(size=length - start.size + 1),
    )


def run(kernel, share=0.25, steps=1500, **more) -> TrainingRuns:
    signal, taps, start, noise = task(kernel, **more)
    rate = share * rate_limit(signal, taps.size)
    return train(signal, taps, start, rate=rate, steps=steps, noise=noise)


@pytest.mark.parametrize("kernel", KERNELS)
def test_both_layers_arrive_at_least_squares(kernel):
    runs = run(kernel)
    # scipy's matrix of the convolution; that of the cross-correlation by shifted copies.
    size, outputs = len(kernel), runs.target.size
    flipping = convolution_matrix(runs.signal, size, "valid")
    copies = np.stack([runs.signal[k : k + outputs] for k in range(size)], axis=1)
    for matrix, learned, losses in (
        (flipping, runs.convolution, runs.convolution_loss),
        (copies, runs.correlation, runs.correlation_loss),
    ):
        best, residual, rank, _ = np.linalg.lstsq(matrix, runs.target, rcond=None)
        assert rank == size
        np.testing.assert_allclose(learned[-1], best, rtol=0, atol=1e-9)
        assert losses[-1] == pytest.approx(residual[0] / outputs, rel=1e-9)
        assert runs.least_loss == pytest.approx(residual[0] / outputs, rel=1e-9)
    assert runs.convolution_loss[-1] > 1e-4, "noise leaves something that no kernel explains"


@pytest.mark.parametrize("kernel", KERNELS)
def test_the_kernels_are_mirror_images_only_in_the_end(kernel):
    runs = run(kernel)
    assert runs.difference[0] > 0.1
    assert runs.difference[-1] <= 1e-9
    np.testing.assert_allclose(runs.convolution[-1], runs.correlation[-1, ::-1], rtol=0, atol=1e-9)
    np.testing.assert_array_equal(runs.convolution[0], runs.correlation[0])
    # On the way they differ, if only by what the noise and the windows lack in symmetry.
    assert np.abs(runs.convolution_loss - runs.correlation_loss).max() > 1e-3
    assert runs.convolution_loss[-1] == pytest.approx(runs.correlation_loss[-1], rel=1e-12)


def test_outputs_are_those_of_numpy():
    runs = run([1, 0.6, 0.3, -0.2], steps=7)
    clean = np.convolve(runs.signal, runs.kernel, "valid")
    np.testing.assert_allclose(runs.target, clean + runs.noise, atol=1e-14)
    for i in range(8):
        step = runs.at(i)
        y = np.convolve(runs.signal, step.convolution, "valid")
        z = np.correlate(runs.signal, step.correlation, "valid")
        np.testing.assert_allclose(step.convolution_output, y, atol=1e-14)
        np.testing.assert_allclose(step.correlation_output, z, atol=1e-14)
        assert step.convolution_loss == pytest.approx(((y - runs.target) ** 2).mean())
        assert step.correlation_loss == pytest.approx(((z - runs.target) ** 2).mean())


@pytest.mark.parametrize("layer", ["convolution", "correlation"])
def test_every_step_follows_the_numeric_gradient(layer):
    runs = run([2, -1, 0.5], steps=5)
    apply = np.convolve if layer == "convolution" else np.correlate
    kernels, h = getattr(runs, layer), 1e-4

    def loss(kernel):
        return ((apply(runs.signal, kernel, "valid") - runs.target) ** 2).mean()

    for here, then in pairwise(kernels):
        slope = [(loss(here + h * e) - loss(here - h * e)) / (2 * h) for e in np.eye(3)]
        np.testing.assert_allclose((here - then) / runs.rate, slope, rtol=0, atol=1e-8)


@pytest.mark.parametrize("share", [0.05, 0.5, 0.9, 0.999])
@pytest.mark.parametrize("kernel", KERNELS)
def test_no_step_raises_a_loss_at_a_rate_below_the_limit(kernel, share):
    runs = run(kernel, share=share, steps=300)
    for losses in (runs.convolution_loss, runs.correlation_loss):
        assert np.diff(losses).max() <= 1e-13 * losses[0]


def test_the_limit_is_where_descent_stops_converging():
    signal, kernel, start, _ = task([1, 2, 3])
    limit = rate_limit(signal, 3)
    rows = np.stack([signal[k : k + signal.size - 2] for k in range(3)], axis=1)
    assert limit == pytest.approx((signal.size - 2) / np.linalg.norm(rows, 2) ** 2)
    for rate in (limit, 1.01 * limit, 0.0, -1.0):
        with pytest.raises(InputError):
            train(signal, kernel, start, rate=rate, steps=10)
    # By hand, beyond the limit: the loss grows.
    w, losses = start.copy(), []
    for _ in range(200):
        error = rows @ w - rows @ kernel
        losses.append(float(error @ error))
        w = w - 1.05 * limit * 2 / len(rows) * rows.T @ error
    assert losses[-1] > 10 * losses[0]


def test_curvatures_do_not_depend_on_the_flip():
    signal = np.random.default_rng(5).normal(size=30)
    forward = convolution_matrix(signal, 4, "valid")
    expected = np.linalg.svd(forward, compute_uv=False)[::-1] ** 2 * 2 / len(forward)
    np.testing.assert_allclose(curvatures(signal, 4), expected, rtol=1e-10)
    np.testing.assert_allclose(curvatures(signal[::-1], 4), expected, rtol=1e-10)


@pytest.mark.parametrize("share", [0.05, 0.3, 0.8])
@pytest.mark.parametrize("kernel", KERNELS)
def test_the_steps_that_settle_do_and_are_not_many_more_than_needed(kernel, share):
    signal, taps, start, noise = task(kernel)
    rate = share * rate_limit(signal, taps.size)
    steps = settling_steps(signal, taps, start, rate=rate, noise=noise)
    runs = train(signal, taps, start, rate=rate, steps=steps, noise=noise)
    assert all(check.passed for check in verify_training(runs))
    assert runs.difference[-1] <= 1e-6
    final = (
        runs.convolution
        - np.linalg.lstsq(convolution_matrix(signal, taps.size, "valid"), runs.target, rcond=None)[
            0
        ]
    )
    norms = np.linalg.norm(final, axis=1)
    others = np.linalg.norm(runs.convolution - runs.correlation[:, ::-1], axis=1)
    assert max(norms[-1], others[-1]) <= 1.0001e-6
    assert steps <= 1.5 * np.argmax(np.maximum(norms, others) <= 1e-6) + 1


def test_nothing_to_learn_takes_no_step():
    signal = np.random.default_rng(1).normal(size=12)
    assert settling_steps(signal, [1, 2, 1], [1, 2, 1], rate=0.1) == 0
    assert settling_steps(signal, [1, 2, 3], [1, 2, 3], rate=0.1) > 0, "k₂ is to learn 3, 2, 1"


def test_a_start_that_is_its_own_mirror_image_keeps_the_runs_mirrored():
    signal, taps, _, noise = task([1, 0.6, 0.3, -0.2])
    runs = train(signal, taps, [1, -2, -2, 1], rate=0.1, steps=50, noise=noise)
    assert runs.difference.max() <= 1e-15
    np.testing.assert_allclose(runs.convolution_loss, runs.correlation_loss, rtol=1e-12)


def test_the_difference_shrinks_as_the_closed_form_says():
    runs = run([2, 1, -1], steps=40)
    rows = convolution_matrix(runs.signal, 3, "valid")
    shrink = np.eye(3) - runs.rate * 2 / len(rows) * rows.T @ rows
    start = runs.convolution[0]
    expected = np.linalg.matrix_power(shrink, 40) @ (start - start[::-1])
    found = runs.convolution[40] - runs.correlation[40, ::-1]
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-13)


@pytest.mark.parametrize("signal", [[1.0] * 9, [0.0] * 9, list(range(12)), [1, -1] * 6])
def test_a_signal_that_leaves_taps_undetermined_is_refused(signal):
    with pytest.raises(InputError, match="does not determine 3 taps"):
        train(signal, [1, 2, 3], [0, 0, 0], rate=0.01, steps=10)


def test_a_signal_that_is_too_short_is_refused():
    with pytest.raises(InputError, match="4 samples") as refusal:
        train([1, 2, 0, 1], [1, 2, 3], [0, 0, 0], rate=0.01, steps=10)
    assert refusal.value.accepted == "at least 5 samples"


def test_a_rate_that_diverges_says_what_converges():
    with pytest.raises(InputError, match="does not settle") as refusal:
        train([2, 0, 0, 2], [1, 2], [0, 0], rate=0.75, steps=10)
    assert "below 2/λ = 0.75, where λ = 2.667" in str(refusal.value)
    train([2, 0, 0, 2], [1, 2], [0, 0], rate=0.7499, steps=10)


def test_frames_have_the_documented_shapes_and_come_back(tmp_path):
    runs = run([1, 2, 3], length=10, steps=25)
    shapes = {name: array.shape for name, array in runs.arrays().items()}
    assert shapes["iteration"] == shapes["difference"] == shapes["convolution_loss"] == (26,)
    assert shapes["convolution"] == shapes["correlation"] == (26, 3)
    assert shapes["convolution_output"] == shapes["correlation_output"] == (26, 8)
    assert (shapes["signal"], shapes["target"], shapes["noise"]) == ((10,), (8,), (8,))
    for suffix in ("npz", "json", "csv"):
        back = Frames.load(runs.save(tmp_path / f"runs.{suffix}"))
        assert isinstance(back, TrainingRuns)
        for name, array in runs.arrays().items():
            np.testing.assert_array_equal(back.arrays()[name], array)


def test_training_is_the_same_every_time_and_fast():
    start = time.process_time()
    first, second = (run([1, 2, 3, 4], steps=500) for _ in range(2))
    assert time.process_time() - start < 1.0
    np.testing.assert_array_equal(first.convolution, second.convolution)
