"""Manim with lighter luggage: cheaper copies of mobjects, and texts that processes can share.

Both lean on Manim 0.22's inside and change no pixel (tests/rendering/test_lighter.py).
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from unittest.mock import patch

import platformdirs
import svgelements  # type: ignore[import-untyped]
from manim import ManimColor, tempconfig
from manim.mobject.text import typst_mobject
from manim.utils.typst_file_writing import typst_to_svg_file

__all__ = ["light_copies", "lighter", "own_texts"]


@contextmanager
def lighter(inside: Path | None = None) -> Iterator[None]:
    """Both, while a scene is made and played."""
    with light_copies(), own_texts(inside):
        yield


@contextmanager
def light_copies() -> Iterator[None]:
    """Copies of a mobject share its colours and the SVG path that it was read from.

    Neither changes once the mobject is there, and copying them is most of what a text's copy
    costs (every animation copies what it moves, twice).
    """

    def itself(value: Any, _memo: object) -> Any:
        return value

    with (
        patch.object(ManimColor, "__deepcopy__", itself, create=True),
        patch.object(svgelements.Path, "__deepcopy__", itself, create=True),
    ):
        yield


@contextmanager
def own_texts(inside: Path | None = None) -> Iterator[None]:
    """What Typst sets is kept for all processes, but each reads it in a folder of its own.

    That folder is made ``inside`` another one, which whoever outlives this process removes; or
    else among the system's temporary files.

    Manim writes temporary files beside a text's SVG, and the SVG itself in place, so that
    processes that share its folder now and then read half a file.
    """
    kept = Path(platformdirs.user_cache_dir("faltung")) / "texts"
    kept.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="faltung-texts-", dir=inside) as own:
        store = _Texts(typst_to_svg_file, kept, Path(own))
        with patch.object(typst_mobject, "typst_to_svg_file", store):
            yield


class _Texts:
    """Stands for Manim's ``typst_to_svg_file``."""

    def __init__(self, typeset: Callable[..., Path], kept: Path, own: Path) -> None:
        self.typeset = typeset
        self.kept = kept
        self.own = own

    def __call__(self, *args: Any, **kwargs: Any) -> Path:
        name = hashlib.sha256(repr((args, sorted(kwargs.items()))).encode()).hexdigest() + ".svg"
        mine, shared = self.own / name, self.kept / name
        if not mine.exists():
            with suppress(FileNotFoundError):
                mine.write_bytes(shared.read_bytes())
        if not mine.exists():
            with tempconfig({"media_dir": str(self.own)}):
                self.typeset(*args, **kwargs).replace(mine)
            draft = self.kept / f".{os.getpid()}-{name}"
            draft.write_bytes(mine.read_bytes())
            draft.replace(shared)
        return mine
