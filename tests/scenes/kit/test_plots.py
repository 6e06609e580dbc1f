import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.kit.chart import Box, Chart
from scenes.kit.plots import (
    NO_VALUES,
    SLIGHT,
    Area,
    Arrows,
    Bars,
    Curve,
    Glide,
    Plot,
    StemPlot,
    Stems,
    Trace,
    clipped,
    dashed_line,
    thinned,
    trimmed,
)
from scenes.theme import DARK

# 1 unit of value is 1 scene unit, so that places read as values.
CHART = Chart((-4.0, 4.0), (-2.0, 2.0), Box(-4.0, 4.0, -2.0, 2.0))
STEPS = np.array([[-1, 0], [-1, 1], [1, 1], [1, 0.5], [2, 0.5], [2, 0]], dtype=float)


def strokes(mobject) -> np.ndarray:
    """Start and stop (n, 2, 2) of each stroke."""
    return mobject.points.reshape(-1, 4, 3)[:, [0, 3], :2]


def test_a_jump_is_a_vertical_edge_at_its_breakpoint():
    drawn = strokes(Curve(CHART, DARK.fixed, STEPS))
    np.testing.assert_allclose(drawn[:, 0], STEPS[:-1], atol=1e-12)
    np.testing.assert_allclose(drawn[:, 1], STEPS[1:], atol=1e-12)
    edges = drawn[[0, 2, 4]]
    assert (edges[:, 0, 0] == edges[:, 1, 0]).all()


def test_a_curve_joins_on_without_gaps():
    drawn = strokes(Curve(CHART, DARK.fixed, STEPS))
    np.testing.assert_array_equal(drawn[1:, 0], drawn[:-1, 1])


def test_a_trace_is_drawn_as_far_as_its_place_and_jumps_with_its_values():
    trace = Trace(CHART, DARK.output, STEPS)
    drawn = strokes(trace.until(1.0, 0.5))
    np.testing.assert_array_equal(drawn[-1, 1], [1.0, 0.5])
    assert {(1.0, 1.0), (1.0, 0.5)} <= {tuple(place) for place in drawn[:, 1]}
    assert strokes(trace.until(-2.0, 0.0))[:, 1].tolist() == [[-2.0, 0.0]]
    np.testing.assert_array_equal(strokes(trace.until(1.5, 0.5))[-1], [[1.0, 0.5], [1.5, 0.5]])


@pytest.mark.parametrize("unit", [(1.0, 1.0), (0.3, 2.0)])
def test_a_thinned_curve_is_nowhere_seen_to_run_elsewhere(unit):
    x = np.linspace(-4.0, 4.0, 2001)
    values = np.stack([x, np.exp(-(x**2)) * np.cos(3 * x)], axis=1)
    kept = thinned(values, np.array(unit))
    assert len(kept) < 0.2 * len(values)
    assert {tuple(place) for place in kept} <= {tuple(place) for place in values}
    off = np.abs(np.interp(x, *kept.T) - values[:, 1]) * unit[1]
    steep = np.hypot(unit[0], np.abs(np.gradient(values[:, 1], x)).max() * unit[1]) / unit[0]
    assert off.max() <= SLIGHT * steep  # off is measured upright, SLIGHT across the curve


def test_a_polyline_of_corners_is_not_thinned():
    np.testing.assert_array_equal(thinned(STEPS, np.ones(2)), STEPS)
    np.testing.assert_array_equal(thinned(STEPS[:1], np.ones(2)), STEPS[:1])


def test_an_area_closes_on_the_axis():
    outline = strokes(Area(CHART, DARK.product, STEPS[1:5]))
    np.testing.assert_array_equal(outline[0, 0], [-1, 0])
    np.testing.assert_array_equal(outline[-1, 1], [-1, 0])
    x, y = outline[:, 0].T
    shoelace = abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2
    assert shoelace == pytest.approx(2 * 1 + 1 * 0.5)


def test_nothing_to_fill_is_no_area():
    assert len(Area(CHART, DARK.product, NO_VALUES).points) == 0


INKS = [pytest.param(DARK.moving, id="solid"), pytest.param(DARK.ghost, id="dashed")]


@pytest.mark.parametrize("ink", INKS)
def test_no_values_are_no_curve(ink):
    assert len(Curve(CHART, ink, NO_VALUES).points) == 0


@pytest.mark.parametrize("ink", INKS)
def test_a_signal_of_impulses_alone_is_drawn_as_arrows(ink):
    plot = Plot(CHART, ink, np.array([[-4.0, 0.0], [4.0, 0.0]]), np.array([[1.0, 1.5]]))
    assert len(plot.curve.points) == 0
    assert plot.get_top()[1] == pytest.approx(1.5)
    assert plot.get_center()[0] == pytest.approx(1.0)


def test_a_filled_plot_is_an_area_wherever_it_is_moved_to():
    plot = Plot(CHART, DARK.product, STEPS[1:5], filled=True).draw(sign=-1.0, offset=0.5)
    expected = Area(CHART, DARK.product, (STEPS[1:5] * [-1, 1] + [0.5, 0])[::-1])
    np.testing.assert_allclose(plot.curve.points, expected.points, atol=1e-12)
    assert plot.curve.get_fill_opacity() == DARK.product.fill


def test_dashes_are_as_long_as_their_gaps_and_stay_on_the_line():
    points = dashed_line(np.array([0.0, 0, 0]), np.array([3.0, 4, 0]), 0.25)
    dashes = points.reshape(-1, 4, 3)[:, [0, 3], :2]
    along = np.linalg.norm(dashes, axis=-1)
    np.testing.assert_allclose(along[:, 0], np.arange(0, 5, 0.5), atol=1e-12)
    np.testing.assert_allclose(along[:, 1] - along[:, 0], 0.25, atol=1e-12)
    np.testing.assert_allclose(dashes[..., 0] * 4, dashes[..., 1] * 3, atol=1e-12)


@given(low=st.floats(-5, 5), width=st.floats(0, 10))
def test_clipping_keeps_what_lies_inside_and_ends_on_the_edge(low: float, width: float):
    high = low + width
    kept = clipped(STEPS, low, high)
    assert ((kept[:, 0] >= low) & (kept[:, 0] <= high)).all()
    for value in STEPS[(STEPS[:, 0] >= low) & (STEPS[:, 0] <= high)]:
        assert (kept == value).all(axis=1).any()
    if -1 < low < high < 2 and low != 1 != high:
        np.testing.assert_allclose(kept[[0, -1], 0], [low, high])
        expected = [1 if edge < 1 else 0.5 for edge in (low, high)]
        np.testing.assert_allclose(kept[[0, -1], 1], expected)


def test_trimming_leaves_one_point_of_the_axis_on_either_side():
    padded = np.array([[-4, 0], [-3, 0], *STEPS.tolist(), [3, 0], [4, 0]])
    np.testing.assert_array_equal(trimmed(padded), STEPS)
    np.testing.assert_array_equal(trimmed(STEPS), STEPS)
    assert len(trimmed(STEPS * [1, 0])) == 0


@pytest.mark.parametrize(("sign", "offset", "height"), [(1, 0.5, 1), (-1, 0, 1), (-1, 1.5, 2)])
def test_a_plot_is_moved_as_it_is(sign: float, offset: float, height: float):
    plot = Plot(CHART, DARK.moving, STEPS, np.array([[0.5, 1.0]])).draw(sign, offset, height)
    expected = STEPS * [sign, height] + [offset, 0]
    ends = strokes(plot.curve).reshape(-1, 2)
    assert {tuple(p) for p in ends.round(9)} == {tuple(p) for p in expected.round(9)}
    assert plot.arrows.get_center()[0] == pytest.approx(sign * 0.5 + offset)


def test_what_is_moved_out_of_the_chart_is_cut_at_its_edge():
    plot = Plot(CHART, DARK.moving, STEPS).draw(offset=3.0)
    assert plot.get_right()[0] == pytest.approx(4.0)
    assert plot.get_left()[0] == pytest.approx(2.0)
    assert len(plot.draw(offset=9.0).curve.points) == 0
    assert len(plot.draw(offset=0.0).curve.points) == 4 * (len(STEPS) - 1)


@pytest.mark.parametrize(("hollow", "below"), [(False, 0.0), (True, 0.1)])
def test_stems_stand_on_the_axis_and_end_in_their_heads(hollow: bool, below: float):
    values = np.array([[0, 1.5], [1, -0.5], [2, 0]])
    stems = Stems(CHART, DARK.fixed, values, hollow=hollow, head=0.1)
    drawn = strokes(stems.stalks)
    np.testing.assert_allclose(drawn[:, 0], values * [1, 0], atol=1e-12)
    ends = values - np.sign(values) * [0, below]  # a stalk does not show in a hollow head
    np.testing.assert_allclose(drawn[:, 1], ends, atol=1e-12)
    heads = stems.heads.points.reshape(3, -1, 3)[..., :2]
    middles = (heads.min(axis=1) + heads.max(axis=1)) / 2
    np.testing.assert_allclose(middles, values, atol=1e-9)


@pytest.mark.parametrize("make", [Stems, StemPlot])
def test_heads_are_filled_unless_they_are_hollow(make):
    for hollow in (False, True):
        made = make(CHART, DARK.moving, STEPS, hollow=hollow)
        heads = made.heads if isinstance(made, Stems) else made.curve.heads
        assert heads.get_fill_opacity() == (0 if hollow else 1)
        assert (heads.get_stroke_width() > 0) == hollow


def test_stems_outside_the_chart_are_not_drawn():
    plot = StemPlot(CHART, DARK.moving, np.array([[0.0, 1], [3, 1]]))
    assert len(strokes(plot.curve.stalks)) == 2
    assert len(strokes(plot.draw(offset=2.0).curve.stalks)) == 1


def test_bars_have_the_area_of_their_sum():
    values = np.array([[0.0, 1.0], [0.5, -0.5], [1.0, 2.0]])
    ring = strokes(Bars(CHART, DARK.product).draw(values, 0.5))[:, 0].reshape(3, 4, 2)
    width = ring[..., 0].max(axis=1) - ring[..., 0].min(axis=1)
    np.testing.assert_allclose(width, 0.5)
    np.testing.assert_allclose(ring[..., 0].mean(axis=1), values[:, 0])
    np.testing.assert_allclose(ring[..., 1].sum(axis=1), 2 * values[:, 1])


@pytest.mark.parametrize("weight", [1.5, -1.0])
def test_an_arrow_reaches_the_weight_of_its_impulse(weight: float):
    arrow = Arrows(CHART, DARK.fixed, np.array([[1.0, weight]]))
    tip = arrow.get_top()[1] if weight > 0 else arrow.get_bottom()[1]
    assert tip == pytest.approx(weight)
    stalk = strokes(arrow.stalks)[0]
    np.testing.assert_allclose(stalk[0], [1, 0])
    assert abs(stalk[1, 1]) < abs(weight)
    assert np.sign(stalk[1, 1]) == np.sign(weight)


def test_a_glide_goes_from_where_the_plot_is_to_where_it_shall_be():
    plot = Plot(CHART, DARK.moving, STEPS).draw(-1.0, 0.5, 1.0)
    glide = Glide(plot, offset=2.5, rate_func=lambda share: share)
    glide.begin()
    assert plot.state == (-1.0, 0.5, 1.0)
    glide.interpolate(0.5)
    assert plot.state == (-1.0, 1.5, 1.0)
    glide.finish()
    assert plot.state == (-1.0, 2.5, 1.0)


def test_bars_may_stand_on_other_feet():
    values, feet = np.array([[1.0, 3.0], [2.0, -2.0]]), np.array([1.0, -1.0])
    ring = strokes(Bars(CHART, DARK.product).draw(values, 0.5, feet))[:, 0].reshape(2, 4, 2)
    for corners, (_, top), foot in zip(ring, values, feet, strict=True):
        levels = [CHART.point(0.0, level)[1] for level in sorted((foot, top))]
        np.testing.assert_allclose(sorted(set(corners[:, 1].round(9))), np.round(levels, 9))
