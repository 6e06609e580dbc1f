import math

import pytest

from convmath import InputError, parse_row, parse_rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("1,2,3; 0,1,1", [[1, 2, 3], [0, 1, 1]]),
        ("5", [[5]]),
        ("-1;2", [[-1], [2]]),
        ("[1, 2]; [1/2, 0.25]", [[1, 2], [0.5, 0.25]]),
    ],
)
def test_rows(text, rows):
    assert [row.values.tolist() for row in parse_rows(text)] == rows


@pytest.mark.parametrize(
    ("text", "says", "position"),
    [
        ("", "an expression is missing", 0),
        ("1,2;", "missing", 4),
        (";1,2", "missing", 0),
        ("1,2; 1,,2", "a number is missing", 7),
        ("1,2; nan,2", "unknown name 'nan'", 5),
        ("1,2; 1,2 @ 3", "starts at index 0", 4),
        ("1,2; u(n)", "starts at index 0", 4),
        ("1,2;" * 200, "201 rows", None),
    ],
)
def test_what_is_wrong_is_pointed_at_in_the_whole_text(text, says, position):
    with pytest.raises(InputError) as refusal:
        parse_rows(text, "--channels")
    assert says in refusal.value.problem
    assert refusal.value.option == "--channels"
    assert refusal.value.typed == text
    assert refusal.value.position == position


def test_rows_of_different_lengths_are_refused():
    with pytest.raises(InputError, match="different lengths: 3, 2 and 1 numbers"):
        parse_rows("1,2,3; 1,2; 1")


@pytest.mark.parametrize("text", ["1,2 @ -1", "u(n)", "delta(n - 2)"])
def test_a_row_is_a_list_from_zero(text):
    with pytest.raises(InputError, match="starts at index 0"):
        parse_row(text)


@pytest.mark.parametrize("text", ["", "1,,2", "1, 2 @ 3", "[1, 2", "nan", "1e13", "1, x", "u(n)"])
def test_a_list_of_numbers_is_asked_for_whatever_is_wrong_with_a_row(text):
    with pytest.raises(InputError) as refusal:
        parse_row(text, "--centers")
    assert refusal.value.option == "--centers"
    assert refusal.value.accepted == "a list of numbers, such as 3, 2, 1 or 1/2, -1.5"


def test_numbers_may_be_written_as_fractions_and_powers():
    assert parse_row("[1/2, -pi, 2^3]").values.tolist() == pytest.approx([0.5, -math.pi, 8])
