"""A web page with the clip, its chapters and its transcript, and the files for a page of yours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lectures.material import Material
from lectures.pages import MIME_TYPES, data_uri, page, text_uri
from lectures.production import Production
from lectures.target import Options, Target

__all__ = ["TARGET"]


@dataclass(frozen=True, slots=True)
class _Video:
    """What the template of a video element fills in."""

    sources: Sequence[Mapping[str, str]]
    poster: str
    captions: str
    chapters: str
    label: str
    width: int
    height: int
    loop: bool
    autoplay: bool
    show_captions: bool


def make(production: Production, folder: Path, options: Options) -> str:
    """See `Target`."""
    if options.one_file:
        return _one_file(production, folder, options)
    material, slug = production.material, production.material.slug
    clips, poster = production.clips("mp4", "webm"), production.poster()
    texts = {
        f"{slug}.vtt": material.captions_vtt,
        f"{slug}-chapters.vtt": material.chapters_vtt,
        f"{slug}.txt": material.transcript,
    }
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    production.deliver([*clips, poster], folder)
    files = [
        (clips[0].name, "clip (mp4)"),
        (clips[1].name, "clip (webm)"),
        (poster.name, "poster"),
        (f"{slug}.vtt", "captions"),
        (f"{slug}-chapters.vtt", "chapters"),
        (f"{slug}.txt", "transcript"),
    ]
    sources = [{"src": path.name, "type": MIME_TYPES[path.suffix]} for path in clips]
    here = _video(material, options, sources, poster.name, in_page=True)
    pasted = _video(material, options, sources, poster.name, in_page=False)
    (folder / f"{slug}.html").write_text(
        page("page.html.jinja", material=material, video=here, files=files), "utf-8"
    )
    (folder / f"{slug}-snippet.html").write_text(page("snippet.html.jinja", video=pasted), "utf-8")
    return f"{slug}.html"


def _one_file(production: Production, folder: Path, options: Options) -> str:
    """The page with all that it shows inside of it; of the clips only the mp4."""
    material, name = production.material, f"{production.material.slug}.html"
    (clip,) = production.clips("mp4")
    sources = [{"src": data_uri(clip), "type": MIME_TYPES[clip.suffix]}]
    poster = data_uri(production.poster(".webp"))
    video = _video(material, options, sources, poster, in_page=True)
    (folder / name).write_text(
        page("page.html.jinja", material=material, video=video, files=[]), "utf-8"
    )
    return name


def _video(
    material: Material,
    options: Options,
    sources: Sequence[Mapping[str, str]],
    poster: str,
    *,
    in_page: bool,
) -> _Video:
    """The tracks of a page go inside of it: browsers do not read them from a disk."""
    slug = material.slug
    return _Video(
        sources=sources,
        poster=poster,
        captions=text_uri(material.captions_vtt) if in_page else f"{slug}.vtt",
        chapters=text_uri(material.chapters_vtt) if in_page else f"{slug}-chapters.vtt",
        label=f"{material.title}. {material.alt}",
        width=material.quality.width,
        height=material.quality.height,
        loop=options.loop,
        autoplay=options.autoplay,
        show_captions=not material.burn_captions,
    )


TARGET = Target(
    name="html",
    summary="a web page with clip, captions, chapters and transcript; and a snippet to paste",
    make=make,
    takes=frozenset({"loop", "autoplay", "one_file"}),
    label="web page",
)
