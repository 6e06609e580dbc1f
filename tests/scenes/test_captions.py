"""The check of captions finds what it is there for, and nothing else."""

from types import SimpleNamespace
from typing import Any

import pytest

from scenes.beat import Beat
from tests.scenes.captions import assert_well_told


def story(caption: str) -> Any:
    return SimpleNamespace(beats=(Beat("only", "Heading", caption, 20.0),))


@pytest.mark.parametrize(
    "caption",
    [
        "They add up to 9, divided by 9,. Predict.",
        "The end: .",
        "The end..",
        "The end .",
        "Across 4 − 3 = 1 cells are left.",
        "One cells is left.",
        "One layer can follow, or 1 rows.",
        "But one number differ.",
        "One cell are never under it.",
        "There are 1 more positions.",
    ],
)
def test_what_is_wrong_is_found(caption: str):
    with pytest.raises(AssertionError):
        assert_well_told(story(caption))


@pytest.mark.parametrize(
    "caption",
    [
        "The map has 3 by 1 numbers: 11 cells, 21 rows and 0.1 units.",
        "Where in the map of stride 1 do the numbers of stride 2 stand?",
        "At n = 1 are 1, 2 and 5; it moves 0 to 1 steps.",
        "One cell is left out, and one number differs.",
    ],
)
def test_what_is_right_is_left_alone(caption: str):
    assert_well_told(story(caption))
