"""Strided maps against loops, and against slices of what scipy computes with stride 1."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.signal import correlate2d

from convmath import InputError
from convmath.grid_strides import StridedMap, stride_grid, verify_strides
from tests.convmath.saved import EVERY_FORMAT, assert_comes_back


@st.composite
def cases(draw):
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    sizes = draw(st.tuples(st.integers(3, 9), st.integers(3, 9)))
    kernel = draw(st.tuples(st.integers(1, 3), st.integers(1, 3)))
    padding, stride = draw(st.integers(0, 2)), draw(st.integers(1, 4))
    return rng.integers(-9, 10, sizes), rng.integers(-9, 10, kernel), stride, padding


@given(cases())
def test_every_step_is_a_window_of_the_padded_input(case):
    x, kernel, s, p = case
    frames = stride_grid(x, kernel, s, padding=p)
    padded = np.pad(x, p)
    k, w = kernel.shape
    every = correlate2d(padded, kernel, "valid")
    np.testing.assert_array_equal(frames.full, every)
    np.testing.assert_array_equal(frames.map, every[::s, ::s])
    assert frames.map.shape == ((len(padded) - k) // s + 1, (padded.shape[1] - w) // s + 1)
    uses = np.zeros_like(padded)
    for step in map(frames.at, range(len(frames))):
        assert (step.full_row, step.full_column) == (s * step.row, s * step.column)
        here = (slice(s * step.row, s * step.row + k), slice(s * step.column, s * step.column + w))
        assert step.output == (padded[here] * kernel).sum()
        uses[here] += 1
    np.testing.assert_array_equal(frames.uses, uses)
    assert frames.kept.sum() == len(frames)


@given(cases())
def test_every_check_passes_and_finds_a_wrong_number(case):
    x, kernel, s, p = case
    frames = stride_grid(x / 7, kernel / 3, s, padding=p)
    assert [check.name for check in verify_strides(frames) if not check.passed] == []
    fields = frames.arrays() | {"stride": s}
    for name in ("output", "full"):
        wrong = StridedMap(**(fields | {name: fields[name] + 1}))
        assert not all(check.passed for check in verify_strides(wrong)), name


def test_no_stride_is_refused():
    with pytest.raises(InputError, match="a stride of 0") as raised:
        stride_grid(np.ones((3, 3)), np.ones((2, 2)), 0)
    assert raised.value.option == "--stride"


@EVERY_FORMAT
def test_they_come_back_from_a_file(suffix, tmp_path):
    frames = stride_grid(np.arange(30).reshape(5, 6), np.eye(2, dtype=int), 2)
    assert_comes_back(frames, tmp_path, suffix)
