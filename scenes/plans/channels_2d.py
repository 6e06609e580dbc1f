"""Filter, kernels, channels, bias: how several channels become several maps."""

from __future__ import annotations

from functools import cached_property
from itertools import product
from typing import ClassVar

import numpy as np
from pydantic import Field

from convmath import Check, InputError, parse_row
from convmath.arrays import AnyArray
from convmath.errors import refuse
from convmath.grid import Layout, layout_of
from convmath.grid_frames import GridSweep, sweep_grid
from convmath.stacks import parse_filters, parse_stack
from convmath.verify_grid import verify_sweep
from scenes.beat import Beat
from scenes.numerals import brief
from scenes.parameters import FiltersText, GridText, Parameters, RowText, Spacing
from scenes.plan import Plan
from scenes.plans.gridded import typed_padding
from scenes.sources import BAAS, STUDY_NOTES
from scenes.wording import by, counted, listed, numbered, ordinal, plural

__all__ = ["Channels2dPlan"]

_MOST_CHANNELS, _MOST_FILTERS, _MOST_KERNEL, _MOST_PADDED = 3, 3, 3, 7
_MOST_ROWS = 9  # of padded input and kernel together: they stand above each other
_MOST_MAP = {1: 7, 2: 5, 3: 3}  # rows of a map, by how many stand above each other
_LEAST, _LARGEST = -99, 999  # of a number in a cell
_BIASES = (2, -1, 3)
_FILTERS = "1,0; 2,-1 | 0,1; 1,0 | 0,1; -2,0 || 0,-1; 1,0 | 2,0; 0,1 | 0,1; -1,1"
_PRESETS = {
    "stripes": "3,3,0,0,0,0; " * 3
    + "3,3,0,0,0,0 | "
    + "0,0,3,3,0,0; " * 3
    + "0,0,3,3,0,0 | "
    + "0,0,0,0,3,3; " * 3
    + "0,0,0,0,3,3",
    "spot": "0,0,0,0,0; 0,3,3,0,0; 0,3,3,3,0; 0,0,0,0,0 | "
    "0,0,0,0,0; 0,2,3,0,0; 0,3,2,3,0; 0,0,0,0,0 | "
    "2,2,2,2,2; 2,0,0,2,2; 2,0,0,0,2; 3,3,3,3,3",
}
_INPUTS = "channels such as 1,2; 3,4 | 0,1; 1,0 | 2,2; 0,0, or stripes, spot"


class Channels2dParameters(Parameters):
    """Some channels, some filters, and how these are laid over them."""

    input: GridText = Field(
        "3,3,2,0,0; 3,2,1,0,1; 2,1,0,1,0; 0,0,1,0,2 | "
        "0,1,2,3,1; 0,1,3,2,0; 1,2,1,0,0; 0,1,0,1,1 | "
        "0,0,1,0,3; 1,0,0,2,3; 0,1,2,3,2; 1,2,3,1,0",
        description=f"1 to {_MOST_CHANNELS} channels with | between them, whole numbers row by row "
        "(three are R, G, B); or stripes, spot",
    )
    filters: FiltersText | None = Field(
        None,
        description=f"1 to {_MOST_FILTERS} filters with || between them, their kernels with |, one "
        "for each channel: 1,0; 2,1 | 0,1; 1,0 || 1,1; 0,1 | 2,0; 0,0 (two of 2 × 2 that fit the "
        "input, if not given)",
    )
    bias: RowText | None = Field(
        None, description="one whole number for each filter (2, -1, 3, if not given)"
    )
    padding: str = Field(
        "0",
        description="zeros added on each side; or valid (none), same (maps as large as the "
        "input), full (every output that touches the input)",
        coerce_numbers_to_str=True,
    )
    stride: Spacing = Field(1, description="cells from one position to the next, 1 or more")


class Channels2dPlan(Plan[Channels2dParameters, GridSweep]):
    """y[o] = b[o] + Σ_c (x[c] correlated with w[o, c])."""

    slug: ClassVar[str] = "channels-2d"
    title: ClassVar[str] = "Filter, kernels, channels, bias"
    question: ClassVar[str] = "How do the channels of a picture become the channels of a layer?"
    formula: ClassVar[str] = "y_o = b_o + sum_c K_(o c) star x_c"
    sources: ClassVar[tuple[str, ...]] = (STUDY_NOTES, BAAS)
    Parameters: ClassVar[type[Parameters]] = Channels2dParameters
    scene_name: ClassVar[str] = "Channels2d"
    poster: ClassVar[str] = "second"
    signals: ClassVar[str] = "--input and --filters"

    @cached_property
    def input(self) -> AnyArray:
        """x, (channels, rows, columns) int64."""
        typed = self.parameters.input
        text = _PRESETS.get(typed.strip().lower(), typed)
        if text is typed and typed.strip().isalpha():
            refuse("--input", typed, "there is no such picture", _INPUTS)
        x = parse_stack(text, "--input")
        if len(x) > _MOST_CHANNELS:
            accepted = f"1 to {_MOST_CHANNELS}"
            refuse("--input", typed, f"{len(x)} channels are too many to show", accepted)
        return _whole("--input", typed, x)

    @cached_property
    def filters(self) -> AnyArray:
        """w, (filters, channels, rows, columns) int64."""
        typed = self.parameters.filters
        channels = len(self.input)
        if typed is None:
            return parse_filters(_FILTERS)[:, :channels]
        w = parse_filters(typed, "--filters")
        if w.shape[1] != channels:
            refuse(
                "--filters",
                typed,
                f"each filter has {counted(w.shape[1], 'kernel')}, and --input has "
                f"{counted(channels, 'channel')}",
                "one kernel for each channel",
            )
        if len(w) > _MOST_FILTERS:
            accepted = f"1 to {_MOST_FILTERS}"
            refuse("--filters", typed, f"{len(w)} filters are too many to show", accepted)
        if max(w.shape[2:]) > _MOST_KERNEL:
            problem = f"kernels of {by(w.shape[2:], '×')} are too large to show"
            refuse("--filters", typed, problem, f"at most {_MOST_KERNEL} × {_MOST_KERNEL}")
        return _whole("--filters", typed, w)

    @cached_property
    def bias(self) -> AnyArray:
        """b, (filters,) int64."""
        typed, count = self.parameters.bias, len(self.filters)
        if typed is None:
            return np.array(_BIASES[:count], dtype=np.int64)
        values = parse_row(typed, "--bias").values
        if len(values) != count:
            refuse(
                "--bias",
                typed,
                f"{numbered(len(values), 'number')} for {counted(count, 'filter')}",
                "one for each filter",
            )
        return _whole("--bias", typed, values)

    @cached_property
    def layout(self) -> Layout:
        """Where the kernels may stand."""
        p, sizes = self.parameters, self.filters.shape[2:]
        try:
            layout = layout_of(
                self.input.shape[1:], sizes, padding=typed_padding(p.padding), stride=p.stride
            )
        except InputError as error:
            if error.option == "--kernel":
                problem = error.problem.replace("a kernel", "each kernel", 1)
                refuse("--filters", p.filters, problem, "smaller kernels, or more padding")
            raise
        self._refuse_illegible(layout)
        return layout

    def _refuse_illegible(self, layout: Layout) -> None:
        """Refuse what would be too small to read."""
        p, rows = self.parameters, layout.padded[0] + layout.kernel[0]
        padded = "padded " if any(layout.before) else ""
        option, typed = ("--padding", p.padding) if padded else ("--input", p.input)
        if max(layout.padded) > _MOST_PADDED:
            problem = f"{padded}channels of {by(layout.padded, '×')} are too large to show"
            refuse(option, typed, problem, f"at most {_MOST_PADDED} rows and columns")
        if rows > _MOST_ROWS:
            problem = (
                f"{padded}channels of {layout.padded[0]} rows above kernels of {layout.kernel[0]} "
                "rows are too high to show"
            )
            refuse(option, typed, problem, f"at most {_MOST_ROWS} rows together")
        count = len(self.filters)
        if layout.output[0] > _MOST_MAP[count]:
            problem = f"{counted(count, 'map')} of {layout.output[0]} rows cannot be shown together"
            accepted = f"at most {_MOST_MAP[count]} rows each: fewer filters, or a larger stride"
            refuse(option, typed, problem, accepted)

    def make_frames(self) -> GridSweep:
        """One step for each position of the kernels."""
        _ = self.layout  # what is wrong with the sizes is said first
        p = self.parameters
        frames = sweep_grid(
            self.input,
            self.filters,
            self.bias,
            padding=typed_padding(p.padding),
            stride=p.stride,
        )
        shown = (frames.product, frames.channel_sum, self.summed(frames), frames.output)
        for value in (part for values in shown for part in (values.min(), values.max())):
            if not _LEAST <= value <= _LARGEST:
                raise InputError(
                    f"a product or a sum of {brief(value.item())} cannot be read in a cell",
                    option=self.signals,
                    accepted=f"numbers whose products and sums are from {_LEAST} to {_LARGEST}",
                )
        return frames

    def summed(self, frames: GridSweep) -> AnyArray:
        """(n, filters) the sum of all products, before the bias."""
        count = len(frames)
        return np.asarray(frames.running.reshape(count, len(self.filters), -1)[:, :, -1])

    def make_checks(self) -> tuple[Check, ...]:
        """Hold padding, products, sums and outputs against SciPy."""
        return verify_sweep(self.frames, "zeros")

    @property
    def is_rgb(self) -> bool:
        """Whether there are three channels, which are red, green and blue."""
        return len(self.input) == 3

    @property
    def is_picture(self) -> bool:
        """Whether the channels can be seen as one picture: none of their numbers is negative."""
        return self.is_rgb and bool(self.input.min() >= 0 and self.input.max() > 0)

    @property
    def names(self) -> tuple[str, ...]:
        """Of the channels, as they are said."""
        count = len(self.input)
        return ("red", "green", "blue") if self.is_rgb else ("channel 1", "channel 2")[:count]

    @property
    def is_padded(self) -> bool:
        """Whether anything stands around the channels."""
        return any((*self.layout.before, *self.layout.after))

    @property
    def size(self) -> tuple[int, int]:
        """(rows, columns) of a map."""
        rows, columns = self.frames.output_sizes
        return rows, columns

    @property
    def weights(self) -> int:
        """How many numbers all kernels have together."""
        return int(self.filters.size)

    @property
    def learned(self) -> int:
        """How many numbers the layer learns: weights and biases."""
        return self.weights + int(self.bias.size)

    def added(self, filter_: int) -> str:
        """The channels' sums at the first position, in words: 7 + 1 − 2."""
        first, *others = self.frames.channel_sum[0, filter_].tolist()
        return brief(first) + "".join(_signed(value) for value in others)

    def sum_of(self, filter_: int) -> int:
        """Before the bias, at the first position."""
        return int(self.summed(self.frames)[0, filter_])

    def output_of(self, filter_: int) -> int:
        """With the bias, at the first position."""
        return int(self.frames.output[0, filter_])

    def sweep_seconds(self, filter_: int) -> float:
        """How long the way from the first position to the last takes; later maps fill faster."""
        steps = len(self.frames) - 1
        at_most, in_all = (0.9, 9.0) if filter_ == 0 else (0.45, 4.5)
        return steps * min(at_most, in_all / max(steps, 1))

    def make_beats(self) -> tuple[Beat, ...]:
        """The story of these channels."""
        return (*self._channels(), *self._position(), *self._maps(), self._count(), self._shapes())

    def _channels(self) -> tuple[Beat, ...]:
        count, (rows, columns) = len(self.input), self.input.shape[1:]
        k, w = self.filters.shape[2:]
        size = f"{counted(rows, 'row')} and {counted(columns, 'column')}"
        bright = (
            f" 0 is dark, {int(self.input.max())} is the brightest here." if self.is_picture else ""
        )
        told = (
            f"A colour picture is three grids of numbers: how much red, green and blue each pixel "
            f"has. They are called channels, each of {size}.{bright}"
            if self.is_rgb
            else f"The input has {counted(count, 'grid')} of numbers, called "
            f"{'channels' if count > 1 else 'a channel'}, {'each ' if count > 1 else ''}of {size}."
        )
        heading = (
            "A colour picture is three grids"
            if self.is_rgb
            else f"The input: {counted(count, 'channel')}"
        )
        beats = [Beat("channels", heading, told, 9.0 if self.is_picture else 6.0)]
        beats += [self._padded()] if self.is_padded else []
        one = "is called a filter" if count == 1 else "together are one filter"
        beats.append(
            Beat(
                "kernels",
                "One kernel for each channel" if count > 1 else "One kernel for the channel",
                f"{'Each' if count > 1 else 'The'} channel gets a kernel of its own: {k} by {w} "
                f"weights. The {counted(count, 'kernel')} {one}.",
                5.0 + 0.6 * count,
            )
        )
        return tuple(beats)

    def _padded(self) -> Beat:
        rows, columns = self.layout.padded
        each = "Each channel" if len(self.input) > 1 else "The channel"
        return Beat(
            "padding",
            "A border of zeros is added",
            f"{each} gets a border of zeros, its padding. With it there "
            f"{plural(rows, 'is', 'are')} {numbered(rows, 'row')} and "
            f"{numbered(columns, 'column')}.",
            5.0,
        )

    def _position(self) -> tuple[Beat, ...]:
        sums = self.frames.channel_sum[0, 0].tolist()
        named = listed([f"{brief(s)} in {name}" for s, name in zip(sums, self.names, strict=True)])
        count, total, bias = len(sums), brief(self.sum_of(0)), int(self.bias[0])
        several = count > 1
        way = "Add them over the channels" if several else "There is no other channel to add"
        return (
            Beat(
                "products",
                "Each kernel stays in its own channel" if several else "Multiply and add",
                f"{'Every kernel' if several else 'The kernel'} lies on its channel's upper left "
                f"corner. Weight times number, then add: {named}. No kernel is flipped: this is "
                "cross-correlation, which deep learning calls convolution.",
                2.0 + 2.9 * count,
            ),
            Beat(
                "add",
                "Add the sums of all channels" if several else "One channel, one sum",
                f"{way}: {self.added(0)} = {total}."
                if several
                else f"{way}: the sum stays {total}.",
                5.0,
            ),
            Beat(
                "bias",
                "Add the bias last",
                f"Each filter has one more number, its bias: here {brief(bias)}. It is added last: "
                f"{total}{_signed(bias)} = {brief(self.output_of(0))}. That is one number of the "
                "output.",
                7.0,
            ),
            Beat(
                "predict",
                "Predict: how many maps from one filter?",
                f"{counted(count, 'kernel').capitalize()} for {counted(count, 'channel')}; now the "
                "filter goes to every position. Predict: how many grids of numbers come out, and "
                "how large?",
                6.5,
            ),
        )

    def _maps(self) -> tuple[Beat, ...]:
        rows, columns = self.size
        k, w = self.filters.shape[2:]
        several = len(self.input) > 1
        stride = self.parameters.stride
        by = f", {counted(stride, 'cell')} at a time" if stride > 1 else ""
        together = f"The kernels move together{by}" if several else f"The kernel moves on{by}"
        one = "one sum" if several else "one number"
        beats = [
            Beat(
                "sweep",
                "One filter makes one map",
                f"One. {together}, and every position gives {one} over "
                f"{'all channels' if several else 'the channel'}: a map of {rows} by {columns}, "
                "called a feature map. The filter is written "
                f"(1, {len(self.input)}, {k}, {w}): one filter.",
                self.sweep_seconds(0) + 2.6,
            )
        ]
        beats += [self._another(o) for o in range(1, len(self.filters))]
        return tuple(beats)

    def _another(self, o: int) -> Beat:
        name, first = ordinal(o + 1), brief(self.output_of(o))
        start = f"{brief(self.sum_of(o))}{_signed(int(self.bias[o]))} = {first}"
        if len(self.input) > 1:
            start = f"{self.added(o)}{_signed(int(self.bias[o]))} = {first}"
        return Beat(
            name,
            f"A {name} filter makes a {name} map",
            f"A {name} filter has kernels and a bias of its own, over the same "
            f"{'channels' if len(self.input) > 1 else 'channel'}. Its first number is {start}. Its "
            f"map is the output's {name} channel.",
            self.sweep_seconds(o) + 5.6,
        )

    def _count(self) -> Beat:
        filters, channels, k, w = self.filters.shape
        return Beat(
            "count",
            "Count what the layer learns",
            f"{counted(filters, 'filter').capitalize()} with {counted(channels, 'kernel')} of "
            f"{k} · {w} weights: {numbered(self.weights, 'weight')}. With "
            f"{counted(filters, 'bias', 'biases')} the layer learns {self.learned} numbers, "
            "however large the picture is.",
            10.0,
        )

    def _shapes(self) -> Beat:
        filters, channels, k, w = self.filters.shape
        rows, columns = self.size
        high, wide = self.input.shape[1:]
        return Beat(
            "shapes",
            "Channels in, channels out",
            f"In: {counted(channels, 'channel')} of {high} by {wide}. "
            f"{counted(filters, 'filter').capitalize()}, {'each with ' if filters > 1 else 'with '}"
            f"{counted(channels, 'kernel')} of {k} by {w} and one bias. Out: "
            f"{counted(filters, 'channel')} of {rows} by {columns}. "
            "Kernels match the channels in, filters make the channels out.",
            12.0,
        )


def _signed(value: int) -> str:
    """A term of a sum: `` + 1`` or `` − 2``."""
    return f" {'−' if value < 0 else '+'} {brief(abs(value))}"


def _whole(option: str, typed: str, values: AnyArray) -> AnyArray:
    """The same numbers as integers, if that is what they are and they can be read in a cell."""
    for place in product(*map(range, values.shape)):
        value = values[place].item()
        if value != round(value) or not _LEAST <= value <= _LARGEST:
            accepted = f"whole numbers from {_LEAST} to {_LARGEST}"
            refuse(option, typed, f"{value:g} cannot be used here", accepted)
    return values.astype(np.int64)
