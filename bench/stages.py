"""Where the time of a frame goes: the slide with nothing but drawing, then with more and more."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any

from rich.table import Table

from bench.peers.slide import SlideAlone
from bench.race import FPS
from rendering.digest import FrameDigest
from rendering.encode import open_encoder
from rendering.formats import FORMATS
from rendering.inspect import examine
from rendering.quality import Quality
from rendering.recorder import record
from rendering.sinks import RGBA, Sink
from scenes.theme import DARK

__all__ = ["table_of_stages"]

QUALITY = Quality("bench", 1920, 1080, FPS)


class Stopwatch:
    """A sink that passes frames on, and knows the processor time since the first of them."""

    def __init__(self, sink: Sink | None) -> None:
        self.sink = sink
        self.frames = 0
        self.start = 0.0

    def frame(self, rgba: RGBA, index: int, repeat: int, *changed: Any) -> None:
        """See `rendering.sinks.Sink`."""
        if self.sink is not None:
            self.sink.frame(rgba, index, repeat, *changed)
        if not self.frames:
            self.start = time.process_time()
        self.frames += repeat

    @property
    def milliseconds(self) -> float:
        """Of processor time, a frame."""
        return 1000 * (time.process_time() - self.start) / (self.frames - 1)


def spent_checking(path: Path) -> float:
    """Milliseconds of processor time that a frame takes to be read again."""
    start = time.process_time()
    frames = examine(path, FPS).frames
    return 1000 * (time.process_time() - start) / frames


def spent(sink: Sink | None = None) -> float:
    """Milliseconds of processor time that a frame takes with this sink."""
    watch = Stopwatch(sink)
    record(SlideAlone, QUALITY, watch, background=DARK.ground)
    return watch.milliseconds


def table_of_stages() -> Table:
    """One row each; what comes on top of the drawing is the difference to it."""
    spent()  # the first run typesets
    drawing = spent()
    hashing = spent(FrameDigest()) - drawing
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "slide.mp4"
        encoder = open_encoder(path, QUALITY, FORMATS["mp4"])
        encoding = spent(FrameDigest(encoder)) - drawing - hashing
        encoder.close()
        checking = spent_checking(path)
    table = Table("stage", title="A frame of the slide, 1080p")
    table.add_column("CPU ms", justify="right")
    rows = {
        "update and draw": drawing,
        "hash": hashing,
        "convert and encode": encoding,
        "read again, to check": checking,
    }
    for name, milliseconds in {**rows, "together": sum(rows.values())}.items():
        table.add_row(name, f"{milliseconds:.1f}")
    return table
