"""The numbers that a viewer must be able to read off, against naive loops and scipy.signal."""

from typing import Any

import numpy as np
import pytest
from scipy.signal import correlate2d

from convmath import InputError
from scenes.plans.channels_2d import Channels2dPlan
from tests.scenes.captions import assert_says, assert_well_told, caption_of, numbers_in

WORDS = ("no", "one", "two", "three")


def told(**parameters: Any) -> Channels2dPlan:
    return Channels2dPlan(Channels2dPlan.Parameters(**parameters))


CASES: list[dict[str, Any]] = [
    {},
    {"padding": "1"},
    {"padding": "same", "bias": "0,-90"},
    {"input": "stripes", "stride": 2},
    {"input": "spot", "filters": "1,0,-1;0,2,0;-1,0,1|" * 2 + "0,1,2;3,4,5;6,7,8"},
    {"input": "1,2,0;3,-4,1"},
    {"input": "1,2,0;3,-4,1|0,0,1;2,2,2", "padding": "full", "stride": 3},
    {"input": "7|2|-3", "filters": "1|1|1||0|0|1||2|-2|0", "bias": "1,2,3"},
    {"input": "0,0;0,0", "filters": "1"},
    {"input": "1,2;3,4|5,6;7,8", "filters": "1;2|3;4||-1;0|0;1"},
]
EVERY = pytest.mark.parametrize("parameters", CASES, ids=str)


def by_loops(plan: Channels2dPlan) -> tuple[np.ndarray, np.ndarray]:
    """(filters, channels, *out) and (filters, *out): one number at a time."""
    p, x, w = plan.parameters, plan.input, plan.filters
    k = w.shape[2:]
    sides = {"same": [(n - 1) // 2 for n in k], "full": [n - 1 for n in k]}.get(p.padding)
    before = sides or [int(p.padding)] * 2
    after = [n - 1 - b for n, b in zip(k, before, strict=True)] if p.padding == "same" else before
    x = np.pad(x, [(0, 0), *zip(before, after, strict=True)])
    size = [(n - m) // p.stride + 1 for n, m in zip(x.shape[1:], k, strict=True)]
    sums = np.zeros((*w.shape[:2], *size), dtype=np.int64)
    for o, c, i, j in np.ndindex(sums.shape):
        for a, b in np.ndindex(*k):
            sums[o, c, i, j] += w[o, c, a, b] * x[c, i * p.stride + a, j * p.stride + b]
    return sums, sums.sum(axis=1) + plan.bias[:, None, None]


@EVERY
def test_maps_and_sums_are_those_of_loops(parameters: dict[str, Any]):
    plan = told(**parameters)
    sums, maps = by_loops(plan)
    np.testing.assert_array_equal(plan.frames.maps, maps)
    np.testing.assert_array_equal(
        plan.frames.channel_sum.transpose(1, 2, 0).reshape(sums.shape), sums
    )
    assert plan.size == maps.shape[1:]
    assert [check.name for check in plan.checks if not check.passed] == []


@EVERY
def test_captions_have_its_numbers(parameters: dict[str, Any]):
    plan = told(**parameters)
    assert_well_told(plan)
    assert 45 < plan.duration < 115
    sums, maps = by_loops(plan)
    filters, channels, k, w = plan.filters.shape
    names = [beat.name for beat in plan.beats]
    assert names.count("second") + names.count("third") == filters - 1
    assert ("padding" in names) == (plan.parameters.padding != "0")
    first, total = sums[0, :, 0, 0], sums[0, :, 0, 0].sum()
    for name, value in zip(plan.names, first, strict=True):
        assert f"{value} in {name}".replace("-", "−") in caption_of(plan, "products")
    assert numbers_in(caption_of(plan, "bias"))[-1] == str(maps[0, 0, 0]).replace("-", "−")
    assert str(total).replace("-", "−") in numbers_in(caption_of(plan, "add"))
    assert_says(plan, "count", [k, w, plan.filters.size, plan.filters.size + filters])
    assert_says(plan, "shapes", [*plan.input.shape[1:], k, w, *maps.shape[1:]])
    assert_says(plan, "sweep", [*maps.shape[1:], 1, channels, k, w])
    for word in (f"{WORDS[filters]} filter", f"{WORDS[channels]} kernel"):
        assert word in caption_of(plan, "count").lower()


def test_the_default_is_worked_out_in_words():
    plan = told()
    assert_says(plan, "products", [7, 1, -2])
    assert "7 + 1 − 2 = 6" in caption_of(plan, "add")
    assert "6 + 2 = 8" in caption_of(plan, "bias")
    assert "0 + 1 − 1 − 1 = −1" in caption_of(plan, "second")
    assert "cross-correlation" in caption_of(plan, "products")
    scipys = [
        sum(correlate2d(x, w, "valid") for x, w in zip(plan.input, one, strict=True)) + b
        for one, b in zip(plan.filters, plan.bias, strict=True)
    ]
    np.testing.assert_array_equal(plan.frames.maps, scipys)
    assert plan.frames.maps.shape == (2, 3, 4)


def test_a_filter_makes_one_map_however_many_channels():
    for channels in (1, 2, 3):
        plan = told(input="|".join(["1,2;3,4"] * channels), filters="|".join(["1"] * channels))
        assert plan.frames.maps.shape == (1, 2, 2)
        np.testing.assert_array_equal(
            plan.frames.maps[0], [[c * channels + 2 for c in row] for row in ((1, 2), (3, 4))]
        )


@pytest.mark.parametrize("count", [1, 2])
def test_the_filters_that_are_chosen_fit_the_channels(count: int):
    plan = told(input="|".join(["1,2;3,4"] * count))
    assert plan.filters.shape == (2, count, 2, 2)
    assert plan.bias.shape == (2,)


@pytest.mark.parametrize(
    ("option", "parameters"),
    [
        ("--filters", {"filters": "1|2"}),
        ("--filters", {"input": "1|2|3"}),
        ("--bias", {"bias": "1,2,3"}),
        ("--input", {"input": "1/2"}),
        ("--stride", {"stride": 0}),
        ("--padding", {"padding": "-1"}),
        ("--input and --filters", {"input": "100", "filters": "10"}),
    ],
)
def test_what_does_not_go_together_is_refused(option: str, parameters: dict[str, Any]):
    with pytest.raises(InputError) as raised:
        _ = told(**parameters).frames
    assert raised.value.option == option
    assert raised.value.accepted
