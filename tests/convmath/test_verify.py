import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from convmath import (
    Check,
    Sequence,
    SequenceRule,
    convolve_continuous,
    convolve_discrete,
    correlate_continuous,
    correlate_discrete,
    parse_signal,
    riemann,
    verify,
)
from convmath.grid_frames import sweep_grid
from convmath.verify import rounding_of
from tests.convmath.pairs import COMB, PAIRS, RECT, STAIRS, TRI, decay, signals

H, T = decay(0.5, 2.0), np.linspace(-2, 15, 1200)
FRAMES = convolve_continuous(H, STAIRS, T)
WHOLE = convolve_continuous(TRI, STAIRS, np.linspace(-2, 6, 801))
NUMBERS = Sequence([3, 2, 1]), Sequence([1, 1, 4], start=-1)
SUMS = convolve_discrete(*NUMBERS, (-3, 6))


def failed(checks):
    return [check.name for check in checks if not check.passed]


def corrupted(frames, name, change=lambda a: a * 1.000001 + 1e-6):
    return replace(frames, **{name: change(getattr(frames, name))})


def test_a_check_is_within_its_tolerance():
    assert Check("a", 1.0, 1.0).passed
    assert not Check("a", 1.1, 1.0).passed
    assert not Check("a", math.nan, 1.0).passed


def test_the_flagship_passes():
    checks = verify(FRAMES, H, STAIRS)
    assert failed(checks) == []


def test_far_from_zero_the_last_bit_of_t_is_all_that_may_differ():
    h, x = parse_signal("rect(t-200)"), parse_signal("rect(1000t)")
    frames = convolve_continuous(h, x, np.linspace(199, 201, 801))
    assert failed(verify(frames, h, x)) == []
    spoilt = corrupted(frames, "output", lambda y: y * (1 + 1e-8))
    assert "output with h and x swapped" in failed(verify(spoilt, h, x))
    assert rounding_of(FRAMES) < 1e-13


def test_areas_are_checked_where_y_is_seen_whole():
    checks = verify(WHOLE, TRI, STAIRS)
    assert checks[-1].name == "∫y against ∫h·∫x"
    assert failed(checks) == []


# The two that oscillate or fall slowly are left to test_integral: quad takes seconds for them.
@pytest.mark.parametrize("name", sorted(set(PAIRS) - {"fast sine*exp", "Lorentz*Lorentz"}))
def test_all_pairs_pass(name):
    pair = PAIRS[name]
    assert failed(verify(convolve_continuous(pair.h, pair.x, pair.t), pair.h, pair.x)) == []


@settings(max_examples=25, deadline=None)
@given(h=signals(), x=signals())
def test_random_pairs_pass(h, x):
    assert failed(verify(convolve_continuous(h, x, np.linspace(-7, 7, 402)), h, x)) == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "output",
            ["output against scipy.integrate.quad", "output with h and x swapped", "drawn output"],
        ),
        ("product", ["drawn product"]),
        (
            "tau",
            [
                "drawn product",
                "drawn product at the ends of its segments",
                "overlaps and segments",
            ],
        ),
        ("curve", ["drawn output"]),
    ],
)
def test_fails_when_corrupted(name, expected):
    assert failed(verify(corrupted(FRAMES, name), H, STAIRS)) == expected


def test_fails_at_the_peak_alone():
    one_off = FRAMES.output.copy()
    one_off[np.argmax(one_off)] *= 1 + 1e-8
    assert failed(verify(replace(FRAMES, output=one_off), H, STAIRS))


def test_fails_for_other_signals():
    assert failed(verify(FRAMES, H, STAIRS.flipped()))
    assert failed(verify(FRAMES, H, STAIRS.shifted(1e-6)))


def test_fails_when_the_curve_is_off():
    bent = corrupted(WHOLE, "curve", lambda c: c * [1.0, 1.001])
    assert failed(verify(bent, TRI, STAIRS)) == ["drawn output", "∫y against ∫h·∫x"]


def test_nan_fails():
    output = FRAMES.output.copy()
    output[:] = np.nan
    assert failed(verify(replace(FRAMES, output=output), H, STAIRS))


def test_impulses_pass():
    frames = convolve_continuous(COMB + TRI, STAIRS, np.linspace(-4, 9, 500))
    assert failed(verify(frames, COMB + TRI, STAIRS)) == []


def test_a_correlation_is_a_convolution_with_the_flipped():
    frames = correlate_continuous(STAIRS, TRI, np.linspace(-6, 6, 500))
    assert failed(verify(frames, TRI, STAIRS.flipped())) == []
    f, g = NUMBERS
    assert failed(verify(correlate_discrete(f, g, (-9, 9)), g, f.flipped())) == []


def test_sums_pass():
    checks = verify(SUMS, *NUMBERS)
    assert {check.value for check in checks} == {0}


@pytest.mark.parametrize("name", ["output", "product", "partial"])
def test_sums_fail_when_corrupted(name):
    wrong = corrupted(SUMS, name, lambda a: a + 1)
    assert failed(verify(wrong, *NUMBERS))


def test_rules_pass():
    halves = SequenceRule((0, math.inf), lambda n: 0.5**n)
    for other in (halves, NUMBERS[1], Sequence([0.1, 0.2])):
        assert failed(verify(convolve_discrete(halves, other, (-3, 30)), halves, other)) == []
        assert failed(verify(convolve_discrete(other, halves, (-3, 30)), other, halves)) == []


def test_bars_pass_and_fail_when_corrupted():
    bars = riemann(H, STAIRS, 2.5, (1.0, 0.5, 0.1))
    assert failed(verify(bars, H, STAIRS)) == []
    assert failed(verify(replace(bars, scaled=bars.total), H, STAIRS)) == ["sums of the bars"]
    assert "bars against the product" in failed(verify(bars, H, STAIRS.flipped()))
    off = replace(bars, integral=bars.integral * (1 + 1e-6))
    assert failed(verify(off, H, STAIRS)) == ["integral against scipy.integrate.quad"]


def test_other_frames_have_no_second_method():
    with pytest.raises(TypeError, match="GridSweep"):
        verify(sweep_grid(np.ones((1, 3)), np.ones((1, 1, 2))), RECT, RECT)
