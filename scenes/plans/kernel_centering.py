"""The same weights, centred on the input or on the output."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, ClassVar, TypeAlias

import numpy as np
from pydantic import Field

from convmath import Check, Sequence
from convmath.arrays import AnyArray
from convmath.centering import (
    FLIPPED,
    INPUT,
    OUTPUT,
    KernelReadings,
    centred,
    read_kernels,
    verify_readings,
)
from convmath.errors import refuse
from convmath.rows import parse_row
from scenes.beat import Beat
from scenes.numerals import brief, short
from scenes.parameters import Parameters, RowText
from scenes.plan import Plan
from scenes.sources import WILD
from scenes.wording import factor, listed, numbered

__all__ = ["KernelCenteringPlan"]

MOST_PLACES = 11  # of the input and the zeros beside it
_SIZES = (3, 5)  # numbers of weights
_SYMMETRIC = {3: (1, 2, 1), 5: (1, 4, 6, 4, 1)}  # rows of Pascal's triangle
_LARGEST, _SMALLEST = 99.0, 0.1  # of a number whose products have to be read in a cell

Place: TypeAlias = Annotated[int, Field(strict=True, ge=-10_000, le=10_000)]


class KernelCenteringParameters(Parameters):
    """A kernel, a symmetric one to compare it with, an input, and an output to look at."""

    kernel: RowText = Field(
        "1, 2, 5", description="3 or 5 weights, not symmetric; the middle one is the centre"
    )
    symmetric: RowText | None = Field(
        None, description="as many weights, symmetric (1, 2, 1 or 1, 4, 6, 4, 1 if not given)"
    )
    f: RowText = Field(
        "2, 3, 1, 2, 4, 1, 3",
        description="the input: up to 9 numbers, or up to 7 for 5 weights; zero beside them",
    )
    at: Place | None = Field(
        None, description="the output n to look at (where the two differ most if not given)"
    )


class KernelCenteringPlan(Plan[KernelCenteringParameters, KernelReadings]):
    """Σ_j w[j] f[n + j] is centred on the output, Σ_k f[k] g[n − k] with g = w on the input."""

    slug: ClassVar[str] = "kernel-centering"
    title: ClassVar[str] = "Input-centred or output-centred"
    question: ClassVar[str] = "Is a kernel centred on the input or on the output?"
    formula: ClassVar[str] = "y_1 [n] = sum_k w[k] f[n + k], quad y_2 [n] = sum_k w[k] f[n - k]"
    sources: ClassVar[tuple[str, ...]] = (WILD,)
    Parameters: ClassVar[type[Parameters]] = KernelCenteringParameters
    scene_name: ClassVar[str] = "KernelCentering"
    poster: ClassVar[str] = "flip"
    signals: ClassVar[str] = "--kernel and --f"

    @cached_property
    def kernel(self) -> Sequence:
        """w[−r], …, w[r]; not symmetric."""
        typed = self.parameters.kernel
        kernel = _kernel("--kernel", typed)
        if _is_symmetric(kernel):
            accepted = "weights that are not the same from right to left, such as 1, 2, 5"
            refuse("--kernel", typed, "this is symmetric, so both readings are the same", accepted)
        return kernel

    @cached_property
    def symmetric(self) -> Sequence:
        """As many weights, symmetric."""
        typed, size = self.parameters.symmetric, len(self.kernel)
        accepted = (
            f"{size} weights that are the same from right to left, such as {_row(_SYMMETRIC[size])}"
        )
        if typed is None:
            return centred(Sequence(_SYMMETRIC[size]))
        kernel = _kernel("--symmetric", typed)
        if len(kernel) != size:
            problem = f"{len(kernel)} weights, but --kernel has {size}"
            refuse("--symmetric", typed, problem, accepted)
        if not _is_symmetric(kernel):
            refuse("--symmetric", typed, "this is not symmetric", accepted)
        return kernel

    @cached_property
    def f(self) -> Sequence:
        """The input, at least as long as the kernel."""
        typed, size = self.parameters.f, len(self.kernel)
        f = _readable("--f", typed)
        most = MOST_PLACES - size + 1
        if not size <= len(f) <= most:
            few = "few for the kernel" if len(f) < size else "many to show"
            accepted = f"{size} to {most} numbers for {size} weights"
            refuse("--f", typed, f"{len(f)} numbers are too {few}", accepted)
        return f

    @property
    def reach(self) -> int:
        """How far the kernel reaches to either side, r."""
        return len(self.kernel) // 2

    def make_frames(self) -> KernelReadings:
        """One step for each output."""
        frames = read_kernels(self.kernel, self.symmetric, self.f)
        if not self._places(frames):
            problem = "inside this input the two readings of the kernel have the same outputs"
            refuse("--f", self.parameters.f, problem, "an input such as 2, 3, 1, 2, 4, 1, 3")
        self._refuse_at(frames)
        return frames

    def _places(self, frames: KernelReadings) -> list[int]:
        """The n whose window lies inside f and where the readings of the kernel differ."""
        last = len(frames) - 1 - self.reach
        return [n for n in _different(frames) if self.reach <= n <= last]

    def _refuse_at(self, frames: KernelReadings) -> None:
        """The output that is looked at needs a whole window, and two different readings."""
        at, places = self.parameters.at, self._places(frames)
        if at is None or at in places:
            return
        if self.reach <= at < len(frames) - self.reach:
            problem = f"at n = {at} both readings have the same output"
        else:
            problem = f"at n = {at} the kernel does not fit inside f"
        accepted = f"an n where it fits and the readings differ: {listed(places, 'or')}"
        refuse("--at", str(at), problem, accepted)

    @cached_property
    def at(self) -> int:
        """The output that is looked at."""
        if self.parameters.at is not None:
            return self.parameters.at
        output = self.frames.output[:, 0]
        differences = np.abs(output[:, OUTPUT] - output[:, INPUT])
        return max(self._places(self.frames), key=lambda n: float(differences[n]))

    def make_checks(self) -> tuple[Check, ...]:
        """Hold every reading against NumPy and SciPy."""
        return verify_readings(self.frames)

    def output(self, reading: int, *, kernel: int = 0) -> str:
        """y at the place that is looked at, as it is shown."""
        return brief(self.frames.output[self.at, kernel, reading].item())

    def sum_text(self, reading: int) -> str:
        """1 · 1 + 2 · 2 + 5 · 4 = 25."""
        step = self.frames.at(self.at)
        pairs = zip(step.weight[0, reading].tolist(), step.sample.tolist(), strict=True)
        terms = [f"{factor(w)} · {factor(f)}" for w, f in pairs]
        return f"{' + '.join(terms)} = {self.output(reading)}"

    def weights(self, reading: int, *, kernel: int = 0) -> list[float]:
        """What the inputs around n are multiplied by, from left to right."""
        weights: list[float] = self.frames.weight[self.at, kernel, reading].tolist()
        return weights

    @property
    def offsets(self) -> list[int]:
        """−r, …, r."""
        return list(range(-self.reach, self.reach + 1))

    @property
    def step_seconds(self) -> float:
        """How long one step from an output to the next takes."""
        return 0.8

    def make_beats(self) -> tuple[Beat, ...]:
        """The story of these weights."""
        return (*self._output_centred(), *self._input_centred(), *self._everywhere())

    def _output_centred(self) -> tuple[Beat, ...]:
        parts = [
            f"{brief(w)} times {_PLACES[j]}"
            for j, w in zip(self.offsets, self.weights(OUTPUT), strict=True)
        ]
        return (
            Beat(
                "filter",
                "A filter, designed around its output",
                f"A filter, designed around its output at n = {self.at}: {', '.join(parts)}.",
                8.0,
            ),
            Beat(
                "gather",
                "The output gathers",
                f"Multiply and add: {self.sum_text(OUTPUT)}. So y[{self.at}] = "
                f"{self.output(OUTPUT)}. The kernel is centred on the output.",
                8.0,
            ),
        )

    def _input_centred(self) -> tuple[Beat, ...]:
        g = [f"g[{brief(j)}] = {brief(w)}" for j, w in self._taps()]
        sent = [f"{brief(w)} times {_GOALS[j]}" for j, w in self._taps()]
        return (
            Beat(
                "spread",
                "The same numbers as g: centred on the input",
                f"Put the same numbers into y[n] = Σ f[k] g[n − k]: {', '.join(g)}. Now they are "
                f"centred on the input: each input sends {', '.join(sent)}.",
                10.0,
            ),
            Beat(
                "predict",
                f"Predict: is the sum {self.output(OUTPUT)} again?",
                "Every input now sends out its products with the same numbers. Predict: do those "
                f"that arrive at n = {self.at} add up to {self.output(OUTPUT)} again?",
                6.0,
            ),
            Beat(
                "arrive",
                f"Which weights arrive at n = {self.at}?",
                f"Collect what arrives at n = {self.at}: {listed(self._arrivals())}. From the "
                f"left neighbour comes what it sends to its right. The weights stand in reverse.",
                4.0 + 2.0 * len(self.kernel),
            ),
            Beat(
                "compare",
                "Other weights, another output",
                f"The sum is {self.sum_text(INPUT)}, and not {self.output(OUTPUT)}. The same "
                f"numbers at the same place n = {self.at}: in one reading the weights are "
                f"{_row(self.weights(OUTPUT))}, in the other {_row(self.weights(INPUT))}.",
                10.0,
            ),
        )

    def _taps(self) -> list[tuple[int, float]]:
        """Offset and weight, from left to right."""
        return list(zip(self.offsets, self.kernel.values.tolist(), strict=True))

    def _arrivals(self) -> list[str]:
        step = self.frames.at(self.at)
        weights = self.weights(INPUT)
        return [f"{brief(w)} from f[{k}]" for k, w in zip(step.k.tolist(), weights, strict=True)]

    def _everywhere(self) -> tuple[Beat, ...]:
        f, count = self.frames, len(self.frames)
        slide = self.step_seconds * (count - 1)
        rows = [_row(f.output[:, 0, reading].tolist()) for reading in (OUTPUT, INPUT)]
        return (
            Beat(
                "rows",
                "Two readings, two output rows",
                f"At every n, with zeros beside the input: output-centred, y₁ is {rows[OUTPUT]}; "
                f"input-centred, y₂ is {rows[INPUT]}. {self._difference()}",
                3.0 + slide,
            ),
            Beat(
                "flip",
                "Use g(−x): flip the kernel",
                f"Flip g: use g(−x), that is {_row(self.weights(OUTPUT)[::-1])}. Now the weights "
                f"that arrive at n = {self.at} are {_row(self.weights(FLIPPED))}, the sum is "
                f"{self.output(FLIPPED)}, and the whole row y₃ is y₁.",
                8.0,
            ),
            Beat(
                "names",
                "Correlation and convolution",
                "Centred on the output, Σ w[j] f[n + j] is cross-correlation: what layers in deep "
                "learning compute. Centred on the input, Σ f[k] g[n − k] is convolution. g is "
                "w; flipping turns one into the other.",
                11.0,
            ),
            Beat(
                "symmetric",
                "With a symmetric kernel nobody notices",
                f"With the symmetric kernel {_row(self.weights(OUTPUT, kernel=1))} both rows of "
                f"weights are the same, and so are the outputs: "
                f"{_row(f.output[:, 1, OUTPUT].tolist())}. Nobody notices the flip, so try it with "
                f"an asymmetric kernel.",
                4.0 + slide,
            ),
        )

    def _difference(self) -> str:
        different, count = len(_different(self.frames)), len(self.frames)
        if different == count:
            return "They differ everywhere."
        return f"They differ at {different} of {count} places."


_PLACES = {
    -2: "the second on the left",
    -1: "the left neighbour",
    0: "the point itself",
    1: "the right neighbour",
    2: "the second on the right",
}
_GOALS = {
    -2: "two to the left",
    -1: "to the left",
    0: "straight down",
    1: "to the right",
    2: "two to the right",
}


def _different(frames: KernelReadings) -> list[int]:
    """The n at which the two readings of the kernel are seen to differ."""
    outputs = frames.output[:, 0, [OUTPUT, INPUT]].tolist()
    return [n for n, (one, other) in enumerate(outputs) if short(one) != short(other)]


def _is_symmetric(kernel: Sequence) -> bool:
    return kernel == kernel.flipped()


def _row(values: AnyArray | tuple[float, ...] | list[float]) -> str:
    return ", ".join(brief(value) for value in values)


def _kernel(option: str, typed: str) -> Sequence:
    """A kernel with its centre in the middle."""
    row = _readable(option, typed)
    accepted = "3 or 5 weights, such as 1, 2, 5"
    if len(row) % 2 == 0:
        problem = f"{len(row)} weights have none in the middle to be the centre"
        refuse(option, typed, problem, accepted)
    if len(row) not in _SIZES:
        weights = numbered(len(row), "weight is", "weights are")
        refuse(option, typed, f"{weights} too {'few' if len(row) < 3 else 'many'}", accepted)
    return centred(row)


def _readable(option: str, typed: str) -> Sequence:
    """A row of numbers, none too long to be read in a cell."""
    row = parse_row(typed, option)
    for value in row.values.tolist():
        if value and not _SMALLEST <= abs(value) <= _LARGEST:
            accepted = f"0, or numbers from {_SMALLEST:g} to {_LARGEST:g} in size"
            refuse(option, typed, f"{value:g} cannot be read in a cell", accepted)
    return row
