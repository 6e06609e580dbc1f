"""Words, formulas and changing numbers, all set by Typst: no LaTeX and no fonts of the system."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

import fontpkg
import numpy as np
from manim import Typst, VMobject

from convmath.arrays import FloatArray
from scenes.numerals import number

__all__ = [
    "BODY",
    "HEADING",
    "LABEL",
    "SMALL",
    "Formula",
    "Glyphs",
    "Number",
    "Numbers",
    "Stamp",
    "Text",
    "Words",
    "coloured",
    "em",
    "fitted",
    "haloed",
    "resized",
    "stand",
    "width_in_ems",
]

# Type sizes in points as Manim counts them; 27 pt is 38 pixels of type at 1080p.
HEADING = 44.0
BODY = 32.0
LABEL = 34.0
SMALL = 27.0

_TYPST_POINTS = 10.0  # Manim compiles Typst at this size ...
_UNITS_PER_POINT = 1 / 960  # ... and scales it by font_size times this

# A speck that stands on the baseline, to find the baseline by; it is taken off again.
_SPECK = "#box(width: 0.1pt, height: 0.1pt, fill: black)"


def em(size: float) -> float:
    """Height of one em, in scene units, of type of ``size`` points."""
    return size * _TYPST_POINTS * _UNITS_PER_POINT


@cache
def _font_folder() -> str:
    return str(Path(fontpkg.path("Fira Sans")).parent)


class Text(Typst):
    """One line of type that knows its baseline.

    Attributes
    ----------
    content
        What is written, for the layout report.
    size
        Type size in points.
    """

    def __init__(self, markup: str, *, content: str, size: float, colour: str) -> None:
        self.size = size
        self.content = content
        super().__init__(_SPECK + markup, font_size=size, color=colour, font_paths=[_font_folder()])
        # Taken from its cache, Manim's Typst has lost sight of the strokes to keep in proportion.
        parts = [m for m in self.submobjects if hasattr(m, "_typst_source_stroke_width")]
        self._stroke_width_tracked_submobjects = parts
        self._refresh_svg_stroke_widths()
        speck = self.submobjects[0]
        standing = float(speck.get_bottom()[1])
        self.remove(speck)
        # Manim keeps these for selecting parts and copies them whenever it copies the text.
        self.id_to_vgroup_dict = {}
        for glyph in self.submobjects:
            glyph.__dict__.pop("path_obj", None)
        self._rise = (standing - float(self.get_bottom()[1])) / float(self.height)

    @property
    def baseline(self) -> float:
        """Height of the line that the glyphs stand on, in scene units."""
        return float(self.get_bottom()[1] + self._rise * self.height)


class Words(Text):
    """A line of plain words in Fira Sans. Nothing in ``text`` is taken for markup."""

    def __init__(
        self, text: str, *, size: float = BODY, colour: str, weight: str = "regular"
    ) -> None:
        style = f'font: "Fira Sans", weight: "{weight}", number-width: "tabular"'
        literal = json.dumps(text, ensure_ascii=False)
        super().__init__(f"#text({style}, {literal})", content=text, size=size, colour=colour)


class Formula(Text):
    """A line of Typst mathematics. Parts may be `coloured`."""

    def __init__(self, math: str, *, size: float = LABEL, colour: str) -> None:
        super().__init__(f"$display({math})$", content=math, size=size, colour=colour)


def coloured(math: str, colour: str) -> str:
    """A part of a `Formula` in a colour of its own."""
    return f'text(fill: #rgb("{colour}"), {math})'


def fitted(text: Text, width: float) -> Text:
    """Scale ``text`` down, where it is wider than ``width``; returns it."""
    return resized(text, min(1.0, width / float(text.width)))


def resized(text: Text, factor: float) -> Text:
    """Scale ``text``; returns it."""
    if factor != 1.0:
        text.size *= factor
        text.scale(factor)
    return text


def haloed(text: Text, ground: str) -> Text:
    """Let a text of one colour stand out from lines behind it, by a rim like the ground.

    The glyphs become one mobject, so that the rim of one does not cover its neighbour.
    """
    glyphs = [m for m in text.get_family() if isinstance(m, VMobject) and len(m.points)]
    whole = VMobject().match_style(glyphs[0])
    whole.points = np.concatenate([glyph.points for glyph in glyphs])
    whole.set_stroke(ground, width=8.0, background=True)
    text.submobjects = [whole]
    return text


def stand(text: Text, x: float, y: float, *, align: str = "left") -> Text:
    """Put ``text`` on the baseline ``y``, starting, centred or ending at ``x``; returns it."""
    edge = {
        "left": text.get_left()[0],
        "centre": text.get_center()[0],
        "right": text.get_right()[0],
    }[align]
    text.shift((x - edge, y - text.baseline, 0.0))
    return text


class Stamp:
    """Puts the shape that a mobject has now wherever its anchor is to lie.

    Cheaper than Manim's moves, which first measure where a mobject is; and the outcome depends on
    the place alone, not on the places before it.
    """

    def __init__(self, mobject: VMobject, anchor: FloatArray) -> None:
        inked = [m for m in mobject.get_family() if isinstance(m, VMobject) and len(m.points)]
        self._shapes = [(m, m.points - anchor) for m in inked]

    def put(self, place: FloatArray) -> None:
        """Move the mobject so that its anchor lies at ``place`` (3,)."""
        for mobject, shape in self._shapes:
            mobject.points = shape + place


_DIGIT = 0.5  # advance width of a digit of New Computer Modern, in ems


@cache
def _glyph(character: str) -> tuple[FloatArray, float]:
    """Outline (n, 3) of one glyph and its advance width, per em, standing on y = 0 from x = 0."""
    # The zeros on both sides hold the glyph's own side bearings.
    line = Formula(f'"0{character}0"', size=LABEL, colour="#000000")
    first, shape, last = line.submobjects
    both = float(last.get_left()[0] - first.get_left()[0])
    origin = np.array([first.get_left()[0], line.baseline, 0.0])
    unit = em(LABEL)
    advance = _DIGIT if character.isdigit() else both / unit - _DIGIT
    return (shape.points - origin) / unit - [_DIGIT, 0.0, 0.0], advance


@lru_cache(maxsize=4096)
def _line(content: str) -> tuple[FloatArray, float]:
    """Outlines (n, 3) of a row of glyphs and its width, per em, on y = 0 from x = 0."""
    glyphs = [_glyph(character) for character in content]
    pen = np.cumsum([0.0, *(advance for _, advance in glyphs)])
    outlines = [outline + [x, 0.0, 0.0] for (outline, _), x in zip(glyphs, pen[:-1], strict=True)]
    return np.concatenate([np.zeros((0, 3)), *outlines]), float(pen[-1])


def width_in_ems(content: str) -> float:
    """How wide a number is that is made of `Glyphs`."""
    return _line(content)[1]


class Glyphs(VMobject):
    """Text that changes, of glyphs that were typeset once: one mobject in one colour.

    Attributes
    ----------
    content
        What is written, for the layout report.
    size
        Type size in points.
    height_as_drawn
        In scene units, before anything was done to it.
    """

    def __init__(self, *, size: float, colour: str) -> None:
        super().__init__(fill_color=colour, fill_opacity=1.0, stroke_width=0.0)
        self.size = size
        self.content = ""
        self.height_as_drawn = 0.0

    def _write(self, content: str, outlines: FloatArray) -> None:
        self.content = content
        self.points = outlines
        self.height_as_drawn = float(np.ptp(outlines[:, 1])) if len(outlines) else 0.0


class Number(Glyphs):
    """A number that changes, on a baseline.

    Parameters
    ----------
    align
        Whether the text starts (``"left"``), is centred (``"centre"``) or ends (``"right"``) at
        the point that `draw` is given.
    """

    def __init__(
        self, *, size: float = LABEL, colour: str, decimals: int = 2, align: str = "left"
    ) -> None:
        super().__init__(size=size, colour=colour)
        self.decimals = decimals
        self.align = align

    def draw(self, value: float, x: float, y: float) -> Number:
        """Write ``value`` on the baseline ``y`` at ``x``; returns self."""
        content = number(value, self.decimals)
        outlines, width = _line(content)
        start = {"left": 0.0, "centre": width / 2, "right": width}[self.align]
        self._write(content, (outlines - [start, 0.0, 0.0]) * em(self.size) + [x, y, 0.0])
        return self


class Numbers(Glyphs):
    """Many numbers in one colour, each centred on a place: one mobject."""

    def draw(self, contents: Sequence[str], places: FloatArray) -> Numbers:
        """Write these at these places (n, 3) instead; returns self."""
        rise = float(_glyph("0")[0][:, 1].max()) / 2  # half the height of a digit
        outlines = [np.zeros((0, 3))]
        for content, place in zip(contents, places, strict=True):
            outline, width = _line(content)
            outlines.append((outline - [width / 2, rise, 0.0]) * em(self.size) + place)
        self._write(" ".join(contents), np.concatenate(outlines))
        return self
