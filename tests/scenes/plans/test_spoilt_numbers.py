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
SWEEP = {f"sweep.{name}": reason for name, reason in GRID.items()}
EXEMPT: dict[str, dict[str, str]] = {
    "flip-and-shift": {"doubled.curve": "the output at one t alone is no curve, and is not drawn"},
    "grid-2d": GRID,
    "channels-2d": GRID,
    "volume-3d": GRID,
    "padding": SWEEP,
    "stride": {"input": GIVEN, "stride": GIVEN, **SWEEP},
    "dilation": {"dilation": GIVEN, **SWEEP},
    "transposed": {"stride": GIVEN, "padding": GIVEN, "dilation": GIVEN},
    "ball-drop": {"tails": "cut off by the distribution; test_pmf.py holds it against scipy.stats"},
}
# Where the defaults leave an array empty.
MORE: list[tuple[str, dict[str, Any]]] = [
    ("flip-and-shift", {"h": "delta(t+1)+exp(-t)*u(t)", "x": "rect(t)-2*delta(t-2)"}),
    ("commute", {"h": "delta(t+1)+exp(-t)*u(t)", "x": "rect(t)-2*delta(t-2)"}),
]
# Frames that are drawn beside a plan's own.
BESIDE = {
    "flip-and-shift": ["doubled"],
    "flip-or-not": ["search"],
    "discrete-flip-and-shift": ["bars"],
    "padding": ["sweep"],
    "stride": ["sweep"],
    "dilation": ["sweep"],
}
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


def numbers(slug: str, plan: Plan[Any, Any]) -> dict[str, tuple[Frames[Any], str]]:
    """The frames that hold each number of a plan, and the name it has there."""
    beside = {f"{part}.": getattr(plan, part) for part in BESIDE.get(slug, [])}
    return {
        prefix + name: (frames, name)
        for prefix, frames in {"": plan.frames, **beside}.items()
        for name in frames.arrays()
    }


def checkable(slug: str, plan: Plan[Any, Any]) -> dict[str, tuple[Frames[Any], str]]:
    """The same without those that are exempt."""
    exempt = EXEMPT.get(slug, {})
    return {name: where for name, where in numbers(slug, plan).items() if name not in exempt}


def failed(plan: Plan[Any, Any], frames: Frames[Any], wrong: Frames[Any]) -> list[str]:
    """Names of the checks that fail with some frames of the plan replaced."""
    other = copy(plan)
    kept = [name for name, value in vars(plan).items() if value is frames]
    vars(other).update(dict.fromkeys(kept, wrong))
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
    assert [check.name for check in plan.checks if not check.passed] == []
    missed = [
        full_name
        for full_name, (frames, name) in checkable(slug, plan).items()
        if not all(
            failed(plan, frames, replace(frames, **{name: wrong}))
            for wrong in spoilt(getattr(frames, name))
        )
    ]
    assert missed == []


def test_every_array_has_numbers_in_some_case():
    filled, names = set(), set()
    for slug, parameters in CASES:
        plan = made(slug, tuple(parameters.items()))
        for full_name, (frames, name) in checkable(slug, plan).items():
            names.add((slug, full_name))
            if np.size(getattr(frames, name)):
                filled.add((slug, full_name))
    assert names - filled == set()


@pytest.mark.parametrize("slug", sorted(EXEMPT))
def test_what_is_exempt_is_there(slug: str):
    assert set(EXEMPT[slug]) <= set(numbers(slug, made(slug, ())))
