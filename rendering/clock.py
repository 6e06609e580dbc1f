"""Seconds to frames: the one place where a duration becomes a whole number of frames.

Durations are floats: 0.7 s at 30 fps is 20.999999999999996 frames and 1.1 s at 60 fps is
66.00000000000001. A duration within `SLACK` frames of a whole number is that number.
"""

from __future__ import annotations

import math

__all__ = ["SLACK", "frame_at", "frames_in_play", "frames_in_wait"]

SLACK = 1e-6
"""Frames. Float noise on an hour at 240 fps is 1e-10 frames; no duration is meant so close."""


def frames_in_play(run_time: float, fps: float) -> int:
    """Frames of an animation: those at 0, 1/fps, 2/fps … before ``run_time``.

    Examples
    --------
    >>> frames_in_play(1.1, 60), frames_in_play(0.51, 10)
    (66, 6)
    """
    return max(1, math.ceil(run_time * fps - SLACK))


def frames_in_wait(duration: float, fps: float) -> int:
    """Frames of a frozen picture: rounded down, as Manim does.

    Examples
    --------
    >>> frames_in_wait(0.7, 30), frames_in_wait(0.59, 10)
    (21, 5)
    """
    return int(duration * fps + SLACK)


def frame_at(seconds: float, fps: float) -> int:
    """The frame that is on screen at ``seconds``."""
    return int(seconds * fps + SLACK)
