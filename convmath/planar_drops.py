"""A ball that is dropped twice on a floor: moves a and b are vectors, and it lands on c = a + b.

Grids are indexed [y, x]: x counts to the right and y upwards, both from 0.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from convmath.arrays import FloatArray, IntArray
from convmath.checks import Check, agreement
from convmath.frames import Frames

__all__ = ["PlanarDrops", "PlanarDropsStep", "Ways", "drop_twice", "verify_drops"]

_TOLERANCE = 1e-12  # sums of at most some dozen rounded products of probabilities


@dataclass(frozen=True, eq=False)
class PlanarDropsStep:
    """One landing point of `PlanarDrops`."""

    point: int
    c: IntArray  # (2,)
    product: FloatArray  # (rows of f, columns of f)
    ways: int
    output: float


@dataclass(frozen=True, eq=False)
class Ways:
    """The possible ways to land on one point, by a: row by row from the bottom.

    Attributes
    ----------
    a, b
        (m, 2) whole numbers, x and y: the two moves; a + b is the landing point.
    f, g, product
        (m,) f(a), g(b) and f(a)·g(b), none of them 0.
    """

    a: IntArray
    b: IntArray
    f: FloatArray
    g: FloatArray
    product: FloatArray

    def __len__(self) -> int:
        """How many ways there are."""
        return len(self.product)

    @property
    def numbers(self) -> list[tuple[float, float, float]]:
        """f, g and their product for each way."""
        columns = (self.f.tolist(), self.g.tolist(), self.product.tolist())
        return list(zip(*columns, strict=True))


@dataclass(frozen=True, eq=False)
class PlanarDrops(Frames[PlanarDropsStep]):
    """(f * g)(c) = Σ_a f(a) g(c − a) at every landing point c, row by row from the top.

    Attributes
    ----------
    point
        (n,) int64, 0, 1, ….
    c
        (n, 2) int64, x and y of the landing point.
    product
        (n, rows, columns) f(a) g(c − a) for every a, indexed [y, x]; 0 where there is no such b.
    ways
        (n,) int64, how many of these products are not 0.
    output
        (n,) their sum, the probability of landing on c.
    f, g
        (rows, columns), (k, m): probabilities of a and of b, indexed [y, x].
    total
        (rows + k − 1, columns + m − 1) f * g, indexed [y, x].
    """

    step = PlanarDropsStep

    point: IntArray
    c: IntArray
    product: FloatArray
    ways: IntArray
    output: FloatArray
    f: FloatArray
    g: FloatArray
    total: FloatArray

    def index_of(self, c: tuple[int, int]) -> int:
        """Which step lands on c.

        Raises
        ------
        IndexError
            If c is outside the map.
        """
        found = np.flatnonzero((self.c == c).all(axis=1))
        if not len(found):
            raise IndexError(f"there is no landing point {c}")
        return int(found[0])

    def ways_to(self, i: int) -> Ways:
        """The possible ways to land on the point of step i."""
        rows, columns = np.nonzero(self.product[i])
        a = np.stack([columns, rows], axis=1)
        b = self.c[i] - a
        f, g = self.f[rows, columns], self.g[b[:, 1], b[:, 0]]
        return Ways(a, b, f, g, self.product[i][rows, columns])


def drop_twice(f: FloatArray, g: FloatArray) -> PlanarDrops:
    """Frames of two independent drops with probabilities f (rows, columns) and g (k, m), [y, x].

    Examples
    --------
    >>> frames = drop_twice(np.array([[0.5, 0.5]]), np.array([[0.25], [0.75]]))
    >>> frames.total.tolist()
    [[0.125, 0.125], [0.375, 0.375]]
    >>> ways = frames.ways_to(frames.index_of((1, 1)))
    >>> ways.a.tolist(), ways.b.tolist(), ways.product.tolist()
    ([[1, 0]], [[0, 1]], [0.375])
    """
    (rows, columns), (k, m) = f.shape, g.shape
    height, width = rows + k - 1, columns + m - 1
    y, x = np.divmod(np.arange(height * width), width)
    c = np.stack([x, height - 1 - y], axis=1)
    product = np.stack([f * _turned_over(g, f.shape, at) for at in c.tolist()])
    output = product.sum(axis=(1, 2))
    return PlanarDrops(
        point=np.arange(len(c)),
        c=c,
        product=product,
        ways=np.count_nonzero(product, axis=(1, 2)),
        output=output,
        f=f,
        g=g,
        total=output.reshape(height, width)[::-1],
    )


def _turned_over(g: FloatArray, shape: tuple[int, ...], c: list[int]) -> FloatArray:
    """g(c − a) for every a of a grid of this shape: g after a half turn, its corner at c."""
    y, x = np.indices(shape)
    rows, columns = c[1] - y, c[0] - x
    inside = (rows >= 0) & (rows < g.shape[0]) & (columns >= 0) & (columns < g.shape[1])
    return np.where(inside, g[np.where(inside, rows, 0), np.where(inside, columns, 0)], 0.0)


def verify_drops(frames: PlanarDrops) -> tuple[Check, ...]:
    """Hold the map against scipy.signal.convolve2d, its sum against 1, and the steps against it.

    SciPy is imported on demand.
    """
    from scipy.signal import convolve2d  # type: ignore[import-untyped]

    height, width = frames.total.shape
    x, y = frames.c.T
    at = frames.total[y % height, x % width]
    possible = convolve2d((frames.f > 0).astype(int), (frames.g > 0).astype(int))
    upwards = np.argwhere(np.ones(frames.total.shape))
    gaps = {
        "f * g against scipy.signal.convolve2d": (frames.total, convolve2d(frames.f, frames.g)),
        "products add up to f * g": (frames.product.sum(axis=(1, 2)), at),
        "each landing point shows its own number": (frames.output, at),
        "f * g adds up to sum of f times sum of g": (
            frames.total.sum(),
            frames.f.sum() * frames.g.sum(),
        ),
        "landing points row by row from the top": (
            frames.c,
            np.stack([upwards[:, 1], height - 1 - upwards[:, 0]], axis=1),
        ),
        "numbers of ways against scipy.signal.convolve2d": (frames.ways, possible[::-1].ravel()),
        "numbers of landing points": (frames.point, np.arange(height * width)),
    }
    return tuple(agreement(name, pair, tolerance=_TOLERANCE) for name, pair in gaps.items())
