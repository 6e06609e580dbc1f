"""What a person is told when their input cannot be used."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from textwrap import wrap
from typing import NoReturn

__all__ = ["DivergenceError", "InputError", "either", "refuse", "sized", "suggestion"]

_TELLING = 3  # letters of a word that are looked for inside of names
_MOST_NAMES = 5


class InputError(ValueError):
    """One clear message about one piece of input.

    Parameters
    ----------
    problem
        What is wrong, in one sentence: ``"')' is missing"``.
    typed
        What the person typed, shown back to them.
    position
        Where in ``typed`` it goes wrong (0-based column), marked with a caret.
    accepted
        What would be accepted instead.
    option
        The option it was given to, such as ``"--h"``; usually added later by `named`.

    Examples
    --------
    >>> print(InputError("unknown name 'foo'", typed="2*foo", position=2, option="--h"))
    --h: unknown name 'foo'
      2*foo
        ^
    """

    def __init__(
        self,
        problem: str,
        *,
        typed: str | None = None,
        position: int | None = None,
        accepted: str | None = None,
        option: str | None = None,
    ) -> None:
        super().__init__(problem)
        self.problem = problem
        self.typed = typed
        self.position = position
        self.accepted = accepted
        self.option = option

    def named(self, option: str) -> InputError:
        """The same error, saying which option it is about (an option already named stays)."""
        return type(self)(
            self.problem,
            typed=self.typed,
            position=self.position,
            accepted=self.accepted,
            option=self.option or option,
        )

    def __str__(self) -> str:
        lines = [f"{self.option}: {self.problem}" if self.option else self.problem]
        if self.typed is not None:
            lines += self._shown()
        if self.accepted:
            lines += _lines(f"accepted: {self.accepted}")
        return "\n".join(lines)

    def _shown(self, width: int = 72) -> list[str]:
        """What was typed on one line, cut to ``width`` characters around the caret."""
        assert self.typed is not None
        at = self.position
        start = max(0, (at or 0) - width // 2)
        cut = "".join(c if c.isprintable() else "?" for c in self.typed[start : start + width])
        head = "…" if start else ""
        tail = "…" if start + width < len(self.typed) else ""
        lines = [f"  {head}{cut}{tail}"]
        if at is not None:
            lines.append("  " + " " * (len(head) + at - start) + "^")
        return lines


def _lines(text: str) -> list[str]:
    """``text`` in lines that a terminal does not break; names stay whole."""
    return wrap(text, 100, subsequent_indent="  ", break_on_hyphens=False, break_long_words=False)


class DivergenceError(InputError):
    """The integral or sum that defines the output has no finite value."""


def refuse(option: str, typed: str | None, problem: str, accepted: str) -> NoReturn:
    """Refuse what was typed for an option.

    Raises
    ------
    InputError
        Always.

    Examples
    --------
    >>> refuse("--stride", "0", "the kernel would stand still", "1 or more")
    Traceback (most recent call last):
    ...
    convmath.errors.InputError: --stride: the kernel would stand still
      0
    accepted: 1 or more
    """
    raise InputError(problem, typed=typed, option=option, accepted=accepted)


def sized(sizes: Iterable[int]) -> str:
    """Sizes as messages name them.

    Examples
    --------
    >>> sized((2, 3, 4))
    '2 × 3 × 4'
    """
    return " × ".join(map(str, sizes))


def suggestion(word: str, known: Iterable[str]) -> str:
    """The end of a message about an unknown word: the nearest known one, if one is near.

    Examples
    --------
    >>> "there is no beat 'flop'" + suggestion("flop", ["signals", "flip", "shift"])
    "there is no beat 'flop': did you mean 'flip'?"
    >>> suggestion("drop", ["flip", "ball-drop-2d", "three-drops"])
    ": did you mean 'ball-drop-2d' or 'three-drops'?"
    """
    names = {name.lower(): name for name in known}
    lower = word.lower()
    near = get_close_matches(lower, names, n=1)
    if not near and len(word) >= _TELLING:
        near = [name for name in names if lower in name][:_MOST_NAMES]
    return f": did you mean {either([repr(names[name]) for name in near])}?" if near else ""


def either(names: Sequence[str]) -> str:
    """The names, with "or" before the last one."""
    *others, last = names
    return f"{', '.join(others)} or {last}" if others else last
