"""Folders for what Manim caches, among processes."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from rendering.scratch import own_folder

ROOT = Path(__file__).parents[2]
HOLD = (
    "from rendering.scratch import own_folder\n"
    "with own_folder() as folder: print(folder, flush=True); input()"
)


@pytest.fixture(autouse=True)
def _empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))


@contextmanager
def process() -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """Another process in its folder, until it reads a line."""
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, "-c", HOLD], cwd=ROOT, stdin=pipe, stdout=pipe, text=True
    ) as other:
        assert other.stdout is not None
        yield other, Path(other.stdout.readline().strip())


def test_processes_at_once_have_different_folders(tmp_path: Path) -> None:
    with process() as (one, first), process() as (other, second), own_folder() as third:
        assert len({first, second, third}) == 3
        assert all(tmp_path in folder.parents for folder in (first, second, third))
        for running in (one, other):
            running.communicate("\n", timeout=30)
            assert running.returncode == 0


def test_a_later_process_has_the_folder_of_the_first_and_what_is_in_it() -> None:
    with own_folder() as first:
        first.mkdir()
        (first / "word.svg").write_text("kept")
    with process() as (later, folder):
        assert folder == first
        assert (folder / "word.svg").read_text() == "kept"
        later.communicate("\n", timeout=30)


def test_the_folder_of_a_process_that_was_killed_is_free_and_empty() -> None:
    with process() as (killed, first):
        first.mkdir()
        (first / "word.svg").write_text("<svg> half wri")
        killed.kill()
        killed.wait(30)
    with own_folder() as folder:
        assert folder == first
        assert not folder.exists()


def test_an_error_gives_the_folder_back() -> None:
    with pytest.raises(ValueError, match="drawing"), own_folder() as first:
        raise ValueError("drawing")
    with own_folder() as folder:
        assert folder == first
