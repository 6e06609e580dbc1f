"""The continuous sliding product: h stays, x is flipped and shifted, the area is the output."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from convmath.arrays import FloatArray
from convmath.errors import InputError
from convmath.frames import Frames
from convmath.integral import (
    PieceTable,
    checked_times,
    convolve_at,
    hull,
    impulse_part,
    limit_near,
    overlap,
)
from convmath.signal import Signal

__all__ = ["ProductStep", "SlidingProduct", "convolve_continuous", "correlate_continuous"]

NODES = 24  # fewest points per segment of a product
_MOST_NODES = 384
_MOST_POINTS = 3_000_000  # of one product array
SAG = 2e-3  # a drawn product may miss the true one by this part of its peak
_CURVE = 400  # fewest points of y over the whole range of t
_STRETCH = 16  # and between two kinks


@dataclass(frozen=True, eq=False)
class ProductStep:
    """One t of a `SlidingProduct`."""

    t: float
    output: float
    limits: FloatArray  # (2,)
    tau: FloatArray  # (n_seg, n_nodes)
    product: FloatArray  # (n_seg, n_nodes)
    impulse_tau: FloatArray  # (n_imp,)
    impulse_weight: FloatArray  # (n_imp,)

    @property
    def polygon(self) -> FloatArray:
        """The area under the product as one closed outline (n_seg·n_nodes + 2, 2).

        It starts and ends on the axis; jumps are vertical edges. Where the signals do not overlap
        all points coincide.
        """
        tau, product = self.tau.ravel(), self.product.ravel()
        return np.column_stack(
            [
                np.concatenate([tau[:1], tau, tau[-1:]]),
                np.concatenate([[0.0], product, [0.0]]),
            ]
        )


@dataclass(frozen=True, eq=False)
class SlidingProduct(Frames[ProductStep]):
    """y(t) = ∫ h(τ) x(t − τ) dτ and everything that is drawn on the way, for every t.

    Attributes
    ----------
    t
        (n_t,) where the output is evaluated, as given.
    output
        (n_t,) y(t); at a jump of y the right-hand limit. Impulses of y are not in it.
    limits
        (n_t, 2) max(a, t − d) and min(b, t − c), where [a, b] is the support of h and [c, d] that
        of x; ±inf where the overlap is infinite, NaN where there is none.
    tau, product
        (n_t, n_seg, n_nodes) each: h(τ)·x(t − τ) between the breakpoints inside the overlap and the
        window, from left to right and without gaps, with one-sided limits at the ends of the
        segments. Segments a step does not need are points at the end of its last one, with
        product 0; without overlap all are one point.
    impulse_tau, impulse_weight
        (n_t, n_imp) each: impulses of the product, first those of h, then those of x. At each t
        their weights and the area of the product add up to ``output``.
    window
        (2,) the range of τ that is drawn.
    fixed
        (m, 2) polyline of h(τ) over the window.
    moving
        (m, 2) polyline of x(−τ), to be translated by t; long enough to fill the window at every t.
    original
        (m, 2) polyline of x(τ) before the flip, over the window and all of x that is worth showing.
    curve
        (m, 2) polyline of y over the range of ``t``, with points at every kink and both one-sided
        limits where y jumps.
    fixed_impulses, moving_impulses
        (n, 2) each: position and weight of the impulses of h(τ) and of x(−τ).
    output_impulses
        (n, 2) position and weight of the impulses of y, from impulses of h and x together.
    supports
        (2, 2) the supports of h and of x, possibly infinite.
    """

    step = ProductStep

    t: FloatArray
    output: FloatArray
    limits: FloatArray
    tau: FloatArray
    product: FloatArray
    impulse_tau: FloatArray
    impulse_weight: FloatArray
    window: FloatArray
    fixed: FloatArray
    moving: FloatArray
    original: FloatArray
    curve: FloatArray
    fixed_impulses: FloatArray
    moving_impulses: FloatArray
    output_impulses: FloatArray
    supports: FloatArray

    @property
    def support(self) -> tuple[float, float]:
        """[a + c, b + d], outside which y is zero."""
        lo, hi = self.supports.sum(axis=0).tolist()
        return lo, hi

    @property
    def peak(self) -> tuple[float, float]:
        """(t, y) of the first point of ``curve`` that is farthest from zero, but for rounding."""
        height = np.abs(self.curve[:, 1])
        t, y = self.curve[np.argmax(height >= (1 - 1e-12) * height.max())].tolist()
        return t, y


def convolve_continuous(
    h: Signal,
    x: Signal,
    t: ArrayLike,
    *,
    window: tuple[float, float] | None = None,
    nodes: int | None = None,
) -> SlidingProduct:
    """Frames of (h * x)(t) = ∫ h(τ) x(t − τ) dτ for every ``t`` (n_t,).

    Parameters
    ----------
    window
        The range of τ to draw; by default wide enough for both signals at every t.
    nodes
        Points per segment of a product; by default from 24 up to 384, as its bends demand.

    Raises
    ------
    InputError
        If ``t`` is not a row of finite numbers or the window is empty.
    DivergenceError
        If the integral has no finite value.

    Examples
    --------
    >>> import math
    >>> from convmath import Piece
    >>> h = Signal((Piece(0.0, math.inf, lambda t: 2 * np.exp(-t / 2)),))
    >>> x = Signal.staircase([1.0, 0.5], start=0.0, width=2.0)
    >>> frames = convolve_continuous(h, x, np.linspace(-2.0, 15.0, 18))
    >>> round(frames.at(4).output, 6), frames.peak[0], frames.support
    (2.528482, 2.0, (0.0, inf))
    """
    at = checked_times(t)
    shown = _window(h, x, at, window)
    output, curve = _outputs(h, x, at)
    tau, product = _products(h, x, at, shown, nodes)
    impulse_tau, impulse_weight = _product_impulses(h, x, at)
    flipped = x.flipped()
    return SlidingProduct(
        t=at,
        output=output,
        limits=_limits(h, x, at),
        tau=tau,
        product=product,
        impulse_tau=impulse_tau,
        impulse_weight=impulse_weight,
        window=np.array(shown),
        fixed=_polyline(h, shown, shown),
        moving=_polyline(flipped, (shown[0] - at.max(), shown[1] - at.min()), shown),
        original=_original(x, shown),
        curve=curve,
        fixed_impulses=_impulses(h),
        moving_impulses=_impulses(flipped),
        output_impulses=output_impulses(h, x),
        supports=np.array([h.support, x.support]),
    )


def correlate_continuous(
    f: Signal,
    g: Signal,
    t: ArrayLike,
    *,
    window: tuple[float, float] | None = None,
    nodes: int | None = None,
) -> SlidingProduct:
    """Frames of the cross-correlation (f ⋆ g)(t) = ∫ f(τ) g(τ + t) dτ at lags ``t`` (n_t,).

    The same as ∫ g(τ) f(τ − t) dτ: g stays fixed and f moves to the right by t, not flipped. So
    ``fixed`` is g(τ), ``moving`` and ``original`` are f(τ), and (f ⋆ g)(t) = (g ⋆ f)(−t).

    Examples
    --------
    >>> f = Signal.staircase([1.0, 0.5], start=0.0)
    >>> correlate_continuous(f, f, [-1.0, 0.0, 1.0]).output
    array([0.5 , 1.25, 0.5 ])
    """
    frames = convolve_continuous(g, f.flipped(), t, window=window, nodes=nodes)
    shown = (float(frames.window[0]), float(frames.window[1]))
    return replace(
        frames,
        original=_original(f, shown),
        supports=np.array([g.support, f.flipped().support]),
    )


def _window(
    h: Signal, x: Signal, t: FloatArray, window: tuple[float, float] | None
) -> tuple[float, float]:
    if window is None:
        (a, b), (c, d) = h.extent(), x.extent()
        lo, hi = min(a, float(t.min()) - d), max(b, float(t.max()) - c)
        return (lo, hi) if lo < hi else (lo - 1.0, hi + 1.0)
    lo, hi = window
    if not (np.isfinite([lo, hi]).all() and lo < hi):
        raise InputError(
            "the window must go from a finite number to a greater one", typed=f"{window}"
        )
    return float(lo), float(hi)


def _polyline(signal: Signal, over: tuple[float, float], window: tuple[float, float]) -> FloatArray:
    """Polyline (m, 2) over a range, as dense as 400 points per window."""
    ratio = (over[1] - over[0]) / (window[1] - window[0])
    return signal.polyline(*over, n=int(min(400 * ratio, 4000)) + 1)


def _original(x: Signal, window: tuple[float, float]) -> FloatArray:
    lo, hi = x.extent()
    return _polyline(x, (min(lo, window[0]), max(hi, window[1])), window)


def _impulses(signal: Signal) -> FloatArray:
    """Position and weight, (n, 2)."""
    return np.array([(i.at, i.weight) for i in signal.impulses], dtype=np.float64).reshape(-1, 2)


def _limits(h: Signal, x: Signal, t: FloatArray) -> FloatArray:
    if h.is_zero or x.is_zero:
        return np.full((t.size, 2), np.nan)
    lo, hi = overlap(h.support, x.support, t)
    return np.where((lo <= hi)[:, None], np.column_stack([lo, hi]), np.nan)


def _outputs(h: Signal, x: Signal, t: FloatArray) -> tuple[FloatArray, FloatArray]:
    """y at ``t`` (n_t,) and its polyline (m, 2), from one integration."""
    t0, t1 = float(t.min()), float(t.max())
    kinks = kink_times(h, x, t0, t1)
    even = _between(t, np.unique([t0, *kinks, t1]))
    y = convolve_at(h, x, np.concatenate([t, kinks, even]))
    at_kinks = y[t.size : t.size + kinks.size]
    left = at_kinks - impulse_part(h, x, kinks, "right") + impulse_part(h, x, kinks, "left")
    apart = np.abs(left - at_kinks) > 1e-12 * np.abs(y).max(initial=0.0)
    free = np.setdiff1d(np.concatenate([t, even]), kinks)
    y_free = _looked_up(
        free, np.concatenate([t, even]), np.delete(y, np.s_[t.size : t.size + kinks.size])
    )
    points = np.concatenate(
        [
            np.column_stack([kinks[apart], left[apart]]),
            np.column_stack([free, y_free]),
            np.column_stack([kinks, at_kinks]),
        ]
    )
    # A stable sort keeps the left-hand limit before the right-hand one.
    return y[: t.size], points[np.argsort(points[:, 0], kind="stable")]


def _between(t: FloatArray, ends: FloatArray) -> FloatArray:
    """Points (n,) for the stretches between ``ends`` that ``t`` leaves too coarse for a curve."""
    held = np.histogram(t, ends)[0] if ends.size > 1 else np.zeros(0)
    wanted = np.maximum(_STRETCH, np.ceil(_CURVE * np.diff(ends) / np.ptp(ends)))
    parts = [
        np.linspace(lo, hi, int(n) + 2)[1:-1]
        for lo, hi, n, has in zip(ends[:-1], ends[1:], wanted, held, strict=True)
        if has < n
    ]
    return np.concatenate([t[:0], *parts])


def _looked_up(wanted: FloatArray, t: FloatArray, y: FloatArray) -> FloatArray:
    """The y of each wanted t, all of which occur in ``t``."""
    order = np.argsort(t)
    return y[order][np.searchsorted(t[order], wanted)]


def kink_times(h: Signal, x: Signal, lo: float, hi: float) -> FloatArray:
    """Where y may have a kink or a jump: sums of breakpoints (or impulses) of h and of x.

    Shape (n,), increasing, within [lo, hi]; sums that differ by rounding alone are one.
    """
    ours, theirs = (np.concatenate([s.breakpoints, _impulses(s)[:, 0]]) for s in (h, x))
    sums: FloatArray = np.unique((ours[:, None] + theirs).ravel())
    sums = sums[(sums >= lo) & (sums <= hi)]
    apart = np.diff(sums, prepend=-np.inf) > 1e-12 * np.maximum(1.0, np.abs(sums))
    return sums[apart]


def _products(
    h: Signal, x: Signal, t: FloatArray, window: tuple[float, float], nodes: int | None
) -> tuple[FloatArray, FloatArray]:
    """Polylines (n_t, n_seg, n_nodes) of the product and their τ."""
    if not (h.pieces and x.pieces):
        collapsed = np.clip(t, *window)[:, None, None] + np.zeros((1, 1, nodes or NODES))
        return collapsed, np.zeros_like(collapsed)
    lo, hi = _segments(h, x, t, window)
    if nodes is None:
        nodes = _nodes_needed(h, x, t, lo, hi)
    tau = _spread(lo, hi, nodes)
    return tau, _product_values(h, x, t, tau)


def _segments(
    h: Signal, x: Signal, t: FloatArray, window: tuple[float, float]
) -> tuple[FloatArray, FloatArray]:
    """Ends (n_t, n_seg) of the segments between breakpoints; the unused ones last, and points."""
    a, b = overlap(hull(h), hull(x), t)
    a, b = np.clip(a, *window)[:, None], np.clip(b, *window)[:, None]
    at_h = np.broadcast_to(h.breakpoints, (t.size, h.breakpoints.size))
    edges = np.concatenate([a, b, at_h, t[:, None] - x.breakpoints], axis=1)
    edges = np.sort(np.clip(edges, a, b), axis=1)
    lo, hi = edges[:, :-1], edges[:, 1:]
    used = hi - lo > 1e-12 * (window[1] - window[0])
    order = np.argsort(~used, axis=1, kind="stable")[:, : max(1, int(used.sum(axis=1).max()))]
    lo, hi, used = (np.take_along_axis(v, order, axis=1) for v in (lo, hi, used))
    end = np.where(used.any(axis=1), np.where(used, hi, -np.inf).max(axis=1), b[:, 0])[:, None]
    return np.where(used, lo, end), np.where(used, hi, end)


def _spread(lo: FloatArray, hi: FloatArray, nodes: int) -> FloatArray:
    """``nodes`` equidistant points from lo to hi, ends exact: (*, nodes)."""
    part = np.linspace(0.0, 1.0, nodes)
    return lo[..., None] * (1.0 - part) + hi[..., None] * part


def _product_values(h: Signal, x: Signal, t: FloatArray, tau: FloatArray) -> FloatArray:
    """h(τ)·x(t − τ) at (n_t, n_seg, n_nodes), each segment with the pieces of its midpoint."""
    flat = tau.reshape(-1, tau.shape[-1])
    at = np.repeat(t, tau.shape[1])
    middle = 0.5 * (flat[:, 0] + flat[:, -1])
    ours, theirs = PieceTable.of(h), PieceTable.of(x)
    in_h, in_x = ours.index(middle), theirs.index(at - middle)
    live = (in_h >= 0) & (in_x >= 0) & (flat[:, -1] > flat[:, 0])
    values = np.zeros_like(flat)
    values[live] = ours.values(flat[live], in_h[live]) * theirs.values(
        at[live, None] - flat[live], in_x[live]
    )
    return values.reshape(tau.shape)


def _nodes_needed(h: Signal, x: Signal, t: FloatArray, lo: FloatArray, hi: FloatArray) -> int:
    """The fewest nodes with which no chord of the product misses it by more than `SAG`."""
    some = np.unique(np.linspace(0, t.size - 1, min(t.size, 32)).round().astype(int))
    nodes = NODES
    while 2 * nodes <= _MOST_NODES and lo.size * 2 * nodes <= _MOST_POINTS:
        values = _product_values(h, x, t[some], _spread(lo[some], hi[some], 2 * nodes - 1))
        sag = np.abs(values[..., 1::2] - 0.5 * (values[..., :-1:2] + values[..., 2::2]))
        if sag.max() <= SAG * np.abs(values).max():
            break
        nodes *= 2
    return nodes


def _product_impulses(h: Signal, x: Signal, t: FloatArray) -> tuple[FloatArray, FloatArray]:
    """τ and weight of the product's impulses, (n_t, n_imp) each."""
    tau = np.empty((t.size, len(h.impulses) + len(x.impulses)))
    weight = np.empty_like(tau)
    for i, impulse in enumerate(h.impulses):
        tau[:, i] = impulse.at
        weight[:, i] = impulse.weight * limit_near(x, t - impulse.at, "right") + 0.0
    for i, impulse in enumerate(x.impulses, start=len(h.impulses)):
        tau[:, i] = t - impulse.at
        weight[:, i] = impulse.weight * limit_near(h, t - impulse.at, "right") + 0.0
    return tau, weight


def output_impulses(h: Signal, x: Signal) -> FloatArray:
    """Position and weight of the impulses of y, (n, 2); equal positions are one."""
    pairs = sorted((p.at + q.at, p.weight * q.weight) for p in h.impulses for q in x.impulses)
    merged: list[list[float]] = []
    for at, weight in pairs:
        if merged and at - merged[-1][0] <= 1e-12 * max(1.0, abs(at)):
            merged[-1][1] += weight
        else:
            merged.append([at, weight])
    return np.array([m for m in merged if m[1] != 0], dtype=np.float64).reshape(-1, 2)
