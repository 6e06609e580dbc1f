"""Both readings of one sum against numpy.convolve and the definition."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import linalg

from convmath import Sequence
from convmath.spreading import SpreadAndGather, spread_and_gather, verify_spreading
from tests.convmath.saved import EVERY_FORMAT, assert_comes_back

WHOLE = st.lists(st.integers(-1000, 1000), min_size=1, max_size=12)
REAL = st.lists(st.floats(-1e6, 1e6, allow_subnormal=False), min_size=1, max_size=12)
START = st.integers(-20, 20)


def frames_of(f: list[float], g: list[float], starts: tuple[int, int] = (0, 0)) -> SpreadAndGather:
    return spread_and_gather(Sequence(f, starts[0]), Sequence(g, starts[1]))


def exact_terms(f: list[float], g: list[float]) -> list[list[Fraction]]:
    """For each n the products of the definition."""
    pairs = [(k, m, Fraction(f[k]) * Fraction(g[m])) for k, m in np.ndindex(len(f), len(g))]
    return [[p for k, m, p in pairs if k + m == n] for n in range(len(f) + len(g) - 1)]


@given(WHOLE, WHOLE, START, START)
def test_both_sums_are_numpys_exactly(f, g, f_start, g_start):
    frames = frames_of(f, g, (f_start, g_start))
    full = np.convolve(f, g)
    assert frames.output.dtype == frames.gathered.dtype == np.int64
    np.testing.assert_array_equal(frames.output, full)
    np.testing.assert_array_equal(frames.gathered, full)
    first = f_start + g_start
    np.testing.assert_array_equal(frames.n, np.arange(first, first + len(full)))
    assert frames.apart == 0


@given(REAL, REAL)
def test_both_sums_agree_with_exact_fractions(f, g):
    frames = frames_of(f, g)
    scale = np.convolve(np.abs(f), np.abs(g)).max() or 1.0
    exact = [float(sum(terms)) for terms in exact_terms(f, g)]
    np.testing.assert_allclose(frames.output, exact, rtol=0, atol=1e-14 * scale)
    np.testing.assert_allclose(frames.gathered, exact, rtol=0, atol=1e-14 * scale)
    assert frames.apart <= 1e-12


@given(WHOLE, WHOLE)
def test_the_copies_are_a_toeplitz_matrix_scaled_row_by_row(f, g):
    frames = frames_of(f, g)
    shifted = linalg.toeplitz([g[0], *[0] * (len(f) - 1)], [*g, *[0] * (len(f) - 1)])
    np.testing.assert_array_equal(frames.copies, np.array(f)[:, None] * shifted)


@given(WHOLE, WHOLE)
def test_the_copies_read_by_columns_are_the_gathered_products(f, g):
    frames = frames_of(f, g)
    np.testing.assert_array_equal(frames.copies.T, frames.product)
    for n in range(len(frames)):
        diagonal = np.fliplr(frames.table).diagonal(len(g) - 1 - n)
        np.testing.assert_array_equal(diagonal, frames.product[n][frames.inside[n]])


@given(WHOLE, WHOLE)
def test_partial_sums_are_the_output_of_the_inputs_so_far(f, g):
    frames = frames_of(f, g)
    for k in range(len(f)):
        heard = np.convolve([*f[: k + 1], *[0] * (len(f) - k - 1)], g)
        np.testing.assert_array_equal(frames.partial[k], heard)


@given(WHOLE, WHOLE)
def test_an_output_is_complete_when_its_newest_input_has_come(f, g):
    frames = frames_of(f, g)
    k = np.minimum(frames.n, len(f) - 1)
    np.testing.assert_array_equal(frames.partial[k, frames.n], frames.output)


def test_ages_and_weights_entry_by_entry():
    frames = frames_of([5, 6, 7], [4, 2, 1], (-1, 2))
    assert frames.n.tolist() == [1, 2, 3, 4, 5]
    response = {2: 4, 3: 2, 4: 1}
    for i, n in enumerate(frames.n):
        for j, k in enumerate(frames.k):
            assert frames.age[i, j] == n - k
            assert frames.weight[i, j] == response.get(int(n - k), 0)
            assert frames.inside[i, j] == (int(n - k) in response)


def test_negative_blocks_hang_below():
    frames = frames_of([3, -1], [4, 2])
    assert frames.block[1].tolist() == [[0, 6], [0, -4]]
    assert frames.output[1] == 2


@pytest.mark.parametrize(("f", "g"), [([3, 1, 2, 1], [4, 2, 1]), ([0.1, -0.2], [0.3, 1 / 3])])
def test_checks_pass_for_these_signals_and_fail_for_others(f: list[float], g: list[float]):
    frames = frames_of(f, g)
    others = {
        "spread against numpy.convolve",
        "gathered against numpy.convolve",
        "drawn sequences and ages",
    }
    for checked, wrong in ((g, set()), (g[::-1], others)):
        checks = verify_spreading(frames, Sequence(f), Sequence(checked))
        assert {check.name for check in checks if not check.passed} == wrong


def test_what_would_leave_int64_is_a_float():
    frames = frames_of([2**52, 2**52], [2**52])
    assert frames.output.dtype == np.float64
    np.testing.assert_allclose(frames.output, [2.0**104] * 2, rtol=1e-15)


@EVERY_FORMAT
def test_they_are_saved_and_loaded(suffix: str, tmp_path: Path):
    frames = frames_of([3, 1, 2, 1], [4, 2, 1])
    assert_comes_back(frames, tmp_path, suffix)


def test_steps():
    frames = frames_of([3, 1, 2, 1], [4, 2, 1])
    assert frames.output.tolist() == [12, 10, 13, 9, 4, 1]
    step = frames.at(2)
    assert (step.n, step.output, step.gathered) == (2, 13, 13)
    assert step.age.tolist() == [2, 1, 0, -1]
    assert step.weight.tolist() == [1, 2, 4, 0]
    assert step.product.tolist() == [3, 2, 8, 0]
    assert step.block.tolist() == [[0, 3], [3, 5], [5, 13], [0, 0]]
