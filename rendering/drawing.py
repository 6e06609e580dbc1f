"""Drawing some ranges of a clip, in one run through its scene."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Container, Sequence
from contextlib import ExitStack
from pathlib import Path

from rendering.beats import BeatSpan
from rendering.behind import Behind
from rendering.boxes import Stale
from rendering.digest import FrameDigest
from rendering.encode import Encoder, open_encoder
from rendering.inspect import file_checks
from rendering.lighter import light_copies
from rendering.recorder import record
from rendering.segments import Job, Segment, Timeline, folder_of, new_folder, sha256_of
from rendering.sinks import RGBA, Sink

__all__ = ["TimelineError", "draw"]


class TimelineError(RuntimeError):
    """The scene is not as long as was said."""


def draw(
    job: Job,
    ranges: Sequence[range],
    folder: Path,
    *,
    take: Callable[[int], bool] | None = None,
    report: Callable[[int], None] | None = None,
    beside: bool = False,
) -> Timeline:
    """Draw ranges of a clip into segments; returns the scene's timeline.

    Parameters
    ----------
    ranges
        Ascending, and apart from each other.
    take
        Asked once for each, when the scene comes to it, whether to draw it; if None, all are.
    report
        Called with the number of frames drawn so far of the present range; 0 when it is done.
    beside
        Convert and encode in a thread of its own.

    Raises
    ------
    TimelineError
        If the scene is not as long as the job says.
    """
    last = ranges[-1].stop
    to_the_end = job.frames is None or last >= job.frames
    cutter = _Cutter(job, ranges, folder, report, beside=beside)
    with light_copies(), cutter:
        scene, frames = record(
            job.make_scene,
            job.drawn,
            cutter,
            wanted=_Claims(ranges, take),
            stop_after=None if to_the_end else last - 1,
            background=job.background,
            transparent=job.transparent,
        )
        beats = tuple(BeatSpan.model_validate(beat) for beat in getattr(scene, "beats", ()))
        told = Timeline(frames=frames, beats=beats)
        if job.frames is not None and (frames != job.frames if to_the_end else frames < last):
            raise TimelineError(f"the scene has {frames} frames, not {job.frames} as was said")
        cutter.finish(told)
    return told


class _Claims(Container[int]):
    """The frames that are drawn here: a range is taken or left when its first frame comes up."""

    def __init__(self, ranges: Sequence[range], take: Callable[[int], bool] | None) -> None:
        self.ranges = ranges
        self.starts = [each.start for each in ranges]
        self.take = take or (lambda _: True)
        self.taken: dict[int, bool] = {}

    def __contains__(self, index: object) -> bool:
        assert isinstance(index, int)
        at = bisect_right(self.starts, index) - 1
        if at < 0 or index not in self.ranges[at]:
            return False
        start = self.starts[at]
        if start not in self.taken:
            self.taken[start] = self.take(start)
        return self.taken[start]


class _Cutter:
    """A sink that begins another segment where another range begins.

    The clip's last segment is kept until the scene is over, to be told how long it was.
    """

    def __init__(
        self,
        job: Job,
        ranges: Sequence[range],
        folder: Path,
        report: Callable[[int], None] | None,
        *,
        beside: bool,
    ) -> None:
        self.job = job
        self.ranges = {each.start: each for each in ranges}
        self.folder = folder
        self.report = report or (lambda _: None)
        self.beside = beside
        self.open: _Part | None = None

    def frame(self, rgba: RGBA, index: int, repeat: int, stale: Stale = None) -> None:
        """See `rendering.sinks.Sink`."""
        while repeat:
            if self.open is None:
                self.open = _Part(self.job, self.ranges[index], self.folder, beside=self.beside)
                stale = None
            here = min(repeat, self.open.range.stop - index)
            self.open.frame(rgba, index, here, stale)
            self.report(self.open.frames)
            index, repeat = index + here, repeat - here
            if index == self.open.range.stop != self.job.frames:
                self.finish()

    def finish(self, told: Timeline | None = None) -> None:
        """A segment is complete; if it is the last, here is what the scene came to."""
        if self.open is not None:
            self.open.finish(told)
            self.open = None
            self.report(0)

    def __enter__(self) -> _Cutter:
        return self

    def __exit__(self, *_: object) -> None:
        if self.open is not None:
            self.open.abandon()


class _Part:
    """One segment in the making."""

    def __init__(self, job: Job, frames: range, folder: Path, *, beside: bool) -> None:
        self.job = job
        self.range = frames
        self.frames = 0
        self.made = job.encoding
        self.stack = ExitStack()
        self.working = ExitStack()
        self.path = self.stack.enter_context(new_folder(folder_of(frames.start, folder)))
        self.video = self.path / f"segment.{job.fmt}"
        self.encoder: Encoder = open_encoder(self.video, job.quality, self.made)
        encoding = self.working.enter_context(Behind(self.encoder)) if beside else self.encoder
        self.digest = FrameDigest(encoding)
        self.sink: Sink = self.digest
        if job.strip is not None:
            from rendering.strip import Captioned

            self.sink = Captioned(
                self.sink, job.strip, job.quality, job.background, start=frames.start
            )

    def frame(self, rgba: RGBA, index: int, repeat: int, stale: Stale) -> None:
        """As `rendering.sinks.Sink`; the file's own time begins with the range."""
        self.sink.frame(rgba, index - self.range.start, repeat, stale)
        self.frames += repeat

    def finish(self, told: Timeline | None = None) -> None:
        """Complete the file, read it again, and put it in place with its description."""
        with self.stack:
            with self.working:
                pass
            self.encoder.close()
            self._described(told).write(self.path)

    def _described(self, told: Timeline | None) -> Segment:
        checks = file_checks(
            self.video,
            self.made,
            self.job.quality,
            pictures=self.encoder.pictures,
            frames=self.frames,
            poster=self.range.start == 0,
        )
        return Segment(
            start=self.range.start,
            stop=self.range.start + self.frames,
            pictures=self.encoder.pictures,
            runs=tuple((picture.hex(), repeat) for picture, repeat in self.digest.runs),
            checks=tuple(checks),
            told=told,
            file=self.video.name,
            sha256=sha256_of(self.video),
        )

    def abandon(self) -> None:
        """Leave nothing."""
        error = RuntimeError("abandoned")
        self.working.__exit__(RuntimeError, error, None)
        self.encoder.abandon()
        self.stack.__exit__(RuntimeError, error, None)
