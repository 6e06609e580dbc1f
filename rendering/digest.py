"""One hash over all pictures of a clip, before any encoder has touched them.

A picture's digest is SHA-256 over its shape and the XXH3 (128 bits) of each of its tiles, row by
row; so when a part of a picture changes, only the tiles that it touches are hashed again. The
digest is that of the pixels, whatever was known of the parts that changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from xxhash import xxh3_128_digest

from rendering.boxes import Box, Stale, whole
from rendering.sinks import RGBA, Sink

__all__ = ["FrameDigest", "Runs", "combined"]

Runs = list[tuple[bytes, int]]
"""``(digest of a picture, how many frames it stays)``, in order; no two neighbours are equal."""

_TILE = 128, 36
"""Width and height in pixels; tiles at the right and lower edge may be smaller."""


class FrameDigest:
    """SHA-256 over the sequence of frames: equal exactly when every frame is.

    Parameters
    ----------
    sink
        Gets every frame, too, and of ``stale`` no more than the tiles whose hash is another one.
        So it need not work on what was drawn again just as it was.

    Each drawn picture is hashed once, however long it stays. Equal pictures in a row count as one
    that stays longer, so a wait that was drawn frame by frame hashes like a frozen one.

    Attributes
    ----------
    runs
        What was hashed. Consecutive ranges of frames may be hashed apart: `combined` makes one
        hash of their runs, the same as if they had been hashed together.

    Examples
    --------
    >>> import numpy as np
    >>> first, second, both = FrameDigest(), FrameDigest(), FrameDigest()
    >>> black = np.zeros((90, 160, 4), np.uint8)
    >>> first.frame(black, 0, 2), second.frame(black, 2, 3), both.frame(black, 0, 5)
    (None, None, None)
    >>> combined([first.runs, second.runs]) == both.hexdigest()
    True
    """

    def __init__(self, sink: Sink | None = None) -> None:
        self.runs: Runs = []
        self._sink = sink
        self._shape: tuple[int, ...] = ()
        self._tiles: dict[Box, bytes] = {}

    def frame(self, rgba: RGBA, index: int, repeat: int, stale: Stale = None) -> None:
        """See `rendering.sinks.Sink`."""
        if rgba.shape != self._shape:
            self._shape, self._tiles, stale = rgba.shape, {}, None
        changed = []
        for tile in _tiles(rgba.shape, stale):
            digest = xxh3_128_digest(rgba[tile.pixels].tobytes())
            if self._tiles.get(tile) != digest:
                self._tiles[tile] = digest
                changed.append(tile)
        picture = hashlib.sha256(repr(rgba.shape).encode())
        picture.update(b"".join(self._tiles.values()))
        _append(self.runs, picture.digest(), repeat)
        if self._sink is not None:
            self._sink.frame(rgba, index, repeat, _rows_of(changed))

    def hexdigest(self) -> str:
        """The hash of all frames so far."""
        return combined([self.runs])


def combined(parts: Iterable[Runs]) -> str:
    """The hash of consecutive ranges of frames, from the runs of each."""
    runs: Runs = []
    for part in parts:
        for picture, repeat in part:
            _append(runs, picture, repeat)
    whole_clip = hashlib.sha256()
    for picture, repeat in runs:
        whole_clip.update(picture + repeat.to_bytes(8, "big"))
    return whole_clip.hexdigest()


def _append(runs: Runs, picture: bytes, repeat: int) -> None:
    if runs and runs[-1][0] == picture:
        repeat += runs.pop()[1]
    runs.append((picture, repeat))


def _tiles(shape: tuple[int, ...], stale: Stale) -> Iterator[Box]:
    """The tiles of a picture that have pixels in common with ``stale``, row by row."""
    height, width = shape[:2]
    across, down = _TILE
    touched = {
        (top, left)
        for box in ((whole(height, width),) if stale is None else stale)
        for top in range(box.top // down * down, min(box.bottom, height), down)
        for left in range(box.left // across * across, min(box.right, width), across)
    }
    for top, left in sorted(touched):
        yield Box(left, top, min(left + across, width), min(top + down, height))


def _rows_of(tiles: Iterable[Box]) -> tuple[Box, ...]:
    """The same pixels in fewer boxes: neighbours in a row become one."""
    rows: list[Box] = []
    for tile in tiles:
        if rows and rows[-1].top == tile.top and rows[-1].right == tile.left:
            rows.append(rows.pop().around(tile))
        else:
            rows.append(tile)
    return tuple(rows)
