"""A folder of one's own for what Manim caches: it survives the process but is never shared.

Manim writes and deletes files beside the SVGs that it caches, so two processes in one folder
disturb each other. Folders are numbered; a process takes the first that no other one holds.
"""

from __future__ import annotations

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
        try:
            yield root / str(number)
        finally:
            lock.release()
        return
