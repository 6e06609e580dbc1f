"""The storyboard: every beat's last picture on one sheet, and what is wrong with its layout."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import fontpkg

from rendering.pictures import make_pictures
from rendering.quality import quality_named
from rendering.sheet import contact_sheet
from scenes.beat import Beat, schedule
from scenes.kit.layout import problems
from scenes.plan import AnyPlan
from scenes.theme import THEMES, ThemeName

__all__ = ["draw_storyboard"]


def draw_storyboard(plan: AnyPlan, theme: ThemeName, path: Path) -> list[str]:
    """Draw the sheet into ``path``; returns a line for each problem found."""
    found: dict[str, list[str]] = {}

    def look(scene: Any, beat: Beat) -> None:
        found[beat.name] = [str(problem) for problem in problems(scene)]

    size = quality_named("high")
    ink = THEMES[theme]
    scene = plan.scene_class()
    pictures = make_pictures(
        lambda renderer: scene(renderer, plan=plan, theme=ink, after_beat=look),
        size,
        [round(end * size.fps) - 1 for _, _, end in schedule(plan.beats)],
        background=ink.ground,
    )
    titles = [f"{beat.name}   {beat.heading}" for beat in plan.beats]
    notes = [found[beat.name] for beat in plan.beats]
    font = Path(fontpkg.path("Fira Sans"))
    sheet = contact_sheet(pictures, titles, notes, font=font)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}")
    try:
        sheet.save(temporary, format="png", optimize=True)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    return [f"{beat.name}: {line}" for beat in plan.beats for line in found[beat.name]]
