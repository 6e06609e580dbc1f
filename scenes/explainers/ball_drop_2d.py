"""Two drops on a floor: arrows head to tail, their products, and three maps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

import numpy as np
from manim import Dot, FadeIn, FadeOut, VGroup, VMobject, linear, smooth

from convmath.arrays import AnyArray, FloatArray
from scenes.kit.cells import Cells
from scenes.kit.chart import Box, segments
from scenes.kit.explainer import Explainer
from scenes.kit.grid import Grid, Window, type_size
from scenes.kit.moves import Landings, Moves, WayByWay, axis_labels, framed, tag, ways_on
from scenes.kit.palette import Colours, Scale, blended
from scenes.kit.sliding import Slide
from scenes.kit.typeset import (
    LABEL,
    SMALL,
    Formula,
    Text,
    Words,
    coloured,
    em,
    fitted,
    stand,
    width_in_ems,
)
from scenes.plans.ball_drop_2d import BallDrop2dPlan, evenly, point
from scenes.theme import Ink

__all__ = ["BallDrop2d"]

_FLOOR = Box(-5.95, -0.75, -3.05, 2.35)
_LEAST = 20.0  # points, of the numbers of a map below f and g
_MAP = Box(0.95, 6.15, -3.05, 2.35)  # as large as the floor
_TILE = 1.3
_SMALL_MAPS = (Box(0.6, 2.95, -0.2, 2.1), Box(4.05, 6.4, -0.2, 2.1))
_NOTE = 2.87  # baseline of what is said of both
_SMALL_TILE = 0.8
_ROOMY = 1.1  # a cell of the floor that has room for a word
_TYPE = 30.0  # points, of the products
_LEFT, _RIGHT = 0.35, 6.4  # of the products
_LEADING, _LOWEST = 0.47, -3.5  # between their lines; of the last one at least
_TILES = 0.65  # of the rules' colour over the ground
_FAINT, _STRONG = 0.1, 0.42  # of a map's colour over the ground


class BallDrop2d(Explainer[BallDrop2dPlan]):
    """Draws `BallDrop2dPlan`."""

    plan_class: ClassVar[type[BallDrop2dPlan]] = BallDrop2dPlan

    def stage(self) -> None:
        """Lay out the floor on the left, the maps f and g on the right, the products below them."""
        f, theme = self.plan.frames, self.theme
        self.floor = Cells.within(_FLOOR, *f.total.shape, largest=_TILE)
        self.maps = _side_by_side((f.f, f.g), _SMALL_MAPS)
        self.inks = (theme.fixed, theme.moving)
        names = (("f", "first move"), ("g", "second move"))
        self.heats, self.titles, self.labels = [], [], []
        for cells, grid, ink, name in zip(self.maps, (f.f, f.g), self.inks, names, strict=True):
            self.heats.append(self.heat_map(cells, grid, ink))
            self.titles.append(self.title(cells, *name, ink))
            self.labels.append(axis_labels(cells, theme))
        note = Words("probability of each move", size=SMALL, colour=theme.muted.colour)
        self.note = stand(note, self.maps[0].box.left + 0.1, _NOTE)
        self.ledger_top = min(cells.box.bottom for cells in self.maps) - 0.98
        room = self.ledger_top - _LOWEST
        self.leading = min(_LEADING, room / (len(self.plan.ways) + 1.3))
        self.size = _TYPE * min(1.0, self.leading / 0.42)

    def colours(self, values: AnyArray, ink: Ink) -> Colours:
        """Stronger for larger probabilities, from 0 on."""
        ends = (blended(self.theme.ground, ink.colour, share) for share in (_FAINT, _STRONG))
        return Scale(0.0, float(values.max()), tuple(ends))(values)

    def heat_map(self, cells: Cells, values: FloatArray, ink: Ink) -> Grid:
        """Probabilities, [y, x], in their cells with y upwards."""
        seen = values[::-1]
        write = evenly(values).write
        size = type_size(cells, [write(v) for v in values.ravel().tolist()], largest=LABEL)
        return Grid(cells, self.theme, size=size, write=write).draw(seen, self.colours(seen, ink))

    def title(self, cells: Cells, name: str, words: str, ink: Ink) -> VGroup:
        """A letter and plain words above a map."""
        letter = Formula(name, size=LABEL, colour=ink.colour)
        text = Words(words, size=SMALL, colour=self.theme.text.colour)
        level = cells.box.top + 0.3
        stand(letter, cells.box.left + 0.1, level)
        return VGroup(letter, stand(text, letter.get_right()[0] + 0.2, level))

    def beat_drop(self) -> None:
        """The floor, the map f, and the first move."""
        theme = self.theme
        tiles = self.empty(self.floor)
        self.floor_drawn = VGroup(tiles, axis_labels(self.floor, theme), self.start())
        self.ways = WayByWay(self.floor, self.plan.ways, self.maps, theme)
        self.add(self.floor_drawn)
        self.play(FadeIn(self.ways.ball), seconds=0.6)
        self.hold(1.5)
        self.play(FadeIn(self.heats[0], self.titles[0], self.labels[0], self.note), seconds=0.7)
        self.hold(2.0)
        self.remove(self.ways.ball)
        self.add(self.ways)
        self.play(Slide(self.ways, 0.5, rate_func=smooth), seconds=1.4)
        self.names = VGroup(self.arrow_name(0))
        self.play(FadeIn(self.names), seconds=0.4)

    def start(self) -> VGroup:
        """A mark where both moves begin, and its name where the floor has room for it."""
        place, colour = self.floor.centre(self.floor.rows - 1, 0), self.theme.muted.colour
        mark = VGroup(Dot(place, radius=0.08, color=colour))
        if self.floor.width > _ROOMY:
            x, y, _ = place
            text = Words("start", size=SMALL, colour=colour)
            mark.add(stand(text, x + 0.05, y - 0.5, align="right"))
        return mark

    def empty(self, cells: Cells) -> Grid:
        """Tiles without numbers."""
        tile = blended(self.theme.ground, self.theme.grid.colour, _TILES)
        return Grid(cells, self.theme, write=None).draw(np.zeros(cells.shape), tile)

    def arrow_name(self, move: int) -> Text:
        """The letter beside an arrow of the first way."""
        ink = self.inks[move]
        start, end = self.ways.corners[0, move : move + 2]
        along = (end - start)[:2]
        length = float(np.hypot(*along))
        aside = np.array([along[1], -along[0]]) / length if length else np.array([1.0, 0.0])
        scale = min(1.0, self.floor.width)
        text = Formula("ab"[move], size=1.2 * scale * LABEL, colour=ink.colour)
        place = start[:2] + 0.32 * along + scale * (0.32 if length else 0.44) * aside
        text.move_to((*place, 0.0))
        return text

    def beat_again(self) -> None:
        """The map g, and the second move from where the first one ended."""
        self.play(FadeIn(self.heats[1], self.titles[1], self.labels[1]), seconds=0.7)
        self.bring_forward()
        self.hold(1.5)
        self.play(Slide(self.ways, 1, rate_func=smooth), seconds=1.4)
        name = self.arrow_name(1)
        self.play(FadeIn(name), seconds=0.4)
        self.names.add(name)
        self.hold(0.6)
        self.ring = framed(self.floor, self.theme.output)
        row, column = self.tile(self.plan.worked)
        self.ring.draw(row, column)
        letter = Formula("c", size=1.2 * LABEL, colour=self.theme.output.colour)
        box = self.floor.block(row, column)
        stand(letter, box.right + 0.12, box.top - 0.28)
        self.play(FadeIn(self.ring, letter), seconds=0.5)
        self.c_name = letter

    def bring_forward(self) -> None:
        """The frames around cells lie in front of the maps."""
        self.remove(self.ways)
        self.add(self.ways)

    def tile(self, step: int) -> tuple[int, int]:
        """Row and column of a landing point on the floor."""
        return _tile(self.floor, self.plan.frames.c[step])

    def level(self, line: int) -> float:
        """The baseline of a line of the products."""
        return self.ledger_top - self.leading * line

    def beat_ways(self) -> None:
        """One way after the other, each with its product."""
        ways = self.plan.ways
        head = self.head()
        self.play(FadeOut(*self.names), FadeIn(head), seconds=0.5)
        self.ledger = VGroup(head)
        for k in range(len(ways)):
            if k:
                self.play(Slide(self.ways, k + 1, rate_func=smooth), seconds=1.3)
            line = self.line(k)
            self.play(FadeIn(line, self.ways.tags[k]), seconds=0.4)
            self.ledger.add(line)
            self.hold(0.9 if k == 0 else self.plan.way_seconds - 1.9)

    def head(self) -> VGroup:
        """The names of the columns of the products."""
        theme = self.theme
        a, b = coloured("a", theme.fixed.colour), coloured("b", theme.moving.colour)
        columns = ((a, 0.42), ("+", 1.04), (b, 1.64))
        moves = [self.cell(math, _LEFT + x, self.level(0), "centre") for math, x in columns]
        factors = f"f({a}) dot g({b})"
        return VGroup(*moves, self.cell(factors, self.sign_end - 0.45, self.level(0), "right"))

    def cell(self, math: str, x: float, y: float, align: str, ink: Ink | None = None) -> Text:
        """One entry of the products."""
        colour = (ink or self.theme.text).colour
        return stand(Formula(math, size=self.size, colour=colour), x, y, align=align)

    @property
    def sign_end(self) -> float:
        """Where the signs end: before the widest product, or before their sum."""
        plan = self.plan
        numbers = [*plan.ways.product, plan.frames.output[plan.worked]]
        widest = max(width_in_ems(plan.chances.brief(number)) for number in numbers)
        return _RIGHT - widest * em(self.size) - 0.2

    def line(self, k: int) -> VGroup:
        """One way: its moves, and the product of their probabilities."""
        theme, ways, y = self.theme, self.plan.ways, self.level(k + 1)
        numbers, chances = ways.numbers[k], self.plan.chances
        f, g, product = map(chances.brief, numbers)
        return VGroup(
            tag(k, np.array([_LEFT - 0.25, y + 0.33 * em(self.size), 0.0]), theme),
            self.cell(point(ways.a[k]), _LEFT + 0.42, y, "centre", theme.fixed),
            self.cell("+", _LEFT + 1.04, y, "centre"),
            self.cell(point(ways.b[k]), _LEFT + 1.64, y, "centre", theme.moving),
            self.cell(f"{f} dot {g}", self.sign_end - 0.45, y, "right"),
            self.cell(chances.sign(*numbers), self.sign_end, y, "right"),
            self.cell(product, _RIGHT, y, "right", theme.product),
        )

    def beat_sum(self) -> None:
        """The products add up to the probability of landing on c."""
        theme, plan = self.theme, self.plan
        count = len(plan.ways)
        level = self.level(count) - 0.17
        rule = segments(np.array([[_LEFT, level, 0.0], [_RIGHT, level, 0.0]]), theme.axis)
        y = self.level(count + 1) - 0.12
        c = point(plan.frames.c[plan.worked])
        name = self.cell(f"(f * g){c}", _LEFT + 0.08, y, "left", theme.output)
        sign = self.cell(plan.sum_sign(plan.worked), self.sign_end, y, "right")
        landing = plan.chances.brief(float(plan.frames.output[plan.worked]))
        total = self.cell(landing, _RIGHT, y, "right", theme.output)
        self.every_way_strong()
        self.play(FadeIn(rule, name), seconds=0.6)
        self.hold(1.0)
        self.play(FadeIn(sign, total), seconds=0.6)
        self.ledger.add(rule, name, sign, total)

    def every_way_strong(self) -> None:
        """All ways as strong as the last one; no cell of f or g is framed any more."""
        strong = Moves(self.theme).draw(self.ways.corners)
        self.play(FadeIn(strong), FadeOut(*self.ways.frames), seconds=0.6)
        self.remove(self.ways, *self.ways.submobjects)
        self.strong = strong
        self.add(strong, self.ways.ball, self.ways.tags)

    def beat_formula(self) -> None:
        """b = c − a, the sum over a, and what is new."""
        self.play(FadeOut(self.ledger), seconds=0.5)
        self.remove(self.ledger, *self.ledger)
        lines = self.formulas()
        for line, pause in zip(lines, (1.3, 2.6, 0.0), strict=True):
            self.play(FadeIn(line), seconds=0.6)
            self.hold(pause)
        self.formula = VGroup(*lines)

    def formulas(self) -> list[VGroup]:
        """The second move, the sum, and what it is called."""
        theme, plan = self.theme, self.plan
        a, b = coloured("a", theme.fixed.colour), coloured("b", theme.moving.colour)
        c = coloured("c", theme.output.colour)
        inks = (theme.output, theme.fixed, theme.moving)
        here = (plan.frames.c[plan.worked], plan.ways.a[0], plan.ways.b[0])
        numbers = [
            coloured(f'"{point(place)}"', ink.colour) for place, ink in zip(here, inks, strict=True)
        ]
        top = self.ledger_top
        forced = f"{b} = {c} - {a} quad quad {numbers[2]} = {numbers[0]} - {numbers[1]}"
        total = f"(f * g)({c}) = sum_{a} f({a}) thin g({c} - {a})"
        name = "the convolution of f and g, at the point c"
        said = Words(name, size=SMALL, colour=theme.muted.colour)
        return [
            VGroup(stand(fitted(self.large(forced), 5.8), _LEFT, top)),
            VGroup(stand(fitted(self.large(total), 5.8), _LEFT, top - 0.95)),
            VGroup(stand(said, _LEFT, top - 2.1)),
        ]

    def large(self, math: str) -> Text:
        """A line of mathematics of the full size."""
        return Formula(math, size=LABEL, colour=self.theme.text.colour)

    def beat_predict(self) -> None:
        """The most likely moves, one after the other, and a question mark where they lead."""
        theme, plan = self.theme, self.plan
        drawn = (self.strong, self.ways.ball, self.ways.tags)
        leaving = VGroup(self.formula, *drawn, self.ring, self.c_name)
        self.play(FadeOut(leaving), seconds=0.5)
        self.remove(leaving, *leaving, *self.formula)
        a, b = plan.likely
        frames = [
            framed(cells, ink).draw(*_tile(cells, place))
            for cells, ink, place in zip(self.maps, self.inks, (a, b), strict=True)
        ]
        moves = Moves(theme).draw(ways_on(self.floor, a[None], b[None]))
        ring = framed(self.floor, theme.output).draw(*self.tile(plan.guess))
        asked = self.asked()
        self.play(FadeIn(*frames, *asked[:2]), seconds=0.6)
        self.hold(1.6)
        self.play(FadeIn(moves, asked[2]), seconds=0.7)
        self.hold(1.0)
        self.play(FadeIn(ring, asked[3]), seconds=0.5)
        self.leaving = VGroup(*frames, moves, ring, *asked)

    def asked(self) -> list[VMobject]:
        """The question, line by line."""
        theme, plan = self.theme, self.plan
        a, b = plan.likely
        together = plan.frames.c[plan.guess]
        articles = ["a " if tied else "" for tied in plan.tied]
        lines = (
            (f"{articles[0]}most likely first move", point(a), theme.fixed),
            (f"{articles[1]}most likely second move", point(b), theme.moving),
            ("together they lead to", point(together), theme.output),
        )
        texts: list[VMobject] = []
        for k, (words, place, ink) in enumerate(lines):
            text = Words(words, size=_TYPE, colour=theme.text.colour)
            stand(text, _LEFT, self.level(k))
            texts.append(VGroup(text, self.cell(place, _LEFT + 4.1, self.level(k), "left", ink)))
        last = Words("Is that the most likely landing point?", size=_TYPE, colour=theme.text.colour)
        return [*texts, stand(last, _LEFT, self.level(3) - 0.25)]

    def beat_every(self) -> None:
        """All landing points in turn; their sums fill a map as large as the floor."""
        theme, f = self.theme, self.plan.frames
        write = evenly(f.total).write
        texts = [write(v) for v in f.output.tolist()]
        cells = Cells.within(self.below_maps(), *f.total.shape, largest=_TILE)
        given = VGroup(*self.heats, *self.titles, *self.labels, self.note)
        stays = type_size(cells, texts) >= _LEAST
        leaving = self.leaving if stays else VGroup(self.leaving, *given)
        self.play(FadeOut(leaving), seconds=0.5)
        self.remove(leaving, *leaving, *self.leaving)
        if not stays:
            cells = Cells.within(_MAP, *f.total.shape, largest=_TILE)
        grid = Grid(cells, theme, size=type_size(cells, texts), write=write)
        colours = self.colours(f.total[::-1], theme.output)
        name = Formula("(f * g)(c)", size=LABEL, colour=theme.output.colour)
        stand(name, cells.box.left + 0.1, cells.box.top + 0.3)
        labels = VGroup(self.empty(cells), axis_labels(cells, theme))
        self.play(FadeIn(name, labels), seconds=0.5)
        self.landings = Landings(f, self.floor, grid, colours, theme)
        self.play(FadeIn(self.landings), seconds=0.5)
        last = len(f) - 1
        self.hold(0.4)
        self.play(
            Slide(self.landings, last, rate_func=linear),
            seconds=max(self.plan.point_seconds * last, 0.1),
        )

    def below_maps(self) -> Box:
        """Where a map has room below f and g."""
        return replace(_MAP, top=min(cells.box.bottom for cells in self.maps) - 1.15)

    def beat_answer(self) -> None:
        """f, g and f * g side by side, and what is the most likely point of each."""
        self.clear_stage()
        cells = self.row_of_maps()
        signs = [self.between(cells[k], cells[k + 1], "*="[k]) for k in (0, 1)]
        self.play(FadeIn(*self.three_maps(cells), *signs), seconds=0.8)
        self.hold(0.8)
        likely = [
            framed(one, ink).draw(*_tile(one, place))
            for one, ink, place in zip(cells[:2], self.inks, self.plan.likely, strict=True)
        ]
        self.play(FadeIn(*likely), seconds=0.5)
        self.hold(0.8)
        foot = max(cells[0].box.bottom - 1.65, _LOWEST + 0.4)
        plan, theme = self.plan, self.theme
        if plan.answer != plan.guess:
            ring, told = self.marked(cells[2], plan.guess, theme.muted)
            self.play(FadeIn(ring, stand(told, cells[0].box.left, foot)), seconds=0.6)
            self.hold(1.0)
            foot -= 0.5
        ring, told = self.marked(cells[2], plan.answer, theme.output)
        self.play(FadeIn(ring, stand(told, cells[0].box.left, foot)), seconds=0.6)

    def three_maps(self, cells: Sequence[Cells]) -> list[VGroup]:
        """f, g and f * g, each with its title, its axes, and its sum."""
        f, inks = self.plan.frames, (*self.inks, self.theme.output)
        names = (("f", "first move"), ("g", "second move"), ("f * g", "landing"))
        return [
            VGroup(
                self.heat_map(one, grid, ink),
                self.title(one, *name, ink),
                axis_labels(one, self.theme),
                self.adds_up(one, float(grid.sum())),
            )
            for one, grid, ink, name in zip(cells, (f.f, f.g, f.total), inks, names, strict=True)
        ]

    def marked(self, cells: Cells, step: int, ink: Ink) -> tuple[Window, Words]:
        """A frame around a landing point of the map, and what is said about it."""
        ring = framed(cells, ink).draw(*_tile(cells, self.plan.frames.c[step]))
        ring.set_stroke(width=self.theme.output.width)
        return ring, self.counted(step, ink)

    def counted(self, step: int, ink: Ink) -> Words:
        """How many ways lead to a point, and the sum of their probabilities."""
        f = self.plan.frames
        count = int(f.ways[step])
        ways = "1 way" if count == 1 else f"{count} ways"
        words = f"{point(f.c[step])}: {ways}, probability {self.plan.sum_told(step)}"
        return Words(words, size=_TYPE, colour=ink.colour)

    def row_of_maps(self) -> list[Cells]:
        """Places of the three maps, on one lowest row, their cells of one size."""
        f = self.plan.frames
        shapes = (f.f.shape, f.g.shape, f.total.shape)
        gap, columns = 1.35, sum(shape[1] for shape in shapes)
        side = min(0.95, (12.3 - 2 * gap) / columns, 4.4 / f.total.shape[0])
        left = -(columns * side + 2 * gap) / 2 + 0.2
        top = 0.5 + side * f.total.shape[0] / 2
        cells = []
        for rows, width in shapes:
            upper = top - (f.total.shape[0] - rows) * side
            cells.append(Cells(rows, width, left, upper, side, side))
            left += width * side + gap
        return cells

    def adds_up(self, cells: Cells, total: float) -> Words:
        """What the numbers of a map add up to."""
        said = f"adds up to {self.plan.chances.told(total)}"
        text = Words(said, size=SMALL, colour=self.theme.muted.colour)
        middle = (cells.box.left + cells.box.right) / 2
        return stand(text, middle, cells.box.bottom - 0.9, align="centre")  # type: ignore[return-value]

    def between(self, one: Cells, other: Cells, sign: str) -> VMobject:
        """A sign between two maps, at the height of the lower one's middle."""
        text = Formula(sign, size=1.5 * LABEL, colour=self.theme.text.colour)
        lower = min((one, other), key=lambda cells: cells.rows)
        level = (lower.box.top + lower.box.bottom) / 2
        text.move_to(((one.box.right + other.box.left) / 2 - 0.1, level, 0.0))
        return text


def _tile(cells: Cells, place: AnyArray) -> tuple[int, int]:
    """Row, from the top, and column of a point, whose y counts upwards."""
    x, y = place.tolist()
    return cells.rows - 1 - y, x


def _side_by_side(grids: Sequence[AnyArray], boxes: Sequence[Box]) -> list[Cells]:
    """Cells for a map in each box, from its upper left corner on, all of one size."""
    pairs = list(zip(grids, boxes, strict=True))
    fitting = [
        min((box.right - box.left) / grid.shape[1], (box.top - box.bottom) / grid.shape[0])
        for grid, box in pairs
    ]
    side = min(_SMALL_TILE, *fitting)
    return [
        Cells(grid.shape[0], grid.shape[1], box.left, box.top, side, side) for grid, box in pairs
    ]
