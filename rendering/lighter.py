"""Manim with lighter luggage: cheaper copies of mobjects.

It leans on Manim 0.22's inside and changes no pixel (tests/rendering/test_lighter.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import svgelements  # type: ignore[import-untyped]
from manim import ManimColor

__all__ = ["light_copies"]


@contextmanager
def light_copies() -> Iterator[None]:
    """Copies of a mobject share its colours and the SVG path that it was read from.

    Neither changes once the mobject is there, and copying them is most of what a text's copy
    costs (every animation copies what it moves, twice).
    """

    def itself(value: Any, _memo: object) -> Any:
        return value

    with (
        patch.object(ManimColor, "__deepcopy__", itself, create=True),
        patch.object(svgelements.Path, "__deepcopy__", itself, create=True),
    ):
        yield
