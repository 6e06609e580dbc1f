"""Stacks of grids as a person types them: ``1,2; 3,4 | 0,1; 1,0``, and stacks of stacks."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from convmath.arrays import AnyArray
from convmath.errors import InputError, sized
from convmath.rows import parse_rows

__all__ = ["parse_filters", "parse_stack"]

_MOST_CHARACTERS = 4000
_STACK = "rows with ; between them, channels with |, such as 1,2; 3,4 | 0,1; 1,0"
_FILTERS = (
    "rows with ; between them, kernels with |, filters with ||, such as "
    "1,0; 2,1 | 0,1; 1,0 || 1,1; 0,1 | 2,0; 0,0"
)


def parse_stack(text: str, option: str | None = None) -> AnyArray:
    """Grids of one size with ``|`` between them, (channels, rows, columns).

    Raises
    ------
    InputError
        Whatever is wrong with the text, with its place in the whole text; nothing else.

    Examples
    --------
    >>> parse_stack("1,2; 3,4 | 0,1; 1,0").tolist()
    [[[1, 2], [3, 4]], [[0, 1], [1, 0]]]
    """
    _refuse_long(text, option)
    return _stack(text, 0, text, option, ("channel", "channels", _STACK))


def parse_filters(text: str, option: str | None = None) -> AnyArray:
    """Stacks of one size with ``||`` between them, (filters, kernels, rows, columns).

    Raises
    ------
    InputError
        Whatever is wrong with the text, with its place in the whole text; nothing else.

    Examples
    --------
    >>> parse_filters("1,2 | 3,4 || 0,1 | 1,0").shape
    (2, 2, 1, 2)
    """
    _refuse_long(text, option)
    names = ("kernel", "kernels", _FILTERS)
    filters = [_stack(part, at, text, option, names) for part, at in _parts(text, "||")]
    for number, ((_, at), one) in enumerate(zip(_parts(text, "||"), filters, strict=True), 1):
        if one.shape != filters[0].shape:
            raise InputError(
                f"filter {number} has {_sized(one)}, the first one {_sized(filters[0])}",
                typed=text,
                position=at,
                accepted="filters of one size: as many kernels, rows and columns in each",
                option=option,
            )
    return np.stack(filters)


def _stack(
    part: str, start: int, text: str, option: str | None, names: tuple[str, str, str]
) -> AnyArray:
    """A part of ``text`` as grids of one size, which are called by these names."""
    one, several, accepted = names
    grids = []
    for number, (grid, at) in enumerate(_parts(part, "|"), 1):
        grids.append(_grid(grid, start + at, text, option, accepted))
        if grids[-1].shape != grids[0].shape:
            raise InputError(
                f"{one} {number} has {sized(grids[-1].shape)} numbers, "
                f"the first one {sized(grids[0].shape)}",
                typed=text,
                position=start + at,
                accepted=f"{several} of one size",
                option=option,
            )
    return np.stack(grids)


def _grid(part: str, start: int, text: str, option: str | None, accepted: str) -> AnyArray:
    """One grid of ``text``; what is wrong with it is pointed at in the whole text."""
    try:
        return np.stack([row.values for row in parse_rows(part, option)])
    except InputError as error:
        raise InputError(
            error.problem,
            typed=text,
            position=start + (error.position or 0),
            accepted=accepted,
            option=error.option,
        ) from None


def _parts(text: str, between: str) -> Iterator[tuple[str, int]]:
    """The parts of a text, each with the place of its first character that is no blank."""
    start = 0
    for part in text.split(between):
        blank = len(part) - len(part.lstrip())
        yield part.strip(), start + blank
        start += len(part) + len(between)


def _refuse_long(text: str, option: str | None) -> None:
    if len(text) > _MOST_CHARACTERS:
        raise InputError(
            f"this text is too long: {len(text)} characters",
            accepted=f"at most {_MOST_CHARACTERS}",
            option=option,
        )


def _sized(filter_: AnyArray) -> str:
    count = len(filter_)
    return f"{count} kernel{'' if count == 1 else 's'} of {sized(filter_[0].shape)}"
