"""What every plan of two continuous signals has in common."""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar, TypeVar

import numpy as np
from pydantic import Field

from convmath import (
    InputError,
    Signal,
    SlidingProduct,
    convolve_at,
    convolve_continuous,
    parse_signal,
)
from convmath.arrays import FloatArray
from scenes.numerals import decimals_for
from scenes.parameters import Parameters, Range, SignalText
from scenes.plans.ranges import grid_with, output_range, padded, round_values
from scenes.plans.sliding import SlidingPlan, refuse_zero

__all__ = ["ContinuousPlan", "SignalPair", "weights"]

_STEPS = 1200  # of the slide; at 60 frames a second no two pictures of it are alike


class SignalPair(Parameters):
    """Two signals and the range of t."""

    h: SignalText = Field("2*exp(-t/2)*u(t)", description="one signal, a function of t")
    x: SignalText = Field(
        "u(t) - 0.5u(t-2) - 0.5u(t-4)", description="the other signal, a function of t"
    )
    t_range: Range | None = Field(
        None, description="first and last t of the slide (chosen to fit the signals if not given)"
    )


P = TypeVar("P", bound=SignalPair)
F = TypeVar("F", bound=SlidingProduct)


class ContinuousPlan(SlidingPlan[P, F]):
    """Two continuous signals, of which one slides over the other."""

    outer: ClassVar[str] = "t"
    inner: ClassVar[str] = "τ"
    calls: ClassVar[str] = "()"

    @property
    def place_decimals(self) -> int:  # type: ignore[override]
        """Two, or fewer where t is large."""
        return min(2, decimals_for(max(map(abs, self.places))))

    @cached_property
    def h(self) -> Signal:
        """The fixed signal."""
        return _signal("--h", self.parameters.h)

    @cached_property
    def x(self) -> Signal:
        """The moving signal."""
        return _signal("--x", self.parameters.x)

    @cached_property
    def places(self) -> tuple[float, float]:
        """First and last t of the slide."""
        return self.parameters.t_range or output_range(self.h, self.x)

    def probe(self) -> tuple[FloatArray, FloatArray]:
        """The output at round values of t."""
        t = round_values(*self.places)
        return t, convolve_at(self.h, self.x, t)

    @cached_property
    def peak(self) -> tuple[float, float]:
        """The t and the y where |y| is largest."""
        t = np.linspace(*self.places, _STEPS + 1)
        return convolve_continuous(self.h, self.x, t, window=self.window).peak

    @property
    def steps(self) -> FloatArray:
        """The t of each step."""
        return self.frames.t

    def grid(self) -> FloatArray:
        """One t for each picture of the slide, the telling moments exactly among them, (n_t,).

        Raises
        ------
        InputError
            If both signals are impulses only.
        """
        if not (self.h.pieces or self.x.pieces):
            raise InputError(
                "both signals are impulses only, so the output has no curve to draw",
                typed=self.parameters.x,
                option="--x",
                accepted="a curve in one of them, such as rect(t)",
            )
        return grid_with(*self.places, _STEPS + 1, [self.example, *self.moments.values()])

    @property
    def lower_range(self) -> tuple[float, float]:
        """Least and greatest value of the output, with some air."""
        f = self.frames
        shown = [*f.curve[:, 1], *f.output, *weights(f.output_impulses)]
        return padded(float(min(shown)), float(max(shown)))

    def slide_seconds(self, start: float, stop: float) -> float:
        """How long a slide between two t takes: the whole range would take 16 s."""
        t0, t1 = self.places
        return float(np.clip(16.0 * (stop - start) / (t1 - t0), 1.0, 6.0))


def weights(impulses: FloatArray) -> list[float]:
    """The weights of impulses (n, 2)."""
    return [float(weight) for weight in impulses[:, 1]]


def _signal(option: str, text: str) -> Signal:
    signal = parse_signal(text, option=option)
    return refuse_zero(option, text) if signal.is_zero else signal
