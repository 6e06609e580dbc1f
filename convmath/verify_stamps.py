"""Stamps held against SciPy: the input with zeros between, convolved, and a matrix transposed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from convmath.arrays import AnyArray
from convmath.checks import Check, agreement
from convmath.stamps import Stamps

__all__ = ["verify_stamps"]

_TOLERANCE = 1e-12  # of the largest sum of |products|


def verify_stamps(frames: Stamps) -> tuple[Check, ...]:
    """Hold stamps, output, overlaps, matrix and the way there and back against other methods.

    SciPy is imported on demand.
    """
    x, kernel = frames.input, frames.kernel
    weight = float(np.abs(kernel).sum()) or 1.0
    scale = weight * float(np.abs(x).max()) or 1.0
    ones = np.ones_like(x), np.ones_like(kernel)
    layer = _layer(frames, frames.bright)
    line, weights = _one_row(frames)
    rows = np.stack([_stretched(frames, unit, weights) for unit in np.eye(len(line), dtype=int)])
    pairs = {
        "output against scipy.signal.convolve2d": (frames.output, _by_scipy(frames, x), scale),
        "the stamps add up to the output": (_cut(frames, frames.running[-1]), frames.output, scale),
        "overlaps against scipy": (frames.overlaps, _by_scipy(frames, *ones), 1.0),
        "the matrix, transposed, is the layer of one row": (
            frames.matrix.T @ frames.matrix_input,
            _stretched(frames, line, weights),
            scale,
        ),
        "the matrix, row by row, by numpy.convolve": (frames.matrix, rows, weight),
        "what the matrix makes of the row": (
            frames.matrix_output,
            _stretched(frames, line, weights),
            scale,
        ),
        "what the layer sees against scipy": (frames.seen, layer, weight),
        "the way back against scipy": (frames.back, _by_scipy(frames, layer), weight**2),
        "difference of the way back": (
            frames.difference + frames.bright,
            _by_scipy(frames, layer),
            weight**2,
        ),
        "transposed: both pair up to the same": (
            np.array((frames.output * _probe(frames)).sum()),
            np.array((x * _layer(frames, _probe(frames))).sum()),
            scale * x.size * frames.output.size,
        ),
    }
    return (
        *(
            agreement(name, (found, other), scale=measure, tolerance=_TOLERANCE)
            for name, (found, other, measure) in pairs.items()
        ),
        agreement(
            "row of the matrix", (frames.matrix_input, line), (frames.matrix_weights, weights)
        ),
        *_stamp_checks(frames, scale),
        agreement("shares of the weights", *_share_pairs(frames)),
    )


def _stamp_checks(frames: Stamps, scale: float) -> tuple[Check, ...]:
    """Every stamp, where it lies, and what has come together after it."""
    x, kernel = frames.input, frames.kernel
    cells = np.argwhere(np.ones(x.shape))
    stamps = np.kron(x.reshape(-1, 1, 1), kernel[None])
    before = np.tri(x.size, dtype=np.int64).reshape(-1, *x.shape)  # the cells up to each one
    sums = np.stack([_canvas(frames, x * some, kernel) for some in before])
    counts = np.stack([_canvas(frames, some, np.ones_like(kernel)) for some in before])
    return (
        agreement(
            "places of the stamps",
            (frames.position, np.arange(x.size)),
            (np.stack([frames.row, frames.column], axis=1), cells),
            (frames.corner, frames.stride * cells),
            (frames.value, x[frames.row % len(x), frames.column % len(x[0])]),
        ),
        agreement(
            "stamps, and their sums one by one, against scipy",
            (frames.stamp, stamps),
            (frames.running, sums),
            (frames.covered, counts),
            scale=scale,
            tolerance=_TOLERANCE,
        ),
    )


def _share_pairs(frames: Stamps) -> tuple[tuple[AnyArray, AnyArray], ...]:
    """Pairs: shares of this kernel's weights by remainder; sizes and overlaps of the other one."""
    s, sizes = frames.stride, np.array(frames.kernel.shape)
    other = -(-sizes // s) * s if (sizes % s).any() else sizes + 1
    ones = np.ones_like(frames.input), np.ones(other, dtype=np.int64)
    alone = replace(frames, output_padding=0)
    return (
        (frames.shares_down, _shares(frames, 0)),
        (frames.shares_across, _shares(frames, 1)),
        (frames.other_kernel, other),
        (frames.other_overlaps, _by_scipy(alone, *ones)),
    )


def _shares(frames: Stamps, axis: int) -> AnyArray:
    """(stride,) how many weights lie on each remainder: the spread kernel folded row under row."""
    marks = _apart(np.ones(frames.kernel.shape[axis], dtype=np.int64), frames.dilation)
    short = -marks.size % frames.stride
    return np.asarray(np.pad(marks, (0, short)).reshape(-1, frames.stride).sum(axis=0))


def _apart(grid: AnyArray, step: int) -> AnyArray:
    """The grid with step − 1 zeros between its numbers."""
    unit = np.zeros((step,) * grid.ndim, dtype=np.int64)
    unit.flat[0] = 1
    return np.asarray(np.kron(grid, unit)[tuple(slice(step * (n - 1) + 1) for n in grid.shape)])


def _by_scipy(frames: Stamps, x: AnyArray, kernel: AnyArray | None = None) -> AnyArray:
    """The output: the spread input convolved with the spread kernel."""
    return _cut(frames, _canvas(frames, x, frames.kernel if kernel is None else kernel))


def _canvas(frames: Stamps, x: AnyArray, kernel: AnyArray) -> AnyArray:
    """The spread input convolved with the spread kernel, nothing cut off."""
    from scipy.signal import convolve2d  # type: ignore[import-untyped]

    full = convolve2d(_apart(x, frames.stride), _apart(kernel, frames.dilation))
    return np.pad(full, (0, frames.output_padding))


def _cut(frames: Stamps, canvas: AnyArray) -> AnyArray:
    p = frames.padding
    return np.asarray(canvas[tuple(slice(p, n - p) for n in canvas.shape)])


def _layer(frames: Stamps, grid: AnyArray) -> AnyArray:
    """What the layer makes of a grid (*out)."""
    from scipy.signal import correlate2d

    wide = np.pad(grid, frames.padding)
    s = frames.stride
    return np.asarray(correlate2d(wide, _apart(frames.kernel, frames.dilation), "valid")[::s, ::s])


def _probe(frames: Stamps) -> AnyArray:
    """Some grid (*out) of whole numbers from −2 to 2."""
    return (np.arange(frames.output.size) * 7 % 5 - 2).reshape(frames.output.shape)


def _one_row(frames: Stamps) -> tuple[AnyArray, AnyArray]:
    """The row of the input, and of the kernel, that the matrix is for."""
    grids = (frames.input, frames.kernel)
    if frames.input.shape[0] > frames.input.shape[1]:
        grids = (frames.input.T, frames.kernel.T)
    line, weights = (grid[np.count_nonzero(grid, axis=1).argmax()] for grid in grids)
    return line, weights


def _stretched(frames: Stamps, line: AnyArray, weights: AnyArray) -> AnyArray:
    """The transposed layer of one row, by numpy.convolve."""
    full = np.convolve(_apart(line, frames.stride), _apart(weights, frames.dilation))
    return _cut(frames, np.pad(full, (0, frames.output_padding)))
