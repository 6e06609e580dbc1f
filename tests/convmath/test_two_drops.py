"""Sums of two outcomes, held against numpy, scipy.stats and counting."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from convmath.pmf import parse_pmf
from convmath.two_drops import drop_twice, verify_drops
from tests.convmath.saved import EVERY_FORMAT, assert_comes_back


def drops(f="0.1,0.2,0.4,0.3", g="0.1,0.3,0.4,0.2"):
    return drop_twice(parse_pmf(f), parse_pmf(g))


def test_totals_are_numpys():
    frames = drops()
    assert frames.n.tolist() == [0, 1, 2, 3, 4, 5, 6]
    expected = np.convolve([0.1, 0.2, 0.4, 0.3], [0.1, 0.3, 0.4, 0.2])
    np.testing.assert_allclose(frames.output, expected, rtol=0, atol=1e-15)


def test_two_binomials_make_a_binomial():
    frames = drops("binomial(3, 1/4)", "binomial(5, 1/4)")
    expected = stats.binom(8, 0.25).pmf(frames.n)
    np.testing.assert_allclose(frames.output, expected, rtol=1e-12)


def test_the_posterior_of_two_binomials_is_hypergeometric():
    frames = drops("binomial(3, 1/4)", "binomial(5, 1/4)")
    for step in (frames.at(i) for i in range(len(frames))):
        expected = stats.hypergeom(8, 3, step.n).pmf(frames.k)
        np.testing.assert_allclose(step.posterior, expected, rtol=0, atol=1e-12)


def test_two_dice_are_counted():
    frames = drops("uniform(1, 6)", "uniform(1, 6)")
    sums = [a + b for a, b in product(range(1, 7), repeat=2)]
    counts = np.array([sums.count(c) for c in range(2, 13)])
    assert frames.n.tolist() == list(range(2, 13))
    np.testing.assert_allclose(frames.output * 36, counts, rtol=1e-12)
    assert frames.ways.tolist() == counts.tolist()
    assert frames.joint.shape == (6, 6)


def test_impossible_totals_have_no_posterior_and_no_ways():
    frames = drops("1/2,0,1/2", "1/4,0,3/4 @ 1")
    impossible = frames.output == 0
    assert frames.n[impossible].tolist() == [2, 4]
    assert np.isnan(frames.posterior[impossible]).all()
    assert frames.ways.tolist() == [1, 0, 2, 0, 1]


def test_tails_are_kept():
    frames = drops("poisson(2)", "1/2,1/2")
    last = parse_pmf("poisson(2)").outcomes[-1]
    assert frames.tails == pytest.approx([stats.poisson(2).sf(last), 0])


masses = st.lists(st.integers(0, 1000), min_size=2, max_size=8).filter(any)


@given(f=masses, g=masses, starts=st.tuples(st.integers(-5, 5), st.integers(-5, 5)))
def test_any_two_distributions_pass_their_checks(f, g, starts):
    first, second = (
        parse_pmf(f"{','.join(map(str, p))} @ {start}", normalise=True)
        for p, start in zip((f, g), starts, strict=True)
    )
    frames = drop_twice(first, second)
    assert [check for check in verify_drops(frames, first, second) if not check.passed] == []
    assert frames.n @ frames.output == pytest.approx(first.mean + second.mean, abs=1e-12)


@pytest.mark.parametrize("name", ["output", "product", "joint", "posterior"])
def test_spoilt_frames_are_found_out(name):
    f, g = parse_pmf("0.1,0.2,0.4,0.3"), parse_pmf("0.1,0.3,0.4,0.2")
    frames = drop_twice(f, g)
    spoilt = getattr(frames, name).copy()
    spoilt[1] += 1e-6
    bad = replace(frames, **{name: spoilt})
    assert any(not check.passed for check in verify_drops(bad, f, g))


@EVERY_FORMAT
def test_frames_come_back_exactly(tmp_path, suffix):
    frames = drops("1/2,0,1/2", "1/4,0,3/4 @ 1")
    assert_comes_back(frames, tmp_path, suffix)
