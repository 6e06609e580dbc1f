"""One row of weights, read as centred on the output and as centred on the input."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from convmath.arrays import AnyArray, IntArray
from convmath.checks import Check, agreement
from convmath.discrete import exact_type
from convmath.errors import InputError
from convmath.frames import Frames
from convmath.sequence import Sequence

__all__ = [
    "FLIPPED",
    "INPUT",
    "OUTPUT",
    "CenteringStep",
    "KernelReadings",
    "centred",
    "read_kernels",
    "verify_readings",
]

OUTPUT, INPUT, FLIPPED = 0, 1, 2
"""Readings: w around the output; g = w around each input; g[x] = w[−x] around each input."""

_SUM_TOLERANCE = 1e-12  # of sums of some rounded products


def centred(row: Sequence) -> Sequence:
    """The same weights with the middle one at 0: w[−r], …, w[0], …, w[r].

    Raises
    ------
    InputError
        If their number is even: then none is in the middle.

    Examples
    --------
    >>> centred(Sequence([1, 2, 5])).support
    (-1, 1)
    """
    if len(row) % 2 == 0:
        raise InputError(
            f"{len(row)} weights have none in the middle",
            typed=row.text,
            accepted="an odd number of weights, such as 1, 2, 5",
        )
    return Sequence(row.values, -(len(row) // 2), row.text)


@dataclass(frozen=True, eq=False)
class CenteringStep:
    """One output position of `KernelReadings`."""

    n: int
    k: IntArray  # (m,)
    sample: AnyArray  # (m,)
    weight: AnyArray  # (2, 3, m)
    product: AnyArray  # (2, 3, m)
    output: AnyArray  # (2, 3)


@dataclass(frozen=True, eq=False)
class KernelReadings(Frames[CenteringStep]):
    """What two kernels w make of f in three readings; y is as long as f, and f is zero outside.

    Axes in this order: step n, kernel, reading, place in the window of m = 2r + 1 inputs around n.
    The kernels are the asymmetric one (0) and the symmetric one (1). Readings:

    - `OUTPUT`: y[n] = Σ_j w[j] f[n + j], the weight of f[k] is w[k − n] (cross-correlation);
    - `INPUT`: y[n] = Σ_k f[k] g[n − k] with g = w, the weight of f[k] is w[n − k] (convolution);
    - `FLIPPED`: the same with g[x] = w[−x].

    All values are int64, and exact, where kernels and f are whole numbers and the sums fit;
    otherwise float64.

    Attributes
    ----------
    n
        (n_n,) int64: 0, 1, …, one output for each sample of f.
    k
        (n_n, m) int64: n − r, …, n + r, the inputs around n.
    sample
        (n_n, m) f[k], zero beside f.
    weight
        (n_n, 2, 3, m) what f[k] is multiplied by.
    product
        (n_n, 2, 3, m) weight · f[k].
    output
        (n_n, 2, 3) y[n].
    kernels
        (2, m) w[−r], …, w[r].
    f
        (n_n,) the input.
    """

    step = CenteringStep

    n: IntArray
    k: IntArray
    sample: AnyArray
    weight: AnyArray
    product: AnyArray
    output: AnyArray
    kernels: AnyArray
    f: AnyArray

    @property
    def reach(self) -> int:
        """How far a kernel reaches to either side, r."""
        return int(self.kernels.shape[1] // 2)


def read_kernels(kernel: Sequence, symmetric: Sequence, f: Sequence) -> KernelReadings:
    """Frames of two `centred` kernels of one length over ``f``, which starts at 0.

    Raises
    ------
    InputError
        If the kernels have different lengths.

    Examples
    --------
    >>> w, s = centred(Sequence([1, 2, 5])), centred(Sequence([1, 2, 1]))
    >>> frames = read_kernels(w, s, Sequence([1, 2, 4]))
    >>> frames.weight[1, 0].tolist()
    [[1, 2, 5], [5, 2, 1], [1, 2, 5]]
    >>> frames.output[1].tolist()
    [[25, 13, 25], [9, 9, 9]]
    """
    if kernel.support != symmetric.support:
        raise InputError(f"the kernels have {len(kernel)} and {len(symmetric)} weights")
    n = f.indices
    k = n[:, None] + kernel.indices
    sample = f(k)
    kernels = np.stack([kernel.values, symmetric.values])
    kind = exact_type(kernels.ravel(), sample)
    weight = np.stack([_weights(w, n[:, None], k) for w in (kernel, symmetric)], axis=1)
    product = weight.astype(kind) * sample.astype(kind)[:, None, None]
    return KernelReadings(
        n=n,
        k=k,
        sample=sample.astype(kind),
        weight=weight.astype(kind),
        product=product,
        output=product.sum(axis=-1),
        kernels=kernels.astype(kind),
        f=f.values.astype(kind),
    )


def _weights(w: Sequence, n: IntArray, k: IntArray) -> AnyArray:
    """What the input at k is worth to the output at n in each reading, (n_n, 3, m)."""
    return np.stack([w(k - n), w(n - k), w.flipped()(n - k)], axis=1)


def verify_readings(frames: KernelReadings) -> tuple[Check, ...]:
    """Hold outputs against NumPy and SciPy, and the readings that must agree against each other.

    SciPy is imported on demand.
    """
    from scipy import ndimage  # type: ignore[import-untyped]

    exact = frames.product.dtype.kind == "i"
    scale = 1.0 if exact else float(np.abs(frames.product).sum(axis=-1).max()) or 1.0
    tolerance = 0.0 if exact else _SUM_TOLERANCE
    f, output = frames.f, frames.output
    gathered = _each(frames, _in_scale(ndimage.correlate1d, f))
    launched = _each(frames, _in_scale(ndimage.convolve1d, f))
    errors = {
        "around the output, against scipy.ndimage.correlate1d": output[..., OUTPUT] - gathered,
        "around the input, against scipy.ndimage.convolve1d": output[..., INPUT] - launched,
        "around the input, against numpy.convolve": output[..., INPUT]
        - _each(frames, lambda w: np.convolve(f, w)[frames.reach :][: f.size]),
        "g(−x) around the input, against w around the output": output[..., FLIPPED]
        - output[..., OUTPUT],
        "a symmetric kernel in both readings": output[:, 1, INPUT] - output[:, 1, OUTPUT],
    }
    return (
        *(
            agreement(name, (error, np.zeros_like(error)), scale=scale, tolerance=tolerance)
            for name, error in errors.items()
        ),
        agreement(
            "products add up to the outputs",
            (frames.product, np.einsum("nwrm,nm->nwrm", frames.weight, frames.sample)),
            (frames.output, np.einsum("nwrm->nwr", frames.product)),
            scale=scale,
            tolerance=tolerance,
        ),
        agreement("inputs and weights in the window", *_windows(frames)),
    )


def _windows(frames: KernelReadings) -> list[tuple[AnyArray, AnyArray]]:
    """Pairs: the inputs around every n, and the kernels as they stand, or read backwards, there."""
    r, count, w = frames.reach, len(frames), frames.kernels
    beside = np.pad(frames.f, r)
    readings = np.stack([w, w[:, ::-1], w], axis=1)
    return [
        (frames.n, np.arange(count)),
        (frames.k, np.add.outer(np.arange(count), np.arange(-r, r + 1))),
        (frames.sample, np.stack([beside[i : i + 2 * r + 1] for i in range(count)])),
        (frames.weight, np.broadcast_to(readings, (count, *readings.shape))),
    ]


def _in_scale(filtered: Callable[..., AnyArray], f: AnyArray) -> Callable[[AnyArray], AnyArray]:
    """``filtered`` for one kernel. SciPy takes a kernel whose sides differ by less than 2e-16 for
    symmetric, so it gets weights of size 1."""

    def scaled(w: AnyArray) -> AnyArray:
        if w.dtype.kind == "i":
            return filtered(f, w, mode="constant")
        size = np.abs(w).max() or 1.0
        return size * filtered(f, w / size, mode="constant")

    return scaled


def _each(frames: KernelReadings, combine: Callable[[AnyArray], AnyArray]) -> AnyArray:
    """What becomes of each kernel, (n_n, 2)."""
    return np.stack([combine(w) for w in frames.kernels], axis=1)
