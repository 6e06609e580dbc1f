import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from convmath import (
    DivergenceError,
    InputError,
    Sequence,
    SequenceRule,
    convolve_discrete,
    correlate_discrete,
)

HALVES = SequenceRule((0, math.inf), lambda n: 0.5**n)
ALTERNATING = SequenceRule((-math.inf, math.inf), lambda n: (-1.0) ** n)

integers = st.lists(st.integers(-1000, 1000), min_size=1, max_size=12)
starts = st.integers(-20, 20)


@st.composite
def sequences(draw):
    return Sequence(draw(integers), draw(starts))


def whole(h, x):
    """The range of n that holds all of h * x."""
    return h.start + x.start, h.stop + x.stop - 2


def test_literal():
    frames = convolve_discrete(Sequence([3, 2, 1]), Sequence([1, 1, 0.5]), (-1, 5))
    assert frames.n.tolist() == [-1, 0, 1, 2, 3, 4, 5]
    assert frames.output.tolist() == [0, 3, 5, 4.5, 2, 0.5, 0]
    assert frames.support == (0, 4)
    assert frames.peak == (1, 5.0)


def test_arrays_of_a_small_example():
    frames = convolve_discrete(Sequence([3, 2, 1]), Sequence([1, 2], start=-1), (-2, 2))
    assert frames.k.tolist() == list(range(-2, 4))
    assert frames.fixed.tolist() == [0, 0, 3, 2, 1, 0]
    # x[n − k]: the 1 (index −1) stands right of the 2 (index 0), at k = n + 1.
    assert frames.moving[2].tolist() == [0, 0, 2, 1, 0, 0]
    assert frames.product[2].tolist() == [0, 0, 6, 2, 0, 0]
    assert frames.partial[2].tolist() == [0, 0, 6, 8, 8, 8]
    assert frames.output.tolist() == [0, 3, 8, 5, 2]
    assert np.isnan(frames.limits[0]).all()
    assert frames.limits[1:].tolist() == [[0, 0], [0, 1], [1, 2], [2, 2]]
    assert (frames.original_k.tolist(), frames.original.tolist()) == ([-1, 0], [1, 2])
    assert frames.output.dtype == np.int64
    step = frames.at(2)
    assert (step.n, step.output, step.product.tolist()) == (0, 8, [0, 0, 6, 2, 0, 0])


def test_fractions_are_floats():
    assert convolve_discrete(Sequence([0.5]), Sequence([1]), (0, 0)).output.dtype == np.float64


def test_whole_numbers_too_large_for_int64_are_floats():
    large = Sequence([2**40, 2**40])
    frames = convolve_discrete(large, large, (0, 2))
    assert frames.output.dtype == np.float64
    assert frames.output.tolist() == [2.0**80, 2.0**81, 2.0**80]


def test_whole_numbers_that_just_fit():
    frames = convolve_discrete(Sequence([2**30, 2**30]), Sequence([2**31, 2**31]), (0, 2))
    assert frames.output.dtype == np.int64
    assert frames.output.tolist() == [2**61, 2**62, 2**61]


def test_endless_rule():
    frames = convolve_discrete(HALVES, Sequence([1, 1]), (0, 3))
    assert frames.output.tolist() == [1, 1.5, 0.75, 0.375]
    both = convolve_discrete(HALVES, HALVES, (-1, 3))
    assert both.output.tolist() == [0, 1, 1, 0.75, 0.5]
    assert convolve_discrete(ALTERNATING, Sequence([1, 1]), (-3, 3)).output.tolist() == [0] * 7


@pytest.mark.parametrize("x", [HALVES.flipped(), ALTERNATING])
def test_endless_overlap(x):
    with pytest.raises(DivergenceError, match="infinitely many terms"):
        convolve_discrete(HALVES, x, (0, 3))


@pytest.mark.parametrize("n", [(3, 0), (0.5, 2), [], [0.5], [[1]]])
def test_refuses_indices(n):
    with pytest.raises(InputError):
        convolve_discrete(HALVES, HALVES, n)


def test_refuses_too_many_products():
    with pytest.raises(InputError, match="too many"):
        convolve_discrete(HALVES, HALVES, (0, 9999))


def test_indices_in_any_order():
    h, x = Sequence([1, 2, 3]), Sequence([4, 5])
    assert convolve_discrete(h, x, [3, 0]).output.tolist() == [15, 4]


@given(h=sequences(), x=sequences())
def test_is_numpy_convolve_exactly(h, x):
    frames = convolve_discrete(h, x, whole(h, x))
    assert frames.output.dtype == np.int64
    assert np.array_equal(frames.output, np.convolve(h.values, x.values))
    assert np.array_equal(frames.product.sum(axis=1), frames.output)
    assert frames.output.sum() == h.values.sum() * x.values.sum()


@given(h=sequences(), x=sequences())
def test_commutes(h, x):
    n = whole(h, x)
    assert np.array_equal(convolve_discrete(h, x, n).output, convolve_discrete(x, h, n).output)


@given(h=sequences(), x=sequences(), z=sequences())
def test_associates(h, x, z):
    hx = Sequence(convolve_discrete(h, x, whole(h, x)).output, whole(h, x)[0])
    xz = Sequence(convolve_discrete(x, z, whole(x, z)).output, whole(x, z)[0])
    n = whole(hx, z)
    assert np.array_equal(convolve_discrete(hx, z, n).output, convolve_discrete(h, xz, n).output)


@given(f=sequences(), g=sequences())
def test_correlation_mirrors_its_lag(f, g):
    lo, hi = whole(g, f.flipped())
    one = correlate_discrete(f, g, (lo, hi)).output
    other = correlate_discrete(g, f, (-hi, -lo)).output
    assert np.array_equal(one, other[::-1])


@given(f=sequences(), g=sequences())
def test_correlation_is_numpy_correlate(f, g):
    frames = correlate_discrete(f, g, whole(g, f.flipped()))
    assert np.array_equal(frames.output, np.correlate(g.values, f.values, mode="full"))


def test_correlation_does_not_flip():
    frames = correlate_discrete(Sequence([1, 2, 3]), Sequence([1, 0, 0, 0]), (0, 1))
    assert frames.original.tolist() == [1, 2, 3]
    at_zero = frames.moving[0][(frames.k >= 0) & (frames.k < 3)]
    assert at_zero.tolist() == [1, 2, 3]
