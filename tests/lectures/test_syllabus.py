"""Lessons from TOML files: what is read, what is refused and where, and the lessons that ship."""

import re
from functools import cache
from pathlib import Path

import pytest

from convmath import InputError
from lectures.lesson import Lesson
from lectures.syllabus import read_lesson
from lectures.targets import TARGETS
from lectures.toml_file import LARGEST
from scenes.catalogue import SLUGS
from tests.commandline.run import ROOT

SHIPPED = sorted((ROOT / "lessons").glob("*.toml"))

FULL = """\
title = "Week 3"
author = "A. Lecturer"
date = 2027-04-12
theme = "light"
quality = "low"
targets = ["html", "pdf"]
burn-captions = true

[[explainer]]
slug = "flip-and-shift"

[[explainer]]
slug = "discrete-flip-and-shift"
title = "With numbers"
targets = ["revealjs", "revealjs"]
parameters = { h = "3, 2, 1", n-range = [-1, 4] }

[[explainer]]
slug = "flip-and-shift"
parameters.h = "exp(-t)*u(t)"
captions.flip = '''
In a mirror,
  x is reversed.
'''
"""
ONE = '[[explainer]]\nslug = "flip-and-shift"\n'


def read(folder: Path, text: str, **instead: object) -> Lesson:
    path = folder / "week3.toml"
    path.write_text(text, "utf-8")
    return read_lesson(path, **instead)  # type: ignore[arg-type]


def test_all_of_a_file_is_read(tmp_path: Path) -> None:
    lesson = read(tmp_path, FULL)
    assert (lesson.title, lesson.author, lesson.date) == ("Week 3", "A. Lecturer", "12 April 2027")
    first, second, third = lesson.parts
    assert {part.material.burn_captions for part in lesson.parts} == {True}
    assert [part.number for part in lesson.parts] == [1, 2, 3]
    assert [part.folder for part in lesson.parts] == [
        "flip-and-shift", "discrete-flip-and-shift", "flip-and-shift-2",
    ]  # fmt: skip
    assert {part.material.theme_name for part in lesson.parts} == {"light"} == {lesson.theme_name}
    assert {part.material.quality.name for part in lesson.parts} == {"low"}
    assert [target.name for target in first.targets] == ["html", "pdf"]
    assert [target.name for target in second.targets] == ["revealjs"]
    assert (first.material.title, second.material.title) == (
        first.material.plan.title,
        "With numbers",
    )
    assert second.material.plan.parameters.n_range == (-1, 4)
    assert third.material.plan.parameters.h == "exp(-t)*u(t)"
    captions = {step.name: step.caption for step in third.material.steps}
    assert captions["flip"] == "In a mirror, x is reversed."
    assert captions["shift"] != first.material.steps[3].caption  # of its own signals


def test_little_is_needed(tmp_path: Path) -> None:
    lesson = read(tmp_path, f'title = "A"\n{ONE}')
    (part,) = lesson.parts
    assert (lesson.author, lesson.date, lesson.theme_name) == ("", "", "dark")
    assert (part.material.quality.name, part.targets[0].name) == ("high", "html")
    assert not part.material.burn_captions


def test_quality_and_theme_may_be_others_than_the_files(tmp_path: Path) -> None:
    lesson = read(tmp_path, FULL, quality="draft", theme="dark")
    assert {part.material.quality.name for part in lesson.parts} == {"draft"}
    assert {part.material.theme_name for part in lesson.parts} == {"dark"} == {lesson.theme_name}


def test_data_files_are_beside_the_lesson(tmp_path: Path) -> None:
    (tmp_path / "samples.csv").write_text("3\n2\n1\n")
    text = FULL.replace('"3, 2, 1"', '"samples.csv"')
    part = read(tmp_path, text).parts[1]
    assert part.material.plan.parameters.h == str(tmp_path / "samples.csv")


def test_files_of_other_systems_are_read(tmp_path: Path) -> None:
    assert read(tmp_path, "\ufeff" + FULL.replace("\n", "\r\n")).title == "Week 3"


# text below `title = "A"`, then the line and key that are named, and what is said
WRONG = {
    "them = 1": ("2 them", "no key 'them' here: did you mean 'theme'?"),
    f'theme = "drak"\n{ONE}': ("2 theme", "no theme 'drak': did you mean 'dark'?"),
    f'quality = "hihg"\n{ONE}': ("2 quality", "no quality 'hihg': did you mean 'high'?"),
    f'quality = 3\n{ONE}': ("2 quality", "not text in quotes\n  3"),
    f"date = 3\n{ONE}": ("2 date", "no date\n  3"),
    f'author = " "\n{ONE}': ("2 author", "empty"),
    f'targets = "html"\n{ONE}': ("2 targets", "not a list"),
    f'targets = [\n "html",\n "reveal"]\n{ONE}': ("2 targets", "did you mean 'revealjs'?"),
    f'targets = ["powerpoint"]\n{ONE}': ("2 targets", "did you mean 'pptx'?"),
    f"burn-captions = 1\n{ONE}": ("2 burn-captions", "not true or false\n  1"),
    f"burn_captions = true\n{ONE}": ("2 burn_captions", "did you mean 'burn-captions'?"),
    f"{ONE}burn-captions = true": ("4 burn-captions", "it belongs above [[explainer]]"),
    f"{ONE}parameters.n-rnage = 3": ("4 parameters.n-rnage", "did you mean 't-range'?"),
    f"{ONE}parameters.t-range = [1]": ("4 parameters.t-range", "too few values here\n  [1]"),
    f"targets = []\n{ONE}": ("2 targets", "empty\naccepted: beamer"),
    "": ("", "'explainer' is missing\naccepted: [[explainer]]"),
    "explainer = []": ("2 [[explainer]]", "no list of explainers"),
    '[explainer]\nslug = "commute"': ("2 [[explainer]]", "no list of explainers"),
    '[[explainers]]\nslug = "commute"': ("2 explainers", "did you mean 'explainer'?"),
    '[[explainer]]\nslug = "comute"': ("3 slug", "no explainer 'comute': did you mean 'commute'?"),
    f'{ONE}[[explainer]]\ntitle = "x"': ("4 [[explainer]]", "'slug' is missing"),
    f'{ONE}author = "me"': ("4 author", "it belongs above [[explainer]]"),
    f'{ONE}[parameters]\nh = "u(t)"': ("4 parameters", "it belongs below an [[explainer]]"),
    f'{ONE}parameters = "h"': ("4 parameters", "not a table"),
    f'{ONE}parameters.hh = "u(t)"': ("4 parameters.hh", "did you mean 'h'?\naccepted: h, x"),
    f"{ONE}parameters.h = 3": ("4 parameters.h", "not text in quotes\n  3"),
    f'{ONE}[explainer.parameters]\n# h\nh = "rect(t"': (
        "6 parameters.h",
        "')' is missing for this '('\n  rect(t\n      ^",
    ),
    f"{ONE}parameters.t-range = [6, -1]": ("4 parameters.t-range", "is empty\n  6 -1"),
    f"{ONE}parameters.t-range = [0, 1]\nparameters.t_range = [0, 1]": (
        "5 parameters.t_range",
        "'t-range' once more",
    ),
    f'{ONE}title = "x"\nparameters = {{ h = "1", x = "1" }}': (
        "5 parameters.h and parameters.x",
        "the integral diverges",
    ),
    f'{ONE}parameters.x = "1"\nparameters.h = "exp(t)"': ("5 parameters.h and", "diverges"),
    f'{ONE}captions.flop = "x"': ("4 captions.flop", "no beat 'flop': did you mean 'flip'?"),
    f"{ONE}captions.flip = 3": ("4 captions.flip", "not text"),
    f'{ONE}captions.flip = """\n"""': ("4 captions.flip", "empty"),
    'author = "A': ("2", "not TOML"),
    f'{ONE}title = "x"\ntitle = "y"': ("5", "not TOML: cannot overwrite"),
    "author = ": ("2", "not TOML: invalid value\n  author = \n           ^"),
    f"a = {'[' * 5000}": ("", "nested too deeply"),
    f"#{'x' * LARGEST}": ("", "at most"),
}  # fmt: skip


@pytest.mark.parametrize("text", WRONG, ids=lambda text: text[-40:] or "nothing")
def test_what_is_wrong_is_named_by_line_and_key(text: str, tmp_path: Path) -> None:
    place, says = WRONG[text]
    with pytest.raises(InputError) as refused:
        read(tmp_path, f'title = "A"\n{text}')
    message = str(refused.value)
    assert message.startswith(f"{tmp_path / 'week3.toml'}:{place}")
    assert says in message


def test_a_title_is_needed(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"week3.toml: 'title' is missing"):
        read(tmp_path, ONE)


def test_files_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    (tmp_path / "latin.toml").write_bytes(b'title = "A"\n\xff')
    with pytest.raises(InputError, match=r"latin.toml:2: this is not UTF-8"):
        read_lesson(tmp_path / "latin.toml")
    with pytest.raises(InputError, match=r"no such file: did you mean '.*/latin.toml'"):
        read_lesson(tmp_path / "latn.toml")
    with pytest.raises(InputError, match="this is a folder"):
        read_lesson(tmp_path)


def test_the_example_of_the_guide_is_a_lesson_and_its_error_is_said_so(tmp_path: Path) -> None:
    guide = (ROOT / "docs" / "lectures.md").read_text("utf-8")
    (example,) = re.findall(r"```toml\n(title.*?)```", guide, re.DOTALL)
    (printed,) = re.findall(r"^error: (week3.toml:.*?)```", guide, re.DOTALL | re.MULTILINE)
    assert len(read(tmp_path, example).parts) == 2
    with pytest.raises(InputError) as refused:
        read(tmp_path, example.replace("exp(-t)*u(t)", "exp(-t*u(t)"))
    assert str(refused.value) == f"{tmp_path}/{printed}".rstrip()


@cache
def shipped(path: Path) -> Lesson:
    return read_lesson(path)


def test_there_are_three_lessons() -> None:
    assert len(SHIPPED) >= 3


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_lesson_that_ships_is_sound(path: Path) -> None:
    lesson = shipped(path)
    assert len(lesson.parts) >= 4
    titles = [part.material.title for part in lesson.parts]
    assert len(set(titles)) == len(titles)
    for part in lesson.parts:
        assert all(check.passed for check in part.material.plan.checks), part.folder
    assert any(part.material.captions for part in lesson.parts)
    assert re.match(rf"# Build it: python render.py lesson lessons/{path.name}\n", path.read_text())


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_there_is_time_to_read_its_own_captions(path: Path) -> None:
    for part in shipped(path).parts:
        assert [step.caption for step in part.material.hurried] == []


def test_every_explainer_and_target_can_be_in_a_lesson(tmp_path: Path) -> None:
    entries = "".join(f'[[explainer]]\nslug = "{slug}"\n' for slug in SLUGS)
    lesson = read(tmp_path, f'title = "A"\ntargets = {list(TARGETS)}\n{entries}')
    assert [part.folder for part in lesson.parts] == list(SLUGS)
    assert {target.name for target in lesson.parts[0].targets} == set(TARGETS)
