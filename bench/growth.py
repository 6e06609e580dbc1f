"""How the cost of a clip grows with its length, its size and what moves in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from rich.table import Table

from bench.contenders import WORKERS, ours, stock
from bench.measure import Program
from bench.race import Entry, Say, race

__all__ = ["tables_of_growth"]

SECONDS = 2.0
SIZES = ((640, 360), (1280, 720), (1920, 1080), (3840, 2160))
LENGTHS = (2.0, 8.0, 32.0)
CURVES = (1, 4, 16, 64)


def tables_of_growth(folder: Path, say: Say) -> Iterator[Table]:
    """One table for each of the three."""
    workers = WORKERS[-1]
    place = folder / "growth"

    def one(program: Program, seconds: float = SECONDS) -> Entry:
        (entry,) = race([program], seconds, 1, place, say).values()
        return entry

    yield _table(
        "Length of the slide, 1080p",
        {f"{seconds:g} s": one(ours("slide", workers), seconds) for seconds in LENGTHS},
    )
    yield _table(
        f"Picture size, {SECONDS:g} s of the slide",
        {f"{w}x{h}": one(ours("slide", workers, width=w, height=h)) for w, h in SIZES},
    )
    rows = {}
    for count in CURVES:
        for program in (ours("curves", workers), stock("curves")):
            crowd = replace(program, environment={"BENCH_CURVES": str(count)})
            rows[f"{count} curves, {program.name}"] = one(crowd)
    yield _table(f"Number of curves, {SECONDS:g} s, 1080p", rows)


def _table(title: str, rows: dict[str, Entry]) -> Table:
    table = Table("", title=title)
    for heading in ("frames", "start s", "all s", "CPU ms/frame", "fps", "peak MB", "file kB"):
        table.add_column(heading, justify="right")
    for name, entry in rows.items():
        cost = entry.long
        table.add_row(
            name,
            str(cost.frames),
            f"{entry.short.seconds:.1f}",
            f"{cost.seconds:.1f}",
            f"{entry.processor:.1f}",
            f"{entry.fps:.0f}",
            f"{cost.peak / 1e6:.0f}",
            f"{cost.size / 1e3:.0f}",
        )
    return table
