"""A short pattern looked for in a long signal: where their cross-correlation is largest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from convmath.arrays import AnyArray, FloatArray, IntArray
from convmath.discrete import correlate_discrete
from convmath.errors import InputError
from convmath.frames import Frames
from convmath.sequence import Sequence

__all__ = ["PatternSearch", "SearchStep", "find_pattern"]

_SAME = 1e-12  # of the peak: two scores that differ by rounding alone are the same


@dataclass(frozen=True, eq=False)
class SearchStep:
    """One place of the pattern."""

    n: int
    score: int | float
    likeness: float


@dataclass(frozen=True, eq=False)
class PatternSearch(Frames[SearchStep]):
    """(p ⋆ s)[n] = Σ_k s[k] p[k − n] at every n at which the pattern lies wholly in the signal.

    By Cauchy and Schwarz |(p ⋆ s)[n]| is at most the norm of p times that of the piece of s under
    it, and an exact copy scores the energy of p. A piece that is only louder can score more;
    ``likeness`` takes the loudness out.

    Attributes
    ----------
    n
        (n_n,) int64, by how much the pattern is shifted.
    score
        (n_n,) (p ⋆ s)[n]; int64, and exact, for whole numbers.
    likeness
        (n_n,) ``score`` over the norms of the pattern and of the piece under it, from −1 to 1; 0
        where the piece is zero.
    signal_k, signal
        (n_s,) each: index and value of the signal.
    pattern_k, pattern
        (n_p,) each: index and value of the pattern before it moves.
    energy
        Σ p², the score of an exact copy.
    """

    step = SearchStep

    n: IntArray
    score: AnyArray
    likeness: FloatArray
    signal_k: IntArray
    signal: AnyArray
    pattern_k: IntArray
    pattern: AnyArray
    energy: int | float

    @property
    def found(self) -> list[int]:
        """The n at which the score is largest, in order."""
        slack = _SAME * abs(self.score.max())
        return [int(n) for n in self.n[self.score >= self.score.max() - slack]]

    @property
    def alike(self) -> list[int]:
        """The n at which the piece is most like the pattern, in order."""
        return [int(n) for n in self.n[self.likeness >= self.likeness.max() - 1e-9]]

    def is_copy(self, n: int) -> bool:
        """Whether the piece of the signal at ``n`` is the pattern itself."""
        first = int(n + self.pattern_k[0] - self.signal_k[0])
        return bool(np.array_equal(self.signal[first : first + self.pattern.size], self.pattern))


def find_pattern(pattern: Sequence, signal: Sequence) -> PatternSearch:
    """Slide ``pattern`` over ``signal``, from its first to its last whole place.

    Raises
    ------
    InputError
        If the pattern is longer than the signal, or zero everywhere.

    Examples
    --------
    >>> search = find_pattern(Sequence([1, -2, 3]), Sequence([0, 2, 1, -2, 3, 0]))
    >>> search.score, search.found, search.energy
    (array([-1, -6, 14, -8]), [2], 14)
    """
    p, s = pattern.values, signal.values
    if p.size > s.size:
        raise InputError(
            f"the pattern has {p.size} values, the signal only {s.size}",
            typed=pattern.text,
            option="--pattern",
            accepted="a pattern that is no longer than the signal",
        )
    if not p.any():
        raise InputError(
            "this pattern is zero everywhere, so it is found everywhere",
            typed=pattern.text,
            option="--pattern",
            accepted="at least one value that is not zero",
        )
    first = signal.start - pattern.start
    n = np.arange(first, first + s.size - p.size + 1, dtype=np.int64)
    score = correlate_discrete(pattern, signal, n).output
    return PatternSearch(
        n=n,
        score=score,
        likeness=_likeness(score, p, s),
        signal_k=signal.indices,
        signal=s,
        pattern_k=pattern.indices,
        pattern=p,
        energy=(p * p).sum().item(),
    )


def _likeness(score: AnyArray, p: AnyArray, s: AnyArray) -> FloatArray:
    pieces = np.lib.stride_tricks.sliding_window_view(s.astype(np.float64), p.size)
    norms = np.linalg.norm(pieces, axis=1) * np.linalg.norm(p.astype(np.float64))
    likeness: FloatArray = np.divide(score, norms, out=np.zeros(score.size), where=norms > 0)
    return likeness
