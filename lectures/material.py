"""What is said of one explainer in a lecture, all of it derived from its beats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from convmath import InputError
from convmath.errors import suggestion
from lectures.specs import timeline_of
from rendering.captions import chapters_of, cues_of, webvtt_of
from rendering.quality import Quality
from rendering.segments import Timeline
from scenes.beat import READING_SPEED
from scenes.plan import AnyPlan
from scenes.theme import THEMES, Theme, ThemeName

if TYPE_CHECKING:
    from rendering.strip import Strip

__all__ = ["Material", "Step"]


@dataclass(frozen=True, slots=True)
class Step:
    """A beat in a lecture: what is said, and the frames that show it.

    Attributes
    ----------
    number
        From 1.
    start, end
        Seconds from the first frame of the whole clip.
    frames
        Of the whole clip.
    """

    number: int
    name: str
    heading: str
    caption: str
    start: float
    end: float
    frames: range

    @property
    def title(self) -> str:
        """The heading; the beat's name where it has none."""
        return self.heading or self.name

    @property
    def first_frame(self) -> int:
        """Of the step's own clip: the last frame of the step before, so that nothing flashes."""
        return max(0, self.frames.start - 1)

    @property
    def last_frame(self) -> int:
        """The picture that the step ends with."""
        return self.frames.stop - 1

    @property
    def clip(self) -> range:
        """The frames of the step's own clip."""
        return range(self.first_frame, self.frames.stop)

    @property
    def legible(self) -> int:
        """How many characters can be read while it lasts."""
        return int(READING_SPEED * (self.end - self.start) + 1e-9)  # whole tenths, in binary

    @property
    def clock(self) -> str:
        """When it begins: minutes and seconds, as in ``1:05``."""
        return f"{int(self.start) // 60}:{int(self.start) % 60:02}"


@dataclass(frozen=True)
class Material:
    """One explainer, for one choice of parameters, theme and quality.

    Parameters
    ----------
    title
        Instead of the explainer's own.
    captions
        By beat, instead of the explainer's own. A beat does not last longer for a longer caption.
    burn_captions
        Whether the captions stand in the picture.

    Raises
    ------
    InputError
        If there is a caption for a beat that the explainer does not have.

    Examples
    --------
    >>> from rendering.quality import quality_named
    >>> from scenes.catalogue import plan_class
    >>> material = Material(plan_class("flip-and-shift")(), quality_named("draft"))
    >>> first, second, *_ = material.steps
    >>> first.clip[-1] == second.clip[0]
    True
    """

    plan: AnyPlan
    quality: Quality
    theme_name: ThemeName = "dark"
    title: str = ""
    captions: Mapping[str, str] = field(default_factory=dict)
    burn_captions: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "title", self.title or self.plan.title)
        names = [beat.name for beat in self.plan.beats]
        for name in self.captions:
            if name not in names:
                hint = suggestion(name, names)
                raise InputError(
                    f"{self.slug} has no beat '{name}'{hint}", accepted=", ".join(names)
                )

    @property
    def slug(self) -> str:
        """The name of the explainer, and of files."""
        return self.plan.slug

    @property
    def question(self) -> str:
        """What the explainer answers."""
        return self.plan.question

    @property
    def formula(self) -> str:
        """Typst mathematics of what the explainer is about."""
        return self.plan.formula

    @property
    def theme(self) -> Theme:
        """The ground and the inks."""
        return THEMES[self.theme_name]

    @cached_property
    def timeline(self) -> Timeline:
        """The frames and beats of the whole clip, with the captions of this lecture."""
        return timeline_of(self.plan, self.quality.fps, self.captions)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The beats in order."""
        fps = self.quality.fps
        return tuple(
            Step(
                number=number,
                name=beat.name,
                heading=beat.heading,
                caption=beat.caption,
                start=beat.start,
                end=beat.end,
                frames=range(round(beat.start * fps), round(beat.end * fps)),
            )
            for number, beat in enumerate(self.timeline.beats, 1)
        )

    @property
    def hurried(self) -> list[Step]:
        """The steps with captions of this lecture that are too long to be read in their time."""
        own = [step for step in self.steps if step.name in self.captions]
        return [step for step in own if len(step.caption) > step.legible]

    @cached_property
    def strip(self) -> Strip | None:
        """The captions that stand in the picture, if they are to."""
        if not self.burn_captions:
            return None
        from rendering.strip import Strip

        return Strip(tuple(cues_of(self.timeline.beats)), self.theme.text.colour)

    @property
    def poster(self) -> Step:
        """The step whose last picture stands for the clip."""
        name = self.plan.poster_beat.name
        return next(step for step in self.steps if step.name == name)

    @property
    def alt(self) -> str:
        """What the poster shows, in words."""
        return f"{self.poster.title}. {self.poster.caption}"

    @property
    def captions_vtt(self) -> str:
        """The captions of the whole clip as WebVTT."""
        return webvtt_of(self.timeline.beats) + "\n"

    @property
    def chapters_vtt(self) -> str:
        """The chapters of the whole clip as WebVTT."""
        return chapters_of(self.timeline.beats) + "\n"

    def captions_of(self, step: Step) -> str:
        """The captions of the step's own clip as WebVTT."""
        return webvtt_of(self.timeline.part(step.clip, self.quality.fps).beats) + "\n"

    @property
    def transcript(self) -> str:
        """The whole story as plain text, with the time of each step."""
        parts = [f"{step.clock}  {step.title}\n{step.caption}" for step in self.steps]
        return "\n\n".join([self.title, self.question, *parts]) + "\n"
