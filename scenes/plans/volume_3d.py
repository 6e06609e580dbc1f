"""A kernel with three directions moves through a volume: products, their sum, one voxel."""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar

import numpy as np
from pydantic import Field

from convmath import Check
from convmath.arrays import AnyArray
from convmath.errors import refuse
from convmath.grid import Layout, layout_of
from convmath.grid_frames import GridSweep, sweep_grid
from convmath.verify_grid import verify_sweep
from convmath.volume import Sizes, parse_volume, slice_sums
from scenes.beat import Beat
from scenes.numerals import brief
from scenes.parameters import Parameters, Spacing, VolumeText
from scenes.plan import Plan
from scenes.plans.gridded import typed_padding
from scenes.sources import BAAS, STUDY_NOTES
from scenes.wording import by, counted, factor, listed, plural

__all__ = ["MOST", "MOST_KERNEL", "Volume3dParameters", "Volume3dPlan"]

MOST, MOST_KERNEL = 6, 3  # along each side
_LARGEST = 9  # of a number that has to be read on a voxel
_STEEPEST = 30
_SWEEP = 8.5  # seconds


class Volume3dParameters(Parameters):
    """A volume, a kernel, and how the one moves through the other."""

    volume: VolumeText = Field(
        "random 4x4x4",
        description="the volume: slices of rows such as 1,2; 3,4 | 5,6; 7,8, or random, ball, "
        "gradient, spot, with sizes if you like: ball 3x4x4; whole numbers from −9 to 9, up to "
        f"{MOST} slices, rows and columns",
    )
    seed: int = Field(4, strict=True, ge=0, description="of a random volume, 0 or more")
    kernel: VolumeText = Field(
        "1,0; 2,-1 | 0,3; 1,0",
        description="the kernel, slice by slice: 1,0; 2,-1 | 0,3; 1,0; up to "
        f"{MOST_KERNEL} slices, rows and columns",
    )
    padding: str = Field(
        "0",
        description="voxels of zeros added on each side; or valid (none), same (output as large "
        "as the input), full (every output that touches the input)",
        coerce_numbers_to_str=True,
    )
    stride: Spacing = Field(1, description="voxels from one position to the next, 1 or more")
    flip: bool = Field(
        False,
        description="reverse the kernel in all three directions: convolution in place of "
        "cross-correlation",
    )
    turn: int = Field(
        15,
        strict=True,
        ge=0,
        le=_STEEPEST,
        description=f"by how many degrees the camera turns, 0 to {_STEEPEST}",
    )


class Volume3dPlan(Plan[Volume3dParameters, GridSweep]):
    """Every output voxel is the sum of what a small box covers, each voxel times its weight."""

    slug: ClassVar[str] = "volume-3d"
    title: ClassVar[str] = "A kernel moves through a volume"
    question: ClassVar[str] = "What does a convolution do in three dimensions?"
    formula: ClassVar[str] = "y[i, j, k] = sum_(a, b, c) K[a, b, c] x[i + a, j + b, k + c]"
    sources: ClassVar[tuple[str, ...]] = (STUDY_NOTES, BAAS)
    Parameters: ClassVar[type[Parameters]] = Volume3dParameters
    scene_name: ClassVar[str] = "Volume3d"
    poster: ClassVar[str] = "whole"
    signals: ClassVar[str] = "--volume and --kernel"

    @cached_property
    def volume(self) -> AnyArray:
        """x, (slices, rows, columns)."""
        p = self.parameters
        return _small(
            "--volume", p.volume, parse_volume(p.volume, "--volume", most=MOST, seed=p.seed)
        )

    @cached_property
    def kernel(self) -> AnyArray:
        """K, (slices, rows, columns), as it was given."""
        option, text = "--kernel", self.parameters.kernel
        kernel = _small(option, text, parse_volume(text, option, most=MOST_KERNEL))
        if not kernel.any():
            refuse(option, text, "all weights are zero", "a kernel such as 1,0; 2,-1 | 0,3; 1,0")
        return kernel

    @cached_property
    def layout(self) -> Layout:
        """Where the kernel may stand."""
        p = self.parameters
        layout = layout_of(
            self.volume.shape,
            self.kernel.shape,
            padding=typed_padding(p.padding),
            stride=p.stride,
        )
        if max(layout.padded) > MOST:
            problem = f"the padded volume has {by(layout.padded, '×')} voxels, too many to show"
            accepted = f"at most {MOST} slices, rows and columns, padding included"
            refuse("--padding", p.padding, problem, accepted)
        return layout

    def make_frames(self) -> GridSweep:
        """One step for each position of the kernel."""
        p, padding = self.parameters, typed_padding(self.parameters.padding)
        _ = self.layout  # what is wrong with the sizes is said first
        return sweep_grid(
            self.volume[None],
            self.kernel[None, None],
            padding=padding,
            stride=p.stride,
            flip=p.flip,
        )

    def make_checks(self) -> tuple[Check, ...]:
        """Hold padding, products and outputs against SciPy."""
        return verify_sweep(self.frames, "zeros")

    @cached_property
    def weights(self) -> AnyArray:
        """The kernel as it lies in the volume, (slices, rows, columns)."""
        return np.asarray(self.frames.weights[0, 0])

    @property
    def output(self) -> AnyArray:
        """y, (slices, rows, columns)."""
        return np.asarray(self.frames.maps[0])

    @property
    def size(self) -> Sizes:
        """Slices, rows and columns of the output."""
        slices, rows, columns = self.frames.output_sizes
        return slices, rows, columns

    @cached_property
    def sums(self) -> AnyArray:
        """(n, kernel's slices): what each slice adds to an output."""
        return slice_sums(self.frames)

    @property
    def is_padded(self) -> bool:
        """Whether anything stands around the volume."""
        return any((*self.layout.before, *self.layout.after))

    @property
    def sweep_seconds(self) -> float:
        """How long it takes from the second position to the last."""
        return min(_SWEEP, 0.4 * max(len(self.frames) - 2, 0))

    @property
    def multiply_seconds(self) -> float:
        """How long the products of one slice take."""
        return 1.6

    @property
    def largest(self) -> int:
        """The position with the output that is largest in size, of those not worked out before."""
        sizes = np.abs(self.frames.output[:, 0])
        worked = 2 if len(sizes) > 2 else 0
        return int(sizes[worked:].argmax()) + worked

    def place(self, position: int) -> str:
        """The output's indices: ``(0, 0, 1)``."""
        return f"({', '.join(map(str, self.frames.cell[position].tolist()))})"

    def added(self, position: int) -> str:
        """The sum of a position, slice by slice: ``5 + 10 = 15``."""
        parts = self.sums[position].tolist()
        first, *others = map(factor, parts)
        total = brief(self.frames.output[position, 0].item())
        if not others:
            return first.strip("()")
        return f"{' + '.join([first, *others])} = {total}"

    def make_beats(self) -> tuple[Beat, ...]:
        """The story of this kernel in this volume."""
        beats = [self._volume(), self._slices()]
        beats += [self._padded()] if self.is_padded else []
        beats += [self._kernel()]
        beats += [self._reversed()] if self.parameters.flip else []
        beats += [self._window(), self._multiply(), self._land()]
        beats += [self._next()] if len(self.frames) > 1 else []
        beats += [self._predict(), self._size()]
        beats += [self._sweep()] if len(self.frames) > 2 else []
        beats += [self._whole(), self._shapes()]
        return tuple(beats)

    def _volume(self) -> Beat:
        slices, rows, columns = self.volume.shape
        return Beat(
            "volume",
            "A volume: numbers in three directions",
            f"A volume has three directions: here {counted(slices, 'slice')}, "
            f"{counted(rows, 'row')} and {counted(columns, 'column')}. Each small cube, a voxel, "
            "holds a number.",
            7.0,
        )

    def _slices(self) -> Beat:
        apart = "Pull the slices apart to see inside. " if len(self.volume) > 1 else ""
        return Beat(
            "slices",
            "Slices of numbers, one behind the other",
            f"{apart}In a video, slices are frames in time; in a CT scan, cuts through the body. A "
            "place is slice i, row j, column k, counted from 0.",
            8.0,
        )

    def _padded(self) -> Beat:
        slices, rows, columns = self.layout.padded
        return Beat(
            "padding",
            "Zeros are put around it",
            "Voxels with a zero are put around the volume: padding. Now there are "
            f"{counted(slices, 'slice')}, {counted(rows, 'row')} and "
            f"{counted(columns, 'column')}.",
            5.0,
        )

    def _kernel(self) -> Beat:
        slices, rows, columns = self.kernel.shape
        return Beat(
            "kernel",
            "The kernel is a small volume",
            f"The kernel is a smaller volume: {counted(slices, 'slice')} with "
            f"{counted(rows, 'row')} and {counted(columns, 'column')}. Below, "
            f"{plural(slices, 'it lies flat', 'they lie side by side')}. It has "
            f"{counted(self.kernel.size, 'weight')}.",
            6.0,
        )

    def _reversed(self) -> Beat:
        return Beat(
            "reverse",
            "Convolution reverses all three directions",
            "This is the convolution of signal processing: the kernel is reversed first, in its "
            "slices, its rows and its columns.",
            6.0,
        )

    def _window(self) -> Beat:
        slices = len(self.kernel)
        reach = (
            f"It is a box: it reaches through {counted(slices, 'slice')} and covers"
            if slices > 1
            else "It covers"
        )
        return Beat(
            "window",
            "A box inside the volume",
            f"Lay the kernel into the front upper left corner. {reach} "
            f"{counted(self.kernel.size, 'voxel')}. Only their numbers count now.",
            8.0,
        )

    def _multiply(self) -> Beat:
        slices = len(self.kernel)
        sums = self.sums[0].tolist()
        told = listed(map(brief, sums))
        adds = (
            f"Slice by slice, these products add up to {told}."
            if slices > 1
            else f"They add up to {told}."
        )
        return Beat(
            "multiply",
            "Multiply, slice by slice",
            f"Each weight is multiplied with the voxel under it: "
            f"{counted(self.kernel.size, 'product')}. {adds}",
            2.5 + self.multiply_seconds * slices,
        )

    def _land(self) -> Beat:
        name = (
            "The kernel was reversed: this is a convolution in the strict sense."
            if self.parameters.flip
            else "The kernel is not flipped: strictly, this is cross-correlation."
        )
        return Beat(
            "land",
            "All products together make one voxel",
            f"All together: {self.added(0)}. That is the output's voxel {self.place(0)}. {name}",
            7.0,
        )

    def _next(self) -> Beat:
        stride = self.parameters.stride
        axis = int(np.argmax(self.frames.cell[1]))
        way = ("slice backwards", "row down", "column to the right")[axis]
        ways = ("slices backwards", "rows down", "columns to the right")[axis]
        return Beat(
            "next",
            "Move on: a position is three numbers",
            f"Move on by {counted(stride, way, ways)}, to position {self.place(1)}. "
            f"The same weights, other voxels: {self.added(1)}.",
            7.0,
        )

    def _predict(self) -> Beat:
        stride = self.parameters.stride
        leap = f" It moves by {stride} voxels at a time." if stride > 1 else ""
        inside = "padded input" if self.is_padded else "input"
        return Beat(
            "predict",
            "Predict: how many voxels come out?",
            f"The kernel, {by(self.layout.kernel)}, has to lie inside the {inside}, "
            f"{by(self.layout.padded)}.{leap} Predict: at how many positions can it stop? Each "
            "makes one voxel of the output.",
            7.0,
        )

    def _size(self) -> Beat:
        slices, rows, columns = self.size
        return Beat(
            "size",
            "Count its places in each direction",
            f"To the right the kernel has {counted(columns, 'place')}, downwards "
            f"{counted(rows, 'place')}, backwards {counted(slices, 'place')}. "
            f"{columns} · {rows} · {slices} = {len(self.frames)}: so many voxels come out.",
            9.0,
        )

    def _sweep(self) -> Beat:
        return Beat(
            "sweep",
            "Through the whole volume",
            f"All {counted(len(self.frames), 'position')}: along each row, row by row, and then "
            "into the next slice.",
            1.6 + self.sweep_seconds,
        )

    def _whole(self) -> Beat:
        return Beat(
            "whole",
            "Each voxel is one weighted sum",
            f"The output is complete. Check one, at {self.place(self.largest)}: "
            f"its products add up to {self.added(self.largest)}.",
            7.0,
        )

    def _shapes(self) -> Beat:
        padded = " and its padding" if self.is_padded else ""
        told = (
            "Such a kernel compares slices: in a video, it can see motion."
            if len(self.kernel) > 1
            else "Such a kernel sees one slice at a time: in a video, no motion."
        )
        return Beat(
            "shapes",
            "Three directions in, three directions out",
            f"An input of {by(self.volume.shape)}{padded} with a kernel of "
            f"{by(self.kernel.shape)} gives {by(self.size)}. {told}",
            8.0,
        )


def _small(option: str, text: str, volume: AnyArray) -> AnyArray:
    """A volume of whole numbers that can be read on voxels."""
    for value in volume.ravel().tolist():
        if value != int(value) or abs(value) > _LARGEST:
            accepted = f"whole numbers from −{_LARGEST} to {_LARGEST}"
            refuse(option, text, f"{value:g} cannot be read on a voxel", accepted)
    return volume.astype(np.int64)
