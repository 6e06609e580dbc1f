"""Animated pictures for wikis and forums, which play no films: a GIF and a WebP."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageSequence

from lectures.production import Production
from lectures.target import Options, Target
from rendering.quality import Quality

__all__ = ["SMALL", "TARGET"]

SMALL = Quality("forum", 640, 360, 10)
"""Such a picture is loaded whole before anybody asks for it, so it is small."""

_FOR_EVER = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00"
"""The extension of a GIF that begins again at its end; without it, the GIF plays once."""


def make(production: Production, folder: Path, options: Options) -> str:
    """See `Target`."""
    small, slug = production.other(quality=SMALL), production.material.slug
    (gif,) = small.clips("gif")
    _save_webp(gif, folder / f"{slug}.webp", for_ever=options.loop)
    _save_gif(gif, folder / f"{slug}.gif", for_ever=options.loop)
    (folder / f"{slug}.txt").write_text(production.material.transcript, "utf-8")
    return f"{slug}.gif"


def _save_gif(gif: Path, path: Path, *, for_ever: bool) -> None:
    made = gif.read_bytes()
    path.write_bytes(made if for_ever else made.replace(_FOR_EVER, b"", 1))


def _save_webp(gif: Path, path: Path, *, for_ever: bool) -> None:
    """The same pictures, each for as long; of WebP, flat colours are small without loss."""
    with Image.open(gif) as pictures:
        times = [each.info["duration"] for each in ImageSequence.Iterator(pictures)]
        pictures.seek(0)
        pictures.save(
            path,
            save_all=True,
            duration=times,
            loop=0 if for_ever else 1,
            lossless=True,
            quality=40,
            method=2,
            kmin=0,
            kmax=0,  # no key frame but the first: half the size
        )


TARGET = Target(
    name="gif",
    summary="the clip as an animated picture, GIF and WebP, 640 pixels wide",
    make=make,
    takes=frozenset({"loop"}),
    label="animated picture",
)
