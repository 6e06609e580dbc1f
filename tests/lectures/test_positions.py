"""Lines of keys: in these files every whole number is that of the line its statement begins on."""

import tomllib
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from lectures.positions import line_of

PLAIN = """\
a = 1
b.c = 2
[table]
d = 4
[table.below]
e = 6
[[explainer]]
slug = 8
parameters.h = 9
parameters.x = 10
[[explainer]]
[explainer.parameters]
h = 13
[[explainer]]
slug = 15
"""
AWKWARD = """\
# a = 99
'quoted # key' = 2   # slug = 99
"with = sign" = 3

long = \"\"\"
[[explainer]]
slug = 99 \\
\"\"\"
after = 9
raw = '''
a = "\"\"\"'''
then = 12
list = [ # [[explainer]]
  13, 13,
  { deep = 13, "slug" = 13 },
]
[[explainer]] # slug = 99
  "slug"=18
  parameters = { h = 19, 'n-range' = [19, 19] }
[ explainer . captions ]
flip = 21
[[explainer]]

slug   =   24
explainer = 25
[[explainer.inner]]
slug = 27
[[explainer.inner]]
slug = 29
[out.of.order]
a = 31
[[explainer]]
slug = 33
[out]
b = 35"""
BREAKS = 'a = 1\nb = "\u2028 \u0085"\nc = 3'  # lines break here for `str.splitlines`, not for TOML


def numbers(values: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[Any, int]]:
    """Every whole number of a file, with its path."""
    if isinstance(values, int):
        yield path, values
    children = values.items() if isinstance(values, dict) else ()
    for key, value in enumerate(values) if isinstance(values, list) else children:
        yield from numbers(value, (*path, key))


QUOTES = "\n".join(
    [
        "a = 1",
        'b = """x',
        r'\""" [ """""',
        "c = '''[\\",
        "''''' # [",
        "d = [ \"]\", ']', 6, # ]",
        "  6 ]",
        r'"[" = "\"[" # "',
        "e = { \"}\" = 9, '{' = 9 }",
        "'#' = 10",
    ]
)


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("text", [PLAIN, AWKWARD, BREAKS, QUOTES])
def test_the_line_is_where_the_key_is_defined(text: str, ends: str) -> None:
    text = text.replace("\n", ends)
    found = list(numbers(tomllib.loads(text)))
    assert found
    for path, line in found:
        assert line_of(text, path) == line, path


def test_a_table_is_where_it_is_first_named() -> None:
    assert line_of(PLAIN, ("table",)) == 3
    assert line_of(PLAIN, ("explainer",)) == 7
    assert line_of(PLAIN, ("explainer", 1)) == 11
    assert line_of(PLAIN, ("explainer", 0, "parameters")) == 9


def test_what_is_not_there_is_looked_for_in_the_table_it_belongs_to() -> None:
    assert line_of(PLAIN, ("explainer", 2, "title")) == 14
    assert line_of(PLAIN, ("explainer", 1, "captions", "flip")) == 11
    assert line_of(PLAIN, ("explainer", 1, "parameters", "x")) == 12
    assert line_of(PLAIN, ("title",)) is None
    assert line_of("", ("title",)) is None


def test_a_long_value_is_not_read_line_by_line(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def counted(text: str) -> dict[str, Any]:
        read.append(text)
        return tomllib.loads(text)

    monkeypatch.setattr("lectures.positions.tomllib", SimpleNamespace(loads=counted))
    rows = "".join("  [1, 2],\n" for _ in range(1500))
    assert line_of(f"first = 1\nlong = [\n{rows}]\nlast = 3\n", ("last",)) == 1504
    assert len(read) <= 5
