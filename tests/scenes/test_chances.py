"""Probabilities in writing: exact wherever that can be read."""

import numpy as np
import pytest

from scenes.chances import Chances


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
