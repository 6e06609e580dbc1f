"""Volumes as a person types them, named volumes, and what each slice adds to a sum.

A volume has the sizes (slices, rows, columns); for a video they are time, height and width.
"""

from __future__ import annotations

import re
from typing import Literal, TypeAlias, get_args

import numpy as np

from convmath.arrays import AnyArray, IntArray
from convmath.errors import InputError, refuse, sized
from convmath.grid_frames import GridSweep
from convmath.rows import parse_rows

__all__ = [
    "VOLUME_NAMES",
    "Sizes",
    "VolumeName",
    "named_volume",
    "parse_volume",
    "slice_sums",
]

Sizes: TypeAlias = tuple[int, int, int]
"""Slices, rows, columns."""

VolumeName: TypeAlias = Literal["random", "ball", "gradient", "spot"]

VOLUME_NAMES: tuple[VolumeName, ...] = get_args(VolumeName)

_LARGEST_RANDOM = 3
_SIDE = 4
_SIZES = r"(\d{1,4})(?:\s*[x×]\s*(\d{1,4})\s*[x×]\s*(\d{1,4}))?"
_NAMED = re.compile(rf"\s*({'|'.join(VOLUME_NAMES)})\s*(?:{_SIZES})?\s*")
_ROWS = "rows with semicolons, slices with bars: 1,2; 3,4 | 5,6; 7,8"


def named_volume(name: VolumeName, sizes: Sizes, *, seed: int = 1) -> IntArray:
    """A volume (slices, rows, columns) of whole numbers from 0 on.

    ``random`` has numbers from 0 to 3 by NumPy's generator with this seed, ``ball`` falls by 1 with
    each unit from the middle, ``gradient`` rises by 1 from slice to slice, and ``spot`` is a
    bright spot of 2 × 2 that moves on by one row and one column from slice to slice.

    Examples
    --------
    >>> named_volume("gradient", (2, 1, 3)).tolist()
    [[[0, 0, 0]], [[1, 1, 1]]]
    >>> named_volume("ball", (1, 1, 5)).tolist()
    [[[0, 1, 2, 1, 0]]]
    """
    i, j, k = np.indices(sizes, dtype=np.int64)
    match name:
        case "random":
            return np.asarray(
                np.random.default_rng(seed).integers(0, _LARGEST_RANDOM + 1, sizes), dtype=np.int64
            )
        case "ball":
            return _ball(sizes)
        case "gradient":
            return np.asarray(i)
        case "spot":
            inside = (j - i >= 0) & (j - i < 2) & (k - i >= 0) & (k - i < 2)
            return np.asarray(3 * inside, dtype=np.int64)


def _ball(sizes: Sizes) -> IntArray:
    """The distance from the middle, rounded down, counted from the farthest corner."""
    middles = [np.arange(n) - (n - 1) / 2 for n in sizes]
    i, j, k = np.meshgrid(*middles, indexing="ij")
    away = np.floor(np.sqrt(i**2 + j**2 + k**2) + 1e-9).astype(np.int64)
    return np.asarray(away.max() - away)


def parse_volume(text: str, option: str, *, most: int, seed: int = 1) -> AnyArray:
    """A volume (slices, rows, columns) from its slices, or from a name with sizes if you like.

    Parameters
    ----------
    most
        The largest size of each dimension.

    Raises
    ------
    InputError
        If a number cannot be read, rows or slices differ in size, or a size is out of range.

    Examples
    --------
    >>> parse_volume("1,2; 3,4 | 5,6; 7,8", "--volume", most=4)[1].tolist()
    [[5, 6], [7, 8]]
    >>> parse_volume("spot 2x3x4", "--volume", most=4).shape
    (2, 3, 4)
    """
    if named := _NAMED.fullmatch(text):
        first = int(named[2] or _SIDE)
        sizes = (first, int(named[3] or first), int(named[4] or first))
        if not 1 <= min(sizes) <= max(sizes) <= most:
            refuse(option, text, f"a volume of {sized(sizes)} cannot be shown", _up_to(most))
        return named_volume(named[1], sizes, seed=seed)  # type: ignore[arg-type]
    if re.match(r"\s*[A-Za-z]{3,}", text) and "(" not in text:
        accepted = f"{', '.join(VOLUME_NAMES)} with sizes such as ball 3x4x4; or {_ROWS}"
        refuse(option, text, "there is no such volume", accepted)
    volume = _from_slices(text, option)
    if max(volume.shape) > most:
        refuse(option, text, f"{sized(volume.shape)} numbers are too many to show", _up_to(most))
    return volume


def _from_slices(text: str, option: str) -> AnyArray:
    slices, start = [], 0
    for part in text.split("|"):
        slices.append(_slice_at(part, start, text, option))
        start += len(part) + 1
    different = {one.shape for one in slices}
    if len(different) > 1:
        listed = " and ".join(sized(shape) for shape in dict.fromkeys(s.shape for s in slices))
        problem = f"the slices have different sizes: {listed} numbers"
        refuse(option, text, problem, f"as many rows and columns in each: {_ROWS}")
    return np.stack(slices)


def _slice_at(part: str, start: int, text: str, option: str) -> AnyArray:
    """One slice (rows, columns) of ``text``, in which is shown what is wrong with it."""
    try:
        return np.stack([row.values for row in parse_rows(part, option)])
    except InputError as error:
        raise InputError(
            error.problem,
            typed=text,
            position=None if error.position is None else start + error.position,
            accepted=error.accepted,
            option=option,
        ) from None


def slice_sums(frames: GridSweep) -> AnyArray:
    """(n, kernel's slices): what each slice under the kernel adds to the output of a position.

    Examples
    --------
    >>> from convmath.grid_frames import sweep_grid
    >>> frames = sweep_grid(np.array([[[[1, 2]], [[3, 4]]]]), np.array([[[[[1, 1]], [[0, 2]]]]]))
    >>> slice_sums(frames).tolist(), frames.output.tolist()
    ([[3, 8]], [[11]])
    """
    return np.asarray(frames.product[:, 0, 0].sum(axis=(2, 3)))


def _up_to(most: int) -> str:
    return f"1 to {most} slices, rows and columns"
