"""No explainer flashes more than three times in any second (WCAG 2.2, 2.3.1)."""

import numpy as np
import pytest

from lectures.specs import scene_of
from rendering.lighter import light_copies
from rendering.quality import Quality
from rendering.recorder import record
from scenes.catalogue import SLUGS, plan_class
from scenes.theme import THEMES
from tests.lectures.flashes import Flashes, luminance, redness

SEEN = Quality("seen", 64, 36, 8)
"""Eight pictures a second show up to four flashes, which is one too many; no play of an explainer
is so short that more would come between two of them."""


def blinking(colours: list[str], times_a_second: float, part: float, seconds: float = 2.0) -> int:
    """The flashes of a rectangle at the left that changes its colour."""
    sink = Flashes(SEEN.fps)
    for index in range(round(seconds * SEEN.fps)):
        picture = np.full((SEEN.height, SEEN.width, 4), 16, np.uint8)
        step = int(index * 2 * times_a_second / SEEN.fps) % 2
        colour = bytes.fromhex(colours[step])
        picture[: SEEN.height // 2, : round(part * SEEN.width), :3] = list(colour)
        sink.frame(picture, index, 1)
    return sink.worst


@pytest.mark.parametrize(("rate", "most"), [(1, 1), (2, 2), (4, 4)])
def test_flashes_are_counted(rate: int, most: int) -> None:
    assert blinking(["101010", "FFFFFF"], rate, 0.5) == most


@pytest.mark.parametrize(
    ("colours", "part"),
    [
        (["101010", "FFFFFF"], 0.05),  # too small
        (["101010", "202020"], 0.5),  # too faint
        (["F0F0F0", "FFFFFF"], 0.5),  # both too bright
    ],
)
def test_what_is_small_or_faint_is_no_flash(colours: list[str], part: float) -> None:
    assert blinking(colours, 4, part) == 0


def test_red_flashes_count_by_themselves() -> None:
    assert blinking(["101010", "FF0000"], 4, 0.5) == 4
    assert redness(np.array([[[255, 0, 0, 255]]], np.uint8)).item() == pytest.approx(320)
    assert luminance(np.array([[[255, 255, 255, 255]]], np.uint8)).item() == pytest.approx(1)


@pytest.mark.parametrize(("rise", "fall"), [(1, 1), (1, 6), (6, 1), (6, 6)])
def test_a_slow_change_is_one_change(rise: int, fall: int) -> None:
    sink = Flashes(SEEN.fps)
    ramp = [*np.linspace(0, 255, rise + 1), *np.linspace(255, 0, fall + 1)]
    for index, level in enumerate(ramp):
        sink.frame(np.full((SEEN.height, SEEN.width, 4), int(level), np.uint8), index, 1)
    assert sink.worst == 1


@pytest.mark.parametrize("slug", SLUGS)
def test_no_explainer_flashes(slug: str) -> None:
    sink = Flashes(SEEN.fps)
    with light_copies():
        record(scene_of(plan_class(slug)(), "dark"), SEEN, sink, background=THEMES["dark"].ground)
    assert sink.turns, "nothing was seen"
    assert sink.worst <= 3
