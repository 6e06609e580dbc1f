"""The slide by matplotlib's FuncAnimation: ``python -m bench.peers.funcanimation FILE``.

The picture is that of `bench.peers.slide`. matplotlib writes mp4 through the program ffmpeg; here
its canvas is handed to PyAV instead, in the same process and with the settings of our own clips.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import VideoReformatter
from matplotlib import pyplot as plt
from matplotlib.animation import AbstractMovieWriter, FuncAnimation

from bench.peers.signals import FIRST, LAST, SECONDS, h, x, y
from bench.stream import Stream, as_i420

FPS, DPI = 60, 100
GROUND, TEXT, GREY = "#10141B", "#F2F4F8", "#8D98A8"
FIXED, MOVING, PRODUCT, OUTPUT = "#6CBDF2", "#FFA94D", "#3DD6A3", "#F6E15B"


class PyAVWriter(AbstractMovieWriter):
    """Hands the canvas to our encoder."""

    def __init__(self) -> None:
        super().__init__(fps=FPS)
        self.reformatter = VideoReformatter()

    def setup(self, fig: Any, outfile: Any, dpi: float | None = None) -> None:
        """Open the file."""
        super().setup(fig, outfile, dpi)
        width, height = self.frame_size
        self.stream = Stream(Path(outfile), (int(width), int(height)), FPS)

    def grab_frame(self, **savefig_kwargs: Any) -> None:  # noqa: ARG002
        """Draw the figure and encode it."""
        self.fig.canvas.draw()
        pixels = np.asarray(self.fig.canvas.buffer_rgba())  # type: ignore[attr-defined]
        frame = VideoFrame.from_numpy_buffer(pixels, format="rgba")
        self.stream.add(as_i420(frame, self.reformatter))

    def finish(self) -> None:
        """Close the file."""
        self.stream.__exit__(None, None, None)


def chart(box: tuple[float, float, float, float], variable: str) -> Any:
    """Axes at this place of the figure, as shares of it."""
    axes = plt.gcf().add_axes(box, facecolor=GROUND)
    axes.set(xlim=(-7.33, 15.33), ylim=(0, 2.7), xticks=range(-6, 16, 2), yticks=(1, 2))
    axes.grid(axis="y", color="#2A3240", lw=1.5)
    axes.tick_params(colors="#A9B3C1", labelsize=18)
    axes.spines[["top", "left", "right"]].set_visible(False)
    axes.spines["bottom"].set_color(GREY)
    axes.axvline(0, color=GREY, lw=2)
    axes.set_title(variable, loc="right", color=TEXT, size=24)
    return axes


class Picture:
    """Lines that are made once, and moved at each frame."""

    def __init__(self, figure: Any) -> None:
        figure.text(0.025, 0.95, "x moves over h", color=TEXT, size=32)
        self.upper = chart((0.07, 0.57, 0.64, 0.24), "$\\tau$")
        self.lower = chart((0.07, 0.11, 0.64, 0.24), "$t$")
        self.upper.text(0, 1.1, "$h(\\tau)$", color=FIXED, size=25, transform=self.upper.transAxes)
        tau = np.arange(0, 15.33, 0.05)
        self.upper.plot([0, *tau], [0, *map(h, tau)], color=FIXED, lw=4)
        (self.moving,) = self.upper.plot([], [], color=MOVING, lw=4)
        (self.handle,) = self.upper.plot([], [], "^", color=MOVING, ms=16, clip_on=False)
        (self.trace,) = self.lower.plot([], [], color=OUTPUT, lw=4)
        (self.dot,) = self.lower.plot([], [], "o", color=OUTPUT, ms=12)
        (self.drop,) = self.lower.plot([], [], "--", color=GREY, lw=2, clip_on=False)
        self.area = self.upper.fill_between([], [], color=PRODUCT, alpha=0.45)
        rows = (("$t$", MOVING), ("low", PRODUCT), ("high", PRODUCT), ("$y(t)$", OUTPUT))
        for row, (label, ink) in enumerate(rows):
            figure.text(0.77, 0.78 - 0.07 * row, label, color=ink, size=25)
        self.numbers = [
            figure.text(0.97, 0.78 - 0.07 * row, "", color=ink, size=25, ha="right")
            for row, (_, ink) in enumerate(rows)
        ]
        self.past = np.arange(FIRST, LAST, 0.05)
        self.heights = np.array([y(t) for t in self.past])

    def draw(self, t: float) -> None:
        """Show the step t."""
        edges = np.array([t - 4, t - 4, t - 2, t - 2, t, t])
        self.moving.set_data(edges, [0, 0.5, 0.5, 1, 1, 0])
        self.handle.set_data([t], [-0.12])
        low, high = max(0.0, t - 4), t
        tau = np.arange(low, max(low, high), 0.02)
        self.area.remove()
        product = [h(at) * x(t - at) for at in tau]
        self.area = self.upper.fill_between(tau, product, color=PRODUCT, alpha=0.45)
        before = self.past < t
        self.trace.set_data([*self.past[before], t], [*self.heights[before], y(t)])
        self.dot.set_data([t], [y(t)])
        self.drop.set_data([t, t], [y(t), 4.6])
        for text, value in zip(self.numbers, (t, low, high, y(t)), strict=True):
            text.set_text(f"{value:.2f}")


def main(path: str) -> None:
    """Write the film."""
    mpl.use("agg")
    figure = plt.figure(figsize=(19.2, 10.8), dpi=DPI, facecolor=GROUND)
    picture = Picture(figure)
    frames = np.linspace(FIRST, LAST, round(SECONDS * FPS))
    film = FuncAnimation(figure, picture.draw, frames=frames, blit=False, init_func=lambda: ())
    film.save(path, writer=PyAVWriter(), dpi=DPI)


if __name__ == "__main__":
    main(sys.argv[1])
