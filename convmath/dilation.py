"""A kernel with gaps between its weights: its outputs, and what one and two such layers see."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from convmath.arrays import AnyArray, IntArray
from convmath.checks import Check, agreement
from convmath.frames import Frames
from convmath.grid import convolve_layer, correlate_layer
from convmath.grid_frames import sweep_grid

__all__ = ["DilatedKernel", "DilationStep", "dilate", "seen_by", "spread", "verify_dilation"]


@dataclass(frozen=True, eq=False)
class DilationStep:
    """One position of a `DilatedKernel`."""

    position: int
    row: int
    column: int
    window: AnyArray  # (k, l)
    product: AnyArray  # (k, l)
    output: int | float
    between: int | float


@dataclass(frozen=True, eq=False)
class DilatedKernel(Frames[DilationStep]):
    """One kernel with gaps over one grid (rows, columns), without padding, with stride 1.

    Numbers are int64, and exact, where input and kernel are whole numbers; otherwise float64.

    Attributes
    ----------
    position
        (n,) int64, 0, 1, …, row by row.
    row, column
        (n,) int64, of the output, and of the input's cell under the first weight.
    window, product
        (n, k, l) what lies under the weights, and each weight times it.
    output
        (n,) the sum of the products.
    between
        (n,) the output of the kernel ``spread``, which has no gaps but zeros.
    input, kernel
        (rows, columns), (k, l) as they were given.
    spread
        (d(k − 1) + 1, d(l − 1) + 1) the kernel with zeros between its weights.
    uses
        (rows, columns) int64, at how many positions a weight lies on each cell of the input.
    dense, growing, constant
        In how many ways each cell of the input counts for one output of two layers, int64: without
        gaps, with gaps in the second one, with gaps in both. Each is as large as what the output
        spans: (k − 1)(d₁ + d₂) + 1 cells in each dimension.
    dilation
        Cells from one weight to the next.
    """

    step = DilationStep

    position: IntArray
    row: IntArray
    column: IntArray
    window: AnyArray
    product: AnyArray
    output: AnyArray
    between: AnyArray
    input: AnyArray
    kernel: AnyArray
    spread: AnyArray
    uses: IntArray
    dense: IntArray
    growing: IntArray
    constant: IntArray
    dilation: int


def spread(kernel: AnyArray, dilation: int) -> AnyArray:
    """The kernel (k, l) with dilation − 1 zeros between neighbouring weights.

    Examples
    --------
    >>> spread(np.array([[1, 2], [3, 4]]), 2).tolist()
    [[1, 0, 2], [0, 0, 0], [3, 0, 4]]
    """
    sizes = [dilation * (k - 1) + 1 for k in kernel.shape]
    wide = np.zeros(sizes, dtype=kernel.dtype)
    wide[::dilation, ::dilation] = kernel
    return wide


def seen_by(kernel: tuple[int, int], dilations: tuple[int, ...]) -> IntArray:
    """In how many ways each cell counts for one output of layers with these dilations, int64.

    A way is one weight from each layer. The array is the receptive field of the output: Σ d(k − 1)
    + 1 cells in each dimension. Source: W. Luo et al., Understanding the effective receptive
    field, 2016.

    Examples
    --------
    >>> seen_by((1, 3), (1, 1)).tolist(), seen_by((1, 3), (1, 2)).tolist()
    ([[1, 2, 3, 2, 1]], [[1, 1, 2, 1, 2, 1, 1]])
    """
    ways = np.ones((1, 1, 1), dtype=np.int64)
    weights = np.ones((1, 1, *kernel), dtype=np.int64)
    for dilation in dilations:
        ways = convolve_layer(ways, weights, padding="full", dilation=dilation)
    return np.asarray(ways[0])


def dilate(x: AnyArray, kernel: AnyArray, dilation: int) -> DilatedKernel:
    """Frames of a kernel (k, l) with gaps over a grid (rows, columns): a cross-correlation.

    Raises
    ------
    InputError
        If the dilation is below 1, or the kernel with its gaps is larger than the grid.

    Examples
    --------
    >>> frames = dilate(np.array([[1, 2, 4, 8]]), np.array([[1, 10]]), 2)
    >>> frames.output.tolist(), frames.between.tolist(), frames.spread.tolist()
    ([41, 82], [41, 82], [[1, 0, 10]])
    """
    sweep = sweep_grid(x[None], kernel[None, None], dilation=dilation)
    wide = spread(kernel, dilation)
    sizes = (kernel.shape[0], kernel.shape[1])
    return DilatedKernel(
        position=sweep.position,
        row=sweep.cell[:, 0],
        column=sweep.cell[:, 1],
        window=sweep.window[:, 0],
        product=sweep.product[:, 0, 0],
        output=sweep.output[:, 0],
        between=correlate_layer(x[None], wide[None, None])[0].ravel(),
        input=x,
        kernel=kernel,
        spread=wide,
        uses=sweep.uses,
        dense=seen_by(sizes, (1, 1)),
        growing=seen_by(sizes, (1, dilation)),
        constant=seen_by(sizes, (dilation, dilation)),
        dilation=dilation,
    )


_TOLERANCE = 1e-12  # of the largest sum of |products|


def verify_dilation(frames: DilatedKernel) -> tuple[Check, ...]:
    """Hold outputs and receptive fields against SciPy, with a kernel spread by numpy.kron.

    SciPy is imported on demand.
    """
    from scipy.signal import convolve2d, correlate2d  # type: ignore[import-untyped]

    d = frames.dilation
    unit = np.zeros((d, d), dtype=np.int64)
    unit[0, 0] = 1
    wide, ones = (_apart(w, unit) for w in (frames.kernel, np.ones_like(frames.kernel)))
    expected = correlate2d(frames.input, wide, "valid")
    scale = float(np.abs(frames.kernel).sum() * np.abs(frames.input).max()) or 1.0
    near = np.ones(frames.kernel.shape)
    pairs = {
        "dilated output against scipy": (frames.output, expected.ravel(), scale),
        "output with zeros between against scipy": (frames.between, expected.ravel(), scale),
        "the kernel with zeros between": (frames.spread, wide, scale),
        "uses of each cell": (frames.uses, convolve2d(np.ones(expected.shape), ones), 1.0),
        "two layers without gaps": (frames.dense, convolve2d(near, near), 1.0),
        "two layers, the second with gaps": (frames.growing, convolve2d(near, ones), 1.0),
        "two layers with gaps": (frames.constant, convolve2d(ones, ones), 1.0),
    }
    return (
        *(
            agreement(name, (found, other), scale=size, tolerance=_TOLERANCE)
            for name, (found, other, size) in pairs.items()
        ),
        agreement("places of the kernel", *_places(frames, expected.shape)),
    )


def _places(frames: DilatedKernel, sizes: tuple[int, ...]) -> tuple[tuple[AnyArray, AnyArray], ...]:
    """Pairs: positions that go row by row, what lies there under the weights, and the products."""
    places = np.argwhere(np.ones(sizes))
    weights = frames.dilation * np.argwhere(np.ones(frames.kernel.shape))
    under = places[:, None] + weights
    window = frames.input[under[..., 0], under[..., 1]]
    products = frames.window.reshape(window.shape) * frames.kernel.ravel()
    return (
        (frames.position, np.arange(len(places))),
        (np.stack([frames.row, frames.column], axis=1), places),
        (frames.window.reshape(window.shape), window),
        (frames.product.reshape(window.shape), products),
    )


def _apart(kernel: AnyArray, unit: IntArray) -> AnyArray:
    """Each weight in the corner of a block of zeros, without what lies behind the last ones."""
    less = len(unit) - 1
    blocks = np.kron(kernel, unit)
    return np.asarray(blocks[: blocks.shape[0] - less, : blocks.shape[1] - less])
