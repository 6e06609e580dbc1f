"""Frames to a file, through PyAV."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Protocol

import av
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc
from av.video.stream import VideoStream

from rendering.boxes import Stale
from rendering.canvas import canvas_of
from rendering.formats import Format
from rendering.gif import GifEncoder
from rendering.quality import Quality
from rendering.sinks import RGBA, Sink

__all__ = ["Encoder", "VideoEncoder", "open_encoder"]


class Encoder(Sink, Protocol):
    """A sink that writes a file.

    Attributes
    ----------
    pictures
        How many pictures the file has; for GIF fewer than there were frames.
    frames
        How many frames of the scene they stand for.
    """

    pictures: int
    frames: int

    def close(self) -> None:
        """Write what is left and finish the file."""

    def abandon(self) -> None:
        """Let go of the file, which is then worth nothing; never raises."""


def open_encoder(path: Path, quality: Quality, made: Format) -> Encoder:
    """The encoder that writes ``path``, whatever its suffix, in this format."""
    if made.name == "gif":
        return GifEncoder(path, quality)
    return VideoEncoder(path, quality, made)


class VideoEncoder:
    """Every frame is a picture; its presentation time is its index."""

    def __init__(self, path: Path, quality: Quality, made: Format) -> None:
        self.pictures = 0
        self.frames = 0
        self.time_base = quality.time_base
        self.canvas = canvas_of(quality, made.pix_fmt, alpha=made.alpha)
        self.container = av.open(
            str(path), "w", format=made.name, options=dict(made.container_options)
        )
        stream = self.container.add_stream(made.codec, rate=quality.fps, options=dict(made.options))
        assert isinstance(stream, VideoStream)
        self.stream = stream
        context = stream.codec_context
        context.width, context.height = quality.width, quality.height
        context.pix_fmt = made.pix_fmt
        context.time_base = self.time_base
        context.gop_size = quality.fps  # a key frame a second: jumping in a lecture is instant
        context.color_primaries = ColorPrimaries.BT709
        context.color_trc = ColorTrc.BT709
        context.colorspace = Colorspace.ITU709
        context.color_range = ColorRange.MPEG

    def frame(self, rgba: RGBA, index: int, repeat: int, stale: Stale = None) -> None:
        """See `rendering.sinks.Sink`."""
        picture = self.canvas.converted(rgba, stale)
        picture.time_base = self.time_base
        for pts in range(index, index + repeat):
            picture.pts = pts
            self.container.mux(self.stream.encode(picture))
        self.pictures += repeat
        self.frames += repeat

    def close(self) -> None:
        """Write what the codec still holds, and the index."""
        self.container.mux(self.stream.encode(None))
        self.container.close()

    def abandon(self) -> None:
        """Let go of the file; never raises."""
        with suppress(Exception):
            self.container.close()
