"""The floor: finished frames, only encoded: ``python -m bench.floor draw RAW``, then ``encode``.

``RAW`` holds the frames of the slide (or, ``--whole``, of every sixth segment of the whole clip)
one after another as I420; what was just written is still in memory, and encoded from there
without a copy.
"""

from __future__ import annotations

import multiprocessing
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import VideoReformatter
from cyclopts import App
from numpy.typing import NDArray

from bench.peers.signals import SECONDS
from bench.race import FPS
from bench.stream import Stream, as_i420

WIDTH, HEIGHT = 1920, 1080
CHUNK = 60  # frames; a second of RGBA is 500 MB
EVERY = 6
app = App()


def opened(raw: Path, mode: str, frames: int) -> NDArray[np.uint8]:
    """The frames (n, 3/2 height, width), planes below each other."""
    return np.memmap(raw, np.uint8, mode, shape=(frames, HEIGHT * 3 // 2, WIDTH))  # type: ignore[call-overload, no-any-return]


def slide() -> tuple[Any, list[range]]:
    """The scene of the slide, and its frames."""
    from bench.peers.slide import SlideAlone

    frames = round(SECONDS * FPS)
    starts = range(0, frames, CHUNK)
    return SlideAlone, [range(start, min(start + CHUNK, frames)) for start in starts]


def sample() -> tuple[Any, list[range]]:
    """The scene of the whole clip, and every sixth of its segments."""
    from rendering.beats import BeatSpan
    from rendering.segments import Timeline, cut
    from scenes.beat import schedule
    from scenes.explainers.flip_and_shift import FlipAndShift

    beats = tuple(
        BeatSpan(name=b.name, heading=b.heading, caption=b.caption, start=start, end=end)
        for b, start, end in schedule(FlipAndShift.plan_class().beats)
    )
    return FlipAndShift, cut(Timeline(frames=round(beats[-1].end * FPS), beats=beats), FPS)[::EVERY]


@app.command
def draw(raw: Path, *, whole: bool = False) -> None:
    """Draw the frames."""
    from rendering.clip import make_pictures
    from rendering.quality import Quality
    from scenes.theme import DARK

    quality = Quality("bench", WIDTH, HEIGHT, FPS)
    reformatter = VideoReformatter()
    scene, ranges = sample() if whole else slide()
    frames = opened(raw, "w+", sum(map(len, ranges)))
    done = 0
    for indices in ranges:
        for picture in make_pictures(scene, quality, indices, background=DARK.ground):
            rgba = VideoFrame.from_numpy_buffer(np.ascontiguousarray(picture), format="rgba")
            frames[done] = as_i420(rgba, reformatter).to_ndarray()
            done += 1


def encode_part(raw: Path, folder: Path, start: int, stop: int) -> None:
    """Encode some of the frames."""
    part = opened(raw, "r", stop)[start:]
    with Stream(folder / f"{start}.mp4", (WIDTH, HEIGHT), FPS) as stream:
        stream.add_all(VideoFrame.from_numpy_buffer(frame, format="yuv420p") for frame in part)


@app.command
def encode(raw: Path, folder: Path, *, processes: int = 1, whole: bool = False) -> None:
    """Encode the first frames, as many as the clip has (or all), in parts of equal length."""
    frames = raw.stat().st_size // (WIDTH * HEIGHT * 3 // 2) if whole else round(SECONDS * FPS)
    edges = np.linspace(0, frames, processes + 1).round().astype(int)
    parts = [
        multiprocessing.Process(target=encode_part, args=(raw, folder, start, stop))
        for start, stop in pairwise(edges.tolist())
    ]
    for part in parts:
        part.start()
    for part in parts:
        part.join()
    if any(part.exitcode for part in parts):
        raise SystemExit(1)


if __name__ == "__main__":
    app()
