"""The commands that make something of an explainer: a clip, a still, frames, a storyboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Literal

from cyclopts import Parameter

from commandline.messages import say
from commandline.options import (
    BurnCaptions,
    Fps,
    NoCache,
    Output,
    QualityName,
    Quiet,
    Scheduler,
    ThemeOption,
    WorkerCount,
    own_option,
)
from commandline.outputs import Order, chosen_format, chosen_quality, writable
from convmath import InputError
from rendering.clock import frame_at
from rendering.formats import FORMATS
from rendering.quality import Quality
from scenes.beat import schedule
from scenes.catalogue import SLUGS, plan_class
from scenes.plan import AnyPlan
from scenes.theme import THEMES, ThemeName

__all__ = ["all_explainers", "clip", "frames", "still", "storyboard"]

At = Annotated[
    str | None,
    Parameter(help="The end of this beat, or a time in seconds [default: a telling one]"),
]
Strict = Annotated[bool, Parameter(negative="", help="Exit with 1 if the report has a problem.")]
Transparent = Annotated[
    bool, Parameter(negative="", help="Leave the background out (webm and mov).")
]
FormatOption = Annotated[
    Literal["mp4", "webm", "gif", "mov"] | None,
    Parameter(help="Kind of file [default: that of -o, or mp4]."),
]


def clip(
    plan: AnyPlan,
    *,
    quality: QualityName = "high",
    fps: Fps = None,
    theme: ThemeOption = "dark",
    format: FormatOption = None,  # noqa: A002 - the option's name
    transparent: Transparent = False,
    burn_captions: BurnCaptions = False,
    output: Output = None,
    workers: WorkerCount = None,
    scheduler: Scheduler = None,
    no_cache: NoCache = False,
    quiet: Quiet = False,
) -> int:
    """Render an explainer to a finished, checked, captioned clip."""
    made = chosen_format(format, output)
    if transparent and not FORMATS[made].alpha:
        fitting = " or ".join(f"--format {name}" for name, each in FORMATS.items() if each.alpha)
        raise InputError(f"a clip in {made} has a ground", option="--transparent", accepted=fitting)
    if transparent and burn_captions:
        raise InputError(
            "captions stand on a ground", option="--burn-captions", accepted="no --transparent"
        )
    path = writable(output or Path("media") / f"{plan.slug}.{made}")
    size = chosen_quality(quality, fps)
    order = Order(plan, path, size, made, theme, transparent, burn_captions)
    from commandline.filming import crew, film_clips

    with crew(workers, scheduler) as drawing:
        return film_clips([order], drawing, no_cache=no_cache, quiet=quiet)


def still(
    plan: AnyPlan,
    *,
    at: At = None,
    quality: QualityName = "high",
    theme: ThemeOption = "dark",
    output: Output = None,
    quiet: Quiet = False,
) -> int:
    """Draw one picture of an explainer."""
    path = writable(output or Path("media") / f"{plan.slug}.png", ".png")
    size = chosen_quality(quality, None)
    index = _frame_of(plan, at, size)
    from rendering.pictures import make_still

    make_still(_maker(plan, theme), path, size, at_frame=index, background=THEMES[theme].ground)
    say(str(path), quiet=quiet)
    return 0


def frames(plan: AnyPlan, *, output: Output = None, quiet: Quiet = False) -> int:
    """Save the arrays that an explainer shows, as .npz, .json or .csv."""
    path = writable(output or Path("media") / f"{plan.slug}.npz", ".npz", ".json", ".csv")
    path.parent.mkdir(parents=True, exist_ok=True)
    plan.frames.save(path, slug=plan.slug, parameters=plan.parameters.model_dump(mode="json"))
    say(f"{path}  {len(plan.frames)} steps", quiet=quiet)
    return 0


def storyboard(
    plan: AnyPlan,
    *,
    theme: ThemeOption = "dark",
    strict: Strict = False,
    output: Output = None,
    quiet: Quiet = False,
) -> int:
    """Draw the last picture of every beat on one sheet, and report problems of the layout."""
    path = writable(output or Path("media") / f"{plan.slug}-storyboard.png", ".png")
    from commandline.boards import draw_storyboard

    problems = draw_storyboard(plan, theme, path)
    say(f"{path}  {len(plan.beats)} beats, {len(problems)} problems", quiet=quiet)
    for line in problems:
        say(f"  {line}", quiet=quiet)
    return 1 if strict and problems else 0


def all_explainers(
    *,
    quality: QualityName = "high",
    fps: Fps = None,
    theme: ThemeOption = "dark",
    workers: WorkerCount = None,
    scheduler: Scheduler = None,
    no_cache: NoCache = False,
    quiet: Quiet = False,
) -> int:
    """Render every explainer with its defaults, all at once by the same workers.

    A clip that fails leaves the others alone; exit code 1 if there was one.
    """
    size = chosen_quality(quality, fps)
    orders = [
        Order(plan_class(slug)(), writable(Path("media") / f"{slug}.mp4"), size, "mp4", theme)
        for slug in SLUGS
    ]
    from commandline.filming import crew, film_clips

    with crew(workers, scheduler) as drawing:
        return film_clips(orders, drawing, no_cache=no_cache, quiet=quiet)


def _maker(plan: AnyPlan, theme: ThemeName) -> Callable[[Any], Any]:
    """Makes the plan's scene with a renderer."""
    scene = plan.scene_class()
    return lambda renderer: scene(renderer, plan=plan, theme=THEMES[theme])


def _frame_of(plan: AnyPlan, at: str | None, size: Quality) -> int:
    """The frame to draw: the last one of a beat, or the one at a time."""
    ends = {beat.name: end for beat, _, end in schedule(plan.beats)}
    name = plan.poster_beat.name if at is None else at
    if name in ends:
        return round(ends[name] * size.fps) - 1
    try:
        seconds = float(name)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds < plan.duration:
        raise InputError(
            f"there is no beat or time '{name}' in this clip",
            option=own_option(type(plan), "still", "at"),
            accepted=f"{', '.join(ends)}; or seconds from 0 to below {plan.duration:.1f}",
        )
    return frame_at(seconds, size.fps)
