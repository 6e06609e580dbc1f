"""Random vectors with finitely many outcomes, and their cross-correlation matrix E[X Yᵀ]."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from convmath.arrays import FloatArray, IntArray
from convmath.errors import InputError
from convmath.frames import Frames

__all__ = [
    "CrossCorrelationMatrix",
    "Outcome",
    "OutcomeStep",
    "cross_correlation_matrix",
    "parse_outcomes",
]

_MOST_OUTCOMES = 6
_MOST_COMPONENTS = 4
_LARGEST = 10_000
_LONGEST = 500  # characters
_NUMBER = re.compile(r"\s*[+-]?(\d{1,9}(\.\d{1,9})?|\.\d{1,9})(\s*/\s*\d{1,9})?\s*")
_ACCEPTED = (
    "outcomes x | y with commas inside x and y and semicolons between them, such as "
    "1,2 | 3,0,1; 0,1 | 1,1,2, each with its probability behind a colon, or none"
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One outcome of a pair of random vectors, in exact numbers."""

    x: tuple[Fraction, ...]
    y: tuple[Fraction, ...]
    probability: Fraction


@dataclass(frozen=True, eq=False)
class OutcomeStep:
    """One outcome of a `CrossCorrelationMatrix`."""

    outcome: int
    probability: float
    x: FloatArray  # (m,)
    y: FloatArray  # (n,)
    product: FloatArray  # (m, n)


@dataclass(frozen=True, eq=False)
class CrossCorrelationMatrix(Frames[OutcomeStep]):
    """R = E[X Yᵀ], with component (i, j) = E[X_i Y_j]; no mean is taken off (covariance does that).

    All numbers are worked out as fractions and rounded once.

    Attributes
    ----------
    outcome
        (n_o,) int64: 1, 2, …
    probability
        (n_o,) of each outcome; they add up to 1.
    x, y
        (n_o, m) and (n_o, n): the values of X and of Y.
    product
        (n_o, m, n) x_i y_j, not yet weighted.
    output
        (m, n) the sum of probability · product.
    """

    step = OutcomeStep

    outcome: IntArray
    probability: FloatArray
    x: FloatArray
    y: FloatArray
    product: FloatArray
    output: FloatArray

    @property
    def shape(self) -> tuple[int, int]:
        """m and n, the numbers of components of X and of Y."""
        m, n = self.output.shape
        return m, n


def cross_correlation_matrix(outcomes: tuple[Outcome, ...]) -> CrossCorrelationMatrix:
    """E[X Yᵀ] = Σ_o p_o x_o y_oᵀ.

    Examples
    --------
    >>> cross_correlation_matrix(parse_outcomes("1,2 | 3,0,1; 0,1 | 1,1,2")).output
    array([[1.5, 0. , 0.5],
           [3.5, 0.5, 2. ]])
    """
    products = [[[a * b for b in o.y] for a in o.x] for o in outcomes]
    m, n = len(outcomes[0].x), len(outcomes[0].y)
    total = [
        [
            sum((o.probability * p[i][j] for o, p in zip(outcomes, products, strict=True)), _ZERO)
            for j in range(n)
        ]
        for i in range(m)
    ]
    return CrossCorrelationMatrix(
        outcome=np.arange(1, len(outcomes) + 1, dtype=np.int64),
        probability=np.array([float(o.probability) for o in outcomes]),
        x=np.array([[float(v) for v in o.x] for o in outcomes]),
        y=np.array([[float(v) for v in o.y] for o in outcomes]),
        product=np.array(products, dtype=np.float64),
        output=np.array(total, dtype=np.float64),
    )


_ZERO = Fraction(0)


def parse_outcomes(text: str, option: str | None = None) -> tuple[Outcome, ...]:
    """The outcomes of X and Y as a person types them: ``x | y : p; x | y : p``.

    Numbers are decimals or fractions. Without probabilities all outcomes are equally likely.

    Raises
    ------
    InputError
        If something else is typed, vectors differ in length, only some outcomes have a
        probability, one is negative, or they do not add up to 1.

    Examples
    --------
    >>> [str(o.probability) for o in parse_outcomes("1 | 2; 3 | 4; 0 | 1")]
    ['1/3', '1/3', '1/3']
    """
    return _Reader(text, option).outcomes()


class _Reader:
    def __init__(self, text: str, option: str | None) -> None:
        self.text = text
        self.option = option

    def outcomes(self) -> tuple[Outcome, ...]:
        if len(self.text) > _LONGEST:
            raise self.error(f"this is too long: {len(self.text)} characters", None)
        found = [self.outcome(part, at) for part, at in _split(self.text, ";", 0)]
        if len(found) > _MOST_OUTCOMES:
            raise self.error(f"{len(found)} outcomes do not fit; {_MOST_OUTCOMES} do", None)
        sizes = {(len(x), len(y)) for x, y, _ in found}
        if len(sizes) > 1:
            raise self.error("x, and y, need as many components in every outcome", None)
        given = [p for _, _, p in found if p is not None]
        if given and len(given) < len(found):
            raise self.error("only some outcomes have a probability", None)
        if given and sum(given) != 1:
            raise self.error(f"the probabilities add up to {float(sum(given)):.6g}, not 1", None)
        even = Fraction(1, len(found))
        return tuple(Outcome(x, y, even if p is None else p) for x, y, p in found)

    def outcome(
        self, part: str, at: int
    ) -> tuple[tuple[Fraction, ...], tuple[Fraction, ...], Fraction | None]:
        values, colon, weight = part.partition(":")
        halves = _split(values, "|", at)
        if len(halves) != 2:
            raise self.error("an outcome needs one | between x and y", at)
        x, y = (self.vector(*half) for half in halves)
        probability = self.number(weight, at + len(values) + 1) if colon else None
        if probability is not None and probability < 0:
            raise self.error("a probability cannot be negative", at + len(values) + 1)
        return x, y, probability

    def vector(self, part: str, at: int) -> tuple[Fraction, ...]:
        found = tuple(self.number(entry, place) for entry, place in _split(part, ",", at))
        if len(found) > _MOST_COMPONENTS:
            raise self.error(f"{len(found)} components do not fit; {_MOST_COMPONENTS} do", at)
        return found

    def number(self, part: str, at: int) -> Fraction:
        if _NUMBER.fullmatch(part) is None:
            raise self.error("a number is missing" if not part.strip() else "no number", at)
        try:
            value = Fraction(re.sub(r"\s", "", part)) if "/" not in part else _ratio(part)
        except ZeroDivisionError:
            raise self.error("this is a division by zero", at) from None
        if abs(value) > _LARGEST:
            raise self.error(f"numbers go up to {_LARGEST}", at)
        return value

    def error(self, problem: str, at: int | None) -> InputError:
        if at is not None:
            at += len(self.text[at:]) - len(self.text[at:].lstrip())
        return InputError(
            problem, typed=self.text, position=at, accepted=_ACCEPTED, option=self.option
        )


def _split(text: str, mark: str, at: int) -> list[tuple[str, int]]:
    """The parts of a text and where each begins, counted from ``at``."""
    parts = []
    for part in text.split(mark):
        parts.append((part, at))
        at += len(part) + 1
    return parts


def _ratio(part: str) -> Fraction:
    above, below = part.split("/")
    return Fraction(above.strip()) / Fraction(below.strip())
