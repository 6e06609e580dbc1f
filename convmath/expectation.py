"""The expected value of a random number: a sum, a balance point, what the mean of draws settles on.

E[X] = Σ_i p_i x_i. About a pivot c the weight p_i has the moment p_i (x_i − c), and the moments
add up to E[X] − c: they balance about E[X] alone. The mean of n independent draws has the expected
value E[X] too, and the standard deviation σ/√n.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from convmath.arrays import FloatArray, IntArray
from convmath.density import Density
from convmath.frames import Frames

__all__ = ["PIVOTS", "DrawStep", "Expectation", "expectation"]

PIVOTS = 61  # on the way from the first pivot to E[X]
_SAMPLES = (10.0, 40.0, 20.0, 0.0, 30.0, 50.0)  # to be averaged; repeated as far as needed
_OUTPUTS = 5
_FAR = 0.15  # the first pivot is at least so much of the span from E[X]


@dataclass(frozen=True, eq=False)
class DrawStep:
    """One draw of an `Expectation`."""

    n: int
    draw: float
    mean: float
    band: float


@dataclass(frozen=True, eq=False)
class Expectation(Frames[DrawStep]):
    """A random number X with finitely many outcomes, a continuous one, and draws of X.

    Attributes
    ----------
    n
        (n_n,) int64: 1, 2, …, the number of draws so far.
    draw, mean, band
        (n_n,) each: the n-th draw, the mean of the first n, and its standard deviation σ/√n.
    x, p, product
        (n_x,) each: the outcomes, increasing; their probabilities, which add up to 1; p_i x_i.
    expected, variance
        E[X] = Σ p_i x_i and Var X = Σ p_i (x_i − E[X])².
    pivot
        (n_v,) places of a pivot, from an outcome to E[X].
    moment, torque
        (n_v, n_x) p_i (x_i − pivot), and (n_v,) their sum.
    sample
        (n_s,) numbers x[0], x[1], … to be averaged.
    position
        (n_o,) int64: every n at which all of x[n], …, x[n − n_x + 1] are there.
    part, output
        (n_o, n_x) p_k x[n − k], counted from the first outcome, k = 0; and (n_o,) their sum y[n].
    width, place, height, count, total, curve, window, integral
        Of the continuous X: see `convmath.density.Density`.
    """

    step = DrawStep

    n: IntArray
    draw: FloatArray
    mean: FloatArray
    band: FloatArray
    x: FloatArray
    p: FloatArray
    product: FloatArray
    expected: float
    variance: float
    pivot: FloatArray
    moment: FloatArray
    torque: FloatArray
    sample: FloatArray
    position: IntArray
    part: FloatArray
    output: FloatArray
    width: FloatArray
    place: FloatArray
    height: FloatArray
    count: IntArray
    total: FloatArray
    curve: FloatArray
    window: FloatArray
    integral: float

    @property
    def deviation(self) -> float:
        """σ, the square root of the variance."""
        return math.sqrt(self.variance)

    def bars(self, i: int) -> FloatArray:
        """(n_b, 3) of the bars of the width i in the window: x, p(x) Δ, and x p(x) Δ."""
        place, height = self.place[i], self.height[i]
        inside = (place > self.window[0]) & (place < self.window[1])
        chance = height[inside] * self.width[i]
        return np.column_stack([place[inside], chance, place[inside] * chance])

    def beside(self, i: int) -> float:
        """Σ x p(x) Δ of the bars beside the window; exactly 0 where there are none."""
        bars = self.bars(i)
        return float(self.total[i] - bars[:, 2].sum()) if self.count[i] > len(bars) else 0.0


def expectation(
    x: FloatArray, p: FloatArray, density: Density, *, seed: int = 0, draws: int = 1000
) -> Expectation:
    """Frames of a random number with the outcomes ``x`` (n_x,), increasing, of probability ``p``.

    Draws are made by ``numpy.random.default_rng(seed)``.

    Examples
    --------
    >>> from convmath.density import parse_density
    >>> even = parse_density("rect(t - 1/2)")
    >>> frames = expectation(np.arange(1.0, 7.0), np.full(6, 1 / 6), even, draws=10)
    >>> round(frames.expected, 12), round(frames.integral, 12), len(frames)
    (3.5, 0.5, 10)
    """
    expected = math.fsum((p * x).tolist())
    variance = math.fsum((p * (x - expected) ** 2).tolist())
    n = np.arange(1, draws + 1)
    drawn = x[np.random.default_rng(seed).choice(len(x), size=draws, p=p)]
    pivot = np.linspace(_first_pivot(x, expected), expected, PIVOTS)
    moment = p * (x - pivot[:, None])
    sample, position, part = _averages(p)
    return Expectation(
        n=n,
        draw=drawn,
        mean=np.cumsum(drawn) / n,
        band=math.sqrt(variance) / np.sqrt(n),
        x=x,
        p=p,
        product=p * x,
        expected=expected,
        variance=variance,
        pivot=pivot,
        moment=moment,
        torque=moment.sum(axis=1),
        sample=sample,
        position=position,
        part=part,
        output=part.sum(axis=1),
        width=density.width,
        place=density.place,
        height=density.height,
        count=density.count,
        total=density.total,
        curve=density.curve,
        window=np.array(density.window),
        integral=density.integral,
    )


def _first_pivot(x: FloatArray, expected: float) -> float:
    """The outcome nearest to E[X], but not so near that the beam would hardly tip."""
    far = np.abs(x - expected)
    return float(x[np.argmin(np.where(far >= _FAR * np.ptp(x), far, np.inf))])


def _averages(p: FloatArray) -> tuple[FloatArray, IntArray, FloatArray]:
    """Samples, every n at which all weights meet one, and the weighted samples (n_o, n_x)."""
    sample = np.resize(np.array(_SAMPLES), len(p) + _OUTPUTS - 1)
    position = np.arange(len(p) - 1, len(sample))
    part = p * sample[position[:, None] - np.arange(len(p))]
    return sample, position, part
