"""One explainer to one target: all of its files appear, or none does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lectures.production import Production
from lectures.target import Options, Target
from rendering.hidden import hidden_folder, put_in_place

__all__ = ["embed"]


def embed(
    production: Production, target: Target, folder: Path, options: Options | None = None
) -> list[Path]:
    """Make the files of a target; they appear in ``folder``, beside what else is there.

    Returns
    -------
    list of Path
        What was made; the file to open first is the first one.

    Raises
    ------
    InputError
        If the target cannot do what is asked of it.
    rendering.clip.CheckFailed
        If a check of a clip has failed.
    """
    chosen = options or Options()
    target.refuse(chosen)
    with hidden_folder(folder) as made:
        first = made / target.make(production, made, chosen)
        parts = sorted(_parts(made, made, target.shared), key=lambda path: path != first)
        put_in_place(parts, folder, made)
    return [folder / part.relative_to(made) for part in parts]


def _parts(inside: Path, made: Path, shared: frozenset[str]) -> Iterator[Path]:
    """What takes the place of something older as a whole: files, and folders of one explainer."""
    for path in sorted(inside.iterdir()):
        if path.relative_to(made).as_posix() in shared:
            yield from _parts(path, made, shared)
        else:
            yield path
