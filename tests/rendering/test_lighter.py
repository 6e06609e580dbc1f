import numpy as np
import pytest
from manim import Scene, Typst

from rendering.lighter import light_copies
from rendering.quality import Quality
from rendering.recorder import record
from rendering.sinks import Pictures
from tests.rendering.toys import TINY, Squares


class Written(Scene):
    def construct(self) -> None:
        text = Typst("light", color="#FFAA00")
        self.add(text)
        self.play(text.copy().animate.shift([1, 1, 0]).set_color("#00FF00"), run_time=0.4)
        self.wait(0.2)


@pytest.mark.parametrize("scene", [Written, Squares])
def test_pixels_are_the_same(scene: type[Scene]) -> None:
    def pictures(quality: Quality) -> list[np.ndarray]:
        kept = Pictures()
        record(scene, quality, kept)
        return list(kept.by_index.values())

    heavy = pictures(TINY)
    with light_copies():
        light = pictures(TINY)
    assert len(heavy) == len(light)
    for one, other in zip(heavy, light, strict=True):
        np.testing.assert_array_equal(one, other)


def test_a_copy_shares_its_path_only_inside() -> None:
    text = Typst("copy")
    with light_copies():
        copy = text.copy()
    assert copy[0].path_obj is text[0].path_obj
    assert copy[0].points is not text[0].points
    assert text.copy()[0].path_obj is not text[0].path_obj
