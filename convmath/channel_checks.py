"""Sums over channels held against NumPy's own convolution and correlation."""

from __future__ import annotations

from collections.abc import Sequence as Several
from dataclasses import replace

import numpy as np

from convmath.arrays import AnyArray
from convmath.channels import ConvolutionAndLayer
from convmath.checks import Check, agreement
from convmath.sequence import Sequence
from convmath.verify import verify

__all__ = ["stack_of", "verify_channels"]

# Sums of at most some dozen rounded products, in parts of the largest sum of their sizes.
_SUM_TOLERANCE = 1e-12


def verify_channels(
    frames: ConvolutionAndLayer,
    h: Sequence,
    kernels: Several[Sequence],
    channels: Several[Sequence],
) -> tuple[Check, ...]:
    """Check both outputs by other means than those that made them.

    The convolution is held against Σ_c numpy.convolve(h, x_c), and against one convolution of the
    sum of the channels; the layer against Σ_c numpy.correlate(x_c, w_c); the drawn blocks against
    the output that they stack up to, and each channel's sum as `verify` does. Whole numbers have to
    agree exactly.
    """
    kind = np.result_type(frames.output, frames.layer_output)
    rows = np.stack([x.values for x in channels]).astype(kind)
    taps, weights = h.values.astype(kind), np.stack([w.values for w in kernels]).astype(kind)
    y, layer = frames.output[1:-1], frames.layer_output
    full = np.sum([np.convolve(taps, x) for x in rows], axis=0)
    mixed = np.convolve(taps, rows.sum(axis=0))
    exact = kind.kind == "i"
    size = 1.0 if exact else _size(frames.product)
    layer_size = 1.0 if exact else float(np.abs(_layer(abs(rows), abs(weights))).max()) or 1.0
    errors = {
        "output against the sum of numpy.convolve": (y - full, size),
        "output against the channels added first": (y - mixed, size),
        "sum of the drawn products": (frames.product.sum(axis=(1, 2)) - frames.output, size),
        "height of the stack": (_height(frames.block) - frames.output, size),
        "layer against the sum of numpy.correlate": (layer - _layer(rows, weights), layer_size),
    }
    tolerance = 0.0 if exact else _SUM_TOLERANCE
    parts = [np.correlate(x, w, "valid") for x, w in zip(rows, weights, strict=True)]
    return (
        *(
            agreement(name, (error, np.zeros_like(error)), scale=scale, tolerance=tolerance)
            for name, (error, scale) in errors.items()
        ),
        *_lane_checks(frames, h, channels),
        agreement(
            "blocks stand on each other",
            (frames.block, stack_of(frames.sums)),
            (frames.n, np.arange(-1, len(full) + 1)),
            scale=size,
            tolerance=tolerance,
        ),
        agreement(
            "each channel's part of the layer",
            (frames.layer_kernels, weights),
            (frames.layer_n, np.arange(len(layer))),
            (frames.layer_sums, np.stack(parts, axis=1)),
            scale=layer_size,
            tolerance=tolerance,
        ),
    )


def _lane_checks(
    frames: ConvolutionAndLayer, h: Sequence, channels: Several[Sequence]
) -> list[Check]:
    """Each channel's sliding sum, as one of its own."""
    lanes = enumerate(channels, start=1)
    found = ((i, verify(frames.lane(i - 1), h, channel)) for i, channel in lanes)
    return [replace(c, name=f"channel {i}: {c.name}") for i, checks in found for c in checks]


def stack_of(sums: AnyArray) -> AnyArray:
    """Blocks (n, n_c, 2) of the sums (n, n_c): each stands on all before it that have its sign."""
    same = np.tri(sums.shape[1], k=-1, dtype=np.int64)
    above, below = (np.where(keep, sums, 0) @ same.T for keep in (sums > 0, sums < 0))
    base = np.where(sums > 0, above, below)
    return np.stack([base, base + sums], axis=-1)


def _layer(rows: AnyArray, weights: AnyArray) -> AnyArray:
    """Rows (n_c, n) with their weights (n_c, n_w), cross-correlated and added, (n − n_w + 1,)."""
    pairs = zip(rows, weights, strict=True)
    total: AnyArray = np.sum([np.correlate(x, w, mode="valid") for x, w in pairs], axis=0)
    return total


def _height(block: AnyArray) -> AnyArray:
    """Height above the axis less depth below it (n_n,) of blocks (n_n, n_c, 2)."""
    height: AnyArray = block.max(axis=(1, 2), initial=0) + block.min(axis=(1, 2), initial=0)
    return height


def _size(product: AnyArray) -> float:
    """The largest sum of |products| (n_n, n_c, n_k) of any n."""
    return float(np.abs(product).sum(axis=(1, 2)).max()) or 1.0
