"""H.264 as our clips have it, as small as it can be: the encoder of the peers and of the floor."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Self

import av
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace, VideoReformatter
from av.video.stream import VideoStream

from rendering.formats import FORMATS

__all__ = ["OPTIONS", "Stream", "as_i420"]

OPTIONS: dict[str, str] = dict(FORMATS["mp4"].options)
"""Of libx264: those of our own mp4."""


class Stream:
    """An mp4 that takes yuv420p frames, in order, as a context."""

    def __init__(self, path: Path, size: tuple[int, int], fps: int) -> None:
        self.container = av.open(str(path), "w", options=dict(FORMATS["mp4"].container_options))
        stream = self.container.add_stream("libx264", rate=fps, options=OPTIONS)
        assert isinstance(stream, VideoStream)
        self.stream = stream
        self.time_base = Fraction(1, fps)
        self.frames = 0
        context = stream.codec_context
        context.width, context.height = size
        context.pix_fmt = "yuv420p"
        context.time_base = self.time_base
        context.gop_size = fps

    def add(self, frame: VideoFrame) -> None:
        """One more picture."""
        frame.pts, frame.time_base = self.frames, self.time_base
        self.container.mux(self.stream.encode(frame))
        self.frames += 1

    def add_all(self, frames: Iterable[VideoFrame]) -> None:
        """Several of them."""
        for frame in frames:
            self.add(frame)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if kind is None:
            self.container.mux(self.stream.encode(None))
        self.container.close()


def as_i420(rgba: VideoFrame, reformatter: VideoReformatter) -> VideoFrame:
    """A picture in the pixel format of the file; keep the reformatter, it is dear to make."""
    return reformatter.reformat(
        rgba,
        format="yuv420p",
        dst_colorspace=Colorspace.ITU709,
        dst_color_range=ColorRange.MPEG,
    )
