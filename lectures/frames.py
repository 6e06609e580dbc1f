"""The frames of a clip that was made, as pictures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import av
from PIL import Image

__all__ = ["pictures_in"]


def pictures_in(clip: Path) -> Iterator[Image.Image]:
    """Every frame of a clip in turn, in RGB."""
    with av.open(str(clip)) as container:
        for frame in container.decode(video=0):
            yield Image.fromarray(frame.to_ndarray(format="rgb24"))
