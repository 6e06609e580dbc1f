"""A plan as rendering takes it: its scene, its timeline, its description."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from convmath.files import is_file_name
from rendering.beats import BeatSpan
from rendering.manifest import Check, Description
from rendering.segments import SceneSpec, Timeline, sha256_of
from scenes.beat import schedule
from scenes.photograph import is_picture_name
from scenes.plan import AnyPlan
from scenes.theme import ThemeName

__all__ = ["description_of", "scene_of", "timeline_of"]


def scene_of(plan: AnyPlan, theme: ThemeName) -> SceneSpec:
    """The plan's scene, for this process or another one."""
    name = plan.slug.replace("-", "_")
    parameters = plan.parameters.model_dump(mode="json")
    texts = [value for value in parameters.values() if isinstance(value, str)]
    files = [text for text in texts if is_file_name(text) or is_picture_name(text)]
    return SceneSpec(
        maker="scenes.catalogue:scene_for",
        arguments={"slug": plan.slug, "parameters": parameters, "theme": theme},
        modules=(f"scenes.plans.{name}", f"scenes.explainers.{name}", "scenes.theme", "convmath"),
        inputs={name: sha256_of(Path(name.strip())) for name in files},
    )


def timeline_of(plan: AnyPlan, fps: int, captions: Mapping[str, str] | None = None) -> Timeline:
    """What the scene of this plan comes to; with other captions, by beat, where they are given."""
    own = captions or {}
    beats = tuple(
        BeatSpan(
            name=beat.name,
            heading=beat.heading,
            caption=own.get(beat.name, beat.caption),
            start=start,
            end=end,
        )
        for beat, start, end in schedule(plan.beats)
    )
    return Timeline(frames=round(plan.duration * fps), beats=beats)


def description_of(plan: AnyPlan, theme: ThemeName) -> Description:
    """What goes into the manifest of a clip of this plan."""
    return Description(
        slug=plan.slug,
        title=plan.title,
        theme=theme,
        parameters=plan.parameters.model_dump(mode="json"),
        checks=[
            Check(name=c.name, value=c.value, tolerance=c.tolerance, passed=c.passed)
            for c in plan.checks
        ],
    )
