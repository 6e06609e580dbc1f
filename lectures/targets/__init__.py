"""The targets, by name: every file in this folder is one."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from convmath import InputError
from convmath.errors import suggestion
from lectures.target import Target

__all__ = ["TARGETS", "target_named"]

TARGETS = tuple(sorted(module.name.replace("_", "-") for module in iter_modules(__path__)))


# What else people call them.
_SYNONYMS = {
    **dict.fromkeys(("powerpoint", "ppt", "slides"), "pptx"),
    **dict.fromkeys(("latex", "tex"), "beamer"),
    **dict.fromkeys(("jupyter", "ipynb", "marimo"), "notebook"),
    **dict.fromkeys(("web", "page", "website"), "html"),
    "reveal": "revealjs",
    "handout": "pdf",
    "webp": "gif",
    "markdown": "quarto",
    "qmd": "quarto",
}


def target_named(name: str) -> Target:
    """One of `TARGETS`.

    Raises
    ------
    InputError
        If there is no such target; suggests the nearest name.
    """
    if name not in TARGETS:
        hint = suggestion(_SYNONYMS.get(name.lower(), name), TARGETS)
        raise InputError(
            f"there is no target '{name[:72]}'{hint}", option="--to", accepted=", ".join(TARGETS)
        )
    target: Target = import_module(f"{__name__}.{name.replace('-', '_')}").TARGET
    return target
