"""The expected value of a continuous random number: a sum over ever finer bars, and its limit.

With the density p, the number lands in a bar of width Δ about x with a probability of about
p(x)·Δ. So Σ x p(x) Δ is the expected value of what is rounded to the bars' middles, and settles on
E[X] = ∫ x p(x) dx.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from convmath.arrays import FloatArray, IntArray
from convmath.errors import DivergenceError, InputError
from convmath.expression import parse_signal
from convmath.integral import area
from convmath.pmf import NORMALISE
from convmath.signal import Piece, Signal

__all__ = ["Density", "parse_density"]

_BARS = (6, 12, 24, 48)  # in the window
_MOST = 100_000  # bars in all, beside the window too
_TOLERANCE = 1e-9  # how far from 1 the integral of a density may be
_SHOWN, _COUNTED = 0.01, 1e-8  # parts of the peak, down to which is drawn, and is summed
_BESIDE = 0.08  # parts of the window, so that a jump at its end is seen
_SETTLED = 0.005  # parts of the window, by which the last sum may miss the integral
_ROUNDING = 1e-12  # parts of the peak, by which a density may seem to be below 0
_ACCEPTED = "a density, which is nowhere negative and has the integral 1, such as 2*t*rect(t - 1/2)"


@dataclass(frozen=True, eq=False)
class Density:
    """The density of a continuous random number, with bars of several widths under it.

    Attributes
    ----------
    signal
        p(x).
    window
        First and last x worth showing: all of them, where the density ends.
    curve
        (m, 2) p over the window, and a little beside it.
    width
        (n_w,) Δ of the bars, decreasing.
    place, height
        (n_w, n_b) each: the middle x of each bar, and p(x); padded with NaN behind the last one.
        Where a density decays but does not end, there are bars beside the window.
    count
        (n_w,) int64, how many bars there are.
    total
        (n_w,) Σ x p(x) Δ.
    integral
        E[X] = ∫ x p(x) dx, on which ``total`` settles.
    """

    signal: Signal
    window: tuple[float, float]
    curve: FloatArray
    width: FloatArray
    place: FloatArray
    height: FloatArray
    count: IntArray
    total: FloatArray
    integral: float

    def mean_by_quad(self) -> float:
        """∫ x p(x) dx piece by piece, by QUADPACK. SciPy is imported on demand."""
        from scipy.integrate import quad  # type: ignore[import-untyped]

        total = 0.0
        for piece in self.signal.pieces:
            for low, high in pairwise(_cuts(piece, self.window)):
                total += quad(_moment_at, low, high, (piece,), epsabs=1e-13, epsrel=1e-11)[0]
        return total


def _cuts(piece: Piece, window: tuple[float, float]) -> list[float]:
    """The ends of a piece, and between them those of the window."""
    return [piece.start, *(x for x in window if piece.start < x < piece.stop), piece.stop]


def _moment_at(x: float, piece: Piece) -> float:
    return x * float(piece(np.array([x]))[0])


def parse_density(text: str, option: str | None = None, *, normalise: bool = False) -> Density:
    """A density as a person types it: an expression of t with the integral 1.

    Raises
    ------
    InputError
        If it is negative somewhere, has impulses, has another integral (divided by it with
        ``normalise``), has no expected value, or decays too slowly for bars.

    Examples
    --------
    >>> ramp = parse_density("2*t*rect(t - 1/2)")
    >>> round(ramp.integral, 12), ramp.total.round(4).tolist()
    (0.666666666667, [0.662, 0.6655, 0.6664, 0.6666])
    """
    try:
        signal = _unit(parse_signal(text), normalise)
        return _with_bars(signal, area(_times_x(signal)))
    except DivergenceError as error:
        problem = "this has no expected value, or no integral: it decays too slowly"
        raise InputError(problem, typed=text, accepted=_ACCEPTED, option=option) from error
    except InputError as error:
        error.typed = error.typed or text
        error.accepted = error.accepted or _ACCEPTED
        raise (error.named(option) if option else error) from None


def _unit(signal: Signal, normalise: bool) -> Signal:
    """The signal, if it is a density; divided by its integral with ``normalise``."""
    if signal.impulses:
        raise InputError("an impulse is no density: an outcome of its own belongs in --p")
    if signal.is_zero:
        raise InputError("the integral of this is 0, not 1")
    low, high = signal.extent(_COUNTED)
    least, peak = signal.value_range(low, high)
    if least < -_ROUNDING * max(peak, -least):
        raise InputError(f"a density cannot be negative, and this falls to {least:.4g}")
    integral = area(signal)
    if normalise:
        return signal.scaled(1 / integral)
    if abs(integral - 1) > _TOLERANCE:
        accepted = f"a density with the integral 1, or {NORMALISE} to divide by the integral"
        raise InputError(f"the integral of this is {integral:.10g}, not 1", accepted=accepted)
    return signal


def _times_x(signal: Signal) -> Signal:
    """x p(x)."""
    pieces = tuple(replace(piece, function=_Moment(piece)) for piece in signal.pieces)
    return replace(signal, pieces=pieces)


@dataclass(frozen=True)
class _Moment:
    piece: Piece

    def __call__(self, x: FloatArray) -> FloatArray:
        return np.asarray(x * self.piece(x))


def _with_bars(signal: Signal, integral: float) -> Density:
    window, far = _reach(signal, _SHOWN), _reach(signal, _COUNTED)
    width = (window[1] - window[0]) / np.array(_BARS, dtype=np.float64)
    first = np.floor((far[0] - window[0]) / width + 1e-9)
    count = (np.ceil((far[1] - window[0]) / width - 1e-9) - first).astype(np.int64)
    if count.max() > _MOST:
        raise InputError("this decays too slowly for bars")
    bars = np.arange(count.max())
    place = window[0] + (first[:, None] + bars + 0.5) * width[:, None]
    beyond = bars >= count[:, None]
    place = np.where(beyond, np.nan, place)
    height = np.where(beyond, np.nan, signal(np.where(beyond, window[0], place)))
    total = np.nansum(place * height, axis=1) * width
    if not abs(total[-1] - integral) <= _SETTLED * (window[1] - window[0]):
        raise InputError("this is too narrow, or decays too slowly, for bars that can be seen")
    beside = _BESIDE * (window[1] - window[0])
    curve = signal.polyline(window[0] - beside, window[1] + beside)
    return Density(signal, window, curve, width, place, height, count, total, integral)


def _reach(signal: Signal, fraction: float) -> tuple[float, float]:
    """Where the density ends, or has fallen to this part of its peak for good."""
    ends = zip(signal.support, signal.extent(fraction), strict=True)
    low, high = (end if math.isfinite(end) else cut for end, cut in ends)
    return low, high
