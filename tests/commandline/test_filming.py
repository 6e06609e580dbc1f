"""Several clips at once: what is said of those that are made, and of those that are not."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from commandline import filming
from commandline.filming import film_clips
from commandline.outputs import Order
from convmath import Check
from rendering.segments import SceneSpec, Timeline
from rendering.workers import Processes
from scenes.parameters import Parameters
from tests.rendering.stories import TINY, story

RIGHT = Check(name="y(2)", value=0.0, tolerance=1e-12)
WRONG = Check(name="y(2)", value=0.5, tolerance=1e-12)


def order(folder: Path, slug: str, check: Check = RIGHT) -> Order:
    plan: Any = SimpleNamespace(slug=slug, title="", parameters=Parameters(), checks=[check])
    return Order(plan, folder / f"{slug}.mp4", TINY, "mp4", "dark")


@pytest.fixture(autouse=True)
def _told_as_stories(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The plan of this slug has a scene of its own, or one that is broken or deadly."""

    def scene_of(plan: Any, theme: str) -> SceneSpec:
        shade: Any = "dark" if plan.slug == "broken" else 0.5
        fate = f"die:{tmp_path / 'death'}:99" if plan.slug == "deadly" else ""
        return story(shade=shade, fate=fate)[0]

    def timeline_of(plan: Any, fps: int) -> Timeline:
        return story()[1]

    monkeypatch.setattr(filming, "scene_of", scene_of)
    monkeypatch.setattr(filming, "timeline_of", timeline_of)


def test_failures_are_said_at_the_end_and_lose_no_other_clip(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    media = tmp_path / "media"
    orders = [order(media, slug) for slug in ("broken", "one", "deadly", "other")]
    orders.insert(0, order(media, "wrong", WRONG))
    assert film_clips(orders, Processes(2), no_cache=True, quiet=True) == 1
    said = capsys.readouterr().err.splitlines()
    assert said[0] == f"{media}/wrong.mp4: check failed: y(2): 0.5 (tolerance 1e-12)"
    reasons = sorted(said[1:-1])
    assert reasons[0].startswith(f"{media}/broken.mp4: ValueError: ")
    assert reasons[1].startswith(f"{media}/deadly.mp4: the segment of frames ")
    assert said[-1] == "3 of 5 clips were not made"
    assert sorted(path.name for path in media.iterdir()) == [
        f"{slug}.{suffix}" for slug in ("one", "other") for suffix in ("json", "mp4", "vtt")
    ]


def test_each_clip_has_a_line_when_it_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    orders = [order(tmp_path, slug) for slug in ("one", "other")]
    assert film_clips(orders, Processes(2), no_cache=True, quiet=False) == 0
    said = sorted(capsys.readouterr().err.splitlines())
    assert [line.partition("  ")[0] for line in said] == [str(o.path) for o in orders]


def test_a_clip_alone_that_fails_says_that_nothing_was_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    alone = [order(tmp_path / "media", "wrong", WRONG)]
    assert film_clips(alone, Processes(2), no_cache=True, quiet=False) == 1
    assert capsys.readouterr().err == (
        "check failed: y(2): 0.5 (tolerance 1e-12)\nnothing was written\n"
    )
    with pytest.raises(ValueError, match="dark"):
        film_clips([order(tmp_path, "broken")], Processes(2), no_cache=True, quiet=False)
