import threading
import time

import numpy as np
import pytest

from rendering.behind import Behind
from rendering.boxes import Box, Stale, whole
from rendering.sinks import RGBA, Pictures, Sink


def picture(shade: int) -> RGBA:
    return np.full((2, 2, 4), shade, np.uint8)


class Slow(Pictures):
    def frame(self, rgba: RGBA, index: int, repeat: int, stale: Stale = None) -> None:
        time.sleep(0.002)
        super().frame(rgba, index, repeat, stale)


def test_every_frame_arrives_although_the_buffer_is_drawn_over() -> None:
    kept, buffer = Slow(), picture(0)
    with Behind(kept) as behind:
        for index in range(40):
            buffer[:] = index
            behind.frame(buffer, 2 * index, 2)
    assert list(kept.by_index) == list(range(80))
    assert all((kept.by_index[i] == i // 2).all() for i in range(80))


def test_buffers_that_skipped_a_change_catch_up() -> None:
    kept, buffer = Slow(), np.zeros((8, 8, 4), np.uint8)
    noise = np.random.default_rng(0)
    drawn = []
    with Behind(kept) as behind:
        for index in range(40):
            left, top = noise.integers(0, 8, 2)
            box = Box(left, top, left + 1, top + 2).within(whole(8, 8))
            buffer[box.pixels] += 1
            drawn.append(buffer.copy())
            behind.frame(buffer, index, 1, (box,) if index else None)
    np.testing.assert_array_equal(list(kept.by_index.values()), drawn)


def pass_behind(sink: Sink, frames: int, error: Exception | None = None) -> None:
    with Behind(sink) as behind:
        for index in range(frames):
            behind.frame(picture(0), index, 1)
        if error is not None:
            raise error


@pytest.mark.parametrize("frames", [1, 40])
def test_an_error_in_the_thread_surfaces(frames: int) -> None:
    class Full:
        def frame(self, rgba: RGBA, index: int, repeat: int, stale: Stale = None) -> None:
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        pass_behind(Full(), frames)


def test_an_error_while_drawing_ends_the_thread() -> None:
    before = threading.active_count()
    with pytest.raises(ValueError, match="drawing"):
        pass_behind(Slow(), 1, ValueError("drawing"))
    assert threading.active_count() == before
