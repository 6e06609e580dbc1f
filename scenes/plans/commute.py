"""h * x = x * h: whichever signal slides, the area is the same."""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar

import numpy as np
from pydantic import Field

from convmath import Check, CommutedProduct, convolve_both_orders, verify
from scenes.beat import Beat
from scenes.numerals import brief, number
from scenes.parameters import Parameters, SignalText
from scenes.plans.continuous import ContinuousPlan, SignalPair, weights
from scenes.plans.ranges import output_range, padded
from scenes.sources import BAAS

__all__ = ["CommutePlan"]

_TAIL = 0.05  # of a signal's peak, below which no t is worth a slide in half the width
_SHOWN = 0.01  # of a signal's peak, above which it is drawn
_AIR = (0.015, 0.05)  # of the window, beside what is drawn in it; on the right for a handle's name
_STOPS = 2  # of the slide


class CommuteParameters(SignalPair):
    """The two signals and the range of t."""

    h: SignalText = Field(
        "2*exp(-t/2)*u(t)", description="the signal that stays on the left, a function of t"
    )
    x: SignalText = Field(
        "u(t) - 0.5u(t-2) - 0.5u(t-4)",
        description="the signal that stays on the right, a function of t",
    )


class CommutePlan(ContinuousPlan[CommuteParameters, CommutedProduct]):
    """∫ h(τ) x(t − τ) dτ = ∫ x(τ) h(t − τ) dτ: the same picture, mirrored about τ = t/2."""

    slug: ClassVar[str] = "commute"
    title: ClassVar[str] = "The order does not matter"
    question: ClassVar[str] = "Does it matter which of the two signals slides?"
    formula: ClassVar[str] = (
        "integral h(tau) x(t - tau) dif tau = integral x(tau) h(t - tau) dif tau"
    )
    sources: ClassVar[tuple[str, ...]] = (BAAS,)
    Parameters: ClassVar[type[Parameters]] = CommuteParameters
    scene_name: ClassVar[str] = "Commute"

    @cached_property
    def places(self) -> tuple[float, float]:
        """First and last t of the slide."""
        return self.parameters.t_range or output_range(self.h, self.x, _TAIL)

    @cached_property
    def window(self) -> tuple[float, float]:
        """The τ that are drawn on either side: all of both signals, and all places of t.

        What slides comes in from beyond an edge. Both products lie inside, for each of them lives
        where the signal that stays does.
        """
        ends = np.array([self.places, self.h.extent(_SHOWN), self.x.extent(_SHOWN)])
        low, high = float(ends[:, 0].min()), float(ends[:, 1].max())
        return low - _AIR[0] * (high - low), high + _AIR[1] * (high - low)

    @cached_property
    def moments(self) -> dict[str, float]:
        """The last of the moments that these signals have: the peak and the way down, if any.

        An output such as that of rect * sign has none; it stops where the first picture did.
        """
        return dict(list(super().moments.items())[-_STOPS:]) or {"enter": self.example}

    @property
    def mirror(self) -> float:
        """The τ that the pictures at `example` are mirrored about."""
        return self.example / 2

    @property
    def upper_range(self) -> tuple[float, float]:
        """Least and greatest value of all that the upper charts show, with some air."""
        f = self.frames
        shown = [*self.h.value_range(*self.window), *self.x.value_range(*self.window)]
        for product in (f.product, f.swapped_product):
            shown += [np.nanmin(product), np.nanmax(product)]
        shown += [*weights(f.fixed_impulses), *weights(f.moving_impulses)]
        shown += list(np.nan_to_num(f.impulse_weight).ravel())
        return padded(float(min(shown)), float(max(shown)))

    def both(self, t: float) -> tuple[str, str]:
        """The area of either product at ``t``, as it is shown: x over h, and h over x."""
        f, i = self.frames, self.index(t)
        one, other = (number(float(y[i]), self.decimals) for y in (f.output, f.swapped_output))
        return one, other

    def make_frames(self) -> CommutedProduct:
        """One step for each picture of the slide, the telling moments exactly among them."""
        return convolve_both_orders(self.h, self.x, self.grid(), window=self.window)

    def make_checks(self) -> tuple[Check, ...]:
        """Hold both areas against each other at every t, and each order against QUADPACK."""
        return verify(self.frames, self.h, self.x)

    def make_beats(self) -> tuple[Beat, ...]:
        """The story of this pair of signals."""
        return (*self._first_order(), *self._second_order(), *self.freezes(), self._closing())

    def _first_order(self) -> tuple[Beat, ...]:
        t, (area, _) = brief(self.example), self.both(self.example)
        return (
            Beat(
                "signals",
                "Does the order matter?",
                "Two signals, h and x. Convolution slides one of them over the other. "
                "Does it matter which one slides?",
                6.5,
            ),
            Beat(
                "first",
                "x slides over h",
                f"In the first order, h * x, h stays. x is flipped, and shifted so that its own "
                f"zero, the triangle, stands at τ = t. Here t = {t}.",
                7.0,
            ),
            Beat(
                "area",
                "The area is the output",
                f"Multiply. The area of the product is the output at this t: y({t}) = {area}.",
                6.5,
            ),
            Beat(
                "predict",
                "Predict",
                "Now swap the roles: x stays, and h is flipped and shifted to the same t. "
                "Predict: will the area be the same?",
                6.0,
            ),
        )

    def _second_order(self) -> tuple[Beat, ...]:
        t, (_, area) = brief(self.example), self.both(self.example)
        return (
            Beat(
                "second",
                "h slides over x",
                f"The other order, x * h, at the same t = {t}. The product is now x(τ) h(t − τ), "
                f"and its area is {area}: the same.",
                10.0,
            ),
            Beat(
                "mirror",
                "Why: one picture is the other in a mirror",
                f"Why? Mirror the first picture about the line τ = t/2, here {brief(self.mirror)}. "
                f"It comes to lie on the second one: the same shape, reversed, so the same area.",
                10.0,
            ),
            Beat(
                "substitute",
                "The same in symbols: σ = t − τ",
                "In symbols, put σ = t − τ. Then dτ = −dσ, and the limits trade places. Both "
                "change the sign, so the integral stays what it is, with h and x swapped.",
                9.0,
            ),
        )

    def freezes(self) -> tuple[Beat, ...]:
        """One beat for each moment that both slides stop at."""
        headings = iter(("Both slide, one output", "Another t, again one area"))
        beats: list[Beat] = []
        start = self.places[0]
        for name, t in self.moments.items():
            one, other = self.both(t)
            caption = f"x over h gives the area {one}, and h over x gives {other}."
            lead = "Both slide, at one and the same t." if not beats else "They slide on."
            seconds = (3.6 if not beats else 1.2) + self.slide_seconds(start, t) + 2.5
            caption = f"{lead} At t = {brief(t)}, {caption}"
            beats.append(Beat(name, next(headings), caption, seconds))
            start = t
        return tuple(beats)

    def _closing(self) -> Beat:
        """The rest of the slide, and what it has shown."""
        seconds = 2.0 + self.slide_seconds(max(self.moments.values()), self.places[1]) + 5.0
        caption = (
            f"The whole output, from two slides. At each of the {len(self.frames)} steps both "
            f"areas are the same number: there is one y, h * x = x * h."
        )
        return Beat("whole", "One output: h * x = x * h", caption, seconds)
