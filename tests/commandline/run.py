"""The command line as a person uses it: a process in a folder of its own."""

from __future__ import annotations

import io
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path

from commandline.main import main

__all__ = ["ROOT", "Done", "command", "run", "run_here", "run_well", "tree"]

ROOT = Path(__file__).parents[2]
Done = subprocess.CompletedProcess[str]


def command(*words: str) -> list[str]:
    """What starts ``python render.py words`` from any folder."""
    return [sys.executable, str(ROOT / "render.py"), *words]


def run(*words: str, cwd: Path, timeout: float = 120) -> Done:
    """Run to the end, whatever comes of it."""
    return subprocess.run(
        command(*words),
        cwd=cwd,
        capture_output=True,
        encoding="utf-8",
        timeout=timeout,
        check=False,
    )


def run_here(*words: str, cwd: Path) -> Done:
    """As `run`, but in this process, which saves the start of another one."""
    out, err = io.StringIO(), io.StringIO()
    with chdir(cwd), redirect_stdout(out), redirect_stderr(err):
        code = main(words)
    return Done(words, code, out.getvalue(), err.getvalue())


def run_well(*words: str, cwd: Path) -> Done:
    """Run to the end, with exit code 0."""
    done = run(*words, cwd=cwd)
    assert done.returncode == 0, done.stderr
    return done


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below ``folder`` by its path, and every folder as an empty one."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else b""
        for path in sorted(folder.rglob("*"))
    }
