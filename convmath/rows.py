"""Rows of numbers as a person types them: ``1,2,3; 0,1,1``."""

from __future__ import annotations

from convmath import files
from convmath.errors import InputError
from convmath.expression import parse_sequence
from convmath.sequence import Sequence

__all__ = ["parse_row", "parse_rows"]

_MOST_ROWS = 100
_ACCEPTED = "a list of numbers, such as 3, 2, 1 or 1/2, -1.5"


def parse_row(text: str, option: str | None = None) -> Sequence:
    """One row: a finite list of numbers that starts at index 0.

    Raises
    ------
    InputError
        Whatever is wrong with the text; nothing else.

    Examples
    --------
    >>> parse_row("2, 1, 1/2").values
    array([2. , 1. , 0.5])
    """
    try:
        row = parse_sequence(text, option)
    except InputError as error:
        if not files.is_file_name(text):
            error.accepted = _ACCEPTED
        raise
    if isinstance(row, Sequence) and row.start == 0:
        return row
    raise InputError(
        "a row is a list of numbers that starts at index 0",
        typed=text,
        accepted=_ACCEPTED,
        option=option,
    )


def parse_rows(text: str, option: str | None = None) -> tuple[Sequence, ...]:
    """Rows of one length, with semicolons between them.

    Raises
    ------
    InputError
        Whatever is wrong with the text, with its place in the whole text; nothing else.

    Examples
    --------
    >>> [row.values.tolist() for row in parse_rows("1,2,3; 0,1,1")]
    [[1, 2, 3], [0, 1, 1]]
    """
    if text.count(";") >= _MOST_ROWS:
        raise InputError(
            f"these are {text.count(';') + 1} rows",
            typed=text,
            accepted=f"at most {_MOST_ROWS} rows",
            option=option,
        )
    rows, start = [], 0
    for part in text.split(";"):
        rows.append(_row_at(part, start, text, option))
        start += len(part) + 1
    _refuse_ragged(rows, text, option)
    return tuple(rows)


def _row_at(part: str, start: int, text: str, option: str | None) -> Sequence:
    """One row of ``text``; what is wrong with it is pointed at in the whole text."""
    try:
        return parse_row(part, option)
    except InputError as error:
        raise InputError(
            error.problem,
            typed=text,
            position=start + (error.position or 0),
            accepted=error.accepted,
            option=error.option,
        ) from None


def _refuse_ragged(rows: list[Sequence], text: str, option: str | None) -> None:
    lengths = [row.values.size for row in rows]
    if len(set(lengths)) > 1:
        listed = ", ".join(map(str, lengths[:-1])) + f" and {lengths[-1]}"
        raise InputError(
            f"the rows have different lengths: {listed} numbers",
            typed=text,
            accepted="as many numbers in each row, such as 1,2,3; 0,1,1",
            option=option,
        )
