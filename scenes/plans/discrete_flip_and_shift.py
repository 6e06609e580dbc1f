"""The same in steps: convolution of two sequences."""

from __future__ import annotations

import math
from functools import cached_property
from typing import ClassVar

import numpy as np
from pydantic import Field

from convmath import (
    Check,
    InputError,
    RiemannSums,
    Sequence,
    SequenceRule,
    Signal,
    SlidingSum,
    convolve_continuous,
    convolve_discrete,
    parse_sequence,
    parse_signal,
    riemann,
    verify,
)
from convmath.arrays import FloatArray
from scenes.beat import Beat
from scenes.numerals import brief, number
from scenes.parameters import Parameters, SequenceText, WholeRange
from scenes.plans.ranges import padded
from scenes.plans.sliding import SlidingPlan, refuse_zero
from scenes.sources import BAAS

__all__ = ["DiscreteFlipAndShiftPlan"]

_WIDTHS = (1.0, 0.5, 0.25, 0.125)  # of the bars, in units of the sampling step
_MOST_STEPS = 60


class DiscreteFlipAndShiftParameters(Parameters):
    """The two sequences and the range of n."""

    h: SequenceText = Field(
        "2*exp(-n/2)*u(n)", description="the sequence that stays: a list or an expression of n"
    )
    x: SequenceText = Field(
        "1, 1, 0.5, 0.5", description="the sequence that is flipped and shifted, likewise"
    )
    n_range: WholeRange | None = Field(
        None, description="first and last n of the slide (chosen to fit if not given)"
    )


class DiscreteFlipAndShiftPlan(SlidingPlan[DiscreteFlipAndShiftParameters, SlidingSum]):
    """y[n] = Σ_k h[k] x[n − k], told as flip, shift, multiply, add."""

    slug: ClassVar[str] = "discrete-flip-and-shift"
    title: ClassVar[str] = "Flip, shift, multiply, add"
    question: ClassVar[str] = "What does convolution do to two lists of numbers?"
    formula: ClassVar[str] = "y[n] = sum_k h[k] x[n - k]"
    sources: ClassVar[tuple[str, ...]] = (BAAS,)
    Parameters: ClassVar[type[Parameters]] = DiscreteFlipAndShiftParameters
    scene_name: ClassVar[str] = "DiscreteFlipAndShift"
    outer: ClassVar[str] = "n"
    inner: ClassVar[str] = "k"
    calls: ClassVar[str] = "[]"
    place_decimals = 0

    @cached_property
    def h(self) -> Sequence | SequenceRule:
        """The fixed sequence."""
        return _sequence("--h", self.parameters.h)

    @cached_property
    def x(self) -> Sequence | SequenceRule:
        """The moving sequence."""
        return _sequence("--x", self.parameters.x)

    @cached_property
    def decimals(self) -> int:
        """Whole numbers are shown as such."""
        return 0 if self.frames.output.dtype.kind == "i" else super().decimals

    @cached_property
    def places(self) -> tuple[float, float]:
        """First and last n of the slide: one step more than y lives on, if that is not too long."""
        if self.parameters.n_range is not None:
            return self.parameters.n_range
        (h_low, h_high), (x_low, x_high) = self.h.extent(), self.x.extent()
        low, high = h_low + x_low - 1, h_high + x_high
        if math.isfinite(self.h.support[1] + self.x.support[1]):
            high += 1
        return low, min(high, low + _MOST_STEPS - 1)

    @cached_property
    def window(self) -> tuple[float, float]:
        """The k that are drawn: all of h, and all places that x comes to."""
        n0, n1 = self.places
        (h_low, h_high), (x_low, x_high) = self.h.extent(), self.x.extent()
        low = min(n0, h_low, x_low, -x_high, n0 - x_high)
        high = max(n1, h_high, x_high, -x_low, n1 - x_low)
        return low - 0.7, high + 0.7

    def probe(self) -> tuple[FloatArray, FloatArray]:
        """All of the output."""
        return self.frames.n.astype(float), self.frames.output.astype(float)

    @property
    def peak(self) -> tuple[float, float]:
        """The n and the y where |y| is largest."""
        return self.frames.peak

    @property
    def steps(self) -> FloatArray:
        """The n of each step."""
        return self.frames.n.astype(float)

    @cached_property
    def bars(self) -> RiemannSums | None:
        """The sum at `example` with finer and finer sampling.

        A list stands for the signal that holds each value until the next. None where there is no
        area to settle on (impulses, or signals that only touch), and where the samples at jumps
        differ from the sequences (a step that faces left).
        """
        try:
            bars = riemann(*self._held, self.example, _WIDTHS)
        except InputError:
            return None
        # A signal that stops at a whole t on its left is sampled there by neither convention.
        same = math.isclose(bars.total[0], self.frames.at(self.index(self.example)).output)
        return bars if bars.integral and same else None

    @cached_property
    def _held(self) -> tuple[Signal, Signal]:
        """The continuous signals that h and x are sampled from."""
        return _held(self.h, self.parameters.h), _held(self.x, self.parameters.x)

    def bars_values(self, k: int) -> tuple[FloatArray, float]:
        """Centres and heights (n, 2) of the k-th set of bars, and their width."""
        assert self.bars is not None
        step = self.bars.at(k)
        values = np.stack([step.tau, step.height], axis=1)
        return values[~np.isnan(values[:, 0])], step.width

    @cached_property
    def bars_curve(self) -> FloatArray:
        """The product under which the bars stand, (n, 2)."""
        h, x = self._held
        frames = convolve_continuous(h, x, [self.example])
        return np.stack([frames.tau[0].ravel(), frames.product[0].ravel()], axis=1)

    @property
    def bars_window(self) -> tuple[float, float]:
        """The τ that the bars stand on, and half a step more."""
        low, high = self.bars_curve[[0, -1], 0]
        return min(float(low), 0.0) - 0.75, float(high) + 0.75

    @property
    def bars_range(self) -> tuple[float, float]:
        """Least and greatest height of the bars, with some air."""
        assert self.bars is not None
        shown = np.concatenate([self.bars.height.ravel(), self.bars_curve[:, 1]])
        return padded(float(np.nanmin(shown)), float(np.nanmax(shown)))

    @cached_property
    def pairs(self) -> list[tuple[float, ...]]:
        """k, h[k], x[n − k] and their product where the two overlap, at `example`."""
        i = self.index(self.example)
        f = self.frames
        low, high = f.limits[i]
        inside = (f.k >= low) & (f.k <= high)
        columns = (f.k[inside], f.fixed[inside], f.moving[i][inside], f.product[i][inside])
        return list(zip(*(column.tolist() for column in columns), strict=True))

    @property
    def upper_range(self) -> tuple[float, float]:
        """Least and greatest value of all that the upper chart shows, with some air."""
        f = self.frames
        shown = [f.fixed.min(), f.fixed.max(), f.original.min(), f.original.max()]
        return padded(*_ends([*shown, f.product.min(), f.product.max()]))

    @property
    def lower_range(self) -> tuple[float, float]:
        """Least and greatest value of the output, with some air."""
        return padded(*_ends(list(self.frames.output)))

    def make_frames(self) -> SlidingSum:
        """One step for each n."""
        n0, n1 = (int(n) for n in self.places)
        if n1 - n0 >= _MOST_STEPS:
            raise InputError(
                f"{n1 - n0 + 1} steps are too many to watch",
                typed=f"{n0} {n1}",
                option="--n-range",
                accepted=f"at most {_MOST_STEPS} steps: give a shorter range",
            )
        return convolve_discrete(self.h, self.x, (n0, n1))

    def make_checks(self) -> tuple[Check, ...]:
        """Hold the frames against numpy.convolve, the sums, and the bars against QUADPACK."""
        sums = verify(self.frames, self.h, self.x)
        return sums if self.bars is None else (*sums, *verify(self.bars, *self._held))

    def slide_seconds(self, start: float, stop: float) -> float:
        """How long a slide between two n takes: a step lasts from 0.35 to 0.9 s."""
        n0, n1 = self.places
        pace = float(np.clip(14.0 / (n1 - n0), 0.35, 0.9))
        return max(1.0, pace * (stop - start))

    def make_beats(self) -> tuple[Beat, ...]:
        """The story of this pair of sequences."""
        story = (*self._preparation(), *self._sum(), *self.freezes(), self.whole())
        return story if self.bars is None else (*story, self._bars_beat(self.bars))

    def _preparation(self) -> tuple[Beat, ...]:
        n = brief(self.example)
        return (
            Beat(
                "signals",
                "Two sequences",
                "Two sequences: h stays where it is, x will move over it.",
                6.0,
            ),
            Beat(
                "rename",
                "Call the index k",
                "Call their index k: a new letter, the same numbers. The letter n is kept for the "
                "output.",
                6.0,
            ),
            Beat("flip", "Flip x", "Flip: x[−k] is x mirrored about k = 0.", 5.0),
            Beat(
                "shift",
                "Shift it by n",
                f"Shift: x[n − k] is the flipped sequence, moved so that its own zero, the "
                f"triangle, stands at k = n. Here n = {n}.",
                6.0,
            ),
        )

    def _sum(self) -> tuple[Beat, ...]:
        n, y = brief(self.example), self.value(self.example)
        return (
            Beat(
                "multiply",
                "Multiply the pairs",
                "Numbers that stand at the same k are multiplied. Where one of them is missing, "
                "the product is zero.",
                7.0,
            ),
            Beat(
                "add",
                "Add the products",
                f"The sum of the products is one number, the output at this n: y[{n}] = {y}.",
                6.0,
            ),
            Beat(
                "predict",
                "Predict",
                "Now n runs, step by step. Predict: where does y begin, where is it largest, "
                "where does it end?",
                5.0,
            ),
        )

    def _bars_beat(self, bars: RiemannSums) -> Beat:
        return Beat(
            "rate",
            "Sample faster: the sum grows, Σ·Δ settles",
            f"Sample the signals more often, every Δ. The sum grows with the number of samples, "
            f"from {number(float(bars.total[0]))} to {number(float(bars.total[-1]))}; but times Δ, "
            f"as area of bars, it settles on the integral, {number(bars.integral, 3)}.",
            12.0,
        )


def _held(sequence: Sequence | SequenceRule, text: str) -> Signal:
    """The continuous signal that a sequence is sampled from."""
    if isinstance(sequence, Sequence) and sequence.notation is None:
        return Signal.staircase(sequence.values, sequence.start)
    return parse_signal(text, variable="n")


def _ends(values: list[float]) -> tuple[float, float]:
    return float(min(values)), float(max(values))


def _sequence(option: str, text: str) -> Sequence | SequenceRule:
    sequence = parse_sequence(text, option=option)
    is_zero = isinstance(sequence, Sequence) and not np.any(sequence.values)
    return refuse_zero(option, text) if is_zero else sequence
