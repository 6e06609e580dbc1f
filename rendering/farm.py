"""Segments drawn by a Dask cluster: on other machines, or on this one."""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Self

from rendering.fingerprint import drawing_code
from rendering.segments import Job, SceneSpec, folder_of, new_folder
from rendering.workers import Report, WorkerLost, cores

__all__ = ["Farm"]

dask: Any = import_module("distributed")  # an extra, and without types

_TOPIC = "frames drawn"
_TASKS_A_WORKER = 2  # so that a quick worker takes over from a slow one
_ONE_AT_A_TIME = threading.Lock()  # Manim's configuration is one for the whole process


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
    """

    def __init__(self, scheduler: str, workers: int | None = None) -> None:
        self.scheduler = scheduler
        self.workers = workers or cores()
        self.cluster: Any = None
        self.client: Any = None

    def __enter__(self) -> Self:
        if self.scheduler == "local":
            self.cluster = dask.LocalCluster(
                n_workers=self.workers, threads_per_worker=1, dashboard_address=None
            )
        self.client = dask.Client(self.cluster or self.scheduler, set_as_default=False)
        return self

    def __exit__(self, *_: object) -> None:
        for each in (self.client, self.cluster):
            if each is not None:
                each.close()

    def render(self, job: Job, ranges: Sequence[range], folder: Path, report: Report) -> None:
        """See `rendering.workers.Workers`."""
        if not isinstance(job.make_scene, SceneSpec):
            raise TypeError("only a scene that is a SceneSpec can travel to other machines")
        progress = _Progress(report)
        self.client.subscribe_topic(_TOPIC, progress)
        futures = {}
        for group in _groups(ranges, self._tasks()):
            future = self.client.submit(
                _draw, job, group, drawing_code(), pure=False, key=_key(group, folder)
            )
            futures[future] = group
        try:
            for future in dask.as_completed(list(futures), loop=self.client.loop):
                try:
                    _unpack(future.result(), folder)
                except dask.KilledWorker as error:
                    first, last = futures[future][0], futures[future][-1]
                    raise WorkerLost(
                        f"the segments of frames {first.start} to {last.stop - 1}: {error}"
                    ) from None
        finally:
            self.client.cancel(list(futures), force=True)
            self.client.unsubscribe_topic(_TOPIC)

    def _tasks(self) -> int:
        return _TASKS_A_WORKER * max(1, len(self.client.scheduler_info(n_workers=-1)["workers"]))


class _Progress:
    """Sums what the workers say of their tasks."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.drawn: dict[int, int] = {}

    def __call__(self, event: tuple[float, Any]) -> None:
        _, message = event
        self.drawn[message["first"]] = message["frames"]
        self.report(sum(self.drawn.values()))


def _key(group: Sequence[range], folder: Path) -> str:
    return f"frames-{group[0].start}-{group[-1].stop}-{folder.name}"


def _groups(ranges: Sequence[range], count: int) -> list[list[range]]:
    """Neighbours together, in about equal numbers of frames, for at most ``count`` tasks."""
    total = sum(map(len, ranges))
    groups: list[list[range]] = [[] for _ in range(min(count, len(ranges)))]
    done = 0
    for each in ranges:
        groups[(done + len(each) // 2) * len(groups) // total].append(each)
        done += len(each)
    return [group for group in groups if group]


def _draw(job: Job, ranges: Sequence[range], code: str) -> dict[int, dict[str, bytes]]:
    """What a worker does: the files of each segment, by its first frame and their names."""
    if drawing_code() != code:
        raise RuntimeError("this worker has another version of the project than who sent the task")
    from rendering.drawing import draw

    tell = _Teller(ranges[0].start)
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
    """Says once for each segment, and every so many frames, how many are drawn."""

    def __init__(self, first: int) -> None:
        self.first = first
        self.finished = 0
        self.now = 0
        self.said = 0

    def __call__(self, frames: int) -> None:
        if frames == 0:
            self.finished += self.now
        self.now = frames
        drawn = self.finished + self.now
        if frames == 0 or drawn - self.said >= 30:
            self.said = drawn
            dask.get_worker().log_event(_TOPIC, {"first": self.first, "frames": drawn})


def _unpack(segments: dict[int, dict[str, bytes]], folder: Path) -> None:
    for start, files in segments.items():
        target = folder_of(start, folder)
        shutil.rmtree(target, ignore_errors=True)
        with new_folder(target) as draft:
            for name, content in files.items():
                (draft / name).write_bytes(content)
