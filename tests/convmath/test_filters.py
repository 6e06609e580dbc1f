import numpy as np
import pytest
from scipy import ndimage

from convmath import InputError
from convmath.filters import FILTERS, box, gaussian, named_filter, parse_filter

IMPULSE = np.zeros((41, 41))
IMPULSE[20, 20] = 1.0


@pytest.mark.parametrize("sigma", [0.5, 1.0, 1.7, 3.0])
def test_the_gaussian_is_what_scipy_makes_of_an_impulse(sigma: float):
    made = gaussian(sigma).weights
    assert made.sum() == pytest.approx(1.0, abs=1e-14)
    radius = made.shape[0] // 2
    inside = slice(20 - radius, 21 + radius)
    expected = ndimage.gaussian_filter(IMPULSE, sigma)[inside, inside]
    np.testing.assert_allclose(made, expected, rtol=0, atol=1e-15)


@pytest.mark.parametrize("size", [1, 3, 9])
def test_the_box_is_an_average(size: int):
    made = box(size)
    expected = ndimage.uniform_filter(IMPULSE, size)
    middle = slice(20 - size // 2, 21 + size // 2)
    np.testing.assert_allclose(made.weights / made.divisor, expected[middle, middle], atol=1e-15)
    assert made.gain == 1.0


@pytest.mark.parametrize(
    ("name", "gain"),
    [
        ("box", 1.0),
        ("sobel-x", 0.0),
        ("sobel-y", 0.0),
        ("laplacian", 0.0),
        ("sharpen", 1.0),
        ("emboss", 1.0),
        ("edge-pair", 0.0),
    ],
)
def test_what_a_flat_area_is_multiplied_by(name: str, gain: float):
    assert parse_filter(name).gain == gain


def test_weights_that_balance_but_for_rounding_have_no_gain():
    assert parse_filter("0.1,0.2,-0.3").weights.sum() != 0
    assert parse_filter("0.1,0.2,-0.3").gain == 0.0


def test_sharpen_is_the_pixel_minus_the_laplacian():
    identity = np.zeros((3, 3), dtype=np.int64)
    identity[1, 1] = 1
    expected = identity - parse_filter("laplacian").weights
    np.testing.assert_array_equal(parse_filter("sharpen").weights, expected)


def test_every_name_is_known_in_capitals_too():
    for name in FILTERS:
        assert parse_filter(f" {name.upper()} ").name == name
        assert named_filter(name, size=3, sigma=1.0).name == name


def test_turned_by_half():
    emboss = parse_filter("emboss")
    np.testing.assert_array_equal(emboss.turned().weights, np.rot90(emboss.weights, 2))
    assert not emboss.symmetric
    assert box(3).symmetric


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("shapren", "did you mean 'sharpen'?"),
        ("qqq", "unknown kernel 'qqq'"),
        ("1,2;3", "different lengths"),
        ("0,0", "all weights are zero"),
        ("", ""),
    ],
)
def test_what_is_no_kernel_is_refused(text: str, said: str):
    with pytest.raises(InputError) as caught:
        parse_filter(text)
    assert said in str(caught.value)
