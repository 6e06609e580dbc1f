"""The place of a pattern in a signal, against numpy.correlate."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from convmath import InputError, Sequence, find_pattern

values = st.integers(-9, 9)


@given(st.lists(values, min_size=4, max_size=20), st.integers(-5, 5), st.integers(-5, 5))
def test_scores_are_numpys_exactly(signal, start, offset):
    pattern = [2, -1, 3, 1]
    search = find_pattern(Sequence(pattern, offset), Sequence(signal, start))
    np.testing.assert_array_equal(search.score, np.correlate(signal, pattern, "valid"))
    np.testing.assert_array_equal(search.n, start - offset + np.arange(len(signal) - 3))
    # Cauchy and Schwarz, at every place.
    pieces = [signal[i : i + 4] for i in range(len(signal) - 3)]
    for score, likeness, piece in zip(search.score, search.likeness, pieces, strict=True):
        norm = sum(v * v for v in piece)
        assert int(score) ** 2 <= search.energy * norm
        assert likeness == pytest.approx(score / np.sqrt(search.energy * norm) if norm else 0)


@given(st.lists(values, min_size=3, max_size=20), st.data())
def test_a_copy_is_the_best_match_wherever_it_stands(signal, data):
    pattern = [1, -2, 3]
    at = data.draw(st.integers(0, len(signal) - 3))
    signal[at : at + 3] = pattern
    search = find_pattern(Sequence(pattern), Sequence(signal))
    assert at in search.alike
    assert search.is_copy(at)
    assert search.score[at] == search.energy == 14


def test_a_louder_piece_scores_more_than_a_copy():
    search = find_pattern(Sequence([1, 2, 1]), Sequence([0, 1, 2, 1, 0, 9, 9, 9, 0]))
    assert search.found == [5]
    assert not search.is_copy(5)
    assert search.alike == [1]
    assert search.is_copy(1)


def test_a_pattern_that_stands_twice_is_found_twice():
    search = find_pattern(Sequence([0.1, 0.2]), Sequence([0.1, 0.2, 0.0, 0.1, 0.2]))
    assert search.found == [0, 3]


def test_a_pattern_may_be_as_long_as_the_signal_but_no_longer():
    assert find_pattern(Sequence([1, 2]), Sequence([3, 4])).score.tolist() == [11]
    with pytest.raises(InputError, match="has 3 values, the signal only 2") as refusal:
        find_pattern(Sequence([1, 2, 3]), Sequence([3, 4]))
    assert "--pattern" in str(refusal.value)
    with pytest.raises(InputError, match="zero everywhere"):
        find_pattern(Sequence([0, 0]), Sequence([3, 4]))
