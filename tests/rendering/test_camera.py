from hashlib import sha256

import numpy as np
import pytest
from manim import Scene

from rendering.boxes import Stale
from rendering.camera import IncrementalCamera
from rendering.lighter import light_copies
from rendering.quality import Quality
from rendering.recorder import MakeScene, Recorder, manim_settings, record
from rendering.sinks import RGBA, Pictures
from scenes.catalogue import SLUGS
from scenes.theme import DARK
from tests.rendering.odd import ODD, Fades
from tests.rendering.stock import stock_frames
from tests.scenes.takes import plan_of, scene_of

SMALL = Quality("small", 320, 180, 20)
DRAFT = Quality("draft", 480, 270, 5)
SAMPLED = Quality("sampled", 1920, 1080, 5)


def hashed(rgba: RGBA) -> bytes:
    return sha256(rgba.tobytes()).digest()


class Truthful:
    """Hashes frames, and holds that they equal the ones before outside of what is stale."""

    def __init__(self, every: int) -> None:
        self.every = every
        self.hashes: list[bytes] = []
        self.stale: list[Stale] = []
        self.before: RGBA | None = None

    def frame(self, rgba: RGBA, index: int, repeat: int, stale: Stale = None) -> None:
        assert index == self.every * len(self.hashes) or repeat > 1
        if self.before is not None and stale is not None:
            for box in stale:
                self.before[box.pixels] = rgba[box.pixels]
            np.testing.assert_array_equal(rgba, self.before, err_msg=f"frame {index} lies")
        assert self.before is not None or stale is None
        self.before = rgba.copy()
        self.hashes += [hashed(rgba)] * repeat
        self.stale.append(stale)


def assert_stock(
    make_scene: MakeScene, quality: Quality, background: str, every: int = 1
) -> Truthful:
    """Every n-th frame is stock Manim's, and differs from the one before only where it says so."""
    stock = stock_frames(make_scene, quality, hashed, background, every)
    ours = Truthful(every)
    with light_copies():
        record(
            make_scene,
            quality,
            ours,
            wanted=lambda index: index % every == 0,
            background=background,
        )
    differing = [
        k for k, pair in enumerate(zip(stock, ours.hashes, strict=True)) if len({*pair}) > 1
    ]
    assert differing == []
    return ours


@pytest.mark.parametrize("scene_class", ODD)
@pytest.mark.parametrize("background", ["#000000", "#F4E8D0"])
def test_odd_scenes_have_the_pixels_of_stock_manim(
    scene_class: type[Scene], background: str
) -> None:
    assert len(assert_stock(scene_class, SMALL, background).hashes) > 10


@pytest.mark.parametrize("slug", SLUGS[:2])
def test_whole_clips_have_the_pixels_of_stock_manim(slug: str) -> None:
    drawn = assert_stock(scene_of(plan_of(slug)), DRAFT, DARK.ground)
    known = [stale for stale in drawn.stale if stale is not None]
    assert len(known) >= len(drawn.stale) - 1
    pixels = DRAFT.width * DRAFT.height
    assert sum(box.area for stale in known for box in stale) < 0.3 * pixels * len(known)


@pytest.mark.parametrize("slug", SLUGS)
def test_sampled_frames_of_every_explainer_have_the_pixels_of_stock_manim(slug: str) -> None:
    assert_stock(scene_of(plan_of(slug)), SAMPLED, DARK.ground, every=25)


def test_what_others_draw_is_not_built_upon() -> None:
    with manim_settings(SMALL):
        recorder = Recorder(Pictures())
        scene = Fades(recorder)
        camera = recorder.camera
        assert isinstance(camera, IncrementalCamera)
        scene.construct()
        mobjects = scene.mobjects
        camera.lay_ground([])
        camera.picture(mobjects)
        clean = camera.pixel_array.copy()
        assert camera.picture(mobjects) == ()
        for scribble in (camera.reset, lambda: camera.capture_mobjects(mobjects[:1])):
            scribble()
            assert not np.array_equal(camera.pixel_array, clean)
            assert camera.picture(mobjects) is None
            np.testing.assert_array_equal(camera.pixel_array, clean)
