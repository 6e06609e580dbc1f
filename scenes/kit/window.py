"""Samples under a window, the taps that they meet, and what the products add up to."""

from __future__ import annotations

from collections.abc import Sequence

from manim import VGroup

from scenes.kit.chart import Box
from scenes.kit.typeset import BODY, Formula, fitted, resized, stand

__all__ = ["Window"]

_LABEL = 1.2  # width of the labels, in scene units
_LEADING = 0.62
_FILL = 0.82  # of a column that a number may take


class Window(VGroup):
    """Two rows of numbers in even columns, each behind its label, and a sum below them.

    Attributes
    ----------
    samples, taps
        Label and numbers of each row.
    total
        The line below them, flush with the last column.
    """

    def __init__(
        self,
        samples: Sequence[str],
        taps: Sequence[str],
        total: str,
        inks: tuple[str, str, str],
        box: Box,
    ) -> None:
        self.pitch = (box.right - box.left - _LABEL) / (len(samples) - 1)
        self.samples = self._row(samples, inks[0], box, box.top)
        self.taps = self._row(taps, inks[1], box, box.top - _LEADING)
        self._fit_numbers()
        self.total = Formula(total, size=BODY, colour=inks[2])
        stand(self.total, box.right, box.top - 2.1 * _LEADING, align="right")
        super().__init__(self.samples, self.taps, self.total)

    def _row(self, maths: Sequence[str], colour: str, box: Box, level: float) -> VGroup:
        """The label at the left edge, and the numbers flush right in their columns."""
        label, *numbers = (Formula(math, size=BODY, colour=colour) for math in maths)
        stand(fitted(label, _LABEL - 0.1), box.left, level)
        for j, number in enumerate(numbers, start=1):
            stand(number, box.left + _LABEL + j * self.pitch, level, align="right")
        return VGroup(label, *numbers)

    def _fit_numbers(self) -> None:
        """One size for all, in which the widest leaves a gap to its neighbour."""
        numbers = [*self.samples[1:], *self.taps[1:]]
        factor = min(1.0, _FILL * self.pitch / max(float(number.width) for number in numbers))
        for number in numbers:
            right, level = float(number.get_right()[0]), number.baseline
            stand(resized(number, factor), right, level, align="right")
