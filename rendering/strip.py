"""Captions in the picture: on a strip below what the scene draws, which they never cover.

The file keeps its size. The scene is drawn a little smaller, centred at the top; what is left at
the sides is ground. The captions change at whole frames, so they are cut and joined like pictures.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, lru_cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import fontpkg
import numpy as np
import typst
from PIL import Image, ImageColor

from rendering.boxes import Box, Stale
from rendering.captions import Cue
from rendering.quality import Quality
from rendering.sinks import RGBA, Pictures, Sink

__all__ = ["Captioned", "Strip", "captioned"]

_HEIGHT = 2 / 15
"""Of the picture: two lines, as large as type on a slide for the back row."""
_SIZE = 0.0415
"""Of the type, in heights of the picture."""

_FAMILY = "Fira Sans"
_MARKUP = b"""\
#let height = float(sys.inputs.height) * 1pt
#set page(width: float(sys.inputs.width) * 1pt, height: height, margin: 0pt)
#set page(fill: rgb(sys.inputs.ground))
#set text(font: ("Fira Sans", "New Computer Modern Math"), fill: rgb(sys.inputs.ink))
#set text(size: float(sys.inputs.size) * 1pt)
#set par(leading: 0.5em)
#align(center + horizon, pad(bottom: height / 10, sys.inputs.said))
"""


@dataclass(frozen=True)
class Strip:
    """The captions of a clip.

    Attributes
    ----------
    cues
        Ascending; what is said, and when.
    ink
        Of the type, as ``#rrggbb``; it must be readable on the clip's ground.
    """

    cues: tuple[Cue, ...]
    ink: str

    def inside(self, quality: Quality) -> Quality:
        """What the scene is drawn in, to leave room for the strip; of the same shape.

        Examples
        --------
        >>> Strip((), "#FFFFFF").inside(Quality("high", 1920, 1080, 60))
        Quality(name='high', width=1664, height=936, fps=60)
        """
        height = _even(quality.height * (1 - _HEIGHT))
        width = min(_even(height * quality.width / quality.height), quality.width)
        return replace(quality, width=width, height=height)

    def during(self, frames: range, fps: int) -> list[tuple[range, tuple[str, ...]]]:
        """Stretches of these frames, and the lines that stand below each; () is none."""
        edges = {round(edge * fps) for cue in self.cues for edge in (cue.start, cue.end)}
        inner = sorted(edge for edge in edges if frames.start < edge < frames.stop)
        return [
            (range(start, stop), self._lines((start + 0.5) / fps))
            for start, stop in pairwise([frames.start, *inner, frames.stop])
        ]

    def _lines(self, seconds: float) -> tuple[str, ...]:
        return next((cue.lines for cue in self.cues if cue.start <= seconds < cue.end), ())


class Captioned:
    """Passes pictures on with the captions below them.

    Parameters
    ----------
    start
        The frame of the clip that the sink counts as its first.
    """

    def __init__(
        self, sink: Sink, strip: Strip, quality: Quality, background: str, start: int = 0
    ) -> None:
        self.sink = sink
        self.strip = strip
        self.fps = quality.fps
        self.start = start
        size = quality.height, quality.width
        red, green, blue = ImageColor.getrgb(background)[:3]
        self.ground = f"#{red:02x}{green:02x}{blue:02x}"
        self.picture: RGBA = np.full((*size, 4), (red, green, blue, 255), np.uint8)
        inner = strip.inside(quality)
        left = (quality.width - inner.width) // 4 * 2
        self.place = Box(left, 0, left + inner.width, inner.height)
        self.room = Box(0, inner.height, quality.width, quality.height)
        self.lines: tuple[str, ...] = ()
        self.blank = True

    def frame(self, rgba: RGBA, index: int, repeat: int, stale: Stale = None) -> None:
        """See `rendering.sinks.Sink`."""
        changed = self._put(rgba, stale)
        frames = range(index + self.start, index + self.start + repeat)
        for stretch, lines in self.strip.during(frames, self.fps):
            told = self._say(lines)
            boxes = None if changed is None or told is None else (*changed, *told)
            self.sink.frame(self.picture, stretch.start - self.start, len(stretch), boxes)
            changed = ()  # a picture that stays, with other words

    def _put(self, rgba: RGBA, stale: Stale) -> Stale:
        """Copy what has changed of the scene; where that is in the whole picture."""
        if self.blank:
            stale, self.blank = None, False
        left, top = self.place.left, self.place.top
        inside = self.place.right - left, self.place.bottom - top
        boxes = (Box(0, 0, *inside),) if stale is None else stale
        moved = tuple(
            Box(b.left + left, b.top + top, b.right + left, b.bottom + top) for b in boxes
        )
        for box, at in zip(boxes, moved, strict=True):
            self.picture[at.pixels] = rgba[box.pixels]
        return None if stale is None else moved

    def _say(self, lines: tuple[str, ...]) -> Stale:
        """Draw the strip if something else is said; where that is."""
        if lines == self.lines:
            return ()
        self.lines = lines
        height, width = self.room.bottom - self.room.top, self.room.right
        size = _SIZE * self.picture.shape[0]
        inks = self.strip.ink, self.ground
        self.picture[self.room.pixels] = _typeset(lines, width, height, size, *inks)
        return (self.room,)


def captioned(rgba: RGBA, strip: Strip, quality: Quality, background: str, index: int) -> RGBA:
    """One picture of a clip, with what is said in it."""
    kept = Pictures()
    Captioned(kept, strip, quality, background).frame(rgba, index, 1)
    return kept.by_index[index]


@cache
def _fonts() -> typst.Fonts:
    folder = Path(fontpkg.path(_FAMILY)).parent
    return typst.Fonts(include_system_fonts=False, font_paths=[folder])


@lru_cache(maxsize=64)
def _typeset(
    lines: tuple[str, ...], width: int, height: int, size: float, ink: str, ground: str
) -> RGBA:
    """Lines of type in the middle of a strip, ``(height, width, 4)``."""
    words = {"said": "\n".join(lines), "ink": ink, "ground": ground}
    lengths = {"width": f"{width}", "height": f"{height}", "size": f"{size:.2f}"}
    png = typst.compile(
        _MARKUP,
        format="png",
        ppi=72.0,
        font_paths=_fonts(),
        sys_inputs={**words, **lengths},
    )
    return np.asarray(Image.open(BytesIO(png)).convert("RGBA"))


def _even(length: float) -> int:
    return 2 * round(length / 2)
