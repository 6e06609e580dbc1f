"""Where volumes stand in the picture: input and output pulled apart, and all three as cubes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from scenes.kit.chart import Box
from scenes.kit.voxels import Block, View

__all__ = ["VolumeRoom"]

Sizes = tuple[int, int, int]

_REST = View(turn=45.0, tilt=12.0)
_CUBE = View(turn=40.0, tilt=25.0)
_LEFT, _RIGHT = -6.05, 6.55
_TOP, _BOTTOM = 2.62, -1.02  # of volumes that are pulled apart; the kernel's numbers stand below
_GAP = 1.1  # between input and output
_TITLE = 2.7  # least width of the right column
_APART = 1.08  # the room that a slice takes of what the next one leaves free
_SIDE = 0.62  # of a voxel, at most
_LARGE = Box(-5.0, 5.0, -3.3, 2.6)  # of a single cube
_LARGE_SIDE = 1.0
_SHAPES = Box(-6.2, 6.2, -2.2, 2.4)  # of three cubes
_SIGN = 1.1  # between them


@dataclass(frozen=True, slots=True)
class VolumeRoom:
    """Blocks of one voxel size, so that what shrinks can be seen to shrink.

    Attributes
    ----------
    input, output
        Pulled apart, so that no slice hides a number of another one.
    kernel
        Where the output comes later, pulled apart too.
    cube
        The input alone, large, with touching slices.
    shapes
        Input, kernel and output as cubes side by side.
    """

    input: Block
    output: Block
    kernel: Block
    cube: Block
    shapes: tuple[Block, Block, Block]

    @classmethod
    def of(cls, input_: Sizes, padded: Sizes, kernel: Sizes, output: Sizes) -> Self:
        """As large as the picture allows."""
        one, two, weights = _apart(padded), _apart(output), _apart(kernel)
        wide = _width(one.box), max(_width(two.box), _width(weights.box))
        high = max(_height(block.box) for block in (one, two, weights))
        room = _RIGHT - _LEFT - _GAP
        side = min(_SIDE, room / sum(wide), (room - _TITLE) / wide[0], (_TOP - _BOTTOM) / high)
        column = max(side * wide[1], _TITLE)
        spare = room - side * wide[0] - column
        margin = min(spare / 3, 0.6)
        start = _RIGHT - margin - column
        y = (_TOP + _BOTTOM) / 2
        left = _LEFT + side * wide[0] / 2
        cube = _fitted(Block(input_, 0.0, 0.0, 1.0, 1.0, _CUBE), _LARGE, _LARGE_SIDE)
        return cls(
            replace(one, x=left, y=y, side=side),
            replace(two, x=start + side * _width(two.box) / 2, y=y, side=side),
            replace(weights, x=start + side * _width(weights.box) / 2, y=y, side=side),
            replace(cube, sizes=padded),
            _in_a_row((input_, kernel, output)),
        )


def _apart(sizes: Sizes) -> Block:
    """A volume in units of a voxel's side, each slice beside the one in front of it."""
    deep, _, across = _REST.axes
    pitch = _APART * (sizes[2] * across[0] + deep[0]) / deep[0]
    return Block(sizes, 0.0, 0.0, 1.0, float(pitch), _REST)


def _fitted(block: Block, room: Box, largest: float) -> Block:
    side = min(_width(room) / _width(block.box), _height(room) / _height(block.box), largest)
    x, y = (room.left + room.right) / 2, (room.bottom + room.top) / 2
    return replace(block, side=side, x=x, y=y)


def _in_a_row(sizes: tuple[Sizes, Sizes, Sizes]) -> tuple[Block, Block, Block]:
    """Cubes with room for a sign between them."""
    blocks = [Block(one, 0.0, 0.0, 1.0, 1.0, _CUBE) for one in sizes]
    widths = np.array([_width(block.box) for block in blocks])
    high = max(_height(block.box) for block in blocks)
    side = min((_width(_SHAPES) - 2 * _SIGN) / widths.sum(), _height(_SHAPES) / high, 0.6)
    starts = np.cumsum([0.0, *(side * widths[:2] + _SIGN)])
    left = -(side * widths.sum() + 2 * _SIGN) / 2
    y = (_SHAPES.bottom + _SHAPES.top) / 2
    first, second, third = (
        replace(block, x=float(left + start + side * width / 2), y=y, side=side)
        for block, start, width in zip(blocks, starts, widths, strict=True)
    )
    return first, second, third


def _width(box: Box) -> float:
    return box.right - box.left


def _height(box: Box) -> float:
    return box.top - box.bottom
