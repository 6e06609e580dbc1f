"""Type: baselines, widths, and numbers that do not wobble."""

import multiprocessing
from pathlib import Path

import numpy as np
import pytest

from rendering.quality import PRESETS
from rendering.recorder import manim_settings
from scenes.kit.typeset import (
    Formula,
    Number,
    Numbers,
    Text,
    Words,
    coloured,
    em,
    fitted,
    stand,
    width_in_ems,
)

INK = "#F2F4F8"


@pytest.fixture(autouse=True)
def _settings():
    with manim_settings(PRESETS["draft"]):
        yield


@pytest.mark.parametrize("make", [Words, Formula])
def test_descenders_hang_below_the_baseline(make: type[Text]):
    flat, hanging = make("x", colour=INK), make("y", colour=INK)
    for text in (flat, hanging):
        stand(text, 1.0, 0.5)
        assert text.baseline == pytest.approx(0.5)
        assert text.get_left()[0] == pytest.approx(1.0)
    assert flat.get_bottom()[1] == pytest.approx(0.5, abs=0.02)
    assert hanging.get_bottom()[1] < 0.5 - 0.15 * em(hanging.size)


@pytest.mark.parametrize(("align", "edge"), [("left", -1), ("centre", 0), ("right", 1)])
def test_text_stands_where_it_is_put(align: str, edge: int):
    text = stand(Words("Flip, then shift", colour=INK), 2.0, -1.0, align=align)
    assert text.get_edge_center([edge, 0, 0])[0] == pytest.approx(2.0)


def test_words_are_never_markup():
    for wild in ('#panic("no")', 'a_b $x$ *y* \\ // "', "h * x ≤ 3 [τ]"):
        assert len(Words(wild, colour=INK).submobjects) >= len(wild.replace(" ", "")) - 3
    assert len(Words("*bold*", colour=INK).submobjects) == 6


def test_text_that_is_too_wide_is_made_smaller_and_says_so():
    text = Words("The area of the product, not of the overlap", size=44, colour=INK)
    width, size, baseline = text.width, text.size, stand(text, 0, 0).baseline
    fitted(text, width / 2)
    assert text.width == pytest.approx(width / 2)
    assert text.size == pytest.approx(size / 2)
    stand(text, 0, baseline)
    assert text.baseline == pytest.approx(baseline)
    assert fitted(text, 99).size == pytest.approx(size / 2)


def test_a_part_of_a_formula_has_a_colour_of_its_own():
    formula = Formula("h + " + coloured("x", "#FFA94D"), colour=INK)
    colours = [glyph.get_fill_color().to_hex().upper() for glyph in formula.submobjects]
    assert colours == [INK, INK, "#FFA94D"]


@pytest.mark.parametrize("value", [0.0, 2.528, -0.5, 1234.5])
def test_a_number_is_set_like_the_formula_of_the_same_digits(value: float):
    number = Number(size=34, colour=INK, decimals=3).draw(value, 0.0, 0.0)
    text = stand(Formula(f'"{number.content}"', size=34, colour=INK), 0.0, 0.0)
    assert number.width == pytest.approx(text.width, rel=0.01)
    assert number.get_top()[1] == pytest.approx(text.get_top()[1], abs=0.01)
    assert number.get_bottom()[1] == pytest.approx(text.get_bottom()[1], abs=0.01)


def test_the_digits_of_a_changing_number_stand_still():
    number = Number(size=34, colour=INK, decimals=2, align="right")
    edges = []
    for value in (0.00, 1.11, 4.44, 9.99):
        number.draw(value, 3.0, 0.0)
        glyph_boxes = number.content
        edges.append((len(glyph_boxes), number.get_right()[0]))
    assert len({length for length, _ in edges}) == 1
    assert np.ptp([right for _, right in edges]) < 0.1 * em(34)


def test_many_numbers_stand_like_single_ones_centred_on_their_places():
    places = np.array([[0.0, 0.0, 0.0], [2.0, 1.0, 0.0]])
    many = Numbers(size=34, colour=INK).draw(["8", "−0.25"], places)
    for content, place in zip((8, -0.25), places, strict=True):
        own = many.points[np.abs(many.points[:, 0] - place[0]) < 0.9]
        decimals = 0 if content == 8 else 2
        single = Number(size=34, colour=INK, decimals=decimals, align="centre")
        single.draw(content, place[0], 0.0)
        np.testing.assert_allclose(own[:, 0], single.points[:, 0], atol=1e-9)
        np.testing.assert_allclose(np.ptp(own, axis=0), np.ptp(single.points, axis=0), atol=1e-9)
        assert own[:, 1].max() == pytest.approx(place[1] + single.get_top()[1] / 2, abs=0.02)
    assert many.content == "8 −0.25"
    assert len(many.draw([], np.zeros((0, 3))).points) == 0


def test_the_width_of_a_number_is_known_before_it_is_drawn():
    number = Number(size=34, colour=INK, decimals=2).draw(-12.25, 0.0, 0.0)
    assert number.width == pytest.approx(width_in_ems("−12.25") * em(34), rel=0.05)


def test_what_manim_keeps_for_selecting_parts_is_not_copied_with_the_text():
    text = Words("kept", colour=INK)
    assert text.id_to_vgroup_dict == {}
    assert not any(hasattr(glyph, "path_obj") for glyph in text.submobjects)


def _set_many() -> None:
    with manim_settings(PRESETS["draft"]):
        for k in range(40):
            Words(f"word {k}", colour=INK)


def test_processes_that_set_the_same_words_do_not_disturb_each_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))  # nothing is set yet
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=_set_many) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0, 0, 0, 0]
    assert list(tmp_path.rglob("*.svg"))


@pytest.mark.parametrize("math", ["frac(1, 2)", "underline(x)", "sqrt(2)"])
def test_a_formula_set_again_has_the_same_strokes(math: str):
    first, again = (fitted(Formula(math, colour=INK), 0.2) for _ in range(2))
    widths = [[glyph.stroke_width for glyph in text.submobjects] for text in (first, again)]
    assert max(widths[0]) > 0
    assert widths[0] == widths[1]
