"""Several channels, one output: each has its own sliding sum, and the sums add up to y.

Signal processing: y[n] = Σ_c Σ_k h_c[k] x_c[n − k], a convolution of each channel.
Deep learning: y[n] = Σ_c Σ_k w_c[k] x_c[n + k], a cross-correlation; see Goodfellow, Bengio and
Courville, Deep Learning (2016), section 9.5, equation 9.7, with one spatial axis and one output.
"""

from __future__ import annotations

from collections.abc import Sequence as Several
from dataclasses import dataclass, fields

import numpy as np

from convmath.arrays import AnyArray, FloatArray, IntArray
from convmath.discrete import SlidingSum, convolve_discrete, correlate_discrete
from convmath.errors import InputError
from convmath.frames import Frames
from convmath.sequence import Sequence

__all__ = [
    "ChannelStep",
    "ChannelSums",
    "ConvolutionAndLayer",
    "convolution_and_layer",
    "convolve_channels",
    "correlate_channels",
    "stacked",
]

_LARGEST = 2**63 - 1


@dataclass(frozen=True, eq=False)
class ChannelStep:
    """One n of a `ChannelSums`."""

    n: int
    output: int | float
    limits: FloatArray  # (2,)
    sums: AnyArray  # (n_c,)
    block: AnyArray  # (n_c, 2)
    moving: AnyArray  # (n_c, n_k)
    product: AnyArray  # (n_c, n_k)


@dataclass(frozen=True, eq=False)
class ChannelSums(Frames[ChannelStep]):
    """One sliding sum for each of n_c channels, for every n, and their stack.

    All channels have the same indices, and so have all kernels. Values are int64, and exact, where
    all of them are whole numbers and the sums fit; otherwise all values are float64.

    Attributes
    ----------
    n
        (n_n,) int64, where the output is evaluated.
    output
        (n_n,) y[n], the sum of ``sums`` over the channels.
    limits
        (n_n, 2) float64: first and last k of the overlap, the same in every channel; NaN where
        there is none.
    sums
        (n_n, n_c) what each channel contributes to y[n].
    block
        (n_n, n_c, 2) where the block of each contribution begins and ends in the stack; see
        `stacked`.
    moving, product
        (n_n, n_c, n_k) each: the sequence that slides, and its product with the one that stays.
    k
        (n_k,) int64 axis of the sum.
    fixed
        (n_c, n_k) the sequence that stays: the kernels of a convolution, the channels of a
        cross-correlation.
    original_k, original
        (m,) and (n_c, m): index and value of what slides, before it is flipped or moved.
    supports
        (2, 2) float64: first and last index of what stays and of what slides, both included.
    """

    step = ChannelStep

    n: IntArray
    output: AnyArray
    limits: FloatArray
    sums: AnyArray
    block: AnyArray
    moving: AnyArray
    product: AnyArray
    k: IntArray
    fixed: AnyArray
    original_k: IntArray
    original: AnyArray
    supports: FloatArray

    @property
    def channels(self) -> int:
        """n_c, the number of channels."""
        return int(self.sums.shape[1])

    @property
    def peak(self) -> tuple[int, int | float]:
        """(n, y) of the output that is farthest from zero."""
        i = int(np.argmax(np.abs(self.output)))
        return int(self.n[i]), self.output[i].item()

    def lane(self, channel: int) -> SlidingSum:
        """The sliding sum of one channel, counted from 0."""
        product = self.product[:, channel]
        return SlidingSum(
            n=self.n,
            output=self.sums[:, channel],
            limits=self.limits,
            k=self.k,
            fixed=self.fixed[channel],
            moving=self.moving[:, channel],
            product=product,
            partial=np.cumsum(product, axis=1),
            original_k=self.original_k,
            original=self.original[channel],
            supports=self.supports,
        )


@dataclass(frozen=True, eq=False)
class ConvolutionAndLayer(ChannelSums):
    """A convolution with one kernel for all channels, and a layer with one kernel for each.

    The steps are those of the convolution.

    Attributes
    ----------
    layer_kernels
        (n_c, n_w) w_c[k].
    layer_n
        (n_m,) int64, the n at which every kernel lies inside its channel.
    layer_sums
        (n_m, n_c) Σ_k w_c[k] x_c[n + k].
    layer_output
        (n_m,) the layer's y[n].
    """

    layer_kernels: AnyArray
    layer_n: IntArray
    layer_sums: AnyArray
    layer_output: AnyArray


def convolve_channels(
    kernels: Several[Sequence], channels: Several[Sequence], n: tuple[int, int]
) -> ChannelSums:
    """Frames of y[n] = Σ_c Σ_k h_c[k] x_c[n − k]: the channels are flipped and slide.

    Parameters
    ----------
    n
        First and last n, both included.

    Raises
    ------
    InputError
        If there is not one kernel for each channel, or the channels (or the kernels) do not have
        the same indices.

    Examples
    --------
    >>> h, x = Sequence([2, 1]), [Sequence([1, 2]), Sequence([0, -3])]
    >>> frames = convolve_channels([h, h], x, (0, 2))
    >>> frames.sums.tolist(), frames.output.tolist()
    ([[2, 0], [5, -6], [2, -3]], [2, -1, -1])
    """
    _refuse_unlike(kernels, channels)
    pairs = zip(kernels, channels, strict=True)
    return _together([convolve_discrete(h, x, n) for h, x in pairs])


def correlate_channels(
    kernels: Several[Sequence], channels: Several[Sequence], n: tuple[int, int]
) -> ChannelSums:
    """Frames of y[n] = Σ_c Σ_k w_c[k] x_c[n + k]: the kernels slide, and are not flipped.

    Examples
    --------
    >>> w, x = [Sequence([1, 2]), Sequence([0, 1])], [Sequence([1, 2, 3]), Sequence([4, 5, 6])]
    >>> correlate_channels(w, x, (0, 1)).output.tolist()
    [10, 14]
    """
    _refuse_unlike(kernels, channels)
    pairs = zip(kernels, channels, strict=True)
    return _together([correlate_discrete(w, x, n) for w, x in pairs])


def convolution_and_layer(
    h: Sequence, kernels: Several[Sequence], channels: Several[Sequence]
) -> tuple[ConvolutionAndLayer, ChannelSums]:
    """Both sums over the same channels, each x_c[0], …, x_c[N − 1].

    The convolution, whose output has N + K − 1 values, is given from one n before its output
    begins to one after it ends. The layer has the N − K + 1 values of a layer without padding.

    Raises
    ------
    InputError
        As `convolve_channels`, and if a kernel is longer than the channels.
    """
    length, width = channels[0].values.size, kernels[0].values.size
    if width > length:
        raise InputError(
            f"a kernel of {width} numbers does not fit into a channel of {length}",
            accepted="kernels no longer than the channels",
        )
    last = length + h.values.size - 1
    convolution = convolve_channels([h] * len(channels), channels, (-1, last))
    layer = correlate_channels(kernels, channels, (0, length - width))
    shared = {f.name: getattr(convolution, f.name) for f in fields(ChannelSums)}
    frames = ConvolutionAndLayer(
        **shared,
        layer_kernels=layer.original,
        layer_n=layer.n,
        layer_sums=layer.sums,
        layer_output=layer.output,
    )
    return frames, layer


def stacked(sums: AnyArray) -> AnyArray:
    """Blocks (n_n, n_c, 2) that stand on each other, as high as the ``sums`` (n_n, n_c).

    The first channel is nearest to the axis. Positive blocks stand above it, negative ones hang
    below it, so that the height above less the depth below is the sum over the channels.

    Examples
    --------
    >>> stacked(np.array([[3, -1, 2, -4]])).tolist()
    [[[0, 3], [0, -1], [3, 5], [-1, -5]]]
    """
    above = np.cumsum(np.maximum(sums, 0), axis=1)
    below = np.cumsum(np.minimum(sums, 0), axis=1)
    end = np.where(sums > 0, above, below)
    blocks: AnyArray = np.stack([end - sums, end], axis=-1)
    return blocks


def _together(lanes: list[SlidingSum]) -> ChannelSums:
    """The lanes, which have the same n and k, along a new axis of channels."""
    first = lanes[0]
    dtype = _exact_type(lanes)
    sums = np.stack([lane.output for lane in lanes], axis=1).astype(dtype)
    return ChannelSums(
        n=first.n,
        output=sums.sum(axis=1),
        limits=first.limits,
        sums=sums,
        block=stacked(sums),
        moving=np.stack([lane.moving for lane in lanes], axis=1).astype(dtype),
        product=np.stack([lane.product for lane in lanes], axis=1).astype(dtype),
        k=first.k,
        fixed=np.stack([lane.fixed for lane in lanes]).astype(dtype),
        original_k=first.original_k,
        original=np.stack([lane.original for lane in lanes]).astype(dtype),
        supports=first.supports,
    )


def _exact_type(lanes: list[SlidingSum]) -> type[np.int64] | type[np.float64]:
    """int64 where every lane is, and no stack can leave it; otherwise float64."""
    if any(lane.output.dtype.kind != "i" for lane in lanes):
        return np.float64
    largest = sum(max(abs(v) for v in lane.output.tolist()) for lane in lanes)
    return np.int64 if largest <= _LARGEST else np.float64


def _refuse_unlike(kernels: Several[Sequence], channels: Several[Sequence]) -> None:
    if len(kernels) != len(channels) or not channels:
        raise InputError(
            f"these are {len(channels)} channels and {len(kernels)} kernels",
            accepted="one kernel for each channel",
        )
    for name, rows in (("channels", channels), ("kernels", kernels)):
        if len({row.support for row in rows}) > 1:
            raise InputError(
                f"the {name} do not all have the same indices",
                accepted=f"{name} of one length, from one index on",
            )
