"""What a clip is: the JSON beside the video, by which it can be found and made again."""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from rendering.beats import BeatSpan

__all__ = ["Check", "Description", "Manifest", "own_version", "versions"]


class Check(BaseModel):
    """One thing that was verified: ``|value − expected| ≤ tolerance``, or equality for text."""

    model_config = ConfigDict(frozen=True)

    name: str
    value: float | int | bool | str
    expected: float | int | bool | str | None = None
    tolerance: float = 0.0
    passed: bool


class Description(BaseModel):
    """What the caller knows of a clip before it is made."""

    model_config = ConfigDict(frozen=True)

    slug: str
    title: str = ""
    theme: str = ""
    parameters: Mapping[str, JsonValue] = Field(default_factory=dict)
    checks: Sequence[Check] = ()


class Manifest(BaseModel):
    """A clip, described. It has no date in it: the same clip has the same manifest."""

    model_config = ConfigDict(frozen=True)

    slug: str
    title: str
    theme: str
    parameters: Mapping[str, JsonValue]
    file: str
    """The video's name, in the manifest's own folder."""
    format: str
    quality: str
    width: int
    height: int
    fps: int
    frame_count: int
    duration: float
    """Seconds."""
    beats: tuple[BeatSpan, ...]
    checks: tuple[Check, ...]
    versions: Mapping[str, str]
    sha256: str
    """Of the frames as drawn (`rendering.digest`), whatever the encoder made of them."""

    @property
    def passed(self) -> bool:
        """Whether every check has passed."""
        return all(check.passed for check in self.checks)


def versions() -> dict[str, str]:
    """Of everything that has a say in the pixels."""
    return {
        "faltung": own_version(),
        "python": platform.python_version(),
        **{name: version(name) for name in ("manim", "numpy", "av")},
    }


def own_version() -> str:
    """Of this package, as it was installed; a folder of source that never was has none."""
    try:
        return version("faltung")
    except PackageNotFoundError:
        return "not installed"
