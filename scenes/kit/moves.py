"""Moves on a floor: pairs of arrows, head to tail, on a grid whose y counts upwards."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Self

import numpy as np
from manim import Dot, VGroup, VMobject

from convmath.arrays import AnyArray, FloatArray, IntArray
from convmath.planar_drops import PlanarDrops, Ways
from scenes.kit.cells import Cells, rounded
from scenes.kit.chart import Box, straight
from scenes.kit.grid import Grid, Window
from scenes.kit.palette import Colours
from scenes.kit.plots import dashes
from scenes.kit.sliding import Steps, glide, settled
from scenes.kit.typeset import SMALL, Formula, Stamp, stand
from scenes.theme import Ink, Theme

__all__ = [
    "Landings",
    "Moves",
    "WayByWay",
    "axis_labels",
    "floor_place",
    "framed",
    "tag",
    "tag_places",
    "ways_on",
]

_TIP, _HALF_TIP = 0.26, 0.11  # length and half the width of an arrow's head
_SHORT = 0.13  # from an arrow's head to the place that it points at: what else is there is seen
_CLEAR = 0.34  # and to the place where a way ends: the ball, and the rings around it, stand free
_DASH = 0.16
_STAY = (0.2, 0.28)  # radii of the rings for a first and a second move by (0, 0)
_TAG = 0.34  # to both sides from the place where a ends to the number of its way, in cells
_DISC = 0.17  # radius of what that stands on


def floor_place(cells: Cells, points: AnyArray) -> FloatArray:
    """Places (m, 3) of points (m, 2), x and y; y counts upwards from the lowest row."""
    x, y = np.asarray(points, dtype=np.float64).T
    corner = cells.centre(cells.rows - 1, 0)
    steps = np.stack([x * cells.width, y * cells.height, np.zeros_like(x)], axis=1)
    return np.asarray(corner + steps)


def framed(cells: Cells, ink: Ink) -> Window:
    """A frame around one cell, clear of the numbers of its neighbours."""
    return Window(cells, ink, margin=min(0.05, 0.05 * cells.width))


def axis_labels(cells: Cells, theme: Theme, *, size: float = SMALL) -> VGroup:
    """The numbers of x below the columns and of y beside the rows, and the letters x and y."""
    box, colour = cells.box, theme.muted.colour
    texts = VGroup()
    below = box.bottom - 0.12 - 0.0085 * size
    for x in range(cells.columns):
        place = cells.centre(0, x)[0]
        texts.add(stand(Formula(str(x), size=size, colour=colour), place, below, align="centre"))
    for y in range(cells.rows):
        level = cells.centre(cells.rows - 1 - y, 0)[1] - 0.0033 * size
        text = Formula(str(y), size=size, colour=colour)
        texts.add(stand(text, box.left - 0.16, level, align="right"))
    letters = (Formula(letter, size=size, colour=theme.text.colour) for letter in ("x", "y"))
    texts.add(stand(next(letters), box.right + 0.12, below))
    return texts.add(stand(next(letters), box.left - 0.16, box.top + 0.06, align="right"))


class Moves(VGroup):
    """Any number of pairs of arrows: a from one place, then b, dashed, from where a ends.

    A move by nothing is a ring around its place, the second one's wider.
    """

    def __init__(self, theme: Theme, *, opacity: float = 1.0) -> None:
        inks = (theme.fixed, theme.moving)
        self.wires = [
            VMobject(stroke_color=ink.colour, stroke_width=6.0, stroke_opacity=opacity)
            for ink in inks
        ]
        self.tips = [
            VMobject(fill_color=ink.colour, fill_opacity=opacity, stroke_width=0.0) for ink in inks
        ]
        super().__init__(*self.wires, *self.tips)

    def draw(self, corners: FloatArray, shares: tuple[float, float] = (1.0, 1.0)) -> Self:
        """Draw ways (m, 3, 3): where each begins, where a ends, where b ends.

        ``shares`` of a and of b are drawn.
        """
        for move, share in enumerate(shares):
            starts, ends = corners[:, move], corners[:, move + 1]
            still = np.linalg.norm(ends - starts, axis=1) < 1e-9
            if share <= 0:
                starts, ends = starts[:0], ends[:0]
                still = still[:0]
            reached = starts + share * (ends - starts)
            final = np.linalg.norm(corners[:, 2] - corners[:, move + 1], axis=1) < 1e-9
            short = np.where(final, _CLEAR, _SHORT)[: len(still)]
            self._draw_arrows(move, starts[~still], reached[~still], short[~still, None])
            rings = [_ring(place, _STAY[move]) for place in starts[still]]
            self.wires[move].points = np.concatenate([self.wires[move].points, *rings])
        return self

    def _draw_arrows(
        self, move: int, starts: FloatArray, ends: FloatArray, short: FloatArray
    ) -> None:
        wire, tip = self.wires[move], self.tips[move]
        lengths = np.maximum(np.linalg.norm(ends - starts, axis=1)[:, None], 1e-9)
        ends = ends - (ends - starts) / lengths * np.minimum(short, lengths / 2)
        ahead = (ends - starts) / lengths * np.minimum(_TIP, lengths)
        across = ahead[:, [1, 0, 2]] * [_HALF_TIP / _TIP, -_HALF_TIP / _TIP, 0.0]
        feet = ends - ahead
        if move:
            lines = [dashes(np.array(pair), _DASH) for pair in zip(starts, feet, strict=True)]
            wire.points = np.concatenate([np.zeros((0, 3)), *lines])
        else:
            wire.points = straight(starts, feet)
        corners = np.stack([ends, feet + across, feet - across], axis=1)
        tip.points = straight(
            corners.reshape(-1, 3), np.roll(corners, -1, axis=1).reshape(-1, 3)
        ).reshape(-1, 3)


def _ring(place: FloatArray, radius: float) -> FloatArray:
    x, y, _ = place
    return rounded(Box(x - radius, x + radius, y - radius, y + radius), radius * 0.999)


def ways_on(cells: Cells, a: IntArray, b: IntArray) -> FloatArray:
    """Places (m, 3, 3) of the start, of a, and of a + b."""
    return np.stack([floor_place(cells, place) for place in (0 * a, a, a + b)], axis=1)


class WayByWay(Steps):
    """The ways to one point, drawn one after the other; at index i, i of them are complete.

    In the first half of a step the ball makes its first move, in the second half its second one.
    `tags` are the numbers of the ways, each where its first move ends; they are shown by whoever
    shows the ways. The cells of f(a) and g(b) are framed.
    """

    def __init__(self, floor: Cells, ways: Ways, maps: Sequence[Cells], theme: Theme) -> None:
        super().__init__()
        self.corners = ways_on(floor, ways.a, ways.b)
        places = tag_places(floor, self.corners)
        self.tags = VGroup(*(tag(k, place, theme) for k, place in enumerate(places)))
        self.chosen = (ways.a, ways.b)
        self.past = Moves(theme)
        self.present = Moves(theme)
        self.frames = [
            framed(cells, ink) for cells, ink in zip(maps, (theme.fixed, theme.moving), strict=True)
        ]
        self.ball = Dot(radius=0.12, color=theme.text.colour)
        self.ball_stamp = Stamp(self.ball, self.ball.get_center())
        self.add(self.past, self.present, *self.frames, self.ball)
        self.draw(0)

    def draw(self, index: float) -> Self:
        """Show so many ways, the last one perhaps in part."""
        self.index = index
        way = max(int(np.ceil(index - 1e-9)) - 1, 0)
        done = index - way
        shares = (min(2 * done, 1.0), max(2 * done - 1, 0.0))
        corners = self.corners[way]
        self.past.draw(self.corners[:way])
        self.present.draw(corners[None], shares)
        self.ball_stamp.put(corners[0] + np.array(shares) @ np.diff(corners, axis=0))
        for frame, moves, share in zip(self.frames, self.chosen, shares, strict=True):
            _frame(frame, moves[way], share > 0)
        return self


def tag_places(floor: Cells, corners: FloatArray) -> FloatArray:
    """Places (m, 3) beside the ends of the first moves, where no arrow is near."""
    share = np.linspace(0.0, 1.0, 21)[:, None]
    arrows = np.concatenate([a + share * (b - a) for way in corners for a, b in pairwise(way)])
    sides = _TAG * np.array([[x, y, 0.0] for y in (1, 0, -1) for x in (-1, 0, 1) if x or y])
    choices = corners[:, 1, None] + sides * [floor.width, floor.height, 0.0]
    clear = np.linalg.norm(choices[:, :, None] - arrows, axis=-1).min(axis=-1)
    return np.asarray(choices[np.arange(len(corners)), clear.round(6).argmax(axis=1)])


def tag(way: int, place: FloatArray, theme: Theme) -> VGroup:
    """The number of a way, counted from 1, on a disc."""
    disc = Dot(place, radius=_DISC, color=theme.ground, fill_opacity=1.0)
    disc.set_stroke(theme.muted.colour, 2.0)
    text = Formula(str(way + 1), size=0.85 * SMALL, colour=theme.text.colour)
    return VGroup(disc, text.move_to(place))


def _frame(frame: Window, place: IntArray, shown: bool) -> None:
    if shown:
        frame.draw(frame.cells.rows - 1 - int(place[1]), int(place[0]))
    else:
        frame.points = np.zeros((0, 3))


class Landings(Steps):
    """One step for each landing point: all ways to it, and its number in the map."""

    def __init__(
        self, frames: PlanarDrops, floor: Cells, grid: Grid, colours: Colours, theme: Theme
    ) -> None:
        super().__init__()
        self.data = frames
        self.grid = grid
        self.colours = colours
        ways = [frames.ways_to(i) for i in range(len(frames))]
        self.corners = [ways_on(floor, way.a, way.b) for way in ways]
        self.places = (floor.rows - 1 - frames.c[:, 1], frames.c[:, 0])
        self.moves = Moves(theme)
        self.rings = [framed(cells, theme.output) for cells in (floor, grid.cells)]
        self.add(grid, self.moves, *self.rings)
        self.draw(0)

    def draw(self, index: float) -> Self:
        """Show landing point ``index``, or the ways to the next one, and its frame underway."""
        self.index = index
        step, place = settled(index), glide(index)
        rows, columns = (float(np.interp(place, self.data.point, at)) for at in self.places)
        for ring in self.rings:
            ring.draw(rows, columns)
        self.moves.draw(self.corners[int(np.ceil(index - 1e-9))])
        reached = int(np.floor(index)) if step is None else step
        shown = np.arange(len(self.data)).reshape(self.grid.cells.shape) <= reached
        self.grid.draw(self.data.total[::-1], self.colours, shown=shown)
        return self
