"""Continuous signals: smooth pieces between breakpoints, and Dirac impulses."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from convmath import outline
from convmath.arrays import FloatArray
from convmath.numerals import typst_negated, typst_number, typst_shifted

__all__ = ["Impulse", "Piece", "Side", "Signal"]

Side = Literal["left", "right"]


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
    period
        The longest period of a sine in the signal, in units of t, or zero. It only decides how
        much of a signal that never decays is shown.

    Examples
    --------
    >>> box = Signal.staircase([1.0, 0.5], start=0.0, width=2.0)
    >>> box.support
    (0.0, 4.0)
    >>> box([-1.0, 0.0, 2.0, 4.0])
    array([0. , 1. , 0.5, 0. ])
    >>> float(box.limit(2.0, "left"))
    1.0
    """

    pieces: tuple[Piece, ...]
    impulses: tuple[Impulse, ...] = ()
    hints: tuple[float, ...] = ()
    text: str = ""
    formula: Callable[[str], str] = lambda variable: f"f({variable})"
    period: float = 0.0

    @classmethod
    def zero(cls) -> Signal:
        """The signal that is zero everywhere."""
        return cls((), text="0", formula=lambda _: "0")

    @classmethod
    def staircase(cls, values: ArrayLike, start: float, width: float = 1.0) -> Signal:
        """``values`` (n,) held for ``width`` each, the first from ``start`` on."""
        held = np.asarray(values, dtype=np.float64)
        if held.ndim != 1 or not np.isfinite(held).all():
            raise ValueError("a staircase needs a row of finite numbers")
        if not width > 0:
            raise ValueError("a stair needs a positive width")
        edges = start + width * np.arange(held.size + 1)
        return cls(
            tuple(
                Piece(float(a), float(b), _constant(float(v)))
                for a, b, v in zip(edges[:-1], edges[1:], held, strict=True)
                if v != 0
            )
        )

    @cached_property
    def breakpoints(self) -> FloatArray:
        """The finite ends of all pieces, increasing and unique, shape (n_breakpoints,)."""
        ends = {end for p in self.pieces for end in (p.start, p.stop) if math.isfinite(end)}
        found = np.array(sorted(ends), dtype=np.float64)
        found.setflags(write=False)
        return found

    @cached_property
    def support(self) -> tuple[float, float]:
        """The smallest interval that holds all pieces and impulses; (0, 0) for the zero signal."""
        ends = [end for p in self.pieces for end in (p.start, p.stop)]
        ends += [i.at for i in self.impulses]
        return (min(ends), max(ends)) if ends else (0.0, 0.0)

    @property
    def is_zero(self) -> bool:
        """Whether there is neither a piece nor an impulse."""
        return not (self.pieces or self.impulses)

    def __call__(self, t: ArrayLike) -> FloatArray:
        """Values at ``t`` (any shape), without impulses; at a breakpoint the right-hand limit."""
        return self.limit(t, "right")

    def limit(self, t: ArrayLike, side: Side) -> FloatArray:
        """One-sided limits at ``t`` (any shape), without impulses."""
        at = np.asarray(t, dtype=np.float64)
        values = np.zeros(at.shape)
        for piece in self.pieces:
            if side == "right":
                inside = (at >= piece.start) & (at < piece.stop)
            else:
                inside = (at > piece.start) & (at <= piece.stop)
            if inside.any():
                values[inside] = piece(at[inside])
        return values

    def polyline(self, lo: float, hi: float, n: int = 400) -> FloatArray:
        """The curve over [lo, hi] as points (m, 2), without impulses.

        Both one-sided limits stand at every breakpoint inside (two points with the same t), so
        that a jump is a vertical edge. A straight piece has two points, a curved one about ``n``
        per visible range and more where it bends; where the signal is zero the line runs along
        the axis.

        Raises
        ------
        ValueError
            If the range is empty or infinite.
        """
        return outline.polyline(self, lo, hi, n)

    def value_range(self, lo: float, hi: float) -> tuple[float, float]:
        """Least and greatest value over [lo, hi], zero and one-sided limits included."""
        return outline.value_range(self, lo, hi)

    def extent(self, fraction: float = 0.005) -> tuple[float, float]:
        """The smallest finite window outside which |f| ≤ fraction · peak.

        A tail that never decays is cut 2.5 periods (or 10, where there is no period) beyond the
        last breakpoint, hint or impulse. All impulses are inside. (0, 0) for the zero signal.

        Examples
        --------
        >>> decay = Signal((Piece(0.0, math.inf, lambda t: 2 * np.exp(-t / 2)),))
        >>> lo, hi = decay.extent()
        >>> lo, round(hi - 2 * math.log(200), 9)
        (0.0, 0.0)
        """
        return outline.extent(self, fraction)

    def flipped(self) -> Signal:
        """x(−t)."""
        return replace(
            self,
            pieces=tuple(
                Piece(-p.stop, -p.start, _flipped(p.function)) for p in reversed(self.pieces)
            ),
            impulses=tuple(Impulse(-i.at, i.weight) for i in reversed(self.impulses)),
            hints=tuple(-hint for hint in reversed(self.hints)),
            text="",
            formula=lambda variable: self.formula(typst_negated(variable)),
        )

    def shifted(self, delay: float) -> Signal:
        """x(t − delay): moved to the right by ``delay``, in units of t."""
        return replace(
            self,
            pieces=tuple(
                Piece(p.start + delay, p.stop + delay, _shifted(p.function, p, delay))
                for p in self.pieces
            ),
            impulses=tuple(Impulse(i.at + delay, i.weight) for i in self.impulses),
            hints=tuple(hint + delay for hint in self.hints),
            text="",
            formula=lambda variable: self.formula(typst_shifted(variable, delay)),
        )

    def scaled(self, factor: float) -> Signal:
        """factor · x(t)."""
        if factor == 0:
            return Signal.zero()
        return replace(
            self,
            pieces=tuple(Piece(p.start, p.stop, _scaled(p.function, factor)) for p in self.pieces),
            impulses=tuple(Impulse(i.at, factor * i.weight) for i in self.impulses),
            text="",
            formula=lambda variable: f"{typst_number(factor)} dot ({self.formula(variable)})",
        )

    def __add__(self, other: Signal) -> Signal:
        """x(t) + y(t)."""
        weights: dict[float, float] = {}
        for impulse in (*self.impulses, *other.impulses):
            weights[impulse.at] = weights.get(impulse.at, 0.0) + impulse.weight
        return Signal(
            _summed(self.pieces, other.pieces),
            tuple(Impulse(at, w) for at, w in sorted(weights.items()) if w != 0),
            tuple(sorted({*self.hints, *other.hints})),
            formula=lambda variable: f"{self.formula(variable)} + {other.formula(variable)}",
            period=max(self.period, other.period),
        )


def _constant(value: float) -> Callable[[FloatArray], FloatArray]:
    return lambda t: np.full(np.shape(t), value)


def _flipped(function: Callable[[FloatArray], FloatArray]) -> Callable[[FloatArray], FloatArray]:
    return lambda t: function(-t)


def _shifted(
    function: Callable[[FloatArray], FloatArray], piece: Piece, delay: float
) -> Callable[[FloatArray], FloatArray]:
    """Clipped, because (a + delay) − delay may round to just outside the piece."""
    return lambda t: function(np.clip(t - delay, piece.start, piece.stop))


def _scaled(
    function: Callable[[FloatArray], FloatArray], factor: float
) -> Callable[[FloatArray], FloatArray]:
    return lambda t: factor * function(t)


def _summed(one: tuple[Piece, ...], other: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Pieces between all breakpoints of both, each the sum of what lives there."""
    edges = sorted({end for p in (*one, *other) for end in (p.start, p.stop)})
    pieces = []
    for start, stop in pairwise(edges):
        here = [p.function for p in (*one, *other) if p.start <= start and stop <= p.stop]
        if here:
            pieces.append(Piece(start, stop, here[0] if len(here) == 1 else _sum(*here)))
    return tuple(pieces)


def _sum(
    one: Callable[[FloatArray], FloatArray], other: Callable[[FloatArray], FloatArray]
) -> Callable[[FloatArray], FloatArray]:
    return lambda t: one(t) + other(t)
