"""A contact sheet: many pictures on one, each with its title above and notes beneath."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageColor, ImageDraw, ImageFont

from rendering.sinks import RGBA

__all__ = ["contact_sheet"]

_WIDTH = 640  # of a picture
_MARGIN = 32  # around the sheet, and between pictures
_TITLE = 22  # type sizes
_NOTE = 17
_TITLE_ROOM = 38
_LEADING = 24
_FRAME = 3  # rim of a picture that has notes


@dataclass(frozen=True, slots=True)
class _Inks:
    """Of the sheet, readable on its ground."""

    text: str
    number: str
    warning: str
    rim: str


_ON_DARK = _Inks(text="#F2F4F8", number="#A9B3C1", warning="#FFB454", rim="#4A5566")
_ON_LIGHT = _Inks(text="#1B222D", number="#56616F", warning="#B03A00", rim="#B4BDC8")


def contact_sheet(
    pictures: Sequence[RGBA],
    titles: Sequence[str],
    notes: Sequence[Sequence[str]],
    *,
    font: Path,
    columns: int = 3,
    ground: str = "#1D232D",
) -> Image.Image:
    """Lay pictures out in rows, numbered from 1; a picture with notes gets a rim.

    Parameters
    ----------
    pictures
        Of one size, as the recorder draws them.
    titles, notes
        One title and any number of notes for each picture; long notes are broken.
    font
        A TrueType or OpenType file.
    columns
        Pictures in a row.
    ground
        Colour of the sheet, light or dark.

    Raises
    ------
    ValueError
        If there is no picture, or not one title and one list of notes for each.
    """
    if not pictures:
        raise ValueError("a contact sheet needs a picture")
    note_font = ImageFont.truetype(str(font), _NOTE)
    broken = [[line for note in own for line in _broken(note, note_font)] for own in notes]
    cells = list(zip(pictures, titles, broken, strict=True))
    rows = [cells[k : k + columns] for k in range(0, len(cells), columns)]
    height = _picture_height(pictures[0])
    tops = [_MARGIN]
    for row in rows:
        tops.append(tops[-1] + _TITLE_ROOM + height + _notes_height(row) + _MARGIN)
    width = _MARGIN + min(columns, len(cells)) * (_WIDTH + _MARGIN)
    sheet = Image.new("RGB", (width, tops[-1]), ground)
    pen = _Pen(sheet, _inks_on(ground), ImageFont.truetype(str(font), _TITLE), note_font)
    for k, (picture, title, lines) in enumerate(cells):
        left = _MARGIN + k % columns * (_WIDTH + _MARGIN)
        pen.cell(left, tops[k // columns], f"{k + 1}", title, picture, lines)
    return sheet


class _Pen:
    """Draws on one sheet."""

    def __init__(
        self,
        sheet: Image.Image,
        inks: _Inks,
        title_font: ImageFont.FreeTypeFont,
        note_font: ImageFont.FreeTypeFont,
    ) -> None:
        self.sheet = sheet
        self.inks = inks
        self.draw = ImageDraw.Draw(sheet)
        self.title_font = title_font
        self.note_font = note_font

    def cell(
        self, left: int, top: int, number: str, title: str, picture: RGBA, notes: Sequence[str]
    ) -> None:
        """A picture with its number and title above it and its notes beneath."""
        inks = self.inks
        baseline = top + _TITLE_ROOM - 13
        indent = self.title_font.getlength(number + "  ")
        self.draw.text((left, baseline), number, inks.number, self.title_font, anchor="ls")
        self.draw.text((left + indent, baseline), title, inks.text, self.title_font, anchor="ls")
        small = _thumbnail(picture)
        at = top + _TITLE_ROOM
        rim, width = (inks.warning, _FRAME) if notes else (inks.rim, 1)
        corners = (
            left - width,
            at - width,
            left + _WIDTH - 1 + width,
            at + small.height - 1 + width,
        )
        self.draw.rectangle(corners, outline=rim, width=width)
        self.sheet.paste(small, (left, at))
        for k, line in enumerate(notes):
            foot = at + small.height + (k + 1) * _LEADING
            self.draw.text((left, foot), line, inks.warning, self.note_font, anchor="ls")


def _inks_on(ground: str) -> _Inks:
    red, green, blue = ImageColor.getrgb(ground)[:3]
    return _ON_LIGHT if 0.299 * red + 0.587 * green + 0.114 * blue > 127 else _ON_DARK


def _picture_height(picture: RGBA) -> int:
    height, width = picture.shape[:2]
    return round(_WIDTH * int(height) / int(width))


def _thumbnail(picture: RGBA) -> Image.Image:
    size = (_WIDTH, _picture_height(picture))
    return Image.fromarray(picture[..., :3]).resize(size, Image.Resampling.LANCZOS)


def _notes_height(row: Sequence[tuple[RGBA, str, Sequence[str]]]) -> int:
    return max(len(lines) for _, _, lines in row) * _LEADING


def _broken(note: str, font: ImageFont.FreeTypeFont) -> list[str]:
    """Lines no wider than a picture, unless a word is."""
    lines: list[str] = []
    for word in note.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= _WIDTH:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
