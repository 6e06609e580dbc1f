"""Probabilities as a viewer reads them: so that what is shown adds up, wherever it can."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Self

import numpy as np

from convmath.arrays import FloatArray

__all__ = ["Chances"]

_EXACT = 1e-9  # what a typed probability may be off
_DECIMALS, _LARGEST_WHOLE = 4, 999
_ROUNDED = 3


@dataclass(frozen=True)
class Chances:
    """One manner of writing for probabilities that stand together.

    Attributes
    ----------
    decimals
        Of each, or those of a rounded one.
    whole
        The common denominator of fractions, which are not reduced; None for decimals.
    exact
        Whether nothing is rounded.

    Examples
    --------
    >>> Chances.of(np.array([0.02, 0.125])).write(0.02)
    '0.020'
    >>> Chances.of(np.array([1 / 36, 6 / 36])).write(6 / 36)
    '6/36'
    >>> rounded = Chances.of(np.exp([-2.0, -9.0]))
    >>> rounded.write(np.exp(-2.0)), rounded.write(np.exp(-9.0)), rounded.equals
    ('0.135', '<0.001', '≈')
    """

    decimals: int
    whole: int | None = None
    exact: bool = True

    @classmethod
    def of(cls, values: FloatArray, *, fractions: bool | None = None) -> Self:
        """Decimals, up to four, if they are exact; then fractions; then rounded decimals.

        ``fractions`` come first if True, and not at all if False.
        """
        decimals = _decimals(values)
        wanted = decimals is None if fractions is None else fractions
        whole = _whole(values) if wanted else None
        if whole is not None:
            return cls(0, whole)
        return cls(decimals or _ROUNDED, exact=decimals is not None)

    @property
    def equals(self) -> str:
        """The sign between a formula and its value."""
        return "=" if self.exact else "≈"

    def write(self, value: float) -> str:
        """In plain words."""
        if value == 0 or abs(value - 1) <= _EXACT:
            return str(round(value))
        if self.whole:
            return f"{round(value * self.whole)}/{self.whole}"
        if not self.exact and value < 0.5 * 10**-self.decimals:
            return f"<{10**-self.decimals:.{self.decimals}f}"
        return f"{value:.{self.decimals}f}"

    def math(self, value: float) -> str:
        """As Typst mathematics, on one line."""
        return self.write(value).replace("/", " slash ").replace("<", "lt ")


def _decimals(values: FloatArray) -> int | None:
    counts = range(1, _DECIMALS + 1)
    exact = (d for d in counts if np.abs(values - values.round(d)).max() <= _EXACT)
    return next(exact, None)


def _whole(values: FloatArray) -> int | None:
    """The least common denominator, if it is small enough to be read."""
    parts = [Fraction(value).limit_denominator(_LARGEST_WHOLE) for value in values.tolist()]
    whole = lcm(*(part.denominator for part in parts))
    if whole > _LARGEST_WHOLE or np.abs(values - [float(p) for p in parts]).max() > _EXACT:
        return None
    return whole
