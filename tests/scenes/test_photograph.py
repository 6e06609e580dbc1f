"""Pictures from files: what is read, how it is turned and scaled, and what is refused."""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from convmath import InputError
from scenes import photograph
from scenes.photograph import is_picture_name, read_photograph, sample_photograph


@pytest.fixture(autouse=True)
def _no_warnings():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def noise(rows: int, columns: int, channels: int = 3) -> np.ndarray:
    values = np.random.default_rng(1).integers(0, 256, (rows, columns, channels), dtype=np.uint8)
    return values[..., 0] if channels == 1 else values


def saved(folder: Path, image: Image.Image, name: str = "a.png", **options: object) -> str:
    image.save(folder / name, **options)
    return str(folder / name)


def test_the_sample_has_three_channels_and_its_size():
    sample = sample_photograph()
    assert sample.pixels.shape == (3, 240, 360)
    assert (sample.pixels.min(), sample.pixels.max()) == (0, 255)
    assert not sample.scaled


def test_a_small_png_comes_back_exactly(tmp_path: Path):
    values = noise(30, 40)
    read = read_photograph(saved(tmp_path, Image.fromarray(values)))
    np.testing.assert_array_equal(read.pixels, np.moveaxis(values, -1, 0))
    assert read.shape == read.taken == (30, 40)


@pytest.mark.parametrize("mode", ["L", "1", "P", "LA", "I;16"])
def test_grey_has_one_channel(mode: str, tmp_path: Path):
    grey = noise(30, 40, 1)
    if mode == "I;16":
        image = Image.fromarray(grey.astype(np.uint16) * 257)
    else:
        image = Image.fromarray(grey).convert(mode)
    read = read_photograph(saved(tmp_path, image))
    assert read.pixels.shape == (1, 30, 40)
    if mode != "1":
        np.testing.assert_array_equal(read.pixels[0], grey)


def test_what_is_transparent_lies_on_white(tmp_path: Path):
    values = np.dstack([noise(30, 40), np.zeros((30, 40), dtype=np.uint8)])
    read = read_photograph(saved(tmp_path, Image.fromarray(values)))
    assert (read.pixels == 255).all()


def test_exif_says_which_side_is_up(tmp_path: Path):
    values = np.repeat(np.arange(0, 240, 8, dtype=np.uint8)[:, None], 60, axis=1)  # (30, 60)
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned clockwise
    read = read_photograph(saved(tmp_path, Image.fromarray(values), "a.jpg", exif=exif, quality=95))
    assert read.shape == (60, 30)
    first = read.pixels[0, 0].tolist()
    assert first == sorted(first, reverse=True)


@pytest.mark.parametrize(("size", "shown"), [((720, 480), (240, 360)), ((100, 960), (240, 25))])
def test_large_pictures_are_scaled_to_fit(
    size: tuple[int, int], shown: tuple[int, int], tmp_path: Path
):
    read = read_photograph(saved(tmp_path, Image.new("RGB", size, (10, 200, 30))))
    assert read.shape == shown
    assert read.taken == size[::-1]
    assert read.scaled
    assert np.unique(read.pixels.reshape(3, -1), axis=1).T.tolist() == [[10, 200, 30]]


def refusal(name: str) -> str:
    with pytest.raises(InputError) as caught:
        read_photograph(name)
    assert caught.value.option == "--image"
    return str(caught.value)


def test_small_and_narrow_pictures_are_refused(tmp_path: Path):
    assert "23 × 40 pixels is too small" in refusal(saved(tmp_path, Image.new("L", (23, 40))))
    narrow = refusal(saved(tmp_path, Image.new("L", (3600, 100)), "b.png"))
    assert "3600 × 100 pixels (360 × 10 when scaled to fit 360 × 240)" in narrow


def test_damaged_and_foreign_files_are_refused(tmp_path: Path):
    whole = (tmp_path / "a.png", tmp_path / "a.jpg")
    for path in whole:
        saved(tmp_path, Image.fromarray(noise(300, 300)), path.name)
        for length in (0, 4, 30, 200, path.stat().st_size // 2):
            torn = tmp_path / f"torn{length}{path.suffix}"
            torn.write_bytes(path.read_bytes()[:length])
            assert "picture" in refusal(str(torn))
    saved(tmp_path, Image.fromarray(noise(30, 30)), "b.gif")
    (tmp_path / "b.gif").rename(tmp_path / "gif.png")
    assert "no PNG or JPEG" in refusal(str(tmp_path / "gif.png"))
    (tmp_path / "words.jpg").write_text("a picture")
    assert "no PNG or JPEG" in refusal(str(tmp_path / "words.jpg"))
    (tmp_path / "folder.png").mkdir()
    assert "a folder" in refusal(str(tmp_path / "folder.png"))
    assert "cannot be reached" in refusal("a" * 5000 + ".png")
    assert "cannot be reached" in refusal("a\0.png")


def test_enormous_pictures_are_refused_before_they_are_decoded(tmp_path: Path, monkeypatch):
    small = saved(tmp_path, Image.new("L", (200, 200)))
    monkeypatch.setattr(photograph, "MOST_PIXELS", 39_999)
    assert "200 × 200 pixels is too large" in refusal(small)
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 100)
    assert "far too many pixels" in refusal(small)
    monkeypatch.setattr(photograph, "MOST_BYTES", 10)
    assert "MB" in refusal(small)


@pytest.mark.parametrize(
    ("name", "is_one"), [("a.png", True), ("b.JPG ", True), ("c.jpeg", True), ("d.csv", False)]
)
def test_pictures_are_told_by_their_names(name: str, is_one: bool):
    assert is_picture_name(name) is is_one
