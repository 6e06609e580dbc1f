"""Sets each line of Typst markup once: its outlines are remembered, and kept in a `TypeCase`.

Manim takes some 25 ms for a line, which it compiles to an SVG file and parses, and a scene has a
hundred of them; to read the outlines of one takes 0.1 ms.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from manim import BLACK, Typst, VMobject, config

from scenes.kit import typecase
from scenes.kit.typecase import Glyph, Line, TypeCase

__all__ = ["compose", "pixels_per_unit"]

_SETTERS = ("manim", "typst", "svgelements", "numpy", "fontpkg-fira-sans")
_SOURCES = (Path(__file__), Path(typecase.__file__))

# A speck that stands on the baseline, to find the baseline by; it is taken off again.
_SPECK = "#box(width: 0.1pt, height: 0.1pt, fill: black)"

_lines: dict[str, Line] = {}


def compose(markup: str, size: float) -> Line:
    """A line of Typst markup as outlines, at ``size`` points, black where it has no other ink."""
    key = _key(markup, size)
    if key not in _lines:
        case = _case()
        line = case.get(key)
        if line is None:
            line = _set(markup, size)
            case.put(key, line)
        _lines[key] = line
    return _lines[key]


def pixels_per_unit() -> float:
    """Of the picture; Manim scales the strokes of Typst's rules by it."""
    return float(config.pixel_width / config.frame_width)


def _key(markup: str, size: float) -> str:
    return hashlib.sha256(json.dumps([_setters(), markup, size]).encode()).hexdigest()


@cache
def _setters() -> str:
    """A hash of all the code and the fonts by which a line is set."""
    versions = [version(name) for name in _SETTERS]
    sources = [hashlib.sha256(path.read_bytes()).hexdigest() for path in _SOURCES]
    return hashlib.sha256(json.dumps([versions, sources]).encode()).hexdigest()


@cache
def _case() -> TypeCase:
    return TypeCase()


@cache
def _font_folder() -> str:
    import fontpkg  # takes longer than all lines that are kept

    return str(Path(fontpkg.path("Fira Sans")).parent)


def _set(markup: str, size: float) -> Line:
    """As Manim sets it."""
    with TemporaryDirectory(prefix="faltung-") as folder, _typst_folder(folder):
        text = Typst(
            _SPECK + markup,
            font_size=size,
            color=BLACK,
            font_paths=[_font_folder()],
            use_svg_cache=False,
        )
    speck = text.submobjects[0]
    standing = float(speck.get_bottom()[1])
    text.remove(speck)
    rise = (standing - float(text.get_bottom()[1])) / float(text.height)
    return Line(tuple(map(_glyph, text.submobjects)), float(text.initial_height), rise)


@contextmanager
def _typst_folder(folder: str) -> Iterator[None]:
    """Where Manim writes the SVG meanwhile; `manim.tempconfig` takes 9 ms."""
    before = config["tex_dir"]
    config["tex_dir"] = folder
    try:
        yield
    finally:
        config["tex_dir"] = before


def _glyph(shape: VMobject) -> Glyph:
    (fill,), (stroke,) = shape.fill_rgbas.tolist(), shape.stroke_rgbas.tolist()
    side = max(float(shape.width), float(shape.height))
    weight = float(shape.get_stroke_width()) / (side * pixels_per_unit()) if side else 0.0
    points = np.array(shape.points, order="C")
    return Glyph(points, tuple(fill), tuple(stroke), weight, plain=shape.color == BLACK)
