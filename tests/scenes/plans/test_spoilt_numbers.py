"""Every number that is drawn or told is checked: spoilt, it fails a check of its plan."""

from collections.abc import Iterator
from copy import copy
from dataclasses import replace
from functools import cache
from importlib import import_module
from typing import Any

import numpy as np
import pytest

from convmath import Frames
from scenes.catalogue import SLUGS, plan_class
from scenes.plan import Plan

GIVEN = "as it was typed or chosen; tests of the plan hold it against the parameters"
GRID = {"stride": GIVEN, "dilation": GIVEN, "after": GIVEN}
EXEMPT: dict[str, dict[str, str]] = {
    "grid-2d": GRID,
    "channels-2d": GRID,
    "volume-3d": GRID,
    "stride": {"input": GIVEN, "stride": GIVEN},
    "dilation": {"dilation": GIVEN},
    "transposed": {"stride": GIVEN, "padding": GIVEN, "dilation": GIVEN, "output_padding": GIVEN},
    "ball-drop": {"tails": "cut off by the distribution; test_pmf.py holds it against scipy.stats"},
}
# Where the defaults leave an array empty.
MORE: list[tuple[str, dict[str, Any]]] = [
    ("flip-and-shift", {"h": "delta(t+1)+exp(-t)*u(t)", "x": "rect(t)-2*delta(t-2)"}),
    ("commute", {"h": "delta(t+1)+exp(-t)*u(t)", "x": "rect(t)-2*delta(t-2)"}),
]
CASES = [*((slug, {}) for slug in SLUGS), *MORE]


@cache
def made(slug: str, parameters: tuple[tuple[str, Any], ...]) -> Plan[Any, Any]:
    plan = plan_class(slug)
    return plan(plan.Parameters(**dict(parameters)))


def entries(value: np.ndarray) -> list[int]:
    """The first, the last and two between."""
    return sorted({0, value.size // 3, value.size // 2, value.size - 1})


def spoilt(value: Any) -> Iterator[Any]:
    """The number, or the array with one entry, changed by 1 or by a seventh of the largest."""
    array = np.array(value)
    finite = array[np.isfinite(array)].astype(float)
    amount: Any = 1 if array.dtype.kind in "iu" else max(1.0, np.abs(finite).max(initial=0)) / 7
    for entry in entries(array) if array.size else ():
        wrong = array.copy()
        old = wrong.flat[entry]
        wrong.flat[entry] = not old if array.dtype.kind == "b" else old + amount
        if not np.isfinite(old):
            wrong.flat[entry] = 0
        yield wrong if array.ndim else wrong.item()


def checks_of(plan: Plan[Any, Any], frames: Frames[Any]) -> list[str]:
    """Names of the checks that fail with other frames in place of the plan's own."""
    other = copy(plan)
    kept = [name for name, value in vars(plan).items() if value is plan.frames]
    vars(other).update(dict.fromkeys(kept, frames))
    return [check.name for check in other.make_checks() if not check.passed]


@pytest.fixture
def quad_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """QUADPACK, which sees the signals alone, is asked once for each of their t."""
    module = import_module("convmath.verify")
    monkeypatch.setattr(module, "_by_quad", cache(module._by_quad))


@pytest.mark.usefixtures("quad_once")
@pytest.mark.parametrize(("slug", "parameters"), CASES, ids=str)
def test_every_drawn_number_is_checked(slug: str, parameters: dict[str, Any]):
    plan = made(slug, tuple(parameters.items()))
    frames = plan.frames
    assert [check.name for check in plan.checks if not check.passed] == []
    missed = [
        name
        for name in frames.arrays()
        if name not in EXEMPT.get(slug, {})
        if not all(
            checks_of(plan, replace(frames, **{name: wrong}))
            for wrong in spoilt(getattr(frames, name))
        )
    ]
    assert missed == []


def test_every_array_has_numbers_in_some_case():
    empty = {
        (slug, name)
        for slug in SLUGS
        for name in made(slug, ()).frames.arrays()
        if name not in EXEMPT.get(slug, {})
        if all(
            not np.size(getattr(made(slug, tuple(given.items())).frames, name))
            for other, given in CASES
            if other == slug
        )
    }
    assert empty == set()


@pytest.mark.parametrize("slug", sorted(EXEMPT))
def test_what_is_exempt_is_there(slug: str):
    assert set(EXEMPT[slug]) <= set(made(slug, ()).frames.arrays())
