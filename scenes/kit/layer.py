"""A layer of neurons and its matrix, drawn neuron by neuron."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import Circle, VGroup, VMobject

from convmath import LayerMatrix
from convmath.arrays import AnyArray, FloatArray
from scenes.kit.cells import Cells
from scenes.kit.chart import segments, straight
from scenes.kit.grid import Grid, Window
from scenes.kit.palette import Colours, Scale, blended, series
from scenes.kit.sliding import Steps, glide, settled
from scenes.kit.typeset import LABEL, Numbers
from scenes.numerals import short
from scenes.theme import Ink, Theme

__all__ = [
    "Copying",
    "Emptying",
    "Multiplying",
    "Network",
    "Sharing",
    "Walk",
    "entry_colours",
    "shades",
]


def entry_colours(frames: LayerMatrix, theme: Theme) -> Colours:
    """The colour of the weight that stands at each entry, (n_out, n_in); none outside the band."""
    colours = np.array([*series(theme, frames.weights.size), ""])
    return np.asarray(colours[frames.tap])  # −1 is the last one


def shades(values: FloatArray, theme: Theme) -> Colours:
    """A shade of grey for each of many different weights."""
    faint, strong = (blended(theme.ground, theme.muted.colour, share) for share in (0.1, 0.5))
    return Scale(float(values.min()), float(values.max()), (faint, strong), levels=9)(values)


class Network(VGroup):
    """Neurons below a line of inputs, each with lines to the inputs in its window.

    Parameters
    ----------
    line
        The cells of the input, among them those beside it that windows hang over.
    inks
        The colour of each line of a neuron, from left to right.
    level
        Height of the neurons' centres on the screen.
    """

    def __init__(self, line: Cells, theme: Theme, inks: Sequence[str], level: float) -> None:
        self.line = line
        self.level = level
        self.radius = min(0.34, 0.42 * line.width)
        self.wires = [VMobject(stroke_color=ink, stroke_width=4.0) for ink in inks]
        self.arrows = VMobject(stroke_color=theme.output.colour, stroke_width=3.0)
        self.discs = VMobject(
            fill_color=blended(theme.ground, theme.text.colour, 0.12),
            fill_opacity=1.0,
            stroke_color=theme.text.colour,
            stroke_width=3.0,
        )
        self.names = Numbers(size=LABEL * self.radius / 0.34, colour=theme.text.colour)
        super().__init__(*self.wires, self.arrows, self.discs, self.names)

    def centre(self, place: float) -> FloatArray:
        """Where a neuron stands whose window begins at this column of the line."""
        x = self.line.centre(0, place + (len(self.wires) - 1) / 2)[0]
        return np.array([x, self.level, 0.0])

    def feet(self, columns: AnyArray) -> FloatArray:
        """The lower ends (n, 3) of the cells of these columns."""
        return np.array([self.line.centre(0.5, column) for column in columns])

    @property
    def drop(self) -> float:
        """How far below its centre a neuron's arrow ends."""
        return self.radius + 0.65

    def draw(self, places: Sequence[float]) -> Network:
        """Let there be a neuron for each of these windows."""
        at = np.array(places, dtype=np.float64)
        centres = np.array([self.centre(place) for place in at]).reshape(-1, 3)
        for k, wire in enumerate(self.wires):
            wire.points = straight(self.feet(at + k), centres)
        self.arrows.points = straight(centres, centres - [0.0, self.drop, 0.0])
        disc = Circle(radius=self.radius).points
        self.discs.points = (centres[:, None] + disc).reshape(-1, 3)
        self.names.draw(["A"] * len(at), centres)
        return self

    def all_wires(self, neurons: int, columns: AnyArray, ink: Ink) -> VMobject:
        """A line from every input to every neuron."""
        feet = np.repeat(self.feet(columns), neurons, axis=0)
        heads = np.tile([self.centre(n) for n in range(neurons)], (len(columns), 1))
        return segments(np.stack([feet, heads], axis=1).reshape(-1, 3), ink)


class Walk(Steps):
    """A window walks over the input, one neuron at a time.

    A subclass writes `move`, for what moves along, and `reach`, for what stands once a neuron is
    reached.

    Parameters
    ----------
    line
        The cells of the input, among them those beside it that windows hang over.
    matrix
        The cells of W.
    """

    def __init__(self, frames: LayerMatrix, line: Cells, matrix: Cells, theme: Theme) -> None:
        super().__init__()
        self.frames = frames
        self.theme = theme
        self.window = Window(line, theme.text, columns=frames.weights.size)
        self.frame = Window(matrix, theme.text, columns=matrix.columns)

    def draw(self, index: float) -> Walk:
        """Show neuron ``index``, or the way to the next one; −1 is before the first is reached."""
        self.index = index
        place, step = max(glide(index), 0.0), settled(index)
        self.window.draw(0, place)
        self.frame.draw(place, 0)
        self.move(place)
        self.reach(int(np.floor(index)) if step is None else step)
        return self

    def move(self, place: float) -> None:
        """Draw what moves, at this many steps from the first neuron."""

    def reach(self, n: int) -> None:
        """Draw what stands when neuron n is the last one reached."""


class Strip(Grid):
    """The weights of one neuron, which can be moved."""

    def __init__(
        self, home: Cells, frames: LayerMatrix, order: Sequence[int], theme: Theme, size: float
    ) -> None:
        super().__init__(home, theme, size=size, write=short)
        self.home = home
        self.values = frames.weights[list(order)][None]
        self.colours = np.array([[series(theme, len(order))[j] for j in order]])

    def put(self, rows: float, columns: float, shown: AnyArray | None = None) -> Strip:
        """Stand so many rows below and columns to the right of home."""
        self.cells = self.home.moved(rows, columns)
        self.draw(self.values, self.colours, shown=shown)
        return self


class Copying(Walk):
    """A neuron with its weights moves along and leaves copies of itself behind."""

    def __init__(
        self,
        frames: LayerMatrix,
        line: Cells,
        matrix: Cells,
        theme: Theme,
        network: Network,
        strip: Strip,
    ) -> None:
        super().__init__(frames, line, matrix, theme)
        self.network = network
        self.strip = strip
        self.add(network, strip, self.window)
        self.draw(0)

    def move(self, place: float) -> None:
        """The neuron and its weights; copies stand at all places before."""
        behind = range(int(np.ceil(place - 1e-9)))
        self.network.draw([*behind, place])
        self.strip.put(0, place)


class Emptying(Walk):
    """Row by row, what lies outside the window becomes zero.

    Parameters
    ----------
    dense, zeros
        Grids on the cells of W: for weights of a fully connected layer, and for zeros.
    """

    def __init__(
        self, frames: LayerMatrix, line: Cells, dense: Grid, zeros: Grid, theme: Theme
    ) -> None:
        super().__init__(frames, line, dense.cells, theme)
        self.dense = dense
        self.zeros = zeros
        self.shades = shades(frames.dense, theme)
        self.add(dense, zeros, self.frame, self.window)
        self.draw(-1)

    def reach(self, n: int) -> None:
        """Zeros in the rows so far."""
        frames = self.frames
        outside = frames.tap < 0
        zero = outside & (frames.n <= n)[:, None]
        self.dense.draw(frames.dense, self.shades, shown=~zero)
        self.zeros.draw(frames.row, "", shown=zero, dimmed=outside)


class Sharing(Walk):
    """Row by row, the same weights take their places in the band.

    Parameters
    ----------
    dense, matrix
        Grids on the cells of W: for weights that are not shared yet, and for W itself.
    """

    def __init__(
        self,
        frames: LayerMatrix,
        line: Cells,
        dense: Grid,
        matrix: Grid,
        theme: Theme,
        strip: Strip,
    ) -> None:
        super().__init__(frames, line, matrix.cells, theme)
        self.dense = dense
        self.matrix = matrix
        self.strip = strip
        self.colours = entry_colours(frames, theme)
        self.shades = shades(frames.dense, theme)
        self.add(dense, matrix, strip, self.frame, self.window)
        self.draw(-1)

    def move(self, place: float) -> None:
        """The weights move along the diagonal; those beside the matrix are not drawn."""
        frames = self.frames
        ends = frames.start[[int(np.floor(place)), int(np.ceil(place))]]
        columns = ends[:, None] + np.arange(frames.weights.size)
        beside = (columns < 0) | (columns >= frames.x.size)
        self.strip.put(place, place, shown=~np.logical_or.reduce(beside)[None])

    def reach(self, n: int) -> None:
        """Shared weights in the rows so far, the band's own weights in those below."""
        frames = self.frames
        band, passed = frames.tap >= 0, (frames.n <= n)[:, None]
        own = band & ~passed
        self.dense.draw(frames.dense, self.shades, shown=own)
        self.matrix.draw(frames.row, self.colours, shown=~own, dimmed=~band)


class Multiplying(Walk):
    """The row of the window lights up, and its outputs are written beside it.

    Attributes
    ----------
    matrix, sums, outputs
        W, W x + b and y; the last two as far as they are known.
    """

    def __init__(
        self,
        frames: LayerMatrix,
        line: Cells,
        matrix: Grid,
        theme: Theme,
        sums: Grid,
        outputs: Grid,
    ) -> None:
        super().__init__(frames, line, matrix.cells, theme)
        self.matrix = matrix
        self.sums = sums
        self.outputs = outputs
        self.colours = entry_colours(frames, theme)
        self.add(matrix, sums, outputs, self.frame, self.window)
        self.draw(0)

    def reach(self, n: int) -> None:
        """Row n, and the outputs up to it."""
        frames = self.frames
        known = (frames.n <= n)[:, None]
        others = np.broadcast_to((frames.n != n)[:, None], frames.tap.shape)
        self.matrix.draw(frames.row, self.colours, dimmed=others | (frames.tap < 0))
        self.sums.draw(frames.preactivation[:, None], "", shown=known)
        self.outputs.draw(frames.output[:, None], "", shown=known)

    def all_rows(self) -> None:
        """No row more than the others."""
        self.matrix.draw(self.frames.row, self.colours, dimmed=self.frames.tap < 0)
