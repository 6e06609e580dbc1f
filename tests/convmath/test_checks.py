import math

import numpy as np
import pytest

from convmath.checks import agreement, chord_error


def value(found, expected, **options):
    return agreement("a", (found, expected), **options).value


def test_the_worst_pair_counts_in_parts_of_the_scale():
    check = agreement("a", ([1, 2], [1, 2]), ([0.5], [2.5]), scale=4.0, tolerance=0.4)
    assert (check.name, check.value, check.tolerance) == ("a", 0.5, 0.4)
    assert not check.passed


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([1, 2], [1, 2, 3]),
        ([[1, 2]], [1, 2]),
        ([1.0, np.nan], [1.0, 2.0]),
        ([1.0, 2.0], [1.0, np.nan]),
        ([np.inf], [-np.inf]),
        ([np.inf], [1e300]),
    ],
)
def test_what_cannot_be_compared_is_infinitely_far_apart(found, expected):
    assert value(found, expected, scale=1e9) == math.inf


def test_the_same_gaps_and_infinities_agree():
    assert value([np.nan, -np.inf, 3.0], [np.nan, -np.inf, 3.0]) == 0
    assert value(np.zeros((0, 2)), np.zeros((0, 2))) == 0


def test_whole_numbers_are_exact_and_truth_is_a_number():
    assert value([2**62 + 1], [2**62]) == 1
    assert value([True, False], [1, 1]) == 1


def test_a_polyline_is_held_at_the_middle_of_its_chords():
    t = np.linspace(0, 1, 101)
    curve = np.stack([t, t**2], axis=1)
    assert chord_error(curve, np.square) == pytest.approx(0.005**2)
    bent = curve.copy()
    bent[50, 1] += 0.1
    assert chord_error(bent, np.square) == pytest.approx(0.05, rel=1e-3)
    assert chord_error(curve[::-1], np.square) == math.inf


def test_edges_of_a_jump_are_passed_over():
    step = np.array([[-1.0, 0.0], [0.0, 0.0], [0.0, 2.0], [1.0, 2.0]])
    assert chord_error(step, lambda t: 2.0 * (t > 0)) == 0
