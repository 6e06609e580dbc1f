"""A handout: a page for every two steps, with pictures, captions, formula, room for notes."""

from __future__ import annotations

from pathlib import Path

from lectures.pages import source
from lectures.production import Production
from lectures.target import Options, Target

__all__ = ["TARGET"]


def make(production: Production, folder: Path, options: Options) -> str:  # noqa: ARG001
    """See `Target`. Words are vectors, in the type of the clips; pictures have a light ground."""
    import fontpkg
    import typst

    material, name = production.material, f"{production.material.slug}.pdf"
    printed = production.other(theme_name="light")
    pictures = printed.step_pictures()
    text = source(
        "handout.typ.jinja",
        material=material,
        slides=[
            {"step": step, "picture": picture.name}
            for step, picture in zip(material.steps, pictures, strict=True)
        ],
    )
    written = printed.scratch / "handout.typ"
    written.write_text(text, "utf-8")
    fonts = [str(Path(fontpkg.path("Fira Sans")).parent)]
    typst.compile(str(written), output=str(folder / name), font_paths=fonts)
    return name


TARGET = Target(
    name="pdf",
    summary="a handout to print: pictures, captions, the formula, room for notes",
    make=make,
    label="handout",
)
