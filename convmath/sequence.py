"""Discrete signals: finite sequences that know where they start, and rules that never end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from convmath.arrays import AnyArray, IntArray
from convmath.errors import InputError
from convmath.numerals import typst_negated, typst_number
from convmath.signal import Signal

__all__ = ["LONGEST", "Sequence", "SequenceRule", "sample"]

LONGEST = 10_000  # samples in one sequence or window
EXACT = 2**53  # whole numbers up to here are the same in float64 and int64


@dataclass(frozen=True, eq=False)
class Sequence:
    """Finitely many numbers x[start], x[start + 1], …; zero everywhere else.

    Attributes
    ----------
    values
        Shape (n,), n ≥ 1, read-only. int64 if every entry is whole, otherwise float64.
    start
        The index n of the first value.
    text
        As a person would type it.
    notation
        Typst mathematics for a given Typst variable, or None to list the values.

    Examples
    --------
    >>> x = Sequence([3, 2, 1], start=-1)
    >>> x.stop, x.support
    (2, (-1, 1))
    >>> x([-2, -1, 0, 5])
    array([0, 3, 2, 0])
    """

    values: AnyArray
    start: int = 0
    text: str = ""
    notation: Callable[[str], str] | None = field(default=None, repr=False)

    def __init__(
        self,
        values: ArrayLike,
        start: int = 0,
        text: str = "",
        notation: Callable[[str], str] | None = None,
    ) -> None:
        object.__setattr__(self, "values", _whole_where_possible(values))
        object.__setattr__(self, "start", int(start))
        object.__setattr__(self, "text", text or self._listed())
        object.__setattr__(self, "notation", notation)

    @property
    def stop(self) -> int:
        """One past the index of the last value."""
        return self.start + self.values.size

    @property
    def indices(self) -> IntArray:
        """Shape (n,): the index of every value."""
        return np.arange(self.start, self.stop, dtype=np.int64)

    @property
    def support(self) -> tuple[int, int]:
        """Index of the first and of the last value, both included."""
        return self.start, self.stop - 1

    def __call__(self, n: ArrayLike) -> AnyArray:
        """Values at whole ``n`` (any shape); zero outside the support."""
        at = np.asarray(n)
        if at.dtype.kind not in "iu":
            raise TypeError("a sequence has values at whole n only")
        inside = (at >= self.start) & (at < self.stop)
        zero = self.values.dtype.type(0)
        return np.where(inside, self.values[np.where(inside, at - self.start, 0)], zero)

    def window(self, lo: int, hi: int) -> Sequence:
        """The values from ``lo`` to ``hi``, both included, zeros where there are none."""
        return Sequence(self(_window(lo, hi)), lo, self.text, self.notation)

    def extent(self) -> tuple[int, int]:
        """The window worth showing: all of it."""
        return self.support

    def flipped(self) -> Sequence:
        """x[−n]."""
        return Sequence(
            self.values[::-1], 1 - self.stop, notation=lambda n: self.formula(typst_negated(n))
        )

    def formula(self, variable: str = "n") -> str:
        """Typst mathematics: the rule it came from, or the list with its first index.

        Examples
        --------
        >>> Sequence([3, 2, 1], start=-1).formula()
        '(3, 2, 1)_(n = -1, dots, 1)'
        """
        if self.notation is not None:
            return self.notation(variable)
        shown = ", ".join(typst_number(v) for v in self.values.tolist())
        last = self.stop - 1
        where = f"{self.start}" if last == self.start else f"{self.start}, dots, {last}"
        return f"({shown})_({variable} = {where})"

    def _listed(self) -> str:
        listed = ", ".join(f"{v:.12g}" for v in self.values.tolist())
        return f"{listed} @ {self.start}" if self.start else listed

    def __eq__(self, other: object) -> bool:
        """Equal values at equal indices; the text does not matter."""
        if not isinstance(other, Sequence):
            return NotImplemented
        return self.start == other.start and np.array_equal(self.values, other.values)

    def __hash__(self) -> int:
        return hash((self.start, *self.values.tolist()))

    def __len__(self) -> int:
        return int(self.values.size)

    def __iter__(self) -> Iterator[tuple[int, float]]:
        """Pairs (index, value), in order."""
        return zip(range(self.start, self.stop), self.values.tolist(), strict=True)


@dataclass(frozen=True)
class SequenceRule:
    """A sequence given by a rule, usually without an end: ``2*exp(-n/2)*u(n)``.

    Attributes
    ----------
    support
        Lowest and highest index that may be other than zero, both included; whole or ±inf.
    rule
        Values (n,) at whole indices (n,); only called inside the support.
    text
        As a person would type it.
    formula
        Typst mathematics for a given Typst variable.
    shown
        The window worth showing, both ends included; see `extent`.
    """

    support: tuple[float, float]
    rule: Callable[[IntArray], AnyArray]
    text: str = ""
    formula: Callable[[str], str] = lambda variable: f"x[{variable}]"
    shown: tuple[int, int] = (-10, 10)

    def __call__(self, n: ArrayLike) -> AnyArray:
        """Values at whole ``n`` (any shape), float64."""
        at = np.asarray(n)
        if at.dtype.kind not in "iu":
            raise TypeError("a sequence has values at whole n only")
        values = np.zeros(at.shape)
        inside = (at >= self.support[0]) & (at <= self.support[1])
        values[inside] = self.rule(at[inside].astype(np.int64))
        return values

    def window(self, lo: int, hi: int) -> Sequence:
        """The values from ``lo`` to ``hi``, both included."""
        return Sequence(self(_window(lo, hi)), lo, self.text, self.formula)

    def extent(self) -> tuple[int, int]:
        """The window outside which |x[n]| is at most half a per cent of its peak.

        A tail that never decays is cut 10 samples (or 2.5 periods) beyond the last change.
        """
        return self.shown

    def flipped(self) -> SequenceRule:
        """x[−n]."""
        return SequenceRule(
            (-self.support[1], -self.support[0]),
            lambda n: self.rule(-n),
            formula=lambda variable: self.formula(typst_negated(variable)),
            shown=(-self.shown[1], -self.shown[0]),
        )


def sample(signal: Signal, lo: int, hi: int) -> Sequence:
    """The values of a continuous signal at t = lo, lo + 1, …, hi; at a jump the right-hand limit.

    Raises
    ------
    InputError
        If the signal has an impulse, which has no value.

    Examples
    --------
    >>> sample(Signal.staircase([2.0, 1.0], start=0.0, width=2.0), -1, 4)
    Sequence(values=array([0, 2, 2, 1, 1, 0]), start=-1, text='0, 2, 2, 1, 1, 0 @ -1')
    """
    if signal.impulses:
        raise InputError(
            f"an impulse has an area but no value, so the one at t = {signal.impulses[0].at:g} "
            "cannot be sampled",
            typed=signal.text or None,
            accepted="a signal without delta; delta in a sequence is the unit sample",
        )
    return Sequence(signal(_window(lo, hi)), lo)


def _window(lo: int, hi: int) -> IntArray:
    """The indices lo, …, hi."""
    if not lo <= hi < lo + LONGEST:
        raise ValueError(f"a window needs 1 to {LONGEST} samples, not {lo} to {hi}")
    return np.arange(lo, hi + 1, dtype=np.int64)


def _whole_where_possible(values: ArrayLike) -> AnyArray:
    """A read-only copy (n,), int64 where every entry is a whole number float64 holds exactly."""
    given = np.array(values)
    if given.ndim != 1 or given.size == 0 or given.dtype.kind not in "iufb":
        raise ValueError("a sequence needs a row of at least one number")
    numbers = given.astype(np.float64)
    if not np.isfinite(numbers).all():
        raise ValueError("a sequence needs finite numbers")
    whole = bool(np.all(numbers == np.rint(numbers)) and np.max(np.abs(numbers)) <= EXACT)
    kept: AnyArray = numbers.astype(np.int64) if whole else numbers
    kept.setflags(write=False)
    return kept
