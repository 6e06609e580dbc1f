"""Labelled numbers that change with the step that is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from manim import VGroup

from scenes.kit.typeset import LABEL, Formula, Number, Text, em, stand

__all__ = ["Readout", "Row"]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a readout: Typst mathematics, its colour, and the decimals of its number."""

    label: str
    colour: str
    decimals: int = 2


class Readout(VGroup):
    """Lines of ``label = number``, labels at the left edge and numbers at the right one.

    Numbers are set anew by `show`; labels stay.
    """

    def __init__(
        self, rows: Sequence[Row], *, left: float, right: float, top: float, leading: float = 1.75
    ) -> None:
        self.right = right
        self.baselines = [top - (k * leading + 0.8) * em(LABEL) for k in range(len(rows))]
        self.labels: list[Text] = [Formula(row.label, colour=row.colour) for row in rows]
        self.numbers = [
            Number(colour=row.colour, decimals=row.decimals, align="right") for row in rows
        ]
        for label, baseline in zip(self.labels, self.baselines, strict=True):
            stand(label, left, baseline)
        super().__init__(*self.labels, *self.numbers)

    def show(self, *values: float) -> None:
        """Write these values, one for each row."""
        for number, value, baseline in zip(self.numbers, values, self.baselines, strict=True):
            number.show(value, self.right, baseline)
