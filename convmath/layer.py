"""A layer of neurons as a matrix: fully connected, and with the weights of one neuron repeated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

import numpy as np

from convmath.arrays import AnyArray, FloatArray, IntArray
from convmath.checks import Check, agreement
from convmath.discrete import exact_type
from convmath.frames import Frames
from convmath.matrix import MatrixMode, taps
from convmath.sequence import Sequence

__all__ = [
    "ACTIVATIONS",
    "Activation",
    "LayerMatrix",
    "NeuronStep",
    "WeightCounts",
    "convolutional_layer",
    "verify_layer",
    "weight_counts",
]

Activation: TypeAlias = Literal["relu", "sigmoid", "tanh", "none"]

ACTIVATIONS: dict[Activation, Callable[[FloatArray], FloatArray]] = {
    "relu": lambda z: np.maximum(z, 0.0),
    "sigmoid": lambda z: (1.0 + np.tanh(z / 2)) / 2,  # 1/(1 + e^−z) without overflow
    "tanh": np.tanh,
    "none": np.positive,
}
"""What a neuron does to w·x + b."""

_SUM_TOLERANCE = 1e-12  # of sums of at most some thousand rounded products
_ACTIVATION_TOLERANCE = 1e-15  # a few units in the last place of 1; relu is exact


class WeightCounts(NamedTuple):
    """How many different weights a layer has, biases not counted.

    Attributes
    ----------
    dense
        Fully connected: n_out · n_in.
    window
        Each neuron with weights of its own, but only for the inputs in its window.
    shared
        One neuron's weights for all: k.
    """

    dense: int
    window: int
    shared: int


def weight_counts(length: int, size: int, *, mode: MatrixMode = "valid") -> WeightCounts:
    """Count the weights of a layer with ``size`` inputs and windows of ``length``.

    Examples
    --------
    >>> weight_counts(3, 7)
    WeightCounts(dense=35, window=15, shared=3)
    """
    if mode == "full":
        return WeightCounts((size + length - 1) * size, length * size, length)
    neurons = size - length + 1
    return WeightCounts(neurons * size, neurons * length, length)


@dataclass(frozen=True, eq=False)
class NeuronStep:
    """One neuron of a `LayerMatrix`."""

    n: int
    start: int
    tap: IntArray  # (n_in,)
    row: AnyArray  # (n_in,)
    product: AnyArray  # (n_in,)
    total: int | float
    preactivation: float
    output: float


@dataclass(frozen=True, eq=False)
class LayerMatrix(Frames[NeuronStep]):
    """y = σ(W x + b), row by row, where every row of W holds the same weights.

    Weights, rows, products and totals are int64, and exact, where weights and input are whole
    numbers and the sums fit; otherwise float64.

    Attributes
    ----------
    n
        (n_out,) int64, the number of the neuron and of its row.
    start
        (n_out,) int64, the column where its window begins; negative where it hangs over.
    tap
        (n_out, n_in) int64: j where w_j stands, −1 outside the window.
    row
        (n_out, n_in) the matrix W; zero outside the window.
    product
        (n_out, n_in) W_{n,i} x_i.
    total
        (n_out,) (W x)_n.
    preactivation
        (n_out,) float64, (W x)_n + b.
    output
        (n_out,) float64, y_n.
    weights
        (k,) w_0, w_1, …, as given.
    x
        (n_in,) the input.
    dense
        (n_out, n_in) float64: the weights of a fully connected layer of the same size, all
        different, multiples of 0.1 in an order drawn with a fixed seed.
    bias
        b, the same for all neurons.
    """

    step = NeuronStep

    n: IntArray
    start: IntArray
    tap: IntArray
    row: AnyArray
    product: AnyArray
    total: AnyArray
    preactivation: FloatArray
    output: FloatArray
    weights: AnyArray
    x: AnyArray
    dense: FloatArray
    bias: float

    @property
    def counts(self) -> WeightCounts:
        """How many weights the layer has: fully connected, in the windows, and shared."""
        return WeightCounts(self.row.size, int((self.tap >= 0).sum()), self.weights.size)


def convolutional_layer(
    weights: Sequence,
    x: Sequence,
    *,
    bias: float = 0.0,
    activation: Activation = "relu",
    mode: MatrixMode = "valid",
    flip: bool = False,
) -> LayerMatrix:
    """Frames of a convolutional layer with one channel, written as a matrix.

    Both sequences count as starting at 0. ``flip`` reverses the weights in the rows: then W x is
    the convolution w * x, otherwise the cross-correlation that deep learning computes.

    Raises
    ------
    InputError
        If ``mode`` is ``valid`` and there are more weights than inputs.

    Examples
    --------
    >>> frames = convolutional_layer(Sequence([1, 2, -1]), Sequence([1, 3, 2, 0]), bias=-1.0)
    >>> frames.row.tolist(), frames.total.tolist(), frames.output.tolist()
    ([[1, 2, -1, 0], [0, 1, 2, -1]], [5, 7], [4.0, 6.0])
    """
    kind = exact_type(weights.values, x.values)
    w, inputs = weights.values.astype(kind), x.values.astype(kind)
    tap = taps(w.size, inputs.size, mode=mode, flip=flip)
    row = np.where(tap >= 0, w[tap], kind(0))
    product = row * inputs
    total = product.sum(axis=1)
    n = np.arange(len(row), dtype=np.int64)
    return LayerMatrix(
        n=n,
        start=n - (w.size - 1 if mode == "full" else 0),
        tap=tap,
        row=row,
        product=product,
        total=total,
        preactivation=total + float(bias),
        output=ACTIVATIONS[activation](total + float(bias)),
        weights=w,
        x=inputs,
        dense=_all_different(row.shape),
        bias=float(bias),
    )


def _all_different(shape: tuple[int, ...]) -> FloatArray:
    """±0.1, ±0.2, … in a fixed random order."""
    count = int(np.prod(shape))
    tenths = np.arange(1, count // 2 + 2)
    values = np.concatenate([tenths, -tenths])
    values = values[np.argsort(np.abs(values), kind="stable")][:count]
    shuffled = np.random.default_rng(2014).permutation(values)
    return shuffled.reshape(shape) / 10.0


def verify_layer(
    frames: LayerMatrix, *, activation: Activation, mode: MatrixMode, flip: bool
) -> tuple[Check, ...]:
    """Hold a layer against numpy.correlate or convolve, scipy.linalg.toeplitz and scipy.special.

    SciPy is imported on demand.
    """
    w, x = frames.weights, frames.x
    kernel = w if flip else w[::-1]
    sums = np.convolve(x, w, mode) if flip else np.correlate(x, w, mode)
    exact = frames.total.dtype.kind == "i"
    scale = 1.0 if exact else float(np.abs(frames.product).max()) or 1.0
    tolerance = 0.0 if exact else _SUM_TOLERANCE
    matrix = _toeplitz(kernel, x.size, mode)
    numbers = np.arange(1, w.size + 1)
    tap = _toeplitz(numbers if flip else numbers[::-1], x.size, mode) - 1
    name = "numpy.convolve" if flip else "numpy.correlate"
    activated = _activated(frames.preactivation, activation)
    return (
        Check(f"W x against {name}", _worst(frames.total - sums) / scale, tolerance),
        Check("W against scipy.linalg.toeplitz", _worst(frames.row - matrix), 0.0),
        Check("activation", _worst(frames.output - activated), _ACTIVATION_TOLERANCE),
        agreement(
            "which weight stands where",
            (frames.tap, tap),
            (frames.n, np.arange(len(tap))),
            (frames.start, np.arange(len(tap)) - (w.size - 1 if mode == "full" else 0)),
        ),
        agreement(
            "products add up, with the bias",
            (frames.product, np.einsum("ni,i->ni", frames.row, x)),
            (frames.total, np.einsum("ni->n", frames.product)),
            (frames.preactivation, sums + frames.bias),
            scale=float(np.abs(frames.product).max() + abs(frames.bias)) or 1.0,
            tolerance=_SUM_TOLERANCE,
        ),
        agreement("all dense weights are different", _tenths(frames.dense), tolerance=1e-9),
    )


def _toeplitz(kernel: AnyArray, size: int, mode: MatrixMode) -> AnyArray:
    """Row after row with the reversed kernel one column further, by SciPy."""
    from scipy.linalg import toeplitz  # type: ignore[import-untyped]

    beside = np.zeros(size - 1, dtype=kernel.dtype)
    full = toeplitz(np.append(kernel, beside), np.append(kernel[:1], beside))
    return np.asarray(full if mode == "full" else full[kernel.size - 1 : size])


def _tenths(dense: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Numbers in order of size, and ±0.1, ±0.2, … as many."""
    sizes = np.sort(np.abs(dense), axis=None)
    apart = np.unique(dense).size - dense.size
    return np.append(sizes, apart), np.append((np.arange(dense.size) // 2 + 1) / 10, 0)


def _activated(z: FloatArray, activation: Activation) -> FloatArray:
    """The activation by other means than those of the frames."""
    from scipy.special import expit  # type: ignore[import-untyped]

    by_other_means: dict[Activation, Callable[[FloatArray], FloatArray]] = {
        "relu": lambda z: np.where(z > 0, z, 0.0),
        "sigmoid": expit,
        "tanh": lambda z: 2 * expit(2 * z) - 1,
        "none": lambda z: z,
    }
    return by_other_means[activation](z)


def _worst(error: AnyArray) -> float:
    return float(np.max(np.abs(error)))
