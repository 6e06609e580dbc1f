"""A clip in parts: ranges of frames that are drawn, hashed, encoded and checked by themselves."""

from __future__ import annotations

import hashlib
import math
import os
import shutil
import sys
import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, JsonValue, ValidationError

from rendering.beats import BeatSpan
from rendering.formats import FORMATS, Format, FormatName
from rendering.manifest import Check
from rendering.quality import Quality

if TYPE_CHECKING:
    from manim import Scene
    from manim.renderer.cairo_renderer import CairoRenderer

    from rendering.recorder import MakeScene
    from rendering.strip import Strip

__all__ = [
    "LONGEST",
    "SHORTEST",
    "UNKNOWN",
    "Job",
    "SceneSpec",
    "Segment",
    "Timeline",
    "cut",
    "folder_of",
    "link_or_copy",
    "new_folder",
    "read_segment",
    "sha256_of",
]

SHORTEST, LONGEST = 2.0, 4.0
"""Seconds of a range; only a clip that is shorter, and what stands alone, is less."""

UNKNOWN = range(sys.maxsize)
"""All of a clip whose length is not known before it is drawn."""

_DESCRIPTION = "segment.json"


class Timeline(BaseModel):
    """How many frames a scene has, and its beats."""

    model_config = ConfigDict(frozen=True)

    frames: int
    beats: tuple[BeatSpan, ...] = ()

    def part(self, frames: range, fps: int) -> Timeline:
        """That of a stretch of the scene, with the beats that have more than a frame in it."""
        begin, end = frames.start / fps, frames.stop / fps
        beats = tuple(
            beat.model_copy(
                update={
                    "start": max(beat.start - begin, 0.0),
                    "end": min(beat.end, end) - begin,
                }
            )
            for beat in self.beats
            if min(round(beat.end * fps), frames.stop)
            > max(round(beat.start * fps), frames.start) + 1
        )
        return Timeline(frames=len(frames), beats=beats)


def cut(timeline: Timeline, fps: int, edges: Collection[int] = ()) -> list[range]:
    """The ranges of a clip: they begin where beats do, and long ones are halved, in thirds, …

    They depend on nothing but the timeline, so that what was once rendered can be used again. A
    change at the end of the timeline leaves the ranges before it as they are. Further edges cut
    the ranges that they lie in, and no others.

    Examples
    --------
    >>> cut(Timeline(frames=100), fps=10)
    [range(0, 33), range(33, 66), range(66, 100)]
    """
    shortest = SHORTEST * fps
    starts = [0]
    for beat in timeline.beats:
        start = round(beat.start * fps)
        if start - starts[-1] >= shortest and timeline.frames - start >= shortest:
            starts.append(start)
    stretches = pairwise([*starts, timeline.frames])
    parts = [part for start, stop in stretches for part in _even(start, stop, LONGEST * fps)]
    every = sorted({*(part.start for part in parts), timeline.frames, *edges})
    return [range(a, b) for a, b in pairwise(every)]


def _even(start: int, stop: int, longest: float) -> list[range]:
    count = max(1, math.ceil((stop - start) / longest))
    edges = [start + (stop - start) * k // count for k in range(count + 1)]
    return [range(a, b) for a, b in pairwise(edges)]


@dataclass(frozen=True)
class SceneSpec:
    """A scene that can be made in another process, or on another machine.

    Called with a renderer it makes the scene.

    Attributes
    ----------
    maker
        ``"package.module:function"``, called with the renderer and the arguments.
    arguments
        What JSON can hold.
    modules
        Whose code draws it, apart from what they import (`rendering.fingerprint`).
    inputs
        Hashes of what the arguments only name, such as files.
    """

    maker: str
    arguments: Mapping[str, JsonValue] = field(default_factory=dict)
    modules: tuple[str, ...] = ()
    inputs: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, renderer: CairoRenderer) -> Scene:
        """Make the scene."""
        module, _, name = self.maker.partition(":")
        scene: Scene = getattr(import_module(module), name)(renderer, **self.arguments)
        return scene

    def load(self) -> None:
        """Import all that is needed, so that processes forked from this one need not."""
        for module in (self.maker.partition(":")[0], *self.modules):
            import_module(module)


@dataclass(frozen=True)
class Job:
    """What all segments of one clip have in common; it travels if ``make_scene`` does.

    Attributes
    ----------
    frames
        Of the whole clip, if that is known.
    strip
        Captions that stand in the picture, below what the scene draws.
    """

    make_scene: MakeScene
    quality: Quality
    fmt: FormatName
    background: str = "#000000"
    transparent: bool = False
    frames: int | None = None
    strip: Strip | None = None

    @property
    def drawn(self) -> Quality:
        """What the scene is drawn in."""
        return self.strip.inside(self.quality) if self.strip else self.quality

    @property
    def encoding(self) -> Format:
        """How a segment is encoded: on one thread, so that it is the same wherever it is made."""
        made = FORMATS[self.fmt].transparent() if self.transparent else FORMATS[self.fmt]
        return replace(made, options={**made.options, "threads": "1"})


class Segment(BaseModel):
    """A range of frames, encoded: what stands beside its file."""

    model_config = ConfigDict(frozen=True)

    start: int
    stop: int
    pictures: int
    """In the file; for GIF fewer than frames."""
    runs: tuple[tuple[str, int], ...]
    """Of `rendering.digest`, in hexadecimal."""
    checks: tuple[Check, ...]
    """Of the file, decoded."""
    told: Timeline | None = None
    """What the scene came to, if this is its last segment."""
    file: str
    sha256: str
    """Of the file."""

    def write(self, folder: Path) -> None:
        """Describe the file in this folder."""
        (folder / _DESCRIPTION).write_text(self.model_dump_json(), "utf-8")


def read_segment(folder: Path) -> Segment | None:
    """The segment in a folder, or None if there is none, or not every byte of it."""
    try:
        segment = Segment.model_validate_json((folder / _DESCRIPTION).read_bytes())
        sound = sha256_of(folder / segment.file) == segment.sha256
    except (OSError, ValidationError):
        return None
    return segment if sound else None


def sha256_of(path: Path) -> str:
    """Of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def folder_of(start: int, inside: Path) -> Path:
    """Where the segment that begins at frame ``start`` is put."""
    return inside / f"{start:08}"


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """A folder that becomes ``target`` at once when it is complete; the first to do so wins."""
    draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=target.parent))
    try:
        yield draft
        try:
            draft.rename(target)
        except OSError:
            if not target.is_dir():
                raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def link_or_copy(source: Path, target: Path) -> None:
    """The same file under another name, without its bytes where the disk allows it."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
