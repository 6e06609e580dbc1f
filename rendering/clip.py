"""A scene to a finished, checked clip; or to single pictures."""

from __future__ import annotations

import signal
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

from PIL import Image

from rendering.beats import BeatSpan
from rendering.cache import Cache
from rendering.canvas import straight_alpha
from rendering.captions import webvtt_of
from rendering.clock import frame_at
from rendering.digest import combined
from rendering.film import film, put_together
from rendering.formats import FORMATS, FormatName
from rendering.manifest import Check, Description, Manifest, versions
from rendering.quality import Quality
from rendering.segments import Job, Segment, Timeline
from rendering.sinks import RGBA, Pictures
from rendering.workers import InProcess, Processes, Workers

if TYPE_CHECKING:
    from rendering.recorder import MakeScene

__all__ = ["CheckFailed", "make_clip", "make_pictures", "make_still", "survey"]

Report = Callable[[int, "int | None"], None]


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


def survey(make_scene: MakeScene, quality: Quality) -> Timeline:
    """Play a scene without drawing a frame."""
    from rendering.lighter import light_copies
    from rendering.recorder import record

    with light_copies():
        scene, frames = record(make_scene, quality, Pictures(), wanted=())
    beats = tuple(BeatSpan.model_validate(beat) for beat in getattr(scene, "beats", ()))
    return Timeline(frames=frames, beats=beats)


def make_clip(
    make_scene: MakeScene,
    output: Path,
    quality: Quality,
    fmt: FormatName = "mp4",
    *,
    describe: Description,
    background: str = "#000000",
    transparent: bool = False,
    timeline: Timeline | None = None,
    expected_frames: int | None = None,
    workers: int | Workers = 1,
    cache: Cache | None = None,
    progress: Report | None = None,
) -> Manifest:
    """Render a scene to ``output``, with its manifest (.json) and captions (.vtt) beside it.

    All three files appear when everything is done and checked, or none does: not after an
    exception, Ctrl-C or SIGTERM. Files of an earlier render stay until then.

    Parameters
    ----------
    make_scene
        Makes the scene with the renderer it is given. If the scene has ``beats``
        (with the attributes of `BeatSpan`) when it is over, they become the captions.
    describe
        What goes into the manifest; a check in it that has failed fails the clip.
    background
        Any colour Manim parses; no say if ``transparent``.
    transparent
        Leave the background out (only in a format with alpha: mov).
    timeline
        What the scene is going to come to, where that is known before: its frames must be as many,
        its beats the same, and the captions are those given here.
    expected_frames
        The same, of the frames alone.
    workers
        Processes, or who else is to draw the segments. More than one, and a timeline that is not
        given, cost a `survey`.
    cache
        Where segments are kept; only those of a `SceneSpec` with a timeline can be.
    progress
        Called with (frames done, total or None).

    Raises
    ------
    CheckFailed
        If a check has failed, whether in ``describe`` or of the file.
    WorkerLost
        If processes that draw one segment have died again and again.
    """
    made = FORMATS[fmt]
    if transparent and not made.alpha:
        raise ValueError(f"{fmt} cannot be transparent")
    output.parent.mkdir(parents=True, exist_ok=True)
    with (
        _sigterm_raises(),
        tempfile.TemporaryDirectory(prefix=f".{output.stem}-", dir=output.parent) as temporary,
    ):
        if timeline is None and workers != 1:
            timeline = survey(make_scene, quality)
        frames = timeline.frames if timeline else None
        job = Job(make_scene, quality, fmt, background, transparent, frames)
        video = Path(temporary) / output.name
        tell = _Tell(progress, frames or expected_frames)
        segments = film(job, timeline, Path(temporary), _crew(workers), cache, tell)
        told = segments[-1].told
        assert told is not None
        checks = [
            *describe.checks,
            *_count_checks(told.frames, expected_frames),
            *_told_checks(told, timeline),
            *put_together(job, segments, Path(temporary), video),
        ]
        manifest = _manifest(describe, output, job, timeline or told, checks, segments)
        if not manifest.passed:
            raise CheckFailed(manifest)
        captions, description = video.with_suffix(".vtt"), video.with_suffix(".json")
        captions.write_text(webvtt_of(manifest.beats) + "\n", "utf-8")
        description.write_text(manifest.model_dump_json(indent=2) + "\n", "utf-8")
        _put_in_place([video, description, captions], output.parent, Path(temporary))
    return manifest


def make_pictures(
    make_scene: MakeScene,
    quality: Quality,
    indices: Iterable[int],
    *,
    background: str = "#000000",
    transparent: bool = False,
) -> list[RGBA]:
    """The frames with these indices, in this order, each ``(height, width, 4)``, alpha straight.

    The scene ends after the last of them.

    Raises
    ------
    IndexError
        If the scene is not that long.
    """
    from rendering.lighter import light_copies
    from rendering.recorder import record

    asked = list(indices)
    if min(asked, default=0) < 0:
        raise IndexError(f"no frame {min(asked)}: frames are counted from 0")
    kept = Pictures()
    with light_copies():
        _, frames = record(
            make_scene,
            quality,
            kept,
            wanted=frozenset(asked),
            stop_after=max(asked, default=0),
            background=background,
            transparent=transparent,
        )
    missing = [index for index in asked if index not in kept.by_index]
    if missing:
        raise IndexError(f"no frame {missing[0]}: the scene has {frames} frames")
    pictures = [kept.by_index[index] for index in asked]
    return [straight_alpha(picture) for picture in pictures] if transparent else pictures


def make_still(
    make_scene: MakeScene,
    output: Path,
    quality: Quality,
    *,
    at_frame: int | None = None,
    seconds: float | None = None,
    background: str = "#000000",
    transparent: bool = False,
) -> None:
    """Write one frame as PNG: ``at_frame``, or the one on screen at ``seconds``, or the first."""
    if at_frame is not None and seconds is not None:
        raise ValueError("give either at_frame or seconds")
    index = at_frame or 0 if seconds is None else frame_at(seconds, quality.fps)
    (picture,) = make_pictures(
        make_scene, quality, [index], background=background, transparent=transparent
    )
    output.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{output.stem}-", dir=output.parent) as temporary:
        written = Path(temporary) / output.name
        Image.fromarray(picture if transparent else picture[..., :3]).save(written, format="png")
        written.replace(output)


class _Tell:
    """Passes on how many frames are done; never fewer than before, and not twice the same."""

    def __init__(self, progress: Report | None, total: int | None) -> None:
        self.progress = progress
        self.total = total
        self.done = -1

    def __call__(self, done: int) -> None:
        if self.progress is not None and done > self.done:
            self.done = done
            self.progress(done, self.total)


def _crew(workers: int | Workers) -> Workers:
    if not isinstance(workers, int):
        return workers
    return InProcess() if workers == 1 else Processes(workers)


def _count_checks(frames: int, expected: int | None) -> list[Check]:
    if expected is None:
        return []
    return [Check(name="frames drawn", value=frames, expected=expected, passed=frames == expected)]


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
    describe: Description,
    output: Path,
    job: Job,
    timeline: Timeline,
    checks: Sequence[Check],
    segments: Sequence[Segment],
) -> Manifest:
    quality = job.quality
    return Manifest(
        slug=describe.slug,
        title=describe.title,
        theme=describe.theme,
        parameters=describe.parameters,
        file=output.name,
        format=job.fmt,
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


def _put_in_place(finished: Sequence[Path], folder: Path, temporary: Path) -> None:
    """Move all files into ``folder``, or leave it as it was."""
    backups = temporary / "before"
    backups.mkdir()
    try:
        for path in finished:
            target = folder / path.name
            if target.exists():
                target.replace(backups / path.name)
            path.replace(target)
    except BaseException:
        for path in finished:
            before = backups / path.name
            if before.exists():
                before.replace(folder / path.name)
            elif not path.exists():
                (folder / path.name).unlink(missing_ok=True)
        raise


@contextmanager
def _sigterm_raises() -> Iterator[None]:
    """SIGTERM ends the program as an exception, so that what is unfinished is cleared away."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, _exit)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _exit(signum: int, frame: FrameType | None) -> NoReturn:  # noqa: ARG001
    raise SystemExit(128 + signum)
