"""Who draws the segments of clips: this process, or several forked from it."""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections import Counter, deque
from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import wait
from multiprocessing.context import ForkProcess
from pathlib import Path
from typing import Protocol, TypeAlias

from rendering.segments import Job, SceneSpec, folder_of

__all__ = [
    "Finished",
    "InProcess",
    "Processes",
    "Report",
    "Work",
    "WorkerLost",
    "Workers",
    "cores",
    "workers_for",
]

MOST_LOSSES = 2
"""How often a segment is begun again after its worker died."""

_WORTH_A_WORKER = 120  # frames: with less to do, starting a process and the timeline cost more
_POLL = 0.1  # seconds between reports
_GRACE = 2.0  # seconds for a process to end before it is killed

Report = Callable[[int], None]


class WorkerLost(RuntimeError):  # noqa: N818 - it reads as what has happened
    """The workers that drew one segment died, again and again."""


@dataclass(frozen=True, eq=False)
class Work:
    """What is to be drawn of one clip.

    Attributes
    ----------
    ranges
        Ascending; there may be none.
    folder
        Where the segment of each goes (`rendering.segments.folder_of`).
    """

    job: Job
    ranges: Sequence[range]
    folder: Path

    def missing(self) -> list[range]:
        """The ranges whose segments are not there yet."""
        return [each for each in self.ranges if not folder_of(each.start, self.folder).exists()]


Finished: TypeAlias = tuple[Work, Exception | None]
"""All segments of a work are there, or here is why they will not be."""


class Workers(Protocol):
    """Draws segments."""

    def render(self, works: Sequence[Work], report: Report) -> Generator[Finished]:
        """Draw all that is to be drawn, and yield each work when it is finished, in any order.

        What goes wrong with one work leaves the others alone; what goes wrong with all of them is
        raised. An iterator that is closed early ends its workers (`contextlib.closing`).

        ``report`` is told, now and then, how many frames are drawn of all works together.
        """


class InProcess:
    """One run through each scene, with hashing and encoding in threads."""

    def render(self, works: Sequence[Work], report: Report) -> Generator[Finished]:
        """See `Workers`."""
        finished = 0
        now = 0

        def told(frames: int) -> None:
            nonlocal finished, now
            if frames == 0:
                finished += now
            now = frames
            report(finished + now)

        for work in works:
            try:
                if work.ranges:
                    from rendering.drawing import draw

                    draw(work.job, work.ranges, work.folder, report=told, beside=True)
            except Exception as error:
                yield work, error
            else:
                yield work, None


class Processes:
    """Processes forked from this one when Manim is imported and the scenes' modules are.

    Each runs through one scene, draws the ranges that it comes to before others do, and ends;
    another one takes its place while there is anything to do. If one dies, the ranges that it had
    begun are free again.
    """

    def __init__(self, count: int) -> None:
        self.count = count

    def render(self, works: Sequence[Work], report: Report) -> Generator[Finished]:
        """See `Workers`."""
        count = min(self.count, sum(len(work.ranges) for work in works))
        if count <= 1 or not hasattr(os, "fork"):
            yield from InProcess().render(works, report)
            return
        import rendering.drawing  # noqa: F401 - imported once, for all that are forked

        for work in works:
            if work.ranges and isinstance(work.job.make_scene, SceneSpec):
                with suppress(Exception):  # the process that draws it says what is wrong
                    work.job.make_scene.load()
        yield from _Crew(works, report, count).run()


def cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def workers_for(frames: int) -> int:
    """How many processes help with so many frames on this machine."""
    return max(1, min(cores(), frames // _WORTH_A_WORKER))


class _Begun:
    """A work that processes are at.

    A range belongs to whoever first makes a file of its name, which no dead process can hold as it
    could hold a lock; with the process dead, the file is removed and the range is free again.
    """

    def __init__(self, work: Work) -> None:
        self.work = work
        self.missing = list(work.ranges)
        self.losses: Counter[int] = Counter()
        self.error: Exception | None = None
        self.claims = work.folder / "claims"
        self.claims.mkdir()

    def take(self, start: int) -> bool:
        """Whether the range that begins there is this process's from now on."""
        try:
            with (self.claims / str(start)).open("x") as claim:
                claim.write(str(os.getpid()))
        except FileExistsError:
            return False
        return True

    def look(self) -> int:
        """See which segments are there by now; the number of their frames."""
        self.missing = self.work.missing()
        return sum(map(len, self.work.ranges)) - sum(map(len, self.missing))

    def lose(self, process: ForkProcess) -> None:
        """Free what a dead process had begun; if that has happened too often, it is an error."""
        begun = [each for each in self.missing if self._began(process, each)]
        for each in begun or self.missing[:1]:
            self.losses[each.start] += 1
            if self.losses[each.start] > MOST_LOSSES:
                self.error = WorkerLost(
                    f"{_named(each)}: the process that drew it died {self.losses[each.start]} "
                    f"times, the last time with {_how(process)}"
                )
        for each in begun:
            (self.claims / str(each.start)).unlink(missing_ok=True)

    def _began(self, process: ForkProcess, frames: range) -> bool:
        with suppress(FileNotFoundError):
            owner = (self.claims / str(frames.start)).read_text()
            return owner in ("", str(process.pid))  # empty if it died with the claim half made
        return False


class _Crew:
    """The processes of all works, each in a slot of its own."""

    def __init__(self, works: Sequence[Work], report: Report, count: int) -> None:
        self.report = report
        self.context = get_context("fork")
        self.waiting = deque(work for work in works if work.ranges)
        self.begun: list[_Begun] = []
        self.living: dict[int, tuple[ForkProcess, _Begun]] = {}
        self.drawn = self.context.RawArray("q", count)  # frames of the range in hand, by slot
        self.settled = 0  # frames of works that are finished
        self.idle: list[Finished] = [(work, None) for work in works if not work.ranges]

    def run(self) -> Generator[Finished]:
        """See `Workers`."""
        try:
            self._employ()
            yield from self.idle
            while self.waiting or self.begun:
                wait([process.sentinel for process, _ in self.living.values()], timeout=_POLL)
                finished = self._look()
                self._employ()  # first, so that nobody is idle while a clip is joined
                yield from finished
        finally:
            self._stop(list(self.living))

    def _employ(self) -> None:
        """Start a process in every slot that is free, while it has something to do."""
        for slot in range(len(self.drawn)):
            if slot not in self.living and (begun := self._next()) is not None:
                self._start(slot, begun)

    def _next(self) -> _Begun | None:
        """A work that nobody is at, or else the one with the most left for each process.

        Every process runs through the whole timeline, so it is cheapest with a clip to itself.
        """
        at = Counter(begun for _, begun in self.living.values())
        left = [each for each in self.begun if not each.error and len(each.missing) > at[each]]
        if self.waiting and all(at[each] for each in left):
            self.begun.append(_Begun(self.waiting.popleft()))
            return self.begun[-1]
        return max(
            left,
            key=lambda each: (not at[each], len(each.missing) / (1 + at[each])),
            default=None,
        )

    def _start(self, slot: int, begun: _Begun) -> None:
        sys.stdout.flush()
        sys.stderr.flush()
        self.drawn[slot] = 0
        process = self.context.Process(target=self._work, args=(slot, begun), daemon=True)
        process.start()
        self.living[slot] = process, begun

    def _work(self, slot: int, begun: _Begun) -> None:
        """What a process does."""
        from rendering.drawing import draw

        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends its children
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        parent, work = os.getppid(), begun.work

        def told(frames: int) -> None:
            if os.getppid() != parent:
                os._exit(1)
            self.drawn[slot] = frames

        try:
            draw(work.job, begun.missing, work.folder, take=begun.take, report=told)
        except BaseException as error:
            _keep(error, _error_of(slot, work))

    def _look(self) -> list[Finished]:
        """See who has ended and what is there; the works that are finished now."""
        for slot, (process, begun) in list(self.living.items()):
            if process.exitcode is not None:
                del self.living[slot]
                begun.look()
                if begun.error is None:
                    self._ended(slot, process, begun)
        drawn = sum(self.drawn[slot] for slot in self.living)
        self.report(self.settled + drawn + sum(each.look() for each in self.begun))
        return [self._settle(each) for each in list(self.begun) if self._is_settled(each)]

    def _ended(self, slot: int, process: ForkProcess, begun: _Begun) -> None:
        kept = _error_of(slot, begun.work)
        if kept.exists():
            begun.error = pickle.loads(kept.read_bytes())
        elif process.exitcode != 0:
            begun.lose(process)

    def _is_settled(self, begun: _Begun) -> bool:
        """Whether it has failed; or all is there, and every process has left it."""
        at_it = any(other is begun for _, other in self.living.values())
        return begun.error is not None or not (begun.missing or at_it)

    def _settle(self, begun: _Begun) -> Finished:
        self.begun.remove(begun)
        self._stop([slot for slot, (_, other) in self.living.items() if other is begun])
        self.settled += sum(map(len, begun.work.ranges))
        return begun.work, begun.error

    def _stop(self, slots: Sequence[int]) -> None:
        processes = [self.living.pop(slot)[0] for slot in slots]
        for process in processes:
            process.terminate()
        for process in processes:
            process.join(_GRACE)
            if process.exitcode is None:
                process.kill()
                process.join()


def _error_of(slot: int, work: Work) -> Path:
    """Where a process that fails says why."""
    return work.folder / f"error-{slot}"


def _keep(error: BaseException, path: Path) -> None:
    """Write an exception down, for the parent to raise."""
    written = pickle.dumps(RuntimeError(f"{type(error).__name__}: {error}"))
    if isinstance(error, Exception):
        with suppress(Exception):  # one that cannot be pickled, or not made again
            own = pickle.dumps(error)
            pickle.loads(own)
            written = own
    with suppress(OSError):  # the folder goes when the parent does
        draft = path.with_suffix(".draft")
        draft.write_bytes(written)
        draft.replace(path)


def _named(frames: range) -> str:
    return f"the segment of frames {frames.start} to {frames.stop - 1}"


def _how(process: ForkProcess) -> str:
    code = process.exitcode or 0
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
