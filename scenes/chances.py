"""Probabilities as a viewer reads them: so that what is shown adds up, wherever it can."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm
from typing import Self

import numpy as np

from convmath.arrays import FloatArray
from scenes.numerals import number, stripped

__all__ = ["Chances", "equality"]

_EXACT = 1e-9  # what a typed probability may be off
_MOST, _ROUNDED = 4, 3  # decimals
_LARGEST_WHOLE = 999


def equality(exact: bool) -> str:
    """The sign between a formula and its value."""
    return "=" if exact else "≈"


@dataclass(frozen=True)
class Chances:
    """One manner of writing for probabilities, and what is computed of them, that stand together.

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
    def of(
        cls,
        *values: FloatArray,
        fractions: bool | None = None,
        least: int = 1,
        most: int = _MOST,
        rounded: int = _ROUNDED,
    ) -> Self:
        """Decimals if they are exact, then fractions, then ``rounded`` decimals.

        Exact ones are as few as can be, from ``least`` to ``most``. ``fractions`` come first if
        True, and not at all if False.
        """
        together = np.concatenate([np.ravel(part) for part in values])
        decimals = _decimals(together, range(least, most + 1))
        wanted = decimals is None if fractions is None else fractions
        whole = _whole(together) if wanted else None
        if whole is not None:
            return cls(0, whole)
        return cls(decimals or rounded, exact=decimals is not None)

    @property
    def equals(self) -> str:
        """The sign between a formula and its value."""
        return equality(self.exact)

    def holds(self, *values: float) -> bool:
        """Whether none of these is rounded as it is written."""
        scale = self.whole or 10**self.decimals
        return all(abs(v - round(v * scale) / scale) <= _EXACT for v in values)

    def sign(self, *values: float) -> str:
        """The sign between these: the parts of a formula, and its value."""
        return equality(self.holds(*values))

    def write(self, value: float) -> str:
        """In plain words, all of one length but for 0 and 1."""
        if value == 0 or abs(value - 1) <= _EXACT:
            return str(round(value))
        if self.whole:
            return f"{round(value * self.whole)}/{self.whole}"
        if not self.exact and _EXACT < value < 0.5 * 10**-self.decimals:
            return f"<{10**-self.decimals:.{self.decimals}f}"
        return number(value, self.decimals)

    def brief(self, value: float) -> str:
        """In plain words, without trailing zeros."""
        return stripped(self.write(value))

    def at_most(self, decimals: int) -> Self:
        """The same manner where there is room for so many decimals."""
        if self.decimals <= decimals:
            return self
        return replace(self, decimals=decimals, exact=False)

    def told(self, value: float) -> str:
        """In a sentence, where no sign says whether it is rounded."""
        return self.brief(value) if self.holds(value) else f"about {self.brief(value)}"

    def math(self, value: float) -> str:
        """As Typst mathematics, on one line."""
        return self.write(value).replace("/", " slash ").replace("<", "lt ")


def _decimals(values: FloatArray, counts: range) -> int | None:
    exact = (d for d in counts if Chances(d).holds(*values.tolist()))
    return next(exact, None)


def _whole(values: FloatArray) -> int | None:
    """The least common denominator, if it is small enough to be read."""
    parts = [Fraction(value).limit_denominator(_LARGEST_WHOLE) for value in values.tolist()]
    whole = lcm(*(part.denominator for part in parts))
    if whole > _LARGEST_WHOLE or np.abs(values - [float(p) for p in parts]).max() > _EXACT:
        return None
    return whole
