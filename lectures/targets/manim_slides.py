"""A presentation of the program manim-slides: ``manim-slides present`` and ``convert`` take it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import av
from av.bitstream import BitStreamFilterContext

from lectures.material import Step
from lectures.production import Production
from lectures.target import Options, Target

__all__ = ["TARGET"]

_BT709 = "h264_metadata=" + ":".join(
    ("video_full_range_flag=0", "colour_primaries=1")
    + ("transfer_characteristics=1", "matrix_coefficients=1")
)
"""As clips have it (ITU-T H.264, table E-3 to E-5, and `rendering.encode`)."""


def make(production: Production, folder: Path, options: Options) -> str:  # noqa: ARG001
    """See `Target`.

    A slide has its clip, and the same one backwards. Paths are seen from ``folder``, the one that
    has ``slides`` in it, as the program expects.
    """
    material, name = production.material, scene_name(production.material.slug)
    clips = production.step_clips()
    home = folder / "slides" / "files" / name
    production.deliver(clips, home)
    for clip in clips:
        _reverse(clip, home / _backwards(clip), production.scratch)
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


def _reverse(clip: Path, path: Path, scratch: Path) -> None:
    """Write the clip backwards; the program's own reversal forgets how colours are coded."""
    from manim_slides.utils import reverse_video_file

    plain = scratch / path.name
    reverse_video_file(clip, plain, disable=True)
    with av.open(str(plain)) as reversed_clip, av.open(str(path), "w") as written:
        source = reversed_clip.streams.video[0]
        target = written.add_stream_from_template(source)
        colours = BitStreamFilterContext(_BT709, source, target)
        for packet in reversed_clip.demux(source):
            for coded in colours.filter(packet if packet.dts is not None else None):
                coded.stream = target
                written.mux(coded)


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
