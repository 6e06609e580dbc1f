"""A TOML file as a person wrote it, and what is wrong with it, by line and key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from convmath import InputError
from convmath.errors import suggestion
from convmath.files import is_file_name
from lectures.positions import KeyPath, line_of
from scenes.parameters import Parameters, option_names
from scenes.photograph import is_picture_name

__all__ = ["LARGEST", "TomlFile", "known", "read_toml"]

LARGEST = 100_000  # bytes
_DEEPEST = 20  # tables and lists inside one another
_FOLDERS = (".", "lessons")  # where a file may be whose name was nearly typed


@dataclass(frozen=True)
class TomlFile:
    """A file that could be read.

    Attributes
    ----------
    text
        The whole file, to say where in it something is wrong.
    values
        What it says.
    """

    path: Path
    text: str
    values: dict[str, Any]

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

    def fields(
        self, model: type[Parameters], table: Mapping[str, Any], at: KeyPath = ()
    ) -> dict[str, str]:
        """The parameters that a table of the file has, each with its key, typed with - or _."""
        keys: dict[str, str] = {}
        for key in table:
            try:
                known(key.replace("_", "-"), option_names(model), "parameter", key)
            except InputError as error:
                raise self.refusal(error, [*at, key]) from None
            field = key.replace("-", "_")
            if field in keys:
                twice = InputError(f"this is '{keys[field]}' once more")
                raise self.refusal(twice, [*at, key])
            keys[field] = key
        return keys

    def beside(self, value: Any) -> Any:
        """A value of the file; where it names another file, that is beside this one."""
        if isinstance(value, str) and (is_file_name(value) or is_picture_name(value)):
            return str(self.path.parent / value.strip())
        return value


def known(name: str, names: Collection[str], what: str, typed: str = "") -> str:
    """``name``, if it is one of ``names``."""
    if name not in names:
        hint = suggestion(name, names)
        raise InputError(
            f"there is no {what} '{(typed or name)[:72]}'{hint}", accepted=", ".join(names)
        )
    return name


def read_toml(path: Path) -> TomlFile:
    """Read a file of up to `LARGEST` bytes.

    Raises
    ------
    InputError
        If it cannot be read, or is not TOML. Names the file and the line.
    """
    data = _bytes_of(path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(
            "this is not UTF-8", option=f"{path}:{line}", accepted="a text file in UTF-8"
        ) from None
    return TomlFile(path, text, _values(text, path))


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)  # no more, whatever kind of file it is
    except OSError as error:
        raise _unreadable(path, error) from None
    if len(data) > LARGEST:
        raise InputError(
            "this file is too long", option=str(path), accepted=f"at most {LARGEST} bytes"
        )
    return data


def _unreadable(path: Path, error: OSError) -> InputError:
    problem = f"this file cannot be read: {error.strerror}"
    if isinstance(error, IsADirectoryError):
        problem = "this is a folder"
    elif isinstance(error, FileNotFoundError):
        near = [str(file) for folder in _FOLDERS for file in (path.parent / folder).glob("*.toml")]
        problem = f"there is no such file{suggestion(str(path), near)}"
    return InputError(problem, option=str(path)[-72:], accepted="the name of a TOML file")


def _values(text: str, path: Path) -> dict[str, Any]:
    try:
        values = tomllib.loads(text)
        too_deep = _depth(values) > _DEEPEST
    except tomllib.TOMLDecodeError as error:
        raise _not_toml(text, path, str(error)) from None
    except RecursionError:
        too_deep = True
    except ValueError:  # Python does not read whole numbers of more than some 4000 digits
        raise InputError(
            "a number in this file has too many digits", option=str(path), accepted="shorter ones"
        ) from None
    if too_deep:
        raise InputError(
            "this is nested too deeply", option=str(path), accepted=f"at most {_DEEPEST} levels"
        )
    return values


def _depth(value: Any) -> int:
    inside = value.values() if isinstance(value, dict) else value
    return 1 + max(map(_depth, inside), default=0) if isinstance(value, dict | list) else 0


def _not_toml(text: str, path: Path, message: str) -> InputError:
    lines = text.split("\n")
    found = re.search(r" \(at line (\d+), column (\d+)\)$", message)
    line, column = map(int, found.groups()) if found else (len(lines), len(lines[-1]) + 1)
    typed = lines[line - 1].removesuffix("\r")
    problem = message.split(" (at ")[0]
    return InputError(
        f"this is not TOML: {problem[:1].lower()}{problem[1:]}",
        typed=typed or None,
        position=column - 1 if typed else None,
        option=f"{path}:{line}",
    )


def _name_of(path: KeyPath) -> str:
    """A key as a person finds it: ``parameters.h`` of an explainer, or the explainer itself."""
    own = path[2:] if path and path[0] == "explainer" else path
    keys = [key for key in own if isinstance(key, str)]
    if not keys:
        return "[[explainer]]" if path else ""
    return "".join(c if c.isprintable() else "?" for c in ".".join(keys))[:72]
