"""A production that draws nothing: tiny clips and pictures, to test what stands around them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import av
import numpy as np
from PIL import Image

from lectures.material import Step
from lectures.production import Production
from rendering.formats import FormatName
from rendering.sinks import RGBA

__all__ = ["Stub"]

FRAMES = [np.full((18, 32, 4), shade, np.uint8) for shade in (40, 120, 200)]
CODECS = {"mp4": "libx264", "webm": "libvpx-vp9"}


@cache
def clip_as(made: FormatName, folder: Path) -> bytes:
    """Three frames in a format."""
    path = folder / f"tiny.{made}"
    if made == "gif":
        first, *rest = (Image.fromarray(each).convert("P") for each in FRAMES)
        first.save(path, save_all=True, append_images=rest, duration=100, loop=0)
        return path.read_bytes()
    with av.open(str(path), "w") as file:
        stream = file.add_stream(CODECS[made], rate=5)
        stream.width, stream.height, stream.pix_fmt = 32, 18, "yuv420p"
        for each in FRAMES:
            file.mux(stream.encode(av.VideoFrame.from_ndarray(each, format="rgba")))
        file.mux(stream.encode(None))
    return path.read_bytes()


class Stub(Production):
    """Its files have the right names and kinds."""

    def other(self, **changes: Any) -> Production:
        made = super().other(**changes)
        return Stub(made.material)

    def clips(self, *formats: FormatName) -> list[Path]:
        return [self._tiny(made, self.material.slug) for made in formats]

    def step_clips(self, made: FormatName = "mp4") -> list[Path]:
        return [self._step(made, step) for step in self.material.steps]

    def pictures(self, frames: Iterable[int]) -> list[RGBA]:
        return [FRAMES[0] for _ in frames]

    def _step(self, made: FormatName, step: Step) -> Path:
        path = self._tiny(made, self.step_name(step))
        with path.open("ab") as file:  # no two of them are alike
            file.write(b"\0\0\0\x0cfree" + step.number.to_bytes(4, "big"))
        return path

    def _tiny(self, made: FormatName, name: str) -> Path:
        path = self.scratch / f"{name}.{made}"
        path.write_bytes(clip_as(made, self.scratch))
        return path
