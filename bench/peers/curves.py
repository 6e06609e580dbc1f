"""Many polylines that move, for the cost of a curve; ``BENCH_CURVES`` says how many."""

from __future__ import annotations

import os
from typing import Any

import numpy as np
from manim import Animation, Scene, VGroup, VMobject, linear

from bench.peers.signals import SECONDS

__all__ = ["Curves"]

COUNT = int(os.environ.get("BENCH_CURVES", "4"))
POINTS = 400
COLOURS = ("#6CBDF2", "#FFA94D", "#3DD6A3", "#F6E15B")


class Waves(Animation):
    """Damped waves under each other, each of which runs to the right."""

    def __init__(self, waves: VGroup, **kwargs: Any) -> None:
        self.waves = waves
        super().__init__(waves, **kwargs)

    def create_starting_mobject(self) -> VGroup:
        """Points are set, not interpolated."""
        return self.waves

    def interpolate_mobject(self, alpha: float) -> None:
        """Show the waves at ``alpha`` of the way."""
        s = np.linspace(-6.0, 6.0, POINTS)
        for row, curve in enumerate(self.waves):
            centre = 10.0 * self.rate_func(alpha) - 5.0 + 0.1 * row
            height = np.exp(-((s - centre) ** 2)) * np.cos(6.0 * (s - centre))
            level = 3.5 - 7.0 * (row + 0.5) / COUNT
            places = np.column_stack([s, level + 3.0 / COUNT * height, np.zeros(POINTS)])
            curve.set_points_as_corners(places)


class Curves(Scene):
    """All of them at once."""

    def construct(self) -> None:
        """One play."""
        waves = VGroup(*(VMobject(stroke_color=COLOURS[k % 4]) for k in range(COUNT)))
        self.play(Waves(waves, run_time=SECONDS, rate_func=linear))
