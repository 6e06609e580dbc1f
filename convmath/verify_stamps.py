"""Stamps held against SciPy: the input with zeros between, convolved, and a matrix transposed."""

from __future__ import annotations

import numpy as np

from convmath.arrays import AnyArray
from convmath.checks import Check
from convmath.stamps import Stamps

__all__ = ["verify_stamps"]

_TOLERANCE = 1e-12  # of the largest sum of |products|


def verify_stamps(frames: Stamps) -> tuple[Check, ...]:
    """Hold output, overlaps, matrix and the way there and back against other methods.

    SciPy is imported on demand.
    """
    x, kernel = frames.input, frames.kernel
    weight = float(np.abs(kernel).sum()) or 1.0
    scale = weight * float(np.abs(x).max()) or 1.0
    ones = np.ones_like(x), np.ones_like(kernel)
    last = frames.running[-1]
    layer = _layer(frames, frames.bright)
    line, weights = frames.matrix_input, frames.matrix[0][frames.matrix[0] != 0]
    size = float(np.abs(weights).sum() * np.abs(line).max()) or 1.0
    pairs = {
        "output against scipy.signal.convolve2d": (frames.output, _by_scipy(frames, x), scale),
        "the stamps add up to the output": (_cut(frames, last), frames.output, scale),
        "overlaps against scipy": (frames.overlaps, _by_scipy(frames, *ones), 1.0),
        "the matrix, transposed, is the layer of one row": (
            frames.matrix_output,
            _one_row(frames),
            size,
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
    return tuple(
        Check(name, float(np.abs(found - other).max()) / measure, _TOLERANCE)
        for name, (found, other, measure) in pairs.items()
    )


def _apart(grid: AnyArray, step: int) -> AnyArray:
    """The grid with step − 1 zeros between its numbers."""
    unit = np.zeros((step,) * grid.ndim, dtype=np.int64)
    unit.flat[0] = 1
    return np.asarray(np.kron(grid, unit)[tuple(slice(step * (n - 1) + 1) for n in grid.shape)])


def _by_scipy(frames: Stamps, x: AnyArray, kernel: AnyArray | None = None) -> AnyArray:
    """The output: the spread input convolved with the spread kernel."""
    from scipy.signal import convolve2d  # type: ignore[import-untyped]

    given = frames.kernel if kernel is None else kernel
    full = convolve2d(_apart(x, frames.stride), _apart(given, frames.dilation))
    return _cut(frames, np.pad(full, (0, frames.output_padding)))


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


def _one_row(frames: Stamps) -> AnyArray:
    """The transposed layer of the row that the matrix is for, by numpy.convolve."""
    grids = (frames.input, frames.kernel)
    if frames.input.shape[0] > frames.input.shape[1]:
        grids = (frames.input.T, frames.kernel.T)
    line, weights = (grid[np.count_nonzero(grid, axis=1).argmax()] for grid in grids)
    full = np.convolve(_apart(line, frames.stride), _apart(weights, frames.dilation))
    return _cut(frames, np.pad(full, (0, frames.output_padding)))
