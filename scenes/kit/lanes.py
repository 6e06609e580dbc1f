"""Several slidings in step, one in each lane, whose sums stack up to one output."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Self

import numpy as np

from convmath import ChannelSums
from convmath.arrays import FloatArray
from scenes.kit.chart import Chart
from scenes.kit.plots import Bars, StemPlot, Stems
from scenes.kit.sliding import DiscreteSliding, Steps
from scenes.kit.typeset import LABEL, Number
from scenes.theme import Theme

__all__ = ["LANE_TEXT", "Lane", "Lanes"]

LANE_TEXT = 0.24  # from the top of a lane's chart to the baseline of what is written above it
_FILLS = (0.65, 0.3, 0.05)  # opacity of a channel's bars: full, half, hollow
_BLOCK, _WIDEST = 0.62, 0.7  # width of a block, in steps, and at most in scene units


class Lane(DiscreteSliding):
    """One channel's sliding sum; what it adds up to is its block of the stack.

    Attributes
    ----------
    ink
        Of its products and its blocks, told from other channels' by how full it is.
    still
        The stems that stay.
    blocks
        This channel's blocks in the stack, as far as the step has come.
    share
        The sum at this step, at the right end above the lane.
    """

    def __init__(
        self,
        sums: ChannelSums,
        channel: int,
        chart: Chart,
        stack: Chart,
        theme: Theme,
        *,
        decimals: int,
        flip: bool,
    ) -> None:
        super().__init__(sums.lane(channel), chart, stack, theme, flip=flip)
        self.ink = replace(theme.product, fill=_FILLS[channel])
        self.bars.set_fill(opacity=self.ink.fill)
        self.ends = sums.block[:, channel].astype(float)
        low, high = sums.supports[0]
        inside = (sums.k >= low) & (sums.k <= high)
        staying = np.stack([sums.k, sums.fixed[channel]], axis=1)[inside].astype(float)
        self.still = StemPlot(chart, theme.fixed, staying)
        self.blocks = Bars(stack, self.ink)
        self.width_of_block = min(_BLOCK, _WIDEST / float(stack.unit[0]))
        self.share = Number(colour=theme.product.colour, decimals=decimals, align="right")
        self.remove(*self.parts())
        self.add(self.product, self.still, self.moving, self.handle, self.blocks, self.share)

    def draw_trace(self, step: int) -> None:
        """A block for each n so far."""
        start, end = self.ends[: step + 1].T
        values = np.stack([self.frames.n[: step + 1], end], axis=1).astype(float)
        self.blocks.draw(values, self.width_of_block, feet=start)

    def draw_output(self, step: Any) -> None:
        """Write the sum above the lane, unless the output is kept back."""
        if not self.traces:
            self.share.points = np.zeros((0, 3))
            return
        box = self.upper.box
        self.share.draw(float(step.output), box.right, box.top + LANE_TEXT)

    def block_at(self, step: int) -> Bars:
        """The block of this step alone."""
        start, end = self.ends[step]
        values = np.array([[float(self.frames.n[step]), end]])
        block = Bars(self.lower, self.ink)
        return block.draw(values, self.width_of_block, feet=np.array([start]))


class Lanes(Steps):
    """All lanes at one step, and the output that their shares add up to.

    Attributes
    ----------
    lanes
        One for each channel.
    dots
        The output, as far as the step has come.
    total
        Its newest value, on the baseline that `place_total` gave.
    traces
        Whether the output is drawn as the steps go by.
    """

    def __init__(
        self,
        sums: ChannelSums,
        charts: Sequence[Chart],
        stack: Chart,
        theme: Theme,
        *,
        decimals: int,
        flip: bool,
    ) -> None:
        super().__init__()
        self.sums = sums
        self.stack = stack
        self.lanes = [
            Lane(sums, c, chart, stack, theme, decimals=decimals, flip=flip)
            for c, chart in enumerate(charts)
        ]
        self.dots = Stems(stack, theme.output)
        self.dots.stalks.set_stroke(width=0.0)  # the blocks show the height
        self.total = Number(size=LABEL, colour=theme.output.colour, decimals=decimals)
        self.place: FloatArray = np.zeros(2)
        self.traces = True
        self.add(*self.lanes, self.dots, self.total)

    def place_total(self, x: float, y: float) -> Self:
        """Write the newest value from here on."""
        self.place = np.array([x, y])
        return self.draw(self.index)

    def draw(self, index: float) -> Self:
        """Show the step ``index`` in every lane."""
        self.index = index
        first = self.lanes[0]
        for lane in self.lanes:
            lane.traces = self.traces
            lane.draw(index)
        settled = first.settled(index)
        step = first.last_step(index) if settled is None else settled
        if self.traces:
            self.draw_dots(step)
            self.total.draw(float(self.sums.output[step]), *self.place)
        else:
            self.total.points = np.zeros((0, 3))
        return self

    def draw_trace(self, step: int) -> None:
        """Draw blocks and output up to one step."""
        for lane in self.lanes:
            lane.draw_trace(step)
        self.draw_dots(step)

    def draw_dots(self, step: int) -> None:
        """Draw the output up to one step."""
        values = np.stack([self.sums.n, self.sums.output], axis=1)[: step + 1]
        self.dots.draw(values.astype(float))
