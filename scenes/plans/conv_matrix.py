"""A convolutional layer is a matrix with repeated weights."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, ClassVar, TypeAlias

import numpy as np
from pydantic import Field

from convmath import (
    Activation,
    Check,
    LayerMatrix,
    MatrixMode,
    Sequence,
    convolutional_layer,
    parse_sequence,
    verify_layer,
    weight_counts,
)
from convmath.arrays import FloatArray
from convmath.errors import refuse
from convmath.layer import WeightCounts
from scenes.beat import Beat
from scenes.numerals import brief, decimals_for, number
from scenes.parameters import Parameters, SequenceText
from scenes.plan import Plan
from scenes.sources import OLAH
from scenes.wording import factor, listed, numbered

__all__ = ["ConvMatrixPlan"]

MOST_WEIGHTS = 5
MOST_INPUTS = 10
MOST_NEURONS = 9
MOST_PLACES = 11  # of the input and beside it
LARGE = 100  # inputs of the layer that the last beat compares with
_LARGEST, _SMALLEST = 999.0, 0.01  # of a number that has to be read in a cell

Bias: TypeAlias = Annotated[
    float, Field(strict=True, allow_inf_nan=False, ge=-_LARGEST, le=_LARGEST)
]


class ConvMatrixParameters(Parameters):
    """One neuron, the input that it is copied along, and how."""

    weights: SequenceText = Field(
        "1, 2, -1", description=f"the weights of one neuron: a list of 1 to {MOST_WEIGHTS} numbers"
    )
    x: SequenceText = Field(
        "1, 3, 2, 0, 2, 1, 4", description=f"the input: a list of up to {MOST_INPUTS} numbers"
    )
    bias: Bias = Field(-1.0, description="what every neuron adds, a number from −999 to 999")
    activation: Activation = Field(
        "relu", description="what a neuron does to the sum: relu, sigmoid, tanh or none"
    )
    mode: MatrixMode = Field(
        "valid", description="valid: windows inside the input; full: all that touch it"
    )
    flip: bool = Field(
        False, description="reverse the weights: convolution in place of cross-correlation"
    )


class ConvMatrixPlan(Plan[ConvMatrixParameters, LayerMatrix]):
    """y_n = A(x_n, x_{n+1}, …): one neuron, copied along the input, is σ(W x + b)."""

    slug: ClassVar[str] = "conv-matrix"
    title: ClassVar[str] = "A convolutional layer is a matrix"
    question: ClassVar[str] = "What does the weight matrix of a convolutional layer look like?"
    formula: ClassVar[str] = "y = sigma(W x + b)"
    sources: ClassVar[tuple[str, ...]] = (OLAH,)
    Parameters: ClassVar[type[Parameters]] = ConvMatrixParameters
    scene_name: ClassVar[str] = "ConvMatrix"
    poster: ClassVar[str] = "rows"
    signals: ClassVar[str] = "--weights and --x"

    @cached_property
    def weights(self) -> Sequence:
        """w_0, w_1, …"""
        weights = _list("--weights", self.parameters.weights, most=MOST_WEIGHTS)
        if not np.any(weights.values):
            refuse("--weights", self.parameters.weights, "all weights are zero", "1, 2, -1")
        return weights

    @cached_property
    def x(self) -> Sequence:
        """The input."""
        return _list("--x", self.parameters.x, most=MOST_INPUTS)

    @property
    def length(self) -> int:
        """How many inputs a neuron sees, k."""
        return len(self.weights)

    @property
    def hang(self) -> int:
        """By how many places the first window hangs over the input's edge."""
        return self.length - 1 if self.parameters.mode == "full" else 0

    def make_frames(self) -> LayerMatrix:
        """One step for each neuron."""
        p = self.parameters
        self._refuse_sizes()
        return convolutional_layer(
            self.weights,
            self.x,
            bias=p.bias,
            activation=p.activation,
            mode=p.mode,
            flip=p.flip,
        )

    def _refuse_sizes(self) -> None:
        """A story needs two neurons at least, and a matrix that can be read."""
        p, inputs = self.parameters, len(self.x)
        places = inputs + 2 * self.hang
        neurons = places - self.length + 1
        if neurons < 2:
            problem = f"{self.length} weights leave no room to move along {inputs} inputs"
            accepted = "fewer weights than inputs, so that there are two neurons at least"
            refuse("--weights", p.weights, problem, accepted)
        if neurons > MOST_NEURONS:
            accepted = f"at most {MOST_NEURONS} neurons: give a shorter input"
            refuse("--x", p.x, f"{neurons} neurons are too many rows to read", accepted)
        if places > MOST_PLACES:
            problem = f"{places} places, those beside the input included, are too many to read"
            accepted = f"at most {MOST_PLACES} places: fewer weights, or a shorter input"
            refuse("--x", p.x, problem, accepted)

    def make_checks(self) -> tuple[Check, ...]:
        """Hold W against scipy.linalg.toeplitz, W x against NumPy, σ against SciPy."""
        p = self.parameters
        return verify_layer(self.frames, activation=p.activation, mode=p.mode, flip=p.flip)

    @property
    def large(self) -> WeightCounts:
        """The weights of such a layer with many inputs."""
        return weight_counts(self.length, LARGE, mode=self.parameters.mode)

    @property
    def order(self) -> list[int]:
        """The numbers j of the weights in a window, from left to right."""
        forward = list(range(self.length))
        return forward[::-1] if self.parameters.flip else forward

    def products(self, n: int) -> list[tuple[float, float, float]]:
        """Weight, input and product of each entry of row n that lies in the window, from the left.

        Whole numbers are of type int.
        """
        step, x = self.frames.at(n), self.frames.x
        inside = step.tap >= 0
        columns = (step.row[inside], x[inside], step.product[inside])
        return list(zip(*(column.tolist() for column in columns), strict=True))

    @cached_property
    def decimals(self) -> tuple[int, int]:
        """Of W x + b, and of the output: none where all are whole, otherwise as many as fit."""
        f = self.frames
        return _decimals(f.preactivation), _decimals(f.output)

    def sum_text(self, n: int) -> str:
        """W x + b of row n, as it is shown."""
        return number(float(self.frames.preactivation[n]), self.decimals[0])

    def output_text(self, n: int) -> str:
        """y of row n, as it is shown."""
        return number(float(self.frames.output[n]), self.decimals[1])

    @property
    def entry_formula(self) -> str:
        """Typst mathematics of which weight stands in row n and column i."""
        index = "n - i" if self.parameters.flip else "i - n"
        shift = self.length - 1 - self.hang if self.parameters.flip else self.hang
        return f"W_(n, i) = w_({index}{f' + {shift}' if shift else ''})"

    @property
    def neuron_formula(self) -> str:
        """Typst mathematics of what neuron n adds up, w_j x_{n+j}."""
        if self.parameters.flip:
            shift, sign = self.length - 1 - self.hang, "-"
        else:
            shift, sign = -self.hang, "+"
        return f"sum_j w_j thin x_(n {sign} j{f' {shift:+}' if shift else ''})"

    @property
    def activated(self) -> str:
        """The whole layer, in plain words: relu(W x + b)."""
        name = self.parameters.activation
        return "Wx + b" if name == "none" else f"{name}(Wx + b)"

    def make_beats(self) -> tuple[Beat, ...]:
        """The story of this neuron and its copies."""
        return (*self._neurons(), *self._matrix(), *self._product())

    def _neurons(self) -> tuple[Beat, ...]:
        f, k = self.frames, self.length
        seen = f"{k} neighbouring inputs" if k > 1 else "1 input"
        times = "its weight" if k == 1 else "its weights"
        if self.parameters.flip and k > 1:
            times += " from last to first,"
        weights = [brief(f.weights[j].item()) for j in self.order]
        return (
            Beat(
                "neuron",
                "One neuron sees a window of the input",
                f"A neuron A sees {seen}. It multiplies by {times} "
                f"{listed(weights)}{_ADDS[self.parameters.activation].format(brief(f.bias))}: "
                f"{_subscript('y', '0')} = A({self._inputs(0)}).{self._beyond()}",
                8.0,
            ),
            Beat(
                "copy",
                "Copies of the neuron, along the input",
                f"Copies of this neuron, with the same weights, stand along the input: "
                f"{_subscript('y', 'n')} = A({self._inputs(None)}). These {len(f)} neurons are a "
                f"convolutional layer.",
                4.0 + self.step_seconds * len(f),
            ),
        )

    def _matrix(self) -> tuple[Beat, ...]:
        f, k, counts = self.frames, self.length, self.frames.counts
        return (
            Beat(
                "dense",
                "Fully connected: a matrix of weights",
                f"In a fully connected layer every neuron sees every input. Its weights are a "
                f"matrix W: {numbered(len(f), 'row')}, one for each neuron, and "
                f"{numbered(f.x.size, 'column')}, one for each input, so {counts.dense} weights, "
                "all different.",
                10.0,
            ),
            Beat(
                "predict",
                "Predict",
                f"Now let each neuron be a copy of one that sees {numbered(k, 'input')}. Predict: "
                f"which entries of W become zero, and which become equal?",
                5.0,
            ),
            Beat(
                "zeros",
                "Outside its window a neuron sees nothing",
                f"Where a neuron sees nothing, its row is zero. Of {counts.dense} weights "
                f"{counts.window} are left, in a band along the diagonal.",
                3.0 + self.step_seconds * len(f),
            ),
            Beat(
                "share",
                "All rows share the same weights",
                f"Each row is the row above it, moved one column to the right, so along a diagonal "
                f"all entries are equal: {numbered(counts.shared, 'weight')} in place of "
                f"{counts.dense}.{self._direction()}",
                4.0 + 1.5 * self.step_seconds * len(f),
            ),
        )

    def _product(self) -> tuple[Beat, ...]:
        f, counts, large = self.frames, self.frames.counts, self.large
        outputs = [self.output_text(n) for n in range(len(f))]
        return (
            Beat(
                "row",
                "One row times the input",
                f"The first row times the input: {self._first_sum()}. With the bias it is "
                f"{self.sum_text(0)}{self._first_output()}.",
                6.0 + 0.7 * len(self.products(0)),
            ),
            Beat(
                "rows",
                "The window moves, the next row lights up",
                f"Window and row move on together, always with the same weights. The outputs are "
                f"{listed(outputs)}.",
                3.0 + 1.2 * self.step_seconds * len(f),
            ),
            Beat(
                "layer",
                f"The whole layer is {self.activated}",
                f"The whole layer is {self.activated}.{self._named()} Fully connected it has "
                f"{counts.dense} weights and {len(f)} biases; as copies of one neuron it has "
                f"{numbered(counts.shared, 'weight')} and 1 bias. With {LARGE} inputs it would be "
                f"{large.dense} weights against {large.shared}.",
                9.0,
            ),
        )

    @property
    def step_seconds(self) -> float:
        """How long one step from a row to the next takes."""
        return 0.9 if len(self.frames) <= 5 else 0.7

    def _inputs(self, n: int | None) -> str:
        """What neuron n sees, in plain words; of any neuron where ``n`` is None."""
        places = [p - self.hang for p in range(self.length)]
        if n is None:
            names = [_subscript("x", "n" + (f"{p:+}" if p else "")) for p in places]
        else:
            names = [_subscript("x", str(p + n)) for p in places]
        return ", ".join(names)

    def _beyond(self) -> str:
        return " Beside the input it sees zeros." if self.hang else ""

    @property
    def order_words(self) -> tuple[str, str] | None:
        """What is computed, and in which order the weights stand; None where there is but one."""
        if self.length == 1:
            return None
        if self.parameters.flip:
            return "convolution:", "weights reversed"
        return "cross-correlation:", "weights in order"

    @property
    def name_words(self) -> tuple[str, ...]:
        """What the layer computes, line by line; nothing where both would be the same."""
        if self.length == 1:
            return ()
        if self.parameters.flip:
            return "a convolution:", "weights reversed"
        return "cross-correlation,", "called “convolution”", "in deep learning"

    def _named(self) -> str:
        if self.length == 1:
            return ""
        if self.parameters.flip:
            return " It is a convolution."
        return " It is a cross-correlation; deep learning calls it convolution."

    def _direction(self) -> str:
        if self.length == 1:
            return ""
        if self.parameters.flip:
            return " They stand in reverse order: this is convolution."
        return " They are not reversed: a layer computes cross-correlation."

    def _first_sum(self) -> str:
        terms = [f"{factor(w)} · {factor(x)}" for w, x, _ in self.products(0)]
        return f"{' + '.join(terms)} = {brief(self.frames.at(0).total)}"

    def _first_output(self) -> str:
        name = self.parameters.activation
        if name == "none":
            return f", the output {_subscript('y', '0')}"
        return f", and {name} makes it {_subscript('y', '0')} = {self.output_text(0)}"


_ADDS: dict[Activation, str] = {
    "relu": ", adds its bias {} and cuts negative results off (relu)",
    "sigmoid": ", adds its bias {} and squeezes the result between 0 and 1 (sigmoid)",
    "tanh": ", adds its bias {} and squeezes the result between −1 and 1 (tanh)",
    "none": " and adds its bias {}",
}
_LOWERED = str.maketrans("0123456789n+-", "₀₁₂₃₄₅₆₇₈₉ₙ₊₋")


def _subscript(name: str, index: str) -> str:
    return name + index.translate(_LOWERED)


def _decimals(values: FloatArray) -> int:
    if np.array_equal(values, np.rint(values)):
        return 0
    return min(decimals_for(float(np.abs(values).max())), 3)


def _list(option: str, text: str, *, most: int) -> Sequence:
    """A short list of numbers from 0 on, none too long to be read in a cell."""
    found = parse_sequence(text, option=option)
    accepted = f"a list of 1 to {most} numbers, such as 1, 2, -1"
    if not isinstance(found, Sequence):
        refuse(option, text, "this sequence never ends", accepted)
    if found.start != 0:
        refuse(option, text, f"this starts at {found.start}; a layer counts from 0", accepted)
    if len(found) > most:
        refuse(option, text, f"{len(found)} numbers are too many to show", accepted)
    for value in found.values.tolist():
        if value and not _SMALLEST <= abs(value) <= _LARGEST:
            refuse(
                option,
                text,
                f"{value:g} cannot be read in a cell",
                f"0, or numbers from {_SMALLEST:g} to {_LARGEST:g} in size",
            )
    return found
