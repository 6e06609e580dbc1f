"""Where a command writes, in what quality, and what is ordered of the renderer."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from convmath import InputError
from convmath.errors import either
from rendering.formats import FORMATS, FormatName
from rendering.quality import Quality, quality_named
from scenes.plan import AnyPlan
from scenes.theme import ThemeName

__all__ = ["Order", "chosen_format", "chosen_quality", "writable", "writable_folder"]


@dataclass(frozen=True, slots=True)
class Order:
    """One clip that is to be made."""

    plan: AnyPlan
    path: Path
    size: Quality
    made: FormatName
    theme: ThemeName
    transparent: bool = False
    burn_captions: bool = False


def chosen_format(asked: FormatName | None, output: Path | None) -> FormatName:
    """The format asked for, which the name of the file must agree with."""
    suffix = output.suffix.lower().lstrip(".") if output is not None else ""
    if output is not None and suffix not in FORMATS:
        raise InputError(
            "this file name does not end in a known format",
            typed=str(output),
            option="--output",
            accepted=", ".join(f".{name}" for name in FORMATS),
        )
    if asked is not None and suffix and suffix != asked:
        raise InputError(
            f"--format {asked} does not fit this file name",
            typed=str(output),
            option="--output",
            accepted=f"a name that ends in .{asked}",
        )
    return asked or FORMATS[suffix or "mp4"].name


def chosen_quality(name: str, fps: int | None) -> Quality:
    """A preset, at its own frame rate or another."""
    if fps is not None and not 1 <= fps <= 240:
        raise InputError(
            f"{fps} frames a second cannot be made", option="--fps", accepted="1 to 240"
        )
    return quality_named(name, fps)


def writable(path: Path, *suffixes: str) -> Path:
    """``path``, if a file of one of these kinds can be written there."""
    if suffixes and path.suffix.lower() not in suffixes:
        raise _refused(f"this file name must end in {either(suffixes)}", path, None)
    try:
        if path.is_dir():
            raise _refused("this is a folder", path, "the name of a file")
        folder = next(parent for parent in path.absolute().parents if parent.exists())
        tempfile.TemporaryFile(dir=folder).close()
    except OSError as error:
        problem = f"this cannot be written: {error.strerror}"
        raise _refused(problem, path, "a file in a folder of yours") from None
    return path


def writable_folder(path: Path) -> Path:
    """``path``, if it is a folder that can be written to, or can become one."""
    if path.exists() and not path.is_dir():
        raise _refused("this is a file", path, "the name of a folder")
    if not path.resolve().name:
        raise _refused("this is the root of all folders", path, "a folder of yours")
    writable(path / "index.html")
    return path


def _refused(problem: str, path: Path, accepted: str | None) -> InputError:
    return InputError(problem, typed=str(path), option="--output", accepted=accepted)
