"""Gradient descent on one kernel: once as a convolution layer, once as a cross-correlation layer.

Both layers see the same windows of the input, x[n], …, x[n + n_k − 1], for n = 0, …, n_y − 1
("valid": no padding), and are asked for the same target d[n]:

- convolution:       y[n] = Σ_k k₁[k] x[n + n_k − 1 − k]
- cross-correlation: y[n] = Σ_k k₂[k] x[n + k]

The loss is the mean squared error L = Σ_n (y[n] − d[n])² / n_y. It is a quadratic form of the
kernel, so gradient descent converges for every rate below 2/λ, where λ is the largest eigenvalue of
its Hessian (see S. Boyd and L. Vandenberghe, Convex Optimization, section 9.3), the same for both.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike

from convmath.arrays import FloatArray, IntArray
from convmath.errors import InputError
from convmath.frames import Frames

__all__ = [
    "TrainingRuns",
    "TrainingStep",
    "curvatures",
    "rate_limit",
    "settling_steps",
    "train",
]

SETTLED = 1e-6  # how close to its end a kernel has to come

# Below this ratio of curvatures a direction of the kernel is not determined by the input.
_FLAT = 1e-10
_ENDLESS = 10**9  # steps


@dataclass(frozen=True, eq=False)
class TrainingStep:
    """Both layers after one number of steps of `TrainingRuns`."""

    iteration: int
    convolution: FloatArray  # (n_k,)
    correlation: FloatArray  # (n_k,)
    convolution_output: FloatArray  # (n_y,)
    correlation_output: FloatArray  # (n_y,)
    convolution_loss: float
    correlation_loss: float
    difference: float


@dataclass(frozen=True, eq=False)
class TrainingRuns(Frames[TrainingStep]):
    """Two runs of gradient descent from one start on the same data.

    Attributes
    ----------
    iteration
        (n_s,) int64: 0, the start, to the number of steps.
    convolution, correlation
        (n_s, n_k) each: the kernel k₁ of the convolution layer and k₂ of the cross-correlation
        layer.
    convolution_output, correlation_output
        (n_s, n_y) each: what the layers make of the input.
    convolution_loss, correlation_loss
        (n_s,) each: mean squared errors of these outputs.
    difference
        (n_s,) max_k |k₁[k] − k₂[n_k − 1 − k]|, how far the kernels are from mirror images.
    signal
        (n_x,) the input x.
    target
        (n_y,) the wanted output d: (kernel * signal)[n] where the kernel lies within the signal,
        n_y = n_x − n_k + 1, plus ``noise``.
    kernel
        (n_k,) the kernel that made the target, by convolution.
    noise
        (n_y,) what was added to it.
    rate
        The step is ``−rate`` times the gradient of the loss.
    curvature
        The largest eigenvalue of the Hessian of the loss.
    least_loss
        The least mean squared error that any kernel has.
    """

    step = TrainingStep

    iteration: IntArray
    convolution: FloatArray
    correlation: FloatArray
    convolution_output: FloatArray
    correlation_output: FloatArray
    convolution_loss: FloatArray
    correlation_loss: FloatArray
    difference: FloatArray
    signal: FloatArray
    target: FloatArray
    kernel: FloatArray
    noise: FloatArray
    rate: float
    curvature: float
    least_loss: float


def train(
    signal: ArrayLike,
    kernel: ArrayLike,
    start: ArrayLike,
    *,
    rate: float,
    steps: int,
    noise: ArrayLike = 0.0,
) -> TrainingRuns:
    """Let both layers learn from ``start`` what ``kernel`` does to ``signal``.

    Parameters
    ----------
    signal, kernel, start
        (n_x,), (n_k,) and (n_k,), with n_x ≥ 2 n_k − 1.
    noise
        (n_y,) or a number: added to the target.

    Raises
    ------
    InputError
        If the signal does not determine the kernel, or the descent diverges at this rate.

    Examples
    --------
    >>> runs = train([1, 2, 0, -1, 1, 3], [2, 1], [0, 1], rate=0.2, steps=200)
    >>> runs.convolution[-1].round(6), runs.correlation[-1].round(6)
    (array([2., 1.]), array([1., 2.]))
    """
    x, h, first = (np.asarray(given, dtype=np.float64) for given in (signal, kernel, start))
    limit = rate_limit(x, h.size)
    if not 0 < rate < limit:
        raise _diverging(rate, limit)
    as_correlation = _windows(x, h.size)
    as_convolution = as_correlation[:, ::-1]
    added = np.broadcast_to(np.asarray(noise, dtype=np.float64), as_convolution.shape[:1])
    target = as_convolution @ h + added
    ours = _descent(as_convolution, target, first, rate, steps)
    theirs = _descent(as_correlation, target, first, rate, steps)
    return TrainingRuns(
        iteration=np.arange(steps + 1, dtype=np.int64),
        convolution=ours,
        correlation=theirs,
        convolution_output=ours @ as_convolution.T,
        correlation_output=theirs @ as_correlation.T,
        convolution_loss=_losses(as_convolution, target, ours),
        correlation_loss=_losses(as_correlation, target, theirs),
        difference=np.abs(ours - theirs[:, ::-1]).max(axis=1),
        signal=x,
        target=target,
        kernel=h,
        noise=added,
        rate=float(rate),
        curvature=float(curvatures(x, h.size)[-1]),
        least_loss=float(_losses(as_convolution, target, _best(as_convolution, target)[None])[0]),
    )


def curvatures(signal: ArrayLike, taps: int) -> FloatArray:
    """Eigenvalues (n_k,) of the Hessian 2 AᵀA / n_y of the loss, ascending; A has the windows.

    They are the same for both layers: a flip of the kernel only reorders the columns of A.

    Raises
    ------
    InputError
        If the signal is too short, or leaves a direction of the kernel undetermined.

    Examples
    --------
    >>> curvatures([2, 0, 0, 2], 2).round(12)
    array([2.66666667, 2.66666667])
    """
    x = np.asarray(signal, dtype=np.float64)
    if x.size < 2 * taps - 1:
        raise InputError(
            f"{x.size} samples do not determine {taps} taps",
            accepted=f"at least {2 * taps - 1} samples",
        )
    rows = _windows(x, taps)
    found = np.linalg.eigvalsh(2 / len(rows) * rows.T @ rows)
    if not found[0] > _FLAT * found[-1]:
        raise InputError(
            f"this signal does not determine {taps} taps: other kernels have the same output",
            accepted="a signal that varies more, such as 1, -2, 3, 0, -1, 2, 1, -3, 1",
        )
    return np.asarray(found)


def rate_limit(signal: ArrayLike, taps: int) -> float:
    """2/λ, the rate from which on gradient descent no longer converges."""
    return 2.0 / float(curvatures(signal, taps)[-1])


def settling_steps(
    signal: ArrayLike, kernel: ArrayLike, start: ArrayLike, *, rate: float, noise: ArrayLike = 0.0
) -> int:
    """Steps after which both kernels are within 1e-6 of their ends, and of mirror images.

    The errors of k₁ and of the flipped k₂, and so their difference, are each multiplied by
    I − rate·H in every step. Where H has eigenvalues λᵢ, the i-th part of an error shrinks as
    (1 − rate·λᵢ)ˢ, and the Euclidean norm, which no tap exceeds, with every step. From 0, where
    there is nothing to learn, to 10⁹.

    Examples
    --------
    >>> settling_steps([1, 2, 0, -1, 1, 3], [2, 1], [0, 1], rate=0.2)
    26
    """
    x, h, first = (np.asarray(given, dtype=np.float64) for given in (signal, kernel, start))
    rows = _windows(x, h.size)[:, ::-1]
    best = _best(rows, rows @ h + np.asarray(noise, dtype=np.float64))
    errors = np.stack([first - best, first[::-1] - best, first - first[::-1]], axis=1)
    values, vectors = np.linalg.eigh(2 / len(rows) * rows.T @ rows)
    parts, factors = vectors.T @ errors, np.abs(1 - rate * values)[:, None]

    def is_settled(steps: int) -> bool:
        return bool(np.linalg.norm(parts * factors**steps, axis=0).max() <= SETTLED)

    return bisect_left(range(_ENDLESS), True, key=is_settled)


def _windows(signal: FloatArray, taps: int) -> FloatArray:
    """x[n + k], (n_y, n_k): the rows of the matrix of the cross-correlation layer."""
    return np.asarray(sliding_window_view(signal, taps))


def _descent(
    rows: FloatArray, target: FloatArray, start: FloatArray, rate: float, steps: int
) -> FloatArray:
    """The kernels (n_s, n_k) of w ← w − rate · ∂L/∂w, where ∂L/∂w = 2 Aᵀ(Aw − d) / n_y."""
    kernels = np.empty((steps + 1, start.size))
    kernels[0] = start
    for i in range(steps):
        error = rows @ kernels[i] - target
        kernels[i + 1] = kernels[i] - rate * 2 / target.size * (rows.T @ error)
    return kernels


def _losses(rows: FloatArray, target: FloatArray, kernels: FloatArray) -> FloatArray:
    """Mean squared errors (n_s,) of kernels (n_s, n_k)."""
    return np.asarray(((kernels @ rows.T - target) ** 2).mean(axis=1))


def _best(rows: FloatArray, target: FloatArray) -> FloatArray:
    """The kernel (n_k,) of least loss, by the normal equations."""
    return np.asarray(np.linalg.solve(rows.T @ rows, rows.T @ target))


def _diverging(rate: float, limit: float) -> InputError:
    return InputError(
        "a rate must be greater than 0"
        if rate <= 0
        else "at this rate every step goes too far, and the loss does not settle",
        typed=f"{rate:g}",
        accepted=f"above 0 and below 2/λ = {limit:.4g}, where λ = {2 / limit:.4g} is the largest "
        "eigenvalue of the Hessian of the loss",
    )
