"""A lesson: several explainers in order, each with its targets, and a page that leads to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lectures.material import Material
from lectures.pages import page
from lectures.target import Options, Target
from rendering.hidden import hidden_folder, put_in_place
from rendering.segments import link_or_copy
from scenes.theme import ThemeName

if TYPE_CHECKING:
    from lectures.production import Production

__all__ = ["Lesson", "Part", "make_lesson"]


@dataclass(frozen=True, slots=True)
class Part:
    """One explainer of a lesson.

    Attributes
    ----------
    number
        From 1, in the order of the lesson.
    folder
        The name of its folder, in that of the lesson.
    """

    number: int
    material: Material
    targets: tuple[Target, ...]
    folder: str

    @property
    def clock(self) -> str:
        """How long it takes: minutes and seconds, as in ``1:31``."""
        seconds = round(self.material.plan.duration)
        return f"{seconds // 60}:{seconds % 60:02}"


@dataclass(frozen=True, slots=True)
class Lesson:
    """Explainers in the order in which they are shown."""

    title: str
    author: str
    date: str
    theme_name: ThemeName
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class _Card:
    """What the page shows of a part."""

    part: Part
    poster: str
    links: Sequence[tuple[str, Target]]


def make_lesson(
    lesson: Lesson, folder: Path, production_of: Callable[[Part], Production]
) -> list[Path]:
    """Make all targets of all parts; they appear together, when the last one is done.

    The folders of the parts are replaced as a whole; what else there is in ``folder`` stays. Each
    target has a folder of its own in that of its part: ``flip-and-shift/html``.

    Returns
    -------
    list of Path
        What was made; the first is the page to open.

    Raises
    ------
    InputError
        If a target cannot do what is asked of it.
    rendering.clip.CheckFailed
        If a check of a clip has failed.
    """
    with hidden_folder(folder) as hidden:
        cards = [_make_part(part, production_of(part), hidden) for part in lesson.parts]
        (hidden / "index.html").write_text(
            page("lesson.html.jinja", lesson=lesson, cards=cards), "utf-8"
        )
        names = ["index.html", *(part.folder for part in lesson.parts)]
        folder.mkdir(parents=True, exist_ok=True)
        put_in_place([hidden / name for name in names], folder, hidden)
    return [folder / name for name in names]


def _make_part(part: Part, production: Production, made: Path) -> _Card:
    links = []
    for target in part.targets:
        own = made / part.folder / target.name
        own.mkdir(parents=True)
        first = target.make(production, own, Options())
        links.append((f"{part.folder}/{target.name}/{first}", target))
    poster = production.poster()
    link_or_copy(poster, made / part.folder / "poster.png")
    return _Card(part, f"{part.folder}/poster.png", links)
