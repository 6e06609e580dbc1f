"""The same weights around the output and around the input, drawn side by side."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
from manim import Circle, FadeIn, FadeOut, VGroup, VMobject, linear

from convmath.arrays import FloatArray
from convmath.centering import FLIPPED, INPUT, OUTPUT
from scenes.kit.cells import Cells
from scenes.kit.chart import Box
from scenes.kit.explainer import Explainer
from scenes.kit.frame import HEADING_LEFT, SAFE_X
from scenes.kit.grid import Grid, column_labels
from scenes.kit.palette import blended, series
from scenes.kit.readings import Arriving, Board, Fan, Lane, Lowering, Reading, Turning, sum_decimals
from scenes.kit.sliding import Slide
from scenes.kit.table import Table
from scenes.kit.typeset import BODY, LABEL, SMALL, Formula, Text, Words, coloured, fitted, stand
from scenes.numerals import brief, number, short
from scenes.plans.kernel_centering import KernelCenteringPlan

__all__ = ["KernelCentering"]

PANEL = Box(left=3.6, right=SAFE_X, bottom=-3.5, top=2.4)
_LIST = 0.3  # top of the lists in the panel
_LEADING = {3: 0.52, 5: 0.36}  # of a list with so many lines
_NAMES = {
    OUTPUT: "output-centred",
    INPUT: "input-centred",
    FLIPPED: "input-centred, flipped",
}
_ROWS = {**_NAMES, FLIPPED: "flipped"}
_PARTS = {
    -2: "second on the left",
    -1: "left neighbour",
    0: "the point itself",
    1: "right neighbour",
    2: "second on the right",
}
_FORMULAS = {
    OUTPUT: ("sum_j w[j] thin f[n + j]", "cross-correlation"),
    INPUT: ("sum_k f[k] thin g[n - k]", "convolution"),
    FLIPPED: ("sum_k f[k] thin g[k - n]", "y₁ again, as j = k − n"),
}


class KernelCentering(Explainer[KernelCenteringPlan]):
    """Draws `KernelCenteringPlan`."""

    plan_class: ClassVar[type[KernelCenteringPlan]] = KernelCenteringPlan

    def stage(self) -> None:
        """Lay out the board; build the input and both readings of the kernel."""
        plan, theme = self.plan, self.theme
        frames = plan.frames
        self.board = Board.of(frames, PANEL.left - 0.35)
        self.inks = series(theme, len(plan.kernel))
        self.leading = _LEADING[len(plan.kernel)]
        self.input = self._input()
        self.slots = [self._slots(self.board.outputs(r), theme.output.colour) for r in range(3)]
        self.reading = self._reading(0, self.inks)
        self.names = VGroup(
            VGroup(
                self._left("place", self.board.line.top + 0.22),
                self._row_name("input", self.board.line),
            ),
            self._row_name("weights", self.board.row(self.board.weights(OUTPUT))),
            self._row_name("products", self.board.row(self.board.products(OUTPUT))),
            self._row_name("output", self.board.outputs(OUTPUT)),
        )
        self.labels = [self._output_label(reading) for reading in range(3)]
        self.notes = VGroup()

    def _reading(self, kernel: int, inks: list[str]) -> Reading:
        places = [self._sum_place(reading) for reading in (OUTPUT, INPUT)]
        still = [self.input, *self.slots[:2]]
        return Reading(self.plan.frames, kernel, self.board, self.theme, inks, places, still)

    def _sum_place(self, reading: int) -> FloatArray:
        """Where the sum of a lane is written, beside its products."""
        _, y, _ = self.board.row(self.board.products(reading)).centre(0, 0)
        return np.array([PANEL.left + 0.72, y - 0.12, 0.0])

    def _input(self) -> VGroup:
        """The cells of f with their positions above, and zeros beside them."""
        theme, reach, f = self.theme, self.plan.reach, self.plan.frames.f
        inside = np.pad(np.ones(f.size, dtype=bool), reach)[None]
        tint = blended(theme.ground, theme.fixed.colour, 0.4)
        cells = Grid(self.board.line, theme, size=self.board.weight_type, write=short)
        cells.draw(np.pad(f, reach)[None], np.where(inside, tint, ""), dimmed=~inside)
        places = [str(k) for k in range(-reach, f.size + reach)]
        labels = column_labels(self.board.line, places, theme.muted)
        return VGroup(cells, labels)

    def _row_name(self, words: str, cells: Cells) -> Words:
        return self._left(words, cells.centre(0, 0)[1] - 0.09)

    def _left(self, words: str, y: float) -> Words:
        """A row's name."""
        name = Words(words, size=SMALL, colour=self.theme.muted.colour)
        stand(name, HEADING_LEFT, y)
        return name

    @staticmethod
    def _slots(cells: Cells, colour: str) -> VMobject:
        """Outlined places for a row of numbers."""
        slots = VMobject(stroke_color=colour, stroke_width=1.5)
        slots.points = cells.outlines(np.ones(cells.shape, dtype=bool))
        return slots

    def _output_label(self, reading: int, sign: str = "") -> VGroup:
        """y₁, y₂ or y₃ and its reading beside its row; with a sign, whether it is y₁."""
        x, y = PANEL.left, self.board.outputs(reading).centre(0, 0)[1] - 0.09
        math = f"y_{reading + 1}" + (f" {sign} y_1" if sign else "")
        symbol = stand(Formula(math, size=SMALL, colour=self.theme.output.colour), x, y)
        x = float(symbol.get_right()[0]) + 0.25
        name = Words(_ROWS[reading], size=SMALL, colour=self.theme.text.colour)
        return VGroup(symbol, stand(fitted(name, PANEL.right - x), x, y))

    def _lane_label(self, reading: int, upper: bool = False) -> VGroup:
        """The name of a reading beside its weights, and Σ = before its sum."""
        level = OUTPUT if upper else reading
        _, y, _ = self.board.row(self.board.weights(level)).centre(0, 0)
        name = Words(_NAMES[reading], size=SMALL, colour=self.theme.text.colour)
        return VGroup(stand(fitted(name, PANEL.right - PANEL.left), PANEL.left, y - 0.09))

    def _sum_label(self, reading: int, upper: bool = False) -> Text:
        y = self._sum_place(OUTPUT if upper else reading)[1]
        return stand(Formula("Sigma =", colour=self.theme.output.colour), PANEL.left, y)

    def _list(self, rows: list[list[str]]) -> Table:
        """A line for each weight, in the panel."""
        return Table(rows, self.theme, left=PANEL.left, top=_LIST, leading=self.leading)

    def swap(self, *new: Any, seconds: float = 0.6) -> None:
        """Other things in the panel."""
        leaving = [FadeOut(self.notes)] if len(self.notes) else []
        self.notes = VGroup(*new)
        arriving = [FadeIn(self.notes)] if new else []
        if leaving or arriving:
            self.play(*leaving, *arriving, seconds=seconds)

    def show(self, reading: Reading) -> None:
        """Let a reading, whose parts came one by one, be in the picture as a whole."""
        self.remove(*reading.submobjects)
        for lane in reading.lanes:
            self.remove(*lane.submobjects)
        self.add(reading)
        self.bring_to_back(reading.band)

    def beat_filter(self) -> None:
        """The weights around an output, and the lines on which it gathers."""
        reading, at = self.reading, self.plan.at
        lane = reading.lanes[OUTPUT].draw(at, None)
        self.play(FadeIn(self.input, self.names[0]), seconds=0.7)
        slots = FadeIn(self.slots[OUTPUT], self.names[3], self.labels[OUTPUT])
        self.play(FadeIn(reading.band.draw(at)), slots, seconds=0.7)
        self.bring_to_back(reading.band)
        self.gathering = self._gathering()
        window = self.board.window(self.board.products(OUTPUT), at)
        self.product_slots = self._slots(window, self.theme.product.colour)
        label = self._lane_label(OUTPUT)
        self.play(FadeIn(lane.weights, self.names[1], label), seconds=0.7)
        lines = [self.product_slots, self.names[2], self.gathering]
        self.play(FadeIn(*lines), seconds=0.7)
        self.lane_label = label
        self.swap(self._parts())

    def _gathering(self) -> VGroup:
        """Lines from the places of the products to a plus sign above the output."""
        plan, theme, board = self.plan, self.theme, self.board
        starts = board.window(board.products(OUTPUT), plan.at).centres()[0]
        starts[:, 1] = board.row(board.products(OUTPUT)).box.bottom
        middle = board.gathering(plan.at)
        plus = Formula("+", colour=theme.text.colour)
        plus.move_to(middle)
        disc = Circle(radius=0.24, color=theme.text.colour, stroke_width=2.5).move_to(middle)
        ahead = starts - middle
        ahead *= 0.26 / np.linalg.norm(ahead, axis=1)[:, None]
        return VGroup(Fan(self.inks).draw(starts, middle + ahead), disc, plus)

    def _parts(self) -> VGroup:
        """1 · left neighbour, and so on."""
        pairs = zip(self.plan.offsets, self.plan.kernel.values.tolist(), self.inks, strict=True)
        parts = VGroup()
        for row, (j, w, ink) in enumerate(pairs):
            y = _LIST - 0.25 - self.leading * row
            factor = Formula(f"{brief(w)} thin dot", size=BODY, colour=ink)
            stand(factor, PANEL.left + 0.72, y, align="right")
            words = Words(_PARTS[j], size=SMALL, colour=self.theme.text.colour)
            left = PANEL.left + 0.86
            parts.add(factor, stand(fitted(words, PANEL.right - left), left, y))
        return parts

    def beat_gather(self) -> None:
        """Products, their sum, and the output."""
        reading, at = self.reading, self.plan.at
        lane = reading.lanes[OUTPUT].draw(at, at)
        self.play(FadeIn(lane.products), FadeOut(self.product_slots), seconds=0.8)
        self.hold(1.0)
        self.sum_label = self._sum_label(OUTPUT)
        self.play(FadeIn(lane.sum, self.sum_label), seconds=0.6)
        self.hold(0.4)
        self._learn(OUTPUT)

    def _learn(self, reading: int) -> None:
        """One output is known from now on."""
        self.reading.known[reading, self.plan.at] = True
        self.reading.draw_rows(-1)
        self.play(FadeIn(self.reading.rows[reading]), seconds=0.6)

    def beat_spread(self) -> None:
        """The same weights around an input, and the outputs that they are sent to."""
        plan, lane = self.plan, self.reading.lanes[OUTPUT]
        past = [lane, self.sum_label, self.lane_label, self.gathering, *self.names[1:3], self.notes]
        self.play(FadeOut(*past), seconds=0.7)
        self.notes = VGroup()
        self.play(FadeIn(self.slots[INPUT], self.labels[INPUT]), seconds=0.5)
        self.lane_label = self._lane_label(INPUT, upper=True)
        formula = self._convolution()
        self.play(FadeIn(self.lane_label, formula), seconds=0.6)
        self.arriving = Arriving(plan.frames, plan.at, self.board, self.theme, self.inks)
        table = self._list(self._taps())
        self.strip_name = self._row_name("weights", self.board.row(self.board.strip))
        self.play(FadeIn(self.arriving.strip, self.strip_name, table), seconds=0.7)
        self.play(FadeIn(self.arriving.fan), seconds=0.8)
        self.formula, self.notes = formula, VGroup(table)

    def _convolution(self) -> VGroup:
        """y[n] = Σ f[k] g[n − k], in two lines."""
        colour = self.theme.text.colour
        top = self.board.row(self.board.products(OUTPUT)).centre(0, 0)[1] - 0.1
        lines = ("y[n] =", "sum_k f[k] thin g[n - k]")
        rows = [Formula(f"inline({line})", size=BODY, colour=colour) for line in lines]
        fitted(rows[1], PANEL.right - PANEL.left - 1.0)
        x = stand(rows[0], PANEL.left, top).get_right()[0] + 0.12
        return VGroup(rows[0], stand(fitted(rows[1], PANEL.right - x), x, top))

    def _taps(self) -> list[list[str]]:
        """g[−1] = 1, and so on."""
        pairs = zip(self.plan.offsets, self.plan.kernel.values.tolist(), self.inks, strict=True)
        return [[f"g[{j}]", "=", coloured(brief(w), ink)] for j, w, ink in pairs]

    def beat_predict(self) -> None:
        """A question where the answer will be."""
        x, y, _ = self.board.outputs(INPUT).centre(0, self.plan.at)
        mark = Formula('"?"', size=LABEL, colour=self.theme.text.colour)
        self.question = stand(mark, x, y - 0.12, align="centre")
        self.play(FadeIn(self.question), seconds=0.6)

    def beat_arrive(self) -> None:
        """Input after input sends; what arrives at n is carried up to where it came from."""
        arriving = self.arriving
        self.swap()
        self.remove(*arriving.submobjects)
        self.add(arriving)
        self.play(FadeIn(self.names[1]), seconds=0.3)
        table = self._list(self._arrivals())
        arriving.draw(-0.5)
        for step, row in enumerate(table.rows):
            seconds = 1.6 if step else 0.8
            self.play(Slide(arriving, step, rate_func=linear), seconds=seconds)
            self.play(FadeIn(row), seconds=0.3)
        self.notes = VGroup(table)
        self.hold(0.3)
        self.play(FadeOut(arriving.fan, arriving.strip, self.strip_name), seconds=0.6)

    def _arrivals(self) -> list[list[str]]:
        """g[3 − 2] = g[1] = 5, and so on; the window lies inside f, so no k is negative."""
        plan = self.plan
        step = plan.frames.at(plan.at)
        weights = [brief(w) for w in plan.weights(INPUT)]
        arrivals = zip(step.k, plan.offsets[::-1], weights, self.inks[::-1], strict=True)
        return [
            [f"g[{step.n} - {k}]", "=", f"g[{j}]", "=", coloured(w, ink)]
            for k, j, w, ink in arrivals
        ]

    def beat_compare(self) -> None:
        """The sum of what arrives; then both rows of weights at the same place."""
        reading, at = self.reading, self.plan.at
        lower = reading.lanes[INPUT]
        self.lowering = Lowering(lower, at).draw(0.0)
        self.remove(self.arriving, *self.arriving.submobjects)
        self.add(lower.weights)
        self.play(FadeOut(self.notes, self.formula), seconds=0.5)
        label = self._sum_label(INPUT, upper=True)
        self.play(FadeIn(lower.products, self.names[2]), seconds=0.6)
        self.play(FadeIn(lower.sum, label), FadeOut(self.question), seconds=0.5)
        self._learn(INPUT)
        self._make_room(label)
        self.notes = VGroup(self._unequal())
        self.play(FadeIn(self.notes), seconds=0.5)

    def _make_room(self, label: Text) -> None:
        """The lane moves down, and that of the other reading stands above it again."""
        reading, lower = self.reading, self.reading.lanes[INPUT]
        self.remove(*lower.submobjects)
        self.add(self.lowering)
        self.play(FadeOut(self.lane_label, label), seconds=0.3)
        self.play(Slide(self.lowering, 1.0), seconds=0.8)
        self.remove(self.lowering)
        self.lane_labels = {r: VGroup(self._lane_label(r), self._sum_label(r)) for r in (0, 1)}
        upper = reading.lanes[OUTPUT].draw(self.plan.at, self.plan.at)
        self.lower_names = VGroup(
            self._row_name("weights", self.board.row(self.board.weights(INPUT))),
            self._row_name("products", self.board.row(self.board.products(INPUT))),
        )
        self.add(lower)
        self.play(FadeIn(self.lane_labels[INPUT], self.lower_names), seconds=0.3)
        self.play(FadeIn(upper, self.lane_labels[OUTPUT]), seconds=0.7)

    def _unequal(self) -> Text:
        """≠ 25, beside the other sum."""
        _, y, _ = self._sum_place(INPUT)
        right = float(self.reading.lanes[INPUT].sum.get_right()[0])
        frames = self.plan.frames
        value = frames.output[self.plan.at, 0, OUTPUT].item()
        other = coloured(number(value, sum_decimals(frames)), self.theme.output.colour)
        sign = Formula(f"!= {other}", colour=self.theme.text.colour)
        return stand(fitted(sign, PANEL.right - right - 0.2), right + 0.2, y)

    def beat_rows(self) -> None:
        """Both readings slide; both rows of outputs."""
        reading = self.reading
        self.swap(seconds=0.4)
        reading.draw(self.plan.at)
        self.show(reading)
        self._run(reading)
        reading.known[:2] = True
        self._sign(INPUT, "!=")

    def _run(self, reading: Reading) -> None:
        """Back to the first output, and through all of them."""
        count = len(self.plan.frames) - 1
        if reading.index:
            self.play(Slide(reading, 0), seconds=0.7)
        reading.traces = True
        seconds = self.plan.step_seconds * count
        self.play(Slide(reading, count, rate_func=linear), seconds=seconds)
        reading.traces = False

    def _sign(self, reading: int, sign: str) -> None:
        """Say whether a row is that of the output-centred filter."""
        old, self.labels[reading] = self.labels[reading], self._output_label(reading, sign)
        self.play(FadeOut(old), FadeIn(self.labels[reading]), seconds=0.5)

    def beat_flip(self) -> None:
        """The weights flip, and everything is equal."""
        plan, reading = self.plan, self.reading
        at, lane = plan.at, self.reading.lanes[INPUT]
        self.play(Slide(reading, at), seconds=0.7)
        self.remove(reading)
        parts = [part for part in reading.submobjects if part is not lane]
        self.add(*parts, *lane.submobjects)
        self.play(FadeOut(lane.products, lane.sum, self.lane_labels[INPUT]), seconds=0.4)
        turning = Turning(lane.weights, self.board.weights(INPUT), at).draw(0.0)
        self.play(Slide(turning, 1.0), seconds=1.2)
        self.remove(turning, lane.weights)
        flipped = self._flipped_lane()
        self.add(flipped.weights)
        label = VGroup(self._lane_label(FLIPPED), self._sum_label(FLIPPED))
        self.play(FadeIn(flipped.products, flipped.sum, label), seconds=0.7)
        self.hold(0.6)
        self._show_flipped_row()
        self.lanes = VGroup(reading.lanes[OUTPUT], flipped, self.lane_labels[OUTPUT], label)

    def _flipped_lane(self) -> Lane:
        """The lane of g(−x), in place of that of g."""
        frames, place = self.plan.frames, self._sum_place(INPUT)
        lane = Lane(frames, 0, FLIPPED, self.board, self.theme, self.inks, place)
        return lane.draw(self.plan.at, self.plan.at)

    def _show_flipped_row(self) -> None:
        """The outputs of g(−x), all at once."""
        reading = self.reading
        reading.known[FLIPPED] = True
        reading.draw_rows(-1)
        self.labels[FLIPPED] = self._output_label(FLIPPED, "=")
        row = [self.slots[FLIPPED], reading.rows[FLIPPED], self.labels[FLIPPED]]
        self.play(FadeIn(*row), seconds=0.8)

    def beat_names(self) -> None:
        """Every reading as a formula, in the order of the rows."""
        past = [self.lanes, self.lower_names, *self.names[1:3], self.reading.band]
        self.play(FadeOut(*past), seconds=0.6)
        self.formulas = VGroup()
        for reading, (math, words) in _FORMULAS.items():
            line = self._formula_line(reading, math, words)
            self.formulas.add(line)
            self.play(FadeIn(line), seconds=0.6)
            self.hold(1.4)
        told = "w and g are the same numbers: w[j] around the output, g[j] around the input"
        said = Words(told, size=SMALL, colour=self.theme.muted.colour)
        self.formulas.add(stand(fitted(said, PANEL.right - HEADING_LEFT), HEADING_LEFT, -1.24))
        self.play(FadeIn(self.formulas[-1]), seconds=0.6)

    def _formula_line(self, reading: int, math: str, words: str) -> VGroup:
        y, ink = 1.05 - 0.8 * reading, self.theme.text.colour
        name = Words(_NAMES[reading], size=SMALL, colour=ink)
        output, f = (coloured(*pair) for pair in self._letters(reading))
        math = math.replace("f[", f"{f}[")
        formula = Formula(f"inline({output}[n] = {math})", colour=ink)
        term = Words(words, size=BODY, colour=ink)
        return VGroup(
            stand(name, HEADING_LEFT, y),
            stand(formula, -2.75, y),
            stand(fitted(term, PANEL.right - 2.2), 2.2, y),
        )

    def _letters(self, reading: int) -> tuple[tuple[str, str], tuple[str, str]]:
        """y of a reading and f with their colours."""
        return (f"y_{reading + 1}", self.theme.output.colour), ("f", self.theme.fixed.colour)

    def beat_symmetric(self) -> None:
        """A symmetric kernel slides in both readings."""
        inks = [self.inks[self.plan.reach - abs(j)] for j in self.plan.offsets]
        both = self._reading(1, inks).draw(0)
        past = [self.formulas, *self.reading.rows, self.slots[FLIPPED], *self.labels[1:]]
        self.play(FadeOut(*past), seconds=0.6)
        self.labels[INPUT] = self._output_label(INPUT)
        present = [*self.names[1:3], self.lower_names, *self.lane_labels.values()]
        self.play(FadeIn(both.band, *both.lanes, *present, self.labels[INPUT]), seconds=0.8)
        self.show(both)
        self._run(both)
        self._sign(INPUT, "=")
