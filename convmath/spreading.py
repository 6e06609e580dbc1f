"""Two readings of y[n] = Σ_k f[k] g[n − k]: every input spreads, every output gathers.

Input side: the input f[k] adds a scaled copy of g to the output, from n = k on. Output side: the
output y[n] weighs the inputs with g read backwards. See S. W. Smith, The Scientist and Engineer's
Guide to Digital Signal Processing (1997), chapter 6, "The Input Side Algorithm" and "The Output
Side Algorithm".
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from convmath.arrays import AnyArray, IntArray
from convmath.channel_checks import stack_of
from convmath.channels import stacked
from convmath.checks import Check, agreement
from convmath.discrete import exact_type
from convmath.frames import Frames
from convmath.sequence import Sequence

__all__ = ["SpreadAndGather", "SpreadStep", "spread_and_gather", "verify_spreading"]

# Sums of at most some thousand rounded products, in parts of the largest sum of their sizes.
_SUM_TOLERANCE = 1e-12


@dataclass(frozen=True, eq=False)
class SpreadStep:
    """One n of a `SpreadAndGather`."""

    n: int
    output: int | float
    gathered: int | float
    age: IntArray  # (n_k,)
    weight: AnyArray  # (n_k,)
    product: AnyArray  # (n_k,)
    block: AnyArray  # (n_k, 2)


@dataclass(frozen=True, eq=False)
class SpreadAndGather(Frames[SpreadStep]):
    """Both readings of one convolution, for every n from its first output to its last.

    Values are int64, and exact, where f and g are whole numbers and Σ|f|·max|g| fits; otherwise
    all are float64.

    Attributes
    ----------
    n
        (n_n,) int64, n_n = n_k + n_m − 1.
    output
        (n_n,) input side: the copies of g, added up one after the other.
    gathered
        (n_n,) output side: for each n the dot product of f with the flipped g.
    age
        (n_n, n_k) int64 n − k: how many steps ago the input k was; negative before it comes.
    weight
        (n_n, n_k) g[n − k], which is g flipped and moved to n.
    product
        (n_n, n_k) f[k] g[n − k], made from the weights.
    block
        (n_n, n_k, 2) where each copy's block begins and ends in the stack; see `stacked`.
    k, f
        (n_k,) index and value of the inputs.
    m, g
        (n_m,) index and value of the response: its answer to a 1, m steps later.
    copies
        (n_k, n_n) what each input adds to each output: g, f[k] times as high, from n = k on.
    partial
        (n_k, n_n) the output when the inputs up to k have come: running sums of the copies.
    """

    step = SpreadStep

    n: IntArray
    output: AnyArray
    gathered: AnyArray
    age: IntArray
    weight: AnyArray
    product: AnyArray
    block: AnyArray
    k: IntArray
    f: AnyArray
    m: IntArray
    g: AnyArray
    copies: AnyArray
    partial: AnyArray

    @property
    def table(self) -> AnyArray:
        """(n_k, n_m) all products f[k] g[m]; those with k + m = n add up to y[n]."""
        return np.multiply.outer(self.f, self.g)

    @property
    def inside(self) -> AnyArray:
        """(n_n, n_k) which inputs the flipped g lies over: those of the ages that g has."""
        covered: AnyArray = (self.age >= self.m[0]) & (self.age <= self.m[-1])
        return covered

    @property
    def apart(self) -> float:
        """The largest difference between both sums at any n, in parts of Σ_k |f[k] g[n − k]|.

        Zero where both are exact.
        """
        scale = float(np.abs(self.product).sum(axis=1).max()) or 1.0
        return float(np.abs(self.output - self.gathered).max()) / scale


def spread_and_gather(f: Sequence, g: Sequence) -> SpreadAndGather:
    """Frames of both readings of f * g, each computed on its own.

    Examples
    --------
    >>> frames = spread_and_gather(Sequence([3, 1]), Sequence([4, 2, 1]))
    >>> frames.copies.tolist()
    [[12, 6, 3, 0], [0, 4, 2, 1]]
    >>> frames.output.tolist(), frames.gathered.tolist()
    ([12, 10, 5, 1], [12, 10, 5, 1])
    >>> frames.at(1).age.tolist(), frames.at(1).weight.tolist(), frames.at(1).product.tolist()
    ([1, 0], [2, 4], [6, 4])
    """
    dtype = exact_type(f.values, g.values)
    inputs, response = f.values.astype(dtype), g.values.astype(dtype)
    n = np.arange(f.start + g.start, f.stop + g.stop - 1, dtype=np.int64)
    copies = _copies(inputs, response)
    partial = np.cumsum(copies, axis=0)
    age = n[:, None] - f.indices
    weight = g(age).astype(dtype)
    return SpreadAndGather(
        n=n,
        output=partial[-1],
        gathered=weight @ inputs,
        age=age,
        weight=weight,
        product=weight * inputs,
        block=stacked(copies.T),
        k=f.indices,
        f=inputs,
        m=g.indices,
        g=response,
        copies=copies,
        partial=partial,
    )


def _copies(f: AnyArray, g: AnyArray) -> AnyArray:
    """Row k holds f[k] · g from column k on, (n_k, n_k + n_m − 1)."""
    copies = np.zeros((f.size, f.size + g.size - 1), dtype=f.dtype)
    for k, value in enumerate(f):
        copies[k, k : k + g.size] = value * g
    return copies


def verify_spreading(frames: SpreadAndGather, f: Sequence, g: Sequence) -> tuple[Check, ...]:
    """Hold both sums against each other and against numpy.convolve, and the drawn blocks too.

    Whole numbers have to agree exactly.
    """
    exact = frames.output.dtype.kind == "i"
    scale = 1.0 if exact else float(np.abs(frames.product).sum(axis=1).max()) or 1.0
    full = np.convolve(f.values.astype(frames.f.dtype), g.values.astype(frames.f.dtype))
    height = frames.block.max(axis=(1, 2), initial=0) + frames.block.min(axis=(1, 2), initial=0)
    errors = {
        "spread against gathered, at every n": frames.output - frames.gathered,
        "spread against numpy.convolve": frames.output - full,
        "gathered against numpy.convolve": frames.gathered - full,
        "blocks against products": frames.copies.T - frames.product,
        "height of the stack": height - frames.gathered,
    }
    tolerance = 0.0 if exact else _SUM_TOLERANCE
    return (
        *(
            agreement(name, (error, np.zeros_like(error)), scale=scale, tolerance=tolerance)
            for name, error in errors.items()
        ),
        agreement(
            "drawn copies, products, blocks and running sums",
            (np.diff(frames.partial, axis=0, prepend=0), frames.copies),
            (frames.product, np.einsum("nk,k->nk", frames.weight, frames.f)),
            (frames.block, stack_of(frames.copies.T)),
            scale=scale,
            tolerance=tolerance,
        ),
        agreement("drawn sequences and ages", *_given(frames, f, g)),
    )


def _given(frames: SpreadAndGather, f: Sequence, g: Sequence) -> list[tuple[AnyArray, AnyArray]]:
    """Pairs: both sequences as they were given, and the flipped one at every n, shift by shift."""
    beside = np.pad(g.values, f.values.size - 1)[::-1]
    last = len(frames) - 1
    shifted = [beside[last - i : last - i + f.values.size] for i in range(len(frames))]
    ages = np.subtract.outer(np.arange(len(frames)), np.arange(f.values.size)) + g.start
    return [
        (frames.n, f.start + g.start + np.arange(len(frames))),
        (frames.k, f.start + np.arange(f.values.size)),
        (frames.m, g.start + np.arange(g.values.size)),
        (frames.f, f.values),
        (frames.g, g.values),
        (frames.age, ages),
        (frames.weight, np.stack(shifted)),
    ]
