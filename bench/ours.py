"""Our own way to a clip, as a program: ``python -m bench.ours slide FILE``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cyclopts import App

from bench.peers.signals import SECONDS
from bench.race import FPS
from rendering.clip import make_clip
from rendering.manifest import Description
from rendering.quality import Quality
from rendering.segments import Timeline
from scenes.theme import DARK

app = App()
DESCRIPTION = Description(slug="bench", title="bench", theme="dark", parameters={}, checks=[])


def scene_class(name: str) -> type[Any]:
    """The scene of this name."""
    if name == "curves":
        from bench.peers.curves import Curves

        return Curves
    from bench.peers.slide import SlideAlone

    return SlideAlone


@app.default
def ours(
    scene: str, file: Path, *, workers: int = 1, width: int = 1920, height: int = 1080
) -> None:
    """Make a clip of the scene "slide" or "curves"."""
    make_clip(
        scene_class(scene),
        file,
        Quality("bench", width, height, FPS),
        describe=DESCRIPTION,
        background=DARK.ground,
        timeline=Timeline(frames=round(SECONDS * FPS)),
        workers=workers,
    )


if __name__ == "__main__":
    app()
