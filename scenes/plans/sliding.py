"""What every plan in which one signal slides over another has in common."""

from __future__ import annotations

import math
from abc import abstractmethod
from functools import cached_property
from typing import Any, ClassVar, NoReturn, TypeVar

import numpy as np

from convmath import Frames, InputError
from convmath.arrays import FloatArray
from scenes.beat import Beat
from scenes.numerals import brief, decimals_for, number
from scenes.parameters import Parameters
from scenes.plan import Plan

__all__ = ["SlidingPlan", "refuse_zero"]

P = TypeVar("P", bound=Parameters)
F = TypeVar("F", bound=Frames[Any])

_READ = 2.5  # seconds that a freeze lasts


class SlidingPlan(Plan[P, F]):
    """Two signals, the t (or n) that the output is evaluated at, and where the slide stops.

    Attributes
    ----------
    outer, inner
        The variable of the output and that of the sum, in plain words: t and τ, or n and k.
    calls
        The brackets of a signal's argument: ``()``, or ``[]`` for a sequence.
    decimals
        Of a value of the output.
    place_decimals
        Of a live value of t or τ.
    """

    outer: ClassVar[str]
    inner: ClassVar[str]
    calls: ClassVar[str]
    place_decimals: int
    poster: ClassVar[str] = "peak"
    signals: ClassVar[str] = "--h and --x"

    h: Any
    x: Any

    @cached_property
    @abstractmethod
    def places(self) -> tuple[float, float]:
        """First and last t of the slide."""

    @cached_property
    @abstractmethod
    def window(self) -> tuple[float, float]:
        """The τ that are drawn."""

    @abstractmethod
    def probe(self) -> tuple[FloatArray, FloatArray]:
        """Round values of t, among which telling moments are looked for, and y there; (n,) each."""

    @property
    @abstractmethod
    def peak(self) -> tuple[float, float]:
        """The t and the y where |y| is largest."""

    @property
    @abstractmethod
    def steps(self) -> FloatArray:
        """The t of each step of the frames, (n_t,)."""

    @property
    @abstractmethod
    def upper_range(self) -> tuple[float, float]:
        """Least and greatest value of all that the upper chart shows, with some air."""

    @property
    @abstractmethod
    def lower_range(self) -> tuple[float, float]:
        """The same for the output."""

    @abstractmethod
    def slide_seconds(self, start: float, stop: float) -> float:
        """How long a slide between two t takes."""

    @cached_property
    def example(self) -> float:
        """The t that the multiplication is shown at: the last round one with y near its peak."""
        t, y = self.probe()
        height = np.abs(y)
        return float(t[np.flatnonzero(height >= 0.9 * height.max())[-1]])

    @cached_property
    def moments(self) -> dict[str, float]:
        """The t at which the slide stops: on the way up, at the peak, and on the way down.

        A moment that these signals do not have (such as a way down of u * u) is left out.
        """
        t, y = self.probe()
        height, peak = np.abs(y), self.peak[0]
        rising = t[(t < peak) & (height >= 0.5 * height.max())]
        falling = t[(t > peak) & (height <= 0.25 * height.max()) & (height > 1e-9 * height.max())]
        top = np.array([peak] if self.has_peak else [])
        moments = {"enter": rising[:1], "peak": top, "leave": falling[:1]}
        return {name: float(found[0]) for name, found in moments.items() if found.size}

    @property
    def has_peak(self) -> bool:
        """Whether the output is largest within the slide, not just where the slide ends."""
        low, high = self.places
        below, above = (a + b for a, b in zip(self.h.support, self.x.support, strict=True))
        return (low < self.peak[0] or low <= below) and (self.peak[0] < high or above <= high)

    @cached_property
    def decimals(self) -> int:
        """As many as the largest value needs."""
        return decimals_for(abs(float(self.peak[1])))

    @property
    def limit_formulas(self) -> tuple[str, str]:
        """Typst mathematics of both limits: max(a, t − d) and min(b, t − c)."""
        (a, b), (c, d) = self.h.support, self.x.support
        t = self.outer
        return f"max({_math(a)}, {_less(t, d)})", f"min({_math(b)}, {_less(t, c)})"

    @property
    def support_text(self) -> str:
        """The interval that y lives on, in plain words."""
        low, high = self.h.support[0] + self.x.support[0], self.h.support[1] + self.x.support[1]
        opening = "(" if math.isinf(low) else "["
        closing = ")" if math.isinf(high) else "]"
        return f"{opening}{brief(low)}, {brief(high)}{closing}"

    @property
    def ends_formula(self) -> str:
        """Typst mathematics of where y begins and ends."""
        low, high = self.h.support[0] + self.x.support[0], self.h.support[1] + self.x.support[1]
        begins = brief(low) if math.isfinite(low) else '"never"'
        ends = brief(high) if math.isfinite(high) else '"never"'
        return f'{begins} "," quad {ends}'

    def index(self, t: float) -> int:
        """The step of the frames that stands at ``t``."""
        return int(np.argmin(np.abs(self.steps - t)))

    def value(self, t: float) -> str:
        """The output at ``t``, as it is shown."""
        return number(self.frames.at(self.index(t)).output, self.decimals)

    def called(self, signal: str, argument: str) -> str:
        """A signal with its argument, in plain words: x(t − τ), x[n − k]."""
        return f"{signal}{self.calls[0]}{argument}{self.calls[1]}"

    def freezes(self) -> tuple[Beat, ...]:
        """One beat for each moment that the slide stops at."""
        headings = {
            "enter": "x moves in",
            "peak": "The peak of the output",
            "leave": "x moves out",
        }
        beats = []
        start = self.places[0]
        for name, t in self.moments.items():
            seconds = 1.2 + self.slide_seconds(start, t) + _READ
            beats.append(Beat(name, headings[name], self._freeze_caption(name, t), seconds))
            start = t
        return tuple(beats)

    def _freeze_caption(self, name: str, t: float) -> str:
        step = self.frames.at(self.index(t))
        y = f"{self.called('y', brief(t))} = {self.value(t)}"
        if name == "peak":
            return f"Nowhere is the output {self._superlative[0]} than here: {y}."
        if math.isnan(step.limits[0]):
            return f"At {self.outer} = {brief(t)} the two signals do not overlap: {y}."
        low, high = (brief(float(end)) for end in step.limits)
        return f"At {self.outer} = {brief(t)} the overlap runs from {low} to {high}, and {y}."

    @property
    def _superlative(self) -> tuple[str, str]:
        """What the peak is, compared with any other place: larger; largest."""
        if self.peak[1] > 0 and np.min(self.probe()[1]) >= 0:
            return "larger", "largest"
        return "farther from zero", "farthest from zero"

    def whole(self, closing: str = "") -> Beat:
        """The rest of the slide, and what can be read off the output."""
        last = max((*self.moments.values(), self.places[0]))
        caption = f"The whole output. It lives on {self.support_text}"
        if self.has_peak:
            t, y = self.peak
            caption += f" and is {self._superlative[1]} at {self.outer} = {brief(t)}"
            caption += f", where y = {number(y, self.decimals)}"
        caption += "."
        seconds = 1.5 + self.slide_seconds(last, self.places[1]) + 5.0
        return Beat("whole", "The output y = h * x", f"{caption} {closing}".strip(), seconds)


def refuse_zero(option: str, text: str) -> NoReturn:
    """Say that a signal is zero everywhere."""
    raise InputError(
        "this signal is zero everywhere, so there is nothing to slide",
        typed=text,
        option=option,
        accepted="anything that is not zero, such as rect(t), or 3,2,1",
    )


def _math(value: float) -> str:
    return f"{value:.4g}".replace("inf", "oo")


def _less(variable: str, value: float) -> str:
    """Typst mathematics of ``variable − value``."""
    sign = "-" if value > 0 else "+"
    return f"{variable} {sign} {_math(abs(value))}" if value else variable
