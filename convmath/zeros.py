"""Where a smooth tree is zero, for the trees where that can be known exactly."""

from __future__ import annotations

import math
from typing import NamedTuple

from convmath.polynomials import (
    DEGREE,
    Polynomial,
    added,
    multiplied,
    power,
    real_roots,
)
from convmath.syntax import Binary, Call, Negative, Node, Number, Variable

__all__ = ["MOST", "Span", "UnknownZerosError", "affine", "polynomial", "same", "zeros"]

MOST = 200  # zeros, and breakpoints


class UnknownZerosError(Exception):
    """The zeros are infinitely many, or there is no way to know them all."""


class Span(NamedTuple):
    """An open interval; a single point where both ends are equal."""

    lo: float
    hi: float

    @property
    def is_point(self) -> bool:
        """Whether this is a single point."""
        return self.lo == self.hi

    @property
    def middle(self) -> float:
        """A point inside."""
        if math.isinf(self.lo) and math.isinf(self.hi):
            return 0.0
        if math.isinf(self.lo):
            return self.hi - max(1.0, abs(self.hi))
        if math.isinf(self.hi):
            return self.lo + max(1.0, abs(self.lo))
        return (self.lo + self.hi) / 2

    def holds(self, t: float) -> bool:
        """Whether ``t`` is inside and not, but for rounding, one of the ends."""
        return self.lo < t < self.hi and not same(t, self.lo) and not same(t, self.hi)

    def touches(self, t: float) -> bool:
        """Whether ``t`` is inside or one of the ends."""
        return self.lo <= t <= self.hi or same(t, self.lo) or same(t, self.hi)


def same(one: float, other: float) -> bool:
    """Equal but for the rounding of a breakpoint."""
    if math.isinf(one) or math.isinf(other):
        return one == other
    return abs(one - other) <= 1e-13 * max(abs(one), abs(other)) + 1e-15


def polynomial(node: Node) -> Polynomial | None:
    """The coefficients of a tree that is a polynomial, otherwise None."""
    match node:
        case Number():
            return (node.value,)
        case Variable():
            return (0.0, 1.0)
        case Negative():
            inner = polynomial(node.inner)
            return None if inner is None else tuple(-c for c in inner)
        case Binary():
            left, right = polynomial(node.left), polynomial(node.right)
            return None if left is None or right is None else _combined(node.sign, left, right)
        case _:
            return None


def _combined(sign: str, left: Polynomial, right: Polynomial) -> Polynomial | None:
    if sign in "+-":
        return added(left, right if sign == "+" else tuple(-c for c in right))
    if sign == "*":
        return multiplied(left, right)
    if len(right) > 1:
        return None
    number = right[0]
    if sign == "/":
        return tuple(c / number for c in left) if number else None
    whole = number == round(number) and 0 <= number <= DEGREE
    return power(left, int(number)) if whole else None


def affine(node: Node) -> tuple[float, float] | None:
    """(slope, offset) of a tree ``slope · t + offset`` with a slope, otherwise None."""
    found = polynomial(node)
    return (found[1], found[0]) if found is not None and len(found) == 2 else None


def zeros(node: Node, span: Span) -> list[float]:
    """The zeros of a smooth tree that is not a constant; ``span`` bounds those of a sine.

    Raises
    ------
    UnknownZerosError
        If they are infinitely many or cannot be found.
    """
    match node:
        case Negative():
            return zeros(node.inner, span)
        case Binary(sign="*"):
            parts = [p for p in (node.left, node.right) if not isinstance(p, Number)]
            return [z for part in parts for z in zeros(part, span)]
        case Binary(sign="/"):
            return [] if isinstance(node.left, Number) else zeros(node.left, span)
        case Binary(sign="^", right=Number(value=exponent)):
            return zeros(node.left, span) if exponent > 0 else []
        case Call(name="exp" | "gauss") | Binary(sign="^"):
            return []
        case Call(name="sqrt"):
            return zeros(node.arguments[0], span)
    found = polynomial(node)
    return list(real_roots(found)) if found is not None else _of_wave(node, span)


def _of_wave(node: Node, span: Span) -> list[float]:
    """The zeros of factor · f(slope t + offset) + level with f one of sin, cos, exp."""
    wave = _wave(node)
    if wave is None:
        raise UnknownZerosError
    factor, call, level = wave
    line = affine(call.arguments[0])
    if line is None or factor == 0:
        raise UnknownZerosError
    slope, offset = line
    ratio = -level / factor
    if call.name == "exp":
        return [(math.log(ratio) - offset) / slope] if ratio > 0 else []
    if abs(ratio) > 1:
        return []
    if math.isinf(span.lo) or math.isinf(span.hi):
        raise UnknownZerosError
    first = math.asin(ratio) if call.name == "sin" else math.acos(ratio)
    second = math.pi - first if call.name == "sin" else -first
    phases = [first] if same(first, second) else [first, second]
    return [z for phase in phases for z in _repeated((phase - offset) / slope, slope, span)]


def _repeated(zero: float, slope: float, span: Span) -> list[float]:
    period = abs(2 * math.pi / slope)
    if (span.hi - span.lo) / period > MOST:
        raise UnknownZerosError
    lowest = math.floor((span.lo - zero) / period)
    highest = math.ceil((span.hi - zero) / period)
    return [zero + k * period for k in range(lowest, highest + 1)]


def _wave(node: Node) -> tuple[float, Call, float] | None:
    """(factor, call, level) of factor · call + level."""
    match node:
        case Call(name="sin" | "cos" | "exp"):
            return 1.0, node, 0.0
        case Negative():
            inner = _wave(node.inner)
            return None if inner is None else (-inner[0], inner[1], -inner[2])
        case Binary(left=Number(value=number), right=other):
            inner = _wave(other)
            return None if inner is None else _wave_after(node.sign, number, inner)
        case Binary(left=other, right=Number(value=number)):
            inner = _wave(other)
            return None if inner is None else _wave_before(node.sign, inner, number)
    return None


def _wave_after(
    sign: str, number: float, wave: tuple[float, Call, float]
) -> tuple[float, Call, float] | None:
    factor, call, level = wave
    match sign:
        case "*":
            return number * factor, call, number * level
        case "+":
            return factor, call, level + number
        case "-":
            return -factor, call, number - level
    return None


def _wave_before(
    sign: str, wave: tuple[float, Call, float], number: float
) -> tuple[float, Call, float] | None:
    factor, call, level = wave
    match sign:
        case "*":
            return factor * number, call, level * number
        case "/":
            return factor / number, call, level / number
        case "+":
            return factor, call, level + number
        case "-":
            return factor, call, level - number
    return None
