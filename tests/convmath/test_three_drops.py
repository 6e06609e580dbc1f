"""The sum of three drops, against a triple loop, NumPy, SciPy, and against itself spoilt."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.ndimage import convolve1d

from convmath.pmf import Pmf, parse_pmf
from convmath.three_drops import ThreeDrops, three_drops, verify_three_drops
from tests.convmath.saved import EVERY_FORMAT, assert_comes_back

CASES = [
    ("0.5,0.3,0.2", "0.1,0.6,0.3", "0.1,0.4,0.5"),
    ("1/2,1/2 @ 1", "0.2,0,0.8 @ -2", "1/3,1/3,1/6,1/6"),
    ("uniform(1, 4)", "bernoulli(0.3)", "poisson(2, 3)"),
    ("1", "1 @ 5", "0.25,0.75"),
]
EVERY = pytest.mark.parametrize("texts", CASES, ids=str)


def drops(texts: tuple[str, ...]) -> tuple[ThreeDrops, list[Pmf]]:
    pmfs = [parse_pmf(text) for text in texts]
    return three_drops(*pmfs), pmfs


@EVERY
def test_a_loop_over_all_triples_finds_the_same_ways(texts):
    frames, pmfs = drops(texts)
    outcomes = [list(zip(pmf.outcomes.tolist(), pmf.p.tolist(), strict=True)) for pmf in pmfs]
    ways: dict[int, dict[tuple[int, int, int], float]] = {d: {} for d in frames.total.tolist()}
    for (a, p), (b, q), (c, r) in product(*outcomes):
        ways[a + b + c][a, b, c] = p * q * r
    for step in (frames.at(i) for i in range(len(frames))):
        found = {
            (int(frames.a[i]), int(step.b[i, k]), int(frames.c[k])): float(step.product[i, k])
            for i, k in np.argwhere(step.possible).tolist()
        }
        assert found == pytest.approx({way: p for way, p in ways[step.total].items() if p > 0})
        assert step.product[~step.possible].tolist() == [0.0] * int((~step.possible).sum())
        assert step.first_then_rest == pytest.approx(sum(found.values()), abs=1e-15)


@EVERY
def test_both_orders_are_those_of_numpy(texts):
    frames, (f, g, h) = drops(texts)
    close = {"rtol": 0, "atol": 1e-15}
    left, right = np.convolve(f.p, np.convolve(g.p, h.p)), np.convolve(np.convolve(f.p, g.p), h.p)
    np.testing.assert_allclose(frames.first_then_rest, left, **close)
    np.testing.assert_allclose(frames.rest_then_last, right, **close)
    np.testing.assert_allclose(frames.first_then_rest, frames.rest_then_last, **close)
    np.testing.assert_array_equal(frames.last_two, np.convolve(g.p, h.p))
    assert frames.total[0] == sum(int(pmf.outcomes[0]) for pmf in (f, g, h))
    assert frames.total[-1] == sum(int(pmf.outcomes[-1]) for pmf in (f, g, h))
    assert frames.first_then_rest.sum() == pytest.approx(1, abs=1e-14)
    mean = frames.total @ frames.first_then_rest
    assert mean == pytest.approx(f.mean + g.mean + h.mean, abs=1e-13)


@EVERY
def test_the_ways_of_a_group_add_up_to_its_subtotal(texts):
    frames, (_, g, h) = drops(texts)
    np.testing.assert_allclose(frames.product.sum(axis=2), frames.by_first, rtol=0, atol=1e-15)
    np.testing.assert_allclose(frames.product.sum(axis=1), frames.by_last, rtol=0, atol=1e-15)
    padded = np.pad(g.p, (0, h.p.size - 1))
    both = convolve1d(padded, h.p, mode="constant", origin=-(h.p.size // 2))
    np.testing.assert_allclose(frames.last_two, both, rtol=0, atol=1e-15)


def test_binomials_of_one_chance_add_up_to_a_binomial():
    frames, _ = drops(("binomial(2, 0.3)", "binomial(3, 0.3)", "binomial(1, 0.3)"))
    expected = stats.binom(6, 0.3).pmf(frames.total)
    np.testing.assert_allclose(frames.rest_then_last, expected, rtol=0, atol=1e-14)


def test_three_dice():
    frames, _ = drops(("uniform(1, 6)",) * 3)
    assert frames.possible.sum(axis=(1, 2)).tolist() == [
        *(1, 3, 6, 10, 15, 21, 25, 27, 27, 25, 21, 15, 10, 6, 3, 1)
    ]
    counts = frames.first_then_rest * 6**3
    np.testing.assert_allclose(counts, frames.possible.sum(axis=(1, 2)), rtol=1e-13)


masses = st.lists(st.floats(0, 1), min_size=1, max_size=5).filter(lambda p: sum(p) > 0.01)


@given(f=masses, g=masses, h=masses, starts=st.tuples(*3 * [st.integers(-9, 9)]))
def test_any_three_pass_their_checks(f, g, h, starts):
    texts = [
        f"{', '.join(map(repr, p))} @ {start}" for p, start in zip((f, g, h), starts, strict=True)
    ]
    frames = three_drops(*(parse_pmf(text, normalise=True) for text in texts))
    assert [check for check in verify_three_drops(frames) if not check.passed] == []


@pytest.mark.parametrize(
    "name", ["product", "by_first", "by_last", "first_then_rest", "rest_then_last"]
)
def test_a_wrong_number_does_not_pass(name):
    frames, _ = drops(CASES[0])
    wrong = getattr(frames, name).copy()
    wrong.flat[1] += 1e-9
    assert not all(check.passed for check in verify_three_drops(replace(frames, **{name: wrong})))


@EVERY_FORMAT
def test_frames_come_back_exactly(tmp_path, suffix):
    frames, _ = drops(CASES[1])
    assert_comes_back(frames, tmp_path, suffix)
