import math

import numpy as np
import pytest
from hypothesis import given

from convmath import (
    Impulse,
    InputError,
    Signal,
    area,
    convolve_at,
    convolve_continuous,
    correlate_continuous,
)
from tests.convmath.pairs import (
    COMB,
    GRID,
    INF,
    PAIRS,
    RECT,
    SINE,
    STAIRS,
    STEP,
    TRI,
    agree,
    decay,
    gauss,
    signals,
)

H, X = decay(0.5, 2.0), STAIRS
T = np.linspace(-2, 15, 171)
FRAMES = convolve_continuous(H, X, T)


def drawn_area(step):
    tau, product = step.tau, step.product
    return float((np.diff(tau) * (product[:, 1:] + product[:, :-1]) / 2).sum())


def test_shapes_of_the_flagship():
    assert {name: a.shape for name, a in FRAMES.arrays().items()} == {
        "t": (171,),
        "output": (171,),
        "limits": (171, 2),
        "tau": (171, 2, 24),
        "product": (171, 2, 24),
        "impulse_tau": (171, 0),
        "impulse_weight": (171, 0),
        "window": (2,),
        "fixed": FRAMES.fixed.shape,
        "moving": FRAMES.moving.shape,
        "original": FRAMES.original.shape,
        "curve": FRAMES.curve.shape,
        "fixed_impulses": (0, 2),
        "moving_impulses": (0, 2),
        "output_impulses": (0, 2),
        "supports": (2, 2),
    }


def test_output_is_the_closed_form():
    assert np.abs(FRAMES.output - PAIRS["flagship"].y(T)).max() <= 1e-12 * FRAMES.output.max()


def test_peak_and_support():
    t, y = FRAMES.peak
    assert (t, FRAMES.support) == (2.0, (0.0, INF))
    assert y == pytest.approx(4 * (1 - math.exp(-1)), abs=1e-15)


def test_limits_of_integration():
    step = {t: convolve_continuous(H, X, [t]).at(0) for t in (-1.0, 0.0, 1.0, 3.0, 9.0)}
    assert np.isnan(step[-1.0].limits).all()
    assert [step[t].limits.tolist() for t in (0.0, 1.0, 3.0, 9.0)] == [
        [0, 0],
        [0, 1],
        [0, 3],
        [5, 9],
    ]


def test_limits_of_an_infinite_overlap():
    limits = convolve_continuous(gauss(1.0), STEP, [0.0, 2.0]).limits
    assert limits.tolist() == [[-INF, 0], [-INF, 2]]


def test_product_has_exact_edges():
    step = convolve_continuous(H, X, [3.0]).at(0)
    tau, product = step.tau, step.product
    assert tau[:, [0, -1]].tolist() == [[0, 1], [1, 3]]
    # The jump at τ = 1 stands there twice, once with each height.
    heights = 2 * np.exp(-tau / 2) * [[0.5], [1.0]]
    assert np.allclose(product, heights, rtol=1e-15)


def test_drawn_area_is_the_output():
    for i in range(len(FRAMES)):
        step = FRAMES.at(i)
        assert drawn_area(step) == pytest.approx(step.output, abs=1e-3)


def test_a_gap_is_drawn_along_the_axis():
    two = Signal.staircase([1.0, 0.0, 3.0], start=0.0)
    step = convolve_continuous(two, RECT.shifted(1.0).scaled(2.0) + RECT, [2.0]).at(0)
    assert np.all(step.tau.ravel()[1:] >= step.tau.ravel()[:-1])
    assert drawn_area(step) == pytest.approx(step.output, abs=1e-14)


def test_without_overlap_all_points_are_one():
    step = convolve_continuous(RECT, RECT, [-5.0, 0.0]).at(0)
    assert np.unique(step.tau).size == 1
    assert not step.product.any()
    assert np.unique(step.polygon, axis=0).shape == (1, 2)


def test_polygon_is_closed_on_the_axis():
    step = convolve_continuous(H, X, [3.0]).at(0)
    assert step.polygon.shape == (2 * 24 + 2, 2)
    assert step.polygon[[0, -1]].tolist() == [[0, 0], [3, 0]]


def test_fixed_moving_and_original():
    frames = convolve_continuous(H, X, [-2.0, 15.0])
    assert frames.window.tolist() == pytest.approx([-6, 15])
    assert frames.fixed[[0, -1], 0].tolist() == frames.window.tolist()
    # Translated by t, the flipped curve fills the window at every t.
    lo, hi = frames.moving[[0, -1], 0]
    assert lo + 15 <= frames.window[0]
    assert hi - 2 >= frames.window[1]
    corners = [[-4, 0], [-4, 0.5], [-2, 0.5], [-2, 1], [0, 1], [0, 0]]
    assert frames.moving[1:-1].tolist() == corners
    assert frames.original[1:-1].tolist() == [[-t, y] for t, y in reversed(corners)]


def test_curve_has_kinks_and_jumps():
    curve = convolve_continuous(COMB, STAIRS, np.linspace(-3.05, 8.05, 30)).curve
    assert np.all(np.diff(curve[:, 0]) >= 0)
    assert curve[curve[:, 0] == 0.0].tolist() == [[0, 1], [0, 0]]
    kinks = FRAMES.curve[:, 0]
    assert {0.0, 2.0, 4.0} <= set(kinks.tolist())
    assert np.all(np.diff(kinks) > 0)
    sparse = convolve_continuous(H, X, [0.5, 14.5]).curve
    assert len(sparse) >= 400
    assert np.abs(sparse[:, 1] - PAIRS["flagship"].y(sparse[:, 0])).max() < 1e-14


def test_impulses_of_the_product_are_part_of_the_output():
    h, x = H + COMB, X + Signal((), (Impulse(1.0, -3.0),))
    frames = convolve_continuous(h, x, np.linspace(-1.03, 6, 40))
    assert frames.impulse_tau.shape == (40, 4)
    for i in range(40):
        step = frames.at(i)
        assert drawn_area(step) + step.impulse_weight.sum() == pytest.approx(step.output, abs=1e-2)
    assert frames.at(3).impulse_tau.tolist() == [-2, 0, 3, frames.t[3] - 1]
    assert frames.fixed_impulses.tolist() == [[-2, 1], [0, -0.5], [3, 2]]
    assert frames.moving_impulses.tolist() == [[-1, -3]]


def test_impulses_of_the_output():
    frames = convolve_continuous(COMB, COMB, [0.0])
    expected = [[-4, 1], [-2, -1], [0, 0.25], [1, 4], [3, -2], [6, 4]]
    assert frames.output_impulses.tolist() == expected
    assert frames.output.tolist() == [0]


def test_zero():
    frames = convolve_continuous(Signal.zero(), RECT, [0.0, 1.0])
    assert frames.output.tolist() == [0, 0]
    assert np.isnan(frames.limits).all()
    assert not frames.product.any()


def test_nodes_follow_the_bends_and_may_be_given():
    assert convolve_continuous(gauss(1.0), gauss(1.0), [0.0]).tau.shape[2] > 24
    assert convolve_continuous(gauss(1.0), gauss(1.0), [0.0], nodes=7).tau.shape == (1, 1, 7)
    assert convolve_continuous(SINE, RECT, np.linspace(0, 3, 1500)).tau.shape[2] <= 384


def test_window_may_be_given():
    frames = convolve_continuous(H, X, T, window=(-1.0, 4.0))
    assert frames.tau.min() >= -1
    assert frames.tau.max() <= 4
    assert np.array_equal(frames.output, FRAMES.output)
    with pytest.raises(InputError, match="window must go from"):
        convolve_continuous(H, X, T, window=(4.0, -1.0))


def test_order_of_t_does_not_matter():
    shuffled = convolve_continuous(H, X, T[::-1])
    assert np.array_equal(shuffled.output, FRAMES.output[::-1])
    assert np.array_equal(shuffled.curve, FRAMES.curve)


def test_correlation_does_not_flip():
    frames = correlate_continuous(X, H, [0.0, 1.0])
    corners = [[2, 1], [2, 0.5], [4, 0.5], [4, 0]]
    for drawn in (frames.moving.tolist(), frames.original.tolist()):
        assert [point for point in drawn if 2 <= point[0] <= 4] == corners
    # ∫ h(τ) x(τ − t) dτ, by hand at t = 1.
    expected = 4 * (math.exp(-0.5) - math.exp(-1.5)) + 2 * (math.exp(-1.5) - math.exp(-2.5))
    assert frames.output[1] == pytest.approx(expected, rel=1e-14)


def test_autocorrelation_peaks_at_the_energy():
    frames = correlate_continuous(STAIRS, STAIRS, np.linspace(-5, 5, 101))
    assert frames.peak == (0.0, pytest.approx(2.5, abs=1e-14))


@given(f=signals(), g=signals())
def test_correlation_mirrors_its_lag(f, g):
    t = GRID[::37]
    one = correlate_continuous(f, g, t).output
    other = correlate_continuous(g, f, -t).output
    assert agree(one, other, f, g)


@given(f=signals(), g=signals())
def test_correlation_with_a_symmetric_signal_is_convolution(f, g):
    even = Signal(g.pieces) + Signal(g.pieces).flipped()
    t = GRID[::37]
    assert agree(correlate_continuous(even, f, t).output, convolve_at(even, f, t), f, even)


@given(h=signals(), x=signals())
def test_any_pair_can_be_drawn(h, x):
    frames = convolve_continuous(h, x, np.linspace(-7, 7, 15))
    drawn = (frames.tau, frames.product, frames.fixed, frames.moving, frames.curve, frames.output)
    assert all(np.isfinite(a).all() for a in drawn)
    flat = frames.tau.reshape(15, -1)
    assert np.all(np.diff(flat) >= -1e-12)


def test_triangle_areas():
    assert area(TRI) == 1
    assert FRAMES.at(-1).t == 15.0
