"""Training held against numpy.linalg.lstsq, finite differences and numpy.convolve."""

from __future__ import annotations

import numpy as np

from convmath.arrays import FloatArray
from convmath.checks import Check
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
    units = np.eye(frames.kernel.size)
    matrix = np.stack([_output(frames, layer, unit) for unit in units], axis=1)
    best, *_ = np.linalg.lstsq(matrix, frames.target, rcond=None)
    return float(np.abs(getattr(frames, layer)[-1] - best).max())


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
