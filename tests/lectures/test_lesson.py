"""A lesson's folder: what is in it, and that nothing of it is half written."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

import pytest
from PIL import Image

from lectures.lesson import Lesson, Part, make_lesson
from lectures.material import Material
from lectures.production import Production
from lectures.target import Options, Target
from rendering.quality import Quality
from scenes.catalogue import plan_class
from tests.commandline.run import tree
from tests.lectures.browser import chromium, violations

SIZE = Quality("small", 320, 180, 10)


@dataclass
class Painted:
    """Stands in for a production: its poster is one colour, and nothing else is asked of it."""

    material: Material
    folder: Path

    def poster(self) -> Path:
        path = self.folder / "a-poster.png"
        Image.new("RGB", (SIZE.width, SIZE.height), "#345").save(path)
        return path


def writes(name: str, *, label: str = "", fails: bool = False) -> Target:
    def make(production: Production, folder: Path, options: Options) -> str:
        (folder / "index.html").write_text(production.material.title)
        if fails:
            raise RuntimeError("broken")
        return "index.html"

    return Target(name, "", make, label=label)


def lesson_of(*targets: Target) -> Lesson:
    slugs = {"commute": "commute", "three-drops": "three-drops", "commute-2": "commute"}
    titles = {"commute-2": 'Once <more> & "again"'}
    parts = []
    for number, (folder, slug) in enumerate(slugs.items(), 1):
        material = Material(plan_class(slug)(), SIZE, title=titles.get(folder, ""))
        parts.append(Part(number, material, targets, folder))
    return Lesson("Week 3", "A. Lecturer", "12 April", "dark", tuple(parts))


def make(lesson: Lesson, folder: Path, scratch: Path) -> list[Path]:
    scratch.mkdir(exist_ok=True)
    return make_lesson(lesson, folder, lambda part: cast("Any", Painted(part.material, scratch)))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("lesson")
    targets = (writes("html", label="web page"), writes("pdf"))
    index, *_ = make(lesson_of(*targets), base / "week3", base / "scratch")
    return index


def test_each_part_has_a_folder_and_each_target_one_in_it(made: Path) -> None:
    folders = ["commute", "commute-2", "three-drops"]
    assert sorted(tree(made.parent)) == sorted(
        [
            "index.html",
            *folders,
            *(f"{folder}/poster.png" for folder in folders),
            *(f"{folder}/{target}" for folder in folders for target in ("html", "pdf")),
            *(f"{folder}/{target}/index.html" for folder in folders for target in ("html", "pdf")),
        ]
    )
    assert (made.parent / "commute-2/html/index.html").read_text() == 'Once <more> & "again"'


def test_what_else_is_there_stays_and_old_parts_are_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "week3"
    (folder / "commute/html").mkdir(parents=True)
    (folder / "commute/html/old.mp4").write_text("old")
    (folder / "notes.txt").write_text("mine")
    made = make(lesson_of(writes("html")), folder, tmp_path / "scratch")
    assert [path.name for path in made] == ["index.html", "commute", "three-drops", "commute-2"]
    assert (folder / "notes.txt").read_text() == "mine"
    assert not (folder / "commute/html/old.mp4").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["scratch", "week3"]


def test_nothing_is_half_written(tmp_path: Path) -> None:
    scratch, folder = tmp_path / "scratch", tmp_path / "week3"
    good = lesson_of(writes("html"))
    last = replace(good.parts[-1], targets=(writes("html", fails=True),))
    broken = replace(good, parts=(*good.parts[:-1], last))
    with pytest.raises(RuntimeError):
        make(broken, folder, scratch)
    assert [path.name for path in tmp_path.iterdir()] == ["scratch"]
    make(good, folder, scratch)
    before = tree(tmp_path)
    with pytest.raises(RuntimeError):
        make(broken, folder, scratch)
    assert tree(tmp_path) == before


in_browser = pytest.mark.skipif(
    chromium() is None,
    reason="no Chromium: the page of a lesson was not opened in a browser (apt install chromium)",
)


@in_browser
def test_the_page_leads_to_all_that_was_made(made: Path, page: Any) -> None:
    page.goto(made.as_uri())
    assert page.title() == "Week 3"
    assert page.get_by_text("A. Lecturer, 12 April").is_visible()
    cards = page.get_by_role("main").get_by_role("listitem").filter(has=page.get_by_role("heading"))
    assert cards.count() == 3
    addresses = page.eval_on_selector_all("a", "all => all.map((each) => each.href)")
    assert set(addresses) == {
        (made.parent / folder / target / "index.html").as_uri()
        for folder in ("commute", "three-drops", "commute-2")
        for target in ("html", "pdf")
    }
    assert page.evaluate("[...document.images].every((each) => each.naturalWidth === 320)")
    again = page.get_by_role("heading", name='Once <more> & "again"')
    again.click()
    page.wait_for_url("**/commute-2/html/index.html")


@in_browser
def test_a_click_anywhere_on_a_card_opens_it(made: Path, page: Any) -> None:
    page.goto(made.as_uri())
    box = page.locator(".card img").nth(1).bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url("**/three-drops/html/index.html")
    page.go_back()
    page.get_by_role("link", name="pdf of ").nth(1).click()
    page.wait_for_url("**/three-drops/pdf/index.html")


@in_browser
@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_on_the_page(theme: str, width: int, made: Path, page: Any) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(made.as_uri())
    page.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
    assert violations(page) == ""
    assert page.evaluate("document.documentElement.scrollWidth") <= width
