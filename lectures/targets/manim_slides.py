"""A presentation of the program manim-slides: ``manim-slides present`` and ``convert`` take it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from lectures.material import Step
from lectures.production import Production
from lectures.target import Options, Target

__all__ = ["TARGET"]


def make(production: Production, folder: Path, options: Options) -> str:  # noqa: ARG001
    """See `Target`.

    A slide has its clip, and the same one backwards. Paths are seen from ``folder``, the one that
    has ``slides`` in it, as the program expects.
    """
    from manim_slides.utils import reverse_video_file

    material, name = production.material, scene_name(production.material.slug)
    clips = production.step_clips()
    home = folder / "slides" / "files" / name
    production.deliver(clips, home)
    for clip in clips:
        reverse_video_file(home / clip.name, home / _backwards(clip), disable=True)
    within = home.relative_to(folder)
    slides = [
        _slide(step, str(within / clip.name), str(within / _backwards(clip)))
        for step, clip in zip(material.steps, clips, strict=True)
    ]
    presentation = {
        "slides": slides,
        "resolution": [material.quality.width, material.quality.height],
        "background_color": material.theme.ground,
    }
    path = folder / "slides" / f"{name}.json"
    path.write_text(json.dumps(presentation, indent=2) + "\n", "utf-8")
    _check(path)
    return path.relative_to(folder).as_posix()


def scene_name(slug: str) -> str:
    """What ``manim-slides present`` is given.

    Examples
    --------
    >>> scene_name("flip-and-shift")
    'FlipAndShift'
    """
    return "".join(part.capitalize() for part in slug.split("-"))


def _backwards(clip: Path) -> str:
    return f"{clip.stem}-backwards{clip.suffix}"


def _slide(step: Step, file: str, backwards: str) -> dict[str, Any]:
    notes = f"{step.title}\n\n{step.caption}"
    return {"file": file, "rev_file": backwards, "notes": notes, "dedent_notes": False}


def _check(path: Path) -> None:
    """Have the program's own model read it."""
    from manim_slides.config import PresentationConfig

    PresentationConfig.from_file(path)


TARGET = Target(
    name="manim-slides",
    summary="a presentation for manim-slides, with a slide for each step",
    make=make,
    label="manim-slides",
    shared=frozenset({"slides", "slides/files"}),
)
