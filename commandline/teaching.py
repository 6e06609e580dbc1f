"""The command that makes a whole lesson."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from commandline.messages import progress_bar, say
from commandline.options import NoCache, Quiet, Scheduler, WorkerCount
from commandline.outputs import writable_folder

if TYPE_CHECKING:
    from lectures.lesson import Lesson, Part
    from lectures.production import Production
    from rendering.workers import Workers

__all__ = ["lesson"]

File = Annotated[Path, Parameter(help="The lesson, a TOML file: see docs/lectures.md.")]
Folder = Annotated[
    Path | None,
    Parameter(name=["--output", "-o"], help="Folder to write, instead of media/lessons/..."),
]
QualityName = Annotated[
    Literal["draft", "low", "medium", "high", "4k"] | None,
    Parameter(help="Instead of the lesson's own; draft and low are for trying things out."),
]
ThemeOption = Annotated[
    Literal["dark", "light"] | None, Parameter(help="Instead of the lesson's own.")
]


def lesson(
    file: File,
    /,
    *,
    output: Folder = None,
    quality: QualityName = None,
    theme: ThemeOption = None,
    workers: WorkerCount = None,
    scheduler: Scheduler = None,
    no_cache: NoCache = False,
    quiet: Quiet = False,
) -> int:
    """Make a whole lesson: several explainers in order, and a page that leads to them."""
    from lectures.syllabus import read_lesson

    chosen = read_lesson(file, quality=quality, theme=theme)
    folder = writable_folder(output or Path("media") / "lessons" / file.stem)
    for line in _warnings(chosen):
        say(f"warning: {file}: {line}", quiet=quiet)
    from commandline.filming import crew

    with crew(workers, scheduler) as drawing:
        return _make(chosen, folder, drawing, no_cache=no_cache, quiet=quiet)


def _make(
    chosen: Lesson, folder: Path, drawing: Workers | None, *, no_cache: bool, quiet: bool
) -> int:
    """Make the lesson and say so, or say why not; returns the exit code."""
    from commandline.filming import reasons_of
    from commandline.producing import say_failed, say_made
    from lectures.lesson import make_lesson
    from lectures.production import Production
    from rendering.cache import Cache
    from rendering.film import CheckFailed
    from rendering.workers import WorkerLost

    if wrong := _failed_checks(chosen):
        return say_failed(wrong)
    cache = None if no_cache else Cache()
    watch = partial(progress_bar, quiet=quiet)
    begun = ""

    def production_of(part: Part) -> Production:
        nonlocal begun
        begun = part.folder
        targets = ", ".join(target.name for target in part.targets)
        say(f"{part.number}/{len(chosen.parts)}  {part.folder}: {targets}", quiet=quiet)
        return Production(part.material, drawing, cache, watch)

    try:
        made = make_lesson(chosen, folder, production_of)
    except (CheckFailed, WorkerLost) as error:
        return say_failed(f"{begun}: {line}" for line in reasons_of(error, alone=True))
    return say_made(made, quiet=quiet)


def _warnings(chosen: Lesson) -> list[str]:
    """What is in order, but will not be seen as it is meant."""
    return [
        f"{part.folder}: the caption of '{step.name}' has {len(step.caption)} characters; "
        f"in its {step.end - step.start:.1f} s {step.legible} can be read"
        for part in chosen.parts
        for step in part.material.hurried
    ]


def _failed_checks(chosen: Lesson) -> list[str]:
    """What is wrong with the numbers of the explainers, before any of them is drawn."""
    from commandline.filming import failed_checks
    from lectures.specs import description_of

    found = []
    for part in chosen.parts:
        described = description_of(part.material.plan, part.material.theme_name)
        found += [f"{part.folder}: {line}" for line in failed_checks(described.checks)]
    return found
