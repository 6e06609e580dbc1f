"""Flip or not: convolution, cross-correlation and autocorrelation of the same two signals."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal, TypeAlias

import numpy as np
from pydantic import AfterValidator, Field

from convmath import (
    AnySignal,
    Check,
    Comparison,
    CrossCorrelationMatrix,
    InputError,
    Outcome,
    Pairing,
    PatternSearch,
    Sequence,
    SequenceRule,
    SlidingProduct,
    SlidingSum,
    compare,
    correlate_discrete,
    cross_correlation_matrix,
    find_pattern,
    is_symmetric,
    parse_outcomes,
    parse_pairings,
    parse_sequence,
    verify,
)
from convmath.arrays import AnyArray
from convmath.checks import agreement
from convmath.verify import rounding_of
from scenes.beat import Beat
from scenes.numerals import brief, decimals_for, number
from scenes.parameters import Parameters, SequenceText
from scenes.plan import Plan
from scenes.plans.flip_or_not_words import story
from scenes.plans.lanes import Lane, Signals, looks_discrete, make_lane, parsed, tau_window
from scenes.plans.ranges import padded
from scenes.sources import STUDY_NOTES

__all__ = ["FlipOrNotPlan"]

_LAGS = 201  # from 0 on, and as many before it
_IDENTITY_TOLERANCE = 1e-12  # of the peak: the same integrals, added up in another order
_LEAST_SHARE = 0.25  # of the largest output; a lane below it gets a scale of its own
_LABEL_AIR = 0.2  # of a lane's scale, for the value of its peak
_MOST_PLACES = 40  # of the pattern
_LARGEST_DENOMINATOR = 20  # of a probability that is written as a fraction
_LONGEST_SIGNAL = 60  # samples, that stems can still be told apart


def _lanes(text: str) -> str:
    parse_pairings(text)
    return text


def _outcomes(text: str) -> str:
    parse_outcomes(text)
    return text


SignalOrSequence: TypeAlias = Annotated[str, Field(json_schema_extra={"format": "signal"})]
Lanes: TypeAlias = Annotated[
    str, AfterValidator(_lanes), Field(json_schema_extra={"format": "lanes"})
]
Outcomes: TypeAlias = Annotated[
    str, AfterValidator(_outcomes), Field(json_schema_extra={"format": "outcomes"})
]


class FlipOrNotParameters(Parameters):
    """Two signals and the ways they meet; a signal to search; two random vectors."""

    f: SignalOrSequence = Field(
        "(3 - t)/2*(u(t) - u(t - 3))",
        description="one signal: a function of t; or a list or an expression of n",
    )
    g: SignalOrSequence = Field(
        "0.5u(t - 1) + 0.5u(t - 2) - u(t - 3)", description="the other signal, likewise"
    )
    kind: Literal["continuous", "discrete"] | None = Field(
        None,
        description="whether f and g are functions or sequences (if not given: sequences where "
        "one is a list or has n in it); a function of t is then sampled at whole t",
    )
    lanes: Lanes = Field(
        "f*g, f@g, f@f",
        description="three of f*g g*f (convolution), f@g g@f (cross-correlation), "
        "f@f g@g (autocorrelation); the one named first moves",
    )
    symmetric: SignalOrSequence = Field(
        "1.5*tri(t/2)",
        description="what takes the place of the one that moves; symmetric about 0",
    )
    signal: SequenceText = Field(
        "0,1,2,1,0,-1,1,-2,3,0,1,2,-1,0,1,0", description="the sequence that is searched"
    )
    pattern: SequenceText = Field("1,-2,3", description="the pattern that is looked for in it")
    outcomes: Outcomes = Field(
        "1,2 | 3,0,1; 0,1 | 1,1,2; 2,-1 | 1,3,0; 1,2 | 0,2,1",
        description="outcomes of two random vectors: x | y; x | y, or x | y : probability; ...",
    )


class FlipOrNotPlan(Plan[FlipOrNotParameters, Comparison]):
    """The same f and g, convolved and correlated; and what a correlation is good for."""

    slug: ClassVar[str] = "flip-or-not"
    title: ClassVar[str] = "Convolution, cross-correlation, autocorrelation"
    question: ClassVar[str] = "What changes if nothing is flipped?"
    formula: ClassVar[str] = (
        "(f * g)(t) = integral f(t - tau) g(tau) dif tau, quad "
        "(f star g)(t) = integral f(tau - t) g(tau) dif tau"
    )
    sources: ClassVar[tuple[str, ...]] = (STUDY_NOTES,)
    Parameters: ClassVar[type[Parameters]] = FlipOrNotParameters
    scene_name: ClassVar[str] = "FlipOrNot"
    poster: ClassVar[str] = "swap"
    signals: ClassVar[str] = "--f and --g"

    @cached_property
    def is_discrete(self) -> bool:
        """Whether f and g are sequences."""
        p = self.parameters
        if p.kind is not None:
            return p.kind == "discrete"
        return looks_discrete(p.f) or looks_discrete(p.g)

    @property
    def outer(self) -> str:
        """The variable of the output, in plain words."""
        return "n" if self.is_discrete else "t"

    @property
    def calls(self) -> str:
        """The brackets of a signal's argument."""
        return "[]" if self.is_discrete else "()"

    @cached_property
    def given(self) -> Signals:
        """f and g."""
        p = self.parameters
        return {
            "f": parsed("--f", p.f, discrete=self.is_discrete),
            "g": parsed("--g", p.g, discrete=self.is_discrete),
        }

    @cached_property
    def even(self) -> AnySignal:
        """What is symmetric about zero."""
        text = self.parameters.symmetric
        signal = parsed("--symmetric", text, discrete=self.is_discrete)
        if not is_symmetric(signal):
            raise InputError(
                f"this is not symmetric about {self.outer} = 0",
                typed=text,
                option="--symmetric",
                accepted="1, 3, 1 @ -1" if self.is_discrete else "tri(t), rect(t/2), gauss(t)",
            )
        return signal

    @cached_property
    def pairings(self) -> tuple[Pairing, ...]:
        """What each lane shows, from top to bottom."""
        return parse_pairings(self.parameters.lanes, option="--lanes")

    @cached_property
    def across(self) -> Pairing:
        """The first lane in which f and g meet."""
        return next(p for p in self.pairings if not p.is_auto)

    @cached_property
    def with_even(self) -> Signals:
        """f and g, with something symmetric in the place of the one that moves."""
        return {**self.given, self.across.mover: self.even}

    @cached_property
    def window(self) -> tuple[float, float]:
        """The τ that every lane shows."""
        found = [tau_window(p, self.given) for p in self.pairings]
        found.append(tau_window(self.across, self.with_even))
        return min(low for low, _ in found), max(high for _, high in found)

    @cached_property
    def lanes(self) -> tuple[Lane, ...]:
        """The three lanes."""
        return tuple(
            make_lane(p, self.given, (p.mover, p.fixed), self.window) for p in self.pairings
        )

    @cached_property
    def swapped(self) -> tuple[Lane, ...]:
        """The same with f and g in the other order."""
        pairs = [p.swapped for p in self.pairings]
        return tuple(make_lane(p, self.given, (p.mover, p.fixed), self.window) for p in pairs)

    @cached_property
    def even_lanes(self) -> tuple[Lane, ...]:
        """A convolution and a correlation in which something symmetric moves."""
        mover, fixed = self.across.mover, self.across.fixed
        pairs = [Pairing(mover, fixed, flips) for flips in (True, False)]
        return tuple(make_lane(p, self.with_even, ("s", fixed), self.window) for p in pairs)

    def standing(self, letter: str) -> Lane:
        """A lane in which f, or g, stays."""
        k = self.pairings.index(self.across)
        return self.lanes[k] if self.across.fixed == letter else self.swapped[k]

    @cached_property
    def lag_range(self) -> tuple[float, float]:
        """First and last t of every lane's output."""
        ends = [lane.steps[[0, -1]] for lane in (*self.lanes, *self.swapped, *self.even_lanes)]
        return float(np.min(ends)), float(np.max(ends))

    @cached_property
    def signal_range(self) -> tuple[float, float]:
        """Least and greatest value of all that slides, and of the products."""
        shown: list[float] = []
        for lane in (*self.lanes, *self.even_lanes):
            f = lane.frames
            shown += [np.nanmin(f.product), np.nanmax(f.product)]
            if isinstance(f, SlidingSum):
                shown += [*f.fixed, *f.original]
            else:
                shown += [*f.fixed[:, 1], *f.moving[:, 1], *np.nan_to_num(f.impulse_weight).ravel()]
                shown += [*f.fixed_impulses[:, 1], *f.moving_impulses[:, 1]]
        return padded(float(min(shown)), float(max(shown)))

    @cached_property
    def output_ranges(self) -> tuple[tuple[float, float], ...]:
        """Least and greatest output in each lane: one scale for all, unless one would look flat."""
        rows = [[lane.shown] for lane in self.lanes]
        for row, lane in zip(rows, self.even_lanes, strict=False):
            row.append(lane.shown)
        values = [np.concatenate(row) for row in rows]
        heights = [np.abs(row).max() for row in values]
        if min(heights) >= _LEAST_SHARE * max(heights):
            values = [np.concatenate(values)] * len(values)
        return tuple(padded(float(row.min()), float(row.max()), _LABEL_AIR) for row in values)

    @cached_property
    def sought(self) -> tuple[Sequence, Sequence]:
        """The pattern and the signal."""
        p = self.parameters
        return _finite("--pattern", p.pattern), _finite("--signal", p.signal)

    @cached_property
    def search(self) -> PatternSearch:
        """The pattern at every place in the signal."""
        pattern, signal = self.sought
        found = find_pattern(pattern, signal)
        if len(found) > _MOST_PLACES or len(signal) > _LONGEST_SIGNAL:
            raise InputError(
                f"{len(found)} places in {len(signal)} samples are too many to watch",
                typed=signal.text,
                option="--signal",
                accepted=f"at most {_LONGEST_SIGNAL} samples and {_MOST_PLACES} places",
            )
        return found

    @cached_property
    def search_slide(self) -> SlidingSum:
        """The slide of the pattern over the signal."""
        return correlate_discrete(*self.sought, self.search.n)

    @property
    def search_window(self) -> tuple[float, float]:
        """The k (and n) of the search that are drawn."""
        k, n = self.search.signal_k, self.search.n
        return float(min(k[0], n[0])) - 0.7, float(max(k[-1], n[-1])) + 0.7

    @property
    def search_range(self) -> tuple[float, float]:
        """Least and greatest value of signal, pattern and products."""
        shown = (self.search.signal, self.search.pattern, self.search_slide.product)
        return padded(float(min(v.min() for v in shown)), float(max(v.max() for v in shown)))

    @property
    def score_range(self) -> tuple[float, float]:
        """Least and greatest score."""
        return padded(float(self.search.score.min()), float(self.search.score.max()), 0.12)

    @cached_property
    def moments(self) -> CrossCorrelationMatrix:
        """E[X Yᵀ] and what it is made from."""
        return cross_correlation_matrix(self.joint)

    @cached_property
    def joint(self) -> tuple[Outcome, ...]:
        """The outcomes of the random vectors, in exact numbers."""
        return parse_outcomes(self.parameters.outcomes, "--outcomes")

    @property
    def probabilities(self) -> list[str]:
        """Typst mathematics of each outcome's probability: a fraction where that is short."""
        shown = []
        for p in (outcome.probability for outcome in self.joint):
            short = 1 < p.denominator <= _LARGEST_DENOMINATOR
            shown.append(f"{p.numerator} slash {p.denominator}" if short else brief(float(p)))
        return shown

    @cached_property
    def entry(self) -> tuple[int, int]:
        """Row and column, from 0, of the entry that is worked out: the largest in size."""
        i, j = np.unravel_index(np.argmax(np.abs(self.moments.output)), self.moments.shape)
        return int(i), int(j)

    def make_frames(self) -> Comparison:
        """Every lane at the same lags, as many before 0 as behind it."""
        reach = max(map(abs, self.lag_range))
        late: AnyArray = np.linspace(0.0, reach, _LAGS)
        if self.is_discrete:
            late = np.arange(int(reach) + 1, dtype=np.int64)
        lags = np.concatenate([-late[:0:-1], late])
        try:
            return compare(self.pairings, self.given, lags, self.search, self.moments)
        except InputError as error:
            raise error.named(self.signals) from None

    def make_checks(self) -> tuple[Check, ...]:
        """Hold every lane against a second method, and all of them against each other."""
        return (
            *self._lane_checks,
            *self._identities(),
            self._search_check(),
            self._energy_check(),
            self._matrix_check(),
        )

    @cached_property
    def _lane_checks(self) -> tuple[Check, ...]:
        """The slides that are drawn in every lane, and that of the search."""
        checks: list[Check] = []
        for lane, signals in (
            *((lane, self.given) for lane in self.lanes),
            *((lane, self.with_even) for lane in self.even_lanes),
        ):
            moving = signals[lane.pairing.mover]
            moving = moving if lane.pairing.flips else moving.flipped()
            found = verify(lane.frames, signals[lane.pairing.fixed], moving)
            checks += [replace(c, name=f"{lane.text}: {c.name}") for c in found]
        pattern, signal = self.sought
        return (*checks, *verify(self.search_slide, signal, pattern.flipped()))

    def _identities(self) -> list[Check]:
        f, checks = self.frames, []
        whole = f.output.dtype.kind == "i"
        for k, lane in enumerate(self.lanes):
            tolerance = 0.0 if whole else _tolerance(lane)
            flips = lane.pairing.flips
            other = f.swapped[:, k] if flips else f.swapped[::-1, k]
            name = "against its swapped order" + ("" if flips else ", mirrored")
            even = (
                slice(None) if flips else ~lane.jumps_at(f.lag)
            )  # there, mirrored is the other limit
            value = _apart(f.output[even, k], other[even])
            checks.append(Check(f"{lane.text}: {name}", value, tolerance))
            if lane.pairing.is_auto:
                excess = float(np.abs(f.output[:, k]).max() / f.energy[k] - 1)
                checks.append(Check(f"{lane.text}: nowhere above its energy", excess, tolerance))
        one, other_lane = self.even_lanes
        value = _apart(one.frames.output, other_lane.frames.output)
        checks.append(Check(f"{one.text} against {other_lane.text}", value, _tolerance(one)))
        return checks

    def _search_check(self) -> Check:
        """Scores and likenesses by numpy.correlate."""
        f, found, (pattern, signal) = self.frames, self.search, self.sought
        p, s = pattern.values, signal.values.astype(np.float64)
        scores = np.correlate(signal.values, p, "valid")
        norms = np.sqrt(np.correlate(s * s, np.ones(p.size), "valid") * float(p @ p))
        likeness = np.where(norms > 0, scores / np.where(norms > 0, norms, 1.0), 0.0)
        size = float(np.abs(p).sum() * np.abs(s).max()) or 1.0
        return agreement(
            "search against numpy.correlate",
            (f.search_score / size, scores / size),
            (f.search_likeness, likeness),
            (f.search_n, signal.start - pattern.start + np.arange(len(scores))),
            (f.search_signal, signal.values),
            (f.search_pattern, p),
            (found.score / size, scores / size),
            (found.likeness, likeness),
            (found.n, f.search_n),
            (found.signal_k, signal.start + np.arange(s.size)),
            (found.signal, signal.values),
            (found.pattern_k, pattern.start + np.arange(p.size)),
            (found.pattern, p),
            (found.energy / size, p @ p / size),
            tolerance=_IDENTITY_TOLERANCE,
        )

    def _energy_check(self) -> Check:
        """Each pairing in numbers; an autocorrelation's energy is what it has at lag 0."""
        f, lanes = self.frames, self.pairings
        middle = np.interp(0.0, f.lag, np.arange(len(f))).round().astype(int)
        at_zero = [f.output[middle, i] if p.is_auto else np.nan for i, p in enumerate(lanes)]
        return agreement(
            "lanes, lags and energies",
            (f.energy, at_zero),
            (f.flips, [p.flips for p in lanes]),
            (f.operands, [["fg".find(n) for n in (p.mover, p.fixed)] for p in lanes]),
            (f.lag, -f.lag[::-1]),
            scale=float(np.abs(f.output).max()) or 1.0,
            tolerance=_IDENTITY_TOLERANCE,
        )

    def _matrix_check(self) -> Check:
        f, m = self.frames, self.moments
        by_numpy = np.einsum("oi,o,oj->ij", f.x, f.probability, f.y)
        return agreement(
            "E[X Yᵀ] against numpy",
            (f.matrix, by_numpy),
            (m.output, by_numpy),
            (m.product, np.einsum("oi,oj->oij", f.x, f.y)),
            (f.probability.sum(), 1.0),
            scale=float(np.abs(m.product).max()) or 1.0,
            tolerance=_IDENTITY_TOLERANCE,
        )

    @property
    def flip_changes_nothing(self) -> bool:
        """Whether the first two lanes have one output, as when what moves is symmetric."""
        first, second, _ = self.frames.output.T
        return _apart(first, second) <= _IDENTITY_TOLERANCE

    def slide_seconds(self, lane: Lane) -> float:
        """How long the slide of one lane takes."""
        return float(np.clip(0.4 * (len(lane.steps) - 1), 3.0, 7.0)) if self.is_discrete else 4.5

    @property
    def search_seconds(self) -> float:
        """How long the pattern takes through the signal."""
        return float(np.clip(0.4 * (len(self.search) - 1), 1.0, 6.0))

    def value(self, lane: Lane) -> str:
        """The peak of a lane, as it is shown."""
        y = lane.peak[1]
        return number(y, 0 if isinstance(y, int) else decimals_for(abs(y)))

    @property
    def top(self) -> float | int:
        """The largest score."""
        found: float | int = self.search.score.max().item()
        return found

    @property
    def top_text(self) -> str:
        """The largest score as it is shown."""
        return number(self.top, 0 if isinstance(self.top, int) else decimals_for(abs(self.top)))

    @property
    def is_even(self) -> bool:
        """Whether all outcomes are equally likely."""
        return len({outcome.probability for outcome in self.joint}) == 1

    def make_beats(self) -> tuple[Beat, ...]:
        """The story of these signals."""
        return story(self)


def _tolerance(lane: Lane) -> float:
    """Of the peak: the same integrals, added up in another order at places rounded otherwise."""
    frames = lane.frames
    rounding = rounding_of(frames) if isinstance(frames, SlidingProduct) else 0.0
    return _IDENTITY_TOLERANCE + rounding


def _apart(one: Any, other: Any) -> float:
    """Largest difference, in parts of the largest value."""
    scale = float(np.abs(one).max()) or 1.0
    return float(np.abs(one - other).max()) / scale


def _finite(option: str, text: str) -> Sequence:
    sequence = parse_sequence(text, option=option)
    if isinstance(sequence, SequenceRule):
        raise InputError(
            "this sequence has no end",
            typed=text,
            option=option,
            accepted="a list, or an expression that is zero from some n on, such as n*rect(n/9)",
        )
    return sequence
