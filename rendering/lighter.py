"""Manim with lighter luggage: cheaper copies of mobjects.

It leans on Manim 0.22's inside and changes no pixel (tests/rendering/test_lighter.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from copy import deepcopy
from typing import Any

import numpy as np
import svgelements  # type: ignore[import-untyped]
from manim import CapStyleType, LineJointType, ManimColor, Mobject

__all__ = ["light_copies"]

_SHARED = frozenset({bool, int, float, str, type(None), ManimColor, LineJointType, CapStyleType})
"""Types whose values a copy shares: they never change."""


@contextmanager
def light_copies() -> Iterator[None]:
    """Copies of mobjects in half the time, or less (every animation copies what it moves, twice).

    They share their colours and the SVG path that they were read from: neither changes once the
    mobject is there. And `copy.deepcopy` is not asked for each of the thirty numbers, names and
    arrays that a mobject has.
    """
    with ExitStack() as stack:
        stack.enter_context(_copied_by(ManimColor, _itself))
        stack.enter_context(_copied_by(svgelements.Path, _itself))
        stack.enter_context(_copied_by(Mobject, _light))
        yield


@contextmanager
def _copied_by(kind: type, copier: Callable[[Any, dict[int, Any]], Any]) -> Iterator[None]:
    """Let ``copier`` be the ``__deepcopy__`` of a class meanwhile."""
    before = vars(kind).get("__deepcopy__")
    kind.__deepcopy__ = copier  # type: ignore[attr-defined]
    try:
        yield
    finally:
        if before is None:
            del kind.__deepcopy__  # type: ignore[attr-defined]
        else:
            kind.__deepcopy__ = before  # type: ignore[attr-defined]


def _itself(value: Any, _memo: dict[int, Any]) -> Any:
    return value


def _light(mobject: Mobject, memo: dict[int, Any]) -> Mobject:
    """`Mobject.__deepcopy__`, with the commonest kinds of attributes copied at once."""
    result = type(mobject).__new__(type(mobject))
    memo[id(mobject)] = result
    for name, value in vars(mobject).items():
        kind = type(value)
        if kind in _SHARED:
            copied = value
        elif id(value) in memo:
            copied = memo[id(value)]
        elif kind is np.ndarray:
            copied = memo[id(value)] = value.__deepcopy__(memo)
        elif kind is list and not value:
            copied = memo[id(value)] = []
        else:
            copied = deepcopy(value, memo)
        setattr(result, name, copied)
    result.original_id = str(id(mobject))
    return result
