"""A kernel with gaps, against loops over cells."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from convmath import InputError
from convmath.dilation import DilatedKernel, dilate, seen_by, spread, verify_dilation
from tests.convmath.saved import EVERY_FORMAT, assert_comes_back


@st.composite
def cases(draw):
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    k, w, d = draw(st.integers(1, 3)), draw(st.integers(1, 3)), draw(st.integers(1, 3))
    rows = d * (k - 1) + 1 + draw(st.integers(0, 3))
    columns = d * (w - 1) + 1 + draw(st.integers(0, 3))
    return rng.integers(-9, 10, (rows, columns)), rng.integers(-9, 10, (k, w)), d


@given(cases())
def test_outputs_and_uses_are_those_of_loops(case):
    x, kernel, d = case
    frames = dilate(x, kernel, d)
    k, w = kernel.shape
    uses = np.zeros_like(x)
    for step in map(frames.at, range(len(frames))):
        total = 0
        for a, b in product(range(k), range(w)):
            cell = step.row + d * a, step.column + d * b
            uses[cell] += 1
            assert step.window[a, b] == x[cell]
            assert step.product[a, b] == kernel[a, b] * x[cell]
            total += kernel[a, b] * x[cell]
        assert step.output == step.between == total
    assert len(frames) == (x.shape[0] - d * (k - 1)) * (x.shape[1] - d * (w - 1))
    np.testing.assert_array_equal(frames.uses, uses)


@given(st.integers(1, 4), st.integers(1, 3), st.lists(st.integers(1, 3), max_size=3))
def test_ways_are_counted_one_by_one(k, w, dilations):
    ways = seen_by((k, w), tuple(dilations))
    counted = np.zeros_like(ways)
    for taps in product(product(range(k), range(w)), repeat=len(dilations)):
        row = sum(d * a for d, (a, _) in zip(dilations, taps, strict=True))
        column = sum(d * b for d, (_, b) in zip(dilations, taps, strict=True))
        counted[row, column] += 1
    np.testing.assert_array_equal(ways, counted)
    assert ways.shape == (sum(dilations) * (k - 1) + 1, sum(dilations) * (w - 1) + 1)


def test_two_layers_of_three_weights_see_five_seven_and_nine_cells():
    frames = dilate(np.ones((7, 7)), np.ones((3, 3)), 2)
    assert [f.shape for f in (frames.dense, frames.growing, frames.constant)] == [
        (5, 5),
        (7, 7),
        (9, 9),
    ]
    assert (frames.growing > 0).all()
    assert (frames.constant > 0).sum() == 25


def test_a_spread_kernel_has_the_same_weights():
    assert spread(np.array([[1, -2, 3]]), 3).tolist() == [[1, 0, 0, -2, 0, 0, 3]]


@given(cases())
def test_every_check_passes_and_finds_a_wrong_number(case):
    x, kernel, d = case
    for frames in (dilate(x, kernel, d), dilate(x / 7, kernel / 3, d)):
        assert [check.name for check in verify_dilation(frames) if not check.passed] == []
    fields = frames.arrays() | {"dilation": d}
    for name in ("output", "between", "growing", "constant", "dense"):
        wrong = DilatedKernel(**(fields | {name: fields[name] + 1}))
        assert not all(check.passed for check in verify_dilation(wrong)), name


def test_a_kernel_that_does_not_fit_with_its_gaps_is_refused():
    with pytest.raises(InputError, match="dilated to 5 × 5") as raised:
        dilate(np.ones((4, 6)), np.ones((3, 3)), 2)
    assert raised.value.option == "--kernel"


@EVERY_FORMAT
def test_they_come_back_from_a_file(suffix, tmp_path):
    frames = dilate(np.arange(20).reshape(4, 5), np.eye(2, dtype=int), 2)
    assert_comes_back(frames, tmp_path, suffix)
