"""The taps of a kernel: stems with their values written at the heads."""

from __future__ import annotations

from typing import Self

import numpy as np
from manim import VGroup

from convmath.arrays import FloatArray
from scenes.kit.chart import Chart
from scenes.kit.plots import StemPlot
from scenes.kit.typeset import SMALL, Number
from scenes.theme import Ink

__all__ = ["Taps"]

_ABOVE, _BELOW = 0.19, 0.38  # from the head to the baseline of its value


class Taps(VGroup):
    """Values w[0], …, w[n_k − 1] on a chart, which can be drawn anew."""

    def __init__(
        self, chart: Chart, ink: Ink, values: FloatArray, *, decimals: int, hollow: bool = False
    ) -> None:
        self.chart = chart
        self.stems = StemPlot(chart, ink, _indexed(values), hollow=hollow)
        self.numbers = VGroup(
            *(
                Number(size=SMALL, colour=ink.colour, decimals=decimals, align="centre")
                for _ in values
            )
        )
        super().__init__(self.stems, self.numbers)
        self.draw(values)

    def draw(self, values: FloatArray, written: FloatArray | None = None) -> Self:
        """Draw these values (n_k,), and write the same, or others, at their heads."""
        self.stems.values = _indexed(values)
        self.stems.draw()
        places = self.chart.points(self.stems.values)
        numbers = values if written is None else written
        for number, value, (x, y, _) in zip(self.numbers, numbers, places, strict=True):
            number.draw(float(value), x, y + _ABOVE if value >= 0 else y - _BELOW)
        return self


def _indexed(values: FloatArray) -> FloatArray:
    """Index and value, (n_k, 2)."""
    return np.stack([np.arange(len(values)), values], axis=1).astype(float)
