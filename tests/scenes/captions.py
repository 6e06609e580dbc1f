"""What the captions of a story say in numbers."""

import math
import re
from collections.abc import Sequence
from typing import Any

import pytest

from scenes.plan import Plan

_STRAY = re.compile(r"[,;:]\s*[.,;:]|[,;:]\?|\.\.|\s[.,;:]")
_NOUNS = (
    "biases|cells|channels|columns|entries|filters|inputs|kernels|layers|leaps|maps|neurons|"
    "numbers|outputs|pixels|places|points|positions|products|rows|samples|slices|stamps|steps|"
    "values|voxels|weights|zeros"
)
_ONE = r"(?<!by )(?<!to )(?<!· )(?<!dot )(?<![\w.,^])(?:1|[Oo]ne)"
_SEVERAL_OF_ONE = re.compile(
    rf"{_ONE} (?:more |neighbouring )?(?:{_NOUNS})\b|{_ONE} \w+ (?:are|were|have|do|differ|count)\b"
)
_NUMBER = re.compile(r"−?(?:(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?|∞)")

READABLE = 17.0
"""Characters a second, at most: what subtitle guidelines ask for."""
WIDEST = 45
"""Characters of a heading that fit the width of the picture."""


def caption_of(plan: Plan[Any, Any], beat: str) -> str:
    """The caption of one beat."""
    (caption,) = (b.caption for b in plan.beats if b.name == beat)
    return caption


def numbers_in(caption: str) -> list[str]:
    """The numbers of a caption as they are written."""
    return _NUMBER.findall(caption)


def slips_in(text: str) -> list[str]:
    """Stray punctuation, and one thing that is said to be several."""
    return [found[0] for wrong in (_STRAY, _SEVERAL_OF_ONE) if (found := wrong.search(text))]


def assert_says(plan: Plan[Any, Any], beat: str, expected: Sequence[float]) -> None:
    """The caption has these numbers, in this order, each right to its last digit."""
    written = numbers_in(caption_of(plan, beat))
    assert len(written) == len(expected), caption_of(plan, beat)
    for text, number in zip(written, expected, strict=True):
        value = float(text.replace("−", "-").replace("∞", "inf").replace(",", ""))
        if math.isinf(number):
            assert value == number
        else:
            decimals = len(text.partition(".")[2])
            assert value == pytest.approx(number, rel=1e-12, abs=0.5000001 * 10**-decimals), text


def assert_well_told(plan: Plan[Any, Any]) -> None:
    """What every story owes its viewer, whatever the signals."""
    names = [beat.name for beat in plan.beats]
    assert len(set(names)) == len(names)
    for beat in plan.beats:
        assert re.fullmatch("[a-z][a-z-]*", beat.name)
        assert 0 < len(beat.heading) <= WIDEST, beat.heading
        assert beat.caption.endswith((".", "?")), beat.caption
        assert not re.search("nan|inf|none|  ", beat.caption, re.IGNORECASE), beat.caption
        assert not slips_in(f"{beat.heading}. {beat.caption}"), beat.caption
        assert "-" not in re.sub("[a-z]-[a-z]", "", beat.caption), "a hyphen for a minus"
        assert len(beat.caption) <= READABLE * beat.seconds, beat.name
