"""Aggregation held against NumPy's own convolution, and against the sum as it is defined."""

from __future__ import annotations

import math

import numpy as np

from convmath.aggregation import Aggregation
from convmath.arrays import FloatArray
from convmath.checks import Check

__all__ = ["verify_aggregation"]

# Sums of at most some dozen rounded products, in parts of the largest sum of their sizes.
_SUM_TOLERANCE = 1e-12


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
    return tuple(
        Check(name, float((np.abs(error).max(axis=1) / _or_one(scale)).max()), _SUM_TOLERANCE)
        for name, (error, scale) in errors.items()
    )


def _sums(frames: Aggregation, rule: int) -> list[float]:
    """Σ_s g(t − s) f(s), term by term, for every t."""
    g = dict(zip(frames.d.tolist(), frames.rule[rule].tolist(), strict=True))
    inputs = list(zip(frames.s.tolist(), frames.f.tolist(), strict=True))
    return [math.fsum(g[t - s] * value for s, value in inputs) for t in frames.t.tolist()]


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
