"""An explainer in a notebook, Jupyter's or marimo's: ``from lectures import show``."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from convmath import InputError
from convmath.errors import suggestion

if TYPE_CHECKING:
    from lectures.production import Production
    from scenes.plan import AnyPlan

__all__ = ["Shown", "show", "shown"]


@dataclass(frozen=True, slots=True)
class Shown:
    """What a notebook displays as the result of a cell.

    Attributes
    ----------
    summary
        In words, where nothing else can be displayed.
    html
        The clip with its poster, captions and transcript, all of them inside of it, so that a
        notebook that is sent still has them.
    """

    summary: str
    html: str

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return self.summary


def show(
    slug: str,
    /,
    *,
    theme: str = "dark",
    quality: str = "low",
    width: int = 960,
    **parameters: Any,
) -> Shown:
    """An explainer, drawn with these parameters, for the notebook to display.

    What was drawn once is kept, as for ``render.py``.

    Parameters
    ----------
    theme
        ``"dark"`` or ``"light"``.
    quality
        ``"draft"``, ``"low"``, ``"medium"``, ``"high"`` or ``"4k"``; a low one is a small notebook.
    width
        Most pixels across; the clip is narrower where there is less room.
    parameters
        Those of the explainer: ``h="exp(-t)*u(t)"``.

    Raises
    ------
    InputError
        If there is no such explainer, parameter, theme or quality, or a value cannot be used.
    rendering.clip.CheckFailed
        If a check of the clip has failed.
    """
    from lectures.material import Material
    from lectures.production import Production
    from rendering.cache import Cache
    from rendering.quality import PRESETS
    from scenes.theme import THEMES

    chosen = PRESETS[_known("quality", quality, PRESETS)]
    _known("theme", theme, THEMES)
    if not 1 <= width <= 10_000:
        raise InputError(
            "a clip is not that wide", typed=str(width), option="width", accepted="1 to 10000"
        )
    material = Material(_plan(slug, parameters), chosen, theme)  # type: ignore[arg-type]
    return shown(Production(material, cache=Cache()), width)


def shown(production: Production, width: int = 960) -> Shown:
    """What `show` returns, of material that is there."""
    from lectures.pages import data_uri, page, text_uri

    material = production.material
    (clip,) = production.clips("mp4")
    html = page(
        "notebook.html.jinja",
        material=material,
        width=width,
        clip=data_uri(clip),
        poster=data_uri(production.poster(".webp")),
        captions=text_uri(material.captions_vtt),
    )
    return Shown(f"{material.slug}: {material.title} ({material.steps[-1].end:.0f} s)", html)


def _plan(slug: str, parameters: Mapping[str, Any]) -> AnyPlan:
    """The plan; what is wrong is told with names as Python has them."""
    from pydantic import ValidationError

    from scenes.catalogue import SLUGS, plan_class
    from scenes.parameters import first_error

    kind = plan_class(_known("slug", slug, SLUGS))
    model = kind.Parameters
    for name in parameters:
        _known(f"{slug}'s parameter", name, model.model_fields)
    try:
        plan = kind(model(**parameters))
        _ = plan.frames
    except ValidationError as error:
        raise _as_in_python(first_error(error, model)) from None
    except InputError as error:
        raise _as_in_python(error) from None
    return plan


def _as_in_python(error: InputError) -> InputError:
    error.option = (error.option or "").replace("--", "").replace("-", "_") or None
    return error


def _known(what: str, name: str, known: Collection[str]) -> str:
    if name not in known:
        hint = suggestion(str(name), known)
        raise InputError(f"there is no '{name}'{hint}", option=what, accepted=", ".join(known))
    return name
