"""Small scenes that know nothing of convolution."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Circle,
    FadeIn,
    LaggedStart,
    Scene,
    Square,
    ValueTracker,
    VGroup,
)
from manim.renderer.cairo_renderer import CairoRenderer

from rendering.beats import BeatSpan
from rendering.clip import make_clip
from rendering.manifest import Description
from rendering.quality import Quality

TINY = Quality("tiny", 160, 90, 15)
PATCH = (0xC8, 0x3C, 0x28)


class Squares(Scene):
    """A slide driven by a tracker, a wait, a lagged start, a wait with an updater, a wait."""

    shade = 0.5

    def __init__(self, renderer: CairoRenderer | None = None) -> None:
        super().__init__(renderer=renderer)
        self.beats: list[BeatSpan] = []

    def construct(self) -> None:
        where = ValueTracker(-3.0)
        still = Square(fill_opacity=self.shade, color="#3388FF").shift(UP)
        moving = Circle(0.7, fill_opacity=0.7, stroke_width=3)
        moving.add_updater(lambda m: m.move_to([where.get_value(), 0.2, 0]))
        self.add(still, moving)
        self.play(where.animate.set_value(3.0), run_time=1.2)
        self.beats.append(BeatSpan(name="slide", caption="It slides.", start=0, end=self.time))
        self.wait(0.6)
        row = VGroup(*[Square(0.4, fill_opacity=1) for _ in range(4)]).arrange(RIGHT).shift(DOWN)
        self.play(LaggedStart(*map(FadeIn, row), lag_ratio=0.3), run_time=1.0)
        self.wait(0.2, frozen_frame=False)
        middle = self.beats[-1].end
        self.beats.append(
            BeatSpan(name="row", caption="a < b & so on", start=middle, end=self.time)
        )
        self.wait(0.4)


class Darker(Squares):
    shade = 0.51


class Flat(Scene):
    """A patch of `PATCH` over the whole left half, on whatever ground."""

    def construct(self) -> None:
        square = Square(8, fill_opacity=1, stroke_width=0).set_fill("#C83C28")
        self.add(square.move_to(4 * LEFT))
        self.wait(1)


class Chain(Scene):
    """Updaters that read each other in the wrong order, so that one lags a frame behind."""

    def construct(self) -> None:
        where = ValueTracker(-3.0)
        follower, leader = Circle(0.4), Square(0.6)
        follower.add_updater(lambda m: m.move_to(leader.get_center() + UP))
        leader.add_updater(lambda m: m.move_to([where.get_value(), -1, 0]))
        self.add(follower, leader)
        self.play(where.animate.set_value(3.0), run_time=1)
        self.wait(0.2)
        self.play(where.animate.set_value(0.0), run_time=1)


class Interrupted(Squares):
    """Sends itself a signal in the middle of a play."""

    signal = signal.SIGINT

    def construct(self) -> None:
        clock = ValueTracker(0)

        def interrupt(_: object) -> None:
            if clock.get_value() > 0.5:
                os.kill(os.getpid(), self.signal)

        self.add(clock, Square(fill_opacity=0.5).add_updater(interrupt))
        self.play(clock.animate.set_value(1), run_time=2)


class Terminated(Interrupted):
    signal = signal.SIGTERM


def clip_of_interrupted(folder: str, which: str) -> None:
    """What the interrupt test runs in a process of its own."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    make_clip(globals()[which], Path(folder) / "a.mp4", TINY, describe=Description(slug="a"))


def bt709_to_rgb(y: int, cb: int, cr: int) -> np.ndarray:
    """Limited range Y'CbCr to R'G'B' by the constants of Rec. ITU-R BT.709-6, items 3.2 and 3.3."""
    light, blue, red = (y - 16) / 219, (cb - 128) / 224, (cr - 128) / 224
    r, b = light + 1.5748 * red, light + 1.8556 * blue
    return 255 * np.array([r, (light - 0.2126 * r - 0.0722 * b) / 0.7152, b])
