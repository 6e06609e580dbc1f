"""A picture filtered by kernels: what lies under one of them in a patch, and the whole results."""

from __future__ import annotations

from collections.abc import Sequence as Several
from dataclasses import dataclass

import numpy as np

from convmath.arrays import AnyArray, FloatArray, IntArray
from convmath.filters import Filter
from convmath.frames import Frames
from convmath.grid import correlate_layer, layout_of, windows

__all__ = [
    "WHITE",
    "FilteredPicture",
    "PixelStep",
    "filter_picture",
    "filtered",
    "flattest",
    "luma",
    "shown_range",
    "steepest",
]

WHITE = 255
STRIP = 4  # outputs beside each other on a flat and on a steep strip
_LUMA = (299, 587, 114)  # thousandths of red, green and blue: ITU-R BT.601
_INSIDE = 99.0  # percent of the sizes that a scale from black to white reaches
_ROUND_TO = 10  # in steps of which it ends
_UNEVEN = 2  # how much the unevenness of both sides counts against the height of an edge


@dataclass(frozen=True, eq=False)
class PixelStep:
    """One position of the first kernel of a `FilteredPicture`."""

    position: int
    row: int
    column: int
    window: AnyArray  # (k, l)
    product: AnyArray  # (k, l)
    total: int | float
    output: float


@dataclass(frozen=True, eq=False)
class FilteredPicture(Frames[PixelStep]):
    """A picture, one kernel on a patch of it step by step, and several kernels on all of it.

    Pixels are whole numbers from 0 (black) to 255 (white). Beyond the border stands the nearest
    pixel. Kernels are not flipped: cross-correlation. An output of a kernel with an even number of
    rows or columns stands at the upper or left one of the two middle weights.

    Attributes
    ----------
    position
        (n,) int64, 0, 1, …: the kernel inside the patch, row by row.
    row, column
        (n,) int64, of the output pixel in the picture.
    window, product
        (n, k, l) the pixels that the kernel covers; each times its weight.
    total, output
        (n,) the sum of the products; that over the divisor.
    picture
        (channels, rows, columns) int64; one channel (grey) or three (red, green, blue).
    grey
        (rows, columns) int64, its brightness: see `luma`.
    patch
        (4,) int64: first row and column, number of rows and of columns of the patch.
    kernel, divisor
        (k, l) the weights that are shown on the patch, and what their sums are divided by.
    results
        (m, rows, columns) float64: the brightness filtered by each of m kernels.
    low, high
        (m,) which values of a result are shown black and white; what lies beyond is cut off.
        Kernels that differ in the arrangement of their weights alone share them.
    colours
        (channels, rows, columns) float64: every channel filtered by the last of the kernels.
    flat, steep
        (k', l' + 3) int64: what another kernel, the `probe`, covers at four places side by side:
        on a wall that is perfectly even, as bright as the flattest place of the picture; and at
        the clearest edge of the picture.
    flat_place, steep_place
        (2,) int64, row and column of the first pixel of these places.
    probe, flat_output, steep_output
        (k', l') its weights; (4,) what it makes of them.
    """

    step = PixelStep

    position: IntArray
    row: IntArray
    column: IntArray
    window: AnyArray
    product: AnyArray
    total: AnyArray
    output: FloatArray
    picture: IntArray
    grey: IntArray
    patch: IntArray
    kernel: AnyArray
    divisor: int
    results: FloatArray
    low: FloatArray
    high: FloatArray
    colours: FloatArray
    flat: IntArray
    steep: IntArray
    flat_place: IntArray
    steep_place: IntArray
    probe: AnyArray
    flat_output: FloatArray
    steep_output: FloatArray

    @property
    def map_shape(self) -> tuple[int, int]:
        """(rows, columns) of the outputs of the patch."""
        rows, columns = self.patch[2:] - self.kernel.shape + 1
        return int(rows), int(columns)

    @property
    def patch_pixels(self) -> IntArray:
        """The pixels of the patch, (rows, columns)."""
        top, left, rows, columns = self.patch
        return np.asarray(self.grey[top : top + rows, left : left + columns])

    def most_telling(self) -> int:
        """The step with the most different pixels; of those, if any, whose output is whole."""
        spread = np.ptp(self.window.reshape(len(self), -1), axis=1)
        return int(np.lexsort((-spread, self.output % 1 != 0))[0])

    def nearest(self, row: int, column: int) -> int:
        """The step whose output pixel is nearest to this one."""
        return int(np.argmin(np.hypot(self.row - row, self.column - column)))

    def edge_products(self, i: int) -> AnyArray:
        """(n,) the products other than 0 that make output i of the edge; positive ones first."""
        product = (self.steep[:, i : i + self.probe.shape[1]] * self.probe).ravel()
        product = product[product != 0]
        return np.asarray(np.concatenate([product[product > 0], product[product < 0]]))

    def cut_off(self, i: int) -> float:
        """The part of result i that lies beyond the scale from black to white."""
        beyond = (self.results[i] < self.low[i]) | (self.results[i] > self.high[i])
        return float(beyond.mean())

    def shades(self, i: int) -> IntArray:
        """Result i as it is shown, (rows, columns): 0 is black, 255 white."""
        return _shades(self.results[i], self.low[i], self.high[i])

    def shaded_colours(self) -> IntArray:
        """The filtered channels as they are shown, on the scale of the last result."""
        return _shades(self.colours, self.low[-1], self.high[-1])


def _shades(values: FloatArray, low: float, high: float) -> IntArray:
    share = np.clip((values - low) / (high - low), 0.0, 1.0)
    return np.rint(WHITE * share).astype(np.int64)


def luma(picture: IntArray) -> IntArray:
    """Brightness (rows, columns) of one or three channels; grey stays what it is.

    0.299 red + 0.587 green + 0.114 blue, rounded (ITU-R BT.601).

    Examples
    --------
    >>> luma(np.array([[[255, 0, 7]], [[255, 0, 7]], [[255, 255, 7]]])).tolist()
    [[255, 29, 7]]
    """
    if len(picture) == 1:
        return np.asarray(picture[0])
    weighted = np.tensordot(np.array(_LUMA), picture, axes=1)
    return np.asarray((weighted + 500) // 1000)


def filtered(channels: IntArray, kernel: Filter) -> FloatArray:
    """Channels (c, rows, columns), each filtered by itself: the same shape.

    Raises
    ------
    InputError
        See `convmath.grid.layout_of`.

    Examples
    --------
    >>> from convmath.filters import box
    >>> filtered(np.array([[[0, 0, 9, 0, 0]]]), box(3)).tolist()
    [[[0.0, 3.0, 3.0, 3.0, 0.0]]]
    """
    each = [
        correlate_layer(channel[None], kernel.weights[None, None], padding="same", fill="edge")[0]
        for channel in channels
    ]
    return np.asarray(np.stack(each) / kernel.divisor)


def shown_range(result: FloatArray, kernel: Filter) -> tuple[float, float]:
    """Which values of a result are shown black and white.

    A white wall stays white: from 0 to 255 times the sum of the weights. Where that is 0 the scale
    is as wide on both sides of 0, which is mid-grey, and reaches 99 % of the values.
    """
    if kernel.gain:
        ends = sorted((0.0, WHITE * kernel.gain))
        return ends[0], ends[1]
    reach = float(np.percentile(np.abs(result), _INSIDE))
    ends_at = max(np.ceil(reach / _ROUND_TO) * _ROUND_TO, _ROUND_TO)
    return -float(ends_at), float(ends_at)


def _shared(
    ranges: Several[tuple[float, float]], kernels: Several[Filter]
) -> list[tuple[float, float]]:
    """The widest range of all kernels that have the same weights, however these are arranged."""
    same = [tuple(sorted((kernel.weights / kernel.divisor).ravel().tolist())) for kernel in kernels]
    groups = [[pair for other, pair in zip(same, ranges, strict=True) if other == k] for k in same]
    return [(min(low for low, _ in group), max(high for _, high in group)) for group in groups]


def steepest(grey: IntArray, shape: tuple[int, int]) -> tuple[int, int]:
    """First row and column of the block of this shape that has one clear edge in its middle.

    Its right side is brighter than its left side, and either is as even as can be.
    """
    blocks = windows(grey[None], layout_of(grey.shape, shape))[0]
    side = max(1, 2 * shape[1] // 5)
    left, right = blocks[..., :side], blocks[..., -side:]
    rise = right.mean(axis=(2, 3)) - left.mean(axis=(2, 3))
    return _place(rise - _UNEVEN * (_spread(left) + _spread(right)))


def flattest(grey: IntArray, shape: tuple[int, int]) -> tuple[int, int]:
    """First row and column of the block whose pixels are most alike; of such, nearest to grey."""
    blocks = windows(grey[None], layout_of(grey.shape, shape))[0]
    off_grey = np.abs(blocks.mean(axis=(2, 3)) - WHITE / 2) / WHITE  # below 1, the least spread
    return _place(-(_spread(blocks) + off_grey))


def filter_picture(
    picture: IntArray,
    worked: Filter,
    kernels: Several[Filter],
    probe: Filter,
    patch: tuple[int, int, int, int],
) -> FilteredPicture:
    """Frames of a picture (channels, rows, columns).

    Parameters
    ----------
    worked
        The kernel on the patch.
    kernels
        Those on the whole picture, one or more.
    probe
        The one that is tried on a flat and on a steep strip.
    patch
        First row and column, number of rows and of columns; at least as large as ``worked``.

    Raises
    ------
    InputError
        If a kernel is larger than the picture.

    Examples
    --------
    >>> from convmath.filters import parse_filter
    >>> pair = parse_filter("edge-pair")
    >>> picture = np.array([[[10, 10, 10, 10, 10, 90, 90, 90]]])
    >>> frames = filter_picture(picture, pair, [pair], pair, (0, 3, 1, 4))
    >>> frames.product[1].tolist(), frames.total.tolist(), frames.flat_output.tolist()
    ([[-10, 90]], [0, 80, 0], [0.0, 0.0, 0.0, 0.0])
    """
    grey = luma(picture)
    results = np.stack([filtered(grey[None], kernel)[0] for kernel in kernels])
    ranges = _shared([shown_range(*pair) for pair in zip(results, kernels, strict=True)], kernels)
    size = (probe.shape[0], probe.shape[1] + STRIP - 1)
    flat_place, steep_place = flattest(grey, size), steepest(grey, size)
    wall = round(float(_block(grey, flat_place, size).mean()))
    flat, steep = np.full(size, wall), _block(grey, steep_place, size)
    low, high = np.array(ranges).T
    return FilteredPicture(
        **_steps(grey, worked, patch),
        picture=picture,
        grey=grey,
        patch=np.array(patch, dtype=np.int64),
        kernel=worked.weights,
        divisor=worked.divisor,
        results=results,
        low=low,
        high=high,
        colours=filtered(picture, kernels[-1]),
        flat=flat,
        steep=steep,
        flat_place=np.array(flat_place, dtype=np.int64),
        steep_place=np.array(steep_place, dtype=np.int64),
        probe=probe.weights,
        flat_output=_inside(flat, probe),
        steep_output=_inside(steep, probe),
    )


def _steps(grey: IntArray, kernel: Filter, patch: tuple[int, int, int, int]) -> dict[str, AnyArray]:
    """The kernel at every position inside the patch."""
    top, left, rows, columns = patch
    pixels = grey[None, top : top + rows, left : left + columns]
    layout = layout_of(pixels.shape[1:], kernel.shape)
    window = windows(pixels, layout)[0].reshape(-1, *kernel.shape)
    product = window * kernel.weights
    total = product.sum(axis=(1, 2))
    corners = layout.corners()
    return {
        "position": np.arange(len(corners), dtype=np.int64),
        "row": corners[:, 0] + top + (kernel.shape[0] - 1) // 2,
        "column": corners[:, 1] + left + (kernel.shape[1] - 1) // 2,
        "window": window,
        "product": product,
        "total": total,
        "output": total / kernel.divisor,
    }


def _inside(strip: IntArray, kernel: Filter) -> FloatArray:
    """(4,) what a kernel makes of a strip where it lies inside."""
    inside = correlate_layer(strip[None], kernel.weights[None, None])
    return np.asarray(inside[0, 0] / kernel.divisor)


def _block(grey: IntArray, place: tuple[int, int], size: tuple[int, int]) -> IntArray:
    row, column = place
    return np.asarray(grey[row : row + size[0], column : column + size[1]])


def _spread(blocks: IntArray) -> IntArray:
    """The largest pixel less the smallest of each block (…, k, l)."""
    return np.asarray(blocks.max(axis=(2, 3)) - blocks.min(axis=(2, 3)))


def _place(values: FloatArray) -> tuple[int, int]:
    row, column = np.unravel_index(np.argmax(values), values.shape)
    return int(row), int(column)
