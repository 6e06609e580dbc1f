"""A finished file, read and decoded again: is it what was asked for?"""

from __future__ import annotations

import struct
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
from av.video.frame import VideoFrame

from rendering.formats import Format
from rendering.manifest import Check
from rendering.quality import Quality

__all__ = [
    "Decoded",
    "checks_of",
    "examine",
    "file_checks",
    "is_faststart",
    "top_level_atoms",
]

LEAST_CONTRAST = 8
"""Of 255: a first frame whose darkest and lightest pixels differ by less is blank."""


@dataclass(frozen=True)
class Decoded:
    """What a demuxer and a decoder say of a file."""

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


def examine(path: Path, fps: int, seams: Collection[int] | None = None) -> Decoded:
    """Read every packet of a file, and decode the pictures that a decoder can begin at.

    Every packet must be there, whole and in its order; those between two key frames are not
    decoded, for that costs a quarter of what encoding them did.

    Parameters
    ----------
    seams
        Decode at these frames only, where parts were joined; if None, at every key frame.

    Raises
    ------
    ValueError
        If no decoder can begin at a seam.
    """
    times: list[float] = []
    order: list[int] = []
    begun: dict[int, VideoFrame | None] = {}  # by frame; no picture but the first is kept
    last = 0.0
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        context = stream.codec_context
        context.skip_frame = "NONKEY"
        assert stream.time_base is not None
        base = stream.time_base
        for packet in container.demux(stream):
            if packet.pts is None or packet.dts is None or packet.is_corrupt:
                continue
            times.append(float(packet.pts * base))
            order.append(packet.dts)
            last = float((packet.duration or 0) * base)
            if packet.is_keyframe and (seams is None or round(packet.pts * base * fps) in seams):
                begun |= _by_frame(context.decode(packet), base * fps)
        begun |= _by_frame(context.decode(None), base * fps)
        for seam in seams or ():
            if seam not in begun:
                raise ValueError(f"no decoder can begin at frame {seam} of {path.name}")
        first = begun.get(0)
        times.sort()
        return Decoded(
            frames=len(times),
            duration=times[-1] + last - times[0] if times else 0.0,
            fps=stream.average_rate or Fraction(0),
            pix_fmt=first.format.name if first else "",
            width=context.width,
            height=context.height,
            ascending=_ascend(times) and _ascend(order),
            starts_at=times[0] if times else -1.0,
            first_contrast=int(np.ptp(first.to_ndarray(format="gray"))) if first else 0,
        )


def _by_frame(pictures: list[VideoFrame], frames: Fraction) -> dict[int, VideoFrame | None]:
    """The pictures by the frame that each shows, but only the first one itself."""
    shown = [(round((picture.pts or 0) * frames), picture) for picture in pictures]
    return {index: None if index else picture for index, picture in shown}


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
    """Read ``path`` again and compare it with what was to be written.

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
        examine(path, quality.fps),
        path,
        made,
        quality,
        pictures=pictures,
        frames=frames,
        poster=poster,
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
