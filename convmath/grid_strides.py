"""A layer that leaps: its outputs are every s-th of those that a layer with stride 1 computes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from convmath.arrays import AnyArray, IntArray
from convmath.checks import Check, agreement
from convmath.frames import Frames
from convmath.grid import Fill, Padding
from convmath.grid_frames import GridSweep, sweep_grid

__all__ = ["StrideStep", "StridedMap", "compare_strides", "stride_grid", "verify_strides"]

_TOLERANCE = 1e-12  # of the largest sum of |products|
_COUNT = 1e-9  # of whole numbers that were added as fractions


@dataclass(frozen=True, eq=False)
class StrideStep:
    """One position of a `StridedMap`."""

    position: int
    row: int
    column: int
    full_row: int
    full_column: int
    output: int | float


@dataclass(frozen=True, eq=False)
class StridedMap(Frames[StrideStep]):
    """One kernel over one grid with a stride, and the same with stride 1.

    Attributes
    ----------
    position
        (n,) int64, 0, 1, …, row by row.
    row, column
        (n,) int64, of the output.
    full_row, full_column
        (n,) int64, where the same window stands in the map of stride 1, and its upper left corner
        in the padded input.
    output
        (n,) int64, and exact, where input and kernel are whole numbers; otherwise float64.
    full
        (rows, columns) the output with stride 1.
    input, kernel
        (rows, columns), (k, l) as they were given.
    padded
        (rows, columns) the input with its padding.
    uses
        (rows, columns) int64, at how many positions a weight lies on each cell of ``padded``.
    stride
        Cells from one position to the next.
    """

    step = StrideStep

    position: IntArray
    row: IntArray
    column: IntArray
    full_row: IntArray
    full_column: IntArray
    output: AnyArray
    full: AnyArray
    input: AnyArray
    kernel: AnyArray
    padded: AnyArray
    uses: IntArray
    stride: int

    @property
    def kept(self) -> AnyArray:
        """(rows, columns) bool: the cells of ``full`` that the strided map has too."""
        mask = np.zeros(self.full.shape, dtype=bool)
        mask[self.full_row, self.full_column] = True
        return mask

    @property
    def map(self) -> AnyArray:
        """The output as a grid."""
        return np.asarray(self.output.reshape(int(self.row[-1]) + 1, int(self.column[-1]) + 1))


def stride_grid(
    x: AnyArray, kernel: AnyArray, stride: int, *, padding: Padding = 0, fill: Fill = "zeros"
) -> StridedMap:
    """Frames of a kernel (k, l) over a grid (rows, columns), not flipped.

    Raises
    ------
    InputError
        See `convmath.grid.layout_of`.

    Examples
    --------
    >>> frames = stride_grid(np.array([[1, 2, 4, 8, 16]]), np.array([[1, 1]]), 2)
    >>> frames.full.tolist(), frames.output.tolist()
    ([[3, 6, 12, 24]], [3, 12])
    """
    return compare_strides(*(_sweep(x, kernel, s, padding, fill) for s in (stride, 1)))


def compare_strides(sweep: GridSweep, every: GridSweep) -> StridedMap:
    """Frames of two sweeps of one kernel over one grid, the second one with stride 1."""
    return StridedMap(
        position=sweep.position,
        row=sweep.cell[:, 0],
        column=sweep.cell[:, 1],
        full_row=sweep.corner[:, 0],
        full_column=sweep.corner[:, 1],
        output=sweep.output[:, 0],
        full=every.maps[0],
        input=sweep.input[0],
        kernel=sweep.kernel[0, 0],
        padded=sweep.padded[0],
        uses=sweep.uses,
        stride=int(sweep.stride[0]),
    )


def _sweep(x: AnyArray, kernel: AnyArray, stride: int, padding: Padding, fill: Fill) -> GridSweep:
    return sweep_grid(x[None], kernel[None, None], padding=padding, fill=fill, stride=stride)


def verify_strides(frames: StridedMap) -> tuple[Check, ...]:
    """Hold both maps against scipy.signal.correlate2d, and the strided one against slices of it.

    SciPy is imported on demand.
    """
    from scipy.signal import convolve2d, correlate2d  # type: ignore[import-untyped]

    s = frames.stride
    every = correlate2d(frames.padded, frames.kernel, "valid")
    kept = every[::s, ::s]
    row, column = np.argwhere(np.ones(kept.shape)).T
    counts = np.zeros(frames.padded.shape, dtype=np.int64)
    counts[: every.shape[0] : s, : every.shape[1] : s] = 1
    uses = convolve2d(counts, np.ones(frames.kernel.shape))[tuple(map(slice, counts.shape))]
    scale = max(float(np.abs(frames.kernel).sum() * np.abs(frames.input).max()), 1e-300)
    places = (frames.full_row, frames.full_column)
    outputs = {
        "stride 1 against scipy.signal.correlate2d": (frames.full, every),
        "every s-th of scipy.signal.correlate2d": (frames.output, kept.ravel()),
        "every s-th of the map of stride 1": (frames.output, frames.full[s * row, s * column]),
    }
    return (
        *(
            agreement(name, pair, scale=scale, tolerance=_TOLERANCE)
            for name, pair in outputs.items()
        ),
        agreement(
            "places of the kernel",
            (frames.position, np.arange(row.size)),
            ((frames.row, frames.column), (row, column)),
            (places, (s * row, s * column)),
        ),
        agreement("uses of each cell against scipy", (frames.uses, uses), tolerance=_COUNT),
    )
