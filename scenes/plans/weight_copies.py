"""A copy of g at every input point: every vertical line is one output."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import AfterValidator, Field

from convmath import InputError, Signal, parse_row, parse_signal
from convmath.arrays import FloatArray, IntArray
from convmath.checks import Check
from convmath.copies import WeightedCopies, sharpened, verify_copies, weigh_copies
from scenes.beat import Beat
from scenes.numerals import brief, decimals_for
from scenes.parameters import Parameters, Place, Range, RowText
from scenes.plan import Plan
from scenes.plans.ranges import grid_with, nice_range, padded
from scenes.sources import WILD
from scenes.wording import listed, numbered

__all__ = ["WeightCopiesPlan"]

_MOST_COPIES = 8
_LARGEST_PLACE = 1e6
_STEPS = 400
_TOLD = 100  # stretches of the window: at their ends the numbers of the slide are written
_REACH = 1.25  # of the farthest place from the middle: how far the picture goes on both sides
_DECAYED = 0.01  # of the peak
_LONGEST_SPOKEN = 24  # characters of g that a caption spells out
_COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight")


def _kernel(text: str) -> str:
    g = parse_signal(text, variable="x")
    if g.impulses:
        raise InputError(
            "an impulse has no height that a line could cut",
            typed=text,
            accepted="a curve, such as x^2, rect(x) or exp(-x)*u(x)",
        )
    if g.is_zero:
        raise InputError(
            "this curve is zero everywhere, so every weight would be zero",
            typed=text,
            accepted="anything that is not zero, such as x^2",
        )
    return text


def _numbers(text: str, option: str | None = None) -> FloatArray:
    return parse_row(text, option).values.astype(np.float64)


def _centers(text: str) -> str:
    points = _numbers(text)
    few = f"1 to {_MOST_COPIES} different points such as 1, 2, 3"
    if points.size > _MOST_COPIES:
        raise InputError(f"{points.size} copies are too many to read", typed=text, accepted=few)
    if np.unique(points).size < points.size:
        raise InputError("a point is there twice", typed=text, accepted=few)
    return _refuse_large(text, points)


def _values(text: str) -> str:
    values = _numbers(text)
    if not values.any():
        raise InputError(
            "f is zero at every point, so the output is zero everywhere",
            typed=text,
            accepted="values that are not all zero, such as 5, 2, 1",
        )
    return _refuse_large(text, values)


def _refuse_large(text: str, numbers: FloatArray) -> str:
    if np.abs(numbers).max() > _LARGEST_PLACE:
        raise InputError(
            f"{np.abs(numbers).max():g} is too large",
            typed=text,
            accepted=f"numbers up to {_LARGEST_PLACE:g}",
        )
    return text


KernelText = Annotated[str, AfterValidator(_kernel), Field(json_schema_extra={"format": "signal"})]


class WeightCopiesParameters(Parameters):
    """The curve g, the points that f lives on, its values there, and the first line."""

    g: KernelText = Field("x^2", description="the curve that is copied, an expression of x")
    centers: Annotated[RowText, AfterValidator(_centers)] = Field(
        "1, 2, 3", description="the input points, each with a copy of g: at most 8"
    )
    at: Place = Field(-2.0, description="where the first vertical line stands")
    f: Annotated[RowText, AfterValidator(_values)] = Field(
        "5, 2, 1", description="the value of the input at each of the points"
    )
    x_range: Range | None = Field(
        None, description="first and last place of the line (chosen to fit if not given)"
    )


class WeightCopiesPlan(Plan[WeightCopiesParameters, WeightedCopies]):
    """(f * g)(t) = Σ_c f(c) g(t − c), read off where a vertical line cuts the copies of g."""

    slug: ClassVar[str] = "weight-copies"
    title: ClassVar[str] = "A copy of g at every input point"
    question: ClassVar[str] = "How much does each input point count for an output?"
    formula: ClassVar[str] = "(f * g)(t) = integral f(s) g(t - s) dif s"
    sources: ClassVar[tuple[str, ...]] = (WILD,)
    Parameters: ClassVar[type[Parameters]] = WeightCopiesParameters
    scene_name: ClassVar[str] = "WeightCopies"
    poster: ClassVar[str] = "slide"

    @cached_property
    def g(self) -> Signal:
        """The curve that is copied."""
        return parse_signal(self.parameters.g, "--g", variable="x")

    @cached_property
    def centers(self) -> FloatArray:
        """The input points, (n_c,)."""
        return _numbers(self.parameters.centers, "--centers")

    @property
    def at(self) -> float:
        """Where the first line stands."""
        return self.parameters.at

    @cached_property
    def window(self) -> tuple[float, float]:
        """First and last place of the line.

        As far on both sides of the middle as the farthest point, and as far as the copies reach
        where g decays; with the zero that g itself is centred at, if that is near.
        """
        if self.parameters.x_range is not None:
            return self._checked(self.parameters.x_range)
        low, high = min(self.at, self.centers.min()), max(self.at, self.centers.max())
        if max(low, -high) <= high - low:
            low, high = min(low, 0.0), max(high, 0.0)
        middle = float(np.clip(np.median(self.centers), low, high))
        reach = _REACH * max(middle - low, high - middle, 1.0)
        left, right = self._tails
        return nice_range(
            min(middle - reach, float(self.centers.min()) + left),
            max(middle + reach, float(self.centers.max()) + right),
        )

    def _checked(self, window: tuple[float, float]) -> tuple[float, float]:
        places = [self.at, *self.centers.tolist()]
        outside = [place for place in places if not window[0] <= place <= window[1]]
        if outside:
            raise InputError(
                f"the range leaves out {outside[0]:g}",
                typed=f"{window[0]:g} {window[1]:g}",
                option="--x-range",
                accepted=f"a range with all points and the line in it: "
                f"{min(places):g} to {max(places):g}, or more",
            )
        return window

    @property
    def _tails(self) -> tuple[float, float]:
        """How far g reaches to either side of its zero; 0 where it does not decay."""
        low, high = self.g.extent()
        peak = max(map(abs, self.g.value_range(low - 1.0, high + 1.0)))
        ends = np.abs(self.g(np.array([low, high])))
        inside = np.abs(self.g(np.array([low - 1.0, high + 1.0])))
        left, right = np.minimum(ends, inside) <= _DECAYED * peak
        return (low if left else 0.0), (high if right else 0.0)

    @property
    def heights(self) -> tuple[float, float]:
        """Least and greatest height of all copies, with some air."""
        return _ends(self.frames.kernel[:, 1])

    @property
    def values_range(self) -> tuple[float, float]:
        """Least and greatest value of f, with some air."""
        return _ends(self.frames.value)

    @property
    def outputs(self) -> tuple[float, float]:
        """Least and greatest output, with room for a number above."""
        return _ends(np.concatenate([self.frames.curve[:, 1], self.frames.output]), air=0.16)

    @property
    def has_zero(self) -> bool:
        """Whether g itself, centred at zero, is seen."""
        return self.window[0] <= 0.0 <= self.window[1]

    @cached_property
    def decimals(self) -> int:
        """Of a live height, product or output."""
        f = self.frames
        largest = max(float(np.abs(row).max()) for row in (f.weight, f.product, f.output))
        return _live_decimals(largest)

    @property
    def place_decimals(self) -> int:
        """Of a live t."""
        return _live_decimals(self.window[1] - self.window[0])

    @cached_property
    def extreme(self) -> tuple[Literal["larger", "smaller"], int] | None:
        """The step than which none is larger, or else smaller, if not where the slide ends."""
        return _extreme(self.frames)

    def index(self, t: float) -> int:
        """The step of the frames that stands at ``t``."""
        return int(np.argmin(np.abs(self.frames.t - t)))

    @property
    def first(self) -> int:
        """The step of the first line."""
        return self.index(self.at)

    @cached_property
    def told(self) -> IntArray:
        """The steps (n,) whose numbers are written: at round t, the first line, the extreme."""
        even = np.linspace(*self.window, _TOLD + 1)
        steps = {self.index(float(t)) for t in even} | {self.first}
        return np.array(sorted(steps | ({self.extreme[1]} if self.extreme else set())))

    def falls(self, step: int) -> bool:
        """Whether the output falls around a step."""
        return bool(_falls(self.frames.output, step))

    def copies_fall(self, step: int) -> list[bool]:
        """Whether each copy falls around a step."""
        return [bool(falls) for falls in _falls(self.frames.weight, step)]

    def make_frames(self) -> WeightedCopies:
        """One step for each picture of the slide, the first line exactly among them."""
        values = _numbers(self.parameters.f, "--f")
        if values.size != self.centers.size:
            raise InputError(
                f"{numbered(values.size, 'value')} for {numbered(self.centers.size, 'point')}",
                typed=self.parameters.f,
                option="--f",
                accepted=f"{numbered(self.centers.size, 'number')}, one for each of --centers",
            )
        t = grid_with(*self.window, _STEPS + 1, [self.at])
        try:
            frames = weigh_copies(self.g, self.centers, values, t)
            found = _extreme(frames)
            if found is None:
                return frames
            t = np.union1d(t, [sharpened(frames, self.g, found[1])])
            return weigh_copies(self.g, self.centers, values, t)
        except InputError as error:
            error.typed, error.accepted = self.parameters.g, "a smaller g, or another --x-range"
            raise error.named("--g") from None

    def make_checks(self) -> tuple[Check, ...]:
        """Hold the frames against the sum of whole copies and against numpy.convolve."""
        return verify_copies(self.frames, self.g)

    def slide_seconds(self, start: int, stop: int) -> float:
        """How long the line takes between two steps: 12 s from end to end."""
        return max(1.0, 12.0 * (stop - start) / (len(self.frames) - 1))

    def make_beats(self) -> tuple[Beat, ...]:
        """The story of these copies."""
        return (self._values(), *self._copies(), *self._sum(), *self._outputs())

    def _values(self) -> Beat:
        f = self.frames
        values = [f"f({brief(c)}) = {brief(v)}" for c, v in zip(f.center, f.value, strict=True)]
        return Beat(
            "values",
            f"The input f lives on {_COUNTS[len(values)]} point{'s' * (len(values) > 1)}",
            f"The input f lives here only: {', '.join(values)}.",
            5.0,
        )

    def _copies(self) -> tuple[Beat, ...]:
        count, line, cuts = len(self.centers), brief(self.at), self.frames.weight[self.first]
        given, asked, cut = (
            f"Each of the {_COUNTS[count]} input points",
            "these copies",
            "the copies",
        )
        if count == 1:
            given, asked, cut = "The one input point", "this copy", "the copy"
        kernel = Beat(
            "kernel",
            "One curve g: how much an input counts",
            f"One curve, {self._spoken}. Its height says how much an input counts for the output "
            "that lies x to its right.",
            6.0,
        )
        story = (
            Beat(
                "copies",
                "A copy of g at every input point",
                f"A copy of g is the same curve, moved. {given} gets a copy whose zero lies "
                f"there: {self._copies_named}.",
                4.0 + self.copy_seconds * count,
            ),
            Beat(
                "predict",
                f"Predict: how high at t = {line}?",
                f"How much does each input count for the output at t = {line}? A vertical line "
                f"stands there. Predict: how high does it cut {asked} of g?",
                7.0,
            ),
            Beat(
                "cut",
                "The heights are the weights",
                f"The line cuts {cut} at {listed(map(brief, cuts.tolist()))}. That is what each "
                f"input point counts for the output at t = {line}: the weight that the point c "
                "gets is g(t − c).",
                5.0 + self.copy_seconds * count,
            ),
        )
        return (kernel, *story) if self.has_zero else story

    @property
    def copy_seconds(self) -> float:
        """How long each of several copies takes to appear: 1 s, or less if they are many."""
        return min(1.0, 4.0 / len(self.centers))

    @property
    def _spoken(self) -> str:
        text = self.g.text.replace("-", "−").replace("^2", "²").replace("*", "·")
        plain = len(text) <= _LONGEST_SPOKEN and not text.endswith((".csv", ".npy"))
        return f"g(x) = {text}" if plain else "g"

    @property
    def _copies_named(self) -> str:
        named = [f"g(x{_less(c)})" for c in self.centers]
        return ", ".join(named) if len(named) <= 3 else "g(x − c) for the point c"

    def _sum(self) -> tuple[Beat, ...]:
        f, step = self.frames, self.frames.at(self.first)
        line, count = brief(self.at), len(self.centers)
        terms = [f"{brief(w)} f({brief(c)})" for w, c in zip(step.weight, f.center, strict=True)]
        return (
            Beat(
                "weigh",
                "Weigh the values",
                f"Each value is multiplied by the weight of its point: "
                f"{', '.join(terms)}, that is {listed(map(brief, step.product.tolist()))}.",
                4.0 + self.copy_seconds * count,
            ),
            Beat(
                "add",
                "Add: one output",
                f"The sum is one output: (f * g)({line}) = {_joined(terms)} = "
                f"{brief(step.output)}.",
                6.0,
            ),
            Beat(
                "ask",
                "Predict: where does it rise or fall?",
                "Now the line moves to the right through all t, and the heights change with it. "
                "Predict: where does the output f * g rise, and where does it fall?",
                7.0,
            ),
        )

    def _outputs(self) -> tuple[Beat, ...]:
        last = len(self.frames) - 1
        stop = last if self.extreme is None else self.extreme[1]
        low, high = (brief(end) for end in self.window)
        moving = f"The line runs from {low} to the right. Wherever it stands, it cuts all copies, "
        moving += "and the weighted sum of the heights is one point of the output."
        if self.extreme is not None:
            moving += f" {self._extreme_told}"
        closing = (
            f"From {low} to {high}, every vertical line is one output: (f * g)(t) is the sum of "
            "f(c) g(t − c) over all input points c."
        )
        rest = 0.0 if stop == last else self.slide_seconds(stop, last)
        return (
            Beat(
                "slide",
                "Every vertical line is one output",
                moving,
                2.0 + self.slide_seconds(0, stop) + 2.5,
            ),
            Beat("whole", "The output f * g", closing, rest + 6.0),
        )

    @property
    def _extreme_told(self) -> str:
        assert self.extreme is not None
        kind, k = self.extreme
        step = self.frames.at(k)
        return f"Nowhere is it {kind} than at t = {brief(step.t)}: {brief(step.output)}."


def _extreme(frames: WeightedCopies) -> tuple[Literal["larger", "smaller"], int] | None:
    last = len(frames) - 1
    largest, smallest = int(np.argmax(frames.output)), int(np.argmin(frames.output))
    if 0 < largest < last:
        return "larger", largest
    return ("smaller", smallest) if 0 < smallest < last else None


def _falls(rows: FloatArray, step: int) -> NDArray[np.bool_]:
    """Whether each column of (n_t, …) falls around a step."""
    return np.asarray(rows[min(step + 1, len(rows) - 1)] < rows[max(step - 1, 0)])


def _live_decimals(largest: float) -> int:
    """Of a number that changes: two, unless it is large or small."""
    if largest < 1:
        return decimals_for(largest)
    return 2 if largest < 1e3 else 1 if largest < 1e5 else 0


def _ends(values: FloatArray, air: float = 0.06) -> tuple[float, float]:
    return padded(float(values.min()), float(values.max()), air)


def _less(center: float) -> str:
    """``x`` less a point, without the x."""
    if center == 0:
        return ""
    return f" {'−' if center > 0 else '+'} {brief(abs(float(center)))}"


def _joined(terms: list[str]) -> str:
    """A sum as it is written: a negative term is taken away."""
    return " + ".join(terms).replace("+ −", "− ")
