"""Pictures that have a name: an edge, a cross, a gradient, a checkerboard."""

from __future__ import annotations

from typing import Literal, TypeAlias, get_args

import numpy as np

from convmath.arrays import IntArray

__all__ = ["PATTERN_NAMES", "PatternName", "pattern"]

PatternName: TypeAlias = Literal["edge", "cross", "gradient", "checker"]

PATTERN_NAMES: tuple[PatternName, ...] = get_args(PatternName)


def pattern(name: PatternName, rows: int, columns: int) -> IntArray:
    """A picture (rows, columns) of whole numbers.

    ``edge`` is 0 at the left and 1 in the right half, ``cross`` 1 in the middle row and column,
    ``gradient`` rises by 1 a column, and ``checker`` has 1 at the upper left, then every other.

    Examples
    --------
    >>> pattern("cross", 3, 3).tolist()
    [[0, 1, 0], [1, 1, 1], [0, 1, 0]]
    >>> pattern("edge", 1, 5).tolist(), pattern("gradient", 1, 3).tolist()
    ([[0, 0, 1, 1, 1]], [[0, 1, 2]])
    """
    row, column = np.indices((rows, columns), dtype=np.int64)
    match name:
        case "edge":
            return np.asarray(column >= columns // 2, dtype=np.int64)
        case "cross":
            return np.asarray((row == rows // 2) | (column == columns // 2), dtype=np.int64)
        case "gradient":
            return column
        case "checker":
            return 1 - (row + column) % 2
