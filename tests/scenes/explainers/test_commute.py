"""What is drawn of both orders: one equation, one output, one picture that mirrors the other."""

import re

import numpy as np
import pytest
from scipy.spatial import cKDTree

from rendering.clip import survey
from scenes.explainers.commute import Commute, OrderSliding
from scenes.kit.plots import Plot
from tests.scenes.takes import DRAFT, plan_of, scene_of

SIGNALS = [
    {},
    {"h": "tri(t)+delta(t-1)", "x": "sin(2*t)*rect(t/3-1/2)"},
    {"h": "-2*rect(t-1)", "x": "exp(-t)*u(t)"},
]


@pytest.fixture(params=SIGNALS, ids=["default", "impulse", "negative"])
def last_of(request):
    """What to look at when the last picture of each beat stands, by the beat's name."""
    seen = {}

    def look(scene: Commute, beat) -> None:
        seen[beat.name] = watched(scene, beat.name)

    survey(scene_of(plan_of("commute", **request.param), after_beat=look), DRAFT)
    return seen


def watched(scene: Commute, beat: str) -> dict[str, object]:
    shown = scene.get_mobject_family_members()
    orders = (scene.sliding, scene.other)
    seen: dict[str, object] = {
        "numbers": [order.number.content for order in orders if order.number in shown],
        "places": [order.position(order.index) for order in orders],
        "dot": scene.sliding.dot.get_center(),
        "feeds": [order.drop.points.copy() for order in orders],
        "step": scene.plan.frames.at(round(scene.sliding.index)),
        "lower": scene.lower,
    }
    if beat == "mirror":
        sheet = [part for part in scene.mirrored.get_family() if isinstance(part, Plot)]
        targets = [scene.other.product, scene.other.moving, scene.x_plot]
        seen["landed"] = [outline_of(part) for part in sheet]
        seen["targets"] = [outline_of(part) for part in targets]
    return seen


def outline_of(drawn) -> np.ndarray:
    """Places (n, 2) along all strokes that are drawn in a mobject."""
    strokes = np.concatenate([m.points for m in drawn.get_family() if len(m.points)])
    ends = strokes.reshape(-1, 4, 3)[:, [0, 3], :2]
    share = np.linspace(0, 1, 30)[:, None, None]
    return (ends[:, 0] + share * (ends[:, 1] - ends[:, 0])).reshape(-1, 2)


def farthest(one: np.ndarray, other: np.ndarray) -> float:
    """How far the worst of the places of ``one`` is from its nearest in ``other``."""
    return float(cKDTree(other).query(one)[0].max())


STOPS = ("enter", "peak", "leave")


def test_both_numbers_are_on_screen_and_equal(last_of):
    assert last_of["area"]["numbers"] != []
    assert len(last_of["predict"]["numbers"]) == 1
    for beat in {"second", "mirror", "substitute", *STOPS} & set(last_of):
        one, other = last_of[beat]["numbers"]
        assert one == other
        shown = float(one.replace("−", "-"))
        assert shown == pytest.approx(last_of[beat]["step"].swapped_output, abs=5.1e-4)


def test_both_slide_in_sync(last_of):
    for beat in {*STOPS, "whole"} & set(last_of):
        one, other = last_of[beat]["places"]
        assert one == other == last_of[beat]["step"].t


def test_both_lines_meet_and_end_at_the_dot(last_of):
    for beat in {"second", *STOPS} & set(last_of):
        seen = last_of[beat]
        step = seen["step"]
        np.testing.assert_allclose(seen["dot"], seen["lower"].point(step.t, step.output), atol=1e-9)
        one, other = seen["feeds"]
        bottom = one[np.argmin(one[:, 1])]
        assert abs(bottom[0] - seen["dot"][0]) < 1e-6
        wire = one[:, 1].max() - other[:, 1].max()
        assert wire == pytest.approx(0, abs=1e-9)


def test_the_mirrored_picture_comes_to_lie_on_the_other(last_of):
    landed, targets = last_of["mirror"]["landed"], last_of["mirror"]["targets"]
    assert len(landed) == len(targets) == 3
    # What slides is cut at the edges of the charts, so of it not all needs to have landed.
    for one, other in zip(landed, targets, strict=True):
        assert farthest(one, other) < 0.02
    assert farthest(targets[0], landed[0]) < 0.02


def test_colours_stay_with_the_signals():
    """h is drawn in one ink and x in another, whichever slides."""
    scene_inks = {}

    def look(scene: Commute, beat) -> None:
        first, other = scene.sliding, scene.other
        assert isinstance(other, OrderSliding)
        scene_inks["h"] = (scene.h_plot.ink.colour, other.moving.ink.colour)
        scene_inks["x"] = (scene.x_plot.ink.colour, first.moving.ink.colour)

    survey(scene_of(plan_of("commute"), after_beat=look), DRAFT)
    (h, same_h), (x, same_x) = scene_inks["h"], scene_inks["x"]
    assert h == same_h != x == same_x
    assert re.fullmatch("#[0-9A-Fa-f]{6}", h)
