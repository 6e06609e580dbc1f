"""What pictures of grids say where there is one row, cell or number of something."""

import re
from typing import Any

import pytest

from rendering.clip import survey
from scenes.beat import Beat
from scenes.kit.explainer import Explainer
from scenes.kit.typeset import Text
from tests.scenes.captions import slips_in
from tests.scenes.takes import DRAFT, plan_of, scene_of

_COLOURED = re.compile(r'text\(fill: #rgb\("[^"]*"\), ([^()]*)\)')


def written(slug: str, parameters: dict[str, Any]) -> dict[str, list[str]]:
    """All lines of text that end each beat, without colours and quotation marks."""
    lines: dict[str, list[str]] = {}

    def look(scene: Explainer[Any], beat: Beat) -> None:
        texts = [one.content for one in scene.get_mobject_family_members() if isinstance(one, Text)]
        lines[beat.name] = [_COLOURED.sub(r"\1", text).replace('"', "") for text in texts]

    survey(scene_of(plan_of(slug, **parameters), after_beat=look), DRAFT)
    return lines


@pytest.mark.parametrize(
    ("slug", "parameters", "beat", "said"),
    [
        (
            "stride",
            {"input": "1,2,3,4", "kernel": "1,2,1", "stride": 22},
            "dropped",
            "never under the kernel: 1 cell",
        ),
        ("stride", {"input": "1,2", "kernel": "1"}, "why", "1 output dot 1 weight = 1 product"),
        ("stride", {"input": "1,2", "kernel": "1"}, "kept", "1 of 2, and the same number"),
        (
            "grid-2d",
            {"input": "1,2", "kernel": "2", "stride": 2},
            "dropped",
            "never under a weight: 1 cell",
        ),
        (
            "transposed",
            {"input": "1", "kernel": "1,2", "stride": 1, "padding": 0, "output_padding": 0},
            "back",
            "1 number differs",
        ),
        (
            "transposed",
            {"input": "1", "kernel": "1,2", "stride": 1, "padding": 0, "output_padding": 0},
            "sweep",
            "(1 - 1) dot 1 + 1 = 1 row",
        ),
        (
            "dilation",
            {"input": "1,2,3", "kernel": "1,2"},
            "span",
            "2 dot (1 - 1) + 1 = 1 row",
        ),
        ("dilation", {"input": "1,2,3", "kernel": "1,2"}, "growing", "1 + 1 + 2 dot 1 = 4 columns"),
        (
            "padding",
            {"input": "1,2,3", "kernel": "1,2,3"},
            "layers",
            "after 1 layer nothing is left to slide over",
        ),
        (
            "channels-2d",
            {"input": "1,2", "filters": "1"},
            "count",
            "1 filter dot 1 kernel dot 1 dot 1 weight + 1 bias = 2",
        ),
    ],
    ids=str,
)
def test_one_is_not_several(slug: str, parameters: dict[str, Any], beat: str, said: str):
    lines = written(slug, parameters)
    assert said in lines[beat]
    assert [line for texts in lines.values() for line in texts if slips_in(line)] == []
