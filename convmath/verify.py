"""Frames held against a second method that shares no code with the first.

SciPy is imported on demand: drawing and listing never wait for it.
"""

from __future__ import annotations

import math
import warnings
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np

from convmath.arrays import FloatArray, IntArray
from convmath.checks import Check, agreement
from convmath.commute import CommutedProduct
from convmath.continuous import SlidingProduct, kink_times
from convmath.discrete import AnySequence, SlidingSum
from convmath.errors import DivergenceError
from convmath.frames import Frames
from convmath.integral import area, convolve_at, segment_edges
from convmath.riemann import RiemannSums
from convmath.sequence import Sequence
from convmath.signal import Signal
from convmath.tails import landmarks
from convmath.verify_drawn import verify_drawn_product, verify_drawn_sum

__all__ = ["Check", "rounding_of", "verify"]

_SAMPLES = 20
# QUADPACK is asked for 1e-11 of the peak and usually gives 1e-13; the frames are to 1e-12.
_QUAD_TOLERANCE = 1e-9
# Two runs of the same rule on different integrands: rounding alone.
_SWAP_TOLERANCE = 1e-12
# Edges of a product whose places are rounded.
_EDGES = 4
# The same number, copied.
_PRODUCT_TOLERANCE = 1e-12
# A cubic spline through 400 or more points of y: about (Δt)⁴ of its bends.
_AREA_TOLERANCE = 1e-5
# A right-hand limit, looked up this part of |τ| behind its place.
_BESIDE, _BESIDE_TOLERANCE = 1e-12, 1e-6
# Of the width of a bar: its place is a multiple but for rounding.
_PLACE_TOLERANCE = 1e-6
# Sums of at most some thousand rounded products.
_SUM_TOLERANCE = 1e-12


def verify(frames: Frames[Any], h: Any, x: Any) -> tuple[Check, ...]:
    """Check frames of h * x by other means than those that made them.

    Frames of a correlation f ⋆ g are checked as g * flipped f: ``verify(frames, g, f.flipped())``.

    A `SlidingProduct` is held against scipy.integrate.quad at up to 24 t (the peak among them),
    against itself with h and x swapped, all that is drawn of it against the signals' own values
    (`convmath.verify_drawn`), and, where y is seen whole, ∫y against ∫h·∫x. Of a `CommutedProduct`
    both orders are, and their outputs against each other at every t. A `SlidingSum` is held against
    numpy.convolve, and all that is drawn of it against the sequences. Of `RiemannSums` the bars are
    held against the signals' values, and the integral against QUADPACK.

    Raises
    ------
    TypeError
        For frames of any other kind.
    """
    if isinstance(frames, CommutedProduct):
        return _commuted(frames, h, x)
    if isinstance(frames, SlidingProduct):
        return _continuous(frames, h, x)
    if isinstance(frames, SlidingSum):
        return _discrete(frames, h, x)
    if isinstance(frames, RiemannSums):
        return _bars(frames, h, x)
    raise TypeError(f"no second method is known for {type(frames).__name__}")


def _continuous(frames: SlidingProduct, h: Signal, x: Signal) -> tuple[Check, ...]:
    some = _samples(frames, h, x)
    t, y = frames.t[some], frames.output[some]
    scale = float(np.abs(frames.output).max()) or 1.0
    by_quad = np.array([_by_quad(h, x, float(at), scale) for at in t])
    swapped = convolve_at(x, h, t)
    checks = [
        Check("output against scipy.integrate.quad", _worst(y - by_quad, scale), _QUAD_TOLERANCE),
        Check(
            "output with h and x swapped",
            _worst(y - swapped, scale),
            _SWAP_TOLERANCE + rounding_of(frames),
        ),
        *verify_drawn_product(frames, h, x),
        Check(
            "drawn output", _curve_error(frames, scale), _PRODUCT_TOLERANCE + rounding_of(frames)
        ),
    ]
    areas = _areas(frames, h, x)
    if areas is not None:
        checks.append(Check("∫y against ∫h·∫x", areas, _AREA_TOLERANCE))
    return tuple(checks)


def rounding_of(frames: SlidingProduct) -> float:
    """What the last bits of t and of breakpoints can change, in parts of the largest output.

    An edge of the product stands at a breakpoint b of h, or at t − b of x. Each such place is
    rounded to `numpy.spacing` of the largest of them, and moves the area by that times the height.
    """
    far = max(float(np.abs(frames.t).max()), float(np.abs(frames.window).max()))
    high = float(np.nanmax(np.abs(frames.product), initial=0.0))
    scale = float(np.abs(frames.output).max()) or 1.0
    return _EDGES * float(np.spacing(far)) * high / scale


def _commuted(frames: CommutedProduct, h: Signal, x: Signal) -> tuple[Check, ...]:
    scale = float(np.abs(frames.output).max()) or 1.0
    apart = _worst(frames.output - frames.swapped_output, scale)
    return (
        Check("areas of both products, at every t", apart, _SWAP_TOLERANCE + rounding_of(frames)),
        *(replace(c, name=f"h * x: {c.name}") for c in _continuous(frames, h, x)),
        *(replace(c, name=f"x * h: {c.name}") for c in _continuous(frames.swapped, x, h)),
    )


def _discrete(frames: SlidingSum, h: Any, x: Any) -> tuple[Check, ...]:
    reference = _by_numpy(frames.n, frames.k, h, x)
    # Whole numbers are exact in both.
    exact = frames.output.dtype.kind == "i"
    tolerance = 0.0 if exact else _SUM_TOLERANCE
    scale = 1.0 if exact else float(np.abs(frames.product).sum(axis=1).max()) or 1.0
    added = frames.product.sum(axis=1)
    checks = [
        Check("output against numpy.convolve", _worst(frames.output - reference, scale), tolerance),
        Check("sum of the drawn products", _worst(frames.output - added, scale), tolerance),
        Check("last running sum", _worst(frames.output - frames.partial[:, -1], scale), tolerance),
        *verify_drawn_sum(frames, h, x, scale, tolerance),
    ]
    (a, b), (c, d) = h.support, x.support
    if _covers(frames.n, (a + c, b + d)):
        total = h(_all_indices(h)).sum() * x(_all_indices(x)).sum()
        size = 1.0 if exact else scale * len(frames)
        checks.append(
            Check("Σy against Σh·Σx", _worst(frames.output.sum() - total, size), tolerance)
        )
    return tuple(checks)


def _bars(frames: RiemannSums, h: Signal, x: Signal) -> tuple[Check, ...]:
    tau, known = frames.tau, ~np.isnan(frames.tau)
    beside = _BESIDE * np.maximum(1.0, np.abs(tau))
    height = np.full(tau.shape, np.nan)
    height[known] = (h(tau + beside) * x(frames.t - tau + beside))[known]
    peak = float(np.abs(height[known]).max(initial=0.0)) or 1.0
    total = [math.fsum(row[there]) for row, there in zip(frames.height, known, strict=True)]
    places = tau / frames.width[:, None]
    apart = np.diff(places, axis=1)
    by_quad = _by_quad(h, x, frames.t, abs(frames.integral) or 1.0)
    size = max(abs(frames.integral), peak * float(frames.width.max()))
    return (
        agreement(
            "bars against the product",
            (frames.height, height),
            scale=peak,
            tolerance=_BESIDE_TOLERANCE,
        ),
        agreement(
            "bars at every multiple of their width",
            (places[known], np.rint(places[known])),
            (apart[known[:, 1:]], np.ones(np.count_nonzero(known[:, 1:]))),
            (frames.count, known.sum(axis=1)),
            tolerance=_PLACE_TOLERANCE,
        ),
        agreement(
            "sums of the bars",
            (frames.total, total),
            (frames.scaled, frames.total * frames.width),
            scale=peak * tau.shape[1],
            tolerance=_SUM_TOLERANCE,
        ),
        agreement(
            "integral against scipy.integrate.quad",
            (frames.integral, by_quad),
            scale=size,
            tolerance=_QUAD_TOLERANCE,
        ),
    )


def _worst(error: Any, scale: float) -> float:
    """Largest |error| in parts of ``scale``; NaN if any is."""
    return float(np.max(np.abs(np.asarray(error, dtype=np.float64)))) / scale


def _samples(frames: SlidingProduct, h: Signal, x: Signal) -> IntArray:
    """Indices of up to 24 steps: evenly spread, the extremes among them, none at a jump of y."""
    spread = np.linspace(0, len(frames) - 1, min(len(frames), _SAMPLES)).round().astype(np.int64)
    y = frames.output
    chosen = np.unique(
        [*spread, np.argmax(y), np.argmin(y), np.argmax(np.abs(np.diff(y, append=y[-1])))]
    )
    if not (h.impulses or x.impulses):
        return chosen
    t = frames.t[chosen]
    kinks = kink_times(h, x, t.min() - 1, t.max() + 1)
    near = np.abs(t[:, None] - kinks).min(axis=1, initial=np.inf)
    kept = chosen[near > 1e-9 * np.maximum(1.0, np.abs(t))]
    return kept if kept.size else chosen


def _by_quad(h: Signal, x: Signal, t: float, scale: float) -> float:
    """y(t) by QUADPACK, from the signals' values alone."""
    from scipy import integrate  # type: ignore[import-untyped]

    def product(tau: float) -> float:
        return float(h(tau) * x(t - tau))

    (a, b), (c, d) = h.support, x.support
    lo, hi = max(a, t - d), min(b, t - c)
    total = math.fsum(i.weight * float(x(t - i.at)) for i in h.impulses)
    total += math.fsum(i.weight * float(h(t - i.at)) for i in x.impulses)
    if not (lo < hi and h.pieces and x.pieces):
        return total
    points = np.unique(np.concatenate([landmarks(h), t - landmarks(x)]))
    # Far out on an infinite overlap quad needs no help, only time.
    first, last = segment_edges(h, x, np.array([t]))[0, [0, -1]]
    points = points[(points > lo) & (points < hi) & (points >= first) & (points <= last)]
    middle = points if points.size else np.array([np.clip(t / 2, lo, hi)])
    ends = [lo, *middle, hi]
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        # A run that quad itself doubts is judged by its value like any other.
        warnings.simplefilter("ignore", integrate.IntegrationWarning)
        parts = [
            integrate.quad(
                product, p, q, epsabs=1e-11 * scale / len(ends), epsrel=1e-11, limit=500
            )[0]
            for p, q in pairwise(ends)
        ]
    return total + math.fsum(parts)


def _curve_error(frames: SlidingProduct, scale: float) -> float:
    """How far the curve misses the output at any t, in parts of its peak."""
    t, y = frames.curve.T
    at = np.maximum(np.searchsorted(t, frames.t, side="right") - 1, 0)
    if not np.array_equal(t[at], frames.t):
        return math.inf
    return _worst(y[at] - frames.output, scale)


def _areas(frames: SlidingProduct, h: Signal, x: Signal) -> float | None:
    """|∫y − ∫h·∫x| in parts of ∫|y|.

    None where an area is infinite, y is not seen whole, or its curve is too coarse to tell: where
    leaving out every second point changes ∫y by as much as it is off.
    """
    if not _covers(frames.t, frames.support):
        return None
    try:
        expected = area(h) * area(x)
    except DivergenceError:
        return None
    kinks = kink_times(h, x, -np.inf, np.inf)
    found, size = _integrals(frames.curve, kinks, 1)
    coarse, _ = _integrals(frames.curve, kinks, 2)
    error = abs(found + float(frames.output_impulses[:, 1].sum()) - expected)
    size = max(size, abs(expected), 1e-300)
    if error > _AREA_TOLERANCE * size and abs(found - coarse) > error:
        return None
    return error / size


def _integrals(curve: FloatArray, kinks: FloatArray, every: int) -> tuple[float, float]:
    """∫y and ∫|y| of a polyline (m, 2), by a cubic spline between any two kinks.

    With ``every`` = 2, every second point inside a stretch is left out.
    """
    from scipy.interpolate import CubicSpline  # type: ignore[import-untyped]

    t, y = curve.T
    # A jump is two points at one t: the second one begins a new stretch.
    jumps = np.flatnonzero(np.diff(t) == 0) + 1
    inner = np.searchsorted(t, kinks[(kinks > t[0]) & (kinks < t[-1])])
    cuts = [0, *sorted({*jumps.tolist(), *inner.tolist()}), t.size - 1]
    total = size = 0.0
    for first, last in pairwise(cuts):
        # A stretch that begins with the second point of a jump ends before the next one's.
        stop = last if last in jumps else last + 1
        kept = np.unique([*range(first, stop, every), stop - 1])
        part_t, part_y = t[kept], y[kept]
        size += float(np.trapezoid(np.abs(part_y), part_t))
        if part_t.size < 4:
            total += float(np.trapezoid(part_y, part_t))
        else:
            total += float(CubicSpline(part_t, part_y).integrate(part_t[0], part_t[-1]))
    return total, size


def _covers(axis: FloatArray | IntArray, support: tuple[float, float]) -> bool:
    """Whether a finite support lies within the range of ``axis`` (and, for n, without gaps)."""
    lo, hi = support
    gapless = axis.dtype.kind == "f" or bool((np.diff(axis) == 1).all())
    return gapless and bool(axis.min() <= lo and hi <= axis.max())


def _by_numpy(n: IntArray, k: IntArray, h: AnySequence, x: AnySequence) -> FloatArray:
    """y[n] by numpy.convolve of everything that reaches the asked n."""
    first, last = int(n.min() - k[-1]), int(n.max() - k[0])
    if isinstance(h, Sequence) and isinstance(x, Sequence):
        start, ours, theirs = h.start + x.start, h.values, x.values
    else:
        start = int(k[0]) + first
        ours, theirs = h(k), x(np.arange(first, last + 1))
    full = np.convolve(ours, theirs)
    at = n - start
    inside = (at >= 0) & (at < full.size)
    return np.where(inside, full[np.where(inside, at, 0)], 0)


def _all_indices(sequence: AnySequence) -> IntArray:
    lo, hi = sequence.support
    return np.arange(int(lo), int(hi) + 1, dtype=np.int64)
