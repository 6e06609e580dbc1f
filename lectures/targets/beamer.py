"""LaTeX Beamer: the clips as films of a PDF viewer, and as pictures that are turned over."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from lectures.frames import pictures_in
from lectures.pages import source
from lectures.production import Production
from lectures.target import Options, Target
from rendering.quality import Quality

__all__ = ["SEQUENCE", "TARGET"]

SEQUENCE = Quality("sequence", 960, 540, 5)
"""Of the pictures for the package animate: all of them go into the PDF."""

_COLOURS = 64  # of flat graphics; a palette halves the size of the PDF


def make(production: Production, folder: Path, options: Options) -> str:
    """See `Target`.

    ``SLUG.tex`` plays the mp4 files beside it (pdfpc, pympress, Okular); ``SLUG-animate.tex`` has
    its pictures inside of the PDF (Acrobat, KDE and PDF-XChange viewers play them).
    """
    material, slug = production.material, production.material.slug
    clips, pictures = production.step_clips(), production.step_pictures()
    production.deliver([*clips, *pictures], folder / f"{slug}-clips")
    counts = _sequences(production, folder / f"{slug}-pictures")
    slides = [
        {"step": step, "clip": clip.name, "picture": picture.name, "last": count - 1}
        for step, clip, picture, count in zip(material.steps, clips, pictures, counts, strict=True)
    ]
    for name, animate in ((f"{slug}.tex", False), (f"{slug}-animate.tex", True)):
        text = source(
            "beamer.tex.jinja",
            material=material,
            slides=slides,
            animate=animate,
            again=options.loop,
            fps=SEQUENCE.fps,
        )
        (folder / name).write_text(text, "utf-8")
    return f"{slug}.tex"


def _sequences(production: Production, folder: Path) -> list[int]:
    """Save the steps of a small, slow clip as pictures ``3-0.png``, …; how many each step has."""
    folder.mkdir(parents=True)
    small = production.other(quality=SEQUENCE)
    (clip,) = small.clips("mp4")
    steps = small.material.steps
    counts = [0] * len(steps)
    for index, picture in enumerate(pictures_in(clip)):
        at = next(k for k, step in enumerate(steps) if index < step.frames.stop)
        flat = picture.quantize(_COLOURS, Image.Quantize.FASTOCTREE)
        flat.save(folder / f"{steps[at].number}-{counts[at]}.png")
        counts[at] += 1
    return counts


TARGET = Target(
    name="beamer",
    summary="LaTeX Beamer slides with the clips beside the PDF, or as pictures inside of it",
    make=make,
    takes=frozenset({"loop"}),
    label="LaTeX Beamer",
)
