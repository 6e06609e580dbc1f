"""Which signals meet, in which order: against closed forms, numpy and scipy."""

import math
import re
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate

from convmath import (
    DivergenceError,
    InputError,
    Pairing,
    Sequence,
    energy,
    is_symmetric,
    output_at,
    parse_pairings,
    parse_sequence,
    parse_signal,
    slide_continuous,
    slide_discrete,
    verify,
)

SIX = {
    text: Pairing(text[0], text[4], text[2] == "*")  # type: ignore[arg-type]
    for text in ("f * g", "f ⋆ g", "f ⋆ f", "g * f", "g ⋆ f", "g ⋆ g")
}
FALL, RISE = "(3 - t)/2*(u(t) - u(t - 3))", "0.5u(t) + 0.5u(t - 1) - u(t - 2)"
SIGNALS = {"f": parse_signal(FALL), "g": parse_signal(RISE)}
T = np.linspace(-4, 6, 101)

whole = st.lists(st.integers(-50, 50), min_size=1, max_size=7)
starts = st.integers(-5, 5)


def by_quad(text: str, t: float) -> float:
    """The definition: ∫ a(τ) b(t − τ) dτ, or ∫ a(τ) b(τ + t) dτ, piece by piece."""
    a, b = SIGNALS[text[0]], SIGNALS[text[4]]  # type: ignore[index]
    sign = -1.0 if text[2] == "*" else 1.0
    ends = np.unique([*a.breakpoints, *sign * (b.breakpoints - t)])
    parts = [
        integrate.quad(lambda tau: float(a(tau) * b(t + sign * tau)), lo, hi, epsabs=1e-13)[0]
        for lo, hi in pairwise(ends)
    ]
    return math.fsum(parts)


@pytest.mark.parametrize("text", SIX)
def test_all_six_are_what_they_are_defined_as(text: str):
    frames = slide_continuous(SIX[text], SIGNALS, T)
    expected = [by_quad(text, t) for t in T]
    np.testing.assert_allclose(frames.output, expected, rtol=0, atol=1e-12)
    np.testing.assert_allclose(output_at(SIX[text], SIGNALS, T), frames.output, rtol=1e-14)


@pytest.mark.parametrize("text", SIX)
def test_the_first_named_moves_to_the_right_and_is_flipped_only_by_a_convolution(text: str):
    pairing = SIX[text]
    frames = slide_continuous(pairing, SIGNALS, [1.25])
    tau, product = frames.tau[0].ravel(), frames.product[0].ravel()
    inside = np.abs(tau - np.round(4 * tau) / 4) > 1e-6  # beside every jump
    mover, fixed = SIGNALS[pairing.mover], SIGNALS[pairing.fixed]
    moved = mover(1.25 - tau) if pairing.flips else mover(tau - 1.25)
    np.testing.assert_allclose(product[inside], (fixed(tau) * moved)[inside], atol=1e-14)


@given(whole, starts, whole, starts)
def test_sequences_are_numpys_exactly(a, a_start, b, b_start):
    signals = {"f": Sequence(a, a_start), "g": Sequence(b, b_start)}
    product = slide_discrete(SIX["f * g"], signals, (-40, 40)).output
    start = a_start + b_start + 40
    expected = np.convolve(a, b)
    np.testing.assert_array_equal(product[start : start + expected.size], expected)
    assert not product[:start].any()
    # numpy.correlate(g, f) moves its second one: c_n = Σ_k g[k + n] f[k].
    crossed = slide_discrete(SIX["f ⋆ g"], signals, (-40, 40)).output
    expected = np.correlate(b, a, "full")
    start = b_start - (a_start + len(a) - 1) + 40
    np.testing.assert_array_equal(crossed[start : start + expected.size], expected)
    assert not crossed[start + expected.size :].any()


@given(whole, starts, whole, starts)
def test_convolution_commutes_and_correlation_mirrors_its_lag(a, a_start, b, b_start):
    signals = {"f": Sequence(a, a_start), "g": Sequence(b, b_start)}
    n = np.arange(-40, 41)
    y = {text: output_at(pairing, signals, n) for text, pairing in SIX.items()}
    np.testing.assert_array_equal(y["f * g"], y["g * f"])
    np.testing.assert_array_equal(y["f ⋆ g"], y["g ⋆ f"][::-1])
    np.testing.assert_array_equal(y["f ⋆ f"], y["f ⋆ f"][::-1])


@given(whole, starts, whole, starts)
def test_cauchy_and_schwarz_bound_every_lag(a, a_start, b, b_start):
    signals = {"f": Sequence(a, a_start), "g": Sequence(b, b_start)}
    n = np.arange(-40, 41)
    f2, g2 = energy(signals["f"]), energy(signals["g"])
    assert f2 == sum(v * v for v in a)
    assert g2 == sum(v * v for v in b)
    auto, cross = (output_at(SIX[p], signals, n) for p in ("f ⋆ f", "f ⋆ g"))
    assert auto[40] == auto.max() == np.abs(auto).max() == f2
    assert all(int(v) ** 2 <= f2 * g2 for v in cross)


@given(whole, whole)
def test_a_symmetric_mover_makes_the_flip_invisible(half, other):
    signals = {"f": Sequence([*half[:0:-1], *half], 1 - len(half)), "g": Sequence(other)}
    n = np.arange(-20, 21)
    assert is_symmetric(signals["f"])
    y = {text: output_at(pairing, signals, n) for text, pairing in SIX.items()}
    np.testing.assert_array_equal(y["f * g"], y["f ⋆ g"])
    # Where only the one that stays is symmetric, the two are mirror images.
    np.testing.assert_array_equal(y["g * f"], y["g ⋆ f"][::-1])


def test_continuous_identities():
    y = {text: output_at(pairing, SIGNALS, T) for text, pairing in SIX.items()}
    mirrored = {text: output_at(pairing, SIGNALS, -T) for text, pairing in SIX.items()}
    np.testing.assert_allclose(y["f * g"], y["g * f"], atol=1e-14)
    np.testing.assert_allclose(y["f ⋆ g"], mirrored["g ⋆ f"], atol=1e-14)
    np.testing.assert_allclose(y["f ⋆ f"], mirrored["f ⋆ f"], atol=1e-14)
    assert np.abs(y["f * g"] - y["f ⋆ g"]).max() > 0.1
    bound = math.sqrt(energy(SIGNALS["f"]) * energy(SIGNALS["g"]))
    assert np.abs(y["f ⋆ g"]).max() < bound
    even = {**SIGNALS, "f": parse_signal("tri(t/2)")}
    np.testing.assert_allclose(
        output_at(SIX["f * g"], even, T), output_at(SIX["f ⋆ g"], even, T), atol=1e-14
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (FALL, 2.25),
        (RISE, 1.25),
        ("exp(-t)*u(t)", 0.5),
        ("3*gauss(t - 1)", 9 * math.sqrt(math.pi)),
        ("sin(pi t)*rect(t/4)", 2.0),
    ],
)
def test_the_energy_is_the_integral_of_the_square(text: str, expected: float):
    signal = parse_signal(text)
    assert energy(signal) == pytest.approx(expected, rel=1e-12)
    low, high = signal.extent(1e-9)
    found, _ = integrate.quad(
        lambda t: float(signal(t)) ** 2, low, high, points=signal.breakpoints, limit=200
    )
    assert energy(signal) == pytest.approx(found, rel=1e-8)


def test_an_energy_that_is_not_finite_is_refused():
    with pytest.raises(DivergenceError):
        energy(parse_signal("u(t)"))
    with pytest.raises(DivergenceError):
        energy(parse_sequence("u(n)"))
    with pytest.raises(InputError, match="impulse has no finite energy"):
        energy(parse_signal("delta(t) + rect(t)"))


@pytest.mark.parametrize("text", ["tri(t)", "rect(t/3)", "cos(t)", "delta(t-1) + delta(t+1)", "2"])
def test_symmetric_signals_are(text: str):
    assert is_symmetric(parse_signal(text))


@pytest.mark.parametrize(
    "text",
    ["tri(t - 1)", "u(t)", "t*rect(t)", "delta(t-1) + 2delta(t+1)", "rect(t-0.01)", FALL],
)
def test_others_are_not(text: str):
    assert not is_symmetric(parse_signal(text))


@pytest.mark.parametrize("text", SIX)
def test_the_frames_pass_their_own_second_method(text: str):
    pairing = SIX[text]
    mover, fixed = SIGNALS[pairing.mover], SIGNALS[pairing.fixed]
    frames = slide_continuous(pairing, SIGNALS, T)
    checks = verify(frames, fixed, mover if pairing.flips else mover.flipped())
    assert [check.name for check in checks if not check.passed] == []


@pytest.mark.parametrize(("text", "pairing"), SIX.items())
def test_the_lags_of_a_pairing_hold_all_of_its_output(text: str, pairing: Pairing):
    support = {"f": (0.0, 3.0), "g": (0.0, 2.0)}
    low, high = pairing.lags(support[pairing.mover], support[pairing.fixed])
    y = output_at(pairing, SIGNALS, np.array([low - 0.01, low + 0.01, high - 0.01, high + 0.01]))
    assert y[0] == y[3] == 0 != y[1] * y[2], text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("f*g,f⋆g,f⋆f", "f * g, f ⋆ g, f ⋆ f"),
        (" f * g ; f @ g ; f @ f ", "f * g, f ⋆ g, f ⋆ f"),
        ("f conv g, f corr g, g corr g", "f * g, f ⋆ g, g ⋆ g"),
        ("conv(g, f), corr( g,f ), g☆g", "g * f, g ⋆ f, g ⋆ g"),
    ],
)
def test_several_spellings_mean_the_same(typed: str, meant: str):
    assert ", ".join(p.text for p in parse_pairings(typed)) == meant


@pytest.mark.parametrize(
    ("typed", "says", "at"),
    [
        ("", "no pair", 0),
        ("f*g", "three lanes, not 1", None),
        ("f*g, f@g", "three lanes, not 2", None),
        ("f*g, f@g, f@f, g@g", "three lanes, not 4", None),
        ("f*g, f@h, f@f", "no pair", 5),
        ("f*g, f@g g@f, f@f", "no pair", 5),
        ("f*g, , f@f", "no pair", 5),
        ("f*g, f@g,", "no pair", 9),
        ("f*g, f@g, conv(f,g)", "f * g stands here twice", 10),
        ("f*f, f@g, f@f", "f * f is not one of the six", 0),
        ("f*g" * 10_000, "no pair", 0),
    ],
)
def test_anything_else_is_refused(typed: str, says: str, at: int | None):
    with pytest.raises(InputError, match=re.escape(says)) as refusal:
        parse_pairings(typed, "--lanes")
    assert refusal.value.position == at
    assert refusal.value.option == "--lanes"
    assert "f@g" in str(refusal.value.accepted)
