"""The discrete sliding sum: h stays, x is flipped and shifted, the products add up to y."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import numpy as np

from convmath.arrays import AnyArray, FloatArray, IntArray
from convmath.errors import DivergenceError, InputError
from convmath.frames import Frames
from convmath.sequence import Sequence, SequenceRule

__all__ = [
    "SlidingSum",
    "SumStep",
    "convolve_discrete",
    "correlate_discrete",
    "exact_type",
]

AnySequence: TypeAlias = Sequence | SequenceRule
_LARGEST = 2**63 - 1
_MOST_PRODUCTS = 10_000_000


@dataclass(frozen=True, eq=False)
class SumStep:
    """One n of a `SlidingSum`."""

    n: int
    output: int | float
    limits: FloatArray  # (2,)
    moving: AnyArray  # (n_k,)
    product: AnyArray  # (n_k,)
    partial: AnyArray  # (n_k,)


@dataclass(frozen=True, eq=False)
class SlidingSum(Frames[SumStep]):
    """y[n] = Σ_k h[k] x[n − k] and everything that is drawn on the way, for every n.

    Values are int64, and exact, where h and x are whole numbers and Σ|h|·max|x| fits; otherwise
    all values are float64.

    Attributes
    ----------
    n
        (n_n,) int64, where the output is evaluated, as given.
    output
        (n_n,) y[n].
    limits
        (n_n, 2) float64: first and last k at which h and the shifted x overlap, both included;
        NaN where they do not.
    k
        (n_k,) int64 axis of the sum; covers the overlap at every n, and the whole of every finite
        signal at every shift.
    fixed
        (n_k,) h[k].
    moving
        (n_n, n_k) x[n − k].
    product
        (n_n, n_k) h[k]·x[n − k].
    partial
        (n_n, n_k) running sum of ``product`` along k; its last column is ``output``.
    original_k, original
        (m,) each: index and value of x[k] before the flip, over its support (or, where that is
        infinite, the part worth showing).
    supports
        (2, 2) float64: first and last index of h and of x, both included, possibly infinite.
    """

    step = SumStep

    n: IntArray
    output: AnyArray
    limits: FloatArray
    k: IntArray
    fixed: AnyArray
    moving: AnyArray
    product: AnyArray
    partial: AnyArray
    original_k: IntArray
    original: AnyArray
    supports: FloatArray

    @property
    def support(self) -> tuple[float, float]:
        """First and last index outside which y is zero: the sums of those of h and x."""
        lo, hi = self.supports.sum(axis=0).tolist()
        return lo, hi

    @property
    def peak(self) -> tuple[int, int | float]:
        """(n, y) of the output that is farthest from zero."""
        i = int(np.argmax(np.abs(self.output)))
        return int(self.n[i]), self.output[i].item()


def convolve_discrete(
    h: AnySequence, x: AnySequence, n: IntArray | tuple[int, int] | list[int]
) -> SlidingSum:
    """Frames of (h * x)[n] = Σ_k h[k] x[n − k].

    The output of two finite sequences starts at start_h + start_x and has n_h + n_x − 1 values.

    Parameters
    ----------
    n
        Either a row (n_n,) of whole numbers as an array or list, or a tuple ``(lo, hi)``, both
        included.

    Raises
    ------
    InputError
        If ``n`` is not a row of whole numbers, or there are too many products.
    DivergenceError
        If the sum has infinitely many terms for the asked n.

    Examples
    --------
    >>> frames = convolve_discrete(Sequence([3, 2, 1]), Sequence([1, 2], start=-1), (-1, 2))
    >>> frames.output
    array([3, 8, 5, 2])
    """
    at = _checked_indices(n)
    k = _sum_axis(h, x, at)
    if at.size * k.size > _MOST_PRODUCTS:
        raise InputError(f"{at.size} values of n with {k.size} products each are too many")
    fixed, moving = h(k), x(at[:, None] - k)
    original_k = _shown_indices(x)
    original = x(original_k)
    dtype = exact_type(fixed, moving)
    fixed, moving, original = (v.astype(dtype) for v in (fixed, moving, original))
    product = fixed * moving
    partial = np.cumsum(product, axis=1)
    return SlidingSum(
        n=at,
        output=partial[:, -1],
        limits=_limits(h, x, at),
        k=k,
        fixed=fixed,
        moving=moving,
        product=product,
        partial=partial,
        original_k=original_k,
        original=original,
        supports=np.array([h.support, x.support], dtype=np.float64),
    )


def correlate_discrete(
    f: AnySequence, g: AnySequence, n: IntArray | tuple[int, int] | list[int]
) -> SlidingSum:
    """Frames of the cross-correlation (f ⋆ g)[n] = Σ_k f[k] g[k + n].

    The same as Σ_k g[k] f[k − n]: g stays fixed and f moves to the right by n, not flipped. So
    ``fixed`` is g, ``moving`` is f[k − n], and (f ⋆ g)[n] = (g ⋆ f)[−n].

    Examples
    --------
    >>> correlate_discrete(Sequence([1, 2]), Sequence([1, 0, 3]), (-1, 2)).output
    array([2, 1, 6, 3])
    """
    frames = convolve_discrete(g, f.flipped(), n)
    original_k = _shown_indices(f)
    return replace(frames, original_k=original_k, original=f(original_k).astype(frames.fixed.dtype))


def _checked_indices(n: IntArray | tuple[int, int] | list[int]) -> IntArray:
    """``n`` as a row (n_n,) of int64, n_n ≥ 1."""
    if isinstance(n, tuple):
        lo, hi = n
        if not (float(lo).is_integer() and float(hi).is_integer() and lo <= hi):
            raise InputError("n must go from a whole number to one no smaller", typed=f"{n}")
        return np.arange(int(lo), int(hi) + 1, dtype=np.int64)
    given: Any = np.asarray(n)
    if given.ndim != 1 or given.size == 0 or given.dtype.kind not in "iu":
        raise InputError("the indices n must be a row of whole numbers")
    return np.array(given, dtype=np.int64)


def _sum_axis(h: AnySequence, x: AnySequence, n: IntArray) -> IntArray:
    """All k that matter at any n, (n_k,)."""
    (a, b), (c, d) = h.support, x.support
    if (math.isinf(b) and math.isinf(c)) or (math.isinf(a) and math.isinf(d)):
        raise DivergenceError(
            "the sum over k has infinitely many terms: h[k] and x[n − k] overlap without end",
            accepted="at least one finite sequence, or two that both begin (or both end)",
        )
    first, last = int(n.min()), int(n.max())
    ends = [e for e in (a, b, first - d, first - c, last - d, last - c) if math.isfinite(e)]
    return np.arange(int(min(ends)), int(max(ends)) + 1, dtype=np.int64)


def _limits(h: AnySequence, x: AnySequence, n: IntArray) -> FloatArray:
    (a, b), (c, d) = h.support, x.support
    lo, hi = np.maximum(a, n - float(d)), np.minimum(b, n - float(c))
    return np.where((lo <= hi)[:, None], np.column_stack([lo, hi]), np.nan)


def _shown_indices(x: AnySequence) -> IntArray:
    """The support, or where it is infinite the extent, (m,)."""
    lo, hi = x.support if all(map(math.isfinite, x.support)) else x.extent()
    return np.arange(int(lo), int(hi) + 1, dtype=np.int64)


def exact_type(h: AnyArray, x: AnyArray) -> type[np.int64] | type[np.float64]:
    """int64 where no product and no sum of products can leave it, otherwise float64."""
    if h.dtype.kind != "i" or x.dtype.kind != "i":
        return np.float64
    total = sum(abs(v) for v in h.tolist())
    largest = max(abs(int(x.max())), abs(int(x.min())))
    return np.int64 if total * largest <= _LARGEST else np.float64
