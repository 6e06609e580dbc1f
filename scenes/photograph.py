"""Photographs from files: PNG and JPEG, turned upright and scaled to a size that can be shown."""

from __future__ import annotations

import stat
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import numpy as np

from convmath import InputError
from convmath.arrays import IntArray

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["Photograph", "is_picture_name", "read_photograph", "sample_photograph"]

_SAMPLE = Path(__file__).parent / "pictures" / "coffee.npz"

WIDEST, HIGHEST = 360, 240  # pixels that can be told apart on the screen
LEAST = 24  # along each side
MOST_PIXELS = 50_000_000
MOST_BYTES = 50_000_000
_SUFFIXES = (".png", ".jpg", ".jpeg")
_ACCEPTED = f"a .png or .jpg file of up to {MOST_PIXELS // 10**6} million pixels"


@dataclass(frozen=True, eq=False)
class Photograph:
    """A picture that was read.

    Attributes
    ----------
    pixels
        (channels, rows, columns) int64 from 0 to 255: one channel if it is grey, else three.
    taken
        (rows, columns) before it was scaled.
    """

    pixels: IntArray
    taken: tuple[int, int]

    @property
    def shape(self) -> tuple[int, int]:
        """(rows, columns) as it is shown."""
        rows, columns = self.pixels.shape[1:]
        return rows, columns

    @property
    def scaled(self) -> bool:
        """Whether it was larger."""
        return self.taken != self.shape


def is_picture_name(text: str) -> bool:
    """Whether a text can name a picture that is read here."""
    return text.strip().lower().endswith(_SUFFIXES)


def sample_photograph() -> Photograph:
    """A cup of coffee, in the public domain: see the README beside its file."""
    with np.load(_SAMPLE, allow_pickle=False) as file:
        pixels = file["pixels"].astype(np.int64)
    return Photograph(_channels(pixels), pixels.shape[:2])


def read_photograph(name: str, option: str = "--image") -> Photograph:
    """Read a picture, upright as its EXIF says; what is transparent is laid on white.

    Raises
    ------
    InputError
        If the file is missing, too large, no picture, or damaged.
    """
    path = _checked_path(name, option)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of Pillow about size and metadata: refused below
            return _read(path, name, option)
    except InputError:
        raise
    except OSError as error:
        _refuse(name, option, f"this picture cannot be read: {error.strerror or 'it is damaged'}")
    except Exception:  # a damaged file can fail anywhere in Pillow
        _refuse(name, option, "this is no picture, or a damaged one")


def _read(path: Path, name: str, option: str) -> Photograph:
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        opened = Image.open(path, formats=("PNG", "JPEG"))
    except UnidentifiedImageError:
        _refuse(name, option, "this is no PNG or JPEG picture")
    except Image.DecompressionBombError:
        _refuse(name, option, "this picture has far too many pixels")
    with opened:
        if opened.width * opened.height > MOST_PIXELS:
            pixels = f"{opened.width} × {opened.height} pixels"
            _refuse(name, option, f"a picture of {pixels} is too large")
        upright = _plain(ImageOps.exif_transpose(opened))
    columns, rows = upright.size
    scale = min(WIDEST / columns, HIGHEST / rows, 1.0)
    size = max(round(columns * scale), 1), max(round(rows * scale), 1)
    _refuse_small(name, option, upright.size, size)
    shown = upright.resize(size, Image.Resampling.LANCZOS) if scale < 1 else upright
    return Photograph(_channels(np.asarray(shown, dtype=np.int64)), (rows, columns))


def _plain(image: Image) -> Image:
    """Red, green and blue of 8 bits each, on white."""
    from PIL import Image as Images

    if image.mode.startswith("I") or image.mode == "F":  # 16 bits of grey
        image = Images.fromarray((np.asarray(image) / 257).clip(0, 255).round().astype(np.uint8))
    if not image.has_transparency_data:
        return image.convert("RGB")
    white = Images.new("RGBA", image.size, "white")
    return Images.alpha_composite(white, image.convert("RGBA")).convert("RGB")


def _channels(pixels: IntArray) -> IntArray:
    """(channels, rows, columns) of pixels (rows, columns, 3); one channel where all are equal."""
    channels = np.moveaxis(pixels, -1, 0)
    grey = (channels == channels[0]).all()
    return np.ascontiguousarray(channels[:1] if grey else channels)


def _checked_path(name: str, option: str) -> Path:
    path = Path(name.strip())
    if not is_picture_name(name):
        _refuse(name, option, "pictures are read from .png and .jpg files")
    try:
        status = path.stat()
    except FileNotFoundError:
        _refuse(name, option, "there is no such file")
    except (OSError, ValueError):  # too long, a zero byte, no permission
        _refuse(name, option, "this file cannot be reached")
    if not stat.S_ISREG(status.st_mode):
        kind = "a folder" if stat.S_ISDIR(status.st_mode) else "something else"
        _refuse(name, option, f"this is {kind}, not a file")
    if status.st_size > MOST_BYTES:
        _refuse(name, option, f"this file has {status.st_size / 1e6:.0f} MB")
    return path


def _refuse_small(name: str, option: str, taken: tuple[int, int], shown: tuple[int, int]) -> None:
    if min(shown) >= LEAST:
        return
    size, left = (" × ".join(map(str, each)) for each in (taken, shown))
    scaled = f" ({left} when scaled to fit {WIDEST} × {HIGHEST})" if taken != shown else ""
    problem = f"a picture of {size} pixels{scaled} is too small or too narrow"
    _refuse(name, option, problem, f"at least {LEAST} pixels along each side")


def _refuse(name: str, option: str, problem: str, accepted: str = _ACCEPTED) -> NoReturn:
    raise InputError(problem, typed=name[:200], accepted=accepted, option=option) from None
