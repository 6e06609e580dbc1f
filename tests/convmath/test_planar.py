"""Grids convolved and correlated, against scipy.signal and against the sums that define them."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.signal import convolve2d, correlate2d

from convmath import InputError
from convmath.planar import convolve_planar, correlate_planar, half_turn, planar_products

SIZE = st.integers(1, 4)
WHOLE = st.integers(-1000, 1000)


@st.composite
def pairs(draw: Any, elements: Any, dtype: Any) -> Any:
    """An input and a kernel that fits into it."""
    k, w, more, further = (draw(SIZE) for _ in range(4))
    x = draw(arrays(dtype, (k + more - 1, w + further - 1), elements=elements))
    return x, draw(arrays(dtype, (k, w), elements=elements))


def convolved(x: Any, kernel: Any, i: int, j: int) -> Any:
    """Σ K[a, b] x[m − a, n − b] at the full index (m, n) of position (i, j)."""
    k, w = kernel.shape
    m, n = i + k - 1, j + w - 1
    return sum(kernel[a, b] * x[m - a, n - b] for a in range(k) for b in range(w))


def correlated(x: Any, kernel: Any, i: int, j: int) -> Any:
    k, w = kernel.shape
    return sum(kernel[a, b] * x[i + a, j + b] for a in range(k) for b in range(w))


@given(pairs(WHOLE, np.int64))
def test_whole_numbers_are_exact_and_follow_the_definition(pair):
    x, kernel = pair
    convolution, correlation = convolve_planar(x, kernel), correlate_planar(x, kernel)
    assert convolution.dtype == correlation.dtype == np.int64
    for i, j in np.ndindex(convolution.shape):
        assert convolution[i, j] == convolved(x, kernel, i, j)
        assert correlation[i, j] == correlated(x, kernel, i, j)


@given(pairs(WHOLE, np.int64))
def test_whole_numbers_agree_with_scipy(pair):
    x, kernel = pair
    np.testing.assert_array_equal(convolve_planar(x, kernel), convolve2d(x, kernel, "valid"))
    np.testing.assert_array_equal(correlate_planar(x, kernel), correlate2d(x, kernel, "valid"))


@given(pairs(st.floats(-100, 100), np.float64))
def test_fractions_agree_with_scipy(pair):
    x, kernel = pair
    slack = 1e-12 * max(1.0, float(np.abs(kernel).sum() * np.abs(x).max()))
    for ours, theirs in ((convolve_planar, convolve2d), (correlate_planar, correlate2d)):
        np.testing.assert_allclose(ours(x, kernel), theirs(x, kernel, "valid"), rtol=0, atol=slack)


@given(pairs(st.floats(-100, 100), np.float64))
def test_convolution_with_the_half_turn_is_correlation_to_the_last_bit(pair):
    x, kernel = pair
    np.testing.assert_array_equal(
        convolve_planar(x, half_turn(kernel)), correlate_planar(x, kernel)
    )


def test_an_impulse_is_answered_with_the_kernel_by_convolution_alone():
    impulse = np.zeros((5, 5), dtype=np.int64)
    impulse[2, 2] = 1
    kernel = np.arange(9).reshape(3, 3)
    np.testing.assert_array_equal(convolve_planar(impulse, kernel), kernel)
    np.testing.assert_array_equal(correlate_planar(impulse, kernel), np.rot90(kernel, 2))


def test_sums_beyond_int64_are_taken_in_floating_point():
    x, kernel = np.array([[2**40, 1]]), np.array([[2**40]])
    assert correlate_planar(x, kernel).tolist() == [[2.0**80, 2.0**40]]


def test_products_are_those_under_the_kernel():
    x, kernel = np.array([[1, 2, 3], [4, 5, 6]]), np.array([[10, 20]])
    assert planar_products(x, kernel)[1, 1].tolist() == [[50, 120]]


@pytest.mark.parametrize(
    ("x", "kernel", "says"),
    [
        (np.ones((2, 2)), np.ones((3, 1)), "3 × 1 does not fit into an input of 2 × 2"),
        (np.ones((2, 2)), np.ones((1, 3)), "1 × 3 does not fit"),
        (np.ones(4), np.ones((1, 1)), "grids of numbers"),
        (np.ones((2, 2)), np.ones(2), "grids of numbers"),
        (np.ones((2, 2)), np.ones((0, 1)), "grids of numbers"),
    ],
)
def test_what_does_not_fit_is_refused(x, kernel, says):
    with pytest.raises(InputError, match=says):
        correlate_planar(x, kernel)
