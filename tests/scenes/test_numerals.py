import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.numerals import brief, decimals_for, number, short


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (2.528482, 3, "2.528"),
        (-0.5, 2, "−0.50"),
        (-0.001, 2, "0.00"),
        (-0.0, 0, "0"),
        (7.0, 0, "7"),
        (1e6, 0, "1000000"),
        (math.inf, 2, "∞"),
        (-math.inf, 2, "−∞"),
        (math.nan, 2, "–"),
        (2**63 + 1, 0, "9223372036854775809"),
        (-(2**63) - 1, 0, "−9223372036854775809"),
    ],
)
def test_numbers_as_a_viewer_reads_them(value: float, decimals: int, text: str):
    assert number(value, decimals) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3.0, "3"),
        (2.5, "2.5"),
        (-1 / 3, "−0.333"),
        (100.0, "100"),
        (0.0, "0"),
        (-1e-9, "−0.000000001"),
        (0.00123, "0.0012"),
        (math.inf, "∞"),
    ],
)
def test_a_brief_number_has_no_trailing_zeros(value: float, text: str):
    assert brief(value) == text


@given(st.floats(1e-13, 1e6), st.sampled_from([-1, 1]))
def test_a_brief_number_has_three_decimals_or_two_digits(size: float, sign: int):
    text = brief(sign * size)
    assert float(text.replace("−", "-")) == pytest.approx(sign * size, rel=0.05, abs=0)
    assert float(text.replace("−", "-")) == pytest.approx(sign * size, rel=1e-9, abs=0.0005000001)


@given(st.floats(1e-3, 1e6))
def test_decimals_tell_values_apart_without_running_wide(largest: float):
    decimals = decimals_for(largest)
    assert 10**-decimals <= 0.01 * largest or decimals == 6
    assert len(number(largest, decimals)) <= 9


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (7, "7"),
        (-999, "−999"),
        (2**53, "9007199254740992"),
        (1.0, "1"),
        (-0.996, "−1"),
        (-0.001, "0"),
        (99.96, "100"),
        (123.456, "123"),
    ],
)
def test_short_numbers(value: float, text: str):
    assert short(value) == text


@given(st.floats(-999, 999))
def test_a_short_number_is_short_and_right_to_its_last_digit(value: float):
    text = short(value)
    assert len(text) <= 5
    decimals = len(text.partition(".")[2])
    shown = float(text.replace("−", "-"))
    assert (
        abs(shown - value)
        <= max(0.5 * 10.0**-decimals, 0.5 * 10.0 ** (len(str(int(abs(value)))) - 3)) * 1.001
    )
