"""The handout: words that can be found, two steps a page, and how its pages look."""

import unicodedata
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pypdf import PdfReader

from lectures.embed import embed
from lectures.production import Production
from lectures.targets import target_named
from tests.lectures.programs import to_pictures


@pytest.fixture(scope="module")
def handout(production: Production, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return embed(production, target_named("pdf"), tmp_path_factory.mktemp("pdf"))[0]


def words(text: str) -> str:
    """Without line breaks, and mathematical letters as plain ones."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def test_every_word_can_be_found(handout: Path, production: Production) -> None:
    material, reader = production.material, PdfReader(handout)
    pages = [words(page.extract_text()) for page in reader.pages]
    assert len(pages) == (len(material.steps) + 1) // 2
    for step in material.steps:
        page = pages[(step.number - 1) // 2]
        assert f"{step.number}. {step.title}" in page
        assert words(step.caption) in page
    for page in pages:
        assert material.title in page
        assert "y(t) = ∫" in page, "the formula"
    assert reader.metadata is not None
    assert reader.metadata.title == material.title


def test_a_page_has_its_pictures_and_room_for_notes(
    handout: Path, production: Production, tmp_path: Path
) -> None:
    page, *_, last = (
        np.asarray(Image.open(path).convert("L"), float)
        for path in to_pictures(handout, tmp_path, 840)
    )
    assert page[0, 0] == page[-1, -1] == 255
    lines = (page[:, 80:-80] < 230).mean(axis=1) > 0.95
    starts = np.flatnonzero(lines[1:] & ~lines[:-1])
    assert len(starts) >= 8, "lines to write on"
    half = page.shape[0] // 2
    for part in (page[:half], page[half:]):
        assert (part[:, :500] < 128).sum() > 500, "a picture"
    assert (last[: half - 20] < 200).any()
