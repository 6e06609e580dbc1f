"""The sum of two random outcomes: every way to reach a total, and where it may have come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from convmath.arrays import FloatArray, IntArray
from convmath.discrete import SlidingSum, SumStep, convolve_discrete
from convmath.pmf import Pmf
from convmath.sequence import Sequence
from convmath.verify import Check, verify

__all__ = ["DropStep", "TwoDrops", "drop_twice", "verify_drops"]

_SUM_TOLERANCE = 3e-9  # two pmfs that each add up to 1 within 1e-9
_TOLERANCE = 1e-12  # a few dozen rounded terms, none above 1


@dataclass(frozen=True, eq=False)
class DropStep(SumStep):
    """One total of `TwoDrops`."""

    posterior: FloatArray  # (n_k,)


@dataclass(frozen=True, eq=False)
class TwoDrops(SlidingSum):
    """P(A + B = c) = Σ_a f(a) g(c − a) for independent A and B, for every total c.

    The total c is the ``n`` of a `SlidingSum`, the first outcome a is its ``k``, ``fixed`` is f(a),
    ``moving`` is g(c − a), ``product`` are the ways, and ``output`` is (f * g)(c). All in [0, 1].

    Attributes
    ----------
    posterior
        (n_n, n_k) P(A = a | A + B = c) = f(a) g(c − a) / (f * g)(c) (Bayes); NaN where the total
        has the probability 0.
    joint
        (n_a, n_b) f(a) g(b) for all outcomes of A and of B, both increasing.
    tails
        (2,) what was cut off f and off g.
    """

    step: ClassVar[type[Any]] = DropStep

    posterior: FloatArray
    joint: FloatArray
    tails: FloatArray

    def at(self, i: int) -> DropStep:
        """One total; negative ``i`` counts from the end."""
        step = super().at(i)
        assert isinstance(step, DropStep)
        return step

    @property
    def ways(self) -> IntArray:
        """(n_n,) how many pairs (a, b) that can happen make each total."""
        return np.asarray((self.product > 0).sum(axis=1), dtype=np.int64)


def drop_twice(f: Pmf, g: Pmf) -> TwoDrops:
    """Frames of the sum of two independent outcomes, for every total from first to last.

    Examples
    --------
    >>> from convmath.pmf import parse_pmf
    >>> frames = drop_twice(parse_pmf("1/2,1/2"), parse_pmf("1/4,3/4"))
    >>> frames.n.tolist(), frames.output.tolist()
    ([0, 1, 2], [0.125, 0.5, 0.375])
    >>> frames.at(1).posterior.tolist(), frames.k.tolist()
    ([0.0, 0.75, 0.25, 0.0], [-1, 0, 1, 2])
    """
    first, second = (Sequence(pmf.p, pmf.masses.start) for pmf in (f, g))
    lowest = first.start + second.start
    sums = convolve_discrete(first, second, (lowest, lowest + len(first) + len(second) - 2))
    possible = np.where(sums.output > 0, sums.output, np.nan)
    return TwoDrops(
        **sums.arrays(),
        posterior=sums.product / possible[:, None],
        joint=np.outer(f.p, g.p),
        tails=np.array([f.tail, g.tail]),
    )


def verify_drops(frames: TwoDrops, f: Pmf, g: Pmf) -> tuple[Check, ...]:
    """Hold the totals against numpy.convolve and the table's diagonals; the sums against 1."""
    mirrored = frames.joint[::-1]
    offsets = range(1 - len(mirrored), mirrored.shape[1])
    diagonals = np.array([mirrored.trace(offset) for offset in offsets])
    posterior = frames.posterior[frames.output > 0]
    return (
        *verify(frames, Sequence(f.p, f.masses.start), Sequence(g.p, g.masses.start)),
        Check(
            "totals against the diagonals of the table",
            float(np.abs(frames.output - diagonals).max()),
            _TOLERANCE,
        ),
        Check("all totals add up to 1", abs(float(frames.output.sum()) - 1), _SUM_TOLERANCE),
        Check(
            "what came before adds up to 1 for each total",
            float(np.abs(posterior.sum(axis=1) - 1).max()),
            _TOLERANCE,
        ),
    )
