"""Bars under the product: Σ grows with the sampling rate, Σ·Δ settles on the integral."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from convmath.arrays import FloatArray, IntArray
from convmath.errors import InputError
from convmath.frames import Frames
from convmath.integral import checked_times, convolve_at, limit_near, overlap, segment_edges
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
        (n_w, n_bars) each: the place kΔ of every bar, and h(kΔ)·x(t − kΔ). Padded with NaN behind
        the last bar.
    count
        (n_w,) int64, the number of bars: all kΔ in the overlap, its ends included.
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
    """Riemann sums of ∫ h(τ) x(t − τ) dτ at one ``t``, with samples every Δ.

    At a jump a sample has the right-hand limit, in h as in x. So for Δ = 1 and whole t the sum is
    the y[t] of the sampled sequences (see `convmath.sample`), and a bar may stand at either end of
    the overlap.

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
    (array([3., 5.]), array([1.5 , 1.25]), 1.0)
    """
    at, delta = checked_times(t), np.array(widths, dtype=np.float64, ndmin=1)
    if delta.ndim != 1 or not delta.size or not (np.isfinite(delta) & (delta > 0)).all():
        raise InputError("the widths of the bars must be positive numbers", typed=f"{widths}")
    if h.impulses or x.impulses:
        raise InputError("an impulse has no height, so no bar can stand for it")
    tau, count = _samples(h, x, at, delta)
    height = limit_near(h, tau, "right") * limit_near(x, at - tau, "right")
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


def _samples(h: Signal, x: Signal, t: FloatArray, delta: FloatArray) -> tuple[FloatArray, IntArray]:
    """kΔ from the first bar on (n_w, n_bars), of which the first ``count`` (n_w,) are bars."""
    if not (h.pieces and x.pieces):
        return np.zeros((delta.size, 1)), np.zeros(delta.size, dtype=np.int64)
    first_end, last_end = overlap(h.support, x.support, t)
    lo, hi = segment_edges(h, x, t)[0, [0, -1]]
    # A multiple of Δ that rounding puts beside an end of the overlap is on it.
    first, last = np.ceil(lo / delta - 1e-9), np.floor(hi / delta + 1e-9)
    count = np.where(first_end <= last_end, last - first + 1, 0)
    if count.max() > _MOST_BARS:
        raise InputError(f"{count.max():.0f} bars are too many", accepted=f"at most {_MOST_BARS:,}")
    bars = np.arange(max(1, int(count.max())))
    return (first[:, None] + bars) * delta[:, None], count.astype(np.int64)
