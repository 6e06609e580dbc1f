"""A convolutional layer, drawn as copies of a neuron and as a matrix with repeated weights."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import numpy as np
from manim import FadeIn, FadeOut, VGroup, VMobject, linear

from convmath.arrays import AnyArray, FloatArray
from scenes.kit.cells import Cells, rounded
from scenes.kit.chart import Box
from scenes.kit.explainer import Explainer
from scenes.kit.frame import HEADING_LEFT, SAFE_X
from scenes.kit.grid import Grid, column_labels, row_labels, type_size
from scenes.kit.layer import Copying, Emptying, Multiplying, Network, Sharing, Strip, Walk
from scenes.kit.palette import blended, series
from scenes.kit.readout import facts
from scenes.kit.sliding import Slide
from scenes.kit.table import Table
from scenes.kit.typeset import BODY, SMALL, Formula, Text, Words, coloured, fitted, stand
from scenes.numerals import brief, number, short
from scenes.plans.conv_matrix import LARGE, ConvMatrixPlan
from scenes.wording import factor, plural

__all__ = ["ConvMatrix"]

PANEL = Box(left=3.85, right=SAFE_X, bottom=-3.5, top=2.55)
_TOP, _BOTTOM = 2.5, -3.4  # of the input's cells; of the matrix
_NAME = 0.75  # room for the names x and W at the left
_COLUMN = 0.9  # width of a number of W x + b and of y
_LARGEST = 0.86  # side of a cell
_GAP = 0.45  # between the input and the matrix


class ConvMatrix(Explainer[ConvMatrixPlan]):
    """Draws `ConvMatrixPlan`."""

    plan_class: ClassVar[type[ConvMatrixPlan]] = ConvMatrixPlan

    def stage(self) -> None:
        """Lay out the input, the matrix below its columns, and the outputs beside its rows."""
        frames, theme = self.plan.frames, self.theme
        self._lay_out()
        self.size = type_size(self.matrix, _contents(frames.x, frames.weights))
        self.input = self._input()
        self.inks = [series(theme, self.plan.length)[j] for j in self.plan.order]
        level = (self.line.box.bottom + _BOTTOM) / 2 - 0.2
        self.network = Network(self.line, theme, self.inks, level)
        self.outputs_below = self._output_names()
        self.weights = Grid(self.matrix, theme, size=self.size, write=short)
        size = type_size(self.matrix, _contents(frames.dense), largest=self.size)
        self.dense = Grid(self.matrix, theme, size=size, write=short)
        self.notes = VGroup()
        self.neurons = len(frames)

    def _lay_out(self) -> None:
        """The cells of x (with what lies beside it), of W, of W x + b and of y."""
        rows, inputs = self.plan.frames.row.shape
        hang = self.plan.hang
        columns = inputs + 2 * hang
        beside = _NAME + 0.3 + 2 * _COLUMN + 0.75
        width = PANEL.left - 0.3 - HEADING_LEFT - beside
        side = min(width / columns, (_TOP - _GAP - _BOTTOM) / (rows + 1), _LARGEST)
        slack = (width - columns * side) / 2
        left = HEADING_LEFT + _NAME + slack
        self.line = Cells(1, columns, left, _TOP, side, side)
        top = _TOP - side - _GAP
        self.matrix = Cells(rows, inputs, left + hang * side, top, side, side)
        right = left + columns * side + 0.3
        self.sums = Cells(rows, 1, right, top, _COLUMN, side)
        self.outputs = Cells(rows, 1, right + _COLUMN + 0.1, top, _COLUMN, side)

    def _input(self) -> VGroup:
        """The cells of x with their names, and zeros beside them where windows hang over."""
        theme, hang, x = self.theme, self.plan.hang, self.plan.frames.x
        padded = np.pad(x, hang)[None]
        inside = np.pad(np.ones(x.size, dtype=bool), hang)[None]
        tint = blended(theme.ground, theme.fixed.colour, 0.4)
        cells = Grid(self.line, theme, size=self.size, write=short)
        cells.draw(padded, np.where(inside, tint, ""), dimmed=~inside)
        own = Cells(1, x.size, self.matrix.left, _TOP, self.line.width, self.line.height)
        names = column_labels(own, [f"x_{i}" for i in range(x.size)], theme.fixed)
        return VGroup(cells, names)

    def _output_names(self) -> VGroup:
        """y_0, y_1, … below the neurons."""
        colour, network = self.theme.output.colour, self.network
        names = VGroup()
        for n in range(len(self.plan.frames)):
            x, y, _ = network.centre(n) - [0.0, network.drop + 0.3, 0.0]
            names.add(stand(Formula(f"y_{n}", size=SMALL, colour=colour), x, y, align="centre"))
        return names

    def run(self, walk: Walk, stop: int, pace: float = 1.0) -> None:
        """Walk on to a neuron."""
        steps = stop - walk.index
        seconds = pace * self.plan.step_seconds * steps
        self.play(Slide(walk, stop, rate_func=linear), seconds=max(seconds, 0.1))

    def show(self, walk: Walk) -> None:
        """Let a walk, whose parts came one by one, be in the picture as a whole."""
        self.remove(*walk.submobjects)
        self.add(walk)

    def swap(self, *new: Any) -> None:
        """Other things in the panel."""
        leaving = [FadeOut(self.notes)] if len(self.notes) else []
        self.notes = VGroup(*new)
        arriving = [FadeIn(self.notes)] if new else []
        if leaving or arriving:
            self.play(*leaving, *arriving, seconds=0.6)

    def words(self, *lines: str, top: float) -> VGroup:
        """Plain words in the panel."""
        texts = [Words(line, size=BODY, colour=self.theme.text.colour) for line in lines]
        for row, text in enumerate(texts):
            stand(fitted(text, PANEL.right - PANEL.left), PANEL.left, top - 0.25 - 0.5 * row)
        return VGroup(*texts)

    def formula(self, math: str, top: float, size: float = BODY) -> Text:
        """A line of mathematics in the panel."""
        text = Formula(math, size=size, colour=self.theme.text.colour)
        return stand(fitted(text, PANEL.right - PANEL.left), PANEL.left, top - 0.3)

    def legend(self, top: float, bias: bool = False) -> Table:
        """w_0 = 1, … in their colours, in two columns if there are many."""
        colours = series(self.theme, self.plan.length)
        weights = self.plan.frames.weights.tolist()
        entries = [
            [coloured(f"w_{j}", ink), "=", coloured(brief(w), ink)]
            for j, (w, ink) in enumerate(zip(weights, colours, strict=True))
        ]
        if bias:
            entries.append(["b", "=", brief(self.plan.frames.bias)])
        return Table(entries, self.theme, left=PANEL.left, top=top)

    def below(self, math: str) -> Text:
        """A formula under the network."""
        text = Formula(math, colour=self.theme.text.colour)
        fitted(text, PANEL.right - HEADING_LEFT)
        return stand(text, HEADING_LEFT, _BOTTOM)

    def beat_neuron(self) -> None:
        """One neuron, its lines to the inputs in its window, and its weights."""
        frames = self.plan.frames
        strip = Strip(self._below_input(), frames, self.plan.order, self.theme, self.size)
        self.copying = Copying(frames, self.line, self.matrix, self.theme, self.network, strip)
        self.play(FadeIn(self.input), seconds=0.8)
        self.play(FadeIn(self.copying.window), seconds=0.5)
        self.play(FadeIn(self.network), FadeIn(self.outputs_below[0]), seconds=0.9)
        self.notes = VGroup(self.legend(PANEL.top, bias=True))
        self.play(FadeIn(strip, self.notes), seconds=0.7)
        self.sentence = self.below(f"y_0 = A({self._seen('')}) = {self._rule()}")
        self.play(FadeIn(self.sentence), seconds=0.6)

    def _below_input(self) -> Cells:
        """Where the weights of the neuron stand, under the first inputs it sees."""
        line = self.line
        top = line.box.bottom - 0.1
        return Cells(1, self.plan.length, line.left, top, line.width, line.height)

    def _seen(self, n: str) -> str:
        """Typst mathematics of the inputs of neuron n, or of neuron 0."""
        places = [p - self.plan.hang for p in range(self.plan.length)]
        names = [f"{n}{p:+}" if n and p else n or str(p) for p in places]
        return ", ".join(f"x_({name})" for name in names)

    def _rule(self) -> str:
        """Typst mathematics of what neuron 0 computes."""
        places = [p - self.plan.hang for p in range(self.plan.length)]
        terms = [
            f"{coloured(f'w_{j}', ink)} x_({p})"
            for j, ink, p in zip(self.plan.order, self.inks, places, strict=True)
        ]
        return self._activated(" + ".join([*terms, "b"]))

    def _activated(self, math: str) -> str:
        """Typst mathematics of the activation of something."""
        name = self.plan.parameters.activation
        return math if name == "none" else f'op("{name}")({math})'

    def beat_copy(self) -> None:
        """The neuron moves along and leaves copies behind."""
        self.show(self.copying)
        self.play(FadeOut(self.sentence), FadeOut(self.outputs_below[0]), seconds=0.5)
        self.run(self.copying, self.neurons - 1)
        self.sentence = self.below(f"y_n = A({self._seen('n')})")
        self.hold(0.3)
        leaving = FadeOut(self.copying.strip, self.copying.window)
        self.play(leaving, FadeIn(self.outputs_below), FadeIn(self.sentence), seconds=0.8)

    def beat_dense(self) -> None:
        """Every neuron sees every input; each line is an entry of a matrix."""
        plan, theme = self.plan, self.theme
        rows, columns = plan.frames.row.shape
        wires = self.network.all_wires(rows, plan.hang + np.arange(columns), theme.axis)
        network = self.network
        leaving = [*network.wires, network.names, self.sentence, self.notes]
        self.play(FadeOut(*leaving), seconds=0.6)
        self.bring_to_back(wires)
        self.play(FadeIn(wires), seconds=1.0)
        self.hold(2.0)
        zeros = Grid(self.matrix, theme, size=self.size, write=short)
        self.emptying = Emptying(plan.frames, self.line, self.dense, zeros, theme)
        self.names = self._names()
        self.slots = self._slots(self.outputs, "y", "output", [f"y_{n}" for n in range(rows)])
        self.play(FadeOut(wires, network.arrows, network.discs, self.outputs_below), seconds=0.7)
        self.play(FadeIn(self.dense, self.names, self.slots), seconds=1.0)
        self.notes = VGroup()
        weights = f"{rows} dot {columns} = {_weights(plan.frames.counts.dense)}"
        self.count = self._fact("fully connected", weights)
        self.swap(self.count)

    def _fact(self, words: str, math: str, top: float = PANEL.top) -> VGroup:
        return facts([(words, math)], self.theme, Box(PANEL.left, PANEL.right, PANEL.bottom, top))

    def _names(self) -> VGroup:
        """x beside the input, W beside the matrix."""
        x = Formula("x", colour=self.theme.fixed.colour)
        w = Formula("W", colour=self.theme.text.colour)
        right = self.line.left - 0.25
        place = self.line.centre(0, 0)[1] - 0.1
        middle = (self.matrix.box.top + self.matrix.box.bottom) / 2 - 0.12
        return VGroup(
            stand(x, right, place, align="right"),
            stand(w, self.matrix.left - 0.25, middle, align="right"),
        )

    def beat_predict(self) -> None:
        """A question."""
        question = self.words("Which entries", "become zero?", "Which become", "equal?", top=0.9)
        self.play(FadeIn(question), seconds=0.6)
        self.question = question

    def beat_zeros(self) -> None:
        """Row by row, zeros outside the window."""
        walk = self.emptying
        self.play(FadeOut(self.question), FadeIn(walk.window, walk.frame), seconds=0.6)
        self.show(walk)
        self.run(walk, self.neurons - 1)
        window = self._fact(
            "in the windows", _weights(self.plan.frames.counts.window), PANEL.top - 1.3
        )
        self.play(FadeIn(window), seconds=0.5)
        self.window_fact = window

    def beat_share(self) -> None:
        """Row by row, the same weights, each time one step further."""
        plan, emptying = self.plan, self.emptying
        home = Cells(
            1, plan.length, self.line.left, self.matrix.top, self.line.width, self.line.height
        )
        strip = Strip(home, plan.frames, plan.order, self.theme, self.size)
        walk = Sharing(plan.frames, self.line, self.dense, self.weights, self.theme, strip)
        self.play(FadeOut(emptying.window, emptying.frame), seconds=0.4)
        self.remove(emptying, *emptying.submobjects)
        self.add(walk.dense, walk.matrix)
        self.play(FadeIn(walk.strip, walk.frame, walk.window), seconds=0.7)
        self.show(walk.draw(0))
        self.run(walk, self.neurons - 1, pace=1.5)
        walk.remove(walk.strip)
        shared = self._fact("shared by all rows", _weights(plan.length), PANEL.top - 2.6)
        entry = VGroup(
            self.formula(plan.entry_formula, PANEL.top - 3.75),
            self.formula('0 "elsewhere"', PANEL.top - 4.25),
        )
        kind = self.words(*(plan.order_words or ()), top=PANEL.top - 5.1)
        self.play(FadeIn(shared), FadeOut(walk.frame, walk.window), seconds=0.6)
        self.hold(0.5)
        self.play(FadeIn(entry, kind), seconds=0.6)
        self.sharing = walk
        self.notes = VGroup(self.count, self.window_fact, shared, entry, kind)

    def beat_row(self) -> None:
        """The products of the first row, their sum, and what the neuron makes of it."""
        theme = self.theme
        walk = self._multiplying()
        self.swap()
        self.remove(self.sharing, *self.sharing.submobjects)
        self.add(self.weights)
        self.play(FadeIn(walk.window, walk.frame), seconds=0.6)
        walk.draw(0)
        table = Table(self._row_table(), theme, left=PANEL.left, top=PANEL.top)
        self._show_products(table)
        self.play(FadeIn(table.rows[-2], walk.sums), seconds=0.8)
        self.hold(0.5)
        self.play(FadeIn(table.rows[-1], walk.outputs), seconds=0.8)
        self.multiplying, self.notes = walk, VGroup(table)

    def _show_products(self, table: Table) -> None:
        """One product after the other, each with its weight and input; then the bias."""
        frames = self.plan.frames
        pairs = [self._pair(int(i)) for i in np.flatnonzero(frames.tap[0] >= 0)]
        before: list[Any] = []
        for row, pair in zip(table.rows, pairs, strict=False):
            self.play(FadeIn(row, pair), *before, seconds=0.5)
            self.hold(0.2)
            before = [FadeOut(pair)]
        slots = self._slots(self.sums, "W x + b", "product")
        self.play(FadeIn(table.rows[len(pairs)], slots), *before, seconds=0.6)
        self.slots.add(slots)

    def _pair(self, column: int) -> VMobject:
        """A frame around an input and the weight in the first row below it."""
        ink = self.theme.product
        above = self.matrix.block(-1, column)
        box = Box(above.left, above.right, self.matrix.block(0, column).bottom, _TOP)
        frame = VMobject(stroke_color=ink.colour, stroke_width=4.0)
        frame.points = rounded(box.grown(-0.01), 0.12)
        return frame

    def _multiplying(self) -> Multiplying:
        plan, frames = self.plan, self.plan.frames
        sums = self._column(self.sums, frames.preactivation, plan.decimals[0])
        outputs = self._column(self.outputs, frames.output, plan.decimals[1])
        return Multiplying(frames, self.line, self.weights, self.theme, sums, outputs)

    def _column(self, cells: Cells, values: FloatArray, decimals: int) -> Grid:
        contents = [number(value, decimals) for value in values.tolist()]
        size = type_size(cells, contents, largest=max(self.size, SMALL))
        return Grid(cells, self.theme, size=size, write=lambda value: number(value, decimals))

    def _slots(self, cells: Cells, heading: str, role: str, names: Sequence[str] = ()) -> VGroup:
        """Outlined places for a column of numbers, with its heading and names of the rows."""
        ink = getattr(self.theme, role)
        outlines = VMobject(stroke_color=ink.colour, stroke_width=2.0)
        outlines.points = cells.outlines(np.ones(cells.shape, dtype=bool))
        head = column_labels(cells, [heading], ink)
        return VGroup(outlines, head, row_labels(cells, names, ink, side="right"))

    def _row_table(self) -> list[list[str]]:
        """w · x = product for each input in the window; the bias; the sum; the output."""
        plan, theme = self.plan, self.theme
        inks = [self.inks[p] for p in range(plan.length) if plan.frames.start[0] + p >= 0]
        rows = []
        for (w, x, product), ink in zip(plan.products(0), inks, strict=True):
            seen = coloured(factor(x), theme.fixed.colour)
            weight = coloured(brief(w), ink)
            rows.append([f"{weight} dot {seen}", "=", brief(product)])
        rows.append(["b", "=", brief(plan.frames.bias)])
        total = coloured(plan.sum_text(0), theme.product.colour)
        rows.append([coloured("z_0", theme.product.colour), "=", total])
        output = coloured(plan.output_text(0), theme.output.colour)
        name = self._activated("z_0") if plan.parameters.activation != "none" else "y_0"
        return [*rows, [coloured(name, theme.output.colour), "=", output]]

    def beat_rows(self) -> None:
        """The other rows, in step with the window."""
        walk = self.multiplying
        same = self.words("in every row", "the same weights", top=PANEL.top)
        legend = self.legend(PANEL.top - 1.3, bias=True)
        top = legend.get_bottom()[1] - 0.35
        total = self.formula(f"inline(z_n = {self.plan.neuron_formula} + b)", top)
        output = self.formula(f"y_n = {self._activated('z_n')}", top - 0.65)
        self.swap(same, legend, total, output)
        self.show(walk)
        self.run(walk, self.neurons - 1, pace=1.2)

    def beat_layer(self) -> None:
        """All rows at once, and what sharing saves."""
        plan, walk = self.plan, self.multiplying
        counts = plan.frames.counts
        rows = [
            ("the layer", f"y = {self._activated('W x + b')}"),
            ("fully connected", _with_biases(counts.dense, self.neurons)),
            ("copies of one neuron", _with_biases(counts.shared, 1)),
            (f"weights for {LARGE} inputs", self._large()),
        ]
        name = self.words(*plan.name_words, top=PANEL.top - 4.9)
        self.play(FadeOut(walk.window, walk.frame), seconds=0.4)
        walk.all_rows()
        self.swap(facts(rows, self.theme, PANEL), name)

    def _large(self) -> str:
        """Typst mathematics of the weights with many inputs, fully connected and shared."""
        large = self.plan.large
        return f"{large.dense // LARGE} dot {LARGE} = {large.dense} -> {large.shared}"


def _contents(*values: AnyArray) -> list[str]:
    """All of these values as they are written in cells."""
    return [short(value) for array in values for value in array.ravel().tolist()]


def _weights(count: int) -> str:
    """Typst mathematics of a number of weights."""
    return f'{count} "{plural(count, "weight")}"'


def _with_biases(weights: int, biases: int) -> str:
    """Typst mathematics of both numbers."""
    one, other = plural(weights, "weight"), plural(biases, "bias", "biases")
    return f'{weights} "{one}, " {biases} "{other}"'
