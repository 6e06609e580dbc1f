"""A live table: heights times values, line by line, and their sum."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

import numpy as np
from manim import VGroup, VMobject

from convmath.arrays import FloatArray
from convmath.copies import WeightedCopies
from scenes.kit.chart import Box, Chart, segments
from scenes.kit.plots import Curve
from scenes.kit.typeset import BODY, Formula, Number, em, resized, stand
from scenes.numerals import number
from scenes.theme import Ink, Theme
from scenes.wording import factor

__all__ = ["Ledger", "line_sample"]

_GAP = 0.12  # between columns
_SAMPLE = 0.66  # of the line of a copy
_SCREEN = Chart((0.0, 1.0), (0.0, 1.0), Box(0.0, 1.0, 0.0, 1.0))  # values are places


class Ledger(VGroup):
    """t, for each copy its line and ``height · f(c) = product``, and their sum, all live.

    Set as large as the box takes the widest numbers of the frames.
    """

    def __init__(
        self,
        frames: WeightedCopies,
        theme: Theme,
        inks: Sequence[Ink],
        box: Box,
        *,
        decimals: int,
        place_decimals: int,
    ) -> None:
        texts = [f"dot {factor(float(value))} =" for value in frames.value]
        self.factors = [_line(text, ink) for text, ink in zip(texts, inks, strict=True)]
        self.names = [_line("t =", theme.text), _line("(f * g)(t) =", theme.output)]
        self.right, self.top = box.right, box.top
        self.leading = min(0.55, (box.top - box.bottom - 0.8) / (len(inks) + 2))
        widths = (_width(frames.weight, decimals), max(f.width for f in self.factors))
        self.size = self._fitting(frames, widths, box, decimals)
        self.first = box.left + _SAMPLE + _GAP + widths[0] * self.size
        self.second = self.first + _GAP + widths[1] * self.size
        self.weights = [self._live(ink, decimals) for ink in inks]
        self.products = [self._live(ink, decimals) for ink in inks]
        self.place = Number(size=BODY, colour=theme.text.colour, decimals=place_decimals)
        self.sum = self._live(theme.output, decimals)
        self._stand(box.left)
        live = (*self.weights, *self.products, self.place, self.sum)
        super().__init__(*self.factors, *self.names, *live, *self._lines(inks, theme, box.left))

    def _fitting(
        self, frames: WeightedCopies, widths: tuple[float, float], box: Box, decimals: int
    ) -> float:
        """The size of the type, in parts of the usual one."""
        room = box.right - box.left
        row = (room - _SAMPLE - 3 * _GAP) / (sum(widths) + _width(frames.product, decimals))
        last = (room - _GAP) / (self.names[1].width + _width(frames.output, decimals))
        return float(min(1.0, row, last))

    def _live(self, ink: Ink, decimals: int) -> Number:
        size = BODY * self.size
        return Number(size=size, colour=ink.colour, decimals=decimals, align="right")

    def _stand(self, left: float) -> None:
        """Put what does not change in its place."""
        for k, text in enumerate(self.factors):
            stand(resized(text, self.size), self.second, self._level(k + 1), align="right")
        place, total = self.names
        stand(place, left, self._level(0))
        stand(resized(total, self.size), left, self._level(len(self.factors) + 1) - 0.12)

    def _lines(self, inks: Sequence[Ink], theme: Theme, left: float) -> list[VMobject]:
        """A piece of each copy's line, and the rule above the sum."""
        starts = [(left, self._level(k + 1) + 0.09) for k in range(len(inks))]
        samples = [line_sample(ink, at, _SAMPLE) for ink, at in zip(inks, starts, strict=True)]
        level = self._level(len(inks)) - 0.2
        rule = np.array([[left, level, 0.0], [self.right, level, 0.0]])
        return [*samples, segments(rule, theme.axis)]

    def _level(self, row: int) -> float:
        """The baseline of a row."""
        return self.top - 0.25 - row * self.leading

    def draw(self, weight: FloatArray, product: FloatArray, output: float, t: float) -> Self:
        """Write these numbers, (n_c,) each."""
        for k, (one, other) in enumerate(zip(weight, product, strict=True)):
            self.weights[k].draw(float(one), self.first, self._level(k + 1))
            self.products[k].draw(float(other), self.right, self._level(k + 1))
        place, total = self.names
        self.place.draw(t, place.get_right()[0] + _GAP, place.baseline)
        self.sum.draw(output, self.right, total.baseline)
        return self


def line_sample(ink: Ink, start: tuple[float, float], length: float) -> Curve:
    """A short piece of a line, from a place on the screen to the right."""
    x, y = start
    return Curve(_SCREEN, ink, np.array([[x, y], [x + length, y]]))


def _line(math: str, ink: Ink) -> Formula:
    return Formula(math, size=BODY, colour=ink.colour)


def _width(values: FloatArray, decimals: int) -> float:
    """Of the widest of the numbers, in scene units: a character is at most 0.55 em on average."""
    longest = max(len(number(float(end), decimals)) for end in (values.min(), values.max()))
    return 0.55 * em(BODY) * longest
