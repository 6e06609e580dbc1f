"""Probabilities in writing: exact wherever that can be read."""

import numpy as np
import pytest

from scenes.chances import Chances, equality


@pytest.mark.parametrize(
    ("values", "written"),
    [
        ([0.02, 0.25], ["0.02", "0.25"]),
        ([0.5, 0.0625], ["0.5000", "0.0625"]),
        ([1 / 3, 1 / 2], ["2/6", "3/6"]),
        ([1 / 36, 35 / 36, 1.0, 0.0], ["1/36", "35/36", "1", "0"]),
        ([np.exp(-1), np.exp(-9)], ["0.368", "<0.001"]),
    ],
)
def test_a_manner_is_chosen_for_all_of_them(values: list[float], written: list[str]):
    chances = Chances.of(np.array(values))
    assert [chances.write(value) for value in values] == written
    assert chances.exact == (not written[-1].startswith("<"))


def test_fractions_come_first_or_not_at_all():
    half = np.array([0.5, 0.25])
    assert Chances.of(half, fractions=True).write(0.5) == "2/4"
    third = Chances.of(np.array([1 / 3, 2 / 3]), fractions=False)
    assert (third.write(1 / 3), third.equals) == ("0.333", "≈")


def test_mathematics_stays_on_one_line():
    assert Chances.of(np.array([1 / 6])).math(1 / 6) == "1 slash 6"
    assert Chances.of(np.exp([-1.0, -9.0])).math(np.exp(-9)) == "lt 0.001"


def test_a_sign_is_for_what_stands_beside_it():
    mixed = Chances.of(np.array([0.25, 1 / 3]), fractions=False)
    assert (mixed.sign(0.25, 0.5), mixed.sign(0.25, 1 / 3)) == ("=", "≈")
    assert (mixed.told(0.25), mixed.told(1 / 3)) == ("0.25", "about 0.333")
    thirds = Chances.of(np.array([1 / 3, 1 / 2]))
    assert (thirds.sign(1 / 3), thirds.sign(1 / 4)) == (equality(True), equality(False))


def test_zeros_at_the_end_may_be_left_out():
    quarters = Chances.of(np.array([0.5, 0.25]))
    assert (quarters.write(0.5), quarters.brief(0.5)) == ("0.50", "0.5")
    assert quarters.brief(-1e-17) == "0"
    assert Chances.of(np.array([1 / 20, 1 / 3])).brief(20 / 60) == "20/60"


def test_the_decimals_are_those_that_there_is_room_for():
    eighth, third = np.array([0.125]), np.array([[1 / 3], [0.5]])
    assert Chances.of(eighth, most=2).write(0.125) == "1/8"
    assert Chances.of(eighth, fractions=False, most=2).sign(0.125) == "="
    assert Chances.of(eighth, third, fractions=False, rounded=2).write(1 / 3) == "0.33"


def test_numbers_below_zero_have_a_true_minus():
    assert Chances.of(np.array([-0.25])).write(-0.25) == "−0.25"
