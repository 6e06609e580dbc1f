"""Manim's pictures of pixels (`ImageMobject`), laid where they belong and only there.

The pixels are those of `manim.Camera.display_image_mobject`, which composes a picture as large as
the camera's for each of them, and fails with Pillow 13.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import ImageMobject
from manim.camera.camera import Camera
from numpy.typing import NDArray
from PIL import Image

from rendering.boxes import Box, whole
from rendering.sinks import RGBA

__all__ = ["Raster"]

_LEAST = 0.5  # pixels: what is lower than this cannot be seen
_FAR = 1e5  # pixels: what is larger has no place in memory


class Raster:
    """An image as it is laid on the camera's pixels.

    Attributes
    ----------
    box
        The pixels that it may touch.
    """

    __slots__ = ("_image", "box")

    def __init__(self, camera: Camera, mobject: ImageMobject) -> None:
        self.box = Box(0, 0, 0, 0)
        self._image: Image.Image | None = None
        corners = np.asarray(camera.points_to_subpixel_coords(mobject, mobject.points))
        if not np.isfinite(corners).all() or np.abs(corners).max() > _FAR:
            return
        cells = corners.astype(np.int64)
        left, top = cells.min(axis=0).tolist()
        right, bottom = cells.max(axis=0).tolist()
        inside = Box(left, top, right, bottom)
        coefficients = _perspective(mobject.get_pixel_array().shape, corners - [left, top])
        if not inside.area or coefficients is None:
            return
        self.box = inside
        self._image = Image.fromarray(np.asarray(mobject.get_pixel_array(), np.uint8)).transform(
            size=(right - left, bottom - top),
            method=Image.Transform.PERSPECTIVE,
            data=coefficients.tolist(),
            resample=mobject.resampling_algorithm,
        )

    def paint(self, pixels: RGBA) -> None:
        """Lay the image over what is there."""
        seen = self.box.within(whole(*pixels.shape[:2]))
        if self._image is None or not seen.area:
            return
        left, top = self.box.left, self.box.top
        part = self._image.crop(
            (seen.left - left, seen.top - top, seen.right - left, seen.bottom - top)
        )
        under = Image.fromarray(np.ascontiguousarray(pixels[seen.pixels]))
        pixels[seen.pixels] = np.asarray(Image.alpha_composite(under, part))


def _perspective(shape: tuple[int, ...], target: NDArray[Any]) -> NDArray[np.float64] | None:
    """Pillow's coefficients, (8,), that map four corners (x, y) back to those of the image.

    None where the corners span no area.
    """
    height, width = shape[:2]
    source = np.array([[0, 0], [width, 0], [0, height], [width, height]])
    sides = np.diff(target[[0, 1, 3, 2, 0]], axis=0)
    lengths = np.linalg.norm(sides, axis=1)
    k = int(np.argmax(lengths))
    if not lengths[k] or abs(_cross(sides[k], sides[k - 1])) / lengths[k] < _LEAST:
        return None
    rows = []
    for (x, y), (to_x, to_y) in zip(target, source, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -to_x * x, -to_x * y])
        rows.append([0, 0, 0, x, y, 1, -to_y * x, -to_y * y])
    try:
        solved = np.linalg.solve(np.array(rows, np.float64), source.reshape(8).astype(np.float64))
    except np.linalg.LinAlgError:
        return None
    return np.asarray(solved)


def _cross(a: NDArray[Any], b: NDArray[Any]) -> float:
    return float(a[0] * b[1] - a[1] * b[0])
