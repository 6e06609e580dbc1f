"""A folder of one's own for what Manim caches: it survives the process but is never shared.

Manim writes and deletes files beside the SVGs that it caches, so two processes in one folder
disturb each other. Folders are numbered; a process takes the first that no other one holds. Manim
takes any file that is there for a whole one, so the folder of a process that was stopped half way
is emptied by the next one that takes it.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import platformdirs
from filelock import FileLock, Timeout

__all__ = ["own_folder"]


@contextmanager
def own_folder() -> Iterator[Path]:
    """A cache folder that no other process uses meanwhile."""
    root = Path(platformdirs.user_cache_dir("faltung")) / "manim"
    root.mkdir(parents=True, exist_ok=True)
    for number in count():
        lock = FileLock(root / f"{number}.lock", timeout=0)
        try:
            lock.acquire()
        except Timeout:
            continue
        folder, in_use = root / str(number), root / f"{number}.in-use"
        try:
            if in_use.exists():
                shutil.rmtree(folder, ignore_errors=True)
            in_use.touch()
            yield folder
            in_use.unlink()
        finally:
            lock.release()
        return
