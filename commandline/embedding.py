"""The command that turns an explainer into material for a lecture."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from commandline.options import (
    BurnCaptions,
    Fps,
    NoCache,
    QualityName,
    Quiet,
    Scheduler,
    ThemeOption,
    WorkerCount,
)
from commandline.outputs import chosen_quality, writable_folder
from lectures.target import Options
from lectures.targets import TARGETS, target_named
from scenes.plan import AnyPlan

__all__ = ["embed"]

To = Annotated[str, Parameter(help=f"What it is for: {', '.join(TARGETS)}.")]
Folder = Annotated[
    Path | None, Parameter(name=["--output", "-o"], help="Folder to write, instead of media/...")
]
Loop = Annotated[bool, Parameter(negative="", help="Begin again at the end.")]
Autoplay = Annotated[
    bool, Parameter(negative="", help="Begin by itself, muted, unless less motion is preferred.")
]
OneFile = Annotated[bool, Parameter(negative="", help="Everything in one file.")]


def embed(
    plan: AnyPlan,
    *,
    to: To = "html",
    output: Folder = None,
    loop: Loop = False,
    autoplay: Autoplay = False,
    one_file: OneFile = False,
    burn_captions: BurnCaptions = False,
    quality: QualityName = "high",
    fps: Fps = None,
    theme: ThemeOption = "dark",
    workers: WorkerCount = None,
    scheduler: Scheduler = None,
    no_cache: NoCache = False,
    quiet: Quiet = False,
) -> int:
    """Turn an explainer into material for a lecture: a web page, slides, a document."""
    target = target_named(to)
    options = Options(loop=loop, autoplay=autoplay, one_file=one_file)
    target.refuse(options)
    folder = writable_folder(output or Path("media") / f"{plan.slug}-{target.name}")
    size = chosen_quality(quality, fps)
    from commandline.filming import crew
    from lectures.material import Material

    material = Material(plan, size, theme, burn_captions=burn_captions)
    from commandline.producing import produce

    with crew(workers, scheduler) as drawing:
        return produce(
            material, target, folder, options, drawing=drawing, no_cache=no_cache, quiet=quiet
        )
