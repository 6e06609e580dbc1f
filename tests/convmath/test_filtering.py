import numpy as np
import pytest
from PIL import Image
from scipy import ndimage

from convmath import InputError
from convmath.arrays import FloatArray, IntArray
from convmath.filtering import (
    FilteredPicture,
    filter_picture,
    filtered,
    flattest,
    luma,
    shown_range,
    steepest,
)
from convmath.filters import FILTERS, Filter, box, gaussian, named_filter, parse_filter
from convmath.verify_filtering import verify_filtering
from tests.convmath.saved import EVERY_FORMAT, assert_comes_back

RANDOM = np.random.default_rng(7)
PICTURE = RANDOM.integers(0, 256, (3, 23, 31))
GREY = luma(PICTURE)
ROUNDING = 1e-10  # of numbers up to a few thousand


def direct(grey: IntArray, kernel: Filter) -> FloatArray:
    """The definition, pixel by pixel: the nearest pixel stands beyond the border."""
    (rows, columns), (k, width) = grey.shape, kernel.shape
    made = np.zeros(grey.shape)
    for i in range(rows):
        for j in range(columns):
            for a in range(k):
                for b in range(width):
                    row = min(max(i + a - (k - 1) // 2, 0), rows - 1)
                    column = min(max(j + b - (width - 1) // 2, 0), columns - 1)
                    made[i, j] += kernel.weights[a, b] * grey[row, column]
    return made / kernel.divisor


ODD = ["1,2;3,4", "1,-1,2,0.5", "1;2;-3;4", "1,2,3;4,5,6", "1/3"]


@pytest.mark.parametrize("name", [*FILTERS, *ODD])
def test_filtering_is_the_double_sum(name: str):
    kernel = parse_filter(name, size=5, sigma=0.6)
    np.testing.assert_allclose(
        filtered(GREY[None], kernel)[0], direct(GREY, kernel), rtol=0, atol=ROUNDING
    )


@pytest.mark.parametrize("size", [3, 9])
def test_the_box_against_scipy(size: int):
    expected = ndimage.uniform_filter(GREY.astype(float), size, mode="nearest")
    np.testing.assert_allclose(filtered(GREY[None], box(size))[0], expected, atol=ROUNDING)


@pytest.mark.parametrize("sigma", [0.5, 1.0, 2.3])
def test_the_gaussian_against_scipy(sigma: float):
    expected = ndimage.gaussian_filter(GREY.astype(float), sigma, mode="nearest")
    np.testing.assert_allclose(filtered(GREY[None], gaussian(sigma))[0], expected, atol=ROUNDING)


@pytest.mark.parametrize(("name", "axis"), [("sobel-x", 1), ("sobel-y", 0)])
def test_sobel_against_scipy(name: str, axis: int):
    expected = ndimage.sobel(GREY, axis=axis, mode="nearest")
    np.testing.assert_array_equal(filtered(GREY[None], parse_filter(name))[0], expected)


def test_the_laplacian_against_scipy():
    expected = ndimage.laplace(GREY, mode="nearest")
    np.testing.assert_array_equal(filtered(GREY[None], parse_filter("laplacian"))[0], expected)


def test_turned_kernels_convolve():
    emboss = parse_filter("emboss")
    expected = ndimage.convolve(GREY, emboss.weights, mode="nearest")
    np.testing.assert_array_equal(filtered(GREY[None], emboss.turned())[0], expected)


def test_channels_are_filtered_by_themselves():
    kernel = parse_filter("emboss")
    alone = [ndimage.correlate(channel, kernel.weights, mode="nearest") for channel in PICTURE]
    np.testing.assert_array_equal(filtered(PICTURE, kernel), alone)


def test_brightness_is_pillows_but_for_rounding():
    pixels = np.moveaxis(PICTURE, 0, -1).astype(np.uint8)
    expected = np.asarray(Image.fromarray(pixels).convert("L"), dtype=np.int64)
    assert np.abs(GREY - expected).max() <= 1
    assert luma(np.full((3, 1, 1), 255)).item() == 255
    np.testing.assert_array_equal(luma(GREY[None]), GREY)


def frames_of(picture: IntArray = PICTURE) -> tuple[FilteredPicture, list[Filter]]:
    kernels = [named_filter(name, size=5, sigma=1.0) for name in FILTERS]
    return filter_picture(picture, box(3), kernels, kernels[-1], (2, 4, 7, 9)), kernels


def test_steps_are_the_kernel_inside_the_patch():
    frames, _ = frames_of()
    assert frames.map_shape == (5, 7)
    assert len(frames) == 35
    np.testing.assert_array_equal(frames.patch_pixels, GREY[2:9, 4:13])
    for i in range(len(frames)):
        step = frames.at(i)
        window = GREY[step.row - 1 : step.row + 2, step.column - 1 : step.column + 2]
        np.testing.assert_array_equal(step.window, window)
        assert step.total == window.sum()
        assert step.output == window.sum() / 9
    assert (frames.at(0).row, frames.at(0).column) == (3, 5)
    assert frames.nearest(3, 5) == 0
    assert frames.nearest(7, 11) == 34
    telling = frames.at(frames.most_telling())
    assert telling.output % 1 == 0 or not (frames.output % 1 == 0).any()


def test_checks_pass_and_would_fail():
    frames, kernels = frames_of()
    checks = verify_filtering(frames, kernels, kernels[-1])
    assert [check.name for check in checks if not check.passed] == []
    turned = verify_filtering(frames, [kernel.turned() for kernel in kernels], kernels[-1])
    asymmetric = [not kernel.symmetric for kernel in kernels]
    assert [not check.passed for check in turned[: len(kernels)]] == asymmetric
    assert any(asymmetric)
    assert not all(asymmetric)


def test_a_picture_of_one_value_has_no_edges_and_stays():
    picture = np.full((1, 20, 20), 77)
    frames, kernels = frames_of(picture)
    for kernel, result in zip(kernels, frames.results, strict=True):
        np.testing.assert_allclose(result, 77 * kernel.gain, atol=ROUNDING)
    assert (frames.flat == 77).all()
    assert [frames.cut_off(i) for i in range(len(kernels))] == [0.0] * len(kernels)


def test_scales():
    values = np.linspace(-50, 50, 1001)
    assert shown_range(values, box(3)) == (0.0, 255.0)
    assert shown_range(values, parse_filter("2,1")) == (0.0, 765.0)
    assert shown_range(values, parse_filter("-1,0")) == (-255.0, 0.0)
    assert shown_range(values, parse_filter("sobel-x")) == (-50.0, 50.0)
    assert shown_range(0 * values, parse_filter("sobel-x")) == (-10.0, 10.0)


def test_kernels_with_the_same_weights_share_the_wider_scale():
    frames, kernels = frames_of()
    across, down = FILTERS.index("sobel-x"), FILTERS.index("sobel-y")
    own = [shown_range(frames.results[i], kernels[i]) for i in (across, down)]
    assert own[0] != own[1]
    for i in (across, down):
        assert (frames.low[i], frames.high[i]) == max(own, key=lambda ends: ends[1])
    i = FILTERS.index("laplacian")
    assert (frames.low[i], frames.high[i]) == shown_range(frames.results[i], kernels[i])


def test_products_of_the_edge_add_up_to_its_outputs():
    frames, _ = frames_of()
    for i, output in enumerate(frames.steep_output):
        products = frames.edge_products(i)
        assert products.sum() == output
        assert (products != 0).all()
        signs = np.sign(products)
        assert (np.diff(signs) <= 0).all()


def test_shades_put_zero_in_the_middle_and_cut_off():
    frames, _ = frames_of()
    i = FILTERS.index("sobel-x")
    shades = frames.shades(i)
    assert shades.min() == 0
    assert shades.max() == 255
    beyond = np.abs(frames.results[i]) > frames.high[i]
    assert frames.cut_off(i) == beyond.mean() > 0
    zero = frames.results[i] == 0
    assert (np.abs(shades[zero] - 127.5) <= 0.5).all()
    assert set(np.unique(shades[beyond])) <= {0, 255}
    assert frames.shaded_colours().shape == PICTURE.shape


def test_the_clearest_edge_and_the_flattest_place():
    grey = RANDOM.integers(0, 40, (20, 30))
    grey[8:11, 10:13], grey[8:11, 13:16] = 10, 250
    assert steepest(grey, (3, 6)) == (8, 10)
    grey[2:4, 20:25] = 17
    assert flattest(grey, (2, 5)) == (2, 20)


@EVERY_FORMAT
def test_frames_come_back(suffix: str, tmp_path):
    frames, _ = frames_of()
    assert_comes_back(frames, tmp_path, suffix)


def test_a_large_picture_is_no_table(tmp_path):
    kernel = box(3)
    frames = filter_picture(
        RANDOM.integers(0, 256, (1, 240, 360)), kernel, [kernel], kernel, (0, 0, 7, 9)
    )
    with pytest.raises(InputError, match="columns"):
        frames.save(tmp_path / "a.csv")
    assert list(tmp_path.iterdir()) == []


def test_kernels_larger_than_the_picture_are_refused():
    with pytest.raises(InputError, match="larger"):
        filter_picture(PICTURE, box(25), [box(25)], box(25), (0, 0, 23, 31))
