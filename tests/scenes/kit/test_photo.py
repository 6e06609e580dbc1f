import numpy as np
import pytest

from scenes.kit.cells import Cells
from scenes.kit.chart import Box
from scenes.kit.grid import Grid
from scenes.kit.palette import contrast, rgb
from scenes.kit.photo import BLACK, WHITE, Photo, ShadeBar, Wipe, fitting, seams, shades
from scenes.kit.typeset import Words
from scenes.theme import DARK, LIGHT

BOX = Box(-2.0, 2.0, -1.0, 1.0)
BEFORE, AFTER = np.full((10, 20), 50), np.full((10, 20), 200)


def test_a_photo_fills_its_box_with_its_numbers():
    photo = Photo(np.arange(200).reshape(10, 20), BOX)
    assert (photo.get_left()[0], photo.get_right()[0]) == (-2.0, 2.0)
    assert (photo.get_bottom()[1], photo.get_top()[1]) == (-1.0, 1.0)
    pixels = photo.get_pixel_array()
    np.testing.assert_array_equal(pixels[..., 0].ravel(), np.arange(200))
    np.testing.assert_array_equal(pixels[..., 0], pixels[..., 2])
    assert (pixels[..., 3] == 255).all()


def test_a_picture_keeps_its_proportions():
    fitted = fitting((30, 10), BOX)
    assert (fitted.top - fitted.bottom) == pytest.approx(3 * (fitted.right - fitted.left))
    assert (fitted.top, fitted.bottom) == pytest.approx((1.0, -1.0))


@pytest.mark.parametrize(("index", "left"), [(0.0, 20), (0.25, 15), (0.5, 10), (1.0, 0)])
def test_a_wipe_shows_after_from_the_right(index: float, left: int):
    wipe = Wipe(BEFORE, AFTER, BOX, DARK).draw(index)
    shown = wipe.photo.get_pixel_array()[..., 0]
    assert (shown[:, :left] == 50).all()
    assert (shown[:, left:] == 200).all()
    if 0 < left < 20:
        assert wipe.line.points[:, 0] == pytest.approx(-2 + left / 5)
    else:
        assert len(wipe.line.points) == 0


def test_a_wipe_does_not_change_what_it_was_given():
    wipe = Wipe(BEFORE, AFTER, BOX, DARK)
    wipe.draw(0.5).draw(1.0).draw(0.0)
    assert (wipe.photo.get_pixel_array()[..., 0] == 50).all()


def test_a_bar_names_its_ends_and_zero():
    box = Box(0.0, 0.3, -2.0, 2.0)

    def said(*args: float, open_ended: bool = False) -> list[str]:
        bar = ShadeBar(box, *args, DARK, open_ended=open_ended)
        return [part.content for part in bar.get_family() if isinstance(part, Words)]

    assert said(0.0, 255.0) == ["0", "255"]
    assert said(-70.0, 70.0, open_ended=True) == ["≤ −70", "≥ 70", "0"]


def test_seams_surround_each_cell_or_all_small_ones():
    large, small = (Cells.within(BOX, rows, 2 * rows) for rows in (2, 20))
    assert len(seams(large, LIGHT).points) == 8 * 32
    assert len(seams(small, LIGHT).points) == 16


def test_black_or_white_can_be_read_on_every_grey():
    cells = Cells.within(BOX, 16, 16)
    values = np.arange(256).reshape(16, 16)
    grid = Grid(cells, DARK, write=str, inks=(BLACK, WHITE)).draw(values, shades()(values))
    assert set(grid.numbers) == {BLACK, WHITE}
    for grey in range(256):
        ground = np.full(3, grey / 255)
        assert max(contrast(rgb(ink), ground) for ink in (BLACK, WHITE)) >= 4.5
