"""The last look at a smooth piece: does it have a finite value wherever it will be shown?"""

from __future__ import annotations

import math
from typing import TypeGuard

import numpy as np

from convmath.arrays import FloatArray
from convmath.evaluate import HUGE, raw
from convmath.splitting import SmoothPiece
from convmath.syntax import Binary, Node, Syntax, children, start_of
from convmath.zeros import Span

__all__ = ["refuse_without_value"]

SAMPLES = 513
REACH = 20.0  # how far an infinite piece is looked at, in units of t
WHOLE = 256  # how many whole numbers of an infinite piece are looked at


def refuse_without_value(piece: SmoothPiece, source: Syntax, *, discrete: bool = False) -> None:
    """Refuse a piece that is somewhere infinite, not real, or beyond 1e300.

    Finite pieces are looked at all over, infinite ones up to 20 beyond their finite end (or 0).
    Farther out, magnitudes saturate at 1e300.
    """
    t = _whole(piece.span) if discrete else _grid(piece.span)
    values = _values(piece.tree, t)
    wrong = np.flatnonzero(~(np.abs(values) < HUGE))
    if wrong.size:
        first = wrong[np.argmin(np.abs(t[wrong]))]
        _refuse(piece.tree, float(t[first]), source)
    if not discrete:
        for below in piece.unproven:
            _refuse_zero(below, t, source)


def _values(tree: Node, t: FloatArray) -> FloatArray:
    with np.errstate(all="ignore"):
        return np.broadcast_to(raw(tree)(t), t.shape)


def _grid(span: Span) -> FloatArray:
    """Points of the closed span, up to `REACH` beyond its finite end."""
    lo = span.lo if math.isfinite(span.lo) else min(span.hi, 0.0) - REACH
    hi = span.hi if math.isfinite(span.hi) else max(span.lo, 0.0) + REACH
    if math.isinf(span.lo) and math.isfinite(span.hi):
        lo = span.hi - REACH
    if math.isinf(span.hi) and math.isfinite(span.lo):
        hi = span.lo + REACH
    return np.linspace(lo, hi, SAMPLES)


def _whole(span: Span) -> FloatArray:
    """Whole numbers inside the open span, at most `WHOLE` from a finite end or around 0."""
    lo = math.floor(span.lo) + 1 if math.isfinite(span.lo) else None
    hi = math.ceil(span.hi) - 1 if math.isfinite(span.hi) else None
    if lo is None:
        lo = -WHOLE // 2 if hi is None else hi - WHOLE
    if hi is None:
        hi = lo + WHOLE
    return np.arange(lo, min(hi, lo + 10_000) + 1, dtype=np.float64)


def _refuse(tree: Node, t: float, source: Syntax) -> None:
    """Refuse the smallest part of the tree that has no value at ``t``."""
    culprit = tree
    while inner := [c for c in children(culprit) if not _is_usable(c, t)]:
        culprit = inner[0]
    value = float(_values(culprit, np.array([t]))[0])
    where = f"{source.variable} = {t + 0.0:g}"
    if math.isnan(value):
        problem = f"this is not a real number at {where}"
    elif math.isinf(value) and not _is_growing(culprit):
        problem = f"this is infinite at {where}"
    else:
        problem = f"this is larger than {HUGE:g} at {where}"
    source.fail(problem, start_of(culprit.right if _is_quotient(culprit) else culprit))


def _is_quotient(node: Node) -> TypeGuard[Binary]:
    return isinstance(node, Binary) and node.sign == "/"


def _is_usable(node: Node, t: float) -> bool:
    return bool(abs(_values(node, np.array([t]))[0]) < HUGE)


def _is_growing(node: Node) -> bool:
    """Whether an infinite value comes from growth and not from a division by zero."""
    return getattr(node, "name", "") == "exp" or getattr(node, "sign", "") in ("^", "*", "+", "-")


def _refuse_zero(below: Node, t: FloatArray, source: Syntax) -> None:
    """Refuse a denominator that changes sign, or touches zero, between the samples."""
    values = _values(below, t)
    changes = np.flatnonzero(np.sign(values[:-1]) * np.sign(values[1:]) <= 0)
    if changes.size:
        nearest = changes[np.argmin(np.abs(t[changes]))]
        zero = _bisected(below, float(t[nearest]), float(t[nearest + 1]))
    else:
        zero = _lowest(below, t, np.abs(values))
        if abs(_values(below, np.array([zero]))[0]) > 1e-9 * np.max(np.abs(values)):
            return
    where = f"{source.variable} = {round(zero, 9) + 0.0:g}"
    source.fail(f"this is infinite at {where}, where it divides by zero", start_of(below))


def _bisected(node: Node, lo: float, hi: float) -> float:
    at_lo = _values(node, np.array([lo]))[0]
    if at_lo == 0:
        return lo
    for _ in range(60):
        middle = (lo + hi) / 2
        if np.sign(_values(node, np.array([middle]))[0]) == np.sign(at_lo):
            lo = middle
        else:
            hi = middle
    return hi


def _lowest(node: Node, t: FloatArray, magnitudes: FloatArray) -> float:
    """Where the magnitude is least, refined around the least sample."""
    k = int(np.argmin(magnitudes))
    lo, hi = t[max(k - 1, 0)], t[min(k + 1, t.size - 1)]
    best = t[k]
    for _ in range(12):
        near = np.linspace(lo, hi, 33)
        j = int(np.argmin(np.abs(_values(node, near))))
        best, lo, hi = near[j], near[max(j - 1, 0)], near[min(j + 1, 32)]
    return float(best)
