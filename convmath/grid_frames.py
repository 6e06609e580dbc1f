"""A kernel goes over a grid: every position, its products, their running sum, its output cell."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

import numpy as np

from convmath.arrays import AnyArray, IntArray
from convmath.discrete import exact_type
from convmath.errors import InputError
from convmath.frames import Frames
from convmath.grid import Fill, Layout, Padding, flipped, layout_of, padded, windows

__all__ = ["MOST_PRODUCTS", "GridStep", "GridSweep", "sweep_grid"]

MOST_PRODUCTS = 4_000_000  # that are kept at once: three arrays of 32 MB


@dataclass(frozen=True, eq=False)
class GridStep:
    """One position of a `GridSweep`."""

    position: int
    cell: IntArray  # (dimensions,)
    corner: IntArray  # (dimensions,)
    window: AnyArray  # (channels in, *k)
    product: AnyArray  # (channels out, channels in, *k)
    running: AnyArray  # (channels out, channels in, *k)
    channel_sum: AnyArray  # (channels out, channels in)
    output: AnyArray  # (channels out,)


@dataclass(frozen=True, eq=False)
class GridSweep(Frames[GridStep]):
    """Filters over a grid of one, two or three dimensions, one step for each output cell.

    Steps go row by row: the last dimension runs fastest. ``*in``, ``*k``, ``*out`` and ``*padded``
    stand for one size per dimension. Numbers are int64, and exact, where input and filters are
    whole numbers and the sums fit; otherwise float64.

    Attributes
    ----------
    position
        (n,) int64, 0, 1, …
    cell
        (n, dimensions) int64, the output cell that the position makes.
    corner
        (n, dimensions) int64, the padded input's cell under the kernel's first weight.
    window
        (n, channels in, *k) what lies under the weights.
    product
        (n, channels out, channels in, *k) each weight times what lies under it.
    running
        (n, channels out, channels in, *k) the sum of the products so far, row by row and channel
        after channel; without the bias.
    channel_sum
        (n, channels out, channels in) the sum of each kernel's own products.
    output
        (n, channels out) the sum of all products, and the bias.
    input
        (channels in, *in).
    padded
        (channels in, *padded) the input with its padding.
    source
        (*padded) int64, the input's cell that stands there, counted row by row; −1 for a zero that
        was put there.
    uses
        (*padded) int64, at how many positions a weight lies on the cell.
    kernel
        (channels out, channels in, *k) the filters as they were given.
    weights
        (channels out, channels in, *k) as they lie on the input: flipped for a convolution.
    bias
        (channels out,), 0 if there is none.
    stride, dilation, before, after
        (dimensions,) int64, see `convmath.grid.Layout`.
    """

    step = GridStep

    position: IntArray
    cell: IntArray
    corner: IntArray
    window: AnyArray
    product: AnyArray
    running: AnyArray
    channel_sum: AnyArray
    output: AnyArray
    input: AnyArray
    padded: AnyArray
    source: IntArray
    uses: IntArray
    kernel: AnyArray
    weights: AnyArray
    bias: AnyArray
    stride: IntArray
    dilation: IntArray
    before: IntArray
    after: IntArray

    @property
    def output_sizes(self) -> tuple[int, ...]:
        """(*out)."""
        return tuple(int(last) + 1 for last in self.cell[-1])

    @property
    def maps(self) -> AnyArray:
        """The whole output, (channels out, *out)."""
        return np.asarray(self.output.T.reshape(-1, *self.output_sizes))

    @property
    def inside(self) -> AnyArray:
        """(*padded) bool: the cells that are the input itself, not its padding."""
        mask = np.zeros(self.source.shape, dtype=bool)
        sizes = zip(self.before, self.input.shape[1:], strict=True)
        mask[tuple(slice(b, b + n) for b, n in sizes)] = True
        return mask


def sweep_grid(
    x: AnyArray,
    w: AnyArray,
    bias: AnyArray | None = None,
    *,
    padding: Padding = 0,
    fill: Fill = "zeros",
    stride: int | tuple[int, ...] = 1,
    dilation: int | tuple[int, ...] = 1,
    flip: bool = False,
) -> GridSweep:
    """Frames of filters (channels out, channels in, *k) over a grid (channels in, *in).

    Without ``flip`` they are those of `correlate_layer`, the cross-correlation of deep learning;
    with it those of `convolve_layer`.

    Raises
    ------
    InputError
        See `layout_of`; if the channels do not match, or there are more than `MOST_PRODUCTS`.

    Examples
    --------
    >>> x, w = np.array([[[1, 0, 2], [0, 3, 0]]]), np.array([[[[1, 2], [3, 4]]]])
    >>> frames = sweep_grid(x, w)
    >>> frames.at(1).product[0, 0].tolist(), frames.maps[0].tolist()
    ([[0, 4], [9, 0]], [[13, 13]])
    """
    layout = layout_of(
        x.shape[1:], w.shape[2:], padding=padding, fill=fill, stride=stride, dilation=dilation
    )
    _refuse(x, w, layout)
    kind = exact_type(w.ravel(), x.ravel())
    laid = (flipped(w) if flip else w).astype(kind)
    seen = _by_position(windows(x.astype(kind), layout), layout)
    product = seen[:, None] * laid[None]
    running = product.reshape(*product.shape[:2], -1).cumsum(axis=2).reshape(product.shape)
    biases = np.zeros(len(w), dtype=np.int64) if bias is None else np.asarray(bias)
    cells = layout.cells()
    return GridSweep(
        position=np.arange(len(cells), dtype=np.int64),
        cell=cells,
        corner=layout.corners(),
        window=seen,
        product=product,
        running=running,
        channel_sum=product.reshape(*product.shape[:3], -1).sum(axis=3),
        output=running.reshape(len(cells), len(w), -1)[..., -1] + biases,
        input=x,
        padded=padded(x, layout),
        source=_sources(layout),
        uses=_uses(layout),
        kernel=w,
        weights=laid,
        bias=biases,
        **{name: np.array(getattr(layout, name), dtype=np.int64) for name in _SIDES},
    )


_SIDES = ("stride", "dilation", "before", "after")


def _refuse(x: AnyArray, w: AnyArray, layout: Layout) -> None:
    if w.shape[1] != len(x):
        raise InputError(
            f"the filters are made for {w.shape[1]} channels, and the input has {len(x)}",
            option="--kernel",
            accepted=f"filters with {len(x)} kernels each",
        )
    count = prod(layout.output) * w.size
    if count > MOST_PRODUCTS:
        raise InputError(
            f"{prod(layout.output):,} positions of {w.size:,} weights are {count:,} products",
            option="--input",
            accepted=f"at most {MOST_PRODUCTS:,}: a smaller input, or a larger stride",
        )


def _by_position(seen: AnyArray, layout: Layout) -> AnyArray:
    """Windows (channels, *out, *k) as (n, channels, *k)."""
    behind = np.moveaxis(seen, 0, len(layout.output))
    return behind.reshape(-1, len(seen), *layout.kernel)


def _sources(layout: Layout) -> IntArray:
    """(*padded) the input's cell that stands in each cell, −1 for a zero."""
    cells = np.arange(1, prod(layout.input) + 1, dtype=np.int64).reshape(1, *layout.input)
    return np.asarray(padded(cells, layout)[0] - 1)


def _uses(layout: Layout) -> IntArray:
    """(*padded) how many weights reach each cell, over all positions: a product of counts."""
    counts = np.ones((), dtype=np.int64)
    sizes = zip(
        layout.output, layout.kernel, layout.stride, layout.dilation, layout.padded, strict=True
    )
    for out, k, s, d, n in sizes:
        reached = s * np.arange(out)[:, None] + d * np.arange(k)
        counts = np.multiply.outer(counts, np.bincount(reached.ravel(), minlength=n))
    return counts
