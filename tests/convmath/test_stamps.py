"""Stamping and adding, against loops over cells and weights, and against the matrix."""

from __future__ import annotations

from dataclasses import asdict
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from convmath import InputError
from convmath.grid import transposed_size
from convmath.stamps import Manner, Stamps, layer_matrix, stamp
from convmath.verify_stamps import verify_stamps
from tests.convmath.saved import EVERY_FORMAT, assert_comes_back


@st.composite
def cases(draw):
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    sizes = [draw(st.integers(1, 4)) for _ in range(4)]
    s, d = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    extra = draw(st.integers(0, s - 1))
    least = min(
        (n - 1) * s + d * (k - 1) + 1 + extra for n, k in zip(sizes, sizes[2:], strict=False)
    )
    p = draw(st.integers(0, min((least - 1) // 2, 3)))
    x, kernel = rng.integers(-9, 10, sizes[:2]), rng.integers(-9, 10, sizes[2:])
    return x, kernel, Manner(s, p, extra, d)


def stamped(x, kernel, manner):
    """A loop over every input cell and every weight."""
    sizes = [
        transposed_size(n, k, **asdict(manner)) + 2 * manner.padding
        for n, k in zip(x.shape, kernel.shape, strict=True)
    ]
    canvas, counts = np.zeros(sizes, dtype=x.dtype), np.zeros(sizes, dtype=int)
    for (i, j), (a, b) in product(np.ndindex(*x.shape), np.ndindex(*kernel.shape)):
        cell = manner.stride * i + manner.dilation * a, manner.stride * j + manner.dilation * b
        canvas[cell] += x[i, j] * kernel[a, b]
        counts[cell] += 1
    return canvas, counts


def cropped(canvas, p):
    return canvas[p : canvas.shape[0] - p, p : canvas.shape[1] - p]


@given(cases())
def test_stamps_add_up_to_those_of_a_loop(case):
    x, kernel, manner = case
    frames = stamp(x, kernel, manner)
    canvas, counts = stamped(x, kernel, manner)
    np.testing.assert_array_equal(frames.running[-1], canvas)
    np.testing.assert_array_equal(frames.covered[-1], counts)
    np.testing.assert_array_equal(frames.output, cropped(canvas, manner.padding))
    np.testing.assert_array_equal(frames.overlaps, cropped(counts, manner.padding))
    for step in map(frames.at, range(len(frames))):
        assert step.value == x[step.row, step.column]
        assert step.corner.tolist() == [manner.stride * step.row, manner.stride * step.column]
        np.testing.assert_array_equal(step.stamp, step.value * kernel)


@given(cases())
def test_so_far_only_the_cells_so_far_count(case):
    x, kernel, manner = case
    frames = stamp(x, kernel, manner)
    for n in range(len(frames)):
        part = np.where(np.arange(x.size).reshape(x.shape) <= n, x, 0)
        np.testing.assert_array_equal(frames.running[n], stamped(part, kernel, manner)[0])


def whole_matrix(frames):
    """The layer's matrix (input cells, output cells): row i reads what input cell i stamps on."""
    rows = []
    for i in range(frames.input.size):
        unit = np.zeros(frames.input.size, dtype=int)
        unit[i] = 1
        manner = Manner(frames.stride, frames.padding, frames.output_padding, frames.dilation)
        canvas, _ = stamped(unit.reshape(frames.input.shape), frames.kernel, manner)
        rows.append(cropped(canvas, manner.padding).ravel())
    return np.array(rows)


@given(cases())
def test_it_is_the_layer_transposed_and_the_way_back_is_both(case):
    frames = stamp(*case)
    matrix = whole_matrix(frames)
    np.testing.assert_array_equal(frames.output.ravel(), matrix.T @ frames.input.ravel())
    np.testing.assert_array_equal(frames.seen.ravel(), matrix @ frames.bright.ravel())
    np.testing.assert_array_equal(frames.back.ravel(), matrix.T @ matrix @ frames.bright.ravel())
    assert frames.bright.sum() == 1


@given(st.integers(1, 4), st.lists(st.integers(-9, 9), min_size=1, max_size=4))
def test_the_matrix_in_one_dimension_has_a_window_in_each_row(n, weights):
    manner = Manner(stride=2, padding=0, dilation=2, output_padding=1)
    matrix = layer_matrix(n, np.array(weights), manner)
    z = np.arange(1, matrix.shape[1] + 1)
    for i, row in enumerate(matrix):
        assert row @ z == sum(w * z[2 * i + 2 * a] for a, w in enumerate(weights))


@given(cases())
def test_overlaps_are_even_inside_where_the_shares_are(case):
    _, kernel, manner = case
    many = 2 * max(kernel.shape) * manner.dilation + 2
    far = stamp(np.ones((1, many)), kernel[:1], Manner(manner.stride, 0, 0, manner.dilation))
    reach = manner.dilation * (kernel.shape[1] - 1)
    inside = far.overlaps[0, reach : len(far.overlaps[0]) - reach]
    assert (np.ptp(inside) == 0) == (np.ptp(far.shares_across) == 0)
    assert far.shares_across.sum() == kernel.shape[1]


def test_three_by_stride_two_is_a_checkerboard_and_four_is_not():
    frames = stamp(np.ones((3, 3), dtype=int), np.ones((3, 3), dtype=int), Manner(2, 1, 1))
    assert frames.output.shape == (6, 6)
    assert frames.overlaps[1].tolist() == [2, 4, 2, 4, 2, 2]
    assert frames.other_kernel.tolist() == [4, 4]
    assert set(frames.other_overlaps[1:-1, 1:-1].ravel().tolist()) == {4}


@given(cases())
def test_every_check_passes_and_finds_a_wrong_number(case):
    x, kernel, manner = case
    for frames in (stamp(x, kernel, manner), stamp(x / 7, kernel / 3, manner)):
        assert [check.name for check in verify_stamps(frames) if not check.passed] == []
    fields = frames.arrays() | asdict(manner)
    for name in ("output", "running", "overlaps", "matrix_output", "seen", "back", "difference"):
        wrong = Stamps(**(fields | {name: fields[name] + 1}))
        assert not all(check.passed for check in verify_stamps(wrong)), name


def test_padding_that_leaves_nothing_is_refused():
    with pytest.raises(InputError, match="leaves nothing") as raised:
        stamp(np.ones((1, 1)), np.ones((2, 2)), Manner(padding=1))
    assert raised.value.option == "--padding"


@EVERY_FORMAT
def test_they_come_back_from_a_file(suffix, tmp_path):
    frames = stamp(np.arange(6).reshape(2, 3), np.eye(2, dtype=int), Manner(2, 0, 1))
    assert_comes_back(frames, tmp_path, suffix)
