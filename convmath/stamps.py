"""A transposed layer: every input cell stamps the kernel onto a canvas, and stamps add up.

The names are those of PyTorch's ``conv_transpose2d``, of one channel: the stamps are ``stride``
cells apart, ``padding`` is cut off on each side, ``output_padding`` is kept at the end.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from convmath.arrays import AnyArray, IntArray
from convmath.discrete import exact_type
from convmath.frames import Frames
from convmath.grid import correlate_layer, transposed_layer

__all__ = ["Manner", "StampStep", "Stamps", "layer_matrix", "overlaps_of", "stamp"]


@dataclass(frozen=True)
class Manner:
    """How the stamps are set, the same in both dimensions; see the module."""

    stride: int = 1
    padding: int = 0
    output_padding: int = 0
    dilation: int = 1


@dataclass(frozen=True, eq=False)
class StampStep:
    """One input cell of `Stamps`."""

    position: int
    row: int
    column: int
    corner: IntArray  # (2,)
    value: int | float
    stamp: AnyArray  # (k, l)
    running: AnyArray  # (*canvas)
    covered: IntArray  # (*canvas)


@dataclass(frozen=True, eq=False)
class Stamps(Frames[StampStep]):
    """A kernel (k, l) stamped by each cell of a grid (rows, columns), row by row.

    The canvas has (rows − 1)·stride + dilation·(k − 1) + 1 + output padding rows, and so many
    columns; the output is the canvas without ``padding`` rows and columns on each side. Numbers
    are int64, and exact, where input and kernel are whole numbers; otherwise float64.

    Attributes
    ----------
    position
        (n,) int64, 0, 1, …
    row, column
        (n,) int64, of the input.
    corner
        (n, 2) int64, the canvas' cell under the kernel's first weight.
    value, stamp
        (n,) the input's number there, and (n, k, l) the kernel times it.
    running, covered
        (n, *canvas) the sum of the stamps so far, and, int64, how many lie on each cell.
    input, kernel
        As they were given.
    output, overlaps
        (*out) the sum of all stamps, and, int64, how many of them lie on each cell.
    shares_down, shares_across
        (stride,) int64, on how many weights a cell far from the edge lies, by its remainder modulo
        the stride. If they differ, the overlaps do: the checkerboard.
    other_kernel, other_overlaps
        (2,) int64 and (rows, columns): the same count for a larger kernel that is divisible by the
        stride, or by one more if this one is.
    matrix
        (n, n') of the layer of which this is the transpose, in one dimension: n' numbers in, n out.
    matrix_weights, matrix_input, matrix_output
        A row of the kernel and of the input (a column, if the input is higher than wide), (k,) and
        (n,), and (n',) the transposed matrix times it.
    bright, seen, back
        (*out) a single 1, (rows, columns) what the layer makes of it, and (*out) what the
        transposed layer makes of that.
    difference
        (*out) ``back`` − ``bright``.
    stride, padding, output_padding, dilation
        See the module.
    """

    step = StampStep

    position: IntArray
    row: IntArray
    column: IntArray
    corner: IntArray
    value: AnyArray
    stamp: AnyArray
    running: AnyArray
    covered: IntArray
    input: AnyArray
    kernel: AnyArray
    output: AnyArray
    overlaps: IntArray
    shares_down: IntArray
    shares_across: IntArray
    other_kernel: IntArray
    other_overlaps: IntArray
    matrix: AnyArray
    matrix_weights: AnyArray
    matrix_input: AnyArray
    matrix_output: AnyArray
    bright: AnyArray
    seen: AnyArray
    back: AnyArray
    difference: AnyArray
    stride: int
    padding: int
    output_padding: int
    dilation: int

    @property
    def canvas(self) -> tuple[int, int]:
        """(rows, columns) with what the padding cuts off."""
        _, rows, columns = self.running.shape
        return rows, columns


def stamp(x: AnyArray, kernel: AnyArray, manner: Manner) -> Stamps:
    """Frames of a transposed layer with one kernel (k, l) over a grid (rows, columns).

    Raises
    ------
    InputError
        See `convmath.grid.transposed_layer`.

    Examples
    --------
    >>> frames = stamp(np.array([[1, 2]]), np.array([[1, 1, 5]]), Manner(stride=2))
    >>> frames.stamp[1].tolist(), frames.output.tolist(), frames.overlaps.tolist()
    ([[2, 2, 10]], [[1, 1, 7, 2, 10]], [[1, 1, 2, 1, 1]])
    """
    s, p, d = manner.stride, manner.padding, manner.dilation
    output = _transposed(x, kernel, manner)
    cells = np.argwhere(np.ones(x.shape, dtype=bool))
    kind = exact_type(kernel.ravel(), x.ravel())
    stamps = x.reshape(-1, 1, 1).astype(kind) * kernel.astype(kind)
    running, covered = _running(stamps, s * cells, [n + 2 * p for n in output.shape], d)
    shares = [_shares(k, s, d) for k in kernel.shape]
    other = _other(kernel.shape, s)
    line, weights = _fullest_rows(x, kernel)
    matrix = layer_matrix(len(line), weights, manner)
    bright = np.zeros(output.shape, dtype=np.int64)
    bright[tuple((n - 1) // 2 for n in output.shape)] = 1
    layer = correlate_layer(bright[None], kernel[None, None], padding=p, stride=s, dilation=d)
    seen = layer[0, : x.shape[0], : x.shape[1]]
    back = _transposed(seen, kernel, manner)
    return Stamps(
        position=np.arange(x.size, dtype=np.int64),
        row=cells[:, 0],
        column=cells[:, 1],
        corner=s * cells,
        value=x.ravel(),
        stamp=stamps,
        running=running,
        covered=covered,
        input=x,
        kernel=kernel,
        output=output,
        overlaps=overlaps_of(x.shape, kernel.shape, manner),
        shares_down=shares[0],
        shares_across=shares[1],
        other_kernel=other,
        other_overlaps=overlaps_of(x.shape, tuple(other.tolist()), Manner(s, p, 0, d)),
        matrix=matrix,
        matrix_weights=weights,
        matrix_input=line,
        matrix_output=matrix.T @ line,
        bright=bright,
        seen=seen,
        back=back,
        difference=back - bright,
        stride=s,
        padding=p,
        output_padding=manner.output_padding,
        dilation=d,
    )


def _transposed(x: AnyArray, kernel: AnyArray, manner: Manner) -> AnyArray:
    layer = transposed_layer(
        x[None],
        kernel[None, None],
        stride=manner.stride,
        padding=manner.padding,
        output_padding=manner.output_padding,
        dilation=manner.dilation,
    )
    return np.asarray(layer[0])


def _running(
    stamps: AnyArray, corners: IntArray, canvas: list[int], dilation: int
) -> tuple[AnyArray, IntArray]:
    """The sum of the stamps, and their number, on each cell so far: (n, *canvas) both."""
    single = np.zeros((len(stamps), *canvas), dtype=stamps.dtype)
    marks = np.zeros(single.shape, dtype=np.int64)
    k, w = stamps.shape[1:]
    rows, columns = dilation * np.arange(k)[:, None], dilation * np.arange(w)
    for n, (row, column) in enumerate(corners):
        single[n, row + rows, column + columns] = stamps[n]
        marks[n, row + rows, column + columns] = 1
    return single.cumsum(axis=0), marks.cumsum(axis=0)


def overlaps_of(sizes: tuple[int, ...], kernel: tuple[int, ...], manner: Manner) -> IntArray:
    """How many stamps lie on each cell of the output, int64: a transposed layer of ones.

    Examples
    --------
    >>> overlaps_of((1, 4), (1, 3), Manner(stride=2)).tolist()
    [[1, 1, 2, 1, 2, 1, 2, 1, 1]]
    """
    ones = np.ones(sizes, dtype=np.int64), np.ones(kernel, dtype=np.int64)
    return _transposed(*ones, manner)


def _shares(k: int, stride: int, dilation: int) -> IntArray:
    """(stride,) how many of k weights lie on each remainder of the cells."""
    return np.bincount(dilation * np.arange(k) % stride, minlength=stride)


def _other(kernel: tuple[int, ...], stride: int) -> IntArray:
    """The next sizes that the stride divides; one more if it divides these."""
    uneven = any(k % stride for k in kernel)
    sizes = [k + -k % stride if uneven else k + 1 for k in kernel]
    return np.array(sizes, dtype=np.int64)


def _fullest_rows(x: AnyArray, kernel: AnyArray) -> tuple[AnyArray, AnyArray]:
    """The row of each with the fewest zeros; a column, where x is higher than wide."""
    if x.shape[0] > x.shape[1]:
        x, kernel = x.T, kernel.T
    line, weights = (grid[np.count_nonzero(grid, axis=1).argmax()] for grid in (x, kernel))
    return line, weights


def layer_matrix(n: int, weights: AnyArray, manner: Manner) -> AnyArray:
    """The matrix (n, n') of a layer in one dimension that makes n numbers of n'.

    Row i has the weights (k,) where window i lies: on cell s·i + d·a − p for weight a. n' is
    `convmath.grid.transposed_size` of n.

    Examples
    --------
    >>> layer_matrix(2, np.array([1, 2, 3]), Manner(stride=2)).tolist()
    [[1, 2, 3, 0, 0], [0, 0, 1, 2, 3]]
    """
    s, p, d = manner.stride, manner.padding, manner.dilation
    reach = (n - 1) * s + d * (len(weights) - 1) + 1 + manner.output_padding
    wide = np.zeros((n, reach), dtype=weights.dtype)
    for i in range(n):
        wide[i, s * i + d * np.arange(len(weights))] = weights
    return wide[:, p : reach - p]
