"""Convolution, cross-correlation and autocorrelation of the same two signals, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from convmath.arrays import AnyArray, FloatArray, IntArray
from convmath.frames import Frames
from convmath.pairing import AnySignal, Name, Pairing, energy, output_at
from convmath.random_vectors import CrossCorrelationMatrix
from convmath.search import PatternSearch

__all__ = ["Comparison", "LagStep", "compare"]


@dataclass(frozen=True, eq=False)
class LagStep:
    """One lag of a `Comparison`."""

    lag: float | int
    output: AnyArray  # (n_lanes,)
    swapped: AnyArray  # (n_lanes,)


@dataclass(frozen=True, eq=False)
class Comparison(Frames[LagStep]):
    """Several pairings of f and g at the same lags; a pattern looked for; two random vectors.

    Attributes
    ----------
    lag
        (n_t,) t (float64) or n (int64).
    output
        (n_t, n_lanes) of each pairing; int64, and exact, for sequences of whole numbers.
    swapped
        (n_t, n_lanes) of the same pairings with f and g in the other order: equal to ``output``
        for a convolution, and its mirror image about lag 0 for a correlation.
    flips
        (n_lanes,) int64: 1 for a convolution, 0 for a correlation.
    operands
        (n_lanes, 2) int64: the signal that moves and the one that stays, 0 for f and 1 for g.
    energy
        (n_lanes,) ∫ f² of an autocorrelation, its value at lag 0; NaN for any other pairing.
    search_n, search_score, search_likeness
        (n_n,) each: see `PatternSearch`.
    search_signal, search_pattern
        (n_s,) and (n_p,): the signal and the pattern.
    x, y, probability
        (n_o, m), (n_o, n) and (n_o,): the outcomes of two random vectors.
    matrix
        (m, n) E[X Yᵀ].
    """

    step = LagStep

    lag: AnyArray
    output: AnyArray
    swapped: AnyArray
    flips: IntArray
    operands: IntArray
    energy: FloatArray
    search_n: IntArray
    search_score: AnyArray
    search_likeness: FloatArray
    search_signal: AnyArray
    search_pattern: AnyArray
    x: FloatArray
    y: FloatArray
    probability: FloatArray
    matrix: FloatArray


def compare(
    lanes: Sequence[Pairing],
    signals: Mapping[Name, AnySignal],
    lags: AnyArray,
    search: PatternSearch,
    moments: CrossCorrelationMatrix,
) -> Comparison:
    """All of it at the given lags (n_t,).

    Raises
    ------
    InputError
        If a signal with an impulse meets itself.
    DivergenceError
        If one of the integrals, or sums, has no finite value.
    """
    energies = [energy(signals[p.mover]) if p.is_auto else np.nan for p in lanes]
    return Comparison(
        lag=lags,
        output=np.stack([output_at(p, signals, lags) for p in lanes], axis=1),
        swapped=np.stack([output_at(p.swapped, signals, lags) for p in lanes], axis=1),
        flips=np.array([p.flips for p in lanes], dtype=np.int64),
        operands=np.array([["fg".index(n) for n in (p.mover, p.fixed)] for p in lanes]),
        energy=np.array(energies, dtype=np.float64),
        search_n=search.n,
        search_score=search.score,
        search_likeness=search.likeness,
        search_signal=search.signal,
        search_pattern=search.pattern,
        x=moments.x,
        y=moments.y,
        probability=moments.probability,
        matrix=moments.output,
    )
