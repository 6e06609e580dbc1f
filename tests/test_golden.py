"""The golden frames must notice what a viewer would, and nothing that Cairo rounds otherwise."""

from pathlib import Path

import cairo
import numpy as np
import pytest
from PIL import Image

from tests.golden import SLACK, Goldens, Picture, differing, read_sheet, write_sheet

WIDTH, HEIGHT = 640, 360
DARK, LIGHT = ((0x10, 0x14, 0x1B), (0x2A, 0x32, 0x40)), ((0xFF,) * 3, (0xE1, 0xE6, 0xEC))
PASTEL = (0.42, 0.74, 0.95)


def drawn(
    *,
    up: float = 0.0,
    label: str = "y(2) = 2.528",
    fill: float = 0.45,
    grid: float = 120.0,
    dot: bool = True,
    antialias: cairo.Antialias = cairo.Antialias.GOOD,
    theme: tuple[tuple[int, ...], tuple[int, ...]] = DARK,
) -> Picture:
    """A chart: a faint rule, a curve that lies ``up`` pixels higher, an area, a label, a dot."""
    surface = cairo.ImageSurface(cairo.Format.RGB24, WIDTH, HEIGHT)
    pen = cairo.Context(surface)
    pen.set_antialias(antialias)
    ground, rule = (tuple(c / 255 for c in colour) for colour in theme)
    pen.set_source_rgb(*ground)
    pen.paint()
    pen.set_source_rgb(*rule)
    pen.set_line_width(0.6)
    pen.move_to(40, grid)
    pen.line_to(600, grid)
    pen.stroke()
    x = np.linspace(60, 580, 200)
    y = 300 - 200 * np.exp(-(((x - 260) / 90) ** 2)) - up
    for a, b in zip(x, y, strict=True):
        pen.line_to(a, b)
    pen.set_source_rgba(0.24, 0.84, 0.64, fill)
    pen.fill_preserve()
    pen.set_source_rgb(*PASTEL)
    pen.set_line_width(1.7)
    pen.stroke()
    if dot:
        pen.arc(500, 60, 0.8, 0, 7)
        pen.fill()
    pen.set_font_size(11)
    pen.move_to(450, 120.4)
    pen.text_path(label)
    pen.fill()
    bgra = np.frombuffer(surface.get_data(), np.uint8).reshape(HEIGHT, -1, 4)[:, :WIDTH]
    return np.ascontiguousarray(bgra[..., 2::-1])


@pytest.mark.parametrize("theme", [DARK, LIGHT])
@pytest.mark.parametrize(
    "change",
    [
        {"up": 1.0},
        {"up": -1.0},
        {"up": 0.5},
        {"grid": 121.0},
        {"label": "y(2) = 2.529"},
        {"label": "y(2) = 2.526"},
        {"label": "y(2) = −2.528"},
        {"label": "y(2)  2.528"},
        {"fill": 0.40},
        {"dot": False},
    ],
    ids=str,
)
def test_what_a_viewer_could_see_is_a_difference(change, theme):
    assert differing(drawn(theme=theme), drawn(theme=theme, **change)).sum() > 1


@pytest.mark.parametrize("theme", [DARK, LIGHT])
@pytest.mark.parametrize(
    "change",
    [
        {},
        {"up": 1 / 15},
        {"up": -1 / 15},
        {"grid": 120 + 1 / 15},
        {"antialias": cairo.Antialias.BEST},
    ],
    ids=str,
)
def test_what_another_rasteriser_could_do_is_none(change, theme):
    assert not differing(drawn(theme=theme), drawn(theme=theme, **change)).any()


def test_rounding_of_colours_is_no_difference_but_another_colour_is():
    flat = np.full((20, 30, 3), 100, np.uint8)
    noise = np.random.default_rng(7).integers(-SLACK // 2, SLACK // 2, flat.shape, endpoint=True)
    assert not differing(flat, (flat + noise).astype(np.uint8)).any()
    assert differing(flat, flat + np.uint8([0, SLACK + 1, 0])).all()


def test_a_sheet_keeps_every_pixel_and_the_names(tmp_path: Path):
    rng = np.random.default_rng(1)
    pictures = {name: rng.integers(0, 256, (36, 64, 3), np.uint8) for name in "abcd"}
    write_sheet(tmp_path / "deep" / "sheet.webp", pictures)
    kept = read_sheet(tmp_path / "deep" / "sheet.webp")
    assert list(kept) == list("abcd")
    for name, picture in pictures.items():
        np.testing.assert_array_equal(kept[name], picture)


def test_a_story_of_thirteen_small_pictures_takes_little_room(tmp_path: Path):
    pictures = {f"beat-{k}": drawn(up=k, label=f"y({k}) = {k / 7:.3f}") for k in range(13)}
    write_sheet(tmp_path / "sheet.webp", pictures)
    assert (tmp_path / "sheet.webp").stat().st_size < 120_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    Goldens(tmp_path / "kept", tmp_path / "failures", update=True).hold(
        "story-dark", {"signals": drawn(label="h"), "flip": drawn()}
    )
    return tmp_path


def held(folder: Path, *, update: bool = False, **pictures: Picture) -> None:
    Goldens(folder / "kept", folder / "failures", update).hold("story-dark", pictures)


def test_the_same_pictures_pass_and_leave_nothing(folder: Path):
    held(folder, signals=drawn(label="h"), flip=drawn())
    assert not (folder / "failures").exists()


def test_a_difference_is_named_shown_and_has_a_remedy(folder: Path):
    with pytest.raises(AssertionError) as failure:
        held(folder, signals=drawn(label="h"), flip=drawn(label="y(2) = 2.529"))
    shown = folder / "failures" / "story-dark" / "flip.png"
    lines = str(failure.value).splitlines()
    assert "story-dark.webp" in lines[0]
    assert "flip: " in lines[1]
    assert str(shown) in lines[1]
    assert "--update-goldens" in lines[2]
    assert len(lines) == 3
    with Image.open(shown) as image:
        picture = np.asarray(image)
    golden, got, difference = np.hsplit(picture, 3)
    np.testing.assert_array_equal(golden, drawn())
    np.testing.assert_array_equal(got, drawn(label="y(2) = 2.529"))
    red = (difference == (255, 0, 0)).all(axis=-1)
    np.testing.assert_array_equal(red, differing(golden, got))
    assert not red[:, :440].any()


def test_a_difference_that_is_gone_takes_its_picture_along(folder: Path):
    with pytest.raises(AssertionError):
        held(folder, signals=drawn(), flip=drawn())
    held(folder, signals=drawn(label="h"), flip=drawn())
    assert not list((folder / "failures").rglob("*.png"))


def test_a_missing_sheet_fails_and_says_how_to_draw_it(tmp_path: Path):
    with pytest.raises(AssertionError, match=r"no golden frames yet[\s\S]*--update-goldens"):
        held(tmp_path, signals=drawn())
    assert not list(tmp_path.rglob("*.webp"))


@pytest.mark.parametrize("names", [["signals"], ["flip", "signals"], ["signals", "flip", "shift"]])
def test_other_pictures_than_the_sheet_has_fail(folder: Path, names: list[str]):
    with pytest.raises(AssertionError, match="it shows signals, flip\nbut now there are"):
        held(folder, **{name: drawn() for name in names})


def test_another_size_fails(folder: Path):
    with pytest.raises(AssertionError, match="flip: 640x360 pixels are kept, 320x180 were drawn"):
        held(folder, signals=drawn(label="h"), flip=drawn()[::2, ::2])


def test_an_update_writes_what_differs_and_only_that(folder: Path):
    (sheet,) = (folder / "kept").iterdir()
    before = sheet.read_bytes()
    held(folder, update=True, signals=drawn(label="h", up=1 / 15), flip=drawn())
    assert sheet.read_bytes() == before
    held(folder, update=True, signals=drawn(label="h", up=1), flip=drawn())
    np.testing.assert_array_equal(read_sheet(sheet)["signals"], drawn(label="h", up=1))
    assert not list((folder / "failures").rglob("*.png"))
