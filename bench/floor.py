"""The floor: finished frames, only encoded: ``python -m bench.floor draw RAW``, then ``encode``.

``RAW`` holds the frames of the slide one after another as I420; what was just written is still in
memory, and encoded from there without a copy.
"""

from __future__ import annotations

import multiprocessing
from itertools import pairwise
from pathlib import Path

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
app = App()


def opened(raw: Path, mode: str) -> NDArray[np.uint8]:
    """The frames (n, 3/2 height, width), planes below each other."""
    frames = round(SECONDS * FPS)
    return np.memmap(raw, np.uint8, mode, shape=(frames, HEIGHT * 3 // 2, WIDTH))  # type: ignore[call-overload, no-any-return]


@app.command
def draw(raw: Path) -> None:
    """Draw the frames of the slide."""
    from bench.peers.slide import SlideAlone
    from rendering.clip import make_pictures
    from rendering.quality import Quality
    from scenes.theme import DARK

    quality = Quality("bench", WIDTH, HEIGHT, FPS)
    reformatter = VideoReformatter()
    frames = opened(raw, "w+")
    for start in range(0, len(frames), CHUNK):
        indices = range(start, min(start + CHUNK, len(frames)))
        pictures = make_pictures(SlideAlone, quality, indices, background=DARK.ground)
        for index, picture in zip(indices, pictures, strict=True):
            rgba = VideoFrame.from_numpy_buffer(np.ascontiguousarray(picture), format="rgba")
            frames[index] = as_i420(rgba, reformatter).to_ndarray()


def encode_part(raw: Path, folder: Path, start: int, stop: int) -> None:
    """Encode some of the frames."""
    part = opened(raw, "r")[start:stop]
    with Stream(folder / f"{start}.mp4", (WIDTH, HEIGHT), FPS) as stream:
        stream.add_all(VideoFrame.from_numpy_buffer(frame, format="yuv420p") for frame in part)


@app.command
def encode(raw: Path, folder: Path, *, processes: int = 1) -> None:
    """Encode the first frames, as many as the clip has, in parts of equal length."""
    edges = np.linspace(0, round(SECONDS * FPS), processes + 1).round().astype(int)
    parts = [
        multiprocessing.Process(target=encode_part, args=(raw, folder, start, stop))
        for start, stop in pairwise(edges)
    ]
    for part in parts:
        part.start()
    for part in parts:
        part.join()
    if any(part.exitcode for part in parts):
        raise SystemExit(1)


if __name__ == "__main__":
    app()
