"""Where tables are printed: for the eye, or as Markdown."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

__all__ = ["MarkdownPage", "open_page"]


class MarkdownPage(Console):
    """Prints tables as Markdown, everything else as it is."""

    def print(self, *objects: Any, **kwargs: Any) -> None:
        """See `rich.console.Console.print`."""
        for thing in objects:
            said = _markdown(thing) if isinstance(thing, Table) else str(thing)
            super().print(Text(said), **{**kwargs, "soft_wrap": True})


def open_page(*, markdown: bool) -> Console:
    """The standard output."""
    return MarkdownPage() if markdown else Console(width=120)


def _markdown(table: Table) -> str:
    heads = [str(column.header) for column in table.columns]
    rules = ["---:" if column.justify == "right" else "---" for column in table.columns]
    cells = [[str(cell) for cell in column.cells] for column in table.columns]
    rows = [heads, rules, *zip(*cells, strict=True)]
    lines = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    title = [f"**{table.title}**", ""] if table.title else []
    return "\n".join([*title, *lines, ""])
