"""The one sliding mechanism: flip and shift, multiply, add up, and draw the output in sync.

A `Sliding` shows one step of its frames at a time. What it shows is a pure function of the index
that `show` is given; `Slide` is the animation that runs through the indices.
"""

from __future__ import annotations

from typing import Any, Generic, Self, TypeVar

import numpy as np
from manim import Animation, Dot, Triangle, VGroup, VMobject

from convmath import Frames, SlidingProduct
from convmath.arrays import FloatArray
from scenes.kit.chart import Chart, segments
from scenes.kit.plots import Area, Arrows, Curve, Dashes, clipped
from scenes.kit.readout import Readout
from scenes.kit.typeset import SMALL, Formula, Number, stand
from scenes.theme import Theme

__all__ = ["ContinuousSliding", "Handle", "Limits", "Slide", "Sliding"]

F = TypeVar("F", bound=Frames[Any])


class Handle(VGroup):
    """A triangle under the horizontal axis, at the place that the shift has reached."""

    def __init__(self, chart: Chart, theme: Theme, variable: str) -> None:
        self.chart = chart
        self.wedge = Triangle(
            color=theme.moving.colour, fill_opacity=1.0, stroke_width=0.0
        ).scale_to_fit_width(0.2)
        self.label = Formula(variable, size=SMALL, colour=theme.moving.colour)
        super().__init__(self.wedge, self.label)

    def show(self, position: float) -> Self:
        """Point at this value."""
        tip = self.chart.point(position, 0)
        self.wedge.shift(tip + [0, -0.03, 0] - self.wedge.get_top())
        stand(self.label, tip[0] + 0.15, tip[1] - 0.21)
        return self


class Limits(VGroup):
    """A bracket under the axis from the lower to the upper limit, with both numbers."""

    def __init__(self, chart: Chart, theme: Theme, *, decimals: int, drop: float = 0.62) -> None:
        self.chart = chart
        self.ink = theme.product
        self.level = chart.box.bottom - drop
        self.bar = VMobject(stroke_color=self.ink.colour, stroke_width=self.ink.width)
        self.low = self._number(decimals, "right")
        self.high = self._number(decimals, "left")
        super().__init__(self.bar, self.low, self.high)

    def _number(self, decimals: int, align: str) -> Number:
        return Number(size=SMALL, colour=self.ink.colour, decimals=decimals, align=align)

    def show(self, low: float, high: float) -> Self:
        """Bracket this interval; nothing where it is not a number (no overlap)."""
        self.set_opacity(0.0 if np.isnan(low) else 1.0)
        if np.isnan(low):
            return self
        left, right = (
            self.chart.point(float(np.clip(end, *self.chart.x_range)), 0)[0] for end in (low, high)
        )
        y, tick = self.level, 0.1
        ends = [[left, y, 0], [right, y, 0], [left, y, 0], [left, y + tick, 0]]
        ends += [[right, y, 0], [right, y + tick, 0]]
        self.bar.points = segments(np.array(ends), self.ink.colour, self.ink.width).points
        self.low.show(low, left - 0.1, y - 0.06)
        self.high.show(high, right + 0.1, y - 0.06)
        return self


class Sliding(VGroup, Generic[F]):
    """One signal slides over another; below, the output is drawn as far as the step has come.

    A subclass draws its kind of signal: it makes the parts and writes `position`, `settled`,
    `show_moving`, `show_product` and `show_trace`.

    Parameters
    ----------
    frames
        What is shown, for every step.
    upper, lower
        The chart of the product (over τ) and the chart of the output (over t); their horizontal
        maps agree, so that τ = t stands above t.
    readout
        Shows position, limits and output; optional.
    """

    decimals = 2

    def __init__(self, frames: F, upper: Chart, lower: Chart, theme: Theme, variable: str) -> None:
        super().__init__()
        self.frames = frames
        self.upper = upper
        self.lower = lower
        self.theme = theme
        self.handle = Handle(upper, theme, variable)
        self.limits = Limits(upper, theme, decimals=self.decimals)
        self.dot = Dot(radius=0.09, color=theme.output.colour)
        self.drop = VMobject(stroke_color=theme.ghost.colour, stroke_width=theme.ghost.width)
        self.readout: Readout | None = None
        self.index = 0.0

    def position(self, index: float) -> float:
        """Where the handle stands, in units of t."""
        raise NotImplementedError

    def settled(self, index: float) -> int | None:
        """The step whose product is shown; None while gliding from one to the next."""
        raise NotImplementedError

    def show_moving(self, position: float) -> None:
        """Draw the flipped signal shifted to ``position``."""
        raise NotImplementedError

    def show_product(self, step: int | None) -> None:
        """Draw the product of one step."""
        raise NotImplementedError

    def show_trace(self, step: int) -> None:
        """Draw the output up to one step."""
        raise NotImplementedError

    def last_step(self, index: float) -> int:
        """The newest step whose output is drawn."""
        return int(np.floor(index + 1e-9))

    def show(self, index: float) -> Self:
        """Show the step ``index`` (a float: it may lie between two steps)."""
        self.index = index
        position = self.position(index)
        settled = self.settled(index)
        step = self.frames.at(self.last_step(index) if settled is None else settled)
        self.show_moving(position)
        self.handle.show(position)
        self.show_product(settled)
        self.show_trace(self.last_step(index) if settled is None else settled)
        self._show_output(position, step)
        low, high = step.limits if settled is not None else (np.nan, np.nan)
        self.limits.show(float(low), float(high))
        if self.readout is not None:
            self.readout.show(position, float(low), float(high), float(step.output))
        return self

    def _show_output(self, position: float, step: Any) -> None:
        here = float(getattr(step, self._axis))
        place = self.lower.point(here, float(step.output))
        self.dot.move_to(place)
        top = self.upper.point(position, 0)
        dashes = Dashes.between(top, place, self.theme.ghost)
        self.drop.points = dashes

    _axis = "t"


class ContinuousSliding(Sliding[SlidingProduct]):
    """Curves slide, and the area of their product is the output."""

    def __init__(self, frames: SlidingProduct, upper: Chart, lower: Chart, theme: Theme) -> None:
        super().__init__(frames, upper, lower, theme, "t")
        self.moving = VGroup(
            Curve(upper, theme.moving), Arrows(upper, theme.moving, self._moving_impulses(0.0))
        )
        self.product = VGroup(Area(upper, theme.product), Arrows(upper, theme.product))
        self.trace = Curve(lower, theme.output)
        self.add(
            self.product, self.moving, self.handle, self.limits, self.drop, self.trace, self.dot
        )

    def position(self, index: float) -> float:
        """The t of the nearest step."""
        return float(self.frames.t[round(index)])

    def settled(self, index: float) -> int:
        """Every step of a continuous slide is shown."""
        return round(index)

    def show_moving(self, position: float) -> None:
        """Translate the one polyline of x(−τ) and cut it at the edges of the chart."""
        curve, arrows = self.moving
        values = self.frames.moving + [position, 0.0]
        curve.show(clipped(values, *self.upper.x_range))
        arrows.show(self._moving_impulses(position))

    def _moving_impulses(self, position: float) -> FloatArray:
        values = self.frames.moving_impulses + [position, 0.0]
        low, high = self.upper.x_range
        return values[(values[:, 0] >= low) & (values[:, 0] <= high)]

    def show_product(self, step: int | None) -> None:
        """Fill the area of the product, and stand its impulses on the axis."""
        assert step is not None
        area, arrows = self.product
        frames = self.frames
        values = np.stack([frames.tau[step].ravel(), frames.product[step].ravel()], axis=1)
        area.show(values[~np.isnan(values[:, 0])])
        values = np.stack([frames.impulse_tau[step], frames.impulse_weight[step]], axis=1)
        arrows.show(values[np.nan_to_num(values[:, 1]) != 0])

    def show_trace(self, step: int) -> None:
        """Draw y's own polyline as far as t."""
        frames = self.frames
        reached = np.searchsorted(frames.curve[:, 0], frames.t[step])
        here = [[frames.t[step], frames.output[step]]]
        self.trace.show(np.concatenate([frames.curve[:1], frames.curve[:reached], here]))


class Slide(Animation):
    """Run a `Sliding` from one index to another."""

    def __init__(self, sliding: Sliding[Any], stop: float, **kwargs: Any) -> None:
        self.start = sliding.index
        self.stop = stop
        super().__init__(sliding, **kwargs)

    def create_starting_mobject(self) -> Any:
        """Nothing is interpolated between shapes, so no copy is needed."""
        return self.mobject

    def interpolate_mobject(self, alpha: float) -> None:
        """Show the step at ``alpha`` of the way."""
        share = self.rate_func(alpha)
        self.mobject.show(self.start + share * (self.stop - self.start))
