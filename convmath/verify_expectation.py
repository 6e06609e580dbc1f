"""Expected values held against NumPy, QUADPACK, and sums that are taken in another order."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from convmath.arrays import FloatArray
from convmath.checks import Check, agreement, chord_error
from convmath.density import Density
from convmath.expectation import PIVOTS, Expectation

__all__ = ["verify_expectation"]

# Sums of at most some ten thousand rounded numbers, in parts of the largest of them.
_SUM_TOLERANCE = 1e-12
# A drawn chord misses a curve by 5e-4 of its peak (convmath/outline.py).
_CHORD_TOLERANCE = 1e-3
# QUADPACK is asked for 1e-11.
_QUAD_TOLERANCE = 1e-9


def verify_expectation(frames: Expectation, density: Density) -> tuple[Check, ...]:
    """Check the frames by other means than those that made them.

    The expected value is held against numpy.average, the variance against E[X²] − E[X]², the means
    of the draws against `math.fsum`, moments against E[X], the outputs against numpy.convolve, the
    integral against QUADPACK, and the bars against the density.
    """
    f = frames
    size = float(np.abs(f.x).max())
    spread = f.variance - (math.fsum(f.p * f.x * f.x) - f.expected**2)
    means = [math.fsum(f.draw[:n]) / n for n in _some(len(f))]
    apart = f.mean[[n - 1 for n in _some(len(f))]] - means
    reach = float(np.abs(f.window).max())
    by_quad = abs(f.integral - density.mean_by_quad()) / reach
    return (
        _sums("E[X] against numpy.average", f.expected - np.average(f.x, weights=f.p), size),
        _sums("variance against the mean of squares", spread, size**2),
        _sums("moments about E[X] add up to 0", float(f.torque[-1]), size),
        *_moment_checks(f, size),
        *_draw_checks(f, size),
        _sums("means of draws against math.fsum", float(np.abs(apart).max()), size),
        _average_check(f),
        *_bar_checks(f, density),
        Check("integral against quad", by_quad, _QUAD_TOLERANCE),
    )


def _moment_checks(f: Expectation, size: float) -> tuple[Check, ...]:
    """The summands of E[X], and the moments about every pivot, which add up to E[X] − pivot."""
    far = f.x - f.pivot[:, None]
    return (
        agreement(
            "summands of E[X], and moments",
            (f.product, np.einsum("i,i->i", f.p, f.x)),
            (f.moment, np.einsum("i,vi->vi", f.p, far)),
            (f.torque, np.einsum("vi->v", f.moment)),
            (f.torque, f.expected - f.pivot),
            scale=size,
            tolerance=_SUM_TOLERANCE,
        ),
        agreement(
            "pivots are evenly spaced",
            (f.pivot, f.pivot[0] + (f.expected - f.pivot[0]) * np.arange(PIVOTS) / (PIVOTS - 1)),
            (np.abs(f.x - f.pivot[0]).min(), 0.0),
            scale=size,
            tolerance=_SUM_TOLERANCE,
        ),
    )


def _draw_checks(f: Expectation, size: float) -> tuple[Check, ...]:
    """Every draw changes n times the mean by itself; the band is σ/√n."""
    grown = np.diff(f.n * f.mean, prepend=0.0)
    return (
        agreement(
            "every mean and its draw",
            (f.n, np.arange(1, len(f) + 1)),
            (grown, f.draw),
            scale=size * len(f),
            tolerance=_SUM_TOLERANCE,
        ),
        agreement(
            "band against the variance",
            (f.band**2 * f.n, np.full(len(f), f.variance)),
            scale=size**2,
            tolerance=_SUM_TOLERANCE,
        ),
    )


def _average_check(f: Expectation) -> Check:
    """The weighted samples under each output, and their sum."""
    under = np.lib.stride_tricks.sliding_window_view(f.sample, len(f.p))[:, ::-1]
    return agreement(
        "outputs against numpy.convolve",
        (f.position, np.arange(len(f.p) - 1, len(f.sample))),
        (f.part, np.einsum("k,nk->nk", f.p, under)),
        (f.output, np.convolve(f.sample, f.p, "valid")),
        scale=float(np.abs(f.sample).max()),
        tolerance=_SUM_TOLERANCE,
    )


def _bar_checks(f: Expectation, density: Density) -> tuple[Check, ...]:
    """Bars of one width side by side, as high as the density; their sum; the drawn curve."""
    known = ~np.isnan(f.place)
    height = np.full(f.place.shape, np.nan)
    height[known] = density.signal(f.place[known])
    total = [math.fsum(d * x[k] * p[k]) for d, x, p, k in _rows(f, known)]
    apart = np.diff(f.place, axis=1) - f.width[:, None]
    reach, span = float(np.abs(f.window).max()), float(np.ptp(f.window))
    return (
        agreement("bars against the density", (f.height, height), (f.count, known.sum(axis=1))),
        agreement(
            "places of the bars, and their sum",
            (apart[known[:, 1:]], np.zeros(np.count_nonzero(known[:, 1:]))),
            ((f.place[:, 0] - f.window[0]) / f.width % 1.0, np.full(len(f.width), 0.5)),
            (f.total, total),
            scale=reach * f.place.shape[1],
            tolerance=_SUM_TOLERANCE,
        ),
        agreement(
            "widths of the bars",
            (f.width * np.rint(span / f.width), np.full(len(f.width), span)),
            scale=reach,
            tolerance=_SUM_TOLERANCE,
        ),
        Check("drawn density", chord_error(f.curve, density.signal), _CHORD_TOLERANCE),
    )


def _rows(
    f: Expectation, known: NDArray[np.bool_]
) -> Iterator[tuple[float, FloatArray, FloatArray, NDArray[np.bool_]]]:
    return zip(f.width.tolist(), f.place, f.height, known, strict=True)


def _sums(name: str, error: float, scale: float) -> Check:
    return Check(name, float(abs(error) / scale), _SUM_TOLERANCE)


def _some(count: int) -> list[int]:
    """Numbers of draws, about ten of them, the last among them."""
    return sorted({*np.geomspace(1, count, 10).astype(int).tolist(), count})
