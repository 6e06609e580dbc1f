import math

import numpy as np
import pytest

from convmath.errors import InputError
from convmath.sequence import Sequence, SequenceRule, sample
from convmath.signal import Impulse, Piece, Signal


def test_a_sequence_knows_where_it_starts():
    x = Sequence([3, 2, 1], start=-1)
    assert x.values.dtype == np.int64
    assert (x.start, x.stop, x.support) == (-1, 2, (-1, 1))
    assert x.indices.tolist() == [-1, 0, 1]
    assert x([[-2, -1], [1, 2]]).tolist() == [[0, 3], [1, 0]]
    assert int(x(0)) == 2
    assert list(x) == [(-1, 3), (0, 2), (1, 1)]
    assert len(x) == 3
    assert x.text == "3, 2, 1 @ -1"
    assert x == Sequence([3.0, 2.0, 1.0], -1)
    assert hash(x) == hash(Sequence([3.0, 2.0, 1.0], -1))
    assert x != Sequence([3, 2, 1])


def test_whole_numbers_stay_whole():
    assert Sequence([1, 0.5]).values.dtype == np.float64
    assert Sequence([1.0, 2.0]).values.dtype == np.int64
    assert Sequence([2.0**60, 1.0]).values.dtype == np.float64


def test_values_are_read_only_and_copied():
    given = np.array([1, 2, 3])
    x = Sequence(given)
    given[0] = 9
    assert x.values.tolist() == [1, 2, 3]
    with pytest.raises(ValueError, match="read-only"):
        x.values[0] = 5


def test_flipped_and_window():
    x = Sequence([3, 2, 1], start=1)
    assert x.flipped() == Sequence([1, 2, 3], start=-3)
    assert x.window(0, 4) == Sequence([0, 3, 2, 1, 0])
    assert x.window(2, 2) == Sequence([2], 2)
    with pytest.raises(ValueError, match="window"):
        x.window(3, 2)
    with pytest.raises(ValueError, match="window"):
        x.window(0, 10_000)


@pytest.mark.parametrize("values", [[], [[1]], [math.nan], [math.inf], ["a"], [1j]])
def test_what_is_not_a_sequence(values):
    with pytest.raises(ValueError, match="sequence needs"):
        Sequence(values)


def test_only_whole_n():
    with pytest.raises(TypeError, match="whole n"):
        Sequence([1])(0.5)
    with pytest.raises(TypeError, match="whole n"):
        SequenceRule((0, 1), np.ones_like)(0.5)


def test_a_rule_looks_like_a_sequence():
    rule = SequenceRule((0, math.inf), lambda n: 0.5**n, shown=(0, 8))
    assert rule.window(-1, 2) == Sequence([0, 1, 0.5, 0.25], -1)
    assert rule.flipped().window(-2, 1) == Sequence([0.25, 0.5, 1, 0], -2)
    assert rule.flipped().support == (-math.inf, 0)
    assert rule.flipped().extent() == (-8, 0)
    assert rule.flipped().formula("n") == "x[-n]"


def test_sampling():
    decay = Signal((Piece(0.0, math.inf, lambda t: 2 * np.exp(-t / 2)),))
    assert sample(decay, -1, 2).values == pytest.approx(
        [0, 2, 2 * math.exp(-0.5), 2 * math.exp(-1)]
    )
    with pytest.raises(InputError, match="one at t = 1"):
        sample(Signal((), (Impulse(1.0, 1.0),)), 0, 2)
