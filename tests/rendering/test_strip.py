"""Captions in the picture: below the scene, at their times, and nowhere else."""

from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest

from rendering.cache import Cache, keys_of
from rendering.captions import Cue, cues_of
from rendering.clip import ClipSpec, make_clips, make_pictures
from rendering.manifest import Description
from rendering.quality import PRESETS, Quality
from rendering.segments import Job, cut
from rendering.sinks import RGBA, Pictures
from rendering.strip import Captioned, Strip, captioned
from rendering.workers import Processes
from tests.rendering.stories import TINY, story

SMALL = Quality("small", 320, 180, 10)
SCENE, TIMELINE = story(
    captions="What is said of this step takes more than two lines of a caption."
)
STRIP = Strip(tuple(cues_of(TIMELINE.beats)), "#F2F4F8")
GROUND = "#10141b"
ROOM = slice(156, 180)


def spec(path: Path, **more: object) -> ClipSpec:
    described = Description(slug="story")
    return ClipSpec(
        SCENE, path, SMALL, described, background=GROUND, timeline=TIMELINE,
        captions_in=STRIP.ink, **more,  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.mark.parametrize("quality", PRESETS.values(), ids=lambda quality: quality.name)
def test_the_scene_keeps_its_shape_and_the_file_its_size(quality: Quality) -> None:
    inner = STRIP.inside(quality)
    assert inner.width / inner.height == pytest.approx(16 / 9, rel=2e-3)
    assert inner.height / quality.height == pytest.approx(13 / 15, rel=2e-3)


def test_the_scene_stands_above_the_strip_and_nothing_covers_it() -> None:
    inner = STRIP.inside(SMALL)
    (scene,) = make_pictures(SCENE, inner, [45], background=GROUND)
    made = captioned(scene, STRIP, SMALL, GROUND, 45)
    assert made.shape == (180, 320, 4)
    left = (320 - inner.width) // 4 * 2  # an even place, so that 4:2:0 has the same colours
    assert np.array_equal(made[: inner.height, left : left + inner.width], scene)
    ground = np.array([0x10, 0x14, 0x1B, 255])
    assert np.all(made[: inner.height, :left] == ground)
    assert np.all(made[: inner.height, left + inner.width :] == ground)
    assert (made[ROOM] != ground).any(axis=-1).sum() > 200


def test_words_change_at_the_times_of_the_cues() -> None:
    stretches = STRIP.during(range(TIMELINE.frames), TINY.fps)
    assert [lines for _, lines in stretches] == [cue.lines for cue in STRIP.cues]
    assert [each.start / TINY.fps for each, _ in stretches] == pytest.approx(
        [cue.start for cue in STRIP.cues], abs=0.5 / TINY.fps
    )
    for (before, _), (after, _) in pairwise(stretches):
        assert before.stop == after.start


def test_where_nothing_is_said_there_is_ground() -> None:
    strip = Strip((Cue(1.0, 2.0, ("a",)),), "#FFFFFF")
    assert [(each, lines) for each, lines in strip.during(range(5, 25), 10)] == [
        (range(5, 10), ()), (range(10, 20), ("a",)), (range(20, 25), ()),
    ]  # fmt: skip
    scene = np.zeros((156, 278, 4), np.uint8)
    quiet = captioned(scene, strip, SMALL, GROUND, 22)
    assert np.all(quiet[ROOM] == [0x10, 0x14, 0x1B, 255])


class _Checked:
    """A sink that holds every picture against the one before, outside of its stale boxes."""

    def __init__(self) -> None:
        self.before: RGBA | None = None
        self.frames: list[int] = []

    def frame(self, rgba: RGBA, index: int, repeat: int, stale: object = None) -> None:
        self.frames += range(index, index + repeat)
        if stale is not None:
            assert self.before is not None
            same = np.ones(rgba.shape[:2], bool)
            for box in stale:  # type: ignore[attr-defined]
                same[box.pixels] = False
            assert np.array_equal(rgba[same], self.before[same])
        self.before = rgba.copy()


def test_what_is_said_to_have_changed_has() -> None:
    from rendering.recorder import record

    checked, kept = _Checked(), Pictures()
    for sink in (checked, kept):
        record(SCENE, STRIP.inside(SMALL), Captioned(sink, STRIP, SMALL, GROUND), background=GROUND)
    assert checked.frames == list(range(TIMELINE.frames))
    asked = [0, 28, 29, 31, 69, 119]
    scenes = make_pictures(SCENE, STRIP.inside(SMALL), asked, background=GROUND)
    for index, scene in zip(asked, scenes, strict=True):
        assert np.array_equal(kept.by_index[index], captioned(scene, STRIP, SMALL, GROUND, index))


def test_parts_with_captions_are_those_of_the_whole(tmp_path: Path) -> None:
    whole = spec(tmp_path / "a/whole.mp4")
    part = spec(tmp_path / "b/part.mp4", frames=range(29, 70))
    for outcome in make_clips([whole, part], workers=Processes(2)):
        assert outcome.error is None
    shown = []
    for path in (whole.output, part.output):
        with av.open(str(path)) as file:
            shown.append([each.to_ndarray(format="rgb24") for each in file.decode(video=0)])
    assert shown[0][0].shape == (180, 320, 3)
    assert len(shown[1]) == 41
    for a, b in zip(shown[0][29:70], shown[1], strict=True):
        assert np.abs(a.astype(int) - b).mean() < 1  # of 255: two encodings of the same pictures


def test_other_words_are_another_segment_and_no_words_are_too() -> None:
    ranges = cut(TIMELINE, SMALL.fps)
    other = Strip((Cue(0.0, 1.0, ("other",)), *STRIP.cues[1:]), STRIP.ink)
    plain, said, changed = (
        keys_of(Job(SCENE, SMALL, "mp4", GROUND, strip=strip), TIMELINE, ranges)
        for strip in (None, STRIP, other)
    )
    assert not set(plain) & set(said)
    assert said[0] != changed[0]
    assert said[-1] == changed[-1]


def test_captions_take_a_ground_and_a_timeline(tmp_path: Path) -> None:
    clear = ClipSpec(
        SCENE, tmp_path / "a.webm", SMALL, Description(slug="s"), "webm", transparent=True,
        timeline=TIMELINE, captions_in="#FFFFFF",
    )  # fmt: skip
    (outcome,) = make_clips([clear], cache=Cache(tmp_path / "cache"))
    assert isinstance(outcome.error, ValueError)
