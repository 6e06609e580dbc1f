"""Where drawn frames go."""

from __future__ import annotations

from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from rendering.boxes import Stale

__all__ = ["RGBA", "Pictures", "Sink"]

RGBA: TypeAlias = NDArray[np.uint8]
"""``(height, width, 4)``, rows from the top. Colour is premultiplied by alpha, as Cairo draws it
(on an opaque background there is no difference)."""


class Sink(Protocol):
    """Takes frames in ascending order."""

    def frame(self, rgba: RGBA, index: int, repeat: int, stale: Stale = None) -> None:
        """``rgba`` is the picture of frames ``index`` … ``index + repeat − 1``.

        It is the camera's own buffer, drawn over after this call: copy what you keep. It equals
        the picture of the call before outside of ``stale``; if that is None, nothing is known.
        """


class Pictures:
    """Keeps a copy of each frame, by index; a repeated one is kept once."""

    def __init__(self) -> None:
        self.by_index: dict[int, RGBA] = {}

    def frame(self, rgba: RGBA, index: int, repeat: int, stale: Stale = None) -> None:  # noqa: ARG002
        """See `Sink`."""
        kept = rgba.copy()
        self.by_index.update(dict.fromkeys(range(index, index + repeat), kept))
