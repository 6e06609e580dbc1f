"""A kernel's window goes over the whole input, and maps fill in step with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from convmath.arrays import AnyArray, IntArray
from scenes.kit.cells import Cells
from scenes.kit.grid import Grid, Window
from scenes.kit.palette import Colours, Scale, blended
from scenes.kit.sliding import Steps, glide, settled
from scenes.theme import Ink, Theme

__all__ = ["FillingMap", "Sweep", "output_colours"]

_FAINT, _STRONG = 0.1, 0.42  # of the output's colour over the ground


def output_colours(values: AnyArray, theme: Theme, low: float, high: float) -> Colours:
    """A tile's colour for each output, stronger for larger ones, on one scale for several maps."""
    faint, strong = (
        blended(theme.ground, theme.output.colour, share) for share in (_FAINT, _STRONG)
    )
    return Scale(low, high, (faint, strong))(values)


@dataclass(frozen=True)
class FillingMap:
    """A grid on which numbers appear one after the other, row by row.

    Attributes
    ----------
    values, colours
        (rows, columns) each, of the whole map.
    """

    grid: Grid
    values: AnyArray
    colours: Colours

    def draw(self, reached: int) -> None:
        """Draw the numbers up to this position."""
        shown = np.arange(self.values.size).reshape(self.values.shape) <= reached
        self.grid.draw(self.values, self.colours, shown=shown)


class Sweep(Steps):
    """One step for each position; several maps are filled in sync.

    Parameters
    ----------
    home
        The cells of the input.
    size
        Rows and columns of the kernel.
    row, column
        (n,) where the window's upper left corner stands at each step.
    ink
        Of the window and of the rings on the maps; that of text if not given.
    """

    def __init__(
        self,
        home: Cells,
        size: tuple[int, int],
        row: IntArray,
        column: IntArray,
        maps: Sequence[FillingMap],
        theme: Theme,
        ink: Ink | None = None,
    ) -> None:
        super().__init__()
        self.row = row
        self.column = column
        self.maps = maps
        ink = ink or theme.text
        self.window = Window(home, ink, rows=size[0], columns=size[1])
        self.rings = [Window(filling.grid.cells, ink) for filling in maps]
        self.add(*(filling.grid for filling in maps), *self.rings, self.window)
        self.draw(0)

    def draw(self, index: float) -> Self:
        """Show position ``index``, or the way to the next one."""
        self.index = index
        steps = np.arange(len(self.row))
        place = glide(index)
        at = (np.interp(place, steps, self.row), np.interp(place, steps, self.column))
        self.window.draw(*map(float, at))
        for ring in self.rings:
            ring.draw(*map(float, at))
        step = settled(index)
        for filling in self.maps:
            filling.draw(int(np.floor(index)) if step is None else step)
        return self
