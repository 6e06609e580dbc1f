"""The slide of flip-and-shift alone, without a pause: all motion. Our own scene, for both."""

from __future__ import annotations

from manim import linear

from bench.peers.signals import SECONDS
from scenes.explainers.flip_and_shift import FlipAndShift
from scenes.kit.chart import Axes
from scenes.kit.sliding import Slide

__all__ = ["SlideAlone"]


class SlideAlone(FlipAndShift):
    """What the picture shows after the beat "predict", from the first t to the last."""

    def construct(self) -> None:
        """Everything at once, then the slide."""
        self.stage()
        self.lower_axes = Axes(self.lower, self.theme, variable="t")
        self.readout = self._readout()
        self._show_heading("x moves over h")
        self.add(self.upper_axes, self.lower_axes, self.upper_legend, self.h_plot)
        self.add(self.sliding.draw(0))
        last = len(self.plan.frames) - 1
        self.play(Slide(self.sliding, last, rate_func=linear), seconds=SECONDS)
