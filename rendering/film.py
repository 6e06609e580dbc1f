"""The segments of a clip: those that are kept are found, the others drawn, and all joined."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from rendering.cache import Cache, keys_of
from rendering.inspect import checks_of, examine
from rendering.join import Part, join
from rendering.manifest import Check
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
from rendering.workers import Workers

__all__ = ["film", "put_together"]

_WHOLE = ("gif",)
"""Formats that cannot be joined: a GIF has one palette, made of all of its pictures."""


def film(
    job: Job,
    timeline: Timeline | None,
    folder: Path,
    workers: Workers,
    cache: Cache | None,
    report: Callable[[int], None],
) -> list[Segment]:
    """All segments of a clip, in order; their files are in ``folder``."""
    ranges = _ranges_of(job, timeline)
    keys: dict[int, str] = {}
    if cache is not None and timeline is not None and isinstance(job.make_scene, SceneSpec):
        found = keys_of(job, timeline, ranges)
        keys = {each.start: key for each, key in zip(ranges, found, strict=True)}
    missing = [each for each in ranges if not _found(each, keys, folder, cache)]
    known = sum(map(len, ranges)) - sum(map(len, missing)) if timeline else 0
    report(known)
    if missing:
        workers.render(job, missing, folder, lambda done: report(known + done))
    segments = [_read(each, folder) for each in ranges]
    if cache is not None and keys and missing:
        for segment in [s for s in segments if s.start in {each.start for each in missing}]:
            if all(check.passed for check in segment.checks):
                cache.put(keys[segment.start], folder_of(segment.start, folder))
        cache.trim()
    report(segments[-1].stop)
    return segments


def _ranges_of(job: Job, timeline: Timeline | None) -> list[range]:
    if timeline is None:
        return [UNKNOWN]
    if job.fmt in _WHOLE:
        return [range(timeline.frames)]
    return cut(timeline, job.quality.fps)


def _found(frames: range, keys: dict[int, str], folder: Path, cache: Cache | None) -> bool:
    if cache is None or not keys:
        return False
    return cache.get(keys[frames.start], folder_of(frames.start, folder)) is not None


def _read(frames: range, folder: Path) -> Segment:
    segment = read_segment(folder_of(frames.start, folder))
    if segment is None:
        raise OSError(f"the segment at frame {frames.start} was written, but cannot be read")
    return segment


def put_together(job: Job, segments: Sequence[Segment], folder: Path, video: Path) -> list[Check]:
    """Write the clip; the checks of its file.

    Every segment was read to its end by who has drawn it, and each of its key frames decoded. The
    joined file is read packet by packet, and decoded where a segment begins.
    """
    files = [folder_of(segment.start, folder) / segment.file for segment in segments]
    if len(segments) == 1:
        shutil.copyfile(files[0], video)
        return list(segments[0].checks)
    made, fps = job.encoding, job.quality.fps
    starts = [segment.start for segment in segments]
    join([Part(*each) for each in zip(files, starts, strict=True)], video, made, fps)
    pictures = sum(segment.pictures for segment in segments)
    seen = examine(video, fps, starts)
    parts = [
        check.model_copy(update={"name": f"{check.name} (frames {s.start} to {s.stop - 1})"})
        for s in segments
        for check in s.checks
        if not check.passed
    ]
    whole = Check(
        name="segments read to their end",
        value=len({s.start for s in segments if all(check.passed for check in s.checks)}),
        expected=len(segments),
        passed=not parts,
    )
    told = checks_of(seen, video, made, job.quality, pictures=pictures, frames=segments[-1].stop)
    return [whole, *parts, *told]
