"""Fades that are skipped leave the same behind as fades that are played."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from manim import (
    RIGHT,
    Circle,
    Dot,
    FadeIn,
    FadeOut,
    Group,
    ImageMobject,
    Mobject,
    Scene,
    Square,
    Text,
    Transform,
    VGroup,
    linear,
    smooth,
    there_and_back,
)

from rendering import recorder
from rendering.clip import make_pictures
from rendering.sinks import Pictures
from rendering.skipping import is_fades
from tests.rendering.toys import TINY


class Fades(Scene):
    """Nothing but plain fades, then a picture of all that is left."""

    def construct(self) -> None:
        square = Square(fill_color="#3388FF", fill_opacity=0.5).shift([-3, 0, 0])
        circle = Circle(color="#FFAA00", stroke_width=9).shift([3, 1, 0])
        dots = VGroup(*(Dot([k, -2, 0]) for k in range(-3, 4)))
        word = Text("left").shift([0, 2, 0])
        self.play(FadeIn(square), run_time=0.4)
        self.play(FadeIn(circle, dots, lag_ratio=0.3), run_time=0.4)
        self.play(FadeIn(word, shift=RIGHT, scale=0.5), FadeOut(square), run_time=0.4)
        self.play(FadeOut(dots[2], rate_func=linear), run_time=0.3)
        self.play(FadeIn(Group(Square(), dots[2])), FadeIn(square), run_time=0.4)
        self.play(FadeOut(circle, shift=RIGHT), run_time=0.4)
        self.wait(0.2)


class FadeTwice(Scene):
    """One mobject, asked to come and to go at once; and one that comes back half."""

    def construct(self) -> None:
        square, circle = Square(), Circle()
        self.play(FadeIn(square), FadeOut(square), run_time=0.4)
        self.play(FadeIn(circle, rate_func=there_and_back), run_time=0.4)
        self.play(FadeIn(Square().shift([3, 0, 0]), path_arc=1.0, shift=RIGHT), run_time=0.4)
        self.wait(0.2)


class Watched(Scene):
    """What fades is watched by an updater."""

    def construct(self) -> None:
        square, seen = Square(fill_opacity=1), Dot()
        seen.add_updater(lambda dot: dot.set_x(3 * square.get_fill_opacity()))
        self.add(seen)
        self.play(FadeOut(square), run_time=0.4)
        self.play(FadeIn(square), run_time=0.4)
        self.wait(0.2)


def last_picture(scene: type[Scene]) -> tuple[int, np.ndarray]:
    last = recorder.record(scene, TINY, Pictures(), wanted=())[1] - 1
    return last, make_pictures(scene, TINY, [last])[0]


@pytest.mark.parametrize("scene", [Fades, FadeTwice, Watched])
def test_the_picture_after_is_that_of_fades_that_were_drawn(
    scene: type[Scene], monkeypatch: pytest.MonkeyPatch
) -> None:
    last, skipped = last_picture(scene)
    monkeypatch.setattr(recorder, "is_fades", lambda _: False)
    np.testing.assert_array_equal(make_pictures(scene, TINY, [last])[0], skipped)
    np.testing.assert_array_equal(make_pictures(scene, TINY, range(last + 1))[-1], skipped)
    assert np.ptp(skipped) > 100


def test_plain_fades_are_never_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    def begin(_: Any) -> None:
        raise AssertionError("this was to be skipped")

    monkeypatch.setattr(FadeIn, "begin", begin)
    monkeypatch.setattr(FadeOut, "begin", begin)
    last_picture(Fades)


class Slowly(FadeIn):
    """May do anything."""


def played(make: Callable[[Mobject], list[Any]]) -> bool:
    scene = Scene()
    scene.compile_animation_data(*make(Square()))
    return is_fades(scene)


def test_what_is_plain() -> None:
    assert played(lambda m: [FadeIn(m)])
    assert played(lambda m: [FadeIn(m), FadeOut(Circle(), rate_func=smooth)])
    assert not played(lambda m: [Slowly(m)])
    assert not played(lambda m: [FadeIn(m), Transform(Circle(), m)])
    assert not played(lambda m: [FadeIn(m, rate_func=there_and_back)])
    assert not played(lambda m: [FadeIn(m, path_arc=1.0)])
    assert not played(lambda m: [FadeIn(m, reverse_rate_function=True)])
    assert not played(lambda m: [FadeIn(VGroup(m)), FadeOut(m)])
    assert not played(lambda m: [FadeIn(m.add_updater(lambda _: None))])
    assert not played(lambda _: [FadeIn(ImageMobject(np.zeros((2, 2, 3), np.uint8)))])
