"""Programs side by side: in turns, and the best run of each.

The start of a program (its imports, its layout, opening and checking a file) is the time it takes
to make a clip of `SHORT` seconds. Frames a second are the frames more than in that, over the
seconds more: one definition for all, and no program is asked for its own opinion.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table

from bench.measure import Cost, FailedError, Program, measured

__all__ = ["FPS", "SHORT", "Entry", "Say", "of_equal_length", "race", "race_whole", "table_of"]

FPS = 60
SHORT = 0.1
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Entry:
    """The best of all runs of one program.

    Attributes
    ----------
    short, long
        The best runs of a clip of `SHORT` seconds, and of the whole length.
    """

    name: str
    short: Cost
    long: Cost

    @property
    def fps(self) -> float:
        """Frames a second, the start not counted."""
        return self._more_frames / (self.long.seconds - self.short.seconds)

    @property
    def processor(self) -> float:
        """Milliseconds of processor time a frame, alike; what a busy machine changes least."""
        return 1000 * (self.long.processor - self.short.processor) / self._more_frames

    @property
    def _more_frames(self) -> int:
        return self.long.frames - self.short.frames


def race(
    programs: Sequence[Program], seconds: float, rounds: int, folder: Path, say: Say
) -> dict[str, Entry]:
    """Run all programs ``rounds`` times, in turns; their best runs, by name.

    A program that fails is left out, and it is said why.
    """
    runs: dict[str, list[tuple[Cost, Cost]]] = {program.name: [] for program in programs}
    for program in list(programs) * rounds:
        if program.name not in runs:
            continue
        say(program.name)
        try:
            runs[program.name].append(_run(program, seconds, folder))
        except FailedError as error:
            say(f"left out: {error}")
            del runs[program.name]
    return {name: _best(name, done) for name, done in runs.items()}


def _run(program: Program, seconds: float, folder: Path) -> tuple[Cost, Cost]:
    place = folder / program.name.replace(" ", "-")
    if not place.exists():  # what is typeset is kept by Manim, in a folder for each
        _timed(program, place, SHORT)
    return _timed(program, place, SHORT), _timed(program, place, seconds)


def race_whole(
    programs: Sequence[Program], starts: Mapping[str, Entry], folder: Path, say: Say
) -> dict[str, Entry]:
    """Run programs once that make a whole clip; their start is that of the same in ``starts``."""
    done: dict[str, Entry] = {}
    for program in programs:
        say(f"{program.name}, whole clip")
        cost = measured(program, folder / f"{program.name}-whole".replace(" ", "-"), {})
        done[program.name] = Entry(program.name, starts[program.name].short, cost)
    return done


def of_equal_length(done: Mapping[str, Entry]) -> dict[str, Entry]:
    """The same; an error if the clips differ in length."""
    if len(counts := {entry.long.frames for entry in done.values()}) > 1:
        raise FailedError(f"clips of different length: {sorted(counts)} frames")
    return dict(done)


def _timed(program: Program, folder: Path, seconds: float) -> Cost:
    cost = measured(program, folder, {"BENCH_SECONDS": str(seconds)})
    if abs(cost.frames - round(seconds * FPS)) > 1:  # ManimGX shows the end state too
        raise FailedError(f"{program.name}: {cost.frames} frames, not {round(seconds * FPS)}")
    return cost


def _best(name: str, runs: Sequence[tuple[Cost, Cost]]) -> Entry:
    shorts, longs = zip(*runs, strict=True)
    return Entry(name, *(min(costs, key=lambda cost: cost.seconds) for costs in (shorts, longs)))


def table_of(title: str, entries: Sequence[Entry], fastest: Entry) -> Table:
    """One row each; the ratio says how many times faster ``fastest`` is."""
    table = Table("program", title=title)
    times = ("start s", "all s", "fps", "ratio", "CPU s", "CPU ms/frame")
    for heading in ("frames", *times, "peak MB", "file kB", "others"):
        table.add_column(heading, justify="right")
    for entry in entries:
        cost = entry.long
        table.add_row(
            entry.name,
            str(cost.frames),
            f"{entry.short.seconds:.1f}",
            f"{cost.seconds:.1f}",
            f"{entry.fps:.1f}",
            f"{fastest.fps / entry.fps:.2f}",
            f"{cost.processor:.1f}",
            f"{entry.processor:.1f}",
            f"{cost.peak / 1e6:.0f}",
            f"{cost.size / 1e3:.0f}",
            f"{cost.others:.0%}",
        )
    return table
