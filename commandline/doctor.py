"""``doctor``: what is installed, what is missing, what to type."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

__all__ = ["doctor"]

_SETUP = "make setup"


def doctor() -> int:
    """Look for everything that rendering needs, and say what to type for what is missing."""
    checks: dict[str, Callable[[], str]] = {
        "Python 3.11 or newer": _python,
        "NumPy": lambda: _imported("numpy"),
        "SciPy": lambda: _imported("scipy"),
        "Manim 0.22": _manim,
        "Typst": lambda: _imported("typst"),
        "font Fira Sans": _font,
        "PyAV": lambda: _imported("av"),
        "H.264 encoder": lambda: _codec("libx264"),
        "VP9 encoder": lambda: _codec("libvpx-vp9"),
        "media/ is writable": _writable,
    }
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("", "what", "found"):
        table.add_column(column)
    missing = 0
    for what, check in checks.items():
        try:
            table.add_row(Text("ok", style="green"), what, check())
        except Exception as error:  # any failure of a package to load is what is asked for here
            missing += 1
            table.add_row(Text("missing", style="red"), what, f"{error} (type: {_SETUP})")
    table.add_row("", "cores", str(os.cpu_count()))
    Console(highlight=False, markup=False).print(table)
    return 1 if missing else 0


def _python() -> str:
    if sys.version_info < (3, 11):  # noqa: UP036 - the doctor may be asked by any Python
        raise RuntimeError(f"this is {platform.python_version()}")
    return platform.python_version()


def _imported(package: str) -> str:
    try:
        import_module(package)
        return version(package)
    except PackageNotFoundError:
        raise RuntimeError("not installed") from None


def _manim() -> str:
    found = _imported("manim")
    if not found.startswith("0.22."):
        raise RuntimeError(f"this is {found}")
    return found


def _font() -> str:
    fontpkg = import_module("fontpkg")
    return Path(fontpkg.path("Fira Sans")).name


def _codec(name: str) -> str:
    import_module("av").codec.Codec(name, "w")
    return name


def _writable() -> str:
    folder = Path("media")
    nearest = folder if folder.is_dir() else folder.resolve().parent
    if not os.access(nearest, os.W_OK):
        raise RuntimeError(f"{nearest} cannot be written to")
    return str(folder)
