"""The slide of two drops, with the products of each total written out beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Self

import numpy as np
from manim import VGroup

from convmath.two_drops import DropStep, TwoDrops
from scenes.kit.chart import Box, Chart
from scenes.kit.sliding import DiscreteSliding
from scenes.kit.typeset import BODY, LABEL, Formula, Numbers, em, stand, width_in_ems
from scenes.plans.ball_drop import BallDropPlan
from scenes.theme import Theme

__all__ = ["DropSliding", "Ways", "beside"]

_ASIDE = 0.06  # scene units from a place to the stem of either factor

_COLUMNS = (0.17, 0.295, 0.43, 0.595, 0.82)  # middles of f(a), ·, g(c − a), = and their product
_ROOMS = (0.22, 0.06, 0.22, 0.06, 0.34)  # the widths that they may have, in parts of the panel


def beside(chart: Chart) -> tuple[Chart, Chart]:
    """The chart moved a little to the left, for f, and to the right, for g: no stem hides one."""
    box = chart.box
    left, right = (
        replace(chart, box=replace(box, left=box.left + by, right=box.right + by))
        for by in (-_ASIDE, _ASIDE)
    )
    return left, right


class Ways(VGroup):
    """c, a line f(a) · g(c − a) = product for each way, and their sum."""

    def __init__(self, plan: BallDropPlan, theme: Theme, box: Box) -> None:
        self.plan = plan
        self.box = box
        most = int(plan.frames.ways.max())
        self.leading = min(0.55, (box.top - box.bottom - 1.6) / (most + 1))
        size = self._size()
        colours = [
            theme.fixed.colour,
            theme.text.colour,
            theme.moving.colour,
            theme.text.colour,
            theme.product.colour,
        ]
        self.columns = [Numbers(size=size, colour=colour) for colour in colours]
        self.total = Numbers(size=size, colour=theme.output.colour)
        self.place = Numbers(size=LABEL, colour=theme.text.colour)
        self.c = Formula("c =", size=LABEL, colour=theme.text.colour)
        stand(self.c, box.left, box.top - 0.25)
        super().__init__(self.c, self.place, *self.columns, self.total)

    def _size(self) -> float:
        """Type in which the widest numbers have room in their columns."""
        plan, width = self.plan, self.box.right - self.box.left
        first, second = plan.pmf_chances
        every = [
            [first.write(p) for p in plan.f.p.tolist()],
            [second.write(p) for p in plan.g.p.tolist()],
            [plan.product_chances.write(p) for p in plan.frames.product.ravel().tolist()],
        ]
        rooms = (_ROOMS[0], _ROOMS[2], _ROOMS[4])
        fits = [
            room * width / max(width_in_ems(text) for text in texts)
            for room, texts in zip(rooms, every, strict=True)
        ]
        return min(BODY, min(fits) / em(1.0))

    def draw(self, step: DropStep, settled: bool) -> Self:
        """Write the ways to one total; only the total while g glides."""
        frames = self.plan.frames
        met = step.product > 0
        columns = (frames.fixed[met], step.moving[met], step.product[met])
        rows = list(zip(*(column.tolist() for column in columns), strict=True)) if settled else []
        first, second = self.plan.pmf_chances
        products = self.plan.product_chances
        written = [
            [first.write(f), "·", second.write(g), products.equals, products.write(p)]
            for f, g, p in rows
        ]
        left, width, top = self.box.left, self.box.right - self.box.left, self.box.top - 1.0
        for k, column in enumerate(self.columns):
            x = left + _COLUMNS[k] * width
            places = np.array([[x, top - self.leading * row, 0.0] for row in range(len(rows))])
            column.draw([texts[k] for texts in written], places.reshape(-1, 3))
        self._write_total(step, settled, top - self.leading * len(rows) - 0.1)
        return self

    def _write_total(self, step: DropStep, settled: bool, level: float) -> None:
        width, c = self.box.right - self.box.left, str(step.n)
        x = float(self.c.get_right()[0]) + 0.15 + 0.5 * width_in_ems(c) * em(LABEL)
        self.place.draw([c], np.array([[x, self.c.baseline + 0.11, 0.0]]))
        products = self.plan.product_chances
        shown = ["Σ", products.equals, products.write(step.output)] if settled else []
        places = [[self.box.left + _COLUMNS[k] * width, level, 0.0] for k in (2, 3, 4)]
        self.total.draw(shown, np.array(places[: len(shown)]).reshape(-1, 3))


class DropSliding(DiscreteSliding):
    """g slides over f; the products of each total stand in a panel in place of the limits."""

    frames: TwoDrops

    def __init__(
        self, frames: TwoDrops, upper: Chart, lower: Chart, theme: Theme, panel: Ways
    ) -> None:
        self.panel = panel
        super().__init__(frames, upper, lower, theme, variable="c")
        self.moving.onto(beside(upper)[1])
        self.add(panel)
        self.traces = False  # until the slide begins

    def draw_numbers(self, step: Any) -> None:
        """Write the ways; no limits are shown."""
        self.limits.draw(np.nan, np.nan)
        self.panel.draw(step, self.settled(self.index) is not None)

    def draw_output(self, step: Any) -> None:
        """Show the newest total, once they are shown at all."""
        super().draw_output(step)
        if not self.traces:
            for part in (self.dot, self.stem, self.drop):
                part.points = np.zeros((0, 3))
