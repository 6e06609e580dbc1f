"""A scene to single pictures, or to no picture at all."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from rendering.beats import BeatSpan
from rendering.canvas import straight_alpha
from rendering.clock import frame_at
from rendering.hidden import hidden_folder
from rendering.quality import Quality
from rendering.segments import Timeline
from rendering.sinks import RGBA, Pictures

if TYPE_CHECKING:
    from rendering.recorder import MakeScene

__all__ = ["make_pictures", "make_still", "survey"]


def survey(make_scene: MakeScene, quality: Quality) -> Timeline:
    """Play a scene without drawing a frame."""
    from rendering.lighter import light_copies
    from rendering.recorder import record

    with light_copies():
        scene, frames = record(make_scene, quality, Pictures(), wanted=())
    beats = tuple(BeatSpan.model_validate(beat) for beat in getattr(scene, "beats", ()))
    return Timeline(frames=frames, beats=beats)


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
    with hidden_folder(output) as folder:
        written = folder / output.name
        image = Image.fromarray(picture)
        (image if transparent else image.convert("RGB")).save(written, format="png")
        written.replace(output)
