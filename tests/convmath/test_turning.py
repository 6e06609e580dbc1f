"""A kernel and its half turn over one input, held against scipy and against themselves spoilt."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.signal import convolve2d, correlate2d

from convmath import InputError
from convmath.turning import diagonal_blur, turn_kernel, verify_turn
from tests.convmath.saved import EVERY_FORMAT, assert_comes_back

K = np.array([[1, 2, 3], [0, 4, 0], [5, 0, 0]])
S = np.array([[2, 1, 0], [1, 3, 1], [0, 1, 2]])
X = np.arange(30).reshape(5, 6) ** 2 % 7


def test_maps_are_those_of_scipy():
    frames = turn_kernel(K, X, S)
    assert frames.map_shape == (3, 4)
    turned = np.flipud(np.fliplr(K))
    for ours, theirs in (
        (frames.correlation, correlate2d(X, K, "valid")),
        (frames.convolution, convolve2d(X, K, "valid")),
        (frames.turned_convolution, convolve2d(X, turned, "valid")),
    ):
        assert ours.dtype == np.int64
        np.testing.assert_array_equal(ours.reshape(3, 4), theirs)
    np.testing.assert_array_equal(frames.symmetric_convolution, correlate2d(X, S, "valid"))


def test_a_step_holds_what_the_kernel_covers_and_its_products():
    frames = turn_kernel(K, X, S)
    for step in (frames.at(i) for i in range(len(frames))):
        covered = X[step.row : step.row + 3, step.column : step.column + 3]
        np.testing.assert_array_equal(step.window, covered)
        np.testing.assert_array_equal(step.correlation_product, K * covered)
        np.testing.assert_array_equal(step.convolution_product, np.rot90(K, 2) * covered)
        assert step.correlation == (K * covered).sum() == step.turned_convolution
        assert step.convolution == (np.rot90(K, 2) * covered).sum()


def test_kernels_are_flipped_turned_and_transposed():
    frames = turn_kernel(K, X, S)
    assert frames.left_right.tolist() == [[3, 2, 1], [0, 4, 0], [0, 0, 5]]
    assert frames.up_down.tolist() == [[5, 0, 0], [0, 4, 0], [1, 2, 3]]
    assert frames.turned.tolist() == [[0, 0, 5], [0, 4, 0], [3, 2, 1]]
    assert frames.quarter.tolist() == [[5, 0, 1], [0, 4, 2], [0, 0, 3]], "clockwise"
    assert frames.transposed.tolist() == [[1, 0, 5], [2, 4, 0], [3, 0, 0]]


@given(
    kernel=arrays(np.float64, (3, 3), elements=st.floats(-9, 9)),
    x=arrays(np.float64, (4, 5), elements=st.floats(-9, 9)),
)
def test_any_kernel_passes_its_checks(kernel, x):
    frames = turn_kernel(kernel, x, kernel + np.rot90(kernel, 2))
    assert [check for check in verify_turn(frames) if not check.passed] == []


@pytest.mark.parametrize(
    "name",
    [
        "correlation",
        "convolution",
        "turned_convolution",
        "symmetric_convolution",
        "correlation_product",
        "convolution_product",
    ],
)
def test_a_wrong_number_does_not_pass(name):
    frames = turn_kernel(K, X, S)
    wrong = getattr(frames, name).copy()
    wrong.flat[1] += 1
    assert not all(check.passed for check in verify_turn(replace(frames, **{name: wrong})))


def test_a_kernel_that_is_not_symmetric_does_not_pass_for_one():
    checks = {check.name: check.passed for check in verify_turn(turn_kernel(K, X, K))}
    failed = [name for name, passed in checks.items() if not passed]
    assert failed == ["with a symmetric kernel convolution is correlation"]


@pytest.mark.parametrize("size", [2, 3, 4, 5])
def test_the_diagonal_blur_is_its_half_turn_and_not_its_left_right_flip(size):
    blur = diagonal_blur(size)
    assert np.array_equal(blur, np.rot90(blur, 2))
    assert not np.array_equal(blur, np.fliplr(blur))


def test_rounding_is_no_difference():
    even = np.full((4, 4), 0.1)
    assert not turn_kernel(np.array([[0.1, 0.2], [0.3, 0.7]]), even, np.eye(2)).differs.any()
    assert turn_kernel(K, X, S).differs.sum() == np.count_nonzero(
        correlate2d(X, K, "valid") != convolve2d(X, K, "valid")
    )


def test_a_kernel_that_does_not_fit_is_refused():
    with pytest.raises(InputError, match="3 × 3 does not fit into an input of 2 × 6"):
        turn_kernel(K, X[:2], S)


@EVERY_FORMAT
def test_frames_come_back_exactly(tmp_path, suffix):
    frames = turn_kernel(K / 3, X, S)
    assert_comes_back(frames, tmp_path, suffix)


@pytest.mark.parametrize("size", [3, 4, 5])
def test_the_diagonal_blur_is_not_its_transpose(size):
    assert not np.array_equal(diagonal_blur(size), diagonal_blur(size).T)
