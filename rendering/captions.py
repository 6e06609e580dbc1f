"""The captions of a clip as WebVTT."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable, Iterator
from html import escape
from itertools import accumulate

from webvtt import Caption, WebVTT

from rendering.beats import BeatSpan

__all__ = ["caption_lines", "webvtt_of"]

LINE = 42
"""Characters a line: what broadcasters and streaming services allow."""
LINES = 2
"""Lines a cue."""


def webvtt_of(beats: Iterable[BeatSpan]) -> str:
    """The text of a WebVTT file with the caption of every beat.

    A caption longer than two lines becomes several cues that follow each other within the beat,
    each for its share of the characters.

    Examples
    --------
    >>> print(webvtt_of([BeatSpan(name="a", caption="if x < 1 & y", start=0, end=1.5)]), end="")
    WEBVTT
    <BLANKLINE>
    00:00:00.000 --> 00:00:01.500
    if x &lt; 1 &amp; y
    """
    file = WebVTT()
    file.captions.extend(caption for beat in beats for caption in _cues(beat))
    return file.content


def _cues(beat: BeatSpan) -> Iterator[Caption]:
    pages = caption_lines(beat.caption)
    if not pages or beat.end <= beat.start:
        return
    weights = [sum(map(len, page)) for page in pages]
    ends = [
        beat.start + (beat.end - beat.start) * share / sum(weights) for share in accumulate(weights)
    ]
    for page, start, end in zip(pages, [beat.start, *ends[:-1]], ends, strict=True):
        yield Caption(_clock(start), _clock(end), [escape(line, quote=False) for line in page])


def caption_lines(caption: str) -> list[tuple[str, ...]]:
    """The cues of a caption, each of at most two lines of about equal length.

    Only a word that is longer than a line makes a longer line.

    Examples
    --------
    >>> caption_lines("The area of the product is the value of the output at t.")
    [('The area of the product is', 'the value of the output at t.')]
    """
    lines = _wrapped(caption, LINE)
    room = math.ceil(len(lines) / LINES) * LINES
    if len(lines) > 1:
        widths = range(LINE // 2, LINE + 1)
        lines = next(narrow for width in widths if len(narrow := _wrapped(caption, width)) <= room)
    return [tuple(lines[at : at + LINES]) for at in range(0, len(lines), LINES)]


def _wrapped(caption: str, width: int) -> list[str]:
    words = " ".join(caption.split())
    return textwrap.wrap(words, width, break_long_words=False, break_on_hyphens=False)


def _clock(seconds: float) -> str:
    """``hh:mm:ss.mmm``."""
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"
