"""LaTeX slides: the files that they name, and what TeX makes of them."""

import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pypdf import PdfReader

from lectures.embed import embed
from lectures.production import Production
from lectures.target import Options
from lectures.targets import beamer, target_named
from rendering.quality import Quality
from tests.lectures.conftest import SLUG
from tests.lectures.programs import needed, run, to_pictures


@pytest.fixture(scope="module")
def folder(production: Production, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("beamer")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(beamer, "SEQUENCE", Quality("smaller", 160, 90, 2))
        embed(production, target_named("beamer"), made)
    return made


def compiled(tex: Path) -> Path:
    pdflatex = needed("pdflatex", "texlive-latex-extra", "the LaTeX slides were not compiled")
    run(pdflatex, "-halt-on-error", "-interaction=nonstopmode", tex.name, cwd=tex.parent)
    return tex.with_suffix(".pdf")


def test_films_and_posters_are_beside_it(folder: Path, production: Production) -> None:
    text = (folder / f"{SLUG}.tex").read_text("utf-8")
    named = re.findall(rf"{{({SLUG}-clips/[^{{}}]+)}}", text)
    assert len(named) == 2 * len(production.material.steps)
    assert all((folder / name).is_file() for name in named)
    assert text.count("autostart]") == len(production.material.steps)


def test_pictures_are_counted(folder: Path, production: Production) -> None:
    text = (folder / f"{SLUG}-animate.tex").read_text("utf-8")
    sequences = re.findall(rf"\{{2\}}\{{({SLUG}-pictures/[0-9]+-)\}}\{{0\}}\{{([0-9]+)\}}", text)
    assert len(sequences) == len(production.material.steps)
    named = {f"{start}{number}.png" for start, last in sequences for number in range(int(last) + 1)}
    there = {f"{SLUG}-pictures/{path.name}" for path in (folder / f"{SLUG}-pictures").iterdir()}
    assert named == there


def test_it_repeats_if_asked_to(production: Production, tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(beamer, "SEQUENCE", Quality("smaller", 160, 90, 2))
        embed(production, target_named("beamer"), tmp_path, Options(loop=True))
    steps = len(production.material.steps)
    assert (tmp_path / f"{SLUG}.tex").read_text("utf-8").count("autostart,loop]") == steps
    assert (tmp_path / f"{SLUG}-animate.tex").read_text("utf-8").count("[autoplay,loop,") == steps


def test_tex_sets_a_film_on_every_slide(
    folder: Path, production: Production, tmp_path: Path
) -> None:
    pdf = compiled(folder / f"{SLUG}.tex")
    title, *slides = PdfReader(pdf).pages
    assert production.material.title in title.extract_text()
    assert len(slides) == len(production.material.steps)
    for slide, clip in zip(slides, production.step_clips(), strict=True):
        notes = [note.get_object() for note in slide["/Annots"]]
        (film,) = [note for note in notes if note["/Subtype"] == "/Movie"]
        assert film["/Movie"]["/F"] == f"{SLUG}-clips/{clip.name}"
    _, *pages = to_pictures(pdf, tmp_path, production.material.quality.width)
    for page, picture in zip(pages, production.step_pictures(), strict=True):
        shown, drawn = (np.asarray(Image.open(path).convert("L"), int) for path in (page, picture))
        assert np.abs(shown[: len(drawn)] - drawn[: len(shown)]).mean() < 6  # moved by a pixel


def test_tex_puts_the_pictures_into_the_pdf(folder: Path, production: Production) -> None:
    for _ in range(2):
        pdf = compiled(folder / f"{SLUG}-animate.tex")
    _, *slides = PdfReader(pdf).pages
    assert len(slides) == len(production.material.steps)
    for slide in slides:
        kinds = [note.get_object()["/Subtype"] for note in slide["/Annots"]]
        assert "/Screen" in kinds, "where the pictures are turned over"
