"""Copies of g at the points that f lives on: the heights at one t are the weights of its output."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import add

import numpy as np
from numpy.typing import ArrayLike

from convmath.arrays import AnyArray, FloatArray
from convmath.checks import Check, agreement, chord_error
from convmath.errors import InputError
from convmath.frames import Frames
from convmath.integral import checked_times, limit_near
from convmath.signal import Signal

__all__ = ["CopyStep", "WeightedCopies", "sharpened", "verify_copies", "weigh_copies"]

_LARGEST = 1e9  # of any height or output, so that it can be drawn and read
_LATTICES = (1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 100, 1000)  # points in a unit
_MOST_POINTS = 100_000  # of a lattice
# Sums of a few rounded products.
_SUM_TOLERANCE = 1e-12
# A drawn chord misses a curve by 5e-4 of its peak (convmath/outline.py), and y is such a curve.
_CHORD_TOLERANCE = 1e-3
_ZOOMS = 6  # each makes the stretch in question 16 times as short
_NEAR_JUMP = 1e-9  # closer to a jump of y, its two sides cannot be told apart


@dataclass(frozen=True, eq=False)
class CopyStep:
    """One t of `WeightedCopies`."""

    t: float
    output: float
    weight: FloatArray  # (n_c,)
    product: FloatArray  # (n_c,)


@dataclass(frozen=True, eq=False)
class WeightedCopies(Frames[CopyStep]):
    """(f * g)(t) = Σ_c f(c) g(t − c) for an f that lives on a few points c, at every t.

    f is a train of weighted impulses, Σ_c f(c) δ(x − c), so that the integral is this sum; in the
    terms of measure theory, a discrete measure with the weight f(c) at c.

    Attributes
    ----------
    t
        (n_t,) where the output is evaluated.
    output
        (n_t,) the output, in units of f·g.
    weight
        (n_t, n_c) g(t − c), the height at t of the copy of g that is centred at c; at a jump the
        right-hand limit. What f(c) counts for the output at t.
    product
        (n_t, n_c) f(c)·g(t − c).
    center
        (n_c,) the points c, as given.
    value
        (n_c,) f(c).
    kernel
        (m, 2) the curve of g, a polyline as far as any copy of it is seen.
    curve
        (k, 2) the curve of the output over all t, a polyline with vertical edges at its jumps.
    """

    step = CopyStep

    t: FloatArray
    output: FloatArray
    weight: FloatArray
    product: FloatArray
    center: FloatArray
    value: FloatArray
    kernel: FloatArray
    curve: FloatArray


def weigh_copies(g: Signal, center: ArrayLike, value: ArrayLike, t: ArrayLike) -> WeightedCopies:
    """Frames of (f * g)(t) = Σ_c f(c) g(t − c).

    Parameters
    ----------
    center, value
        The points c that f lives on, and f(c): (n_c,) each, n_c ≥ 1, no point twice.
    t
        (n_t,), at least two different ones; the curves are drawn from the first to the last.

    Raises
    ------
    InputError
        If the points and values are no such rows, or g has impulses (which have no height), or
        reaches beyond 1e9.

    Examples
    --------
    >>> from convmath import parse_signal
    >>> g = parse_signal("x^2", variable="x")
    >>> frames = weigh_copies(g, [1, 2, 3], [2, 1, 0.5], [-2, 0])
    >>> frames.at(0).weight, frames.at(0).product, frames.at(0).output
    (array([ 9., 16., 25.]), array([18. , 16. , 12.5]), 46.5)
    """
    at, points, values = checked_times(t), _points(center), _row("values of f", value)
    if values.shape != points.shape:
        raise InputError(f"{points.size} points need as many values, not {values.size}")
    if g.impulses:
        raise InputError("an impulse has no height that a line could cut")
    lo, hi = float(at.min()), float(at.max())
    kernel = g.polyline(lo - float(points.max()), hi - float(points.min()))
    weight = limit_near(g, at[:, None] - points, "right")
    product = weight * values
    output = product.sum(axis=1)
    _refuse_huge(kernel[:, 1], output)
    return WeightedCopies(
        t=at,
        output=output,
        weight=weight,
        product=product,
        center=points,
        value=values,
        kernel=kernel,
        curve=_stacked(g, points, values).polyline(lo, hi),
    )


def sharpened(frames: WeightedCopies, g: Signal, step: int) -> float:
    """The t between the neighbours of a step where the output is as high, or as low, as it gets.

    The step is one at which the output is higher than at both neighbours, or lower.

    Examples
    --------
    >>> from convmath import parse_signal
    >>> g = parse_signal("x^2", variable="x")
    >>> frames = weigh_copies(g, [1, 2, 3], [2, 1, 0.5], [0, 1, 2, 3])
    >>> round(sharpened(frames, g, 2), 6), round(11 / 7, 6)
    (1.571429, 1.571429)
    """
    y = frames.output
    sign = 1.0 if y[step] >= y[step - 1] else -1.0
    stacked = _stacked(g, frames.center, frames.value)
    best, (low, high) = float(frames.t[step]), frames.t[[step - 1, step + 1]].tolist()
    for _ in range(_ZOOMS):
        t = np.union1d(np.linspace(low, high, 33), [best])
        k = int(np.argmax(sign * stacked(t)))
        best, low, high = float(t[k]), float(t[max(k - 1, 0)]), float(t[min(k + 1, t.size - 1)])
    return best


def verify_copies(frames: WeightedCopies, g: Signal) -> tuple[Check, ...]:
    """Hold frames against the sum of whole copies, against numpy.convolve, and against the curve.

    numpy.convolve is asked where the points lie on a lattice: wherever they are whole, or halves,
    or tenths.
    """
    scale = float(np.abs(frames.product).sum(axis=1).max()) or 1.0
    stacked = _stacked(g, frames.center, frames.value)
    clear = _away_from(stacked.breakpoints, frames.t)
    error = (frames.output - stacked(frames.t))[clear]
    drawn = np.interp(frames.t, *frames.curve.T)
    checks = [
        Check("output against the sum of whole copies", _worst(error, scale), _SUM_TOLERANCE),
        Check("drawn output", _worst((frames.output - drawn)[clear], scale), _CHORD_TOLERANCE),
        agreement(
            "heights of the copies, and products",
            *_heights(frames, g),
            scale=scale,
            tolerance=_SUM_TOLERANCE,
        ),
        Check("drawn kernel", chord_error(frames.kernel, g), _CHORD_TOLERANCE),
        agreement("ends of the drawn kernel", _reach(frames)),
    ]
    lattice = _by_numpy(frames, g)
    if lattice is not None:
        checks.append(
            Check("output against numpy.convolve", _worst(lattice, scale), _SUM_TOLERANCE)
        )
    return tuple(checks)


def _heights(frames: WeightedCopies, g: Signal) -> list[tuple[AnyArray, AnyArray]]:
    """Pairs: the products, and f(c) times the height of each copy away from its jumps."""
    clear, scaled = [], []
    for c, value in zip(frames.center.tolist(), frames.value.tolist(), strict=True):
        copy = g.shifted(c).scaled(value)
        clear.append(_away_from(copy.breakpoints, frames.t))
        scaled.append(copy(frames.t))
    seen = np.stack(clear, axis=1)
    products = np.einsum("tc,c->tc", frames.weight, frames.value)
    return [(frames.product, products), (products[seen], np.stack(scaled, axis=1)[seen])]


def _reach(frames: WeightedCopies) -> tuple[AnyArray, AnyArray]:
    """First and last x of the drawn kernel: as far as any copy is seen."""
    low = frames.t.min() - frames.center.max()
    return frames.kernel[[0, -1], 0], np.array([low, frames.t.max() - frames.center.min()])


def _row(what: str, numbers: ArrayLike) -> FloatArray:
    row = np.array(numbers, dtype=np.float64, ndmin=1)
    if row.ndim != 1 or not row.size or not np.isfinite(row).all():
        raise InputError(f"the {what} must be a row of finite numbers", typed=str(numbers))
    return row


def _points(center: ArrayLike) -> FloatArray:
    points = _row("points", center)
    _, first = np.unique(points, return_index=True)
    again = np.setdiff1d(np.arange(points.size), first)
    if again.size:
        raise InputError(f"the point {points[again[0]]:g} is there twice")
    return points


def _refuse_huge(*rows: FloatArray) -> None:
    largest = max(float(np.abs(row).max()) for row in rows)
    if not largest <= _LARGEST:
        raise InputError(
            f"the copies or their sum reach {largest:.1g}, too high to be read off",
            accepted=f"values up to {_LARGEST:g}",
        )


def _stacked(g: Signal, points: FloatArray, values: FloatArray) -> Signal:
    """The output as one signal: the sum of whole copies, each shifted and scaled."""
    copies = [g.shifted(float(c)).scaled(float(v)) for c, v in zip(points, values, strict=True)]
    return reduce(add, copies)


def _away_from(jumps: FloatArray, t: FloatArray) -> AnyArray:
    near = np.abs(t[:, None] - jumps).min(axis=1, initial=np.inf)
    return np.asarray(near > _NEAR_JUMP * np.maximum(1.0, np.abs(t)))


def _worst(error: FloatArray, scale: float) -> float:
    return float(np.abs(error).max(initial=0.0)) / scale


def _by_numpy(frames: WeightedCopies, g: Signal) -> FloatArray | None:
    """How far some outputs are from numpy.convolve, (n,); None where there is no lattice."""
    center, t = frames.center, frames.t
    span = float(np.ptp(center) + np.ptp(t))
    fine = (n for n in _LATTICES if span * n < _MOST_POINTS and _whole(center * n).all())
    parts = next(fine, None)
    if parts is None:
        return None
    places = np.rint(center * parts).astype(np.int64)
    impulses = np.zeros(int(np.ptp(places)) + 1)
    impulses[places - places.min()] = frames.value
    on = _whole((t - t[0]) * parts)
    shift = np.rint((t[on] - t[0]) * parts).astype(np.int64)
    low, high = int(shift.min() - places.max()), int(shift.max() - places.min())
    samples = limit_near(g, t[0] + np.arange(low, high + 1) / parts, "right")
    full = np.convolve(impulses, samples)
    expected = full[shift - low - int(places.min())]
    clear = _away_from(_stacked(g, center, frames.value).breakpoints, t[on])
    return np.asarray((frames.output[on] - expected)[clear])


def _whole(numbers: FloatArray) -> AnyArray:
    return np.asarray(np.abs(numbers - np.rint(numbers)) <= 1e-9)
