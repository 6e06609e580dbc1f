"""GIF in two passes: gather the histogram, then paint with the one palette it gives."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from pathlib import Path

import av
from av.container import OutputContainer
from av.filter import Graph
from av.filter.context import FilterContext
from av.video.format import VideoFormat
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from rendering.boxes import Stale
from rendering.canvas import Canvas
from rendering.quality import Quality
from rendering.sinks import RGBA

__all__ = ["GifEncoder"]

MOST_A_SECOND = 25
_CENTISECOND = Fraction(1, 100)
_RGB = VideoFormat("rgb24")


class GifEncoder:
    """Every k-th frame is a picture; one that stays is one picture.

    A GIF counts time in 1/100 s, and players slow down what is above 50 pictures a second. k brings
    the rate down to 25 or less (60 → 20, 30 → 15, 15 → 15); each time is rounded on its own, so
    that roundings never add up. Between the passes the pictures wait, lossless, in a file beside.
    """

    def __init__(self, path: Path, quality: Quality) -> None:
        self.pictures = 0
        self.frames = 0
        self.path = path
        self.quality = quality
        self.every = math.ceil(quality.fps / MOST_A_SECOND)
        self.times: list[int] = []
        self.canvas = Canvas(quality, "rgb24", alpha=False)
        self.waiting = path.with_suffix(".lossless.mov")
        self.waiting_file = av.open(str(self.waiting), "w", format="mov")
        self.waiting_stream = _add_stream(
            self.waiting_file, "qtrle", quality, "rgb24", quality.time_base
        )
        self.histogram = Graph()
        source = _add_source(self.histogram, _RGB, quality.width, quality.height)
        source.link_to(_add_last(self.histogram, "palettegen", "stats_mode=full"))
        self.histogram.configure()

    def frame(self, rgba: RGBA, index: int, repeat: int, stale: Stale = None) -> None:  # noqa: ARG002
        """See `rendering.sinks.Sink`."""
        self.frames += repeat
        kept = math.ceil(index / self.every) * self.every
        if kept >= index + repeat:
            return
        picture = self.canvas.converted(rgba)
        picture.time_base = self.quality.time_base
        picture.pts = self.pictures
        self.histogram.push(picture)
        with suppress(av.BlockingIOError):  # no palette yet; without asking, the pictures pile up
            self.histogram.vpull()
        self.waiting_file.mux(self.waiting_stream.encode(picture))
        self.pictures += 1
        self.times.append(self._centiseconds(kept))

    def close(self) -> None:
        """Paint the pictures that waited."""
        self.waiting_file.mux(self.waiting_stream.encode(None))
        self.waiting_file.close()
        self.histogram.push(None)
        palette = self.histogram.vpull()
        last = self._centiseconds(self.frames) - self.times[-1]
        options = {"loop": "0", "final_delay": str(last)}
        with (
            av.open(str(self.waiting)) as waiting,
            av.open(str(self.path), "w", format="gif", options=options) as gif,
        ):
            self._paint(waiting.decode(video=0), palette, gif)
        self.waiting.unlink()

    def abandon(self) -> None:
        """Let go of the files; never raises."""
        with suppress(Exception):
            self.waiting_file.close()

    def _centiseconds(self, index: int) -> int:
        return round(index / self.quality.fps / _CENTISECOND)

    def _paint(
        self, pictures: Iterator[VideoFrame], palette: VideoFrame, gif: OutputContainer
    ) -> None:
        width, height = self.quality.width, self.quality.height
        stream = _add_stream(gif, "gif", self.quality, "pal8", _CENTISECOND)
        brush = Graph()
        # A picture's flat colours are in the palette; dithering would only add noise to them.
        painted = _add_last(brush, "paletteuse", "dither=none:diff_mode=rectangle")
        _add_source(brush, _RGB, width, height).link_to(painted, 0, 0)
        _add_source(brush, palette.format, palette.width, palette.height).link_to(painted, 0, 1)
        brush.configure()
        palette.pts, palette.time_base = 0, _CENTISECOND
        brush.push(palette, at=1)
        brush.push(None, at=1)
        for picture, time in zip(pictures, self.times, strict=True):
            picture.pts, picture.time_base = time, _CENTISECOND
            brush.push(picture, at=0)
            _drain(brush, stream, gif)
        brush.push(None, at=0)
        _drain(brush, stream, gif)
        gif.mux(stream.encode(None))


def _add_stream(
    container: OutputContainer, codec: str, quality: Quality, pix_fmt: str, time_base: Fraction
) -> VideoStream:
    stream = container.add_stream(codec, rate=quality.fps)
    assert isinstance(stream, VideoStream)
    stream.width, stream.height, stream.pix_fmt = quality.width, quality.height, pix_fmt
    stream.codec_context.time_base = time_base
    return stream


def _add_source(graph: Graph, pix_fmt: VideoFormat, width: int, height: int) -> FilterContext:
    return graph.add_buffer(width=width, height=height, format=pix_fmt, time_base=_CENTISECOND)


def _add_last(graph: Graph, name: str, settings: str) -> FilterContext:
    """A filter whose output is the graph's."""
    last = graph.add(name, settings)
    last.link_to(graph.add("buffersink"))
    return last


def _drain(graph: Graph, stream: VideoStream, container: OutputContainer) -> None:
    with suppress(av.BlockingIOError, av.EOFError):
        while True:
            container.mux(stream.encode(graph.vpull()))
