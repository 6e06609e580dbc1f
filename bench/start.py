"""What a program costs before it shows anything: a still, a clip that is kept, and Manim alone."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table

from bench.bars import Bar
from bench.measure import Cost, Program, measured
from bench.race import Say

__all__ = ["MANIM", "STILLS", "Start", "bars_of_start", "race_starts", "table_of_starts"]

_PYTHON = sys.executable
_SLUGS = ("flip-and-shift", "discrete-flip-and-shift")
MANIM = "import manim"
STILLS = tuple(f"still {slug}" for slug in _SLUGS)


@dataclass(frozen=True, slots=True)
class Start:
    """The best of all runs of one program, in seconds: each number by itself."""

    name: str
    runs: Sequence[Cost]

    @property
    def wall(self) -> float:
        """Of the clock."""
        return min(run.seconds for run in self.runs)

    @property
    def processor(self) -> float:
        """Of all processors, in user and system mode."""
        return min(run.processor for run in self.runs)

    @property
    def others(self) -> float:
        """The share of the machine that other programs took in the run that was quickest."""
        return min(self.runs, key=lambda run: run.seconds).others


def _programs() -> list[Program]:
    still = [_PYTHON, "render.py", "still", "-o", "{folder}/still.png", "--quiet"]
    clip = [_PYTHON, "render.py", "flip-and-shift", "-o", "{folder}/clip.mp4", "--quiet"]
    return [
        Program(MANIM, [_PYTHON, "-c", "import manim"]),
        Program("render.py list", [_PYTHON, "render.py", "list"]),
        *(Program(f"still {slug}", [*still[:3], slug, *still[3:]]) for slug in _SLUGS),
        Program("flip-and-shift again, all segments kept", clip),
    ]


def race_starts(rounds: int, folder: Path, say: Say) -> dict[str, Start]:
    """Run all programs in turns; a first round fills the caches and does not count."""
    programs = _programs()
    runs: dict[str, list[Cost]] = {program.name: [] for program in programs}
    for count in range(rounds + 1):
        say(f"starts, round {count} of {rounds}")
        for program in programs:
            place = folder / program.name.replace(" ", "-")
            runs[program.name].append(measured(program, place, {}))
    return {name: Start(name, costs[1:]) for name, costs in runs.items()}


def table_of_starts(starts: Mapping[str, Start]) -> Table:
    """One row each, beside Manim alone."""
    table = Table("program", title="Starts, best of all rounds")
    for heading in ("s", "× manim", "CPU s", "× manim (CPU)", "others"):
        table.add_column(heading, justify="right")
    alone = starts[MANIM]
    for each in starts.values():
        table.add_row(
            each.name,
            f"{each.wall:.2f}",
            f"{each.wall / alone.wall:.2f}",
            f"{each.processor:.2f}",
            f"{each.processor / alone.processor:.2f}",
            f"{each.others:.0%}",
        )
    return table


def bars_of_start(starts: Mapping[str, Start]) -> Iterator[Bar]:
    """A still in less than twice the time of ``import manim``."""
    alone = starts[MANIM]
    for name in STILLS:
        still = starts[name]
        others = max(still.others, alone.others)
        yield Bar(f"{name}: by import manim", still.wall / alone.wall, 2, others, at_most=True)
        ratio = still.processor / alone.processor  # which other programs hardly change
        yield Bar(f"{name}: by import manim, CPU", ratio, 2, 0.0, at_most=True)
