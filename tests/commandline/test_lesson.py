"""``lesson``: a whole lesson, in a folder."""

import re
from pathlib import Path

import pytest

from lectures.production import Production
from rendering.workers import WorkerLost
from tests.commandline.run import run_here, run_well, tree

LESSON = """\
title = "Week 3"
quality = "draft"
targets = ["pdf"]

[[explainer]]
slug = "discrete-flip-and-shift"
title = "With numbers"
parameters = { h = "3, 2, 1", x = "1, 1" }
captions.flip = "In a mirror."
"""


def test_a_lesson_is_made_beside_the_other_media(tmp_path: Path) -> None:
    (tmp_path / "week3.toml").write_text(LESSON)
    done = run_well("lesson", "week3.toml", cwd=tmp_path)
    first, last = done.stderr.splitlines()
    assert first == "1/1  discrete-flip-and-shift: pdf"
    assert last.startswith("media/lessons/week3/index.html  3 files, ")
    made = {name for name, content in tree(tmp_path / "media").items() if content}
    part = "lessons/week3/discrete-flip-and-shift"
    assert made == {
        "lessons/week3/index.html",
        f"{part}/poster.png",
        f"{part}/pdf/discrete-flip-and-shift.pdf",
    }
    assert "With numbers" in (tmp_path / "media/lessons/week3/index.html").read_text("utf-8")


def test_a_caption_that_cannot_be_read_in_its_time_is_told(tmp_path: Path) -> None:
    (tmp_path / "week3.toml").write_text(LESSON.replace("In a mirror.", "In a mirror. " * 40))
    done = run_well("lesson", "week3.toml", "-o", ".", cwd=tmp_path)
    warning, *_ = done.stderr.splitlines()
    assert re.fullmatch(
        r"warning: week3.toml: discrete-flip-and-shift: the caption of 'flip' has 519 characters; "
        r"in its [0-9.]+ s [0-9]+ can be read",
        warning,
    )
    assert (tmp_path / "index.html").is_file()


def test_a_check_that_fails_in_drawing_names_its_explainer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "week3.toml").write_text(LESSON)

    def lost(production: Production, _: object) -> list[object]:
        raise WorkerLost("a process was lost")

    monkeypatch.setattr(Production, "pictures", lost)
    done = run_here("lesson", "week3.toml", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.splitlines()[1:] == [
        "discrete-flip-and-shift: a process was lost",
        "nothing was written",
    ]
