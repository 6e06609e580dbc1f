import numpy as np
import pytest
from manim import Scene, Square, ValueTracker

from rendering.clock import frame_at, frames_in_play, frames_in_wait
from rendering.quality import Quality
from rendering.recorder import record
from rendering.sinks import Pictures


@pytest.mark.parametrize("fps", [10, 15, 24, 25, 30, 50, 60, 120])
def test_whole_numbers_of_frames_stay_whole(fps: int) -> None:
    for frames in [*range(1, 500), 216_000]:
        for seconds in (frames / fps, frames * (1 / fps), sum([1 / fps] * min(frames, 50))):
            whole = round(seconds * fps)
            assert frames_in_play(seconds, fps) == whole
            assert frames_in_wait(seconds, fps) == whole
            assert frame_at(seconds, fps) == whole


def test_parts_of_frames_round_as_in_manim() -> None:
    assert frames_in_play(0.51, 10) == 6
    assert frames_in_wait(0.59, 10) == 5


def test_where_float_noise_costs_manim_a_frame() -> None:
    assert int(4.1 / (1 / 30)) == 122
    assert frames_in_wait(4.1, 30) == 123
    assert len(np.arange(0, 8.3, 1 / 30)) == 250
    assert frames_in_play(8.3, 30) == 249


@pytest.mark.parametrize("wanted", [None, ()])
def test_frames_are_duration_times_rate(wanted: tuple[int, ...] | None) -> None:
    class Awkward(Scene):
        def construct(self) -> None:
            tracker = ValueTracker(0)
            self.add(Square())
            for seconds in (0.2, 0.6, 1.4, 0.8):
                self.play(tracker.animate.set_value(1), run_time=seconds)
                self.wait(seconds)

    counts = {
        fps: record(Awkward, Quality("q", 32, 18, fps), Pictures(), wanted=wanted)[1]
        for fps in (15, 30, 60)
    }
    assert counts == {15: 90, 30: 180, 60: 360}
