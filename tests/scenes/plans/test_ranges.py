import math

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from convmath import parse_signal
from scenes.plans.ranges import grid_with, nice_range, output_range, padded, round_values

SPANS = st.floats(1e-3, 1e4)
PLACES = st.floats(-1e4, 1e4)


@given(PLACES, SPANS)
def test_a_nice_range_holds_what_it_was_made_for(low: float, span: float):
    nice_low, nice_high = nice_range(low, low + span)
    slack = 1e-8 * span + 1e-12 * abs(low)
    assert low - 0.1 * span - slack <= nice_low <= low + slack
    assert low + span - slack <= nice_high <= low + 1.1 * span + slack


@given(PLACES, SPANS)
def test_there_are_enough_round_values_to_choose_a_moment_from(low: float, span: float):
    values = round_values(low, low + span)
    assert 8 <= len(values) <= 51
    steps = np.diff(values)
    np.testing.assert_allclose(steps, steps[0], rtol=1e-6)
    power = 10 ** math.floor(math.log10(steps.mean()) + 1e-6)
    assert min(abs(steps.mean() / power - k) for k in (1, 2, 5)) < 1e-6


@pytest.mark.parametrize(
    ("h", "x", "support"),
    [
        ("u(t-2)-u(t-3)", "u(t-2)-u(t-3)", (4, 6)),
        ("u(t+9)-u(t-3)", "rect(t)", (-9.5, 3.5)),
        ("delta(t)", "delta(t-3)", (3, 3)),
        ("1e-3*rect(100t)", "rect(100t)", (-0.01, 0.01)),
    ],
)
def test_the_slide_begins_before_y_and_ends_after_it(h: str, x: str, support: tuple[float, float]):
    low, high = output_range(parse_signal(h), parse_signal(x))
    span = max(support[1] - support[0], 1.0 if "delta" in h else 0.0)
    assert support[0] - 2 * span < low < support[0]
    assert support[1] < high < support[1] + 2 * span


def test_the_running_example_slides_from_minus_2_to_15():
    h, x = parse_signal("2*exp(-t/2)*u(t)"), parse_signal("u(t)-0.5u(t-2)-0.5u(t-4)")
    assert output_range(h, x) == (-2.0, 15.0)


def test_the_slide_may_end_while_tails_are_higher():
    h, x = parse_signal("2*exp(-t/2)*u(t)"), parse_signal("u(t)-0.5u(t-2)-0.5u(t-4)")
    assert output_range(h, x, 0.05) == (-2.0, 10.0)


# Air is a share of the height, and a subnormal number has no share that a float could hold.
HEIGHTS = st.floats(-1e6, 1e6, allow_subnormal=False)


@given(HEIGHTS, HEIGHTS)
def test_a_padded_range_has_zero_and_air(one: float, other: float):
    low, high = sorted((one, other))
    bottom, top = padded(low, high)
    assert bottom <= 0 <= top
    assert bottom < top
    assert bottom < low or low >= 0
    assert top > high or high <= 0


def test_exact_values_are_on_the_grid():
    grid = grid_with(-2.0, 15.0, 1201, [2.0, math.pi, 7.123])
    assert {2.0, math.pi, 7.123} <= set(grid.tolist())
    assert (np.diff(grid) > 0).all()
    assert (grid[0], grid[-1]) == (-2.0, 15.0)


@given(st.lists(st.floats(-4.0, 28.0), max_size=5))
@example([0.0, 0.005])
def test_exact_values_join_the_even_steps_however_near_each_other(exact: list[float]):
    grid = grid_with(-4.0, 28.0, 1201, exact)
    assert {*np.linspace(-4.0, 28.0, 1201).tolist(), *exact} == set(grid.tolist())
    assert (np.diff(grid) > 0).all()
