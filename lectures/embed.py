"""One explainer to one target: all of its files appear, or none does."""

from __future__ import annotations

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
    with hidden_folder(folder) as hidden:
        made, before = hidden / "made", hidden / "replaced"
        for each in (made, before):
            each.mkdir()
        first = target.make(production, made, chosen)
        names = [first, *sorted(path.name for path in made.iterdir() if path.name != first)]
        folder.mkdir(parents=True, exist_ok=True)
        put_in_place([made / name for name in names], folder, before)
    return [folder / name for name in names]
