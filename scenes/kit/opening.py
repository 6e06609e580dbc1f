"""A window whose cells draw apart."""

from __future__ import annotations

from typing import Self

from scenes.kit.grid import Window
from scenes.kit.sliding import Steps

__all__ = ["Opening"]


class Opening(Steps):
    """At step 0 the window's cells are neighbours, at step 1 they are as far apart as said.

    Attributes
    ----------
    step
        From one row, and column, of the open window to the next.
    place
        Where its upper left corner stands.
    """

    def __init__(self, window: Window, step: tuple[int, int], place: tuple[int, int]) -> None:
        super().__init__()
        self.window = window
        self.step = step
        self.place = place
        self.add(window)
        self.draw(0)

    def draw(self, index: float) -> Self:
        """Open the window by this share."""
        self.index = index
        down, across = (1 + index * (step - 1) for step in self.step)
        self.window.step = (down, across)
        self.window.draw(*self.place)
        return self
