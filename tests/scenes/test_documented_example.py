"""The example of docs/new-explainer.md: its text alone, in a copy of the project."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "new-explainer.md"
PARTS = ("convmath", "scenes", "rendering", "lectures", "commandline", "tests")
BLOCK = re.compile(r"```python\n(.*?)```", re.DOTALL)
PATH = re.compile(r"# (\S+\.py)\n")


def printed() -> tuple[dict[str, str], str]:
    """The files that the guide prints, by path, and the line for the catalogue."""
    blocks = BLOCK.findall(GUIDE.read_text("utf-8"))
    files = {match[1]: block for block in blocks if (match := PATH.match(block))}
    (line,) = (block for block in blocks if not PATH.match(block))
    return files, line


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project in which somebody has followed the guide."""
    folder = tmp_path_factory.mktemp("guide")
    left_out = shutil.ignore_patterns("__pycache__", "goldens", "failures")
    for part in PARTS:
        shutil.copytree(ROOT / part, folder / part, ignore=left_out)
    for name in ("render.py", "pyproject.toml"):
        shutil.copy2(ROOT / name, folder)
    files, line = printed()
    for path, text in files.items():
        assert not (folder / path).exists(), path
        (folder / path).write_text(text, "utf-8")
    catalogue = folder / "scenes" / "catalogue.py"
    head, plans, rest = re.split(
        r"(^_PLANS = \{\n.*?)(?=^\}$)", catalogue.read_text("utf-8"), flags=re.M | re.S
    )
    catalogue.write_text(head + plans + line + rest, "utf-8")
    return folder


def run(copy: Path, *words: str) -> None:
    """Run a Python program there; it has to succeed."""
    command = [sys.executable, "-m", *words]
    done = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_example_is_in_the_style_of_the_project(copy: Path):
    files = [*printed()[0], "scenes/catalogue.py"]
    run(copy, "ruff", "check", *files)
    run(copy, "ruff", "format", "--check", *files)


def test_the_types_of_the_example_are_right(copy: Path):
    files = [path for path in printed()[0] if path.startswith("scenes/")]
    assert len(files) == 2
    run(copy, "mypy", "--cache-dir", str(ROOT / ".mypy_cache"), *files)


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_the_example_is_laid_out_well(copy: Path, theme: str):
    run(copy, "render", "storyboard", "one-signal", "--strict", "--theme", theme)


def test_the_example_passes_its_own_tests_and_those_of_every_explainer(copy: Path):
    places = [
        "tests/scenes/plans/test_one_signal.py",
        "tests/scenes/test_catalogue.py",
        "tests/lectures/test_material.py",
        "tests/lectures/test_every_target.py",
        "tests/commandline/test_bad_input.py",
    ]
    run(copy, "pytest", "-q", "-p", "no:cacheprovider", *places, "-k", "one-signal or one_signal")
