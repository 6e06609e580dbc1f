"""The numbers that a viewer must be able to read off, against a loop over all triples."""

from itertools import product
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from convmath import InputError
from convmath.pmf import parse_pmf
from scenes.parameters import first_error
from scenes.plans.three_drops import ThreeDropsPlan
from tests.scenes.captions import assert_says, assert_well_told, caption_of

CASES: list[dict[str, Any]] = [
    {},
    {"d": 2},
    {"f": "1/2,1/2", "g": "0.9,0.1", "h": "0.3,0.7"},
    {"f": "0.4,0.3,0.2,0.1", "g": "0.25,0.25,0.5 @ -1", "h": "poisson(2, 3)", "d": 1},
    {"f": "uniform(6, 9)", "g": "1,0,0,2 @ 6", "h": "3,1 @ 8", "normalise": True},
    {"f": "0.5,0,0.5", "g": "0.2,0,0.8", "h": "bernoulli(0.3)"},
    {"f": "0.125,0.875 @ -9", "g": "0.015,0.235,0.005,0.745 @ -9", "h": "0.333,0.667 @ -9"},
    {"f": "1/2,1/2", "g": "1/2,1/2", "h": "1/2,1/2"},
    {"f": "1", "g": "0.5,0.5", "h": "geometric(1/3, 4)", "d": 3},
]
EVERY = pytest.mark.parametrize("parameters", CASES, ids=str)


def told(**parameters: Any) -> ThreeDropsPlan:
    return ThreeDropsPlan(ThreeDropsPlan.Parameters(**parameters))


def masses(plan: ThreeDropsPlan) -> list[dict[int, float]]:
    p = plan.parameters
    pmfs = [parse_pmf(text, normalise=p.normalise) for text in (p.f, p.g, p.h)]
    return [dict(zip(q.outcomes.tolist(), q.p.tolist(), strict=True)) for q in pmfs]


def ways_of(plan: ThreeDropsPlan) -> dict[tuple[int, int, int], float]:
    f, g, h = masses(plan)
    return {
        (a, b, c): f[a] * g[b] * h[c]
        for a, b, c in product(f, g, h)
        if a + b + c == plan.at.total and f[a] * g[b] * h[c] > 0
    }


@EVERY
def test_the_cards_are_all_ways_to_the_total(parameters: dict[str, Any]):
    plan = told(**parameters)
    assert_well_told(plan)
    assert [check.name for check in plan.checks if not check.passed] == []
    cards = {plan.steps(way): float(plan.at.product[way]) for way in plan.ways}
    assert cards == pytest.approx(ways_of(plan))
    f, g, h = masses(plan)
    for way in plan.ways:
        a, b, c = plan.steps(way)
        chances = [float(text) for text in plan.chances(way)]
        assert chances == pytest.approx([f[a], g[b], h[c]], abs=5e-4)


@EVERY
def test_captions_say_the_sums_of_both_groupings(parameters: dict[str, Any]):
    plan = told(**parameters)
    ways, d = ways_of(plan), plan.at.total
    f, g, h = masses(plan)
    total = sum(ways.values())
    a, b, c = way = plan.steps(plan.shown)
    assert_says(plan, "way", [d, *way, f[a], g[b], h[c], ways[way]])
    a, c = int(plan.frames.a[plan.column]), int(plan.frames.c[plan.row])
    column = sum(p for way, p in ways.items() if way[0] == a)
    row = sum(p for way, p in ways.items() if way[2] == c)
    rest, lead = column / f[a], row / h[c]
    assert_says(plan, "first", [a, f[a], column, f[a], rest, rest, d - a, d - a])
    assert_says(plan, "last", [c, h[c], row, lead, h[c], lead, d - c])
    columns = [sum(p for way, p in ways.items() if way[0] == a) for a in f]
    rows = [sum(p for way, p in ways.items() if way[2] == c) for c in h]
    for beat, sums, first in (("total", columns, [d]), ("same", rows, [])):
        terms = [value for value in sums if value]
        assert_says(plan, beat, [*first, *(terms if len(terms) > 1 else []), total])
    assert_says(plan, "predict", [len(ways), total])


@EVERY
def test_the_most_likely_total_is_named(parameters: dict[str, Any]):
    plan = told(**parameters)
    f, g, h = (list(each.values()) for each in masses(plan))
    y = np.convolve(np.convolve(f, g), h)
    first = sum(min(each) for each in masses(plan))
    peaks = first + np.flatnonzero(np.round(y, 12) == np.round(y, 12).max())
    assert_says(plan, "every", [first, first + len(y) - 1, *peaks, y.max(), 1])


def test_the_default_is_what_the_page_says():
    plan = told()
    assert 45 <= plan.duration <= 100
    assert plan.is_exact
    assert plan.at.total == 3
    assert len(plan.ways) == 7
    assert "0.3 · 0.6 · 0.4 = 0.072" in caption_of(plan, "way")
    assert "0.21 + 0.096 + 0.02 = 0.326" in caption_of(plan, "total")
    assert "0.021 + 0.14 + 0.165 = 0.326" in caption_of(plan, "same")
    assert "0.096 = 0.3 · 0.32. And 0.32 is the convolution (g * h)(2)" in caption_of(plan, "first")


@EVERY
def test_what_is_written_as_equal_is_equal(parameters: dict[str, Any]):
    plan = told(**parameters)
    written = [float(plan.products.write(float(plan.at.product[way]))) for way in plan.ways]
    columns = [float(plan.products.write(value)) for value in plan.at.by_first.tolist()]
    rows = [float(plan.products.write(value)) for value in plan.at.by_last.tolist()]
    total = float(plan.products.write(plan.at.first_then_rest))
    sums = (sum(written), sum(columns), sum(rows))
    if plan.is_exact:
        assert sums == pytest.approx([total] * 3, abs=1e-12)
        assert all("≈" not in beat.caption for beat in plan.beats)
    else:
        assert sums == pytest.approx([total] * 3, abs=1e-3)
        assert "≈" in caption_of(plan, "way")
        assert "rounded" in caption_of(plan, "ways")


def test_unless_it_is_given_the_total_with_most_ways_is_looked_at():
    for parameters in CASES:
        plan = told(**{**parameters, "d": None})
        counts = plan.frames.possible.sum(axis=(1, 2))
        assert len(plan.ways) == counts.max()
    assert told(d=5).at.total == 5


def test_subtotals_that_agree_are_not_said_to_change():
    assert "The subtotals changed" in caption_of(told(), "same")
    alike = told(f="1/2,1/2", g="0.9,0.1", h="1/2,1/2")
    assert "Here even the subtotals agree" in caption_of(alike, "same")
    assert not any("Other subtotals" in beat.heading for beat in alike.beats)


def test_a_tail_that_was_cut_off_is_told():
    assert "The third drop has no end: it is cut, and 0.143" in caption_of(
        told(h="poisson(2, 3)"), "drops"
    )
    assert "cut" not in caption_of(told(), "drops")


def test_the_answer_is_not_given_before_the_question():
    beats = told().beats
    names = [beat.name for beat in beats]
    before = beats[: names.index("predict") + 1]
    assert not any("same total" in b.caption + b.heading or "did not" in b.caption for b in before)
    assert not any("0.14" in b.caption for b in before), "a subtotal of a row"


def test_the_default_drops_are_not_symmetric():
    for option in "fgh":
        values = ThreeDropsPlan.Parameters.model_fields[option].default.split(",")
        assert values != values[::-1]


@pytest.mark.parametrize(
    ("parameters", "option", "says"),
    [
        ({"f": "0.5,0.4"}, "--f", "add up to 0.9, not to 1"),
        ({"h": "0.2,0.2,0.2,0.2,0.2"}, "--h", "5 outcomes are too many"),
        ({"g": "1/2,1/2 @ -10"}, "--g", "the outcomes -10 to -9"),
        ({"d": 99}, "--d", "no way to land on 99"),
        ({"d": 6}, "--d", "one way to land on 6"),
        ({"f": "1", "h": "1"}, "--f, --g and --h", "one way only"),
    ],
)
def test_what_has_no_story_is_refused(parameters: dict[str, Any], option: str, says: str):
    with pytest.raises(InputError, match=says) as refusal:
        _ = told(**parameters).frames
    assert refusal.value.option == option
    assert refusal.value.accepted
    assert refusal.value.typed


def test_a_sum_off_one_is_divided_out_where_that_is_asked_for():
    frames = told(f="5,3,2", g="1,6,3", h="1,4,5", normalise=True).frames
    np.testing.assert_allclose(frames.product, told().frames.product, rtol=1e-14)
    with pytest.raises(InputError, match="add up to 10") as refusal:
        _ = told(f="5,3,2").frames
    assert "--normalise" in refusal.value.accepted


def test_text_that_is_no_pmf_is_refused_as_it_is_read():
    with pytest.raises(ValidationError, match="from 3 to 1") as error:
        ThreeDropsPlan.Parameters(g="uniform(3, 1)")
    assert first_error(error.value, ThreeDropsPlan.Parameters).option == "--g"
