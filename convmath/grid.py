"""Convolutional layers over grids of one, two or three dimensions.

Conventions are those of PyTorch's ``conv1d``, ``conv2d``, ``conv3d`` and their transposes: the
kernel is not flipped (cross-correlation), grids are (channels, *sizes), filters are
(channels out, channels in / groups, *sizes), those of a transposed layer
(channels in, channels out / groups, *sizes). In all shapes below ``*in``, ``*k`` and ``*out`` stand
for one size per dimension.

Source: V. Dumoulin and F. Visin, A guide to convolution arithmetic for deep learning, 2016.
"""

from __future__ import annotations

from collections.abc import Sequence as Several
from dataclasses import dataclass
from itertools import product
from typing import Literal, TypeAlias, get_args

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from convmath.arrays import AnyArray, IntArray
from convmath.discrete import exact_type
from convmath.errors import InputError, sized

__all__ = [
    "Fill",
    "Layout",
    "Padding",
    "convolve_layer",
    "correlate_layer",
    "flipped",
    "layout_of",
    "padded",
    "transposed_layer",
    "transposed_size",
    "windows",
]

Fill: TypeAlias = Literal["zeros", "reflect", "edge", "circular"]
"""What stands in the padding: nothing, the inside mirrored at the edge cell, the edge cell, or the
other side."""

Padding: TypeAlias = int | Several[int] | Literal["valid", "same", "full"]
"""Cells added on each side (one number, or one per dimension), or what is to come out: no output
that needs padding, an output of the input's size, every output that touches the input."""

_NUMPY_MODE: dict[str, Literal["constant", "reflect", "edge", "wrap"]] = {
    "zeros": "constant",
    "reflect": "reflect",
    "edge": "edge",
    "circular": "wrap",
}


@dataclass(frozen=True)
class Layout:
    """How a kernel is laid over a grid: every field but ``fill`` has one number per dimension.

    Attributes
    ----------
    input, kernel
        Their sizes.
    stride
        Cells from one position of the kernel to the next, ≥ 1.
    dilation
        Cells from one weight of the kernel to the next, ≥ 1.
    before, after
        Cells of padding, ≥ 0.
    fill
        What stands in them.

    Examples
    --------
    >>> layout = layout_of((7,), (3,), stride=2, padding=1)
    >>> layout.padded, layout.span, layout.output, layout.dropped
    ((9,), (3,), (4,), (0,))
    """

    input: tuple[int, ...]
    kernel: tuple[int, ...]
    stride: tuple[int, ...]
    dilation: tuple[int, ...]
    before: tuple[int, ...]
    after: tuple[int, ...]
    fill: Fill = "zeros"

    @property
    def padded(self) -> tuple[int, ...]:
        """The sizes of the padded input, n + p + p'."""
        return tuple(map(sum, zip(self.input, self.before, self.after, strict=True)))

    @property
    def span(self) -> tuple[int, ...]:
        """How many cells the kernel covers from end to end, d(k − 1) + 1."""
        return tuple(d * (k - 1) + 1 for d, k in zip(self.dilation, self.kernel, strict=True))

    @property
    def output(self) -> tuple[int, ...]:
        """The sizes of what comes out, ⌊(n + p + p' − d(k − 1) − 1)/s⌋ + 1."""
        sizes = zip(self.padded, self.span, self.stride, strict=True)
        return tuple((n - span) // s + 1 for n, span, s in sizes)

    @property
    def dropped(self) -> tuple[int, ...]:
        """Cells at the end of the padded input that no position reaches, as the stride leaps."""
        sizes = zip(self.padded, self.span, self.stride, strict=True)
        return tuple((n - span) % s for n, span, s in sizes)

    def cells(self) -> IntArray:
        """Every output cell (n, dimensions), row by row."""
        return np.array(list(product(*map(range, self.output))), dtype=np.int64)

    def corners(self) -> IntArray:
        """The kernel's first cell for every output, (n, dimensions), in the padded input."""
        return self.cells() * np.array(self.stride, dtype=np.int64)


def layout_of(
    input_sizes: Several[int],
    kernel_sizes: Several[int],
    *,
    padding: Padding = 0,
    fill: Fill = "zeros",
    stride: int | Several[int] = 1,
    dilation: int | Several[int] = 1,
) -> Layout:
    """The layout of a kernel over a grid.

    With ``"same"`` an odd number of cells of padding has the larger part at the end, as in PyTorch.

    Raises
    ------
    InputError
        If a stride or a dilation is below 1, a padding below 0, too large for its fill, or "same"
        with a stride; if the kernel is larger than the padded input. It names the option.
    """
    sizes, kernel = tuple(input_sizes), tuple(kernel_sizes)
    if len(sizes) != len(kernel) or min((*sizes, *kernel), default=0) < 1:
        raise InputError(
            f"a kernel of {sized(kernel)} and an input of {sized(sizes)} do not go together",
            accepted="as many dimensions, and one cell or more in each",
        )
    strides = _each("stride", stride, len(sizes), least=1)
    dilations = _each("dilation", dilation, len(sizes), least=1)
    before, after = _sides(padding, kernel, strides, dilations)
    layout = Layout(sizes, kernel, strides, dilations, before, after, fill)
    _refuse_fill(layout)
    if any(span > n for span, n in zip(layout.span, layout.padded, strict=True)):
        raise InputError(_too_large(layout), option="--kernel", accepted=_ROOM)
    return layout


_ROOM = "a kernel that fits into the padded input: a smaller one, less dilation, or more padding"


def _too_large(layout: Layout) -> str:
    dilated = f" (dilated to {sized(layout.span)})" if layout.span != layout.kernel else ""
    padded = f" (padded to {sized(layout.padded)})" if layout.padded != layout.input else ""
    return (
        f"a kernel of {sized(layout.kernel)}{dilated} is larger than "
        f"the input of {sized(layout.input)}{padded}"
    )


def _sides(
    padding: Padding, kernel: tuple[int, ...], strides: tuple[int, ...], dilations: tuple[int, ...]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The padding before and after, for each dimension."""
    reach = tuple(d * (k - 1) for d, k in zip(dilations, kernel, strict=True))
    match padding:
        case "valid":
            return (0,) * len(kernel), (0,) * len(kernel)
        case "full":
            return reach, reach
        case "same":
            if set(strides) != {1}:
                raise InputError(
                    "padding 'same' keeps the size, which a stride above 1 does not",
                    option="--padding",
                    accepted="a number of cells, or stride 1",
                )
            before = tuple(r // 2 for r in reach)
            return before, tuple(r - b for r, b in zip(reach, before, strict=True))
        case str():
            raise InputError(
                f"unknown padding '{padding}'",
                option="--padding",
                accepted="a number of cells, or valid, same, full",
            )
        case _:
            each = _each("padding", padding, len(kernel), least=0)
            return each, each


def _each(name: str, given: int | Several[int], dimensions: int, *, least: int) -> tuple[int, ...]:
    numbers = (given,) * dimensions if isinstance(given, int | np.integer) else tuple(given)
    if len(numbers) != dimensions:
        raise InputError(
            f"{len(numbers)} numbers for a grid of {dimensions} dimensions",
            option=f"--{name}",
            accepted=f"one number, or {dimensions}",
        )
    if min(numbers) < least:
        raise InputError(
            f"a {name} of {min(numbers)} is too small",
            option=f"--{name}",
            accepted=f"a whole number from {least} on",
        )
    return tuple(int(number) for number in numbers)


def _refuse_fill(layout: Layout) -> None:
    if layout.fill not in get_args(Fill):
        raise InputError(
            f"unknown fill '{layout.fill}'", option="--fill", accepted=", ".join(get_args(Fill))
        )
    spare = {"reflect": -1, "circular": 0}.get(layout.fill)
    if spare is None:
        return
    for n, p in zip(layout.input, map(max, layout.before, layout.after), strict=True):
        if p > n + spare:
            raise InputError(
                f"{p} cells of padding cannot be filled from {n} by '{layout.fill}'",
                option="--padding",
                accepted=f"at most {n + spare}, or the fill zeros or edge",
            )


def padded(x: AnyArray, layout: Layout) -> AnyArray:
    """The grid (channels, *in) with its padding, (channels, *layout.padded)."""
    sides = [(0, 0), *zip(layout.before, layout.after, strict=True)]
    return np.pad(x, sides, mode=_NUMPY_MODE[layout.fill])


def windows(x: AnyArray, layout: Layout) -> AnyArray:
    """What the kernel covers at each position, (channels, *out, *k), for x (channels, *in)."""
    axes = tuple(range(1, x.ndim))
    views = sliding_window_view(padded(x, layout), layout.span, axis=axes)
    strides = tuple(slice(None, None, s) for s in layout.stride)
    dilations = tuple(slice(None, None, d) for d in layout.dilation)
    return np.asarray(views[(slice(None), *strides, *dilations)])


def flipped(w: AnyArray) -> AnyArray:
    """Filters (channels, channels, *k), reversed along every dimension of the grid."""
    return np.flip(w, axis=tuple(range(2, w.ndim)))


def correlate_layer(
    x: AnyArray,
    w: AnyArray,
    bias: AnyArray | None = None,
    *,
    padding: Padding = 0,
    fill: Fill = "zeros",
    stride: int | Several[int] = 1,
    dilation: int | Several[int] = 1,
    groups: int = 1,
) -> AnyArray:
    """A convolutional layer: cross-correlation over the grid, summed over the channels.

    y[o, i] = b[o] + Σ_{c, a} w[o, c, a] x[c, s·i + d·a − p]

    Parameters
    ----------
    x
        (channels in, *in).
    w
        (channels out, channels in / groups, *k); the g-th part of the filters sees the g-th part of
        the channels.
    bias
        (channels out,), or None.

    Returns
    -------
    (channels out, *out), see `Layout.output`; int64, and exact, where all numbers are whole and the
    sums fit, otherwise float64.

    Raises
    ------
    InputError
        See `layout_of`; or if the channels do not match. It names the option.

    Examples
    --------
    >>> x, w = np.array([[1, 2, 4, 8]]), np.array([[[1, -1]]])
    >>> correlate_layer(x, w).tolist(), convolve_layer(x, w, padding="full").tolist()
    ([[-1, -2, -4]], [[1, 1, 2, 4, -8]])
    """
    layout = layout_of(
        x.shape[1:], w.shape[2:], padding=padding, fill=fill, stride=stride, dilation=dilation
    )
    _refuse_channels(len(x), w.shape[1] * groups, len(w), groups)
    _refuse_bias(bias, len(w))
    kind = exact_type(w.ravel(), x.ravel())
    seen = windows(x.astype(kind), layout)
    seen = seen.reshape(groups, len(x) // groups, *seen.shape[1:])
    parts = w.astype(kind).reshape(groups, len(w) // groups, *w.shape[1:])
    out, taps = "uvw"[: len(layout.kernel)], "abc"[: len(layout.kernel)]
    y = np.einsum(f"gi{out}{taps},goi{taps}->go{out}", seen, parts)
    return _biased(y.reshape(len(w), *layout.output), bias)


def convolve_layer(
    x: AnyArray,
    w: AnyArray,
    bias: AnyArray | None = None,
    *,
    padding: Padding = 0,
    fill: Fill = "zeros",
    stride: int | Several[int] = 1,
    dilation: int | Several[int] = 1,
    groups: int = 1,
) -> AnyArray:
    """The convolution of signal processing: `correlate_layer` with the filters flipped."""
    return correlate_layer(
        x,
        flipped(w),
        bias,
        padding=padding,
        fill=fill,
        stride=stride,
        dilation=dilation,
        groups=groups,
    )


def transposed_size(
    n: int, k: int, *, stride: int = 1, padding: int = 0, output_padding: int = 0, dilation: int = 1
) -> int:
    """How many cells a transposed layer makes of n: (n − 1)s − 2p + d(k − 1) + output padding + 1.

    Examples
    --------
    >>> transposed_size(4, 3, stride=2, padding=1, output_padding=1)
    8
    """
    return (n - 1) * stride - 2 * padding + dilation * (k - 1) + output_padding + 1


def transposed_layer(
    x: AnyArray,
    w: AnyArray,
    bias: AnyArray | None = None,
    *,
    stride: int | Several[int] = 1,
    padding: int | Several[int] = 0,
    output_padding: int | Several[int] = 0,
    dilation: int | Several[int] = 1,
    groups: int = 1,
) -> AnyArray:
    """A transposed convolutional layer: every input stamps a kernel, and overlapping stamps add.

    y[o, s·i + d·a − p] = b[o] + Σ_c x[c, i] w[c, o, a], summed over all i and a that meet there.

    Parameters
    ----------
    x
        (channels in, *in).
    w
        (channels in, channels out / groups, *k).
    padding
        Cells that are cut off on each side.
    output_padding
        Cells that are kept beyond that at the end; less than the stride or the dilation.

    Returns
    -------
    (channels out, *out), sizes as in `transposed_size`; exact as in `correlate_layer`.

    Raises
    ------
    InputError
        If an option is out of range, nothing would be left, or the channels do not match.

    Examples
    --------
    >>> transposed_layer(np.array([[1, 2]]), np.array([[[1, 1, 5]]]), stride=2).tolist()
    [[1, 1, 7, 2, 10]]
    """
    dimensions = x.ndim - 1
    s = _each("stride", stride, dimensions, least=1)
    d = _each("dilation", dilation, dimensions, least=1)
    p = _each("padding", padding, dimensions, least=0)
    extra = _each("output-padding", output_padding, dimensions, least=0)
    _refuse_extra(extra, s, d)
    _refuse_channels(len(x), len(w), w.shape[1] * groups, groups)
    sizes = tuple(
        transposed_size(n, k, stride=s_, padding=p_, output_padding=e_, dilation=d_)
        for n, k, s_, p_, e_, d_ in zip(x.shape[1:], w.shape[2:], s, p, extra, d, strict=True)
    )
    if min(sizes) < 1:
        raise InputError(
            f"a padding of {sized(p)} leaves nothing of the output",
            option="--padding",
            accepted="less",
        )
    spread = _spread(x, s, extra)
    full = correlate_layer(
        spread, _exchanged(w, groups), bias, padding="full", dilation=d, groups=groups
    )
    return full[(slice(None), *(slice(p_, p_ + n) for p_, n in zip(p, sizes, strict=True)))]


def _spread(x: AnyArray, stride: tuple[int, ...], extra: tuple[int, ...]) -> AnyArray:
    """The cells of x with stride − 1 zeros between them, and ``extra`` at the end."""
    sizes = zip(x.shape[1:], stride, extra, strict=True)
    spread = np.zeros((len(x), *((n - 1) * s + 1 + e for n, s, e in sizes)), dtype=x.dtype)
    places = zip(x.shape[1:], stride, strict=True)
    spread[(slice(None), *(slice(0, (n - 1) * s + 1, s) for n, s in places))] = x
    return spread


def _exchanged(w: AnyArray, groups: int) -> AnyArray:
    """Flipped filters (channels out, channels in / groups, *k) of transposed ones."""
    parts = w.reshape(groups, len(w) // groups, *w.shape[1:]).swapaxes(1, 2)
    return flipped(parts.reshape(-1, *parts.shape[2:]))


def _refuse_extra(
    extra: tuple[int, ...], stride: tuple[int, ...], dilation: tuple[int, ...]
) -> None:
    for e, s, d in zip(extra, stride, dilation, strict=True):
        if e >= max(s, d):
            raise InputError(
                f"an output padding of {e} with stride {s} and dilation {d}",
                option="--output-padding",
                accepted=f"less than the stride or the dilation: at most {max(s, d) - 1}",
            )


def _refuse_channels(given: int, taken: int, made: int, groups: int) -> None:
    if groups < 1 or given % groups or made % groups:
        raise InputError(
            f"{given} channels in and {made} out cannot be divided into {groups} groups",
            option="--groups",
            accepted="a number that divides both",
        )
    if given != taken:
        raise InputError(
            f"the filters are made for {taken} channels, and the input has {given}",
            option="--kernel",
            accepted=f"filters with {given // groups} kernels each",
        )


def _refuse_bias(bias: AnyArray | None, made: int) -> None:
    if bias is not None and np.shape(bias) != (made,):
        raise InputError(
            f"{np.size(bias)} biases for {made} filters", option="--bias", accepted="one per filter"
        )


def _biased(y: AnyArray, bias: AnyArray | None) -> AnyArray:
    if bias is None:
        return y
    return np.asarray(y + np.asarray(bias).reshape(-1, *(1,) * (y.ndim - 1)))
