"""Weighted copies against closed forms, numpy.convolve and SciPy."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import signal, stats

from convmath import InputError, parse_signal
from convmath.copies import WeightedCopies, sharpened, verify_copies, weigh_copies
from tests.convmath.saved import EVERY_FORMAT, assert_comes_back

T = np.linspace(-3, 7, 401)


def kernel(text: str):
    return parse_signal(text, variable="x")


def copies(text: str, center, value, t=T) -> WeightedCopies:
    return weigh_copies(kernel(text), center, value, t)


def test_the_line_at_minus_two_cuts_the_parabolas_at_9_16_and_25():
    step = copies("x^2", [1, 2, 3], [2, 1, 0.5], [-2, -1]).at(0)
    assert step.weight.tolist() == [9, 16, 25]
    assert step.product.tolist() == [9 * 2, 16 * 1, 25 * 0.5]
    assert step.output == 46.5


def test_at_minus_one_the_weights_would_be_others():
    assert copies("x^2", [1, 2, 3], [2, 1, 0.5], [-2, -1]).at(1).weight.tolist() == [4, 9, 16]


def test_three_parabolas_add_up_to_one():
    frames = copies("x^2", [1, 2, 3], [2, 1, 0.5])
    # 2 (t − 1)² + (t − 2)² + ½ (t − 3)², multiplied out
    expected = 3.5 * T**2 - 11 * T + 10.5
    np.testing.assert_allclose(frames.output, expected, rtol=0, atol=1e-12 * expected.max())


@pytest.mark.parametrize(
    ("center", "value"),
    [
        ([0], [1.0]),
        ([2, -1, 0], [1.0, -2.0, 0.5]),
        ([0, 1, 2, 3, 4, 5, 6, 7], [1.0, 0.0, -1.0, 2.0, 3.0, 0.25, -4.0, 1.0]),
    ],
)
@pytest.mark.parametrize("text", ["x^2 - 3x", "2^(-x)*u(x)", "rect((x-2)/5)", "-tri(x/3)", "x"])
def test_at_whole_t_it_is_numpy_convolve(text: str, center: list[int], value: list[float]):
    n = np.arange(-10, 11)
    frames = copies(text, center, value, n)
    f = np.zeros(max(center) - min(center) + 1)
    f[np.array(center) - min(center)] = value
    around = np.arange(-10 - max(center), 11 - min(center))
    full = np.convolve(f, kernel(text)(around))
    expected = full[n - around[0] - min(center)]
    scale = np.abs(frames.product).sum(axis=1).max()
    np.testing.assert_allclose(frames.output, expected, rtol=0, atol=1e-12 * scale)


def test_a_bell_at_each_point_is_a_mixture():
    center, value = np.array([-1.3, 0.4, 2.25]), np.array([0.2, 0.5, 0.3])
    frames = copies("gauss(x)", center, value)
    densities = stats.norm.pdf(T[:, None], loc=center) * np.sqrt(2 * np.pi)
    np.testing.assert_allclose(frames.weight, densities, rtol=0, atol=1e-13)
    np.testing.assert_allclose(frames.output, densities @ value, rtol=0, atol=1e-13)


def test_a_smooth_kernel_filters_a_train_of_impulses():
    step = 1 / 8
    t = np.arange(-64, 65) * step
    train = np.zeros(t.size)
    train[[64 - 12, 64, 64 + 20]] = [1.0, -2.0, 0.5]
    expected = signal.fftconvolve(train, np.exp(-(t**2)) * np.cos(3 * t), mode="same")
    frames = copies("exp(-x^2)*cos(3x)", [-1.5, 0.0, 2.5], [1.0, -2.0, 0.5], t)
    np.testing.assert_allclose(frames.output, expected, rtol=0, atol=1e-13)


def test_a_weight_at_a_jump_is_the_limit_from_the_right():
    # 0.3 − 0.1 is less than 0.2 in floating point.
    frames = copies("u(x - 0.2)", [0.1, 0.2], [1, 1], [0.0, 0.3, 0.4])
    assert frames.weight.tolist() == [[0, 0], [1, 0], [1, 1]]


def test_the_curve_of_the_output_has_vertical_edges():
    frames = copies("rect(x)", [0, 2], [1, -3])
    t, y = frames.curve.T
    at = np.flatnonzero(np.diff(t) == 0)
    assert t[at].tolist() == [-0.5, 0.5, 1.5, 2.5]
    assert np.diff(y)[at].tolist() == [1, -1, -3, 3]
    np.testing.assert_allclose(np.interp(0.1, t, y), 1)


def test_the_curve_of_g_reaches_as_far_as_any_copy_is_seen():
    frames = copies("x^2", [1, 2, 3], [2, 1, 0.5])
    assert (frames.kernel[0, 0], frames.kernel[-1, 0]) == (-3 - 3, 7 - 1)


def test_the_lowest_output_is_found_between_the_steps():
    frames = copies("x^2", [1, 2, 3], [2, 1, 0.5], np.linspace(-3, 7, 11))
    step = int(np.argmin(frames.output))
    assert sharpened(frames, kernel("x^2"), step) == pytest.approx(11 / 7, abs=1e-6)
    up = copies("-x^2", [1, 2, 3], [2, 1, 0.5], np.linspace(-3, 7, 11))
    assert sharpened(up, kernel("-x^2"), step) == pytest.approx(11 / 7, abs=1e-6)


GOOD = [
    ("x^2", [1, 2, 3], [2, 1, 0.5]),
    ("rect(x)", [0.1, 0.2, 0.5], [1, -1, 2]),
    ("-exp(-x)*u(x)", [0, 1.5, 4], [1, -1, 2]),
    ("sin(3x)", [np.pi, 1], [1, 7]),
    ("1e6 x^2", [3], [-2]),
]


@pytest.mark.parametrize(("text", "center", "value"), GOOD)
def test_frames_pass_their_checks(text, center, value):
    found = verify_copies(copies(text, center, value), kernel(text))
    assert [check.name for check in found if not check.passed] == []
    lattice = any("numpy" in check.name for check in found)
    assert lattice == (np.pi not in center)


@pytest.mark.parametrize("step", [0, 160, 400])
def test_frames_that_are_wrong_at_one_step_do_not_pass(step: int):
    good = copies("x^2", [1, 2, 3], [2, 1, 0.5])
    output = good.output.copy()
    output[step] += 1e-6
    checks = verify_copies(replace(good, output=output), kernel("x^2"))
    failed = [check.name for check in checks if not check.passed]
    # Every fortieth step lies on the lattice of the whole points.
    assert failed == [
        "output against the sum of whole copies",
        "output against numpy.convolve",
    ]


def test_a_curve_that_is_not_the_output_does_not_pass():
    good = copies("x^2", [1, 2, 3], [2, 1, 0.5])
    checks = verify_copies(replace(good, curve=good.curve * [1, 1.01]), kernel("x^2"))
    assert [check.name for check in checks if not check.passed] == ["drawn output"]


@EVERY_FORMAT
def test_they_come_back_from_a_file(suffix: str, tmp_path):
    frames = copies("rect(x)", [1, 2, 3], [2, 1, 0.5])
    assert_comes_back(frames, tmp_path, suffix)


@pytest.mark.parametrize(
    ("text", "center", "value", "says"),
    [
        ("x", [], [], "points must be a row of finite numbers"),
        ("x", [[1, 2]], [1, 2], "points must be a row"),
        ("x", [1, np.nan], [1, 2], "points must be a row of finite"),
        ("x", [1, 2], [1, np.inf], "values of f must be a row of finite"),
        ("x", [1, 2], [1, 2, 3], "2 points need as many values, not 3"),
        ("x", [1, 2, 1], [1, 2, 3], "the point 1 is there twice"),
        ("x + delta(x)", [1, 2], [1, 2], "an impulse has no height"),
        ("exp(x^2)", [1, 2], [1, 2], "too high to be read off"),
        ("x^2", [1, 2], [1e9, 2], "too high to be read off"),
    ],
)
def test_what_cannot_be_weighed_is_refused(text, center, value, says):
    with pytest.raises(InputError, match=says):
        copies(text, center, value)


def test_t_has_to_be_finite():
    with pytest.raises(InputError, match="finite"):
        copies("x", [1], [1], [0.0, np.nan])
