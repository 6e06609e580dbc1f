"""Words of captions and pictures: counts, lists, sizes, places in an order, factors."""

from __future__ import annotations

from collections.abc import Iterable

from scenes.numerals import brief

__all__ = ["by", "counted", "factor", "listed", "numbered", "ordinal", "plural"]

_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_FIRST = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def plural(n: int, one: str, several: str = "") -> str:
    """The form of a word that belongs to a number.

    Examples
    --------
    >>> plural(1, "cell"), plural(2, "cell"), plural(0, "bias", "biases")
    ('cell', 'cells', 'biases')
    """
    return one if n == 1 else several or f"{one}s"


def counted(n: int, one: str, several: str = "") -> str:
    """A number with what it counts, as it is said: a small number is a word.

    Examples
    --------
    >>> counted(1, "cell"), counted(3, "bias", "biases"), counted(1200, "cell")
    ('one cell', 'three biases', '1,200 cells')
    """
    number = _WORDS[n] if n < len(_WORDS) else f"{n:,}"
    return f"{number} {plural(n, one, several)}"


def numbered(n: int, one: str, several: str = "") -> str:
    """A number with what it counts, in digits.

    Examples
    --------
    >>> numbered(1, "cell is", "cells are"), numbered(3, "cell"), numbered(1200, "cell")
    ('1 cell is', '3 cells', '1,200 cells')
    """
    return f"{n:,} {plural(n, one, several)}"


def listed(parts: Iterable[object], last: str = "and") -> str:
    """Parts of a sentence, with a word before the last.

    Examples
    --------
    >>> listed([1]), listed("ab"), listed([1, 3, 5], "or")
    ('1', 'a and b', '1, 3 or 5')
    """
    *first, end = map(str, parts)
    return f"{', '.join(first)} {last} {end}" if first else end


def by(sizes: Iterable[int], sign: str = "by") -> str:
    """Sizes such as rows and columns.

    Examples
    --------
    >>> by((3, 4)), by((2, 3, 4), "×")
    ('3 by 4', '2 × 3 × 4')
    """
    return f" {sign} ".join(map(str, sizes))


def ordinal(n: int) -> str:
    """A place in an order, counted from 1.

    Examples
    --------
    >>> [ordinal(n) for n in (1, 9, 10, 11, 21, 22, 103, 113)]
    ['first', 'ninth', '10th', '11th', '21st', '22nd', '103rd', '113th']
    """
    if n in range(1, len(_FIRST) + 1):
        return _FIRST[n - 1]
    in_teens = n // 10 % 10 == 1
    return f"{n:,}{'th' if in_teens else _ENDINGS.get(n % 10, 'th')}"


def factor(value: float | str) -> str:
    """A number in a product or after a plus, already written or not: a negative one in parentheses.

    Examples
    --------
    >>> factor(0.5), factor(-2), factor("−0.33")
    ('0.5', '(−2)', '(−0.33)')
    """
    text = value if isinstance(value, str) else brief(value)
    return f"({text})" if text.startswith("−") else text
