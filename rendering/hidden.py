"""A hidden folder by an output: what is made in it is put in place at once when it is complete.

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
    """A folder ``.name-xxxxxxxx`` beside ``output``, gone at the end; forsaken ones go at once.

    Where ``output`` is a folder already, it is inside: ``.made-xxxxxxxx``.
    """
    output = output / "made" if output.is_dir() else output
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


def put_in_place(finished: Sequence[Path], folder: Path, made: Path) -> None:
    """Move files, or folders, from ``made`` to the same places in ``folder``, or none of them."""
    backups, placed = made / ".before", list[Path]()
    names = [path.relative_to(made) for path in finished]
    try:
        for name in names:
            if (folder / name).exists():
                _move(folder / name, backups / name)
            _move(made / name, folder / name)
            placed.append(name)
    except BaseException:
        for name in placed:
            _remove(folder / name)
        for name in names:
            if (backups / name).exists():
                (backups / name).replace(folder / name)
        raise


def _move(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    path.replace(target)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
