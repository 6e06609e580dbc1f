"""The products of one position, one after the other, with the sum that they have reached."""

from __future__ import annotations

from typing import Self

import numpy as np
from manim import VGroup

from convmath.grid_frames import GridStep
from scenes.kit.cells import Cells
from scenes.kit.grid import Grid, Window
from scenes.kit.palette import Colours
from scenes.kit.sliding import Steps, glide, settled
from scenes.kit.typeset import LABEL, SMALL, Formula, Numbers, Words, stand
from scenes.numerals import brief
from scenes.theme import Theme

__all__ = ["Tapping"]

_PLACES = (-3.2, -2.1, -0.8, 2.9)  # of weight, number, product and sum, from the middle
_SIGNS = ((-2.65, "dot"), (-1.45, "="))
_WORDS = 0.75  # where "sum so far" begins


class Tapping(Steps):
    """Step k multiplies the k-th weight, row by row; rings stand on what is multiplied.

    Parameters
    ----------
    places
        The cells of the input, the kernel, the products, and others that look like the kernel.
    """

    def __init__(
        self,
        step: GridStep,
        weights: np.ndarray,
        dilation: tuple[int, int],
        products: Grid,
        colours: Colours,
        places: tuple[Cells, ...],
        theme: Theme,
        line: tuple[float, float],
    ) -> None:
        super().__init__()
        self.step = step
        self.weights = weights
        self.dilation = dilation
        self.products = products
        self.colours = colours
        self.rings = [Window(cells, theme.text, margin=0.02) for cells in places]
        inks = (theme.moving, theme.fixed, theme.product, theme.output)
        self.numbers = [Numbers(size=LABEL, colour=ink.colour) for ink in inks]
        self.x, self.y = line
        self.add(products, self._signs(theme), *self.numbers, *self.rings)
        self.draw(0)

    def _signs(self, theme: Theme) -> VGroup:
        words = Words("sum so far", size=SMALL, colour=theme.text.colour)
        signs = VGroup(stand(words, self.x + _WORDS, self.y - 0.1))
        for x, sign in _SIGNS:
            text = Formula(sign, size=LABEL, colour=theme.text.colour)
            signs.add(text.move_to((self.x + x, self.y, 0.0)))
        return signs

    def draw(self, index: float) -> Self:
        """Show product ``index``, or the rings on the way to it."""
        self.index = index
        rows, columns = self.weights.shape
        at = np.arange(rows * columns)
        place = glide(index)
        row, column = (float(np.interp(place, at, axis)) for axis in divmod(at, columns))
        first = self.step.corner + np.array([row, column]) * self.dilation
        self.rings[0].draw(*first)
        for ring in self.rings[1:]:
            ring.draw(row, column)
        here = settled(index)
        reached = int(np.floor(index)) if here is None else here
        shown = at.reshape(rows, columns) <= reached
        self.products.draw(self.step.product[0, 0], self.colours, shown=shown)
        self._write(reached)
        return self

    def _write(self, k: int) -> None:
        grids = (self.weights, self.step.window[0], self.step.product[0, 0])
        values = [grid.ravel()[k].item() for grid in grids]
        values.append(self.step.running[0, 0].ravel()[k].item())
        for numbers, value, x in zip(self.numbers, values, _PLACES, strict=True):
            numbers.draw([brief(value)], np.array([[self.x + x, self.y, 0.0]]))
