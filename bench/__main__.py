"""Everything side by side: ``python -m bench``; ``--quick`` in about a minute."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import App, Parameter
from rich.console import Console

from bench.bars import bars, fastest, table_of_bars
from bench.contenders import WORKERS, floors, manimgx, ours, ours_whole, peers, stocks
from bench.growth import tables_of_growth
from bench.measure import REPOSITORY, Program, measured
from bench.page import open_page
from bench.race import Entry, of_equal_length, race, race_whole, table_of
from bench.start import bars_of_start, race_starts, table_of_starts

Part = Literal["start", "slide", "whole", "stages", "growth", "numerics"]
PARTS: tuple[Part, ...] = ("start", "slide", "whole", "stages", "growth", "numerics")
QUICK: tuple[Part, ...] = ("start", "slide", "numerics")
_STARTS = 5  # rounds
app = App(name="python -m bench", help="Speed and accuracy beside peers, on this machine, now.")


@app.default
def bench(
    *parts: Part,
    quick: Annotated[bool, Parameter(negative="")] = False,
    markdown: Annotated[bool, Parameter(negative="")] = False,
    seconds: float | None = None,
    rounds: int | None = None,
) -> None:
    """Measure and print tables.

    Parameters
    ----------
    parts
        start (of a still, beside Manim alone), slide (of flip-and-shift, beside all peers), whole
        (clip; needs the slide), stages (of a frame), growth, numerics [default: all of them; with
        --quick start, slide and numerics]
    quick
        A short slide, one round.
    markdown
        Print Markdown.
    seconds
        Length of the slide [default: 8; quick 2]
    rounds
        How often each program is run; the best counts [default: 2, starts 5; quick 1]
    """
    page = open_page(markdown=markdown)
    page.print(f"{machine()}\n", soft_wrap=True)
    chosen = parts or (QUICK if quick else PARTS)
    with tempfile.TemporaryDirectory(prefix="bench-") as temporary:
        folder = Path(temporary)
        if "start" in chosen:
            starts = race_starts(rounds or (1 if quick else _STARTS), folder, say)
            page.print(table_of_starts(starts))
            page.print(table_of_bars(bars_of_start(starts)))
        if "slide" in chosen or "whole" in chosen:
            length = seconds or (2.0 if quick else 8.0)
            race_all(page, folder, length, rounds or (1 if quick else 2), whole="whole" in chosen)
        if "growth" in chosen:
            for table in tables_of_growth(folder, say):
                page.print(table)
    if "stages" in chosen:
        from bench.stages import table_of_stages

        page.print(table_of_stages())
    if "numerics" in chosen:
        from bench import numerics

        numerics.continuous(page)
        numerics.discrete(page)
    page.print(f"Load at the end: {load()}", soft_wrap=True)


def race_all(page: Console, folder: Path, seconds: float, rounds: int, *, whole: bool) -> None:
    """The slide and the whole clip beside the peers, and the bars."""
    programs = [*(ours("slide", n) for n in WORKERS), *stocks("slide"), *peers()]
    programs += floors(drawn(folder / "raw", seconds))
    newer = manimgx(folder)
    if newer is not None:
        programs.append(newer)
    slide = race(programs, seconds, rounds, folder / "race", say)
    show(page, f"The slide of flip-and-shift, {seconds:g} s, 1080p60", slide)
    if newer is None:
        page.print("ManimGX was skipped: no MANIMGX_PYTHON, or python3.13, has it.")
    full = whole_clip(page, folder, slide) if whole else {}
    page.print(table_of_bars(bars(slide, full)))


def whole_clip(page: Console, folder: Path, starts: Mapping[str, Entry]) -> dict[str, Entry]:
    """The whole clip, and encoding alone of every sixth of its segments."""
    programs = [*map(ours_whole, WORKERS), *stocks("whole")]
    full = of_equal_length(race_whole(programs, starts, folder, say))
    samples = floors(drawn(folder / "sample", 0.0, "--whole"), "--whole")
    full |= race_whole(samples, starts, folder, say)
    show(page, "The whole of flip-and-shift, 1080p60 (encode only: a sixth of it)", full)
    return full


def drawn(raw: Path, seconds: float, *options: str) -> Path:
    """The frames for the floor."""
    say("drawing frames for the floor")
    argv = [sys.executable, "-m", "bench.floor", "draw", str(raw), *options]
    measured(Program("floor", argv), raw.with_suffix(".log"), {"BENCH_SECONDS": str(seconds)})
    return raw


def show(page: Console, title: str, entries: dict[str, Entry]) -> None:
    """Print a race."""
    page.print(table_of(title, list(entries.values()), fastest(entries)))


def machine() -> str:
    """Date, processor and versions: what the numbers hold for."""
    commit = _said_by("git", "rev-parse", "--short", "HEAD")
    packages = ", ".join(f"{name} {version(name)}" for name in ("manim", "av", "numpy"))
    return (
        f"{datetime.now().astimezone():%Y-%m-%d %H:%M %Z}, {_processor()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, {packages}, commit {commit}. Load: {load()}"
    )


def load() -> str:
    """How many processes wanted a core, on average over 1, 5 and 15 minutes."""
    return " ".join(f"{mean:.1f}" for mean in os.getloadavg())


def _processor() -> str:
    about = Path("/proc/cpuinfo")
    lines = about.read_text().splitlines() if about.exists() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or platform.machine())


def _said_by(*argv: str) -> str:
    done = subprocess.run(argv, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"


say: Callable[[str], None] = Console(stderr=True).print


if __name__ == "__main__":
    app()
