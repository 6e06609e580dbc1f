"""Flip or not: convolution, cross-correlation and autocorrelation of the same two signals."""

from __future__ import annotations

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
    Pairing,
    PatternSearch,
    Sequence,
    SequenceRule,
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
from scenes.beat import Beat
from scenes.numerals import brief, decimals_for, number
from scenes.parameters import Parameters, SequenceText
from scenes.plan import Plan
from scenes.plans.lanes import Lane, Signals, looks_discrete, make_lane, parsed, tau_window
from scenes.plans.ranges import padded

__all__ = ["FlipOrNotPlan"]

_LAGS = 401
_IDENTITY_TOLERANCE = 1e-12  # of the peak: the same integrals, added up in another order
_LEAST_SHARE = 0.25  # of the largest output; a lane below it gets a scale of its own
_MOST_PLACES = 40  # of the pattern
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
    sources: ClassVar[tuple[str, ...]] = ("study notes on neural style transfer",)
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
        return tuple(padded(float(row.min()), float(row.max())) for row in values)

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
        return cross_correlation_matrix(parse_outcomes(self.parameters.outcomes, "--outcomes"))

    @cached_property
    def entry(self) -> tuple[int, int]:
        """Row and column, from 0, of the entry that is worked out: the largest in size."""
        i, j = np.unravel_index(np.argmax(np.abs(self.moments.output)), self.moments.shape)
        return int(i), int(j)

    def make_frames(self) -> Comparison:
        """Every lane at the same lags, as many before 0 as behind it."""
        reach = max(map(abs, self.lag_range))
        lags: AnyArray = np.linspace(-reach, reach, _LAGS)
        if self.is_discrete:
            lags = np.arange(-int(reach), int(reach) + 1, dtype=np.int64)
        return compare(self.pairings, self.given, lags, self.search, self.moments)

    def make_checks(self) -> tuple[Check, ...]:
        """Hold every lane against a second method, and all of them against each other."""
        checks: list[Check] = []
        for lane, signals in (
            *((lane, self.given) for lane in self.lanes),
            *((lane, self.with_even) for lane in self.even_lanes),
        ):
            moving = signals[lane.pairing.mover]
            moving = moving if lane.pairing.flips else moving.flipped()
            found = verify(lane.frames, signals[lane.pairing.fixed], moving)
            checks += [Check(f"{lane.text}: {c.name}", c.value, c.tolerance) for c in found]
        pattern, signal = self.sought
        found = verify(self.search_slide, signal, pattern.flipped())
        return (*checks, *found, *self._identities(), self._matrix_check())

    def _identities(self) -> list[Check]:
        f, checks = self.frames, []
        tolerance = 0.0 if f.output.dtype.kind == "i" else _IDENTITY_TOLERANCE
        for k, lane in enumerate(self.lanes):
            flips = lane.pairing.flips
            other = f.swapped[:, k] if flips else f.swapped[::-1, k]
            name = "against its swapped order" + ("" if flips else ", mirrored")
            checks.append(Check(f"{lane.text}: {name}", _apart(f.output[:, k], other), tolerance))
            if lane.pairing.is_auto:
                excess = float(np.abs(f.output[:, k]).max() / f.energy[k] - 1)
                checks.append(Check(f"{lane.text}: nowhere above its energy", excess, tolerance))
        one, other_lane = self.even_lanes
        value = _apart(one.frames.output, other_lane.frames.output)
        checks.append(Check(f"{one.text} against {other_lane.text}", value, _IDENTITY_TOLERANCE))
        return checks

    def _matrix_check(self) -> Check:
        m = self.moments
        by_numpy = m.x.T @ np.diag(m.probability) @ m.y
        return Check("E[X Yᵀ] against numpy", _apart(m.output, by_numpy), _IDENTITY_TOLERANCE)

    def slide_seconds(self, lane: Lane) -> float:
        """How long the slide of one lane takes."""
        return float(np.clip(0.4 * (len(lane.steps) - 1), 3.0, 7.0)) if self.is_discrete else 5.0

    @property
    def search_seconds(self) -> float:
        """How long the pattern takes through the signal."""
        return float(np.clip(0.4 * (len(self.search) - 1), 1.0, 6.0))

    def value(self, lane: Lane) -> str:
        """The peak of a lane, as it is shown."""
        y = lane.peak[1]
        return number(y, 0 if isinstance(y, int) else decimals_for(abs(y)))

    def at(self, name: str, place: str) -> str:
        """A signal or an output with its argument, in plain words."""
        return f"{name}{self.calls[0]}{place}{self.calls[1]}"

    def make_beats(self) -> tuple[Beat, ...]:
        """The story of these signals."""
        first, second, third = self.lanes
        return (
            *self._preparation(),
            self._slide("first", first),
            self._predict(),
            self._slide("second", second),
            self._slide("third", third),
            self._swap(),
            self._symmetric(),
            self._find(),
            *self._matrix(),
        )

    def _preparation(self) -> tuple[Beat, ...]:
        kind = "sequences" if self.is_discrete else "signals"
        ways = [f"{lane.text} ({lane.operation})" for lane in self.lanes]
        return (
            Beat(
                "signals",
                f"Two {kind}, three ways to meet",
                f"Two {kind}, f and g, meet in three ways: {ways[0]}, {ways[1]} and {ways[2]}.",
                6.0,
            ),
            Beat(
                "flip",
                "Flip it, or not",
                f"The one named first moves, by {self.outer}. A convolution flips it first; a "
                f"correlation moves it as it is, and calls {self.outer} the lag.",
                8.0,
            ),
        )

    def _slide(self, name: str, lane: Lane) -> Beat:
        mover, fixed = lane.names
        way = "flipped, moves" if lane.pairing.flips else "not flipped, moves"
        over = "a copy of itself" if lane.pairing.is_auto else fixed
        sums = "sum of the products" if self.is_discrete else "area of the product"
        caption = f"{mover}, {way} over {over}; the {sums} is {lane.text}."
        if lane.pairing.is_auto:
            energy = f"Σ {mover}²" if self.is_discrete else f"∫ {mover}²"
            caption += (
                f" It is largest at lag 0, where {mover} meets itself: its energy {energy} = "
            )
            caption += f"{self.value(lane)}."
        elif lane.has_peak:
            caption += f" It is {lane.superlative} at {self.outer} = {brief(lane.peak[0])}: "
            caption += f"{self.value(lane)}."
        heading = f"{lane.text}: {lane.operation}"
        return Beat(name, heading, caption, 0.5 + self.slide_seconds(lane) + 4.2)

    def _predict(self) -> Beat:
        first, second, third = self.lanes
        one, other = {*first.names}, {*second.names}
        if one == other and first.pairing.flips != second.pairing.flips:
            question = f"Is {second.text} the same curve as {first.text}?"
        else:
            question = f"Where does {second.text} lie?"
        return Beat(
            "predict",
            "Predict",
            f"Two lanes are left. Predict: {question} And where is {third.text} largest?",
            5.0,
        )

    @property
    def questions(self) -> tuple[str, str]:
        """What is asked before the second and the third lane, in a few words each."""
        first, second, _ = self.lanes
        same = {*first.names} == {*second.names} and first.pairing.flips != second.pairing.flips
        return ("the same curve?" if same else "where does it lie?", "where is it largest?")

    def _swap(self) -> Beat:
        parts = []
        for lane, other in zip(self.lanes, self.swapped, strict=True):
            if lane.pairing.is_auto:
                parts.append(f"{lane.text} is its own mirror image.")
            elif lane.pairing.flips:
                parts.append(f"{other.text} is the same as {lane.text}: convolution commutes.")
            else:
                parts.append(f"{other.text} is {lane.text}, mirrored about lag 0.")
        return Beat("swap", "Swap the names", "Swap f and g. " + " ".join(parts), 9.0)

    def _symmetric(self) -> Beat:
        one, other = self.even_lanes
        mover, fixed = self.across.mover, self.across.fixed
        return Beat(
            "symmetric",
            "Symmetric: the flip does nothing",
            f"Let something symmetric, s, move in place of {mover}. Now the flip does nothing: "
            f"{one.text} = {other.text}. Were only {fixed} symmetric, they would be mirror images.",
            9.0,
        )

    def _find(self) -> Beat:
        search = self.search
        caption = "A short pattern moves over a long signal. The cross-correlation is largest at "
        caption += f"n = {_listed(search.found)}: {self.top_text}. {self.verdict[1]}"
        return Beat("find", "Find a pattern", caption, 3.0 + self.search_seconds + 3.0)

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
    def verdict(self) -> tuple[str, str]:
        """What the largest score says of the pattern: in a few words, and in a sentence."""
        search = self.search
        if all(search.is_copy(n) for n in search.found):
            return "the pattern itself", "There stands the pattern; the score is its energy."
        if set(search.found) <= set(search.alike):
            return "most like the pattern", "No piece of the signal is more like the pattern."
        return (
            "only louder",
            f"That piece is only louder: the one most like the pattern is at "
            f"n = {_listed(search.alike)}.",
        )

    def _matrix(self) -> tuple[Beat, ...]:
        m, n = self.moments.shape
        (i, j), count = self.entry, len(self.moments)
        likely = "equally likely outcomes" if self.is_even else "outcomes"
        value = brief(float(self.moments.output[i, j]))
        return (
            Beat(
                "vectors",
                "Two random vectors",
                f"Two random vectors: X has {m} components, Y has {n}, and there are {count} "
                f"{likely}. Correlate each component of X with each of Y.",
                7.0,
            ),
            Beat(
                "matrix",
                "The cross-correlation matrix",
                f"The mean of X times Y transposed is a matrix of {m} by {n}. Row {i + 1}, "
                f"column {j + 1} is the mean of X{_SUB[i]} times Y{_SUB[j]}: {value}.",
                11.0,
            ),
        )

    @property
    def is_even(self) -> bool:
        """Whether all outcomes are equally likely."""
        return bool(np.ptp(self.moments.probability) == 0)


_SUB = "₁₂₃₄"


def _listed(places: list[int]) -> str:
    """``3``, ``3 and 7``, or the first three and how many more."""
    names = [number(n, 0) for n in places[:3]]
    if len(places) > 3:
        names.append(f"{len(places) - 3} more")
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


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
