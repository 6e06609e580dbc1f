"""Both readings of a kernel against NumPy, SciPy, a loop over the definition, and spoilt frames."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import ndimage

from convmath import InputError, Sequence
from convmath.centering import (
    FLIPPED,
    INPUT,
    OUTPUT,
    centred,
    read_kernels,
    verify_readings,
)
from tests.convmath.saved import EVERY_FORMAT, assert_comes_back

W, S, F = [1, 2, 5], [1, 2, 1], [2, 3, 1, 2, 4, 1, 3]


def readings(w=W, s=S, f=F):
    return read_kernels(centred(Sequence(w)), centred(Sequence(s)), Sequence(f))


def test_whole_numbers_are_exact():
    frames = readings()
    assert frames.output.dtype == frames.product.dtype == frames.weight.dtype == np.int64
    for kernel, w in enumerate((W, S)):
        output = frames.output[:, kernel]
        np.testing.assert_array_equal(output[:, OUTPUT], np.correlate(F, w, "same"))
        np.testing.assert_array_equal(output[:, INPUT], np.convolve(F, w, "same"))
        np.testing.assert_array_equal(output[:, FLIPPED], np.correlate(F, w, "same"))


def test_scipys_centre_is_the_middle_weight():
    frames = readings([4, -1, 0, 2, 7], [1, 0, 3, 0, 1])
    w = frames.kernels[0]
    gathered = ndimage.correlate1d(frames.f, w, mode="constant")
    launched = ndimage.convolve1d(frames.f, w, mode="constant")
    np.testing.assert_array_equal(frames.output[:, 0, OUTPUT], gathered)
    np.testing.assert_array_equal(frames.output[:, 0, INPUT], launched)


def test_the_weights_are_those_of_the_definitions():
    """w[k − n], g[n − k] with g = w, and with g[x] = w[−x], each looked up by its index."""
    frames = readings()
    tap = {-1: 1, 0: 2, 1: 5}
    for step in (frames.at(i) for i in range(len(frames))):
        assert step.k.tolist() == [step.n - 1, step.n, step.n + 1]
        assert step.weight[0, OUTPUT].tolist() == [tap[k - step.n] for k in step.k]
        assert step.weight[0, INPUT].tolist() == [tap[step.n - k] for k in step.k]
        assert step.weight[0, FLIPPED].tolist() == [tap[-(step.n - k)] for k in step.k]


def test_an_input_of_one_sample_shows_where_a_kernel_is_centred():
    frames = readings(f=[0, 0, 1, 0, 0])
    assert frames.output[:, 0, INPUT].tolist() == [0, 1, 2, 5, 0]
    assert frames.output[:, 0, OUTPUT].tolist() == [0, 5, 2, 1, 0]


def test_beside_the_input_there_are_zeros():
    frames = readings()
    assert frames.sample[[0, -1]].tolist() == [[0, 2, 3], [1, 3, 0]]
    assert frames.k[0].tolist() == [-1, 0, 1]


def test_products_add_up_to_outputs():
    frames = readings([0.5, -1, 2], [1, 3, 1])
    np.testing.assert_array_equal(frames.product, frames.weight * frames.sample[:, None, None])
    np.testing.assert_allclose(frames.product.sum(axis=-1), frames.output, rtol=1e-15)


floats = st.floats(-100, 100)


@given(
    w=st.lists(floats, min_size=5, max_size=5),
    half=st.lists(floats, min_size=3, max_size=3),
    f=st.lists(floats, min_size=5, max_size=9),
)
def test_any_readings_pass_their_checks(w, half, f):
    frames = readings(w, [*half, *half[1::-1]], f)
    assert [check for check in verify_readings(frames) if not check.passed] == []


@pytest.mark.parametrize("reading", [OUTPUT, INPUT, FLIPPED])
@pytest.mark.parametrize("kernel", [0, 1])
def test_a_wrong_output_does_not_pass(kernel, reading):
    frames = readings()
    wrong = frames.output.copy()
    wrong[4, kernel, reading] += 1
    assert not all(check.passed for check in verify_readings(replace(frames, output=wrong)))


def test_one_reading_is_not_taken_for_the_other():
    frames = readings()
    swapped = frames.output[..., [INPUT, OUTPUT, INPUT]]
    failed = [
        check.name for check in verify_readings(replace(frames, output=swapped)) if not check.passed
    ]
    assert [name for name in failed if "against" not in name] == ["products add up to the outputs"]
    assert len(failed) == 4


def test_a_kernel_that_is_not_symmetric_is_noticed():
    checks = verify_readings(readings(s=[1, 2, 3]))
    assert [check.name for check in checks if not check.passed] == [
        "a symmetric kernel in both readings"
    ]


@EVERY_FORMAT
def test_frames_come_back_exactly(tmp_path, suffix):
    frames = readings([0.5, 2, -1])
    assert_comes_back(frames, tmp_path, suffix)


@pytest.mark.parametrize("row", [[1, 2], [1, 2, 3, 4]])
def test_an_even_number_of_weights_has_no_centre(row):
    with pytest.raises(InputError, match=f"{len(row)} weights have none in the middle") as refusal:
        centred(Sequence(row))
    assert "odd" in str(refusal.value.accepted)


def test_kernels_of_different_lengths_are_refused():
    with pytest.raises(InputError, match="3 and 5 weights"):
        readings(s=[1, 4, 6, 4, 1])
