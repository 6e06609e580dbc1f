import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rendering.quality import PRESETS
from rendering.recorder import manim_settings
from scenes.kit.chart import (
    TICK_LABEL_DROP,
    Axes,
    Box,
    Chart,
    bracket,
    straight,
    tick_texts,
    ticks,
)
from scenes.theme import DARK

BOX = Box(left=-6.0, right=3.0, bottom=-3.0, top=-1.0)
CHART = Chart((-2.0, 16.0), (-1.0, 3.0), BOX)


def test_values_at_the_edges_lie_on_the_edges_of_the_box():
    np.testing.assert_allclose(CHART.point(-2, -1), [-6, -3, 0], atol=1e-12)
    np.testing.assert_allclose(CHART.point(16, 3), [3, -1, 0], atol=1e-12)
    np.testing.assert_allclose(CHART.point(7, 1), [-1.5, -2, 0], atol=1e-12)
    np.testing.assert_allclose(CHART.unit, [0.5, 0.5])


def test_the_map_is_affine_and_maps_all_points_at_once():
    rng = np.random.default_rng(0)
    a, b = rng.normal(size=(2, 50, 2))
    middle = CHART.points((a + b) / 2)
    np.testing.assert_allclose(middle, (CHART.points(a) + CHART.points(b)) / 2, atol=1e-12)
    assert CHART.points(a).shape == (50, 3)
    assert CHART.points(np.zeros((0, 2))).shape == (0, 3)


@given(st.floats(-1e3, 1e3), st.floats(1e-6, 1e6), st.integers(2, 20))
def test_ticks_are_round_within_the_range_and_not_too_many(start: float, span: float, most: int):
    low, high = start * span, (start + 1) * span
    at = ticks(low, high, most)
    assert len(at) <= most
    slack = 1e-6 * span
    assert all(low - slack <= value <= high + slack for value in at)
    if len(at) < 2:
        assert most <= 4
        return
    step = float(np.diff(at).mean())
    np.testing.assert_allclose(np.diff(at), step, rtol=1e-6)
    assert at[0] - step < low + slack
    assert high - slack < at[-1] + step
    scaled = step / 10 ** math.floor(math.log10(step) + 1e-6)
    assert min(abs(scaled - k) for k in (1, 2, 5)) < 1e-4


@pytest.mark.parametrize(
    ("low", "high", "most", "expected"),
    [
        (-2, 15, 9, [-2, 0, 2, 4, 6, 8, 10, 12, 14]),
        (0, 1, 4, [0, 0.5, 1]),
        (-1, 1, 4, [-1, 0, 1]),
        (0.0, 2.12, 4, [0, 1, 2]),
        (997, 1003, 4, [998, 1000, 1002]),
    ],
)
def test_ticks_of_everyday_ranges(low: float, high: float, most: int, expected: list[float]):
    np.testing.assert_allclose(ticks(low, high, most), expected, atol=1e-12)


def value_of(label: str) -> float:
    """What Typst mathematics such as ``−2 dot 10^(5)`` says."""
    head, _, power = label.replace("−", "-").partition(" dot 10^(")
    return float(head) * 10 ** int(power.rstrip(")") or 0)


@pytest.mark.parametrize(
    "step", [1e-7, 2e-4, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 200, 5e4, 2e6, 1e10]
)
def test_a_label_says_its_tick_exactly(step: float):
    for values in (np.arange(-3, 4) * step, np.arange(8, 12) * step):
        labels = tick_texts(values)
        assert [value_of(label) for label in labels] == pytest.approx(values, abs=1e-9 * step)
        assert len(set(labels)) == len(labels)


def test_strokes_are_straight_from_end_to_end():
    rng = np.random.default_rng(1)
    starts, stops = rng.normal(size=(2, 5, 3))
    points = straight(starts, stops).reshape(5, 4, 3)
    np.testing.assert_array_equal(points[:, 0], starts)
    np.testing.assert_allclose(points[:, 3], stops, atol=1e-15)
    np.testing.assert_allclose(points[:, 1], (2 * starts + stops) / 3, atol=1e-15)


def test_a_bracket_spans_its_interval_and_is_cut_at_the_edge():
    whole = bracket(CHART, DARK.product, 0.0, 4.0, -3.5)
    assert whole.get_left()[0] == pytest.approx(CHART.point(0, 0)[0])
    assert whole.get_right()[0] == pytest.approx(CHART.point(4, 0)[0])
    assert whole.get_top()[1] > whole.get_bottom()[1] == pytest.approx(-3.5)
    endless = bracket(CHART, DARK.product, 0.0, math.inf, -3.5)
    assert endless.get_right()[0] == pytest.approx(BOX.right)
    strokes = len(endless.points) // 4
    assert strokes == len(whole.points) // 4 - 1  # no tick where it goes on


@pytest.mark.parametrize("x_range", [(-2.0, 15.0), (998.0, 1005.0), (0.0, 1e6), (-0.003, 0.004)])
def test_the_numbers_of_an_axis_stand_apart(x_range: tuple[float, float]):
    with manim_settings(PRESETS["draft"]):
        axes = Axes(Chart(x_range, (0.0, 1.0), BOX), DARK, variable="x")
    foot = BOX.bottom - TICK_LABEL_DROP
    numbers = [label for label in axes.labels if abs(label.baseline - foot) < 1e-6]
    assert len(numbers) > 1
    for one, other in pairwise(numbers):
        assert one.get_right()[0] + 0.05 < other.get_left()[0]


def test_numbers_along_the_axis_may_be_left_out():
    with_numbers, without = (
        Axes(CHART, DARK, variable="k", numbered=numbered) for numbered in (True, False)
    )
    foot = CHART.box.bottom
    assert min(label.get_top()[1] for label in with_numbers.labels) < foot
    assert min(label.get_top()[1] for label in without.labels) > foot


def test_logarithmic_axes_lie_at_the_foot_and_count_powers_of_ten():
    chart = Chart((0.0, 10.0), (-6.4, 0.6), BOX)
    axes = Axes(chart, DARK, variable="n", logarithmic=True)
    assert axes.lines.points[0, 1] == axes.lines.points[3, 1] == pytest.approx(BOX.bottom)
    powers = [label.content for label in axes.labels if "^" in label.content]
    assert powers == ["10^(−6)", "10^(−4)", "10^(−2)", "10^(0)"]


def test_the_vertical_axis_can_be_left_out():
    strokes = [
        len(Axes(CHART, DARK, variable="n", upright=upright).lines.points) // 4
        for upright in (True, False)
    ]
    assert strokes[0] == strokes[1] + 1


def test_the_horizontal_axis_may_lie_elsewhere():
    chart = Chart((0, 3), (10, 20), Box(-3, 3, -2, 2))
    axes = Axes(chart, DARK, variable="n", foot=10.0)
    assert axes.lines.points[:4, 1] == pytest.approx(-2)
    assert axes.variable.baseline == pytest.approx(-2.08)
