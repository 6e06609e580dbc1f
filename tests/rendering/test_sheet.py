from pathlib import Path

import fontpkg
import numpy as np
import pytest
from PIL import Image, ImageColor

from rendering.sheet import contact_sheet
from rendering.sinks import RGBA

FONT = Path(fontpkg.path("Fira Sans"))
PICTURE = (640, 360)
MARGIN, TITLE_ROOM, LEADING = 32, 38, 24
GROUND, WARNING = "#1D232D", "#FFB454"


def flat(colour: str, width: int = 320, height: int = 180) -> RGBA:
    return np.full((height, width, 4), (*ImageColor.getrgb(colour), 255), dtype=np.uint8)


def sheet_of(*notes: list[str], columns: int = 3, ground: str = GROUND) -> Image.Image:
    pictures = [flat("#C83C28")] * len(notes)
    titles = [f"title {k}" for k in range(len(notes))]
    return contact_sheet(pictures, titles, notes, font=FONT, columns=columns, ground=ground)


def count(sheet: Image.Image, colour: str, box: tuple[int, int, int, int] | None = None) -> int:
    pixels = np.asarray(sheet.crop(box) if box else sheet)
    return int((pixels == ImageColor.getrgb(colour)).all(axis=-1).sum())


@pytest.mark.parametrize(("pictures", "columns", "across", "down"), [(1, 3, 1, 1), (5, 2, 2, 3)])
def test_size_follows_the_rows_and_columns(
    pictures: int, columns: int, across: int, down: int
) -> None:
    sheet = sheet_of(*[[]] * pictures, columns=columns)
    width = MARGIN + across * (PICTURE[0] + MARGIN)
    assert sheet.size == (width, MARGIN + down * (TITLE_ROOM + PICTURE[1] + MARGIN))


def test_each_picture_stands_in_its_place() -> None:
    colours = ["#FF0000", "#00FF00", "#0000FF"]
    sheet = contact_sheet(
        [flat(c) for c in colours], colours, [[], [], []], font=FONT, columns=2, ground=GROUND
    )
    top = MARGIN + TITLE_ROOM
    right, below = MARGIN + PICTURE[0] + MARGIN, top + PICTURE[1] + MARGIN + TITLE_ROOM
    for colour, (x, y) in zip(colours, [(MARGIN, top), (right, top), (MARGIN, below)], strict=True):
        assert count(sheet, colour) == PICTURE[0] * PICTURE[1]
        assert count(sheet, colour, (x, y, x + PICTURE[0], y + PICTURE[1])) == count(sheet, colour)


def test_other_proportions_are_kept() -> None:
    sheet = contact_sheet([flat("#FF0000", 100, 200)], ["tall"], [[]], font=FONT)
    assert count(sheet, "#FF0000") == 640 * 1280


def test_only_a_picture_with_notes_is_marked() -> None:
    sheet = sheet_of([], ["too small: 'n'"])
    half = MARGIN + PICTURE[0] + MARGIN // 2
    assert count(sheet, WARNING, (0, 0, half, sheet.height)) == 0
    assert count(sheet, WARNING, (half, 0, *sheet.size)) > 2 * 3 * (PICTURE[0] + PICTURE[1])
    assert sheet.height == sheet_of([], []).height + LEADING


def test_long_notes_are_broken_and_stay_under_their_picture() -> None:
    sheet = sheet_of(["overlapping text: " + "a formula " * 20], [])
    lines = (sheet.height - sheet_of([], []).height) / LEADING
    assert lines == 3
    beside = (MARGIN + PICTURE[0] + 4, 0, *sheet.size)
    assert count(sheet, WARNING, beside) == 0


def test_titles_are_written_in_an_ink_that_reads_on_the_ground() -> None:
    band = (MARGIN, MARGIN, MARGIN + PICTURE[0], MARGIN + TITLE_ROOM - 4)
    for ground in ("#101010", "#FFFFFF"):
        tones = np.asarray(sheet_of([], ground=ground).crop(band).convert("L")).astype(int)
        assert np.ptp(tones) > 180


@pytest.mark.parametrize(("titles", "notes"), [(["a"], [[], []]), (["a", "b"], [[]])])
def test_a_title_and_notes_for_each(titles: list[str], notes: list[list[str]]) -> None:
    with pytest.raises(ValueError, match=r"shorter|longer"):
        contact_sheet([flat("#FF0000")] * 2, titles, notes, font=FONT)


def test_no_picture_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a picture"):
        contact_sheet([], [], [], font=FONT)
