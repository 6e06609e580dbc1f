"""Photographs, and a line that wipes from one to another.

Each pixel is drawn as a square: what is seen are the numbers, not a smooth guess between them.
"""

from __future__ import annotations

from typing import Self

import numpy as np
from manim import Group, ImageMobject, VMobject
from numpy.typing import NDArray
from PIL.Image import Resampling

from convmath.arrays import AnyArray
from scenes.kit.cells import Cells, rounded
from scenes.kit.chart import Box, straight
from scenes.kit.grid import Grid
from scenes.kit.palette import Scale
from scenes.kit.typeset import SMALL, Words, stand
from scenes.numerals import brief
from scenes.theme import Theme

__all__ = ["BLACK", "WHITE", "Framed", "Photo", "ShadeBar", "Wipe", "fitting", "seams", "shades"]

RGBA = NDArray[np.uint8]

BLACK, WHITE = "#000000", "#FFFFFF"
_FRAME = 2.0  # width of the line around a photograph
_SEAM = 1.0  # and of that around a cell
_CROWDED = 0.3  # side of cells, in scene units, that are too small for that
_BEYOND = 0.14  # how far the line of a wipe stands out above and below
_SHADES = 32  # steps of a bar


def shades(low: float = 0.0, high: float = 255.0) -> Scale:
    """From black to white."""
    return Scale(low, high, (BLACK, WHITE), levels=256)


def fitting(shape: tuple[int, int], box: Box) -> Box:
    """The largest box for a picture of (rows, columns), in the middle of another one."""
    return Cells.within(box, *shape, gap=0.0).box


class Photo(ImageMobject):
    """A picture in a box.

    Parameters
    ----------
    values
        (rows, columns) of grey or (rows, columns, 3) of red, green and blue, from 0 to 255.
    """

    def __init__(self, values: AnyArray, box: Box) -> None:
        super().__init__(_rgba(values), resampling_algorithm=Resampling.NEAREST)
        self.lie(box)

    def lie(self, box: Box) -> Self:
        """Fill this box instead."""
        left, right = (box.left, 0.0, 0.0), (box.right, 0.0, 0.0)
        top, bottom = np.array([0.0, box.top, 0.0]), np.array([0.0, box.bottom, 0.0])
        self.points = np.array([left + top, right + top, left + bottom, right + bottom])
        return self


def _rgba(values: AnyArray) -> RGBA:
    colours = values if values.ndim == 3 else np.repeat(values[..., None], 3, axis=2)
    opaque = np.full((*colours.shape[:2], 1), 255)
    return np.concatenate([colours, opaque], axis=2).astype(np.uint8)


def frame_of(box: Box, theme: Theme) -> VMobject:
    """A thin line around a picture."""
    line = VMobject(stroke_color=theme.axis.colour, stroke_width=_FRAME)
    line.points = rounded(box.grown(0.02), 0.0)
    return line


def seams(cells: Cells, theme: Theme) -> VMobject:
    """A thin line around each cell, so that white is seen on white and black on black.

    Around all of them together where they are small.
    """
    line = VMobject(stroke_color=theme.axis.colour, stroke_width=_SEAM)
    if min(cells.width, cells.height) > _CROWDED:
        line.points = cells.outlines(np.ones(cells.shape, dtype=bool))
    else:
        line.points = rounded(cells.box, 0.0)
    return line


class Framed(Group):
    """A photograph with a thin frame."""

    def __init__(self, values: AnyArray, box: Box, theme: Theme) -> None:
        self.photo = Photo(values, box)
        self.box = box
        super().__init__(self.photo, frame_of(box, theme))


class Wipe(Group):
    """Two pictures of one size: one left of an upright line, the other one right of it.

    Parameters
    ----------
    before, after
        As a `Photo` takes them; ``after`` appears on the right as the line goes left.

    Attributes
    ----------
    index
        How much of ``after`` is seen: 0 with the line at the right edge, 1 with it at the left one.
    """

    def __init__(self, before: AnyArray, after: AnyArray, box: Box, theme: Theme) -> None:
        self.before, self.after = _rgba(before), _rgba(after)
        self.box = box
        self.photo = Photo(before, box)
        self.line = VMobject(stroke_color=theme.weight.colour, stroke_width=theme.weight.width)
        super().__init__(self.photo, frame_of(box, theme), self.line)
        self.draw(0.0)

    def draw(self, index: float) -> Self:
        """Show so much of ``after``."""
        self.index = index
        columns = self.before.shape[1]
        reached = round((1.0 - index) * columns)
        pixels = self.after.copy()
        pixels[:, :reached] = self.before[:, :reached]
        self.photo.pixel_array = pixels
        x = self.box.left + reached / columns * (self.box.right - self.box.left)
        ends = np.array([[[x, self.box.bottom - _BEYOND, 0.0]], [[x, self.box.top + _BEYOND, 0.0]]])
        inside = 0 < reached < columns
        self.line.points = straight(*ends) if inside else np.zeros((0, 3))
        return self


class ShadeBar(Group):
    """Which numbers are shown how bright: a bar from black to white, upright.

    Parameters
    ----------
    open_ended
        Whether there are numbers beyond its ends, which are shown like these.
    """

    def __init__(
        self, box: Box, low: float, high: float, theme: Theme, *, open_ended: bool = False
    ) -> None:
        cells = Cells(
            _SHADES, 1, box.left, box.top, box.right - box.left, (box.top - box.bottom) / _SHADES, 0
        )
        values = np.linspace(high, low, _SHADES)[:, None]
        bar = Grid(cells, theme, write=None).draw(values, shades(low, high)(values))
        said = {low: f"{'≤ ' * open_ended}{brief(low)}", high: f"{'≥ ' * open_ended}{brief(high)}"}
        if low < 0 < high:
            said[0.0] = "0"
        levels = np.interp(list(said), [low, high], [box.bottom + 0.1, box.top - 0.1])
        labels = (Words(text, size=SMALL, colour=theme.text.colour) for text in said.values())
        placed = [
            stand(label, box.right + 0.2, level - 0.1)
            for label, level in zip(labels, levels, strict=True)
        ]
        super().__init__(bar, frame_of(box, theme), *placed)
