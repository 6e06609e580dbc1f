import subprocess
import sys
from pathlib import Path

import pytest

from convmath import InputError
from scenes.catalogue import SLUGS, plan_class
from scenes.kit.explainer import Explainer
from tests.scenes.takes import plan_of

ROOT = Path(__file__).parents[2]
EVERY = pytest.mark.parametrize("slug", SLUGS)


@EVERY
def test_a_plan_says_what_it_shows(slug: str):
    kind = plan_class(slug)
    assert kind.slug == slug
    assert kind.question.endswith("?")
    assert kind.title
    assert kind.sources


@EVERY
def test_every_beat_is_drawn_by_a_method_of_its_name(slug: str):
    plan = plan_of(slug)
    scene = plan.scene_class()
    assert issubclass(scene, Explainer)
    assert scene.plan_class is type(plan)
    told = {"beat_" + beat.name.replace("-", "_") for beat in plan.beats}
    assert told <= set(dir(scene))


@EVERY
def test_every_parameter_has_a_default_and_a_description(slug: str):
    for name, field in plan_class(slug).Parameters.model_fields.items():
        assert not field.is_required(), name
        assert field.description, name


@EVERY
def test_a_plan_is_told_without_manim(slug: str):
    code = (
        "import sys; from scenes.catalogue import plan_class\n"
        f"plan = plan_class({slug!r})(); plan.beats; plan.checks\n"
        "print(sorted({'manim', 'av', 'cairo'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("flip-and-shft", "'flip-and-shift'"),
        ("flip_and_shift", "'flip-and-shift'"),
        ("discrete-flip-shift", "'discrete-flip-and-shift'"),
    ],
)
def test_an_unknown_slug_suggests_the_nearest(typed: str, meant: str):
    with pytest.raises(InputError, match=f"'{typed}'.*did you mean {meant}"):
        plan_class(typed)


def test_a_slug_like_none_lists_them_all():
    with pytest.raises(InputError) as refusal:
        plan_class("qqq")
    assert "did you mean" not in str(refusal.value)
    assert all(slug in str(refusal.value) for slug in SLUGS)
