"""The one sliding mechanism: flip and shift, multiply, add up, and draw the output in sync.

A `Sliding` shows one step of its frames at a time. What it shows is a pure function of the index
that `draw` is given; `Slide` is the animation that runs through the indices.
"""

from __future__ import annotations

from typing import Any, Generic, Literal, Protocol, Self, TypeVar, cast

import numpy as np
from manim import Animation, Dot, Mobject, Triangle, VGroup, VMobject, smooth

from convmath import Frames, SlidingProduct, SlidingSum
from convmath.arrays import FloatArray
from scenes.kit.chart import Chart, bracket, straight
from scenes.kit.frame import SAFE_X
from scenes.kit.plots import Area, Arrows, Bars, Plot, StemPlot, Stems, Trace, dashes
from scenes.kit.readout import Readout
from scenes.kit.typeset import SMALL, Formula, Number, Stamp, stand
from scenes.theme import Ink, Theme

__all__ = [
    "ContinuousSliding",
    "DiscreteSliding",
    "Handle",
    "Limits",
    "Slide",
    "Sliding",
    "Steps",
    "glide",
    "settled",
]

F = TypeVar("F", bound=Frames[Any])


class Handle(VGroup):
    """A triangle under the chart, at the place that the shift has reached.

    It has the ink of what moves, unless it is given another one; its letter stands to its right,
    or to its ``"left"``, where it never meets the letter of the axis.
    """

    def __init__(
        self,
        chart: Chart,
        theme: Theme,
        variable: str,
        ink: Ink | None = None,
        side: Literal["left", "right"] = "right",
    ) -> None:
        self.chart = chart
        colour = (ink or theme.moving).colour
        self.wedge = Triangle(color=colour, fill_opacity=1.0, stroke_width=0.0)
        self.wedge.scale_to_fit_width(0.24)
        self.label = Formula(variable, size=SMALL, colour=colour)
        super().__init__(self.wedge, self.label)
        self.wedge_stamp = Stamp(self.wedge, self.wedge.get_top() + [0, 0.03, 0])
        if side == "right":
            stand(self.label, 0.17, -0.22)
        else:
            stand(self.label, -0.17, -0.22, align="right")
        self.label_stamp = Stamp(self.label, np.zeros(3))

    def draw(self, position: float) -> Self:
        """Point at this value."""
        tip = np.array([self.chart.point(position, 0)[0], self.chart.box.bottom, 0.0])
        self.wedge_stamp.put(tip)
        self.label_stamp.put(tip)
        return self


class Limits(VGroup):
    """A bracket under the axis from the lower to the upper limit, with both numbers."""

    def __init__(self, chart: Chart, theme: Theme, *, decimals: int, drop: float = 0.88) -> None:
        self.chart = chart
        self.ink = theme.product
        self.level = chart.box.bottom - drop
        self.bar = VMobject(stroke_color=self.ink.colour, stroke_width=self.ink.width)
        self.room = chart.box.right + 0.75  # up to the panel
        self.low = self._number(decimals, "right")
        self.high = self._number(decimals, "left")
        super().__init__(self.bar, self.low, self.high)

    def _number(self, decimals: int, align: str) -> Number:
        return Number(size=SMALL, colour=self.ink.colour, decimals=decimals, align=align)

    def draw(self, low: float, high: float) -> Self:
        """Bracket this interval; nothing where it is not a number (no overlap)."""
        if np.isnan(low):
            for part in (self.bar, self.low, self.high):
                part.points = np.zeros((0, 3))
            return self
        self.bar.points = bracket(self.chart, self.ink, low, high, self.level).points
        left, right = self.bar.points[:, 0].min(), self.bar.points[:, 0].max()
        self._label(self.low, low, left - 0.1)
        self._label(self.high, high, right + 0.1)
        return self

    def _label(self, number: Number, value: float, x: float) -> None:
        """Write a limit beside the bar, or below its end where there is no room beside it."""
        number.draw(value, x, self.level - 0.06)
        across = number.points[:, 0]
        excess = max(-SAFE_X - across.min(), across.max() - self.room)
        if excess > 0:
            inward = excess if number is self.low else -excess
            number.draw(value, x + inward, self.level - 0.4)


class Steps(VGroup):
    """Whatever shows a step: a `Sliding`, or several of them together."""

    index: float = 0.0

    def draw(self, index: float) -> Self:
        """Show the step ``index`` (a float: it may lie between two steps)."""
        raise NotImplementedError


class Sliding(Steps, Generic[F]):
    """One signal slides over another; below, the output is drawn as far as the step has come.

    A subclass draws its kind of signal: it makes `moving`, `product` and `trace`, and writes
    `position`, `settled`, `draw_product` and `draw_trace`.

    Parameters
    ----------
    frames
        What is shown, for every step.
    upper, lower
        The chart of the product (over τ) and the chart of the output (over t); their horizontal
        maps agree, so that τ = t stands above t.
    variable, decimals
        Name of the place of the handle, and the decimals of its value.
    """

    moving: Any
    product: VGroup
    trace: VGroup
    axis = "t"

    def __init__(
        self, frames: F, upper: Chart, lower: Chart, theme: Theme, variable: str, decimals: int
    ) -> None:
        super().__init__()
        self.frames = frames
        self.decimals = decimals
        self.upper = upper
        self.lower = lower
        self.theme = theme
        self.handle = Handle(upper, theme, variable)
        self.limits = Limits(upper, theme, decimals=decimals)
        self.dot = Dot(radius=0.09, color=theme.output.colour)
        self.dot_stamp = Stamp(self.dot, self.dot.get_center())
        self.stem = VMobject(stroke_color=theme.output.colour, stroke_width=theme.output.width / 2)
        self.drop = VMobject(stroke_color=theme.ghost.colour, stroke_width=theme.ghost.width)
        self.drop_level = self.limits.level - 0.1  # the height that the drop line begins at
        self.readout: Readout | None = None
        self.traces = True  # whether the output is drawn as the steps go by

    def parts(self) -> tuple[VMobject, ...]:
        """All that slides, from back to front."""
        return (
            self.product,
            self.moving,
            self.drop,
            self.stem,
            self.trace,
            self.dot,
            self.limits,
            self.handle,
        )

    def position(self, index: float) -> float:
        """Where the handle stands, in units of t."""
        raise NotImplementedError

    def settled(self, index: float) -> int | None:
        """The step whose product is shown; None while gliding from one to the next."""
        raise NotImplementedError

    def draw_product(self, step: int | None) -> None:
        """Draw the product of one step."""
        raise NotImplementedError

    def draw_trace(self, step: int) -> None:
        """Draw the output up to one step."""
        raise NotImplementedError

    def last_step(self, index: float) -> int:
        """The newest step whose output is drawn."""
        return int(np.floor(index + 1e-9))

    def draw(self, index: float) -> Self:
        """Show the step ``index`` (a float: it may lie between two steps)."""
        self.index = index
        position = self.position(index)
        settled = self.settled(index)
        step = self.frames.at(self.last_step(index) if settled is None else settled)
        self.moving.draw(offset=position)
        self.handle.draw(position)
        self.draw_product(settled)
        if self.traces:
            self.draw_trace(self.last_step(index) if settled is None else settled)
        self.draw_output(step)
        self.draw_numbers(step)
        return self

    def draw_numbers(self, step: Any) -> None:
        """Write the numbers of one step: the limits, none while gliding, and the output."""
        stands = self.settled(self.index) is not None
        low, high = step.limits if stands else (np.nan, np.nan)
        self.limits.draw(float(low), float(high))
        if self.readout is not None:
            place = self.position(self.index)
            self.readout.draw(place, float(low), float(high), step.output)

    def attach(self, readout: Readout) -> None:
        """Let a readout show position, limits and output from now on."""
        self.readout = readout
        self.add(readout)
        self.draw(self.index)

    def draw_output(self, step: Any) -> None:
        """Show the newest value of the output, and where it belongs."""
        here = float(getattr(step, self.axis))
        place = self.lower.point(here, float(step.output))
        self.dot_stamp.put(place)
        self.stem.points = straight(self.lower.point(here, 0.0)[None], place[None])
        self.drop.points = dashes(self.feed(place), self.theme.ghost.dash)

    def feed(self, place: FloatArray) -> FloatArray:
        """The line (n, 3) to the place of the output: from below the handle."""
        handle = self.upper.point(self.position(self.index), 0)[0]
        return np.array([[handle, self.drop_level, 0.0], place])


class ContinuousSliding(Sliding[SlidingProduct]):
    """Curves slide, and the area of their product is the output."""

    def __init__(
        self, frames: SlidingProduct, upper: Chart, lower: Chart, theme: Theme, decimals: int
    ) -> None:
        super().__init__(frames, upper, lower, theme, "t", decimals)
        self.moving = Plot(upper, theme.moving, frames.moving, frames.moving_impulses)
        self.area = Area(upper, theme.product)
        self.arrows = Arrows(upper, theme.product)
        self.product = VGroup(self.area, self.arrows)
        self.curve = Trace(lower, theme.output, frames.curve)
        self.jolts = Arrows(lower, theme.output)
        self.trace = VGroup(self.curve, self.jolts)
        self.add(*self.parts())

    def position(self, index: float) -> float:
        """The t of the nearest step."""
        return float(self.frames.t[round(index)])

    def settled(self, index: float) -> int:
        """Every step of a continuous slide is shown."""
        return round(index)

    def draw_product(self, step: int | None) -> None:
        """Fill the area of the product, and stand its impulses on the axis."""
        assert step is not None
        self.area.draw(product_outline(self.frames, step))
        self.arrows.draw(product_impulses(self.frames, step))

    def draw_trace(self, step: int) -> None:
        """Draw y's own polyline as far as t."""
        frames = self.frames
        self.curve.until(float(frames.t[step]), float(frames.output[step]))
        jolts = frames.output_impulses
        self.jolts.draw(jolts[jolts[:, 0] <= frames.t[step]])


def product_outline(frames: SlidingProduct, step: int) -> FloatArray:
    """The polyline (n, 2) of one step's product."""
    values = np.stack([frames.tau[step].ravel(), frames.product[step].ravel()], axis=1)
    return np.asarray(values[~np.isnan(values[:, 0])])


def product_impulses(frames: SlidingProduct, step: int) -> FloatArray:
    """Position and weight (n, 2) of the impulses of one step's product."""
    values = np.stack([frames.impulse_tau[step], frames.impulse_weight[step]], axis=1)
    return np.asarray(values[np.nan_to_num(values[:, 1]) != 0])


_GLIDE = 0.5  # the share of a step that is spent gliding; for the rest of it all stands
_BAR = 0.7  # width of a product's bar, in steps


def glide(index: float) -> float:
    """How many steps have been made: whole while all stands, in between on the way to the next.

    Examples
    --------
    >>> glide(2.0), glide(2.25), glide(2.75)
    (2.0, 2.5, 3.0)
    """
    last = np.floor(index + 1e-9)
    share = min(max(index - last, 0.0) / _GLIDE, 1.0)
    return float(last + smooth(share))


def settled(index: float) -> int | None:
    """The step that all stands at; None while gliding from one to the next."""
    last = int(np.floor(index + 1e-9))
    if index - last <= 1e-9:
        return last
    return last + 1 if index - last >= _GLIDE else None


class DiscreteSliding(Sliding[SlidingSum]):
    """Stems slide step by step, and the products of pairs add up to the output.

    What slides is flipped, as for a convolution; for a cross-correlation, say ``flip=False``.
    """

    axis = "n"

    def __init__(
        self,
        frames: SlidingSum,
        upper: Chart,
        lower: Chart,
        theme: Theme,
        *,
        flip: bool = True,
        variable: str = "n",
    ) -> None:
        super().__init__(frames, upper, lower, theme, variable, 0)
        k = -frames.original_k if flip else frames.original_k
        moving = np.stack([k, frames.original], axis=1).astype(float)
        self.moving = StemPlot(upper, theme.moving, moving, hollow=True)
        self.bars = Bars(upper, theme.product)
        self.product = VGroup(self.bars)
        self.stems = Stems(lower, theme.output)
        self.trace = VGroup(self.stems)
        self.add(*self.parts())

    def position(self, index: float) -> float:
        """The n of the last step, or a place on the glide to the next."""
        last = self.last_step(index)
        return float(self.frames.n[last]) + glide(index) - last

    def settled(self, index: float) -> int | None:
        """The step that x stands at; None while it glides."""
        return settled(index)

    def draw_product(self, step: int | None) -> None:
        """A bar for each product; none while x glides."""
        if step is None:
            self.bars.points = np.zeros((0, 3))
            return
        frames = self.frames
        low, high = frames.limits[step]
        inside = (frames.k >= low) & (frames.k <= high)
        values = np.stack([frames.k[inside], frames.product[step][inside]], axis=1)
        self.bars.draw(values.astype(float), _BAR)

    def draw_trace(self, step: int) -> None:
        """A stem for each n so far."""
        frames = self.frames
        values = np.stack([frames.n[: step + 1], frames.output[: step + 1]], axis=1)
        self.stems.draw(values.astype(float))


class Stepped(Protocol):
    """A mobject that shows the step, or the share of a way, that it is told to."""

    index: float

    def draw(self, index: float) -> Any:
        """Show it."""


class Slide(Animation):
    """Run a `Sliding`, or whatever else shows steps, from one index to another."""

    def __init__(self, sliding: Stepped, stop: float, **kwargs: Any) -> None:
        self.sliding = sliding
        self.start = sliding.index
        self.stop = stop
        super().__init__(cast("Mobject", sliding), **kwargs)

    def create_starting_mobject(self) -> Any:
        """Nothing is interpolated between shapes, so no copy is needed."""
        return self.mobject

    def interpolate_mobject(self, alpha: float) -> None:
        """Show the step at ``alpha`` of the way."""
        share = self.rate_func(alpha)
        self.sliding.draw(self.start + share * (self.stop - self.start))
