"""Numbers held against others that were found in another way."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from convmath.arrays import AnyArray, FloatArray

__all__ = ["Check", "agreement", "chord_error"]

_NARROW = 1e-9  # of its span: steps of a polyline that are vertical but for rounding


@dataclass(frozen=True)
class Check:
    """One number that must not exceed its tolerance.

    Examples
    --------
    >>> Check("output against quad", 3e-13, 1e-9).passed
    True
    """

    name: str
    value: float
    tolerance: float

    @property
    def passed(self) -> bool:
        """Whether the value is within tolerance (NaN never is)."""
        return self.value <= self.tolerance


def agreement(
    name: str, *pairs: tuple[Any, Any], scale: float = 1.0, tolerance: float = 0.0
) -> Check:
    """The largest difference in any of the pairs, each found and expected, in parts of ``scale``.

    It is infinite where shapes differ, or where one side alone is NaN or infinite.

    Examples
    --------
    >>> agreement("squares", ([1, 4, 9], np.arange(1, 4) ** 2), ([1.0], [1.5])).value
    0.5
    >>> agreement("gaps", ([1.0, np.nan], [1.0, np.nan])).passed
    True
    """
    return Check(name, max(_gap(found, expected) for found, expected in pairs) / scale, tolerance)


def _gap(found: Any, expected: Any) -> float:
    one, other = (_numbers(value) for value in (found, expected))
    if one.shape != other.shape:
        return math.inf
    same = (one == other) | (np.isnan(one) & np.isnan(other))
    with np.errstate(invalid="ignore"):
        gap = np.where(same, 0, np.abs(one - other))
    return float(np.where(np.isnan(gap), np.inf, gap).max(initial=0))


def _numbers(value: Any) -> AnyArray:
    """As an array; true is 1 and false 0."""
    array = np.asarray(value)
    return array.astype(np.int64) if array.dtype.kind == "b" else array


def chord_error(line: FloatArray, curve: Callable[[FloatArray], FloatArray]) -> float:
    """How far the middle of any chord of a polyline (m, 2) is from its curve, in parts of the peak.

    Vertical edges are passed over; infinite where the line goes backwards.

    Examples
    --------
    >>> chord_error(np.array([[0.0, 0.0], [1.0, 1.0], [2.0, 4.0]]), np.square)
    0.0625
    """
    step = np.diff(line, axis=0)
    if (step[:, 0] < 0).any() or not np.isfinite(line).all():
        return math.inf
    wide = step[:, 0] > _NARROW * np.ptp(line[:, 0])
    t, y = (line[:-1] + step / 2)[wide].T
    peak = float(np.abs(line[:, 1]).max()) or 1.0
    return float(np.abs(y - curve(t)).max(initial=0.0)) / peak
