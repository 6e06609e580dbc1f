"""Clips and pictures, made by a process and looked at afterwards."""

from __future__ import annotations

import fcntl
import json
import signal
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import webvtt
from PIL import Image

from commandline import filming
from commandline.outputs import Order
from lectures.specs import description_of
from rendering.inspect import examine, is_faststart
from scenes.beat import schedule
from scenes.catalogue import plan_class
from scenes.theme import THEMES, ThemeName
from tests.commandline.run import ROOT, command, run, run_here, run_well

SLUG = "flip-and-shift"
FPS = 5
DRAFT = (SLUG, "--quality", "draft", "--fps", str(FPS))


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two folders in which the same draft was made, the second quietly, each with its report.

    Made once, side by side, for all workers of a run.
    """
    shared = tmp_path_factory.getbasetemp().parent / "clips"
    folders = (shared / "first", shared / "second")
    shared.mkdir(exist_ok=True)
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folders[0].exists():
            _make_drafts(folders)
    return folders


def _make_drafts(folders: tuple[Path, Path]) -> None:
    made = []
    for folder, quiet in zip(folders, ((), ("--quiet",)), strict=True):
        folder.mkdir()
        with (folder / "report.txt").open("w") as report:
            words = command(*DRAFT, *quiet)
            made.append(subprocess.Popen(words, cwd=folder, stdout=report, stderr=report))
    codes = [process.wait() for process in made]
    assert codes == [0, 0], [(folder / "report.txt").read_text() for folder in folders]


def manifest_in(folder: Path) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads((folder / "media" / f"{SLUG}.json").read_text("utf-8"))
    return manifest


def seconds(clock: str | None) -> float:
    """Of hh:mm:ss.mmm."""
    hours, minutes, rest = (clock or "").split(":")
    return 3600 * int(hours) + 60 * int(minutes) + float(rest)


def test_a_clip_lands_in_media_with_manifest_and_captions(clips: tuple[Path, Path]) -> None:
    for folder in clips:
        names = sorted(path.name for path in (folder / "media").iterdir())
        assert names == [f"{SLUG}.json", f"{SLUG}.mp4", f"{SLUG}.vtt"]
        assert sorted(path.name for path in folder.iterdir()) == ["media", "report.txt"]


def test_the_report_is_one_line_and_none_if_quiet(clips: tuple[Path, Path]) -> None:
    first, second = ((folder / "report.txt").read_text("utf-8") for folder in clips)
    assert first.startswith(f"media/{SLUG}.mp4  640x360, 5 fps, ")
    assert first.count("\n") == 1
    assert second == ""


def test_a_clip_plays_everywhere(clips: tuple[Path, Path]) -> None:
    path = clips[0] / "media" / f"{SLUG}.mp4"
    plan = plan_class(SLUG)()
    seen = examine(path, FPS)
    assert (seen.width, seen.height, float(seen.fps), seen.pix_fmt) == (640, 360, FPS, "yuv420p")
    assert seen.frames == round(plan.duration * FPS)
    assert seen.duration == pytest.approx(plan.duration, abs=1 / FPS)
    assert is_faststart(path)


def test_the_manifest_describes_the_clip(clips: tuple[Path, Path]) -> None:
    manifest, plan = manifest_in(clips[0]), plan_class(SLUG)()
    assert manifest["slug"] == SLUG
    assert manifest["parameters"] == plan.parameters.model_dump(mode="json")
    assert (manifest["quality"], manifest["fps"], manifest["theme"]) == ("draft", FPS, "dark")
    assert manifest["frame_count"] == examine(clips[0] / "media" / f"{SLUG}.mp4", FPS).frames
    assert manifest["duration"] == manifest["frame_count"] / FPS
    for told, (beat, start, end) in zip(manifest["beats"], schedule(plan.beats), strict=True):
        assert (told["name"], told["caption"]) == (beat.name, beat.caption)
        assert (told["start"], told["end"]) == pytest.approx((start, end), abs=1 / FPS)
    assert {"python", "manim", "numpy", "av", "faltung"} <= set(manifest["versions"])


def test_the_manifest_holds_the_checks_of_the_frames_and_of_the_file(
    clips: tuple[Path, Path],
) -> None:
    checks = manifest_in(clips[0])["checks"]
    assert all(check["passed"] is True for check in checks)
    named = {check["name"]: check for check in checks}
    for check in plan_class(SLUG)().checks:
        assert named[check.name]["tolerance"] == check.tolerance
        assert named[check.name]["value"] <= check.tolerance
    assert {"beats told", "pictures in the file", "pixel format"} <= set(named)


def test_captions_are_the_beats(clips: tuple[Path, Path]) -> None:
    cues = webvtt.read(str(clips[0] / "media" / f"{SLUG}.vtt")).captions
    for beat in manifest_in(clips[0])["beats"]:
        within = [
            cue
            for cue in cues
            if beat["start"] - 1e-3 <= seconds(cue.start) and seconds(cue.end) <= beat["end"] + 1e-3
        ]
        assert " ".join(" ".join(cue.text.split()) for cue in within) == beat["caption"]


def test_the_same_words_make_the_same_frames(clips: tuple[Path, Path]) -> None:
    first, second = map(manifest_in, clips)
    assert len(first["sha256"]) == 64
    assert first == second


def test_ctrl_c_leaves_nothing(tmp_path: Path) -> None:
    process = subprocess.Popen(
        command(*DRAFT, "--no-cache"),
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        text=True,
        # A shell starts what it puts in the background with the signal ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob("media/.*/*/segment.mp4")):
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "stopped; nothing unfinished was written" in said
    assert "Traceback" not in said
    assert list((tmp_path / "media").iterdir()) == []


def test_a_still_has_the_size_of_its_quality(tmp_path: Path) -> None:
    words = ("still", SLUG, "--at", "0.5", "--theme", "light", "-o", "a/still.png")
    done = run_well(*words, cwd=tmp_path)
    assert done.stderr == "a/still.png\n"
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["still.png"]
    with Image.open(tmp_path / "a" / "still.png") as picture:
        assert (picture.format, picture.size) == ("PNG", (1920, 1080))
        grey = np.asarray(picture.convert("L"))
    assert np.median(grey) > 200  # a light ground
    assert grey.min() < 100


@pytest.mark.parametrize(("slug", "theme"), [("flip-and-shift", "dark"), ("conv-matrix", "light")])
def test_a_storyboard_has_no_problem_of_layout(slug: str, theme: str, tmp_path: Path) -> None:
    words = ("storyboard", slug, "--strict", "--theme", theme)
    done = run(*words, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    beats = len(plan_class(slug)().beats)
    assert done.stderr == f"media/{slug}-storyboard.png  {beats} beats, 0 problems\n"
    assert [path.name for path in (tmp_path / "media").iterdir()] == [f"{slug}-storyboard.png"]


def test_manim_itself_renders_an_explainer_with_its_defaults(tmp_path: Path) -> None:
    scene = ROOT / "scenes" / "explainers" / "flip_and_shift.py"
    words = ("-m", "manim", "render", "-ql", "-s", "--media_dir", str(tmp_path))
    done = subprocess.run(
        [*command()[:1], *words, str(scene), "FlipAndShift"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (picture,) = tmp_path.rglob("*.png")
    with Image.open(picture) as last:
        assert last.size == (854, 480)


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_captions_stand_in_the_picture_where_they_are_wanted(
    theme: ThemeName, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    orders: list[Order] = []

    def film(ordered: Sequence[Order], *_: Any, **__: Any) -> int:
        orders.extend(ordered)
        return 0

    monkeypatch.setattr(filming, "film_clips", film)
    for words in ((), ("--burn-captions",)):
        assert run_here(*DRAFT, "--theme", theme, *words, cwd=tmp_path).returncode == 0
    described = description_of(orders[0].plan, theme)
    inks = [filming._spec_of(order, described).captions_in for order in orders]
    assert inks == ["", THEMES[theme].text.colour]
