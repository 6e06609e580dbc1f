"""A kernel slides over a grid: multiply what lies on top of each other, add, write it down."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from convmath.grid_frames import GridSweep
from scenes.beat import Beat
from scenes.numerals import brief
from scenes.parameters import Parameters
from scenes.plans.gridded import GridParameters, GridPlan
from scenes.sources import BAAS, STUDY_NOTES
from scenes.wording import counted, numbered, ordinal, plural

__all__ = ["Grid2dPlan"]

_ONE_BY_ONE = 120  # positions that are swept over one by one; of more, the first few
_FIRST_FEW = 12
_FILLS = {
    "zeros": "zeros",
    "reflect": "the inside, mirrored at the edge cells",
    "edge": "the edge cells again",
    "circular": "the cells of the opposite side",
}


class Grid2dPlan(GridPlan[GridParameters, GridSweep]):
    """Every output is the sum of what a window covers, each cell times its weight."""

    slug: ClassVar[str] = "grid-2d"
    title: ClassVar[str] = "A kernel slides over a grid"
    question: ClassVar[str] = "What does a convolutional layer compute, and how large is it?"
    formula: ClassVar[str] = "y[i, j] = sum_(a, b) K[a, b] x[s i + d a - p, s j + d b - p]"
    sources: ClassVar[tuple[str, ...]] = (STUDY_NOTES, BAAS)
    Parameters: ClassVar[type[Parameters]] = GridParameters
    scene_name: ClassVar[str] = "Grid2d"
    poster: ClassVar[str] = "whole"

    def make_frames(self) -> GridSweep:
        """One step for each position of the kernel."""
        return self.sweep

    @property
    def shown(self) -> int:
        """How many positions the sweep goes through one by one."""
        count = len(self.frames)
        return count if count <= _ONE_BY_ONE else _FIRST_FEW

    @property
    def skipped(self) -> int:
        """How many positions the sweep passes over."""
        return len(self.frames) - self.shown

    @property
    def step_seconds(self) -> float:
        """How long the sweep takes from one position to the next."""
        return max(0.1, min(0.5, 10.0 / self.shown))

    @property
    def sweep_seconds(self) -> float:
        """How long it takes from the second position to the last that is shown."""
        return self.step_seconds * max(self.shown - 2, 0)

    @property
    def largest(self) -> int:
        """The position with the output that is largest in size, of those not worked out before."""
        sizes = np.abs(self.frames.output[:, 0])
        worked = 2 if len(sizes) > 2 else 0
        return int(sizes[worked:].argmax()) + worked

    def make_beats(self) -> tuple[Beat, ...]:
        """The story of this kernel on this input."""
        beats = [self._input()]
        beats += [self._padded()] if self.is_padded else []
        beats += [self._turned()] if self.parameters.flip else []
        beats += [self._corner(), self._land()]
        beats += [self._next()] if len(self.frames) > 1 else []
        beats += [self._predict(), self._size(), self._formula()]
        beats += [self._sweep()] if len(self.frames) > 2 else []
        beats += [self._whole()]
        beats += [self._dropped()] if self.dropped else []
        return tuple(beats)

    def _input(self) -> Beat:
        rows, columns = self.input.shape
        k, w = self.kernel.shape
        return Beat(
            "input",
            "A grid of numbers and a small kernel",
            f"The input is a grid of {counted(rows, 'row')} and {counted(columns, 'column')}: "
            f"numbers, or the brightness of pixels. The kernel is a smaller grid, {k} by {w}. Its "
            f"numbers are called weights.",
            7.0,
        )

    def _padded(self) -> Beat:
        before, after = self.layout.before, self.layout.after
        if len({*before, *after}) == 1:
            border = f"a border of {counted(before[0], 'cell')} on each side"
        else:
            border = "a border"
        rows, columns = self.layout.padded
        return Beat(
            "padding",
            "A border is added",
            f"The input gets {border}: this is padding. In it stand "
            f"{_FILLS[self.layout.fill]}. With it there {plural(rows, 'is', 'are')} "
            f"{numbered(rows, 'row')} and {numbered(columns, 'column')}.",
            6.0,
        )

    def _turned(self) -> Beat:
        return Beat(
            "turn",
            "Convolution turns the kernel first",
            "This is the convolution of signal processing: the kernel is turned by 180 degrees "
            "before it slides.",
            5.0,
        )

    def _corner(self) -> Beat:
        apart = self.parameters.dilation
        spread = (
            f" A dilation of {apart} leaves {counted(apart - 1, 'cell')} free between "
            "neighbouring weights."
            if apart > 1
            else ""
        )
        return Beat(
            "corner",
            "Multiply what lies on top of each other",
            f"Lay the kernel on the upper left corner.{spread} Multiply each weight with the "
            f"number under it, and add up: {self.weighted(0)}.",
            4.0 + self.tap_seconds * self.kernel.size,
        )

    @property
    def tap_seconds(self) -> float:
        """How long the picture takes for one product."""
        return max(0.25, min(0.9, 9.0 / self.kernel.size))

    def _land(self) -> Beat:
        first = brief(self.output[0, 0].item())
        name = (
            "The kernel was turned, so this is a convolution in the strict sense."
            if self.parameters.flip
            else "The kernel was not flipped: strictly this is cross-correlation, which deep "
            "learning calls convolution."
        )
        return Beat(
            "land",
            "The sum is one number of the output",
            f"The sum, {first}, is the output's first number. {name}",
            6.0,
        )

    def _next(self) -> Beat:
        stride = self.parameters.stride
        way = "to the right" if self.size[1] > 1 else "down"
        step = f"{counted(stride, 'cell')} {way}"
        stepped = f" (the stride is {stride})" if stride > 1 else ""
        return Beat(
            "next",
            "Move on: the same weights, other numbers",
            f"The kernel moves {step}{stepped}. The weights stay, the numbers under them are "
            f"new: {self.weighted(1)}.",
            6.0,
        )

    def _predict(self) -> Beat:
        rows, columns = self.layout.padded
        span = self.layout.span
        inside = "the padded input's" if self.is_padded else "the input's"
        stride = self.parameters.stride
        by = f", {stride} cells at a time," if stride > 1 else ""
        return Beat(
            "predict",
            "Predict: how large is the output?",
            f"The kernel covers {counted(span[0], 'row')} and {counted(span[1], 'column')}, and "
            f"never leaves {inside} {counted(rows, 'row')} and {counted(columns, 'column')}. "
            f"Predict: at how many places can it stop{by} downwards, and at how many across?",
            7.0,
        )

    def _size(self) -> Beat:
        rows, columns = self.size
        return Beat(
            "size",
            "Count the places of its corner",
            f"Mark the kernel's upper left corner wherever it can stop: {counted(rows, 'place')} "
            f"downwards, {counted(columns, 'place')} across. One output for each: the output has "
            f"{rows} by {columns} numbers.",
            8.0,
        )

    def _formula(self) -> Beat:
        rows, columns = self.size
        n, p, d, k, s = self.in_formula(0)
        return Beat(
            "formula",
            "The same count as a formula",
            f"Downwards: {numbered(n, 'cell')}, plus a padding of {p}, minus the {d * (k - 1)} by "
            f"which the kernel reaches on, minus 1; divided by the stride {s}, rounded down, plus "
            f"1. That is {rows}; across, in the same way, {columns}.",
            11.0,
        )

    def in_formula(self, axis: int) -> tuple[int, int, int, int, int]:
        """Input n, both sides' padding, dilation d, kernel k and stride s of one dimension."""
        f = self.layout
        both = f.before[axis] + f.after[axis]
        return f.input[axis], both, f.dilation[axis], f.kernel[axis], f.stride[axis]

    def _sweep(self) -> Beat:
        count = len(self.frames)
        if self.skipped:
            told = (
                f"After {self.shown} positions we skip ahead: {self.skipped:,} more work in the "
                "same way, and the map fills row by row."
            )
        else:
            told = f"All {counted(count, 'position')}, row by row, each with its own sum."
        extra = 4.0 if self.skipped else 0.0
        return Beat(
            "sweep",
            "Over the whole input",
            f"Now the same at every position. {told}",
            2.8 + self.sweep_seconds + extra,
        )

    def _whole(self) -> Beat:
        rows, columns = self.size
        row, column = divmod(self.largest, columns)
        value = self.weighted(self.largest)
        return Beat(
            "whole",
            "Each output is one weighted sum",
            f"The output is complete: {rows} by {columns} numbers. Check one, in the "
            f"{ordinal(row + 1)} row and {ordinal(column + 1)} column: {value}.",
            8.0,
        )

    def _dropped(self) -> Beat:
        stride = self.parameters.stride
        why = (
            f"With stride {stride} the kernel leaps"
            if stride > 1
            else "With these gaps between its weights the kernel leaps"
        )
        return Beat(
            "dropped",
            "What no window reaches is dropped",
            f"{why}, and {counted(self.dropped, 'cell is', 'cells are')} never under a weight. "
            f"{plural(self.dropped, 'It does', 'They do')} not count for the output at all.",
            6.0,
        )
