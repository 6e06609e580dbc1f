"""Which window of values a picture shows, chosen from the signals."""

from __future__ import annotations

import math

import numpy as np

from convmath import Signal
from convmath.arrays import FloatArray

__all__ = ["grid_with", "nice_range", "output_range", "padded", "round_values"]

_MARGIN = 0.12  # of the span, beside an end where the signal stops short


def nice_step(span: float) -> float:
    """A round number (1, 2 or 5 times a power of ten) of which about ten to twenty fit in span."""
    power = 10.0 ** math.floor(math.log10(span / 10))
    return max(step for step in (power, 2 * power, 5 * power) if step * 10 <= span * 1.0001)


def nice_range(low: float, high: float) -> tuple[float, float]:
    """[low, high] widened to round numbers.

    Examples
    --------
    >>> nice_range(-1.7, 14.6)
    (-2.0, 15.0)
    """
    step = nice_step(high - low)
    return math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step


def output_range(h: Signal, x: Signal, fraction: float = 0.005) -> tuple[float, float]:
    """The t worth showing: from before y begins until it has all but decayed.

    The extents of the signals add, as their supports do: outside them they are at most this
    ``fraction`` of their peaks. An end where y stops short, rather than decays, gets a margin.
    """
    (h_low, h_high), (x_low, x_high) = h.extent(fraction), x.extent(fraction)
    low, high = h_low + x_low, h_high + x_high
    if low == high:
        low, high = low - 1.0, high + 1.0
    margin = _MARGIN * (high - low)
    if math.isfinite(h.support[0] + x.support[0]):
        low -= margin
    if math.isfinite(h.support[1] + x.support[1]):
        high += margin
    return nice_range(low, high)


def padded(low: float, high: float, share: float = 0.06) -> tuple[float, float]:
    """[low, high] with zero in it and some air at the ends that are not zero."""
    low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        return 0.0, 1.0
    air = share * (high - low)
    return (low - air if low < 0 else 0.0), (high + air if high > 0 else 0.0)


def grid_with(low: float, high: float, count: int, exact: list[float]) -> FloatArray:
    """``count`` even steps from low to high, and the ``exact`` ones among them."""
    return np.union1d(np.linspace(low, high, count), exact)


def round_values(low: float, high: float) -> FloatArray:
    """The round numbers in [low, high], about ten to twenty of them."""
    step = nice_step(high - low)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return np.arange(first, last + 1, dtype=np.float64) * step
