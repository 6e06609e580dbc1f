"""What is wrong with the text of a picture: where it lies, how large it is, what it stands on.

Lengths are scene units: 135 pixels at 1080p. What is measured is the picture as it stands, so text
that is half faded in counts with its half contrast, and text that was scaled with its new size.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any, Literal

import numpy as np
from manim import ManimColor, VMobject, config
from manim.constants import SCALE_FACTOR_PER_FONT_POINT
from numpy.typing import NDArray

from convmath.arrays import FloatArray
from scenes.kit.explainer import Explainer
from scenes.kit.frame import SAFE_X, SAFE_Y
from scenes.kit.palette import contrast
from scenes.kit.typeset import Glyphs, Text, em

__all__ = ["Kind", "Problem", "contrast", "problems", "subpaths"]

Kind = Literal[
    "clipped by the picture",
    "clipped by a halo",
    "outside the safe area",
    "overlapping text",
    "too small",
    "low contrast",
    "text on a line",
]

LEAST_PIXELS = 20.0  # height of an em at 1080p
LEAST_CONTRAST = 4.5  # WCAG 2.2, criterion 1.4.3

_PIXELS_PER_UNIT = 1080 / 8
_HALF_WIDTH = 0.005  # of a stroke of width 1, as Manim's Cairo camera draws it
_VISIBLE = 0.05  # opacity
_OPAQUE = 0.99
_EDGE_SLACK = 0.005  # less than a pixel at 1080p
_OVERLAP_SLACK = 0.02  # boxes of italics lean into each other; their ink does not
_HALO_SLACK = 0.005
_LINE_LENGTH = 0.06  # of a line inside glyphs, from which on it is in the way
_LINE_CONTRAST = 2.0  # to the ground; fainter lines, like the rules of a chart, may pass
_LINE_STEP = 0.01


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that a viewer could not read well.

    Attributes
    ----------
    kind
        What is wrong.
    text
        The text that it is wrong with, as it was written.
    detail
        How wrong, in numbers, and beside what.
    """

    kind: Kind
    text: str
    detail: str

    def __str__(self) -> str:
        return f"{self.kind}: '{self.text}', {self.detail}"


def problems(scene: Explainer[Any]) -> tuple[Problem, ...]:
    """What is wrong with the text that is on screen now."""
    picture = _Picture(scene)
    return tuple(problem for check in _CHECKS for problem in check(picture))


class _Line:
    """One text on screen.

    Attributes
    ----------
    glyphs
        The mobjects that are drawn.
    boxes
        Of each closed outline: left, bottom, right, top, (n, 4).
    """

    def __init__(self, text: Text | Glyphs, glyphs: Sequence[VMobject]) -> None:
        self.text = text
        self.glyphs = glyphs
        self.boxes = np.array([_box(path) for glyph in glyphs for path in subpaths(glyph)])

    @property
    def name(self) -> str:
        """As written, but for its inks."""
        return re.sub(r'text\(fill: #rgb\("#\w+"\), |inline\(', "(", self.text.content)

    @cached_property
    def box(self) -> FloatArray:
        """Left, bottom, right, top of the whole line."""
        return np.concatenate([self.boxes[:, :2].min(axis=0), self.boxes[:, 2:].max(axis=0)])

    @property
    def size(self) -> float:
        """In points, measured."""
        if isinstance(self.text, Glyphs):
            return float(self.text.size * self.text.height / self.text.height_as_drawn)
        # Typst's box reaches down to the baseline even if no glyph does.
        levels = (self.box[1], self.box[3], self.text.baseline)
        span = max(levels) - min(levels)
        return float(span / self.text.initial_height / SCALE_FACTOR_PER_FONT_POINT)


class _Picture:
    """What is on screen, from back to front."""

    def __init__(self, scene: Explainer[Any]) -> None:
        family = list(dict.fromkeys(scene.get_mobject_family_members()))
        drawn = [m for m in family if isinstance(m, VMobject) and len(m.points) and _shows(m)]
        texts = [m for m in family if isinstance(m, (Text, Glyphs))]
        parts = [{id(part) for part in text.get_family()} for text in texts]
        glyphs = [[m for m in drawn if id(m) in part] for part in parts]
        self.depth = {id(m): k for k, m in enumerate(drawn)}
        of_text = set().union(*parts)
        self.others = [m for m in drawn if id(m) not in of_text]
        self.lines = [_Line(text, own) for text, own in zip(texts, glyphs, strict=True) if own]
        self.ground = _rgb(ManimColor(scene.theme.ground))
        self.half = np.array([config.frame_width, config.frame_height]) / 2

    def behind(self, one: VMobject, other: VMobject) -> bool:
        """Whether ``one`` is drawn before ``other``."""
        return self.depth[id(one)] < self.depth[id(other)]


def _shows(mobject: VMobject) -> bool:
    return bool(mobject.get_fill_opacity() > _VISIBLE) or _has_stroke(mobject)


def _has_stroke(mobject: VMobject, background: bool = False) -> bool:
    wide = mobject.get_stroke_width(background) > 0
    return bool(wide and mobject.get_stroke_opacity(background) > _VISIBLE)


def _rgb(colour: ManimColor | None) -> FloatArray:
    assert colour is not None
    return np.array(colour.to_rgb(), dtype=np.float64)


def _box(points: FloatArray) -> FloatArray:
    return np.concatenate([points[:, :2].min(axis=0), points[:, :2].max(axis=0)])


def subpaths(mobject: VMobject) -> list[FloatArray]:
    """The outlines of whole curves, as `VMobject.get_subpaths` finds them, ten times as fast."""
    curves = np.asarray(mobject.points).reshape(-1, 4, 3)
    slack = mobject.tolerance_for_point_equality
    goes_on = np.isclose(curves[:-1, 3], curves[1:, 0], atol=slack).all(axis=1)
    return [
        part.reshape(-1, 3) for part in np.split(curves, np.flatnonzero(~goes_on) + 1) if len(part)
    ]


def _meet(boxes: FloatArray, box: FloatArray) -> FloatArray:
    """Width and height (n, 2) of what boxes (n, 4) have in common with a box; negative if apart."""
    return np.minimum(boxes[:, 2:], box[2:]) - np.maximum(boxes[:, :2], box[:2])


def _outside(picture: _Picture) -> Iterator[Problem]:
    for line in picture.lines:
        if cut := _beyond(line.box, picture.half):
            yield Problem("clipped by the picture", line.name, cut)
        elif past := _beyond(line.box, np.array([SAFE_X, SAFE_Y])):
            yield Problem("outside the safe area", line.name, past)


def _beyond(box: FloatArray, half: FloatArray) -> str:
    """By how much a box leaves the rectangle of this half width and height; empty if nowhere."""
    excess = np.concatenate([-half - box[:2], box[2:] - half])
    sides = zip(excess, ("left", "bottom", "right", "top"), strict=True)
    return ", ".join(f"{by:.2f} past the {side}" for by, side in sides if by > _EDGE_SLACK)


def _overlapping(picture: _Picture) -> Iterator[Problem]:
    for one, other in combinations(picture.lines, 2):
        if _meet(one.box[None], other.box).min() <= _OVERLAP_SLACK:
            continue
        common = np.concatenate([_meet(one.boxes, box) for box in other.boxes])
        deepest = common[np.argmax(common.min(axis=1))]
        if deepest.min() > _OVERLAP_SLACK:
            by = f"by {deepest[0]:.2f} × {deepest[1]:.2f}"
            yield Problem("overlapping text", one.name, f"'{other.name}' {by}")


def _eaten(picture: _Picture) -> Iterator[Problem]:
    """A halo covers what is drawn before it: the glyph to its left, or another text."""
    rims = [glyph for line in picture.lines for glyph in line.glyphs if _has_stroke(glyph, True)]
    for line in picture.lines:
        pairs = [(glyph, rim) for glyph in line.glyphs for rim in rims]
        bites = [_bite(rim, glyph) for glyph, rim in pairs if picture.behind(glyph, rim)]
        deepest = max(bites, default=0.0)
        if deepest > _HALO_SLACK:
            yield Problem("clipped by a halo", line.name, f"up to {deepest:.2f} of a glyph")


def _bite(rim: VMobject, glyph: VMobject) -> float:
    """How far the halo of one glyph reaches over the outline of another."""
    reach = _HALF_WIDTH * float(rim.get_stroke_width(background=True))
    if (_meet(_box(rim.points)[None], _box(glyph.points)) < -reach).any():
        return 0.0
    one, other = (_along(m.points.reshape(-1, 4, 3), 4) for m in (rim, glyph))
    apart = np.linalg.norm(one[:, None] - other[None], axis=2)
    return reach - float(apart.min())


def _small(picture: _Picture) -> Iterator[Problem]:
    for line in picture.lines:
        pixels = em(line.size) * _PIXELS_PER_UNIT
        if pixels < LEAST_PIXELS - 1e-6:
            detail = f"{pixels:.1f} px at 1080p, at least {LEAST_PIXELS:g}"
            yield Problem("too small", line.name, detail)


def _faint(picture: _Picture) -> Iterator[Problem]:
    areas = [_Area(m) for m in picture.others if m.get_fill_opacity() > _VISIBLE]
    boxes = np.array([area.box for area in areas]).reshape(-1, 4)
    for line in picture.lines:
        lowest = min(
            _lowest_contrast(glyph, _near(glyph, areas, boxes), picture) for glyph in line.glyphs
        )
        if lowest < LEAST_CONTRAST:
            detail = f"{lowest:.1f}:1, at least {LEAST_CONTRAST:g}:1"
            yield Problem("low contrast", line.name, detail)


class _Area:
    """A filled shape as polygons."""

    def __init__(self, mobject: VMobject) -> None:
        self.mobject = mobject
        self.box = _box(mobject.points)

    def covers(self, spots: FloatArray) -> NDArray[np.bool_]:
        """Which of the spots (n, 2) it is drawn on, by the nonzero winding rule, as Cairo does."""
        return sum(_winding(spots, ring) for ring in self.rings) != 0  # type: ignore[return-value]

    @cached_property
    def rings(self) -> list[FloatArray]:
        """Its outlines, each a polygon (m, 2)."""
        return [_along(path.reshape(-1, 4, 3), 4) for path in subpaths(self.mobject)]


def _near(glyph: VMobject, areas: Sequence[_Area], boxes: FloatArray) -> list[_Area]:
    """The areas whose boxes (n, 4) have points in common with that of a glyph."""
    apart = (_meet(boxes, _box(glyph.points)) < 0).any(axis=1)
    return [areas[k] for k in np.flatnonzero(~apart).tolist()]


def _along(curves: FloatArray, pieces: int) -> FloatArray:
    """Points (n · pieces, 2) along cubic Bézier curves (n, 4, 3), the ends left out."""
    t = np.arange(pieces)[:, None] / pieces
    weights = np.hstack([(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3])
    return np.asarray((weights @ curves[..., :2]).reshape(-1, 2))


def _winding(spots: FloatArray, ring: FloatArray) -> NDArray[np.int_]:
    """How often a ring (m, 2), closed by its last side, winds around each spot (n, 2)."""
    starts, stops = ring, np.roll(ring, -1, axis=0)
    x, y = (axis[:, None] for axis in spots.T)
    (x0, y0), (x1, y1) = starts.T, stops.T
    left = (x1 - x0) * (y - y0) - (x - x0) * (y1 - y0)
    up = (y0 <= y) & (y1 > y) & (left > 0)
    down = (y0 > y) & (y1 <= y) & (left < 0)
    return np.asarray(up.sum(axis=1) - down.sum(axis=1))


def _lowest_contrast(glyph: VMobject, areas: Sequence[_Area], picture: _Picture) -> float:
    """Over all the grounds that one glyph stands on."""
    spots = glyph.points[::4, :2]
    covers = [(area.mobject, area.covers(spots)) for area in areas]
    near = [(mobject, on) for mobject, on in covers if on.any()]
    grounds = {tuple(mobject for mobject, on in near if on[k]) for k in range(len(spots))}
    return min(_contrast_between(glyph, ground, picture) for ground in grounds)


def _contrast_between(glyph: VMobject, areas: Iterable[VMobject], picture: _Picture) -> float:
    """Of a glyph that lies among these areas, some behind it and some in front."""
    behind = picture.ground
    layers = sorted([*areas, glyph], key=lambda mobject: picture.depth[id(mobject)])
    ink: FloatArray | None = None
    for layer in layers:
        if layer is glyph:
            behind = _over(behind, *_stroke(glyph, background=True))
            ink = _over(behind, *_ink(glyph))
            continue
        colour, opacity = _ink(layer)
        behind = _over(behind, colour, opacity)
        ink = None if ink is None else _over(ink, colour, opacity)
    assert ink is not None
    return contrast(ink, behind)


def _ink(mobject: VMobject) -> tuple[FloatArray, float]:
    """Colour and opacity of a filling, or of the stroke of what has none (a fraction's bar)."""
    if mobject.get_fill_opacity() > _VISIBLE:
        return _rgb(mobject.get_fill_color()), float(mobject.get_fill_opacity())
    return _stroke(mobject)


def _stroke(mobject: VMobject, background: bool = False) -> tuple[FloatArray, float]:
    """Colour and opacity of a stroke; the one in the background is the halo."""
    if not _has_stroke(mobject, background):
        return np.zeros(3), 0.0
    colour = _rgb(mobject.get_stroke_color(background))
    return colour, float(mobject.get_stroke_opacity(background))


def _over(below: FloatArray, colour: FloatArray, opacity: float) -> FloatArray:
    return below + opacity * (colour - below)


def _crossed(picture: _Picture) -> Iterator[Problem]:
    strokes = [m for m in picture.others if _has_stroke(m) and _stands_out(m, picture.ground)]
    screens = [_Area(m) for m in picture.others if m.get_fill_opacity() > _OPAQUE]
    for line in picture.lines:
        for stroke in strokes:
            haloed = _has_stroke(line.glyphs[0], background=True)
            if haloed and picture.behind(stroke, line.glyphs[0]):
                continue
            length = _length_inside(stroke, line, line.boxes)
            if length > _LINE_LENGTH:
                length = _length_inside(stroke, line, _bare(line, stroke, screens, picture))
            if length > _LINE_LENGTH:
                colour = ManimColor(stroke.get_stroke_color()).to_hex()
                detail = f"{length:.2f} of a line in {colour} runs through it"
                yield Problem("text on a line", line.name, detail)


def _bare(line: _Line, stroke: VMobject, screens: Sequence[_Area], picture: _Picture) -> FloatArray:
    """The boxes (n, 4) of a text that no opaque area screens off from a stroke behind it."""
    between = (
        screen
        for screen in screens
        if picture.behind(stroke, screen.mobject) and picture.behind(screen.mobject, line.glyphs[0])
    )
    hidden = np.zeros(len(line.boxes), dtype=bool)
    for screen in between:
        corners = line.boxes[:, [0, 1, 2, 1, 0, 3, 2, 3]].reshape(-1, 2)
        hidden |= screen.covers(corners).reshape(-1, 4).all(axis=1)
    return line.boxes[~hidden]


def _stands_out(stroke: VMobject, ground: FloatArray) -> bool:
    return contrast(_over(ground, *_stroke(stroke)), ground) > _LINE_CONTRAST


def _length_inside(stroke: VMobject, line: _Line, boxes: FloatArray) -> float:
    """Length of a stroke whose ink lies within these boxes (n, 4) of a text's glyphs."""
    if not len(boxes):
        return 0.0
    half = _HALF_WIDTH * float(stroke.get_stroke_width())
    boxes = boxes + [-half, -half, half, half]
    curves = stroke.points.reshape(-1, 4, 3)[..., :2]
    hulls = np.concatenate([curves.min(axis=1), curves.max(axis=1)], axis=1)
    near = curves[(_meet(hulls, line.box) >= -half).all(axis=1)]
    total = 0.0
    for curve in near:
        length = float(np.linalg.norm(np.diff(curve, axis=0), axis=1).sum())
        pieces = max(int(np.ceil(length / _LINE_STEP)), 1)
        spots = _along(curve[None], pieces)[:, None, :]
        apart = np.maximum(boxes[:, :2] - spots, spots - boxes[:, 2:])
        inside = (apart.max(axis=2) <= 0).any(axis=1)
        total += length / pieces * int(np.count_nonzero(inside))
    return total


_CHECKS: tuple[Callable[[_Picture], Iterator[Problem]], ...] = (
    _outside,
    _overlapping,
    _eaten,
    _small,
    _faint,
    _crossed,
)
