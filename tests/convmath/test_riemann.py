import numpy as np
import pytest

from convmath import InputError, Signal, riemann
from tests.convmath.pairs import COMB, RECT, STAIRS, decay, gauss

H = decay(0.5, 2.0)
WIDTHS = (1.0, 0.5, 0.25, 0.125, 0.01)


def test_the_sum_grows_and_the_scaled_sum_settles():
    sums = riemann(H, STAIRS, 2.0, WIDTHS)
    assert np.all(np.diff(sums.total) > 0)
    error = np.abs(sums.scaled - sums.integral)
    assert np.all(np.diff(error) < 0)
    # Euler and Maclaurin: Δ/2 times the sum of both end heights (2 and 2/e), less Δ times the half
    # of the first bar that its sample x(2) = ½ lacks.
    assert np.allclose(error / sums.width, (2 + 2 * np.exp(-1)) / 2 - 1, rtol=0.2)
    assert sums.integral == pytest.approx(2.5284822353, abs=1e-10)


@pytest.mark.parametrize("t", range(-1, 9))
def test_whole_steps_are_the_discrete_convolution(t):
    h = [2 * np.exp(-k / 2) for k in range(20)]
    y = np.convolve(h, [1.0, 1.0, 0.5, 0.5])
    total = riemann(H, STAIRS, float(t), (1.0,)).total[0]
    assert total == pytest.approx(y[t] if t >= 0 else 0.0, rel=1e-14)


def test_bars():
    sums = riemann(H, STAIRS, 3.0, (1.0, 0.5))
    assert sums.count.tolist() == [4, 7]
    assert sums.tau.shape == sums.height.shape == (2, 7)
    assert sums.tau[0, :4].tolist() == [0, 1, 2, 3]
    # x[3], x[2] = ½ and x[1], x[0] = 1: right-hand limits of the staircase.
    heights = [1.0, np.exp(-0.5), 2 * np.exp(-1), 2 * np.exp(-1.5)]
    assert np.allclose(sums.height[0, :4], heights)
    assert np.isnan(sums.tau[0, 4:]).all()
    assert np.isnan(sums.height[0, 4:]).all()
    step = sums.at(0)
    assert (step.width, step.count) == (1.0, 4)
    assert step.scaled == step.total == pytest.approx(sum(heights))


def test_steps_settle_too():
    sums = riemann(RECT.shifted(0.5), RECT.shifted(0.5), 0.7, (0.1, 0.001))
    assert np.abs(sums.scaled - 0.7).tolist() == pytest.approx([0.1, 0.001])


def test_infinite_overlap():
    sums = riemann(gauss(1.0), gauss(1.0), 0.3, (0.5,))
    assert sums.scaled[0] == pytest.approx(sums.integral, rel=1e-14)


def test_no_overlap():
    sums = riemann(RECT, RECT, 9.0, (0.1,))
    assert (sums.count[0], sums.total[0], sums.integral) == (0, 0, 0)
    assert riemann(RECT, Signal.zero(), 0.0, (0.1,)).count[0] == 0


@pytest.mark.parametrize("widths", [(), (0.0,), (-1.0,), (float("nan"),)])
def test_refuses_widths(widths):
    with pytest.raises(InputError, match="positive"):
        riemann(H, STAIRS, 1.0, widths)


def test_refuses_impulses_and_too_many_bars():
    with pytest.raises(InputError, match="no height"):
        riemann(COMB, STAIRS, 1.0, (1.0,))
    with pytest.raises(InputError, match="too many"):
        riemann(H, STAIRS, 4.0, (1e-7,))
