"""Which programs are run: ours, stock Manim on our scenes, and the same picture made by others."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from bench.measure import REPOSITORY, Program
from bench.race import FPS
from bench.stream import OPTIONS

__all__ = [
    "FUNC_ANIMATION",
    "IDIOMATIC",
    "STOCK",
    "STOCK_ALIKE",
    "WORKERS",
    "floors",
    "manimgx",
    "ours",
    "ours_whole",
    "peers",
    "stock",
    "stocks",
]

WORKERS = (1, 2)
STOCK = "stock Manim"
STOCK_ALIKE = "stock Manim, our encoder settings"
IDIOMATIC = "idiomatic scene, stock Manim"
FUNC_ANIMATION = "matplotlib FuncAnimation"
_PYTHON = sys.executable
_SCENES = {
    "slide": ("bench/peers/slide.py", "SlideAlone"),
    "curves": ("bench/peers/curves.py", "Curves"),
    "whole": ("scenes/explainers/flip_and_shift.py", "FlipAndShift"),
    "idiomatic": ("bench/peers/idiomatic.py", "Idiomatic"),
}


def _workers(count: int) -> str:
    return f"{count} worker{'s' * (count > 1)}"


def ours_whole(workers: int) -> Program:
    """The command that users give, without what it has kept from before."""
    argv = [_PYTHON, "render.py", "flip-and-shift", "-o", "{folder}/ours.mp4", "--quiet"]
    return Program(f"ours, {_workers(workers)}", [*argv, "--no-cache", "--workers", str(workers)])


def ours(scene: str, workers: int, *, width: int = 1920, height: int = 1080) -> Program:
    """`make_clip` of a scene."""
    argv = [_PYTHON, "-m", "bench.ours", scene, "{folder}/ours.mp4", "--workers", str(workers)]
    return Program(
        f"ours, {_workers(workers)}", [*argv, "--width", str(width), "--height", str(height)]
    )


def stock(scene: str, name: str = STOCK, *options: str) -> Program:
    """``manim render -qh`` of the scene's file, nothing taken from its cache."""
    argv = [_PYTHON, "-m", "manim", "render", *_SCENES[scene], "-qh", "--disable_caching"]
    return Program(name, [*argv, "--media_dir", "{folder}", "--progress_bar", "none", *options])


def stocks(scene: str) -> list[Program]:
    """Stock Manim at its default encoder settings, and at ours."""
    settings = {**OPTIONS, "g": str(FPS)}
    alike = [f"--encoder-option={key}={value}" for key, value in settings.items()]
    return [stock(scene), stock(scene, STOCK_ALIKE, *alike)]


def floors(raw: Path, *options: str) -> list[Program]:
    """Only encoding, by as many processes as ours."""
    argv = [_PYTHON, "-m", "bench.floor", "encode", str(raw), "{folder}", *options, "--processes"]
    return [Program(f"encode only, {_workers(n)}", [*argv, str(n)]) for n in WORKERS]


def peers() -> list[Program]:
    """The same picture, made by others; matplotlib where it is installed."""
    found = [stock("idiomatic", IDIOMATIC)]
    if find_spec("matplotlib"):
        argv = [_PYTHON, "-m", "bench.peers.funcanimation", "{folder}/film.mp4"]
        found.append(Program(FUNC_ANIMATION, argv))
    return found


def manimgx(folder: Path) -> Program | None:
    """ManimGX on the idiomatic scene, where a Python has it; ``MANIMGX_PYTHON`` names that."""
    python = os.environ.get("MANIMGX_PYTHON") or shutil.which("python3.13")
    if (
        python is None
        or subprocess.run([python, "-c", "import manimgx"], capture_output=True).returncode
    ):
        return None
    source = (REPOSITORY / _SCENES["idiomatic"][0]).read_text("utf-8")
    scene = folder / "idiomatic.py"
    scene.write_text(source.replace("from manim import", "from manimgx import"), "utf-8")
    argv = [python, "-m", "manimgx", "render", str(scene), "Idiomatic", "-o", "{folder}/film.mp4"]
    return Program("idiomatic scene, ManimGX", argv)
