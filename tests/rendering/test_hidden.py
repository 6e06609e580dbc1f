"""Hidden folders of processes that live, and of one that was killed."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from rendering.hidden import hidden_folder, put_in_place

ROOT = Path(__file__).parents[2]
HOLD = (
    "import sys; from pathlib import Path; from rendering.hidden import hidden_folder\n"
    "with hidden_folder(Path(sys.argv[1])) as folder:\n"
    "    (folder / 'half').write_text('made'); print(folder, flush=True); input()"
)


@contextmanager
def process(output: Path) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """Another process that makes the same output, until it reads a line."""
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(output)], cwd=ROOT, stdin=pipe, stdout=pipe, text=True
    ) as other:
        assert other.stdout is not None
        yield other, Path(other.stdout.readline().strip())


def test_a_folder_in_use_stays_and_goes_with_its_process(tmp_path: Path) -> None:
    output = tmp_path / "a.mp4"
    with process(output) as (other, theirs):
        with hidden_folder(output) as mine:
            assert mine != theirs
            assert (theirs / "half").read_text() == "made"
        assert (theirs / "half").read_text() == "made"
        other.communicate("\n", timeout=30)
        assert other.returncode == 0
    assert list(tmp_path.iterdir()) == []


def test_the_folder_of_a_process_that_was_killed_goes_with_the_next_render(tmp_path: Path) -> None:
    output = tmp_path / "a.mp4"
    with process(output) as (killed, forsaken):
        killed.kill()
        killed.wait(30)
    assert (forsaken / "half").exists()
    with hidden_folder(tmp_path / "b.mp4"):
        assert forsaken.exists()
    with hidden_folder(output) as mine:
        hidden = {path.name for path in tmp_path.iterdir()}
        assert hidden == {mine.name, f"{mine.name}.lock"}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", [".a-notes123", ".a-0123456789", ".a-abcdef01"])
def test_other_hidden_folders_are_left_alone(name: str, tmp_path: Path) -> None:
    (tmp_path / name).mkdir()
    with hidden_folder(tmp_path / "a.mp4"):
        pass
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_all_files_are_put_in_place_or_none(tmp_path: Path) -> None:
    output = tmp_path / "a.mp4"
    output.write_text("before")
    with hidden_folder(output) as folder:
        (folder / "a.mp4").write_text("after")
        with pytest.raises(FileNotFoundError):
            put_in_place([folder / "a.mp4", folder / "a.json"], tmp_path, folder)
    assert [path.name for path in tmp_path.iterdir()] == ["a.mp4"]
    assert output.read_text() == "before"


def test_folders_are_put_in_place_inside_of_others(tmp_path: Path) -> None:
    lecture = tmp_path / "lecture"
    (lecture / "slides/one").mkdir(parents=True)
    (lecture / "slides/one/old").write_text("")
    (lecture / "slides/mine").write_text("")
    with hidden_folder(lecture) as made:
        for name in ("slides/one/new", "slides/two/new"):
            (made / name).parent.mkdir(parents=True)
            (made / name).write_text("")
        parts = [made / "slides/one", made / "slides/two"]
        with pytest.raises(FileNotFoundError):
            put_in_place([*parts, made / "three"], lecture, made)
        left = {path.name for path in lecture.rglob("*") if made not in (path, *path.parents)}
        assert left == {"slides", "one", "old", "mine", f"{made.name}.lock"}
        for name in ("slides/one/new", "slides/two/new"):
            (made / name).parent.mkdir(parents=True)
            (made / name).write_text("")
        put_in_place(parts, lecture, made)
    there = {path.relative_to(lecture).as_posix() for path in lecture.rglob("*/*/*")}
    assert there == {"slides/one/new", "slides/two/new"}
    assert (lecture / "slides/mine").exists()


@pytest.mark.parametrize("typed", [".", "..", "week3", "../inner"])
def test_a_folder_that_is_there_hides_it_inside(
    typed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "inner/week3").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "inner")
    with hidden_folder(Path(typed)) as made:
        assert made.resolve().parent == Path(typed).resolve()
        (made / "page").write_text("")
        put_in_place([made / "page"], Path(typed), made)
    found = {path.relative_to(tmp_path) for path in tmp_path.rglob("*")}
    page = (Path(typed) / "page").resolve().relative_to(tmp_path)
    assert found == {Path("inner"), Path("inner/week3"), page}
