"""Animated pictures for wikis and forums, which play no films: a GIF and a WebP."""

from __future__ import annotations

from pathlib import Path

from lectures.frames import pictures_in
from lectures.production import Production
from lectures.target import Options, Target
from rendering.quality import Quality

__all__ = ["SMALL", "TARGET"]

SMALL = Quality("forum", 640, 360, 10)
"""Such a picture is loaded whole before anybody asks for it, so it is small."""

_QUALITY = 80  # of WebP: text stays clean; above it only the file grows


def make(production: Production, folder: Path, options: Options) -> str:
    """See `Target`."""
    small = production.other(quality=SMALL)
    clip, gif = small.clips("mp4", "gif")
    slug = production.material.slug
    _save_webp(clip, folder / f"{slug}.webp", forever=options.loop)
    production.deliver([gif], folder)
    (folder / f"{slug}.txt").write_text(production.material.transcript, "utf-8")
    return f"{slug}.webp"


def _save_webp(clip: Path, path: Path, *, forever: bool) -> None:
    """The frames of a clip as an animation that plays once, or for ever."""
    frames = pictures_in(clip)
    next(frames).save(
        path,
        save_all=True,
        append_images=frames,
        duration=round(1000 / SMALL.fps),
        loop=0 if forever else 1,
        quality=_QUALITY,
        method=3,
    )


TARGET = Target(
    name="gif",
    summary="the clip as an animated picture, GIF and WebP, 640 pixels wide",
    make=make,
    takes=frozenset({"loop"}),
)
