import numpy as np
import pytest

from rendering.boxes import Box
from rendering.canvas import Canvas, I420Canvas
from rendering.quality import Quality
from tests.rendering.toys import bt709_to_rgb

SMALL = Quality("small", 320, 180, 15)


def noise(seed: int) -> np.ndarray:
    picture = np.random.default_rng(seed).integers(0, 256, (180, 320, 4), np.uint8)
    picture[..., 3] = 255
    return picture


def planes(canvas: I420Canvas | Canvas, rgba: np.ndarray, *stale: Box) -> np.ndarray:
    return canvas.converted(rgba, stale or None).to_ndarray().copy()


@pytest.mark.parametrize("colour", [(0, 0, 0), (255, 255, 255), (200, 60, 40), (0, 0, 255)])
def test_flat_colours_come_back(colour: tuple[int, int, int]) -> None:
    rgba = np.empty((180, 320, 4), np.uint8)
    rgba[:] = (*colour, 255)
    luma, chroma = np.split(planes(I420Canvas(SMALL), rgba), [180])
    cb, cr = chroma.reshape(2, -1)[:, 0].tolist()
    # half a step of each of Y, Cb and Cr: 255/219/2 + 1.8556 * 255/224/2 of blue
    np.testing.assert_allclose(bt709_to_rgb(int(luma[0, 0]), cb, cr), colour, atol=1.7)


def test_it_converts_as_swscale_does() -> None:
    rgba = noise(0)
    ours, theirs = (
        planes(I420Canvas(SMALL), rgba),
        planes(Canvas(SMALL, "yuv420p", alpha=False), rgba),
    )
    difference = np.abs(ours.astype(int) - theirs)
    assert difference.max() <= 1  # both round
    assert difference.mean() < 0.02


def test_chroma_is_the_mean_of_four() -> None:
    stripes = np.full((180, 320, 4), 255, np.uint8)
    stripes[:, ::2] = (255, 0, 0, 255)
    mean = np.full((180, 320, 4), 255, np.uint8)
    mean[:] = (255, 127.5, 127.5, 255)
    for canvas in (I420Canvas(SMALL), Canvas(SMALL, "yuv420p", alpha=False)):
        striped, even = planes(canvas, stripes)[180:], planes(canvas, mean)[180:]
        np.testing.assert_allclose(striped.astype(int), even, atol=1)


@pytest.mark.parametrize(
    "stale",
    [(Box(0, 0, 1, 1),), (Box(31, 33, 64, 100),), (Box(5, 7, 9, 11), Box(100, 0, 319, 179))],
)
def test_parts_make_the_same_picture_as_the_whole(stale: tuple[Box, ...]) -> None:
    canvas, rgba, other = I420Canvas(SMALL), noise(1), noise(2)
    planes(canvas, rgba)
    for box in stale:
        rgba[box.pixels] = other[box.pixels]
    np.testing.assert_array_equal(planes(canvas, rgba, *stale), planes(I420Canvas(SMALL), rgba))
