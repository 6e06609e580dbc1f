"""A plan as the clip it becomes: its scene for other processes, and its timeline."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

from cyclopts import Parameter

from commandline.options import AnyPlan
from convmath import InputError
from convmath.files import is_file_name
from rendering.beats import BeatSpan
from rendering.cache import Cache
from rendering.segments import SceneSpec, Timeline, sha256_of
from rendering.workers import Processes, Workers
from scenes.beat import schedule
from scenes.theme import ThemeName

if TYPE_CHECKING:
    from rendering.farm import Farm

__all__ = ["NoCache", "Scheduler", "WorkerCount", "crew", "kept", "scene_of", "timeline_of"]

WorkerCount: TypeAlias = Annotated[
    int | None,
    Parameter(help="Processes that draw [default: as many as help, up to one a core]."),
]
Scheduler: TypeAlias = Annotated[
    str | None,
    Parameter(help="Draw on a Dask cluster: tcp://HOST:8786, or local to start one here."),
]
NoCache: TypeAlias = Annotated[
    bool, Parameter(negative="", help="Draw everything anew, and keep none of it.")
]


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


def kept(no_cache: bool) -> Cache | None:
    """Where segments are kept, if they are."""
    return None if no_cache else Cache()


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
