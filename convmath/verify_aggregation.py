"""Aggregation held against NumPy's own convolution, and against the sum as it is defined."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np

from convmath.aggregation import Aggregation
from convmath.arrays import FloatArray
from convmath.checks import Check, agreement

__all__ = ["verify_aggregation"]

# Sums of at most some dozen rounded products, in parts of the largest sum of their sizes.
_SUM_TOLERANCE = 1e-12
# Deviations from a mean lose digits where they are small beside it.
_LIKENESS_TOLERANCE = 1e-6
_STEADY = 1e-12  # of the largest value: what rounding alone makes of a constant


def verify_aggregation(frames: Aggregation) -> tuple[Check, ...]:
    """Check outputs, sums of weights and averages by other means than those that made them.

    The outputs are held against numpy.convolve and against a loop over t and s (`math.fsum`), the
    sums of weights against a convolution with ones, the averages against numpy.average.
    """
    reach = len(frames.s) - 1
    here = slice(reach, 2 * reach + 1)
    ones, rows = np.ones_like(frames.f), range(len(frames.rule))
    full = [np.convolve(g, frames.f)[here] for g in frames.rule]
    totals = [np.convolve(g, ones)[here] for g in frames.rule]
    size = np.abs(frames.product).sum(axis=2).max(axis=0)
    weights = np.abs(frames.weight).sum(axis=2).max(axis=0)
    largest = float(np.abs(frames.f).max())
    errors = {
        "output against numpy.convolve": (frames.output.T - full, size),
        "output against the sum over s": (frames.output.T - [_sums(frames, r) for r in rows], size),
        "sum of weights against numpy.convolve": (frames.weight_sum.T - totals, weights),
        "average against numpy.average": (_average_errors(frames), np.full(len(rows), largest)),
    }
    return (
        *(
            Check(name, float((np.abs(error).max(axis=1) / _or_one(scale)).max()), _SUM_TOLERANCE)
            for name, (error, scale) in errors.items()
        ),
        agreement(
            "places of inputs, outputs and weights",
            (frames.s, frames.s[0] + np.arange(len(frames.f))),
            (frames.t, frames.s),
            (frames.d, np.arange(-reach, reach + 1)),
        ),
        agreement("weights as they stand over the inputs", (frames.weight, _weights(frames))),
        agreement(
            "drawn products",
            (frames.product, np.einsum("trs,s->trs", frames.weight, frames.f)),
            scale=float(size.max()) or 1.0,
            tolerance=_SUM_TOLERANCE,
        ),
        _likeness_check(frames),
    )


def _weights(frames: Aggregation) -> FloatArray:
    """(n_t, n_rules, n_s) the rules read backwards, one place further for every t."""
    count, backwards = len(frames.s), frames.rule[:, ::-1]
    return np.stack([backwards[:, count - 1 - i : 2 * count - 1 - i] for i in range(count)])


def _likeness_check(frames: Aggregation) -> Check:
    """Ups and downs term by term, and Pearson's r by numpy.corrcoef, where there are any."""
    shown = np.where(np.isnan(frames.average), frames.output, frames.average).T
    likeness = [_pearson(frames.f, row) for row in shown]
    given = _ups_and_downs(frames.f)
    ups = [_ups_and_downs(row) / given if given else np.nan for row in frames.average.T]
    return agreement(
        "ups and downs, and numpy.corrcoef",
        (frames.variation, ups),
        (frames.likeness, likeness),
        tolerance=_LIKENESS_TOLERANCE,
    )


def _ups_and_downs(row: FloatArray) -> float:
    values = row.tolist()
    return math.fsum(abs(b - a) for a, b in pairwise(values))


def _pearson(one: FloatArray, other: FloatArray) -> float:
    rows = one, other
    if any(np.ptp(row) <= _STEADY * np.abs(row).max() for row in rows):
        return math.nan
    return float(np.corrcoef(*(row / np.abs(row).max() for row in rows))[0, 1])


def _sums(frames: Aggregation, rule: int) -> list[float]:
    """Σ_s g(t − s) f(s), term by term, for every t."""
    g, f = frames.rule[rule].tolist(), frames.f.tolist()
    count = len(f)
    return [math.fsum(g[t - s + count - 1] * f[s] for s in range(count)) for t in range(count)]


def _average_errors(frames: Aggregation) -> FloatArray:
    """Difference from numpy.average, (n_rules, n_t); zero where there is no average."""
    errors = np.zeros_like(frames.average.T)
    for r, averages in enumerate(frames.average.T):
        for i, average in enumerate(averages):
            if not np.isnan(average):
                weights = frames.weight[i, r]
                errors[r, i] = average - np.average(frames.f, weights=weights)
    return errors


def _or_one(scale: FloatArray) -> FloatArray:
    return np.where(scale > 0, scale, 1.0)
