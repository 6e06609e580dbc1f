"""Golden frames: pictures that somebody has looked at, held against what is drawn now.

A sheet keeps the pictures of one story, three in a row, as a lossless WebP that names them. It is
written, and written anew, by ``pytest --update-goldens``; look at it before it is committed.

Two pictures agree if every pixel does, within `SLACK` levels plus `SHARE` of the contrast around
it. Manim draws type as outlines, so there is no hinting, and what differs between machines is
antialiasing: Cairo counts the coverage of a pixel in 15 rows, and noise in the last bit of a
coordinate can move an edge by one of them, 7 % of the contrast at that edge. A line that moves by
a third of a pixel or more, however faint, is a difference; so is another digit.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image
from scipy.ndimage import maximum_filter, minimum_filter  # type: ignore[import-untyped]

__all__ = ["SHARE", "SLACK", "Goldens", "Picture", "differing", "read_sheet", "write_sheet"]

Picture: TypeAlias = NDArray[np.uint8]
"""``(height, width, 3)``, red, green and blue."""

SLACK = 4
"""Levels of 255: rounding in a few layers of blended colour."""
SHARE = 0.25
"""Of the local contrast: what a move of the drawing by a quarter of a pixel can change."""

_COLUMNS = 3
_AMPLIFIED = 8


def differing(golden: Picture, got: Picture) -> NDArray[np.bool_]:
    """Which pixels (height, width) differ by more than antialiasing explains."""
    contrast = np.maximum(_contrast(golden), _contrast(got))
    difference = np.abs(golden.astype(float) - got)
    return np.asarray((difference > SLACK + SHARE * contrast).any(axis=-1))


def _contrast(picture: Picture) -> NDArray[np.float64]:
    """Greatest less least level among a pixel and its eight neighbours, for each colour."""
    levels = picture.astype(float)
    window = (3, 3, 1)
    return np.asarray(maximum_filter(levels, window) - minimum_filter(levels, window))


def side_by_side(golden: Picture, got: Picture) -> Picture:
    """The golden picture, the new one, and their difference: amplified, what counts in red."""
    difference = np.abs(golden.astype(int) - got).max(axis=-1, keepdims=True)
    shown = np.minimum(difference * _AMPLIFIED, 255).repeat(3, axis=-1)
    shown[differing(golden, got)] = (255, 0, 0)
    return np.concatenate([golden, got, shown.astype(np.uint8)], axis=1)


def write_sheet(path: Path, pictures: Mapping[str, Picture]) -> None:
    """Write the named pictures, all of one size, as one file."""
    tiles = list(pictures.values())
    tiles += [np.zeros_like(tiles[0])] * (-len(tiles) % _COLUMNS)
    rows = [np.hstack(tiles[at : at + _COLUMNS]) for at in range(0, len(tiles), _COLUMNS)]
    exif = Image.Exif()
    exif[ExifTags.Base.ImageDescription] = " ".join(pictures)
    path.parent.mkdir(parents=True, exist_ok=True)
    sheet = Image.fromarray(np.vstack(rows))
    sheet.save(path, "WEBP", lossless=True, quality=100, method=4, exif=exif)


def read_sheet(path: Path) -> dict[str, Picture]:
    """The pictures by name, in order; none if there is no such file."""
    if not path.exists():
        return {}
    with Image.open(path) as image:
        names = str(image.getexif()[ExifTags.Base.ImageDescription]).split()
        sheet = np.asarray(image.convert("RGB"))
    rows = -(-len(names) // _COLUMNS)
    height, width = sheet.shape[0] // rows, sheet.shape[1] // _COLUMNS
    tiles = (
        sheet.reshape(rows, height, _COLUMNS, width, 3).swapaxes(1, 2).reshape(-1, height, width, 3)
    )
    return dict(zip(names, tiles, strict=False))


@dataclass(frozen=True)
class Goldens:
    """Sheets of golden frames in one folder.

    Attributes
    ----------
    folder
        Where the sheets are kept.
    failures
        Where pictures of what differs go: ``<failures>/<sheet>/<picture>.png``.
    update
        Write sheets instead of holding pictures against them.
    """

    folder: Path
    failures: Path
    update: bool = False

    def hold(self, name: str, pictures: Mapping[str, Picture]) -> None:
        """Hold the named pictures against the sheet ``name``.

        An update leaves a sheet alone that still agrees.

        Raises
        ------
        AssertionError
            If the sheet is missing, has other pictures, or one of them differs.
        """
        path, failures = self.folder / f"{name}.webp", self.failures / name
        shutil.rmtree(failures, ignore_errors=True)
        kept = read_sheet(path)
        problems = _naming_problems(kept, pictures) or _differences(kept, pictures, failures)
        if problems and self.update:
            shutil.rmtree(failures, ignore_errors=True)
            write_sheet(path, pictures)
        elif problems:
            remedy = "If the new pictures are right: pytest tests/scenes --update-goldens"
            raise AssertionError("\n".join([f"{path}:", *problems, remedy]))


def _naming_problems(kept: Mapping[str, Picture], pictures: Mapping[str, Picture]) -> Sequence[str]:
    if not kept:
        return ["there are no golden frames yet"]
    if list(kept) != list(pictures):
        return [f"it shows {', '.join(kept)}", f"but now there are {', '.join(pictures)}"]
    return []


def _differences(
    kept: Mapping[str, Picture], pictures: Mapping[str, Picture], failures: Path
) -> Sequence[str]:
    """A line for each picture that differs; what differs goes to a file beside it."""
    return [
        line
        for name, got in pictures.items()
        if (line := _difference(kept[name], got, failures / f"{name}.png"))
    ]


def _difference(golden: Picture, got: Picture, shown: Path) -> str | None:
    if golden.shape != got.shape:
        sizes = [f"{width}x{height}" for height, width, _ in (golden.shape, got.shape)]
        return f"{shown.stem}: {sizes[0]} pixels are kept, {sizes[1]} were drawn"
    where = np.argwhere(differing(golden, got))
    if not len(where):
        return None
    shown.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(side_by_side(golden, got)).save(shown)
    (top, left), (bottom, right) = where.min(axis=0), where.max(axis=0)
    place = f"columns {left} to {right}, rows {top} to {bottom}"
    return f"{shown.stem}: {len(where)} pixels differ, {place} (golden | got | difference: {shown})"
