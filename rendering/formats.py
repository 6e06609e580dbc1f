"""The kinds of file a clip can be, and how each is encoded (docs/rendering.md says why so)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

__all__ = ["FORMATS", "Format", "FormatName"]

FormatName = Literal["mp4", "webm", "gif", "mov"]


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: container, codec and their settings."""

    name: FormatName
    codec: str
    pix_fmt: str
    options: Mapping[str, str] = field(default_factory=dict)
    container_options: Mapping[str, str] = field(default_factory=dict)
    alpha_pix_fmt: str = ""
    """The pixel format of a clip without a ground, if there may be one."""
    faststart: bool = False
    constant_rate: bool = True
    """Whether every frame of the scene is a picture of the file."""
    clock_error: float = 1e-6
    """Seconds by which the container's rounding may move a time or a duration."""
    decoded_pix_fmt: str = ""
    """What a decoder calls the pixel format, if not `pix_fmt`."""

    @property
    def alpha(self) -> bool:
        """Whether a clip may be without a ground."""
        return bool(self.alpha_pix_fmt)

    def transparent(self) -> Format:
        """The same without a ground. FFmpeg's own decoder of VP9 passes over alpha."""
        return replace(
            self, pix_fmt=self.alpha_pix_fmt, decoded_pix_fmt=self.decoded_pix_fmt or self.pix_fmt
        )


_FASTSTART = {"movflags": "+faststart"}

FORMATS: dict[str, Format] = {
    made.name: made
    for made in (
        Format(
            "mp4",
            "libx264",
            "yuv420p",
            # One thread: several processes encode, and all of them to the same bytes.
            options={
                "preset": "ultrafast",
                "x264-params": "cabac=1:deblock=1,0,0",
                "crf": "22",
                "threads": "1",
                "flags": "+cgop",
            },
            container_options=_FASTSTART,
            faststart=True,
        ),
        Format(
            "webm",
            "libvpx-vp9",
            "yuv420p",
            options={
                "deadline": "realtime",
                "cpu-used": "5",
                "row-mt": "1",
                "tile-columns": "2",
                "crf": "24",
                "b": "0",
            },
            clock_error=2e-3,
            alpha_pix_fmt="yuva420p",
        ),
        Format(
            "mov",
            "prores_aw",
            "yuva444p10le",
            options={"vendor": "apl0"},
            container_options=_FASTSTART,
            alpha_pix_fmt="yuva444p10le",
            decoded_pix_fmt="yuva444p12le",
            faststart=True,
        ),
        Format("gif", "gif", "pal8", constant_rate=False, clock_error=0.01, decoded_pix_fmt="bgra"),
    )
}
