"""Segments drawn by a Dask cluster: on other machines, or on this one."""

from __future__ import annotations

import logging
import math
import shutil
import socket
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Self

from rendering.fingerprint import files_of, library_versions
from rendering.segments import Job, SceneSpec, folder_of, new_folder
from rendering.workers import Finished, Report, Work, WorkerLost, cores

__all__ = ["Farm", "OtherCode"]

dask: Any = import_module("distributed")  # an extra, and without types

_TOPIC = "frames drawn"
_TASKS_A_WORKER = 2  # so that a quick worker takes over from a slow one
_NAMED = 3  # differences that are named
_POLL = 0.05  # seconds between looks for results
_LOOK = 1.0  # seconds between looks for workers
_ONE_AT_A_TIME = threading.Lock()  # Manim's configuration is one for the whole process


class OtherCode(WorkerLost):
    """A worker would draw something else: its code or its libraries are not those of here."""


@dataclass(frozen=True, eq=False)
class _Task:
    """Neighbouring ranges of one work, which a worker draws in one run through the scene."""

    work: Work
    ranges: Sequence[range]

    @property
    def key(self) -> str:
        first, last = self.ranges[0], self.ranges[-1]
        return f"frames-{first.start}-{last.stop}-{self.work.folder.name}"

    def __str__(self) -> str:
        return f"the segments of frames {self.ranges[0].start} to {self.ranges[-1].stop - 1}"


class Farm:
    """Workers of a Dask scheduler; used as a context, it lets go of the cluster at the end.

    What travels to a worker is the job (names and parameters) and its ranges; what comes back is
    encoded segments. If a worker dies, Dask gives its task to another.

    Parameters
    ----------
    scheduler
        ``"tcp://HOST:8786"``, or ``"local"`` for a cluster on this machine.
    workers
        How many of them a local cluster has.
    patience
        Seconds without any worker after which nothing more is expected.
    """

    def __init__(
        self, scheduler: str, workers: int | None = None, *, patience: float = 60.0
    ) -> None:
        self.scheduler = scheduler
        self.workers = workers or cores()
        self.patience = patience
        self.cluster: Any = None
        self.client: Any = None

    def __enter__(self) -> Self:
        if self.scheduler == "local":
            self.cluster = dask.LocalCluster(
                n_workers=self.workers,
                threads_per_worker=1,
                dashboard_address=None,
                silence_logs=logging.ERROR,  # it warns of workers that take long to end
            )
        self.client = dask.Client(self.cluster or self.scheduler, set_as_default=False)
        return self

    def __exit__(self, *_: object) -> None:
        for each in (self.client, self.cluster):
            if each is not None:
                each.close()

    def render(self, works: Sequence[Work], report: Report) -> Generator[Finished]:
        """See `rendering.workers.Workers`."""
        stays = TypeError("only a scene that is a SceneSpec can travel to other machines")
        travelling = [work for work in works if isinstance(work.job.make_scene, SceneSpec)]
        yield from [(work, stays) for work in works if work not in travelling]
        if travelling:
            yield from self._render(travelling, report)

    def _render(self, works: Sequence[Work], report: Report) -> Generator[Finished]:
        progress = _Progress(report)
        self.client.subscribe_topic(_TOPIC, progress)
        tasks: dict[Any, _Task] = {}
        try:
            for task in _tasks(works, self._parts()):
                tasks[self._submit(task, len(tasks))] = task
            yield from ((work, None) for work in works if not work.ranges)
            yield from self._gathered(tasks)
        finally:
            self.client.cancel(list(tasks), force=True)
            self.client.unsubscribe_topic(_TOPIC)

    def _submit(self, task: _Task, place: int) -> Any:
        """The future of a task; tasks are begun in the order of their places."""
        arguments = (task.work.job, task.ranges, task.key, _code_of(task.work.job))
        return self.client.submit(_draw, *arguments, pure=False, key=task.key, priority=-place)

    def _gathered(self, tasks: dict[Any, _Task]) -> Generator[Finished]:
        """Unpack what comes back, in whatever order it does."""
        left = Counter(task.work for task in tasks.values())
        for future in self._completed(list(tasks)):
            task = tasks.pop(future)
            if task.work not in left:
                continue
            error = _fetched(future, task)
            left[task.work] -= 1
            if error is not None:
                self.client.cancel([f for f, t in tasks.items() if t.work is task.work], force=True)
            if error is not None or not left[task.work]:
                del left[task.work]
                yield task.work, error

    def _completed(self, futures: Sequence[Any]) -> Iterator[Any]:
        """Futures as they complete; Dask itself would wait for ever if nobody is there."""
        waiting = dask.as_completed(futures, loop=self.client.loop)
        seen = looked = time.monotonic()
        while not waiting.is_empty():
            batch = waiting.next_batch(block=False)
            yield from batch
            if not batch:
                time.sleep(_POLL)
            if time.monotonic() - looked > _LOOK:
                looked = time.monotonic()
                seen = looked if self._count_workers() else seen
            if looked - seen > self.patience:
                raise WorkerLost(
                    f"the cluster has had no worker for {self.patience:g} s; start some with "
                    f"`dask worker {self.client.scheduler.address} --nworkers auto --nthreads 1`"
                )

    def _parts(self) -> int:
        return _TASKS_A_WORKER * max(1, self._count_workers())

    def _count_workers(self) -> int:
        return len(self.client.scheduler_info(n_workers=-1)["workers"])


def _fetched(future: Any, task: _Task) -> Exception | None:
    """Put the segments of a task in their folder, or say why they are not there."""
    try:
        _unpack(future.result(), task.work.folder)
    except OtherCode:
        raise
    except (dask.KilledWorker, dask.CancelledError) as error:
        return WorkerLost(f"{task}: {error}")
    except Exception as error:
        return error
    return None


class _Progress:
    """Sums what the workers say of their tasks."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.drawn: dict[str, int] = {}

    def __call__(self, event: tuple[float, Any]) -> None:
        _, message = event
        self.drawn[message["task"]] = message["frames"]
        self.report(sum(self.drawn.values()))


def _tasks(works: Sequence[Work], parts: int) -> Iterator[_Task]:
    """Tasks in the order of the works, each no more than 1/``parts`` of what is left to do then.

    So a worker has a whole clip to itself while there are many, and shares the last ones: guided
    self-scheduling (Polychronopoulos and Kuck 1987).
    """
    sizes = [sum(map(len, work.ranges)) for work in works]
    left = sum(sizes)
    for work, size in zip(works, sizes, strict=True):
        for group in _groups(work.ranges, math.ceil(size * parts / max(1, left))):
            yield _Task(work, group)
        left -= size


def _groups(ranges: Sequence[range], count: int) -> list[list[range]]:
    """Neighbours together, in about equal numbers of frames, for at most ``count`` tasks."""
    total = sum(map(len, ranges))
    groups: list[list[range]] = [[] for _ in range(min(count, len(ranges)))]
    done = 0
    for each in ranges:
        groups[(done + len(each) // 2) * len(groups) // total].append(each)
        done += len(each)
    return [group for group in groups if group]


def _code_of(job: Job) -> dict[str, str]:
    """What a worker must have as it is here: hashes of files, and versions."""
    scene = job.make_scene
    assert isinstance(scene, SceneSpec)
    return {**files_of([scene.maker.partition(":")[0], *scene.modules]), **library_versions()}


def _compare(here: Mapping[str, str], there: Mapping[str, str]) -> None:
    """Raise `OtherCode`, on the worker, if it has not the code of who sends the task."""
    differing = sorted(k for k in {*here, *there} if here.get(k) != there.get(k))
    if differing:
        named = ", ".join(differing[:_NAMED]) + (", …" if len(differing) > _NAMED else "")
        raise OtherCode(
            f"the worker {dask.get_worker().address} on {socket.gethostname()} has other code than "
            f"this machine: {named}. Bring it to the same commit, run `uv sync --extra farm` there "
            "and start it again"
        )


def _draw(
    job: Job, ranges: Sequence[range], task: str, code: Mapping[str, str]
) -> dict[int, dict[str, bytes]]:
    """What a worker does: the files of each segment, by its first frame and their names."""
    _compare(code, _code_of(job))
    from rendering.drawing import draw

    tell = _Teller(task)
    with _ONE_AT_A_TIME, tempfile.TemporaryDirectory(prefix="faltung-") as temporary:
        folder = Path(temporary)
        draw(job, ranges, folder, report=tell)
        return {
            each.start: {
                file.name: file.read_bytes() for file in folder_of(each.start, folder).iterdir()
            }
            for each in ranges
        }


class _Teller:
    """Says once for each segment, and every so many frames, how many are drawn.

    A task that nobody wants any more ends here: Dask itself only forgets what it is going to say.
    """

    def __init__(self, task: str) -> None:
        self.task = task
        self.worker = dask.get_worker()
        self.finished = 0
        self.now = 0
        self.said = 0

    def __call__(self, frames: int) -> None:
        known = self.worker.state.tasks.get(self.task)
        if known is None or known.state == "cancelled":
            raise dask.CancelledError(self.task)
        if frames == 0:
            self.finished += self.now
        self.now = frames
        drawn = self.finished + self.now
        if frames == 0 or drawn - self.said >= 30:
            self.said = drawn
            self.worker.log_event(_TOPIC, {"task": self.task, "frames": drawn})


def _unpack(segments: dict[int, dict[str, bytes]], folder: Path) -> None:
    for start, files in segments.items():
        target = folder_of(start, folder)
        shutil.rmtree(target, ignore_errors=True)
        with new_folder(target) as draft:
            for name, content in files.items():
                (draft / name).write_bytes(content)
