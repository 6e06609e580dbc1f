"""The presentation for manim-slides: the program's own model reads it, and converts it."""

import sys
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from manim_slides.config import PresentationConfig
from pptx import Presentation

from lectures.embed import embed
from lectures.production import Production
from lectures.targets import target_named
from tests.lectures.programs import run


@pytest.fixture(scope="module")
def made(production: Production, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return embed(production, target_named("manim-slides"), tmp_path_factory.mktemp("ms"))[0]


def frames(path: Path) -> list[np.ndarray]:
    with av.open(str(path)) as file:
        return [np.asarray(frame.planes[0], int) for frame in file.decode(video=0)]


def colours(path: Path) -> tuple[int, ...]:
    with av.open(str(path)) as file:
        codec = file.streams.video[0].codec_context
        return codec.color_range, codec.color_primaries, codec.color_trc, codec.colorspace


def test_the_program_reads_it(made: Path, production: Production) -> None:
    read = PresentationConfig.from_file(made)
    material = production.material
    assert read.resolution == (material.quality.width, material.quality.height)
    assert [each.notes for each in read.slides] == [
        f"{step.title}\n\n{step.caption}" for step in material.steps
    ]
    assert not any(each.loop or each.auto_next for each in read.slides)
    assert '"slides/files/' in made.read_text(), "paths go on when the folder is moved"


def test_clips_also_run_backwards(made: Path) -> None:
    slides = PresentationConfig.from_file(made).slides
    forward, backward = frames(slides[1].file), frames(slides[1].rev_file)
    assert len(forward) == len(backward)
    for one, other in zip(forward, reversed(backward), strict=True):
        assert np.abs(one - other).mean() < 2  # of 255: it was encoded once more
    assert colours(slides[1].rev_file) == colours(slides[1].file)
    for before, after in pairwise(slides[:3]):
        assert np.array_equal(frames(before.file)[-1], frames(after.file)[0])


@pytest.mark.parametrize("kind", ["html", "pptx"])
def test_the_program_converts_it(kind: str, made: Path, production: Production) -> None:
    folder, steps = made.parents[1], len(production.material.steps)
    run(
        sys.executable, "-m", "manim_slides", "convert", "--to", kind, made.stem, f"out.{kind}",
        cwd=folder,
    )  # fmt: skip
    if kind == "pptx":
        assert len(Presentation(str(folder / "out.pptx")).slides) == steps
    else:
        assert (folder / "out.html").read_text().count("data-background-video=") == steps
        assert len(list((folder / "out_assets").glob("*.mp4"))) == steps
