"""One clip in the making: what is kept of it is found, and what others draw is joined."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rendering.cache import Cache, keys_of
from rendering.captions import cues_of, webvtt_of
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
    from rendering.strip import Strip

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
    frames
        Only these frames of the scene, which takes a timeline; None is all of them. Clips of one
        scene that follow each other in a list are drawn in one go, and a frame that two of them
        share is the same packet in both.
    captions_in
        Captions stand in the picture, in this ink (`rendering.strip`), which takes a timeline and
        a ground; "" is for none.
    """

    make_scene: MakeScene
    output: Path
    quality: Quality
    describe: Description
    fmt: FormatName = "mp4"
    background: str = "#000000"
    transparent: bool = False
    timeline: Timeline | None = None
    frames: range | None = None
    captions_in: str = ""

    def of_one_film(self) -> tuple[object, ...]:
        """Equal for clips that can be cut from the same segments."""
        own = self.frames if self.fmt in _WHOLE else None
        return (
            self.make_scene,
            self.quality,
            self.fmt,
            self.background,
            self.transparent,
            self.timeline,
            self.output.parent,
            self.captions_in,
            own,
        )


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
    """Clips of one scene in the making: mostly one, of all of it.

    Attributes
    ----------
    specs
        The clips; they differ in their frames and outputs only (`ClipSpec.of_one_film`).
    timeline
        What the scene comes to, if that is known.
    work
        What is to be drawn: whatever the cache has not.
    kept
        Frames that the cache had.
    """

    def __init__(
        self,
        specs: Sequence[ClipSpec],
        timeline: Timeline | None,
        folder: Path,
        cache: Cache | None,
    ) -> None:
        spec = specs[0]
        if spec.transparent and not FORMATS[spec.fmt].alpha:
            raise ValueError(f"{spec.fmt} cannot be transparent")
        self.specs = specs
        self.timeline = timeline
        self.folder = folder
        self.job = _job_of(spec, timeline)
        self.ranges = _ranges_of(self.job, timeline, [each.frames for each in specs])
        self.cache = cache if isinstance(spec.make_scene, SceneSpec) and timeline else None
        self.keys: dict[int, str] = {}
        if self.cache is not None and timeline is not None:
            found = keys_of(self.job, timeline, self.ranges)
            self.keys = {each.start: key for each, key in zip(self.ranges, found, strict=True)}
        missing = [each for each in self.ranges if not self._find(each.start)]
        self.work = Work(self.job, missing, folder)
        self.kept = sum(len(each) for each in self.ranges if each not in missing)

    @property
    def frames(self) -> int | None:
        """How many there are to draw or to find, if that is known."""
        return sum(map(len, self.ranges)) if self.timeline else None

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

    def finish(self, spec: ClipSpec) -> Manifest:
        """Join the segments of a clip, check it, and put it in place. Raises `CheckFailed`."""
        segments = [_read(each, self.folder) for each in self._ranges_in(spec)]
        told = segments[-1].told
        timeline = self.timeline or told
        assert timeline is not None
        draft = Path(tempfile.mkdtemp(dir=self.folder))
        video = draft / spec.output.name
        checks = [
            *spec.describe.checks,
            *_told_checks(told, self.timeline),
            *self._join(segments, video),
        ]
        shown = timeline.part(spec.frames, spec.quality.fps) if spec.frames else timeline
        manifest = _manifest(spec, shown, checks, segments)
        if not manifest.passed:
            raise CheckFailed(manifest)
        captions, description = video.with_suffix(".vtt"), video.with_suffix(".json")
        captions.write_text(webvtt_of(manifest.beats) + "\n", "utf-8")
        description.write_text(manifest.model_dump_json(indent=2) + "\n", "utf-8")
        put_in_place([video, description, captions], spec.output.parent, draft)
        return manifest

    def _ranges_in(self, spec: ClipSpec) -> list[range]:
        if spec.frames is None:
            return self.ranges
        return [each for each in self.ranges if each.start in spec.frames]

    def _join(self, segments: Sequence[Segment], video: Path) -> list[Check]:
        """Write the clip; the checks of its file.

        Every segment was read to its end by who has drawn it, and each of its key frames decoded.
        The joined file is read packet by packet, and decoded where a segment begins.
        """
        files = [folder_of(each.start, self.folder) / each.file for each in segments]
        if len(segments) == 1:
            shutil.copyfile(files[0], video)
            return list(segments[0].checks)
        first = segments[0].start
        starts = [segment.start - first for segment in segments]
        made, quality = self.job.encoding, self.job.quality
        join([Part(*each) for each in zip(files, starts, strict=True)], video, made, quality.fps)
        seen = examine(video, quality.fps, starts)
        pictures, frames = sum(each.pictures for each in segments), segments[-1].stop - first
        return [
            *_segment_checks(segments),
            *checks_of(seen, video, made, quality, pictures=pictures, frames=frames),
        ]


def _job_of(spec: ClipSpec, timeline: Timeline | None) -> Job:
    frames = timeline.frames if timeline else None
    return Job(
        spec.make_scene,
        spec.quality,
        spec.fmt,
        spec.background,
        spec.transparent,
        frames,
        _strip_of(spec, timeline),
    )


def _strip_of(spec: ClipSpec, timeline: Timeline | None) -> Strip | None:
    if not spec.captions_in:
        return None
    if timeline is None or spec.transparent:
        raise ValueError("captions stand in pictures with a ground, of a scene with a timeline")
    from rendering.strip import Strip

    return Strip(tuple(cues_of(timeline.beats)), spec.captions_in)


def _ranges_of(job: Job, timeline: Timeline | None, parts: Sequence[range | None]) -> list[range]:
    """What is drawn by itself; of parts of a scene no range is half inside one."""
    chosen = [part for part in parts if part is not None]
    if timeline is None:
        if chosen:
            raise ValueError("frames of a scene can only be chosen if its timeline is given")
        return [UNKNOWN]
    if any(not 0 <= part.start < part.stop <= timeline.frames or part.step != 1 for part in chosen):
        raise ValueError(f"{chosen} are not stretches of the scene's {timeline.frames} frames")
    if job.fmt in _WHOLE:
        return chosen or [range(timeline.frames)]
    edges = {edge for each in chosen for edge in (each.start, each.stop)}
    every = cut(timeline, job.quality.fps, edges)
    return [each for each in every if None in parts or any(each.start in part for part in chosen)]


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


def _told_checks(told: Timeline | None, timeline: Timeline | None) -> list[Check]:
    """Whether the scene has told the beats it was said to, if it was played to its end."""
    if told is None or timeline is None:
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
