"""The web page and its snippet, as text."""

from html.parser import HTMLParser
from pathlib import Path

import webvtt

from lectures.embed import embed
from lectures.material import Material
from lectures.production import Production
from lectures.target import Options
from lectures.targets import target_named
from tests.lectures.conftest import SLUG, SMALL


class Elements(HTMLParser):
    """Collects start tags with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


def elements(path: Path) -> Elements:
    return Elements(path.read_text("utf-8"))


def test_the_folder_has_all_that_a_page_needs(made: dict[str, Path]) -> None:
    folder = made["html"].parent
    assert {path.name for path in folder.iterdir()} - {"only-mp4.html", "only-webm.html"} == {
        f"{SLUG}.html", f"{SLUG}-snippet.html", f"{SLUG}.mp4", f"{SLUG}.webm", f"{SLUG}-poster.png",
        f"{SLUG}.vtt", f"{SLUG}-chapters.vtt", f"{SLUG}.txt",
    }  # fmt: skip
    for name in (f"{SLUG}.vtt", f"{SLUG}-chapters.vtt"):
        assert len(webvtt.read(folder / name).captions) >= 13


def test_the_snippet_names_files_that_are_there(made: dict[str, Path]) -> None:
    snippet = elements(made["html"].parent / f"{SLUG}-snippet.html")
    (video,) = snippet.all("video")
    named = [*snippet.all("source"), *snippet.all("track")]
    for name in [video["poster"], *(each["src"] for each in named)]:
        assert (made["html"].parent / str(name)).is_file()
    assert {"controls", "muted", "playsinline"} <= video.keys()
    assert not {"autoplay", "loop"} & video.keys()
    assert (video["preload"], video["width"], video["height"]) == ("metadata", "320", "180")
    assert [each["kind"] for each in snippet.all("track")] == ["captions", "chapters"]


def test_nothing_has_the_autoplay_of_browsers(made: dict[str, Path]) -> None:
    for path in made.values():
        assert not [video for video in elements(path).all("video") if "autoplay" in video]
    (video,) = elements(made["html-playing"]).all("video")
    assert {"loop", "data-autoplay", "muted"} <= video.keys()
    assert (
        "prefers-reduced-motion"
        in (made["html-playing"].parent / f"{SLUG}-snippet.html").read_text()
    )


def test_one_file_needs_no_other(made: dict[str, Path]) -> None:
    for name in ("html-one-file", "revealjs-one-file"):
        assert [path.name for path in made[name].parent.iterdir()] == [made[name].name]
        for tag, attributes in elements(made[name]).found:
            for key in ("src", "href", "poster", "data-src"):
                assert (attributes.get(key) or "data:").startswith("data:"), tag


def test_what_is_filled_in_is_escaped(production: Production, tmp_path: Path) -> None:
    odd = '<script>alert("1")</script> & "x'
    names = [step.name for step in production.material.steps]
    captions = dict.fromkeys(names, odd)
    own = Material(production.material.plan, SMALL, title=odd, captions=captions)
    shared = Production(own, cache=production.cache)
    first, *_ = embed(shared, target_named("html"), tmp_path, Options(one_file=True))
    found = elements(first)
    assert len(found.all("script")) == 1
    assert found.all("video")[0]["aria-label"] == f"{odd}. {own.alt}"
