"""Polynomials as coefficient tuples (c0, c1, …), and where they are zero on the real line."""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import zip_longest

import numpy as np

__all__ = [
    "DEGREE",
    "Polynomial",
    "added",
    "multiplied",
    "polynomial_scale",
    "power",
    "real_roots",
    "trimmed",
    "value",
]

Polynomial = tuple[float, ...]

DEGREE = 32  # highest degree
CLUSTER = 1e-4  # numeric roots this close, relative to their size, are one multiple root


def trimmed(coefficients: Polynomial) -> Polynomial:
    """Without zero leading coefficients; (0.0,) for zero."""
    length = len(coefficients)
    while length > 1 and coefficients[length - 1] == 0:
        length -= 1
    return coefficients[:length]


def added(one: Polynomial, other: Polynomial) -> Polynomial:
    """The sum."""
    return trimmed(tuple(a + b for a, b in zip_longest(one, other, fillvalue=0.0)))


def multiplied(one: Polynomial, other: Polynomial) -> Polynomial:
    """The product."""
    result = [0.0] * (len(one) + len(other) - 1)
    for i, a in enumerate(one):
        for j, b in enumerate(other):
            result[i + j] += a * b
    return trimmed(tuple(result))


def power(base: Polynomial, exponent: int) -> Polynomial:
    """``base`` to a whole, non-negative exponent."""
    result: Polynomial = (1.0,)
    for _ in range(exponent):
        result = multiplied(result, base)
    return result


def value(polynomial: Polynomial, t: float) -> float:
    """The value at ``t``."""
    result = 0.0
    for coefficient in reversed(polynomial):
        result = result * t + coefficient
    return result


def polynomial_scale(polynomial: Polynomial, t: float) -> float:
    """Σ |c_k t^k|: the size of what is added up at ``t``, and so of its rounding."""
    return value(tuple(map(abs, polynomial)), abs(t))


@lru_cache(maxsize=1024)
def real_roots(polynomial: Polynomial) -> tuple[float, ...]:
    """The distinct real roots, increasing; none for a constant.

    Up to degree two in closed form; beyond it from the companion matrix, where the members of a
    multiple root scatter by ε^(1/m) around their mean and are merged into it.

    Examples
    --------
    >>> real_roots((-1.0, 0.0, 1.0)), real_roots((1.0, -2.0, 1.0)), real_roots((1.0, 0.0, 1.0))
    ((-1.0, 1.0), (1.0,), ())
    """
    coefficients = trimmed(polynomial)
    if len(coefficients) < 2:
        return ()
    if len(coefficients) == 2:
        return (0.0 - coefficients[0] / coefficients[1],)
    if len(coefficients) == 3:
        return tuple(_quadratic(*coefficients))
    if not all(map(math.isfinite, coefficients)):
        return ()
    return tuple(_merged(np.roots(coefficients[::-1]).tolist()))


def _quadratic(c: float, b: float, a: float) -> list[float]:
    discriminant = b * b - 4 * a * c
    if abs(discriminant) <= 1e-14 * max(b * b, abs(4 * a * c)):
        return [0.0 - b / (2 * a)]
    if discriminant < 0:
        return []
    far = -(b + math.copysign(math.sqrt(discriminant), b)) / 2  # without cancellation
    return sorted([far / a, c / far])


def _merged(roots: list[complex]) -> list[float]:
    """Means of clusters that touch the real axis."""
    left = sorted((complex(r) for r in roots), key=lambda r: (r.real, r.imag))
    found = []
    while left:
        first = left.pop(0)
        near = [r for r in left if abs(r - first) <= CLUSTER * max(1.0, abs(first))]
        left = [r for r in left if r not in near]
        mean = sum(near, first) / (len(near) + 1)
        if abs(mean.imag) <= 1e-9 * max(1.0, abs(mean)):
            found.append(mean.real)
    return sorted(found)
