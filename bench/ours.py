"""Our own way to a clip, as a program: ``python -m bench.ours slide FILE``."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

from cyclopts import App

from bench.race import FPS
from rendering.clip import make_clip
from rendering.manifest import Description
from rendering.quality import Quality
from scenes.plans.flip_and_shift import FlipAndShiftPlan
from scenes.theme import DARK

app = App()
DESCRIPTION = Description(slug="bench", title="bench", theme="dark", parameters={}, checks=[])


def scene_class(name: str) -> type[Any]:
    """The scene of this name."""
    if name == "curves":
        from bench.peers.curves import Curves

        return Curves
    if name == "slide":
        from bench.peers.slide import SlideAlone

        return SlideAlone
    return FlipAndShiftPlan.scene_class()


def asked_for(workers: int) -> dict[str, Any]:
    """Options of `make_clip`, as far as it has them: processes, and no segments kept before."""
    wanted = {"workers": workers, "cache": None}
    return {k: v for k, v in wanted.items() if k in inspect.signature(make_clip).parameters}


@app.default
def ours(
    scene: str, file: Path, *, workers: int = 1, width: int = 1920, height: int = 1080
) -> None:
    """Make a clip of the scene "slide", "curves" or "whole"."""
    make_clip(
        scene_class(scene),
        file,
        Quality("bench", width, height, FPS),
        describe=DESCRIPTION,
        background=DARK.ground,
        **asked_for(workers),
    )


if __name__ == "__main__":
    app()
