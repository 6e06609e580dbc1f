"""Labelled numbers that change with the step that is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from manim import VGroup

from scenes.kit.chart import Box
from scenes.kit.typeset import LABEL, SMALL, Formula, Number, Text, Words, em, fitted, stand
from scenes.theme import Theme

__all__ = ["Readout", "Row", "facts"]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a readout.

    Attributes
    ----------
    label
        Typst mathematics; or plain words, for a line without a number.
    colour
        Of the label and the number.
    decimals
        Of the number; None for a line of words.
    size
        Of the label, in points.
    """

    label: str
    colour: str
    decimals: int | None = 2
    size: float = LABEL


_DIGITS = 4  # kept free for a number, beside its decimals


class Readout(VGroup):
    """Lines of a label and a number, labels at the left edge and numbers at the right one.

    Numbers are set anew by `draw`; labels stay.
    """

    def __init__(
        self, rows: Sequence[Row], *, left: float, right: float, top: float, leading: float = 0.55
    ) -> None:
        self.right = right
        self.labels: list[Text] = []
        self.numbers: list[Number] = []
        self.baselines: list[float] = []
        for k, row in enumerate(rows):
            self._set(row, left, top - 0.25 - k * leading)
        super().__init__(*self.labels, *self.numbers)

    def _set(self, row: Row, left: float, baseline: float) -> None:
        if row.decimals is None:
            words = Words(row.label, size=SMALL, colour=row.colour)
            self.labels.append(stand(words, left, baseline))
            return
        digits = _DIGITS + (row.decimals + 1 if row.decimals else 0)
        room = self.right - left - digits * em(LABEL) / 2  # a digit is half an em wide
        label = fitted(Formula(row.label, size=row.size, colour=row.colour), room)
        self.labels.append(stand(label, left, baseline))
        self.numbers.append(Number(colour=row.colour, decimals=row.decimals, align="right"))
        self.baselines.append(baseline)

    def draw(self, *values: float) -> None:
        """Write these values, one for each number."""
        for number, value, baseline in zip(self.numbers, values, self.baselines, strict=True):
            number.draw(value, self.right, baseline)


def facts(pairs: Sequence[tuple[str, str]], theme: Theme, box: Box) -> VGroup:
    """Pairs of plain words and Typst mathematics, stacked from the top of a box."""
    lines = []
    top = box.top
    for words, math in pairs:
        name = Words(words, size=SMALL, colour=theme.muted.colour)
        value = fitted(Formula(math, colour=theme.text.colour), box.right - box.left)
        lines += [stand(name, box.left, top - 0.25), stand(value, box.left, top - 0.68)]
        top -= 1.2
    return VGroup(*lines)
