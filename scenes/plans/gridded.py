"""What all explainers have in common in which a kernel goes over a grid of numbers."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any, ClassVar, Literal, TypeVar, cast

import numpy as np
from pydantic import Field

from convmath import Check, Frames, parse_rows
from convmath.arrays import AnyArray
from convmath.errors import refuse
from convmath.grid import Layout, Padding, layout_of
from convmath.grid_frames import GridStep, GridSweep, sweep_grid
from convmath.patterns import PATTERN_NAMES, pattern
from convmath.verify_grid import verify_sweep
from scenes.numerals import brief
from scenes.parameters import GridText, Parameters, RowsText, Spacing
from scenes.photograph import is_picture_name, read_grey
from scenes.plan import Plan
from scenes.wording import by, factor

__all__ = [
    "MOST_INPUT",
    "MOST_KERNEL",
    "GridParameters",
    "GridPlan",
    "KernelParameters",
    "typed_padding",
]

MOST_INPUT, MOST_KERNEL, MOST_PADDED = 64, 7, 80  # along a side
_LARGEST, _SMALLEST = 999.0, 0.01  # of a number that has to be read in a cell
_MOST_TERMS = 6  # of a sum that is said in full
_PATTERN_SIDE = 8
_SIZE = r"(\d{1,4})(?:\s*[x×]\s*(\d{1,4}))?"
_PATTERN = re.compile(rf"\s*({'|'.join(PATTERN_NAMES)})\s*(?:{_SIZE})?\s*")
_INPUTS = (
    "rows such as 1,2,3; 0,1,1, a picture's file, or "
    "edge, cross, gradient, checker with a size such as edge 8x12"
)


class KernelParameters(Parameters):
    """A grid and a kernel."""

    input: GridText = Field(
        "2,1,0,3,1,0,2; 0,2,3,2,1,3,0; 1,3,2,0,0,3,1; 0,1,0,2,1,1,2; 3,0,1,0,2,0,1; 1,2,0,1,3,1,0",
        description="the input: rows such as 1,2,3; 0,1,1, a picture's file (up to "
        f"{MOST_INPUT} × {MOST_INPUT} pixels, as grey values from 0 to 255), or edge, cross, "
        "gradient, checker, with a size if you like: edge 8x12",
    )
    kernel: RowsText = Field(
        "1,0,2; 0,1,0; -1,0,1",
        description=f"the kernel, row by row: up to {MOST_KERNEL} rows and columns",
    )


class GridParameters(KernelParameters):
    """A grid, a kernel, and how the one is laid over the other."""

    padding: str = Field(
        "0",
        description="cells added on each side; or valid (none), same (output as large as the "
        "input), full (every output that touches the input)",
        coerce_numbers_to_str=True,
    )
    fill: Literal["zeros", "reflect", "edge", "circular"] = Field(
        "zeros",
        description="what stands in the padding: zeros, reflect (the inside mirrored at the edge "
        "cell), edge (the edge cell again), circular (the other side)",
    )
    stride: Spacing = Field(1, description="cells from one position to the next, 1 or more")
    dilation: Spacing = Field(1, description="cells from one weight to the next, 1 or more")
    flip: bool = Field(
        False, description="turn the kernel by 180°: convolution in place of cross-correlation"
    )


P = TypeVar("P", bound=KernelParameters)
F = TypeVar("F", bound=Frames[Any])


class GridPlan(Plan[P, F]):
    """A plan that shows one kernel's way over one grid, its `sweep`."""

    signals: ClassVar[str] = "--input and --kernel"

    @cached_property
    def options(self) -> GridParameters:
        """How the kernel is laid over the grid, with the defaults of what cannot be chosen."""
        return GridParameters(**self.parameters.model_dump())

    @cached_property
    def input(self) -> AnyArray:
        """x, (rows, columns)."""
        return _input(self.parameters.input)

    @cached_property
    def kernel(self) -> AnyArray:
        """K, (rows, columns), as it was given."""
        text = self.parameters.kernel
        kernel = _matrix("--kernel", text)
        if max(kernel.shape) > MOST_KERNEL:
            accepted = f"at most {MOST_KERNEL} rows and {MOST_KERNEL} columns"
            refuse("--kernel", text, f"a kernel of {by(kernel.shape, '×')} is too large", accepted)
        if not kernel.any():
            refuse("--kernel", text, "all weights are zero", "a kernel such as 1,0,2; 0,1,0")
        return kernel

    @cached_property
    def layout(self) -> Layout:
        """Where the kernel may stand."""
        p = self.options
        layout = layout_of(
            self.input.shape,
            self.kernel.shape,
            padding=typed_padding(p.padding),
            fill=p.fill,
            stride=p.stride,
            dilation=p.dilation,
        )
        if max(layout.padded) > MOST_PADDED:
            problem = f"the padded input has {by(layout.padded, '×')} cells, too many to show"
            refuse("--padding", p.padding, problem, f"at most {MOST_PADDED} rows and columns")
        return layout

    @cached_property
    def sweep(self) -> GridSweep:
        """One step for each position of the kernel."""
        p, layout = self.options, self.layout
        return sweep_grid(
            self.input[None],
            self.kernel[None, None],
            padding=typed_padding(p.padding),
            fill=layout.fill,
            stride=p.stride,
            dilation=p.dilation,
            flip=p.flip,
        )

    def make_checks(self) -> tuple[Check, ...]:
        """Hold padding, products and outputs against SciPy."""
        return verify_sweep(self.sweep, self.layout.fill)

    @property
    def size(self) -> tuple[int, int]:
        """(rows, columns) of the output."""
        rows, columns = self.sweep.output_sizes
        return rows, columns

    @property
    def output(self) -> AnyArray:
        """y, (rows, columns)."""
        return np.asarray(self.sweep.maps[0])

    @property
    def is_padded(self) -> bool:
        """Whether anything stands around the input."""
        return any((*self.layout.before, *self.layout.after))

    @property
    def dropped(self) -> int:
        """How many cells of the padded input no weight ever lies on."""
        return int((self.sweep.uses == 0).sum())

    def weighted(self, position: int) -> str:
        """The sum of one position in words: its terms that are not zero, or how many there are."""
        step = self.sweep.at(position)
        terms = self.terms(step)
        total = brief(step.output.tolist()[0])
        if len(terms) > _MOST_TERMS:
            return f"the {self.kernel.size} products add up to {total}"
        return f"{' + '.join(terms)} = {total}"

    def terms(self, step: GridStep) -> list[str]:
        """The products of one position whose weight is not zero, as they are read."""
        weights, under = self.sweep.weights[0, 0], step.window[0]
        pairs = zip(weights.ravel().tolist(), under.ravel().tolist(), strict=True)
        return [f"{factor(w)} · {factor(x)}" for w, x in pairs if w]


def _input(text: str) -> AnyArray:
    option = "--input"
    if is_picture_name(text):
        return read_grey(text, MOST_INPUT, option)
    if named := _PATTERN.fullmatch(text):
        rows = int(named[2] or _PATTERN_SIDE)
        columns = int(named[3] or rows)
        if not 1 <= min(rows, columns) <= max(rows, columns) <= MOST_INPUT:
            accepted = f"1 to {MOST_INPUT} rows and columns, such as {named[1]} 8x12"
            refuse(option, text, f"a picture of {rows} × {columns} cannot be shown", accepted)
        return pattern(named[1], rows, columns)  # type: ignore[arg-type]
    if re.fullmatch(r"\s*[A-Za-z]{3,}.*", text) and "(" not in text:
        refuse(option, text, "there is no such pattern or picture", _INPUTS)
    x = _matrix(option, text)
    if max(x.shape) > MOST_INPUT:
        accepted = f"at most {MOST_INPUT} rows and {MOST_INPUT} columns"
        refuse(option, text, f"{by(x.shape, '×')} numbers are too many to show", accepted)
    return x


def _matrix(option: str, text: str) -> AnyArray:
    """Rows of one length as a grid (rows, columns), none of its numbers too long for a cell."""
    grid = np.stack([row.values for row in parse_rows(text, option)])
    for value in grid.ravel().tolist():
        if value and not _SMALLEST <= abs(value) <= _LARGEST:
            accepted = f"0, or numbers from {_SMALLEST:g} to {_LARGEST:g} in size"
            refuse(option, text, f"{value:g} cannot be read in a cell", accepted)
    return grid


def typed_padding(text: str) -> Padding:
    """What was typed, as `convmath.grid.layout_of` takes it."""
    word = text.strip().lower()
    if word in ("valid", "same", "full"):
        return cast("Padding", word)
    if not re.fullmatch(r"-?\d{1,6}", word):
        refuse("--padding", text, "this is no padding", "a number of cells, or valid, same, full")
    return int(word)
