"""Convolution and correlation with a fixed kernel as a matrix: weights repeated along diagonals."""

from __future__ import annotations

from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from convmath.arrays import AnyArray, IntArray
from convmath.errors import InputError

__all__ = ["MatrixMode", "convolution_matrix", "correlation_matrix", "taps"]

MatrixMode: TypeAlias = Literal["valid", "full"]
"""``valid``: rows whose window lies inside the input; ``full``: all that touch it."""


def correlation_matrix(w: ArrayLike, size: int, *, mode: MatrixMode = "valid") -> AnyArray:
    """The matrix W with W x = numpy.correlate(x, w, mode) for every x of ``size`` numbers.

    Row n holds w_0, w_1, … from column n on: W_{n,i} = w_{i−n} (``full``: from column n − k + 1 on,
    as far as there are columns). This is what a convolutional layer computes: no flip.

    Parameters
    ----------
    w
        (k,) the kernel.

    Returns
    -------
    (n_out, size) with n_out = size − k + 1 (``valid``) or size + k − 1 (``full``), of w's type.

    Raises
    ------
    InputError
        If there is no kernel, no input, or (``valid``) the kernel is longer than the input.

    Examples
    --------
    >>> correlation_matrix([1, 2, -1], 4)
    array([[ 1,  2, -1,  0],
           [ 0,  1,  2, -1]])
    """
    return _placed(w, size, mode, flip=False)


def convolution_matrix(w: ArrayLike, size: int, *, mode: MatrixMode = "valid") -> AnyArray:
    """The matrix C with C x = numpy.convolve(x, w, mode) for every x of ``size`` numbers.

    As `correlation_matrix`, but each row holds the kernel reversed. ``full`` is the Toeplitz matrix
    with C_{n,i} = w_{n−i}.

    Examples
    --------
    >>> convolution_matrix([1, 2, -1], 2, mode="full")
    array([[ 1,  0],
           [ 2,  1],
           [-1,  2],
           [ 0, -1]])
    """
    return _placed(w, size, mode, flip=True)


def taps(length: int, size: int, *, mode: MatrixMode = "valid", flip: bool = False) -> IntArray:
    """Which weight stands where, (n_out, size): j for w_j, −1 where there is none.

    Raises
    ------
    InputError
        See `correlation_matrix`.

    Examples
    --------
    >>> taps(3, 4)
    array([[ 0,  1,  2, -1],
           [-1,  0,  1,  2]])
    """
    if length < 1 or size < 1:
        raise InputError("a matrix needs at least one weight and one input")
    if mode == "valid" and length > size:
        raise InputError(f"{length} weights are more than the {size} inputs that they move along")
    hang = length - 1 if mode == "full" else 0  # places of the first window before the input
    rows = np.arange(size + 2 * hang - length + 1, dtype=np.int64)
    offset = np.arange(size, dtype=np.int64) - rows[:, None] + hang
    weight = length - 1 - offset if flip else offset
    return np.where((offset >= 0) & (offset < length), weight, -1)


def _placed(w: ArrayLike, size: int, mode: MatrixMode, *, flip: bool) -> AnyArray:
    weights = np.asarray(w)
    if weights.ndim != 1:
        raise InputError("a kernel is a row of numbers")
    tap = taps(weights.size, size, mode=mode, flip=flip)
    return np.where(tap >= 0, weights[tap], weights.dtype.type(0))
