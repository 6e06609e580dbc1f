"""A sink that works in a thread of its own, beside the drawing."""

from __future__ import annotations

from queue import SimpleQueue
from threading import Thread
from types import TracebackType
from typing import Self

import numpy as np

from rendering.sinks import RGBA, Sink

__all__ = ["Behind"]


class Behind:
    """Passes copies of the frames to another sink, which works while the next ones are drawn.

    Hashing, converting and encoding all leave the interpreter lock, so this is worth a thread. At
    most ``depth`` frames wait; then drawing does. What the other sink raises is raised here, at
    the next frame or at the end. The thread starts with the first frame.

    Use it as a context: it ends when all frames are through, or at once if there was an exception.
    """

    def __init__(self, sink: Sink, depth: int = 3) -> None:
        self._sink = sink
        self._spare: SimpleQueue[RGBA | None] = SimpleQueue()
        for _ in range(depth):
            self._spare.put(None)
        self._work: SimpleQueue[tuple[RGBA, int, int] | None] = SimpleQueue()
        self._thread: Thread | None = None
        self._error: BaseException | None = None
        self._dropping = False

    def frame(self, rgba: RGBA, index: int, repeat: int) -> None:
        """See `rendering.sinks.Sink`."""
        buffer = self._spare.get()
        if self._error is not None:
            raise self._error
        if buffer is None:
            buffer = np.empty_like(rgba)
        np.copyto(buffer, rgba)
        if self._thread is None:
            self._thread = Thread(target=self._serve, name=type(self._sink).__name__, daemon=True)
            self._thread.start()
        self._work.put((buffer, index, repeat))

    def _serve(self) -> None:
        while (work := self._work.get()) is not None:
            if self._error is None and not self._dropping:
                try:
                    self._sink.frame(*work)
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
