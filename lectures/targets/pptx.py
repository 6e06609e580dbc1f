"""A PowerPoint file: a slide for each step, whose clip starts by itself and stops at its end."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from lectures.material import Material, Step
from lectures.pages import source
from lectures.production import Production
from lectures.target import Options, Target

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.slide import Slide

__all__ = ["TARGET"]

_HEIGHT = 7.5  # inches, as PowerPoint's own wide slides
_TITLE_ONLY = 5  # a layout of the default template


def make(production: Production, folder: Path, options: Options) -> str:
    """See `Target`."""
    from pptx import Presentation
    from pptx.util import Inches

    material, name = production.material, f"{production.material.slug}.pptx"
    deck = Presentation()
    deck.slide_height = Inches(_HEIGHT)
    deck.slide_width = Inches(_HEIGHT * material.quality.width / material.quality.height)
    deck.core_properties.title = material.title
    deck.core_properties.subject = material.question
    deck.core_properties.language = "en"
    firsts = production.first_pictures(".jpg")
    for step, clip, picture in zip(material.steps, production.step_clips(), firsts, strict=True):
        _add(deck, material, step, clip, picture, loop=options.loop)
    deck.save(str(folder / name))
    return name


def _add(
    deck: Presentation, material: Material, step: Step, clip: Path, picture: Path, *, loop: bool
) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])
    _colour_ground(slide, material.theme.ground)
    _set_title(slide, step.title)
    movie = slide.shapes.add_movie(
        str(clip),
        0,
        0,
        deck.slide_width,
        deck.slide_height,
        poster_frame_image=str(picture),
        mime_type="video/mp4",
    )
    movie.name = step.title
    movie._element._nvXxPr.cNvPr.set("descr", f"{step.title}. {step.caption}")
    slide.notes_slide.notes_text_frame.text = f"{step.title}\n\n{step.caption}"
    seconds = len(step.clip) / material.quality.fps
    _start_by_itself(slide, movie.shape_id, round(1000 * seconds), loop=loop)


def _colour_ground(slide: Slide, colour: str) -> None:
    from pptx.dml.color import RGBColor

    fill = slide.background.fill
    fill.solid()
    fill.fore_color.rgb = RGBColor(*bytes.fromhex(colour.lstrip("#")))


def _set_title(slide: Slide, title: str) -> None:
    """Behind the movie: outlines and screen readers need one, and the picture shows it."""
    from pptx.util import Inches

    placeholder = slide.shapes.title
    assert placeholder is not None, "the layout has a title"
    placeholder.text = title
    placeholder.left = placeholder.top = Inches(0)
    placeholder.width, placeholder.height = Inches(_HEIGHT), Inches(1)


def _start_by_itself(slide: Slide, shape_id: int, milliseconds: int, *, loop: bool) -> None:
    """Replace what python-pptx says about timing, which is to wait for a click on the movie."""
    from lxml import etree

    xml = source("timing.xml.jinja", shape_id=shape_id, milliseconds=milliseconds, loop=loop)
    element: Any = slide._element
    for old in element.findall("{*}timing"):
        element.remove(old)
    element.append(etree.fromstring(xml))


TARGET = Target(
    name="pptx",
    summary="a PowerPoint file, with a slide for each step and the captions as notes",
    make=make,
    takes=frozenset({"loop"}),
    label="PowerPoint",
)
