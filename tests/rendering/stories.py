"""Small scenes with beats, as specs, and what befalls the processes that draw them."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import Any

from manim import RIGHT, UP, Circle, Scene, Square, ValueTracker

from rendering.beats import BeatSpan
from rendering.quality import Quality
from rendering.segments import SceneSpec, Timeline

TINY = Quality("tiny", 160, 90, 10)
BEATS = (("begin", 3.0), ("middle", 4.0), ("end", 5.0))
STARTS = (0, 30, 70, 95)  # of the ranges that they are cut into


class Story(Scene):
    """A square that goes up, a circle that goes right, and a wait with an end."""

    def __init__(self, renderer: Any, beats: list[list[Any]], shade: float, fate: str) -> None:
        super().__init__(renderer)
        self.told, self.shade, self.fate = beats, shade, fate
        self.beats: list[BeatSpan] = []

    def construct(self) -> None:
        self.square = Square(fill_opacity=self.shade)
        self.add(self.square)
        start = 0.0
        for name, heading, seconds in self.told:
            getattr(self, f"beat_{name}")(seconds)
            end = start + seconds
            span = BeatSpan(name=name, heading=heading, caption="", start=start, end=end)
            self.beats.append(span)
            start = end

    def beat_begin(self, seconds: float) -> None:
        self.play(self.square.animate.shift(UP), run_time=seconds)

    def beat_middle(self, seconds: float) -> None:
        clock, circle = ValueTracker(0), Circle(0.5)
        circle.add_updater(lambda m: m.move_to(clock.get_value() * RIGHT))
        circle.add_updater(lambda _: befall(self.fate) if clock.get_value() > 0.5 else None)
        self.add(circle)
        self.play(clock.animate.set_value(2), run_time=seconds)
        circle.clear_updaters()

    def beat_end(self, seconds: float) -> None:
        self.play(self.square.animate.set_fill("#FF0000"), run_time=seconds / 2)
        self.wait(seconds / 2)


def befall(fate: str) -> None:
    """``die:FILE:N``: be killed, N times in all; ``sleep:SECONDS``: take long; else nothing."""
    if fate.startswith("sleep:"):
        time.sleep(float(fate.removeprefix("sleep:")))
    if not fate.startswith("die:"):
        return
    _, path, times = fate.split(":")
    for death in range(int(times)):
        try:
            Path(f"{path}-{death}").open("x").close()
        except FileExistsError:
            continue
        os.kill(os.getpid(), signal.SIGKILL)


def make(renderer: Any, *, beats: list[list[Any]], shade: float = 0.5, fate: str = "") -> Story:
    return Story(renderer, beats, shade, fate)


def story(
    *, fate: str = "", shade: float = 0.5, captions: str = "", last: float = 5.0, heading: str = ""
) -> tuple[SceneSpec, Timeline]:
    """A spec and its timeline."""
    beats: list[list[Any]] = [[name, "", seconds] for name, seconds in BEATS]
    beats[-1] = ["end", heading, last]
    start, spans = 0.0, []
    for name, own, seconds in beats:
        end = start + seconds
        spans.append(BeatSpan(name=name, heading=own, caption=captions, start=start, end=end))
        start = end
    module = "tests.rendering.stories"
    # What a timeline says of beats is no argument of a scene whose plan is made from parameters.
    spec = SceneSpec(f"{module}:make", {"beats": beats, "shade": shade, "fate": fate}, (module,))
    return spec, Timeline(frames=round(start * TINY.fps), beats=tuple(spans))


PLANNED: list[list[Any]] = []


def make_planned(renderer: Any) -> Story:
    """A story whose beats are no arguments."""
    return Story(renderer, PLANNED, 0.5, "")
