"""Seconds to frames: the one place where a duration becomes a whole number of frames.

Durations are floats, and Manim divides by a rounded 1/fps: at 30 fps it makes 122 frames of a
frozen wait of 4.1 s (not 123), and 250 of a play of 8.3 s (not 249). Here a duration within `SLACK`
frames of a whole number is that number.
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
    >>> frames_in_play(8.3, 30), frames_in_play(0.51, 10)
    (249, 6)
    """
    return max(1, math.ceil(run_time * fps - SLACK))


def frames_in_wait(duration: float, fps: float) -> int:
    """Frames of a frozen picture: rounded down, as Manim does.

    Examples
    --------
    >>> frames_in_wait(4.1, 30), frames_in_wait(0.59, 10)
    (123, 5)
    """
    return int(duration * fps + SLACK)


def frame_at(seconds: float, fps: float) -> int:
    """The frame that is on screen at ``seconds``."""
    return int(seconds * fps + SLACK)
