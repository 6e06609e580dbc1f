"""Markdown with the clip in it: for Quarto, and for whatever else renders Markdown."""

from __future__ import annotations

from pathlib import Path

from lectures.pages import source
from lectures.production import Production
from lectures.target import Options, Target

__all__ = ["TARGET"]


def make(production: Production, folder: Path, options: Options) -> str:
    """See `Target`.

    The clip is a plain video element: Quarto's own shortcode cannot loop, and fails where
    resources are embedded.
    """
    material, slug = production.material, production.material.slug
    production.deliver([*production.clips("mp4"), production.poster()], folder)
    (folder / f"{slug}.vtt").write_text(material.captions_vtt, "utf-8")
    for suffix in ("qmd", "md"):
        text = source(
            "document.md.jinja", material=material, options=options, quarto=suffix == "qmd"
        )
        (folder / f"{slug}.{suffix}").write_text(text, "utf-8")
    return f"{slug}.qmd"


TARGET = Target(
    name="quarto",
    summary="Markdown for Quarto (.qmd) and for others (.md), with the clip and its transcript",
    make=make,
    takes=frozenset({"loop"}),
    label="Quarto and Markdown",
)
