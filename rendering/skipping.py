"""Fades that nobody sees: what they leave behind, without the copies and the steps in between.

Most plays of a story are fades. To begin one takes Manim two copies of what it fades, and all of
it is drawn up three times only to be in the end what it was in the beginning.
"""

from __future__ import annotations

from typing import Any

from manim import FadeIn, FadeOut, Scene, VMobject, linear, smooth
from manim.animation.animation import Animation
from manim.utils.paths import straight_path

__all__ = ["is_fades", "skip_fades"]

_ENDING_AT_ONE = (smooth, linear)


def is_fades(scene: Scene) -> bool:
    """Whether the present play of a scene is nothing but plain fades of different mobjects.

    They change which mobjects are there, and nothing of a mobject. Where something has an updater
    that might look on, they are not plain.
    """
    animations = scene.animations or []
    if not animations or not all(map(_is_plain_fade, animations)):
        return False
    faded: list[Any] = [part for each in animations for part in each.mobject.get_family()]
    present: list[Any] = scene.get_mobject_family_members()
    return (
        len(set(faded)) == len(faded)
        and all(isinstance(part, VMobject) or not len(part.points) for part in faded)
        and not scene.updaters
        and not any(mobject.updaters for mobject in (*faded, *present))
    )


def _is_plain_fade(animation: Animation) -> bool:
    return (
        isinstance(animation, (FadeIn, FadeOut))
        and type(animation) in (FadeIn, FadeOut)
        and animation.path_func is straight_path()
        and animation.rate_func in _ENDING_AT_ONE
        and not animation.reverse_rate_function
    )


def skip_fades(scene: Scene) -> None:
    """Let the mobjects of the present play come and go."""
    for animation in scene.animations or ():
        animation._setup_scene(scene)
    for animation in scene.animations or ():
        Animation.clean_up_from_scene(animation, scene)  # that of a fade undoes what is not done
