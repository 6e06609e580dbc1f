"""Rectangles of whole pixels, and which of them have changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

__all__ = ["GAP", "Box", "Stale", "joined", "whole"]


class Box(NamedTuple):
    """Pixels with ``left ≤ x < right`` and ``top ≤ y < bottom``, counted from the top left.

    Examples
    --------
    >>> Box(1, 2, 5, 9).evened()
    Box(left=0, top=2, right=6, bottom=10)
    """

    left: int
    top: int
    right: int
    bottom: int

    @property
    def area(self) -> int:
        """How many pixels; 0 if there are none."""
        return max(0, self.right - self.left) * max(0, self.bottom - self.top)

    def within(self, other: Box) -> Box:
        """The pixels that both have; its `area` is 0 if there are none."""
        left, top = max(self.left, other.left), max(self.top, other.top)
        return Box(left, top, min(self.right, other.right), min(self.bottom, other.bottom))

    def around(self, other: Box) -> Box:
        """The smallest box that has the pixels of both."""
        left, top = min(self.left, other.left), min(self.top, other.top)
        return Box(left, top, max(self.right, other.right), max(self.bottom, other.bottom))

    def evened(self) -> Box:
        """The smallest box around this one whose edges are even."""
        return Box(self.left & ~1, self.top & ~1, (self.right + 1) & ~1, (self.bottom + 1) & ~1)

    @property
    def pixels(self) -> tuple[slice, slice]:
        """Index of these pixels in an array of rows."""
        return slice(self.top, self.bottom), slice(self.left, self.right)


Stale: TypeAlias = tuple[Box, ...] | None
"""Outside of these boxes a picture equals the one before it; None if nothing is known of it."""

GAP = 24
"""Pixels: less than this between two boxes is not worth two boxes."""


def whole(height: int, width: int) -> Box:
    """All pixels of a picture."""
    return Box(0, 0, width, height)


def joined(boxes: Iterable[Box]) -> tuple[Box, ...]:
    """Boxes without a common pixel that have all pixels of these, and some more.

    Boxes that are nearer than `GAP` become one, so the letters of a line do.
    """
    apart: list[Box] = []
    for box in boxes:
        if box[0] >= box[2] or box[1] >= box[3]:
            continue
        grown = box
        while (near := _near(grown, apart)) is not None:
            grown = grown.around(apart.pop(near))
        apart.append(grown)
    return tuple(apart)


def _near(box: Box, others: list[Box]) -> int | None:
    """Where the last of the boxes stands that this one is near to."""
    left, top, right, bottom = box[0] - GAP, box[1] - GAP, box[2] + GAP, box[3] + GAP
    for k in range(len(others) - 1, -1, -1):  # letters come one after another
        other = others[k]
        if other[0] < right and left < other[2] and other[1] < bottom and top < other[3]:
            return k
    return None
