"""Shapes of arrays on one line: what they are called, their numbers, and the letters of these."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from manim import VGroup, VMobject

from scenes.kit.cells import rounded
from scenes.kit.chart import Box
from scenes.kit.typeset import BODY, SMALL, Formula, Text, Words, stand
from scenes.theme import Theme

__all__ = ["Shape", "ShapeLine"]

_APART = 0.27  # between a sign and what stands beside it
_OPEN, _CLOSE = '"("', '")"'
_NARROW = 0.11  # between a parenthesis or a comma and a number; twice that after a comma


@dataclass(frozen=True)
class Shape:
    """One array.

    Attributes
    ----------
    name
        Plain words above it.
    letters
        Typst mathematics, one for each of its sizes.
    colour
        Of all of it.
    sign
        Typst mathematics of what stands before it, if anything does.
    """

    name: str
    letters: tuple[str, ...]
    colour: str
    sign: str = ""


class ShapeLine:
    """Where each number stands above its letter: places do not change with the numbers.

    Parameters
    ----------
    widest
        For each shape, the numbers that take most room.
    left, right
        The line is centred between them.
    baselines
        Of names, numbers and letters.
    """

    def __init__(
        self,
        shapes: Sequence[Shape],
        widest: Sequence[Sequence[int]],
        theme: Theme,
        *,
        left: float,
        right: float,
        baselines: tuple[float, float, float],
    ) -> None:
        self.shapes = shapes
        self.theme = theme
        self.baselines = baselines
        self._sign_places: list[float] = []
        self._marks: list[list[tuple[float, str]]] = []  # parentheses and commas
        self._places: list[list[float]] = []  # middles of numbers
        self._ends: list[tuple[float, float]] = []
        pen = 0.0
        for shape, numbers in zip(shapes, widest, strict=True):
            pen = self._lay(shape, numbers, pen)
        self._shift = (left + right - pen) / 2

    def _lay(self, shape: Shape, numbers: Sequence[int], pen: float) -> float:
        """Give one shape its places from ``pen`` on; returns where it ends."""
        if shape.sign:
            wide = float(self._text(shape.sign, "").width)
            self._sign_places.append(pen + _APART + wide / 2)
            pen += 2 * _APART + wide
        else:
            self._sign_places.append(pen)
        start, marks, places = pen, [], []
        for k, (letter, number) in enumerate(zip(shape.letters, numbers, strict=True)):
            mark = '","' if k else _OPEN
            wide = float(self._text(mark, "").width)
            marks.append((pen + wide / 2, mark))
            pen += wide + (2 * _NARROW if k else _NARROW)
            wide = max(float(self._text(t, "").width) for t in (letter, str(number)))
            places.append(pen + wide / 2)
            pen += wide + _NARROW
        wide = float(self._text(_CLOSE, "").width)
        marks.append((pen + wide / 2, _CLOSE))
        self._marks.append(marks)
        self._places.append(places)
        self._ends.append((start, pen + wide))
        return pen + wide

    def _text(self, math: str, colour: str) -> Text:
        return Formula(math, size=BODY, colour=colour or self.theme.text.colour)

    def part(self, index: int, numbers: Sequence[str]) -> VGroup:
        """One shape with its name, its letters, and these numbers, which are the last part."""
        shape = self.shapes[index]
        return VGroup(
            self._name(index),
            self._signs(index),
            self._row(index, shape.letters, 2),
            self.numbers(index, numbers),
        )

    def numbers(self, index: int, numbers: Sequence[str]) -> VGroup:
        """Its numbers in their parentheses."""
        return self._row(index, numbers, 1)

    def ring(self, index: int, k: int) -> VMobject:
        """A line around one number of a shape and its letter."""
        x, shape = self._places[index][k] + self._shift, self.shapes[index]
        half = float(self._text(shape.letters[k], "").width) / 2 + 0.06
        low, high = self.baselines[2] - 0.17, self.baselines[1] + 0.31
        ring = VMobject(stroke_color=self.theme.text.colour, stroke_width=3.0)
        ring.points = rounded(Box(x - half, x + half, low, high), 0.1)
        return ring

    def _row(self, index: int, contents: Sequence[str], line: int) -> VGroup:
        y, colour = self.baselines[line], self.shapes[index].colour
        row = VGroup()
        for x, content in zip(self._places[index], contents, strict=True):
            row.add(stand(self._text(content, colour), x + self._shift, y, align="centre"))
        for x, mark in self._marks[index]:
            row.add(stand(self._text(mark, colour), x + self._shift, y, align="centre"))
        return row

    def _name(self, index: int) -> Words:
        start, end = self._ends[index]
        shape = self.shapes[index]
        name = Words(shape.name, size=SMALL, colour=shape.colour)
        stand(name, (start + end) / 2 + self._shift, self.baselines[0], align="centre")
        return name

    def _signs(self, index: int) -> VGroup:
        sign, x = self.shapes[index].sign, self._sign_places[index] + self._shift
        lines = self.baselines[1:] if sign else ()
        return VGroup(*(stand(self._text(sign, ""), x, y, align="centre") for y in lines))
