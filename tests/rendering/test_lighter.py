import numpy as np
import pytest
import svgelements
from manim import Circle, ManimColor, Mobject, Scene, Square, Typst, VMobject

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


class Odd(VMobject):
    def __init__(self) -> None:
        super().__init__()
        self.parts = np.empty(2, dtype=object)
        self.parts[:] = (Square(), Circle())
        self.twice = self.again = np.arange(3.0)
        self.columns = np.asfortranarray(np.eye(3))
        self.few: list[int] = []
        self.alike = self.few
        self.marks = {"first": self.parts[0], "points": self.twice}
        self.add(*self.parts)


def test_a_light_copy_is_what_manim_copies() -> None:
    odd = Odd()
    heavy = odd.copy()
    with light_copies():
        light = odd.copy()
    for copy in (heavy, light):
        assert copy.parts[0] is copy.submobjects[0] is copy.marks["first"] is not odd.parts[0]
        assert copy.twice is copy.again is copy.marks["points"] is not odd.twice
        assert copy.alike is copy.few is not odd.few
        assert copy.columns.flags.f_contiguous
        assert copy.original_id == str(id(odd))
    assert list(vars(heavy)) == list(vars(light))
    for part, other in zip(heavy.get_family(), light.get_family(), strict=True):
        assert part.points is not other.points
        np.testing.assert_array_equal(part.points, other.points)


def test_nothing_stays_of_it_and_it_can_be_nested() -> None:
    classes = (ManimColor, svgelements.Path, Mobject)
    before = [vars(kind).get("__deepcopy__") for kind in classes]
    with light_copies():
        during = [vars(kind)["__deepcopy__"] for kind in classes]
        with light_copies():
            pass
        assert [vars(kind)["__deepcopy__"] for kind in classes] == during
    assert [vars(kind).get("__deepcopy__") for kind in classes] == before
