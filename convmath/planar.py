"""Convolution and cross-correlation of two grids of numbers (matrices, images)."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from convmath.arrays import AnyArray
from convmath.discrete import exact_type
from convmath.errors import InputError

__all__ = ["convolve_planar", "correlate_planar", "half_turn", "planar_products", "planar_windows"]


def half_turn(kernel: AnyArray) -> AnyArray:
    """The kernel (k, l) turned by 180°: its rows in reverse order, each of them reversed.

    Examples
    --------
    >>> half_turn(np.array([[1, 2], [3, 4]])).tolist()
    [[4, 3], [2, 1]]
    """
    return kernel[::-1, ::-1]


def planar_windows(x: AnyArray, shape: tuple[int, int]) -> AnyArray:
    """What a kernel of ``shape`` (k, l) covers at each position inside ``x`` (rows, columns).

    Returns
    -------
    (rows − k + 1, columns − l + 1, k, l), by the row and column of the kernel's upper left corner.

    Raises
    ------
    InputError
        If the kernel is larger than the input, or either is not a grid of numbers.
    """
    if x.ndim != 2 or len(shape) != 2 or min(shape) < 1:
        raise InputError("a kernel and its input are grids of numbers, (rows, columns)")
    if shape[0] > x.shape[0] or shape[1] > x.shape[1]:
        raise InputError(
            f"a kernel of {_size(shape)} does not fit into an input of {_size(x.shape)}"
        )
    return np.asarray(sliding_window_view(x, shape))


def planar_products(x: AnyArray, weights: AnyArray) -> AnyArray:
    """What lies on each cell times what lies under it, for every position inside ``x``.

    Returns
    -------
    (rows − k + 1, columns − l + 1, k, l) for weights (k, l); int64, and exact, where all are whole
    numbers and their sums fit, otherwise float64.

    Raises
    ------
    InputError
        See `planar_windows`.
    """
    windows = planar_windows(x, weights.shape)
    kind = exact_type(weights.ravel(), x.ravel())
    return np.asarray(windows.astype(kind) * weights.astype(kind))


def correlate_planar(x: AnyArray, kernel: AnyArray) -> AnyArray:
    """Cross-correlation, where the kernel lies inside the input: the kernel is not turned.

    y[i, j] = Σ_{a, b} K[a, b] x[i + a, j + b], what a convolutional layer computes. For real
    numbers it is scipy.signal.correlate2d(x, kernel, "valid").

    Returns
    -------
    (rows − k + 1, columns − l + 1), exact as in `planar_products`.

    Raises
    ------
    InputError
        See `planar_windows`.

    Examples
    --------
    >>> x, kernel = np.array([[1, 0, 2], [0, 3, 0]]), np.array([[1, 2], [3, 4]])
    >>> correlate_planar(x, kernel).tolist()
    [[13, 13]]
    """
    return np.asarray(planar_products(x, kernel).sum(axis=(2, 3)))


def convolve_planar(x: AnyArray, kernel: AnyArray) -> AnyArray:
    """Convolution, where the kernel lies inside the input: it is turned by 180° first.

    y[i, j] = Σ_{a, b} K[a, b] x[i + k − 1 − a, j + l − 1 − b] for a kernel (k, l), which is
    scipy.signal.convolve2d(x, kernel, "valid").

    Returns
    -------
    (rows − k + 1, columns − l + 1), exact as in `planar_products`.

    Raises
    ------
    InputError
        See `planar_windows`.

    Examples
    --------
    >>> x, kernel = np.array([[1, 0, 2], [0, 3, 0]]), np.array([[1, 2], [3, 4]])
    >>> convolve_planar(x, kernel).tolist()
    [[7, 12]]
    """
    return correlate_planar(x, half_turn(kernel))


def _size(shape: tuple[int, ...]) -> str:
    return " × ".join(map(str, shape))
