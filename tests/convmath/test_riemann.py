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
    # A left-endpoint rule errs by Δ/2 times the drop of the product across the overlap.
    assert np.allclose(error / sums.width, (2 - 2 * np.exp(-1)) / 2, rtol=0.1)
    assert sums.integral == pytest.approx(2.5284822353, abs=1e-10)


def test_bars():
    sums = riemann(H, STAIRS, 3.0, (1.0, 0.5))
    assert sums.count.tolist() == [3, 6]
    assert sums.tau.shape == sums.height.shape == (2, 6)
    assert sums.tau[0, :3].tolist() == [0, 1, 2]
    # At τ = 1 the product jumps up as x changes from ½ to 1; the bar has the later height.
    assert np.allclose(sums.height[0, :3], [1.0, 2 * np.exp(-0.5), 2 * np.exp(-1)])
    assert np.isnan(sums.tau[0, 3:]).all()
    assert np.isnan(sums.height[0, 3:]).all()
    step = sums.at(0)
    assert (step.width, step.count) == (1.0, 3)
    assert step.scaled == step.total == pytest.approx(1 + 2 * np.exp(-0.5) + 2 * np.exp(-1))


def test_steps_need_no_limit():
    sums = riemann(RECT.shifted(0.5), RECT.shifted(0.5), 0.7, (0.1, 0.7))
    assert sums.scaled.tolist() == pytest.approx([0.7, 0.7])


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
