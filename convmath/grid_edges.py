"""What padding does to a layer: how often each cell is used, and what the fill does to the edge."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from convmath.arrays import AnyArray, IntArray
from convmath.checks import Check, agreement
from convmath.errors import InputError
from convmath.frames import Frames
from convmath.grid import Fill, Padding
from convmath.grid_frames import GridSweep, sweep_grid

__all__ = ["EdgeStep", "PaddedEdges", "layer_sizes", "pad_edges", "verify_edges"]


@dataclass(frozen=True, eq=False)
class EdgeStep:
    """One position of a `PaddedEdges`."""

    position: int
    row: int
    column: int
    made_up: int
    zeros: int | float
    reflect: int | float
    edge: int | float
    circular: int | float


@dataclass(frozen=True, eq=False)
class PaddedEdges(Frames[EdgeStep]):
    """One kernel over one grid (rows, columns), with each fill of the same padding and without any.

    Numbers are int64, and exact, where input and kernel are whole numbers; otherwise float64.

    Attributes
    ----------
    position
        (n,) int64, 0, 1, …, of the padded input, row by row.
    row, column
        (n,) int64, of the output.
    made_up
        (n,) int64, how many weights lie on the padding there.
    zeros, reflect, edge, circular
        (n,) the output with each fill.
    input, kernel
        (rows, columns), (k, l) as they were given.
    plain
        (rows − k + 1, columns − l + 1) the output without padding.
    plain_uses, uses
        (rows, columns) int64, at how many positions a weight lies on each cell of the input:
        without padding, and with it.
    sizes
        (layers, 2) int64, rows and columns after 0, 1, 2, … layers without padding, as long as
        there is something left.
    padded_zeros, padded_reflect, padded_edge, padded_circular
        (rows + …, columns + …) the padded inputs.
    """

    step = EdgeStep

    position: IntArray
    row: IntArray
    column: IntArray
    made_up: IntArray
    zeros: AnyArray
    reflect: AnyArray
    edge: AnyArray
    circular: AnyArray
    input: AnyArray
    kernel: AnyArray
    plain: AnyArray
    plain_uses: IntArray
    uses: IntArray
    sizes: IntArray
    padded_zeros: AnyArray
    padded_reflect: AnyArray
    padded_edge: AnyArray
    padded_circular: AnyArray

    @property
    def shape(self) -> tuple[int, int]:
        """(rows, columns) of the output."""
        return int(self.row[-1]) + 1, int(self.column[-1]) + 1


def layer_sizes(sizes: tuple[int, int], kernel: tuple[int, int]) -> IntArray:
    """Rows and columns (layers, 2) after each layer without padding, until nothing is left.

    A kernel of 1 × 1 takes nothing; then there is the first size alone.

    Examples
    --------
    >>> layer_sizes((5, 6), (3, 3)).tolist()
    [[5, 6], [3, 4], [1, 2]]
    """
    less = np.array(kernel, dtype=np.int64) - 1
    all_sizes = [np.array(sizes, dtype=np.int64)]
    while less.any() and (all_sizes[-1] - less).min() > 0:
        all_sizes.append(all_sizes[-1] - less)
    return np.stack(all_sizes)


def pad_edges(
    x: AnyArray, kernel: AnyArray, padding: Padding, *, flip: bool = False
) -> PaddedEdges:
    """Frames of a kernel (k, l) over a grid (rows, columns) with every fill of one padding.

    Raises
    ------
    InputError
        See `convmath.grid.layout_of`; if a fill has too few cells for the padding.

    Examples
    --------
    >>> frames = pad_edges(np.array([[1, 2, 3]]), np.array([[1, 1, 1]]), "same")
    >>> frames.zeros.tolist(), frames.edge.tolist(), frames.plain_uses.tolist()
    ([3, 6, 5], [4, 6, 8], [[1, 1, 1]])
    """
    zeros, reflect, edge, circular = (
        _sweep(x, kernel, padding, fill, flip) for fill in ("zeros", "reflect", "edge", "circular")
    )
    plain = sweep_grid(x[None], kernel[None, None], flip=flip)
    inside = zeros.inside
    return PaddedEdges(
        position=zeros.position,
        row=zeros.cell[:, 0],
        column=zeros.cell[:, 1],
        made_up=_made_up(zeros),
        zeros=zeros.output[:, 0],
        reflect=reflect.output[:, 0],
        edge=edge.output[:, 0],
        circular=circular.output[:, 0],
        input=x,
        kernel=kernel,
        plain=plain.maps[0],
        plain_uses=plain.uses,
        uses=zeros.uses[inside].reshape(x.shape),
        sizes=layer_sizes((x.shape[0], x.shape[1]), (kernel.shape[0], kernel.shape[1])),
        padded_zeros=zeros.padded[0],
        padded_reflect=reflect.padded[0],
        padded_edge=edge.padded[0],
        padded_circular=circular.padded[0],
    )


def _sweep(x: AnyArray, kernel: AnyArray, padding: Padding, fill: Fill, flip: bool) -> GridSweep:
    try:
        return sweep_grid(x[None], kernel[None, None], padding=padding, fill=fill, flip=flip)
    except InputError as error:
        if fill in ("reflect", "circular") and error.accepted:
            error.accepted = error.accepted.partition(",")[0]
        raise


def _made_up(sweep: GridSweep) -> IntArray:
    """(n,) the cells of padding under the weights of each position."""
    outside = (~sweep.inside)[None].astype(np.int64)
    ones = np.ones(sweep.kernel.shape, dtype=np.int64)
    return np.asarray(sweep_grid(outside, ones).output[:, 0])


def verify_edges(frames: PaddedEdges, flip: bool = False) -> tuple[Check, ...]:
    """Hold outputs and counts against scipy.ndimage, which pads in its own way.

    SciPy is imported on demand.
    """
    from scipy.signal import convolve2d, correlate2d  # type: ignore[import-untyped]

    combine = convolve2d if flip else correlate2d
    kernel, before = frames.kernel, _before(frames)
    sides = _sides(frames, before)
    scale = max(float(np.abs(kernel).sum() * np.abs(frames.input).max()), 1e-300)
    by_scipy = {fill: _padded(frames, before, mode) for fill, mode in _SCIPY_MODE.items()}
    ones = np.ones(kernel.shape)
    outside = np.pad(np.zeros(frames.input.shape), sides, constant_values=1)
    made_up = correlate2d(outside, ones, "valid")
    row, column = np.argwhere(np.ones(made_up.shape)).T
    inside = tuple(slice(b, n - a) for (b, a), n in zip(sides, outside.shape, strict=True))
    return (
        *(
            agreement(
                f"output with {fill} against scipy",
                (getattr(frames, fill), combine(padded, kernel, "valid").ravel()),
                scale=scale,
                tolerance=_TOLERANCE,
            )
            for fill, padded in by_scipy.items()
        ),
        agreement(
            "output without padding against scipy",
            (frames.plain, combine(frames.input, kernel, "valid")),
            scale=scale,
            tolerance=_TOLERANCE,
        ),
        agreement(
            "padding against scipy.ndimage.map_coordinates",
            *((getattr(frames, f"padded_{fill}"), padded) for fill, padded in by_scipy.items()),
        ),
        agreement(
            "cells of padding under each position",
            (frames.made_up, made_up.ravel()),
            tolerance=_COUNT,
        ),
        agreement(
            "uses of each cell against scipy",
            (frames.plain_uses, _uses(frames.input.shape, kernel.shape)),
            (frames.uses, convolve2d(np.ones(made_up.shape), ones)[inside]),
            tolerance=_COUNT,
        ),
        agreement(
            "places of the kernel",
            (frames.position, np.arange(row.size)),
            ((frames.row, frames.column), (row, column)),
        ),
        agreement("sizes after each layer", (frames.sizes, _sizes(frames))),
    )


_TOLERANCE = 1e-12  # of the largest sum of |products|
_COUNT = 1e-9  # of whole numbers that were added as fractions

_SCIPY_MODE = {"zeros": "constant", "reflect": "mirror", "edge": "nearest", "circular": "grid-wrap"}


def _padded(frames: PaddedEdges, before: IntArray, mode: str) -> AnyArray:
    """The padded input, cell by cell from its coordinates in the input."""
    from scipy.ndimage import map_coordinates  # type: ignore[import-untyped]

    places = np.indices(frames.padded_zeros.shape) - before[:, None, None]
    return np.asarray(map_coordinates(frames.input, places, order=0, mode=mode))


def _sizes(frames: PaddedEdges) -> AnyArray:
    """n − j (k − 1) in both dimensions for every j that leaves something, (layers, 2)."""
    sizes, less = np.array(frames.input.shape), np.array(frames.kernel.shape) - 1
    layers = min(((n - 1) // k for n, k in zip(sizes, less, strict=True) if k), default=0)
    return np.asarray(sizes - np.outer(np.arange(layers + 1), less))


def _before(frames: PaddedEdges) -> IntArray:
    """(2,) the padding at the top and at the left: the smaller half."""
    more = np.array(frames.padded_zeros.shape) - frames.input.shape
    return np.asarray(more // 2)


def _sides(frames: PaddedEdges, before: IntArray) -> list[tuple[int, int]]:
    more = np.array(frames.padded_zeros.shape) - frames.input.shape - before
    return list(zip(before.tolist(), more.tolist(), strict=True))


def _uses(sizes: tuple[int, ...], kernel: tuple[int, ...]) -> AnyArray:
    """A full convolution of ones with ones counts the windows over each cell."""
    from scipy.signal import convolve2d

    positions = [n - k + 1 for n, k in zip(sizes, kernel, strict=True)]
    return np.asarray(convolve2d(np.ones(positions), np.ones(kernel)))
