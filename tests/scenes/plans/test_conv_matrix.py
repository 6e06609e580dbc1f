"""The numbers that a viewer must be able to read off, against numpy's correlate and convolve."""

import math
from typing import Any

import numpy as np
import pytest

from convmath import InputError
from scenes.beat import schedule
from scenes.plans.conv_matrix import ConvMatrixPlan
from tests.scenes.captions import assert_says, assert_well_told, caption_of, numbers_in


def told(**parameters: Any) -> ConvMatrixPlan:
    return ConvMatrixPlan(ConvMatrixPlan.Parameters(**parameters))


def numbers(text: str) -> list[float]:
    return [float(part) for part in text.split(",")]


CASES: list[dict[str, Any]] = [
    {},
    {"flip": True},
    {"mode": "full"},
    {"mode": "full", "flip": True},
    {"weights": "1", "x": "1,2"},
    {"weights": "1,1", "x": "5", "mode": "full", "activation": "none"},
    {"weights": "1,0,-1", "x": "3,3,3,9,9,9", "bias": 0.0},
    {"weights": "0.5,-0.25,2", "x": "0.5,2,-12.5,0.25,4", "bias": 0.5, "activation": "sigmoid"},
    {"weights": "2,-3", "x": "-1,0,1,2", "bias": -0.125, "activation": "tanh", "flip": True},
    {"weights": "-999,999,-999,999,-999", "x": "-999,999,-998,-997,996,995,994,993,992,991"},
    {"weights": "1,2", "x": "0,0,0,0", "activation": "sigmoid", "bias": 0.0},
]
EVERY = pytest.mark.parametrize("parameters", CASES, ids=str)


def reference(plan: ConvMatrixPlan) -> tuple[Any, Any, Any]:
    """W x, W x + b and the output, by numpy and math."""
    p = plan.parameters
    combine = np.convolve if p.flip else np.correlate
    total = combine(numbers(p.x), numbers(p.weights), p.mode)
    sums = total + p.bias
    activate = {
        "relu": lambda z: max(z, 0.0),
        "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
        "tanh": math.tanh,
        "none": lambda z: z,
    }[p.activation]
    return total, sums, [activate(z) for z in sums]


@EVERY
def test_the_output_is_numpys(parameters: dict[str, Any]):
    plan = told(**parameters)
    total, sums, outputs = reference(plan)
    np.testing.assert_array_equal(plan.frames.total, total)
    np.testing.assert_array_equal(plan.frames.preactivation, sums)
    np.testing.assert_allclose(plan.frames.output, outputs, rtol=0, atol=1e-15)
    assert [check.name for check in plan.checks if not check.passed] == []


@EVERY
def test_captions_say_how_many_weights_there_are_and_what_comes_out(parameters: dict[str, Any]):
    plan = told(**parameters)
    assert_well_told(plan)
    _, sums, outputs = reference(plan)
    k, inputs, rows = len(plan.weights), len(plan.x), len(outputs)
    window = int(np.count_nonzero(plan.frames.tap >= 0))
    ordered = plan.frames.weights[plan.order].tolist()
    bounds = {"sigmoid": [0, 1], "tanh": [-1, 1]}.get(plan.parameters.activation, [])
    assert_says(plan, "neuron", [k, *ordered, plan.parameters.bias, *bounds])
    assert_says(plan, "copy", [rows])
    assert_says(plan, "dense", [rows, inputs, rows * inputs])
    assert_says(plan, "predict", [k])
    assert_says(plan, "zeros", [rows * inputs, window])
    assert_says(plan, "share", [k, rows * inputs])
    assert_says(plan, "rows", outputs)
    factors = [number for w, x, _ in plan.products(0) for number in (w, x)]
    total = float(plan.frames.total[0])
    activated = [] if plan.parameters.activation == "none" else [outputs[0]]
    assert_says(plan, "row", [*factors, total, sums[0], *activated])
    reach = 100 + k - 1 if plan.parameters.mode == "full" else 100 - k + 1
    assert_says(plan, "layer", [rows * inputs, rows, k, 1, 100, reach * 100, k])


@EVERY
def test_the_products_of_each_row_add_up_to_it(parameters: dict[str, Any]):
    plan = told(**parameters)
    for n in range(len(plan.frames)):
        products = plan.products(n)
        assert all(w * x == product for w, x, product in products)
        assert sum(product for *_, product in products) == plan.frames.total[n]


@EVERY
def test_the_formulas_are_those_of_the_matrix(parameters: dict[str, Any]):
    """Evaluated at every entry: j in W_{n,i} = w_j, and i in Σ_j w_j x_i."""
    plan = told(**parameters)
    entry = plan.entry_formula.removeprefix("W_(n, i) = w_(").removesuffix(")")
    index = plan.neuron_formula.partition("x_(")[2].removesuffix(")")
    frames = plan.frames
    for n, i in np.argwhere(frames.tap >= 0).tolist():
        j = int(frames.tap[n, i])
        assert arithmetic(entry, n=n, i=i) == j
        assert arithmetic(index, n=n, j=j) == i


def arithmetic(text: str, **values: int) -> int:
    """A sum like n + j - 2."""
    signs = text.replace("-", "+ -").split("+")
    total = 0
    for term in (part.replace(" ", "") for part in signs):
        sign, name = (-1, term[1:]) if term.startswith("-") else (1, term)
        total += sign * (values[name] if name in values else int(name or 0))
    return total


def test_the_default_is_what_the_page_says():
    plan = told()
    assert plan.frames.output.tolist() == [4, 6, 0, 2, 0]
    assert plan.frames.counts == (35, 15, 3)
    assert 45 <= plan.duration <= 100
    assert "1 · 1 + 2 · 3 + (−1) · 2 = 5" in caption_of(plan, "row")
    assert "y₀ = A(x₀, x₁, x₂)" in caption_of(plan, "neuron")
    assert "yₙ = A(xₙ, xₙ₊₁, xₙ₊₂)" in caption_of(plan, "copy")


def test_captions_say_which_of_the_two_is_shown():
    assert "cross-correlation" in caption_of(told(), "share")
    assert "reverse order: this is convolution" in caption_of(told(flip=True), "share")
    assert "from last to first" in caption_of(told(flip=True), "neuron")
    assert told(weights="3", x="1,2").order_words is None


def test_windows_beside_the_input_are_told():
    assert "Beside the input it sees zeros" in caption_of(told(mode="full"), "neuron")
    assert "A(x₋₂, x₋₁, x₀)" in caption_of(told(mode="full"), "neuron")
    assert "Beside" not in caption_of(told(), "neuron")


def test_one_weight_is_told_in_the_singular():
    plan = told(weights="2", x="1,2,3", activation="none")
    assert "its weight 2 and adds its bias" in caption_of(plan, "neuron")
    assert "1 weight in place of 9" in caption_of(plan, "share")
    assert "weights 2" not in caption_of(plan, "neuron")


def test_the_prediction_comes_before_its_answer():
    names = [beat.name for beat in told().beats]
    assert names.index("predict") < names.index("zeros") < names.index("share")
    before = [beat for beat, *_ in schedule(told().beats)][: names.index("predict") + 1]
    assert not any("band" in beat.caption or "15" in numbers_in(beat.caption) for beat in before)


@pytest.mark.parametrize(
    ("parameters", "option", "says"),
    [
        ({"weights": "0, 0"}, "--weights", "all weights are zero"),
        ({"weights": "1,2,3,4,5,6"}, "--weights", "6 numbers are too many to show"),
        (
            {"weights": "1,2,3", "x": "1,2,3"},
            "--weights",
            "3 weights leave no room to move along 3",
        ),
        ({"weights": "1,2,3", "x": "1"}, "--weights", "no room to move along 1 inputs"),
        ({"weights": "u(n)"}, "--weights", "never ends"),
        ({"weights": "1,2 @ -1"}, "--weights", "starts at -1"),
        ({"weights": "1, 1234"}, "--weights", "1234 cannot be read"),
        ({"x": "1, 0.001"}, "--x", "0.001 cannot be read"),
        ({"x": "1,2,3,4,5,6,7,8,9,10,11"}, "--x", "11 numbers are too many"),
        ({"weights": "1", "x": "1,2,3,4,5,6,7,8,9,10"}, "--x", "10 neurons are too many"),
        ({"weights": "1,2,3,4,5", "x": "1,2,3,4", "mode": "full"}, "--x", "12 places"),
    ],
)
def test_what_has_no_story_is_refused(parameters: dict[str, str], option: str, says: str):
    with pytest.raises(InputError, match=says) as refusal:
        _ = told(**parameters).frames
    assert refusal.value.option == option
    assert refusal.value.accepted
    assert refusal.value.typed == parameters[option[2:]]


def test_the_closing_caption_names_what_the_layer_computes():
    said = "It is a cross-correlation; deep learning calls it convolution."
    assert said in caption_of(told(), "layer")
    flipped = caption_of(told(flip=True), "layer")
    assert "It is a convolution." in flipped
    assert "correlation" not in flipped
    assert "It is" not in caption_of(told(weights="1", x="1,2"), "layer")
