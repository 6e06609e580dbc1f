"""A kernel and its half turn over one input: correlation, convolution, and which are equal."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from convmath.arrays import AnyArray, IntArray
from convmath.checks import Check, agreement
from convmath.frames import Frames
from convmath.planar import (
    convolve_planar,
    correlate_planar,
    half_turn,
    planar_products,
    planar_windows,
)

__all__ = ["KernelTurn", "TurnStep", "diagonal_blur", "turn_kernel", "verify_turn"]

_TOLERANCE = 1e-12  # of the largest sum of |products|: a few dozen rounded terms


@dataclass(frozen=True, eq=False)
class TurnStep:
    """One position of a `KernelTurn`."""

    position: int
    row: int
    column: int
    window: AnyArray  # (k, l)
    correlation_product: AnyArray  # (k, l)
    convolution_product: AnyArray  # (k, l)
    correlation: int | float
    convolution: int | float
    turned_convolution: int | float


@dataclass(frozen=True, eq=False)
class KernelTurn(Frames[TurnStep]):
    """K over x at every position, row by row: as it is (correlation) and turned (convolution).

    All numbers are int64, and exact, where kernel and input are whole numbers and the sums fit;
    otherwise those that depend on a fraction are float64.

    Attributes
    ----------
    position
        (n,) int64, 0, 1, …, row by row.
    row, column
        (n,) int64, of the kernel's upper left corner on the input.
    window
        (n, k, l) what the kernel covers.
    correlation_product
        (n, k, l) K[a, b] times what it covers.
    convolution_product
        (n, k, l) the turned kernel, K[k − 1 − a, l − 1 − b], times what it covers.
    correlation, convolution, turned_convolution
        (n,) x correlated with K, x convolved with K, and x convolved with the turned K.
    input
        (rows, columns) x.
    kernel
        (k, l) K.
    left_right, up_down
        (k, l) its columns in reverse order; its rows in reverse order.
    turned
        (k, l) its half turn.
    quarter, transposed
        (l, k) turned by 90° clockwise; rows and columns exchanged.
    symmetric
        (p, q) another kernel.
    symmetric_correlation, symmetric_convolution, symmetric_turned_convolution
        (rows − p + 1, columns − q + 1) each, of x with that kernel.
    """

    step = TurnStep

    position: IntArray
    row: IntArray
    column: IntArray
    window: AnyArray
    correlation_product: AnyArray
    convolution_product: AnyArray
    correlation: AnyArray
    convolution: AnyArray
    turned_convolution: AnyArray
    input: AnyArray
    kernel: AnyArray
    left_right: AnyArray
    up_down: AnyArray
    turned: AnyArray
    quarter: AnyArray
    transposed: AnyArray
    symmetric: AnyArray
    symmetric_correlation: AnyArray
    symmetric_convolution: AnyArray
    symmetric_turned_convolution: AnyArray

    @property
    def map_shape(self) -> tuple[int, int]:
        """(rows, columns) of the maps that the steps fill."""
        return int(self.row[-1]) + 1, int(self.column[-1]) + 1

    @property
    def differs(self) -> AnyArray:
        """(n,) bool: where convolution and correlation with K are not equal but for rounding."""
        slack = 0.0 if self.correlation.dtype.kind == "i" else _TOLERANCE * _scale(self)
        return np.asarray(np.abs(self.convolution - self.correlation) > slack)


def diagonal_blur(size: int) -> IntArray:
    """A kernel (size, size) equal to its half turn, though not to its left-right flip.

    From size 3 on it is not equal to its transpose either.

    Examples
    --------
    >>> diagonal_blur(3).tolist()
    [[2, 1, 0], [2, 3, 2], [0, 1, 2]]
    """
    at = np.arange(size, dtype=np.int64)
    diagonal = np.maximum(2 - np.abs(at[:, None] - at), 0)
    middle = np.minimum(at, at[::-1]) == (size - 1) // 2
    return np.asarray(diagonal + (middle[:, None] & (diagonal > 0)))


def turn_kernel(kernel: AnyArray, x: AnyArray, symmetric: AnyArray) -> KernelTurn:
    """Frames of a kernel (k, l) and of a symmetric one (p, q) over an input (rows, columns).

    That ``symmetric`` equals its half turn is not asked for; `verify_turn` finds it out.

    Raises
    ------
    InputError
        If a kernel is larger than the input.

    Examples
    --------
    >>> kernel, x = np.array([[1, 2], [3, 4]]), np.array([[1, 0, 2], [0, 3, 0]])
    >>> frames = turn_kernel(kernel, x, np.ones((2, 2)))
    >>> frames.correlation.tolist(), frames.convolution.tolist(), frames.turned_convolution.tolist()
    ([13, 13], [7, 12], [13, 13])
    """
    turned = half_turn(kernel)
    rows, columns = planar_windows(x, kernel.shape).shape[:2]
    position = np.arange(rows * columns, dtype=np.int64)
    each = (position.size, *kernel.shape)
    return KernelTurn(
        position=position,
        row=position // columns,
        column=position % columns,
        window=planar_windows(x, kernel.shape).reshape(each),
        correlation_product=planar_products(x, kernel).reshape(each),
        convolution_product=planar_products(x, turned).reshape(each),
        correlation=correlate_planar(x, kernel).ravel(),
        convolution=convolve_planar(x, kernel).ravel(),
        turned_convolution=convolve_planar(x, turned).ravel(),
        input=x,
        kernel=kernel,
        left_right=kernel[:, ::-1],
        up_down=kernel[::-1],
        turned=turned,
        quarter=np.rot90(kernel, -1),
        transposed=kernel.T,
        symmetric=symmetric,
        symmetric_correlation=correlate_planar(x, symmetric),
        symmetric_convolution=convolve_planar(x, symmetric),
        symmetric_turned_convolution=convolve_planar(x, half_turn(symmetric)),
    )


def verify_turn(frames: KernelTurn) -> tuple[Check, ...]:
    """Hold every map against scipy.signal, and the maps that should be equal against each other.

    SciPy is imported on demand.
    """
    from scipy.signal import convolve2d, correlate2d  # type: ignore[import-untyped]

    x, kernel, symmetric = frames.input, frames.kernel, frames.symmetric
    turned = np.rot90(kernel, 2)
    exact = all(v.dtype.kind == "i" for v in (x, kernel, symmetric))
    tolerance = 0.0 if exact else _TOLERANCE
    scale = 1.0 if exact else max(_scale(frames), 1e-300)
    pairs = {
        "correlation against scipy.signal.correlate2d": (
            frames.correlation,
            correlate2d(x, kernel, "valid").ravel(),
        ),
        "convolution against scipy.signal.convolve2d": (
            frames.convolution,
            convolve2d(x, kernel, "valid").ravel(),
        ),
        "convolution with the half turn against scipy.signal.convolve2d": (
            frames.turned_convolution,
            convolve2d(x, turned, "valid").ravel(),
        ),
        "symmetric kernel against scipy.signal.convolve2d": (
            frames.symmetric_convolution,
            convolve2d(x, symmetric, "valid"),
        ),
        "convolution with the half turn is correlation": (
            frames.turned_convolution,
            frames.correlation,
        ),
        "with a symmetric kernel convolution is correlation": (
            frames.symmetric_convolution,
            frames.symmetric_correlation,
        ),
        "symmetric kernel turned, against scipy.signal.correlate2d": (
            frames.symmetric_turned_convolution,
            correlate2d(x, symmetric, "valid"),
        ),
        "products add up to the correlation": (
            frames.correlation_product.sum(axis=(1, 2)),
            frames.correlation,
        ),
        "products add up to the convolution": (
            frames.convolution_product.sum(axis=(1, 2)),
            frames.convolution,
        ),
    }
    return (
        *(agreement(name, pair, scale=scale, tolerance=tolerance) for name, pair in pairs.items()),
        agreement("places of the kernel, and products", *_steps(frames)),
        agreement("mirrored and turned kernels", *_turns(frames)),
    )


def _steps(frames: KernelTurn) -> list[tuple[AnyArray, AnyArray]]:
    """Pairs: positions row by row, what lies there under the kernel, and both products."""
    k, w = frames.kernel.shape
    rows, columns = frames.input.shape
    places = np.argwhere(np.ones((rows - k + 1, columns - w + 1)))
    under = np.stack([frames.input[i : i + k, j : j + w] for i, j in places])
    turned = np.rot90(frames.kernel, 2)
    return [
        (frames.position, np.arange(len(places))),
        (np.stack([frames.row, frames.column], axis=1), places),
        (frames.window, under),
        (frames.correlation_product, np.einsum("nab,ab->nab", under, frames.kernel)),
        (frames.convolution_product, np.einsum("nab,ab->nab", under, turned)),
    ]


def _turns(frames: KernelTurn) -> list[tuple[AnyArray, AnyArray]]:
    """Pairs: the kernel moved about, weight by weight."""
    k, w = frames.kernel.shape
    a, b = np.indices((k, w))
    c, d = np.indices((w, k))
    return [
        (frames.left_right, frames.kernel[a, w - 1 - b]),
        (frames.up_down, frames.kernel[k - 1 - a, b]),
        (frames.turned, frames.kernel[k - 1 - a, w - 1 - b]),
        (frames.quarter, frames.kernel[k - 1 - d, c]),
        (frames.transposed, frames.kernel[d, c]),
    ]


def _scale(frames: KernelTurn) -> float:
    """The largest sum of |products| that any kernel here can have."""
    weights = max(np.abs(kernel).sum() for kernel in (frames.kernel, frames.symmetric))
    return float(weights * np.abs(frames.input).max())
