"""Training held against numpy.linalg.lstsq, finite differences and numpy.convolve."""

from __future__ import annotations

import numpy as np

from convmath.arrays import FloatArray
from convmath.checks import Check, agreement
from convmath.training import SETTLED, TrainingRuns

__all__ = ["verify_training"]

# A central difference of a quadratic form is exact but for rounding.
_GRADIENT_TOLERANCE = 1e-7
_STRIDE = 1e-3  # of the central difference
# Sums of at most some ten rounded products.
_SUM_TOLERANCE = 1e-12


def verify_training(frames: TrainingRuns) -> tuple[Check, ...]:
    """Check both runs by other means than those that made them.

    The last kernels are held against each other's mirror image and against least squares, the first
    step against finite differences of the loss, outputs against numpy.convolve and numpy.correlate,
    and no step may raise a loss.
    """
    f, last = frames, frames.at(-1)
    scale = max(float(f.convolution_loss[0]), float(f.correlation_loss[0])) or 1.0
    rise = max(float(np.diff(f.convolution_loss).max()), float(np.diff(f.correlation_loss).max()))
    # L − min L ≤ λ/2 · |error|², and no tap is farther than SETTLED from its end.
    near = f.curvature / 2 * f.kernel.size * SETTLED**2 + _SUM_TOLERANCE * scale
    losses = abs(last.convolution_loss - last.correlation_loss)
    return (
        Check("the kernels are mirror images", _mirror_error(f), SETTLED),
        Check("k₁ against numpy.linalg.lstsq", _least_squares_error(f, "convolution"), SETTLED),
        Check("k₂ against numpy.linalg.lstsq", _least_squares_error(f, "correlation"), SETTLED),
        Check("the losses end at the same value", losses, near),
        Check("no step raises a loss", rise, _SUM_TOLERANCE * scale),
        Check("gradients against finite differences", _gradient_error(f), _GRADIENT_TOLERANCE),
        Check("outputs against numpy.convolve and correlate", _output_error(f), _SUM_TOLERANCE),
        *_run_checks(f, "convolution"),
        *_run_checks(f, "correlation"),
        agreement(
            "distance from mirror images",
            (f.difference, np.abs(f.convolution - np.flip(f.correlation, axis=1)).max(axis=1)),
            (f.iteration, np.arange(len(f))),
        ),
        *_loss_checks(f, scale),
    )


def _run_checks(frames: TrainingRuns, layer: str) -> tuple[Check, ...]:
    """Every output, loss and step of a run, by the layer's answers to single ones."""
    kernels, matrix = getattr(frames, layer), _matrix(frames, layer)
    outputs = np.einsum("yk,sk->sy", matrix, kernels)
    error = getattr(frames, f"{layer}_output") - frames.target
    slopes = 2 * np.einsum("sy,yk->sk", error, matrix) / len(frames.target)
    taken = (kernels[:-1] - kernels[1:]) / frames.rate
    largest = max(float(np.abs(kernels).max()), float(np.abs(frames.target).max()), 1e-300)
    size = largest * max(float(np.abs(matrix).sum(axis=1).max()), 1e-300)
    losses = np.einsum("sy,sy->s", error, error) / len(frames.target)
    return (
        agreement(
            f"every output of the {layer}",
            (getattr(frames, f"{layer}_output"), outputs),
            scale=size,
            tolerance=_SUM_TOLERANCE,
        ),
        agreement(
            f"every loss of the {layer}",
            (getattr(frames, f"{layer}_loss"), losses),
            scale=float(losses.max()) or 1.0,
            tolerance=_SUM_TOLERANCE,
        ),
        agreement(
            f"every step of the {layer} goes down its gradient",
            (taken, slopes[:-1]),
            scale=largest / frames.rate + float(np.abs(slopes).max()),
            tolerance=_SUM_TOLERANCE,
        ),
    )


def _loss_checks(frames: TrainingRuns, scale: float) -> tuple[Check, ...]:
    """The greatest bend of the loss by singular values, and the least loss by least squares."""
    matrix = _matrix(frames, "convolution")
    best, *_ = np.linalg.lstsq(matrix, frames.target, rcond=None)
    least = float(np.square(matrix @ best - frames.target).mean())
    bend = 2 * float(np.linalg.norm(matrix, 2)) ** 2 / len(frames.target)
    return (
        agreement(
            "greatest bend of the loss, by singular values",
            (frames.curvature, bend),
            scale=bend,
            tolerance=_SUM_TOLERANCE,
        ),
        agreement(
            "least loss against numpy.linalg.lstsq",
            (frames.least_loss, least),
            scale=scale,
            tolerance=_SUM_TOLERANCE,
        ),
    )


def _mirror_error(frames: TrainingRuns) -> float:
    return float(np.abs(frames.convolution[-1] - np.flip(frames.correlation[-1])).max())


def _output(frames: TrainingRuns, layer: str, kernel: FloatArray) -> FloatArray:
    """The output (n_y,) of a layer with this kernel, by numpy alone."""
    layers = {"convolution": np.convolve, "correlation": np.correlate}
    return np.asarray(layers[layer](frames.signal, kernel, "valid"))


def _loss(frames: TrainingRuns, layer: str, kernel: FloatArray) -> float:
    target = np.convolve(frames.signal, frames.kernel, "valid") + frames.noise
    return float(np.square(_output(frames, layer, kernel) - target).mean())


def _least_squares_error(frames: TrainingRuns, layer: str) -> float:
    best, *_ = np.linalg.lstsq(_matrix(frames, layer), frames.target, rcond=None)
    return float(np.abs(getattr(frames, layer)[-1] - best).max())


def _matrix(frames: TrainingRuns, layer: str) -> FloatArray:
    """(n_y, n_k) what a layer makes of single ones, by numpy.convolve or numpy.correlate."""
    units = np.eye(frames.kernel.size)
    return np.stack([_output(frames, layer, unit) for unit in units], axis=1)


def _gradient_error(frames: TrainingRuns) -> float:
    """Of the first step of each run, in parts of λ times the largest tap."""
    errors = []
    for layer in ("convolution", "correlation"):
        first, second = getattr(frames, layer)[:2]
        reach = _STRIDE * max(1.0, float(np.abs(first).max()))
        slopes = [
            (_loss(frames, layer, first + unit) - _loss(frames, layer, first - unit)) / (2 * reach)
            for unit in reach * np.eye(first.size)
        ]
        taken = (first - second) / frames.rate
        largest = max(float(np.abs(first).max()), float(np.abs(frames.kernel).max()))
        errors.append(float(np.abs(taken - slopes).max()) / (frames.curvature * largest))
    return max(errors)


def _output_error(frames: TrainingRuns) -> float:
    """Of the first and the last outputs, in parts of the largest."""
    errors, sizes = [], [1e-300]
    for layer in ("convolution", "correlation"):
        for i in (0, -1):
            expected = _output(frames, layer, getattr(frames, layer)[i])
            errors.append(np.abs(getattr(frames, f"{layer}_output")[i] - expected).max())
            sizes.append(np.abs(expected).max())
    return float(max(errors) / max(sizes))
