"""From material to what a target makes of it: what is checked before, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from commandline.filming import failed_checks, reasons_of
from commandline.messages import progress_bar, say
from lectures.embed import embed
from lectures.material import Material
from lectures.production import Production
from lectures.specs import description_of
from lectures.target import Options, Target
from rendering.cache import Cache
from rendering.film import CheckFailed
from rendering.workers import WorkerLost, Workers

__all__ = ["produce", "say_failed", "say_made"]


def produce(
    material: Material,
    target: Target,
    folder: Path,
    options: Options,
    *,
    drawing: Workers | None,
    no_cache: bool,
    quiet: bool,
) -> int:
    """Make the files of a target and say so, or say why not; returns the exit code."""
    watch = partial(progress_bar, quiet=quiet)
    production = Production(material, drawing, None if no_cache else Cache(), watch)
    wrong = failed_checks(description_of(material.plan, material.theme_name).checks)
    made: list[Path] = []
    try:
        made = [] if wrong else embed(production, target, folder, options)
    except (CheckFailed, WorkerLost) as error:
        wrong = reasons_of(error, alone=True)
    return say_failed(wrong) if wrong else say_made(made, quiet=quiet)


def say_failed(reasons: Iterable[str]) -> int:
    """Say why nothing was made; returns the exit code."""
    for line in [*reasons, "nothing was written"]:
        say(line)
    return 1


def say_made(made: Sequence[Path], *, quiet: bool) -> int:
    """Say which file to open, and how much there is; returns the exit code."""
    files = [file for path in made for file in _files_in(path)]
    size = sum(file.stat().st_size for file in files) / 1e6
    count = "1 file" if len(files) == 1 else f"{len(files)} files"
    say(f"{made[0]}  {count}, {size:.1f} MB", quiet=quiet)
    return 0


def _files_in(path: Path) -> list[Path]:
    """The file, or all files of the folder."""
    return [path] if path.is_file() else [each for each in path.rglob("*") if each.is_file()]
