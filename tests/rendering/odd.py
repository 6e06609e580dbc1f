"""Scenes with everything that a camera which redraws only what has changed may get wrong."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import (
    BLUE,
    DOWN,
    GREEN,
    LEFT,
    OUT,
    RED,
    RIGHT,
    UP,
    UR,
    WHITE,
    YELLOW,
    CapStyleType,
    Circle,
    Create,
    Cube,
    DashedLine,
    Dot,
    FadeIn,
    FadeOut,
    ImageMobject,
    Indicate,
    Line,
    LineJointType,
    MovingCameraScene,
    ReplacementTransform,
    Rotate,
    Scene,
    Square,
    Star,
    Swap,
    ThreeDScene,
    Transform,
    Triangle,
    ValueTracker,
    VGroup,
    VMobject,
)
from manim.mobject.types.point_cloud_mobject import PGroup, Point
from PIL import Image

__all__ = ["ODD"]


class _Odd(Scene):
    def __init__(self, renderer: Any = None, **kwargs: Any) -> None:
        super().__init__(renderer, **kwargs)


def _speckles(rows: int, columns: int, *, transparent: bool = False) -> Any:
    """Pixels (rows, columns, 4) of which no two neighbours are alike."""
    k = np.arange(rows * columns).reshape(rows, columns)
    alpha = (97 * k) % 256 if transparent else np.full_like(k, 255)
    return np.stack([(37 * k) % 256, (11 * k) % 256, (151 * k) % 256, alpha], axis=2).astype(
        "uint8"
    )


class Images(_Odd):
    """Images over and under vector mobjects: that come, move, turn, change and leave the frame."""

    def construct(self) -> None:
        behind = Circle(1.5, fill_opacity=0.7, color=RED)
        picture = ImageMobject(_speckles(20, 30)).scale(4.0)
        picture.set_resampling_algorithm(0)
        glass = ImageMobject(_speckles(9, 12, transparent=True)).scale(9.0).shift(2 * RIGHT)
        line = Line(4 * LEFT, 4 * RIGHT, stroke_width=8, color=YELLOW)
        self.add(behind, picture, line)
        self.play(FadeIn(glass), run_time=0.3)
        self.play(picture.animate.shift(LEFT), line.animate.shift(UP), run_time=0.3)
        self.play(Rotate(glass, 1.0), behind.animate.scale(1.3), run_time=0.3)
        picture.pixel_array[:, :15] = 255
        self.wait(0.1)
        self.play(glass.animate.shift(5 * RIGHT), run_time=0.3)
        self.play(FadeOut(picture), Create(Square()), run_time=0.3)
        speck = ImageMobject(_speckles(3, 3)).scale(0.001)
        self.play(FadeIn(speck), run_time=0.1)


class Fades(_Odd):
    """Overlapping half transparent things, gradients and sheen that come, change and go."""

    def construct(self) -> None:
        disc = Circle(1.2, fill_opacity=0.5, stroke_width=9).set_fill([RED, BLUE])
        star = Star(color=YELLOW, fill_opacity=0.6).set_sheen(-0.4, UR).shift(RIGHT)
        halo = Square(color=GREEN, fill_opacity=0.3).shift(LEFT)
        halo.set_stroke(WHITE, 20, 0.5, background=True)
        self.add(disc, halo)
        self.play(FadeIn(star, shift=DOWN), Rotate(halo), run_time=0.8)
        self.wait(0.2)
        self.play(ReplacementTransform(disc, Triangle().shift(UP)), FadeOut(halo), run_time=0.8)
        self.play(Indicate(star), run_time=0.6)
        self.wait(0.2)
        star.set_stroke([RED, GREEN, BLUE], width=6)
        self.play(Create(Circle(2)), run_time=0.6)


class Order(_Odd):
    """Things that go before and behind each other, with and without z_index."""

    def construct(self) -> None:
        red, blue = Square(color=RED, fill_opacity=0.8), Circle(color=BLUE, fill_opacity=0.8)
        low = Dot(radius=0.8, color=GREEN, z_index=-1).shift(UR / 2)
        high = Triangle(color=YELLOW, fill_opacity=0.7, z_index=3).shift(LEFT / 2)
        mover = Square(0.5, fill_opacity=1)
        self.add(high, red, blue, low, mover)
        self.play(mover.animate.shift(2 * RIGHT), run_time=0.4)
        self.bring_to_front(red)
        self.wait(0.2)
        self.play(mover.animate.shift(UP), run_time=0.4)
        self.bring_to_back(blue)
        self.add_foreground_mobjects(low)
        self.play(mover.animate.set_z_index(5), run_time=0.4)
        self.play(Swap(red, mover), run_time=0.5)
        self.remove(high)
        self.play(blue.animate.shift(DOWN), run_time=0.3)
        count = ValueTracker(0)

        def turn(group: VGroup) -> None:
            group.submobjects = [red, blue] if int(count.get_value() * 10) % 2 else [blue, red]

        self.add(VGroup(red, blue).add_updater(turn))
        self.play(count.animate.set_value(1), run_time=0.6)


class Strokes(_Odd):
    """Joints, caps, dashes, widths, and lines that end outside of the picture."""

    def construct(self) -> None:
        turn = ValueTracker(0.2)
        zigzags = VGroup()
        for k, joint in enumerate(LineJointType):
            zigzag = VMobject(stroke_width=14, stroke_opacity=0.6, joint_type=joint)
            zigzag.add_updater(
                lambda m, k=k: m.set_points_as_corners(
                    [[-3, k - 2, 0], [0, k - 2 + turn.get_value(), 0], [-2.8, k - 2, 0], [9, k, 0]]
                )
            )
            zigzag.set_cap_style(list(CapStyleType)[k])
            zigzags.add(zigzag)
        dashes = DashedLine(8 * LEFT, 8 * RIGHT, stroke_width=7).shift(2.3 * DOWN)
        self.add(zigzags, dashes, Line(5 * UP, 6 * DOWN, color=BLUE, stroke_width=1))
        self.play(turn.animate.set_value(1.4), dashes.animate.set_stroke(RED, 30), run_time=1)
        self.play(zigzags.animate.set_stroke(opacity=0), run_time=0.5)
        zigzags.suspend_updating()
        self.play(Rotate(dashes, 3), zigzags.animate.set_stroke(opacity=1).scale(3), run_time=0.6)


class Degenerate(_Odd):
    """No points, one point, points that are no numbers or far away, changes in place."""

    def construct(self) -> None:
        odd = VMobject(fill_opacity=0.5, stroke_width=5, color=RED)
        base = Square(2).points
        shapes = [
            base[:0],
            base[:1],
            base[:4],
            base,
            base * np.nan,
            base,
            base * 1e5,
            base * 0,
            base[[0] * 8],
            base,
        ]
        at = ValueTracker(0)

        def reshape(m: VMobject) -> None:
            m.points = shapes[min(int(at.get_value()), len(shapes) - 1)].copy()

        def nudge(m: VMobject) -> None:
            m.points += [0.01 * at.get_value(), 0, 0]

        self.add(Circle(1.5, color=BLUE).set_opacity(0), odd.add_updater(reshape))
        self.add(Dot(fill_opacity=0.5).add_updater(nudge))
        self.play(at.animate.set_value(len(shapes)), run_time=1.4)
        odd.clear_updaters()
        self.remove(*self.mobjects)
        self.wait(0.2)
        self.add(Square(), Square(), Square(fill_opacity=0.2))
        self.play(FadeIn(Square()), run_time=0.3)
        self.camera.background_color = GREEN
        self.play(FadeIn(Circle()), run_time=0.3)


class Pixels(_Odd):
    """Point clouds and textures among vector mobjects, still or moving."""

    def construct(self) -> None:
        noise = np.random.default_rng(1).integers(0, 256, (180, 320, 4), np.uint8)
        sky = Square(4, fill_opacity=1).color_using_background_image(Image.fromarray(noise))
        disc = Circle(fill_opacity=0.6)
        self.add(sky, disc)
        self.play(disc.animate.shift(RIGHT), run_time=0.4)
        self.wait(0.2)
        self.play(sky.animate.shift(LEFT), run_time=0.4)
        self.remove(sky)
        self.play(disc.animate.shift(LEFT), run_time=0.4)
        cloud = PGroup(Point(UP, stroke_width=6), Point(DOWN, stroke_width=9))
        self.add(cloud)
        self.play(cloud.animate.shift(RIGHT), disc.animate.shift(UP), run_time=0.4)
        self.remove(cloud)
        self.play(Transform(disc, Square()), run_time=0.4)


class Solid(ThreeDScene):
    """Three dimensions, with a camera of their own."""

    def __init__(self, renderer: Any = None) -> None:
        super().__init__(renderer=renderer)

    def construct(self) -> None:
        self.set_camera_orientation(phi=1.0, theta=0.5)
        cube = Cube(1.5)
        self.add(cube)
        self.play(Rotate(cube, 1, axis=OUT), run_time=0.4)
        self.move_camera(phi=0.5, run_time=0.4)
        self.wait(0.2)


class Flight(MovingCameraScene):
    """A camera that moves."""

    def __init__(self, renderer: Any = None) -> None:
        super().__init__(renderer=renderer)

    def construct(self) -> None:
        square = Square(fill_opacity=0.5)
        self.add(square, Dot(RIGHT))
        self.play(self.camera.frame.animate.shift(RIGHT).scale(0.5), run_time=0.5)
        self.play(square.animate.shift(UP), run_time=0.3)
        self.wait(0.2)


ODD = (Images, Fades, Order, Strokes, Degenerate, Pixels, Solid, Flight)
