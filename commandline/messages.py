"""What is said to a person: errors and reports, on the standard error stream."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from rich.console import Console
from rich.text import Text

from convmath.errors import suggestion
from rendering.progress import Report

__all__ = ["progress_bar", "say", "say_error", "suggestion"]

_REFRESH = 0.1  # seconds


@cache
def _console() -> Console:
    """One for all, so that a line that is said while there is a bar goes above it."""
    return Console(stderr=True, highlight=False, soft_wrap=True)


def say(message: str, *, quiet: bool = False) -> None:
    """One line of report."""
    if not quiet:
        _console().print(Text(message))


def say_error(message: str, *, hint: str = "") -> int:
    """What was wrong with the input; returns its exit code."""
    console = _console()
    first, _, rest = message.partition("\n")
    console.print(Text("error: ", style="bold red") + Text(first, style="bold"))
    if rest:
        console.print(Text(rest))
    if hint:
        console.print(Text(f"see: {hint}", style="dim"))
    return 2


@contextmanager
def progress_bar(title: str, *, quiet: bool) -> Iterator[Report | None]:
    """A bar with the time left, where a person watches; its report takes (done, total)."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("frames"),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    # Without a thread of its own, so that processes can be forked while it is there.
    with Progress(*columns, console=_console(), transient=True, auto_refresh=False) as bar:
        task = bar.add_task(title, total=None)
        shown = 0.0

        def report(done: int, total: int | None) -> None:
            nonlocal shown
            now = time.monotonic()
            bar.update(task, completed=done, total=total)
            if now - shown > _REFRESH or done == total:
                shown = now
                bar.refresh()

        yield report
