"""y(t) = ∫ h(τ) x(t − τ) dτ for all t at once, as plain numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from convmath.arrays import FloatArray, IntArray
from convmath.errors import InputError
from convmath.quadrature import PRODUCT, Wording, integrate
from convmath.signal import Piece, Side, Signal
from convmath.tails import landmarks, tail_edges

__all__ = [
    "PieceTable",
    "area",
    "checked_times",
    "convolve_at",
    "hull",
    "impulse_part",
    "limit_near",
    "overlap",
    "segment_edges",
]

ONE = Signal((Piece(-math.inf, math.inf, np.ones_like),), text="1")
# A point this close to a breakpoint (relative to the numbers it was computed from) is on it.
SNAP = 8 * float(np.finfo(np.float64).eps)


def convolve_at(h: Signal, x: Signal, t: ArrayLike) -> FloatArray:
    """Values y(t) of the convolution, shape (n_t,); at a jump of y the right-hand limit.

    Raises
    ------
    InputError
        If ``t`` is not a row of finite numbers, or the product oscillates too fast.
    DivergenceError
        If the integral has no finite value, saying why.

    Examples
    --------
    >>> box = Signal.staircase([1.0], start=0.0, width=1.0)
    >>> convolve_at(box, box, [0.0, 0.5, 1.0])
    array([0. , 0.5, 1. ])
    """
    at = checked_times(t)
    return _smooth_part(h, x, at, PRODUCT) + impulse_part(h, x, at, "right")


def area(signal: Signal) -> float:
    """∫ f(t) dt, impulses included.

    Raises
    ------
    DivergenceError
        If the area is not finite.

    Examples
    --------
    >>> area(Signal.staircase([1.0, 0.5], start=0.0, width=2.0))
    3.0
    """
    smooth = _smooth_part(signal, ONE, np.zeros(1), Wording("the signal", "t"))
    return float(smooth[0]) + math.fsum(i.weight for i in signal.impulses)


def checked_times(t: ArrayLike) -> FloatArray:
    """``t`` as a new row of finite numbers, shape (n_t,), n_t ≥ 1."""
    at = np.array(t, dtype=np.float64, ndmin=1)
    if at.ndim != 1 or at.size == 0:
        raise InputError("the times t must be a row of at least one number")
    if not np.isfinite(at).all():
        raise InputError("the times t must be finite", typed=str(at[~np.isfinite(at)][0]))
    return at


def overlap(
    ours: tuple[float, float], theirs: tuple[float, float], t: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """max(a, t − d) and min(b, t − c) for supports [a, b] and [c, d]; each (n_t,)."""
    (a, b), (c, d) = ours, theirs
    return np.maximum(a, t - d), np.minimum(b, t - c)


def limit_near(signal: Signal, t: FloatArray, side: Side) -> FloatArray:
    """One-sided limits at ``t`` (any shape), where a ``t`` rounded off a breakpoint is on it."""
    points = signal.breakpoints
    if not points.size or not t.size:
        return signal.limit(t, side)
    after = np.clip(np.searchsorted(points, t), 1, points.size - 1) if points.size > 1 else 0
    near = np.where(
        np.abs(points[after] - t) < np.abs(points[np.maximum(after, 1) - 1] - t),
        points[after],
        points[np.maximum(after, 1) - 1],
    )
    on = np.abs(near - t) <= SNAP * np.maximum(1.0, np.abs(t))
    return signal.limit(np.where(on, near, t), side)


def impulse_part(h: Signal, x: Signal, t: FloatArray, side: Side) -> FloatArray:
    """What the impulses add to y: shifted copies of the other signal, one-sided limits (n_t,)."""
    total = np.zeros(t.shape)
    for one, other in ((h, x), (x, h)):
        for impulse in one.impulses:
            total += impulse.weight * limit_near(other, t - impulse.at, side)
    return total


@dataclass(frozen=True)
class PieceTable:
    """The pieces of one signal, to be looked up by index for many points at once."""

    pieces: tuple[Piece, ...]
    starts: FloatArray
    stops: FloatArray

    @classmethod
    def of(cls, signal: Signal) -> PieceTable:
        """The table of a signal with at least one piece."""
        p = signal.pieces
        return cls(p, np.array([q.start for q in p]), np.array([q.stop for q in p]))

    def index(self, at: FloatArray) -> IntArray:
        """Which piece holds each point (n,); −1 between and around the pieces."""
        found = np.searchsorted(self.starts, at, side="right") - 1
        return np.where((found >= 0) & (at < self.stops[found]), found, -1)

    def values(self, at: FloatArray, index: IntArray) -> FloatArray:
        """Values (n, m) at points (n, m), each row in the piece ``index`` (n,) says."""
        if len(self.pieces) == 1:
            return self._value(0, at)
        out = np.empty_like(at)
        for i in np.unique(index):
            rows = index == i
            out[rows] = self._value(i, at[rows])
        return out

    def _value(self, i: int, at: FloatArray) -> FloatArray:
        # t − τ may round to just outside the piece, where its function need not mean anything.
        with np.errstate(under="ignore"):
            return self.pieces[i](np.clip(at, self.starts[i], self.stops[i]))


def _smooth_part(h: Signal, x: Signal, t: FloatArray, wording: Wording) -> FloatArray:
    """The integral over the pieces of both signals, (n_t,)."""
    if not (h.pieces and x.pieces):
        return np.zeros(t.size)
    edges = segment_edges(h, x, t, wording)
    lo, hi = edges[:, :-1].ravel(), edges[:, 1:].ravel()
    owner = np.repeat(np.arange(t.size), edges.shape[1] - 1)
    ours, theirs = PieceTable.of(h), PieceTable.of(x)
    kept = hi > lo
    lo, hi, owner = lo[kept], hi[kept], owner[kept]
    middle = 0.5 * (lo + hi)
    in_h, in_x = ours.index(middle), theirs.index(t[owner] - middle)
    kept = (in_h >= 0) & (in_x >= 0)
    lo, hi, owner, in_h, in_x = lo[kept], hi[kept], owner[kept], in_h[kept], in_x[kept]
    at = t[owner]

    def product(start: FloatArray, offset: FloatArray, root: IntArray) -> FloatArray:
        # t − start is exact where the two are close: t − τ keeps digits that τ has rounded away.
        rest = (at[root] - start)[:, None] - offset
        return ours.values(start[:, None] + offset, in_h[root]) * theirs.values(rest, in_x[root])

    return integrate(product, lo, hi, owner, t.size, wording)


def segment_edges(h: Signal, x: Signal, t: FloatArray, wording: Wording = PRODUCT) -> FloatArray:
    """Ends of the segments to integrate over, (n_t, n_edges), increasing along axis 1.

    All edges of a row lie within the overlap, so segments outside it have no length.
    """
    (a, b), (c, d) = hull(h), hull(x)
    lo, hi = overlap((a, b), (c, d), t)
    columns: list[FloatArray] = []
    if math.isinf(b) and math.isinf(c):
        right = tail_edges(h, x, t, 1.0, wording)
        columns, hi = [right], right[:, -1]
    if math.isinf(a) and math.isinf(d):
        left = tail_edges(h, x, t, -1.0, wording)
        columns, lo = [*columns, left], left[:, -1]
    within = landmarks(h)
    within = within[(within > lo.min()) & (within < hi.max())]
    shifted = landmarks(x)
    shifted = shifted[(shifted > (t - hi).min()) & (shifted < (t - lo).max())]
    columns += [
        lo[:, None],
        hi[:, None],
        np.broadcast_to(within, (t.size, within.size)),
        t[:, None] - shifted,
    ]
    edges = np.concatenate(columns, axis=1)
    # Where the signals do not overlap, lo > hi, and clipping leaves nothing but hi.
    return np.sort(np.clip(edges, lo[:, None], hi[:, None]), axis=1)


def hull(signal: Signal) -> tuple[float, float]:
    """The smallest interval that holds all pieces (not the impulses)."""
    return signal.pieces[0].start, signal.pieces[-1].stop
