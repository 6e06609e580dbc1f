"""Two runs of training, side by side: kernels that move, and losses that fall."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Self

import numpy as np
from manim import Dot, VGroup, VMobject

from convmath import TrainingRuns
from convmath.arrays import FloatArray
from scenes.kit.chart import Chart
from scenes.kit.plots import Curve, Ring
from scenes.kit.readout import Readout
from scenes.kit.sliding import Steps
from scenes.kit.taps import Taps
from scenes.theme import Theme

__all__ = ["DASH", "Training", "quickening"]

DASH = 0.16  # of the second loss, so that the first is seen where both are the same


class Training(Steps):
    """Both kernels and both losses after a number of steps; between two, on the way to the next.

    Parameters
    ----------
    charts
        Of the kernel of the convolution, of that of the cross-correlation, and of the losses.
    curves
        Step and height (n_s, 2) of each loss on its chart.
    """

    def __init__(
        self,
        frames: TrainingRuns,
        charts: tuple[Chart, Chart, Chart],
        curves: tuple[FloatArray, FloatArray],
        theme: Theme,
        decimals: int,
    ) -> None:
        self.frames = frames
        self.values = curves
        self.runs = (frames.convolution, frames.correlation)
        inks = (theme.fixed, theme.moving)
        self.kernels = [
            Taps(chart, ink, run[0], decimals=decimals, hollow=ink is theme.moving)
            for chart, ink, run in zip(charts, inks, self.runs, strict=False)
        ]
        losses = charts[2]
        self.curves = [Curve(losses, theme.fixed), Curve(losses, replace(theme.moving, dash=DASH))]
        dot, ring = Dot(radius=0.09, color=inks[0].colour), Ring(np.zeros(3), inks[1], 0.13)
        self.tips: list[VMobject] = [dot, ring]
        self.losses = VGroup(*self.curves, *self.tips)
        self.readout: Readout | None = None
        super().__init__(*self.kernels, self.losses)
        self.draw(0)

    def attach(self, readout: Readout) -> None:
        """Let a readout show the step and both losses from now on."""
        self.readout = readout
        self.add(readout)
        self.draw(self.index)

    def draw(self, index: float) -> Self:
        """Show the kernels and the losses as far as ``index``."""
        self.index = index
        last = math.floor(index + 1e-9)
        share = max(index - last, 0.0)
        for taps, run in zip(self.kernels, self.runs, strict=True):
            taps.draw(_between(run, last, share), written=run[last])
        for curve, tip, values in zip(self.curves, self.tips, self.values, strict=True):
            here = _between(values, last, share)
            curve.draw(np.concatenate([values[: last + 1], here[None]]))
            tip.move_to(curve.chart.points(here)[0])
        if self.readout is not None:
            step = self.frames.at(last)
            self.readout.draw(step.iteration, step.convolution_loss, step.correlation_loss)
        return self


def _between(rows: FloatArray, last: int, share: float) -> FloatArray:
    """The place on the straight way from one row to the next."""
    if not share:
        return np.asarray(rows[last])
    return np.asarray((1 - share) * rows[last] + share * rows[last + 1])


def quickening(start: float, stop: float, total: float, gain: float) -> Callable[[float], Any]:
    """A rate function for a stretch of a run that begins slowly and ends ``gain`` times as fast.

    The run goes through all ``total`` steps at a speed that grows evenly with the step, so that
    single steps can be seen at first; the stretch is from ``start`` to ``stop``.

    Examples
    --------
    >>> rate = quickening(0, 100, 100, gain=50.0)
    >>> rate(0.0), round(rate(0.5), 3), round(rate(1.0), 12)
    (0.0, 0.124, 1.0)
    """
    first, last = (math.log1p((gain - 1) * at / total) for at in (start, stop))

    def share(alpha: float) -> float:
        at = math.expm1(first + alpha * (last - first)) * total / (gain - 1)
        return (at - start) / (stop - start)

    return share
