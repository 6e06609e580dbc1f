"""Two drops on a floor, held against scipy, a naive loop, and themselves spoilt."""

from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.signal import convolve2d

from convmath.planar_drops import drop_twice, verify_drops
from tests.convmath.saved import EVERY_FORMAT, assert_comes_back

F = np.array([[0.1, 0.3, 0.1], [0.2, 0.2, 0.1]])  # [y, x]: the bottom row first
G = np.array([[0.2, 0.4], [0.3, 0.1]])


@st.composite
def chances(draw: Any) -> Any:
    rows, columns = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    counts = st.lists(st.integers(0, 50), min_size=rows * columns, max_size=rows * columns)
    grid = np.array(draw(counts.filter(any)), dtype=float).reshape(rows, columns)
    return grid / grid.sum()


def naive(f: Any, g: Any) -> dict[tuple[int, int], float]:
    """Every pair of moves by itself, collected by where it lands, (x, y)."""
    landed: dict[tuple[int, int], float] = {}
    for (ya, xa), (yb, xb) in product(np.ndindex(f.shape), np.ndindex(g.shape)):
        c = (xa + xb, ya + yb)
        landed[c] = landed.get(c, 0.0) + f[ya, xa] * g[yb, xb]
    return landed


@given(f=chances(), g=chances())
def test_the_map_is_scipys_and_that_of_all_pairs(f: Any, g: Any):
    frames = drop_twice(f, g)
    np.testing.assert_allclose(frames.total, convolve2d(f, g), rtol=0, atol=1e-12)
    landed = naive(f, g)
    assert len(frames) == len(landed) == frames.total.size
    for c, output in zip(frames.c.tolist(), frames.output, strict=True):
        assert output == pytest.approx(landed[c[0], c[1]], abs=1e-12)
    assert frames.total.sum() == pytest.approx(1, abs=1e-12)
    assert [check.name for check in verify_drops(frames) if not check.passed] == []


@given(f=chances(), g=chances())
def test_every_way_lands_on_its_point(f: Any, g: Any):
    frames = drop_twice(f, g)
    seen = 0
    for i, step in enumerate(map(frames.at, range(len(frames)))):
        ways = frames.ways_to(i)
        assert len(ways) == step.ways
        assert (ways.a + ways.b == step.c).all()
        for (xa, ya), (xb, yb), p in zip(ways.a, ways.b, ways.product, strict=True):
            assert p == f[ya, xa] * g[yb, xb] > 0
        assert ways.product.sum() == pytest.approx(step.output, abs=1e-12)
        seen += len(ways)
    assert seen == np.count_nonzero(f) * np.count_nonzero(g), "every pair lands exactly once"


def test_points_are_listed_as_a_page_is_read():
    frames = drop_twice(F, G)
    assert frames.c[:5].tolist() == [[0, 2], [1, 2], [2, 2], [3, 2], [0, 1]]
    assert frames.c[-1].tolist() == [3, 0]
    assert frames.index_of((2, 1)) == 6
    with pytest.raises(IndexError, match=r"\(4, 0\)"):
        frames.index_of((4, 0))


@pytest.mark.parametrize("name", ["output", "product", "total"])
def test_a_wrong_number_does_not_pass(name: str):
    frames = drop_twice(F, G)
    wrong = getattr(frames, name).copy()
    wrong.flat[3] += 1e-6
    assert not all(check.passed for check in verify_drops(replace(frames, **{name: wrong})))


@EVERY_FORMAT
def test_frames_come_back_exactly(tmp_path: Any, suffix: str):
    frames = drop_twice(F / 3, G)
    assert_comes_back(frames, tmp_path, suffix)
