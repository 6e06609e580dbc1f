"""A probability mass function as stems with their numbers."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from manim import VGroup

from convmath.arrays import FloatArray, IntArray
from scenes.kit.cells import Cells
from scenes.kit.chart import Box, Chart, segments
from scenes.kit.grid import type_size
from scenes.kit.plots import Ring, Stems
from scenes.kit.typeset import LABEL, SMALL, Numbers
from scenes.theme import Ink, Theme

__all__ = ["PmfStems", "stem_numbers"]

_ABOVE, _BELOW = 0.38, 0.3  # from a head up to its number; from the axis down to its outcome


class PmfStems(VGroup):
    """Stems over their outcomes, with the probabilities above and the outcomes below.

    Attributes
    ----------
    stems, numbers, axis
        To be shown one after the other.
    """

    def __init__(
        self,
        outcomes: IntArray,
        p: FloatArray,
        box: Box,
        theme: Theme,
        ink: Ink,
        write: Callable[[float], str],
        *,
        hollow: bool = False,
    ) -> None:
        self.chart = Chart(
            (float(outcomes[0]) - 0.6, float(outcomes[-1]) + 0.6), (0.0, float(p.max())), box
        )
        self.ink = ink
        self.values = np.stack([outcomes, p], axis=1).astype(float)
        self.stems = Stems(self.chart, ink, self.values, hollow=hollow)
        line = self.chart.points(np.array([[self.chart.x_range[0], 0], [self.chart.x_range[1], 0]]))
        feet = self.chart.points(self.values * [1.0, 0.0]) - [0.0, _BELOW, 0.0]
        below = Numbers(size=SMALL, colour=theme.muted.colour)
        below.draw([str(k) for k in outcomes.tolist()], feet)
        self.axis = VGroup(segments(line, theme.axis), below)
        self.numbers = stem_numbers(self.chart, self.values, write, ink)
        super().__init__(self.axis, self.stems, self.numbers)

    def ring(self, outcome: int) -> Ring:
        """A circle around the head of one stem."""
        (row,) = self.values[self.values[:, 0] == outcome]
        return Ring(self.chart.point(*row), self.ink, radius=0.16)


def stem_numbers(
    chart: Chart, values: FloatArray, write: Callable[[float], str], ink: Ink
) -> Numbers:
    """The heights of stems (n, 2) above their heads, in type that keeps neighbours apart."""
    written = [write(value) for value in values[:, 1].tolist()]
    room = Cells(1, 1, 0.0, 0.0, 1.1 * float(chart.unit[0]), 1.0, gap=0.0)
    numbers = Numbers(size=type_size(room, written, largest=0.9 * LABEL), colour=ink.colour)
    return numbers.draw(written, chart.points(values) + [0.0, _ABOVE, 0.0])
