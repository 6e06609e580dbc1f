"""How many pixels and how many frames a second."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

__all__ = ["PRESETS", "Quality", "quality_named"]


@dataclass(frozen=True, slots=True)
class Quality:
    """Picture size in pixels (both even: yuv420p halves them) and whole frames a second."""

    name: str
    width: int
    height: int
    fps: int

    def __post_init__(self) -> None:
        if min(self.width, self.height) < 2 or self.width % 2 or self.height % 2:
            raise ValueError(f"the picture is {self.width}x{self.height}; both must be even")
        if not 1 <= self.fps <= 240:
            raise ValueError(f"{self.fps} frames a second; 1 to 240 are possible")

    def at_fps(self, fps: int) -> Quality:
        """The same picture size at another frame rate."""
        return replace(self, fps=fps)

    @property
    def time_base(self) -> Fraction:
        """Seconds a frame."""
        return Fraction(1, self.fps)


PRESETS = {
    quality.name: quality
    for quality in (
        Quality("draft", 640, 360, 15),
        Quality("low", 960, 540, 30),
        Quality("medium", 1280, 720, 30),
        Quality("high", 1920, 1080, 60),
        Quality("4k", 3840, 2160, 60),
    )
}


def quality_named(name: str, fps: int | None = None) -> Quality:
    """A preset, at its own frame rate or at ``fps``.

    Raises
    ------
    ValueError
        If there is no such preset; the message lists them.

    Examples
    --------
    >>> quality_named("high", fps=30)
    Quality(name='high', width=1920, height=1080, fps=30)
    """
    if name not in PRESETS:
        raise ValueError(f"no quality {name!r}; there are {', '.join(PRESETS)}")
    preset = PRESETS[name]
    return preset if fps is None else preset.at_fps(fps)
