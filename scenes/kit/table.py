"""Columns of mathematics, set on common baselines."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import VGroup

from scenes.kit.chart import segments
from scenes.kit.frame import SAFE_X
from scenes.kit.typeset import BODY, Formula, stand
from scenes.theme import Theme

__all__ = ["Table"]

_ROOMY = 0.45  # leading from which on there is room for a rule
_RULE = 0.375  # from the last baseline to the rule above it


class Table(VGroup):
    """Rows of Typst mathematics from ``left`` and ``top`` on; columns end flush right.

    A table that would reach beyond ``right`` is scaled down. If it is ``summed``, a rule stands
    above the last row, unless the rows are too close for one.

    `rows` holds one group for each row, to be shown one after the other.
    """

    def __init__(
        self,
        rows: Sequence[Sequence[str]],
        theme: Theme,
        *,
        left: float,
        top: float,
        leading: float = 0.52,
        gap: float = 0.14,
        right: float = SAFE_X,
        summed: bool = False,
    ) -> None:
        cells = [[self._cell(math, theme) for math in row] for row in rows]
        pen = left
        for column in zip(*cells, strict=True):
            pen += max(float(cell.width) if cell else 0.0 for cell in column)
            for k, cell in enumerate(column):
                if cell is not None:
                    stand(cell, pen, top - 0.25 - k * leading, align="right")
            pen += gap
        self.rows = [VGroup(*(cell for cell in row if cell is not None)) for row in cells]
        super().__init__(*self.rows)
        if summed and leading >= _ROOMY:
            level = top - 0.25 - (len(rows) - 1) * leading + _RULE
            ends = np.array([[self.get_left()[0], level, 0], [self.get_right()[0], level, 0]])
            self.rows[-1].add(segments(ends, theme.axis))
        if self.width > right - left:
            self.scale((right - left) / self.width, about_point=np.array([left, top, 0.0]))

    @staticmethod
    def _cell(math: str, theme: Theme) -> Formula | None:
        return Formula(math, size=BODY, colour=theme.text.colour) if math else None
