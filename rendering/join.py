"""Segments to one file, packet by packet; no picture is encoded again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
from av.container import OutputContainer
from av.packet import Packet
from av.video.stream import VideoStream

from rendering.formats import Format

__all__ = ["Part", "join"]

_ALPHA = "alpha_mode"
"""By this players know that the packets of a WebM have alpha beside them."""


@dataclass(frozen=True)
class Part:
    """The file of one segment, which begins with a key frame, and its first frame in the clip."""

    path: Path
    start: int


def join(parts: Sequence[Part], output: Path, made: Format, fps: int) -> None:
    """Write the pictures of all parts, each one frame long, into one file.

    The k-th picture of a part is shown at its start plus k, and packets are decoded one frame
    apart, so times are whole frames whatever the container has made of them. Every part must have
    been encoded with the same settings.

    Raises
    ------
    ValueError
        If two parts need decoders of different settings, or a part does not follow the one before.
    """
    delay = max(_delay(_times(part.path)) for part in parts)
    with av.open(
        str(output), "w", format=made.name, options=dict(made.container_options)
    ) as joined:
        stream: VideoStream | None = None
        settings = None
        shown = 0
        for part in parts:
            if part.start != shown:
                raise ValueError(f"frame {shown} is missing: the next part begins at {part.start}")
            with av.open(str(part.path)) as file:
                own = file.streams.video[0]
                if stream is None:
                    settings = own.codec_context.extradata
                    stream = joined.add_stream_from_template(own, rate=fps)
                    stream.codec_context.codec_tag = own.codec_context.codec_tag
                    if _ALPHA in own.metadata:
                        stream.metadata[_ALPHA] = own.metadata[_ALPHA]
                if own.codec_context.extradata != settings:
                    raise ValueError(f"{part.path.name} at {part.start} has other settings")
                shown += _copy(file.demux(own), stream, joined, part.start, delay, fps)


def _copy(
    packets: Iterator[Packet[VideoStream]],
    stream: VideoStream,
    joined: OutputContainer,
    start: int,
    delay: int,
    fps: int,
) -> int:
    """Copy the packets of one part; how many there were."""
    kept = [packet for packet in packets if packet.pts is not None]
    shown = _ranks([packet.pts or 0 for packet in kept])
    for decoded, (packet, rank) in enumerate(zip(kept, shown, strict=True)):
        packet.stream = stream
        packet.time_base = Fraction(1, fps)
        packet.pts, packet.dts, packet.duration = start + rank, start + decoded - delay, 1
        joined.mux(packet)
    return len(kept)


def _times(path: Path) -> list[int]:
    with av.open(str(path)) as file:
        return [packet.pts for packet in file.demux(video=0) if packet.pts is not None]


def _ranks(times: Sequence[int]) -> list[int]:
    """The place of each in ascending order."""
    order = {time: rank for rank, time in enumerate(sorted(times))}
    return [order[time] for time in times]


def _delay(times: Sequence[int]) -> int:
    """Frames by which decoding must run ahead, so that no picture is late."""
    return max((decoded - shown for decoded, shown in enumerate(_ranks(times))), default=0)
