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

__all__ = ["Abreast", "FillingMap", "RowByRow", "SteppingGrid", "Sweep", "output_colours"]

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


@dataclass(frozen=True)
class SteppingGrid:
    """A grid that shows other numbers at each position.

    Attributes
    ----------
    values, colours
        (n, rows, columns) each.
    """

    grid: Grid
    values: AnyArray
    colours: Colours

    def draw(self, reached: int) -> None:
        """Draw the numbers of this position."""
        self.grid.draw(self.values[reached], self.colours[reached])


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
    cells
        (n,) rows and (n,) columns of the maps' rings; those of the window if not given.
    dilation
        From one row and column under the kernel to the next.
    beside
        Grids that show what belongs to the position: its products, for example.
    ringed
        Such grids with a ring on the same cell as on the maps.
    """

    def __init__(
        self,
        home: Cells,
        size: tuple[int, int],
        row: IntArray,
        column: IntArray,
        maps: Sequence[FillingMap],
        theme: Theme,
        *,
        ink: Ink | None = None,
        cells: tuple[IntArray, IntArray] | None = None,
        dilation: tuple[int, int] = (1, 1),
        beside: Sequence[SteppingGrid] = (),
        ringed: Sequence[SteppingGrid] = (),
    ) -> None:
        super().__init__()
        self.row = row
        self.column = column
        self.cells = cells or (row, column)
        self.maps = maps
        self.beside = beside
        on_cell: tuple[FillingMap | SteppingGrid, ...] = (*maps, *ringed)
        self.followers = (*on_cell, *beside)
        ink = ink or theme.text
        self.window = Window(home, ink, rows=size[0], columns=size[1], step=dilation)
        self.rings = [Window(each.grid.cells, ink) for each in on_cell]
        self.add(*(follower.grid for follower in self.followers), *self.rings, self.window)
        self.draw(0)

    def draw(self, index: float) -> Self:
        """Show position ``index``, or the way to the next one."""
        self.index = index
        steps = np.arange(len(self.row))
        place = glide(index)
        self.window.draw(*(np.interp(place, steps, at) for at in (self.row, self.column)))
        for ring in self.rings:
            ring.draw(*(np.interp(place, steps, at) for at in self.cells))
        step = settled(index)
        for follower in self.followers:
            follower.draw(int(np.floor(index)) if step is None else step)
        return self


class RowByRow(Steps):
    """A map that is filled by whole rows; step n has n of them."""

    def __init__(self, filling: FillingMap) -> None:
        super().__init__()
        self.filling = filling
        self.add(filling.grid)

    def draw(self, index: float) -> Self:
        """Draw as many rows, rounded down."""
        self.index = index
        columns = self.filling.values.shape[1]
        self.filling.draw(int(index + 1e-9) * columns - 1)
        return self


class Abreast(Steps):
    """Several steps that are always at the same index."""

    def __init__(self, *parts: Steps) -> None:
        super().__init__()
        self.parts = parts
        self.add(*parts)

    def draw(self, index: float) -> Self:
        """Show step ``index`` of each."""
        self.index = index
        for part in self.parts:
            part.draw(index)
        return self
