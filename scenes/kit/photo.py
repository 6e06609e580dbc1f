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
from scenes.kit.typeset import SMALL, Numbers
from scenes.numerals import brief
from scenes.theme import Theme

__all__ = ["BLACK", "WHITE", "Framed", "Photo", "ShadeBar", "Wipe", "fitting", "shades"]

RGBA = NDArray[np.uint8]

BLACK, WHITE = "#000000", "#FFFFFF"
_FRAME = 2.0  # width of the line around a photograph
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
        As a `Photo` takes them; ``after`` appears on the left as the line goes right.

    Attributes
    ----------
    index
        How far the line has come: 0 at the left edge, 1 at the right one.
    """

    def __init__(self, before: AnyArray, after: AnyArray, box: Box, theme: Theme) -> None:
        self.before, self.after = _rgba(before), _rgba(after)
        self.box = box
        self.photo = Photo(before, box)
        self.line = VMobject(stroke_color=theme.weight.colour, stroke_width=theme.weight.width)
        super().__init__(self.photo, frame_of(box, theme), self.line)
        self.draw(0.0)

    def draw(self, index: float) -> Self:
        """Let the line stand so far to the right."""
        self.index = index
        columns = self.before.shape[1]
        reached = round(index * columns)
        pixels = self.before.copy()
        pixels[:, :reached] = self.after[:, :reached]
        self.photo.pixel_array = pixels
        x = self.box.left + reached / columns * (self.box.right - self.box.left)
        ends = np.array([[[x, self.box.bottom - _BEYOND, 0.0]], [[x, self.box.top + _BEYOND, 0.0]]])
        inside = 0 < reached < columns
        self.line.points = straight(*ends) if inside else np.zeros((0, 3))
        return self


class ShadeBar(Group):
    """Which numbers are shown how bright: a bar from black to white, upright."""

    def __init__(self, box: Box, low: float, high: float, theme: Theme) -> None:
        cells = Cells(
            _SHADES, 1, box.left, box.top, box.right - box.left, (box.top - box.bottom) / _SHADES, 0
        )
        values = np.linspace(high, low, _SHADES)[:, None]
        bar = Grid(cells, theme, write=None).draw(values, shades(low, high)(values))
        numbers = [low, high] if low >= 0 or high <= 0 else [low, 0.0, high]
        levels = np.interp(numbers, [low, high], [box.bottom, box.top])
        labels = Group()
        for number, level in zip(numbers, levels, strict=True):
            label = Numbers(size=SMALL, colour=theme.text.colour)
            content = brief(number)
            label.draw([content], np.array([[box.right + 0.45, level, 0.0]]))
            labels.add(label)
        super().__init__(bar, frame_of(box, theme), labels)


