"""On which line of a TOML file something stands: `tomllib` reads the values and drops the lines."""

from __future__ import annotations

import tomllib
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

__all__ = ["KeyPath", "line_of"]

KeyPath: TypeAlias = Sequence[str | int]
"""Keys, and places in arrays counted from 0: ``("explainer", 1, "slug")``."""


def line_of(text: str, path: KeyPath) -> int | None:
    """The line, from 1, on which the statement begins that first brings ``path`` into the file.

    Where the file does not have it, that of the nearest table that it would stand in; None is for
    the file itself. ``text`` is TOML without an error.

    Every beginning of a file that ends with a statement is TOML, too, and a file only ever gains
    keys. So the parser itself is asked which is the first beginning that has the path.

    Examples
    --------
    >>> line_of('title = "A"\\n\\n[[explainer]]\\nslug = "commute"', ("explainer", 0, "slug"))
    4
    >>> line_of('title = "A"\\n\\n[[explainer]]\\nslug = "commute"', ("explainer", 0, "title"))
    3
    """
    values = tomllib.loads(text)
    while path and not _has(values, path):
        path = path[:-1]
    if not path:
        return None
    lines = _lines(text)
    statements = list(_statements(lines))
    found = bisect_left(
        statements,
        True,
        key=lambda each: _has(tomllib.loads("".join(lines[: each.stop])), path),
    )
    return statements[found].start + 1


def _lines(text: str) -> list[str]:
    """Lines as TOML has them, with their ends: other signs that break a line may be in strings."""
    return [f"{line}\n" for line in text.split("\n")]


def _statements(lines: Sequence[str]) -> Iterator[range]:
    """The lines of each key with its value, head of a table, comment or blank line."""
    start = 0
    for stop in range(1, len(lines) + 1):
        if _is_toml("".join(lines[start:stop])):
            yield range(start, stop)
            start = stop


def _is_toml(text: str) -> bool:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    return True


def _has(values: Any, path: KeyPath) -> bool:
    for key in path:
        try:
            values = values[key]
        except (KeyError, IndexError, TypeError):
            return False
    return True
