"""Segments drawn by Dask, with a scheduler and workers that are processes of their own."""

import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

if importlib.util.find_spec("distributed") is None:
    pytest.skip("Dask is not installed (uv sync --extra farm)", allow_module_level=True)

from lectures.specs import scene_of, timeline_of
from rendering.clip import make_clip, make_clips
from rendering.farm import Farm, OtherCode
from rendering.manifest import Description, Manifest
from rendering.segments import Job, cut
from rendering.workers import Work, WorkerLost
from scenes.catalogue import plan_class
from tests.rendering.stories import TINY, story
from tests.rendering.test_workers import (
    assert_only_the_broken_one_failed,
    clip,
    pictures,
    several,
)

STORY = Description(slug="story")
ROOT = Path(__file__).parents[2]


@dataclass
class Cluster:
    """A scheduler and workers that nothing starts again."""

    address: str
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, root: Path, *words: str) -> None:
        self.processes.append(
            subprocess.Popen(
                [sys.executable, "-m", "distributed.cli." + words[0], *words[1:]],
                cwd=root,
                env={**os.environ, "PYTHONPATH": str(root)},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        )

    def killed(self) -> int:
        """Workers that were ended by SIGKILL."""
        return sum(process.poll() == -signal.SIGKILL for process in self.processes)


@contextmanager
def cluster(*roots: Path) -> Iterator[Cluster]:
    """A cluster with a worker that runs the code of each root."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    made = Cluster(f"tcp://127.0.0.1:{port}")
    try:
        quiet = ("--no-dashboard", "--host", "127.0.0.1")
        made.start(ROOT, "dask_scheduler", "--port", str(port), *quiet)
        for root in roots:
            alone = ("--nthreads", "1", "--no-nanny", "--no-dashboard")
            made.start(root, "dask_worker", made.address, *alone)
        wait_for_workers(made.address, len(roots))
        yield made
    finally:
        for process in made.processes:
            process.kill()
            process.wait()


def wait_for_workers(address: str, count: int) -> None:
    import distributed

    until = time.monotonic() + 60
    while True:
        try:
            with distributed.Client(address, timeout=2, set_as_default=False) as client:
                client.wait_for_workers(count, timeout=30)
            return
        except OSError:
            if time.monotonic() > until:
                raise


@pytest.fixture(scope="module")
def worker() -> Iterator[Cluster]:
    """A cluster with one worker."""
    with cluster(ROOT) as made:
        yield made


def farmed(folder: Path, farm: Farm, fate: str = "") -> Manifest:
    spec, timeline = story(fate=fate)
    told: list[int] = []
    made = make_clip(
        spec, folder / "a.mp4", TINY, describe=STORY, timeline=timeline, workers=farm,
        progress=lambda done, total: told.append(done),
    )  # fmt: skip
    assert told == sorted(told)
    assert told[-1] == 120
    return made


def test_a_cluster_makes_the_same_clip_though_a_worker_is_killed(tmp_path: Path) -> None:
    whole = clip(tmp_path / "here", workers=1)
    with cluster(ROOT, ROOT) as two, Farm(two.address) as farm:
        made = farmed(tmp_path / "there", farm, f"die:{tmp_path / 'death'}:1")
        assert two.killed() == 1
    assert len(list(tmp_path.glob("death-*"))) == 1
    assert made == whole
    assert pictures(tmp_path / "there/a.mp4") == pictures(tmp_path / "here/a.mp4")


def test_what_does_not_travel_is_refused(tmp_path: Path) -> None:
    _, timeline = story()
    with pytest.raises(TypeError, match="SceneSpec"):
        make_clip(
            lambda renderer: None,  # type: ignore[arg-type, return-value]
            tmp_path / "a.mp4", TINY, describe=STORY, timeline=timeline, workers=Farm("local"),
        )  # fmt: skip


def test_segments_that_kill_their_workers_are_named_and_nobody_waits_for_more(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES", "0")
    with cluster(ROOT) as one, Farm(one.address, patience=1) as farm:
        with pytest.raises(WorkerLost, match=r"segments of frames \d+ to \d+: .*died"):
            farmed(tmp_path / "clip", farm, f"die:{tmp_path / 'death'}:99")
        assert one.killed() == 1
        with pytest.raises(WorkerLost, match=r"no worker for 1 s; start .* tcp://127"):
            farmed(tmp_path / "clip", farm)
    assert list((tmp_path / "clip").iterdir()) == []


def test_a_local_cluster_makes_a_clip(tmp_path: Path) -> None:
    with Farm("local", workers=1) as farm:
        assert farmed(tmp_path, farm).frame_count == 120


def test_one_worker_makes_several_clips_and_loses_none_by_one_that_fails(
    worker: Cluster, tmp_path: Path
) -> None:
    with Farm(worker.address) as farm:
        outcomes = make_clips(several(tmp_path), workers=farm)
    assert_only_the_broken_one_failed(outcomes)
    (sound, *_), whole = outcomes, clip(tmp_path / "here", workers=1)
    assert sound.manifest is not None
    assert sound.manifest.sha256 == whole.sha256


def test_a_task_that_nobody_waits_for_ends(worker: Cluster, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    spec, timeline = story(fate="sleep:0.5")
    ranges = cut(timeline, TINY.fps)
    asleep = Work(Job(spec, TINY, "mp4", frames=timeline.frames), ranges, tmp_path / "a")
    none = Work(asleep.job, (), tmp_path)
    with Farm(worker.address) as farm:
        render = farm.render([asleep, none], lambda done: None)
        assert next(render) == (none, None)
        begun = executing(farm, 1)
        render.close()
        ended = executing(farm, 0)
    assert ended - begun < 10, "half a second a frame would have taken 20 s"


def executing(farm: Farm, count: int) -> float:
    """When that many tasks are being done."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        running = farm.client.run(lambda dask_worker: dask_worker.state.executing_count)
        if sum(running.values()) == count:
            return time.monotonic()
        time.sleep(0.05)
    raise TimeoutError


def test_a_worker_with_other_code_is_named(tmp_path: Path) -> None:
    root, compiled = tmp_path / "other", shutil.ignore_patterns("__pycache__")
    for package in ("convmath", "scenes", "rendering"):
        shutil.copytree(ROOT / package, root / package, ignore=compiled)
    for module in ("convmath/quadrature.py", "scenes/kit/readout.py"):
        with (root / module).open("a") as source:
            source.write("# changed\n")
    plan, fps = plan_class("flip-and-shift")(), 2
    with cluster(root) as other, Farm(other.address) as farm:
        with pytest.raises(OtherCode) as refused:
            make_clip(
                scene_of(plan, "dark"), tmp_path / "clip/a.mp4", TINY.at_fps(fps), describe=STORY,
                timeline=timeline_of(plan, fps), workers=farm,
            )  # fmt: skip
        (address,) = farm.client.scheduler_info()["workers"]
    said = str(refused.value)
    assert f"the worker {address} on {socket.gethostname()} has other code" in said
    assert ": convmath.quadrature, scenes.kit.readout. Bring it to the same commit" in said
    assert list((tmp_path / "clip").iterdir()) == []
