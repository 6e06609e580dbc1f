"""Pairs of signals with closed forms, and a strategy for random signals."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from hypothesis import strategies as st

from convmath.signal import Impulse, Piece, Signal

INF = math.inf
ERF = np.vectorize(math.erf)


def smooth(start, stop, function, hints=()):
    return Signal((Piece(start, stop, function),), hints=tuple(hints))


def decay(rate, height=1.0):
    return smooth(0.0, INF, lambda t: height * np.exp(-rate * t))


def gauss(sigma, centre=0.0):
    return smooth(
        -INF,
        INF,
        lambda t: np.exp(-(((t - centre) / sigma) ** 2) / 2),
        [centre + k * sigma for k in (-8, -4, -2, -1, 0, 1, 2, 4, 8)],
    )


STEP = smooth(0.0, INF, np.ones_like)
ONE = smooth(-INF, INF, np.ones_like)
RECT = Signal.staircase([1.0], start=-0.5)
TRI = Signal((Piece(-1.0, 0.0, lambda t: 1 + t), Piece(0.0, 1.0, lambda t: 1 - t)))
STAIRS = Signal.staircase([1.0, 0.5], start=0.0, width=2.0)
TWO_SIDED = Signal((Piece(-INF, 0.0, np.exp), Piece(0.0, INF, lambda t: np.exp(-t))))
LORENTZ = smooth(-INF, INF, lambda t: 1 / (1 + t**2))
RAMP = smooth(0.0, 1.0, lambda t: t)
BURST = smooth(0.0, 2.0, lambda t: np.sin(np.pi * t))
FAST = 50 * math.pi
SINE = smooth(0.0, INF, lambda t: np.sin(FAST * t))


@dataclass(frozen=True)
class Pair:
    h: Signal
    x: Signal
    t: np.ndarray
    y: Callable[[np.ndarray], np.ndarray]


def since(t, start, f):
    """f(t − start) from ``start`` on."""
    return np.where(t >= start, f(np.maximum(t - start, 0.0)), 0.0)


def flagship(t):
    return 4 * (
        since(t, 0, lambda s: 1 - np.exp(-s / 2))
        - 0.5 * since(t, 2, lambda s: 1 - np.exp(-s / 2))
        - 0.5 * since(t, 4, lambda s: 1 - np.exp(-s / 2))
    )


def exp_sum_with_ramp(t):
    rising = np.clip(t, 0, 1)
    return np.exp(-np.maximum(t, 0)) * ((rising - 1) * np.exp(rising) + 1)


def sine_burst_with_rect(t):
    lo, hi = np.clip(t - 0.5, 0, 2), np.clip(t + 0.5, 0, 2)
    return (np.cos(np.pi * lo) - np.cos(np.pi * hi)) / np.pi


def cubic_spline(t):
    a = np.abs(t)
    return np.where(a < 1, 2 / 3 - a**2 + a**3 / 2, np.where(a < 2, (2 - a) ** 3 / 6, 0.0))


def fast_sine(t):
    wave = (FAST * np.exp(-t) + np.sin(FAST * t) - FAST * np.cos(FAST * t)) / (1 + FAST**2)
    return np.where(t > 0, wave, 0.0)


def gauss_gauss(s, r, centre):
    total = s**2 + r**2
    peak = math.sqrt(2 * math.pi / total) * s * r
    return lambda t: peak * np.exp(-((t - centre) ** 2) / (2 * total))


COMB = Signal((), tuple(Impulse(float(k), w) for k, w in [(-2, 1.0), (0, -0.5), (3, 2.0)]))
GRID = np.linspace(-5.03, 15.01, 1000)  # beside all breakpoints


PAIRS = {
    "flagship": Pair(decay(0.5, 2.0), STAIRS, np.linspace(-2, 15, 1001), flagship),
    "rect*rect": Pair(RECT, RECT, GRID, lambda t: np.maximum(0, 1 - np.abs(t))),
    "exp*rect": Pair(
        decay(1.0),
        RECT,
        GRID,
        lambda t: (
            since(t, -0.5, lambda s: 1 - np.exp(-s)) - since(t, 0.5, lambda s: 1 - np.exp(-s))
        ),
    ),
    "exp*exp": Pair(decay(1.0), decay(1.0), GRID, lambda t: since(t, 0, lambda s: s * np.exp(-s))),
    "exp*exp, rates 1 and 3": Pair(
        decay(1.0),
        decay(3.0),
        GRID,
        lambda t: since(t, 0, lambda s: (np.exp(-s) - np.exp(-3 * s)) / 2),
    ),
    "tri*tri": Pair(TRI, TRI, GRID, cubic_spline),
    "gauss*gauss": Pair(gauss(1.0), gauss(0.5, 2.0), GRID, gauss_gauss(1.0, 0.5, 2.0)),
    "ramp burst*exp": Pair(RAMP, decay(1.0), GRID, exp_sum_with_ramp),
    "sine burst*rect": Pair(BURST, RECT, GRID, sine_burst_with_rect),
    "impulses*stairs": Pair(
        COMB, STAIRS, GRID, lambda t: STAIRS(t + 2) - 0.5 * STAIRS(t) + 2 * STAIRS(t - 3)
    ),
    "fast sine*exp": Pair(SINE, decay(1.0), np.linspace(-1, 5, 600), fast_sine),
    "narrow gauss at 50*gauss": Pair(
        gauss(0.01, 50.0), gauss(1.0), np.linspace(45, 55, 501), gauss_gauss(0.01, 1.0, 50.0)
    ),
    "narrow gauss at 50*step": Pair(
        gauss(0.01, 50.0),
        STEP,
        np.linspace(0, 100, 501),
        lambda t: 0.01 * math.sqrt(math.pi / 2) * (1 + ERF((t - 50) / 0.01 / math.sqrt(2))),
    ),
    "two-sided exponentials": Pair(
        TWO_SIDED, TWO_SIDED, GRID, lambda t: (1 + np.abs(t)) * np.exp(-np.abs(t))
    ),
    "Lorentz*Lorentz": Pair(LORENTZ, LORENTZ, GRID, lambda t: 2 * np.pi / (4 + t**2)),
    "Lorentz*rect": Pair(LORENTZ, RECT, GRID, lambda t: np.arctan(t + 0.5) - np.arctan(t - 0.5)),
    "step*step": Pair(STEP, STEP, GRID, lambda t: np.maximum(t, 0)),
    "exp*step, long after": Pair(
        decay(1.0), STEP, np.array([1.0, 1e3, 1e6, 1e9]), lambda t: -np.expm1(-t)
    ),
}


eighths = st.integers(-24, 24).map(lambda k: k / 8)


@st.composite
def signals(draw):
    """Up to three polynomial, exponential or sine pieces of finite length, and an impulse."""
    edges = sorted(draw(st.lists(eighths, min_size=2, max_size=4, unique=True)))
    pieces = []
    for start, stop in pairwise(edges):
        a, b, c = (draw(st.integers(-4, 4)) / 2 for _ in range(3))
        function = draw(
            st.sampled_from(
                [
                    lambda t, a=a, b=b, c=c: a + b * t + c * t**2,
                    lambda t, a=a, b=b: a * np.exp(b * t / 4),
                    lambda t, a=a, b=b, c=c: a * np.sin(2 * b * t + c),
                ]
            )
        )
        if draw(st.booleans()) or not pieces:
            pieces.append(Piece(start, stop, function))
    impulses = draw(st.sampled_from([(), (Impulse(draw(eighths), -1.5),)]))
    return Signal(tuple(pieces), impulses)


def bound(signal):
    """At least max|f| and ∫|f| of a signal of finite support; impulses count by their weight."""
    lo, hi = signal.support
    weights = sum(abs(i.weight) for i in signal.impulses)
    if not lo < hi:
        return weights
    return max(map(abs, signal.value_range(lo, hi))) * max(1.0, hi - lo) + weights


def agree(one, other, *signals, tolerance=1e-12):
    """Whether two outputs made from the signals agree, in parts of the product of their bounds."""
    scale = math.prod(max(bound(s), 1e-3) for s in signals)
    return np.max(np.abs(np.asarray(one) - other)) <= tolerance * scale
