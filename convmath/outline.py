"""A signal as a picture needs it: its curve, its range and the window worth showing."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from convmath.arrays import FloatArray

if TYPE_CHECKING:
    from convmath.signal import Piece, Signal

__all__ = ["extent", "polyline", "value_range"]

FEWEST = 24  # points on a curved piece
MOST = 20_000  # points on a whole curve
BEND = 5e-4  # a chord may miss the curve by this fraction of the peak
STRAIGHT = 1e-12  # a piece that departs less than this from its chord is a straight line
WINDOW = 10.0  # how much of a signal without decay or period is shown, in units of t
PERIODS = 2.5  # how many periods of an undecaying sine are shown on either side


class Stretch(NamedTuple):
    """One stretch of the visible range; ``piece`` is None where the signal is zero."""

    lo: float
    hi: float
    piece: Piece | None


def polyline(signal: Signal, lo: float, hi: float, n: int) -> FloatArray:
    """Points (m, 2) of the curve from ``lo`` to ``hi``, with vertical edges at the breakpoints."""
    if not (math.isfinite(lo) and math.isfinite(hi) and lo < hi):
        raise ValueError(f"a curve needs a finite range, not {lo:g} to {hi:g}")
    stretches = list(_stretches(signal, lo, hi))
    grids = [_grid(s, signal.hints, math.ceil(n * (s.hi - s.lo) / (hi - lo))) for s in stretches]
    values = [_values(s, t) for s, t in zip(stretches, grids, strict=True)]
    peak = max(float(np.max(np.abs(v))) for v in values)
    room = MOST // len(stretches)
    curves = [
        _refined(s, t, v, BEND * peak, room)
        for s, t, v in zip(stretches, grids, values, strict=True)
    ]
    return np.concatenate(curves)


def value_range(signal: Signal, lo: float, hi: float) -> tuple[float, float]:
    """Least and greatest value over [lo, hi], zero and one-sided limits included."""
    points = polyline(signal, lo, hi, 400)
    least, greatest = (
        sign * _sharpened(signal, points, int(np.argmax(sign * points[:, 1])), sign)
        for sign in (-1.0, 1.0)
    )
    return min(0.0, least), max(0.0, greatest)


def extent(signal: Signal, fraction: float) -> tuple[float, float]:
    """The smallest window outside which |f| ≤ fraction · peak; see `Signal.extent`."""
    probes = [(p, *_probes(p, signal.hints)) for p in signal.pieces]
    window, inside, peak = (-math.inf, math.inf), probes, _peak(probes)
    # Twice: beside a tail that grows, one that merely stays would look like a decay.
    for _ in range(2):
        window = _shown(signal, probes, fraction * peak)
        inside = [(p, *_clipped(t, v, *window)) for p, t, v in probes]
        peak = _peak(inside)
    ends = [i.at for i in signal.impulses] + [end for end in window if math.isfinite(end)]
    for piece, t, v in inside:
        above = np.flatnonzero(np.abs(v) > fraction * peak)
        if above.size:
            ends.append(_edge(piece, t, above[0], -1, fraction * peak))
            ends.append(_edge(piece, t, above[-1], 1, fraction * peak))
    return (min(ends), max(ends)) if ends else (0.0, 0.0)


def _stretches(signal: Signal, lo: float, hi: float) -> Iterator[Stretch]:
    """The pieces within [lo, hi] and the zero stretches between them, in order."""
    reached = lo
    for piece in signal.pieces:
        start, stop = max(lo, piece.start), min(hi, piece.stop)
        if start >= stop:
            continue
        if start > reached:
            yield Stretch(reached, start, None)
        yield Stretch(start, stop, piece)
        reached = stop
    if reached < hi:
        yield Stretch(reached, hi, None)


def _grid(stretch: Stretch, hints: tuple[float, ...], count: int) -> FloatArray:
    """Increasing points from one end of the stretch to the other."""
    if stretch.piece is None:
        return np.array([stretch.lo, stretch.hi])
    even = np.linspace(stretch.lo, stretch.hi, max(FEWEST, count))
    near = [h for h in hints if stretch.lo < h < stretch.hi]
    return np.union1d(even, near) if near else even


def _values(stretch: Stretch, t: FloatArray) -> FloatArray:
    return np.zeros_like(t) if stretch.piece is None else np.array(stretch.piece(t))


def _refined(
    stretch: Stretch, t: FloatArray, v: FloatArray, tolerance: float, room: int
) -> FloatArray:
    """The curve with points added where it bends, or its two ends where it is straight."""
    chord = v[0] + (v[-1] - v[0]) * ((t - t[0]) / (t[-1] - t[0]))
    if np.max(np.abs(v - chord)) <= STRAIGHT * np.max(np.abs(v), initial=0.0):
        return np.array([[t[0], v[0]], [t[-1], v[-1]]])
    while t.size < room:
        middle = (t[:-1] + t[1:]) / 2
        at_middle = _values(stretch, middle)
        bends = np.abs(at_middle - (v[:-1] + v[1:]) / 2) > tolerance
        bends &= (t[:-1] < middle) & (middle < t[1:])
        if not bends.any():
            break
        after = np.flatnonzero(bends) + 1
        t, v = np.insert(t, after, middle[bends]), np.insert(v, after, at_middle[bends])
    return np.column_stack([t, v])


def _sharpened(signal: Signal, points: FloatArray, i: int, sign: float) -> float:
    """``sign`` times the signal, maximised between the neighbours of the i-th point."""
    best = sign * float(points[i, 1])
    lo, hi = points[max(i - 1, 0), 0], points[min(i + 1, len(points) - 1), 0]
    for _ in range(4):
        t = np.linspace(lo, hi, 33)
        v = sign * signal(t[1:-1])
        k = int(np.argmax(v)) + 1
        best, lo, hi = max(best, float(v[k - 1])), t[k - 1], t[k + 1]
    return best


def _probes(piece: Piece, hints: tuple[float, ...]) -> tuple[FloatArray, FloatArray]:
    """Points and values, dense near the finite ends and the hints, geometric to 1e9 beyond."""
    start, stop = piece.start, piece.stop
    near = np.array(sorted(h for h in hints if start < h < stop))
    parts = [np.linspace(a, b, 17) for a, b in pairwise(near)]
    if math.isfinite(start) and math.isfinite(stop):
        parts.append(np.linspace(start, stop, 2001))
    else:
        away = np.concatenate([[0.0], np.geomspace(1e-9, 1e9, 3601)])
        if math.isfinite(stop) or not math.isfinite(start):
            parts.append((stop if math.isfinite(stop) else 0.0) - away)
        if math.isfinite(start) or not math.isfinite(stop):
            parts.append((start if math.isfinite(start) else 0.0) + away)
    t = np.unique(np.concatenate([near, *parts]))
    t = t[(t >= start) & (t <= stop)]
    return t, np.array(piece(t))


def _peak(probes: list[tuple[Piece, FloatArray, FloatArray]]) -> float:
    return max((float(np.max(np.abs(v))) for _, _, v in probes if v.size), default=0.0)


def _shown(
    signal: Signal, probes: list[tuple[Piece, FloatArray, FloatArray]], level: float
) -> tuple[float, float]:
    """The window within which a tail that does not decay is shown; infinite where it decays."""
    places = [*signal.breakpoints.tolist(), *(i.at for i in signal.impulses), *signal.hints] or [
        0.0
    ]
    reach = PERIODS * signal.period if signal.period else WINDOW
    lo, hi = -math.inf, math.inf
    for piece, t, v in probes:
        far = np.abs(v) > level
        if math.isinf(piece.stop) and far[t > t[-1] / 10].any():
            hi = max(places) + reach
        if math.isinf(piece.start) and far[t < t[0] / 10].any():
            lo = min(places) - reach
    return lo, hi


def _clipped(t: FloatArray, v: FloatArray, lo: float, hi: float) -> tuple[FloatArray, FloatArray]:
    inside = (t >= lo) & (t <= hi)
    return t[inside], v[inside]


def _edge(piece: Piece, t: FloatArray, i: int, step: int, level: float) -> float:
    """Where |f| falls to ``level`` beyond the i-th probe, or the end of the piece."""
    if not 0 <= i + step < t.size:
        return float(t[i])
    above, below = float(t[i]), float(t[i + step])
    for _ in range(60):
        middle = (above + below) / 2
        if abs(float(piece(np.array(middle)))) > level:
            above = middle
        else:
            below = middle
    return above
