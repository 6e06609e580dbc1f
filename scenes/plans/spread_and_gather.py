"""Two readings of one sum: each input spreads over the outputs, each output gathers the inputs."""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar

import numpy as np
from pydantic import Field

from convmath import Check, InputError, Sequence, parse_row
from convmath.arrays import AnyArray
from convmath.errors import refuse
from convmath.spreading import SpreadAndGather, spread_and_gather, verify_spreading
from scenes.beat import Beat
from scenes.numerals import brief
from scenes.parameters import Parameters, RowText
from scenes.plan import Plan
from scenes.plans.ranges import padded
from scenes.sources import SMITH, WILD
from scenes.wording import counted, factor, listed

__all__ = ["SpreadAndGatherPlan"]

MOST_INPUTS, MOST_TAPS = 6, 5
_SMALLEST, _LARGEST = 0.01, 9999.0  # of a number that has to be read in a cell
_STEP, _LONGEST = 1.6, 13.0  # seconds of one step of the slide, and of all


class SpreadAndGatherParameters(Parameters):
    """What goes in, and how the system answers."""

    f: RowText = Field(
        "3,1,2,1", description=f"the input samples: a list of 1 to {MOST_INPUTS} numbers"
    )
    g: RowText = Field(
        "4,2,1", description=f"the response to a single 1: a list of 1 to {MOST_TAPS} numbers"
    )


class SpreadAndGatherPlan(Plan[SpreadAndGatherParameters, SpreadAndGather]):
    """y[n] = Σ_k f[k] g[n − k], summed from the inputs' side and from the output's side."""

    slug: ClassVar[str] = "spread-and-gather"
    title: ClassVar[str] = "Two readings of one sum"
    question: ClassVar[str] = "Why is the response flipped: does a system run time backwards?"
    formula: ClassVar[str] = "y[n] = sum_k f[k] g[n - k]"
    sources: ClassVar[tuple[str, ...]] = (WILD, SMITH)
    Parameters: ClassVar[type[Parameters]] = SpreadAndGatherParameters
    scene_name: ClassVar[str] = "SpreadAndGather"
    poster: ClassVar[str] = "gather"

    @cached_property
    def f(self) -> Sequence:
        """The input samples f[0], f[1], …"""
        return _list("--f", self.parameters.f, most=MOST_INPUTS)

    @cached_property
    def g(self) -> Sequence:
        """The response g[0], g[1], …"""
        return _list("--g", self.parameters.g, most=MOST_TAPS)

    def make_frames(self) -> SpreadAndGather:
        """One step for each n from the first output to the last."""
        frames = spread_and_gather(self.f, self.g)
        products = np.abs(frames.table[frames.table != 0])
        for size in (float(products.min()), float(np.abs(frames.block).max())):
            if not _SMALLEST <= size <= _LARGEST:
                raise InputError(
                    f"a product or a sum of the size of {size:.4g} cannot be read in a picture",
                    option="--f and --g",
                    accepted=f"numbers whose products are {_SMALLEST:g} to {_LARGEST:g} in size",
                )
        return frames

    def make_checks(self) -> tuple[Check, ...]:
        """Hold both sums against each other and against NumPy."""
        return verify_spreading(self.frames, self.f, self.g)

    @property
    def inputs(self) -> int:
        """n_k, how many samples go in."""
        return len(self.f)

    @property
    def taps(self) -> int:
        """n_m, how many numbers the response has."""
        return len(self.g)

    @property
    def first(self) -> int:
        """The first input that is not zero: its copy is shown first."""
        return int(np.flatnonzero(self.frames.f)[0])

    @cached_property
    def example(self) -> int:
        """The n at which the sums are told.

        Of those with most products that are not zero, one that has products of both signs if any
        does; of these the one with the largest products, and the first.
        """
        product = self.frames.product
        terms = np.count_nonzero(product, axis=1)
        mixed = [bool((row > 0).any() and (row < 0).any()) for row in product]
        size = np.abs(product).sum(axis=1)
        return min(range(len(terms)), key=lambda n: (-terms[n], not mixed[n], -size[n], n))

    @property
    def met(self) -> list[int]:
        """The inputs k that the flipped g lies over at the example, oldest first."""
        return [int(k) for k in np.flatnonzero(self.frames.inside[self.example])]

    def factors(self, k: int) -> tuple[str, str, str]:
        """Input, weight and product of one term at the example, as they are written."""
        step = self.frames.at(self.example)
        values = self.frames.f[k], step.weight[k], step.product[k]
        first, second, product = (brief(value.item()) for value in values)
        return first, second, product

    def age(self, k: int) -> int:
        """How many steps before the example an input came."""
        return int(self.frames.age[self.example, k])

    @property
    def total(self) -> str:
        """The output at the example, as it is written."""
        return brief(self.frames.output[self.example].item())

    @property
    def decimals(self) -> int:
        """Of both sums: the fewest that write all of them exactly, two at most."""
        y = self.frames.output.astype(float)
        exact = (d for d in range(2) if np.allclose(y, y.round(d), rtol=0, atol=1e-9))
        return next(exact, 2)

    @property
    def stack_range(self) -> tuple[float, float]:
        """Least and greatest height of the stacks, with room for the sums beside their ends."""
        block = self.frames.block
        return padded(float(block.min()), float(block.max()), 0.13)

    @property
    def launch_seconds(self) -> float:
        """How long each of the later copies takes."""
        return 2.2 if self.inputs <= 4 else 1.7

    @property
    def slide_seconds(self) -> float:
        """How long the slide from before the first output to the last takes."""
        return min(_STEP * len(self.frames), _LONGEST)

    def make_beats(self) -> tuple[Beat, ...]:
        """The story of these signals."""
        return (*self._spread(), self._predict(), *self._gather(), self._both(), *self._table())

    def _spread(self) -> tuple[Beat, ...]:
        copies = self.frames.copies[self.first, self.first : self.first + self.taps]
        samples = counted(self.inputs, "sample comes", "samples come").capitalize()
        first, last = self.first, self.first + self.taps - 1
        where = f"n = {first}" if first == last else f"n = {first} to {last}"
        scale = brief(self.frames.f[first].item())
        return (
            Beat(
                "signals",
                "An input and a response",
                f"{samples} in, one at each step: f = {_row(self.frames.f)}. "
                f"To a single 1 the system answers with g = {_row(self.frames.g)}, step by step.",
                7.5,
            ),
            Beat(
                "launch",
                "One input launches its own copy of g",
                f"The input f[{first}] = {scale} launches a copy of g, multiplied by {scale}: "
                f"{_row(copies)} at {where}.",
                7.2,
            ),
            self._stack(),
        )

    def _stack(self) -> Beat:
        later = self.inputs - 1 - self.first
        y = f"y = {_row(self.frames.output)}"
        if later:
            told = f"Each later input launches its own copy. Where copies meet, they add up: {y}."
        else:
            told = f"No other input adds anything, so this copy is the output: {y}."
        if (self.frames.copies < 0).any():
            told += " A negative block hangs below the axis and is taken off."
        return Beat(
            "stack",
            "The copies stack up" if later else "One copy is the output",
            told,
            self.launch_seconds * later + 3.4,
        )

    def _predict(self) -> Beat:
        return Beat(
            "predict",
            f"Predict: what is in the stack at n = {self.example}?",
            f"Look at one stack alone, at n = {self.example}. Each of its blocks is an input times "
            "a number of g. Predict: which inputs, and which number of g for each?",
            7.5,
        )

    def _gather(self) -> tuple[Beat, ...]:
        n, oldest, newest = self.example, self.met[0], self.met[-1]
        terms = " + ".join(f"{factor(a)} · {factor(b)}" for a, b, _ in map(self.factors, self.met))
        met = f"f[{newest}] has age {self.age(newest)} and meets g[{self.age(newest)}]"
        if oldest != newest:
            met = (
                f"the newest, f[{newest}], has age {self.age(newest)} and meets "
                f"g[{self.age(newest)}]; the oldest, f[{oldest}], has age {self.age(oldest)} and "
                f"meets g[{self.age(oldest)}]"
            )
        return (
            Beat(
                "gather",
                "The output gathers, with g flipped",
                f"The output at n = {n} lays the flipped g over the inputs: {terms} = "
                f"{self.total}. The products are the blocks of the stack: the same numbers.",
                6.6 + 1.4 * len(self.met),
            ),
            Beat(
                "age",
                "The flip is bookkeeping of age",
                f"Time does not run backwards. The age n − k tells how long ago an input came: "
                f"{met}.",
                6.0 + 1.0 * len(self.met),
            ),
        )

    def _both(self) -> Beat:
        return Beat(
            "both",
            "Both sums land on the same dot",
            "Time runs forward. At each n the input launches its copy, and a ring marks the height "
            "of the stack. The flipped g gathers the inputs so far into a dot. At every n the dot "
            "lands in the ring.",
            self.slide_seconds + 2.8,
        )

    def _table(self) -> tuple[Beat, ...]:
        parts = [self.factors(k)[2] for k in self.met]
        return (
            Beat(
                "rows",
                "One table of products: rows spread",
                "The same products in a table. The row k is the copy that f[k] launched: f[k] "
                f"times {_row(self.frames.g)}. It begins at n = k.",
                8.5,
            ),
            Beat(
                "columns",
                "Columns gather",
                f"Each column is what one output gathers: the column n = {self.example} holds "
                f"{listed(parts)}, in all {self.total}. Rows or columns, it is one sum: "
                "y[n] = Σ f[k] g[n − k].",
                4.4 + 0.5 * len(self.frames),
            ),
        )


def _row(values: AnyArray) -> str:
    return ", ".join(brief(value) for value in values.tolist())


def _list(option: str, typed: str, *, most: int) -> Sequence:
    """A short list of numbers, not all zero, none too long to be read in a cell."""
    row = parse_row(typed, option)
    if len(row) > most:
        refuse(option, typed, f"{len(row)} numbers are too many to show", f"at most {most}")
    if not row.values.any():
        problem = "these numbers are all zero, so there is nothing to show"
        refuse(option, typed, problem, "a list such as 4, 2, 1")
    for value in row.values.tolist():
        if value and not _SMALLEST <= abs(value) <= _LARGEST:
            accepted = f"0, or numbers from {_SMALLEST:g} to {_LARGEST:g} in size"
            refuse(option, typed, f"{value:g} cannot be read in a cell", accepted)
    return row
