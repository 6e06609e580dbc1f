"""Plans and the scenes that draw them, ready to be filmed small."""

from typing import Any

from rendering.clip import make_pictures
from rendering.quality import PRESETS, Quality
from rendering.recorder import MakeScene
from scenes.beat import schedule
from scenes.catalogue import plan_class
from scenes.plan import Plan
from scenes.theme import DARK, Theme
from tests.golden import Picture

DRAFT = PRESETS["draft"]
TINY = Quality("tiny", 192, 108, 15)


def plan_of(slug: str, **parameters: Any) -> Plan[Any, Any]:
    """The plan of an explainer, for its defaults or other parameters."""
    kind = plan_class(slug)
    return kind(kind.Parameters(**parameters))


def scene_of(plan: Plan[Any, Any], theme: Theme = DARK, **more: Any) -> MakeScene:
    """Makes the scene that draws a plan; what it takes beside plan and theme may be given."""
    scene_class = plan.scene_class()
    return lambda renderer: scene_class(renderer, plan=plan, theme=theme, **more)


def last_frames(plan: Plan[Any, Any], fps: int) -> list[int]:
    """The index of the last frame of every beat."""
    return [round(end * fps) - 1 for _, _, end in schedule(plan.beats)]


def last_pictures(
    plan: Plan[Any, Any], theme: Theme = DARK, quality: Quality = DRAFT
) -> dict[str, Picture]:
    """The last picture of every beat, by the beat's name."""
    frames = last_frames(plan, quality.fps)
    drawn = make_pictures(scene_of(plan, theme), quality, frames, background=theme.ground)
    return {beat.name: picture[..., :3] for beat, picture in zip(plan.beats, drawn, strict=True)}
