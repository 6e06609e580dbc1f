"""The expected value: a weighted average of outcomes, and their balance point."""

from __future__ import annotations

from collections.abc import Sequence as Several
from functools import cached_property
from typing import Annotated, ClassVar

import numpy as np
from pydantic import Field

from convmath import Check, parse_row
from convmath.arrays import FloatArray, IntArray
from convmath.density import Density, parse_density
from convmath.errors import refuse
from convmath.expectation import Expectation, expectation
from convmath.pmf import Pmf, parse_pmf
from convmath.verify_expectation import verify_expectation
from scenes.beat import Beat
from scenes.chances import Chances, equality
from scenes.numerals import brief
from scenes.parameters import Parameters, PmfText, RowText, SignalText
from scenes.plan import Plan
from scenes.sources import OLAH, STUDY_NOTES

__all__ = ["ExpectedValuePlan"]

MOST = 12  # outcomes
FIRST_DRAWS = 5  # which are shown one by one
_CLOSEST = 1 / 12  # of the span of the outcomes, between two of them
_LEAST = 0.0001  # a probability that is not 0
_LONGEST = 5  # characters of an outcome
_WINDOW = 10_000.0  # a density may lie so far from 0
_NARROWEST = 0.01
_EQUAL = 1e-9  # rounding, in parts of the span
_DIE = "uniform(1, 6)"
_NUMBERS = Chances(4, exact=False)  # with at most so many decimals
_MEASURED = Chances(3, exact=False)
_DIGITS = 5  # of a moment, decimals included
_MOST_TERMS = 6  # of a sum that is said in full


class ExpectedValueParameters(Parameters):
    """A random number, a continuous one, and how often it is drawn."""

    p: PmfText = Field(
        "0.4, 0.1, 0.2, 0.3 @ 1",
        description=f"probabilities of 2 to {MOST} outcomes: 0.2,0.3,0.5 or binomial(4, 1/2)",
    )
    x: RowText | None = Field(
        None, description="the outcomes, one for each probability, if not the whole numbers of p"
    )
    density: SignalText = Field(
        "piecewise(0 <= t <= 3: 2/9*t)",
        description="a density: nowhere negative, with the integral 1",
    )
    draws: Annotated[int, Field(strict=True, ge=100, le=10_000)] = Field(
        2000, description="how often X is drawn: 100 to 10000 times"
    )
    seed: Annotated[int, Field(strict=True, ge=0, le=2**32 - 1)] = Field(
        3, description="of the draws: a whole number from 0 on"
    )
    normalise: bool = Field(False, description="divide p, and the density, by what they add up to")


class ExpectedValuePlan(Plan[ExpectedValueParameters, Expectation]):
    """Σ p_i x_i, about which the weights balance and on which the mean of many draws settles."""

    slug: ClassVar[str] = "expected-value"
    title: ClassVar[str] = "A weighted average of outcomes"
    question: ClassVar[str] = "What is expected of a random number, and why is that a convolution?"
    formula: ClassVar[str] = "EE[X] = sum_i p_i x_i"
    sources: ClassVar[tuple[str, ...]] = (OLAH, STUDY_NOTES)
    Parameters: ClassVar[type[Parameters]] = ExpectedValueParameters
    scene_name: ClassVar[str] = "ExpectedValue"
    poster: ClassVar[str] = "balance"

    @cached_property
    def pmf(self) -> Pmf:
        """The probabilities, and their outcomes unless `x` is given."""
        p = self.parameters
        pmf = parse_pmf(p.p, "--p", normalise=p.normalise)
        accepted = f"2 to {MOST} outcomes, of which two or more can be drawn"
        if len(pmf.p) > MOST:
            refuse("--p", p.p, f"{len(pmf.p)} outcomes are too many to show", accepted)
        if np.count_nonzero(pmf.p) < 2:
            refuse("--p", p.p, "only one outcome can be drawn, so there is no average", accepted)
        smallest = float(pmf.p[pmf.p > 0].min())
        if smallest < _LEAST:
            problem = f"a probability of {smallest:.3g} cannot be seen"
            refuse("--p", p.p, problem, f"0, or probabilities from {_LEAST:g} on")
        return pmf

    @cached_property
    def outcomes(self) -> FloatArray:
        """(n_x,) x_i in the order in which the probabilities are given; all are different."""
        text, pmf = self.parameters.x, self.pmf
        if text is None:
            option, typed, x = "--p", self.parameters.p, pmf.outcomes.astype(np.float64)
        else:
            option, typed = "--x", text
            x = parse_row(text, option).values.astype(np.float64)
        if len(x) != len(pmf.p):
            problem = f"these are {len(x)} outcomes for {len(pmf.p)} probabilities"
            refuse(option, typed, problem, f"{len(pmf.p)} different numbers, such as 0,1,5")
        gap = float(np.diff(np.sort(x)).min())
        if gap < _CLOSEST * np.ptp(x) * (1 - _EQUAL) or gap == 0:
            problem = "two of these outcomes are the same, or too close to be told apart"
            refuse(option, typed, problem, "outcomes that are spread more evenly")
        long = [brief(v) for v in x.tolist() if len(brief(v)) > _LONGEST or brief(v) != _whole(v)]
        if long:
            problem = f"{long[0]} is too long to be read on the beam"
            refuse(option, typed, problem, f"outcomes of up to {_LONGEST} characters: −12.5, 9999")
        return x

    @cached_property
    def density(self) -> Density:
        """The density of the continuous random number."""
        p = self.parameters
        density = parse_density(p.density, "--density", normalise=p.normalise)
        low, high = density.window
        if max(-low, high) > _WINDOW or high - low < _NARROWEST:
            problem = f"this lies from {low:.6g} to {high:.6g}, where its axis cannot be read"
            accepted = f"a density {_NARROWEST:g} wide or more, within ±{_WINDOW:g}"
            refuse("--density", p.density, problem, accepted)
        return density

    def make_frames(self) -> Expectation:
        """One step for each draw."""
        p = self.parameters
        order = [k for k in np.argsort(self.outcomes) if self.pmf.p[k] > 0]
        x, weights = self.outcomes[order], self.pmf.p[order]
        return expectation(x, weights, self.density, seed=p.seed, draws=p.draws)

    def make_checks(self) -> tuple[Check, ...]:
        """Hold sums, means and integral against NumPy and SciPy."""
        return verify_expectation(self.frames, self.density)

    @cached_property
    def die(self) -> float:
        """The expected value of a fair die."""
        return parse_pmf(_DIE).mean

    @property
    def expected(self) -> str:
        """E[X] as it is written."""
        return value(self.frames.expected)

    @property
    def equals_expected(self) -> str:
        """E[X] with the sign before it."""
        return f"{equals(self.frames.expected)} {self.expected}"

    @cached_property
    def moments(self) -> Chances:
        """Of moments and means: two or three decimals, as they need; fewer for large ones."""
        f = self.frames
        shown = np.concatenate([f.moment[0], f.moment[-1], [f.expected]])
        needed = Chances.of(shown, fractions=False, least=2, most=3)
        return needed.at_most(max(0, _DIGITS - len(str(int(np.abs(shown).max())))))

    def moment_sign(self, step: int, i: int) -> str:
        """The sign between p (x − c) and its value."""
        f = self.frames
        factors = (float(f.p[i]), float(f.x[i]), float(f.pivot[step]))
        return equality(_NUMBERS.holds(*factors) and self.moments.holds(f.moment[step, i]))

    @property
    def equals_deviation(self) -> str:
        """σ with the sign before it."""
        sigma = self.frames.deviation
        return f"{_MEASURED.sign(sigma)} {_MEASURED.brief(sigma)}"

    def is_expected(self, number: float) -> bool:
        """Whether a number is E[X], but for rounding."""
        f = self.frames
        return bool(abs(number - f.expected) <= _EQUAL * np.ptp(f.x))

    @cached_property
    def likeliest(self) -> tuple[float, ...]:
        """The outcomes with the highest probability."""
        f = self.frames
        return tuple(f.x[f.p >= f.p.max() - _EQUAL].tolist())

    @property
    def middle(self) -> float:
        """Half way from the least outcome to the greatest."""
        x = self.frames.x
        return float((x[0] + x[-1]) / 2)

    @property
    def is_outcome(self) -> bool:
        """Whether X can be E[X]."""
        f = self.frames
        return any(self.is_expected(x) for x in f.x[f.p > 0].tolist())

    @cached_property
    def thinned(self) -> IntArray:
        """Numbers of draws, as indices of the frames, which a logarithmic axis can tell apart."""
        return np.unique(np.geomspace(1, len(self.frames), 700).astype(np.int64)) - 1

    def make_beats(self) -> tuple[Beat, ...]:
        """The story of this random number."""
        return (
            *self._sum(),
            *self._balance(),
            *self._draws(),
            *self._continuum(),
            *self._bridge(),
        )

    def _sum(self) -> tuple[Beat, ...]:
        return (
            Beat("outcomes", "Outcomes and their probabilities", self._introduced(), 6.0),
            Beat(
                "predict",
                "Predict",
                f"Predict the expected value of X: is it {self._most_likely()}, the middle, "
                f"{value(self.middle)}, or something else?",
                6.0,
            ),
            Beat(
                "sum",
                "Probability times outcome, added up",
                f"Probability times outcome, added up: {self._written_sum()}. This weighted "
                "average is the expected value, E[X].",
                4.0 + 0.7 * len(self.frames.x),
            ),
            Beat("answer", self._answer_heading(), self._answer(), 6.0),
        )

    def _introduced(self) -> str:
        f = self.frames
        outcomes, chances = [value(x) for x in f.x], [value(p) for p in f.p]
        if len(f.x) <= _MOST_TERMS:
            told = (
                f"A random number X is {listed(outcomes, 'or')}. The probabilities are "
                f"{listed(chances)}: together they make 1."
            )
        else:
            told = (
                f"A random number X has {len(f.x)} outcomes, from {outcomes[0]} to {outcomes[-1]}. "
                "Each has its probability, and together they make 1."
            )
        tail = self.pmf.tail
        if tail:
            told += f" Larger outcomes, {brief(100 * tail, 2)} % in all, are left out."
        return told

    def _most_likely(self) -> str:
        if len(self.likeliest) > 1:
            return "one of the most likely outcomes"
        return f"the most likely outcome, {value(self.likeliest[0])}"

    def _written_sum(self) -> str:
        f = self.frames
        if len(f.x) > _MOST_TERMS:
            return f"the {len(f.x)} products make {_NUMBERS.told(f.expected)}"
        terms = [f"{value(p)} · {factor(x)}" for p, x in zip(f.p, f.x, strict=True)]
        return f"{' + '.join(terms)} {equals(*f.p, *f.x, f.expected)} {self.expected}"

    def _answer_heading(self) -> str:
        return "An outcome, by chance" if self.is_outcome else "Expected, but never drawn"

    def _answer(self) -> str:
        likely = len(self.likeliest) == 1 and self.is_expected(self.likeliest[0])
        middle = self.is_expected(self.middle)
        if likely and middle:
            told = f"Here E[X] {self.equals_expected} is the most likely outcome and the middle."
        elif likely:
            told = f"Here E[X] {self.equals_expected} happens to be the most likely outcome."
        elif middle:
            told = f"Here E[X] {self.equals_expected} happens to be the middle."
        else:
            told = f"E[X] {self.equals_expected} is neither the most likely outcome nor the middle."
        if self.is_outcome:
            return f"{told} It need not be an outcome: for a fair die it is {value(self.die)}."
        return f"{told} It is never drawn. For a fair die it is {value(self.die)}."

    def _balance(self) -> tuple[Beat, ...]:
        f = self.frames
        side = "right" if f.torque[0] > 0 else "left"
        left = float(f.moment[-1][f.moment[-1] < 0].sum())
        return (
            Beat(
                "tilt",
                "Weights on a beam",
                f"Probabilities as weights on a beam, the pivot at c = {value(f.pivot[0])}. Their "
                f"turning moments p · (x − c), positive to the right, make "
                f"{self.moments.told(f.torque[0])}: it tips to the {side}.",
                5.0 + 0.4 * len(f.x),
            ),
            Beat(
                "balance",
                "The balance point is E[X]",
                f"With the pivot at {self.expected} the moments on the left, "
                f"{self.moments.told(left)}, and on the right, {self.moments.told(-left)}, "
                "cancel. The weights balance about E[X], and nowhere else.",
                7.5,
            ),
        )

    def _draws(self) -> tuple[Beat, ...]:
        f, n = self.frames, len(self.frames)
        first = [value(draw) for draw in f.draw[:FIRST_DRAWS]]
        last = f.at(-1)
        return (
            Beat(
                "draws",
                "Draw X, and take the mean so far",
                f"Draw X at random: {listed(first)}. The mean of these {FIRST_DRAWS} draws is "
                f"{self.moments.told(f.mean[FIRST_DRAWS - 1])}. Predict: where does the mean go "
                "as we draw on?",
                7.0,
            ),
            Beat(
                "settle",
                "The mean of many draws settles on E[X]",
                f"After {n} draws the mean is {_MEASURED.told(last.mean)}; E[X] is "
                f"{_NUMBERS.told(f.expected)}. A draw is typically σ {self.equals_deviation} from "
                f"it, a mean σ/√n, now {_MEASURED.told(last.band)}. One mean in three lies outside "
                "this band.",
                8.5,
            ),
        )

    def _continuum(self) -> tuple[Beat, ...]:
        f = self.frames
        low, high = (value(end) for end in f.window)
        finer = [value(total) for total in f.total[1:]]
        reach = "between" if np.isfinite(self.density.signal.support).all() else "mostly between"
        return (
            Beat(
                "bars",
                "A continuum of outcomes",
                f"Now X is any number, {reach} {low} and {high}, with the density p(x). A bar of "
                f"width Δ {equals(f.width[0])} {value(f.width[0])} has about the probability p(x) "
                f"· Δ. Times x, added: {_NUMBERS.told(f.total[0])}.",
                8.0,
            ),
            Beat(
                "integral",
                "Finer bars: the sum becomes an integral",
                f"Finer bars give {listed(finer)}. The sum becomes an integral, E[X] = ∫ x p(x) "
                f"dx {equals(f.integral)} {value(f.integral)}: here the area balances.",
                7.5,
            ),
        )

    def _bridge(self) -> tuple[Beat, ...]:
        f = self.frames
        n = int(f.position[0])
        return (
            Beat(
                "weights",
                "The probabilities become weights",
                "The probabilities p become weights w[k]; they add up to 1. Outputs look "
                f"back: w[0] is at the newest sample, x[{n}]. The sum, {value(f.output[0])}, is "
                "an expected value.",
                9.5,
            ),
            Beat(
                "convolution",
                "Convolution: each y[n] is an expected value",
                f"Slide them on: {listed([value(y) for y in f.output])}. A convolution is one "
                "such sum for every position. As the weights add up to 1, each is an expected "
                "value.",
                9.5,
            ),
        )


def value(number: float) -> str:
    """A number as it is written."""
    return _NUMBERS.brief(float(number))


def equals(*numbers: float) -> str:
    """The sign between the parts of a formula and its value, as they are written."""
    return _NUMBERS.sign(*map(float, numbers))


def factor(number: float) -> str:
    """A number in a product; a negative one in parentheses."""
    return f"({value(number)})" if number < 0 else value(number)


def listed(parts: Several[str], last: str = "and") -> str:
    """Words with commas between them, and a word before the last."""
    *first, end = parts
    return f"{', '.join(first)} {last} {end}" if first else end


def _whole(number: float) -> str:
    """All digits of a number that has few."""
    return f"{number:.6g}".replace("-", "−")
