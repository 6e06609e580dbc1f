"""A table of all pairs, whose diagonals of equal sum are lit one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

import numpy as np
from manim import VGroup

from convmath.arrays import IntArray
from scenes.kit.cells import Cells
from scenes.kit.chart import Box
from scenes.kit.grid import Grid, column_labels, row_labels
from scenes.kit.palette import blended
from scenes.kit.sliding import Steps, settled
from scenes.kit.typeset import BODY, LABEL, Formula, Numbers, stand
from scenes.theme import Theme

__all__ = ["Diagonals"]


class Diagonals(Steps):
    """The sum a + b in the cell of each pair; step i lights the i-th total, the last one all.

    Parameters
    ----------
    first, second
        The outcomes a (down) and b (across).
    written
        The probability of each total, for the panel.
    """

    def __init__(
        self,
        cells: Cells,
        first: IntArray,
        second: IntArray,
        written: Sequence[str],
        theme: Theme,
        panel: Box,
    ) -> None:
        super().__init__()
        self.theme = theme
        self.sums = first[:, None] + second
        self.totals = np.unique(self.sums)
        self.written = written
        self.grid = Grid(cells, theme, size=BODY)
        leading = min(0.46, (panel.top - panel.bottom - 0.4) / len(self.totals))
        places = np.zeros((len(self.totals), 3))
        places[:, 1] = panel.top - 0.9 - leading * np.arange(len(self.totals))
        self.places = [places + [panel.left + x, 0.0, 0.0] for x in (0.5, 2.0)]
        self.numbers = [
            Numbers(size=BODY, colour=theme.text.colour),
            Numbers(size=BODY, colour=theme.output.colour),
        ]
        heads = self._heads(cells, panel)
        self.add(
            self.grid,
            row_labels(cells, [str(a) for a in first.tolist()], theme.fixed),
            column_labels(cells, [str(b) for b in second.tolist()], theme.moving),
            heads,
            *self.numbers,
        )
        self.draw(0)

    def _heads(self, cells: Cells, panel: Box) -> VGroup:
        """a beside the rows, b above the columns, and the heads of the panel."""
        theme, box, level = self.theme, cells.box, panel.top - 0.4
        middle = (box.left + box.right) / 2, (box.bottom + box.top) / 2
        places = {
            "a": (box.left - 0.85, middle[1] - 0.1, theme.fixed),
            "b": (middle[0], box.top + 0.65, theme.moving),
            "c": (panel.left + 0.5, level, theme.text),
            "(f * g)(c)": (panel.left + 2.0, level, theme.output),
        }
        return VGroup(
            *(
                stand(Formula(math, size=LABEL, colour=ink.colour), x, y, align="centre")
                for math, (x, y, ink) in places.items()
            )
        )

    def draw(self, index: float) -> Self:
        """Light one diagonal, and write the totals up to it."""
        self.index = index
        at = settled(index)
        reached = int(index + 1e-9) if at is None else at
        plain = blended(self.theme.ground, self.theme.product.colour, 0.18)
        strong = blended(self.theme.ground, self.theme.output.colour, 0.45)
        colours = np.full(self.sums.shape, plain, dtype=object)
        shown = min(reached, len(self.totals))
        if 0 < reached <= len(self.totals):
            colours[self.sums == self.totals[reached - 1]] = strong
        self.grid.draw(self.sums, colours.astype(str))
        contents = ([str(c) for c in self.totals[:shown].tolist()], list(self.written[:shown]))
        for numbers, texts, places in zip(self.numbers, contents, self.places, strict=True):
            numbers.draw(texts, places[:shown])
        return self
