"""Flip, shift, multiply, integrate: what convolution of two continuous signals does."""

from __future__ import annotations

import math
from functools import cached_property
from typing import ClassVar

import numpy as np
from pydantic import Field

from convmath import (
    Check,
    DivergenceError,
    InputError,
    Signal,
    SlidingProduct,
    area,
    convolve_continuous,
    parse_signal,
    verify,
)
from convmath.arrays import FloatArray
from scenes.beat import Beat
from scenes.numerals import brief, number
from scenes.parameters import Parameters, Range, SignalText
from scenes.plan import Plan
from scenes.plans.ranges import grid_with, output_range, padded, round_values

__all__ = ["FlipAndShiftPlan"]

_STEPS = 1200  # of the slide; at 60 frames a second no two pictures of it are alike


class FlipAndShiftParameters(Parameters):
    """The two signals and the range of t."""

    h: SignalText = Field("2*exp(-t/2)*u(t)", description="the signal that stays, a function of t")
    x: SignalText = Field(
        "u(t) - 0.5u(t-2) - 0.5u(t-4)",
        description="the signal that is flipped and shifted, a function of t",
    )
    t_range: Range | None = Field(
        None, description="first and last t of the slide (chosen to fit the signals if not given)"
    )


class FlipAndShiftPlan(Plan[FlipAndShiftParameters, SlidingProduct]):
    """y(t) = ∫ h(τ) x(t − τ) dτ, told as flip, shift, multiply, integrate."""

    slug: ClassVar[str] = "flip-and-shift"
    title: ClassVar[str] = "Flip, shift, multiply, integrate"
    question: ClassVar[str] = "What does the convolution integral do to two signals?"
    sources: ClassVar[tuple[str, ...]] = (
        "Matthew Baas, on convolution in signal processing and in deep learning",
    )
    Parameters: ClassVar[type[Parameters]] = FlipAndShiftParameters
    scene_name: ClassVar[str] = "FlipAndShift"

    @cached_property
    def h(self) -> Signal:
        """The fixed signal."""
        return _nonzero("--h", self.parameters.h)

    @cached_property
    def x(self) -> Signal:
        """The moving signal."""
        return _nonzero("--x", self.parameters.x)

    @cached_property
    def t_range(self) -> tuple[float, float]:
        """First and last t of the slide."""
        return self.parameters.t_range or output_range(self.h, self.x)

    @cached_property
    def window(self) -> tuple[float, float]:
        """The τ that are drawn: all of h, and all places that x comes to."""
        t0, t1 = self.t_range
        (h_low, h_high), (x_low, x_high) = self.h.extent(), self.x.extent()
        low = min(t0, h_low, x_low, -x_high, t0 - x_high, -self.example - x_high)
        high = max(t1, h_high, x_high, -x_low, t1 - x_low, -self.example - x_low)
        return low, high

    @cached_property
    def _probe(self) -> SlidingProduct:
        """The output at round values of t, to find telling moments among."""
        t = round_values(*self.t_range)
        return convolve_continuous(self.h, self.x, t)

    @cached_property
    def example(self) -> float:
        """The t that the multiplication is shown at: the last round one with y near its peak."""
        probe = self._probe
        height = np.abs(probe.output)
        return float(probe.t[np.flatnonzero(height >= 0.9 * height.max())[-1]])

    @cached_property
    def moments(self) -> dict[str, float]:
        """The t at which the slide stops: on the way up, at the peak, and on the way down.

        A moment that these signals do not have (such as a way down of u * u) is left out.
        """
        t, height = self._probe.t, np.abs(self._probe.output)
        peak = self.peak[0]
        rising = t[(t < peak) & (height >= 0.5 * height.max())]
        falling = t[(t > peak) & (height <= 0.25 * height.max())]
        moments = {"enter": rising[:1], "peak": np.array([peak]), "leave": falling[:1]}
        return {name: float(found[0]) for name, found in moments.items() if found.size}

    @cached_property
    def peak(self) -> tuple[float, float]:
        """The t and the y where |y| is largest."""
        t = np.linspace(*self.t_range, _STEPS + 1)
        return convolve_continuous(self.h, self.x, t, window=self.window).peak

    @cached_property
    def doubled(self) -> SlidingProduct:
        """One step, at `example`, with x twice as high."""
        t = np.array([self.example])
        return convolve_continuous(self.h, self.x.scaled(2.0), t, window=self.window)

    @cached_property
    def areas(self) -> tuple[float, float, float] | None:
        """∫h, ∫x and their product ∫y, or None where one of them has no finite value."""
        try:
            one, other = area(self.h), area(self.x)
        except DivergenceError:
            return None
        return one, other, one * other

    @property
    def x_impulses(self) -> FloatArray:
        """Position and weight of the impulses of x before the flip, (n, 2)."""
        return self.frames.moving_impulses * [-1.0, 1.0]

    @property
    def upper_range(self) -> tuple[float, float]:
        """Least and greatest value of all that the upper chart shows, with some air."""
        f = self.frames
        twice = self.x.scaled(2.0)
        shown = [*self.h.value_range(*self.window), *twice.value_range(*self.x.extent())]
        shown += [np.nanmin(f.product), np.nanmax(f.product)]
        shown += [np.nanmin(self.doubled.product), np.nanmax(self.doubled.product)]
        shown += [*_weights(f.fixed_impulses), *_weights(2 * f.moving_impulses)]
        shown += list(np.nan_to_num(f.impulse_weight).ravel())
        return padded(float(min(shown)), float(max(shown)))

    @property
    def shelf_range(self) -> tuple[float, float]:
        """The same for x alone."""
        shown = [*self.x.value_range(*self.x.extent()), *_weights(self.frames.moving_impulses)]
        return padded(min(shown), max(shown))

    @property
    def lower_range(self) -> tuple[float, float]:
        """The same for the output."""
        f = self.frames
        shown = [*f.curve[:, 1], *f.output, *_weights(f.output_impulses)]
        return padded(float(min(shown)), float(max(shown)))

    @property
    def limit_formulas(self) -> tuple[str, str]:
        """Typst mathematics of both limits: max(a, t − d) and min(b, t − c)."""
        (a, b), (c, d) = self.h.support, self.x.support
        return f"max({_math(a)}, t - {_math(d)})", f"min({_math(b)}, t - {_math(c)})"

    @property
    def support_formula(self) -> str:
        """Typst mathematics of the interval that y lives on."""
        return self._support_text().replace("∞", "oo")

    def make_frames(self) -> SlidingProduct:
        """One step for each picture of the slide, the telling moments exactly among them."""
        t = grid_with(*self.t_range, _STEPS + 1, [self.example, *self.moments.values()])
        return convolve_continuous(self.h, self.x, t, window=self.window)

    def make_checks(self) -> tuple[Check, ...]:
        """Hold the frames against adaptive quadrature point by point, and the areas."""
        return verify(self.frames)

    def index(self, t: float) -> int:
        """The step of the frames that stands at ``t``."""
        return int(np.argmin(np.abs(self.frames.t - t)))

    def slide_seconds(self, start: float, stop: float) -> float:
        """How long a slide between two t takes: the whole range would take 16 s."""
        t0, t1 = self.t_range
        return float(np.clip(16.0 * (stop - start) / (t1 - t0), 1.0, 6.0))

    def make_beats(self) -> tuple[Beat, ...]:
        """The story of this pair of signals."""
        return (*self._preparation(), *self._slide(), self._whole())

    def _preparation(self) -> tuple[Beat, ...]:
        t, y = brief(self.example), number(self._at(self.example))
        twice = number(float(self.doubled.output[0]))
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
            Beat(
                "flip",
                "Flip x",
                "Flip: x(−τ) is x mirrored about the vertical axis.",
                5.0,
            ),
            Beat(
                "shift",
                "Shift it by t",
                f"Shift: x(t − τ) is the flipped signal, moved so that its own zero, the handle, "
                f"stands at τ = t. Here t = {t}.",
                6.0,
            ),
            Beat(
                "order",
                "Flip first, then shift",
                "The order matters. Shift by t first and flip afterwards, and the signal lands "
                "on the other side, at −t.",
                7.0,
            ),
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
                f"doubles from {y} to {twice}.",
                7.0,
            ),
            Beat(
                "predict",
                "Predict",
                "Now t runs. Predict: where does y begin, where is it largest, where does it end?",
                5.0,
            ),
        )

    def _slide(self) -> tuple[Beat, ...]:
        headings = {
            "enter": "x moves in",
            "peak": "The largest output",
            "leave": "x moves out",
        }
        beats = []
        start = self.t_range[0]
        for name, t in self.moments.items():
            seconds = 0.6 + self.slide_seconds(start, t) + 2.5
            beats.append(Beat(name, headings[name], self._moment_caption(name, t), seconds))
            start = t
        return tuple(beats)

    def _moment_caption(self, name: str, t: float) -> str:
        step = self.frames.at(self.index(t))
        low, high = (brief(float(end)) for end in step.limits)
        y = number(float(step.output), 3)
        if name == "peak":
            return f"Nowhere is the area larger than here: y({brief(t)}) = {y}."
        if math.isnan(step.limits[0]):
            return f"At t = {brief(t)} the two signals do not overlap: y = {y}."
        return f"At t = {brief(t)} the integral runs from {low} to {high}, and y = {y}."

    def _whole(self) -> Beat:
        last = max((*self.moments.values(), self.t_range[0]))
        caption = f"The whole output. It lives on {self._support_text()}"
        peak_t, peak_y = self.peak
        caption += f" and is largest at t = {brief(peak_t)}, where y = {number(peak_y, 3)}."
        if self.areas is not None:
            one, other, whole = (brief(area) for area in self.areas)
            caption += f" Its area is the product of the areas: {one} · {other} = {whole}."
        seconds = 0.6 + self.slide_seconds(last, self.t_range[1]) + 6.0
        return Beat("whole", "The output y = h * x", caption, seconds)

    def _support_text(self) -> str:
        low, high = self.frames.support
        opening = "(" if math.isinf(low) else "["
        closing = ")" if math.isinf(high) else "]"
        return f"{opening}{brief(low)}, {brief(high)}{closing}"

    def _at(self, t: float) -> float:
        return float(self.frames.output[self.index(t)])


def _weights(impulses: FloatArray) -> list[float]:
    return [float(weight) for weight in impulses[:, 1]]


def _math(value: float) -> str:
    """A number within a formula, in parentheses if negative."""
    text = f"{value:.4g}".replace("inf", "oo")
    return f"({text})" if value < 0 else text


def _nonzero(option: str, text: str) -> Signal:
    signal = parse_signal(text, option=option)
    if signal.is_zero:
        raise InputError(
            "this signal is zero everywhere, so there is nothing to slide",
            typed=text,
            option=option,
            accepted="a signal that is not zero, such as rect(t)",
        )
    return signal
