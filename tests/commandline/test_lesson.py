"""``lesson``: a whole lesson, in a folder."""

from pathlib import Path

from tests.commandline.run import run_well, tree

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
