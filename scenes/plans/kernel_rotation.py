"""In two dimensions the flip of a convolution is a half turn of the kernel."""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar

import numpy as np
from pydantic import Field

from convmath import Check, parse_row, parse_rows
from convmath.arrays import AnyArray
from convmath.errors import refuse
from convmath.planar import half_turn
from convmath.turning import KernelTurn, diagonal_blur, turn_kernel, verify_turn
from scenes.beat import Beat
from scenes.numerals import brief, short
from scenes.parameters import Parameters, RowsText, RowText
from scenes.plan import Plan
from scenes.sources import WILD
from scenes.wording import by, factor

__all__ = ["KernelRotationPlan"]

MOST_WEIGHTS, MOST_INPUTS, MOST_OUTPUTS = 5, 6, 5  # along a side
_LARGEST, _SMALLEST = 999.0, 0.01  # of a number that has to be read in a cell
_CROWDED = 4.0  # digits that fit a cell of the largest kernel
_MOST_CELLS = 9  # of a grid that is said in full
_MOST_TERMS = 6  # of a sum that is said in full


class KernelRotationParameters(Parameters):
    """A kernel, one that is its own half turn, and the input that both lie on."""

    kernel: RowsText = Field(
        "1,2,3; 0,4,0; 5,0,0",
        description=f"the kernel, row by row: 2 to {MOST_WEIGHTS} rows of as many numbers",
    )
    input: RowsText = Field(
        "2,1,1,1,1,1; 0,2,3,2,1,3; 1,3,2,0,0,3; 0,0,0,0,1,1; 1,1,0,2,1,0",
        description=f"the input, row by row: up to {MOST_INPUTS} rows and columns",
    )
    symmetric: RowsText | None = Field(
        None,
        description="a kernel that equals its own half turn (one of K's size if not given)",
    )
    position: RowText = Field(
        "0,0",
        description="row and column, counted from 0, of the position that is worked out",
    )


class KernelRotationPlan(Plan[KernelRotationParameters, KernelTurn]):
    """Both flips together turn the kernel by 180°: convolution is correlation with that."""

    slug: ClassVar[str] = "kernel-rotation"
    title: ClassVar[str] = "In two dimensions the flip is a half turn"
    question: ClassVar[str] = "What does a convolution do to a kernel with rows and columns?"
    formula: ClassVar[str] = "K_(180 degree) [a, b] = K[-a, -b]"
    sources: ClassVar[tuple[str, ...]] = (WILD,)
    Parameters: ClassVar[type[Parameters]] = KernelRotationParameters
    scene_name: ClassVar[str] = "KernelRotation"
    poster: ClassVar[str] = "compare"
    signals: ClassVar[str] = "--kernel and --input"

    @cached_property
    def kernel(self) -> AnyArray:
        """K, (k, k): not its own half turn, or there would be nothing to see."""
        text = self.parameters.kernel
        kernel = _kernel("--kernel", text)
        if np.array_equal(kernel, half_turn(kernel)):
            problem = "this kernel equals its own half turn, so that no flip can be seen"
            refuse("--kernel", text, problem, "an asymmetric kernel, such as 1,2; 3,4")
        return kernel

    @cached_property
    def symmetric(self) -> AnyArray:
        """A kernel (p, p) that equals its half turn."""
        text = self.parameters.symmetric
        if text is None:
            return diagonal_blur(len(self.kernel))
        kernel = _kernel("--symmetric", text)
        odd = np.argwhere(kernel != half_turn(kernel))
        if len(odd):
            row, column = odd[0]
            here, opposite = kernel[row, column], half_turn(kernel)[row, column]
            problem = (
                f"this kernel is not its own half turn: {here:g} in row {row}, column {column} "
                f"would change places with {opposite:g}"
            )
            refuse(
                "--symmetric", text, problem, "equal opposite numbers, such as 2,1,0; 1,3,1; 0,1,2"
            )
        return kernel

    @cached_property
    def input(self) -> AnyArray:
        """x, (rows, columns)."""
        text = self.parameters.input
        x = _grid("--input", text)
        if max(x.shape) > MOST_INPUTS:
            accepted = f"at most {MOST_INPUTS} rows and {MOST_INPUTS} columns"
            refuse("--input", text, f"{by(x.shape)} numbers are too many to show", accepted)
        return x

    @property
    def map_shape(self) -> tuple[int, int]:
        """(rows, columns) of the positions of K inside the input."""
        (rows, columns), k = self.input.shape, len(self.kernel)
        return rows - k + 1, columns - k + 1

    @cached_property
    def worked(self) -> int:
        """The position that is worked out."""
        text = self.parameters.position
        place = parse_row(text, "--position").values.tolist()
        rows, columns = self.map_shape
        accepted = f"a row from 0 to {rows - 1} and a column from 0 to {columns - 1}, such as 0,0"
        if len(place) != 2:
            refuse("--position", text, "a position is a row and a column", accepted)
        row, column = place
        if row not in range(rows) or column not in range(columns):
            refuse("--position", text, "the kernel has no such position inside the input", accepted)
        return int(row * columns + column)

    def make_frames(self) -> KernelTurn:
        """One step for each position of the kernel inside the input."""
        p = self.parameters
        self._refuse_sizes("--kernel", p.kernel, self.kernel)
        self._refuse_sizes("--symmetric", p.symmetric or "", self.symmetric)
        _ = self.worked  # refused, if it must be, before anything is made
        frames = turn_kernel(self.kernel, self.input, self.symmetric)
        self._refuse_unreadable(frames)
        if not frames.differs.any():
            problem = "on this input convolution and correlation agree everywhere"
            refuse("--input", p.input, problem, "an input that is less even, or another --kernel")
        return frames

    def _refuse_sizes(self, option: str, text: str, kernel: AnyArray) -> None:
        """A kernel needs room to move, and its maps must be small enough to be read."""
        rows, columns = (a - b + 1 for a, b in zip(self.input.shape, kernel.shape, strict=True))
        if min(rows, columns) < 1 or rows * columns < 2:
            problem = (
                f"a {by(kernel.shape)} kernel has no room to move on a {by(self.input.shape)} input"
            )
            refuse(option, text, problem, "a smaller kernel, or a larger --input")
        if max(rows, columns) > MOST_OUTPUTS:
            problem = f"a {by(kernel.shape)} kernel makes {rows} by {columns} outputs of this input"
            accepted = f"at most {MOST_OUTPUTS} by {MOST_OUTPUTS}: a smaller --input"
            refuse(option, text, problem, accepted)

    def _refuse_unreadable(self, f: KernelTurn) -> None:
        """No product and no output may be too long for its cell."""
        p = self.parameters
        products = [f.correlation_product, f.convolution_product]
        _refuse_long("--kernel", p.kernel, f.kernel, products, [f.correlation, f.convolution])
        option, text = ("--symmetric", p.symmetric) if p.symmetric else ("--input", p.input)
        _refuse_long(option, text, f.symmetric, [], [f.symmetric_correlation])

    def make_checks(self) -> tuple[Check, ...]:
        """Hold all maps against scipy.signal, and those that are to be equal against each other."""
        return verify_turn(self.frames)

    @cached_property
    def line(self) -> AnyArray:
        """The first row of K, or column where there is none, that reads differently backwards."""
        lines = [*self.frames.kernel, *self.frames.kernel.T]
        return next(line for line in lines if not np.array_equal(line, line[::-1]))

    @cached_property
    def unlike(self) -> dict[str, AnyArray]:
        """Which cells of the quarter turn and of the transpose differ from the half turn."""
        f = self.frames
        return {"quarter": f.quarter != f.turned, "transposed": f.transposed != f.turned}

    def map_of(self, values: AnyArray) -> AnyArray:
        """A number for each position as a grid, (rows, columns)."""
        return values.reshape(self.frames.map_shape)

    @property
    def step_seconds(self) -> float:
        """How long the slide takes from one position to the next."""
        return max(0.4, min(1.0, 9.0 / len(self.frames)))

    def make_beats(self) -> tuple[Beat, ...]:
        """The story of this kernel and its half turn."""
        return (*self._flips(), *self._others(), *self._maps(), self._symmetric())

    def _flips(self) -> tuple[Beat, ...]:
        f = self.frames
        return (
            Beat(
                "kernel",
                "A kernel with rows and columns",
                f"In one dimension a convolution reverses the order of the weights: "
                f"{_row(self.line)} becomes {_row(self.line[::-1])}. This kernel K is a grid"
                f"{_grid_in_words(f.kernel)}. What is its flip?",
                6.0,
            ),
            Beat(
                "left-right",
                "Flip left and right",
                f"First flip K left and right: the columns change places. The first row becomes "
                f"{_row(f.left_right[0])}.",
                5.5,
            ),
            Beat(
                "up-down",
                "Flip up and down",
                f"Then flip it up and down as well: the rows change places. That row, "
                f"{_row(f.left_right[0])}, is now the last one.",
                5.0,
            ),
            Beat(
                "half-turn",
                "Both flips together are a half turn",
                "Now turn K itself by 180 degrees, with its numbers kept upright. It is the same "
                "grid: both flips together are a half turn.",
                6.5,
            ),
        )

    def _others(self) -> tuple[Beat, ...]:
        quarter, transposed = (int(mask.sum()) for mask in self.unlike.values())
        cells = self.frames.kernel.size
        if transposed:
            other = f"{transposed} of {cells} cells differ from the half turn"
        else:
            other = "for this kernel alone that happens to be the same grid as the half turn"
        return (
            Beat(
                "others",
                "Not a quarter turn, not the transpose" if transposed else "Not a quarter turn",
                f"After a quarter turn, {quarter} of {cells} cells differ from the half turn. The "
                f"transpose exchanges rows and columns: {other}.",
                6.5,
            ),
        )

    def _maps(self) -> tuple[Beat, ...]:
        f, step = self.frames, self.frames.at(self.worked)
        count, differ = len(f), int(f.differs.sum())
        first = _sum(f.kernel, step.window, step.correlation)
        other = _sum(f.turned, step.window, step.convolution)
        return (
            Beat(
                "place",
                "Multiply what lies on top of each other",
                f"Lay the kernel on the input, multiply and add. Correlation takes K as it is: "
                f"{first}. Convolution turns it first: {other}.",
                10.0,
            ),
            Beat(
                "predict",
                "Predict",
                "Convolution turns whatever kernel it is given. Predict: what comes out if we give "
                "it the kernel that is turned already?",
                5.5,
            ),
            Beat(
                "slide",
                "Turned twice, then over the whole input",
                f"It is turned a second time, and K is back. Now slide over all {count} positions, "
                f"and write one number for each into the three maps.",
                4.5 + self.step_seconds * (count - 1),
            ),
            Beat(
                "compare",
                "Convolution is correlation with the half turn",
                f"Correlation with K and convolution with the turned kernel agree in all {count} "
                f"numbers. Convolution with K itself differs in {differ} of them.",
                7.0,
            ),
        )

    def _symmetric(self) -> Beat:
        return Beat(
            "symmetric",
            "Equal to its half turn: no flip is seen",
            f"The kernel S{_grid_in_words(self.frames.symmetric)} is equal to its half turn. All "
            f"three maps are equal, and nobody sees whether it was turned.",
            9.0,
        )


def _row(values: AnyArray) -> str:
    return ", ".join(brief(value) for value in values.tolist())


def _grid_in_words(grid: AnyArray) -> str:
    """A small grid row by row; the size of a larger one."""
    if grid.size > _MOST_CELLS:
        return f" of {grid.shape[0]} rows and {grid.shape[1]} columns"
    return f" with the rows {'; '.join(_row(row) for row in grid)}"


def _sum(weights: AnyArray, window: AnyArray, total: float) -> str:
    """The products that are not zero for their weight, and their sum; only their number if many."""
    pairs = zip(weights.ravel().tolist(), window.ravel().tolist(), strict=True)
    terms = [f"{factor(w)} · {factor(x)}" for w, x in pairs if w]
    if len(terms) > _MOST_TERMS:
        return f"the {weights.size} products add up to {brief(total)}"
    return f"{' + '.join(terms)} = {brief(total)}"


def _grid(option: str, text: str) -> AnyArray:
    """Rows of one length as a grid (rows, columns), none of its numbers too long for a cell."""
    grid = np.stack([row.values for row in parse_rows(text, option)])
    for value in grid.ravel().tolist():
        if value and not _SMALLEST <= abs(value) <= _LARGEST:
            accepted = f"0, or numbers from {_SMALLEST:g} to {_LARGEST:g} in size"
            refuse(option, text, f"{value:g} cannot be read in a cell", accepted)
    return grid


def _kernel(option: str, text: str) -> AnyArray:
    """A square grid of weights."""
    kernel = _grid(option, text)
    accepted = f"2 to {MOST_WEIGHTS} rows of as many numbers, such as 1,2,3; 0,4,0; 5,0,0"
    rows, columns = kernel.shape
    if rows != columns:
        problem = f"a kernel of {by(kernel.shape)} numbers is not square"
        refuse(option, text, problem, accepted)
    if not 2 <= rows <= MOST_WEIGHTS:
        size = "small" if rows < 2 else "large"
        refuse(option, text, f"a kernel of {by(kernel.shape)} numbers is too {size}", accepted)
    if not kernel.any():
        refuse(option, text, "all weights are zero", accepted)
    return kernel


def _refuse_long(
    option: str, text: str, kernel: AnyArray, products: list[AnyArray], outputs: list[AnyArray]
) -> None:
    """No number may be too long for its cell; those of the largest kernel are narrow."""
    largest = max(float(np.abs(values).max()) for values in [*products, *outputs])
    if largest > _LARGEST:
        problem = f"kernel and input make numbers as large as {largest:g}"
        refuse(option, text, problem, f"numbers with which none is larger than {_LARGEST:g}")
    if len(kernel) < MOST_WEIGHTS:
        return
    for value in np.concatenate([v.ravel() for v in [kernel, *products]]).tolist():
        if _breadth(short(value)) > _CROWDED:
            problem = f"{short(value)} is too long for the cells of so large a kernel"
            accepted = "weights and products such as 999, 0.25, −99 or −0.5; or a smaller kernel"
            refuse(option, text, problem, accepted)


def _breadth(number: str) -> float:
    """How wide a number is, in digits: a minus is wider, a point narrower."""
    return len(number) + 0.5 * number.count("−") - 0.5 * number.count(".")
