from collections.abc import Callable, Iterator

import numpy as np
import pytest
from manim import (
    Annulus,
    Circle,
    Line,
    ManimColor,
    Mobject,
    Rectangle,
    VGroup,
    VMobject,
    tempconfig,
)

from scenes.kit.explainer import Explainer
from scenes.kit.frame import SAFE_X, SAFE_Y
from scenes.kit.layout import Problem, contrast, problems, subpaths
from scenes.kit.typeset import BODY, Formula, Number, Words, coloured, fitted, stand
from scenes.theme import DARK, LIGHT, Theme

INK, GROUND = DARK.text.colour, DARK.ground


@pytest.fixture(autouse=True, scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    media = str(tmp_path_factory.mktemp("media"))
    with tempconfig({"media_dir": media, "dry_run": True, "verbosity": "WARNING"}):
        yield


def found(*mobjects: Mobject, theme: Theme = DARK) -> list[Problem]:
    scene: Explainer = Explainer(plan=object(), theme=theme)
    scene.add(*mobjects)
    return list(problems(scene))


def words(text: str = "some words", colour: str = INK) -> Words:
    return Words(text, colour=colour)


def number(value: float, *, size: float = BODY) -> Number:
    return Number(size=size, colour=INK).draw(value, 0.0, 0.0)


def pixels(size: float) -> float:
    """Of an em at 1080p: Manim sets 48 pt as 67.5 px, a sixteenth of the picture's height."""
    return size / 48 * 1080 / 16


def clean() -> list[Mobject]:
    return [
        stand(words("A heading"), -SAFE_X, SAFE_Y - 0.5),
        stand(Formula(coloured("y(t)", DARK.output.colour) + "= integral x", colour=INK), -3, 0.6),
        number(-2.5).shift([0, -1, 0]),
        Line([-6, -0.3, 0], [6, -0.3, 0]),
        Rectangle(width=5, height=1, fill_opacity=1, fill_color="#000000").shift([0, 2, 0]),
        words("in a box").shift([0, 2, 0]),
    ]


def dimmed(opacity: float) -> Words:
    faded = words()
    faded.set_opacity(opacity)
    return faded


def rimmed(text: Words, width: float) -> Words:
    text.set_stroke(GROUND, width=width, background=True)
    return text


def crossed(*, halo: bool, in_front: bool = False) -> list[Mobject]:
    line = Line([-3, 0, 0], [3, 0, 0], color=DARK.fixed.colour)
    text = rimmed(words(), 3) if halo else words()
    return [text, line] if in_front else [line, text]


def panel(colour: str) -> Rectangle:
    return Rectangle(width=4, height=2, stroke_width=0, fill_opacity=1, fill_color=colour)


def test_a_clean_picture_has_no_problem() -> None:
    assert found(*clean()) == []


DEFECTS: dict[str, tuple[Callable[[], list[Mobject]], str, str]] = {
    "past the left of the safe area": (
        lambda: [stand(words(), -SAFE_X - 0.1, 0)],
        "outside the safe area",
        "0.10 past the left",
    ),
    "past the top of the safe area": (
        lambda: [words().next_to([0, SAFE_Y + 0.05, 0], [0, -1, 0], buff=0)],
        "outside the safe area",
        "0.05 past the top",
    ),
    "half out of the picture": (
        lambda: [words().move_to([64 / 9, 0, 0])],
        "clipped by the picture",
        "past the right",
    ),
    "below the picture": (
        lambda: [words().move_to([0, -5, 0])],
        "clipped by the picture",
        "past the bottom",
    ),
    "a line on a line": (
        lambda: [words(), words("others").shift([0.1, 0.1, 0])],
        "overlapping text",
        "'others' by",
    ),
    "a number on a line": (
        lambda: [words().move_to([0.2, 0.1, 0]), number(1.25)],
        "overlapping text",
        "'1.25' by",
    ),
    "eaten by the halos of its own letters": (
        lambda: [rimmed(words(), 12)],
        "clipped by a halo",
        "of a glyph",
    ),
    "eaten by the halo of another text": (
        lambda: [words(), rimmed(words("n"), 20).next_to([-0.5, 0.1, 0], [0, 1, 0], buff=0)],
        "clipped by a halo",
        "of a glyph",
    ),
    "small type": (
        lambda: [Words("some words", size=14.0, colour=INK)],
        "too small",
        f"{pixels(14):.1f} px",
    ),
    "fitted too far": (
        lambda: [fitted(words(), words().width / 3)],
        "too small",
        f"{pixels(BODY / 3):.1f} px",
    ),
    "in a group that was scaled": (
        lambda: [VGroup(words(), Circle()).scale(0.4)],
        "too small",
        f"{pixels(BODY * 0.4):.1f} px",
    ),
    "a number that was scaled": (
        lambda: [number(-3.75).scale(0.4)],
        "too small",
        f"{pixels(BODY * 0.4):.1f} px",
    ),
    "a faint ink": (lambda: [words(colour="#555B66")], "low contrast", "2.7:1, at least 4.5:1"),
    "half faded in": (lambda: [dimmed(0.4)], "low contrast", "3.6:1"),
    "one faint part of a formula": (
        lambda: [Formula("a + " + coloured("b", "#303030"), colour=INK)],
        "low contrast",
        "1.4:1",
    ),
    "on a bright panel": (lambda: [panel("#FFFFFF"), words()], "low contrast", "1.1:1"),
    "its end on a bright panel": (
        lambda: [panel("#FFFFFF"), words().shift([2.4, 0, 0])],
        "low contrast",
        "1.1:1",
    ),
    "under a veil": (
        lambda: [words(), panel(GROUND).set_fill(opacity=0.7)],
        "low contrast",
        "2.6:1",
    ),
    "on a line behind a panel beside it": (
        lambda: [*crossed(halo=False)[:1], panel("#000000").shift([5, 0, 0]), words()],
        "text on a line",
        "runs through it",
    ),
    "under a line and a panel that shows through": (
        lambda: [
            *crossed(halo=False)[:1],
            panel("#000000").set_fill(opacity=0.5),
            words(),
        ],
        "text on a line",
        "runs through it",
    ),
    "on a line": (lambda: crossed(halo=False), "text on a line", "in #6CBDF2 runs through it"),
    "under a line, with a halo": (
        lambda: crossed(halo=True, in_front=True),
        "text on a line",
        "runs through it",
    ),
}


@pytest.mark.parametrize("defect", DEFECTS)
def test_each_defect_is_found_and_nothing_else(defect: str) -> None:
    build, kind, detail = DEFECTS[defect]
    (problem,) = found(*clean()[:1], *build())
    assert problem.kind == kind
    assert detail in problem.detail
    assert problem.text in ("some words", "−3.75", "a + (b)")


HARMLESS: dict[str, Callable[[], list[Mobject]]] = {
    "the box of a tall formula around a line": lambda: [
        stand(Formula("integral_0^1 x dif x = y", colour=INK), 0, 0),
        stand(Words("n", size=18, colour=INK), 0.95, 0.4),
    ],
    "a line behind a halo": lambda: crossed(halo=True),
    "a line behind a panel": lambda: [
        *crossed(halo=False)[:1],
        panel("#000000"),
        words(),
    ],
    "the faint rule of a chart": lambda: [
        Line([-3, 0, 0], [3, 0, 0], color=DARK.grid.colour),
        words(),
    ],
    "text that is not to be seen": lambda: [dimmed(0.0).move_to([7, 0, 0])],
    "a number without a value yet": lambda: [Number(colour=INK)],
    "the hole of a bright ring": lambda: [
        Annulus(1.5, 2.0, fill_opacity=1, color="#FFFFFF"),
        words(),
    ],
    "a halo of the ground on a bright panel": lambda: [panel("#FFFFFF"), rimmed(words(), 3)],
    "a dash, which no glyph's foot bounds": lambda: [Formula("–", size=15, colour=INK)],
    "type of 20 pixels": lambda: [Words("some words", size=20 / pixels(1), colour=INK)],
    "one text that is held twice": lambda: [text := words(), VGroup(text, Circle(2))],
}


@pytest.mark.parametrize("case", HARMLESS)
def test_what_reads_well_is_no_problem(case: str) -> None:
    assert found(*HARMLESS[case]()) == []


@pytest.mark.parametrize("shape", ["words", "annulus", "line", "nothing"])
def test_outlines_are_those_that_manim_finds(shape: str) -> None:
    mobject = {
        "words": lambda: VGroup(
            *Words("Bild 8: i, ö", size=BODY, colour="#FFFFFF").family_members_with_points()
        ),
        "annulus": Annulus,
        "line": lambda: Line([0, 0, 0], [1, 2, 0]),
        "nothing": VMobject,
    }[shape]()
    for part in mobject.get_family():
        found, expected = subpaths(part), part.get_subpaths()
        assert len(found) == len(expected)
        for one, other in zip(found, expected, strict=True):
            np.testing.assert_array_equal(one, other)


def test_the_ground_is_the_themes() -> None:
    assert found(words(colour=LIGHT.text.colour), theme=LIGHT) == []
    assert [p.kind for p in found(words(colour=LIGHT.text.colour), theme=DARK)] == ["low contrast"]


@pytest.mark.parametrize(("grey", "ratio"), [("#767676", 4.54), ("#777777", 4.48), ("#000000", 21)])
def test_contrast_to_white(grey: str, ratio: float) -> None:
    """Values of WCAG 2.2's formula that are widely published."""
    assert contrast(np.array(ManimColor(grey).to_rgb()), np.ones(3)) == pytest.approx(
        ratio, abs=5e-3
    )


def test_a_problem_reads_as_a_sentence() -> None:
    problem = Problem("too small", "y(t)", "12.0 px at 1080p, at least 20")
    assert str(problem) == "too small: 'y(t)', 12.0 px at 1080p, at least 20"
