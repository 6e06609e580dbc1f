"""Matrices of a repeated kernel against numpy.correlate, numpy.convolve and SciPy's."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import linalg

from convmath import InputError, convolution_matrix, correlation_matrix
from convmath.matrix import taps

WHOLE = st.integers(-1000, 1000)
MODES = st.sampled_from(["valid", "full"])


@st.composite
def kernels_and_inputs(draw):
    mode = draw(MODES)
    x = draw(st.lists(WHOLE, min_size=1, max_size=12))
    longest = len(x) if mode == "valid" else 12
    return draw(st.lists(WHOLE, min_size=1, max_size=longest)), x, mode


@given(kernels_and_inputs())
def test_times_the_input_is_what_numpy_computes_exactly(case):
    w, x, mode = case
    correlated = correlation_matrix(w, len(x), mode=mode) @ x
    np.testing.assert_array_equal(correlated, np.correlate(x, w, mode))
    convolved = convolution_matrix(w, len(x), mode=mode) @ x
    np.testing.assert_array_equal(convolved, np.convolve(x, w, mode))
    assert correlated.dtype == convolved.dtype == np.int64


@given(kernels_and_inputs())
def test_the_convolution_matrix_is_scipys(case):
    w, x, mode = case
    ours = convolution_matrix(w, len(x), mode=mode)
    np.testing.assert_array_equal(ours, linalg.convolution_matrix(w, len(x), mode))


@given(kernels_and_inputs())
def test_full_is_a_toeplitz_matrix(case):
    w, x, _ = case
    beside = [0] * (len(x) - 1)
    ours = convolution_matrix(w, len(x), mode="full")
    np.testing.assert_array_equal(ours, linalg.toeplitz([*w, *beside], [w[0], *beside]))


@given(kernels_and_inputs())
def test_flipping_the_kernel_turns_one_matrix_into_the_other(case):
    w, x, mode = case
    ours = convolution_matrix(w[::-1], len(x), mode=mode)
    np.testing.assert_array_equal(ours, correlation_matrix(w, len(x), mode=mode))


def test_entry_by_entry():
    w = [5, 6, 7]
    matrix = correlation_matrix(w, 6)
    for n, i in np.ndindex(matrix.shape):
        assert matrix[n, i] == (w[i - n] if 0 <= i - n < 3 else 0)


def test_a_weight_of_zero_is_not_taken_for_no_weight():
    assert taps(3, 4).tolist() == [[0, 1, 2, -1], [-1, 0, 1, 2]]
    assert taps(3, 4, flip=True).tolist() == [[2, 1, 0, -1], [-1, 2, 1, 0]]
    full = taps(2, 2, mode="full")
    assert full.tolist() == [[1, -1], [0, 1], [-1, 0]]


def test_fractions_stay_what_they_are():
    w = np.array([0.1, -0.7])
    assert correlation_matrix(w, 3).tolist() == [[0.1, -0.7, 0.0], [0.0, 0.1, -0.7]]


@pytest.mark.parametrize("build", [convolution_matrix, correlation_matrix])
@pytest.mark.parametrize(
    ("w", "size", "says"),
    [
        ([], 3, "at least one"),
        ([1], 0, "at least one"),
        ([1, 2, 3, 4], 3, "4 weights are more than the 3 inputs"),
        ([[1, 2], [3, 4]], 3, "a row of numbers"),
        (5, 3, "a row of numbers"),
    ],
)
def test_what_has_no_matrix_is_refused(build, w, size, says):
    with pytest.raises(InputError, match=says):
        build(w, size)
