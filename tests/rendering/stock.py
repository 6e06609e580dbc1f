"""What stock Manim draws; images too, for which it asks Pillow in a way that Pillow 13 refuses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from manim import Scene, tempconfig
from manim.renderer.cairo_renderer import CairoRenderer
from PIL import Image

from rendering.lighter import light_copies
from rendering.quality import Quality
from rendering.recorder import manim_settings
from rendering.sinks import RGBA

__all__ = ["stock_frames"]


@contextmanager
def old_pillow() -> Iterator[None]:
    """An empty picture where Manim 0.22 asks for one of an array of floats, all of them 0."""
    fromarray = Image.fromarray

    def made(array: Any, mode: str | None = None) -> Image.Image:
        if mode == "RGBA" and array.dtype.kind == "f":
            assert not array.any()
            return Image.new("RGBA", array.shape[::-1])
        return fromarray(array, mode)

    with patch.object(Image, "fromarray", made):
        yield


def stock_frames(
    make_scene: Callable[[CairoRenderer], Scene],
    quality: Quality,
    take: Callable[[RGBA], Any],
    background: str = "#000000",
    every: int = 1,
) -> list[Any]:
    """What ``take`` makes of every n-th frame as Manim's own renderer draws it."""
    frames: list[Any] = []

    class Stock(CairoRenderer):
        def init_scene(self, scene: Scene, *args: Any, **kwargs: Any) -> None:
            super().init_scene(scene, *args, **kwargs)
            self.camera = scene.camera_class()

        shown = 0

        def render(self, scene: Scene, time: float, moving_mobjects: Any = None) -> None:
            if self.shown % every:
                self.shown += 1
            else:
                super().render(scene, time, moving_mobjects)

        def add_frame(self, frame: Any, num_frames: int = 1) -> None:
            indices = range(self.shown, self.shown + num_frames)
            taken = take(frame) if any(index % every == 0 for index in indices) else None
            frames.extend(taken for index in indices if index % every == 0)
            self.shown += num_frames

    settings = {"disable_caching": True}
    with (
        manim_settings(quality, background=background),
        tempconfig(settings),
        light_copies(),
        old_pillow(),
    ):
        make_scene(Stock()).render()
    return frames
