"""What stock Manim draws."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from manim import Scene, tempconfig
from manim.renderer.cairo_renderer import CairoRenderer

from rendering.lighter import light_copies
from rendering.quality import Quality
from rendering.recorder import manim_settings
from rendering.sinks import RGBA

__all__ = ["stock_frames"]


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
    with manim_settings(quality, background=background), tempconfig(settings), light_copies():
        make_scene(Stock()).render()
    return frames
