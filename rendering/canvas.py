"""A drawn picture in the pixel format of a file."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter
from numpy.typing import NDArray

from rendering.boxes import Box, Stale, whole
from rendering.quality import Quality
from rendering.sinks import RGBA

__all__ = ["Canvas", "Converted", "I420Canvas", "canvas_of", "straight_alpha"]


def straight_alpha(rgba: RGBA) -> RGBA:
    """Colour no longer multiplied by alpha, as PNG and QuickTime want it."""
    if np.all(rgba[..., 3] == 255):
        return rgba
    alpha = rgba[..., 3:].astype(np.uint16)
    colour = (rgba[..., :3].astype(np.uint16) * 255 + alpha // 2) // np.maximum(alpha, 1)
    return np.concatenate([np.minimum(colour, 255), alpha], axis=-1).astype(np.uint8)


class Converted(Protocol):
    """Keeps one picture in the pixel format of a file."""

    def converted(self, rgba: RGBA, stale: Stale = None) -> VideoFrame:
        """This picture, which differs from that of the call before in ``stale`` only.

        The frame is drawn over by the next call.
        """


def canvas_of(quality: Quality, pix_fmt: str, *, alpha: bool) -> Converted:
    """The quickest canvas there is for a pixel format."""
    if pix_fmt == "yuv420p":
        return I420Canvas(quality)
    return Canvas(quality, pix_fmt, alpha=alpha)


class Canvas:
    """Any pixel format, converted as a whole: a new SwsContext a frame costs 10 ms at 1080p.

    RGB is converted to Y'CbCr with the BT.709 matrix in limited range, and each chroma sample is
    the mean of its pixels (AREA), so that thin coloured lines do not flicker.
    """

    def __init__(self, quality: Quality, pix_fmt: str, *, alpha: bool) -> None:
        self.pix_fmt = pix_fmt
        self.alpha = alpha
        self.rgba = VideoFrame(quality.width, quality.height, "rgba")
        self.view = _plane(self.rgba, 0, 4 * quality.width).reshape(
            quality.height, quality.width, 4
        )
        self.reformatter = VideoReformatter()

    def converted(self, rgba: RGBA, stale: Stale = None) -> VideoFrame:  # noqa: ARG002
        """See `Converted`."""
        np.copyto(self.view, straight_alpha(rgba) if self.alpha else rgba)
        if self.pix_fmt == "yuva420p":
            _colour_around(rgba, self.view)
        return self.reformatter.reformat(
            self.rgba,
            format=self.pix_fmt,
            dst_colorspace=Colorspace.ITU709,
            dst_color_range=ColorRange.MPEG,
            interpolation=Interpolation.AREA | Interpolation.ACCURATE_RND,
        )


def _colour_around(rgba: RGBA, straight: RGBA) -> None:
    """Give what is fully transparent in 2 x 2 pixels the colour of the rest of them.

    They share one chroma sample, which black that nobody sees would take the colour out of.
    """
    height, width, _ = rgba.shape
    fours = rgba.reshape(height // 2, 2, width // 2, 2, 4).sum((1, 3), dtype=np.uint32)
    alpha = fours[..., 3:]
    mean = (fours[..., :3] * 255 + alpha // 2) // np.maximum(alpha, 1)
    clear = straight[..., 3] == 0
    straight[clear, :3] = np.minimum(mean, 255).repeat(2, 0).repeat(2, 1)[clear]


# Rec. ITU-R BT.709-6, items 3.2 to 3.4, for R'G'B' of 0 … 255.
_KR, _KB = 0.2126, 0.0722
_LUMA = np.array([_KR, 1 - _KR - _KB, _KB])
_Y = 219 / 255 * _LUMA
_CB = 224 / 255 * (np.array([0, 0, 1]) - _LUMA) / (2 * (1 - _KB))
_CR = 224 / 255 * (np.array([1, 0, 0]) - _LUMA) / (2 * (1 - _KR))


def _weights(channels: NDArray[np.float64], bits: int) -> NDArray[np.float32]:
    """Of R, G, B and alpha, in multiples of 2^−bits: with 8 bits of colour, 24 are exact."""
    scaled: NDArray[np.float64] = np.rint(np.append(channels, 0.0) * (1 << bits))
    return np.asarray(scaled / (1 << bits), np.float32)


_TO_LUMA = _weights(_Y, 15)
_TO_CHROMA = np.stack([np.tile(_weights(each, 14), 2) / 4 for each in (_CB, _CR)], axis=1)
"""(8, 2): of the sums of two rows, at two neighbouring columns."""
_STRIP = 1 << 14
"""Pixels that are converted at a time, so that what is between stays in the processor's cache."""


class I420Canvas:
    """A kept planar picture, of which only what has changed is converted.

    BT.709, limited range; each chroma sample is that of the mean of its four pixels. No sum is
    rounded before the last step, so a picture is the same whichever parts were converted when.
    """

    def __init__(self, quality: Quality) -> None:
        width, height = quality.width, quality.height
        self.frame = VideoFrame(width, height, "yuv420p")
        self.frame.colorspace = Colorspace.ITU709
        self.frame.color_range = ColorRange.MPEG
        self.planes = [_plane(self.frame, k, width // (1 if k == 0 else 2)) for k in range(3)]
        self.whole = whole(height, width)

    def converted(self, rgba: RGBA, stale: Stale = None) -> VideoFrame:
        """See `Converted`."""
        for box in (self.whole,) if stale is None else stale:
            left, top, right, bottom = box.evened()
            rows = max(2, _STRIP // max(1, right - left) // 2 * 2)
            for start in range(top, bottom, rows):
                self._convert(rgba, Box(left, start, right, min(start + rows, bottom)))
        return self.frame

    def _convert(self, rgba: RGBA, box: Box) -> None:
        pixels = rgba[box.pixels].astype(np.float32)
        rows, columns, _ = pixels.shape
        luma = pixels.reshape(-1, 4) @ _TO_LUMA
        luma += 16.5
        chroma = (pixels[0::2] + pixels[1::2]).reshape(-1, 8) @ _TO_CHROMA
        chroma += 128.5
        self.planes[0][box.pixels] = luma.reshape(rows, columns)
        half = Box(*(edge // 2 for edge in box))
        for plane, values in zip(self.planes[1:], chroma.T, strict=True):
            plane[half.pixels] = values.reshape(rows // 2, columns // 2)


def _plane(frame: VideoFrame, index: int, width: int) -> NDArray[np.uint8]:
    """The bytes of a plane, ``(rows, width)``, to be written."""
    plane = frame.planes[index]
    rows = np.frombuffer(memoryview(plane), np.uint8).reshape(plane.height, plane.line_size)
    return rows[:, :width]
