"""A lesson as a lecturer writes it, in a TOML file, and what is wrong with it, by line and key."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from convmath import InputError
from convmath.errors import suggestion
from convmath.files import is_file_name
from lectures.lesson import Lesson, Part
from lectures.material import Material
from lectures.positions import KeyPath, line_of
from lectures.specs import AnyPlan
from lectures.targets import TARGETS, target_named
from rendering.quality import PRESETS, Quality, quality_named
from scenes.catalogue import SLUGS, plan_class
from scenes.parameters import first_error
from scenes.photograph import is_picture_name
from scenes.theme import THEMES, ThemeName

__all__ = ["LARGEST", "read_lesson"]

LARGEST = 100_000
"""Bytes of a lesson's file."""


def _one_of(known: Collection[str], what: str) -> AfterValidator:
    return AfterValidator(lambda name: _checked(name, known, what))


def _checked(name: str, known: Collection[str], what: str) -> str:
    if name not in known:
        hint = suggestion(name, known)
        raise InputError(f"there is no {what} '{name[:72]}'{hint}", accepted=", ".join(known))
    return name


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
    list[Annotated[str, _one_of(TARGETS, "target")]], AfterValidator(_some)
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
    source = _read(path)
    syllabus = source.syllabus()
    size = quality_named(quality or syllabus.quality)
    ground = theme or syllabus.theme_name
    parts: list[Part] = []
    for number, entry in enumerate(syllabus.explainer, 1):
        material = _material(source, ("explainer", number - 1), entry, size, ground)
        times = sum(part.material.slug == entry.slug for part in parts) + 1
        folder = entry.slug if times == 1 else f"{entry.slug}-{times}"
        targets = tuple(map(target_named, entry.targets or syllabus.targets))
        parts.append(Part(number, material, targets, folder))
    return Lesson(syllabus.title, syllabus.author, syllabus.date, ground, tuple(parts))


def _material(
    source: _Source, at: KeyPath, entry: _Entry, size: Quality, ground: ThemeName
) -> Material:
    plan = _plan(source, at, entry)
    beats = [beat.name for beat in plan.beats]
    for name in entry.captions:
        try:
            _checked(name, beats, "beat")
        except InputError as error:
            raise source.refusal(error, [*at, "captions", name]) from None
    return Material(plan, size, ground, entry.title, entry.captions)


def _plan(source: _Source, at: KeyPath, entry: _Entry) -> AnyPlan:
    """The explainer with the parameters of the file, which may be typed with - or _."""
    plan = plan_class(entry.slug)
    model = plan.Parameters
    keys: dict[str, str] = {}
    for key in entry.parameters:
        field = key.replace("-", "_")
        try:
            _checked(field, model.model_fields, "parameter")
        except InputError as error:
            raise source.refusal(error, [*at, "parameters", key]) from None
        if field in keys:
            twice = InputError(f"this is '{keys[field]}' once more")
            raise source.refusal(twice, [*at, "parameters", key])
        keys[field] = key
    values = {field: source.beside(entry.parameters[key]) for field, key in keys.items()}
    try:
        made = plan(model(**values))
        _ = made.frames, made.beats  # whatever else is wrong with the values comes to light here
    except ValidationError as error:
        raise source.wrong_value(first_error(error, model), at, keys) from None
    except InputError as error:
        raise source.wrong_value(error, at, keys) from None
    return made


@dataclass(frozen=True)
class _Source:
    """The text of a file, to say where in it something is wrong."""

    path: Path
    text: str

    def syllabus(self) -> _Syllabus:
        """What stands in the file, in the right shape."""
        try:
            return _Syllabus.model_validate(self._values())
        except ValidationError as error:
            # A key that is not known explains why another one is missing.
            found = sorted(error.errors(), key=lambda each: each["type"] != "extra_forbidden")[0]
            path = found["loc"][:-1] if found["type"] == "missing" else found["loc"]
            raise self.refusal(_misshapen(found), path) from None

    def _values(self) -> dict[str, Any]:
        try:
            return tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            raise self._not_toml(str(error)) from None
        except RecursionError:
            raise InputError("this is nested too deeply", option=str(self.path)) from None

    def _not_toml(self, message: str) -> InputError:
        lines = self.text.split("\n")
        found = re.search(r" \(at line (\d+), column (\d+)\)$", message)
        line, column = map(int, found.groups()) if found else (len(lines), len(lines[-1]) + 1)
        typed = lines[line - 1].removesuffix("\r")
        problem = message.split(" (at ")[0]
        return InputError(
            f"this is not TOML: {problem[:1].lower()}{problem[1:]}",
            typed=typed or None,
            position=column - 1 if typed else None,
            option=f"{self.path}:{line}",
        )

    def refusal(self, error: InputError, path: KeyPath, shown: str = "") -> InputError:
        """The same error, which now says where it is."""
        line = line_of(self.text, path)
        place = f"{self.path}:{line}" if line else str(self.path)
        return InputError(
            error.problem,
            typed=error.typed,
            position=error.position,
            accepted=error.accepted,
            option=f"{place} {shown or _name_of(path)}".rstrip(),
        )

    def wrong_value(self, error: InputError, at: KeyPath, keys: Mapping[str, str]) -> InputError:
        """An error of an explainer, which names options of the command line, by its key here."""
        fields = [name.replace("-", "_") for name in re.findall(r"--([\w-]+)", error.option or "")]
        given = [keys[field] for field in fields if field in keys]
        shown = " and ".join(f"parameters.{keys.get(field, field)}" for field in fields)
        return self.refusal(error, [*at, "parameters", *given[:1]], shown)

    def beside(self, value: Any) -> Any:
        """A value of the file; where it names another file, that is beside this one."""
        if isinstance(value, str) and (is_file_name(value) or is_picture_name(value)):
            return str(self.path.parent / value.strip())
        return value


_FOLDERS = (".", "lessons")


def _read(path: Path) -> _Source:
    if not path.is_file():
        near = [str(file) for folder in _FOLDERS for file in (path.parent / folder).glob("*.toml")]
        hint = suggestion(str(path), near)
        raise InputError(
            "this is a folder" if path.is_dir() else f"there is no such file{hint}",
            option=str(path)[-72:],
            accepted="the name of a lesson's TOML file",
        )
    data = path.read_bytes()
    if len(data) > LARGEST:
        raise InputError(
            f"this file has {len(data)} bytes", option=str(path), accepted=f"at most {LARGEST}"
        )
    try:
        return _Source(path, data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(
            "this is not UTF-8", option=f"{path}:{line}", accepted="a text file in UTF-8"
        ) from None


def _name_of(path: KeyPath) -> str:
    """A key as a person finds it: ``parameters.h`` of an explainer, or the explainer itself."""
    own = path[2:] if path and path[0] == "explainer" else path
    keys = [key for key in own if isinstance(key, str)]
    if not keys:
        return "[[explainer]]" if path else ""
    return "".join(c if c.isprintable() else "?" for c in ".".join(keys))[:72]


_KINDS = {
    "string_type": "text in quotes",
    "list_type": "a list in brackets",
    "dict_type": "a table of keys and values",
    "model_type": "a table of keys and values",
}


def _misshapen(detail: ErrorDetails) -> InputError:
    """What Pydantic has found, as an error for a person."""
    kind, *_, last = detail["type"], *detail["loc"]
    cause = detail.get("ctx", {}).get("error")
    if isinstance(cause, InputError):
        return cause
    if kind == "extra_forbidden":
        return _unknown_key(detail["loc"])
    if kind == "missing":
        return InputError(f"'{last}' is missing", accepted=_EXAMPLES[str(last)])
    if last == "explainer":
        return InputError("there is no list of explainers here", accepted=_EXAMPLES["explainer"])
    typed = None if isinstance(detail["input"], dict) else str(detail["input"])
    accepted = _KINDS.get(kind, detail["msg"])
    return InputError(f"this is not {accepted}", typed=typed, accepted=accepted)


_EXAMPLES = {
    "title": 'title = "Signals and systems"',
    "slug": f'slug = "..." with one of {", ".join(SLUGS)}',
    "explainer": '[[explainer]] with two brackets, and below it slug = "flip-and-shift"',
}


def _unknown_key(path: KeyPath) -> InputError:
    """Not known where it stands; often it belongs elsewhere."""
    key, top = str(path[-1]), len(path) == 1
    here, elsewhere = (_Syllabus, _Entry) if top else (_Entry, _Syllabus)
    hint = suggestion(key, here.model_fields)
    if key in elsewhere.model_fields:
        hint = ": it belongs below an [[explainer]]" if top else ": it belongs above [[explainer]]"
    return InputError(
        f"there is no key '{key[:72]}' here{hint}", accepted=", ".join(here.model_fields)
    )
