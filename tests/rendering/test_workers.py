import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import av
import pytest

from rendering.cache import Cache
from rendering.clip import ClipSpec, Outcome, make_clip, make_clips
from rendering.manifest import Description, Manifest
from rendering.segments import Job, cut
from rendering.workers import Processes, Work, WorkerLost, workers_for
from tests.rendering.stories import STARTS, TINY, story

STORY = Description(slug="story")
ROOT = Path(__file__).parents[2]


def pictures(path: Path, fps: int = TINY.fps) -> list[str]:
    """A hash of each decoded picture; asserts that times are one frame apart."""
    found, times = [], []
    with av.open(str(path)) as container:
        for picture in container.decode(video=0):
            found.append(hashlib.sha256(picture.to_ndarray(format="rgba").tobytes()).hexdigest())
            times.append(picture.time)
    steps = {round(b - a, 2) for a, b in pairwise(times)}
    assert (times[0], steps) == (0.0, {1 / fps})
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


def several(folder: Path) -> list[ClipSpec]:
    """Clips of which the second is of a scene that cannot be drawn."""
    specs = []
    for name, shade in (("a", 0.5), ("broken", "dark"), ("c", 0.7)):
        spec, timeline = story(shade=shade)  # type: ignore[arg-type]
        output = folder / name / "clip.mp4"
        specs.append(ClipSpec(spec, output, TINY, STORY, timeline=timeline))
    return specs


def assert_only_the_broken_one_failed(outcomes: Sequence[Outcome]) -> None:
    first, broken, third = outcomes
    for outcome in (first, third):
        assert outcome.manifest is not None
        assert len(pictures(outcome.spec.output)) == 120
        assert len(list(outcome.spec.output.parent.iterdir())) == 3
    assert isinstance(broken.error, ValueError)
    assert list(broken.spec.output.parent.iterdir()) == []


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_a_clip_that_fails_loses_no_other(workers: int, tmp_path: Path) -> None:
    told: list[Outcome] = []
    frames: list[tuple[int, int | None]] = []
    outcomes = make_clips(
        several(tmp_path), workers=workers, finished=told.append,
        progress=lambda done, total: frames.append((done, total)),
    )  # fmt: skip
    assert_only_the_broken_one_failed(outcomes)
    assert {id(each) for each in told} == {id(each) for each in outcomes}
    whole = clip(tmp_path / "whole", workers=1)
    assert outcomes[0].manifest is not None
    assert outcomes[0].manifest.sha256 == whole.sha256
    assert {total for _, total in frames} == {360}
    assert [done for done, _ in frames] == sorted({done for done, _ in frames})


def test_a_clip_that_kills_its_workers_loses_no_other(tmp_path: Path) -> None:
    deadly, timeline = story(fate=f"die:{tmp_path / 'death'}:99")
    sound, _ = story()
    specs = [
        ClipSpec(spec, tmp_path / name / "a.mp4", TINY, STORY, timeline=timeline)
        for name, spec in (("deadly", deadly), ("sound", sound))
    ]
    lost, made = make_clips(specs, workers=2)
    assert isinstance(lost.error, WorkerLost)
    assert list((tmp_path / "deadly").iterdir()) == []
    assert made.manifest is not None


def test_nobody_is_idle_while_there_is_a_segment_to_draw(tmp_path: Path) -> None:
    """Two processes on two clips; then both on what is left of the longer one."""
    works = []
    for name, starts in (("short", 1), ("long", 4)):
        spec, timeline = story(fate="sleep:0.05" if name == "long" else "")
        (tmp_path / name).mkdir()
        job = Job(spec, TINY, "mp4", frames=timeline.frames)
        works.append(Work(job, cut(timeline, TINY.fps)[-starts:], tmp_path / name))
    finished = [work for work, error in Processes(2).render(works, lambda done: None)]
    assert finished == works
    assert [who(work.folder) for work in works] == [1, 2]


def who(folder: Path) -> int:
    """How many processes have drawn the segments there."""
    return len({claim.read_text() for claim in folder.glob("claims/*")})


def test_after_an_interruption_clips_remain_and_segments_are_taken_up(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    first, _, second = specs = several(tmp_path)
    del specs[1]

    def stop(done: int, total: int | None) -> None:
        if done > 120 + STARTS[-1]:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_clips(specs, cache=cache, progress=stop)
    assert len(list(first.output.parent.iterdir())) == 3
    assert list(second.output.parent.iterdir()) == []
    told: list[int] = []
    make_clips(specs, cache=cache, progress=lambda done, total: told.append(done))
    assert told[0] == 120 + STARTS[-1]


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
        f"clip(Path({str(tmp_path)!r}) / 'clip', fate='sleep:0.5')"
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
    left = sorted(path.name for path in (tmp_path / "clip").iterdir())
    if sent != signal.SIGKILL:
        assert left == []
        return
    assert [Path(name).suffix for name in left] == ["", ".lock"]
    (tmp_path / "clip" / ".a-notes12").mkdir()  # somebody else's
    clip(tmp_path / "clip", workers=1)
    left = sorted(path.name for path in (tmp_path / "clip").iterdir())
    assert left == [".a-notes12", "a.json", "a.mp4", "a.vtt"]


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
