"""y = h * x as a signal of its own: Chebyshev series between the kinks of y."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.polynomial import chebyshev

from convmath.arrays import FloatArray
from convmath.continuous import kink_times, output_impulses
from convmath.errors import DivergenceError, InputError
from convmath.integral import convolve_at
from convmath.signal import Impulse, Piece, Signal

__all__ = ["as_signal"]

_DEGREE = 32
# A series is accepted when its last coefficients are below this part of max|y|.
_TOLERANCE = 1e-14
_MOST_PIECES = 4000
_RINGS = 2.0 ** np.arange(-30, 41)
# An infinite tail of y is dropped where it holds at most this part of ∫|y| (by rings, as `tails`).
_DROPPED = 1e-16

_POINTS = chebyshev.chebpts1(_DEGREE + 1)
_TO_COEFFICIENTS = chebyshev.chebvander(_POINTS, _DEGREE).T * (2.0 / (_DEGREE + 1))
_TO_COEFFICIENTS[0] *= 0.5


def as_signal(h: Signal, x: Signal) -> Signal:
    """The convolution h * x as a `Signal`, within about 1e-14 of max|y| everywhere.

    An infinite tail is cut where at most 1e-16 of ∫|y| is left.

    Raises
    ------
    DivergenceError
        If the integral has no finite value, or y has a tail that does not die away exponentially.

    Examples
    --------
    >>> box = Signal.staircase([1.0], start=0.0)
    >>> as_signal(box, box)([0.5, 1.0, 1.75])
    array([0.5 , 1.  , 0.25])
    """
    impulses = tuple(Impulse(float(at), float(w)) for at, w in output_impulses(h, x))
    if not _has_smooth_part(h, x):
        return Signal((), impulses)
    edges = _edges(h, x)
    return Signal(_fitted(h, x, edges[:-1], edges[1:]), impulses)


def _has_smooth_part(h: Signal, x: Signal) -> bool:
    return bool((h.pieces and not x.is_zero) or (x.pieces and not h.is_zero))


def _edges(h: Signal, x: Signal) -> FloatArray:
    """Where the series begin and end, (n,): kinks, bulks, and dyadic steps along the tails."""
    lo, hi = (p + q for p, q in zip(h.support, x.support, strict=True))
    inner = np.union1d(kink_times(h, x, -np.inf, np.inf), _bulk(h, x))
    inner = inner[(inner >= lo) & (inner <= hi)]
    parts = [inner]
    if np.isinf(hi):
        parts.append(_tail(h, x, inner[-1], 1.0))
    if np.isinf(lo):
        parts.append(_tail(h, x, inner[0], -1.0))
    edges = np.unique(np.concatenate(parts))
    return edges[np.diff(edges, prepend=-np.inf) > 1e-12 * np.maximum(1.0, np.abs(edges))]


def _bulk(h: Signal, x: Signal) -> FloatArray:
    """Sums of the first, middle and last hint (or 0) of signals that have no breakpoint."""
    places = [
        np.array([s.hints[0], s.hints[len(s.hints) // 2], s.hints[-1]])
        if s.hints
        else np.array([*s.breakpoints, *(i.at for i in s.impulses)] or [0.0])
        for s in (h, x)
    ]
    return np.unique(places[0][:, None] + places[1])


def _tail(h: Signal, x: Signal, start: float, sign: float) -> FloatArray:
    """Dyadic edges from ``start`` to where the rest of y may be dropped, (n,)."""
    inside = start + sign * _RINGS[:, None] * np.array([0.55, 0.7, 0.85, 1.0])
    endless = DivergenceError(
        "the output does not die away exponentially, so it cannot be made a signal of its own"
    )
    try:
        y = convolve_at(h, x, inside.ravel()).reshape(inside.shape)
    except DivergenceError:
        raise
    except InputError as error:  # an oscillation that goes on for ever
        raise endless from error
    mass = _RINGS * np.abs(y).max(axis=1)
    rest = np.cumsum(mass[::-1])[::-1]
    small = np.flatnonzero(rest <= _DROPPED * rest[0])
    if not small.size or small[0] > _RINGS.size - 12:
        raise endless
    first = max(0, int(np.argmax(mass)) - 2)
    return np.asarray(start + sign * _RINGS[min(first, small[0]) : small[0] + 1])


def _fitted(h: Signal, x: Signal, lo: FloatArray, hi: FloatArray) -> tuple[Piece, ...]:
    """Series on [lo, hi] (n,), halved until every one is settled; in order."""
    pieces: list[Piece] = []
    scale = 0.0
    while lo.size:
        middle, half = 0.5 * (lo + hi)[:, None], 0.5 * (hi - lo)[:, None]
        y = convolve_at(h, x, (middle + half * _POINTS).ravel()).reshape(lo.size, -1)
        scale = max(scale, float(np.abs(y).max()))
        series = y @ _TO_COEFFICIENTS.T
        settled = np.abs(series[:, -4:]).max(axis=1) <= _TOLERANCE * scale
        settled |= half[:, 0] <= 1e-9 * np.maximum(1.0, np.abs(middle[:, 0]))
        pieces += [
            Piece(float(a), float(b), _series(float(a), float(b), c))
            for a, b, c in zip(lo[settled], hi[settled], series[settled], strict=True)
        ]
        if len(pieces) + lo.size > _MOST_PIECES:
            raise DivergenceError("the output varies too much to be made a signal of its own")
        a, m, b = lo[~settled], middle[~settled, 0], hi[~settled]
        lo, hi = np.concatenate([a, m]), np.concatenate([m, b])
    return tuple(sorted(pieces, key=lambda piece: piece.start))


def _series(lo: float, hi: float, coefficients: FloatArray) -> Callable[[FloatArray], FloatArray]:
    def value(t: FloatArray) -> FloatArray:
        return np.asarray(chebyshev.chebval(((t - lo) - (hi - t)) / (hi - lo), coefficients))

    return value
