"""A finished file, decoded again: is it what was asked for?"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import numpy as np

from rendering.formats import Format
from rendering.manifest import Check
from rendering.quality import Quality

__all__ = [
    "Decoded",
    "checks_of",
    "decode",
    "file_checks",
    "glance",
    "is_faststart",
    "top_level_atoms",
]

LEAST_CONTRAST = 8
"""Of 255: a first frame whose darkest and lightest pixels differ by less is blank."""


@dataclass(frozen=True)
class Decoded:
    """What a decoder says of a file."""

    frames: int
    duration: float
    """Seconds from the first picture to the end of the last."""
    fps: Fraction
    """Average."""
    pix_fmt: str
    width: int
    height: int
    ascending: bool
    """Whether every timestamp is later than the one before."""
    starts_at: float
    """Seconds."""
    first_contrast: int
    """Lightest minus darkest pixel of the first picture, 0 to 255."""


def decode(path: Path) -> Decoded:
    """Decode every picture of a file."""
    times: list[float] = []
    last = 0.0
    contrast = 0
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        stream.thread_type = "AUTO"
        assert stream.time_base is not None
        for picture in container.decode(stream):
            if not times:
                contrast = int(np.ptp(picture.to_ndarray(format="gray")))
            assert picture.pts is not None
            times.append(float(picture.pts * stream.time_base))
            last = float(picture.duration * stream.time_base)
        return Decoded(
            frames=len(times),
            duration=times[-1] + last - times[0] if times else 0.0,
            fps=stream.average_rate or Fraction(0),
            pix_fmt=stream.codec_context.pix_fmt or "",
            width=stream.codec_context.width,
            height=stream.codec_context.height,
            ascending=_ascend(times),
            starts_at=times[0] if times else -1.0,
            first_contrast=contrast,
        )


def glance(path: Path, seams: Sequence[int], fps: int) -> Decoded:
    """What `decode` says, found without decoding but for one picture at each seam.

    Enough for a file that was joined of parts, each decoded before: whether every packet is there
    in its order, and whether a decoder can begin at each part.

    Parameters
    ----------
    seams
        The first frame of each part, ascending from 0.

    Raises
    ------
    ValueError
        If a part does not begin with a key frame of its own time.
    """
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        assert stream.time_base is not None
        base = stream.time_base
        packets = [p for p in container.demux(stream) if p.pts is not None and p.dts is not None]
        times = sorted(float(p.pts * base) for p in packets if p.pts is not None)
        decoded_in_order = [p.dts for p in packets if p.dts is not None]
        last = float((packets[-1].duration or 0) * base)
        contrast, pix_fmt = 0, ""
        for seam in seams:
            container.seek(round(seam / fps / base), stream=stream)
            picture = next(container.decode(stream))
            assert picture.pts is not None
            if round(picture.pts * base * fps) != seam or not picture.key_frame:
                raise ValueError(f"no decoder can begin at frame {seam} of {path.name}")
            pix_fmt = picture.format.name
            if seam == 0:
                contrast = int(np.ptp(picture.to_ndarray(format="gray")))
        return Decoded(
            frames=len(packets),
            duration=times[-1] + last - times[0],
            fps=stream.average_rate or Fraction(0),
            pix_fmt=pix_fmt,
            width=stream.codec_context.width,
            height=stream.codec_context.height,
            ascending=_ascend(times) and _ascend(decoded_in_order),
            starts_at=times[0],
            first_contrast=contrast,
        )


def _ascend(times: Sequence[float]) -> bool:
    return all(a < b for a, b in pairwise(times))


def top_level_atoms(path: Path) -> Iterator[str]:
    """The four-letter names of an MP4's or QuickTime file's outermost boxes, in order."""
    size = path.stat().st_size
    at = 0
    with path.open("rb") as file:
        while at + 8 <= size:
            file.seek(at)
            length, name = struct.unpack(">I4s", file.read(8))
            if length == 1:
                (length,) = struct.unpack(">Q", file.read(8))
            yield name.decode("latin-1")
            if length < 8:
                return
            at += length


def is_faststart(path: Path) -> bool:
    """Whether the index comes before the pictures, so that play starts while the file loads."""
    atoms = list(top_level_atoms(path))
    return "moov" in atoms and "mdat" in atoms and atoms.index("moov") < atoms.index("mdat")


def file_checks(
    path: Path,
    made: Format,
    quality: Quality,
    *,
    pictures: int,
    frames: int,
    poster: bool = True,
) -> list[Check]:
    """Decode ``path`` and compare it with what was to be written.

    Parameters
    ----------
    pictures
        How many pictures the encoder has written.
    frames
        How many frames of the scene they stand for.
    poster
        Whether the first picture must show something: it is what a player shows first.
    """
    return checks_of(
        decode(path), path, made, quality, pictures=pictures, frames=frames, poster=poster
    )


def checks_of(
    seen: Decoded,
    path: Path,
    made: Format,
    quality: Quality,
    *,
    pictures: int,
    frames: int,
    poster: bool = True,
) -> list[Check]:
    """As `file_checks`, of a file that has been read already."""
    checks = [
        _equal("pictures in the file", seen.frames, pictures),
        _near("duration of the file", seen.duration, frames / quality.fps, made.clock_error),
        _equal("width", seen.width, quality.width),
        _equal("height", seen.height, quality.height),
        _equal("pixel format", seen.pix_fmt, made.decoded_pix_fmt or made.pix_fmt),
        _equal("timestamps ascend", seen.ascending, expected=True),
        _near("first timestamp", seen.starts_at, 0.0, made.clock_error),
    ]
    if poster:
        checks.append(
            Check(
                name="first picture is not blank",
                value=seen.first_contrast,
                expected=LEAST_CONTRAST,
                passed=seen.first_contrast >= LEAST_CONTRAST,
            )
        )
    if made.constant_rate:
        checks.append(_near("frames a second", float(seen.fps), quality.fps, 0.01))
    if made.faststart:
        checks.append(_equal("index before pictures", is_faststart(path), expected=True))
    return checks


def _equal(name: str, value: bool | int | str, expected: bool | int | str) -> Check:
    return Check(name=name, value=value, expected=expected, passed=value == expected)


def _near(name: str, value: float, expected: float, tolerance: float) -> Check:
    passed = abs(value - expected) <= tolerance
    return Check(name=name, value=value, expected=expected, tolerance=tolerance, passed=passed)
