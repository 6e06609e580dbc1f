"""The plan of an explainer: all of it but the drawing. Imports no Manim."""

from __future__ import annotations

from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeAlias, TypeVar

from convmath import Check, DivergenceError, Frames
from scenes.beat import Beat, schedule
from scenes.parameters import Parameters

if TYPE_CHECKING:
    from scenes.kit.explainer import Explainer

__all__ = ["AnyPlan", "Plan"]

P = TypeVar("P", bound=Parameters)
F = TypeVar("F", bound=Frames[Any])


class Plan(Generic[P, F]):
    """What one explainer shows, for one choice of parameters.

    A subclass gives the class attributes and writes `make_frames`, `make_checks` and `make_beats`;
    its scene, in the file of the same name under ``scenes/explainers``, draws it.

    Attributes
    ----------
    slug
        Name on the command line: ``"flip-and-shift"``.
    title, question
        What it is called, and the question it answers.
    formula
        What it is about, as Typst mathematics; for documents.
    sources
        Whose explanation it follows.
    Parameters
        The model of its parameters; all have defaults.
    scene_name
        Class name of its scene.
    poster
        The beat whose last picture stands for the clip; the last one if not given.
    signals
        The options whose values together may have no convolution, for that error.
    """

    slug: ClassVar[str]
    title: ClassVar[str]
    question: ClassVar[str]
    formula: ClassVar[str] = ""
    sources: ClassVar[tuple[str, ...]]
    Parameters: ClassVar[type[Parameters]]
    scene_name: ClassVar[str]
    poster: ClassVar[str] = ""
    signals: ClassVar[str] = ""

    def __init__(self, parameters: P | None = None) -> None:
        self.parameters: P = parameters if parameters is not None else self.Parameters()  # type: ignore[assignment]

    @cached_property
    def frames(self) -> F:
        """The arrays that the explainer shows. Raises `convmath.InputError`."""
        try:
            return self.make_frames()
        except DivergenceError as error:
            error.accepted = error.accepted or "signals that decay, or of which one ends"
            raise error.named(self.signals) from None

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        """The frames held against a second, independent method."""
        return self.make_checks()

    @cached_property
    def beats(self) -> tuple[Beat, ...]:
        """The story, in order."""
        return self.make_beats()

    @property
    def poster_beat(self) -> Beat:
        """The beat whose last picture stands for the clip."""
        named = [beat for beat in self.beats if beat.name == self.poster]
        return named[0] if named else self.beats[-1]

    @property
    def duration(self) -> float:
        """Seconds that the clip lasts."""
        return schedule(self.beats)[-1][2]

    def make_frames(self) -> F:
        """Compute the frames from the parameters. Raises `convmath.InputError`."""
        raise NotImplementedError

    def make_checks(self) -> tuple[Check, ...]:
        """Verify the frames."""
        raise NotImplementedError

    def make_beats(self) -> tuple[Beat, ...]:
        """Tell the story, with the numbers of these frames."""
        raise NotImplementedError

    @classmethod
    def scene_class(cls) -> type[Explainer[Any]]:
        """The scene that draws this plan (imports Manim)."""
        module = import_module(f"scenes.explainers.{cls.slug.replace('-', '_')}")
        scene: type[Explainer[Any]] = getattr(module, cls.scene_name)
        return scene


AnyPlan: TypeAlias = Plan[Any, Any]
