"""A scene to a finished, checked clip; or to single pictures."""

from __future__ import annotations

import signal
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import NoReturn

from manim import Scene
from PIL import Image

from rendering.beats import BeatSpan
from rendering.behind import Behind
from rendering.canvas import straight_alpha
from rendering.captions import webvtt_of
from rendering.clock import frame_at
from rendering.digest import FrameDigest
from rendering.encode import Encoder, open_encoder
from rendering.formats import FORMATS, Format, FormatName
from rendering.inspect import file_checks
from rendering.manifest import Check, Description, Manifest, versions
from rendering.quality import Quality
from rendering.recorder import MakeScene, record
from rendering.sinks import RGBA, Both, Pictures, Progress

__all__ = ["CheckFailed", "Survey", "make_clip", "make_pictures", "make_still", "survey"]

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


@dataclass(frozen=True)
class Survey:
    """The timeline of a scene, found without drawing it."""

    frames: int
    beats: tuple[BeatSpan, ...]


def survey(make_scene: MakeScene, quality: Quality) -> Survey:
    """Play a scene without drawing a frame."""
    scene, frames = record(make_scene, quality, Pictures(), wanted=())
    return Survey(frames, _beats_of(scene))


def make_clip(
    make_scene: MakeScene,
    output: Path,
    quality: Quality,
    fmt: FormatName = "mp4",
    *,
    describe: Description,
    background: str = "#000000",
    transparent: bool = False,
    expected_frames: int | None = None,
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
    expected_frames
        The total that ``progress`` is told, and that the scene must come to.
    progress
        Called with (frames done, total or None).

    Raises
    ------
    CheckFailed
        If a check has failed, whether in ``describe`` or of the file.
    """
    made = FORMATS[fmt]
    if transparent and not made.alpha:
        raise ValueError(f"{fmt} cannot be transparent")
    output.parent.mkdir(parents=True, exist_ok=True)
    with (
        _sigterm_raises(),
        tempfile.TemporaryDirectory(prefix=f".{output.stem}-", dir=output.parent) as temporary,
    ):
        video = Path(temporary) / output.name
        digest = FrameDigest()
        with (
            _encoder(video, quality, made) as encoder,
            Behind(encoder) as encoding,
            Behind(digest) as hashing,
        ):
            sinks = Both(hashing, encoding, Progress(progress or _unreported, expected_frames))
            scene, frames = record(
                make_scene, quality, sinks, background=background, transparent=transparent
            )
        checks = [
            *describe.checks,
            *_count_checks(frames, expected_frames),
            *file_checks(video, made, quality, pictures=encoder.pictures, frames=frames),
        ]
        manifest = _manifest(
            describe, output, quality, made, frames, _beats_of(scene), checks, digest
        )
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
    asked = list(indices)
    if min(asked, default=0) < 0:
        raise IndexError(f"no frame {min(asked)}: frames are counted from 0")
    kept = Pictures()
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


def _beats_of(scene: Scene) -> tuple[BeatSpan, ...]:
    return tuple(BeatSpan.model_validate(beat) for beat in getattr(scene, "beats", ()))


def _unreported(done: int, total: int | None) -> None:
    """No one asked."""


def _count_checks(frames: int, expected: int | None) -> list[Check]:
    if expected is None:
        return []
    return [Check(name="frames drawn", value=frames, expected=expected, passed=frames == expected)]


def _manifest(
    describe: Description,
    output: Path,
    quality: Quality,
    made: Format,
    frames: int,
    beats: tuple[BeatSpan, ...],
    checks: Sequence[Check],
    digest: FrameDigest,
) -> Manifest:
    return Manifest(
        slug=describe.slug,
        title=describe.title,
        theme=describe.theme,
        parameters=describe.parameters,
        file=output.name,
        format=made.name,
        quality=quality.name,
        width=quality.width,
        height=quality.height,
        fps=quality.fps,
        frame_count=frames,
        duration=frames / quality.fps,
        beats=beats,
        checks=tuple(checks),
        versions=versions(),
        sha256=digest.hexdigest(),
    )


@contextmanager
def _encoder(path: Path, quality: Quality, made: Format) -> Iterator[Encoder]:
    """Closed if all went well, abandoned otherwise."""
    encoder = open_encoder(path, quality, made)
    try:
        yield encoder
        encoder.close()
    except BaseException:
        encoder.abandon()
        raise


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
