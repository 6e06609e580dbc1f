"""The PowerPoint file: its XML, and what an office makes of it."""

import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from lxml import etree
from PIL import Image
from pptx import Presentation

from lectures.embed import embed
from lectures.production import Production
from lectures.target import Options
from lectures.targets import target_named
from tests.lectures.programs import to_pdf, to_pictures

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


@pytest.fixture(scope="module")
def deck(production: Production, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return embed(production, target_named("pptx"), tmp_path_factory.mktemp("pptx"))[0]


@pytest.fixture(scope="module")
def slides(deck: Path) -> list[Any]:
    return list(Presentation(str(deck)).slides)


def test_a_slide_for_each_step_with_title_notes_and_alternative_text(
    slides: list[Any], production: Production
) -> None:
    steps = production.material.steps
    assert [slide.shapes.title.text for slide in slides] == [step.title for step in steps]
    for slide, step in zip(slides, steps, strict=True):
        assert slide.notes_slide.notes_text_frame.text == f"{step.title}\n\n{step.caption}"
        (movie,) = slide._element.findall(f".//{P}pic")
        assert movie.find(f".//{P}cNvPr").get("descr") == f"{step.title}. {step.caption}"


def test_every_reference_leads_somewhere(deck: Path) -> None:
    presentation = Presentation(str(deck))
    for slide in presentation.slides:
        root = slide._element
        named = [value for each in root.iter() for key, value in each.items() if key.startswith(R)]
        used = [name for name in named if name]  # the click on a film is a link to nothing
        assert len(used) == 3  # the film, as a link and as media, and its poster
        for name in used:
            assert slide.part.related_part(name).blob
        shapes = [each.get("id") for each in root.iter(f"{P}cNvPr")]
        assert len(set(shapes)) == len(shapes)
        assert {each.get("spid") for each in root.iter(f"{P}spTgt")} < set(shapes)
        timed = [each.get("id") for each in root.iter(f"{P}cTn")]
        assert len(set(timed)) == len(timed)


def test_timing_stands_where_the_schema_has_it(slides: list[Any]) -> None:
    for slide in slides:
        names = [etree.QName(child).localname for child in slide._element]
        assert names == ["cSld", "clrMapOvr", "timing"]


def test_a_film_starts_with_its_slide_and_stops_at_its_end(
    slides: list[Any], production: Production
) -> None:
    material = production.material
    for slide, step in zip(slides, material.steps, strict=True):
        (start,) = slide._element.iter(f"{P}cmd")
        (effect,) = [each for each in slide._element.iter(f"{P}cTn") if each.get("presetClass")]
        assert (start.get("cmd"), effect.get("nodeType")) == ("playFrom(0.0)", "afterEffect")
        lasts = int(start.find(f".//{P}cTn").get("dur"))
        assert lasts == pytest.approx(1000 * len(step.clip) / material.quality.fps, abs=1)
        (media,) = slide._element.iter(f"{P}cMediaNode")
        assert media.find(f"{P}cTn").get("repeatCount") is None
        assert media.find(f"{P}cTn").get("fill") == "hold"


def test_films_repeat_if_asked_to(production: Production, tmp_path: Path) -> None:
    made, *_ = embed(production, target_named("pptx"), tmp_path, Options(loop=True))
    for slide in Presentation(str(made)).slides:
        (media,) = slide._element.iter(f"{P}cMediaNode")
        assert media.find(f"{P}cTn").get("repeatCount") == "indefinite"


def test_each_film_is_in_it_once(deck: Path, production: Production) -> None:
    with zipfile.ZipFile(deck) as package:
        inside = [name for name in package.namelist() if name.endswith(".mp4")]
        films = {package.read(name) for name in inside}
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(package.read(name))
        assert 'ContentType="video/mp4"' in package.read("[Content_Types].xml").decode()
    assert len(inside) == len(films)
    assert films == {clip.read_bytes() for clip in production.step_clips()}


def test_an_office_shows_the_first_picture_of_each_film(
    deck: Path, production: Production, tmp_path: Path
) -> None:
    pages = to_pictures(to_pdf(deck, tmp_path), tmp_path, production.material.quality.width)
    assert len(pages) == len(production.material.steps)
    for page, first in zip(pages, production.first_pictures(".jpg"), strict=True):
        shown, drawn = (np.asarray(Image.open(path).convert("RGB"), int) for path in (page, first))
        assert shown.shape == drawn.shape
        assert np.abs(shown - drawn).mean() < 3  # of 255: JPEG's losses
