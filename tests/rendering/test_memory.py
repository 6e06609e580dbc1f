"""A long clip needs no more memory than a short one."""

import subprocess
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("resource is of Unix", allow_module_level=True)

ROOT = Path(__file__).parents[2]
FPS = 1
PROGRAM = f"""
import resource, sys
from pathlib import Path
from manim import RIGHT, Scene, Square, ValueTracker, linear
from rendering.clip import make_clip
from rendering.manifest import Description
from rendering.quality import Quality
from rendering.segments import Timeline

seconds = int(sys.argv[1])

class Slide(Scene):
    def construct(self):
        place, square = ValueTracker(-4), Square(fill_opacity=1)
        square.add_updater(lambda m: m.move_to(place.get_value() * RIGHT))
        self.add(square)
        for k in range(seconds):
            self.play(place.animate.set_value((-1) ** k), run_time=1, rate_func=linear)

make_clip(
    Slide, Path(sys.argv[2]), Quality("tiny", 640, 360, {FPS}), describe=Description(slug="a"),
    timeline=Timeline(frames={FPS} * seconds),
)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def peak(seconds: int, folder: Path) -> int:
    """Of the process that makes a clip of this length, in the system's unit."""
    words = [sys.executable, "-c", PROGRAM, str(seconds), str(folder / f"{seconds}.mp4")]
    return int(subprocess.run(words, cwd=ROOT, check=True, capture_output=True).stdout)


def test_ten_minutes_need_no_more_memory_than_ten_seconds(tmp_path: Path) -> None:
    short, long = peak(10, tmp_path), peak(600, tmp_path)
    assert long < 1.15 * short  # a picture kept of each second would double it
