"""A layer's frames against numpy, against a loop over neurons, and against themselves spoilt."""

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from convmath import InputError, Sequence, convolutional_layer, verify_layer, weight_counts
from tests.convmath.saved import EVERY_FORMAT, assert_comes_back

W, X = [1, 2, -1], [1, 3, 2, 0, 2, 1, 4]
ALL = [(mode, flip) for mode in ("valid", "full") for flip in (False, True)]


def layer(w=W, x=X, **more: Any):
    return convolutional_layer(Sequence(w), Sequence(x), **more)


def reference(w, x, mode, flip):
    return np.convolve(x, w, mode) if flip else np.correlate(x, w, mode)


@pytest.mark.parametrize(("mode", "flip"), ALL)
def test_whole_numbers_are_exact(mode, flip):
    frames = layer(mode=mode, flip=flip)
    assert frames.total.dtype == frames.row.dtype == frames.product.dtype == np.int64
    np.testing.assert_array_equal(frames.total, reference(W, X, mode, flip))
    np.testing.assert_array_equal(frames.row @ frames.x, frames.total)


def test_every_neuron_is_the_first_one_moved_along():
    frames = layer(bias=-1.0)
    for step in (frames.at(i) for i in range(len(frames))):
        seen = X[step.n : step.n + 3]
        assert step.start == step.n
        assert step.total == sum(a * b for a, b in zip(W, seen, strict=True))
        assert step.output == max(step.total - 1.0, 0.0)
    assert frames.output.tolist() == [4, 6, 0, 2, 0]


def test_a_window_may_hang_over():
    frames = layer([1, 2, 3], [5, 7], mode="full")
    assert frames.start.tolist() == [-2, -1, 0, 1]
    assert frames.row.tolist() == [[3, 0], [2, 3], [1, 2], [0, 1]]
    flipped = layer([1, 2, 3], [5, 7], mode="full", flip=True)
    assert flipped.row.tolist() == [[1, 0], [2, 1], [3, 2], [0, 3]]


LOGIT = -0.75


@pytest.mark.parametrize(
    ("activation", "expected"),
    [
        ("none", LOGIT),
        ("relu", 0.0),
        ("tanh", math.tanh(LOGIT)),
        ("sigmoid", 1 / (1 + math.exp(-LOGIT))),
    ],
)
def test_activations(activation, expected):
    frames = layer([0.5], [1.5, -1.5], bias=-1.5, activation=activation)
    assert frames.preactivation[0] == LOGIT
    assert frames.output[0] == pytest.approx(expected, rel=1e-15)


def test_a_sigmoid_far_out_does_not_overflow():
    frames = layer([1], [-9999, 9999], activation="sigmoid")
    assert frames.output.tolist() == [0.0, 1.0]


@given(
    w=st.lists(st.floats(-100, 100), min_size=1, max_size=5),
    x=st.lists(st.floats(-100, 100), min_size=5, max_size=9),
    activation=st.sampled_from(["relu", "sigmoid", "tanh", "none"]),
    case=st.sampled_from(ALL),
)
def test_any_layer_passes_its_checks(w, x, activation, case):
    mode, flip = case
    frames = layer(w, x, bias=0.25, activation=activation, mode=mode, flip=flip)
    checks = verify_layer(frames, activation=activation, mode=mode, flip=flip)
    assert [check for check in checks if not check.passed] == []


@pytest.mark.parametrize("field", ["total", "row", "output"])
def test_a_wrong_entry_does_not_pass(field):
    frames = layer(bias=-1.0)
    wrong = getattr(frames, field).copy()
    wrong[1] += 1
    checks = verify_layer(
        replace(frames, **{field: wrong}), activation="relu", mode="valid", flip=False
    )
    assert not all(check.passed for check in checks)


@pytest.mark.parametrize("flip", [False, True])
def test_a_convolution_is_not_taken_for_a_correlation(flip):
    checks = verify_layer(layer(flip=flip), activation="relu", mode="valid", flip=not flip)
    assert [check.name for check in checks if check.passed] == [
        "activation",
        "all dense weights are different",
    ]


@pytest.mark.parametrize(("mode", "flip"), ALL)
@pytest.mark.parametrize(("length", "size"), [(1, 1), (1, 4), (3, 3), (3, 7), (5, 5)])
def test_weights_are_counted_in_the_matrix(length, size, mode, flip):
    frames = layer(list(range(1, length + 1)), [1] * size, mode=mode, flip=flip)
    counts = weight_counts(length, size, mode=mode)
    assert frames.counts == counts
    assert counts.dense == np.unique(frames.dense).size == frames.row.size
    assert counts.window == np.count_nonzero(frames.row)
    assert counts.shared == np.unique(frames.row[frames.row != 0]).size


def test_dense_weights_are_never_zero_and_the_same_every_time():
    one, other = layer(), layer([0, 0, 1], [0] * 7)
    assert np.count_nonzero(one.dense) == one.dense.size
    np.testing.assert_array_equal(one.dense, other.dense)


@EVERY_FORMAT
def test_frames_come_back_exactly(tmp_path, suffix):
    frames = layer(bias=0.5, mode="full")
    assert_comes_back(frames, tmp_path, suffix)


def test_more_weights_than_inputs_are_refused():
    with pytest.raises(InputError, match="4 weights are more than the 3 inputs"):
        layer([1, 2, 3, 4], [1, 2, 3])
