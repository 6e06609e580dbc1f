"""What the output point cares about: several rules of weighting, over the same inputs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, ClassVar, TypeAlias

import numpy as np
from pydantic import Field

from convmath import Check, Sequence, parse_sequence
from convmath.aggregation import Aggregation, Rule, aggregate, parse_rule
from convmath.arrays import FloatArray
from convmath.errors import refuse
from convmath.verify_aggregation import verify_aggregation
from scenes.beat import Beat
from scenes.numerals import brief, decimals_for, number, short
from scenes.parameters import Parameters, SequenceText
from scenes.plan import Plan
from scenes.plans.ranges import padded
from scenes.sources import WILD
from scenes.wording import listed

__all__ = ["AggregationRulesPlan", "RuleLane"]

_FEWEST, _MOST = 3, 15  # inputs
_LEAST_INPUT, _LARGEST_INPUT = 0.01, 999.0
_LEAST_WEIGHT, _LARGEST_WEIGHT = 0.001, 10_000.0
_OVERSHOOT = 1.5  # of the curve between two weights, beyond which only the weights are drawn
_BUILT_IN = 3  # rules beside the user's
_BELOW = 0.1  # of a chart of weights: for heads that stand on the axis
_MOST_TERMS = 5  # of a sum that is said aloud

Radius: TypeAlias = Annotated[int, Field(strict=True, ge=0, le=_MOST - 1)]
Scale: TypeAlias = Annotated[float, Field(strict=True, allow_inf_nan=False, ge=0.1, le=100.0)]


class AggregationRulesParameters(Parameters):
    """The inputs, and what each of the rules gives them."""

    f: SequenceText = Field(
        "0, 2, 1, 5, 3, 6, 5, 1, 2, 0, 1, 0",
        description=f"the inputs: a list of {_FEWEST} to {_MOST} numbers",
    )
    window: Radius = Field(
        1, description="radius of the box window: inputs up to this far away weigh 1 (0 to 14)"
    )
    scale: Scale = Field(
        1.0, description="the distance at which the exponential decay weighs 1/2 (0.1 to 100)"
    )
    rule: str = Field(
        "2^(-d)*u(d)",
        description="a fourth rule g(d) of the offset d = t − s, or a list such as 1,2,1 @ -1",
        json_schema_extra={"format": "sequence"},
    )
    t: int | None = Field(
        None, description="the output point that asks first (chosen to fit if not given)"
    )


@dataclass(frozen=True)
class RuleLane:
    """A rule with its name.

    Attributes
    ----------
    name, said
        Over a picture, and within a sentence.
    math
        Typst mathematics of g(d).
    """

    name: str
    said: str
    math: str
    rule: Rule


class AggregationRulesPlan(Plan[AggregationRulesParameters, Aggregation]):
    """y(t) = Σ_s g(t − s) f(s) under four rules g."""

    slug: ClassVar[str] = "aggregation-rules"
    title: ClassVar[str] = "Rules of aggregation"
    question: ClassVar[str] = "What does the output point care about?"
    formula: ClassVar[str] = "y(t) = sum_s g(t - s) f(s)"
    sources: ClassVar[tuple[str, ...]] = (WILD,)
    Parameters: ClassVar[type[Parameters]] = AggregationRulesParameters
    scene_name: ClassVar[str] = "AggregationRules"
    poster: ClassVar[str] = "slide"

    @cached_property
    def f(self) -> Sequence:
        """The inputs."""
        typed = self.parameters.f
        found = parse_sequence(typed, "--f")
        accepted = f"a list of {_FEWEST} to {_MOST} numbers, such as 0, 2, 1, 5, 3"
        if not isinstance(found, Sequence):
            refuse("--f", typed, "this sequence never ends", accepted)
        if not _FEWEST <= len(found) <= _MOST:
            few = "few to compare" if len(found) < _FEWEST else "many to show"
            refuse("--f", typed, f"{len(found)} inputs are too {few}", accepted)
        if np.ptp(found.values) == 0:
            problem = f"all inputs are {brief(found.values[0].item())}: nothing to smooth or keep"
            refuse("--f", typed, problem, "numbers that differ, such as 0, 2, 1, 5, 3")
        sizes = np.abs(found.values[found.values != 0])
        if sizes.min() < _LEAST_INPUT or sizes.max() > _LARGEST_INPUT:
            wrong = sizes.min() if sizes.min() < _LEAST_INPUT else sizes.max()
            accepted = f"0, or numbers from {_LEAST_INPUT:g} to {_LARGEST_INPUT:g} in size"
            refuse("--f", typed, f"an input of the size of {wrong:g} cannot be read", accepted)
        return found

    @cached_property
    def lanes(self) -> tuple[RuleLane, ...]:
        """The three rules that are built in, and the user's."""
        radius, scale = self.parameters.window, self.parameters.scale
        half = "" if scale == 1 else f" slash {brief(scale)}"
        own = self._own
        return (
            RuleLane(
                "box window",
                "the box",
                f'1 "if" abs(d) <= {radius}' if radius else '1 "if" d = 0',
                parse_rule(f"rect(d/{2 * radius + 1})"),
            ),
            RuleLane(
                "exponential decay",
                "the decay",
                f"2^(-abs(d){half})",
                parse_rule(f"2^(-abs(d)/{scale!r})"),
            ),
            RuleLane("squared distance", "the square", "d^2", parse_rule("d^2")),
            RuleLane("fourth rule", "the fourth rule", own.weights.formula("d"), own),
        )

    @cached_property
    def _own(self) -> Rule:
        """The user's rule, as far as its weights are numbers that can be read."""
        typed, option = self.parameters.rule, "--rule"
        rule = parse_rule(typed, option)
        reach = len(self.f) - 1
        sizes = np.abs(rule.over(reach))
        accepted = f"weights whose largest is from {_LEAST_WEIGHT:g} to {_LARGEST_WEIGHT:,.0f}"
        if not sizes.any():
            problem = f"this weighs nothing at any offset from {-reach} to {reach}"
            refuse(option, typed, problem, "a rule such as 2^(-d)*u(d)")
        largest = float(sizes.max())
        if not _LEAST_WEIGHT <= largest <= _LARGEST_WEIGHT:
            d = int(np.argmax(sizes)) - reach
            refuse(
                option, typed, f"a weight of {largest:.3g}, at d = {d}, cannot be read", accepted
            )
        return rule

    def make_frames(self) -> Aggregation:
        """One step for each output point."""
        _ = self.example
        return aggregate(self.f, [lane.rule for lane in self.lanes])

    def make_checks(self) -> tuple[Check, ...]:
        """Hold the sums against numpy.convolve and against the sum term by term."""
        return verify_aggregation(self.frames)

    @cached_property
    def example(self) -> int:
        """The step of the output point that asks first."""
        t, (first, last) = self.parameters.t, self.f.support
        if t is None:
            return round(0.27 * (len(self.f) - 1))
        if not first <= t <= last:
            problem = "there is no input at this place, and so no output"
            refuse("--t", str(t), problem, f"a whole number from {first} to {last}")
        return t - first

    @property
    def here(self) -> str:
        """The output point that asks first, as it is shown."""
        return brief(int(self.f.indices[self.example]))

    @property
    def window(self) -> tuple[float, float]:
        """The s (and t) that are drawn."""
        first, last = self.f.support
        return first - 0.6, last + 0.6

    def outline(self, rule: int) -> FloatArray:
        """The curve of g(d) as points (m, 2); none where it leaves its weights far behind."""
        points = self.lanes[rule].rule.outline(len(self.f) - 1)
        largest = np.abs(self.frames.rule[rule]).max()
        leaves = np.abs(points[:, 1]).max(initial=0.0) > _OVERSHOOT * largest
        return points[:0] if leaves else points

    def input_range(self, air: float) -> tuple[float, float]:
        """Least and greatest input; ``air`` beside them is in parts of their span."""
        return _range(self.frames.f, air)

    def weight_range(self, rule: int, air: float) -> tuple[float, float]:
        """The same for the weights of one rule, with air below the axis, too."""
        low, high = _range(np.append(self.frames.rule[rule], self.outline(rule)[:, 1]), air)
        return low - _BELOW * (high - low), high

    def product_range(self, rule: int, air: float) -> tuple[float, float]:
        """The same for its products."""
        return _range(self.frames.product[:, rule], air)

    def output_range(self, rule: int, air: float) -> tuple[float, float]:
        """The same for its output."""
        return _range(self.frames.output[:, rule], air)

    def final(self, rule: int) -> FloatArray:
        """The averages (n_t,) of one rule; its output, where there is no average."""
        f = self.frames
        return f.average[:, rule] if self.averages(rule) else f.output[:, rule]

    def final_range(self, rule: int) -> tuple[float, float]:
        """Least and greatest value of f and all averages; of the output, if there is no average."""
        if not self.averages(rule):
            return _range(self.final(rule), 0.12)
        means = [self.final(r) for r in range(len(self.lanes)) if self.averages(r)]
        return _range(np.concatenate([self.frames.f, *means]), 0.12)

    def averages(self, rule: int) -> bool:
        """Whether this rule has an average: no negative weight, and some weight everywhere."""
        return not bool(np.isnan(self.frames.average[:, rule]).any())

    def decimals(self, rule: int) -> int:
        """Of an output of one rule."""
        return _decimals(self.frames.output[:, rule])

    def sum_decimals(self, rule: int) -> int:
        """Of its sum of weights."""
        return _decimals(self.frames.weight_sum[:, rule])

    def output(self, rule: int) -> str:
        """y at the example, as it is shown."""
        return number(float(self.frames.output[self.example, rule]), self.decimals(rule))

    def weight_sum(self, rule: int) -> str:
        """Σ of the weights at the example, as it is shown."""
        return number(float(self.frames.weight_sum[self.example, rule]), self.sum_decimals(rule))

    def average(self, rule: int) -> str:
        """The output over the sum of its weights at the example, as it is shown."""
        return number(float(self.frames.average[self.example, rule]), 2)

    def terms(self, rule: int) -> str:
        """The products at the example that are not zero, as a sum; empty if they are many."""
        row = self.frames.product[self.example, rule]
        first, *others = row[row != 0].tolist() or [0.0]
        if not 0 < len(others) < _MOST_TERMS:
            return ""
        signed = [f"{'−' if v < 0 else '+'} {short(abs(v))}" for v in others]
        return " ".join([short(first), *signed, "="])

    def variation(self, rule: int) -> str:
        """How much of f's ups and downs is left, in per cent."""
        return f"{number(100 * float(self.frames.variation[rule]), 0)} %"

    def likeness(self, rule: int) -> str:
        """Pearson's r of f and what came out, which is undefined where that is constant."""
        r = float(self.frames.likeness[rule])
        return "undefined" if math.isnan(r) else number(r, 2)

    @property
    def smoothest(self) -> int:
        """Of the rules that are built in, the one that leaves least of the ups and downs."""
        return int(np.argmin(self.frames.variation[:_BUILT_IN]))

    @property
    def nearest(self) -> int:
        """Of these rules, the one whose average follows f best."""
        return int(np.argmax(np.nan_to_num(self.frames.likeness[:_BUILT_IN], nan=-2.0)))

    @cached_property
    def offset(self) -> int:
        """The smallest d > 0 at which the user's rule shows whether it is symmetric."""
        reach, g = len(self.f) - 1, self.frames.rule[-1]
        unlike = np.flatnonzero(~np.isclose(g, g[::-1], rtol=1e-9, atol=0.0)[reach + 1 :])
        return int(unlike[0]) + 1 if unlike.size else 1

    @property
    def is_symmetric(self) -> bool:
        """Whether the user's rule depends on the distance alone."""
        ahead, behind = self.sides
        return math.isclose(ahead, behind, rel_tol=1e-9)

    @property
    def sides(self) -> tuple[float, float]:
        """g(d) and g(−d) of the user's rule at `offset`."""
        g, middle = self.frames.rule[-1], len(self.f) - 1
        return float(g[middle + self.offset]), float(g[middle - self.offset])

    @property
    def slide_seconds(self) -> float:
        """How long a slide through all t takes: a step lasts from 0.5 to 1 s."""
        steps = len(self.f) - 1
        return steps * float(np.clip(6.3 / steps, 0.5, 1.0))

    def make_beats(self) -> tuple[Beat, ...]:
        """The story of these rules."""
        return (*self._one_rule(), *self._three_rules(), *self._verdict(), *self._fourth())

    def _one_rule(self) -> tuple[Beat, ...]:
        first, last = (brief(n) for n in self.f.support)
        t, radius = self.here, self.parameters.window
        near = f"at most {radius} away answer" if radius else "no other than its own answers"
        answer = f"inputs {near} 1, all others 0" if radius else "its own input answers 1"
        return (
            Beat(
                "inputs",
                "One row of inputs",
                f"{len(self.f)} inputs f(s), one at each place from s = {first} to s = {last}.",
                4.0,
            ),
            Beat(
                "ask",
                "The output point asks, each input answers",
                f"The output point t = {t} asks, and each input answers with a weight. This rule "
                f"is a box: {answer}.",
                8.0,
            ),
            Beat(
                "add",
                "The weighted sum is the output",
                f"Each input times its weight; then add: y({t}) = {self.terms(0)} "
                f"{self.output(0)}. The weights add up to {self.weight_sum(0)}.".replace("  ", " "),
                7.5,
            ),
        )

    def _three_rules(self) -> tuple[Beat, ...]:
        scale = self.parameters.scale
        unit = "every step" if scale == 1 else f"every {brief(scale)} steps"
        outputs = [f"{self.output(r)} with {self.lanes[r].said}" for r in range(_BUILT_IN)]
        sums = [self.weight_sum(r) for r in range(_BUILT_IN)]
        averages = [self.average(r) for r in range(_BUILT_IN)]
        return (
            Beat(
                "rules",
                "Three rules, the same inputs",
                f"Three rules: the box; a decay, half as much with {unit} of distance; the square "
                "of the distance, which prefers far points.",
                8.5,
            ),
            Beat(
                "answers",
                "The same question, three answers",
                f"Three answers: {listed(outputs)}. The weights add up to {listed(sums)}. "
                f"Divided by that, each is an average: {listed(averages)}.",
                9.5,
            ),
            Beat(
                "predict",
                "Predict: whose averages are smoothest?",
                "Every t asks; each answer is divided by its sum of weights. Predict: which "
                "rule's averages are smoothest, and which are most like f?",
                6.0,
            ),
            Beat(
                "slide",
                "Every output point asks in turn",
                "The rules move along with t, and each draws its output. Near the ends fewer "
                "inputs answer.",
                self.slide_seconds + 2.4,
            ),
        )

    def _verdict(self) -> tuple[Beat, ...]:
        left = [self.variation(r) for r in range(_BUILT_IN)]
        like = [self.likeness(r) for r in range(_BUILT_IN)]
        return (
            Beat(
                "smoothest",
                f"Smoothest: {self.lanes[self.smoothest].name}",
                "Ups and downs are all steps from one t to the next, added up. Of those of f, the "
                f"averages keep {listed(left)}.",
                8.0,
            ),
            Beat(
                "kept",
                f"Most like f: {self.lanes[self.nearest].name}",
                "The correlation r with f is one for the same shape, minus one for it upside "
                f"down: {listed(like)}. {self._lost}",
                9.0,
            ),
        )

    @property
    def _lost(self) -> str:
        """What the rule d² loses: Σ(t − s)² f(s) is a polynomial of t of degree 2 or less."""
        total = float(np.abs(self.frames.f.sum()))
        line = "a parabola" if total > 1e-9 * np.abs(self.frames.f).sum() else "a straight line"
        return f"The square's sums lie on {line}: no detail is left."

    def _fourth(self) -> tuple[Beat, ...]:
        return (
            Beat("flip", "A fourth rule, flipped over the inputs", self._flip_words, 10.0),
            Beat(
                "fourth",
                "Another rule, another output",
                f"The same inputs, another rule: now y({self.here}) = {self.output(3)}, and the "
                f"weights there add up to {self.weight_sum(3)}.",
                0.75 * self.slide_seconds + 2.2,
            ),
            Beat("four", "The kernel says what counts", self._last_words, 7.0),
        )

    @property
    def _flip_words(self) -> str:
        """Which side of the output point a positive d is on, in numbers."""
        d, (ahead, behind) = self.offset, (brief(v) for v in self.sides)
        if self.is_symmetric:
            return (
                f"A fourth rule. Input s weighs g(t − s): a positive offset lies to the left of t, "
                f"so the rule is flipped. This one is symmetric, g({d}) = g(−{d}) = {ahead}: the "
                "flip does not show."
            )
        return (
            f"A fourth rule, not symmetric: g({d}) = {ahead}, g(−{d}) = {behind}. Input s weighs "
            f"g(t − s), so g({d}) goes to the left of t, g(−{d}) to the right: over the inputs the "
            "rule is flipped."
        )

    @property
    def _last_words(self) -> str:
        said = (
            "One sum for all: y(t) adds up g(t − s) times f(s). The kernel decides which inputs "
            "count."
        )
        if self.averages(3):
            return said
        return f"{said} The fourth rule has no average: its output stands as it is."


def _range(values: FloatArray, air: float) -> tuple[float, float]:
    return padded(float(values.min()), float(values.max()), air)


def _decimals(values: FloatArray) -> int:
    """None for whole numbers; otherwise at most two, and fewer of large numbers."""
    if np.array_equal(values, np.rint(values)):
        return 0
    return min(decimals_for(float(np.abs(values).max())), 2)
