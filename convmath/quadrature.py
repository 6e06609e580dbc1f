"""Adaptive Gauss–Kronrod quadrature of very many short integrals at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

import numpy as np

from convmath.arrays import FloatArray, IntArray
from convmath.errors import DivergenceError, InputError

__all__ = ["KRONROD_NODES", "PRODUCT", "Integrand", "Wording", "integrate"]

# QUADPACK's qk21 (Piessens et al., 1983): non-negative half, outermost first. Every second node
# belongs to the 10-point Gauss rule.
_NODES = (
    0.995657163025808080735527280689003,
    0.973906528517171720077964012084452,
    0.930157491355708226001207180059508,
    0.865063366688984510732096688423493,
    0.780817726586416897063717578345042,
    0.679409568299024406234327365114874,
    0.562757134668604683339000099272694,
    0.433395394129247190799265943165784,
    0.294392862701460198131126603103866,
    0.148874338981631210884826001129720,
    0.0,
)
_KRONROD = (
    0.011694638867371874278064396062192,
    0.032558162307964727478818972459390,
    0.054755896574351996031381300244580,
    0.075039674810919952767043140916190,
    0.093125454583697605535065465083366,
    0.109387158802297641899210590325805,
    0.123491976262065851077958109585166,
    0.134709217311473325928054001771707,
    0.142775938577060080797094273138717,
    0.147739104901338491374841515972068,
    0.149445554002916905664936468389821,
)
_GAUSS = (
    0.066671344308688137593568809893332,
    0.149451349150580593145863397657697,
    0.219086362515982043995534934228163,
    0.269266719309996355091226921569469,
    0.295524224714752870173815619188769,
)


def _mirrored(half: tuple[float, ...], sign: float) -> FloatArray:
    """All 21 entries from the 11 of one half."""
    return np.array([*(sign * v for v in half), *reversed(half[:-1])])


KRONROD_NODES = _mirrored(_NODES, -1.0)
_KRONROD_WEIGHTS = _mirrored(_KRONROD, 1.0)
_GAUSS_WEIGHTS = np.zeros(21)
_GAUSS_WEIGHTS[1:10:2] = _GAUSS
_GAUSS_WEIGHTS[11:20:2] = _GAUSS[::-1]

# A segment is halved while |Kronrod − Gauss| exceeds this part of the largest ∫|f| of all
# integrals. The Kronrod value itself is far better than that difference.
TOLERANCE = 1e-14
_MAX_DEPTH = 60
_MAX_SEGMENTS = 2_000_000  # about 2 s; more where there are more than 10,000 integrals
_BLOCK = 4096


class Wording(NamedTuple):
    """What an integrand and its variable are called in messages."""

    integrand: str
    variable: str


PRODUCT = Wording("the product h(τ)·x(t − τ)", "τ")

Integrand: TypeAlias = Callable[[FloatArray, FloatArray, IntArray], FloatArray]
"""``f(start (n,), offset (n, 21), root (n,)) -> (n, 21)``: values at start + offset.

The sum is left to the integrand, which can often add ``offset`` to something smaller than ``start``
and keep its digits. ``root`` says which first segment a row came from.
"""


def _rule(
    integrand: Integrand, lo: FloatArray, hi: FloatArray, root: IntArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Kronrod value, |Kronrod − Gauss| and ∫|f| of each segment, each ``(n,)``."""
    value, error, magnitude = (np.empty(lo.size) for _ in range(3))
    for first in range(0, lo.size, _BLOCK):
        part = slice(first, first + _BLOCK)
        half = 0.5 * (hi[part] - lo[part])
        f = integrand(lo[part], half[:, None] * (1.0 + KRONROD_NODES), root[part])
        with np.errstate(invalid="ignore"):  # what is not finite is reported by `integrate`
            value[part] = half * (f @ _KRONROD_WEIGHTS)
            error[part] = np.abs(half * (f @ (_KRONROD_WEIGHTS - _GAUSS_WEIGHTS)))
            magnitude[part] = half * (np.abs(f) @ _KRONROD_WEIGHTS)
    return value, error, magnitude


def integrate(
    integrand: Integrand,
    lo: FloatArray,
    hi: FloatArray,
    owner: IntArray,
    count: int,
    wording: Wording = PRODUCT,
) -> FloatArray:
    """Sums of integrals over segments, grouped by owner.

    All segments are done together; the loop is over the depth of bisection.

    Parameters
    ----------
    integrand
        Smooth on each segment.
    lo, hi
        ``(n,)`` finite ends of the segments.
    owner
        ``(n,)`` in 0 … count − 1: the integral to which a segment belongs.

    Returns
    -------
    ``(count,)``

    Raises
    ------
    DivergenceError
        Where the integrand is not finite, or no bisection settles its integral.
    InputError
        Where it oscillates too fast to be resolved.
    """
    total = np.zeros(count)
    root = np.arange(lo.size)
    accepted_error, spent = 0.0, 0
    for depth in range(_MAX_DEPTH):
        spent += lo.size
        if spent > max(_MAX_SEGMENTS, 200 * count):
            raise InputError(f"{wording.integrand} oscillates too fast to be integrated")
        value, error, magnitude = _rule(integrand, lo, hi, root)
        if not np.isfinite(magnitude).all():
            at = lo[~np.isfinite(magnitude)][0]
            raise DivergenceError(
                f"{wording.integrand} is not finite near {wording.variable} = {at:.6g}"
            )
        if depth == 0:
            accepted_error = TOLERANCE * np.bincount(owner, magnitude, count).max(initial=0.0)
        open_ = error > accepted_error
        total += np.bincount(owner[root[~open_]], value[~open_], count)
        if not open_.any():
            return total
        lo, hi, root = _halved(lo[open_], hi[open_], root[open_])
    place = f"{wording.variable} = {lo[0]:.6g}"
    raise DivergenceError(f"{wording.integrand} grows without bound near {place}")


def _halved(
    lo: FloatArray, hi: FloatArray, root: IntArray
) -> tuple[FloatArray, FloatArray, IntArray]:
    middle = 0.5 * (lo + hi)
    return (
        np.concatenate([lo, middle]),
        np.concatenate([middle, hi]),
        np.concatenate([root, root]),
    )
