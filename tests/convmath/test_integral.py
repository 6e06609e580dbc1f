import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convmath import (
    DivergenceError,
    Impulse,
    InputError,
    Piece,
    Signal,
    area,
    as_signal,
    convolve_at,
)
from tests.convmath.pairs import (
    COMB,
    GRID,
    INF,
    LORENTZ,
    ONE,
    PAIRS,
    RAMP,
    RECT,
    SINE,
    STAIRS,
    STEP,
    TRI,
    TWO_SIDED,
    agree,
    decay,
    eighths,
    gauss,
    signals,
    smooth,
)

T = np.arange(-20, 21) * 0.401 + 0.0077  # never an eighth, where random outputs may jump
SQUARE = smooth(-INF, INF, lambda t: t**2)
SLOW = Signal((Piece(-INF, 0.0, lambda t: 1 / (1 - t)), Piece(0.0, INF, lambda t: 1 / (1 + t))))
WAVE = smooth(-INF, INF, np.sin)
SINC = smooth(-INF, INF, np.sinc)
GROWTH = smooth(-INF, INF, np.exp)


@pytest.mark.parametrize("name", PAIRS)
def test_closed_form(name):
    pair = PAIRS[name]
    expected = pair.y(pair.t)
    error = np.abs(convolve_at(pair.h, pair.x, pair.t) - expected).max()
    assert error <= 1e-12 * np.abs(expected).max()


@pytest.mark.parametrize("name", PAIRS)
def test_roles_swapped(name):
    pair = PAIRS[name]
    expected = pair.y(pair.t)
    error = np.abs(convolve_at(pair.x, pair.h, pair.t) - expected).max()
    assert error <= 1e-12 * np.abs(expected).max()


def test_flagship_numbers():
    pair = PAIRS["flagship"]
    assert convolve_at(pair.h, pair.x, 2.0)[0] == pytest.approx(4 * (1 - math.exp(-1)), abs=1e-15)
    assert f"{convolve_at(pair.h, pair.x, 2.0)[0]:.6f}" == "2.528482"
    assert area(pair.h) * area(pair.x) == pytest.approx(12, abs=1e-13)


@pytest.mark.parametrize(
    ("h", "x", "why"),
    [
        (ONE, ONE, "does not fall as τ → "),
        (SQUARE, SQUARE, "does not fall as τ → "),
        (STEP, STEP.flipped(), "does not fall as τ → +∞"),
        (STEP.flipped(), STEP, "does not fall as τ → −∞"),
        (WAVE, WAVE, "does not fall as τ → "),
        (SLOW, ONE, "falls no faster than 1/τ as τ → "),
        (SINC, SINC, "oscillates and falls too slowly"),
        (GROWTH, ONE, "grows without bound as τ → +∞"),
        (smooth(0, INF, lambda t: np.exp(2 * t)), GROWTH, "grows without bound as τ → +∞"),
    ],
)
def test_divergence_says_why(h, x, why):
    with pytest.raises(DivergenceError) as caught:
        convolve_at(h, x, T)
    assert why in str(caught.value)


def test_growth_against_a_faster_decay_converges():
    t = np.linspace(-2, 2, 9)
    expected = np.exp(t + 0.5) * math.sqrt(2 * math.pi)
    assert np.allclose(convolve_at(GROWTH, gauss(1.0), t), expected, rtol=1e-13)


@pytest.mark.parametrize("rate", [1e-6, 1e-3, 1.0, 1e3, 1e6])
def test_no_scale_is_stepped_over(rate):
    t = np.array([0.01, 1.0, 100.0, 1e6])
    expected = -np.expm1(-rate * t) / rate
    assert np.allclose(convolve_at(decay(rate), STEP, t), expected, rtol=1e-12)
    assert np.allclose(convolve_at(STEP, decay(rate), t), expected, rtol=1e-12)


def test_a_decay_on_top_of_a_constant():
    h = smooth(0.0, INF, lambda t: np.exp(-t) + 1e-3)
    t = np.array([1e2, 1e4, 1e6])
    assert np.allclose(convolve_at(h, STEP, t), 1 + 1e-3 * t, rtol=1e-12)


def test_jump_of_y_takes_the_right_hand_limit_where_t_is_rounded():
    x = Signal.staircase([1.0, 5.0], start=0.1, width=0.1)
    delta = Signal((), (Impulse(0.1, 1.0),))
    assert 0.3 - 0.1 != 0.2
    assert convolve_at(delta, x, [0.2, 0.3, 0.4]).tolist() == [1, 5, 0]


def test_areas():
    assert area(STAIRS) == 3
    assert area(COMB) == 2.5
    assert area(STAIRS + COMB) == pytest.approx(5.5, abs=1e-14)
    assert area(Signal.zero()) == 0
    assert area(gauss(1.0)) == pytest.approx(math.sqrt(2 * math.pi), rel=1e-14)
    assert area(gauss(0.01, 50.0)) == pytest.approx(0.01 * math.sqrt(2 * math.pi), rel=1e-13)
    assert area(LORENTZ) == pytest.approx(math.pi, rel=1e-14)


def test_no_area():
    with pytest.raises(DivergenceError, match=r"the signal does not fall as t → \+∞"):
        area(STEP)


@pytest.mark.parametrize("t", [[math.nan], [0.0, math.inf], [], [[0.0, 1.0]]])
def test_refuses_times(t):
    with pytest.raises(InputError, match="times t must be"):
        convolve_at(RECT, RECT, t)


def test_pieces_are_never_called_outside_themselves():
    def guarded(t):
        assert (t >= 0.1).all()
        assert (t <= 0.7).all()
        return np.sqrt((t - 0.1) * (0.7 - t) + 1e-300)

    convolve_at(smooth(0.1, 0.7, guarded), smooth(0.1, 0.7, guarded), np.linspace(0, 2, 333))


def evaluations(n_t):
    """How many values of h the flagship takes for n_t outputs."""
    calls = []

    def counted(t):
        calls.append(np.size(t))
        return 2 * np.exp(-t / 2)

    convolve_at(smooth(0.0, INF, counted), STAIRS, np.linspace(-2, 15, n_t))
    return sum(calls), len(calls)


def test_cost_is_linear_in_the_number_of_outputs():
    (few, few_calls), (many, many_calls) = evaluations(400), evaluations(4000)
    assert many / few < 10.5
    assert many / 4000 < 60
    assert many_calls - few_calls < 4  # blocks; never one call per t


@given(h=signals(), x=signals())
def test_commutes(h, x):
    assert agree(convolve_at(h, x, T), convolve_at(x, h, T), h, x)


@given(h=signals(), x=signals(), z=signals(), factor=st.integers(-5, 5))
def test_is_linear(h, x, z, factor):
    apart = factor * convolve_at(h, x, T) + convolve_at(h, z, T)
    assert agree(convolve_at(h, x.scaled(factor) + z, T), apart, h, x.scaled(10) + z.scaled(10))


@given(h=signals(), x=signals(), delay=eighths)
def test_a_shifted_input_shifts_the_output(h, x, delay):
    assert agree(convolve_at(h, x.shifted(delay), T + delay), convolve_at(h, x, T), h, x)


@given(h=signals(), x=signals())
def test_flipping_both_flips_the_output(h, x):
    assert agree(convolve_at(h.flipped(), x.flipped(), -T), convolve_at(h, x, T), h, x)


@given(h=signals(), at=eighths)
def test_an_impulse_shifts(h, at):
    smooth_part = Signal(h.pieces)
    delta = Signal((), (Impulse(at, 2.0),))
    t = T + 0.001
    assert agree(convolve_at(smooth_part, delta, t), 2 * smooth_part(t - at), h)


@given(h=signals(), x=signals())
def test_areas_multiply(h, x):
    assert agree(area(as_signal(h, x)), area(h) * area(x), h, x, tolerance=1e-11)


@settings(max_examples=40)
@given(h=signals(), x=signals(), z=signals())
def test_associates(h, x, z):
    left = convolve_at(as_signal(h, x), z, T)
    right = convolve_at(h, as_signal(x, z), T)
    assert agree(left, right, h, x, z, tolerance=1e-11)


@pytest.mark.parametrize(
    ("h", "x"),
    [
        (decay(0.5, 2.0), STAIRS),
        (gauss(1.0), gauss(0.1, 3.0)),
        (TWO_SIDED, decay(2.0)),
        (COMB, STAIRS),
        (RAMP, TRI),
        (gauss(1.0), RECT + COMB),
        (Signal.zero(), RECT),
    ],
)
def test_as_signal_is_the_output(h, x):
    expected = convolve_at(h, x, GRID)
    error = np.abs(as_signal(h, x)(GRID) - expected).max()
    assert error <= 1e-13 * max(1.0, np.abs(expected).max())


def test_as_signal_keeps_jumps_and_impulses():
    y = as_signal(COMB, STAIRS + COMB)
    assert (Impulse(-4.0, 1.0) in y.impulses, Impulse(-2.0, -1.0) in y.impulses) == (True, True)
    assert y.limit(0.0, "left") == pytest.approx(0.5 + 0.5, abs=1e-14)


@pytest.mark.parametrize(("h", "x"), [(STEP, RECT), (STEP, STEP), (LORENTZ, RECT), (SINE, RECT)])
def test_as_signal_needs_a_tail_that_dies_away(h, x):
    with pytest.raises(DivergenceError, match="die away"):
        as_signal(h, x)


def test_four_boxes_make_a_cubic_spline():
    box = Signal.staircase([0.5], start=-1.0, width=2.0)
    two = as_signal(box, box)
    four = as_signal(two, two)
    assert two(0.5) == pytest.approx(0.375, abs=1e-15)
    assert four(1.0) == pytest.approx(23 / 96, abs=1e-15)
    assert four.support == (-4, 4)
    assert len(four.pieces) == 4
