"""Flip, shift, multiply, integrate: what convolution of two continuous signals does."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import ClassVar

import numpy as np
from pydantic import Field

from convmath import (
    Check,
    DivergenceError,
    SlidingProduct,
    area,
    convolve_continuous,
    verify,
)
from scenes.beat import Beat
from scenes.numerals import brief, number
from scenes.parameters import Parameters, SignalText
from scenes.plans.continuous import ContinuousPlan, SignalPair, weights
from scenes.plans.ranges import padded
from scenes.sources import BAAS

__all__ = ["FlipAndShiftPlan"]

_AIR = 0.015  # of the window, beside what is drawn in it


class FlipAndShiftParameters(SignalPair):
    """The two signals and the range of t."""

    h: SignalText = Field("2*exp(-t/2)*u(t)", description="the signal that stays, a function of t")
    x: SignalText = Field(
        "u(t) - 0.5u(t-2) - 0.5u(t-4)",
        description="the signal that is flipped and shifted, a function of t",
    )


class FlipAndShiftPlan(ContinuousPlan[FlipAndShiftParameters, SlidingProduct]):
    """y(t) = ∫ h(τ) x(t − τ) dτ, told as flip, shift, multiply, integrate."""

    slug: ClassVar[str] = "flip-and-shift"
    title: ClassVar[str] = "Flip, shift, multiply, integrate"
    question: ClassVar[str] = "What does the convolution integral do to two signals?"
    formula: ClassVar[str] = "y(t) = integral_(-infinity)^infinity h(tau) x(t - tau) dif tau"
    sources: ClassVar[tuple[str, ...]] = (BAAS,)
    Parameters: ClassVar[type[Parameters]] = FlipAndShiftParameters
    scene_name: ClassVar[str] = "FlipAndShift"

    @cached_property
    def window(self) -> tuple[float, float]:
        """The τ that are drawn: all of h, and all places that x comes to."""
        t0, t1 = self.places
        (h_low, h_high), (x_low, x_high) = self.h.extent(), self.x.extent()
        low = min(t0, h_low, x_low, -x_high, t0 - x_high, -self.example - x_high)
        high = max(t1, h_high, x_high, -x_low, t1 - x_low, -self.example - x_low)
        air = _AIR * (high - low)
        return low - air, high + air

    @cached_property
    def doubled(self) -> SlidingProduct:
        """One step, at `example`, with x twice as high."""
        t = np.array([self.example])
        return convolve_continuous(self.h, self.x.scaled(2.0), t, window=self.window)

    @property
    def doubling(self) -> tuple[str, str]:
        """The area at `example` and the doubled one, with decimals that do not betray rounding."""
        once, twice = self._at_example, float(self.doubled.output[0])
        choices = (self.decimals, self.decimals - 1, self.decimals + 1)
        exact = (d for d in choices if d >= 0 and round(twice, d) == round(2 * round(once, d), d))
        decimals = next(exact, self.decimals)
        return number(once, decimals), number(twice, decimals)

    @property
    def _at_example(self) -> float:
        return float(self.frames.output[self.index(self.example)])

    @cached_property
    def areas(self) -> tuple[float, float, float] | None:
        """∫h, ∫x and their product ∫y, or None where one of them has no finite value."""
        try:
            one, other = area(self.h), area(self.x)
        except DivergenceError:
            return None
        return one, other, one * other

    @property
    def upper_range(self) -> tuple[float, float]:
        """Least and greatest value of all that the upper chart shows, with some air."""
        f = self.frames
        twice = self.x.scaled(2.0)
        shown = [*self.h.value_range(*self.window), *twice.value_range(*self.window)]
        shown += [np.nanmin(f.product), np.nanmax(f.product)]
        shown += [np.nanmin(self.doubled.product), np.nanmax(self.doubled.product)]
        shown += [*weights(f.fixed_impulses), *weights(2 * f.moving_impulses)]
        shown += list(np.nan_to_num(f.impulse_weight).ravel())
        return padded(float(min(shown)), float(max(shown)))

    def make_frames(self) -> SlidingProduct:
        """One step for each picture of the slide, the telling moments exactly among them."""
        return convolve_continuous(self.h, self.x, self.grid(), window=self.window)

    def make_checks(self) -> tuple[Check, ...]:
        """Hold the frames against QUADPACK, against themselves swapped, and against the areas."""
        doubled = verify(self.doubled, self.h, self.x.scaled(2.0))
        return (
            *verify(self.frames, self.h, self.x),
            *(replace(check, name=f"with x doubled: {check.name}") for check in doubled),
        )

    def make_beats(self) -> tuple[Beat, ...]:
        """The story of this pair of signals."""
        closing = ""
        if self.areas is not None:
            one, other, whole = (brief(area) for area in self.areas)
            closing = f"Its area is the product of the areas: {one} · {other} = {whole}."
        return (*self._preparation(), *self._product(), *self.freezes(), self.whole(closing))

    def _preparation(self) -> tuple[Beat, ...]:
        t = brief(self.example)
        return (
            Beat(
                "signals",
                "Two signals",
                "Two signals: h stays where it is, x will move over it.",
                6.0,
            ),
            Beat(
                "rename",
                "Call the time τ",
                "Call their variable τ, a dummy variable: a new letter, the same curves. "
                "The letter t is kept for the output.",
                6.0,
            ),
            Beat("flip", "Flip x", "Flip: x(−τ) is x mirrored about the vertical axis.", 5.0),
            Beat(
                "shift",
                "Shift it by t",
                f"Shift: x(t − τ) is the flipped signal, moved so that its own zero, the triangle, "
                f"stands at τ = t. Here t = {t}.",
                6.0,
            ),
            Beat(
                "order",
                "Flip first, then shift",
                "The order matters. Shift by the same t first and flip afterwards, and the signal "
                "lands on the other side, at −t.",
                7.0,
            ),
        )

    def _product(self) -> tuple[Beat, ...]:
        t, y = brief(self.example), self.value(self.example)
        once, twice = self.doubling
        return (
            Beat(
                "multiply",
                "Multiply",
                "Multiply the two curves point by point. Where one of them is zero, so is the "
                "product; the bracket marks the limits of integration.",
                7.0,
            ),
            Beat(
                "area",
                "Integrate",
                f"The area of the product is one number, the output at this t: y({t}) = {y}.",
                6.0,
            ),
            Beat(
                "double",
                "The area of the product, not of the overlap",
                f"Make x twice as high. The overlap keeps its limits, but the area of the product "
                f"doubles from {once} to {twice}.",
                7.0,
            ),
            Beat(
                "predict",
                "Predict",
                "Now t runs. Predict: where does y begin, where is it largest, where does it end?",
                5.0,
            ),
        )
