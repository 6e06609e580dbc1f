"""Bars under the product: Σ grows with the sampling rate, Σ·Δ settles on the integral."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from convmath.arrays import FloatArray, IntArray
from convmath.errors import InputError
from convmath.frames import Frames
from convmath.integral import checked_times, convolve_at, limit_near, segment_edges
from convmath.signal import Signal

__all__ = ["BarStep", "RiemannSums", "riemann"]

_MOST_BARS = 100_000


@dataclass(frozen=True, eq=False)
class BarStep:
    """One width Δ of `RiemannSums`."""

    width: float
    tau: FloatArray  # (n_bars,)
    height: FloatArray  # (n_bars,)
    count: int
    total: float
    scaled: float


@dataclass(frozen=True, eq=False)
class RiemannSums(Frames[BarStep]):
    """Bars of several widths Δ under h(τ)·x(t − τ) at one t.

    Attributes
    ----------
    width
        (n_w,) Δ, in units of t.
    tau, height
        (n_w, n_bars) each: left edge kΔ of every bar, and the product's right-hand limit there.
        Padded with NaN behind the last bar.
    count
        (n_w,) int64, the number of bars: all kΔ inside the overlap.
    total
        (n_w,) Σ_k h(kΔ)·x(t − kΔ), the sum without Δ.
    scaled
        (n_w,) ``total``·Δ.
    t
        Where the output is evaluated.
    integral
        y(t), on which ``scaled`` settles.
    """

    step = BarStep

    width: FloatArray
    tau: FloatArray
    height: FloatArray
    count: IntArray
    total: FloatArray
    scaled: FloatArray
    t: float
    integral: float


def riemann(h: Signal, x: Signal, t: float, widths: Sequence[float]) -> RiemannSums:
    """Left-endpoint Riemann sums of ∫ h(τ) x(t − τ) dτ at one ``t``.

    Raises
    ------
    InputError
        If a width is not positive, a signal has impulses (which no bar can show), or the overlap
        needs more than 100,000 bars.
    DivergenceError
        If the integral has no finite value.

    Examples
    --------
    >>> box = Signal.staircase([1.0], start=0.0, width=2.0)
    >>> sums = riemann(box, box, 1.0, [0.5, 0.25])
    >>> sums.total, sums.scaled, sums.integral
    (array([2., 4.]), array([1., 1.]), 1.0)
    """
    at, delta = checked_times(t), np.array(widths, dtype=np.float64, ndmin=1)
    if delta.ndim != 1 or not delta.size or not (np.isfinite(delta) & (delta > 0)).all():
        raise InputError("the widths of the bars must be positive numbers", typed=f"{widths}")
    if h.impulses or x.impulses:
        raise InputError("an impulse has no height, so no bar can stand for it")
    tau, count = _left_edges(h, x, at, delta)
    height = limit_near(h, tau, "right") * limit_near(x, at - tau, "left")
    beyond = np.arange(tau.shape[1]) >= count[:, None]
    total = np.where(beyond, 0.0, height).sum(axis=1)
    return RiemannSums(
        width=delta,
        tau=np.where(beyond, np.nan, tau),
        height=np.where(beyond, np.nan, height),
        count=count,
        total=total,
        scaled=total * delta,
        t=float(at[0]),
        integral=float(convolve_at(h, x, at)[0]),
    )


def _left_edges(
    h: Signal, x: Signal, t: FloatArray, delta: FloatArray
) -> tuple[FloatArray, IntArray]:
    """kΔ from the first bar on (n_w, n_bars), of which the first ``count`` (n_w,) are bars."""
    lo, hi = segment_edges(h, x, t)[0, [0, -1]] if h.pieces and x.pieces else (0.0, 0.0)
    # A multiple of Δ that rounding puts beside an end of the overlap is on it.
    first, stop = np.ceil(lo / delta - 1e-9), np.ceil(hi / delta - 1e-9)
    if (stop - first).max() > _MOST_BARS:
        raise InputError(
            f"{(stop - first).max():.0f} bars are too many", accepted=f"at most {_MOST_BARS:,}"
        )
    count = (stop - first).astype(np.int64)
    return (first[:, None] + np.arange(count.max())) * delta[:, None], count
