"""From an order to a clip: who draws it, what is checked, what is said of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from commandline.messages import progress_bar, say
from commandline.outputs import Order
from convmath import InputError
from lectures.specs import description_of, scene_of, timeline_of
from rendering.cache import Cache
from rendering.film import CheckFailed, ClipSpec
from rendering.manifest import Check, Description, Manifest
from rendering.workers import Processes, WorkerLost, Workers, workers_for
from scenes.theme import THEMES

if TYPE_CHECKING:
    from rendering.farm import Farm

__all__ = ["crew", "failed_checks", "film_clips", "reasons_of"]


@contextmanager
def crew(workers: int | None, scheduler: str | None) -> Iterator[Workers | None]:
    """Who draws; None is for as many processes as help with a clip."""
    if workers is not None and workers < 1:
        raise InputError(f"{workers} workers cannot draw", option="--workers", accepted="1 or more")
    if scheduler is None:
        yield None if workers is None else Processes(workers)
        return
    with ExitStack() as stack:
        try:
            farm = stack.enter_context(_farm(scheduler, workers))
        except OSError:
            raise InputError(
                "no scheduler answers there",
                typed=scheduler,
                option="--scheduler",
                accepted="the address that `dask scheduler` has said, reachable from here",
            ) from None
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


def film_clips(
    orders: Sequence[Order], drawing: Workers | None, *, no_cache: bool, quiet: bool
) -> int:
    """Make clips, all by the same workers; returns the exit code."""
    sound: list[tuple[Order, Description]] = []
    failures: dict[Path, list[str]] = {}
    for order in orders:
        described = description_of(order.plan, order.theme)
        if failed := failed_checks(described.checks):
            failures[order.path] = failed
        else:
            sound.append((order, described))
    # Frames, checks and beats are made by now: what is wrong with the input has been said.
    if sound:
        failures |= _film_sound(sound, drawing, no_cache=no_cache, quiet=quiet)
    return _say_failures(failures, len(orders))


def _film_sound(
    sound: Sequence[tuple[Order, Description]],
    drawing: Workers | None,
    *,
    no_cache: bool,
    quiet: bool,
) -> dict[Path, list[str]]:
    """Make the clips whose numbers are right; why some were not made, by their files."""
    from rendering.clip import Outcome, make_clips

    specs = [_spec_of(order, described) for order, described in sound]
    failures: dict[Path, list[str]] = {}

    def finished(outcome: Outcome) -> None:
        if outcome.manifest is not None:
            _say_made(outcome.spec.output, outcome.manifest, quiet=quiet)
        elif outcome.error is not None:
            failures[outcome.spec.output] = reasons_of(outcome.error, alone=len(specs) == 1)

    frames = sum(spec.timeline.frames for spec in specs if spec.timeline)
    title = specs[0].describe.slug if len(specs) == 1 else f"{len(specs)} clips"
    with progress_bar(title, quiet=quiet) as report:
        make_clips(
            specs,
            workers=drawing or Processes(workers_for(frames)),
            cache=None if no_cache else Cache(),
            progress=report,
            finished=finished,
        )
    return failures


def _spec_of(order: Order, described: Description) -> ClipSpec:
    return ClipSpec(
        scene_of(order.plan, order.theme),
        order.path,
        order.size,
        described,
        order.made,
        THEMES[order.theme].ground,
        order.transparent,
        timeline_of(order.plan, order.size.fps),
        captions_in=THEMES[order.theme].text.colour if order.burn_captions else "",
    )


def reasons_of(error: Exception, *, alone: bool) -> list[str]:
    """Why a clip was not made; an error of the program is raised if nothing else is lost by it."""
    if isinstance(error, CheckFailed):
        return failed_checks(error.manifest.checks)
    if isinstance(error, WorkerLost):
        return [str(error)]
    if alone:
        raise error
    return [f"{type(error).__name__}: {error}"]


def _say_made(path: Path, manifest: Manifest, *, quiet: bool) -> None:
    m = manifest
    megabytes = path.stat().st_size / 1e6
    say(
        f"{path}  {m.width}x{m.height}, {m.fps} fps, {m.duration:.1f} s, {m.frame_count} frames, "
        f"{megabytes:.1f} MB, {len(m.checks)} checks passed",
        quiet=quiet,
    )


def failed_checks(checks: Iterable[Check]) -> list[str]:
    """A line for each check that has failed."""
    return [
        f"check failed: {check.name}: {check.value} (tolerance {check.tolerance:g})"
        for check in checks
        if not check.passed
    ]


def _say_failures(failures: Mapping[Path, Sequence[str]], clips: int) -> int:
    """Say what was not made, and why; returns the exit code."""
    for path, reasons in failures.items():
        for reason in reasons:
            say(reason if clips == 1 else f"{path}: {reason}")
    if failures and clips == 1:
        say("nothing was written")
    elif failures:
        say(f"{len(failures)} of {clips} clips were not made")
    return 1 if failures else 0
