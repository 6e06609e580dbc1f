"""Probability mass functions as a person types them: a list, ``binomial(4, 1/2)``, a file.

Named distributions with their usual supports: uniform a … b, Bernoulli 0 and 1, binomial 0 … n,
geometric 1, 2, … (the trial of the first success) and Poisson 0, 1, …. The last two never end; they
are cut and divided by what is left, and remember the probability of the tail that was cut off.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches

import numpy as np

from convmath.arrays import AnyArray, FloatArray, IntArray
from convmath.errors import InputError
from convmath.expression import parse_sequence
from convmath.sequence import Sequence

__all__ = ["NORMALISE", "Pmf", "parse_pmf", "probabilities"]

NORMALISE = "--normalise"
_SUM_TOLERANCE = 1e-9  # how far from 1 the sum of typed decimals may be
_TAIL = 0.01  # an unending distribution is cut where at most this much is left
_MOST = 100  # outcomes
_ACCEPTED = (
    "probabilities that add up to 1, such as 0.1,0.2,0.4,0.3 or 1/2,1/2 @ 1, or uniform(1, 6), "
    "bernoulli(p), binomial(n, p), geometric(p), poisson(rate)"
)


@dataclass(frozen=True, eq=False)
class Pmf:
    """The probability of each of finitely many whole outcomes.

    Attributes
    ----------
    masses
        P(X = k), at its outcomes k; none is negative, their sum is 1 to 1e-9.
    tail
        The probability of what a distribution without end gives to larger outcomes, which were
        left out before the others were divided by 1 − tail. Otherwise 0.
    text
        As a person would type it.
    """

    masses: Sequence
    tail: float = 0.0
    text: str = ""

    @property
    def outcomes(self) -> IntArray:
        """Shape (n,), increasing."""
        return self.masses.indices

    @property
    def p(self) -> FloatArray:
        """Shape (n,), the probability of each outcome."""
        return self.masses.values.astype(np.float64)

    @property
    def mean(self) -> float:
        """E[X] = Σ k P(X = k)."""
        return float(self.outcomes @ self.p)


def parse_pmf(text: str, option: str | None = None, *, normalise: bool = False) -> Pmf:
    """A probability mass function from a list, a named distribution, an expression or a file.

    A list begins at 0, or where it says: ``1/2,1/2 @ 1``. ``geometric(p)`` and ``poisson(rate)``
    are cut where at most 1 % is left, or after the outcome named last: ``poisson(2, 8)``.

    Raises
    ------
    InputError
        Whatever is wrong with the text; nothing else.

    Examples
    --------
    >>> parse_pmf("binomial(2, 1/2)").p
    array([0.25, 0.5 , 0.25])
    >>> parse_pmf("1,2,1", normalise=True).p
    array([0.25, 0.5 , 0.25])
    >>> die = parse_pmf("uniform(1, 6)")
    >>> die.masses.support, round(die.mean, 12)
    ((1, 6), 3.5)
    >>> parse_pmf("0.5, 0.4", "--f")
    Traceback (most recent call last):
    convmath.errors.InputError: --f: these probabilities add up to 0.9, not to 1
      0.5, 0.4
    accepted: numbers whose sum is 1, or --normalise to divide each by their sum
    """
    try:
        named = re.fullmatch(r"\s*([A-Za-z]{3,})\s*\((.*)\)\s*", text, re.DOTALL)
        if named and named[1].lower() in _NAMED:
            return _named(text, named)
        return Pmf(_listed(text, normalise), text=text.strip())
    except InputError as error:
        raise (error.named(option) if option else error) from None


def probabilities(
    masses: AnyArray, text: str, option: str | None = None, *, normalise: bool = False
) -> FloatArray:
    """``masses`` of any shape, held against the rules; divided by their sum with ``normalise``.

    Raises
    ------
    InputError
        If one is negative or not finite, or their sum is not 1 to 1e-9.
    """
    values = np.asarray(masses, dtype=np.float64)

    def refuse(problem: str, accepted: str = _ACCEPTED) -> InputError:
        return InputError(problem, typed=text, accepted=accepted, option=option)

    if not np.isfinite(values).all():
        raise refuse("a probability has to be a finite number")
    if (values < 0).any():
        raise refuse(f"a probability cannot be negative, and {values[values < 0][0]:g} is")
    total = math.fsum(values.ravel().tolist())
    if normalise and 0 < total < math.inf:
        return values / total
    if abs(total - 1) > _SUM_TOLERANCE:
        raise refuse(
            f"these probabilities add up to {_distinct_from_one(total)}, not to 1",
            f"numbers whose sum is 1, or {NORMALISE} to divide each by their sum"
            if total > 0
            else _ACCEPTED,
        )
    return values


def _distinct_from_one(total: float) -> str:
    """In as few digits as tell it from 1."""
    return next(s for d in range(4, 18) if float(s := f"{total:.{d}g}") != 1)


def _listed(text: str, normalise: bool) -> Sequence:
    try:
        row = parse_sequence(text)
    except InputError as error:
        raise _better(error, text) from None
    if not isinstance(row, Sequence):
        raise InputError("this never ends", typed=text, accepted=_ACCEPTED)
    if len(row) > _MOST:
        raise InputError(
            f"these are {len(row)} outcomes", typed=text, accepted=f"at most {_MOST} of them"
        )
    return Sequence(probabilities(row.values, text, normalise=normalise), row.start, text.strip())


def _better(error: InputError, text: str) -> InputError:
    """``error``, or a nearer one if a distribution was meant."""
    word = re.match(r"\s*([A-Za-z]{3,})\s*\(", text)
    near = get_close_matches(word[1].lower(), _NAMED, n=1, cutoff=0.7) if word else []
    if not near:
        return error
    problem = f"unknown distribution '{word[1] if word else ''}': did you mean '{near[0]}'?"
    accepted = ", ".join(usage for usage, _ in _NAMED.values())
    return InputError(problem, typed=text, position=error.position, accepted=accepted)


def _uniform(first: float, last: float) -> Pmf:
    lo, hi = _whole(first, "the first outcome"), _whole(last, "the last outcome")
    if not lo <= hi < lo + _MOST or abs(lo) > 10_000:
        raise InputError(f"from {lo} to {hi} are not 1 to {_MOST} outcomes")
    return Pmf(Sequence(np.full(hi - lo + 1, 1 / (hi - lo + 1)), lo))


def _bernoulli(p: float) -> Pmf:
    return _binomial(1, p)


def _binomial(trials: float, p: float) -> Pmf:
    n = _whole(trials, "the number of trials")
    if not 1 <= n < _MOST:
        raise InputError(f"the number of trials has to be 1 to {_MOST - 1}, not {n}")
    _refuse_chance(p)
    return Pmf(Sequence([math.comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n + 1)]))


def _geometric(p: float, last: float | None = None) -> Pmf:
    _refuse_chance(p, positive=True)

    def mass(k: int) -> float:
        return float(p * (1 - p) ** (k - 1))

    return _cut(mass, lambda k: float((1 - p) ** k), 1, last)


def _poisson(rate: float, last: float | None = None) -> Pmf:
    if not 0 < rate <= _MOST / 2:
        raise InputError(f"the rate has to be above 0 and at most {_MOST // 2}, not {rate:g}")

    def mass(k: int) -> float:
        return math.exp(k * math.log(rate) - rate - math.lgamma(k + 1))

    def tail(k: int) -> float:
        # The terms fall off by more than rate/k; past 10·√rate + 60 further ones are below 1e-17.
        return math.fsum(mass(j) for j in range(k + 1, k + int(10 * math.sqrt(rate)) + 60))

    return _cut(mass, tail, 0, last)


def _cut(
    mass: Callable[[int], float], tail: Callable[[int], float], first: int, last: float | None
) -> Pmf:
    """The outcomes from ``first`` to ``last``, or to where little enough is left."""
    if last is None:
        reached = (k for k in range(first, first + _MOST) if tail(k) <= _TAIL)
        stop = next(reached, first + _MOST - 1)
    else:
        stop = _whole(last, "the last outcome")
    if not first <= stop < first + _MOST:
        raise InputError(f"the last outcome has to be {first} to {first + _MOST - 1}, not {stop}")
    masses = np.array([mass(k) for k in range(first, stop + 1)])
    return Pmf(Sequence(masses / math.fsum(masses.tolist()), first), tail(stop))


_NAMED: dict[str, tuple[str, Callable[..., Pmf]]] = {
    "uniform": ("uniform(first, last)", _uniform),
    "bernoulli": ("bernoulli(p)", _bernoulli),
    "binomial": ("binomial(n, p)", _binomial),
    "geometric": ("geometric(p[, last])", _geometric),
    "poisson": ("poisson(rate[, last])", _poisson),
}


def _named(text: str, match: re.Match[str]) -> Pmf:
    usage, made = _NAMED[match[1].lower()]
    numbers = _arguments(text, match)
    most = usage.count(",") + 1
    least = most - usage.count("[")
    if not least <= len(numbers) <= most:
        raise InputError(
            f"{match[1]} takes {usage}, not {len(numbers)} numbers", typed=text, accepted=usage
        )
    try:
        pmf = made(*numbers)
    except InputError as error:
        raise InputError(error.problem, typed=text, accepted=usage) from None
    name = " ".join(text.split())
    masses = Sequence(pmf.masses.values, pmf.masses.start, name)
    return Pmf(masses, pmf.tail, name)


def _arguments(text: str, match: re.Match[str]) -> list[float]:
    if not match[2].strip():
        return []
    try:
        given = parse_sequence(match[2])
    except InputError as error:
        at = None if error.position is None else match.start(2) + error.position
        raise InputError(error.problem, typed=text, position=at, accepted=error.accepted) from None
    if not isinstance(given, Sequence) or given.start:
        raise InputError(
            "these have to be numbers", typed=text, accepted=_NAMED[match[1].lower()][0]
        )
    return [float(value) for value in given.values]


def _whole(number: float, what: str) -> int:
    if number != round(number):
        raise InputError(f"{what} has to be a whole number, not {number:g}")
    return int(number)


def _refuse_chance(p: float, *, positive: bool = False) -> None:
    if not (0 < p <= 1 if positive else 0 <= p <= 1):
        low = "above 0" if positive else "0"
        raise InputError(f"the probability p has to be from {low} to 1, not {p:g}")
