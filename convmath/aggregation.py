"""Rules of aggregation: what an output point gives to each input, and what comes of it.

A rule is a kernel g. The output point t gives the input at s the weight g(d) of their offset
d = t − s, so that the weighted sum is a convolution: y(t) = Σ_s g(t − s) f(s). Over s the rule
stands flipped about t: an input to the left of t has a positive d.

Divided by the sum of the weights that were given, the sum is an average; with weights that depend
on the distance alone it is the estimator of Nadaraya and of Watson (both 1964).
"""

from __future__ import annotations

from collections.abc import Sequence as Several
from dataclasses import dataclass

import numpy as np

from convmath.arrays import FloatArray, IntArray
from convmath.discrete import SlidingSum
from convmath.errors import InputError
from convmath.expression import parse_sequence, parse_signal
from convmath.frames import Frames
from convmath.sequence import Sequence, SequenceRule, sample
from convmath.signal import Signal

__all__ = ["Aggregation", "AggregationStep", "Rule", "aggregate", "parse_rule"]


@dataclass(frozen=True, eq=False)
class Rule:
    """A weight g(d) for every whole offset d.

    Attributes
    ----------
    weights
        g at whole d.
    curve
        g between them, or None where only whole d make sense (a list, a pole between them).
    """

    weights: Sequence | SequenceRule
    curve: Signal | None

    def over(self, reach: int) -> FloatArray:
        """g(−reach), …, g(reach), shape (2·reach + 1,)."""
        return self.weights.window(-reach, reach).values.astype(np.float64)

    def outline(self, reach: int) -> FloatArray:
        """The curve from −reach to reach as points (m, 2); none where there is no curve."""
        if self.curve is None or reach == 0:
            return np.zeros((0, 2))
        return self.curve.polyline(-reach, reach, 200)


def parse_rule(text: str, option: str | None = None) -> Rule:
    """A rule from an expression of d, or from a list of weights.

    A list begins at d = 0, or where it says: ``1,2,1 @ -1``. A number alone is a rule that treats
    all offsets alike.

    Raises
    ------
    InputError
        Whatever is wrong with the text, such as a pole at a whole d; nothing else.

    Examples
    --------
    >>> parse_rule("2^(-d)*u(d)").over(2)
    array([0.  , 0.  , 1.  , 0.5 , 0.25])
    >>> parse_rule("1,2,3 @ -1").over(2), parse_rule("1/2").over(1)
    (array([0., 1., 2., 3., 0.]), array([0.5, 0.5, 0.5]))
    """
    weights = parse_sequence(text, option, variable="d")
    curve = _curve(text)
    if curve is not None and isinstance(weights, Sequence) and np.isinf(curve.support).any():
        steady = curve
        weights = SequenceRule(
            curve.support, lambda d: sample(steady, d.min(), d.max())(d), text, curve.formula
        )
    return Rule(weights, curve)


def _curve(text: str) -> Signal | None:
    """The same expression between whole d, if it has a value everywhere."""
    try:
        return parse_signal(text, variable="d")
    except InputError:
        return None


@dataclass(frozen=True, eq=False)
class AggregationStep:
    """One output point of an `Aggregation`."""

    t: int
    output: FloatArray  # (n_rules,)
    weight_sum: FloatArray  # (n_rules,)
    average: FloatArray  # (n_rules,)
    weight: FloatArray  # (n_rules, n_s)
    product: FloatArray  # (n_rules, n_s)


@dataclass(frozen=True, eq=False)
class Aggregation(Frames[AggregationStep]):
    """The same samples under several rules; the output points stand where the inputs do.

    Attributes
    ----------
    t
        (n_t,) int64, the output points.
    output
        (n_t, n_rules) y(t) = Σ_s g(t − s) f(s).
    weight_sum
        (n_t, n_rules) Σ_s g(t − s).
    average
        (n_t, n_rules) output / weight_sum; NaN for a rule with a negative weight, or without any
        weight at some t, of which there is no average.
    weight, product
        (n_t, n_rules, n_s) each: g(t − s), and g(t − s) f(s).
    s, f
        (n_s,) each: the inputs. ``s`` is ``t``.
    d, rule
        (n_d,) and (n_rules, n_d): every offset that occurs, −(n_s − 1) to n_s − 1, and g(d).
    variation
        (n_rules,) all ups and downs of the average, Σ_t abs(average(t + 1) − average(t)), as a
        share of those of f; NaN without an average, or where f has none.
    likeness
        (n_rules,) Pearson's correlation of f and the average (the output, where there is no
        average), from −1 to 1; NaN where one of them is constant.
    """

    step = AggregationStep

    t: IntArray
    output: FloatArray
    weight_sum: FloatArray
    average: FloatArray
    weight: FloatArray
    product: FloatArray
    s: IntArray
    f: FloatArray
    d: IntArray
    rule: FloatArray
    variation: FloatArray
    likeness: FloatArray

    def lane(self, rule: int) -> SlidingSum:
        """The sliding sum of one rule, counted from 0: the rule slides, flipped, over f."""
        product = self.product[:, rule]
        ends = [float(self.s[0]), float(self.s[-1])]
        return SlidingSum(
            n=self.t,
            output=self.output[:, rule],
            limits=np.tile(ends, (len(self), 1)),
            k=self.s,
            fixed=self.f,
            moving=self.weight[:, rule],
            product=product,
            partial=np.cumsum(product, axis=1),
            original_k=self.d,
            original=self.rule[rule],
            supports=np.array([ends, [float(self.d[0]), float(self.d[-1])]]),
        )


def aggregate(f: Sequence, rules: Several[Rule]) -> Aggregation:
    """Frames of y(t) = Σ_s g(t − s) f(s) for every rule g, at every t where f has a sample.

    Examples
    --------
    >>> frames = aggregate(Sequence([1, 3, 2]), [parse_rule("rect(d/3)"), parse_rule("d^2")])
    >>> frames.output.T
    array([[ 4.,  6.,  5.],
           [11.,  3.,  7.]])
    >>> frames.average[:, 0]
    array([2. , 2. , 2.5])
    """
    s, values = f.indices, f.values.astype(np.float64)
    reach = len(f) - 1
    g = np.stack([rule.over(reach) for rule in rules])
    weight = np.moveaxis(g[:, s[:, None] - s + reach], 0, 1)
    output, total = (weight * values).sum(axis=2), weight.sum(axis=2)
    average = _average(output, total, weight)
    shown = np.where(np.isnan(average), output, average)
    return Aggregation(
        t=s,
        output=output,
        weight_sum=total,
        average=average,
        weight=weight,
        product=weight * values,
        s=s,
        f=values,
        d=np.arange(-reach, reach + 1, dtype=np.int64),
        rule=g,
        variation=_ups_and_downs(average) / (_ups_and_downs(values[:, None]) or np.nan),
        likeness=np.array([_correlation(values, column) for column in shown.T]),
    )


def _average(output: FloatArray, total: FloatArray, weight: FloatArray) -> FloatArray:
    """Weighted averages (n_t, n_rules); NaN for all t of a rule that has none."""
    exists = (weight >= 0).all(axis=(0, 2)) & (total > 0).all(axis=0)
    return np.divide(output, total, out=np.full_like(output, np.nan), where=exists & (total > 0))


def _ups_and_downs(values: FloatArray) -> FloatArray:
    """The total variation (n,) of each column of ``values`` (n_t, n)."""
    total: FloatArray = np.abs(np.diff(values, axis=0)).sum(axis=0)
    return total


# Deviations from the mean that rounding alone may make, in parts of the largest value.
_ROUNDING = 1e-12


def _correlation(one: FloatArray, other: FloatArray) -> float:
    """Pearson's r of two rows (n,); NaN where one of them is constant."""
    parts = [row - row.mean() for row in (one, other)]
    for part, row in zip(parts, (one, other), strict=True):
        if np.abs(part).max() <= _ROUNDING * np.abs(row).max():
            return float("nan")
    parts = [part / np.abs(part).max() for part in parts]  # squares of tiny parts would vanish
    a, b = (part / np.linalg.norm(part) for part in parts)
    return float(a @ b)
