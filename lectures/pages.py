"""Web pages and other documents from templates."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

__all__ = ["MIME_TYPES", "data_uri", "page", "source", "text_uri"]

_HERE = Path(__file__).parent
MIME_TYPES = {
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".webp": "image/webp",
    ".vtt": "text/vtt",
}


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def page(template: str, **filled_in: Any) -> str:
    """A template of ``lectures/templates``, filled in."""
    return _templates().get_template(template).render(filled_in)


def source(template: str, **filled_in: Any) -> str:
    """A template of ``lectures/templates`` that is no web page: what is filled in has a filter.

    The filters are ``markdown``, ``latex``, ``typst`` and ``json`` (which is YAML, too).
    """
    environment = _templates().overlay(autoescape=False)
    filters = {"markdown": _markdown, "latex": _latex, "typst": _typst, "json": json.dumps}
    environment.filters |= filters
    return environment.get_template(template).render(filled_in)


def _markdown(text: str) -> str:
    """Text that Markdown leaves as it is."""
    return re.sub(r"([\\`*_\[\]<>#$|~^])", r"\\\1", text)


def _latex(text: str) -> str:
    """Text that LaTeX sets as it is, whatever signs are in it."""
    from pylatexenc.latexencode import unicode_to_latex

    return str(unicode_to_latex(text, unknown_char_policy="replace"))


def _typst(text: str) -> str:
    """Text as a string of Typst's."""
    return json.dumps(text, ensure_ascii=False)


def data_uri(path: Path) -> str:
    """A file as an address that holds all of its bytes."""
    return f"data:{MIME_TYPES[path.suffix]};base64,{b64encode(path.read_bytes()).decode()}"


def text_uri(text: str, suffix: str = ".vtt") -> str:
    """A text as an address that holds all of it: also pages opened from a disk may read it."""
    return f"data:{MIME_TYPES[suffix]};charset=utf-8;base64,{b64encode(text.encode()).decode()}"
