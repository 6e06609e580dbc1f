"""Kernels for pictures, by name: whole weights over a common divisor, so that sums stay exact."""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches

import numpy as np

from convmath.arrays import AnyArray, FloatArray
from convmath.errors import InputError
from convmath.rows import parse_rows

__all__ = ["FILTERS", "Filter", "box", "gaussian", "named_filter", "parse_filter"]

_BALANCED = 1e-9  # of the sum of |weights|: so little is a sum of zero, but for rounding


@dataclass(frozen=True, eq=False)
class Filter:
    """A kernel for pictures.

    Attributes
    ----------
    name
        As it is typed.
    weights
        (k, l), int64 where all are whole.
    divisor
        What the sum of the products is divided by.
    """

    name: str
    weights: AnyArray
    divisor: int = 1

    @property
    def gain(self) -> float:
        """What a flat area is multiplied by: the sum of the weights over the divisor.

        Exactly 0 where the weights balance.
        """
        total, scale = self.weights.sum(), np.abs(self.weights).sum()
        return float(total) / self.divisor if abs(total) > _BALANCED * scale else 0.0

    @property
    def shape(self) -> tuple[int, int]:
        """(rows, columns)."""
        rows, columns = self.weights.shape
        return rows, columns

    @property
    def middle_row(self) -> FloatArray:
        """(l,) the weights of the middle row over the divisor."""
        return np.asarray(self.weights[self.shape[0] // 2] / self.divisor)

    @property
    def symmetric(self) -> bool:
        """Whether it equals its half turn, so that no flip can be seen."""
        return bool(np.array_equal(self.weights, self.weights[::-1, ::-1]))

    def turned(self) -> Filter:
        """The same weights turned by 180°."""
        return replace(self, weights=self.weights[::-1, ::-1])


def box(size: int) -> Filter:
    """The average of size × size neighbours.

    Examples
    --------
    >>> box(3).weights.tolist(), box(3).divisor
    ([[1, 1, 1], [1, 1, 1], [1, 1, 1]], 9)
    """
    return Filter("box", np.ones((size, size), dtype=np.int64), size * size)


def gaussian(sigma: float) -> Filter:
    """The normal density with standard deviation sigma (in pixels) in both directions.

    Sampled up to four standard deviations and divided by its sum, as scipy.ndimage.gaussian_filter
    does.
    """
    radius = int(4 * sigma + 0.5)
    at = np.arange(-radius, radius + 1)
    bell: FloatArray = np.exp(-0.5 * (at / sigma) ** 2)
    bell /= bell.sum()
    return Filter("gaussian", np.outer(bell, bell))


_WEIGHTS = {
    "sobel-x": ((-1, 0, 1), (-2, 0, 2), (-1, 0, 1)),
    "sobel-y": ((-1, -2, -1), (0, 0, 0), (1, 2, 1)),
    "laplacian": ((0, 1, 0), (1, -4, 1), (0, 1, 0)),
    "sharpen": ((0, -1, 0), (-1, 5, -1), (0, -1, 0)),
    "emboss": ((-2, -1, 0), (-1, 1, 1), (0, 1, 2)),
    "edge-pair": ((-1, 1),),
}

FILTERS = ("box", "gaussian", *_WEIGHTS)
"""All names."""


def named_filter(name: str, *, size: int, sigma: float) -> Filter:
    """One of `FILTERS`; ``size`` is the side of a box, ``sigma`` the width of a Gaussian."""
    if name == "box":
        return box(size)
    if name == "gaussian":
        return gaussian(sigma)
    return Filter(name, np.array(_WEIGHTS[name], dtype=np.int64))


def parse_filter(text: str, *, size: int = 3, sigma: float = 1.0) -> Filter:
    """A kernel by its name, or its weights row by row.

    Raises
    ------
    InputError
        If there is no kernel of that name (suggests the nearest), or the rows are not numbers.

    Examples
    --------
    >>> parse_filter("edge-pair").weights.tolist(), parse_filter("1,2; 0,-1").weights.tolist()
    ([[-1, 1]], [[1, 2], [0, -1]])
    """
    name = text.strip().lower()
    if name in FILTERS:
        return named_filter(name, size=size, sigma=sigma)
    if name[:1].isalpha() and "," not in name:
        near = get_close_matches(name, FILTERS, n=1)
        hint = f": did you mean '{near[0]}'?" if near else ""
        accepted = f"{', '.join(FILTERS)}, or weights such as 0,-1,0; -1,5,-1; 0,-1,0"
        raise InputError(f"unknown kernel '{text[:40]}'{hint}", accepted=accepted)
    weights = np.stack([row.values for row in parse_rows(text)])
    if not weights.any():
        raise InputError("all weights are zero", typed=text, accepted="one that is not")
    return Filter(text, weights)
