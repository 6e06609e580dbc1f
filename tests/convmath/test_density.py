"""Densities: their bars and their expected values, against closed forms and scipy.stats."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.integrate import quad

from convmath import InputError
from convmath.density import parse_density

# text, the distribution of scipy.stats
KNOWN = [
    ("2/9*t*rect((t - 1.5)/3)", stats.triang(c=1, loc=0, scale=3)),
    ("rect(t - 1/2)", stats.uniform()),
    ("rect(t - 1000)", stats.uniform(loc=999.5)),
    ("exp(-t)*u(t)", stats.expon()),
    ("2*exp(2*t)*u(-t)", stats.expon(scale=0.5)),  # the mirror image
    ("exp(-t^2/2)/sqrt(2*pi)", stats.norm()),
    ("exp(-(t - 3)^2/2)/sqrt(2*pi)", stats.norm(loc=3)),
    ("3*t^2*rect(t - 1/2)", stats.beta(3, 1)),
    ("tri(t - 2)", stats.triang(c=0.5, loc=1, scale=2)),
]


@pytest.mark.parametrize(("text", "oracle"), KNOWN)
def test_expected_values_are_those_of_scipy(text, oracle):
    density = parse_density(text)
    sign = -1 if "u(-t)" in text else 1
    assert density.integral == pytest.approx(sign * oracle.mean(), rel=1e-10, abs=1e-12)
    assert density.mean_by_quad() == pytest.approx(density.integral, rel=1e-10, abs=1e-10)
    inside = ~np.isnan(density.place)
    np.testing.assert_allclose(
        density.height[inside], oracle.pdf(sign * density.place[inside]), rtol=1e-9, atol=1e-12
    )


@pytest.mark.parametrize("text", [text for text, _ in KNOWN])
def test_the_sums_are_the_sums_over_the_bars(text):
    density = parse_density(text)
    for k, count in enumerate(density.count):
        x, p = density.place[k, :count], density.height[k, :count]
        assert np.isnan(density.place[k, count:]).all()
        np.testing.assert_allclose(np.diff(x), density.width[k], rtol=1e-6)
        total = math.fsum(x * p) * density.width[k]
        assert density.total[k] == pytest.approx(total, rel=1e-12, abs=1e-14)


def test_the_sums_over_a_ramp_settle_as_the_midpoint_rule_does():
    # ∫ f − Δ Σ f = (b − a) Δ² f''/24, exactly for f = x p(x) of degree two: f'' = 4/9 here.
    density = parse_density("2/9*t*rect((t - 1.5)/3)")
    np.testing.assert_allclose(density.integral - density.total, density.width**2 / 18, rtol=1e-9)


@given(st.floats(-50, 50), st.floats(0.1, 20))
def test_an_even_density_has_its_middle_as_expected_value(middle, width):
    density = parse_density(f"rect((t - ({middle:.3f}))/{width:.3f})", normalise=True)
    assert density.integral == pytest.approx(float(f"{middle:.3f}"), abs=1e-10)
    assert density.total[0] == pytest.approx(density.integral, abs=1e-10)


def test_normalising_divides_by_the_integral():
    density = parse_density("t^2*rect(t/2)*exp(t)", normalise=True)
    mass = quad(lambda t: t * t * math.exp(t), -1, 1)[0]
    mean = quad(lambda t: t**3 * math.exp(t), -1, 1)[0] / mass
    assert density.integral == pytest.approx(mean, rel=1e-11)
    low, high = density.window
    assert quad(lambda t: float(density.signal(t)), low, high)[0] == pytest.approx(1, rel=1e-9)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("0.5*rect(t)", "the integral of this is 0.5, not 1"),
        ("rect(t)*1.00000001", "the integral of this is 1.00000001, not 1"),
        ("0", "the integral of this is 0"),
        ("delta(t)", "an impulse is no density"),
        ("t*rect(t/2)", "falls to -1"),
        ("sin(t)^2", "decays too slowly"),
        ("u(t)", "decays too slowly"),
        ("1/(pi*(1 + t^2))", "no expected value"),
        ("1.1/(1 + t)^2.1*u(t)", "decays too slowly"),
        ("0.5*rect(t) + 0.5*rect(t - 30)", "too narrow"),
        ("rect(t", ""),
    ],
)
def test_what_is_no_density_is_refused(text, says):
    with pytest.raises(InputError) as caught:
        parse_density(text, "--density")
    assert caught.value.option == "--density"
    assert says in caught.value.problem
    assert caught.value.accepted


def test_an_integral_that_is_not_one_offers_to_normalise():
    with pytest.raises(InputError, match="--normalise to divide"):
        parse_density("0.5*rect(t)", "--density")
    assert parse_density("rect(t)*1.0000000005").integral == pytest.approx(0, abs=1e-12)
