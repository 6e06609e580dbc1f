"""A filtered picture held against scipy.ndimage, scipy.signal and its own pixels."""

from __future__ import annotations

from collections.abc import Sequence as Several

import numpy as np

from convmath.arrays import AnyArray, FloatArray, IntArray
from convmath.checks import Check, agreement
from convmath.filtering import WHITE, FilteredPicture
from convmath.filters import Filter

__all__ = ["verify_filtering"]

_TOLERANCE = 1e-12  # of the largest sum of |products|
_HALF = 0.5 + 1e-9  # by which a number that is rounded to a whole one moves
_INSIDE = 0.99  # the share of a result that a scale about 0 reaches
_ROUND_TO = 10  # in steps of which such a scale ends
_BRIGHTNESS = (0.299, 0.587, 0.114)  # ITU-R BT.601


def verify_filtering(
    frames: FilteredPicture, kernels: Several[Filter], probe: Filter
) -> tuple[Check, ...]:
    """Hold every result and the colours against scipy.ndimage, patch and strips against SciPy too.

    ``kernels`` are those of the whole picture, ``probe`` that of the strips. SciPy is imported on
    demand.
    """
    return (
        *(
            _result(f"{kernel.name} against scipy.ndimage.correlate", found, frames.grey, kernel)
            for kernel, found in zip(kernels, frames.results, strict=True)
        ),
        *(
            _result("colours against scipy.ndimage.correlate", found, channel, kernels[-1])
            for channel, found in zip(frames.picture, frames.colours, strict=True)
        ),
        agreement("brightness", (frames.grey, _brightness(frames.picture)), tolerance=_HALF),
        *_patch_checks(frames),
        *_strip_checks(frames, probe),
        _scale_check(frames, kernels),
    )


def _result(name: str, found: FloatArray, grid: IntArray, kernel: Filter) -> Check:
    from scipy import ndimage  # type: ignore[import-untyped]

    # SciPy's even kernels stand at the lower or right one of the two middle weights.
    origin = [0 if n % 2 else -1 for n in kernel.shape]
    expected = ndimage.correlate(
        grid.astype(np.float64), kernel.weights, mode="nearest", origin=origin
    )
    pair = (found * kernel.divisor, expected)
    return agreement(name, pair, scale=_most(kernel.weights), tolerance=_TOLERANCE)


def _most(weights: AnyArray) -> float:
    """The largest sum of |products| with a white picture."""
    return WHITE * float(np.abs(weights).sum())


def _brightness(picture: IntArray) -> AnyArray:
    """(rows, columns), not rounded."""
    weights = _BRIGHTNESS if len(picture) == 3 else (1.0,)
    return np.asarray(sum(w * channel for w, channel in zip(weights, picture, strict=True)))


def _patch_checks(frames: FilteredPicture) -> tuple[Check, ...]:
    """The steps: where the kernel stands, what it covers, products, sum and output."""
    top, left, rows, columns = frames.patch.tolist()
    (k, w), count = frames.kernel.shape, len(frames)
    corners = np.argwhere(np.ones((rows - k + 1, columns - w + 1))) + (top, left)
    inside = np.argwhere(np.ones((k, w)))
    under = corners[:, None] + inside
    flat = (count, k * w)
    return (
        agreement(
            "places of the kernel",
            (frames.position, np.arange(len(corners))),
            (frames.row, corners[:, 0] + (k - 1) // 2),
            (frames.column, corners[:, 1] + (w - 1) // 2),
            (frames.window.reshape(flat), frames.grey[under[..., 0], under[..., 1]]),
        ),
        agreement(
            "products add up to the output",
            (frames.product, np.einsum("nab,ab->nab", frames.window, frames.kernel)),
            (frames.total, np.einsum("nab->n", frames.product)),
            (frames.output * frames.divisor, frames.total),
            scale=_most(frames.kernel),
            tolerance=_TOLERANCE,
        ),
    )


def _strip_checks(frames: FilteredPicture, probe: Filter) -> tuple[Check, ...]:
    """The even wall and the edge: their pixels, and what the probe makes of them."""
    from scipy.signal import correlate2d  # type: ignore[import-untyped]

    wall = _block(frames.grey, frames.flat_place, frames.flat.shape).mean()
    flat, steep = (correlate2d(row, probe.weights, "valid") for row in (frames.flat, frames.steep))
    return (
        agreement(
            "the even wall", (frames.flat, np.full(frames.flat.shape, wall)), tolerance=_HALF
        ),
        agreement(
            "the clearest edge",
            (frames.steep, _block(frames.grey, frames.steep_place, frames.steep.shape)),
        ),
        agreement(
            "both strips against scipy.signal.correlate2d",
            (frames.probe, probe.weights),
            (frames.flat_output * probe.divisor, flat[0]),
            (frames.steep_output * probe.divisor, steep[0]),
            scale=_most(probe.weights),
            tolerance=_TOLERANCE,
        ),
    )


def _block(grey: IntArray, place: IntArray, sizes: tuple[int, ...]) -> AnyArray:
    row, column = place
    return np.asarray(grey[row : row + sizes[0], column : column + sizes[1]])


def _scale_check(frames: FilteredPicture, kernels: Several[Filter]) -> Check:
    """What is black and white: the widest of all kernels that have the same weights."""
    weights = [np.sort(kernel.weights / kernel.divisor, axis=None) for kernel in kernels]
    own = np.array([_ends(frames.results[i], w.sum()) for i, w in enumerate(weights)])
    alike = [[np.array_equal(w, other) for other in weights] for w in weights]
    low = [own[same, 0].min() for same in alike]
    high = [own[same, 1].max() for same in alike]
    pairs = ((frames.low, low), (frames.high, high))
    return agreement("scales from black to white", *pairs, scale=WHITE, tolerance=1e-9)


def _ends(result: FloatArray, gain: float) -> tuple[float, float]:
    """What a black and a white wall become; where that is the same, what all but 1 % lie within."""
    if abs(gain) > _TOLERANCE:
        return min(0.0, WHITE * gain), max(0.0, WHITE * gain)
    sizes = np.abs(result).ravel()
    rank = _INSIDE * (sizes.size - 1)
    below, above = int(np.floor(rank)), int(np.ceil(rank))
    ordered = np.partition(sizes, (below, above))
    reach = ordered[below] + (rank - below) * (ordered[above] - ordered[below])
    end = _ROUND_TO * max(1.0, float(np.ceil(reach / _ROUND_TO)))
    return -end, end
