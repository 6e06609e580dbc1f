"""A ball dropped twice on a floor: the same sum as on a line, over vectors."""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar

import numpy as np
from pydantic import Field

from convmath import Check, InputError, parse_row, parse_rows
from convmath.arrays import AnyArray, FloatArray
from convmath.errors import refuse
from convmath.planar_drops import PlanarDrops, Ways, drop_twice, verify_drops
from convmath.pmf import NORMALISE, probabilities
from scenes.beat import Beat
from scenes.chances import Chances
from scenes.parameters import Parameters, RowsText, RowText
from scenes.plan import Plan
from scenes.sources import OLAH

__all__ = ["BallDrop2dPlan", "evenly", "point"]

MOST, MOST_WAYS = 4, 6  # rows and columns of a map; ways that are drawn one after the other
_SMALLEST = 0.01  # of a probability that has to be read in a cell
_ROUNDED = 4  # decimals
_EVEN = 1e-12  # probabilities that differ by less are equal: rounding of sums
_USUAL_WAYS = 4
_LONGEST_SUM = 4  # products that are said one by one
_ACCEPTED = "rows of probabilities that add up to 1, such as 0.3,0.1; 0.2,0.4"
_AS_SEEN = f"row by row as it looks, the lowest row last (up to {MOST} by {MOST})"


class BallDrop2dParameters(Parameters):
    """The probabilities of both moves, and the landing point that is worked out."""

    f: RowsText = Field(
        "0.2,0.2,0.1; 0.1,0.3,0.1",
        description=f"probability of each first move, {_AS_SEEN}",
    )
    g: RowsText = Field(
        "0.3,0.1; 0.2,0.4",
        description=f"probability of each second move, {_AS_SEEN}",
    )
    c: RowText | None = Field(
        None,
        description="x and y of the landing point that is worked out, such as 2,1 "
        f"(one with up to {_USUAL_WAYS} ways if not given)",
    )
    normalise: bool = Field(
        False, description="divide the numbers of f, and those of g, by their sums"
    )


class BallDrop2dPlan(Plan[BallDrop2dParameters, PlanarDrops]):
    """All ways to land on a point, their sum, and then every point."""

    slug: ClassVar[str] = "ball-drop-2d"
    title: ClassVar[str] = "Two drops on a floor"
    question: ClassVar[str] = "How likely is a landing point if both moves are vectors?"
    formula: ClassVar[str] = "(f * g)(bold(c)) = sum_bold(a) f(bold(a)) g(bold(c) - bold(a))"
    sources: ClassVar[tuple[str, ...]] = (OLAH,)
    Parameters: ClassVar[type[Parameters]] = BallDrop2dParameters
    scene_name: ClassVar[str] = "BallDrop2d"
    poster: ClassVar[str] = "sum"
    signals: ClassVar[str] = "--f and --g"

    def make_frames(self) -> PlanarDrops:
        """One step for each landing point."""
        p = self.parameters
        frames = drop_twice(self._chances("--f", p.f), self._chances("--g", p.g))
        _worked(frames, p.c)  # refused, if it must be, before anything is made
        return frames

    def _chances(self, option: str, text: str) -> FloatArray:
        """A map of probabilities, [y, x] with y upwards."""
        grid = np.stack([row.values for row in parse_rows(text, option)])
        rows, columns = grid.shape
        if not (grid.size > 1 and max(rows, columns) <= MOST):
            size = "large" if grid.size > 1 else "small"
            problem = f"a map of {rows} by {columns} numbers is too {size} to be shown"
            refuse(option, text, problem, f"2 numbers or more, at most {MOST} rows and columns")
        try:
            chances = probabilities(grid, text, option, normalise=self.parameters.normalise)
        except InputError as error:
            if NORMALISE not in (error.accepted or ""):
                error.accepted = _ACCEPTED
            raise
        faint = chances[(chances > 0) & (chances < _SMALLEST)]
        if faint.size:
            problem = f"a probability of {faint[0]:.3g} cannot be read beside the others"
            refuse(option, text, problem, f"0, or probabilities from {_SMALLEST:g} on")
        return chances[::-1]

    def make_checks(self) -> tuple[Check, ...]:
        """Hold the map against scipy.signal, and its sum against 1."""
        return verify_drops(self.frames)

    @cached_property
    def worked(self) -> int:
        """The landing point that is worked out, as a step of the frames."""
        return _worked(self.frames, self.parameters.c)

    @cached_property
    def ways(self) -> Ways:
        """The ways to the worked landing point."""
        return self.frames.ways_to(self.worked)

    @property
    def highest(self) -> float:
        """The largest probability of a landing point."""
        return float(self.frames.output.max())

    @cached_property
    def likely(self) -> tuple[AnyArray, AnyArray]:
        """The most likely first and second move, (2,) each; one of them where several are."""
        return _peak(self.frames.f), _peak(self.frames.g)

    @cached_property
    def tied(self) -> tuple[bool, bool]:
        """Whether another first, or second, move is as likely as the most likely one."""
        f, g = ((grid > grid.max() - _EVEN).sum() > 1 for grid in (self.frames.f, self.frames.g))
        return bool(f), bool(g)

    @cached_property
    def guess(self) -> int:
        """Where the most likely moves lead together, as a step of the frames."""
        x, y = (self.likely[0] + self.likely[1]).tolist()
        return self.frames.index_of((x, y))

    @cached_property
    def answer(self) -> int:
        """A most likely landing point, as a step: the guess if it is one."""
        if self.frames.output[self.guess] >= self.highest - _EVEN:
            return self.guess
        return int(self.frames.output.argmax())

    @cached_property
    def chances(self) -> Chances:
        """How probabilities are written, each without trailing zeros."""
        f = self.frames
        return evenly(f.f, f.g, f.product, f.output)

    def products(self) -> list[str]:
        """What is written for each way: ``0.3 · 0.1 = 0.03``; ≈ where digits are left out."""
        write, sign = self.chances.brief, self.chances.sign
        return [
            f"{write(f)} · {write(g)} {sign(f, g, p)} {write(p)}" for f, g, p in self.ways.numbers
        ]

    @property
    def way_seconds(self) -> float:
        """How long a way is drawn, and its product looked at."""
        return 2.6 if len(self.ways) <= _USUAL_WAYS else 2.2

    @property
    def point_seconds(self) -> float:
        """How long each landing point takes when all are gone through."""
        return max(0.35, min(1.2, 12.0 / len(self.frames)))

    def make_beats(self) -> tuple[Beat, ...]:
        """The story of these two drops."""
        return (*self._moves(), *self._sum(), *self._everywhere())

    def _moves(self) -> tuple[Beat, ...]:
        ways = self.ways
        a, b, c = (point(place) for place in (ways.a[0], ways.b[0], ways.a[0] + ways.b[0]))
        f, g = self._equals(ways.f[0]), self._equals(ways.g[0])
        x, y = ways.a[0].tolist()
        return (
            Beat(
                "drop",
                "A ball is dropped on a floor",
                f"A ball is dropped above the point (0, 0) of a floor and moves by a vector a, "
                f"here {x} to the right and {y} up: a = {a}. The map f holds the probability of "
                f"each a: f{a} {f}.",
                10.0,
            ),
            Beat(
                "again",
                "It is dropped again where it lies",
                f"It is dropped again where it lies, and moves by b = {b} with probability "
                f"g{b} {g}. The two arrows, head to tail, lead to the landing point "
                f"c = a + b = {c}.",
                9.0,
            ),
        )

    def _sum(self) -> tuple[Beat, ...]:
        c, count = point(self.frames.c[self.worked]), len(self.ways)
        listed = f": {', '.join(self.products())}" if count <= _LONGEST_SUM else ""
        return (
            Beat(
                "ways",
                f"Every way to land on {c}",
                f"The drops are independent, so each way has the probability f(a) · g(b). "
                f"{_ways(count).capitalize()} to {c}{listed}.{self._ring_told()}",
                1.5 + self.way_seconds * count,
            ),
            Beat(
                "sum",
                "Add up the ways",
                f"Only one of the ways can happen, so their probabilities add up. The ball lands "
                f"on {c} with probability {self.sum_told(self.worked)}.",
                6.0,
            ),
            Beat(
                "formula",
                "The sum over all first moves",
                "Once a is chosen, b has to be c − a. So add f(a) · g(c − a) over all a. This is "
                "the convolution of f and g. a, b and c are points, each with an x and a y.",
                10.0,
            ),
        )

    def _ring_told(self) -> str:
        moves = np.concatenate([self.ways.a, self.ways.b])
        return "" if moves.any(axis=1).all() else " A ring stands for a move that stays in place."

    def sum_told(self, step: int) -> str:
        """The products that lead to a point, with a plus between, and their sum.

        The sum alone where there is one product, or too many.
        """
        products, total = self.frames.ways_to(step).product, self._chance(self.frames.output[step])
        if not 1 < len(products) <= _LONGEST_SUM:
            return total
        terms = [self._chance(p) for p in products]
        return f"{' + '.join(terms)} {self.sum_sign(step)} {total}"

    def sum_sign(self, step: int) -> str:
        """The sign between the products that lead to a point and their sum."""
        return self.chances.sign(*self.frames.ways_to(step).product, self.frames.output[step])

    def _chance(self, value: float) -> str:
        return self.chances.brief(float(value))

    def _equals(self, value: float) -> str:
        """A probability with the sign before it."""
        return f"{self.chances.sign(value)} {self._chance(value)}"

    def _everywhere(self) -> tuple[Beat, ...]:
        f, (a, b) = self.frames, self.likely
        guess = point(f.c[self.guess])
        (rows, columns), (k, m), (height, width) = f.f.shape, f.g.shape, f.total.shape
        return (
            Beat(
                "predict",
                "Predict the most likely landing point",
                f"The largest number of f is f{point(a)} {self._equals(f.f[a[1], a[0]])}, that of "
                f"g is g{point(b)} {self._equals(f.g[b[1], b[0]])}. These two moves lead to "
                f"{guess}. Predict: is {guess} the most likely landing point?",
                8.5,
            ),
            Beat(
                "every",
                f"All {len(f)} landing points",
                f"Now every landing point c: follow all ways to it and write their sum into a map. "
                f"The map has {columns} + {m} − 1 = {width} columns and "
                f"{rows} + {k} − 1 = {height} rows.",
                3.2 + self.point_seconds * len(f),
            ),
            Beat("answer", self._verdict(), self._answer(), 9.0),
        )

    def _verdict(self) -> str:
        if self.answer == self.guess:
            return f"Yes: nothing beats {point(self.frames.c[self.guess])}"
        return f"No: {point(self.frames.c[self.answer])} is more likely"

    def _answer(self) -> str:
        f, best, guess = self.frames, self.answer, self.guess
        largest = self._chance(f.output[best])
        one, other = (point(f.c[i]) for i in (best, guess))
        end = "All numbers of the map add up to 1, as those of f and of g do."
        if best == guess:
            return (
                f"The largest number of the map is {largest}, at {one}, where the "
                f"two most likely moves lead; {_ways(f.ways[best])} there. {end}"
            )
        return (
            f"The largest number of the map is {largest}, at {one}: "
            f"{_ways(f.ways[best])} there. {_ways(f.ways[guess]).capitalize()} to {other}, with "
            f"probability {self._chance(f.output[guess])}. {end}"
        )


def _worked(f: PlanarDrops, text: str | None) -> int:
    """The step of the landing point that was typed, or a usual one."""
    usual = _usual(f)
    if text is None:
        return usual
    height, width = f.total.shape
    such = ",".join(map(str, f.c[usual].tolist()))
    accepted = f"x from 0 to {width - 1} and y from 0 to {height - 1}, such as {such}"
    place = parse_row(text, "--c").values.tolist()
    if len(place) != 2:
        refuse("--c", text, "a landing point has two coordinates, x and y", accepted)
    x, y = place
    if x not in range(width) or y not in range(height):
        refuse("--c", text, "two moves never lead there", accepted)
    step = f.index_of((int(x), int(y)))
    count = int(f.ways[step])
    if not 0 < count <= MOST_WAYS:
        many = f"{count} ways lead there, too many to be drawn one by one"
        accepted = f"a point that 1 to {MOST_WAYS} ways lead to, such as {such}"
        refuse("--c", text, many if count else "no two possible moves lead there", accepted)
    return step


def _usual(f: PlanarDrops) -> int:
    """A point with several ways, though not too many; not the most likely one if it can be."""
    highest = f.output.max() - _EVEN
    fitting = [i for i in range(len(f)) if 0 < f.ways[i] <= _USUAL_WAYS]
    return max(fitting, key=lambda i: (f.ways[i], f.output[i] < highest, i))


def point(place: AnyArray) -> str:
    """A point or a vector as it is written: ``(2, 1)``."""
    return f"({', '.join(map(str, place.tolist()))})"


def evenly(*values: AnyArray) -> Chances:
    """How probabilities are written that stand together."""
    return Chances.of(*values, fractions=False, rounded=_ROUNDED)


def _peak(chances: FloatArray) -> AnyArray:
    """x and y of the largest number of a map indexed [y, x]."""
    y, x = np.unravel_index(int(chances.argmax()), chances.shape)
    return np.array([x, y])


def _ways(count: int) -> str:
    return "1 way leads" if count == 1 else f"{count} ways lead"
