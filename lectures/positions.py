"""On which line of a TOML file something stands: `tomllib` reads the values and drops the lines."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Sequence
from typing import Any, TypeAlias

__all__ = ["KeyPath", "line_of"]

KeyPath: TypeAlias = Sequence[str | int]
"""Keys, and places in arrays counted from 0: ``("explainer", 1, "slug")``."""

# What a line break or a bracket may stand in, and these themselves, as TOML 1.0 has them; three
# quotes that close a string may follow one or two that belong to it.
_TOKEN = re.compile(
    r'''#[^\n]*|"""(?:\\.|[^\\])*?"{3,5}|"(?:\\.|[^"\\\n])*"'''
    r"""|'''.*?'{3,5}|'[^'\n]*'"""
    r"|(?P<opening>[\[{])|(?P<closing>[]}])|(?P<newline>\n)",
    re.DOTALL,
)


def line_of(text: str, path: KeyPath) -> int | None:
    """The line, from 1, on which the statement begins that first brings ``path`` into the file.

    Where the file does not have it, that of the nearest table that it would stand in; None is for
    the file itself. ``text`` is TOML without an error.

    Every beginning of a file that ends with a statement is TOML, too, and a file only ever gains
    keys. So the parser itself is asked, by bisection, which is the first beginning that has the
    path.

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
    ends = _statement_ends(text)
    found = bisect_left(ends, True, key=lambda end: _has(tomllib.loads(text[:end]), path))
    start = ends[found - 1] if found else 0
    return text.count("\n", 0, start) + 1


def _statement_ends(text: str) -> list[int]:
    """Where each key with its value, head of a table, comment or blank line ends."""
    depth, ends = 0, []
    for token in _TOKEN.finditer(text):
        depth += (token.lastgroup == "opening") - (token.lastgroup == "closing")
        if token.lastgroup == "newline" and depth == 0:
            ends.append(token.end())
    return [*ends, len(text)]


def _has(values: Any, path: KeyPath) -> bool:
    for key in path:
        try:
            values = values[key]
        except (KeyError, IndexError, TypeError):
            return False
    return True
