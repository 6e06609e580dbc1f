"""Voxels lie where the projection says, and a wire frame is in front of them in every picture."""

from itertools import pairwise, product

import numpy as np
import pytest
from manim import config

from rendering.clip import make_pictures
from rendering.quality import PRESETS
from rendering.recorder import manim_settings
from scenes.kit.voxels import Block, View, Voxels, WireFrame
from scenes.theme import DARK
from tests.scenes.takes import TINY, plan_of, scene_of

BLOCK = Block((3, 2, 4), x=0.5, y=-0.25, side=0.5, pitch=6.0, view=View(45.0, 12.0))
VALUES = np.arange(24).reshape(BLOCK.sizes)
COLOURS = np.full(BLOCK.sizes, "#336699")


@pytest.fixture(autouse=True)
def _settings():
    with manim_settings(PRESETS["draft"]):
        yield


@pytest.mark.parametrize("turn", [0.5, 30.0, 45.0, 75.0])
def test_the_projection_is_a_turn_and_a_tilt(turn):
    tilt = np.radians(20.0)
    about = np.radians(turn)
    for step, axis in zip(View(turn, 20.0).axes, np.diag([1.0, -1.0, 1.0]), strict=True):
        back, up, right = axis
        x, away = right * np.cos(about) + back * np.sin(about), back * np.cos(about)
        away -= right * np.sin(about)
        np.testing.assert_allclose(step, [x, up * np.cos(tilt) + away * np.sin(tilt)], atol=1e-12)


def test_the_middle_of_a_block_stands_where_it_should():
    corners = [
        BLOCK.points(np.array(i), np.array(j), np.array(k), deep)
        for i, j, k in product((0, 2), (0, 2), (0, 4))
        for deep in (0.0, 1.0)
    ]
    ends = [corners[0], corners[-1]]
    np.testing.assert_allclose(np.mean(ends, axis=0), [0.5, -0.25, 0.0], atol=1e-12)
    box = BLOCK.box
    points = np.array(corners)
    np.testing.assert_allclose([box.left, box.top], [points[:, 0].min(), points[:, 1].max()])


def test_slices_that_are_apart_hide_nothing_and_touching_ones_all_but_the_first():
    every = np.ones(BLOCK.sizes, dtype=bool)
    assert not BLOCK.hidden(every).any()
    touching = Block(BLOCK.sizes, 0, 0, 0.5, 1.0, View(20.0, 12.0))
    hidden = touching.hidden(every)
    assert not hidden[0].any()
    assert hidden[1:, :, :-1].all()
    assert not touching.hidden(every & (np.arange(3)[:, None, None] > 1)).any()


def test_fronts_of_a_slice_are_drawn_over_its_sides_and_over_slices_behind():
    voxels = Voxels(BLOCK, DARK, 40.0).draw(VALUES, COLOURS)
    family = voxels.get_family()
    fronts = [family.index(one.fronts) for one in voxels.slices]
    for near, far in pairwise(fronts):
        assert near > far
    for one in voxels.slices:
        assert all(family.index(side) < family.index(one.fronts) for side in one.sides.values())


def test_numbers_are_written_where_they_can_be_read():
    def written(block: Block) -> str:
        voxels = Voxels(block, DARK, 40.0).draw(VALUES, COLOURS)
        return " ".join(n.content for one in voxels.slices for n in one.fronts.numbers.values())

    assert sorted(map(int, written(BLOCK).split())) == list(range(24))
    assert written(Block(BLOCK.sizes, 0, 0, 0.3, 6.0, BLOCK.view)).split() == []


def test_a_frame_stands_around_its_voxels():
    frame = WireFrame(BLOCK, (2, 1, 3), DARK.text).draw(1, 1, 1)
    ends = frame.frames.points[::4]
    expected = [
        BLOCK.points(np.array(i), np.array(j), np.array(k))
        for i, j, k in product((1, 2), (1, 2), (1, 4))
    ]
    for corner in expected:
        assert np.abs(ends - corner).sum(axis=1).min() < 1e-12


@pytest.mark.parametrize(
    "parameters", [{}, {"turn": 30, "padding": "1"}, {"kernel": "1;2"}], ids=str
)
def test_no_picture_hides_the_window(parameters):
    """The window is the last thing drawn among the shapes, opaque, and inside the picture."""
    seen = []

    def looked(scene):
        window = scene.window
        family = scene.renderer.camera.use_z_index and scene.get_mobject_family_members()
        if window not in family or not len(window.frames.points):
            return
        assert min(m.z_index for m in window.get_family()) == 1
        above = {*window.get_family(), *scene.ring.get_family(), *scene.labels.get_family()}
        others = [m for m in family if m not in above]
        assert max(m.z_index for m in others) == 0
        box = np.abs(window.frames.points).max(axis=0)
        assert box[0] < config.frame_width / 2
        assert box[1] < config.frame_height / 2
        seen.append(window.frames.get_stroke_opacity())

    make = scene_of(plan_of("volume-3d", **parameters), DARK)

    def watched(renderer):
        scene = make(renderer)
        update = scene.update_mobjects

        def updating(*args, **kwargs):
            update(*args, **kwargs)
            looked(scene)

        scene.update_mobjects = updating
        return scene

    plan = plan_of("volume-3d", **parameters)
    looks = range(0, round(plan.duration * TINY.fps), TINY.fps // 3)
    make_pictures(watched, TINY, looks, background=DARK.ground)
    assert len(seen) > 100
