"""Several channels, one output: sliding sums in lanes, stacked into one y."""

from __future__ import annotations

from collections.abc import Sequence as Several
from functools import cached_property
from typing import ClassVar

import numpy as np
from pydantic import Field

from convmath import (
    ChannelSums,
    Check,
    ConvolutionAndLayer,
    InputError,
    Sequence,
    convolution_and_layer,
    parse_row,
    parse_rows,
    verify_channels,
)
from convmath.errors import refuse
from scenes.beat import Beat
from scenes.numerals import brief, decimals_for, number
from scenes.parameters import Parameters, RowsText, RowText
from scenes.plan import Plan
from scenes.plans.ranges import padded
from scenes.sources import BAAS
from scenes.wording import counted, listed, numbered, plural

__all__ = ["Channels1dPlan"]

_LIKENESS = (
    "",
    "like a row of grey pixels",
    "like the left and the right of a stereo sound",
    "like the red, the green and the blue of a row of pixels",
)
_MOST_CHANNELS, _LONGEST_CHANNEL, _LONGEST_KERNEL = 3, 10, 4
_LEAST, _LARGEST = 0.01, 50_000  # of the greatest number on a chart
_KERNELS = ((1, 0, -1), (0, 1, 1), (-1, -1, 1))


class Channels1dParameters(Parameters):
    """The channels, the kernel that they share, and the kernels of their own."""

    channels: RowsText = Field(
        "2,2,1,0,0,1; 0,1,1,2,1,0; 1,0,0,1,2,2",
        description="1 to 3 channels: lists of one length, with semicolons between them",
    )
    h: RowText = Field("2,1,1", description="the kernel that all channels share: a list")
    kernels: RowsText | None = Field(
        None,
        description="the layer's kernels, one list for each channel (chosen to fit if not given)",
    )


class Channels1dPlan(Plan[Channels1dParameters, ConvolutionAndLayer]):
    """y[n] = Σ_c Σ_k h[k] x_c[n − k], and the layer's Σ_c Σ_k w_c[k] x_c[n + k]."""

    slug: ClassVar[str] = "channels-1d"
    title: ClassVar[str] = "Several channels, one output"
    question: ClassVar[str] = "How do several channels become one output?"
    formula: ClassVar[str] = "y[n] = sum_c sum_k h_c [k] x_c [n - k]"
    sources: ClassVar[tuple[str, ...]] = (BAAS,)
    Parameters: ClassVar[type[Parameters]] = Channels1dParameters
    scene_name: ClassVar[str] = "Channels1d"
    poster: ClassVar[str] = "whole"

    @cached_property
    def channels(self) -> tuple[Sequence, ...]:
        """The rows x_c[0], …, x_c[N − 1]."""
        typed = self.parameters.channels
        rows = parse_rows(typed, "--channels")
        if len(rows) > _MOST_CHANNELS:
            refuse("--channels", typed, f"{len(rows)} channels are too many to show", "1 to 3")
        _fitting("--channels", typed, rows, _LONGEST_CHANNEL)
        return rows

    @cached_property
    def h(self) -> Sequence:
        """The kernel that all channels share."""
        row = parse_row(self.parameters.h, "--h")
        _fitting("--h", self.parameters.h, (row,), _LONGEST_KERNEL)
        return row

    @cached_property
    def kernels(self) -> tuple[Sequence, ...]:
        """The layer's kernels w_c, one for each channel."""
        typed, length = self.parameters.kernels, self.channels[0].values.size
        if typed is None:
            return tuple(Sequence(taps[:length]) for taps in _KERNELS[: len(self.channels)])
        rows = parse_rows(typed, "--kernels")
        _fitting("--kernels", typed, rows, _LONGEST_KERNEL)
        if len(rows) != len(self.channels):
            refuse(
                "--channels and --kernels",
                typed,
                f"{numbered(len(self.channels), 'channel')}, but {numbered(len(rows), 'kernel')}",
                "one kernel for each channel",
            )
        if rows[0].values.size > length:
            refuse(
                "--kernels",
                typed,
                f"{numbered(rows[0].values.size, 'number')} do not fit into channels of {length}",
                "kernels no longer than the channels",
            )
        return rows

    @cached_property
    def _both(self) -> tuple[ConvolutionAndLayer, ChannelSums]:
        frames, layer = convolution_and_layer(self.h, self.kernels, self.channels)
        _refuse_unreadable(frames, "--channels and --h")
        _refuse_unreadable(layer, "--channels and --kernels")
        return frames, layer

    @property
    def layer(self) -> ChannelSums:
        """The steps of the layer."""
        return self._both[1]

    def make_frames(self) -> ConvolutionAndLayer:
        """One step for each n of the convolution, and what the layer comes to."""
        return self._both[0]

    def make_checks(self) -> tuple[Check, ...]:
        """Hold both outputs against NumPy."""
        return verify_channels(self.frames, self.h, self.kernels, self.channels)

    def window(self, frames: ChannelSums) -> tuple[float, float]:
        """The k that are drawn: all places that a channel comes to."""
        length = self.channels[0].values.size
        if frames is self.layer:
            return -0.9, length - 0.1
        return -length - 0.7, length + self.h.values.size - 0.3

    def places(self, frames: ChannelSums) -> tuple[float, float]:
        """The n that the output is drawn over."""
        return float(frames.n[0]) - 0.5, float(frames.n[-1]) + 0.5

    def lane_range(self, frames: ChannelSums) -> tuple[float, float]:
        """Least and greatest value of all that the lanes show, with some air."""
        shown = (frames.fixed, frames.original, frames.product)
        return padded(
            float(min(values.min() for values in shown)),
            float(max(values.max() for values in shown)),
        )

    def stack_range(self, frames: ChannelSums) -> tuple[float, float]:
        """Least and greatest height of the stacks, with some air."""
        return padded(float(frames.block.min()), float(frames.block.max()))

    def decimals(self, frames: ChannelSums) -> int:
        """Of a sum: as many as all sums need, or as their size leaves room for."""
        sums = np.append(frames.sums.ravel(), frames.output).astype(float)
        most = decimals_for(float(np.abs(frames.block).max()))
        exact = (d for d in range(most) if np.allclose(sums, sums.round(d), rtol=0, atol=1e-9))
        return next(exact, most)

    def example(self, frames: ChannelSums) -> int:
        """The step that the sums are told at.

        Of those at which most pairs overlap, the first at which every channel has its share;
        rather one where a share is negative, if any is, and rather not the peak.
        """
        pairs = np.nan_to_num(np.diff(frames.limits, axis=1)[:, 0], nan=-1.0)
        full = np.flatnonzero(pairs == pairs.max())
        shares = np.count_nonzero(frames.sums, axis=1)
        negative = np.any(frames.sums < 0, axis=1)
        peak = frames.n == frames.peak[0]
        return int(min(full, key=lambda i: (-shares[i], not negative[i], bool(peak[i]), i)))

    def value(self, frames: ChannelSums, value: float) -> str:
        """A sum as it is shown."""
        return number(value, self.decimals(frames))

    def terms(self, frames: ChannelSums, step: int, channel: int) -> list[tuple[str, str]]:
        """The pairs of one channel where the two overlap: what stays, what slides."""
        low, high = frames.limits[step]
        inside = (frames.k >= low) & (frames.k <= high)
        ours, theirs = frames.fixed[channel][inside], frames.moving[step, channel][inside]
        pairs = zip(ours.tolist(), theirs.tolist(), strict=True)
        return [(brief(a), brief(b)) for a, b in pairs]

    def added(self, frames: ChannelSums, step: int) -> str:
        """The contributions of the channels at one step, in plain words: 6 + 3 − 1."""
        first, *others = frames.sums[step].tolist()
        text = self.value(frames, first)
        for share in others:
            text += f" {'−' if share < 0 else '+'} {self.value(frames, abs(share))}"
        return text

    def support(self, frames: ChannelSums) -> tuple[int, int]:
        """First and last n of the output row."""
        if frames is self.layer:
            return 0, len(frames) - 1
        return 0, len(frames) - 3  # the convolution begins one n earlier and ends one later

    def shapes(self, frames: ChannelSums) -> str:
        """Shape of what goes in, and of what comes out: (C, N) → (1, N′)."""
        length = self.support(frames)[1] + 1
        return f"({frames.channels}, {self.channels[0].values.size}) → (1, {length})"

    @property
    def alike_math(self) -> tuple[str, str]:
        """Typst mathematics of y: a sum over the channels, and with the channels added first."""
        xs = [f"x_{c}" for c in range(1, len(self.channels) + 1)]
        return " + ".join(f"h * {x}" for x in xs), f"h * ({' + '.join(xs)})"

    def values(self, frames: ChannelSums) -> list[str]:
        """The output row, as it is shown."""
        low, high = self.support(frames)
        inside = (frames.n >= low) & (frames.n <= high)
        return [self.value(frames, y) for y in frames.output[inside].tolist()]

    def slide_seconds(self, frames: ChannelSums) -> float:
        """How long a slide through all n takes: a step lasts from 0.6 to 0.9 s."""
        steps = max(len(frames) - 1, 1)
        return steps * float(np.clip(8.0 / steps, 0.6, 0.9))

    def approach_seconds(self, frames: ChannelSums) -> float:
        """How long the slide from the first step to the example takes."""
        return min(0.8 * self.example(frames), 4.0)

    def make_beats(self) -> tuple[Beat, ...]:
        """The story of these channels."""
        alike = (self._alike(),) if len(self.channels) > 1 else ()
        return (*self._lanes(), *self._output(), *alike, *self._layer(), self._formulas())

    def _lanes(self) -> tuple[Beat, ...]:
        count, length = len(self.channels), self.channels[0].values.size
        taps = ", ".join(brief(tap) for tap in self.h.values.tolist())
        many = count > 1
        step = self.example(self.frames)
        sums = [self.value(self.frames, share) for share in self.frames.sums[step].tolist()]
        channels = counted(count, "channel").capitalize()
        named = listed([f"{share} in channel {c}" for c, share in enumerate(sums, 1)])
        return (
            Beat(
                "channels",
                channels,
                f"{channels} of {numbered(length, 'number')} {'each ' if many else ''}over one "
                f"index, {_LIKENESS[count]}.",
                6.0,
            ),
            Beat(
                "kernel",
                "The same kernel in every lane" if many else "The kernel",
                f"{'Each' if many else 'The'} channel is flipped and waits on the left. "
                f"{'In every lane' if many else 'In its lane'} stands "
                f"{'the same' if many else 'the'} kernel h: {taps}.",
                7.5,
            ),
            Beat(
                "multiply",
                "Each lane adds up its own products" if many else "The lane adds up its products",
                f"At n = {brief(int(self.frames.n[step]))} {'each' if many else 'the'} lane "
                f"multiplies its pairs and adds the products: {named}.",
                self.approach_seconds(self.frames) + 3.5 + count,
            ),
        )

    def _output(self) -> tuple[Beat, ...]:
        frames = self.frames
        step = self.example(frames)
        n = brief(int(frames.n[step]))
        rows = counted(frames.channels, "row goes", "rows go").capitalize()
        last, peak = self.support(frames)[1], frames.peak
        return (
            Beat(
                "stack",
                "Stack the sums: one number" if frames.channels > 1 else "One number",
                f"{self._stacking(frames, step)} This one number is the output y[{n}]. "
                f"{self._below(frames, step)}".strip(),
                4.0 + frames.channels,
            ),
            Beat(
                "predict",
                "Predict",
                f"Now n runs through all lanes at once. Predict: {rows.lower()} in. How many come "
                "out, and where is y farthest from zero?",
                7.0,
            ),
            Beat(
                "whole",
                "One row comes out",
                f"One row comes out, of {numbered(last + 1, 'number')}, from n = 0 to n = {last}. "
                f"{self._peak_words(peak)}",
                self.slide_seconds(frames) + 4.5,
            ),
        )

    def _stacking(self, frames: ChannelSums, step: int) -> str:
        """What the lanes add up to, in plain words."""
        y = self.value(frames, frames.output[step].item())
        if frames.channels == 1:
            return f"With one lane its sum is all there is: {y}."
        return f"The sums stand on each other: {self.added(frames, step)} = {y}."

    def _below(self, frames: ChannelSums, step: int) -> str:
        """What this stack does with negative sums, if it has any."""
        if not (frames.sums[step] < 0).any():
            return ""
        return "A negative sum hangs below the axis and is taken off."

    def _peak_words(self, peak: tuple[int, int | float]) -> str:
        if not peak[1]:
            return "The channels cancel: y is zero everywhere."
        y = self.value(self.frames, peak[1])
        return f"It is farthest from zero at n = {brief(peak[0])}, where y = {y}."

    def _alike(self) -> Beat:
        total = " + ".join(f"h * x{c}" for c in "₁₂₃"[: len(self.channels)])
        mixed = " + ".join(f"x{c}" for c in "₁₂₃"[: len(self.channels)])
        return Beat(
            "alike",
            "One kernel cannot tell channels apart",
            f"With one kernel for all, one may as well add the channels first: {total} = "
            f"h * ({mixed}). The output cannot tell them apart.",
            8.0,
        )

    def _layer(self) -> tuple[Beat, ...]:
        layer = self.layer
        step = self.example(layer)
        several = layer.channels > 1
        each = "each channel a kernel of its own" if several else "the channel a kernel"
        return (
            Beat(
                "layer",
                "A layer: one kernel for each channel" if several else "A layer",
                f"A layer of a neural network gives {each}. Now the channels stay and the kernels "
                "slide, not flipped: this is cross-correlation.",
                9.0,
            ),
            Beat(
                "weigh",
                "Multiply, add, and stack as before",
                f"Now at n = {brief(int(layer.n[step]))}. {self._stacking(layer, step)} "
                f"{self._below(layer, step)}".strip(),
                self.approach_seconds(layer) + 4.5 + 2.0 * layer.channels,
            ),
            Beat(
                "row",
                "Again one row comes out",
                f"Every kernel stays inside its channel, so only {numbered(len(layer), 'number')} "
                f"{plural(len(layer), 'comes', 'come')} out: {', '.join(self.values(layer))}.",
                self.slide_seconds(layer) + 5.0,
            ),
        )

    def _formulas(self) -> Beat:
        return Beat(
            "formulas",
            "Both sum over k and over channels",
            "Both add over k and c. Convolution reads x at n − k, a layer at n + k. The edges, not "
            f"the flip, make the length: full, every overlap, {self.shapes(self.frames)}; valid, "
            f"whole ones only, {self.shapes(self.layer)}.",
            11.0,
        )


def _fitting(option: str, typed: str, rows: Several[Sequence], longest: int) -> None:
    """Refuse rows that nobody could read."""
    values = np.stack([row.values for row in rows])
    if values.shape[1] > longest:
        problem = f"{values.shape[1]} numbers in a row are too many to show"
        refuse(option, typed, problem, f"at most {longest}")
    if not values.any():
        refuse(option, typed, "these numbers are all zero, so there is nothing to show", "3, 2, 1")


def _refuse_unreadable(frames: ChannelSums, options: str) -> None:
    """Refuse what is larger or smaller than the numbers on an axis."""
    for shown in (np.append(frames.fixed, frames.original), frames.product, frames.block):
        largest = float(np.abs(shown).max())
        if largest > _LARGEST or 0 < largest < _LEAST:
            raise InputError(
                f"numbers of the size of {largest:.4g} cannot be read in a picture",
                option=options,
                accepted=f"numbers whose sums are between {_LEAST} and {_LARGEST:,}",
            )
