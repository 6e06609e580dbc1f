"""A lesson as a lecturer writes it, in a TOML file, and what is wrong with it, by line and key."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Annotated, Any, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from convmath import InputError
from convmath.errors import suggestion
from lectures.lesson import Lesson, Part
from lectures.material import Material
from lectures.positions import KeyPath
from lectures.targets import TARGETS, target_named
from lectures.toml_file import TomlFile, known, read_toml
from rendering.quality import PRESETS, quality_named
from scenes.catalogue import SLUGS, plan_class
from scenes.parameters import first_error, misfit
from scenes.plan import AnyPlan
from scenes.theme import THEMES, ThemeName

__all__ = ["read_lesson"]


def _one_of(names: Collection[str], what: str) -> AfterValidator:
    return AfterValidator(lambda name: known(name, names, what))


def _prose(text: str) -> str:
    """Text without the line breaks of the file that it stands in."""
    if not text.split():
        raise InputError("this is empty", accepted="some words")
    return " ".join(text.split())


def _day(day: Any) -> str:
    if isinstance(day, dt.date):
        return f"{day.day} {day:%B %Y}"
    if isinstance(day, str):
        return _prose(day)
    raise InputError("this is no date", typed=str(day), accepted='2027-04-12 or "week 3"')


def _some(names: list[str]) -> list[str]:
    if not names:
        raise InputError("this is empty", accepted=", ".join(TARGETS))
    return list(dict.fromkeys(names))


_Prose: TypeAlias = Annotated[str, AfterValidator(_prose)]
_Targets: TypeAlias = Annotated[
    list[Annotated[str, AfterValidator(lambda name: target_named(name).name)]],
    AfterValidator(_some),
]


class _Entry(BaseModel):
    """One ``[[explainer]]`` of the file."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    slug: Annotated[str, _one_of(SLUGS, "explainer")]
    title: _Prose = ""
    targets: _Targets | None = None
    parameters: dict[str, Any] = {}
    captions: dict[str, _Prose] = {}


class _Syllabus(BaseModel):
    """The whole file."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    title: _Prose
    author: _Prose = ""
    date: Annotated[Any, AfterValidator(_day)] = ""
    theme: Annotated[str, _one_of(THEMES, "theme")] = "dark"
    quality: Annotated[str, _one_of(PRESETS, "quality")] = "high"
    targets: _Targets = ["html"]
    burn_captions: Annotated[bool, Field(alias="burn-captions")] = False
    explainer: Annotated[list[_Entry], Field(min_length=1)]

    @property
    def theme_name(self) -> ThemeName:
        """The theme, which has been checked."""
        return next(name for name in THEMES if name == self.theme)


def read_lesson(
    path: Path, *, quality: str | None = None, theme: ThemeName | None = None
) -> Lesson:
    """A lesson, with all of its frames and beats made, so that nothing of it is wrong any more.

    Names of data files and pictures in it are relative to its own folder.

    Parameters
    ----------
    quality, theme
        Instead of the file's own.

    Raises
    ------
    InputError
        If the file cannot be read or used. Names the file, the line and the key.
    """
    source = read_toml(path)
    syllabus = _syllabus(source)
    size = quality_named(quality or syllabus.quality)
    ground = theme or syllabus.theme_name
    parts: list[Part] = []
    for number, entry in enumerate(syllabus.explainer, 1):
        plan = _plan(source, ("explainer", number - 1), entry)
        words = entry.title, entry.captions
        material = Material(plan, size, ground, *words, burn_captions=syllabus.burn_captions)
        times = sum(part.material.slug == entry.slug for part in parts) + 1
        folder = entry.slug if times == 1 else f"{entry.slug}-{times}"
        targets = tuple(map(target_named, entry.targets or syllabus.targets))
        parts.append(Part(number, material, targets, folder))
    return Lesson(syllabus.title, syllabus.author, syllabus.date, ground, tuple(parts))


def _plan(source: TomlFile, at: KeyPath, entry: _Entry) -> AnyPlan:
    """The explainer with the parameters of the file, if all that it says of it is right."""
    plan = plan_class(entry.slug)
    keys = source.fields(plan.Parameters, entry.parameters, [*at, "parameters"])
    values = {field: source.beside(entry.parameters[key]) for field, key in keys.items()}
    try:
        made = plan(plan.Parameters(**values))
        _ = made.frames, made.beats  # whatever else is wrong with the values comes to light here
    except ValidationError as error:
        raise _wrong_value(source, first_error(error, plan.Parameters), at, keys) from None
    except InputError as error:
        raise _wrong_value(source, error, at, keys) from None
    beats = [beat.name for beat in made.beats]
    for name in entry.captions:
        try:
            known(name, beats, "beat")
        except InputError as error:
            raise source.refusal(error, [*at, "captions", name]) from None
    return made


def _wrong_value(
    source: TomlFile, error: InputError, at: KeyPath, keys: Mapping[str, str]
) -> InputError:
    """An error of an explainer, which names options of the command line, by its key here."""
    fields = [name.replace("-", "_") for name in re.findall(r"--([\w-]+)", error.option or "")]
    given = [keys[field] for field in fields if field in keys]
    shown = " and ".join(f"parameters.{keys.get(field, field)}" for field in fields)
    return source.refusal(error, [*at, "parameters", *given[:1]], shown)


def _syllabus(source: TomlFile) -> _Syllabus:
    """What stands in the file, in the right shape."""
    try:
        return _Syllabus.model_validate(source.values)
    except ValidationError as error:
        # A key that is not known explains why another one is missing.
        found = sorted(error.errors(), key=lambda each: each["type"] != "extra_forbidden")[0]
        path = found["loc"][:-1] if found["type"] == "missing" else found["loc"]
        raise source.refusal(_misshapen(found), path) from None


def _misshapen(detail: ErrorDetails) -> InputError:
    """What Pydantic has found, as an error for a person."""
    kind, *_, last = detail["type"], *detail["loc"]
    if kind == "extra_forbidden":
        return _unknown_key(detail["loc"])
    if kind == "missing":
        return InputError(f"'{last}' is missing", accepted=_EXAMPLES[str(last)])
    if last == "explainer":
        return InputError("there is no list of explainers here", accepted=_EXAMPLES["explainer"])
    return misfit(detail)


_EXAMPLES = {
    "title": 'title = "Signals and systems"',
    "slug": f'slug = "..." with one of {", ".join(SLUGS)}',
    "explainer": '[[explainer]] with two brackets, and below it slug = "flip-and-shift"',
}


def _unknown_key(path: KeyPath) -> InputError:
    """Not known where it stands; often it belongs elsewhere."""
    key, top = str(path[-1]), len(path) == 1
    models = (_Syllabus, _Entry) if top else (_Entry, _Syllabus)
    here, elsewhere = (_keys(model) for model in models)
    hint = suggestion(key, here)
    if key in elsewhere:
        hint = ": it belongs below an [[explainer]]" if top else ": it belongs above [[explainer]]"
    return InputError(f"there is no key '{key[:72]}' here{hint}", accepted=", ".join(here))


def _keys(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]
