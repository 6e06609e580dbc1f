"""Two orders of one convolution: two products, mirrored about τ = t/2, and one area."""

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from scipy.integrate import quad

from convmath import (
    DivergenceError,
    InputError,
    SlidingProduct,
    convolve_both_orders,
    convolve_continuous,
    verify,
)
from tests.convmath.pairs import (
    BURST,
    COMB,
    GRID,
    ONE,
    PAIRS,
    RAMP,
    RECT,
    STAIRS,
    TRI,
    agree,
    decay,
    flagship,
    signals,
)
from tests.convmath.saved import EVERY_FORMAT, assert_comes_back

H, T = decay(0.5, 2.0), np.linspace(-2, 15, 1001)
FRAMES = convolve_both_orders(H, STAIRS, T)


def test_both_areas_are_the_closed_form():
    assert np.abs(FRAMES.output - flagship(T)).max() <= 1e-12
    assert np.abs(FRAMES.swapped_output - flagship(T)).max() <= 1e-12


@pytest.mark.parametrize("name", sorted(PAIRS))
def test_both_areas_of_all_pairs_are_the_closed_form(name):
    pair = PAIRS[name]
    frames = convolve_both_orders(pair.h, pair.x, pair.t)
    expected = pair.y(pair.t)
    scale = np.abs(expected).max()
    for found in (frames.output, frames.swapped_output):
        assert np.abs(found - expected).max() <= 1e-12 * scale
    assert np.abs(frames.output - frames.swapped_output).max() <= 1e-12 * scale


@settings(max_examples=50, deadline=None)
@given(h=signals(), x=signals())
def test_the_areas_of_any_two_signals_agree(h, x):
    frames = convolve_both_orders(h, x, np.linspace(-7.03, 7.01, 57))
    assert agree(frames.output, frames.swapped_output, h, x)


def by_quad(fixed, moving, t):
    """∫ fixed(τ) moving(t − τ) dτ by QUADPACK, from the values of the signals alone."""
    cuts = np.unique([*fixed.breakpoints, *(t - moving.breakpoints)])
    stretches = pairwise([cuts[0] - 20, *cuts, cuts[-1] + 20])
    return sum(
        quad(lambda tau: float(fixed(tau) * moving(t - tau)), a, b, epsabs=1e-13)[0]
        for a, b in stretches
    )


@pytest.mark.parametrize(
    ("h", "x"), [(H, STAIRS), (TRI, STAIRS), (BURST, RAMP), (decay(1.0), BURST)]
)
def test_both_areas_are_what_quad_finds(h, x):
    t = np.linspace(-1.2, 6.1, 9)
    frames = convolve_both_orders(h, x, t)
    one, other = ([by_quad(a, b, at) for at in t] for a, b in ((h, x), (x, h)))
    np.testing.assert_allclose(frames.output, one, rtol=0, atol=1e-10)
    np.testing.assert_allclose(frames.swapped_output, other, rtol=0, atol=1e-10)


def lines(tau, product):
    """The segments of one step that are longer than a point, in order."""
    long = tau[:, -1] > tau[:, 0]
    return tau[long], product[long]


@settings(max_examples=50, deadline=None)
@given(h=signals(), x=signals())
def test_one_product_is_the_other_mirrored_about_half_of_t(h, x):
    frames = convolve_both_orders(h, x, np.linspace(-5.03, 5.01, 23), window=(-12.0, 12.0))
    scale = max(float(np.abs(frames.product).max()), 1e-3)
    for i in range(len(frames)):
        step = frames.at(i)
        tau, product = lines(step.tau, step.product)
        other_tau, other = lines(step.swapped_tau, step.swapped_product)
        np.testing.assert_allclose(step.t - tau[::-1, ::-1], other_tau, rtol=0, atol=1e-12)
        np.testing.assert_allclose(product[::-1, ::-1], other, rtol=0, atol=1e-10 * scale)


def test_the_two_products_of_the_flagship_differ_where_the_area_does_not():
    step = convolve_both_orders(H, STAIRS, [3.0]).at(0)
    grid = np.linspace(0.01, 2.99, 300)
    one, other = H(grid) * STAIRS(3 - grid), STAIRS(grid) * H(3 - grid)
    for expected, tau, product in (
        (one, step.tau, step.product),
        (other, step.swapped_tau, step.swapped_product),
    ):
        drawn = np.interp(grid, tau.ravel(), product.ravel())
        np.testing.assert_allclose(drawn, expected, rtol=0, atol=5e-3)
    assert np.abs(one - other).max() > 0.4 * one.max()


def test_impulses_are_mirrored_too():
    h = COMB + TRI
    frames = convolve_both_orders(h, STAIRS, GRID[::10])
    t = frames.t[:, None]
    np.testing.assert_allclose(t - frames.impulse_tau, frames.swapped_impulse_tau, atol=1e-12)
    np.testing.assert_array_equal(frames.impulse_weight, frames.swapped_impulse_weight)


def test_the_limits_are_mirrored_too():
    ours, theirs = FRAMES.limits, FRAMES.swapped_limits
    np.testing.assert_allclose(T[:, None] - ours[:, ::-1], theirs, rtol=0, atol=1e-12)
    frames = convolve_both_orders(RECT, STAIRS, [-3.0, 1.0])
    assert np.isnan([frames.limits[0], frames.swapped_limits[0]]).all()
    assert frames.limits[1].tolist() == [-0.5, 0.5]
    assert frames.swapped_limits[1].tolist() == [0.5, 1.5]


def test_each_order_is_a_sliding_product_of_its_own():
    swapped = FRAMES.swapped
    window = (float(FRAMES.window[0]), float(FRAMES.window[1]))
    alone = convolve_continuous(STAIRS, H, T, window=window)
    assert isinstance(FRAMES, SlidingProduct)
    assert swapped.support == FRAMES.support == (0.0, math.inf)
    for name in ("output", "limits", "fixed", "moving", "original", "window", "supports"):
        np.testing.assert_array_equal(getattr(swapped, name), getattr(alone, name))
    np.testing.assert_array_equal(swapped.curve, FRAMES.curve)


@EVERY_FORMAT
def test_saved_and_loaded(suffix, tmp_path):
    frames = convolve_both_orders(COMB + TRI, STAIRS, [-2.0, 0.5, 3.0])
    assert_comes_back(frames, tmp_path, suffix)


def failed(frames):
    return [check.name for check in verify(frames, H, STAIRS) if not check.passed]


def test_both_orders_are_verified():
    first, *names = [check.name for check in verify(FRAMES, H, STAIRS)]
    assert first == "areas of both products, at every t"
    own = [check.name for check in verify(convolve_continuous(H, STAIRS, FRAMES.t), H, STAIRS)]
    assert names == [f"{order}: {name}" for order in ("h * x", "x * h") for name in own]
    assert failed(FRAMES) == []


def test_one_wrong_area_fails():
    off = FRAMES.swapped_output.copy()
    off[333] += 1e-11
    assert "areas of both products, at every t" in failed(replace(FRAMES, swapped_output=off))


def test_a_product_that_is_not_mirrored_fails():
    wrong = failed(replace(FRAMES, swapped_product=FRAMES.product))
    assert "x * h: drawn product" in wrong
    assert all(name.startswith("x * h: drawn product") for name in wrong)


def test_refuses_what_has_no_value():
    with pytest.raises(DivergenceError):
        convolve_both_orders(ONE, ONE, [0.0])
    with pytest.raises(InputError, match="window"):
        convolve_both_orders(RECT, TRI, [0.0], window=(2.0, 1.0))
    with pytest.raises(InputError):
        convolve_both_orders(RECT, TRI, [math.nan])
