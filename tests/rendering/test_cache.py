import os
import subprocess
import sys
from collections.abc import Generator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from rendering.cache import Cache, keys_of
from rendering.clip import make_clip
from rendering.manifest import Description, Manifest
from rendering.segments import Job, SceneSpec, Timeline, cut
from rendering.workers import Finished, InProcess, Report, Work
from tests.rendering.stories import STARTS, TINY, story

STORY = Description(slug="story")
ROOT = Path(__file__).parents[2]
SPEC, TIMELINE = story()


class Watched:
    """Draws in this process, and remembers what."""

    def __init__(self) -> None:
        self.drawn: list[int] = []

    def render(self, works: Sequence[Work], report: Report) -> Generator[Finished]:
        self.drawn += [each.start for work in works for each in work.ranges]
        yield from InProcess().render(works, report)


def clip(
    folder: Path, cache: Cache, spec: SceneSpec = SPEC, timeline: Timeline = TIMELINE
) -> tuple[Manifest, list[int]]:
    """A clip, and the first frames of the segments that were drawn for it."""
    workers = Watched()
    made = make_clip(
        spec, folder / "a.mp4", TINY, describe=STORY, timeline=timeline, workers=workers,
        cache=cache,
    )  # fmt: skip
    return made, workers.drawn


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


def test_nothing_is_drawn_twice(tmp_path: Path, cache: Cache) -> None:
    first, drawn = clip(tmp_path / "1", cache)
    assert drawn == list(STARTS)
    second, drawn = clip(tmp_path / "2", cache)
    assert drawn == []
    assert first == second
    assert (tmp_path / "1/a.mp4").read_bytes() == (tmp_path / "2/a.mp4").read_bytes()


def test_another_caption_draws_nothing(tmp_path: Path, cache: Cache) -> None:
    clip(tmp_path, cache)
    spec, timeline = story(captions="Now it is said.")
    made, drawn = clip(tmp_path, cache, spec, timeline)
    assert drawn == []
    assert {beat.caption for beat in made.beats} == {"Now it is said."}
    assert "Now it is said." in (tmp_path / "a.vtt").read_text()


@pytest.mark.parametrize("change", [{"last": 5.5}, {"heading": "The end"}])
def test_another_last_beat_draws_only_that(
    change: dict[str, object], tmp_path: Path, cache: Cache
) -> None:
    spec, timeline = from_parameters(*story())
    clip(tmp_path, cache, spec, timeline)
    changed, later = story(**change)  # type: ignore[arg-type]
    changed, later = from_parameters(changed, later)
    made, drawn = clip(tmp_path, cache, changed, later)
    assert drawn
    assert min(drawn) == STARTS[2]
    fresh, _ = clip(tmp_path, Cache(tmp_path / "other"), changed, later)
    assert made == fresh


def from_parameters(spec: SceneSpec, timeline: Timeline) -> tuple[SceneSpec, Timeline]:
    """As where beats come of a plan: the scene is told them, but not by its arguments."""
    from tests.rendering import stories

    stories.PLANNED[:] = spec.arguments["beats"]  # type: ignore[arg-type]
    return replace(spec, maker="tests.rendering.stories:make_planned", arguments={}), timeline


def test_everything_else_is_in_the_key() -> None:
    job = Job(SPEC, TINY, "mp4", frames=TIMELINE.frames)
    ranges = cut(TIMELINE, TINY.fps)
    other = replace(SPEC, inputs={"h.csv": "1"}), replace(SPEC, maker="tests.rendering.stories:x")
    jobs = [
        job,
        *(replace(job, make_scene=spec) for spec in (story(shade=0.4)[0], *other)),
        replace(job, quality=replace(TINY, width=162)),
        replace(job, fmt="webm"),
        replace(job, background="#FFFFFF"),
    ]
    keys = [key for each in jobs for key in keys_of(each, TIMELINE, ranges)]
    assert len(set(keys)) == len(jobs) * len(ranges)


@pytest.mark.parametrize("file", ["segment.mp4", "segment.json"])
@pytest.mark.parametrize("damage", ["cut", "changed", "removed"])
def test_a_torn_entry_is_made_again(file: str, damage: str, tmp_path: Path, cache: Cache) -> None:
    first, _ = clip(tmp_path, cache)
    entry = next(path for path in sorted(cache.folder.glob("*/*/")) if path.is_dir())
    content = (entry / file).read_bytes()
    (entry / file).unlink()
    if damage == "cut":
        (entry / file).write_bytes(content[: len(content) // 2])
    elif damage == "changed":
        middle = len(content) // 2
        (entry / file).write_bytes(content[:middle] + b"\x00\x01\x02" + content[middle + 3 :])
    second, drawn = clip(tmp_path, cache)
    assert len(drawn) == 1
    assert first == second
    assert clip(tmp_path, cache)[1] == []


def test_the_cache_is_bounded_and_forgets_what_is_not_used(tmp_path: Path, cache: Cache) -> None:
    clip(tmp_path, cache)
    entries = [p for p in cache.folder.glob("*/*") if p.is_dir()]
    assert (cache.info().segments, len(entries)) == (4, 4)
    for age, entry in enumerate(entries):
        os.utime(entry, (1e9 - age, 1e9 - age))
    whole = cache.info().bytes
    oldest = sum(file.stat().st_size for file in entries[-1].iterdir())
    small = Cache(cache.folder, limit=whole - oldest)
    small.trim()
    assert sorted(p for p in cache.folder.glob("*/*") if p.is_dir()) == sorted(entries[:-1])
    assert small.info().bytes <= small.limit
    cache.clear()
    assert cache.info().segments == 0


def test_what_was_just_used_stays(tmp_path: Path, cache: Cache) -> None:
    clip(tmp_path, cache)
    for entry in cache.folder.glob("*/*"):
        os.utime(entry, (1e9, 1e9))
    job = Job(SPEC, TINY, "mp4", frames=TIMELINE.frames)
    used = keys_of(job, TIMELINE, cut(TIMELINE, TINY.fps))[2]
    assert cache.get(used, tmp_path / "taken") is not None
    Cache(cache.folder, limit=cache.info().bytes // 2).trim()
    assert (cache.folder / used[:2] / used).is_dir()


def test_two_processes_may_use_it_at_once(tmp_path: Path, cache: Cache) -> None:
    code = (
        "import sys; from pathlib import Path; from tests.rendering.test_cache import *;"
        "[clip(Path(sys.argv[1]), Cache(Path(sys.argv[2]), limit=9000)) for _ in range(3)]"
    )
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path / name), str(cache.folder)], cwd=ROOT
        )
        for name in "ab"
    ]
    assert [process.wait(timeout=120) for process in processes] == [0, 0]
    assert (tmp_path / "a/a.mp4").read_bytes() == (tmp_path / "b/a.mp4").read_bytes()
    assert list(cache.folder.glob("*/.draft-*")) == []


def test_a_kept_clip_needs_no_manim(tmp_path: Path, cache: Cache) -> None:
    clip(tmp_path, cache)
    code = (
        "import sys; from pathlib import Path; import rendering.clip as c;"
        "from rendering.segments import *; from rendering.manifest import Description;"
        "from rendering.cache import Cache; from rendering.quality import Quality;"
        f"spec = SceneSpec({SPEC.maker!r}, {SPEC.arguments!r}, {SPEC.modules!r});"
        f"told = Timeline.model_validate_json({TIMELINE.model_dump_json()!r});"
        f"c.make_clip(spec, Path({str(tmp_path / 'b.mp4')!r}), Quality('tiny', 160, 90, 10),"
        "    describe=Description(slug='story'), timeline=told,"
        f"    workers=2, cache=Cache(Path({str(cache.folder)!r})));"
        "sys.exit('manim' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
    assert (tmp_path / "a.mp4").read_bytes() == (tmp_path / "b.mp4").read_bytes()
