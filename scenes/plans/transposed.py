"""A transposed layer: stamp and add; and why it is no inverse."""

from __future__ import annotations

from math import gcd, prod
from typing import ClassVar

import numpy as np
from pydantic import Field

from convmath import Check, InputError
from convmath.arrays import AnyArray
from convmath.stamps import Manner, Stamps, stamp
from convmath.verify_stamps import verify_stamps
from scenes.beat import Beat
from scenes.numerals import brief
from scenes.parameters import GridText, Parameters, RowsText, Spacing
from scenes.plans.gridded import MOST_KERNEL, GridPlan, KernelParameters
from scenes.sources import DUMOULIN_VISIN, STUDY_NOTES
from scenes.wording import counted, factor, listed, numbered, plural

__all__ = ["TransposedPlan"]

MOST_STAMPS, MOST_CANVAS = 8, 20  # along a side


class TransposedParameters(KernelParameters):
    """A grid, a kernel, and how the stamps are set."""

    input: GridText = Field(
        "2,1,3; 1,0,2; 3,1,1",
        description=f"the input, up to {MOST_STAMPS} rows and columns: rows such as 1,2,3; 0,1,1, "
        "or edge, cross, gradient, checker with a size, or a picture's file",
    )
    kernel: RowsText = Field(
        "1,2,0; 3,2,1; 0,1,1",
        description=f"the kernel, row by row: 2 to {MOST_KERNEL} rows or columns",
    )
    stride: Spacing = Field(2, description="cells from one stamp to the next, 1 or more")
    padding: Spacing = Field(1, description="cells cut off on each side, 0 or more")
    output_padding: Spacing = Field(
        1, description="cells kept beyond the last stamp, less than the stride"
    )
    dilation: Spacing = Field(1, description="cells from one weight to the next, 1 or more")


class TransposedPlan(GridPlan[TransposedParameters, Stamps]):
    """Every input stamps the kernel, stamps add, the rim is cut; no numbers are brought back."""

    slug: ClassVar[str] = "transposed"
    title: ClassVar[str] = "A transposed layer: stamp and add"
    question: ClassVar[str] = "How does a transposed convolution enlarge, and is it an inverse?"
    formula: ClassVar[str] = "n' = (n - 1) s - 2 p + d (k - 1) + 1"
    sources: ClassVar[tuple[str, ...]] = (STUDY_NOTES, DUMOULIN_VISIN)
    Parameters: ClassVar[type[Parameters]] = TransposedParameters
    scene_name: ClassVar[str] = "Transposed"
    poster: ClassVar[str] = "sweep"

    def make_frames(self) -> Stamps:
        """One step for each cell of the input."""
        self._refuse_sizes()
        p = self.parameters
        manner = Manner(p.stride, p.padding, p.output_padding, p.dilation)
        if min(p.stride, p.dilation) >= 1 and p.output_padding >= 0:  # if not, `stamp` says so
            self._refuse_canvas()
            self._refuse_padding()
            self._refuse_output_padding()
        return stamp(self.input, self.kernel, manner)

    def _refuse_output_padding(self) -> None:
        p = self.parameters
        if p.output_padding >= p.stride:
            raise InputError(
                f"an output padding of {p.output_padding} with stride {p.stride}: of so many rows "
                "a layer with this stride would make one more",
                typed=str(p.output_padding),
                option="--output-padding",
                accepted=f"less than the stride: at most {p.stride - 1}",
            )

    def _refuse_sizes(self) -> None:
        if max(self.input.shape) > MOST_STAMPS:
            raise InputError(
                "an input of {} × {} has too many stamps to show".format(*self.input.shape),
                typed=self.parameters.input,
                option="--input",
                accepted=f"at most {MOST_STAMPS} rows and {MOST_STAMPS} columns",
            )
        if self.kernel.size == 1:
            raise InputError(
                "a kernel of one weight stamps one cell: no stamps ever overlap",
                typed=self.parameters.kernel,
                option="--kernel",
                accepted="2 or more weights, such as 1,2,0; 3,2,1; 0,1,1",
            )

    def _refuse_canvas(self) -> None:
        """Name the option that makes the canvas too large, before it is made."""
        p = self.parameters
        sizes = self.stamped_size
        if max(sizes) <= MOST_CANVAS:
            return
        longest = max(self.kernel.shape) - 1
        option = "--dilation" if p.dilation * longest > MOST_CANVAS // 2 else "--stride"
        rows, columns = self.input.shape
        raise InputError(
            f"{rows} × {columns} stamps need {sizes[0]} × {sizes[1]} cells, too many to show",
            typed=str(p.dilation if option == "--dilation" else p.stride),
            option=option,
            accepted=f"at most {MOST_CANVAS} × {MOST_CANVAS} cells: a smaller "
            f"{option.removeprefix('--')}, input or kernel",
        )

    def _refuse_padding(self) -> None:
        p = self.parameters
        rows, columns = (n + p.output_padding for n in self.stamped_size)
        most = (min(rows, columns) - 1) // 2
        if p.padding > most:
            raise InputError(
                f"a padding of {p.padding} on each side leaves nothing of {rows} × {columns} cells",
                typed=str(p.padding),
                option="--padding",
                accepted=f"at most {most}",
            )

    def make_checks(self) -> tuple[Check, ...]:
        """Hold stamps, matrix and the way back against SciPy."""
        return verify_stamps(self.frames)

    @property
    def size(self) -> tuple[int, int]:
        """(rows, columns) of the output."""
        rows, columns = self.frames.output.shape
        return rows, columns

    @property
    def span(self) -> tuple[int, int]:
        """(rows, columns) of one stamp."""
        d, (k, w) = self.parameters.dilation, self.kernel.shape
        return d * (k - 1) + 1, d * (w - 1) + 1

    @property
    def stamped_size(self) -> tuple[int, int]:
        """(rows, columns) that the stamps need, without output padding."""
        s, (n, m), (rows, columns) = self.parameters.stride, self.input.shape, self.span
        return (n - 1) * s + rows, (m - 1) * s + columns

    @property
    def meeting(self) -> tuple[int, int] | None:
        """A cell on which the first two stamps lie, with two numbers that are not zero if any."""
        f = self.frames
        if len(f) < 2 or not (f.covered[1] == 2).any():
            return None
        both = (f.covered[1] == 2).astype(int)
        telling = both * (f.running[0] != 0) * (f.running[1] != f.running[0])
        row, column = np.unravel_index((both + telling).argmax(), both.shape)
        return int(row), int(column)

    @property
    def met(self) -> str:
        """The sum on that cell in words."""
        assert self.meeting is not None
        row, column = self.meeting
        f, d = self.frames, self.parameters.dilation
        down, across = f.corner[1].tolist()
        first = f.running[0, row, column].item()
        second = f.stamp[1, (row - down) // d, (column - across) // d].item()
        total = brief(f.running[1, row, column].item())
        return f"{brief(first)} + {factor(second)} = {total}"

    @property
    def step_seconds(self) -> float:
        """How long the picture takes from one stamp to the next."""
        return max(0.15, min(0.9, 5.5 / len(self.frames)))

    @property
    def is_even(self) -> bool:
        """Whether inside as many stamps lie on every cell."""
        f = self.frames
        return all(int(np.ptp(shares)) == 0 for shares in (f.shares_down, f.shares_across))

    @property
    def other_inside(self) -> int:
        """How many stamps of the other kernel lie on most cells far from the edge, at most."""
        s = self.parameters.stride
        return prod(-(-k // s) for k in self.frames.other_kernel.tolist())

    @property
    def is_compared(self) -> bool:
        """Whether another size of the kernel tells even from uneven overlaps in this picture."""
        p, seen = self.parameters, self.frames.other_overlaps.max()
        return p.stride > 1 and gcd(p.stride, p.dilation) == 1 and seen == self.other_inside

    @property
    def canvas_size(self) -> tuple[int, int]:
        """(rows, columns) of the canvas, output padding included."""
        rows, columns = self.frames.canvas
        return rows, columns

    @property
    def last_rows(self) -> str:
        """What output padding adds at the end, in words."""
        extra = self.parameters.output_padding
        return "the last row and column" if extra == 1 else f"the last {extra} rows and columns"

    @property
    def fallen(self) -> list[str]:
        """The weights of the first window, in one dimension, that lie on the padding."""
        p = self.parameters
        weights = self.frames.matrix_weights.tolist()
        return [brief(w) for a, w in enumerate(weights) if a * p.dilation < p.padding]

    @property
    def line_weights(self) -> str:
        """The weights of the layer in one dimension."""
        return ", ".join(brief(weight) for weight in self.frames.matrix_weights.tolist())

    @property
    def counts(self) -> list[int]:
        """How many stamps there are on a cell of the output, each number once."""
        return [int(count) for count in np.unique(self.frames.overlaps)]

    def make_beats(self) -> tuple[Beat, ...]:
        """The story of these stamps."""
        beats = [*self._first()]
        beats += [self._next()] if len(self.frames) > 1 else []
        beats += [*self._sizes(), *self._matrix(), *self._back(), self._overlaps()]
        beats += [self._other()] if self.is_compared else []
        return tuple(beats)

    def _first(self) -> tuple[Beat, ...]:
        rows, columns = self.input.shape
        k, w = self.kernel.shape
        first = brief(self.frames.value[0].item())
        return (
            Beat(
                "input",
                "A layer that makes a map larger",
                "A layer with a stride makes maps smaller, a transposed layer makes them larger. "
                f"Here are {rows} by {columns} numbers and a kernel of {k} by {w}.",
                7.0,
            ),
            Beat(
                "stamp",
                "Each number stamps the kernel",
                f"The first number is {first}. Multiply the whole kernel by {first}, and stamp the "
                "result onto an empty canvas.",
                7.5,
            ),
        )

    def _next(self) -> Beat:
        stride = self.parameters.stride
        way = "to the right" if self.input.shape[1] > 1 else "further down"
        second = brief(self.frames.value[1].item())
        if self.meeting:
            heading, told = (
                "Stamps that overlap add up",
                f"Where both stamps lie, they add: {self.met} in the marked cell.",
            )
        else:
            heading, told = "The next number, the next stamp", "The two do not overlap."
        return Beat(
            "next",
            heading,
            f"The next number, {second}, stamps {counted(stride, 'cell')} {way}: the stride. "
            f"{told}",
            7.5,
        )

    def _sizes(self) -> tuple[Beat, ...]:
        s, (n, m), (high, wide) = self.parameters.stride, self.input.shape, self.span
        rows, columns = self.stamped_size
        return (
            Beat(
                "predict",
                "Predict: how large does the canvas become?",
                f"There will be {n} by {m} stamps, {counted(s, 'cell')} apart, each {high} high "
                f"and {wide} wide. Predict: how many rows and columns do they fill together?",
                8.0,
            ),
            Beat(
                "sweep",
                "All stamps, added up",
                f"Downwards the last stamp begins after {n - 1} · {s} cells and is {high} high: "
                f"{numbered(rows, 'row')}. Across, {m - 1} · {s} + {wide} = "
                f"{numbered(columns, 'column')}.",
                3.0 + self.step_seconds * (len(self.frames) - 1),
            ),
            self._cut(),
        )

    def _cut(self) -> Beat:
        p, extra = self.parameters.padding, self.parameters.output_padding
        rows, columns = self.size
        told = []
        if extra:
            told.append(f"output padding adds {self.last_rows}")
        if p:
            cut = counted(p, "row and column", "rows and columns")
            told.append(f"padding cuts {cut} off every side")
        what = ", ".join(told) or "nothing is added or cut off here"
        return Beat(
            "cut",
            "Padding cuts the rim off" if p else "The size of the output",
            f"{what[0].upper()}{what[1:]}: the output has {rows} by {columns} numbers.",
            9.0 + (1.5 if extra else 0.0),
        )

    def _matrix(self) -> tuple[Beat, ...]:
        n, many = self.frames.matrix.shape
        fallen, cut = self.fallen, ""
        if fallen:
            which = plural(len(fallen), f"the {fallen[0]} falls", f"{listed(fallen)} fall")
            cut = f" In the first row {which} into the padding."
        return (
            Beat(
                "matrix",
                "Why transposed? A layer is a matrix",
                f"In one dimension, with the weights {self.line_weights}, a layer that makes {n} "
                f"out of {numbered(many, 'number')} is a matrix: in each row stand the weights of "
                "one window."
                f"{cut}",
                8.0 + (2.0 if cut else 0.0),
            ),
            Beat(
                "turned",
                "Transpose it: each window becomes a stamp",
                f"Write its rows as columns: the transposed matrix makes "
                f"{numbered(many, 'number')} out of {n}, and each column is one input number's "
                "stamp. Same connections, reversed.",
                9.5,
            ),
        )

    def _back(self) -> tuple[Beat, ...]:
        rows, columns = self.size
        n, m = self.input.shape
        wrong = int((self.frames.difference != 0).sum())
        if wrong:
            heading = "The shape comes back, the numbers do not"
            told = (
                f"What comes back is {rows} by {columns} again, but "
                f"{counted(wrong, 'number differs', 'numbers differ')}. A transposed layer is no "
                "inverse: it returns the shape only."
            )
        else:
            heading = "Here the picture comes back: an exception"
            told = (
                f"What comes back is {rows} by {columns} again, with the same numbers: this kernel "
                "returns this picture. Others do not: a transposed layer is no inverse."
            )
        return (
            Beat(
                "predict-back",
                "Predict: does it undo the layer?",
                f"Take a picture with a single 1. The layer makes {n} by {m} numbers of it, the "
                f"transposed layer {rows} by {columns} again. Predict: is it the same picture?",
                8.0,
            ),
            Beat("back", heading, told, 8.5),
        )

    def _overlaps(self) -> Beat:
        s, (k, w), counts = self.parameters.stride, self.kernel.shape, self.counts
        if self.is_even:
            heading = "Count the stamps on each cell"
            why = "Far from the edge all get as many, for the stride divides the kernel's size."
        elif not any(n % s for n in (k, w)):
            heading = "Uneven overlaps"
            why = (
                f"With a dilation of {self.parameters.dilation} and a stride of {s} no weight ever "
                "falls on some of them."
            )
        elif len(counts) == 1:
            heading = "Count the stamps on each cell"
            why = "Among more input numbers, neighbours would get unlike numbers of stamps."
        else:
            heading = "Uneven overlaps: a checkerboard"
            why = (
                f"The stride {s} does not divide the kernel's {k} by {w}: neighbouring pixels come "
                "out uneven."
            )
        return Beat(
            "overlaps",
            heading,
            f"Count the stamps on each output: {listed(counts, 'or')}. {why}",
            8.0,
        )

    def _other(self) -> Beat:
        k, w = self.frames.other_kernel.tolist()
        s = self.parameters.stride
        if self.is_even:
            heading = "A kernel that the stride does not divide"
            told = f"With {k} by {w} weights, not divisible by {s}, neighbours get unlike numbers."
        else:
            heading = "A kernel that the stride divides"
            told = (
                f"With {k} by {w} weights, divisible by the stride {s}, every cell far from the "
                f"edge gets as many stamps, {self.other_inside}: no checkerboard."
            )
        return Beat("other", heading, told, 7.5)

    def in_formula(self, axis: int) -> tuple[int, int, int, int, int, int]:
        """Input n, stride s, padding p, dilation d, kernel k, output padding of one dimension."""
        p = self.parameters
        n, k = self.input.shape[axis], self.kernel.shape[axis]
        return n, p.stride, p.padding, p.dilation, k, p.output_padding

    @property
    def kept(self) -> AnyArray:
        """(*canvas) bool: what the padding does not cut off."""
        p, mask = self.parameters.padding, np.zeros(self.frames.canvas, dtype=bool)
        rows, columns = self.size
        mask[p : p + rows, p : p + columns] = True
        return mask

    @property
    def reached(self) -> AnyArray:
        """(*canvas) bool: the canvas without its output padding."""
        mask = np.zeros(self.frames.canvas, dtype=bool)
        rows, columns = self.stamped_size
        mask[:rows, :columns] = True
        return mask
