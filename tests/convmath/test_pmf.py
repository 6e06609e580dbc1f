"""Probability mass functions: named ones against scipy.stats, lists against the rules."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from convmath import InputError
from convmath.pmf import parse_pmf, probabilities

# text, the distribution of scipy.stats, first and last outcome
NAMED = [
    ("uniform(1, 6)", stats.randint(1, 7), 1, 6),
    ("Uniform( -2, 3 )", stats.randint(-2, 4), -2, 3),
    ("bernoulli(1/3)", stats.bernoulli(1 / 3), 0, 1),
    ("binomial(4, 0.3)", stats.binom(4, 0.3), 0, 4),
    ("binomial(99, 0.5)", stats.binom(99, 0.5), 0, 99),
    ("geometric(0.3)", stats.geom(0.3), 1, 13),
    ("geometric(0.3, 4)", stats.geom(0.3), 1, 4),
    ("geometric(1)", stats.geom(1.0), 1, 1),
    ("poisson(2.5)", stats.poisson(2.5), 0, 7),
    ("poisson(2.5, 3)", stats.poisson(2.5), 0, 3),
    ("poisson(50)", stats.poisson(50), 0, 67),
]


@pytest.mark.parametrize(("text", "oracle", "first", "last"), NAMED)
def test_named_distributions_are_those_of_scipy(text, oracle, first, last):
    pmf = parse_pmf(text)
    assert pmf.masses.support == (first, last)
    assert pmf.tail == pytest.approx(oracle.sf(last), rel=1e-12, abs=1e-300)
    expected = oracle.pmf(pmf.outcomes) / oracle.cdf(last)
    np.testing.assert_allclose(pmf.p, expected, rtol=1e-11)
    assert math.fsum(pmf.p) == pytest.approx(1, abs=1e-14)


@pytest.mark.parametrize("text", ["geometric(0.3)", "poisson(2.5)", "poisson(0.01)"])
def test_a_distribution_without_end_is_cut_where_at_most_one_per_cent_is_left(text):
    pmf = parse_pmf(text)
    last = pmf.masses.support[1]
    assert 0 < pmf.tail <= 0.01
    if len(pmf.masses) > 1:
        assert parse_pmf(text[:-1] + f", {last - 1})").tail > 0.01


def test_a_list_may_say_where_it_starts():
    pmf = parse_pmf("1/2, 1/4, 1/4 @ -1")
    assert pmf.masses.support == (-1, 1)
    assert pmf.tail == 0
    assert pmf.mean == pytest.approx(-0.25)


def test_a_file_and_an_expression_are_lists_too(tmp_path):
    path = tmp_path / "p.csv"
    path.write_text("n,x\n1,0.25\n2,0.75\n")
    assert parse_pmf(str(path)).masses.support == (1, 2)
    assert parse_pmf("rect(n/4)/4").p.tolist() == [0.25] * 4


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=40).filter(lambda v: sum(v) > 1e-6))
def test_normalised_masses_keep_their_ratios_and_add_up_to_one(values):
    masses = np.array(values)
    made = probabilities(masses, "", normalise=True)
    assert math.fsum(made) == pytest.approx(1, abs=1e-12)
    np.testing.assert_allclose(made * masses.sum(), masses, rtol=1e-12, atol=1e-300)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("0.5,0.4", "add up to 0.9, not to 1"),
        ("0.5,0.500000002", "add up to 1.000000002, not to 1"),
        ("0,0", "add up to 0, not to 1"),
        ("1.5,-0.5", "negative, and -0.5 is"),
        ("0.5,x", "'x'"),
        ("u(n)", "never ends"),
        ("binomail(4, 0.5)", "did you mean 'binomial'?"),
        ("binomial(4)", "not 1 numbers"),
        ("binomial(2.5, 0.5)", "whole number, not 2.5"),
        ("binomial(4, 1.5)", "from 0 to 1, not 1.5"),
        ("binomial(4, a)", "'a'"),
        ("geometric(0)", "above 0 to 1"),
        ("geometric(0.5, 0)", "1 to 100, not 0"),
        ("poisson(-1)", "above 0 and at most 50"),
        ("poisson(51)", "at most 50"),
        ("uniform(6, 1)", "outcomes"),
        ("uniform()", "not 0 numbers"),
        ("missing.csv", "missing.csv"),
        ("", ""),
    ],
)
@pytest.mark.parametrize("normalise", [False, True])
def test_what_is_no_distribution_is_refused_by_name(text, says, normalise):
    if normalise and "add up to" in says and text != "0,0":
        assert math.fsum(parse_pmf(text, normalise=True).p) == pytest.approx(1)
        return
    with pytest.raises(InputError) as caught:
        parse_pmf(text, "--f", normalise=normalise)
    assert str(caught.value).startswith("--f: ")
    assert says in str(caught.value)


def test_a_sum_off_by_a_billionth_passes_and_is_left_alone():
    assert parse_pmf("0.5,0.5000000009").p.tolist() == [0.5, 0.5000000009]


@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_what_is_not_finite_is_refused(bad):
    with pytest.raises(InputError, match="finite"):
        probabilities(np.array([0.5, bad]), "?")


def test_the_offer_to_normalise_is_made_where_it_would_help():
    with pytest.raises(InputError, match="--normalise"):
        parse_pmf("1,2,1")
    with pytest.raises(InputError) as caught:
        parse_pmf("0,0")
    assert "--normalise" not in str(caught.value)
