"""Which of two signals f and g meet, and whether the one that moves is flipped.

In ``f * g`` as in ``f ⋆ g`` the signal named first moves over the other one:

    (f * g)(t) = ∫ g(τ) f(t − τ) dτ    convolution: f is flipped
    (f ⋆ g)(t) = ∫ g(τ) f(τ − t) dτ    cross-correlation: f is not flipped
               = ∫ f(τ) g(τ + t) dτ

and the same with sums. ``numpy.correlate(f, g, "full")`` and ``scipy.signal.correlate`` move the
second one: theirs is this ``g ⋆ f``. They also conjugate what moves, which changes no real signal.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from convmath.arrays import AnyArray, IntArray
from convmath.continuous import SlidingProduct, convolve_continuous, correlate_continuous
from convmath.discrete import AnySequence, SlidingSum, convolve_discrete, correlate_discrete
from convmath.errors import InputError
from convmath.integral import convolve_at
from convmath.signal import Signal

__all__ = [
    "AnySignal",
    "Name",
    "Pairing",
    "energy",
    "is_symmetric",
    "output_at",
    "parse_pairings",
    "slide_continuous",
    "slide_discrete",
]

AnySignal: TypeAlias = Signal | AnySequence
Name: TypeAlias = Literal["f", "g"]

_SYMMETRIC = 1e-12  # of the peak: two values that differ by rounding alone

_SIGNS = {"*": "*", "∗": "*", "conv": "*", **dict.fromkeys(("⋆", "★", "☆", "@", "corr"), "⋆")}
_SIGN = "|".join(re.escape(sign) for sign in _SIGNS)
_PAIR = re.compile(
    rf"\s*(?:(?P<a>[fg])\s*(?P<between>{_SIGN})\s*(?P<b>[fg])"
    rf"|(?P<before>conv|corr)\s*\(\s*(?P<c>[fg])\s*,\s*(?P<d>[fg])\s*\))\s*"
)
_ACCEPTED = "three of f*g, g*f, f@g, g@f, f@f, g@g (@, ⋆ or corr is the cross-correlation)"


@dataclass(frozen=True, slots=True)
class Pairing:
    """One way for f and g to meet.

    Attributes
    ----------
    mover, fixed
        ``"f"`` or ``"g"``: which one moves, and which one it moves over.
    flips
        Whether the one that moves is flipped first (convolution) or not (correlation).
    """

    mover: Name
    fixed: Name
    flips: bool

    @property
    def text(self) -> str:
        """As it is written: ``f * g`` or ``f ⋆ g``."""
        return f"{self.mover} {'*' if self.flips else '⋆'} {self.fixed}"

    @property
    def is_auto(self) -> bool:
        """Whether a signal meets itself."""
        return self.mover == self.fixed

    @property
    def swapped(self) -> Pairing:
        """The same with f and g in the other order."""
        return Pairing(self.fixed, self.mover, self.flips)

    def lags(self, mover: tuple[float, float], fixed: tuple[float, float]) -> tuple[float, float]:
        """First and last t at which the two intervals touch.

        Examples
        --------
        >>> Pairing("f", "g", flips=True).lags((0, 3), (0, 2))
        (0, 5)
        >>> Pairing("f", "g", flips=False).lags((0, 3), (0, 2))
        (-3, 2)
        """
        (a, b), (c, d) = mover, fixed
        return (a + c, b + d) if self.flips else (c - b, d - a)


def parse_pairings(text: str, option: str | None = None) -> tuple[Pairing, ...]:
    """Three different pairings, as a person types them.

    Raises
    ------
    InputError
        If there is something else in ``text``, or not three of them, or one twice, or f * f.

    Examples
    --------
    >>> [p.text for p in parse_pairings("f*g, f@g, corr(f, f)")]
    ['f * g', 'f ⋆ g', 'f ⋆ f']
    """
    found: list[Pairing] = []
    at = 0
    while True:
        match = _PAIR.match(text, at)
        if match is None or text[match.end() : match.end() + 1] not in ("", ",", ";"):
            raise _refused("this is no pair of f and g", text, at, option)
        pairing = _paired(match)
        if pairing in found:
            raise _refused(f"{pairing.text} stands here twice", text, at, option)
        if pairing.flips and pairing.is_auto:
            raise _refused(f"{pairing.text} is not one of the six", text, at, option)
        found.append(pairing)
        at = match.end() + 1
        if match.end() == len(text):
            break
    if len(found) != 3:
        raise _refused(f"there are three lanes, not {len(found)}", text, None, option)
    return tuple(found)


def _paired(match: re.Match[str]) -> Pairing:
    sign = _SIGNS[match["between"] or match["before"]]
    mover, fixed = match["a"] or match["c"], match["b"] or match["d"]
    return Pairing(mover, fixed, sign == "*")  # type: ignore[arg-type]


def _refused(problem: str, text: str, at: int | None, option: str | None) -> InputError:
    if at is not None:
        at += len(text[at:]) - len(text[at:].lstrip())
    return InputError(problem, typed=text, position=at, accepted=_ACCEPTED, option=option)


def slide_continuous(
    pairing: Pairing,
    signals: Mapping[Name, Signal],
    t: ArrayLike,
    *,
    window: tuple[float, float] | None = None,
) -> SlidingProduct:
    """Frames of a pairing of continuous signals at every ``t`` (n_t,).

    Raises what `convolve_continuous` raises.
    """
    mover, fixed = signals[pairing.mover], signals[pairing.fixed]
    if pairing.flips:
        return convolve_continuous(fixed, mover, t, window=window)
    return correlate_continuous(mover, fixed, t, window=window)


def slide_discrete(
    pairing: Pairing, signals: Mapping[Name, AnySequence], n: IntArray | tuple[int, int]
) -> SlidingSum:
    """Frames of a pairing of sequences at every ``n``, given as to `convolve_discrete`.

    Raises what `convolve_discrete` raises.

    Examples
    --------
    >>> from convmath import Sequence
    >>> signals = {"f": Sequence([1, 2]), "g": Sequence([1, 0, 3])}
    >>> slide_discrete(Pairing("f", "g", flips=False), signals, (-1, 2)).output
    array([2, 1, 6, 3])
    """
    mover, fixed = signals[pairing.mover], signals[pairing.fixed]
    if pairing.flips:
        return convolve_discrete(fixed, mover, n)
    return correlate_discrete(mover, fixed, n)


def output_at(pairing: Pairing, signals: Mapping[Name, AnySignal], t: AnyArray) -> AnyArray:
    """The output alone at every ``t`` (n_t,): whole numbers where the signals are sequences."""
    mover, fixed = signals[pairing.mover], signals[pairing.fixed]
    moving = mover if pairing.flips else mover.flipped()
    if isinstance(fixed, Signal) and isinstance(moving, Signal):
        return convolve_at(fixed, moving, t)
    assert not isinstance(fixed, Signal)
    assert not isinstance(moving, Signal)
    return convolve_discrete(fixed, moving, t).output


def energy(signal: AnySignal) -> float | int:
    """∫ f², or Σ f²: exact where f is a sequence of whole numbers.

    Raises
    ------
    DivergenceError
        If it is not finite.
    InputError
        If the signal has an impulse, whose square is no signal.

    Examples
    --------
    >>> from convmath import Sequence, parse_signal
    >>> energy(Sequence([3, 2, 1])), round(energy(parse_signal("exp(-t)*u(t)")), 12)
    (14, 0.5)
    """
    if isinstance(signal, Signal) and signal.impulses:
        raise InputError(
            "an impulse has no finite energy, so it has no autocorrelation",
            typed=signal.text or None,
            accepted="a signal without delta, or lanes in which it meets the other signal",
        )
    alone = Pairing("f", "f", flips=False)
    zero = np.zeros(1) if isinstance(signal, Signal) else np.zeros(1, dtype=np.int64)
    found: float | int = output_at(alone, {"f": signal}, zero)[0].item()
    return found


def is_symmetric(signal: AnySignal) -> bool:
    """Whether x(−t) = x(t) wherever it is looked at: all samples, or 2,001 t and all impulses.

    Examples
    --------
    >>> from convmath import Sequence, parse_signal
    >>> is_symmetric(parse_signal("tri(t)")), is_symmetric(Sequence([1, 2, 1]))
    (True, False)
    """
    low, high = signal.extent()
    reach = max(abs(low), abs(high))
    mirrored = signal.flipped()
    if isinstance(signal, Signal):
        at: AnyArray = np.linspace(0.0, reach, 2001)
        impulses = [(round(i.at, 9), i.weight) for i in signal.impulses]
        if impulses != [(round(i.at, 9), i.weight) for i in mirrored.impulses]:  # type: ignore[union-attr]
            return False
    else:
        at = np.arange(0, int(reach) + 1, dtype=np.int64)
    here, there = signal(at), mirrored(at)
    return bool(np.all(np.abs(here - there) <= _SYMMETRIC * np.abs(here).max(initial=0.0)))
