"""A target: one kind of document that a lecturer embeds an explainer in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

from convmath import InputError

if TYPE_CHECKING:
    from lectures.production import Production

__all__ = ["Options", "Target"]


@dataclass(frozen=True, slots=True)
class Options:
    """What a lecturer may ask of a target, if it can be done there."""

    loop: bool = False
    """Begin again at the end."""
    autoplay: bool = False
    """Begin without being asked to: muted, and not where less motion is preferred."""
    one_file: bool = False
    """Everything in one file."""

    def chosen(self) -> list[str]:
        """The names of what was asked for."""
        return [each.name for each in fields(self) if getattr(self, each.name)]


@dataclass(frozen=True, slots=True)
class Target:
    """What a file in ``lectures/targets`` has under the name ``TARGET``.

    Attributes
    ----------
    name
        As typed after ``--to``.
    summary
        What is made, in a few words.
    make
        Makes the files in an empty folder, and returns the name of the one to open first.
    takes
        Which of the `Options` it can do.
    label
        What a link to it says; the name where there is none.
    shared
        Folders that explainers share; any other belongs to one of them, and is named after it.
    """

    name: str
    summary: str
    make: Callable[[Production, Path, Options], str]
    takes: frozenset[str] = frozenset()
    label: str = ""
    shared: frozenset[str] = frozenset()

    def refuse(self, options: Options) -> None:
        """Raise `InputError` if something is asked for that cannot be done."""
        for name in options.chosen():
            if name not in self.takes:
                raise InputError(
                    f"not available with --to {self.name}; {self._instead()}",
                    option=f"--{name.replace('_', '-')}",
                )

    def _instead(self) -> str:
        known = [f"--{name.replace('_', '-')}" for name in sorted(self.takes)]
        return f"it takes {', '.join(known)}" if known else "leave it out"
