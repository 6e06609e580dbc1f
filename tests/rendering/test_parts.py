"""Clips of parts of one scene: they follow each other without a seam."""

from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
import webvtt

from rendering.cache import Cache
from rendering.clip import ClipSpec, Outcome, make_clips, make_pictures
from rendering.digest import FrameDigest
from rendering.formats import FormatName
from rendering.inspect import examine, is_faststart
from rendering.manifest import Description, Manifest
from rendering.segments import Timeline, cut
from rendering.workers import Processes
from tests.rendering.stories import BEATS, TINY, story

SCENE, TIMELINE = story(captions="What is said.")
STOPS = [round(beat.end * TINY.fps) for beat in TIMELINE.beats]
PARTS = [range(max(0, start - 1), stop) for start, stop in pairwise([0, *STOPS])]


def specs(folder: Path, fmt: FormatName = "mp4", parts: list[range] = PARTS) -> list[ClipSpec]:
    return [
        ClipSpec(
            SCENE, folder / f"{k}.{fmt}", TINY, Description(slug="story"), fmt,
            timeline=TIMELINE, frames=part,
        )
        for k, part in enumerate(parts)
    ]  # fmt: skip


def made(outcomes: list[Outcome]) -> list[Manifest]:
    for outcome in outcomes:
        if outcome.error is not None:
            raise outcome.error
    return [outcome.manifest for outcome in outcomes if outcome.manifest is not None]


def pictures(path: Path) -> list[np.ndarray]:
    with av.open(str(path)) as file:
        return [picture.to_ndarray(format="rgba") for picture in file.decode(video=0)]


@pytest.mark.parametrize("fmt", ["mp4", "webm", "mov"])
@pytest.mark.parametrize("workers", [1, 2])
def test_each_part_begins_with_the_picture_the_one_before_ended_with(
    fmt: FormatName, workers: int, tmp_path: Path
) -> None:
    clips = made(make_clips(specs(tmp_path, fmt), workers=workers))
    shown = [pictures(tmp_path / clip.file) for clip in clips]
    assert list(map(len, shown)) == list(map(len, PARTS))
    for before, after in pairwise(shown):
        assert np.array_equal(before[-1], after[0])
        assert not np.array_equal(before[0], after[-1])


def test_the_frames_are_those_of_the_whole(tmp_path: Path) -> None:
    for clip, part in zip(made(make_clips(specs(tmp_path))), PARTS, strict=True):
        digest = FrameDigest()
        for rgba in make_pictures(SCENE, TINY, part):
            digest.frame(rgba, 0, 1)
        assert clip.sha256 == digest.hexdigest()


def test_a_part_has_its_own_captions_and_times(tmp_path: Path) -> None:
    clips = made(make_clips(specs(tmp_path)))
    assert [[beat.name for beat in clip.beats] for clip in clips] == [[name] for name, _ in BEATS]
    starts, ends = zip(*[(clip.beats[0].start, clip.beats[0].end) for clip in clips], strict=True)
    assert starts == pytest.approx((0.0, 0.1, 0.1))
    assert ends == pytest.approx((3.0, 4.1, 5.1))
    assert [clip.duration for clip in clips] == pytest.approx([3.0, 4.1, 5.1])
    for clip in clips:
        (caption,) = webvtt.read((tmp_path / clip.file).with_suffix(".vtt")).captions
        assert caption.text == "What is said."
        seen = examine(tmp_path / clip.file, TINY.fps)
        assert (seen.starts_at, seen.ascending) == (0.0, True)
        assert seen.duration == pytest.approx(clip.duration)
        assert is_faststart(tmp_path / clip.file)


def test_parts_and_the_whole_are_drawn_once(tmp_path: Path) -> None:
    told: list[tuple[int, int | None]] = []
    whole = ClipSpec(
        SCENE, tmp_path / "whole.mp4", TINY, Description(slug="story"), timeline=TIMELINE
    )
    clips = make_clips([whole, *specs(tmp_path)], progress=lambda *seen: told.append(seen))
    assert made(clips)[0].frame_count == TIMELINE.frames
    assert told[-1] == (TIMELINE.frames, TIMELINE.frames)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_what_is_kept_is_not_drawn_again(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    first = made(make_clips(specs(tmp_path / "a"), workers=Processes(2), cache=cache))
    told: list[tuple[int, int | None]] = []
    again = make_clips(specs(tmp_path / "b"), cache=cache, progress=lambda *seen: told.append(seen))
    assert made(again) == first
    assert told == [(TIMELINE.frames, TIMELINE.frames)]


def test_a_gif_of_a_part(tmp_path: Path) -> None:
    clips = made(make_clips(specs(tmp_path, "gif")))
    assert [clip.frame_count for clip in clips] == list(map(len, PARTS))


@pytest.mark.parametrize("part", [range(5, 5), range(-1, 4), range(100, 121), range(0, 10, 2)])
def test_a_part_must_be_a_stretch_of_the_scene(part: range, tmp_path: Path) -> None:
    (outcome,) = make_clips(specs(tmp_path, parts=[part]))
    assert isinstance(outcome.error, ValueError)
    assert list(tmp_path.iterdir()) == []


def test_a_part_needs_a_timeline(tmp_path: Path) -> None:
    spec = ClipSpec(SCENE, tmp_path / "a.mp4", TINY, Description(slug="s"), frames=range(5))
    (outcome,) = make_clips([spec])
    assert isinstance(outcome.error, ValueError)


def test_further_edges_leave_the_other_ranges_as_they_are() -> None:
    plain = cut(TIMELINE, TINY.fps)
    finer = cut(TIMELINE, TINY.fps, {29})
    assert [each for each in plain if 29 not in each] == [
        each for each in finer if 29 not in each and each.stop != 29
    ]
    assert sorted(frame for each in finer for frame in each) == list(range(TIMELINE.frames))


def test_a_beat_of_which_only_the_last_frame_shows_is_not_told() -> None:
    assert TIMELINE.part(range(29, 70), TINY.fps).beats[0].name == "middle"
    assert [beat.name for beat in TIMELINE.part(range(28, 72), TINY.fps).beats] == [
        "begin", "middle", "end",
    ]  # fmt: skip
    assert TIMELINE.part(range(120), TINY.fps) == Timeline(frames=120, beats=TIMELINE.beats)
