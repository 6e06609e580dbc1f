"""Markdown, for Quarto and for others."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
import webvtt
import yaml

from lectures.embed import embed
from lectures.material import Material
from lectures.target import Options
from lectures.targets import target_named
from scenes.catalogue import plan_class
from tests.lectures.stub import Stub
from tests.lectures.test_every_target import TINY

SLUG = "flip-and-shift"
ODD = '1: "a" *b* [c] {d} # $e$ <f>'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    production = Stub(Material(plan_class(SLUG)(), TINY, title=ODD))
    first, *_ = embed(production, target_named("quarto"), tmp_path, Options(loop=True))
    assert first == tmp_path / f"{SLUG}.qmd"
    return tmp_path


def test_the_head_is_yaml(folder: Path) -> None:
    _, head, _ = (folder / f"{SLUG}.qmd").read_text("utf-8").split("---\n", 2)
    read = yaml.safe_load(head)
    assert read["title"] == ODD
    assert read["subtitle"] == plan_class(SLUG).question


@pytest.mark.parametrize("suffix", ["qmd", "md"])
def test_the_clip_is_html_that_names_files_beside_it(suffix: str, folder: Path) -> None:
    text = (folder / f"{SLUG}.{suffix}").read_text("utf-8")
    (video,) = re.findall("<video.*?</video>", text, re.DOTALL)
    assert (f"```{{=html}}\n{video}\n```" in text) is (suffix == "qmd")
    assert "\n\n" not in video, "Markdown would end the block there"
    named: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            given = dict(attrs)
            named.extend(str(given[key]) for key in ("src", "poster") if key in given)
            if tag == "video":
                assert {"loop", "muted", "controls"} <= given.keys()
                assert str(given["aria-label"]).startswith(ODD)

    Reader().feed(video)
    assert sorted(named) == [f"{SLUG}-poster.png", f"{SLUG}.mp4", f"{SLUG}.vtt"]
    assert all((folder / name).is_file() for name in named)
    assert len(webvtt.read(folder / f"{SLUG}.vtt").captions) > 10


def test_words_are_no_markup(folder: Path) -> None:
    text = (folder / f"{SLUG}.md").read_text("utf-8")
    assert text.startswith('# 1: "a" \\*b\\* \\[c\\] {d} \\# \\$e\\$ \\<f\\>\n')
    assert text.count("\n## ") == len(plan_class(SLUG)().beats)
