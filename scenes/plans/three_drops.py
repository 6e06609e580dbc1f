"""A ball is dropped three times: the order in which the steps are added does not matter."""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar

import numpy as np
from pydantic import Field

from convmath import Check
from convmath.arrays import FloatArray
from convmath.errors import refuse
from convmath.pmf import Pmf, parse_pmf
from convmath.three_drops import (
    ThreeDrops,
    ThreeDropsStep,
    three_drops,
    verify_three_drops,
)
from scenes.beat import Beat
from scenes.chances import Chances, equality
from scenes.numerals import number
from scenes.parameters import Parameters, PmfText
from scenes.plan import Plan
from scenes.sources import OLAH

__all__ = ["ThreeDropsPlan", "Way"]

MOST_OUTCOMES = 4
_FARTHEST = 9  # steps of one drop
_DROPS = ("first", "second", "third")
_MOST_OF_FACTORS, _MOST_OF_PAIRS, _MOST_OF_PRODUCTS = 3, 5, 6  # decimals that are exact
_MOST_ON_BARS = 3  # decimals
_NOISE = 1e-12  # of probabilities

Way = tuple[int, int]
"""Where a way stands in the table: index of a, index of c."""


class ThreeDropsParameters(Parameters):
    """Three probability mass functions, and the total that is looked at."""

    f: PmfText = Field(
        "0.5,0.3,0.2",
        description=f"the first drop's probabilities: up to {MOST_OUTCOMES} outcomes",
    )
    g: PmfText = Field("0.1,0.6,0.3", description="the second drop's probabilities")
    h: PmfText = Field("0.1,0.4,0.5", description="the third drop's probabilities")
    d: int | None = Field(
        None,
        strict=True,
        description="the total that is looked at (the one with most ways if not given)",
    )
    normalise: bool = Field(
        False, description="divide probabilities that do not add up to 1 by their sum"
    )


class ThreeDropsPlan(Plan[ThreeDropsParameters, ThreeDrops]):
    """a + (b + c) and (a + b) + c: the same ways, grouped by the first drop or by the last."""

    slug: ClassVar[str] = "three-drops"
    title: ClassVar[str] = "The order of adding does not matter"
    question: ClassVar[str] = "Of three drops, which two may be joined first?"
    formula: ClassVar[str] = "f * (g * h) = (f * g) * h"
    sources: ClassVar[tuple[str, ...]] = (OLAH,)
    Parameters: ClassVar[type[Parameters]] = ThreeDropsParameters
    scene_name: ClassVar[str] = "ThreeDrops"
    poster: ClassVar[str] = "same"

    @cached_property
    def pmfs(self) -> tuple[Pmf, Pmf, Pmf]:
        """The three drops."""
        p = self.parameters
        return self._pmf("--f", p.f), self._pmf("--g", p.g), self._pmf("--h", p.h)

    def _pmf(self, option: str, text: str) -> Pmf:
        pmf = parse_pmf(text, option, normalise=self.parameters.normalise)
        if len(pmf.masses) > MOST_OUTCOMES:
            accepted = f"at most {MOST_OUTCOMES}, such as 0.4,0.3,0.2,0.1 or binomial(3, 1/2)"
            refuse(option, text, f"{len(pmf.masses)} outcomes are too many to show", accepted)
        if max(abs(end) for end in pmf.masses.support) > _FARTHEST:
            first, last = pmf.masses.support
            problem = f"the outcomes {first} to {last} lie too far out to be shown"
            refuse(option, text, problem, f"outcomes from -{_FARTHEST} to {_FARTHEST}")
        return pmf

    def make_frames(self) -> ThreeDrops:
        """One step for each total."""
        frames = three_drops(*self.pmfs)
        ways = frames.possible.sum(axis=(1, 2))
        several = frames.total[ways > 1].tolist()
        if not several:
            text = "; ".join(pmf.text for pmf in self.pmfs)
            problem = "every total is reached in one way only, so that there is nothing to group"
            accepted = "drops that have several outcomes, such as 0.5,0.3,0.2"
            refuse("--f, --g and --h", text, problem, accepted)
        d = self.parameters.d
        if d is not None and d not in several:
            count = int(ways[frames.total == d].sum())
            problem = f"there is {'one way' if count else 'no way'} to land on {d}"
            accepted = f"a total with at least two: {', '.join(map(str, several))}"
            refuse("--d", str(d), problem, accepted)
        return frames

    def make_checks(self) -> tuple[Check, ...]:
        """Hold both groupings against the ways, each other, and scipy.signal."""
        return verify_three_drops(self.frames)

    @cached_property
    def worked(self) -> int:
        """The step whose total is looked at: unless it is given, one with most ways."""
        f, d = self.frames, self.parameters.d
        if d is not None:
            return int(np.flatnonzero(f.total == d)[0])
        ways = f.possible.sum(axis=(1, 2))
        return max(range(len(f)), key=lambda i: (ways[i], f.first_then_rest[i]))

    @cached_property
    def at(self) -> ThreeDropsStep:
        """That step."""
        return self.frames.at(self.worked)

    @cached_property
    def ways(self) -> list[Way]:
        """All ways to its total: column by column, from c = 0 on."""
        return [(int(i), int(k)) for i, k in np.argwhere(self.at.possible)]

    @cached_property
    def shown(self) -> Way:
        """The way that is told: one where no drop stays in place if there is any, most likely."""

        def merit(way: Way) -> tuple[bool, float]:
            return all(self.steps(way)), float(self.at.product[way])

        return max(self.ways, key=merit)

    def steps(self, way: Way) -> tuple[int, int, int]:
        """a, b and c of one way."""
        i, k = way
        return int(self.frames.a[i]), int(self.at.b[i, k]), int(self.frames.c[k])

    def chances(self, way: Way) -> tuple[str, str, str]:
        """f(a), g(b) and h(c) of one way, as they are written."""
        (i, k), f = way, self.frames
        values = f.f[i], f.g[int(self.at.b[i, k]) - f.first_of_b], f.h[k]
        first, second, third = (self.factors.brief(float(value)) for value in values)
        return first, second, third

    @cached_property
    def column(self) -> int:
        """The a whose subtotal is told: that with most ways, the most likely of them."""
        count, sums = self.at.possible.sum(axis=1), self.at.by_first
        return max(range(len(sums)), key=lambda i: (count[i], sums[i]))

    @cached_property
    def row(self) -> int:
        """The c whose subtotal is told."""
        count, sums = self.at.possible.sum(axis=0), self.at.by_last
        return max(range(len(sums)), key=lambda k: (count[k], sums[k]))

    @cached_property
    def factors(self) -> Chances:
        """How the probabilities of one outcome are written."""
        f = self.frames
        return Chances.of(f.f, f.g, f.h, fractions=False, most=_MOST_OF_FACTORS)

    @cached_property
    def pairs(self) -> Chances:
        """How those of a sum of two drops are written."""
        f = self.frames
        return Chances.of(f.first_two, f.last_two, fractions=False, most=_MOST_OF_PAIRS)

    @cached_property
    def products(self) -> Chances:
        """How products are written, and sums of products."""
        f = self.frames
        values = (f.product, f.by_first, f.by_last)
        return Chances.of(*values, fractions=False, most=_MOST_OF_PRODUCTS, rounded=4)

    @property
    def is_exact(self) -> bool:
        """Whether all that is written is exact, not rounded."""
        return self.factors.exact and self.pairs.exact and self.products.exact

    @property
    def equals(self) -> str:
        """The sign between a formula and its value, the same everywhere."""
        return equality(self.is_exact)

    @cached_property
    def on_bars(self) -> tuple[Chances, Chances]:
        """How numbers above bars are written: of two drops, and of all three."""
        return self.pairs.at_most(_MOST_ON_BARS), self.products.at_most(_MOST_ON_BARS)

    @property
    def step_seconds(self) -> float:
        """How long the bars of one total take."""
        return max(0.7, min(1.0, 7.0 / len(self.frames)))

    def make_beats(self) -> tuple[Beat, ...]:
        """The story of these three drops."""
        return (*self._drops(), *self._by_first(), *self._by_last(), *self._all())

    def _drops(self) -> tuple[Beat, ...]:
        d, count = _whole(self.at.total), len(self.ways)
        a, b, c = map(_whole, self.steps(self.shown))
        f, g, h = self.pmfs
        return (
            Beat(
                "drops",
                "A ball is dropped three times",
                f"A ball is dropped three times. The first drop rolls it {_span(f)} steps with "
                f"probabilities f {self._list(f)}; the second {_span(g)} with "
                f"g {self._list(g)}; the third {_span(h)} with h {self._list(h)}."
                f"{self._tails()}",
                9.0,
            ),
            Beat(
                "way",
                f"One way to land on {d}",
                f"One way to land on {d}: first {a}, then {b}, then {c}. The drops are "
                f"independent, so the probabilities multiply: {self._product(self.shown)}.",
                9.5,
            ),
            Beat(
                "ways",
                f"All {count} ways to land on {d}",
                f"The first drop a gives the column, the last drop c the row; the middle one has "
                f"to be b = {d} − a − c. That leaves {count} ways, each with its product"
                f"{'' if self.is_exact else f', rounded to {self.products.decimals} decimals'}.",
                4.5 + 0.45 * count,
            ),
        )

    def _by_first(self) -> tuple[Beat, ...]:
        i, step = self.column, self.at
        a, rest = int(self.frames.a[i]), _whole(step.total - int(self.frames.a[i]))
        first, left = self.factors.brief(self.frames.f[i]), self.pairs.brief(step.after_first[i])
        subtotal = self.products.brief(float(step.by_first[i]))
        return (
            Beat(
                "first",
                "Group the ways by the first drop",
                f"Add each column. All cards with a = {_whole(a)} share the factor {first}: "
                f"together {subtotal} {self.equals} {first} · {left}. And {left} is the "
                f"convolution (g * h)({rest}): the chance that the last two drops make {rest}.",
                11.0,
            ),
            Beat(
                "total",
                "The last two drops first: f * (g * h)",
                f"The columns add up to the probability of landing on {_whole(step.total)}: "
                f"{self._sum(step.by_first, step.first_then_rest)}. Here the last two drops are "
                f"joined first: f * (g * h).",
                6.0,
            ),
            Beat(
                "predict",
                "Predict: what will change?",
                f"Now group the same {len(self.ways)} cards by the last drop, in rows. Predict "
                f"what will change: the products on the cards, the subtotals, the total "
                f"{self.products.brief(step.first_then_rest)}?",
                6.5,
            ),
        )

    def _by_last(self) -> tuple[Beat, ...]:
        k, step = self.row, self.at
        c, rest = int(self.frames.c[k]), _whole(step.total - int(self.frames.c[k]))
        left, last = self.pairs.brief(step.before_last[k]), self.factors.brief(self.frames.h[k])
        subtotal = self.products.brief(float(step.by_last[k]))
        return (
            Beat(
                "last",
                "Group the same ways by the last drop",
                f"No card changes, but the rows hold other cards. All with c = {_whole(c)} share "
                f"the factor {last}: together {subtotal} {self.equals} {left} · {last}. And "
                f"{left} is (f * g)({rest}): now the first two drops are joined.",
                10.0,
            ),
            self._same(),
        )

    def _same(self) -> Beat:
        step = self.at
        total = self._sum(step.by_last, step.rest_then_last)
        columns, rows = (np.sort(sums[sums > 0]) for sums in (step.by_first, step.by_last))
        if columns.size == rows.size and np.allclose(columns, rows, rtol=0, atol=_NOISE):
            heading = "The same total"
            found = f"Here even the subtotals agree; the total does in any case: {total}."
        else:
            heading = "Other subtotals, the same total"
            found = f"The subtotals changed, the total did not: {total}."
        why = "The same products were added, only in another order."
        return Beat("same", heading, f"{found} {why}", 7.0)

    def _all(self) -> tuple[Beat, ...]:
        f = self.frames
        first, last = (_whole(int(end)) for end in f.total[[0, -1]])
        return (
            Beat(
                "every",
                "The same for every total",
                f"One order joins g and h first, the other f and g. For every total from {first} "
                f"to {last} both give the same probability. {self._peak()}; all together add "
                f"up to 1.",
                3.8 + self.step_seconds * len(f),
            ),
            Beat(
                "brackets",
                "No brackets needed",
                "Convolution is associative: f * (g * h) = (f * g) * h. So we may leave out the "
                "brackets and write f * g * h. For more drops, regroup three neighbours at a time.",
                10.0,
            ),
        )

    def _peak(self) -> str:
        """The most likely total, or totals, in words."""
        p = self.frames.first_then_rest
        totals = [_whole(d) for d in self.frames.total[p >= p.max() - _NOISE].tolist()]
        likely = self.on_bars[1].told(float(p.max()))
        if len(totals) == 1:
            return f"The most likely total is {totals[0]}, with {likely}"
        return f"Most likely are {', '.join(totals[:-1])} and {totals[-1]}, with {likely} each"

    def _list(self, pmf: Pmf) -> str:
        p = pmf.p.tolist()
        return f"{self.factors.sign(*p)} {', '.join(map(self.factors.brief, p))}"

    def _tails(self) -> str:
        """What was left out of drops that have no last outcome."""
        names = zip(_DROPS, self.pmfs, strict=True)
        parts = [
            f" The {name} drop has no end: it is cut, and {number(pmf.tail, 3)} of its "
            f"probability left out."
            for name, pmf in names
            if pmf.tail
        ]
        return "".join(parts)

    def _product(self, way: Way) -> str:
        value = self.products.brief(float(self.at.product[way]))
        return f"{' · '.join(self.chances(way))} {self.equals} {value}"

    def _sum(self, terms: FloatArray, total: float) -> str:
        texts = [self.products.brief(value) for value in terms.tolist() if value > 0]
        result = self.products.brief(total)
        return f"{' + '.join(texts)} {self.equals} {result}" if len(texts) > 1 else result


def _span(pmf: Pmf) -> str:
    first, last = pmf.masses.support
    return _whole(first) if first == last else f"{_whole(first)} to {_whole(last)}"


def _whole(value: int) -> str:
    return number(int(value), 0)
