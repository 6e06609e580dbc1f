"""The first beats of a real explainer, by one worker and by several."""

from pathlib import Path
from typing import Any

from lectures.specs import timeline_of
from rendering.clip import make_clip
from rendering.manifest import Description
from rendering.quality import Quality
from rendering.segments import SceneSpec, cut
from scenes.catalogue import plan_class
from scenes.plan import Plan
from tests.rendering.test_workers import pictures

SMALL = Quality("small", 192, 108, 5)
BEATS = 4


def beginning() -> Plan[Any, Any]:
    plan = plan_class("flip-and-shift")()
    plan.beats = plan.beats[:BEATS]
    return plan


def make(renderer: Any) -> Any:
    plan = beginning()
    return plan.scene_class()(renderer, plan=plan)


def test_one_worker_or_several_make_the_same_clip(tmp_path: Path) -> None:
    timeline = timeline_of(beginning(), SMALL.fps)
    assert len(cut(timeline, SMALL.fps)) > 3
    made, seen, files = [], [], []
    for workers in (1, 2, 3):
        output = tmp_path / str(workers) / "a.mp4"
        made.append(
            make_clip(
                SceneSpec(f"{__name__}:make"), output, SMALL, describe=Description(slug="a"),
                timeline=timeline, workers=workers,
            )
        )  # fmt: skip
        seen.append(pictures(output, SMALL.fps))
        files.append(output.read_bytes())
    assert made[0] == made[1] == made[2]
    assert len(seen[0]) == timeline.frames
    assert seen[0] == seen[1] == seen[2]
    assert files[0] == files[1] == files[2]
