import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from convmath.signal import Impulse, Piece, Signal

INF = math.inf
DECAY = Signal((Piece(0.0, INF, lambda t: 2 * np.exp(-t / 2)),), text="2*exp(-t/2)*u(t)")
STAIRS = Signal.staircase([1.0, 0.5], start=0.0, width=2.0)
GAP = Signal((Piece(-1.0, 0.0, lambda t: 1 + t), Piece(2.0, 3.0, lambda t: t**2)))
SINE = Signal((Piece(-INF, INF, np.sin),), period=2 * math.pi)
STEP = Signal((Piece(1.0, INF, np.ones_like),))
NARROW = Signal(
    (Piece(-INF, INF, lambda t: np.exp(-(((t - 50) / 0.01) ** 2) / 2)),),
    hints=tuple(50 + k * 0.01 for k in (-8, -4, -2, -1, 0, 1, 2, 4, 8)),
)

SIGMAS = math.sqrt(2 * math.log(200))  # where a Gaussian has fallen to 1/200


def test_breakpoints_and_support():
    assert GAP.breakpoints.tolist() == [-1, 0, 2, 3]
    assert GAP.support == (-1, 3)
    assert DECAY.breakpoints.tolist() == [0]
    assert DECAY.support == (0, INF)
    assert Signal((), (Impulse(4.0, 1.0),)).support == (4, 4)
    assert not GAP.is_zero
    assert Signal.zero().is_zero
    assert Signal.zero().support == (0, 0)


def test_values_and_limits():
    assert STAIRS([-1, 0, 1, 2, 3, 4, 5]).tolist() == [0, 1, 1, 0.5, 0.5, 0, 0]
    assert STAIRS.limit([0, 2, 4], "left").tolist() == [0, 1, 0.5]
    assert STAIRS(1).shape == ()
    assert STAIRS(np.ones((2, 3))).shape == (2, 3)


def test_a_piece_is_never_evaluated_outside():
    seen = []
    spy = Signal((Piece(0.0, 1.0, lambda t: (seen.append((t.min(), t.max())), t)[1]),))
    spy(np.linspace(-1000, 1000, 4001))
    spy.polyline(-5, 5)
    spy.shifted(0.1).polyline(-5, 5)
    spy.extent()
    assert min(lo for lo, _ in seen) >= 0
    assert max(hi for _, hi in seen) <= 1


def test_polyline_has_vertical_edges_and_runs_along_the_axis():
    assert STAIRS.polyline(-1, 6).tolist() == [
        [-1, 0], [0, 0], [0, 1], [2, 1], [2, 0.5], [4, 0.5], [4, 0], [6, 0],
    ]  # fmt: skip
    assert Signal.zero().polyline(-1, 1).tolist() == [[-1, 0], [1, 0]]
    assert STAIRS.polyline(1, 3).tolist() == [[1, 1], [2, 1], [2, 0.5], [3, 0.5]]


def test_polyline_follows_what_bends():
    points = DECAY.polyline(-2, 15)
    assert np.all(np.diff(points[:, 0]) >= 0)
    fine = np.linspace(0.001, 15, 5000)
    assert np.max(np.abs(np.interp(fine, *points[2:].T) - DECAY(fine))) < 2e-3
    points = NARROW.polyline(-100, 100)
    assert points[:, 1].max() == pytest.approx(1)
    assert len(Signal((Piece(0.0, 10.0, lambda t: np.sin(50 * np.pi * t)),)).polyline(0, 10)) > 5000


@pytest.mark.parametrize(("lo", "hi"), [(1, 1), (2, 1), (-INF, 0), (0, math.nan)])
def test_polyline_needs_a_range(lo, hi):
    with pytest.raises(ValueError, match="finite range"):
        STAIRS.polyline(lo, hi)


@pytest.mark.parametrize(
    ("signal", "window"),
    [
        (DECAY, (0, 2 * math.log(200))),
        (STAIRS, (0, 4)),
        (STEP, (1, 11)),
        (SINE, (-5 * math.pi, 5 * math.pi)),
        (NARROW, (50 - 0.01 * SIGMAS, 50 + 0.01 * SIGMAS)),
        (Signal((Piece(-INF, INF, lambda t: 1 / (1 + t**2)),)), (-math.sqrt(199), math.sqrt(199))),
        (Signal((Piece(0.0, INF, lambda t: t),)), (0.05, 10)),
        (Signal((), (Impulse(-3.0, 1.0), Impulse(2.0, 1.0))), (-3, 2)),
        (DECAY + Signal((), (Impulse(-3.0, 1.0),)), (-3, 2 * math.log(200))),
        (Signal.zero(), (0, 0)),
    ],
)  # fmt: skip
def test_extent(signal, window):
    assert signal.extent() == pytest.approx(window, abs=1e-9)


def test_value_range():
    assert DECAY.value_range(-5, 5) == (0, 2)
    assert DECAY.value_range(2, 5) == pytest.approx((0, 2 * math.exp(-1)))
    assert SINE.value_range(-10, 10) == pytest.approx((-1, 1), abs=1e-12)
    assert GAP.value_range(0, 3) == (0, 9)


def test_addition_merges_pieces_and_impulses():
    total = STAIRS + STEP + Signal((), (Impulse(1.0, 2.0),)) + Signal((), (Impulse(1.0, -2.0),))
    assert total.breakpoints.tolist() == [0, 1, 2, 4]
    assert total([0.5, 1.5, 3, 5]).tolist() == [1, 2, 1.5, 1]
    assert total.impulses == ()


SIGNALS = st.sampled_from([DECAY, STAIRS, GAP, SINE, STEP, NARROW])
PLACES = st.floats(-20, 20)


@given(SIGNALS, PLACES, PLACES)
def test_flipping_and_shifting(signal, t, delay):
    assert signal.flipped().limit(-t, "left") == signal.limit(t, "right")
    assert signal.flipped().flipped()(t) == signal(t)
    far = min(abs(signal.breakpoints - (t - delay)), default=1)
    if far > 1e-9:
        assert signal.shifted(delay)(t) == pytest.approx(signal(t - delay), abs=1e-12)
    assert signal.scaled(-3)(t) == -3 * signal(t)
    assert (signal + STAIRS)(t) == signal(t) + STAIRS(t)


def test_formulas_of_derived_signals():
    assert STAIRS.flipped().formula("t") == "f(-t)"
    assert STAIRS.flipped().formula("t - tau") == "f(-(t - tau))"
    assert STAIRS.flipped().flipped().formula("t") == "f(t)"
    assert STAIRS.shifted(2).formula("t") == "f(t - 2)"
    assert STAIRS.shifted(2).flipped().formula("t") == "f(-t - 2)"
    assert STAIRS.scaled(0.5).formula("t") == "0.5 dot (f(t))"
