"""A sweep over a grid held against SciPy, which pads and correlates in its own way."""

from __future__ import annotations

import numpy as np

from convmath.arrays import AnyArray
from convmath.checks import Check, agreement
from convmath.grid import Fill
from convmath.grid_frames import GridSweep

__all__ = ["verify_sweep"]

_TOLERANCE = 1e-12  # of the largest sum of |products|: a few hundred rounded terms

_SCIPY_MODE = {"zeros": "constant", "reflect": "mirror", "edge": "nearest", "circular": "grid-wrap"}


def verify_sweep(frames: GridSweep, fill: Fill) -> tuple[Check, ...]:
    """Hold a sweep against scipy.ndimage and scipy.signal, and its steps against its grids.

    SciPy is imported on demand.
    """
    maps = _layer(frames)
    channels = frames.weights.shape[:2]
    products = frames.product.reshape(len(frames), *channels, -1)
    running = frames.running.reshape(len(frames), channels[0], -1)
    added = np.diff(running, axis=2, prepend=0).reshape(products.shape)
    exact = frames.product.dtype.kind == "i" and frames.output.dtype.kind == "i"
    pairs = {
        "padding against scipy.ndimage.map_coordinates": [
            (frames.padded, _padded(frames, frames.input, fill)),
            (frames.source[None], _padded(frames, _cells(frames), fill, beside=-1)),
        ],
        "output against scipy.signal": [(frames.output, maps.reshape(len(maps), -1).T)],
        "products add up to the output": [
            (products.sum(axis=(2, 3)) + frames.bias, frames.output),
        ],
        "channel sums add up to the output": [
            (frames.channel_sum.sum(axis=2) + frames.bias, frames.output),
            (frames.channel_sum, np.einsum("noik->noi", products)),
        ],
        "running sums grow by the products": [(added, products)],
        "products are weights times the cells under them": [
            (frames.product, np.einsum("oi...,ni...->noi...", frames.weights, frames.window))
        ],
        "places of the kernel": _places(frames, maps.shape[1:]),
    }
    return tuple(
        agreement(name, *those, scale=_scale(frames), tolerance=0.0 if exact else _TOLERANCE)
        for name, those in pairs.items()
    )


def _cells(frames: GridSweep) -> AnyArray:
    """(1, *in) the cells of the input, counted row by row."""
    return np.arange(frames.input[0].size).reshape(1, *frames.input.shape[1:])


def _places(frames: GridSweep, sizes: tuple[int, ...]) -> list[tuple[AnyArray, AnyArray]]:
    """Pairs: cells, corners and windows of positions that go row by row, and uses of each cell."""
    cells = np.argwhere(np.ones(sizes))
    corners = cells * frames.stride
    weights = np.argwhere(np.ones(frames.kernel.shape[2:])) * frames.dilation
    under = tuple(np.moveaxis(corners[:, None] + weights, -1, 0))
    uses = np.zeros(frames.source.shape, dtype=np.int64)
    np.add.at(uses, under, 1)
    window = np.moveaxis(frames.padded[(slice(None), *under)], 0, 1)
    return [
        (frames.position, np.arange(len(cells))),
        (frames.cell, cells),
        (frames.corner, corners),
        (frames.window.reshape(window.shape), window),
        (frames.uses, uses),
    ]


def _padded(frames: GridSweep, grids: AnyArray, fill: Fill, beside: int = 0) -> AnyArray:
    """Grids (n, *in) cell by cell with their padding, ``beside`` where that is zero."""
    from scipy.ndimage import map_coordinates  # type: ignore[import-untyped]

    places = np.indices(frames.source.shape) - _each(frames.before)
    mode = _SCIPY_MODE[fill]
    return np.stack([map_coordinates(x, places, order=0, mode=mode, cval=beside) for x in grids])


def _each(numbers: AnyArray) -> AnyArray:
    return numbers.reshape(-1, *(1,) * len(numbers))


def _layer(frames: GridSweep) -> AnyArray:
    """(channels out, *out): every position by scipy.signal, of which the stride keeps some."""
    from scipy.signal import convolve, correlate  # type: ignore[import-untyped]

    flip = not np.array_equal(frames.weights, frames.kernel)
    combine = convolve if flip else correlate
    kept = tuple(slice(None, None, int(s)) for s in frames.stride)
    maps = []
    for kernels, bias in zip(frames.kernel, frames.bias, strict=True):
        dilated = _dilated(kernels, frames.dilation)
        parts = [
            combine(x, k, "valid", method="direct")[kept]
            for x, k in zip(frames.padded, dilated, strict=True)
        ]
        maps.append(sum(parts) + bias)
    return np.stack(maps)


def _dilated(kernels: AnyArray, dilation: AnyArray) -> AnyArray:
    """Kernels (channels in, *k) with dilation − 1 zeros between their weights."""
    sizes = [int(d) * (k - 1) + 1 for d, k in zip(dilation, kernels.shape[1:], strict=True)]
    dilated = np.zeros((len(kernels), *sizes), dtype=kernels.dtype)
    dilated[(slice(None), *(slice(None, None, int(d)) for d in dilation))] = kernels
    return dilated


def _scale(frames: GridSweep) -> float:
    """The largest sum of |products| there can be, or 1 if all are zero."""
    weights = np.abs(frames.kernel.reshape(len(frames.kernel), -1)).sum(axis=1)
    most = float(weights.max() * np.abs(frames.input).max() + np.abs(frames.bias).max())
    return most or 1.0
