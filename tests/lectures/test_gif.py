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


@pytest.mark.parametrize("suffix", ["gif", "webp"])
def test_it_plays_to_its_end(suffix: str, made: tuple[bool, Path], production: Production) -> None:
    for_ever, folder = made
    with Image.open(folder / f"{SLUG}.{suffix}") as opened:
        assert opened.size == (160, 90)
        shown = [
            (each.info["duration"], each.convert("L")) for each in ImageSequence.Iterator(opened)
        ]
        # A GIF has no number where it plays once; a WebP says how often, and 0 is for ever.
        once = {"gif": None, "webp": 1}[suffix]
        assert opened.info.get("loop") == (0 if for_ever else once)
    seconds = sum(time for time, _ in shown) / 1000
    assert seconds == pytest.approx(production.material.steps[-1].end, abs=0.2)
    assert len(shown) > 50
    assert np.ptp(np.asarray(shown[-1][1], int)) > 50


def test_both_show_the_same(made: tuple[bool, Path]) -> None:
    _, folder = made
    with Image.open(folder / f"{SLUG}.gif") as one, Image.open(folder / f"{SLUG}.webp") as other:
        for frame in (0, 20, 40):
            one.seek(frame)
            other.seek(frame)
            assert np.array_equal(np.asarray(one.convert("RGB")), np.asarray(other.convert("RGB")))


def test_a_transcript_lies_beside(made: tuple[bool, Path], production: Production) -> None:
    assert (made[1] / f"{SLUG}.txt").read_text("utf-8") == production.material.transcript
