"""A scene to a finished, checked clip; or several scenes, by the same workers."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

from rendering.cache import Cache
from rendering.film import CheckFailed, ClipSpec, Film
from rendering.formats import FormatName
from rendering.hidden import hidden_folder
from rendering.manifest import Description, Manifest
from rendering.pictures import make_pictures, make_still, survey
from rendering.progress import Report
from rendering.quality import Quality
from rendering.segments import Timeline
from rendering.workers import Finished, InProcess, Processes, Work, Workers

if TYPE_CHECKING:
    from rendering.recorder import MakeScene

__all__ = [
    "CheckFailed",
    "ClipSpec",
    "Outcome",
    "make_clip",
    "make_clips",
    "make_pictures",
    "make_still",
    "survey",
]


@dataclass(frozen=True)
class Outcome:
    """What has become of a clip: it has a manifest, or there is an error."""

    spec: ClipSpec
    manifest: Manifest | None = None
    error: Exception | None = None


def make_clip(
    make_scene: MakeScene,
    output: Path,
    quality: Quality,
    fmt: FormatName = "mp4",
    *,
    describe: Description,
    background: str = "#000000",
    transparent: bool = False,
    timeline: Timeline | None = None,
    workers: int | Workers = 1,
    cache: Cache | None = None,
    progress: Report | None = None,
) -> Manifest:
    """Make one clip (`ClipSpec` says what of) as `make_clips` does, and raise what went wrong.

    Raises
    ------
    CheckFailed
        If a check has failed, whether in ``describe`` or of the file.
    WorkerLost
        If processes that draw one segment have died again and again.
    """
    spec = ClipSpec(make_scene, output, quality, describe, fmt, background, transparent, timeline)
    (outcome,) = make_clips([spec], workers=workers, cache=cache, progress=progress)
    if outcome.error is not None:
        raise outcome.error
    assert outcome.manifest is not None
    return outcome.manifest


def make_clips(
    specs: Sequence[ClipSpec],
    *,
    workers: int | Workers = 1,
    cache: Cache | None = None,
    progress: Report | None = None,
    finished: Callable[[Outcome], None] | None = None,
) -> list[Outcome]:
    """Render scenes to clips, the segments of all of them by the same workers.

    The three files of a clip appear when it is done and checked, or none of them does: not after an
    exception, Ctrl-C or SIGTERM. Files of an earlier render stay until then. What goes wrong with
    one clip leaves the others alone.

    Parameters
    ----------
    workers
        Processes, or who else is to draw the segments. More than one, and a timeline that is not
        given, cost a `survey`.
    cache
        Where segments are kept, also those of a clip that was not finished; only segments of a
        `SceneSpec` with a timeline can be.
    progress
        Called with (frames done, total or None) of all clips together.
    finished
        Called with each outcome as soon as it is known.
    """
    studio = _Studio(specs, cache, finished or (lambda _: None))
    with _sigterm_raises(), studio.stack:
        studio.plan(must_know_length=workers != 1)
        with closing(studio.drawn(_crew(workers), progress)) as drawn:
            for work, error in drawn:
                studio.settle(work, error)
    return [studio.outcomes[spec] for spec in specs]


class _Studio:
    """Clips in the making, those of one scene in a hidden folder beside the first one's output.

    Attributes
    ----------
    stack
        Closed at the end, it lets go of the folders of what has not been finished.
    """

    def __init__(
        self, specs: Sequence[ClipSpec], cache: Cache | None, finished: Callable[[Outcome], None]
    ) -> None:
        self.specs = specs
        self.cache = cache
        self.finished = finished
        self.stack = ExitStack()
        self.films: dict[Work, tuple[Film, ExitStack]] = {}
        self.outcomes: dict[ClipSpec, Outcome] = {}

    def plan(self, *, must_know_length: bool) -> None:
        """Find out what there is to draw."""
        for _, together in groupby(self.specs, key=ClipSpec.of_one_film):
            specs = list(together)
            own = self.stack.enter_context(ExitStack())
            try:
                timeline = specs[0].timeline
                if timeline is None and must_know_length:
                    timeline = survey(specs[0].make_scene, specs[0].quality)
                folder = own.enter_context(hidden_folder(specs[0].output))
                film = Film(specs, timeline, folder, self.cache)
            except Exception as error:
                own.close()
                self._tell([Outcome(spec, error=error) for spec in specs])
            else:
                own.callback(film.keep)
                self.films[film.work] = film, own

    def drawn(self, workers: Workers, progress: Report | None) -> Generator[Finished]:
        """As `Workers.render`; what goes wrong with all goes wrong with each that is left."""
        works = list(self.films)
        frames = [film.frames for film, _ in self.films.values() if film.frames is not None]
        kept = sum(film.kept for film, _ in self.films.values())
        tell = _Tell(progress, sum(frames) if len(frames) == len(works) else None)
        tell(kept)
        try:
            with closing(workers.render(works, lambda done: tell(kept + done))) as finished:
                yield from finished
        except Exception as error:
            yield from [(work, error) for work in self.films]

    def settle(self, work: Work, error: Exception | None) -> None:
        """Put clips in place, now that all of their scene is drawn, or say why not."""
        film, own = self.films.pop(work)
        outcomes = [_finished(film, spec, error) for spec in film.specs]
        own.close()
        self._tell(outcomes)

    def _tell(self, outcomes: Sequence[Outcome]) -> None:
        for outcome in outcomes:
            self.outcomes[outcome.spec] = outcome
            self.finished(outcome)


def _finished(film: Film, spec: ClipSpec, error: Exception | None) -> Outcome:
    if error is not None:
        return Outcome(spec, error=error)
    try:
        return Outcome(spec, film.finish(spec))
    except Exception as failure:
        return Outcome(spec, error=failure)


class _Tell:
    """Passes on how many frames are done; never fewer than before, and not twice the same."""

    def __init__(self, progress: Report | None, total: int | None) -> None:
        self.progress = progress
        self.total = total
        self.done = -1

    def __call__(self, done: int) -> None:
        if self.progress is not None and done > self.done:
            self.done = done
            self.progress(done, self.total)


def _crew(workers: int | Workers) -> Workers:
    if not isinstance(workers, int):
        return workers
    return InProcess() if workers == 1 else Processes(workers)


@contextmanager
def _sigterm_raises() -> Iterator[None]:
    """SIGTERM ends the program as an exception, so that what is unfinished is cleared away."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, _exit)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _exit(signum: int, frame: FrameType | None) -> NoReturn:  # noqa: ARG001
    raise SystemExit(128 + signum)
