"""Animated pictures: how long they last, how often they play."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageSequence

from lectures.embed import embed
from lectures.production import Production
from lectures.target import Options
from lectures.targets import gif, target_named
from rendering.quality import Quality
from tests.lectures.conftest import SLUG


@pytest.fixture(scope="module", params=[False, True], ids=["once", "for ever"])
def made(
    request: pytest.FixtureRequest,
    production: Production,
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[bool, Path]:
    folder = tmp_path_factory.mktemp("gif")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gif, "SMALL", Quality("smaller", 160, 90, 5))
        embed(production, target_named("gif"), folder, Options(loop=request.param))
    return request.param, folder


def pictures(path: Path) -> list[tuple[int, np.ndarray]]:
    """When each picture has gone, in milliseconds, and what is seen until then."""
    found, time = [], 0
    with Image.open(path) as opened:
        for frame in ImageSequence.Iterator(opened):
            seen = np.asarray(frame.convert("RGB"), int)  # only then is its time known
            time += frame.info["duration"]
            found.append((time, seen))
    return found


@pytest.mark.parametrize("suffix", ["gif", "webp"])
def test_it_plays_to_its_end(suffix: str, made: tuple[bool, Path], production: Production) -> None:
    for_ever, folder = made
    path = folder / f"{SLUG}.{suffix}"
    with Image.open(path) as opened:
        assert opened.size == (160, 90)
        # A GIF has no number where it plays once; a WebP says how often, and 0 is for ever.
        once = {"gif": None, "webp": 1}[suffix]
        assert opened.info.get("loop") == (0 if for_ever else once)
    shown = pictures(path)
    end, last = shown[-1]
    assert end / 1000 == pytest.approx(production.material.steps[-1].end, abs=0.2)
    assert len(shown) > 50
    assert np.ptp(last) > 50


def test_both_show_the_same_at_any_time(made: tuple[bool, Path]) -> None:
    one, other = (pictures(made[1] / f"{SLUG}.{suffix}") for suffix in ("gif", "webp"))
    for time in range(100, one[-1][0], 5000):
        first, second = (next(seen for end, seen in each if end > time) for each in (one, other))
        assert np.array_equal(first, second)


def test_a_transcript_lies_beside(made: tuple[bool, Path], production: Production) -> None:
    assert (made[1] / f"{SLUG}.txt").read_text("utf-8") == production.material.transcript
