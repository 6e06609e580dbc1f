"""One clip in the making: what is kept of it is found, and what others draw is joined."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rendering.cache import Cache, keys_of
from rendering.captions import webvtt_of
from rendering.digest import combined
from rendering.formats import FORMATS, FormatName
from rendering.hidden import put_in_place
from rendering.inspect import checks_of, examine
from rendering.join import Part, join
from rendering.manifest import Check, Description, Manifest, versions
from rendering.quality import Quality
from rendering.segments import (
    UNKNOWN,
    Job,
    SceneSpec,
    Segment,
    Timeline,
    cut,
    folder_of,
    read_segment,
)
from rendering.workers import Work

if TYPE_CHECKING:
    from rendering.recorder import MakeScene

__all__ = ["CheckFailed", "ClipSpec", "Film"]

_WHOLE = ("gif",)
"""Formats that cannot be joined: a GIF has one palette, made of all of its pictures."""


@dataclass(frozen=True, eq=False)
class ClipSpec:
    """A clip that is to be made.

    Attributes
    ----------
    make_scene
        Makes the scene with the renderer it is given. If the scene has ``beats``
        (with the attributes of `BeatSpan`) when it is over, they become the captions.
    output
        The file; its manifest (.json) and captions (.vtt) go beside it.
    describe
        What goes into the manifest; a check in it that has failed fails the clip.
    background
        Any colour Manim parses; no say if ``transparent``.
    transparent
        Leave the background out (only in a format with alpha: mov, webm).
    timeline
        What the scene is going to come to, where that is known before: its frames must be as many,
        its beats the same, and the captions are those given here.
    """

    make_scene: MakeScene
    output: Path
    quality: Quality
    describe: Description
    fmt: FormatName = "mp4"
    background: str = "#000000"
    transparent: bool = False
    timeline: Timeline | None = None


class CheckFailed(Exception):  # noqa: N818 - it reads as what has happened
    """The clip is not what it should be, and was not kept.

    Attributes
    ----------
    manifest
        Of the clip that was thrown away, with all of its checks.
    """

    def __init__(self, manifest: Manifest) -> None:
        self.manifest = manifest
        failed = [check for check in manifest.checks if not check.passed]
        super().__init__("; ".join(map(_failure, failed)))


def _failure(check: Check) -> str:
    expected = "" if check.expected is None else f", expected {check.expected}"
    within = f" (± {check.tolerance:g})" if check.tolerance else ""
    return f"{check.name}: {check.value}{expected}{within}"


class Film:
    """A clip in the making.

    Attributes
    ----------
    timeline
        What it comes to, if that is known.
    work
        What is to be drawn: whatever the cache has not.
    kept
        Frames that the cache had.
    """

    def __init__(
        self, spec: ClipSpec, timeline: Timeline | None, folder: Path, cache: Cache | None
    ) -> None:
        if spec.transparent and not FORMATS[spec.fmt].alpha:
            raise ValueError(f"{spec.fmt} cannot be transparent")
        frames = timeline.frames if timeline else None
        self.spec = spec
        self.timeline = timeline
        self.folder = folder
        self.job = Job(
            spec.make_scene, spec.quality, spec.fmt, spec.background, spec.transparent, frames
        )
        self.ranges = _ranges_of(self.job, timeline)
        self.cache = cache if isinstance(spec.make_scene, SceneSpec) and timeline else None
        self.keys: dict[int, str] = {}
        if self.cache is not None and timeline is not None:
            found = keys_of(self.job, timeline, self.ranges)
            self.keys = {each.start: key for each, key in zip(self.ranges, found, strict=True)}
        missing = [each for each in self.ranges if not self._find(each.start)]
        self.work = Work(self.job, missing, folder)
        self.kept = sum(len(each) for each in self.ranges if each not in missing)

    def _find(self, start: int) -> bool:
        if self.cache is None:
            return False
        return self.cache.get(self.keys[start], folder_of(start, self.folder)) is not None

    def keep(self) -> None:
        """Put what has been drawn into the cache, whether or not that is all of the clip."""
        if self.cache is None or not self.work.ranges:
            return
        for each in self.work.ranges:
            folder = folder_of(each.start, self.folder)
            segment = read_segment(folder)
            if segment is not None and all(check.passed for check in segment.checks):
                self.cache.put(self.keys[each.start], folder)
        self.cache.trim()

    def finish(self) -> Manifest:
        """Join all segments, check the clip, and put it in place. Raises `CheckFailed`."""
        spec, segments = self.spec, [_read(each, self.folder) for each in self.ranges]
        told = segments[-1].told
        assert told is not None
        video = self.folder / spec.output.name
        checks = [
            *spec.describe.checks,
            *_told_checks(told, self.timeline),
            *self._join(segments, video),
        ]
        manifest = _manifest(spec, self.timeline or told, checks, segments)
        if not manifest.passed:
            raise CheckFailed(manifest)
        captions, description = video.with_suffix(".vtt"), video.with_suffix(".json")
        captions.write_text(webvtt_of(manifest.beats) + "\n", "utf-8")
        description.write_text(manifest.model_dump_json(indent=2) + "\n", "utf-8")
        put_in_place([video, description, captions], spec.output.parent, self.folder)
        return manifest

    def _join(self, segments: Sequence[Segment], video: Path) -> list[Check]:
        """Write the clip; the checks of its file.

        Every segment was read to its end by who has drawn it, and each of its key frames decoded.
        The joined file is read packet by packet, and decoded where a segment begins.
        """
        files = [folder_of(each.start, self.folder) / each.file for each in segments]
        if len(segments) == 1:
            shutil.copyfile(files[0], video)
            return list(segments[0].checks)
        starts = [segment.start for segment in segments]
        made, fps = self.job.encoding, self.spec.quality.fps
        join([Part(*each) for each in zip(files, starts, strict=True)], video, made, fps)
        seen = examine(video, fps, starts)
        pictures, frames = sum(each.pictures for each in segments), segments[-1].stop
        return [
            *_segment_checks(segments),
            *checks_of(seen, video, made, self.spec.quality, pictures=pictures, frames=frames),
        ]


def _ranges_of(job: Job, timeline: Timeline | None) -> list[range]:
    if timeline is None:
        return [UNKNOWN]
    if job.fmt in _WHOLE:
        return [range(timeline.frames)]
    return cut(timeline, job.quality.fps)


def _read(frames: range, folder: Path) -> Segment:
    segment = read_segment(folder_of(frames.start, folder))
    if segment is None:
        raise OSError(f"the segment at frame {frames.start} was written, but cannot be read")
    return segment


def _segment_checks(segments: Sequence[Segment]) -> list[Check]:
    """That all were sound; and each check that was not, by where it stands in the clip."""
    failed = [
        check.model_copy(update={"name": f"{check.name} (frames {s.start} to {s.stop - 1})"})
        for s in segments
        for check in s.checks
        if not check.passed
    ]
    whole = Check(
        name="segments read to their end",
        value=sum(all(check.passed for check in segment.checks) for segment in segments),
        expected=len(segments),
        passed=not failed,
    )
    return [whole, *failed]


def _told_checks(told: Timeline, timeline: Timeline | None) -> list[Check]:
    """Whether the scene has told the beats it was said to."""
    if timeline is None:
        return []
    beats, expected = (
        [(beat.name, beat.heading, beat.start, beat.end) for beat in each.beats]
        for each in (told, timeline)
    )
    return [
        Check(
            name="beats told",
            value=len(beats),
            expected=len(expected),
            passed=beats == expected and told.frames == timeline.frames,
        )
    ]


def _manifest(
    spec: ClipSpec, timeline: Timeline, checks: Sequence[Check], segments: Sequence[Segment]
) -> Manifest:
    describe, quality = spec.describe, spec.quality
    return Manifest(
        slug=describe.slug,
        title=describe.title,
        theme=describe.theme,
        parameters=describe.parameters,
        file=spec.output.name,
        format=spec.fmt,
        quality=quality.name,
        width=quality.width,
        height=quality.height,
        fps=quality.fps,
        frame_count=timeline.frames,
        duration=timeline.frames / quality.fps,
        beats=timeline.beats,
        checks=tuple(checks),
        versions=versions(),
        sha256=combined(
            [(bytes.fromhex(picture), repeat) for picture, repeat in segment.runs]
            for segment in segments
        ),
    )
