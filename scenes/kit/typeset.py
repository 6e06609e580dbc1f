"""Words, formulas and changing numbers, all set by Typst: no LaTeX and no fonts of the system."""

from __future__ import annotations

import json
from collections.abc import Sequence
from copy import copy
from functools import cache, lru_cache
from typing import Any, Self

import numpy as np
from manim import LEFT, ORIGIN, RIGHT, ManimColor, VMobject

from convmath.arrays import FloatArray
from scenes.kit.compositor import compose, pixels_per_unit
from scenes.kit.typecase import Glyph
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
    "Outline",
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


def em(size: float) -> float:
    """Height of one em, in scene units, of type of ``size`` points."""
    return size * _TYPST_POINTS * _UNITS_PER_POINT


class Text(VMobject):
    """One line of type that knows its baseline.

    Attributes
    ----------
    content
        What is written, for the layout report.
    size
        Type size in points.
    initial_height
        Of the line before it was scaled to its size.
    """

    def __init__(self, markup: str, *, content: str, size: float, colour: str) -> None:
        super().__init__(fill_color=colour, fill_opacity=1.0, stroke_width=0.0)
        line = compose(markup, size)
        self.size = size
        self.content = content
        self.initial_height = line.initial_height
        self._rise = line.rise
        ink = np.asarray(ManimColor(colour).to_rgb(), dtype=np.float64)
        self.submobjects = [Outline.of(glyph, ink) for glyph in line.glyphs]
        self._weigh()

    def scale(self, scale_factor: float, *args: Any, **kwargs: Any) -> Self:
        """As Manim does it; rules, such as the bar of a fraction, keep their proportion."""
        super().scale(scale_factor, *args, **kwargs)
        self._weigh()
        return self

    def length_over_dim(self, dim: int) -> float:
        """Width or height, as Manim measures it, in a tenth of the time."""
        along = self._points()[:, dim]
        return float(along.max() - along.min()) if len(along) else 0.0

    def get_points_defining_boundary(self) -> FloatArray:
        """The ends of all curves (n, 3), as Manim finds them."""
        if any(len(mobject.points) % 4 for mobject in self.get_family()):
            return np.asarray(super().get_points_defining_boundary())
        curves = self._points().reshape(-1, 4, 3)
        return curves[:, [0, 3]].reshape(-1, 3)

    def _points(self) -> FloatArray:
        return np.concatenate([mobject.points for mobject in self.get_family()])

    def _weigh(self) -> None:
        for outline in self.submobjects:
            if isinstance(outline, Outline) and outline.weight:
                side = max(outline.width, outline.height)
                outline.set_stroke(width=outline.weight * side * pixels_per_unit())

    @property
    def baseline(self) -> float:
        """Height of the line that the glyphs stand on, in scene units."""
        return float(self.get_bottom()[1] + self._rise * self.height)


class Outline(VMobject):
    """One glyph or rule of a text.

    Attributes
    ----------
    weight
        See `scenes.kit.typecase.Glyph`.
    """

    weight = 0.0

    @classmethod
    def of(cls, glyph: Glyph, ink: FloatArray) -> Outline:
        """A glyph, with red, green and blue of ``ink`` unless it has an ink of its own."""
        fill, stroke = np.array([glyph.fill]), np.array([glyph.stroke])
        if glyph.plain:
            fill[:, :3] = stroke[:, :3] = ink
        outline = copy(_blank())
        outline.__dict__.update(
            submobjects=[],
            updaters=[],
            points=glyph.points.copy(),
            fill_rgbas=fill,
            fill_opacity=glyph.fill[3],
            stroke_rgbas=stroke,
            stroke_opacity=glyph.stroke[3],
            background_stroke_rgbas=outline.background_stroke_rgbas.copy(),
            weight=glyph.weight,
        )
        return outline


@cache
def _blank() -> Outline:
    """What all outlines have in common: to make one takes Manim as long as ten copies."""
    return Outline(stroke_width=0.0)


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
    side = {"left": LEFT, "centre": ORIGIN, "right": RIGHT}[align]
    edge = text.get_critical_point(side)[0]
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
