"""Words that are to be refused."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Wrong"]


@dataclass(frozen=True)
class Wrong:
    """Words that are refused, and what the message has to say.

    Where ``caret`` is given, what was typed is shown as ``typed`` with a caret at this column.
    """

    words: tuple[str, ...]
    says: tuple[str, ...]
    typed: str = ""
    caret: int | None = None
