"""Who draws the segments of a clip: this process, or several forked from it."""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import wait
from multiprocessing.context import ForkProcess
from pathlib import Path
from typing import Protocol

from rendering.segments import Job, SceneSpec, folder_of

__all__ = ["InProcess", "Processes", "Report", "WorkerLost", "Workers", "cores", "workers_for"]

MOST_LOSSES = 2
"""How often a segment is begun again after its worker died."""

_WORTH_A_WORKER = 120  # frames: with less to do, starting a process and the timeline cost more
_POLL = 0.1  # seconds between reports
_GRACE = 2.0  # seconds for a process to end before it is killed

Report = Callable[[int], None]


class WorkerLost(RuntimeError):  # noqa: N818 - it reads as what has happened
    """The workers that drew one segment died, again and again."""


class Workers(Protocol):
    """Draws segments."""

    def render(self, job: Job, ranges: Sequence[range], folder: Path, report: Report) -> None:
        """Leave the segment of each range in ``folder`` (`rendering.segments.folder_of`).

        ``report`` is told, now and then, how many frames are drawn by all workers together.
        """


class InProcess:
    """One run through the scene, with hashing and encoding in threads."""

    def render(self, job: Job, ranges: Sequence[range], folder: Path, report: Report) -> None:
        """See `Workers`."""
        from rendering.drawing import draw

        finished = 0
        now = 0

        def told(frames: int) -> None:
            nonlocal finished, now
            if frames == 0:
                finished += now
            now = frames
            report(finished + now)

        draw(job, ranges, folder, report=told, beside=True)


class Processes:
    """Processes forked from this one when Manim is imported and the scene's modules are.

    Each runs through the scene once and draws the ranges that it comes to before the others do. If
    one dies, another takes its place for what it has left undone.
    """

    def __init__(self, count: int) -> None:
        self.count = count

    def render(self, job: Job, ranges: Sequence[range], folder: Path, report: Report) -> None:
        """See `Workers`."""
        count = min(self.count, len(ranges))
        if count == 1 or not hasattr(os, "fork"):
            InProcess().render(job, ranges, folder, report)
            return
        import rendering.drawing  # noqa: F401 - imported once, for all that are forked

        if isinstance(job.make_scene, SceneSpec):
            job.make_scene.load()
        _Crew(job, ranges, folder, report).run(count)


def cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def workers_for(frames: int) -> int:
    """How many processes help with so many frames on this machine."""
    return max(1, min(cores(), frames // _WORTH_A_WORKER))


class _Crew:
    """The processes of one clip.

    A range belongs to whoever first makes a file of its name, which no dead process can hold as it
    could hold a lock; with the process dead, the file is removed and the range is free again.
    """

    def __init__(self, job: Job, ranges: Sequence[range], folder: Path, report: Report) -> None:
        self.job = job
        self.ranges = ranges
        self.folder = folder
        self.report = report
        self.context = get_context("fork")
        self.living: dict[int, ForkProcess] = {}
        self.losses: Counter[int] = Counter()
        self.claims = folder / "claims"
        self.claims.mkdir()

    def run(self, count: int) -> None:
        """Draw all ranges, or raise."""
        self.drawn = self.context.RawArray("q", count)  # frames of the range in hand, by process
        try:
            for slot in range(count):
                self._start(slot)
            while self.living:
                wait([process.sentinel for process in self.living.values()], timeout=_POLL)
                for slot, process in list(self.living.items()):
                    if process.exitcode is not None:
                        self._ended(slot, self.living.pop(slot))
                self._tell()
        finally:
            self._stop()
        if missing := self._missing():
            raise WorkerLost(f"the scene has ended before {_named(missing[0])}")

    def _start(self, slot: int) -> None:
        sys.stdout.flush()
        sys.stderr.flush()
        process = self.context.Process(target=self._work, args=(slot, self._missing()), daemon=True)
        process.start()
        self.living[slot] = process

    def _work(self, slot: int, ranges: Sequence[range]) -> None:
        """What a process does."""
        from rendering.drawing import draw

        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends its children
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        parent = os.getppid()

        def told(frames: int) -> None:
            if os.getppid() != parent:
                os._exit(1)
            self.drawn[slot] = frames

        try:
            draw(self.job, ranges, self.folder, take=self._take, report=told)
        except BaseException as error:
            _keep(error, self.folder / f"error-{slot}")

    def _take(self, start: int) -> bool:
        try:
            with (self.claims / str(start)).open("x") as claim:
                claim.write(str(os.getpid()))
        except FileExistsError:
            return False
        return True

    def _ended(self, slot: int, process: ForkProcess) -> None:
        error = self.folder / f"error-{slot}"
        if error.exists():
            raise pickle.loads(error.read_bytes())
        self.drawn[slot] = 0
        if process.exitcode == 0:
            return
        begun = [each for each in self._missing() if self._began(process, each)]
        for each in begun or self._missing()[:1]:
            self.losses[each.start] += 1
            if self.losses[each.start] > MOST_LOSSES:
                raise WorkerLost(
                    f"{_named(each)}: the process that drew it died {self.losses[each.start]} "
                    f"times, the last time with {_how(process)}"
                )
        for each in begun:
            (self.claims / str(each.start)).unlink(missing_ok=True)
        if self._missing():
            self._start(slot)

    def _began(self, process: ForkProcess, frames: range) -> bool:
        with suppress(FileNotFoundError):
            owner = (self.claims / str(frames.start)).read_text()
            return owner in ("", str(process.pid))  # empty if it died with the claim half made
        return False

    def _missing(self) -> list[range]:
        return [each for each in self.ranges if not folder_of(each.start, self.folder).exists()]

    def _tell(self) -> None:
        whole = sum(map(len, self.ranges)) - sum(map(len, self._missing()))
        self.report(whole + sum(self.drawn[slot] for slot in self.living))

    def _stop(self) -> None:
        for process in self.living.values():
            process.terminate()
        for process in self.living.values():
            process.join(_GRACE)
            if process.exitcode is None:
                process.kill()
                process.join()


def _keep(error: BaseException, path: Path) -> None:
    """Write an exception down, for the parent to raise."""
    try:
        written = pickle.dumps(error)
        pickle.loads(written)
    except Exception:
        written = pickle.dumps(RuntimeError(f"{type(error).__name__}: {error}"))
    draft = path.with_suffix(".draft")
    draft.write_bytes(written)
    draft.replace(path)


def _named(frames: range) -> str:
    return f"the segment of frames {frames.start} to {frames.stop - 1}"


def _how(process: ForkProcess) -> str:
    code = process.exitcode or 0
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
