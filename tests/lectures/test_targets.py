"""The targets: what they are called, what they take, and that nothing is half written."""

from pathlib import Path

import pytest

from convmath import InputError
from lectures.embed import embed
from lectures.production import Production
from lectures.target import Options, Target
from lectures.targets import TARGETS, target_named
from tests.commandline.run import tree


@pytest.mark.parametrize("name", TARGETS)
def test_every_file_is_a_target_of_its_name(name: str) -> None:
    target = target_named(name)
    assert target.name == name
    assert target.summary
    assert target.takes <= set(Options.__slots__)


def test_an_unknown_target_is_refused() -> None:
    with pytest.raises(InputError, match="did you mean 'revealjs'"):
        target_named("reveal")


@pytest.mark.parametrize("option", Options.__slots__)
def test_an_option_that_means_nothing_is_refused(option: str) -> None:
    chosen = Options(**{option: True})
    deaf = Target("deaf", "", lambda *_: "")
    with pytest.raises(InputError) as refused:
        deaf.refuse(chosen)
    assert refused.value.option == f"--{option.replace('_', '-')}"
    Target("hearing", "", lambda *_: "", frozenset({option})).refuse(chosen)


def writes(*names: str, fails: bool = False) -> Target:
    def make(production: Production, folder: Path, options: Options) -> str:
        for name in names:
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text("new")
        if fails:
            raise RuntimeError("broken")
        return names[0].partition("/")[0]

    return Target("toy", "", make)


def test_files_appear_beside_others(production: Production, tmp_path: Path) -> None:
    folder = tmp_path / "lecture"
    (folder / "clips").mkdir(parents=True)
    (folder / "clips/old.mp4").write_text("old")
    (folder / "mine.txt").write_text("mine")
    made = embed(production, writes("index.html", "clips/a.mp4"), folder)
    assert made == [folder / "index.html", folder / "clips"]
    assert tree(folder) == {
        "clips": b"", "clips/a.mp4": b"new", "index.html": b"new", "mine.txt": b"mine",
    }  # fmt: skip
    assert [path.name for path in tmp_path.iterdir()] == ["lecture"]


def test_nothing_is_half_written(production: Production, tmp_path: Path) -> None:
    with pytest.raises(RuntimeError):
        embed(production, writes("index.html", fails=True), tmp_path / "new")
    assert list(tmp_path.iterdir()) == []
    embed(production, writes("index.html"), tmp_path / "old")
    before = tree(tmp_path)
    with pytest.raises(RuntimeError):
        embed(production, writes("index.html", fails=True), tmp_path / "old")
    assert tree(tmp_path) == before
