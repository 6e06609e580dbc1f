"""Expected values: the sum, its moments, draws and averages, against exact and other methods."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from convmath.density import parse_density
from convmath.expectation import Expectation, expectation
from convmath.pmf import parse_pmf
from convmath.verify_expectation import verify_expectation
from tests.convmath.saved import EVERY_FORMAT, assert_comes_back

RAMP = parse_density("2/9*t*rect((t - 1.5)/3)")
COUNTS = st.lists(st.integers(1, 50), min_size=2, max_size=12)


def of(text: str, **options: int) -> Expectation:
    pmf = parse_pmf(text)
    return expectation(pmf.outcomes.astype(float), pmf.p, RAMP, **options)


@given(COUNTS, st.data())
def test_mean_variance_and_moments_agree_with_exact_fractions(counts, data):
    values = st.lists(
        st.integers(-1000, 1000), min_size=len(counts), max_size=len(counts), unique=True
    )
    x = sorted(data.draw(values))
    p = [Fraction(c, sum(counts)) for c in counts]
    frames = expectation(np.array(x, dtype=float), np.array(p, dtype=float), RAMP, draws=100)
    mean = sum(a * b for a, b in zip(p, x, strict=True))
    variance = sum(a * (b - mean) ** 2 for a, b in zip(p, x, strict=True))
    size = max(map(abs, x))
    assert frames.expected == pytest.approx(float(mean), rel=1e-13, abs=1e-13 * size)
    assert frames.variance == pytest.approx(float(variance), rel=1e-12)
    for pivot, moment, torque in zip(frames.pivot, frames.moment, frames.torque, strict=True):
        exact = [float(a * (b - Fraction(pivot))) for a, b in zip(p, x, strict=True)]
        np.testing.assert_allclose(moment, exact, rtol=0, atol=1e-12 * size)
        assert torque == pytest.approx(frames.expected - pivot, abs=1e-12 * size)
    assert [check.name for check in verify_expectation(frames, RAMP) if not check.passed] == []


@pytest.mark.parametrize(
    ("text", "oracle"),
    [
        ("uniform(1, 6)", stats.randint(1, 7)),
        ("binomial(10, 0.3)", stats.binom(10, 0.3)),
        ("bernoulli(1/3)", stats.bernoulli(1 / 3)),
    ],
)
def test_named_distributions_have_the_moments_of_scipy(text, oracle):
    frames = of(text)
    assert frames.expected == pytest.approx(oracle.mean(), rel=1e-12)
    assert frames.variance == pytest.approx(oracle.var(), rel=1e-12)
    assert frames.deviation == pytest.approx(oracle.std(), rel=1e-12)


def test_the_beam_starts_at_an_outcome_where_it_tips_and_ends_level():
    frames = of("0.4, 0.1, 0.2, 0.3 @ 1")
    assert frames.pivot[0] == 3
    np.testing.assert_allclose(frames.moment[0], [-0.8, -0.1, 0, 0.3], atol=1e-15)
    assert frames.torque[0] == pytest.approx(-0.6)
    assert frames.pivot[-1] == frames.expected == pytest.approx(2.4)
    assert (np.diff(np.abs(frames.torque)) < 0).all()
    assert abs(frames.torque[-1]) < 1e-15


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("text", ["0.4, 0.1, 0.2, 0.3 @ 1", "binomial(8, 0.2)", "0.999, 0.001"])
def test_means_of_draws_keep_to_the_law_of_large_numbers(text, seed):
    frames = of(text, seed=seed, draws=10_000)
    # Hoeffding: |mean − E[X]| > ε with a probability of at most 2 exp(−2nε²/span²); all n of one
    # run together, and all 15 runs, break this bound with a probability below 1e-6.
    failure = 1e-6 / (15 * len(frames))
    bound = np.ptp(frames.x) * np.sqrt(np.log(2 / failure) / (2 * frames.n))
    assert (np.abs(frames.mean - frames.expected) <= bound).all()
    assert bound[-1] < 0.04 * np.ptp(frames.x)


def test_draws_come_with_their_probabilities():
    frames = of("0.4, 0.1, 0.2, 0.3 @ 1", seed=11, draws=10_000)
    observed = [np.count_nonzero(frames.draw == x) for x in frames.x]
    assert sum(observed) == 10_000
    assert stats.chisquare(observed, 10_000 * frames.p).pvalue > 1e-6


def test_draws_are_those_of_their_seed():
    first, again, other = (of("uniform(1, 6)", seed=seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first.draw, again.draw)
    assert (first.draw != other.draw).any()
    np.testing.assert_allclose(first.mean, [first.draw[:n].mean() for n in first.n], rtol=1e-12)
    np.testing.assert_allclose(first.band * np.sqrt(first.n), first.deviation, rtol=1e-12)


@pytest.mark.parametrize("text", ["0.4, 0.1, 0.2, 0.3 @ 1", "1/3, 2/3", "binomial(11, 1/2)"])
def test_outputs_are_numpys_convolution_where_all_weights_meet_samples(text):
    frames = of(text)
    np.testing.assert_allclose(
        frames.output, np.convolve(frames.sample, frames.p, "valid"), rtol=1e-13
    )
    for n, part, y in zip(frames.position, frames.part, frames.output, strict=True):
        met = [frames.sample[n - k] for k in range(len(frames.p))]
        assert y == pytest.approx(np.average(met, weights=frames.p), rel=1e-13)
        np.testing.assert_allclose(part, frames.p * met, rtol=1e-13)


@pytest.mark.parametrize(
    ("text", "mean"), [("2/9*t*rect((t - 1.5)/3)", 2.0), ("exp(-t)*u(t)", 1.0), ("gauss(t)/2.5", 0)]
)
def test_bars_are_the_midpoint_rule_and_none_is_lost(text, mean):
    density = parse_density(text, normalise=True)
    frames = expectation(np.array([0.0, 1.0]), np.array([0.5, 0.5]), density, draws=100)
    low, high = frames.window
    for i, width in enumerate(frames.width):
        x, chance, product = frames.bars(i).T
        np.testing.assert_allclose(x, np.arange(low + width / 2, high, width), atol=1e-12)
        np.testing.assert_allclose(chance, density.signal(x) * width, rtol=1e-12)
        np.testing.assert_allclose(product, chance * x, rtol=1e-12, atol=1e-15)
        assert product.sum() + frames.beside(i) == pytest.approx(frames.total[i], abs=1e-12)
    assert (frames.beside(0) == 0) == np.isfinite(density.signal.support).all()
    assert frames.total[-1] == pytest.approx(mean, abs=2e-3)


@EVERY_FORMAT
def test_frames_come_back_as_they_were_saved(suffix, tmp_path):
    frames = of("0.4, 0.1, 0.2, 0.3 @ 1", draws=100)
    assert_comes_back(frames, tmp_path, suffix)
