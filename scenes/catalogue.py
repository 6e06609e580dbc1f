"""Every explainer, by slug. To add one: write its plan and its scene, then name the plan here."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

from convmath import InputError
from convmath.errors import suggestion
from scenes.plan import Plan
from scenes.theme import THEMES, ThemeName

if TYPE_CHECKING:
    from scenes.kit.explainer import Explainer

__all__ = ["SLUGS", "plan_class", "scene_for"]

# slug: class name of the plan, which stands in scenes/plans/<slug with underscores>.py
_PLANS = {
    "flip-and-shift": "FlipAndShiftPlan",
    "commute": "CommutePlan",
    "flip-or-not": "FlipOrNotPlan",
    "discrete-flip-and-shift": "DiscreteFlipAndShiftPlan",
    "channels-1d": "Channels1dPlan",
    "learned-flip": "LearnedFlipPlan",
    "conv-matrix": "ConvMatrixPlan",
    "weight-copies": "WeightCopiesPlan",
    "aggregation-rules": "AggregationRulesPlan",
    "spread-and-gather": "SpreadAndGatherPlan",
    "kernel-centering": "KernelCenteringPlan",
    "kernel-rotation": "KernelRotationPlan",
    "ball-drop": "BallDropPlan",
    "ball-drop-2d": "BallDrop2dPlan",
    "three-drops": "ThreeDropsPlan",
    "expected-value": "ExpectedValuePlan",
    "grid-2d": "Grid2dPlan",
    "padding": "PaddingPlan",
    "stride": "StridePlan",
    "dilation": "DilationPlan",
    "transposed": "TransposedPlan",
    "channels-2d": "Channels2dPlan",
    "image-kernel": "ImageKernelPlan",
    "volume-3d": "Volume3dPlan",
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
        hint = suggestion(slug, SLUGS)
        raise InputError(f"there is no explainer '{slug[:72]}'{hint}", accepted=", ".join(SLUGS))
    module = import_module(f"scenes.plans.{slug.replace('-', '_')}")
    plan: type[Plan[Any, Any]] = getattr(module, _PLANS[slug])
    return plan


def scene_for(
    renderer: Any, *, slug: str, parameters: Mapping[str, Any], theme: ThemeName
) -> Explainer[Any]:
    """The scene of an explainer, made from what can travel to another process (imports Manim)."""
    plan = plan_class(slug)
    made = plan(plan.Parameters(**parameters))
    return made.scene_class()(renderer, plan=made, theme=THEMES[theme])
