"""The probabilities of whole outcomes as bars that grow one after the other, with their numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import Self

import numpy as np
from manim import VGroup

from convmath.arrays import AnyArray, FloatArray
from scenes.kit.chart import Box, Chart, segments
from scenes.kit.plots import Bars
from scenes.kit.sliding import Steps, glide
from scenes.kit.typeset import SMALL, Formula, Numbers, em, stand, width_in_ems
from scenes.numerals import number
from scenes.theme import Ink, Theme

__all__ = ["Masses"]

_BAR = 0.62  # width, in steps
_WIDEST = 0.8  # and at most, in scene units
_CLEAR = 0.1  # between neighbouring numbers, and between a bar and its number
_DROP = 0.12  # from the axis to the top of the outcomes below it


class Masses(Steps):
    """P(k) as a bar for each outcome k, its number above it and k below the axis.

    At index n the first n bars stand; between n and n + 1 the next one grows.

    Parameters
    ----------
    outcomes, p
        (n,) int64 and (n,).
    texts
        How each probability is written.
    box
        Of the bars at the height of ``highest``, or of the largest p; numbers stand above it and
        outcomes below.
    hollow
        Whether the bars are outlines only.
    """

    def __init__(
        self,
        outcomes: AnyArray,
        p: FloatArray,
        texts: list[str],
        box: Box,
        theme: Theme,
        ink: Ink,
        *,
        highest: float | None = None,
        hollow: bool = False,
    ) -> None:
        super().__init__()
        first, last = int(outcomes[0]), int(outcomes[-1])
        self.values = np.column_stack([outcomes, p]).astype(np.float64)
        self.texts = texts
        top = highest or float(p.max())
        self.chart = Chart((first - 0.5, last + 0.5), (0.0, top), box)
        step = float(self.chart.unit[0])
        self.bar = min(_BAR, _WIDEST / step)
        self.bars = Bars(self.chart, replace(ink, fill=0.0 if hollow else 0.5))
        self.numbers = Numbers(size=self._size(step), colour=theme.text.colour)
        ends = [[box.left, box.bottom, 0.0], [box.right, box.bottom, 0.0]]
        self.axis = VGroup(segments(np.array(ends), theme.axis), *self._outcomes(outcomes, theme))
        self.add(self.axis, self.bars, self.numbers)
        self.draw(len(p))

    @property
    def tops(self) -> FloatArray:
        """(n,) heights of the tops of the bars on the screen."""
        return self.chart.points(self.values)[:, 1]

    def _size(self, step: float) -> float:
        """Type in which the numbers of neighbouring bars keep apart."""
        widest = max(width_in_ems(text) for text in self.texts)
        return min(SMALL, (step - _CLEAR) / (widest * em(1.0)))

    def _outcomes(self, outcomes: AnyArray, theme: Theme) -> list[Formula]:
        labels = []
        level = self.chart.box.bottom - _DROP - 0.7 * em(SMALL)
        for k in outcomes.tolist():
            label = Formula(number(k, 0), size=SMALL, colour=theme.muted.colour)
            stand(label, self.chart.point(k, 0)[0], level, align="centre")
            labels.append(label)
        return labels

    def draw(self, index: float) -> Self:
        """Show so many bars."""
        self.index = index
        height = np.clip(glide(index) - np.arange(len(self.values)), 0.0, 1.0)
        shown = height > 0
        self.bars.draw(self.values[shown] * np.column_stack([shown, height])[shown], self.bar)
        whole = height == 1
        tops = self.chart.points(self.values[whole]) + [0.0, _CLEAR + 0.35 * em(SMALL), 0.0]
        texts = [text for text, stands in zip(self.texts, whole, strict=True) if stands]
        self.numbers.draw(texts, tops)
        return self
