"""What is drawn of a slide held against the two signals themselves."""

from __future__ import annotations

from typing import Any

import numpy as np

from convmath.arrays import AnyArray, FloatArray, IntArray
from convmath.checks import Check, agreement, chord_error
from convmath.continuous import SlidingProduct
from convmath.discrete import AnySequence, SlidingSum
from convmath.signal import Impulse, Signal

__all__ = ["verify_drawn_product", "verify_drawn_sum"]

# The same product of two numbers, computed twice.
_PRODUCT_TOLERANCE = 1e-12
# Sums of at most some thousand rounded products.
_SUM_TOLERANCE = 1e-12
# A drawn chord misses a curve by 5e-4 of its peak (convmath/outline.py).
_CHORD_TOLERANCE = 1e-3
# A one-sided limit is looked up this part of |τ| and |t| beside its place, where what bends as
# little as can be drawn has not moved by a thousandth.
_BESIDE, _LIMIT_TOLERANCE = 1e-14, 1e-3
_SHORT = 1e-9  # of |τ| and |t|: segments that cannot be seen, and are too short to look inside
_FREQUENCIES = np.linspace(0.0, 7.0, 29)


def verify_drawn_product(frames: SlidingProduct, h: Signal, x: Signal) -> tuple[Check, ...]:
    """Hold segments, products, curves and impulses of a slide against the values of h and x."""
    inner, ends = _product_errors(frames, h, x)
    original = min(_original_error(frames, given) for given in (x, x.flipped()))
    moving = (frames.window[0] - frames.t.max(), frames.window[1] - frames.t.min())
    return (
        Check("drawn product", inner, _PRODUCT_TOLERANCE),
        Check("drawn product at the ends of its segments", ends, _LIMIT_TOLERANCE),
        agreement(
            "overlaps and segments",
            (frames.supports, [h.support, x.support]),
            (frames.limits, _overlaps(frames.t, _support(h), _support(x))),
            *_segments(frames, h, x),
            tolerance=_PRODUCT_TOLERANCE * max(1.0, float(np.abs(frames.window).max())),
        ),
        Check(
            "drawn signals",
            max(
                chord_error(frames.fixed, h),
                chord_error(frames.moving, x.flipped()),
                original,
            ),
            _CHORD_TOLERANCE,
        ),
        agreement(
            "ends of the drawn signals",
            (frames.fixed[[0, -1], 0], frames.window),
            (frames.moving[[0, -1], 0], moving),
        ),
        *_impulse_checks(frames, h, x),
    )


def _product_errors(frames: SlidingProduct, h: Signal, x: Signal) -> tuple[float, float]:
    """Worst difference of the drawn product inside its segments and at their ends.

    Both are in parts of its peak.
    """
    tau, t = frames.tau, frames.t[:, None, None]
    first, last = tau[..., :1], tau[..., -1:]
    reach = max(1.0, float(np.abs(tau).max()), float(np.abs(t).max()))
    long = last - first > _SHORT * reach
    at = np.clip(tau, first + _BESIDE * reach, last - _BESIDE * reach)
    expected = np.where(long, h(at) * x(t - at), 0.0)
    scale = float(np.abs(expected).max(initial=0.0)) or 1.0
    empty = last == first
    error = np.where(long | empty, np.abs(frames.product - expected), 0.0) / scale
    return float(error[..., 1:-1].max(initial=0.0)), float(error[..., [0, -1]].max(initial=0.0))


_Range = tuple[float, float]


def _overlaps(t: FloatArray, ours: _Range, theirs: _Range) -> FloatArray:
    """(n_t, 2) first and last τ inside one range while t − τ is in another; NaN if none."""
    (a, b), (c, d) = ours, theirs
    low, high = np.fmax(a, t - d), np.fmin(b, t - c)
    return np.where((low <= high)[:, None], np.stack([low, high], axis=1), np.nan)


def _support(signal: Signal) -> _Range:
    return signal.support if not signal.is_zero else (np.inf, -np.inf)


def _smooth(signal: Signal) -> _Range:
    """From where to where a signal has values other than 0, its impulses left out."""
    starts, stops = [p.start for p in signal.pieces], [p.stop for p in signal.pieces]
    return min(starts, default=np.inf), max(stops, default=-np.inf)


def _segments(
    frames: SlidingProduct, h: Signal, x: Signal
) -> tuple[tuple[AnyArray, AnyArray], ...]:
    """Pairs: segments fill what is seen of the overlap, one after the other, from left to right."""
    tau, (low, high) = frames.tau, frames.window
    ends = np.stack([tau[:, 0, 0], tau[:, -1, -1]], axis=1)
    seen = np.clip(_overlaps(frames.t, _smooth(h), _smooth(x)), low, high)
    backwards = np.minimum(np.diff(tau.reshape(len(tau), -1)), 0.0)
    return (
        (np.where(np.isnan(seen), np.nan, ends), seen),
        (tau[:, 1:, 0], tau[:, :-1, -1]),
        (backwards, np.zeros_like(backwards)),
    )


def _original_error(frames: SlidingProduct, x: Signal) -> float:
    """How far ``original`` is from a signal over the window and all of it that is worth showing."""
    (low, high), (first, last) = x.extent(), frames.original[[0, -1], 0]
    window = frames.window
    if (first, last) != (min(low, window[0]), max(high, window[1])):
        return float("inf")
    return chord_error(frames.original, x)


def _impulse_checks(frames: SlidingProduct, h: Signal, x: Signal) -> tuple[Check, ...]:
    if not (h.impulses or x.impulses):
        return ()
    at, weight = _product_impulses(frames, h, x)
    largest = float(np.abs(weight).max(initial=0.0)) or 1.0
    size = float(_sizes(h.impulses) * _sizes(x.impulses)) or 1.0
    spectrum = _spectrum(_rows(h.impulses)) * _spectrum(_rows(x.impulses))
    turned = _rows(x.impulses)[::-1] * (-1.0, 1.0)
    return (
        agreement(
            "impulses of both signals and of their product",
            (frames.fixed_impulses, _rows(h.impulses)),
            (frames.moving_impulses, turned),
            (frames.impulse_tau, at),
            tolerance=_PRODUCT_TOLERANCE * max(1.0, float(np.abs(frames.t).max())),
        ),
        agreement(
            "weights of the product's impulses",
            (frames.impulse_weight, weight),
            scale=largest,
            tolerance=_LIMIT_TOLERANCE,
        ),
        agreement(
            "spectrum of the output's impulses",
            (_spectrum(frames.output_impulses), spectrum),
            scale=size,
            tolerance=1e-9,
        ),
    )


def _rows(impulses: tuple[Impulse, ...]) -> FloatArray:
    """Position and weight, (n, 2)."""
    return np.array([(i.at, i.weight) for i in impulses], dtype=np.float64).reshape(-1, 2)


def _sizes(impulses: tuple[Impulse, ...]) -> float:
    return sum(abs(i.weight) for i in impulses)


def _spectrum(impulses: FloatArray) -> AnyArray:
    """Σ w e^(−iωt) of positions and weights (n, 2): of a convolution it is the product."""
    at, weight = impulses.T
    return np.asarray(np.exp(-1j * _FREQUENCIES[:, None] * at) @ weight)


def _product_impulses(
    frames: SlidingProduct, h: Signal, x: Signal
) -> tuple[FloatArray, FloatArray]:
    """τ and weight of the impulses of h, then of x, times the other signal: (n_t, n_imp) each."""
    t = frames.t[:, None]
    behind = _BESIDE * np.maximum(1.0, np.abs(t))
    (ours, w), (theirs, v) = _rows(h.impulses).T, _rows(x.impulses).T
    at = np.hstack([np.broadcast_to(ours, (len(t), len(ours))), t - theirs])
    weight = np.hstack([w * x(t - ours + behind), v * h(t - theirs + behind)])
    return at, weight


def verify_drawn_sum(
    frames: SlidingSum, h: AnySequence, x: AnySequence, scale: float, tolerance: float
) -> tuple[Check, ...]:
    """Hold everything that is drawn of a sliding sum against the values of h and x."""
    k, n = frames.k, frames.n
    ages = n[:, None] - k
    first = int(ages.min())
    values = x(np.arange(first, int(ages.max()) + 1))
    running = np.diff(frames.partial, axis=1, prepend=0)
    original = min(_worst(frames.original - given(frames.original_k)) for given in (x, x.flipped()))
    return (
        agreement(
            "drawn sequences",
            (frames.fixed, h(k)),
            (frames.moving, values[ages - first]),
            (original, 0.0),
            (np.diff(frames.original_k), np.ones(frames.original_k.size - 1)),
            (np.diff(k), np.ones(k.size - 1)),
        ),
        agreement(
            "overlaps",
            (frames.supports, [h.support, x.support]),
            (frames.limits, _overlapping(k, ages, h, x)),
        ),
        agreement(
            "drawn products and running sums",
            (frames.product, np.einsum("k,nk->nk", frames.fixed, frames.moving)),
            (running, frames.product),
            scale=scale,
            tolerance=tolerance,
        ),
    )


def _worst(error: Any) -> float:
    return float(np.abs(error).max(initial=0))


def _overlapping(k: IntArray, ages: IntArray, h: AnySequence, x: AnySequence) -> FloatArray:
    """(n_n, 2) first and last k at which both sequences are there; NaN where there is none."""
    (a, b), (c, d) = h.support, x.support
    both = (k >= a) & (k <= b) & (ages >= c) & (ages <= d)
    low = np.where(both, k, np.inf).min(axis=1)
    high = np.where(both, k, -np.inf).max(axis=1)
    return np.where((low <= high)[:, None], np.stack([low, high], axis=1), np.nan)
