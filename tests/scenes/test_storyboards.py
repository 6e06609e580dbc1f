"""What a viewer could not read well: nothing, when the last picture of any beat stands."""

from typing import Any

import pytest

from rendering.clip import survey
from scenes.beat import Beat
from scenes.catalogue import SLUGS
from scenes.kit.explainer import Explainer
from scenes.kit.layout import problems
from scenes.plan import Plan
from scenes.theme import THEMES, ThemeName
from tests.scenes.takes import DRAFT, plan_of, scene_of

OTHER_SIGNALS = {
    "flip-and-shift": [
        ("sin(2pi t)*rect((t-1)/2)", "-tri(t-1)*2"),
        ("gauss(t)", "piecewise(0<=t<1: t^2, 1<=t<2: 1, 2<=t<5: (5-t)/3*cos(3t))"),
        ("u(t)", "1000*rect(t/200)"),
    ],
    "discrete-flip-and-shift": [
        ("3,2,1", "1,1,0.5"),
        ("(0.9)^n*u(n)", "cos(n)*rect(n/20)"),
    ],
}


OTHER_LAYERS: list[dict[str, Any]] = [
    {"mode": "full", "flip": True},
    {"weights": "1", "x": "1,2", "activation": "none"},
    {"weights": "1,0,-1,2,3", "x": "1,2,3,4,5,6,7,8,9,10", "activation": "sigmoid"},
    {
        "weights": "0.5,-0.25,1/3",
        "x": "1/3,2,-12.345,0.0125,4,-999,500",
        "mode": "full",
        "bias": 0.5,
        "activation": "tanh",
    },
]


def assert_reads_well(plan: Plan[Any, Any], theme: ThemeName) -> None:
    """No beat ends with a problem of its text, and every beat was looked at."""
    found: dict[str, list[str]] = {}

    def look(scene: Explainer[Any], beat: Beat) -> None:
        found[beat.name] = [str(problem) for problem in problems(scene)]

    survey(scene_of(plan, THEMES[theme], after_beat=look), DRAFT)
    assert found == {beat.name: [] for beat in plan.beats}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("slug", SLUGS)
def test_the_defaults_read_well(slug: str, theme: ThemeName):
    assert_reads_well(plan_of(slug), theme)


@pytest.mark.parametrize(
    ("slug", "h", "x"), [(slug, *pair) for slug, pairs in OTHER_SIGNALS.items() for pair in pairs]
)
def test_other_signals_read_well(slug: str, h: str, x: str):
    assert_reads_well(plan_of(slug, h=h, x=x), "dark")


@pytest.mark.parametrize("parameters", OTHER_LAYERS, ids=str)
def test_other_layers_read_well(parameters: dict[str, Any]):
    assert_reads_well(plan_of("conv-matrix", **parameters), "dark")
