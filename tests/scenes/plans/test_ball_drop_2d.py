"""The numbers that a viewer must be able to read off, against scipy and all pairs of moves."""

import re
from itertools import product
from typing import Any

import numpy as np
import pytest
from scipy.signal import convolve2d

from convmath import InputError
from scenes.plans.ball_drop_2d import BallDrop2dPlan
from tests.scenes.captions import assert_says, assert_well_told, caption_of

EVEN = ";".join([",".join(["0.0625"] * 4)] * 4)


def told(**parameters: Any) -> BallDrop2dPlan:
    return BallDrop2dPlan(BallDrop2dPlan.Parameters(**parameters))


def chances(text: str) -> dict[tuple[int, int], float]:
    """Probabilities by (x, y), y upwards from the last row; divided by their sum."""
    rows = [[float(part) for part in row.split(",")] for row in text.split(";")]
    total = sum(map(sum, rows))
    return {
        (x, y): value / total for y, row in enumerate(reversed(rows)) for x, value in enumerate(row)
    }


def ways_to(plan: BallDrop2dPlan, c: tuple[int, int]) -> list[list[float]]:
    """f(a), g(b) and their product, a row by row from below, of the pairs that land on c."""
    f, g = chances(plan.parameters.f), chances(plan.parameters.g)
    pairs = sorted(product(f, g), key=lambda ab: (ab[0][1], ab[0][0]))
    return [
        [f[a], g[b], f[a] * g[b]]
        for a, b in pairs
        if (a[0] + b[0], a[1] + b[1]) == c and f[a] * g[b]
    ]


def totals(plan: BallDrop2dPlan) -> dict[tuple[int, int], float]:
    f, g = chances(plan.parameters.f), chances(plan.parameters.g)
    found: dict[tuple[int, int], float] = {}
    for a, b in product(f, g):
        c = (a[0] + b[0], a[1] + b[1])
        found[c] = found.get(c, 0) + f[a] * g[b]
    return found


CASES: list[dict[str, Any]] = [
    {},
    {"c": "1,1"},
    {"c": "0,0"},
    {"f": "0.1,0.2;0.4,0.3", "g": "0.5,0,0.5"},
    {"f": "1,2,3;4,5,6;7,8,9", "g": "1,1,1;1,1,1", "normalise": True, "c": "2,1"},
    {"f": EVEN, "g": EVEN, "c": "1,5"},
    {"f": "0,0;0,1", "g": "0.25;0.25;0.5"},
    {"f": "1,0;0,1", "g": "2,0;0,1", "normalise": True},
]
EVERY = pytest.mark.parametrize("parameters", CASES, ids=str)


@EVERY
def test_the_map_is_scipys(parameters: dict[str, Any]):
    plan = told(**parameters)
    f, g = (
        np.array([[float(part) for part in row.split(",")] for row in text.split(";")])
        for text in (plan.parameters.f, plan.parameters.g)
    )
    expected = convolve2d(f / f.sum(), g / g.sum())
    np.testing.assert_allclose(plan.frames.total[::-1], expected, rtol=0, atol=1e-12)
    assert [check.name for check in plan.checks if not check.passed] == []


@EVERY
def test_captions_say_what_happens(parameters: dict[str, Any]):
    plan = told(**parameters)
    assert_well_told(plan)
    c = tuple(plan.frames.c[plan.worked].tolist())
    if "c" in parameters:
        assert c == tuple(int(part) for part in parameters["c"].split(","))
    ways = ways_to(plan, c)
    assert plan.ways.product == pytest.approx([way[2] for way in ways], abs=1e-15)
    some = ways if len(ways) <= 4 else []
    assert_says(plan, "ways", [len(ways), *c, *(n for way in some for n in way)])
    terms = [way[2] for way in some] if len(some) > 1 else []
    assert_says(plan, "sum", [*c, *terms, totals(plan)[c]])


@EVERY
def test_the_first_way_leads_to_the_landing_point(parameters: dict[str, Any]):
    plan = told(**parameters)
    a, b, c = (
        tuple(v.tolist()) for v in (plan.ways.a[0], plan.ways.b[0], plan.frames.c[plan.worked])
    )
    f, g = chances(plan.parameters.f), chances(plan.parameters.g)
    assert_says(plan, "drop", [0, 0, *a, *a, *a, f[a]])
    assert_says(plan, "again", [*b, *b, g[b], *c])
    assert (a[0] + b[0], a[1] + b[1]) == c


@EVERY
def test_the_answer_is_the_largest_number_of_the_map(parameters: dict[str, Any]):
    plan = told(**parameters)
    found = totals(plan)
    best, guess = (tuple(plan.frames.c[i].tolist()) for i in (plan.answer, plan.guess))
    assert found[best] == pytest.approx(max(found.values()), abs=1e-12)
    said = [max(found.values()), *best, len(ways_to(plan, best))]
    if best != guess:
        assert found[guess] < found[best]
        said += [len(ways_to(plan, guess)), *guess, found[guess]]
    assert_says(plan, "answer", [*said, 1])
    width, height = (max(c[axis] for c in found) + 1 for axis in (0, 1))
    (rows, columns), (k, m) = plan.frames.f.shape, plan.frames.g.shape
    assert_says(plan, "every", [columns, m, 1, width, rows, k, 1, height])


def test_the_default_is_what_the_page_says():
    plan = told()
    assert plan.products() == [
        "0.3 · 0.1 = 0.03",
        "0.1 · 0.3 = 0.03",
        "0.2 · 0.4 = 0.08",
        "0.1 · 0.2 = 0.02",
    ]
    assert "0.03 + 0.03 + 0.08 + 0.02 = 0.16" in caption_of(plan, "sum")
    np.testing.assert_allclose(
        plan.frames.total[::-1],
        [[0.06, 0.08, 0.05, 0.01], [0.07, 0.22, 0.16, 0.05], [0.02, 0.1, 0.14, 0.04]],
    )
    assert 45 <= plan.duration <= 100
    assert "f(1, 0) = 0.3" in caption_of(plan, "predict")
    assert plan.frames.c[plan.answer].tolist() == [1, 1]


def test_rounded_numbers_are_not_said_to_be_equal():
    plan = told(f="1,2", g="2,1", normalise=True, c="1,0")
    assert plan.products() == ["0.3333 · 0.3333 ≈ 0.1111", "0.6667 · 0.6667 ≈ 0.4444"]
    assert "0.1111 + 0.4444 ≈ 0.5556" in caption_of(plan, "sum")
    assert "f(0, 0) ≈ 0.3333" in caption_of(plan, "drop")


def test_moves_that_are_equally_likely_are_noticed():
    assert told().tied == (False, False)
    assert told(g="1/3,1/3,1/3").tied == (False, True)


def test_a_ring_is_explained_where_one_is_drawn():
    assert "A ring" in caption_of(told(), "ways")
    assert "A ring" not in caption_of(told(f="0,0.5,0.5", g="0,0.5,0.5", c="2,0"), "ways")


def test_the_prediction_comes_before_its_answer():
    names = [beat.name for beat in told().beats]
    before = told().beats[: names.index("predict") + 1]
    assert not any(re.search(r"0\.22|\(1, 1\) is", b.heading + b.caption) for b in before[2:])
    likely = told(f="0.9,0.1", g="0.8,0.2")
    assert likely.answer == likely.guess
    assert likely.beats[-1].heading == "Yes: nothing beats (0, 0)"


@pytest.mark.parametrize(
    ("parameters", "option", "says", "accepts"),
    [
        ({"f": "0.1,0.2;0.3,0.3"}, "--f", "add up to 0.9, not to 1", "--normalise"),
        ({"g": "0.5,0.5000001"}, "--g", r"add up to 1\.0000001", "--normalise"),
        ({"f": "1.2,-0.2"}, "--f", "cannot be negative, and -0.2", "rows of probabilities"),
        ({"g": "1.2,-0.2", "normalise": True}, "--g", "negative", "rows of probabilities"),
        ({"f": "0,0", "normalise": True}, "--f", "add up to 0, not", "rows of probabilities"),
        ({"f": "1"}, "--f", "1 by 1 numbers is too small", "2 numbers or more"),
        ({"g": "0.2,0.2,0.2,0.2,0.2"}, "--g", "1 by 5 numbers is too large", "at most 4"),
        ({"f": "0.005,0.995"}, "--f", "0.005 cannot be read", "from 0.01 on"),
        ({"c": "4,0"}, "--c", "never lead there", "x from 0 to 3 and y from 0 to 2, such as 2,1"),
        ({"c": "-1,0"}, "--c", "never lead there", "x from 0"),
        ({"c": "0.5,0"}, "--c", "never lead there", "x from 0"),
        ({"c": "1"}, "--c", "two coordinates", "x from 0"),
        ({"f": EVEN, "g": EVEN, "c": "3,3"}, "--c", "16 ways lead there, too many", "1 to 6 ways"),
        ({"f": "0.5,0,0.5", "g": "0.5,0,0.5", "c": "1,0"}, "--c", "no two possible", "1 to 6"),
    ],
)
def test_what_has_no_story_is_refused(
    parameters: dict[str, Any], option: str, says: str, accepts: str
):
    plan = told(**parameters)
    with pytest.raises(InputError, match=says) as refusal:
        _ = plan.frames
    assert refusal.value.option == option
    assert accepts in str(refusal.value.accepted)
    assert refusal.value.typed == getattr(plan.parameters, option[2:])
