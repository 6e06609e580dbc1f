"""A sweep over a grid held against SciPy, which pads and correlates in its own way."""

from __future__ import annotations

import numpy as np

from convmath.arrays import AnyArray
from convmath.checks import Check
from convmath.grid import Fill
from convmath.grid_frames import GridSweep

__all__ = ["verify_sweep"]

_TOLERANCE = 1e-12  # of the largest sum of |products|: a few hundred rounded terms

_SCIPY_MODE = {"zeros": "constant", "reflect": "mirror", "edge": "nearest", "circular": "grid-wrap"}


def verify_sweep(frames: GridSweep, fill: Fill) -> tuple[Check, ...]:
    """Hold padding, products, sums and outputs of a sweep against scipy.ndimage and scipy.signal.

    SciPy is imported on demand.
    """
    scale = _scale(frames)
    taps = tuple(range(3, frames.product.ndim))
    pairs = {
        "padding against scipy.ndimage.map_coordinates": (frames.padded, _padded(frames, fill)),
        "output against scipy.signal": (frames.maps, _layer(frames)),
        "products add up to the output": (
            frames.product.sum(axis=(2, *taps)) + frames.bias,
            frames.output,
        ),
        "channel sums add up to the output": (
            frames.channel_sum.sum(axis=2) + frames.bias,
            frames.output,
        ),
        "every product is one use of a cell": (
            np.array([frames.uses.sum()]),
            np.array([len(frames) * np.prod(frames.kernel.shape[2:])]),
        ),
    }
    exact = frames.product.dtype.kind == "i" and frames.output.dtype.kind == "i"
    tolerance = 0.0 if exact else _TOLERANCE
    return tuple(
        Check(name, float(np.abs(found - expected).max()) / scale, tolerance)
        for name, (found, expected) in pairs.items()
    )


def _padded(frames: GridSweep, fill: Fill) -> AnyArray:
    """The padded input, cell by cell from its coordinates in the input."""
    from scipy.ndimage import map_coordinates  # type: ignore[import-untyped]

    places = np.indices(frames.source.shape) - _each(frames.before)
    mode = _SCIPY_MODE[fill]
    return np.stack([map_coordinates(x, places, order=0, mode=mode) for x in frames.input])


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
