"""A notebook that has the clip in it, and the call that makes it."""

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from convmath import InputError
from lectures import show
from lectures.embed import embed
from lectures.notebook import shown
from lectures.production import Production
from lectures.targets import target_named
from scenes.catalogue import SLUGS, plan_class
from tests.lectures.browser import chromium


@pytest.mark.parametrize(
    ("asked", "named", "said"),
    [
        (("flip-and-shit", {}), "slug", "did you mean 'flip-and-shift'"),
        (("flip-and-shift", {"h": "2*foo"}), "h", "foo"),
        (("flip-and-shift", {"h": 3}), "h", "text in quotes"),
        (("flip-and-shift", {"t_rnge": (0, 1)}), "flip-and-shift's parameter", "'t_range'"),
        (("flip-and-shift", {"t_range": (1, 0)}), "t_range", "empty"),
        (("flip-and-shift", {"quality": "hi"}), "quality", "did you mean 'high'"),
        (("flip-and-shift", {"theme": "drak"}), "theme", "did you mean 'dark'"),
        (("flip-and-shift", {"width": 0}), "width", "not that wide"),
    ],
)
def test_bad_input_is_refused_by_name(asked: Any, named: str, said: str) -> None:
    slug, given = asked
    with pytest.raises(InputError) as refused:
        show(slug, **given)
    assert refused.value.option == named
    assert said in str(refused.value)


@pytest.mark.parametrize("slug", SLUGS)
def test_no_parameter_is_hidden_by_one_of_show(slug: str) -> None:
    assert not {"theme", "quality", "width"} & plan_class(slug).Parameters.model_fields.keys()


def test_all_that_is_shown_is_inside(production: Production) -> None:
    html = shown(production, 500)._repr_html_()
    assert "max-width: 500px" in html
    addresses: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            addresses.extend(str(v) for k, v in attrs if k in ("src", "href", "poster"))

    Reader().feed(html)
    kinds = [re.match(r"data:[a-z]+/[a-z0-9]+", each)[0] for each in addresses]
    assert kinds == ["data:video/mp4", "data:image/webp", "data:text/vtt"]


def test_it_plays_in_a_browser(production: Production, tmp_path: Path, request: Any) -> None:
    if chromium() is None:
        pytest.skip("no Chromium: what a notebook displays was not played (apt install chromium)")
    page = request.getfixturevalue("page")
    (tmp_path / "cell.html").write_text(shown(production, 500).html, "utf-8")
    page.goto((tmp_path / "cell.html").as_uri())
    page.evaluate("document.querySelector('video').play()")
    page.wait_for_function("document.querySelector('video').currentTime > 0.3", timeout=20_000)
    page.wait_for_function("document.querySelector('video').textTracks[0].cues.length > 5")
    assert page.locator("video").bounding_box()["width"] == 500
    assert not page.get_by_text(production.material.steps[0].caption).is_visible()
    page.locator("summary").click()
    assert page.get_by_text(production.material.steps[0].caption).is_visible()


def test_a_notebook_has_the_clip_in_it(production: Production, tmp_path: Path) -> None:
    made, *_ = embed(production, target_named("notebook"), tmp_path)
    notebook = nbformat.read(made, as_version=4)
    nbformat.validate(notebook)
    words, call = notebook.cells
    assert words.source.startswith(f"# {production.material.title}")
    assert call.source == "from lectures import show\n\nshow('flip-and-shift')"
    assert call.outputs[0].data["text/html"] == shown(production).html


def test_a_kernel_runs_the_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FALTUNG_CACHE", str(tmp_path))
    call = "from lectures import show\nshow('discrete-flip-and-shift', h='2,1', quality='draft')"
    cell = nbformat.v4.new_code_cell(call)
    notebook = nbformat.v4.new_notebook(cells=[cell])
    NotebookClient(notebook, timeout=300).execute()
    (output,) = [each for each in cell.outputs if each.output_type == "execute_result"]
    assert "data:video/mp4" in output.data["text/html"]
    assert output.data["text/plain"].startswith("discrete-flip-and-shift: ")
