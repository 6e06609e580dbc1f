"""What we want to reach, and whether this run did."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rich.table import Table

from bench.contenders import FUNC_ANIMATION, IDIOMATIC, STOCK, STOCK_ALIKE
from bench.race import FPS, Entry

__all__ = ["Bar", "bars", "table_of_bars"]


@dataclass(frozen=True, slots=True)
class Bar:
    """A ratio of this run, and the least (or the most) that it should be.

    Attributes
    ----------
    others
        The largest share of the machine that other programs took in one of its runs.
    """

    name: str
    value: float
    wanted: float
    others: float
    at_most: bool = False

    @property
    def verdict(self) -> str:
        """Whether it is reached; none if the machine was busy with other things."""
        if self.others > _BUSY:
            return f"void: others took {self.others:.0%}"
        reached = self.value <= self.wanted if self.at_most else self.value >= self.wanted
        return "reached" if reached else "not reached"


_BUSY = 0.1
"""Above this share a ratio says more of the other programs than of ours."""


def _others(*entries: Entry) -> float:
    return max(cost.others for entry in entries for cost in (entry.short, entry.long))


def bars(slide: Mapping[str, Entry], whole: Mapping[str, Entry]) -> Iterator[Bar]:
    """The bars that were measured; without ``whole``, the slide stands for it."""
    clip, what = (whole, "whole clip") if whole else (slide, "slide")
    best = fastest(clip)
    yield Bar(f"{what}: frames a second by frames shown a second", best.fps / FPS, 2, _others(best))
    for name, wanted in ((STOCK, 4), (STOCK_ALIKE, 2)):
        if name in clip:
            yield _times(what, best, clip[name], wanted)
    for name, wanted in ((IDIOMATIC, 15), (FUNC_ANIMATION, 10)):
        if name in slide:
            yield _times("slide", fastest(slide), slide[name], wanted)
    for name, entry in clip.items():
        floor = clip.get(name.replace("ours", "encode only"))
        if name.startswith("ours") and floor is not None:
            ratio = floor.fps / entry.fps
            name = f"{what}: time by that of {floor.name}"
            yield Bar(name, ratio, 1.6, _others(entry, floor), at_most=True)


def _times(what: str, ours: Entry, other: Entry, wanted: float) -> Bar:
    ratio = ours.fps / other.fps
    return Bar(f"{what}: times as fast as {other.name}", ratio, wanted, _others(ours, other))


def fastest(entries: Mapping[str, Entry]) -> Entry:
    """The faster one of ours."""
    return max((e for e in entries.values() if e.name.startswith("ours")), key=lambda e: e.fps)


def table_of_bars(found: Iterator[Bar]) -> Table:
    """One row each."""
    table = Table("bar", title="Bars")
    for heading in ("measured", "wanted", ""):
        table.add_column(heading, justify="right" if heading else "left")
    for bar in found:
        sign = "≤" if bar.at_most else "≥"
        table.add_row(bar.name, f"{bar.value:.2f}", f"{sign} {bar.wanted:g}", bar.verdict)
    return table
