"""Time, and pictures that depend on nothing else: on toys, and on every explainer."""

from collections.abc import Sequence
from typing import Any, ClassVar

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from manim import Rotate, Square, VGroup

from rendering.clip import make_pictures, survey
from rendering.recorder import manim_settings, record
from rendering.sinks import Pictures
from scenes.beat import Beat
from scenes.catalogue import SLUGS
from scenes.kit.explainer import BeatOverrunError, Explainer, MissingBeatError, ToldBeat
from scenes.kit.typeset import Words
from scenes.parameters import Parameters
from scenes.plan import Plan
from scenes.theme import LIGHT
from tests.golden import Picture
from tests.scenes.takes import TINY, last_frames, last_pictures, plan_of, retold, scene_of

EVERY = pytest.mark.parametrize("slug", SLUGS)


class Turns(Plan[Parameters, Any]):
    """A square that turns once in each beat, for a share of the beat's time."""

    slug: ClassVar[str] = "turns"
    Parameters: ClassVar[type[Parameters]] = Parameters

    def __init__(self, seconds: Sequence[float], busy: float = 0.5) -> None:
        super().__init__()
        self.seconds = seconds
        self.busy = busy

    def make_beats(self) -> tuple[Beat, ...]:
        return tuple(Beat("turn", "", "", seconds) for seconds in self.seconds)

    @classmethod
    def scene_class(cls) -> type[Explainer[Any]]:
        return TurnsScene


class TurnsScene(Explainer[Turns]):
    plan_class = Turns

    def stage(self) -> None:
        self.heading = None
        self.square = Square(fill_opacity=1.0)

    def _show_heading(self, text: str) -> None:
        """Toys have no words, and so are quick."""

    def beat_turn(self) -> None:
        seconds = self.plan.seconds[len(self.beats)] * self.plan.busy
        for share in (0.3, 0.3, 0.4):
            self.play(Rotate(self.square, 0.7), seconds=share * seconds)
        self.hold(0.01)


class ClearsScene(TurnsScene):
    """Clears the stage of all but one part of a group."""

    left: ClassVar[bool]

    def stage(self) -> None:
        self.heading = Words("stays", size=30.0, colour="#FFFFFF")
        self.kept = Square()
        self.add(self.heading, VGroup(self.kept, Square()), VGroup())

    def beat_turn(self) -> None:
        self.clear_stage(self.kept, seconds=0.4)
        type(self).left = self.mobjects == [self.heading, self.kept]


@settings(max_examples=25, deadline=None)
@given(
    tenths=st.lists(st.integers(4, 90), min_size=1, max_size=6),
    fps=st.sampled_from([10, 15, 24, 25, 30, 60]),
    busy=st.floats(0.1, 0.9),
)
def test_a_clip_lasts_as_long_as_its_plan_at_any_rate(tenths: list[int], fps: int, busy: float):
    plan = Turns([k / 10 for k in tenths], busy)
    timeline = survey(scene_of(plan), TINY.at_fps(fps))
    assert timeline.frames == round(plan.duration * fps)
    spans = [(beat.start, beat.end) for beat in timeline.beats]
    ends = np.cumsum(tenths) / 10
    np.testing.assert_allclose([end for _, end in spans], ends, atol=1e-9)
    np.testing.assert_allclose([start for start, _ in spans], [0, *ends[:-1]], atol=1e-9)


def test_a_beat_that_takes_too_long_says_by_how_much():
    with pytest.raises(BeatOverrunError, match=r"beat 'turn' needs 0.51 s more than it has"):
        survey(scene_of(Turns([1.0, 2.0], busy=1.5)), TINY)


def test_a_beat_that_nobody_draws_is_named():
    class Mute(TurnsScene):
        beat_turn = None

    said = r"^Mute has no method beat_turn for the beat 'turn'$"
    with pytest.raises(MissingBeatError, match=said):
        Mute(plan=Turns([1.0])).construct()


def test_a_beat_may_use_all_of_its_time():
    plan = Turns([1.0, 2.0], busy=0.99)
    assert survey(scene_of(plan), TINY).frames == 45


def test_the_stage_is_cleared_of_all_but_the_heading_and_what_is_kept():
    plan = Turns([1.0])
    survey(lambda renderer: ClearsScene(renderer, plan=plan), TINY)
    assert ClearsScene.left


def test_the_ground_is_that_of_the_theme_unless_it_is_left_out():
    plan = Turns([1.0])
    (light,) = make_pictures(scene_of(plan, LIGHT), TINY, [3])
    assert light[0, 0].tolist() == [255, 255, 255, 255]
    (clear,) = make_pictures(scene_of(plan), TINY, [3], transparent=True)
    assert clear[0, 0, 3] == 0


def test_observers_hear_of_every_beat_when_its_last_picture_stands():
    plan = Turns([1.0, 1.5])
    heard: list[tuple[float, int]] = []
    with manim_settings(TINY):
        scene = TurnsScene(
            plan=plan, after_beat=lambda scene, beat: heard.append((beat.seconds, len(scene.beats)))
        )
        scene.render()
    assert heard == [(1.0, 1), (1.5, 2)]


def filmed(plan: Plan[Any, Any], fps: int) -> tuple[int, Sequence[ToldBeat], list[Picture]]:
    """Frames in all, the beats that were told, and the last picture of each."""
    kept, wanted = Pictures(), last_frames(plan, fps)
    scene, frames = record(scene_of(plan), TINY.at_fps(fps), kept, wanted=frozenset(wanted))
    assert isinstance(scene, Explainer)
    return frames, scene.beats, [kept.by_index[index] for index in wanted]


@EVERY
def test_an_explainer_is_the_same_story_at_any_rate_and_with_any_captions(slug: str):
    as_it_is = plan_of(slug)
    names = [beat.name for beat in as_it_is.beats]
    first: list[Picture] = []
    for fps in (15, 24, 60):
        plan = retold(as_it_is) if fps == 24 else as_it_is
        frames, told, pictures = filmed(plan, fps)
        assert frames == round(plan.duration * fps)
        assert [beat.name for beat in told] == names
        assert [beat.caption for beat in told] == [beat.caption for beat in plan.beats]
        assert [beat.start for beat in told] == [0.0, *(beat.end for beat in told[:-1])]
        assert told[-1].end == pytest.approx(plan.duration, abs=1e-9)
        first = first or pictures
        alike = [np.array_equal(a, b) for a, b in zip(first, pictures, strict=True)]
        assert [name for name, same in zip(names, alike, strict=True) if not same] == []


@EVERY
def test_a_picture_depends_on_no_other_picture_and_not_on_later_beats(slug: str):
    plan, quality = plan_of(slug), TINY.at_fps(10)
    ends = last_frames(plan, quality.fps)
    middle = len(ends) * 2 // 3
    together = Pictures()
    record(scene_of(plan), quality, together, stop_after=ends[middle])
    assert list(together.by_index) == list(range(len(together.by_index)))
    one_beat = range(ends[middle - 1] + 1, ends[middle] + 1)
    some = sorted({*one_beat, *np.linspace(0, ends[middle], 40).astype(int).tolist()})
    alone = make_pictures(scene_of(retold(plan, beats_kept=middle + 1)), quality, some)
    different = [
        index
        for index, picture in zip(some, alone, strict=True)
        if not np.array_equal(picture, together.by_index[index])
    ]
    assert different == []


@pytest.mark.parametrize(
    ("slug", "h", "x"),
    [
        ("flip-and-shift", "delta(t)-delta(t-1)", "-tri(t)"),
        ("flip-and-shift", "exp(-t)*u(t)", "delta(t-1)"),
        ("discrete-flip-and-shift", "5 @ 7", "-2 @ -3"),
    ],
)
def test_signals_at_the_edge_of_what_is_allowed_are_drawn(slug: str, h: str, x: str):
    plan = plan_of(slug, h=h, x=x)
    drawn = last_pictures(plan, quality=TINY)
    assert list(drawn) == [beat.name for beat in plan.beats]
    for name, picture in drawn.items():
        assert len(np.unique(picture.reshape(-1, 3), axis=0)) > 20, name
