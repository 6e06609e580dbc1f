"""A grid of numbers as coloured cells: matrices, pixels, kernels, heat maps.

A grid is drawn as one mobject for each colour and one for each ink of its numbers, however many
cells it has, and can be drawn anew in every frame.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, Self

import numpy as np
from manim import VGroup, VMobject

from convmath.arrays import AnyArray, FloatArray
from scenes.kit.cells import Cells, Mask, rounded
from scenes.kit.palette import Colours, blended, readable
from scenes.kit.typeset import LABEL, SMALL, Formula, Numbers, em, stand, width_in_ems
from scenes.numerals import brief
from scenes.theme import Ink, Theme

__all__ = ["LEAST_TYPE", "Grid", "Window", "column_labels", "row_labels", "type_size"]

LEAST_TYPE = 15.0  # points; the layout report calls smaller type too small

_ROOM = 0.84  # the part of a tile that a number may fill
_DIMMED = 0.2  # opacity of what is not looked at: muted numbers can still be read on it


def type_size(cells: Cells, contents: Sequence[str], *, largest: float = LABEL) -> float:
    """Type in points in which each of these numbers fits its cell.

    Below `LEAST_TYPE` there is no room for numbers that can be read.
    """
    widest = max((width_in_ems(content) for content in contents), default=0.0)
    width, height = cells.tile
    fits = min(_ROOM * width / widest if widest else np.inf, 0.62 * height)
    return min(float(fits) / em(1.0), largest)


class Grid(VGroup):
    """Values in coloured cells, with or without their numbers.

    Parameters
    ----------
    cells
        Where they stand.
    size
        Type in points; chosen to fit the numbers that are drawn if not given. Give one (see
        `type_size`) where numbers change, or where several grids should look alike.
    write
        How a value is written; None for cells without numbers.
    inks
        Colours of the numbers, of which the more readable one is taken on each tile; those of the
        theme if not given. Only black and white can be read on every grey.

    Examples
    --------
    A 2 × 2 heat map, drawn, and drawn again with its left column alone::

        grid = Grid(Cells.within(box, 2, 2), theme)
        grid.draw(values, Scale(0.0, 3.0, (theme.ground, theme.muted.colour))(values))
        grid.draw(values, colours, shown=np.array([[True, False], [True, False]]))
    """

    def __init__(
        self,
        cells: Cells,
        theme: Theme,
        *,
        size: float | None = None,
        write: Callable[[float], str] | None = brief,
        inks: tuple[str, str] | None = None,
    ) -> None:
        super().__init__()
        self.cells = cells
        self.theme = theme
        self.ink_colours = inks or (theme.text.colour, theme.ground)
        self.size = size
        self.write = write
        self.tiles: dict[str, VMobject] = {}
        self.numbers: dict[str, Numbers] = {}

    def draw(
        self,
        values: AnyArray,
        colours: Colours | str,
        *,
        shown: Mask | None = None,
        dimmed: Mask | None = None,
    ) -> Self:
        """Draw these values instead.

        Parameters
        ----------
        values
            (rows, columns); a cell whose value is NaN stays empty.
        colours
            ``#rrggbb`` of each tile, or one for all; a value with an empty colour has no tile.
        shown
            The cells that are drawn; all if not given.
        dimmed
            The cells that step back: a faint tile and a muted number.
        """
        seen = ~np.isnan(values) if values.dtype.kind == "f" else np.ones(values.shape, dtype=bool)
        seen = seen if shown is None else seen & shown
        faint = np.zeros(values.shape, dtype=bool) if dimmed is None else dimmed
        tiles = self._tile_colours(np.broadcast_to(np.asarray(colours), values.shape), faint)
        self._draw_tiles(tiles, seen & (tiles != ""))
        if self.write is not None:
            self._draw_numbers(values, self._inks(tiles, faint), seen)
        return self

    def _tile_colours(self, colours: Colours, faint: Mask) -> Colours:
        """What each tile looks like on the ground."""
        pale = _each(lambda c: c and blended(self.theme.ground, c, _DIMMED), colours)
        return np.where(faint, pale, colours)

    def _draw_tiles(self, colours: Colours, seen: Mask) -> None:
        for colour in np.unique(colours[seen]):
            if colour not in self.tiles:
                self.tiles[colour] = VMobject(fill_color=colour, fill_opacity=1.0, stroke_width=0.0)
                self._stack()
        for colour, tile in self.tiles.items():
            tile.points = self.cells.outlines(seen & (colours == colour))

    def _stack(self) -> None:
        """Numbers in front of tiles; what was drawn before does not change their order."""
        layers = (self.tiles, self.numbers)
        self.submobjects = [part[name] for part in layers for name in sorted(part)]

    def _inks(self, tiles: Colours, faint: Mask) -> Colours:
        """What each number is written in: what reads best on its tile."""
        theme, inks = self.theme, self.ink_colours
        best = _each(lambda colour: readable(colour or theme.ground, inks), tiles)
        return np.where(faint, theme.muted.colour, best)

    def _draw_numbers(self, values: AnyArray, inks: Colours, seen: Mask) -> None:
        contents = self._written(values, seen)
        size = self.size or type_size(self.cells, list(contents[seen]))
        for ink in np.unique(inks[seen]):
            if ink not in self.numbers:
                self.numbers[ink] = Numbers(size=size, colour=ink)
                self._stack()
        centres = self.cells.centres()
        for ink, numbers in self.numbers.items():
            here = seen & (inks == ink)
            numbers.size = size
            numbers.draw(list(contents[here]), centres[here])

    def _written(self, values: AnyArray, seen: Mask) -> AnyArray:
        assert self.write is not None
        contents = np.full(values.shape, "", dtype=object)
        contents[seen] = [self.write(value) for value in values[seen].tolist()]
        return contents


def _each(change: Callable[[str], str], colours: Colours) -> Colours:
    """Another colour for each; computed once for each different one."""
    different, where = np.unique(colours, return_inverse=True)
    return np.array([change(str(colour)) for colour in different])[where.reshape(colours.shape)]


class Window(VMobject):
    """A frame around a block of cells, to light up a cell, a row, or what a kernel covers.

    Parameters
    ----------
    rows, columns
        How many cells there are in the block.
    margin
        From the cells' edge outwards, in scene units.
    step
        From one of its rows, and columns, to the next. Where there are cells between them, each
        cell of the block has a frame of its own inside the large one.
    """

    def __init__(
        self,
        cells: Cells,
        ink: Ink,
        *,
        rows: int = 1,
        columns: int = 1,
        margin: float = 0.05,
        step: tuple[float, float] = (1, 1),
    ) -> None:
        super().__init__(stroke_color=ink.colour, stroke_width=ink.width, fill_opacity=0.0)
        self.cells = cells
        self.rows = rows
        self.columns = columns
        self.margin = margin
        self.step = step

    def draw(self, row: float, column: float) -> Self:
        """Stand with the upper left corner at this cell; it may stand between cells."""
        down, across = self.step
        span = (down * (self.rows - 1) + 1, across * (self.columns - 1) + 1)
        parts = [self._frame(row, column, *span)]
        if self.step != (1, 1):
            parts += [
                self._frame(row + down * a, column + across * b)
                for a in range(self.rows)
                for b in range(self.columns)
            ]
        self.points = np.concatenate(parts)
        return self

    def _frame(self, row: float, column: float, rows: float = 1, columns: float = 1) -> FloatArray:
        inner = self.cells.block(row, column, rows, columns)
        radius = 0.12 * min(self.cells.width, self.cells.height) + self.margin
        return rounded(inner.grown(self.margin), radius)


def column_labels(
    cells: Cells,
    labels: Sequence[str],
    ink: Ink,
    *,
    side: Literal["top", "bottom"] = "top",
    size: float = SMALL,
) -> VGroup:
    """Typst mathematics above or below the columns, on one baseline."""
    box = cells.box
    baseline = box.top + 0.22 if side == "top" else box.bottom - 0.22 - 0.7 * em(size)
    texts = (Formula(label, size=size, colour=ink.colour) for label in labels)
    return VGroup(
        *(
            stand(text, cells.centre(0, column)[0], baseline, align="centre")
            for column, text in enumerate(texts)
        )
    )


def row_labels(
    cells: Cells,
    labels: Sequence[str],
    ink: Ink,
    *,
    side: Literal["left", "right"] = "left",
    size: float = SMALL,
) -> VGroup:
    """Typst mathematics beside the rows."""
    box = cells.box
    x, align = (box.left - 0.2, "right") if side == "left" else (box.right + 0.2, "left")
    texts = (Formula(label, size=size, colour=ink.colour) for label in labels)
    return VGroup(
        *(
            stand(text, x, cells.centre(row, 0)[1] - 0.3 * em(size), align=align)
            for row, text in enumerate(texts)
        )
    )
