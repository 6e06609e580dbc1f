"""Lines that are set once are what Manim sets, whether they were kept or not."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from manim import Typst, VGroup

from rendering.quality import PRESETS
from rendering.recorder import manim_settings
from scenes.kit import compositor
from scenes.kit.compositor import compose
from scenes.kit.typecase import Line
from scenes.kit.typeset import Formula, Outline, Text, Words, coloured

INK = "#F2A4B8"
TALL = "frac(a + 1, b) = " + coloured("sqrt(x)", "#FFA94D") + " + cases(1 quad t > 0, 0)"
MARKUP = f"$display({TALL})$"


@pytest.fixture(autouse=True)
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty case, and nothing remembered."""
    monkeypatch.setenv("FALTUNG_CACHE", str(tmp_path))
    forget()
    with manim_settings(PRESETS["draft"]):
        yield tmp_path / "type"
    forget()


def forget() -> None:
    compositor._lines.clear()
    compositor._case.cache_clear()


def bits(line: Line) -> list[tuple[bytes, tuple[float, ...], tuple[float, ...], float]]:
    return [
        (glyph.points.tobytes(), glyph.fill, glyph.stroke, glyph.weight) for glyph in line.glyphs
    ]


def by_manim(markup: str, size: float) -> Typst:
    text = Typst(
        compositor._SPECK + markup,
        font_size=size,
        color=INK,
        font_paths=[compositor._font_folder()],
        use_svg_cache=False,  # of a copy from there it forgets which strokes are rules
    )
    return text.remove(text.submobjects[0])


@pytest.mark.parametrize("size", [27.0, 44.0])
def test_a_text_is_that_of_manim(size: float) -> None:
    for _ in ("set", "read"):
        forget()
        text, manims = Formula(TALL, size=size, colour=INK), by_manim(MARKUP, size)
        assert len(text.submobjects) == len(manims.submobjects) > 10
        for ours, theirs in zip(text.submobjects, manims.submobjects, strict=True):
            assert ours.points.tobytes() == theirs.points.tobytes()
            for name in ("fill_rgbas", "stroke_rgbas", "background_stroke_rgbas"):
                np.testing.assert_array_equal(getattr(ours, name), getattr(theirs, name))
            assert ours.get_stroke_width() == pytest.approx(theirs.get_stroke_width(), rel=1e-14)
            assert ours.fill_opacity == theirs.fill_opacity
            assert ours.stroke_opacity == theirs.stroke_opacity
        assert text.initial_height == manims.initial_height


def test_rules_keep_their_proportion_as_manims_do() -> None:
    text, manims = Formula(TALL, size=30, colour=INK).scale(2.5), by_manim(MARKUP, 30).scale(2.5)
    widths = [[float(m.get_stroke_width()) for m in each.submobjects] for each in (text, manims)]
    assert sum(width > 0 for width in widths[0]) >= 2
    assert widths[0] == pytest.approx(widths[1], rel=1e-14)


def test_a_line_is_set_once_and_then_read(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = compose(MARKUP, 30)
    monkeypatch.setattr(compositor, "Typst", None)  # can no longer set anything
    assert compose(MARKUP, 30) is first
    forget()
    assert bits(compose(MARKUP, 30)) == bits(first)
    assert len(list(case.iterdir())) == 1


def test_a_torn_line_is_set_again(case: Path) -> None:
    first = compose(MARKUP, 30)
    (kept,) = case.iterdir()
    whole = kept.read_bytes()
    kept.write_bytes(whole[:-100])
    forget()
    assert bits(compose(MARKUP, 30)) == bits(first)
    assert kept.read_bytes() == whole


@pytest.mark.parametrize("changed", ["size", "markup", "version", "code"])
def test_what_has_a_say_has_another_key(changed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = compositor._key("x", 30)
    compositor._setters.cache_clear()
    if changed == "version":
        monkeypatch.setattr(compositor, "version", lambda name: f"{name} of tomorrow")
    if changed == "code":
        monkeypatch.setattr(compositor, "_SOURCES", (Path(__file__),))
    key = compositor._key("y" if changed == "markup" else "x", 31 if changed == "size" else 30)
    compositor._setters.cache_clear()
    assert key != before
    monkeypatch.undo()
    assert compositor._key("x", 30) == before


def test_texts_of_one_line_share_nothing_that_changes() -> None:
    one, other = Words("twice", colour=INK), Words("twice", colour=INK)
    for text in (one, other.copy()):
        text.set_color("#00FF00").set_stroke("#FF0000", width=3, background=True).shift([1, 2, 0])
        text.submobjects[0].add(VGroup())
    fresh = Words("twice", colour=INK)
    for left, right in zip(other.submobjects, fresh.submobjects, strict=True):
        assert left.submobjects == right.submobjects == []
        assert left.points.tobytes() == right.points.tobytes()
        np.testing.assert_array_equal(left.fill_rgbas, right.fill_rgbas)
        np.testing.assert_array_equal(left.background_stroke_rgbas, right.background_stroke_rgbas)


def test_an_outline_has_all_that_manim_gives_a_mobject() -> None:
    made, outline = vars(Outline(stroke_width=0.0)), vars(Words("o", colour=INK).submobjects[0])
    assert set(outline) == {*made, "weight"}
    own = ("points", "submobjects", "updaters", "weight")
    own = (*own, "fill_rgbas", "stroke_rgbas", "background_stroke_rgbas")
    own = (*own, "fill_opacity", "stroke_opacity")
    for name in set(made) - set(own):
        np.testing.assert_array_equal(outline[name], made[name])


@pytest.mark.parametrize("text", [Words("Flip, then", colour=INK), Formula(TALL, colour=INK)])
def test_a_text_is_measured_as_manim_measures_it(text: Text) -> None:
    text.shift([0.3, -0.7, 0.1]).rotate(0.2)
    plain = VGroup(*(outline.copy() for outline in text.submobjects))
    for direction in ([-1, 0, 0], [1, 1, 0], [0, -1, 0], [0, 0, 0], [0, 0, 1]):
        assert list(text.get_critical_point(direction)) == list(plain.get_critical_point(direction))
    assert (text.width, text.height, text.depth) == (plain.width, plain.height, plain.depth)
