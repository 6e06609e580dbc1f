"""Continuous signals: smooth pieces between breakpoints, and Dirac impulses."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from convmath.arrays import FloatArray

__all__ = ["Impulse", "Piece", "Signal"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A smooth function on one interval.

    Attributes
    ----------
    start, stop
        The interval, in units of t; either may be infinite.
    function
        Vectorised and smooth on the closed interval, so that its values at `start` and `stop` are
        the one-sided limits of the signal there. Never called outside the interval.
    """

    start: float
    stop: float
    function: Callable[[FloatArray], FloatArray]

    def __call__(self, t: FloatArray) -> FloatArray:
        """Values at ``t`` (any shape), all of which must lie in [start, stop]."""
        return np.broadcast_to(np.asarray(self.function(t), dtype=np.float64), np.shape(t))


@dataclass(frozen=True, slots=True)
class Impulse:
    """``weight · δ(t − at)``: no height, only an area."""

    at: float
    weight: float


@dataclass(frozen=True)
class Signal:
    """A piecewise smooth function of t, zero outside its pieces, plus Dirac impulses.

    Attributes
    ----------
    pieces
        Ordered and disjoint; neighbours may touch. The signal is zero between and around them.
    impulses
        Ordered by position, one per position, no zero weights.
    hints
        Places where the signal is concentrated (such as centre ± kσ of a narrow Gaussian), which
        quadrature must not step over. Not breakpoints.
    text
        The expression as a person would type it.
    formula
        Typst mathematics of the signal for a given Typst variable: ``formula("tau")``.
    """

    pieces: tuple[Piece, ...]
    impulses: tuple[Impulse, ...] = ()
    hints: tuple[float, ...] = ()
    text: str = ""
    formula: Callable[[str], str] = lambda variable: f"f({variable})"
