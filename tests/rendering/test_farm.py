"""Segments drawn by Dask, with a scheduler and workers that are processes of their own."""

import importlib.util
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

if importlib.util.find_spec("distributed") is None:
    pytest.skip("Dask is not installed (uv sync --extra farm)", allow_module_level=True)

from rendering.clip import make_clip
from rendering.farm import Farm
from rendering.manifest import Description, Manifest
from rendering.workers import WorkerLost
from tests.rendering.stories import TINY, story
from tests.rendering.test_workers import clip, pictures

STORY = Description(slug="story")
ROOT = Path(__file__).parents[2]


def start(*words: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-m", "distributed.cli." + words[0], *words[1:]],
        cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


@pytest.fixture
def scheduler() -> Iterator[str]:
    """The address of a scheduler with two workers, which nothing starts again."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    quiet = ("--no-dashboard", "--host", "127.0.0.1")
    worker = ("dask_worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard")
    processes = [start("dask_scheduler", "--port", str(port), *quiet)]
    processes += [start(*worker), start(*worker)]
    try:
        wait_for_workers(address)
        yield address
    finally:
        for process in processes:
            process.kill()
            process.wait()


def wait_for_workers(address: str) -> None:
    import distributed

    until = time.monotonic() + 60
    while True:
        try:
            with distributed.Client(address, timeout=2, set_as_default=False) as client:
                client.wait_for_workers(2, timeout=30)
            return
        except OSError:
            if time.monotonic() > until:
                raise


def farmed(folder: Path, scheduler: str, fate: str = "") -> Manifest:
    spec, timeline = story(fate=fate)
    told: list[int] = []
    with Farm(scheduler) as farm:
        made = make_clip(
            spec, folder / "a.mp4", TINY, describe=STORY, timeline=timeline, workers=farm,
            progress=lambda done, total: told.append(done),
        )  # fmt: skip
    assert told == sorted(told)
    assert told[-1] == 120
    return made


def test_a_cluster_makes_the_same_clip_though_a_worker_is_killed(
    scheduler: str, tmp_path: Path
) -> None:
    whole = clip(tmp_path / "here", workers=1)
    made = farmed(tmp_path / "there", scheduler, f"die:{tmp_path / 'death'}:1")
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


def test_a_local_cluster_says_which_segments_kill_it(tmp_path: Path) -> None:
    spec, timeline = story(fate=f"die:{tmp_path / 'death'}:99")
    with (
        Farm("local", workers=1) as farm,
        pytest.raises(WorkerLost, match=r"segments of frames \d+ to \d+: .*died"),
    ):
        make_clip(
            spec, tmp_path / "clip/a.mp4", TINY, describe=STORY, timeline=timeline, workers=farm
        )
    assert list((tmp_path / "clip").iterdir()) == []
