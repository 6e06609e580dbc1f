"""The numbers that a viewer must be able to read off, against scipy.signal and explicit slices."""

from typing import Any

import numpy as np
import pytest
from PIL import Image
from scipy.signal import convolve2d, correlate2d

from convmath import InputError
from scenes.plans.grid_2d import Grid2dPlan
from tests.scenes.captions import assert_says, assert_well_told, caption_of, numbers_in


def told(**parameters: Any) -> Grid2dPlan:
    return Grid2dPlan(Grid2dPlan.Parameters(**parameters))


MODES = {"zeros": "constant", "circular": "wrap"}
CASES: list[dict[str, Any]] = [
    {},
    {"flip": True, "padding": "full"},
    {"padding": "1", "stride": 2, "fill": "reflect"},
    {"padding": "same", "fill": "circular", "kernel": "1,2,3;4,5,6"},
    {"input": "checker 64", "padding": "same"},
    {"input": "gradient 5x30", "kernel": "1,0,-1", "dilation": 3, "stride": 4},
    {"input": "cross 9x12", "kernel": "1,2,3,4,5;0,0,0,0,1;5,4,3,2,1;0,1,0,1,0;9,9,-9,9,9"},
    {"input": "5", "kernel": "-2"},
    {"input": "1,2", "kernel": "2"},
    {"input": "0.5,1/3;2,-12.25", "kernel": "-1", "padding": "3", "fill": "edge", "stride": 3},
    {"input": "edge", "kernel": "1,-1", "stride": 5},
    {"input": "1,2", "kernel": "2", "stride": 2},
    {"input": "1,2", "kernel": "1,2,1", "padding": "same"},
]
EVERY = pytest.mark.parametrize("parameters", CASES, ids=str)


def expected(plan: Grid2dPlan) -> Any:
    """The output, by scipy over an input that numpy padded."""
    p, x, kernel = plan.parameters, plan.input, plan.kernel
    d, s = p.dilation, p.stride
    spread = np.zeros([d * (k - 1) + 1 for k in kernel.shape])
    spread[::d, ::d] = kernel
    reach = [k - 1 for k in spread.shape]
    sides = {
        "valid": [(0, 0)] * 2,
        "same": [(r // 2, r - r // 2) for r in reach],
        "full": [(r, r) for r in reach],
    }.get(p.padding) or [(int(p.padding),) * 2] * 2
    x = np.pad(x, sides, mode=MODES.get(p.fill, p.fill))
    return (convolve2d if p.flip else correlate2d)(x, spread, "valid")[::s, ::s]


@EVERY
def test_the_output_is_scipys(parameters: dict[str, Any]):
    plan = told(**parameters)
    np.testing.assert_allclose(plan.output, expected(plan), rtol=0, atol=1e-12)
    assert plan.size == expected(plan).shape
    assert [check.name for check in plan.checks if not check.passed] == []


@EVERY
def test_captions_have_its_numbers(parameters: dict[str, Any]):
    plan = told(**parameters)
    assert_well_told(plan)
    assert plan.duration < 120
    rows, columns = expected(plan).shape
    names = [beat.name for beat in plan.beats]
    assert ("padding" in names) == (plan.layout.padded != plan.input.shape)
    assert ("turn" in names) == plan.parameters.flip
    assert_says(plan, "land", [expected(plan)[0, 0]])
    layout = plan.layout
    n, k, d, s = layout.input[0], layout.kernel[0], layout.dilation[0], layout.stride[0]
    p = layout.padded[0] - n
    assert rows == (n + p - d * (k - 1) - 1) // s + 1
    assert_says(plan, "formula", [n, p, d * (k - 1), 1, s, 1, rows, columns])
    assert f"the output has {rows} by {columns} numbers" in caption_of(plan, "size")
    if len(plan.frames) > 2:
        swept = [plan.shown, plan.skipped] if plan.skipped else []
        assert plan.shown + plan.skipped == rows * columns
        said = numbers_in(caption_of(plan, "sweep"))
        assert {f"{number:,}" for number in swept} <= set(said)


@pytest.mark.parametrize("stride", [1, 2, 3, 4, 5])
def test_dropped_cells_are_those_that_no_loop_reaches(stride: int):
    plan = told(stride=stride, dilation=2 if stride > 3 else 1)
    reached = set()
    for i in range(plan.size[0]):
        for j in range(plan.size[1]):
            for a in range(3):
                for b in range(3):
                    d = plan.parameters.dilation
                    reached.add((i * stride + a * d, j * stride + b * d))
    assert plan.dropped == 6 * 7 - len(reached)
    assert ("dropped" in [beat.name for beat in plan.beats]) == (plan.dropped > 0)


def test_one_cell_that_is_dropped_is_not_several():
    said = caption_of(told(input="1,2", kernel="2", stride=2), "dropped")
    assert "one cell is never under a weight. It does not count" in said


def test_the_place_of_the_sum_that_is_checked_is_counted_from_one():
    plan = told()
    row, column = divmod(plan.largest, plan.size[1])
    assert (row, column) == (0, 4)
    assert "in the first row and fifth column" in caption_of(plan, "whole")


def test_a_worked_sum_is_said_in_full():
    plan = told()
    x, kernel = plan.input, plan.kernel
    pairs = [n for w, v in zip(kernel.flat, x[:3, :3].flat, strict=True) if w for n in (w, v)]
    assert_says(plan, "corner", [*pairs, 5])
    row, column = divmod(plan.largest, plan.size[1])
    window = x[row : row + 3, column : column + 3]
    pairs = [n for w, v in zip(kernel.flat, window.flat, strict=True) if w for n in (w, v)]
    assert_says(plan, "whole", [*plan.size, *pairs, plan.output.max()])


def test_a_picture_is_read_pixel_by_pixel(tmp_path):
    grey = np.random.default_rng(1).integers(0, 256, (64, 40), dtype=np.uint8)
    file = tmp_path / "small.png"
    Image.fromarray(grey).save(file)
    plan = told(input=str(file), padding="same")
    np.testing.assert_array_equal(plan.input, grey)
    assert plan.size == (64, 40)


def test_colours_become_grey_values(tmp_path):
    file = tmp_path / "Colours.PNG"
    image = Image.new("RGB", (3, 1))
    for x, colour in enumerate([(255, 0, 0), (0, 255, 0), (255, 255, 255)]):
        image.putpixel((x, 0), colour)
    image.save(file)
    plan = told(input=str(file), kernel="1")
    np.testing.assert_allclose(plan.input, [[0.299 * 255, 0.587 * 255, 255]], atol=0.51)


@pytest.mark.parametrize("size", [(65, 4), (4, 65), (3000, 2000)])
def test_a_larger_picture_is_not_made_smaller(size, tmp_path):
    file = tmp_path / "large.png"
    Image.new("L", size).save(file)
    with pytest.raises(InputError, match=r"rows and .* columns") as raised:
        _ = told(input=str(file)).frames
    assert raised.value.option == "--input"
