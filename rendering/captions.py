"""The captions and chapters of a clip as WebVTT."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable, Iterator
from html import escape
from itertools import accumulate
from typing import NamedTuple

from webvtt import Caption, WebVTT

from rendering.beats import BeatSpan

__all__ = ["Cue", "caption_lines", "chapters_of", "cues_of", "webvtt_of"]

LINE = 42
"""Characters a line: what broadcasters and streaming services allow."""
LINES = 2
"""Lines a cue."""


class Cue(NamedTuple):
    """What stands below the picture at one time."""

    start: float
    """Seconds from the first frame."""
    end: float
    lines: tuple[str, ...]


def webvtt_of(beats: Iterable[BeatSpan]) -> str:
    """The text of a WebVTT file with the caption of every beat, in cues as in `cues_of`.

    Examples
    --------
    >>> print(webvtt_of([BeatSpan(name="a", caption="if x < 1 & y", start=0, end=1.5)]), end="")
    WEBVTT
    <BLANKLINE>
    00:00:00.000 --> 00:00:01.500
    if x &lt; 1 &amp; y
    """
    return _webvtt(cues_of(beats))


def chapters_of(beats: Iterable[BeatSpan]) -> str:
    """The text of a WebVTT file with a chapter for every beat, called by its heading.

    Examples
    --------
    >>> print(chapters_of([BeatSpan(name="a", heading="A", caption="b", start=0, end=2)]), end="")
    WEBVTT
    <BLANKLINE>
    00:00:00.000 --> 00:00:02.000
    A
    """
    told = [beat for beat in beats if beat.end > beat.start]
    return _webvtt(Cue(beat.start, beat.end, (beat.heading or beat.name,)) for beat in told)


def cues_of(beats: Iterable[BeatSpan]) -> list[Cue]:
    """The cues of all beats.

    A caption longer than two lines becomes several cues that follow each other within the beat,
    each for its share of the characters.
    """
    return [cue for beat in beats for cue in _cues(beat)]


def _webvtt(cues: Iterable[Cue]) -> str:
    file = WebVTT()
    for start, end, lines in cues:
        text = [escape(line, quote=False) for line in lines]
        file.captions.append(Caption(_clock(start), _clock(end), text))
    return file.content


def _cues(beat: BeatSpan) -> Iterator[Cue]:
    pages = caption_lines(beat.caption)
    if not pages or beat.end <= beat.start:
        return
    weights = [sum(map(len, page)) for page in pages]
    ends = [
        beat.start + (beat.end - beat.start) * share / sum(weights) for share in accumulate(weights)
    ]
    for page, start, end in zip(pages, [beat.start, *ends[:-1]], ends, strict=True):
        yield Cue(start, end, page)


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
