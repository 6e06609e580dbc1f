"""The numbers that a viewer must be able to read off, against scipy.signal."""

from typing import Any

import numpy as np
import pytest
from scipy.signal import convolve, correlate

from convmath import InputError
from scenes.plans.volume_3d import Volume3dPlan
from tests.scenes.captions import assert_says, assert_well_told, caption_of


def told(**parameters: Any) -> Volume3dPlan:
    return Volume3dPlan(Volume3dPlan.Parameters(**parameters))


CASES: list[dict[str, Any]] = [
    {},
    {"padding": "1", "flip": True},
    {"padding": "same"},
    {"padding": "full", "flip": True},
    {"volume": "ball 5", "kernel": "1,2,3;4,5,6;7,8,9|" * 2 + "9,-9,9;0,0,1;1,1,1", "stride": 2},
    {"volume": "spot 6x2x3", "kernel": "1,1|2,3|-1,0", "turn": 0},
    {"volume": "gradient 6", "kernel": "1|-1"},
    {"volume": "6,-9,1;2,3,4", "kernel": "1,-9"},
    {"volume": "1,2", "kernel": "2"},
    {"volume": "1|2|3|4", "kernel": "-1|1", "stride": 2},
    {"volume": "3", "kernel": "-2"},
    {"volume": "random 5", "kernel": "2", "seed": 0},
]
EVERY = pytest.mark.parametrize("parameters", CASES, ids=str)


def expected(plan: Volume3dPlan) -> Any:
    p, x, k = plan.parameters, plan.volume, plan.kernel
    sides = {
        "same": [((n - 1) // 2, n // 2) for n in k.shape],
        "full": [(n - 1, n - 1) for n in k.shape],
    }.get(p.padding) or [(int(p.padding),) * 2] * 3
    both = convolve if p.flip else correlate
    kept = (slice(None, None, p.stride),) * 3
    return both(np.pad(x, sides), k, "valid", method="direct")[kept]


@EVERY
def test_the_output_is_scipys(parameters: dict[str, Any]):
    plan = told(**parameters)
    np.testing.assert_array_equal(plan.output, expected(plan))
    assert plan.size == expected(plan).shape
    assert [check.name for check in plan.checks if not check.passed] == []


@EVERY
def test_captions_have_its_numbers(parameters: dict[str, Any]):
    plan = told(**parameters)
    assert_well_told(plan)
    assert plan.duration < 120
    slices, rows, columns = expected(plan).shape
    names = [beat.name for beat in plan.beats]
    assert ("padding" in names) == (plan.layout.padded != plan.volume.shape)
    assert ("reverse" in names) == plan.parameters.flip
    assert ("next" in names) == (slices * rows * columns > 1)
    assert ("sweep" in names) == (slices * rows * columns > 2)
    spoken = [n for n in (columns, rows, slices) if n >= 10]
    counts = [columns, rows, slices, slices * rows * columns]
    assert_says(plan, "size", [*spoken, *counts])
    assert_says(plan, "shapes", [*plan.volume.shape, *plan.kernel.shape, slices, rows, columns])
    for beat, position in (("land", 0), ("whole", plan.largest)):
        assert str(expected(plan).ravel()[position]).replace("-", "−") in caption_of(plan, beat)


def test_the_default_sums_are_said_slice_by_slice():
    plan = told()
    x, k = plan.volume, plan.kernel
    for beat, column in (("land", 0), ("next", 1)):
        parts = [int((k[a] * x[a, :2, column : column + 2]).sum()) for a in (0, 1)]
        where = plan.place(column)
        added = f"{parts[0]} + {parts[1]} = {sum(parts)}"
        assert added in caption_of(plan, beat)
        assert where in caption_of(plan, beat)
    assert_says(plan, "multiply", [int((k[a] * x[a, :2, :2]).sum()) for a in (0, 1)])


@pytest.mark.parametrize(
    ("kernel", "moves", "lies"),
    [("1,2;3,4", False, "Below, it lies flat."), ("1|2", True, "Below, they lie side by side.")],
)
def test_a_kernel_of_one_slice_sees_no_motion(kernel: str, moves: bool, lies: str):
    plan = told(kernel=kernel)
    assert lies in caption_of(plan, "kernel")
    assert ("compares slices" in caption_of(plan, "shapes")) == moves
    assert ("no motion" in caption_of(plan, "shapes")) != moves


def test_the_flip_can_be_seen_in_the_default_output():
    assert not np.array_equal(told().output, told(flip=True).output)
    for axis in range(3):
        assert not np.array_equal(told().kernel, np.flip(told().kernel, axis))


def test_the_largest_is_one_that_was_not_worked_out_before():
    plan = told()
    sizes = np.abs(expected(plan)).ravel()
    assert plan.largest >= 2
    assert sizes[plan.largest] == sizes[2:].max()


def test_another_seed_is_another_volume():
    assert not np.array_equal(told(seed=1).volume, told(seed=2).volume)
    assert np.array_equal(told(seed=1).volume, told(seed=1).volume)


@pytest.mark.parametrize(
    ("parameters", "option"),
    [
        ({"volume": "1,2;3"}, "--volume"),
        ({"volume": "1,10"}, "--volume"),
        ({"volume": "1/3"}, "--volume"),
        ({"kernel": "0"}, "--kernel"),
        ({"volume": "1,2"}, "--kernel"),
        ({"padding": "2"}, "--padding"),
        ({"padding": "-1"}, "--padding"),
        ({"padding": "same", "stride": 2}, "--padding"),
        ({"stride": 0}, "--stride"),
    ],
    ids=str,
)
def test_bad_input_names_its_option(parameters: dict[str, Any], option: str):
    with pytest.raises(InputError) as raised:
        _ = told(**parameters).frames
    assert raised.value.option == option
