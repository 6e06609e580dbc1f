from pathlib import Path
from typing import Any

import numpy as np
import pytest
from manim import Scene, tempconfig
from manim.renderer.cairo_renderer import CairoRenderer

from rendering.boxes import Stale
from rendering.clip import make_pictures, survey
from rendering.recorder import manim_settings, record
from rendering.sinks import RGBA, Pictures
from tests.rendering.toys import TINY, Chain, Flat, Squares


def stock_frames(scene_class: type[Scene]) -> list[RGBA]:
    """Every frame as Manim's own renderer draws it."""
    frames: list[RGBA] = []

    class Stock(CairoRenderer):
        def add_frame(self, frame: Any, num_frames: int = 1) -> None:
            frames.extend([frame] * num_frames)
            super().add_frame(frame, num_frames)

    with manim_settings(TINY), tempconfig({"disable_caching": True}):
        scene_class(renderer=Stock()).render()
    return frames


def all_frames(scene_class: type[Scene]) -> list[RGBA]:
    kept = Pictures()
    _, frames = record(scene_class, TINY, kept)
    assert list(kept.by_index) == list(range(frames))
    return list(kept.by_index.values())


@pytest.mark.parametrize("scene_class", [Squares, Chain, Flat])
def test_pixels_are_those_of_stock_manim(scene_class: type[Scene]) -> None:
    stock, ours = stock_frames(scene_class), all_frames(scene_class)
    assert len(ours) == len(stock)
    for index, (theirs, mine) in enumerate(zip(stock, ours, strict=True)):
        np.testing.assert_array_equal(mine, theirs, err_msg=f"frame {index}")


@pytest.mark.parametrize("scene_class", [Squares, Chain])
def test_skipping_ahead_gives_the_same_pixels(scene_class: type[Scene]) -> None:
    whole = all_frames(scene_class)
    for wanted in (range(7, 12), range(len(whole) - 5, len(whole)), range(17, 30)):
        part = Pictures()
        _, frames = record(scene_class, TINY, part, wanted=wanted)
        assert frames == len(whole)
        assert list(part.by_index) == list(wanted)
        for index in wanted:
            np.testing.assert_array_equal(part.by_index[index], whole[index])


def test_wanted_may_be_a_predicate() -> None:
    kept = Pictures()
    record(Squares, TINY, kept, wanted=lambda index: index % 10 == 0)
    assert list(kept.by_index) == [0, 10, 20, 30, 40, 50]


def test_a_frozen_wait_is_drawn_once() -> None:
    calls: list[tuple[int, int]] = []

    class Calls:
        def frame(self, rgba: RGBA, index: int, repeat: int, stale: Stale = None) -> None:
            calls.append((index, repeat))

    record(Squares, TINY, Calls())
    assert calls == [
        *[(index, 1) for index in range(18)],
        (18, 9),
        *[(index, 1) for index in range(27, 45)],
        (45, 6),
    ]


def test_single_pictures_come_in_the_order_asked() -> None:
    whole = all_frames(Squares)
    late, early = make_pictures(Squares, TINY, [40, 3])
    np.testing.assert_array_equal(late, whole[40])
    np.testing.assert_array_equal(early, whole[3])
    with pytest.raises(IndexError, match="51 frames"):
        make_pictures(Squares, TINY, [51])
    with pytest.raises(IndexError, match="counted from 0"):
        make_pictures(Squares, TINY, [3, -1])


def test_a_scene_that_plays_nothing_is_one_frame() -> None:
    class Still(Flat):
        def wait(self, *args: Any, **kwargs: Any) -> None:
            pass

    assert survey(Still, TINY).frames == 1
    assert make_pictures(Still, TINY, [0])[0][45, 20].tolist() == [200, 60, 40, 255]


def test_beats_are_the_same_drawn_or_not() -> None:
    scene, _ = record(Squares, TINY, Pictures())
    assert isinstance(scene, Squares)
    assert survey(Squares, TINY).beats == tuple(scene.beats)
    assert scene.beats[-1].end == 45 / 15


def test_nothing_is_written_into_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    record(Squares, TINY, Pictures())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("wanted", [None, ()])
def test_a_wait_with_a_condition_ends_alike_drawn_or_not(wanted: tuple[int, ...] | None) -> None:
    class Until(Scene):
        def construct(self) -> None:
            self.wait_until(lambda: self.time >= 0.4, max_time=5)

    assert record(Until, TINY, Pictures(), wanted=wanted)[1] == 6


def test_sound_is_refused_rather_than_lost() -> None:
    class Loud(Scene):
        def construct(self) -> None:
            self.add_sound("bang.wav")

    with pytest.raises(NotImplementedError, match="sound"):
        record(Loud, TINY, Pictures())
