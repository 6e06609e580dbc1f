"""Every explainer to every target: the documents, around clips that nobody drew."""

from pathlib import Path

import pytest

from lectures.embed import embed
from lectures.material import Material
from lectures.targets import TARGETS, target_named
from rendering.quality import Quality
from scenes.catalogue import SLUGS, plan_class
from tests.commandline.run import tree
from tests.lectures.stub import Stub

TINY = Quality("tiny", 32, 18, 5)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_explainer_goes_to_every_target(slug: str, tmp_path: Path) -> None:
    production = Stub(Material(plan_class(slug)(), TINY))
    steps = len(production.material.steps)
    for name in TARGETS:
        first, *others = embed(production, target_named(name), tmp_path / name)
        assert first.is_file()
        assert all(path.exists() for path in others)
    for tex in (tmp_path / "beamer").glob("*.tex"):
        text = tex.read_text("utf-8")
        assert text.count("\\begin{frame}[plain]") == steps
        assert "{\\bfseries ?}" not in text, "a sign that LaTeX does not have"


@pytest.mark.parametrize("slug", SLUGS)
def test_every_explainer_has_a_formula(slug: str) -> None:
    assert plan_class(slug).formula, "the handout prints it"


@pytest.mark.parametrize("name", TARGETS)
def test_a_folder_keeps_what_another_explainer_has_there(name: str, tmp_path: Path) -> None:
    first, second = (Stub(Material(plan_class(slug)(), TINY)) for slug in SLUGS[:2])
    embed(first, target_named(name), tmp_path / "lecture")
    before = tree(tmp_path / "lecture")
    embed(second, target_named(name), tmp_path / "lecture")
    after = tree(tmp_path / "lecture")
    assert {path: after.get(path) for path in before} == before
    assert len(after) > len(before)
    assert [path.name for path in tmp_path.iterdir()] == ["lecture"]
