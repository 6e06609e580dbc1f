from html import unescape

import numpy as np
import pytest
import webvtt
from webvtt.models import Timestamp

from rendering.beats import BeatSpan
from rendering.captions import caption_lines, webvtt_of

LONG = (
    "Reflect x about the vertical axis, shift it to the right by t, multiply it with h point by "
    "point, and the area of the product is the value of the output at t. Nothing else is needed."
)


def parsed(*beats: BeatSpan) -> webvtt.WebVTT:
    return webvtt.WebVTT.from_string(webvtt_of(beats), strict=True)


def test_every_caption_is_read_back_at_its_time() -> None:
    beats = [
        BeatSpan(name="a", caption="Two signals.", start=0, end=1.5),
        BeatSpan(name="b", caption="a --> b, x < 1 & y > 2", start=1.5, end=3661.0625),
        BeatSpan(name="c", caption="", start=3661.0625, end=3662),
    ]
    captions = parsed(*beats).captions
    assert [unescape(c.raw_text) for c in captions] == [b.caption for b in beats[:2]]
    assert [(c.start, c.end) for c in captions] == [
        ("00:00:00.000", "00:00:01.500"),
        ("00:00:01.500", "01:01:01.062"),
    ]


def test_a_long_caption_becomes_consecutive_cues() -> None:
    captions = parsed(BeatSpan(name="a", caption=LONG, start=2, end=14)).captions
    assert len(captions) == 3
    assert captions[0].start == "00:00:02.000"
    assert captions[-1].end == "00:00:14.000"
    assert [c.end for c in captions[:-1]] == [c.start for c in captions[1:]]
    assert " ".join(line for c in captions for line in c.lines) == LONG
    ends = [Timestamp.from_string(c.end).in_milliseconds() for c in captions]
    letters = [sum(map(len, c.lines)) for c in captions]
    shares = np.cumsum(letters) / sum(letters)
    assert ends == [round(2000 + 12000 * share) for share in shares]


@pytest.mark.parametrize("length", range(1, 60))
def test_lines_fit_and_no_word_is_lost(length: int) -> None:
    caption = " ".join(LONG.split()[:length])
    pages = caption_lines(caption)
    assert " ".join(line for page in pages for line in page) == caption
    assert all(len(page) <= 2 and len(line) <= 42 for page in pages for line in page)


def test_a_caption_of_spaces_or_newlines_makes_no_broken_cue() -> None:
    captions = parsed(
        BeatSpan(name="a", caption="one\n\ntwo", start=0, end=1),
        BeatSpan(name="b", caption=" \n", start=1, end=2),
    ).captions
    assert [c.raw_text for c in captions] == ["one two"]


def test_a_word_longer_than_a_line_is_kept_whole() -> None:
    assert caption_lines("x" * 60 + " y") == [("x" * 60, "y")]


def test_a_beat_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="before its start"):
        BeatSpan(name="a", caption="", start=2, end=1)
