"""Small pictures from files, as grids of grey values."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from convmath import InputError
from convmath.arrays import IntArray

__all__ = ["is_picture_name", "read_picture"]

_SUFFIXES = (".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp")
_MODES = ("1", "L", "LA", "P", "PA", "RGB", "RGBA")  # eight bits a channel, or fewer
_MOST_BYTES = 10_000_000


def is_picture_name(text: str) -> bool:
    """Whether a text ends like the name of a picture's file."""
    return text.strip().lower().endswith(_SUFFIXES)


def read_picture(name: str, most: int, option: str) -> IntArray:
    """Grey values (rows, columns) from 0, black, to 255, white; colours by ITU-R 601 luma.

    Raises
    ------
    InputError
        If the file is missing, is no picture, or has more than ``most`` rows or columns: nothing is
        ever made smaller.
    """
    from PIL import Image, UnidentifiedImageError

    accepted = f"a PNG or JPEG of at most {most} × {most} pixels"
    try:
        path = Path(name.strip())
        if path.stat().st_size > _MOST_BYTES:
            raise _refusal("this file is larger than 10 MB", name, option, accepted)
        with Image.open(path) as picture:
            _refuse_size(picture, name, most, option)
            return np.asarray(picture.convert("L"), dtype=np.int64)
    except UnidentifiedImageError:
        raise _refusal("this file is not a picture", name, option, accepted) from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _refusal("this picture is enormous", name, option, accepted) from None
    except InputError:
        raise
    except (OSError, ValueError, SyntaxError) as error:
        why = getattr(error, "strerror", None) or "it is damaged"
        raise _refusal(f"this picture cannot be read: {why}", name, option, accepted) from None


def _refuse_size(picture: Any, name: str, most: int, option: str) -> None:
    """Decided from the head of the file, before its pixels are read."""
    columns, rows = picture.size
    if max(rows, columns) > most:
        raise _refusal(
            f"this picture has {rows:,} rows and {columns:,} columns",
            name,
            option,
            f"at most {most} of each: one that was made smaller, or a part of it",
        )
    if picture.mode not in _MODES or getattr(picture, "n_frames", 1) > 1:
        raise _refusal(
            "this file is not one picture with 8 bits a channel", name, option, "such a picture"
        )


def _refusal(problem: str, name: str, option: str, accepted: str) -> InputError:
    return InputError(problem, typed=name, option=option, accepted=accepted)
