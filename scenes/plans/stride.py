"""Stride: the kernel leaps, and the output shrinks."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from convmath import Check, InputError
from convmath.arrays import AnyArray
from convmath.grid_frames import sweep_grid
from convmath.grid_strides import StridedMap, compare_strides, verify_strides
from scenes.beat import Beat
from scenes.parameters import Parameters, Spacing
from scenes.plans.gridded import GridPlan, KernelParameters, typed_padding
from scenes.sources import STUDY_NOTES
from scenes.wording import counted, listed, numbered, ordinal, plural

__all__ = ["StridePlan"]


class StrideParameters(KernelParameters):
    """A grid, a kernel, and how far it leaps."""

    stride: Spacing = Field(2, description="cells from one position to the next, 2 or more")
    padding: str = Field(
        "0",
        description="cells of zeros added on each side; or full (every output that touches the "
        "input)",
        coerce_numbers_to_str=True,
    )


class StridePlan(GridPlan[StrideParameters, StridedMap]):
    """Every s-th row and column of the outputs, and nothing computed in between."""

    slug: ClassVar[str] = "stride"
    title: ClassVar[str] = "Stride: the kernel leaps"
    question: ClassVar[str] = "What happens to the output when the kernel skips positions?"
    formula: ClassVar[str] = "n' = floor((n + 2 p - k) / s) + 1"
    sources: ClassVar[tuple[str, ...]] = (STUDY_NOTES,)
    Parameters: ClassVar[type[Parameters]] = StrideParameters
    scene_name: ClassVar[str] = "Stride"
    poster: ClassVar[str] = "kept"

    def make_frames(self) -> StridedMap:
        """One step for each position at which the kernel stops."""
        p = self.parameters
        _ = self.layout  # what is wrong with the sizes is said first
        if p.stride < 2:
            raise InputError(
                "with stride 1 nothing is skipped",
                typed=str(p.stride),
                option="--stride",
                accepted="a whole number from 2 on",
            )
        padding = typed_padding(p.padding)
        every = sweep_grid(self.input[None], self.kernel[None, None], padding=padding)
        if len(every) == 1:
            raise InputError(
                "the kernel has one position, and nothing to leap over",
                typed=p.input,
                option="--input",
                accepted="a larger input, or a smaller --kernel",
            )
        return compare_strides(self.sweep, every)

    def make_checks(self) -> tuple[Check, ...]:
        """Hold both maps against SciPy."""
        return (*super().make_checks(), *verify_strides(self.frames))

    @property
    def full(self) -> AnyArray:
        """(rows, columns) the output with stride 1."""
        return self.frames.full

    @property
    def along(self) -> int:
        """1 if the kernel leaps across, 0 if it can only leap down."""
        return 1 if self.full.shape[1] > 1 else 0

    @property
    def sweep_seconds(self) -> float:
        """How long the rest of the positions takes."""
        return max(1.0, min(0.8 * (len(self.frames) - self.size[1]), 6.0))

    @property
    def first_seconds(self) -> float:
        """How long the first row takes."""
        return max(0.5, min(1.0 * (self.size[1] - 1), 5.0))

    def make_beats(self) -> tuple[Beat, ...]:
        """The story of the leaps."""
        beats = [self._every(), self._leap(), self._predict(), self._sweep(), self._sized()]
        beats += [self._dropped()] if self.dropped else []
        return (*beats, self._where(), self._kept(), self._why())

    def _every(self) -> Beat:
        rows, columns = self.full.shape
        padded = " padded" if self.is_padded else ""
        return Beat(
            "every",
            "Stride 1: stop at every place",
            f"With stride 1 the kernel moves over the{padded} input one cell at a time. It stops "
            f"at {rows} · {columns} = {rows * columns:,} places, and each gives one output.",
            8.0,
        )

    def _leap(self) -> Beat:
        s, axis = self.parameters.stride, self.along
        stops = sorted({int(corner[axis]) + 1 for corner in self.sweep.corner})
        name, where = (("row", "top"), ("column", "left edge"))[axis]
        few = len(stops) <= 4
        at = f"Its {where} stops at {plural(len(stops), name)} {listed(stops)}: " if few else ""
        outputs = counted(len(stops), "output")
        return Beat(
            "leap",
            f"Stride {s}: leap over some of them",
            f"With stride {s} the kernel leaps {counted(s, 'cell')} at a time. {at}{outputs} "
            f"{'across' if axis else 'downwards'}, in place of {self.full.shape[axis]}.",
            4.5 + self.first_seconds,
        )

    def _predict(self) -> Beat:
        s = self.parameters.stride
        rows, columns = self.full.shape
        return Beat(
            "predict",
            "Predict: how large is the output?",
            f"The kernel leaps by {s} downwards as well. Predict: in place of {rows} by "
            f"{columns} numbers, how many rows and columns does the output have?",
            6.5,
        )

    def _sweep(self) -> Beat:
        rows, columns = self.size
        return Beat(
            "sweep",
            "The same leap in both directions",
            f"Row after row with the same leaps. The output has {rows} by {columns} numbers.",
            3.0 + self.sweep_seconds,
        )

    def _sized(self) -> Beat:
        (n, m), (k, w) = self.layout.padded, self.kernel.shape
        s, (rows, columns) = self.parameters.stride, self.size
        leaps = counted(rows - 1, "leap")
        return Beat(
            "size",
            "How often does the leap fit?",
            f"Downwards the kernel can move on by {n} − {k} = {numbered(n - k, 'cell')}; divided "
            f"by {s} and rounded down, that is {leaps}. Plus the first place: {rows}. Across, in "
            f"the same way, {m} − {w} = {numbered(m - w, 'cell is', 'cells are')} enough for "
            f"{counted(columns, 'place')}.",
            10.0,
        )

    def _dropped(self) -> Beat:
        n = self.dropped
        it = plural(n, "it", "them")
        return Beat(
            "dropped",
            "What no window reaches is dropped",
            f"{counted(n, 'cell is', 'cells are').capitalize()} never under the kernel: the leaps "
            f"pass over {it}, or end before {it}. {plural(n, 'It counts', 'They count')} for "
            "nothing in the output.",
            6.0,
        )

    def _where(self) -> Beat:
        s = self.parameters.stride
        return Beat(
            "predict-kept",
            "Predict: where have we seen these numbers?",
            f"Compare the two maps. Predict: where in the map of stride 1 do the numbers of stride "
            f"{s} stand?",
            6.0,
        )

    def _kept(self) -> Beat:
        s = self.parameters.stride
        every = ordinal(s)
        return Beat(
            "kept",
            f"Stride {s} keeps every {every} row and column",
            f"They are the same numbers: every {every} row and every {every} column of the map of "
            f"stride 1, {len(self.frames):,} of {self.full.size:,}. The others were never "
            "computed.",
            8.5,
        )

    def _why(self) -> Beat:
        few, many, k = len(self.frames), self.full.size, self.kernel.size
        return Beat(
            "why",
            "Why networks leap",
            f"Stride 1 costs {many:,} · {k} = {many * k:,} products, this stride {few:,} · {k} = "
            f"{few * k:,}. The map shrinks while it is computed, without a pooling layer, which "
            "would need all outputs before it shrinks them.",
            9.0,
        )
