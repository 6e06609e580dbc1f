"""What tests of lectures share: a small production of one explainer, and a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lectures.embed import embed
from lectures.material import Material
from lectures.production import Production
from lectures.target import Options
from lectures.targets import target_named
from rendering.cache import Cache
from rendering.quality import Quality
from scenes.catalogue import plan_class
from tests.lectures.browser import chromium

SMALL = Quality("small", 320, 180, 10)
SLUG = "flip-and-shift"


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Cache:
    """Shared by the processes of one run of the tests."""
    base = tmp_path_factory.getbasetemp()
    return Cache((base.parent if base.name.startswith("popen-") else base) / "segments")


@pytest.fixture(scope="session")
def production(cache: Cache) -> Production:
    return Production(Material(plan_class(SLUG)(), SMALL), cache=cache)


@pytest.fixture(scope="session")
def made(production: Production, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The file to open of each variant of the web targets."""
    folder = tmp_path_factory.mktemp("made")
    variants = {
        "html": ("html", Options()),
        "html-one-file": ("html", Options(one_file=True)),
        "html-playing": ("html", Options(loop=True, autoplay=True)),
        "revealjs": ("revealjs", Options()),
        "revealjs-one-file": ("revealjs", Options(one_file=True)),
    }
    return {
        name: embed(production, target_named(target), folder / name, options)[0]
        for name, (target, options) in variants.items()
    }


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        # Root has no sandbox, as in a container; the pages are our own.
        yield playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])


@pytest.fixture
def context(browser: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    """A window; a test may give it settings by indirect parametrization."""
    settings = getattr(request, "param", {})
    with browser.new_context(viewport={"width": 1280, "height": 720}, **settings) as opened:
        yield opened


@pytest.fixture
def page(context: Any) -> Iterator[Any]:
    """A page whose errors fail the test, and whatever it asks a network for."""
    opened = context.new_page()
    errors: list[str] = []
    local = ("file:", "data:", "blob:")
    opened.on("request", lambda asked: asked.url.startswith(local) or errors.append(asked.url))
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    assert errors == []
