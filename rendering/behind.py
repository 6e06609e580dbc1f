"""A sink that works in a thread of its own, beside the drawing."""

from __future__ import annotations

from queue import SimpleQueue
from threading import Thread
from types import TracebackType
from typing import Self

import numpy as np

from rendering.boxes import Stale, joined
from rendering.sinks import RGBA, Sink

__all__ = ["Behind"]


class _Buffer:
    """A copy of a picture, and where it is no longer like it."""

    def __init__(self) -> None:
        self.rgba: RGBA = np.empty((0, 0, 4), np.uint8)
        self.stale: Stale = None

    def outdate(self, stale: Stale) -> None:
        """The picture has changed there."""
        self.stale = None if stale is None or self.stale is None else joined(self.stale + stale)

    def update(self, rgba: RGBA) -> None:
        """Be like this picture."""
        if self.stale is None or self.rgba.shape != rgba.shape:
            self.rgba = rgba.copy()
        else:
            for box in self.stale:
                self.rgba[box.pixels] = rgba[box.pixels]
        self.stale = ()


class Behind:
    """Passes copies of the frames to another sink, which works while the next ones are drawn.

    Hashing, converting and encoding all leave the interpreter lock, so this is worth a thread. At
    most ``depth`` frames wait; then drawing does. What the other sink raises is raised here, at
    the next frame or at the end. The thread starts with the first frame.

    Use it as a context: it ends when all frames are through, or at once if there was an exception.
    """

    def __init__(self, sink: Sink, depth: int = 3) -> None:
        self._sink = sink
        self._buffers = [_Buffer() for _ in range(depth)]
        self._spare: SimpleQueue[_Buffer] = SimpleQueue()
        for buffer in self._buffers:
            self._spare.put(buffer)
        self._work: SimpleQueue[tuple[_Buffer, int, int, Stale] | None] = SimpleQueue()
        self._thread: Thread | None = None
        self._error: BaseException | None = None
        self._dropping = False

    def frame(self, rgba: RGBA, index: int, repeat: int, stale: Stale = None) -> None:
        """See `rendering.sinks.Sink`."""
        for each in self._buffers:
            each.outdate(stale)
        buffer = self._spare.get()
        if self._error is not None:
            raise self._error
        buffer.update(rgba)
        if self._thread is None:
            self._thread = Thread(target=self._serve, name=type(self._sink).__name__, daemon=True)
            self._thread.start()
        self._work.put((buffer, index, repeat, stale))

    def _serve(self) -> None:
        while (work := self._work.get()) is not None:
            if self._error is None and not self._dropping:
                try:
                    buffer, index, repeat, stale = work
                    self._sink.frame(buffer.rgba, index, repeat, stale)
                except BaseException as error:
                    self._error = error
            self._spare.put(work[0])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._dropping = kind is not None
        if self._thread is not None:
            self._work.put(None)
            self._thread.join()
        if self._error is not None and kind is None:
            raise self._error
