"""Dilation: the same weights further apart, so that a window sees more."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from convmath import Check, InputError
from convmath.arrays import IntArray
from convmath.dilation import DilatedKernel, dilate, verify_dilation
from scenes.beat import Beat
from scenes.numerals import brief
from scenes.parameters import GridText, Parameters, RowsText, Spacing
from scenes.plans.gridded import MOST_KERNEL, GridPlan, KernelParameters
from scenes.sources import STUDY_NOTES
from scenes.wording import by, counted, numbered, plural

__all__ = ["DilationPlan"]

_ROOM = "a smaller kernel, less dilation, or a larger input: there is no padding here"


class DilationParameters(KernelParameters):
    """A grid, a kernel, and how far its weights are apart."""

    input: GridText = Field(
        "2,1,0,3,1,0,2,1; 0,2,3,2,1,3,0,2; 1,3,2,0,0,3,1,0; 0,1,0,2,1,1,2,3; 3,0,1,0,2,0,1,1; "
        "1,2,0,1,3,1,0,2; 0,1,2,1,0,2,3,1",
        description=KernelParameters.model_fields["input"].description,
    )
    kernel: RowsText = Field(
        "1,2,-1; 3,1,2; -1,1,1",
        description=f"the kernel, row by row: 2 to {MOST_KERNEL} rows or columns",
    )
    dilation: Spacing = Field(2, description="cells from one weight to the next, 2 or more")


class DilationPlan(GridPlan[DilationParameters, DilatedKernel]):
    """As many weights as before, a wider window, and cells that no weight reads."""

    slug: ClassVar[str] = "dilation"
    title: ClassVar[str] = "Dilation: the same weights, further apart"
    question: ClassVar[str] = "How can a kernel see more without having more weights?"
    formula: ClassVar[str] = "n' = n + 2 p - d (k - 1)"
    sources: ClassVar[tuple[str, ...]] = (STUDY_NOTES,)
    Parameters: ClassVar[type[Parameters]] = DilationParameters
    scene_name: ClassVar[str] = "Dilation"
    poster: ClassVar[str] = "corner"

    def make_frames(self) -> DilatedKernel:
        """One step for each position of the kernel."""
        self._refuse_without_gaps()
        try:
            _ = self.layout
        except InputError as error:
            if error.option == "--kernel":
                error.accepted = _ROOM
            raise
        return dilate(self.input, self.kernel, self.apart)

    def _refuse_without_gaps(self) -> None:
        p = self.parameters
        if self.kernel.size == 1:
            raise InputError(
                "a kernel of one weight has no gaps",
                typed=p.kernel,
                option="--kernel",
                accepted="2 or more weights, such as 1,2,-1; 3,1,2; -1,1,1",
            )
        if p.dilation == 1:
            raise InputError(
                "with a dilation of 1 the weights are neighbours: there is nothing to see here",
                typed="1",
                option="--dilation",
                accepted="2 or more",
            )

    def make_checks(self) -> tuple[Check, ...]:
        """Hold outputs and receptive fields against SciPy."""
        return (*super().make_checks(), *verify_dilation(self.frames))

    @property
    def apart(self) -> int:
        """Cells from one weight to the next, d."""
        return self.parameters.dilation

    @property
    def span(self) -> tuple[int, int]:
        """(rows, columns) from the first weight to the last."""
        rows, columns = self.layout.span
        return rows, columns

    @property
    def zeros(self) -> int:
        """How many zeros stand between the weights."""
        rows, columns = self.span
        return rows * columns - self.kernel.size

    @property
    def longer(self) -> int:
        """The kernel's longer side: 0 if it is higher than wide, otherwise 1."""
        rows, columns = self.kernel.shape
        return 0 if rows > columns else 1

    @property
    def fields(self) -> tuple[tuple[tuple[int, int], IntArray], ...]:
        """The dilations of two layers, and in how many ways each cell counts for one output."""
        f, d = self.frames, self.apart
        return ((1, 1), f.dense), ((1, d), f.growing), ((d, d), f.constant)

    @property
    def unread(self) -> int:
        """Cells within the last field that do not count at all."""
        return int((self.frames.constant == 0).sum())

    @property
    def sweep_seconds(self) -> float:
        """How long the window takes over all positions."""
        return max(0.6, min(5.0, 0.4 * (len(self.frames) - 1)))

    def make_beats(self) -> tuple[Beat, ...]:
        """The story of this kernel."""
        return (*self._opening(), *self._moving(), self._between(), *self._layers())

    def _opening(self) -> tuple[Beat, ...]:
        k, w = self.kernel.shape
        d, (rows, columns) = self.apart, self.span
        free = counted(d - 1, "cell")
        return (
            Beat(
                "dense",
                "A kernel looks at neighbouring cells",
                f"A kernel of {k} by {w} has {counted(k * w, 'weight')} and covers {k} by {w} "
                "neighbouring cells of the input. A larger one would see more, with more weights.",
                7.5,
            ),
            Beat(
                "predict",
                "Predict: how much does it span with gaps?",
                f"A dilation of {d} leaves {free} free between neighbouring weights. Predict: how "
                "many rows and columns does the kernel span then, from its first weight to its "
                "last?",
                8.0,
            ),
            Beat(
                "span",
                "The window opens, the weights stay",
                f"Downwards {counted(k - 1, 'step')} of {counted(d, 'cell')}, and the first cell: "
                f"{d} · {k - 1} + 1 = {rows}. Across {d} · {w - 1} + 1 = {columns}. It still has "
                f"{counted(k * w, 'weight')}.",
                8.5,
            ),
        )

    def _moving(self) -> tuple[Beat, ...]:
        (n, m), d = self.size, self.apart
        height, width = self.input.shape
        k, w = self.kernel.shape
        first = brief(self.output[0, 0].item())
        between = counted(self.zeros, "cell in the gap does", "cells in the gaps do")
        return (
            Beat(
                "corner",
                "Only the cells under a weight count",
                f"Multiply each weight with the number in its small frame, and add up: {first}. "
                f"The {between} not count.",
                8.0,
            ),
            Beat(
                "size",
                "A wider window has fewer places",
                f"Downwards {numbered(height, 'cell')} minus {d} · {k - 1} leaves "
                f"{counted(n, 'place')}, across {width} minus {d} · {w - 1} leaves "
                f"{counted(m, 'place')}: the output has {n} by {m} numbers.",
                4.6 + self.sweep_seconds,
            ),
        )

    def _between(self) -> Beat:
        rows, columns = self.span
        those = plural(self.zeros, "that zero", "those zeros")
        return Beat(
            "between",
            "The same as a kernel with zeros in the gaps",
            f"A kernel of {rows} by {columns} with {counted(self.zeros, 'zero')} between the "
            f"weights gives the same {self.size[0]} by {self.size[1]} numbers. Dilation does not "
            f"multiply by {those}: {self.kernel.size} products in place of {rows * columns}.",
            8.5,
        )

    def _layers(self) -> tuple[Beat, ...]:
        dense, constant = self.frames.dense, self.frames.constant
        d, weights = self.apart, self.kernel.size
        return (
            Beat(
                "two",
                "Two layers: what does one number see?",
                f"After two layers without gaps one number depends on {by(dense.shape)} cells of "
                "the input, its receptive field. Each cell shows in how many ways it counts.",
                8.5,
            ),
            Beat(
                "predict-two",
                "Predict: and with gaps in the second layer?",
                f"Give the second layer a dilation of {d}. Together they have {2 * weights} "
                "weights as before. Predict: how many cells does one number span then?",
                7.0,
            ),
            Beat(
                "growing",
                "It sees more, with as many weights",
                self._grown(),
                9.0,
            ),
            Beat(
                "gaps",
                "The same gaps twice: one output skips cells",
                f"A dilation of {d} in both layers spans {by(constant.shape)}. But this one output "
                f"does not read {self.unread:,} of these {constant.size:,} cells at all: other "
                "outputs do. So networks mix dilations.",
                9.5,
            ),
        )

    def _grown(self) -> str:
        """How the receptive field adds up along the longer side of the kernel."""
        d, reach = self.apart, self.kernel.shape[self.longer] - 1
        growing = self.frames.growing
        missed = int((growing == 0).sum())
        hole = numbered(missed, "of them is not read", "of them are not read")
        return (
            f"One number spans {by(growing.shape)} cells: 1 + {reach} from the first layer + "
            f"{d * reach} from the second = {growing.shape[self.longer]}, and "
            f"{hole if missed else 'all of them are read'}. The weights are as many as before."
        )
