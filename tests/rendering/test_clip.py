import json
import signal
import subprocess
import sys
from pathlib import Path

import av
import numpy as np
import pytest
import webvtt
from PIL import Image

from rendering.clip import CheckFailed, make_clip, make_pictures, make_still
from rendering.formats import FORMATS
from rendering.inspect import examine, is_faststart
from rendering.manifest import Check, Description, Manifest
from rendering.quality import Quality
from tests.rendering.toys import PATCH, TINY, Flat, Squares, bt709_to_rgb

TOY = Description(slug="toy", title="Toy", parameters={"shade": 0.5, "marks": [1, 2]})
ROOT = Path(__file__).parents[2]


def test_an_mp4_with_its_manifest_and_captions(tmp_path: Path) -> None:
    told: list[tuple[int, int | None]] = []
    made = make_clip(
        Squares,
        tmp_path / "toy.mp4",
        TINY,
        describe=TOY,
        progress=lambda done, total: told.append((done, total)),
    )
    assert sorted(p.name for p in tmp_path.iterdir()) == ["toy.json", "toy.mp4", "toy.vtt"]
    assert Manifest.model_validate_json((tmp_path / "toy.json").read_text()) == made
    assert (made.frame_count, made.duration, made.file) == (51, 3.4, "toy.mp4")
    assert [beat.name for beat in made.beats] == ["slide", "row"]
    assert len(webvtt.read(tmp_path / "toy.vtt").captions) == 2
    assert told[-1] == (51, None)
    assert set(made.versions) == {"faltung", "python", "manim", "numpy", "av"}

    seen = examine(tmp_path / "toy.mp4", TINY.fps)
    assert (seen.frames, seen.fps, seen.pix_fmt) == (51, 15, "yuv420p")
    assert (seen.width, seen.height, seen.ascending, seen.starts_at) == (160, 90, True, 0.0)
    assert seen.duration == pytest.approx(3.4, abs=1e-6)
    assert is_faststart(tmp_path / "toy.mp4")


@pytest.mark.parametrize("fps", [15, 30, 60])
@pytest.mark.parametrize("fmt", list(FORMATS))
def test_every_format_decodes(fmt: str, fps: int, tmp_path: Path) -> None:
    made = make_clip(Squares, tmp_path / f"toy.{fmt}", TINY.at_fps(fps), fmt, describe=TOY)
    assert made.passed
    assert made.frame_count == 3.4 * fps
    seen = examine(tmp_path / f"toy.{fmt}", fps)
    assert seen.duration == pytest.approx(3.4, abs=0.01)
    with av.open(str(tmp_path / f"toy.{fmt}")) as container:
        assert sum(1 for _ in container.decode(video=0)) == seen.frames
    if fmt != "gif":
        assert seen.frames == made.frame_count


def test_the_hash_is_of_the_frames_not_of_the_file(tmp_path: Path) -> None:
    hashes = {
        make_clip(Squares, tmp_path / f"{fmt}.{fmt}", TINY, fmt, describe=TOY).sha256
        for fmt in FORMATS
    }
    assert len(hashes) == 1


@pytest.mark.parametrize("fmt", ["mp4", "webm"])
def test_colours_are_bt709_and_say_so(fmt: str, tmp_path: Path) -> None:
    path = tmp_path / f"flat.{fmt}"
    quality = Quality("small", 320, 180, 15)
    make_clip(Flat, path, quality, fmt, describe=TOY, background="#10C060")
    with av.open(str(path)) as container:
        picture = next(container.decode(video=0))
    assert (picture.colorspace, picture.color_primaries, picture.color_trc) == (1, 1, 1)
    assert picture.color_range == 1
    planes = picture.to_ndarray()
    chroma = planes[180:].reshape(2, 90, 160)
    for column, expected in ((60, PATCH), (260, (0x10, 0xC0, 0x60))):
        cb, cr = chroma[:, 45, column // 2]
        seen = bt709_to_rgb(int(planes[90, column]), int(cb), int(cr))
        np.testing.assert_allclose(seen, expected, atol=3)


def test_mov_is_transparent_with_straight_alpha(tmp_path: Path) -> None:
    class Glass(Flat):
        def construct(self) -> None:
            super().construct()
            self.mobjects[0].set_fill(opacity=0.5)
            self.wait(0.2)

    path = tmp_path / "glass.mov"
    make_clip(Glass, path, TINY, "mov", describe=TOY, transparent=True)
    with av.open(str(path)) as container:
        *_, last = container.decode(video=0)
    rgba = last.to_ndarray(format="rgba").astype(int)
    assert rgba[45, 120, 3] == 0
    np.testing.assert_allclose(rgba[45, 20], [*PATCH, 127.5], atol=3)
    with pytest.raises(ValueError, match="mp4 cannot be transparent"):
        make_clip(Glass, tmp_path / "a.mp4", TINY, describe=TOY, transparent=True)


def test_gif_keeps_flat_colours_and_time(tmp_path: Path) -> None:
    path = tmp_path / "flat.gif"
    make_clip(Flat, path, TINY.at_fps(60), "gif", describe=TOY, background="#10C060")
    with Image.open(path) as gif:
        assert gif.n_frames == 1
        assert gif.convert("RGB").getpixel((20, 45)) == PATCH
        assert gif.convert("RGB").getpixel((120, 45)) == (0x10, 0xC0, 0x60)
    make_clip(Squares, path, TINY.at_fps(60), "gif", describe=TOY)
    with Image.open(path) as gif:
        assert gif.info["loop"] == 0
        shown = []
        for at in range(gif.n_frames):
            gif.seek(at)
            shown.append(gif.info["duration"])
    assert sum(shown) == 3400
    # 1.2 s of slide, the wait from its first kept frame, 1.2 s of row, the last wait
    assert shown == [50] * 24 + [600] + [50] * 24 + [400]


def test_a_failed_check_leaves_no_clip(tmp_path: Path) -> None:
    wrong = Check(name="y(2)", value=2.5, expected=2.528482, tolerance=1e-12, passed=False)
    with pytest.raises(CheckFailed, match=r"y\(2\): 2.5, expected 2.528482") as failure:
        make_clip(
            Squares,
            tmp_path / "toy.mp4",
            TINY,
            describe=TOY.model_copy(update={"checks": [wrong]}),
        )
    assert not failure.value.manifest.passed
    assert list(tmp_path.iterdir()) == []


def test_a_blank_first_frame_is_noticed(tmp_path: Path) -> None:
    class Blank(Flat):
        def construct(self) -> None:
            self.wait(1)

    with pytest.raises(CheckFailed, match="first picture is not blank"):
        make_clip(Blank, tmp_path / "toy.mp4", TINY, describe=TOY)


def test_an_error_in_the_scene_leaves_the_earlier_clip(tmp_path: Path) -> None:
    class Broken(Squares):
        def construct(self) -> None:
            super().construct()
            raise RuntimeError("broken")

    make_clip(Squares, tmp_path / "toy.mp4", TINY, describe=TOY)
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    with pytest.raises(RuntimeError, match="broken"):
        make_clip(Broken, tmp_path / "toy.mp4", TINY, describe=TOY)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before


@pytest.mark.parametrize("which", ["Interrupted", "Terminated"])
def test_a_signal_in_mid_render_leaves_nothing(which: str, tmp_path: Path) -> None:
    code = f"from tests.rendering.toys import *; clip_of_interrupted({str(tmp_path)!r}, {which!r})"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    expected = {"Interrupted": -signal.SIGINT, "Terminated": 128 + signal.SIGTERM}
    assert done.returncode == expected[which], done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_clip_is_made_alike_twice(tmp_path: Path) -> None:
    made = [
        make_clip(Squares, tmp_path / f"{name}" / "toy.mp4", TINY, describe=TOY) for name in "ab"
    ]
    assert made[0] == made[1]
    assert "NaN" not in json.dumps(made[0].model_dump())


def test_a_still_is_that_frame(tmp_path: Path) -> None:
    make_still(Squares, tmp_path / "still.png", TINY, seconds=2.0)
    (expected,) = make_pictures(Squares, TINY, [30])
    with Image.open(tmp_path / "still.png") as still:
        np.testing.assert_array_equal(np.asarray(still), expected[..., :3])
    assert [p.name for p in tmp_path.iterdir()] == ["still.png"]
