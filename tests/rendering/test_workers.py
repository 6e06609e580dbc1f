import hashlib
import os
import signal
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import av
import pytest

from rendering.clip import make_clip
from rendering.manifest import Description, Manifest
from rendering.segments import cut
from rendering.workers import WorkerLost, workers_for
from tests.rendering.stories import STARTS, TINY, story

STORY = Description(slug="story")
ROOT = Path(__file__).parents[2]


def pictures(path: Path) -> list[str]:
    """A hash of each decoded picture; asserts that times are one frame apart."""
    found, times = [], []
    with av.open(str(path)) as container:
        for picture in container.decode(video=0):
            found.append(hashlib.sha256(picture.to_ndarray(format="rgba").tobytes()).hexdigest())
            times.append(picture.time)
    steps = {round(b - a, 2) for a, b in pairwise(times)}
    assert (times[0], steps) == (0.0, {0.1})
    return found


def clip(folder: Path, fmt: str = "mp4", workers: int = 2, fate: str = "") -> Manifest:
    spec, timeline = story(fate=fate)
    return make_clip(
        spec, folder / f"a.{fmt}", TINY, fmt, describe=STORY, timeline=timeline, workers=workers
    )


@pytest.mark.parametrize("fmt", ["mp4", "webm", "mov", "gif"])
def test_any_number_of_workers_make_the_same_pictures(fmt: str, tmp_path: Path) -> None:
    made, seen = [], []
    for workers in (1, 2, 3):
        folder = tmp_path / str(workers)
        made.append(clip(folder, fmt, workers))
        path = folder / f"a.{fmt}"
        seen.append([path.read_bytes()] if fmt == "gif" else pictures(path))
        assert sorted(p.suffix for p in folder.iterdir()) == sorted([".json", f".{fmt}", ".vtt"])
    assert made[0] == made[1] == made[2]
    assert seen[0] == seen[1] == seen[2]
    assert made[0].frame_count == 120
    assert fmt == "gif" or len(seen[0]) == 120


def test_packets_of_a_joined_clip_are_in_order(tmp_path: Path) -> None:
    clip(tmp_path)
    with av.open(str(tmp_path / "a.mp4")) as container:
        packets = [packet for packet in container.demux(video=0) if packet.dts is not None]
    dts = [packet.dts for packet in packets]
    assert all(a < b for a, b in pairwise(dts))
    assert all(packet.dts <= packet.pts for packet in packets)
    base = packets[0].time_base
    keys = {round(packet.pts * base * TINY.fps) for packet in packets if packet.is_keyframe}
    assert set(STARTS) <= keys


def test_a_killed_worker_is_replaced(tmp_path: Path) -> None:
    _, timeline = story()
    assert tuple(each.start for each in cut(timeline, TINY.fps)) == STARTS
    whole = clip(tmp_path / "whole", workers=1)
    made = clip(tmp_path / "killed", fate=f"die:{tmp_path / 'death'}:2")
    assert len(list(tmp_path.glob("death-*"))) == 2
    assert made.sha256 == whole.sha256
    assert pictures(tmp_path / "killed" / "a.mp4") == pictures(tmp_path / "whole" / "a.mp4")


def test_a_segment_that_kills_every_worker_is_named(tmp_path: Path) -> None:
    deadly = f"die:{tmp_path / 'death'}:99"
    with pytest.raises(WorkerLost, match=r"segment of frames \d+ to \d+: .* 3 times.*SIGKILL"):
        clip(tmp_path / "clip", fate=deadly)
    assert list((tmp_path / "clip").iterdir()) == []


def test_what_is_wrong_with_a_scene_is_raised_at_once(tmp_path: Path) -> None:
    spec, timeline = story()
    short = timeline.model_copy(update={"frames": 130})
    with pytest.raises(RuntimeError, match="120 frames, not 130"):
        make_clip(spec, tmp_path / "a.mp4", TINY, describe=STORY, timeline=short, workers=2)
    broken = type(spec)(spec.maker, {**spec.arguments, "shade": "dark"})
    with pytest.raises(ValueError, match="dark"):
        make_clip(broken, tmp_path / "a.mp4", TINY, describe=STORY, timeline=timeline, workers=2)
    assert list(tmp_path.iterdir()) == []


def test_progress_is_of_all_workers_and_never_falls(tmp_path: Path) -> None:
    told: list[tuple[int, int | None]] = []
    spec, timeline = story(fate=f"die:{tmp_path / 'death'}:1")
    make_clip(
        spec, tmp_path / "a.mp4", TINY, describe=STORY, timeline=timeline, workers=2,
        progress=lambda done, total: told.append((done, total)),
    )  # fmt: skip
    assert told[-1] == (120, 120)
    assert [done for done, _ in told] == sorted({done for done, _ in told})


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_signal_ends_all_processes(sent: signal.Signals, tmp_path: Path) -> None:
    code = (
        "import signal; from pathlib import Path; from tests.rendering.test_workers import clip;"
        "signal.signal(signal.SIGINT, signal.default_int_handler);"
        f"clip(Path({str(tmp_path)!r}) / 'clip', fate='sleep')"
    )
    elsewhere = tmp_path / "temporary"
    elsewhere.mkdir()
    # A session of its own, by which all of its processes can be found.
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=ROOT,
        start_new_session=True,
        env={**os.environ, "TMPDIR": str(elsewhere)},
    )
    until = time.monotonic() + 60
    while not list(tmp_path.glob("clip/.a-*/claims/30")) and time.monotonic() < until:
        time.sleep(0.05)
    assert len(alive(process.pid)) >= 2
    process.send_signal(sent)
    process.wait(timeout=30)
    until = time.monotonic() + 10
    while alive(process.pid) and time.monotonic() < until:
        time.sleep(0.05)
    assert alive(process.pid) == []
    assert list(elsewhere.iterdir()) == []
    assert sent == signal.SIGKILL or list((tmp_path / "clip").iterdir()) == []


def alive(session: int) -> list[int]:
    """Processes of a session that are not yet dead."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            state, _, _, own = (entry / "stat").read_text().rpartition(")")[2].split()[:4]
        except OSError:
            continue
        if int(own) == session and state not in "ZX":
            found.append(int(entry.name))
    return found


def test_short_clips_need_one_process() -> None:
    assert workers_for(60) == 1
    assert workers_for(100_000) == len(os.sched_getaffinity(0))
