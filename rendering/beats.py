"""The named steps of a clip, as seconds on its timeline."""

from __future__ import annotations

from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

__all__ = ["BeatSpan"]


class BeatSpan(BaseModel):
    """One step of the story: what is said, and when.

    Examples
    --------
    >>> BeatSpan(name="flip", caption="Reflect x about the vertical axis.", start=0, end=2.5).end
    2.5
    """

    model_config = ConfigDict(frozen=True, from_attributes=True)

    name: str
    heading: str = ""
    """A few words: the chapter's title."""
    caption: str
    start: float = Field(ge=0, allow_inf_nan=False)
    """Seconds from the first frame."""
    end: float = Field(ge=0, allow_inf_nan=False)
    """Seconds from the first frame; the beat's last frame is the one before."""

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.end < self.start:
            raise ValueError(f"beat {self.name!r} ends at {self.end} before its start {self.start}")
        return self
