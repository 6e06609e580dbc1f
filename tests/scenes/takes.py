"""Plans and the scenes that draw them, ready to be filmed small."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from rendering.clip import make_pictures
from rendering.quality import PRESETS, Quality
from rendering.recorder import MakeScene
from scenes.beat import Beat, schedule
from scenes.catalogue import plan_class
from scenes.kit.explainer import Explainer
from scenes.kit.layout import problems
from scenes.plan import Plan
from scenes.theme import DARK, Theme
from tests.golden import Picture

DRAFT = PRESETS["draft"]
TINY = Quality("tiny", 192, 108, 15)


def plan_of(slug: str, **parameters: Any) -> Plan[Any, Any]:
    """The plan of an explainer, for its defaults or other parameters."""
    kind = plan_class(slug)
    return kind(kind.Parameters(**parameters))


def retold(plan: Plan[Any, Any], beats_kept: int | None = None) -> Plan[Any, Any]:
    """The same story in other words; from beat ``beats_kept`` on with other headings and times.

    No picture shows a caption, and none knows what comes after its beat: what is kept of a clip
    relies on it (`rendering.fingerprint`).
    """
    other = type(plan)(plan.parameters)
    kept = len(plan.beats) if beats_kept is None else beats_kept
    other.beats = tuple(replace(beat, caption=f"{k}.") for k, beat in enumerate(plan.beats))
    other.beats = other.beats[:kept] + tuple(
        replace(beat, heading="Later", seconds=beat.seconds + 3) for beat in other.beats[kept:]
    )
    return other


def scene_of(plan: Plan[Any, Any], theme: Theme = DARK, **more: Any) -> MakeScene:
    """Makes the scene that draws a plan; what it takes beside plan and theme may be given."""
    scene_class = plan.scene_class()
    return lambda renderer: scene_class(renderer, plan=plan, theme=theme, **more)


def notes_problems(found: dict[str, list[str]]) -> Callable[[Explainer[Any], Beat], None]:
    """An observer of beats that notes what is badly laid out at the end of each, by its name."""

    def note(scene: Explainer[Any], beat: Beat) -> None:
        found[beat.name] = [str(problem) for problem in problems(scene)]

    return note


def last_frames(plan: Plan[Any, Any], fps: int) -> list[int]:
    """The index of the last frame of every beat."""
    return [round(end * fps) - 1 for _, _, end in schedule(plan.beats)]


def last_pictures(
    plan: Plan[Any, Any], theme: Theme = DARK, quality: Quality = DRAFT, **more: Any
) -> dict[str, Picture]:
    """The last picture of every beat, by the beat's name; ``more`` is for the scene."""
    frames = last_frames(plan, quality.fps)
    drawn = make_pictures(scene_of(plan, theme, **more), quality, frames, background=theme.ground)
    return {beat.name: picture[..., :3] for beat, picture in zip(plan.beats, drawn, strict=True)}
