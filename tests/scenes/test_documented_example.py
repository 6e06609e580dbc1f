"""The smallest plan and scene in docs/explainers.md, as they are printed there."""

import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from rendering.clip import survey
from scenes.kit.layout import problems
from scenes.plan import Plan
from tests.scenes.takes import DRAFT, last_pictures, scene_of

GUIDE = Path(__file__).parents[2] / "docs" / "explainers.md"
IMPORTS = {
    "scenes.plans.one_signal": """
import numpy as np
from pydantic import Field
from convmath import SlidingProduct, convolve_continuous, parse_signal, verify
from scenes.beat import Beat
from scenes.parameters import Parameters, SignalText
from scenes.plan import Plan
""",
    "scenes.explainers.one_signal": """
from manim import Create, FadeIn
from scenes.kit.chart import Axes, Box, Chart
from scenes.kit.explainer import Explainer
from scenes.kit.plots import Plot
from scenes.plans.one_signal import OneSignalPlan
""",
}


def printed() -> dict[str, str]:
    """The code in the guide, by the name of the module that it is to stand in."""
    (block,) = re.findall(r"```python\n(# scenes/.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    parts = re.split(r"^# (scenes/\S+)\.py\n", block, flags=re.MULTILINE)[1:]
    return {path.replace("/", "."): code for path, code in zip(*[iter(parts)] * 2, strict=True)}


@pytest.fixture
def one_signal(monkeypatch: pytest.MonkeyPatch) -> Plan:
    """The plan, its module and that of its scene being where the guide puts them."""
    files = printed()
    assert list(files) == list(IMPORTS)
    for name, code in files.items():
        module = ModuleType(name)
        monkeypatch.setitem(sys.modules, name, module)
        exec(compile(IMPORTS[name] + code, str(GUIDE), "exec"), module.__dict__)
    return sys.modules["scenes.plans.one_signal"].OneSignalPlan()


def test_the_example_is_a_whole_explainer(one_signal: Plan):
    assert one_signal.checks
    assert all(check.passed for check in one_signal.checks)
    found = []
    scene = scene_of(one_signal, after_beat=lambda scene, beat: found.append(problems(scene)))
    timeline = survey(scene, DRAFT)
    assert timeline.frames == 3 * DRAFT.fps
    assert [beat.name for beat in timeline.beats] == ["curve"]
    assert found == [()]


def test_the_example_draws_its_signal(one_signal: Plan):
    """The triangle's two sides, in the ink of what stays."""
    picture = last_pictures(one_signal)["curve"]
    blue = (picture.astype(int) @ [-1, 0, 1] > 90).nonzero()
    left, right = blue[1].min(), blue[1].max()
    height, width = picture.shape[:2]
    unit = height / 8
    assert left == pytest.approx(width / 2 - 3 * unit, abs=3)  # tri(t) is 6 units wide
    assert right == pytest.approx(width / 2 + 3 * unit, abs=3)
    assert blue[0].min() == pytest.approx(height / 2 - (5 / 1.2 - 3) * unit, abs=3)
