"""What the story of padding says, against numpy and scipy."""

from typing import Any

import numpy as np
import pytest
from scipy.signal import correlate2d

from scenes.plans.padding import PaddingPlan
from tests.scenes.captions import assert_says, assert_well_told, caption_of


def told(**parameters: Any) -> PaddingPlan:
    return PaddingPlan(PaddingPlan.Parameters(**parameters))


MODES = {"zeros": "constant", "reflect": "reflect", "edge": "edge", "circular": "wrap"}
CASES: list[dict[str, Any]] = [
    {},
    {"padding": "full"},
    {"padding": "2"},
    {"kernel": "1,2,3,4,5;0,0,0,0,1;5,4,3,2,1;0,1,0,1,0;9,9,-9,9,9", "padding": "1"},
    {"input": "checker 20x30", "kernel": "1,2,3"},
    {"input": "1.25,-300;2,1/3;7,8", "kernel": "0.5;-1;999", "padding": "1"},
    {"input": "1,2,3", "kernel": "1,2,3"},
    {"input": "1,2,3;4,5,6;7,8,9;1,1,1", "kernel": "1,2,3;4,5,6;7,8,9"},
]
EVERY = pytest.mark.parametrize("parameters", CASES, ids=str)


def sides(plan: PaddingPlan) -> list[tuple[int, int]]:
    typed = plan.parameters.padding
    if typed == "full":
        return [(k - 1, k - 1) for k in plan.kernel.shape]
    if typed == "same":
        return [(k // 2, k // 2) for k in plan.kernel.shape]
    return [(int(typed), int(typed))] * 2


@EVERY
def test_outputs_and_counts_are_said(parameters: dict[str, Any]):
    plan = told(**parameters)
    assert_well_told(plan)
    assert [check.name for check in plan.checks if not check.passed] == []
    x, kernel, around = plan.input, plan.kernel, sides(plan)
    (n, m), (k, w) = x.shape, kernel.shape
    outputs = {
        f: correlate2d(np.pad(x, around, mode=mode), kernel, "valid") for f, mode in MODES.items()
    }
    rows, columns = outputs["zeros"].shape
    np.testing.assert_allclose(plan.output, outputs["zeros"], rtol=0, atol=1e-9)
    never = n * m - (n - k + 1) * (m - w + 1)
    assert_says(plan, "middle", [k, w, n * m, never])
    p, q = around[0][0], around[1][0]
    same = [] if plan.is_same else [rows, columns]
    assert_says(plan, "size", [n, 2, p, k, 1, rows, m, 2, q, w, 1, columns, *same])
    fakes = correlate2d(
        np.pad(np.zeros(x.shape), around, constant_values=1), np.ones((k, w)), "valid"
    )
    first = {fill: y[0, 0] for fill, y in outputs.items()}
    touched = int((fakes > 0).sum())
    assert_says(plan, "edge", [touched, rows * columns, first["zeros"], first["edge"]])
    order = ("reflect", "edge", "circular", "zeros")
    assert_says(plan, "fills", [first[fill] for fill in order])
    np.testing.assert_array_equal(plan.touched, fakes > 0)


@EVERY
def test_the_middle_is_marked_where_it_can_stand(parameters: dict[str, Any]):
    plan = told(**parameters)
    (n, m), (k, w) = plan.input.shape, plan.kernel.shape
    for i in range(n):
        for j in range(m):
            fits = k // 2 <= i < n - k // 2 and w // 2 <= j < m - w // 2
            assert plan.middles[i, j] == fits
    assert plan.padded_middles.sum() == plan.output.size


def test_uses_and_layers_of_the_defaults():
    plan = told()
    assert_says(plan, "uses", [1, 9])
    assert plan.frames.plain_uses.tolist()[1] == [2, 4, 6, 6, 4, 2]
    assert plan.shown_sizes == [(3, 4), (1, 2)]
    assert "3 by 4, then 1 by 2: two layers" in caption_of(plan, "layers")
    assert "on every pixel" in caption_of(plan, "pad")


def test_many_layers_are_counted():
    plan = told(input="edge 64", kernel="1,2,3")
    assert "31 layers" in caption_of(plan, "layers")
    assert len(plan.shown_sizes) == 4


def test_one_layer_does_not_follow_itself():
    plan = told(input="1,2,3;4,5,6;7,8,9;1,1,1", kernel="1,2,3;4,5,6;7,8,9")
    assert "After one layer 2 by 1: no second layer fits." in caption_of(plan, "layers")


@EVERY
def test_the_edge_counts_less_only_where_windows_overlap(parameters: dict[str, Any]):
    plan = told(**parameters)
    (n, m), (k, w) = plan.input.shape, plan.kernel.shape
    fixed = all(size == side or side == 1 for size, side in ((n, k), (m, w)))
    assert ("one over each" in caption_of(plan, "uses")) == fixed


def test_too_little_padding_leaves_pixels_out():
    plan = told(kernel="1,2,3,4,5;" * 4 + "1,0,0,0,0", padding="1")
    assert "on 12 of the pixels" in caption_of(plan, "pad")
