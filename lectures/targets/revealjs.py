"""Slides for the browser, with reveal.js beside them: one a beat, which stops at its end."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from lectures.pages import data_uri, page, text_uri
from lectures.production import Production
from lectures.target import Options, Target

__all__ = ["REVEAL", "TARGET"]

REVEAL = Path(__file__).parents[1] / "assets" / "reveal"
"""Version 6.0.2; its licence, MIT, is among the files."""


def make(production: Production, folder: Path, options: Options) -> str:
    """See `Target`."""
    material, clips = production.material, production.step_clips("mp4")
    name, home = f"{material.slug}-slides.html", f"{material.slug}-clips"
    if options.one_file:
        sources = [data_uri(clip) for clip in clips]
    else:
        sources = [f"{home}/{file}" for file in production.deliver(clips, folder / home)]
        production.deliver(sorted(REVEAL.iterdir()), folder / "reveal")
    slides = [
        {"step": step, "src": source, "captions": text_uri(material.captions_of(step))}
        for step, source in zip(material.steps, sources, strict=True)
    ]
    filled = page(
        "deck.html.jinja",
        material=material,
        slides=slides,
        one_file=options.one_file,
        reveal={file.name: Markup(file.read_text("utf-8")) for file in REVEAL.iterdir()},
    )
    (folder / name).write_text(filled, "utf-8")
    return name


TARGET = Target(
    name="revealjs",
    summary="slides for the browser, one a beat, with speaker notes; they need no network",
    make=make,
    takes=frozenset({"one_file"}),
    label="slides for the browser",
    shared=frozenset({"reveal"}),
)
