"""A hidden folder beside an output: what is made in it is put in place at once when it is complete.

A lock file of its name is held from before the folder appears until it is gone. So a folder whose
lock is free was left behind by a process that was killed, and whoever makes the same output next
clears it away.
"""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path

from filelock import FileLock, Timeout

__all__ = ["hidden_folder", "put_in_place"]

_TOKEN = 8  # characters that tell apart the folders of one output


@contextmanager
def hidden_folder(output: Path) -> Iterator[Path]:
    """A folder ``.name-xxxxxxxx`` beside ``output``, gone at the end; forsaken ones go at once."""
    output.parent.mkdir(parents=True, exist_ok=True)
    _clear(output)
    folder = output.with_name(f".{output.stem}-{uuid.uuid4().hex[:_TOKEN]}")
    try:
        with _lock_of(folder):
            try:
                folder.mkdir()
                yield folder
            finally:
                shutil.rmtree(folder, ignore_errors=True)
    finally:
        _lock_file(folder).unlink(missing_ok=True)


def _clear(output: Path) -> None:
    """Remove the folders of this output that nobody holds."""
    for folder in output.parent.glob(f".{escape(output.stem)}-{'[0-9a-f]' * _TOKEN}"):
        if not _lock_file(folder).exists():  # no folder of ours, or one that is just going
            continue
        with suppress(Timeout, OSError):
            with _lock_of(folder):
                shutil.rmtree(folder, ignore_errors=True)
            _lock_file(folder).unlink()


def _lock_file(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.lock")


def _lock_of(folder: Path) -> FileLock:
    return FileLock(_lock_file(folder), timeout=0)


def put_in_place(finished: Sequence[Path], folder: Path, temporary: Path) -> None:
    """Move all files, or folders, into ``folder``, or leave it as it was."""
    backups = temporary / "before"
    backups.mkdir()
    try:
        for path in finished:
            target = folder / path.name
            if target.exists():
                target.replace(backups / path.name)
            path.replace(target)
    except BaseException:
        for path in finished:
            before = backups / path.name
            if before.exists():
                before.replace(folder / path.name)
            elif not path.exists():
                _remove(folder / path.name)
        raise


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
