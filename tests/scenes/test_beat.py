from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.beat import READING_SPEED, Beat, reading_time, schedule


def test_a_caption_that_takes_longer_to_read_makes_its_beat_longer():
    caption = "x" * 159 + "."
    assert Beat("a", "A", "Short.", 5.0).seconds == 5.0
    assert Beat("a", "A", caption, 5.0).seconds == reading_time(caption) == 10.0


@given(length=st.integers(0, 400), seconds=st.floats(0.1, 30))
def test_nobody_has_to_read_faster_than_subtitles_ask_for(length: int, seconds: float):
    beat = Beat("a", "A", "x" * length, seconds)
    assert length <= READING_SPEED * beat.seconds
    assert seconds - 1e-9 <= beat.seconds
    assert isclose(10 * beat.seconds, round(10 * beat.seconds))


@pytest.mark.parametrize("seconds", [0.1, 0.3, 0.7, 1.1, 2.9, 14.3])
def test_tenths_of_a_second_stay_as_they_are(seconds: float):
    assert Beat("a", "A", "", seconds).seconds == seconds


def test_beats_follow_each_other_without_gaps():
    beats = [Beat(name, name, "", seconds) for name, seconds in (("a", 2.0), ("b", 0.5), ("c", 3))]
    assert [(beat.name, start, end) for beat, start, end in schedule(beats)] == [
        ("a", 0.0, 2.0),
        ("b", 2.0, 2.5),
        ("c", 2.5, 5.5),
    ]
    assert schedule([]) == []
