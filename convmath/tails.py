"""Where quadrature must look: graded edges along a long piece, and the end of an infinite overlap.

Infinite ranges are cut into dyadic rings [2^k, 2^(k+1)] counted from the last breakpoint. The mass
of a ring is its width times the largest sampled value; rings are kept until all that follow hold at
most `NEGLIGIBLE` of the whole. The rings are then edges for the quadrature.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from convmath.arrays import FloatArray
from convmath.errors import DivergenceError
from convmath.quadrature import Wording
from convmath.signal import Piece, Signal

__all__ = ["NEGLIGIBLE", "landmarks", "tail_edges"]

NEGLIGIBLE = 1e-17
_RINGS = 2.0 ** np.arange(-40, 131)  # outer radii; 2^130 settles anything that falls like τ^-1.5
_WITHIN = np.array([0.55, 0.7, 0.85, 1.0])  # where a ring is sampled, in parts of its outer radius
_SHRINKING = 12  # so many rings behind the cut must go on falling
_REPRESENTATIVES = 17  # values of t at which the tail is examined
_LONGEST_WAVE = 12  # so many rings may still oscillate: some 2^12 periods
_WAVE_PARTS = np.linspace(0.5, 1.0, 33)

Function = Callable[[FloatArray], FloatArray]


@lru_cache(maxsize=256)
def landmarks(signal: Signal) -> FloatArray:
    """Breakpoints, hints and graded edges, increasing and unique, shape (n,)."""
    graded = [edge for piece in signal.pieces for edge in _graded(piece)]
    return np.unique(np.array([*signal.breakpoints, *signal.hints, *graded], dtype=np.float64))


def _graded(piece: Piece) -> list[float]:
    """Edges along a piece that is concentrated near one of its ends, a factor of four apart."""
    whole_line = math.isinf(piece.start) and math.isinf(piece.stop)
    length = piece.stop - piece.start
    edges = [0.0] if whole_line else []
    for end, other, sign in ((piece.start, piece.stop, 1.0), (piece.stop, piece.start, -1.0)):
        if whole_line or math.isfinite(end):
            origin = 0.0 if whole_line else end
            reach = length if math.isfinite(other) else math.inf
            edges += [origin + sign * r for r in _radii(piece, origin, sign, reach)]
    return edges


def _radii(piece: Piece, origin: float, sign: float, reach: float) -> list[float]:
    rings = _RINGS if math.isinf(reach) else reach * _RINGS[:41]
    at = origin + sign * rings[:, None] * _WITHIN
    with np.errstate(all="ignore"):
        mass = rings * np.abs(piece(np.clip(at, piece.start, piece.stop))).max(axis=1)
    mass = np.where(np.cumprod(np.isfinite(mass)), mass, 0.0)
    falls = np.flatnonzero(mass[1:] < mass[:-1] * (1 - 1e-9))
    if not falls.size:
        return []
    last = int(np.flatnonzero(mass >= NEGLIGIBLE * mass.max())[-1])
    return [float(r) for r in rings[falls[0] + 2 : last + 2 : 2] if r < reach]


@dataclass(frozen=True)
class _Tail:
    """The product h(τ)·x(t − τ) beyond ``base`` towards ``sign`` · ∞."""

    h: Function
    x: Function
    t: FloatArray  # (n,)
    base: FloatArray  # (n,)
    sign: float

    def sampled(self, parts: FloatArray) -> FloatArray:
        """Products at ``parts`` of every ring, shape (n, n_rings, n_parts)."""
        away = _RINGS[:, None] * parts
        tau = self.base[:, None, None] + self.sign * away
        with np.errstate(all="ignore"):
            one, other = self.h(tau), self.x(self.t[:, None, None] - tau)
            product = one * other
        # An underflow to exactly zero is a bound, whatever the other factor has grown to.
        return np.where((one == 0) | (other == 0), 0.0, product)


def tail_edges(h: Signal, x: Signal, t: FloatArray, sign: float, wording: Wording) -> FloatArray:
    """Edges (n_t, n_rings) that carry an infinite overlap to where nothing is left of it.

    Parameters
    ----------
    sign
        1 for τ → ∞ (h ends in an infinite piece, x begins with one), −1 for τ → −∞.
    wording
        Names for messages.

    Returns
    -------
    The outermost edge is the cut: beyond it, at most `NEGLIGIBLE` of the largest ∫|h·x| is left
    (by the ring bound at up to 17 of the given ``t``).

    Raises
    ------
    DivergenceError
        If the product does not fall, or falls too slowly to be integrated.
    """
    outer_h, outer_x = (h.pieces[-1], x.pieces[0]) if sign > 0 else (h.pieces[0], x.pieces[-1])
    base = _bases(h, x, t, sign)
    chosen = np.unique(
        np.linspace(0, t.size - 1, min(t.size, _REPRESENTATIVES)).round().astype(int)
    )
    order = np.argsort(t)[chosen]
    tail = _Tail(outer_h, outer_x, t[order], base[order], sign)
    with np.errstate(over="ignore"):  # a mass that is not finite is refused below
        mass = _RINGS * np.abs(tail.sampled(_WITHIN)).max(axis=2)
    first, last = _kept_rings(mass, "+∞" if sign > 0 else "−∞", wording)
    _refuse_endless_wave(tail, mass, wording)
    return base[:, None] + sign * np.concatenate([[0.0], _RINGS[first : last + 1]])


def _bases(h: Signal, x: Signal, t: FloatArray, sign: float) -> FloatArray:
    """The last breakpoint or hint of the product, or of two signals around zero: (n_t,)."""
    ours = [*h.breakpoints, *h.hints] or [0.0]
    theirs = [*x.breakpoints, *x.hints] or [0.0]
    ends = (max(ours), t - min(theirs)) if sign > 0 else (min(ours), t - max(theirs))
    base: FloatArray = np.maximum(*ends) if sign > 0 else np.minimum(*ends)
    return base


def _kept_rings(mass: FloatArray, end: str, wording: Wording) -> tuple[int, int]:
    """Indices of the innermost and the outermost ring needed by any row of (n, n_rings)."""
    growth = (
        f"{wording.integrand} grows without bound as {wording.variable} → {end}: "
        "the integral diverges"
    )
    finite = np.isfinite(mass).all(axis=0)
    if not finite.all():
        raise DivergenceError(growth)
    peak = mass.sum(axis=1).max()
    if peak == 0:
        return 0, 0
    remaining = np.cumsum(mass[:, ::-1], axis=1)[:, ::-1].max(axis=0)
    small = np.flatnonzero(remaining <= NEGLIGIBLE * peak)
    if not small.size or small[0] > _RINGS.size - _SHRINKING:
        raise DivergenceError(_why(mass[np.argmax(mass.sum(axis=1))], end, wording))
    if _grew_until_underflow(mass):
        raise DivergenceError(growth)
    first = max(0, int(np.argmax(mass, axis=1).min()) - 2)
    return min(first, int(small[0])), int(small[0])


def _grew_until_underflow(mass: FloatArray) -> bool:
    """Whether a ring sum was still rising when one factor fell to zero by underflow alone."""
    last = (mass > 0).cumsum(axis=1).argmax(axis=1)
    rows = np.arange(len(mass))
    return bool((mass[rows, last] > 2 * mass[rows, np.maximum(last - 1, 0)]).any())


def _why(mass: FloatArray, end: str, wording: Wording) -> str:
    """``mass`` (n_rings,) of a tail that leaves too much behind."""
    before, after = mass[-2 * _SHRINKING : -_SHRINKING].mean(), mass[-_SHRINKING:].mean()
    integrand, towards = wording.integrand, f"as {wording.variable} → {end}"
    if after > 2 * before:
        return f"{integrand} does not fall {towards}: the integral diverges"
    if after > 0.98 * before:
        slowest = f"1/{wording.variable}"
        return f"{integrand} falls no faster than {slowest} {towards}: the integral diverges"
    return f"{integrand} falls too slowly {towards} for the integral to be computed"


def _refuse_endless_wave(tail: _Tail, mass: FloatArray, wording: Wording) -> None:
    """Refuse a product that oscillates through too many rings before it has died away.

    Such a tail (sinc * sinc) may well converge, but only by cancellation over more periods than
    can be added up.
    """
    heavy = mass > 1e-13 * mass.sum(axis=1).max()
    signs = np.signbit(tail.sampled(_WAVE_PARTS))
    waves = (signs[..., 1:] != signs[..., :-1]).sum(axis=2) >= 8
    if (heavy & waves).sum(axis=1).max() > _LONGEST_WAVE:
        raise DivergenceError(
            f"{wording.integrand} oscillates and falls too slowly: the integral converges by "
            "cancellation only, if at all, and cannot be computed"
        )
