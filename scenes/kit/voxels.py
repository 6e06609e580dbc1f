"""Volumes of voxels: slices of small cubes, seen by a camera that may turn.

The projection is orthographic, so a face of all voxels of a slice is one affine map, and a slice is
drawn like a flat grid. Slices are painted from back to front, which is the true order of what hides
what as long as the camera looks at their fronts.

Places in a volume are (slice, row, column); slice 0 is the front one, row 0 the top one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self, TypeAlias

import numpy as np
from manim import VGroup, VMobject
from numpy.typing import NDArray

from convmath.arrays import AnyArray, FloatArray
from scenes.kit.cells import Cells, Mask, rounded
from scenes.kit.chart import Box, straight
from scenes.kit.grid import LEAST_TYPE, Grid
from scenes.kit.palette import Colours, blended
from scenes.theme import Ink, Theme

__all__ = ["Block", "Mask3", "View", "Voxels", "WireFrame"]

Mask3 = NDArray[np.bool_]
"""Which voxels, (slices, rows, columns)."""

_SEAM = 0.08  # between voxels, in parts of their side
_TOP, _RIGHT = ("#FFFFFF", 0.8), ("#000000", 0.72)  # light from above; the share of the own colour
_DIMMED = 0.6  # of the colour of voxels that step back
_FAINT = 0.45  # opacity of edges that run past the inside


@dataclass(frozen=True, slots=True)
class View:
    """Where the camera stands.

    Attributes
    ----------
    turn
        Degrees about the vertical axis, in (0, 90): more shows less of the slices' fronts.
    tilt
        Degrees above the horizon, in (0, 90).
    """

    turn: float
    tilt: float

    @property
    def axes(self) -> FloatArray:
        """(3, 2): the steps on the screen of one voxel's side backwards, downwards, rightwards.

        Examples
        --------
        >>> View(turn=0.0, tilt=90.0).axes.round(3).tolist()
        [[0.0, 1.0], [0.0, -0.0], [1.0, -0.0]]
        """
        turn, tilt = np.radians([self.turn, self.tilt])
        return np.array(
            [
                [np.sin(turn), np.cos(turn) * np.sin(tilt)],
                [0.0, -np.cos(tilt)],
                [np.cos(turn), -np.sin(turn) * np.sin(tilt)],
            ]
        )


@dataclass(frozen=True, slots=True)
class Block:
    """Where a volume stands on the screen.

    Attributes
    ----------
    sizes
        Slices, rows, columns.
    x, y
        The middle of the volume on the screen.
    side
        Of a voxel, in scene units.
    pitch
        From the front of one slice to the front of the next, in sides: 1 where they touch.
    """

    sizes: tuple[int, int, int]
    x: float
    y: float
    side: float
    pitch: float
    view: View

    @property
    def steps(self) -> FloatArray:
        """(3, 2): scene units for one voxel's side in each direction."""
        return self.side * self.view.axes

    def points(self, i: AnyArray, j: AnyArray, k: AnyArray, deep: float = 0.0) -> FloatArray:
        """Places (..., 3) of corners: front upper left ones of voxels (i, j, k), or between them.

        ``deep`` is how far behind the slice's front, in sides.
        """
        slices, rows, columns = self.sizes
        middle = ((slices - 1) * self.pitch + 1) / 2, rows / 2, columns / 2
        i, j, k = np.broadcast_arrays(np.asarray(i) * self.pitch + deep, j, k)
        flat = np.stack([i, j, k], axis=-1) - middle
        places = np.zeros((*i.shape, 3))
        places[..., :2] = flat @ self.steps + (self.x, self.y)
        return places

    @property
    def box(self) -> Box:
        """The rectangle around the volume."""
        slices, rows, columns = self.sizes
        ends = np.array([0, 1])
        i, j, k = np.meshgrid((slices - 1) * ends, rows * ends, columns * ends)
        both = np.concatenate([self.points(i, j, k), self.points(i, j, k, 1.0)]).reshape(-1, 3)
        (left, bottom, _), (right, top, _) = both.min(axis=0), both.max(axis=0)
        return Box(float(left), float(right), float(bottom), float(top))

    def towards(self, other: Block, share: float) -> Block:
        """On the way to another place and view; 1 is there."""

        def between(one: float, two: float) -> float:
            return one + share * (two - one)

        return replace(
            self,
            x=between(self.x, other.x),
            y=between(self.y, other.y),
            side=between(self.side, other.side),
            pitch=between(self.pitch, other.pitch),
            view=View(
                between(self.view.turn, other.view.turn), between(self.view.tilt, other.view.tilt)
            ),
        )

    def hidden(self, shown: Mask3) -> Mask3:
        """(slices, rows, columns): the voxels whose front's middle a nearer slice covers.

        Of a slice that is there in part, the rectangle around that part counts.
        """
        i, j, k = np.indices(self.sizes)
        spots = self.points(i, j + 0.5, k + 0.5)[..., :2]
        covered = np.zeros(self.sizes, dtype=bool)
        for nearer in range(self.sizes[0] - 1):
            if shown[nearer].any():
                covered |= (i > nearer) & _within(spots, self.silhouette(nearer, shown[nearer]))
        return covered

    def silhouette(self, i: int, shown: Mask) -> FloatArray:
        """Corners (6, 2) of the outline of what is shown of a slice, clockwise."""
        rows, columns = (np.flatnonzero(shown.any(axis=axis)) for axis in (1, 0))
        low, high = rows[0], rows[-1] + 1
        left, right = columns[0], columns[-1] + 1
        j = np.array([high, low, low, low, high, high])
        k = np.array([left, left, left, right, right, right])
        deep = np.array([0, 0, 1, 1, 1, 0])
        places = self.points(np.full(6, i), j, k)[:, :2]
        return np.asarray(places + deep[:, None] * self.steps[0])


def _within(spots: FloatArray, ring: FloatArray) -> Mask3:
    """Which spots (..., 2) lie inside a convex ring (n, 2) that goes clockwise."""
    ahead = np.roll(ring, -1, axis=0) - ring
    away = spots[..., None, :] - ring
    return np.asarray((ahead[:, 0] * away[..., 1] - ahead[:, 1] * away[..., 0] < 0).all(axis=-1))


class _Facets(Cells):
    """Cells with seams but without round corners: the fronts of cubes."""

    def outlines(self, where: Mask) -> FloatArray:
        wide, high = (side / 2 for side in self.tile)
        outline = rounded(Box(-wide, wide, -high, high), 0.0)
        return np.asarray((self.centres()[where][:, None] + outline).reshape(-1, 3))


class _Fronts(Grid):
    """The fronts of a slice, of which some have their number."""

    numbered: Mask

    def _draw_numbers(self, values: AnyArray, inks: Colours, seen: Mask) -> None:
        super()._draw_numbers(values, inks, seen & self.numbered)


class _Slice(VGroup):
    """One slice: the sides of its voxels, and in front of them their fronts."""

    def __init__(self, sizes: tuple[int, int], theme: Theme) -> None:
        super().__init__()
        cells = _Facets(*sizes, 0.0, 0.0, 1.0, 1.0)
        self.backing = VMobject(fill_color=theme.ground, fill_opacity=1.0, stroke_width=0.0)
        self.sides: dict[tuple[str, str], VMobject] = {}
        self.fronts = _Fronts(cells, theme)
        self.submobjects = [self.backing, self.fronts]

    def draw(
        self,
        block: Block,
        i: int,
        values: AnyArray,
        colours: Colours,
        shown: Mask,
        numbered: Mask,
        flat: Mask,
    ) -> None:
        """Draw it at this place."""
        unit = block.side
        grid = self.fronts
        grid.cells = replace(grid.cells, width=unit, height=unit, gap=_SEAM)
        grid.numbered = numbered
        grid.draw(values, colours, shown=shown)
        corner = block.points(np.array(i), np.array(0), np.array(0))
        down, right = block.view.axes[1:]
        for part in (*grid.tiles.values(), *grid.numbers.values()):
            seen = part.points[:, :1] * right - part.points[:, 1:2] * down
            part.points = np.column_stack([seen, np.zeros(len(seen))]) + corner
        self._draw_sides(block, i, colours, shown, flat)

    def _draw_backing(self, block: Block, i: int, faces: _Faces) -> None:
        """What is behind a slice does not shine through its seams."""
        quads = [_quads(block, i, where, corners) for where, corners in faces.values()]
        self.backing.points = np.concatenate(quads)

    def _draw_sides(self, block: Block, i: int, colours: Colours, shown: Mask, flat: Mask) -> None:
        """Tops and right sides, where there is no neighbour in front of them."""
        above = np.pad(shown, ((1, 0), (0, 0)))[:-1]
        beside = np.pad(shown, ((0, 0), (0, 1)))[:, 1:]
        faces = {
            "top": (shown & ~above & ~flat, _UPPER),
            "right": (shown & ~beside & ~flat, _BESIDE),
        }
        self._draw_backing(block, i, {"front": (shown, _FRONT), **faces})
        drawn = {
            (face, str(colour)): (where & (colours == colour), corners)
            for face, (where, corners) in faces.items()
            for colour in np.unique(colours[where])
            if colour
        }
        for key in drawn.keys() - self.sides.keys():
            tint, share = _TOP if key[0] == "top" else _RIGHT
            ink = blended(tint, key[1], share)
            self.sides[key] = VMobject(fill_color=ink, fill_opacity=1.0, stroke_width=0.0)
        for key, side in self.sides.items():
            where, corners = drawn.get(key, (np.zeros_like(shown), _UPPER))
            side.points = _quads(block, i, where, corners, _SEAM)
        self.submobjects = [
            self.backing,
            *(self.sides[key] for key in sorted(self.sides)),
            self.fronts,
        ]


_Faces: TypeAlias = dict[str, tuple[Mask, AnyArray]]
"""Of which voxels a face is drawn, and its corners: 0 or 1 in each direction, (4, 3)."""

_FRONT = np.array([[0, 0, 0], [0, 0, 1], [0, 1, 1], [0, 1, 0]])
_UPPER = np.array([[0, 0, 0], [1, 0, 0], [1, 0, 1], [0, 0, 1]])
_BESIDE = np.array([[0, 0, 1], [1, 0, 1], [1, 1, 1], [0, 1, 1]])


def _quads(block: Block, i: int, where: Mask, corners: AnyArray, seam: float = 0.0) -> FloatArray:
    """Bézier points of one face of these voxels, with a seam around it."""
    deep = corners[:, 0] * (1 - seam)
    down, right = np.clip(corners[:, 1:], seam / 2, 1 - seam / 2).T
    j, k = np.nonzero(where)
    places = block.points(np.full((len(j), 1), i), j[:, None] + down, k[:, None] + right)
    places[..., :2] += deep[:, None] * block.steps[0]
    return straight(places.reshape(-1, 3), np.roll(places, -1, axis=1).reshape(-1, 3))


class Voxels(VGroup):
    """Values in coloured cubes, with or without their numbers.

    Parameters
    ----------
    size
        Type in points of the numbers on a voxel with sides of 1; where that is too small to be
        read, none are written.
    """

    def __init__(self, block: Block, theme: Theme, size: float) -> None:
        super().__init__()
        self.block = block
        self.theme = theme
        self.size = size
        self.slices = [_Slice(block.sizes[1:], theme) for _ in range(block.sizes[0])]
        self.submobjects = [*self.slices[::-1]]

    def draw(
        self,
        values: AnyArray,
        colours: Colours,
        *,
        shown: Mask3 | None = None,
        numbered: Mask3 | None = None,
        dimmed: Mask3 | None = None,
    ) -> Self:
        """Draw these (slices, rows, columns) instead.

        Parameters
        ----------
        shown
            The voxels that are there; all if not given.
        numbered
            Those that show their number, where no other slice hides it; all if not given.
        dimmed
            Those that step back: they are flat.
        """
        every = np.ones(values.shape, dtype=bool)
        shown = every if shown is None else shown
        seen = (every if numbered is None else numbered) & ~self.block.hidden(shown)
        size = self.size * self.block.side
        lowered = -float(self.block.view.axes[1, 1])  # by the camera's tilt
        seen &= size * lowered >= LEAST_TYPE
        faint = ~every if dimmed is None else dimmed
        if dimmed is not None:
            pale = [blended(self.theme.ground, c, _DIMMED) for c in colours.ravel().tolist()]
            colours = np.where(dimmed, np.array(pale).reshape(colours.shape), colours)
        for i, one in enumerate(self.slices):
            one.fronts.size = size
            one.draw(self.block, i, values[i], colours[i], shown[i], seen[i], faint[i])
        return self


class WireFrame(VGroup):
    """The edges of a box around some voxels; it is drawn in front of all voxels.

    Around the front of each slice in it there is a frame; their corners are joined.

    Parameters
    ----------
    sizes
        Slices, rows, columns of the box.
    """

    def __init__(self, block: Block, sizes: tuple[int, int, int], ink: Ink) -> None:
        self.block = block
        self.sizes = sizes
        self.frames = VMobject(stroke_color=ink.colour, stroke_width=ink.width)
        self.outer = VMobject(stroke_color=ink.colour, stroke_width=ink.width / 2)
        self.inner = VMobject(stroke_color=ink.colour, stroke_width=ink.width / 2)
        self.inner.set_stroke(opacity=_FAINT)
        super().__init__(self.inner, self.outer, self.frames)
        self.set_z_index(1)

    def draw(self, i: float, j: float, k: float) -> Self:
        """Stand with the front upper left corner at this voxel; it may stand between voxels."""
        slices, rows, columns = self.sizes
        down, right = np.array([0, 0, rows, rows]), np.array([0, columns, columns, 0])
        depth = np.arange(slices)[:, None]
        rings = self.block.points(i + depth, j + down, k + right)
        self.frames.points = straight(
            rings.reshape(-1, 3), np.roll(rings, -1, axis=1).reshape(-1, 3)
        )
        if slices > 1:
            here, there = rings[:-1], rings[1:]
            outer = [0, 2]  # the upper left and the lower right corners
            self.outer.points = straight(
                here[:, outer].reshape(-1, 3), there[:, outer].reshape(-1, 3)
            )
            self._draw_inner(here, there)
        return self

    def _draw_inner(self, here: FloatArray, there: FloatArray) -> None:
        """The other two edges, but for the parts that would run through the frames' insides."""
        wide, way = here[0, 1, 0] - here[0, 0, 0], there[0, 0, 0] - here[0, 0, 0]
        free = max(1 - wide / way, 0.0)
        top, low = slice(1, 2), slice(3, 4)
        starts = [here[:, top], there[:, low] - free * (there - here)[:, low]]
        stops = [here[:, top] + free * (there - here)[:, top], there[:, low]]
        self.inner.points = straight(
            np.concatenate(starts).reshape(-1, 3), np.concatenate(stops).reshape(-1, 3)
        )
