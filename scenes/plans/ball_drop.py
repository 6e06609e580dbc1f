"""A ball dropped twice: the ways to a total, their probabilities, and where it came from."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar, Literal

import numpy as np
from pydantic import Field, model_validator

from convmath import Check
from convmath.arrays import IntArray
from convmath.errors import refuse
from convmath.pmf import Pmf, parse_pmf
from convmath.two_drops import DropStep, TwoDrops, drop_twice, verify_drops
from scenes.beat import Beat
from scenes.chances import Chances
from scenes.parameters import Parameters, PmfText
from scenes.plan import Plan
from scenes.plans.drop_words import BALL, DICE, DropWords
from scenes.sources import OLAH
from scenes.wording import listed

__all__ = ["BallDropPlan"]

MOST_OUTCOMES, FARTHEST = 8, 8
_PRESETS: dict[str, dict[str, Any]] = {"dice": {"f": "uniform(1, 6)", "g": "uniform(1, 6)", "c": 5}}


class BallDropParameters(Parameters):
    """Two probability mass functions and the total that is worked out."""

    f: PmfText = Field(
        "0.1,0.2,0.4,0.3",
        description="how far the first drop goes: probabilities of 0, 1, 2, …, or a distribution",
    )
    g: PmfText = Field(
        "0.1,0.3,0.4,0.2",
        description="how far the second drop goes: probabilities of 0, 1, 2, …, or a distribution",
    )
    c: int | None = Field(
        None,
        strict=True,
        description="the total that is worked out (the one with the most ways if not given)",
    )
    preset: Literal["dice"] | None = Field(
        None,
        description="dice: two fair dice, the sum 5, and a table of all pairs; --f, --g and --c "
        "override what it says",
    )
    normalise: bool = Field(False, description="divide the probabilities by their sum")

    @model_validator(mode="before")
    @classmethod
    def _preset(cls, given: Any) -> Any:
        """What a preset says, where nothing else was chosen."""
        if isinstance(given, dict) and isinstance(given.get("preset"), str):
            chosen = {name: value for name, value in given.items() if value is not None}
            return {**_PRESETS.get(given["preset"], {}), **chosen}
        return given


class BallDropPlan(Plan[BallDropParameters, TwoDrops]):
    """The probability of a total is the sum over all ways to it: a convolution."""

    slug: ClassVar[str] = "ball-drop"
    title: ClassVar[str] = "How far does the ball get in two drops?"
    question: ClassVar[str] = "What does adding two random outcomes have to do with convolution?"
    formula: ClassVar[str] = "(f * g)(c) = sum_a f(a) g(c - a)"
    sources: ClassVar[tuple[str, ...]] = (OLAH,)
    Parameters: ClassVar[type[Parameters]] = BallDropParameters
    scene_name: ClassVar[str] = "BallDrop"
    poster: ClassVar[str] = "add"
    signals: ClassVar[str] = "--f and --g"

    @cached_property
    def f(self) -> Pmf:
        """Of the first drop."""
        return self._pmf("f")

    @cached_property
    def g(self) -> Pmf:
        """Of the second drop."""
        return self._pmf("g")

    def _pmf(self, name: str) -> Pmf:
        option, text = f"--{name}", getattr(self.parameters, name)
        pmf = parse_pmf(text, option, normalise=self.parameters.normalise)
        count = len(pmf.outcomes)
        if not 2 <= count <= MOST_OUTCOMES:
            problem = f"{count} outcome{'s' * (count > 1)} cannot be told as a story"
            refuse(option, text, problem, f"2 to {MOST_OUTCOMES} outcomes")
        first, last = pmf.outcomes[[0, -1]].tolist()
        if first < 0 or last > FARTHEST:
            problem = f"the outcomes go from {first} to {last}"
            refuse(option, text, problem, f"whole distances from 0 to {FARTHEST}")
        return pmf

    @cached_property
    def words(self) -> DropWords:
        """A ball's, or those of dice."""
        return DICE if self.parameters.preset == "dice" else BALL

    def make_frames(self) -> TwoDrops:
        """One step for each total."""
        frames = drop_twice(self.f, self.g)
        c = self.parameters.c
        if c is not None and not frames.output[frames.n == c].any():
            possible = frames.n[frames.output > 0]
            problem = f"the total {c} has the probability 0"
            accepted = f"a total that can be reached, from {possible[0]} to {possible[-1]}"
            refuse("--c", str(c), problem, accepted)
        return frames

    def make_checks(self) -> tuple[Check, ...]:
        """Hold the totals against numpy.convolve, and all sums against 1."""
        return verify_drops(self.frames, self.f, self.g)

    @cached_property
    def worked(self) -> int:
        """The step of the total that is worked out."""
        f, c = self.frames, self.parameters.c
        return int(np.argmax(f.ways if c is None else f.n == c))

    @property
    def c(self) -> int:
        """The total that is worked out."""
        return self.step.n

    @cached_property
    def step(self) -> DropStep:
        """All about the total that is worked out."""
        return self.frames.at(self.worked)

    @cached_property
    def ways(self) -> IntArray:
        """(n, 2) the pairs (a, b) that can happen and make the total."""
        a = self.frames.k[self.step.product > 0]
        return np.stack([a, self.c - a], axis=1)

    @cached_property
    def chosen(self) -> int:
        """The way that is shown first: one with two hops of different length, if there is one."""
        telling = (self.ways.min(axis=1) > 0).astype(int) + (self.ways[:, 0] != self.ways[:, 1])
        return int(np.argmax(telling))

    @cached_property
    def way_chances(self) -> list[tuple[float, float, float]]:
        """f(a), g(b) and their product for each way."""
        f, step = self.frames, self.step
        met = step.product > 0
        columns = (f.fixed[met], step.moving[met], step.product[met])
        return list(zip(*(column.tolist() for column in columns), strict=True))

    @cached_property
    def posterior(self) -> list[float]:
        """P(A = a | total) for each way."""
        values: list[float] = self.step.posterior[self.step.product > 0].tolist()
        return values

    @cached_property
    def product_chances(self) -> Chances:
        """How products and totals are written."""
        f = self.frames
        return Chances.of(np.concatenate([f.product.ravel(), f.output]))

    @cached_property
    def pmf_chances(self) -> tuple[Chances, Chances]:
        """How f and g are written: as fractions only if the products are."""
        fractions = self.product_chances.whole is not None
        first, second = (Chances.of(pmf.p, fractions=fractions) for pmf in (self.f, self.g))
        return first, second

    @cached_property
    def posterior_chances(self) -> Chances:
        """How the posterior is written; it is not exact if what is divided is not."""
        products = self.product_chances
        if not products.exact:
            return products
        return Chances.of(np.array(self.posterior), fractions=products.whole is not None or None)

    @cached_property
    def likeliest(self) -> IntArray:
        """The totals with the greatest probability; several if they are equal but for rounding."""
        f = self.frames
        return np.asarray(f.n[f.output >= f.output.max() - 1e-12])

    @cached_property
    def tail_notes(self) -> tuple[str, str]:
        """What was cut off each pmf; nothing where none was."""
        first, second = (_tail(pmf) for pmf in (self.f, self.g))
        return first, second

    @property
    def step_seconds(self) -> float:
        """How long the slide takes from one total to the next."""
        return max(0.7, min(1.6, 11.0 / len(self.frames)))

    @property
    def way_seconds(self) -> float:
        """How long one way takes to be shown."""
        return max(0.8, min(1.8, 8.0 / len(self.ways)))

    def make_beats(self) -> tuple[Beat, ...]:
        """The story of these two drops."""
        table = (self._pairs(),) if self.parameters.preset == "dice" else ()
        return (*self._ways(), *self._convolution(), *self._totals(), *table, self._before())

    def _ways(self) -> tuple[Beat, ...]:
        w, c = self.words, self.c
        notes = zip("fg", self.tail_notes, strict=True)
        tails = "".join(f" Of {name}, {note}." for name, note in notes if note)
        (a, b), (p, q, product) = self.ways[self.chosen].tolist(), self.way_chances[self.chosen]
        one, other, way = self._written(p, q, product)
        products = [self._written(*chance)[2] for chance in self.way_chances]
        count = len(self.ways)
        total = self.product_chances.write(self.step.output)
        sign = self.product_chances.equals
        if count > 1:
            pairs = ", ".join(f"({x}, {y})" for x, y in self.ways.tolist())
            all_ways = f"These {count} ways lead to {c}: {pairs}. Each one has its own product."
            added = (
                f"Only one of them can happen at a time, so their probabilities add up: "
                f"{' + '.join(products)} {sign} {total}."
            )
        else:
            all_ways = f"There is no other way to {c}: only ({a}, {b})."
            added = f"With one way only there is nothing to add: the probability is {total}."
        return (
            Beat("drops", w.drops_heading, w.drops + tails, 6.5),
            Beat(
                "hop",
                f"One way to {w.get} {c}",
                f"{w.ask.format(c=c)} One way: a = {a}, with probability {one}, then b = {b}, with "
                f"{other}. {w.independent}, so multiply: {one} · {other} {sign} {way}.",
                11.5,
            ),
            Beat(
                "ways",
                f"All ways to {w.get} {c}",
                all_ways,
                2.2 + self.way_seconds * count,
            ),
            Beat("add", "Add the ways", added, 5.0),
        )

    def _written(self, f: float, g: float, product: float) -> tuple[str, str, str]:
        first, second = self.pmf_chances
        return first.write(f), second.write(g), self.product_chances.write(product)

    def _convolution(self) -> tuple[Beat, ...]:
        c = self.c
        return (
            Beat(
                "left-over",
                "b is what is left",
                f"Once a is known, b has to be what is left: b = {c} − a. So the sum runs over "
                f"a alone. It is the convolution of f and g at {c}.",
                7.5,
            ),
            Beat(
                "flip",
                f"g({c} − a) is g, flipped and shifted",
                f"Draw g({c} − a) over a: it is g, flipped and shifted by {c}. The factors of each "
                f"way now stand on top of each other.",
                8.5,
            ),
        )

    def _totals(self) -> tuple[Beat, ...]:
        f, w = self.frames, self.words
        first, last = f.n[[0, -1]].tolist()
        return (
            Beat(
                "predict",
                "Predict: which total is likeliest?",
                f"Every total c from {first} to {last} has such a sum.{self._most_ways()} "
                f"Predict: which total is the most likely?",
                6.0,
            ),
            Beat(
                "slide",
                "Every total has its sum",
                f"Shift the flipped g from {first} to {last}: at each total c, multiply what "
                f"stands at the same a, and add.",
                3.0 + self.step_seconds * (len(f) - 1),
            ),
            Beat("whole", w.whole_heading, self._answer(), 7.0),
        )

    def _most_ways(self) -> str:
        """A hint that may mislead, where the total that was worked out gives one."""
        f = self.frames
        alone = f.n[f.ways == f.ways.max()].tolist() == [self.c]
        return f" No other total has as many ways as {self.c}." if alone else ""

    def _answer(self) -> str:
        f, chances = self.frames, self.product_chances
        top = self.likeliest.tolist()
        value = chances.write(float(f.output.max()))
        most = f.n[f.ways == f.ways.max()].tolist()
        if len(top) == 1:
            told = f"The likeliest total is {top[0]}, with probability {value}"
            told += f": not {most[0]}, which has the most ways." if _other(most, top) else "."
        else:
            told = f"The likeliest totals are {listed(top)}, each with probability {value}."
        return f"{told} All totals together have probability 1, and f * g is a distribution again."

    def _pairs(self) -> Beat:
        f = self.frames
        return Beat(
            "pairs",
            "All pairs in one table",
            f"All {f.joint.size} pairs in one table: each diagonal holds the pairs with one "
            f"total. Its length grows and falls, and that is f * g.",
            3.0 + 0.8 * len(f),
        )

    def _before(self) -> Beat:
        w, c = self.words, self.c
        best = int(np.argmax(self.posterior))
        chances = self.posterior_chances
        total = self.product_chances.write(self.step.output)
        return Beat(
            "before",
            w.before_heading.format(c=c),
            f"{w.before.format(c=c)} Divide each way by their sum, {total}. For a = "
            f"{self.ways[best, 0]} that gives {chances.write(self.posterior[best])}; all of them "
            f"add up to 1.",
            9.5,
        )


def _other(most: list[int], top: list[int]) -> bool:
    """Whether one total alone has the most ways, and another one is likelier."""
    return len(most) == 1 and most != top


def _tail(pmf: Pmf) -> str:
    """What was left out, in words: a share of at least a digit."""
    if not pmf.tail:
        return ""
    return f"{pmf.tail * 100:.2g} % beyond {pmf.outcomes[-1]} are left out"
