"""The plan of image-kernel: which picture, which kernels, which story, and what is said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from pydantic import ValidationError

from convmath import InputError
from convmath.filters import FILTERS
from scenes.plans.image_kernel import TOUR, ImageKernelPlan
from tests.scenes.captions import assert_well_told

START = ["picture", "magnify", "place", "slide"]


def plan(**parameters: Any) -> ImageKernelPlan:
    return ImageKernelPlan(ImageKernelPlan.Parameters(**parameters))


def told(made: ImageKernelPlan) -> dict[str, str]:
    return {beat.name: beat.caption for beat in made.beats}


def noise(folder: Path, rows: int, columns: int, *, grey: bool = False) -> str:
    values = np.random.default_rng(3).integers(0, 256, (rows, columns, 3), dtype=np.uint8)
    image = Image.fromarray(values).convert("L" if grey else "RGB")
    image.save(folder / "noise.png")
    return str(folder / "noise.png")


def test_the_default_tour():
    made = plan()
    assert_well_told(made)
    assert [beat.name for beat in made.beats] == [
        *START,
        *("blur", "gaussian", "predict", "answer", "result", "sobel", "sharpen", "colour"),
    ]
    assert 45 <= made.duration <= 110
    assert [kernel.name for kernel in made.kernels] == list(TOUR)
    assert all(check.passed for check in made.checks)


def test_the_captions_say_the_numbers_of_the_frames():
    made = plan()
    step, captions = made.frames.at(made.step), told(made)
    assert step.total == step.window.sum() == 9 * step.output
    assert f"{step.total}/9 is {step.output:.0f}, their average" in captions["place"]
    assert "360 by 240 pixels" in captions["picture"]
    assert "0, 0, 0 and 0" in captions["answer"]
    assert "9 by 9 pixels" in captions["blur"]
    assert "not flipped: this is cross-correlation" in captions["slide"]
    i = TOUR.index("edge-pair")
    assert (
        f"black −{made.frames.high[i]:.0f} and white {made.frames.high[i]:.0f}"
        in captions["result"]
    )


@pytest.mark.parametrize("name", FILTERS)
def test_each_kernel_has_its_own_story(name: str):
    made = plan(kernel=name)
    assert_well_told(made)
    names = [beat.name for beat in made.beats]
    assert names[:5] == [*START, "predict"]
    signed = made.kernels[0].gain == 0
    assert ("colour" in names) is not signed
    assert all(check.passed for check in made.checks)
    assert len(made.frames.results) == 1
    assert made.duration < 75


@pytest.mark.parametrize(
    "parameters",
    [
        {"kernel": "box", "size": 3},
        {"kernel": "box", "size": 31},
        {"kernel": "gaussian", "sigma": 0.5},
        {"kernel": "1,2;3,-1"},
        {"kernel": "2"},
        {"kernel": "emboss", "flip": True},
        {"flip": True},
    ],
    ids=str,
)
def test_every_story_is_well_told(parameters: dict[str, Any]):
    assert_well_told(plan(**parameters))


def test_the_divisor_of_a_box_is_said():
    said = told(plan(kernel="box", size=3))["predict"]
    assert "add up to 9, and every sum is divided by 9. Predict" in said


def test_large_kernels_are_predicted_without_numbers():
    assert "answer" not in told(plan(kernel="gaussian"))
    assert "what will become of the picture?" in told(plan(kernel="box", size=7))["predict"]
    assert "answer" in told(plan(kernel="box", size=5))


def test_flipping_turns_every_kernel():
    made, turned = plan(kernel="emboss"), plan(kernel="emboss", flip=True)
    np.testing.assert_array_equal(turned.frames.kernel, np.rot90(made.frames.kernel, 2))
    assert "turned: this is convolution" in told(turned)["slide"]
    assert "1 and minus 1: the left pixel minus the right one" in told(plan(flip=True))["predict"]
    assert all(check.passed for check in plan(flip=True).checks)


def test_an_even_wall_is_multiplied_by_the_sum_of_the_weights():
    made = plan(kernel="1,2;3,-1")
    np.testing.assert_array_equal(made.frames.flat_output, 5 * made.frames.flat[0, 0])
    assert "multiplied by 5" in told(made)["answer"]
    assert made.frames.high[0] == 5 * 255


@pytest.mark.parametrize("place", ["0,0", "239,359", "100,200"])
def test_the_magnifier_goes_where_it_is_told(place: str):
    made = plan(position=place)
    row, column = map(int, place.split(","))
    top, left, rows, columns = made.patch
    assert top <= row < top + rows
    assert left <= column < left + columns
    step = made.frames.at(made.step)
    assert abs(step.row - row) <= 1
    assert abs(step.column - column) <= 1


def test_a_grey_picture_has_no_beat_about_colour(tmp_path: Path):
    grey = plan(image=noise(tmp_path, 30, 40, grey=True))
    assert grey.grey
    assert "colour" not in told(grey)
    assert all(check.passed for check in grey.checks)


def test_a_large_picture_says_that_it_was_scaled(tmp_path: Path):
    made = plan(image=noise(tmp_path, 480, 500), kernel="sharpen")
    assert "250 by 240 pixels, scaled from 500 by 480" in told(made)["picture"]
    assert made.frames.picture.shape == (3, 240, 250)


def test_the_smallest_picture_that_is_taken(tmp_path: Path):
    made = plan(image=noise(tmp_path, 24, 24), kernel="box", size=15)
    assert made.patch[2:] == (19, 21)
    assert all(check.passed for check in made.checks)


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"size": 8}, "--size"),
        ({"position": "1,2,3"}, "--position"),
        ({"position": "0.5,1"}, "--position"),
        ({"position": "-1,0"}, "--position"),
        ({"image": "nothing.jpg"}, "--image"),
    ],
)
def test_what_is_refused_with_its_option(parameters: dict[str, Any], said: str):
    with pytest.raises(InputError) as caught:
        _ = plan(**parameters).frames
    assert caught.value.option == said


@pytest.mark.parametrize(
    ("parameters", "option"),
    [({"kernel": "box", "size": 31}, "--size"), ({"kernel": "gaussian", "sigma": 8.0}, "--sigma")],
)
def test_kernels_larger_than_the_picture_are_refused(
    parameters: dict[str, Any], option: str, tmp_path: Path
):
    with pytest.raises(InputError, match="larger than the picture of 24 by 30 pixels") as caught:
        _ = plan(image=noise(tmp_path, 24, 30), **parameters).frames
    assert caught.value.option == option


@pytest.mark.parametrize("kernel", ["nonsense", "1,2;3", "0,0", "1,100", ",".join(["1"] * 16)])
def test_what_is_no_kernel_is_refused(kernel: str):
    with pytest.raises(ValidationError):
        plan(kernel=kernel)
