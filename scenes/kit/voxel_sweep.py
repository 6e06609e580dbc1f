"""A camera that turns about volumes, and a wire frame that goes through one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from manim import VMobject

from convmath.arrays import AnyArray, IntArray
from scenes.kit.cells import Cells
from scenes.kit.grid import type_size
from scenes.kit.palette import Colours
from scenes.kit.slices import SlicePanel
from scenes.kit.sliding import Steps, glide, settled
from scenes.kit.voxels import Block, Mask3, Voxels, WireFrame
from scenes.numerals import brief

__all__ = ["CameraMove", "Passing", "Volume", "VoxelSweep", "number_size"]


def number_size(values: AnyArray) -> float:
    """Type in points in which all of these fit the fronts of voxels with sides of 1."""
    contents = [brief(v) for v in np.unique(values).tolist()]
    return type_size(Cells(1, 1, 0.0, 0.0, 1.0, 1.0), contents, largest=np.inf)


@dataclass
class Volume:
    """A volume as it is drawn now.

    Attributes
    ----------
    shown, numbered, dimmed
        (slices, rows, columns), see `Voxels.draw`.
    """

    voxels: Voxels
    values: AnyArray
    colours: Colours
    shown: Mask3
    numbered: Mask3
    dimmed: Mask3 | None = None

    def draw(self, block: Block | None = None) -> None:
        """Draw it, at another place if one is given."""
        self.voxels.block = block or self.voxels.block
        self.voxels.draw(
            self.values,
            self.colours,
            shown=self.shown,
            numbered=self.numbered & self.shown,
            dimmed=self.dimmed,
        )


class CameraMove(Steps):
    """From step 0 to step 1 the camera, or what it sees, goes from one block to another."""

    def __init__(
        self,
        parts: Sequence[VMobject],
        ways: Sequence[tuple[Block, Block]],
        redraws: Sequence[Callable[[Block], None]],
    ) -> None:
        super().__init__()
        self.ways = ways
        self.redraws = redraws
        self.submobjects = list(parts)
        self.draw(0)

    def draw(self, index: float) -> Self:
        """Show what is seen at this part of the way."""
        self.index = index
        for (start, stop), redraw in zip(self.ways, self.redraws, strict=True):
            redraw(start.towards(stop, index))
        return self


class VoxelSweep(Steps):
    """Step n: the wire frame at the n-th position, its products, and the output so far.

    Parameters
    ----------
    corner
        (n, 3) of the wire frame's front upper left corner.
    cell
        (n, 3) of the output.
    """

    def __init__(
        self,
        input_: Volume,
        output: Volume,
        window: WireFrame,
        ring: WireFrame,
        panel: SlicePanel,
        corner: IntArray,
        cell: IntArray,
    ) -> None:
        super().__init__()
        self.input, self.output = input_, output
        self.window, self.ring, self.panel = window, ring, panel
        self.corner, self.cell = corner, cell
        self._drawn = -1
        self.submobjects = [input_.voxels, output.voxels, panel, window, ring]

    def draw(self, index: float) -> Self:
        """Show position ``index``, or the way to the next one."""
        self.index = index
        steps, way = np.arange(len(self.corner)), glide(index)
        self.window.draw(*(float(np.interp(way, steps, at)) for at in self.corner.T))
        self.ring.draw(*(float(np.interp(way, steps, at)) for at in self.cell.T))
        step = settled(index)
        self.settle(int(np.floor(index)) if step is None else step)
        return self

    def settle(self, step: int) -> None:
        """Draw the numbers of one position."""
        if step == self._drawn:
            return
        self._drawn = step
        self.input.numbered = self.under(step)
        self.input.draw()
        y = self.output.values
        self.output.shown = np.arange(y.size).reshape(y.shape) <= step
        self.output.draw()
        self.panel.draw(step)

    def forget(self) -> None:
        """Draw all anew the next time: somebody else has drawn on it."""
        self._drawn = -1

    def under(self, step: int) -> Mask3:
        """The voxels in the wire frame."""
        mask = np.zeros(self.input.values.shape, dtype=bool)
        reach = zip(self.corner[step], self.window.sizes, strict=True)
        mask[tuple(slice(at, at + size) for at, size in reach)] = True
        return mask


class Passing(Steps):
    """A wire frame that goes from place to place, (n, 3)."""

    def __init__(self, frame: WireFrame, places: AnyArray) -> None:
        super().__init__()
        self.frame = frame
        self.places = places
        self.submobjects = [frame]

    def draw(self, index: float) -> Self:
        """Stand at place ``index``, or on the way to the next."""
        self.index = index
        steps = np.arange(len(self.places))
        self.frame.draw(*(float(np.interp(index, steps, at)) for at in self.places.T))
        return self
