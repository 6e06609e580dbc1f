"""Lanes: several pairings of the same two signals, on the same axes."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from convmath import (
    AnySignal,
    InputError,
    Pairing,
    Sequence,
    Signal,
    SlidingProduct,
    SlidingSum,
    parse_sequence,
    parse_signal,
    slide_continuous,
    slide_discrete,
)
from convmath.arrays import AnyArray, FloatArray
from scenes.plans.sliding import refuse_zero

__all__ = ["Lane", "Signals", "looks_discrete", "make_lane", "parsed", "span", "tau_window"]

_STEPS = 400  # of the slide over curves
_MOST_STEPS = 40  # of a slide over sequences
_AIR = 0.05  # of the range of t, on both sides of what is drawn

Slides: TypeAlias = SlidingProduct | SlidingSum
Signals: TypeAlias = Mapping[Any, Any]
"""The `AnySignal` that each name of a `Pairing` stands for."""


@dataclass(frozen=True)
class Lane:
    """One pairing and the frames of its slide.

    Attributes
    ----------
    names
        What the signals are called: that which moves, and that which stays.
    """

    pairing: Pairing
    frames: Slides
    names: tuple[str, str]

    @property
    def text(self) -> str:
        """In plain words: ``f ⋆ g``."""
        return f"{self.names[0]} {'*' if self.pairing.flips else '⋆'} {self.names[1]}"

    @property
    def operation(self) -> str:
        """What it is called."""
        if self.pairing.flips:
            return "convolution"
        return "autocorrelation" if self.pairing.is_auto else "cross-correlation"

    @property
    def steps(self) -> FloatArray:
        """The t of each step, (n_t,)."""
        frames = self.frames
        return (frames.n if isinstance(frames, SlidingSum) else frames.t).astype(np.float64)

    def index(self, t: float) -> int:
        """The step that stands nearest to ``t``."""
        return int(np.argmin(np.abs(self.steps - t)))

    @property
    def curve(self) -> FloatArray:
        """The output as values (m, 2), impulses by their weights among them."""
        frames = self.frames
        if isinstance(frames, SlidingSum):
            return np.stack([frames.n, frames.output], axis=1).astype(np.float64)
        return frames.curve

    def jumps_at(self, t: FloatArray) -> AnyArray:
        """At which of these t (n_t,) the output jumps: it is the limit from the right there."""
        curve = self.curve[:, 0]
        jumps = curve[1:][np.diff(curve) == 0]
        near = np.isclose(t[:, None], jumps, rtol=0, atol=1e-9 * np.ptp(t))
        return np.asarray(near.any(axis=1))

    @property
    def shown(self) -> FloatArray:
        """All values of the output, weights of impulses included, (m,)."""
        impulses = getattr(self.frames, "output_impulses", np.zeros((0, 2)))
        return np.concatenate([self.curve[:, 1], impulses[:, 1]])

    @property
    def peak(self) -> tuple[float, float | int]:
        """Where the output is farthest from zero: lag 0 of an autocorrelation."""
        if self.pairing.is_auto:
            return 0.0, self.frames.at(self.index(0.0)).output
        return self.frames.peak

    @property
    def superlative(self) -> str:
        """What the peak is, compared with the rest."""
        above = self.peak[1] > 0 and float(self.curve[:, 1].min()) >= 0
        return "largest" if above else "farthest from zero"

    @property
    def has_peak(self) -> bool:
        """Whether the output is farthest from zero within the slide, not where that is cut."""
        (low, high), (first, last) = self.frames.support, self.steps[[0, -1]]
        t = self.peak[0]
        return bool((first < t or first <= low) and (t < last or high <= last))


def make_lane(
    pairing: Pairing, signals: Signals, names: tuple[str, str], window: tuple[float, float]
) -> Lane:
    """A lane from before its signals meet to after they part.

    Raises
    ------
    InputError
        If there are too many steps to watch, or nothing but impulses.
    DivergenceError
        If the output has no finite value.
    """
    low, high = pairing.lags(span(signals[pairing.mover]), span(signals[pairing.fixed]))
    if not isinstance(signals[pairing.mover], Signal):
        first, last = int(low) - 1, int(high) + 1
        if last - first >= _MOST_STEPS:
            raise InputError(
                f"{pairing.text} takes {last - first + 1} steps, too many to watch",
                option="--f and --g",
                accepted=f"shorter sequences, which take at most {_MOST_STEPS} steps",
            )
        return Lane(pairing, slide_discrete(pairing, signals, (first, last)), names)
    if not (signals[pairing.mover].pieces or signals[pairing.fixed].pieces):
        raise InputError(
            f"{pairing.text} is impulses only, so there is no curve to draw",
            option="--f and --g",
            accepted="a curve in one of them, such as rect(t)",
        )
    air = _AIR * (high - low) or 1.0
    even = np.linspace(low - air, high + air, _STEPS + 1)
    t = np.union1d(even, [0.0] if pairing.is_auto else [])
    return Lane(pairing, slide_continuous(pairing, signals, t, window=window), names)


def tau_window(pairing: Pairing, signals: Signals) -> tuple[float, float]:
    """The τ that a lane needs: what stays, and what moves as it comes and as it goes."""
    (a, b), (c, d) = span(signals[pairing.mover]), span(signals[pairing.fixed])
    air = _AIR * (b - a + d - c) or 1.0
    return c - (b - a) - air, d + (b - a) + air


def span(signal: AnySignal) -> tuple[float, float]:
    """The support, or, where that is infinite, the part worth showing."""
    low, high = signal.support
    return (low, high) if math.isfinite(high - low) else signal.extent()


def looks_discrete(text: str) -> bool:
    """Whether a text is a list, or has the variable n or k in it.

    Examples
    --------
    >>> [looks_discrete(text) for text in ("3,2,1", "[1]", "0.5^n*u(n)", "min(t, 1)", "tri(t)")]
    [True, True, True, False, False]
    """
    outside = text
    while outside != (outside := re.sub(r"\([^()]*\)", "", outside)):
        pass
    in_n = re.search(r"(?<![a-zA-Z_])[nk](?![a-zA-Z_])", text)
    return bool(in_n) or any(mark in outside for mark in ",[@")


def parsed(option: str, text: str, *, discrete: bool) -> AnySignal:
    """A signal or a sequence that is not zero everywhere; a function of t is sampled at whole t.

    Raises
    ------
    InputError
        Whatever is wrong with the text.
    """
    if not discrete:
        signal = parse_signal(text, option=option)
        return refuse_zero(option, text) if signal.is_zero else signal
    in_t = re.search(r"(?<![a-zA-Z_])(t|tau|τ)(?![a-zA-Z_])", text)
    sequence = parse_sequence(text, option=option, variable="t" if in_t else "n")
    is_zero = isinstance(sequence, Sequence) and not np.any(sequence.values)
    return refuse_zero(option, text) if is_zero else sequence
