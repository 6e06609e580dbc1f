"""Volumes, and a kernel's way through them, against loops over voxels and scipy.signal."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import signal

from convmath import InputError
from convmath.grid_frames import sweep_grid
from convmath.volume import VOLUME_NAMES, named_volume, parse_volume, slice_sums

SIZES = st.tuples(*[st.integers(1, 5)] * 3)


@st.composite
def cases(draw):
    """A volume, a kernel that fits, padding, stride, and whether it is reversed."""
    kernel, more = draw(st.tuples(*[st.integers(1, 3)] * 3)), draw(SIZES)
    sizes = tuple(k + n - 1 for k, n in zip(kernel, more, strict=True))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    options = draw(st.integers(0, 2)), draw(st.integers(1, 3)), draw(st.booleans())
    return random.integers(-9, 10, sizes), random.integers(-9, 10, kernel), *options


@given(cases())
def test_the_output_is_the_loop_over_voxels_and_scipys(case):
    x, w, padding, stride, flip = case
    frames = sweep_grid(x[None], w[None, None], padding=padding, stride=stride, flip=flip)
    around = np.pad(x, padding)
    both = signal.convolve if flip else signal.correlate
    kept = (slice(None, None, stride),) * 3
    expected = both(around, w, "valid", method="direct")[kept]
    np.testing.assert_array_equal(frames.maps[0], expected)
    laid = w[::-1, ::-1, ::-1] if flip else w
    for cell, output in zip(frames.cell.tolist(), frames.output[:, 0].tolist(), strict=True):
        total = 0
        for a in product(*map(range, w.shape)):
            i, j, k = (stride * at + by for at, by in zip(cell, a, strict=True))
            total += int(laid[a]) * int(around[i, j, k])
        assert output == total


@given(cases())
def test_slices_add_up_to_the_output(case):
    x, w, padding, stride, flip = case
    frames = sweep_grid(x[None], w[None, None], padding=padding, stride=stride, flip=flip)
    sums = slice_sums(frames)
    assert sums.shape == (len(frames), len(w))
    np.testing.assert_array_equal(sums.sum(axis=1), frames.output[:, 0])
    for n, a in product(range(len(frames)), range(len(w))):
        products = frames.weights[0, 0, a] * frames.window[n, 0, a]
        assert sums[n, a] == products.sum()


@given(st.sampled_from(VOLUME_NAMES), SIZES, st.integers(0, 99))
def test_named_volumes_are_small_whole_numbers(name, sizes, seed):
    x = named_volume(name, sizes, seed=seed)
    assert (x.shape, x.dtype) == (sizes, np.int64)
    assert 0 <= x.min() <= x.max() <= 9
    np.testing.assert_array_equal(x, named_volume(name, sizes, seed=seed))


def test_a_ball_looks_the_same_from_all_sides():
    ball = named_volume("ball", (5, 5, 5))
    for axis in range(3):
        np.testing.assert_array_equal(ball, np.flip(ball, axis))
    np.testing.assert_array_equal(ball, ball.transpose(1, 2, 0))
    assert ball[2, 2, 2] == ball.max() > ball[0, 0, 0] == 0


def test_a_spot_moves_on_by_one():
    spot = named_volume("spot", (3, 4, 4))
    for before, after in pairwise(spot):
        np.testing.assert_array_equal(after[1:, 1:], before[:-1, :-1])
    assert [int((one > 0).sum()) for one in spot] == [4, 4, 4]


@given(SIZES, st.integers(0, 9999))
def test_typed_slices_are_read_back(sizes, seed):
    x = np.random.default_rng(seed).integers(-9, 10, sizes)
    text = "|".join(";".join(",".join(map(str, row)) for row in one) for one in x.tolist())
    np.testing.assert_array_equal(parse_volume(text, "--volume", most=5), x)


@pytest.mark.parametrize(
    ("text", "problem", "position"),
    [
        ("1,2|3", "the slices have different sizes: 1 × 2 and 1 × 1", None),
        ("1,2;3|3,4;5,6", "the rows have different lengths", None),
        ("1,2|3,y", "unknown name 'y'", 6),
        ("1|", "an expression is missing", 2),
        ("cube", "there is no such volume", None),
        ("ball 6", "a volume of 6 × 6 × 6 cannot be shown", None),
        ("ball 2x0x2", "a volume of 2 × 0 × 2 cannot be shown", None),
        ("1|" * 5 + "1", "6 × 1 × 1 numbers are too many", None),
        ("1e999", "", None),
        ("9" * 5000, "", None),
    ],
)
def test_what_is_wrong_is_said(text, problem, position):
    with pytest.raises(InputError) as raised:
        parse_volume(text, "--volume", most=5)
    if problem:
        assert problem in raised.value.problem
        assert raised.value.option == "--volume"
    if position is not None:
        assert raised.value.position == position
