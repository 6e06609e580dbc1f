"""Make the pictures of the README: ``make gallery``.

For each explainer a still of its poster, on dark and on light ground; for the first one also a
loop of its slide. They are small enough to be kept in git.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PIL import Image

from rendering.clip import make_pictures
from rendering.quality import Quality
from scenes.beat import schedule
from scenes.catalogue import SLUGS, plan_class
from scenes.theme import DARK, LIGHT, Theme

GALLERY = Path("media/gallery")
STILL = Quality("gallery", 960, 540, 60)
LOOP = Quality("gallery loop", 640, 360, 60)
LOOP_FPS = 15
COLOURS = 96  # of a still; flat graphics need no more


def pictures(slug: str, theme: Theme, size: Quality, indices: list[int]) -> list[Image.Image]:
    """These frames of an explainer with its defaults."""
    plan = plan_class(slug)()
    scene = plan.scene_class()

    def make(renderer: Any) -> Any:
        return scene(renderer, plan=plan, theme=theme)

    drawn = make_pictures(make, size, indices, background=theme.ground)
    return [Image.fromarray(picture[..., :3].copy()) for picture in drawn]


def save_still(slug: str, theme: Theme) -> None:
    """The explainer's poster as a small PNG."""
    plan = plan_class(slug)()
    ends = {beat.name: end for beat, _, end in schedule(plan.beats)}
    index = round(ends[plan.poster_beat.name] * STILL.fps) - 1
    (picture,) = pictures(slug, theme, STILL, [index])
    small = picture.quantize(COLOURS, dither=Image.Dither.NONE)
    small.save(GALLERY / f"{slug}-{theme.name}.png", optimize=True)


def save_loop(slug: str, theme: Theme) -> None:
    """The slide, from the prediction to the whole output, as an animated picture."""
    plan = plan_class(slug)()
    spans = {beat.name: (start, end) for beat, start, end in schedule(plan.beats)}
    first, last = spans["predict"][1], spans["whole"][1]
    step = LOOP.fps // LOOP_FPS
    indices = list(range(round(first * LOOP.fps), round(last * LOOP.fps), step))
    head, *rest = pictures(slug, theme, LOOP, indices)
    head.save(
        GALLERY / f"{slug}.webp",
        save_all=True,
        append_images=rest,
        duration=1000 // LOOP_FPS,
        loop=0,
        quality=70,
        method=4,
    )


def main() -> None:
    """Make all of them."""
    GALLERY.mkdir(parents=True, exist_ok=True)
    for slug in SLUGS:
        for theme in (DARK, LIGHT):
            save_still(slug, theme)
    save_loop(SLUGS[0], DARK)


if __name__ == "__main__":
    main()
