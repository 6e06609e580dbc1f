"""One hash over all pictures of a clip, before any encoder has touched them."""

from __future__ import annotations

import hashlib

from rendering.sinks import RGBA

__all__ = ["FrameDigest"]


class FrameDigest:
    """SHA-256 over the sequence of frames: equal exactly when every frame is.

    Each drawn picture is hashed once, however long it stays. Equal pictures in a row count as one
    that stays longer, so a wait that was drawn frame by frame hashes like a frozen one.

    Attributes
    ----------
    runs
        ``[sha256 of one picture and its shape, how many frames it stays]``; consecutive ranges of
        frames, hashed apart, are joined by concatenating their runs.
    """

    def __init__(self) -> None:
        self.runs: list[tuple[bytes, int]] = []

    def frame(self, rgba: RGBA, index: int, repeat: int) -> None:  # noqa: ARG002
        """See `rendering.sinks.Sink`."""
        picture = hashlib.sha256(repr(rgba.shape).encode())
        picture.update(rgba.data)
        self.add(picture.digest(), repeat)

    def add(self, picture: bytes, repeat: int) -> None:
        """One more run of an already hashed picture."""
        if self.runs and self.runs[-1][0] == picture:
            repeat += self.runs.pop()[1]
        self.runs.append((picture, repeat))

    def hexdigest(self) -> str:
        """The hash of all frames so far."""
        whole = hashlib.sha256()
        for picture, repeat in self.runs:
            whole.update(picture + repeat.to_bytes(8, "big"))
        return whole.hexdigest()
