"""The Manim scene that every explainer is: it tells its plan, beat by beat."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from manim import FadeIn, FadeOut, Mobject, Scene, Wait, config

from scenes.beat import Beat, schedule
from scenes.kit.frame import HEADING_LEFT
from scenes.kit.typeset import HEADING, Words, stand
from scenes.plan import Plan
from scenes.theme import DARK, Theme

__all__ = ["BeatOverrunError", "Explainer", "MissingBeatError", "ToldBeat"]

PlanT = TypeVar("PlanT", bound=Plan[Any, Any])

_HEADING_BASELINE = 3.38
_HEADING_SECONDS = 0.5
# Manim counts ceil(run_time · fps) frames of a play and floor(duration · fps) of a wait; this
# fraction of a frame keeps float noise from adding or losing one.
_NUDGE = 1e-4


class BeatOverrunError(RuntimeError):
    """A beat's animations last longer than the plan gives it."""


class MissingBeatError(RuntimeError):
    """The scene has no method for a beat of its plan."""


@dataclass(frozen=True, slots=True)
class ToldBeat:
    """A beat that has been played: where it lies in the clip, in seconds."""

    name: str
    heading: str
    caption: str
    start: float
    end: float


class Explainer(Scene, Generic[PlanT]):
    """Draws one plan.

    A subclass names its `plan_class` and has one method ``beat_<name>`` for each beat of the plan
    (hyphens become underscores), and usually a `stage` that builds what they share. A beat lasts
    exactly as long as the plan says: what its animations leave over is held.

    Attributes
    ----------
    plan, theme
        What is told, and in which inks.
    beats
        The beats told so far.
    heading
        The words at the top of the picture.
    after_beat
        Called with each beat when its last picture stands.
    """

    plan_class: ClassVar[type[Plan[Any, Any]]]

    def __init__(
        self,
        renderer: Any = None,
        *,
        plan: PlanT | None = None,
        theme: Theme = DARK,
        after_beat: Callable[[Explainer[Any], Beat], None] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(renderer, **kwargs)
        self.plan: PlanT = plan if plan is not None else self.plan_class()  # type: ignore[assignment]
        self.theme = theme
        self.after_beat = after_beat
        self.beats: list[ToldBeat] = []
        self.heading: Words | None = None
        self._frames_played = 0
        self._clock = 0.0

    def stage(self) -> None:
        """Build what the beats share; nothing is shown yet."""

    def setup(self) -> None:
        """Lay the ground, unless it is to stay transparent."""
        if config.background_opacity:
            self.renderer.camera.background_color = self.theme.ground  # type: ignore[union-attr]

    def construct(self) -> None:
        """Tell the plan's beats in order."""
        tellers = [self._teller(beat) for beat in self.plan.beats]
        self.stage()
        for (beat, start, end), tell in zip(schedule(self.plan.beats), tellers, strict=True):
            self._show_heading(beat.heading)
            tell()
            self._hold_until(end, beat)
            self.beats.append(ToldBeat(beat.name, beat.heading, beat.caption, start, end))
            if self.after_beat is not None:
                self.after_beat(self, beat)

    def _teller(self, beat: Beat) -> Callable[[], None]:
        """The method that draws a beat."""
        method = "beat_" + beat.name.replace("-", "_")
        tell: Callable[[], None] | None = getattr(self, method, None)
        if tell is None:
            scene = type(self).__name__
            raise MissingBeatError(f"{scene} has no method {method} for the beat '{beat.name}'")
        return tell

    def play(self, *animations: Any, seconds: float = 1.0, **kwargs: Any) -> None:
        """Play animations, all for the same time, rounded to whole frames of the clip's clock."""
        self._clock += kwargs.pop("run_time", seconds)
        frames = max(1, self._frame_at(self._clock) - self._frames_played)
        self._frames_played += frames
        super().play(*animations, run_time=(frames - _NUDGE) / self._fps, **kwargs)

    def hold(self, seconds: float) -> None:
        """Let the picture stand."""
        self._clock += seconds
        self._hold_frames(self._frame_at(self._clock) - self._frames_played)

    def clear_stage(self, *kept: Mobject, seconds: float = 0.5) -> None:
        """Let all go but the heading and what is kept, which is in front from now on."""
        assert self.heading is not None
        stays = (self.heading, *kept)
        self.remove(*stays)
        leaving = list(self.mobjects)
        self.add(*stays)
        seen = [part for part in leaving if part.family_members_with_points()]
        self.play(FadeOut(*seen), seconds=seconds)
        self.remove(*leaving)

    @property
    def _fps(self) -> float:
        return float(self.camera.frame_rate)

    def _frame_at(self, seconds: float) -> int:
        return round(seconds * self._fps)

    def _hold_frames(self, frames: int) -> None:
        if frames > 0:
            self._frames_played += frames
            still = Wait(run_time=(frames + _NUDGE) / self._fps, frozen_frame=True)
            super().play(still)

    def _hold_until(self, end: float, beat: Beat) -> None:
        left = self._frame_at(end) - self._frames_played
        if left < 0:
            late = self._clock - end
            raise BeatOverrunError(f"beat '{beat.name}' needs {late:.2f} s more than it has")
        self._clock = end
        self._hold_frames(left)

    def _show_heading(self, text: str) -> None:
        if self.heading is not None and self.heading.content == text:
            return
        heading = Words(text, size=HEADING, colour=self.theme.text.colour, weight="medium")
        stand(heading, HEADING_LEFT, _HEADING_BASELINE)
        old, self.heading = self.heading, heading
        if old is None:  # the first picture of a clip is never blank
            self.add(heading)
        else:
            self.play(FadeIn(heading), FadeOut(old), seconds=_HEADING_SECONDS)
