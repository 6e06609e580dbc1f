"""Files of a production: made once, and one step ends where the next begins."""

from itertools import pairwise
from pathlib import Path

import av
import numpy as np
from PIL import Image

from lectures.material import Material
from lectures.production import Production
from tests.lectures.conftest import SMALL


def decoded(path: Path) -> list[np.ndarray]:
    with av.open(str(path)) as file:
        return [picture.to_ndarray() for picture in file.decode(video=0)]


def test_a_step_ends_on_the_picture_that_the_next_begins_with(production: Production) -> None:
    clips = [decoded(path) for path in production.step_clips()]
    assert [len(clip) for clip in clips] == [len(step.clip) for step in production.material.steps]
    for before, after in pairwise(clips):
        assert np.array_equal(before[-1], after[0])


def test_what_was_made_is_not_made_again(production: Production) -> None:
    first = production.step_clips()
    times = [path.stat().st_mtime_ns for path in first]
    again = production.step_clips()
    assert again == first
    assert [path.stat().st_mtime_ns for path in again] == times


def test_pictures_are_those_of_the_steps(production: Production) -> None:
    paths = production.step_pictures()
    assert len(paths) == len(production.material.steps)
    last = production.pictures([production.material.steps[-1].last_frame])[0]
    assert np.array_equal(np.asarray(Image.open(paths[-1])), last[..., :3])
    poster = np.asarray(Image.open(production.poster()))
    number = production.material.poster.number
    assert np.array_equal(poster, np.asarray(Image.open(paths[number - 1])))


def test_pictures_with_captions_have_the_size_of_the_clip(production: Production) -> None:
    plan = production.material.plan
    burnt = Production(Material(plan, SMALL, burn_captions=True))
    (said,) = burnt.pictures([30])
    (plain,) = production.pictures([30])
    assert said.shape == plain.shape
    assert not np.array_equal(said[-24:], plain[-24:])


def test_files_are_delivered_under_their_names(production: Production, tmp_path: Path) -> None:
    poster = production.poster(".webp")
    assert production.deliver([poster], tmp_path / "a") == [poster.name]
    assert (tmp_path / "a" / poster.name).read_bytes() == poster.read_bytes()
