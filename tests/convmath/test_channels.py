"""Sums over channels, against numpy.convolve, numpy.correlate and the definition."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from convmath import (
    InputError,
    Sequence,
    convolution_and_layer,
    convolve_channels,
    correlate_channels,
    stacked,
    verify_channels,
)
from tests.convmath.saved import EVERY_FORMAT, assert_comes_back

H = Sequence([2, 1, 1])
CHANNELS = [
    Sequence([2, 2, 1, 0, 0, 1]),
    Sequence([0, 1, 1, 2, 1, 0]),
    Sequence([1, 0, 0, 1, 2, 2]),
]
KERNELS = [Sequence([1, 0, -1]), Sequence([0, 1, 1]), Sequence([-1, -1, 1])]
FRAMES, LAYER = convolution_and_layer(H, KERNELS, CHANNELS)


@st.composite
def whole(draw: st.DrawFn):
    """h, kernels and channels of whole numbers, the kernels no longer than the channels."""
    count, width = draw(st.integers(1, 4)), draw(st.integers(1, 5))
    length = draw(st.integers(width, 9))

    def rows(n: int, size: int) -> list[Sequence]:
        numbers = st.lists(st.integers(-1000, 1000), min_size=size, max_size=size)
        return [Sequence(draw(numbers)) for _ in range(n)]

    return rows(1, draw(st.integers(1, 5)))[0], rows(count, width), rows(count, length)


def test_literal():
    assert FRAMES.n.tolist() == list(range(-1, 9))
    assert FRAMES.sums[3].tolist() == [2 * 1 + 1 * 2 + 1 * 2, 2 * 1 + 1 * 1 + 1 * 0, 0 + 0 + 1]
    assert FRAMES.output.tolist() == [0, 6, 9, 10, 11, 11, 12, 6, 3, 0]
    assert FRAMES.peak == (5, 12)
    assert FRAMES.layer_sums.tolist() == [[1, 2, -1], [2, 3, 1], [1, 3, 1], [-1, 1, -1]]
    assert FRAMES.layer_output.tolist() == [2, 6, 5, -1]


@given(given=whole())
def test_both_are_sums_of_numpy_exactly(given):
    h, kernels, channels = given
    frames, layer = convolution_and_layer(h, kernels, channels)
    full = sum(np.convolve(h.values, x.values) for x in channels)
    pairs = list(zip(kernels, channels, strict=True))
    valid = sum(np.correlate(x.values, w.values, "valid") for w, x in pairs)
    assert frames.output.dtype == frames.layer_output.dtype == np.int64
    assert frames.output.tolist() == [0, *full.tolist(), 0]
    assert frames.layer_output.tolist() == layer.output.tolist() == valid.tolist()
    assert all(check.passed and check.value == 0 for check in verify_channels(frames, *given))


@given(given=whole())
def test_the_channels_may_be_added_first_if_they_share_a_kernel(given):
    h, _, channels = given
    n = (-1, channels[0].values.size + h.values.size)
    apart = convolve_channels([h] * len(channels), channels, n)
    together = convolve_channels([h], [Sequence(sum(x.values for x in channels))], n)
    np.testing.assert_array_equal(apart.output, together.output)


@given(given=whole())
def test_a_layer_is_a_convolution_with_flipped_kernels(given):
    _, kernels, channels = given
    n = (-2, channels[0].values.size)
    layer = correlate_channels(kernels, channels, n)
    flipped = convolve_channels([w.flipped() for w in kernels], channels, n)
    np.testing.assert_array_equal(layer.sums, flipped.sums)


def test_fractions_to_the_last_digit():
    rows = [[0.5, -0.25, 3.0], [1.5, 0.125, -2.0]]
    kernels = [[0.1, 0.7], [-0.3, 1 / 3]]
    channels = [Sequence(row) for row in rows]
    frames, _ = convolution_and_layer(
        Sequence([0.1, 0.2]), [Sequence(w) for w in kernels], channels
    )
    exact = [
        sum(
            Fraction(w[k]) * Fraction(x[n + k])
            for w, x in zip(kernels, rows, strict=True)
            for k in (0, 1)
        )
        for n in (0, 1)
    ]
    assert frames.layer_output.tolist() == pytest.approx([float(y) for y in exact], rel=1e-14)


@given(given=whole())
def test_blocks_stand_on_each_other_and_their_height_is_the_output(given):
    _, kernels, channels = given
    frames = correlate_channels(kernels, channels, (0, 3))
    for step in range(len(frames)):
        above = below = 0
        for share, (start, end) in zip(frames.sums[step], frames.block[step], strict=True):
            assert end - start == share
            if share > 0:
                assert start == above
                above = end
            elif share < 0:
                assert start == below
                below = end
        assert above + below == frames.output[step]


def test_blocks_of_nothing_have_no_height():
    assert stacked(np.zeros((2, 3), dtype=np.int64)).tolist() == [[[0, 0]] * 3] * 2


def test_a_lane_is_the_sliding_sum_of_its_channel():
    for c, x in enumerate(CHANNELS):
        lane = FRAMES.lane(c)
        np.testing.assert_array_equal(lane.output[1:-1], np.convolve(H.values, x.values))
        np.testing.assert_array_equal(lane.product, lane.fixed * lane.moving)
        np.testing.assert_array_equal(lane.partial[:, -1], lane.output)
        np.testing.assert_array_equal(lane.original, x.values)
    for c, w in enumerate(KERNELS):
        lane = LAYER.lane(c)
        for step, n in enumerate(lane.n):
            under = (lane.k >= n) & (lane.k < n + w.values.size)
            np.testing.assert_array_equal(lane.moving[step, under], w.values)
            assert lane.limits[step].tolist() == [n, n + w.values.size - 1]


def test_shapes_are_as_documented():
    n_n, n_c, n_k = len(FRAMES), 3, FRAMES.k.size
    assert FRAMES.sums.shape == (n_n, n_c)
    assert FRAMES.block.shape == (n_n, n_c, 2)
    assert FRAMES.moving.shape == FRAMES.product.shape == (n_n, n_c, n_k)
    assert FRAMES.fixed.shape == (n_c, n_k)
    assert FRAMES.original.shape == (n_c, 6)
    assert FRAMES.layer_kernels.shape == (n_c, 3)
    assert FRAMES.layer_sums.shape == (4, n_c)
    assert FRAMES.at(3).product.shape == (n_c, n_k)
    assert FRAMES.channels == n_c


@EVERY_FORMAT
def test_frames_come_back_as_they_were(tmp_path, suffix):
    assert_comes_back(FRAMES, tmp_path, suffix)


def test_sums_too_large_for_int64_are_floats():
    large = Sequence([2**52])
    frames = convolve_channels([Sequence([2**10])] * 3, [large] * 3, (0, 0))
    assert frames.output.dtype == np.float64
    assert frames.output.tolist() == [3 * 2.0**62]


def test_one_lane_of_fractions_makes_all_of_them_floats():
    frames = convolve_channels([Sequence([1]), Sequence([0.5])], [Sequence([1])] * 2, (0, 0))
    assert frames.sums.tolist() == [[1.0, 0.5]]


@pytest.mark.parametrize(
    ("kernels", "channels", "says"),
    [
        ([H], CHANNELS, "3 channels and 1 kernels"),
        ([], [], "0 channels"),
        ([H] * 2, [Sequence([1]), Sequence([1, 2])], "channels do not all"),
        ([H, Sequence([1])], CHANNELS[:2], "kernels do not all"),
    ],
)
def test_unlike_channels_are_refused(kernels, channels, says):
    for make in (convolve_channels, correlate_channels):
        with pytest.raises(InputError, match=says):
            make(kernels, channels, (0, 1))


def test_a_kernel_longer_than_its_channel_is_refused():
    with pytest.raises(InputError, match="kernel of 3 numbers does not fit into a channel of 2"):
        convolution_and_layer(H, KERNELS[:1], [Sequence([1, 2])])


@pytest.mark.parametrize(
    ("name", "check"),
    [
        ("output", "output against the sum of numpy.convolve"),
        ("product", "sum of the drawn products"),
        ("block", "height of the stack"),
        ("layer_output", "layer against the sum of numpy.correlate"),
    ],
)
def test_what_is_corrupted_is_found(name, check):
    wrong = replace(FRAMES, **{name: getattr(FRAMES, name) + 1})
    failed = [c.name for c in verify_channels(wrong, H, KERNELS, CHANNELS) if not c.passed]
    assert check in failed
    assert all(c.passed for c in verify_channels(FRAMES, H, KERNELS, CHANNELS))
