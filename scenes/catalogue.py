"""Every explainer, by slug. To add one: write its plan and its scene, then name the plan here."""

from __future__ import annotations

from difflib import get_close_matches
from importlib import import_module
from typing import Any

from convmath import InputError
from scenes.plan import Plan

__all__ = ["SLUGS", "plan_class"]

# slug: class name of the plan, which stands in scenes/plans/<slug with underscores>.py
_PLANS = {
    "flip-and-shift": "FlipAndShiftPlan",
    "discrete-flip-and-shift": "DiscreteFlipAndShiftPlan",
}

SLUGS = tuple(_PLANS)


def plan_class(slug: str) -> type[Plan[Any, Any]]:
    """The plan of one explainer.

    Raises
    ------
    InputError
        If there is no such explainer; suggests the nearest names.
    """
    if slug not in _PLANS:
        near = get_close_matches(slug, SLUGS, n=1)
        hint = f": did you mean '{near[0]}'?" if near else ""
        raise InputError(
            f"there is no explainer or command '{slug}'{hint}", accepted=", ".join(SLUGS)
        )
    module = import_module(f"scenes.plans.{slug.replace('-', '_')}")
    plan: type[Plan[Any, Any]] = getattr(module, _PLANS[slug])
    return plan
