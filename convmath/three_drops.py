"""Three random steps and their sum: the same triples, grouped by the first step or by the last."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from convmath.arrays import AnyArray, FloatArray, IntArray
from convmath.checks import Check, agreement
from convmath.frames import Frames
from convmath.pmf import Pmf

__all__ = ["ThreeDrops", "ThreeDropsStep", "three_drops", "verify_three_drops"]

_TOLERANCE = 1e-12  # of a probability: sums of a few dozen rounded products, none above 1
_SUM_TOLERANCE = 1e-8  # of Σ: each pmf may add up to 1 but for 1e-9


@dataclass(frozen=True, eq=False)
class ThreeDropsStep:
    """One total of `ThreeDrops`."""

    total: int
    b: IntArray  # (n_a, n_c)
    possible: NDArray[np.bool_]  # (n_a, n_c)
    product: FloatArray  # (n_a, n_c)
    after_first: FloatArray  # (n_a,)
    before_last: FloatArray  # (n_c,)
    by_first: FloatArray  # (n_a,)
    by_last: FloatArray  # (n_c,)
    first_then_rest: float
    rest_then_last: float


@dataclass(frozen=True, eq=False)
class ThreeDrops(Frames[ThreeDropsStep]):
    """All ways a + b + c = d to each total d, and P(d) by both groupings.

    Attributes
    ----------
    total
        (n_d,) d, from the least total to the greatest, n_d = n_a + n_b + n_c − 2.
    b
        (n_d, n_a, n_c) the step d − a − c that is left for the second drop; it may be none that
        the second drop has.
    possible
        (n_d, n_a, n_c) whether f(a), g(b) and h(c) are all positive.
    product
        (n_d, n_a, n_c) f(a) g(b) h(c), 0 where g has no b.
    after_first
        (n_d, n_a) (g * h)(d − a): what is left for the last two drops.
    before_last
        (n_d, n_c) (f * g)(d − c).
    by_first
        (n_d, n_a) f(a) (g * h)(d − a).
    by_last
        (n_d, n_c) (f * g)(d − c) h(c).
    first_then_rest, rest_then_last
        (n_d,) (f * (g * h))(d) = Σ_a by_first and ((f * g) * h)(d) = Σ_c by_last.
    a, c, f, g, h
        (n_a,), (n_c,) int64: outcomes of the first and of the last drop; (n_a,), (n_b,), (n_c,)
        the probabilities of all three.
    first_two, last_two
        (n_a + n_b − 1,) f * g and (n_b + n_c − 1,) g * h.
    first_of_b
        The least outcome of the second drop.
    """

    step = ThreeDropsStep

    total: IntArray
    b: IntArray
    possible: NDArray[np.bool_]
    product: FloatArray
    after_first: FloatArray
    before_last: FloatArray
    by_first: FloatArray
    by_last: FloatArray
    first_then_rest: FloatArray
    rest_then_last: FloatArray
    a: IntArray
    c: IntArray
    f: FloatArray
    g: FloatArray
    h: FloatArray
    first_two: FloatArray
    last_two: FloatArray
    first_of_b: int


def three_drops(f: Pmf, g: Pmf, h: Pmf) -> ThreeDrops:
    """Frames of the sum of three independent steps, one for each total.

    Examples
    --------
    >>> from convmath.pmf import parse_pmf
    >>> coin = parse_pmf("1/2,1/2")
    >>> frames = three_drops(coin, coin, parse_pmf("1/4,3/4"))
    >>> frames.first_then_rest.tolist(), frames.rest_then_last.tolist()
    ([0.0625, 0.3125, 0.4375, 0.1875], [0.0625, 0.3125, 0.4375, 0.1875])
    >>> frames.at(1).product.tolist()  # rows a = 0, 1; columns c = 0, 1
    [[0.0625, 0.1875], [0.0625, 0.0]]
    """
    a, c, b0 = f.outcomes, h.outcomes, int(g.outcomes[0])
    least = int(a[0]) + b0 + int(c[0])
    total = least + np.arange(a.size + len(g.masses) + c.size - 2, dtype=np.int64)
    b = total[:, None, None] - a[:, None] - c
    product = f.p[:, None] * _at(g.p, b - b0) * h.p
    first_two, last_two = np.convolve(f.p, g.p), np.convolve(g.p, h.p)
    after_first = _at(last_two, total[:, None] - a - (b0 + int(c[0])))
    before_last = _at(first_two, total[:, None] - c - (b0 + int(a[0])))
    return ThreeDrops(
        total=total,
        b=b,
        possible=(f.p[:, None] > 0) & (_at(g.p, b - b0) > 0) & (h.p > 0),
        product=product,
        after_first=after_first,
        before_last=before_last,
        by_first=f.p * after_first,
        by_last=before_last * h.p,
        first_then_rest=(f.p * after_first).sum(axis=1),
        rest_then_last=(before_last * h.p).sum(axis=1),
        a=a,
        c=c,
        f=f.p,
        g=g.p,
        h=h.p,
        first_two=first_two,
        last_two=last_two,
        first_of_b=b0,
    )


def _at(p: FloatArray, k: IntArray) -> FloatArray:
    """p[k], and 0 where there is no such entry; in the shape of k."""
    inside = (k >= 0) & (k < p.size)
    return np.where(inside, p[np.clip(k, 0, p.size - 1)], 0.0)


def verify_three_drops(frames: ThreeDrops) -> tuple[Check, ...]:
    """Hold both groupings against the triples, against each other, and against scipy.signal.

    SciPy is imported on demand.
    """
    from scipy.signal import convolve  # type: ignore[import-untyped]

    f, g, h = frames.f, frames.g, frames.h
    pairs = {
        "ways grouped by the first drop": (frames.product.sum(axis=2), frames.by_first),
        "ways grouped by the last drop": (frames.product.sum(axis=1), frames.by_last),
        "f * (g * h) is (f * g) * h": (frames.first_then_rest, frames.rest_then_last),
        "f * (g * h) against scipy.signal.convolve": (
            frames.first_then_rest,
            convolve(f, convolve(g, h, method="direct"), method="direct"),
        ),
        "(f * g) * h against its Fourier transform": (
            frames.rest_then_last,
            convolve(convolve(f, g, method="fft"), h, method="fft"),
        ),
    }
    off = abs(float(frames.rest_then_last.sum()) - 1)
    return (
        *(agreement(name, pair, tolerance=_TOLERANCE) for name, pair in pairs.items()),
        _pair_check(frames),
        _step_check(frames),
        Check("probabilities of all totals add up to 1", off, _SUM_TOLERANCE),
    )


def _pair_check(frames: ThreeDrops) -> Check:
    """Two drops at once: their sums, and what each grouping takes from them."""
    from scipy.signal import convolve

    f, g, h = frames.f, frames.g, frames.h
    return agreement(
        "sums of two drops against scipy.signal.convolve",
        (frames.first_two, convolve(f, g, method="direct")),
        (frames.last_two, convolve(g, h, method="direct")),
        (frames.after_first, _shifted(frames.last_two, len(f))),
        (frames.before_last, _shifted(frames.first_two, len(h))),
        (frames.by_first, np.einsum("a,da->da", f, frames.after_first)),
        (frames.by_last, np.einsum("dc,c->dc", frames.before_last, h)),
        tolerance=_TOLERANCE,
    )


def _shifted(p: FloatArray, count: int) -> FloatArray:
    """(n_d, count) p as it stands under each of ``count`` outcomes, one lower each time."""
    rows = [np.pad(p, (shift, count - 1 - shift)) for shift in range(count)]
    return np.stack(rows, axis=1)


def _step_check(frames: ThreeDrops) -> Check:
    """Totals and outcomes: every triple adds up to its total, and none is left out."""
    a, c = frames.a[:, None], frames.c
    count = len(frames.f) + len(frames.g) + len(frames.h) - 2
    least = int(frames.a[0]) + frames.first_of_b + int(frames.c[0])
    ones = np.ones_like(frames.b)
    return agreement(
        "outcomes add up to their totals",
        (frames.total, least + np.arange(count)),
        (frames.a, frames.a[0] + np.arange(len(frames.f))),
        (frames.c, frames.c[0] + np.arange(len(frames.h))),
        (a + frames.b + c, ones * frames.total[:, None, None]),
        (frames.possible, _triples(*(row > 0 for row in (frames.f, frames.g, frames.h)))),
    )


def _triples(f: AnyArray, g: AnyArray, h: AnyArray) -> AnyArray:
    """(n_d, n_a, n_c) f(a) g(d − a − c) h(c) of rows that begin at 0."""
    last = len(f) + len(h) - 2
    under = [[np.pad(g, (i + j, last - i - j)) for j in range(len(h))] for i in range(len(f))]
    return np.asarray(np.einsum("a,acd,c->dac", f, under, h))
