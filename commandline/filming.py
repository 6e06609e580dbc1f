"""From an order to a clip: who draws it, what is checked, what is said of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from commandline.messages import progress_bar, say
from commandline.options import AnyPlan
from commandline.targets import Order
from convmath import InputError
from convmath.files import is_file_name
from rendering.beats import BeatSpan
from rendering.cache import Cache
from rendering.manifest import Check, Description, Manifest
from rendering.segments import SceneSpec, Timeline, sha256_of
from rendering.workers import Processes, WorkerLost, Workers, workers_for
from scenes.beat import schedule
from scenes.theme import THEMES, ThemeName

if TYPE_CHECKING:
    from rendering.farm import Farm

__all__ = ["crew", "film_clip", "scene_of", "timeline_of"]


def scene_of(plan: AnyPlan, theme: ThemeName) -> SceneSpec:
    """The plan's scene, for this process or another one."""
    name = plan.slug.replace("-", "_")
    parameters = plan.parameters.model_dump(mode="json")
    files = [v for v in parameters.values() if isinstance(v, str) and is_file_name(v)]
    return SceneSpec(
        maker="scenes.catalogue:scene_for",
        arguments={"slug": plan.slug, "parameters": parameters, "theme": theme},
        modules=(f"scenes.plans.{name}", f"scenes.explainers.{name}", "scenes.theme"),
        inputs={name: sha256_of(Path(name.strip())) for name in files},
    )


def timeline_of(plan: AnyPlan, fps: int) -> Timeline:
    """What the scene of this plan comes to."""
    beats = tuple(
        BeatSpan(name=beat.name, heading=beat.heading, caption=beat.caption, start=start, end=end)
        for beat, start, end in schedule(plan.beats)
    )
    return Timeline(frames=round(plan.duration * fps), beats=beats)


@contextmanager
def crew(workers: int | None, scheduler: str | None) -> Iterator[Workers | None]:
    """Who draws; None is for as many processes as help with a clip."""
    if workers is not None and workers < 1:
        raise InputError(f"{workers} workers cannot draw", option="--workers", accepted="1 or more")
    if scheduler is None:
        yield None if workers is None else Processes(workers)
        return
    with _farm(scheduler, workers) as farm:
        yield farm


def _farm(scheduler: str, workers: int | None) -> Farm:
    if scheduler != "local" and not scheduler.startswith(("tcp://", "tls://")):
        raise InputError(
            "this is not the address of a scheduler",
            typed=scheduler,
            option="--scheduler",
            accepted="tcp://HOST:8786 or local",
        )
    try:
        from rendering.farm import Farm
    except ImportError:
        raise InputError(
            "Dask is not installed", option="--scheduler", accepted="uv sync --extra farm"
        ) from None
    return Farm(scheduler, workers)


def film_clip(order: Order, drawing: Workers | None, *, no_cache: bool, quiet: bool) -> int:
    """Make the clip; returns the exit code."""
    plan = order.plan
    described = _description(plan, order.theme)
    failed = [check for check in described.checks if not check.passed]
    if failed:
        return _say_failed(failed)
    # Frames, checks and beats are made by now: what is wrong with the input has been said.
    from rendering.clip import CheckFailed, make_clip

    timeline = timeline_of(plan, order.size.fps)
    with progress_bar(plan.slug, quiet=quiet) as report:
        try:
            manifest = make_clip(
                scene_of(plan, order.theme),
                order.path,
                order.size,
                order.made,
                describe=described,
                background=THEMES[order.theme].ground,
                transparent=order.transparent,
                timeline=timeline,
                workers=drawing or Processes(workers_for(timeline.frames)),
                cache=None if no_cache else Cache(),
                progress=report,
            )
        except WorkerLost as error:
            say(f"{error}")
            say("nothing was written")
            return 1
        except CheckFailed as error:
            return _say_failed([c for c in error.manifest.checks if not c.passed])
    _say_made(order.path, manifest, quiet=quiet)
    return 0


def _description(plan: AnyPlan, theme: ThemeName) -> Description:
    return Description(
        slug=plan.slug,
        title=plan.title,
        theme=theme,
        parameters=plan.parameters.model_dump(mode="json"),
        checks=[
            Check(name=c.name, value=c.value, tolerance=c.tolerance, passed=c.passed)
            for c in plan.checks
        ],
    )


def _say_made(path: Path, manifest: Manifest, *, quiet: bool) -> None:
    m = manifest
    megabytes = path.stat().st_size / 1e6
    say(
        f"{path}  {m.width}x{m.height}, {m.fps} fps, {m.duration:.1f} s, {m.frame_count} frames, "
        f"{megabytes:.1f} MB, {len(m.checks)} checks passed",
        quiet=quiet,
    )


def _say_failed(failed: list[Check]) -> int:
    for check in failed:
        say(f"check failed: {check.name}: {check.value} (tolerance {check.tolerance:g})")
    say("nothing was written")
    return 1
