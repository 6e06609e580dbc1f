"""What a program costs: seconds, processor time, memory, and the size of what it wrote."""

from __future__ import annotations

import math
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import av

__all__ = ["REPOSITORY", "Cost", "FailedError", "Program", "measured"]

REPOSITORY = Path(__file__).resolve().parents[1]


class FailedError(Exception):
    """A program did not do what is measured."""


@dataclass(frozen=True, slots=True)
class Program:
    """What is run, and how it is called in the tables.

    Attributes
    ----------
    argv
        Of the child process; ``{folder}`` stands for an empty folder that it writes its mp4 into.
    environment
        In addition to our own.
    """

    name: str
    argv: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cost:
    """One run, from the start of the program to its end.

    Attributes
    ----------
    seconds
        Of the clock.
    processor
        Seconds of all processors, in user and system mode, with all descendants.
    peak
        Bytes of memory of the largest of its processes.
    size
        Bytes of the mp4.
    frames
        Pictures in it.
    others
        The share of all processors' time that other programs took meanwhile; NaN if not known.
    """

    seconds: float
    processor: float
    peak: int
    size: int
    frames: int
    others: float


def measured(program: Program, folder: Path, environment: Mapping[str, str]) -> Cost:
    """Run a program to its end. Raises `FailedError` with the tail of what it said."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in _clips(folder):
        old.unlink()
    argv = [part.format(folder=folder) for part in program.argv]
    settings = {**os.environ, "PYTHONPATH": str(REPOSITORY), **environment, **program.environment}
    with (folder / "log").open("w+") as log:
        busy, start = _busy(), time.perf_counter()
        child = subprocess.Popen(argv, cwd=REPOSITORY, env=settings, stdout=log, stderr=log)
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - start
        busy = _busy() - busy
        child.returncode = os.waitstatus_to_exitcode(status)
        log.seek(0)
        if child.returncode:
            raise FailedError(f"{program.name}: {log.read()[-2000:]}")
    unit = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss: getrusage(2)
    clips = _clips(folder)
    processor = usage.ru_utime + usage.ru_stime
    return Cost(
        seconds,
        processor,
        usage.ru_maxrss * unit,
        sum(clip.stat().st_size for clip in clips),
        sum(map(_pictures, clips)),
        max(busy - processor, 0.0) / (seconds * (os.cpu_count() or 1)),
    )


def _busy() -> float:
    """Seconds that all processors together have worked since the machine was started (Linux)."""
    about = Path("/proc/stat")
    if not about.exists():
        return math.nan
    user, nice, system, _idle, _waiting, *rest = map(int, about.read_text().split()[1:9])
    return (user + nice + system + sum(rest)) / os.sysconf("SC_CLK_TCK")


def _clips(folder: Path) -> list[Path]:
    """The finished ones: Manim keeps its parts in a folder of their own."""
    return [c for c in folder.rglob("*.mp4") if "partial_movie_files" not in c.parts]


def _pictures(clip: Path) -> int:
    with av.open(str(clip)) as container:
        return container.streams.video[0].frames
