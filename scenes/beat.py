"""Beats: the named steps of a story, and where they lie in time."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

__all__ = ["READING_SPEED", "Beat", "reading_time", "schedule"]

READING_SPEED = 16.0  # characters a second: comfortable for subtitles of lectures


@dataclass(frozen=True, slots=True)
class Beat:
    """One step of an explainer's story.

    Attributes
    ----------
    name
        Short identifier, such as ``"flip"``: what ``--at`` takes.
    heading
        A few words, shown in the picture; also the chapter's title.
    caption
        What is said: whole sentences that stand on their own without the picture.
    seconds
        How long the beat lasts, in tenths; a caption that takes longer to read makes it longer.
    """

    name: str
    heading: str
    caption: str
    seconds: float

    def __post_init__(self) -> None:
        seconds = max(self.seconds, reading_time(self.caption))
        object.__setattr__(self, "seconds", math.ceil(seconds * 10 - 1e-9) / 10)


def reading_time(caption: str) -> float:
    """Seconds that a viewer needs for a caption, in steps of half a second."""
    return math.ceil(2 * len(caption) / READING_SPEED) / 2


def schedule(beats: Sequence[Beat]) -> list[tuple[Beat, float, float]]:
    """Each beat with its start and end, in seconds from the start of the clip."""
    ends = [round(end, 1) for end in accumulate(beat.seconds for beat in beats)]  # no 74.99…
    starts = [0.0, *ends][: len(ends)]
    return list(zip(beats, starts, ends, strict=True))
