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
    """A ratio of this run, and the least (or the most) that it should be."""

    name: str
    value: float
    wanted: float
    at_most: bool = False

    @property
    def reached(self) -> bool:
        """Whether it is."""
        return self.value <= self.wanted if self.at_most else self.value >= self.wanted


def bars(slide: Mapping[str, Entry], whole: Mapping[str, Entry]) -> Iterator[Bar]:
    """The bars that were measured; without ``whole``, the slide stands for it."""
    clip, what = (whole, "whole clip") if whole else (slide, "slide")
    best = fastest(clip).fps
    yield Bar(f"{what}: frames a second by frames shown a second", best / FPS, 2)
    for name, wanted in ((STOCK, 4), (STOCK_ALIKE, 2)):
        if name in clip:
            yield Bar(f"{what}: times as fast as {name}", best / clip[name].fps, wanted)
    for name, wanted in ((IDIOMATIC, 15), (FUNC_ANIMATION, 10)):
        if name in slide:
            ratio = fastest(slide).fps / slide[name].fps
            yield Bar(f"slide: times as fast as {name}", ratio, wanted)
    for name, entry in slide.items():
        floor = slide.get(name.replace("ours", "encode only"))
        if name.startswith("ours") and floor is not None:
            yield Bar(f"slide: time by that of {floor.name}", floor.fps / entry.fps, 1.6, True)


def fastest(entries: Mapping[str, Entry]) -> Entry:
    """The faster one of ours."""
    return max((e for e in entries.values() if e.name.startswith("ours")), key=lambda e: e.fps)


def table_of_bars(found: Iterator[Bar]) -> Table:
    """One row each."""
    table = Table("bar", title="Bars (they hold if others took little of the machine)")
    for heading in ("measured", "wanted", ""):
        table.add_column(heading, justify="right" if heading else "left")
    for bar in found:
        sign = "≤" if bar.at_most else "≥"
        verdict = "reached" if bar.reached else "not reached"
        table.add_row(bar.name, f"{bar.value:.2f}", f"{sign} {bar.wanted:g}", verdict)
    return table
