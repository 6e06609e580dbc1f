import sys
from pathlib import Path

import pytest

from lectures.specs import scene_of
from rendering import fingerprint
from rendering.fingerprint import Code, files_of
from scenes.catalogue import SLUGS, plan_class

SCENE = '''
"""A scene."""
from toypackage.tools import helper

class Tale:
    """Told."""

    def beat_first(self):
        """First."""
        helper(1)

    def beat_second(self):
        self.beat_third_part()

    def beat_last(self):
        helper(3)

def beats():
    return Beat("first", "One", "A caption.", 3.0), Beat("last", "Two", f"{helper(1)}", 2.0)
'''


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "toypackage"
    folder.mkdir()
    (folder / "scene.py").write_text(SCENE)
    (folder / "tools.py").write_text("def helper(x):\n    return x\n")
    (folder / "other.py").write_text("unused = 1\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "toypackage", raising=False)
    return folder


def changed(package: Path, file: str, old: str, new: str, *later: str) -> bool:
    """Whether the hash of what is before the beats ``later`` changes with an edit."""
    path = package / file
    before = Code(["toypackage.scene"]).hash(frozenset(later))
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    return before != Code(["toypackage.scene"]).hash(frozenset(later))


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("scene.py", "A caption.", "Another caption."),
        ("scene.py", "2.0", "2.5"),
        ("scene.py", '"""Told."""', '"""Told again."""  # and again'),
        ("other.py", "1", "2"),
    ],
)
def test_what_cannot_be_seen_is_left_out(package: Path, file: str, old: str, new: str) -> None:
    assert not changed(package, file, old, new)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("scene.py", "helper(3)", "helper(4)"),
        ("scene.py", "helper(1)\n", "helper(2)\n"),
        ("tools.py", "return x", "return -x"),
    ],
)
def test_what_draws_is_not(package: Path, file: str, old: str, new: str) -> None:
    assert changed(package, file, old, new)


def test_a_later_beat_is_left_out_unless_it_is_spoken_of(package: Path) -> None:
    assert not changed(package, "scene.py", "helper(3)", "helper(4)", "last")
    assert changed(package, "scene.py", "helper(4)", "self.beat_last()", "first")
    assert changed(package, "scene.py", "helper(1)\n", "helper(5)\n", "last")
    source = (package / "scene.py").read_text()
    (package / "scene.py").write_text(source.replace("helper(5)\n", "self.beat_last()\n"))
    assert changed(package, "scene.py", "self.beat_last()\n\ndef", "helper(6)\n\ndef", "last")


def test_files_count_to_the_byte_as_this_process_has_first_seen_them(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files_of(["toypackage.scene"])
    assert {"toypackage.scene", "toypackage.tools", "rendering.camera"} <= set(before)
    assert "toypackage.other" not in before
    with (package / "tools.py").open("a") as source:
        source.write("# a comment\n")
    assert files_of(["toypackage.scene"]) == before
    fingerprint._first_seen.cache_clear()  # as in another process
    after = files_of(["toypackage.scene"])
    assert [name for name in before if after[name] != before[name]] == ["toypackage.tools"]


@pytest.mark.parametrize("slug", SLUGS)
def test_what_an_explainer_is_made_of_is_followed(slug: str) -> None:
    name = slug.replace("-", "_")
    files = files_of(scene_of(plan_class(slug)(), "dark").modules)
    assert {f"scenes.plans.{name}", f"scenes.explainers.{name}", "scenes.kit.explainer"} <= set(
        files
    )
    assert {"convmath.frames", "convmath.typeset", "scenes.theme"} <= set(files)
