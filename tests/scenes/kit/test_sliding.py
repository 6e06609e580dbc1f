"""The sliding mechanism shows one step of its frames, and nothing else."""

import numpy as np
import pytest

from convmath import (
    Sequence,
    convolve_continuous,
    convolve_discrete,
    correlate_discrete,
    parse_signal,
)
from rendering.quality import PRESETS
from rendering.recorder import manim_settings
from scenes.kit.chart import Box, Chart
from scenes.kit.sliding import ContinuousSliding, DiscreteSliding, Slide, glide, settled
from scenes.theme import DARK

BOX = Box(-6.0, 3.0, 0.5, 2.5)
UPPER = Chart((-4.0, 8.0), (0.0, 4.0), BOX)
LOWER = Chart((-4.0, 8.0), (0.0, 8.0), Box(-6.0, 3.0, -3.0, -1.0))


@pytest.fixture(autouse=True)
def _settings():
    with manim_settings(PRESETS["draft"]):
        yield


@pytest.fixture
def continuous() -> ContinuousSliding:
    h, x = parse_signal("2*exp(-t/2)*u(t)"), parse_signal("u(t)-0.5u(t-2)-0.5u(t-4)")
    frames = convolve_continuous(h, x, np.linspace(-2, 8, 101), window=(-4, 8))
    return ContinuousSliding(frames, UPPER, LOWER, DARK, decimals=2)


@pytest.fixture
def discrete() -> DiscreteSliding:
    frames = convolve_discrete(Sequence([3, 2, 1]), Sequence([1, 1]), (-1, 4))
    return DiscreteSliding(frames, UPPER, LOWER, DARK)


def everything(sliding) -> list[np.ndarray]:
    return [part.points.copy() for part in sliding.get_family()]


@pytest.mark.parametrize("kind", ["continuous", "discrete"])
def test_a_step_looks_the_same_whatever_was_shown_before(kind: str, request):
    sliding = request.getfixturevalue(kind)
    first = everything(sliding.draw(3))
    for index in (0, 5, 1):
        sliding.draw(index)
    for a, b in zip(first, everything(sliding.draw(3)), strict=True):
        np.testing.assert_allclose(a, b, atol=1e-9)


@pytest.mark.parametrize("kind", ["continuous", "discrete"])
def test_the_handle_and_the_dot_stand_at_the_step(kind: str, request):
    sliding = request.getfixturevalue(kind)
    for index in (0, 2, 5):
        sliding.draw(index)
        step = sliding.frames.at(index)
        here = float(getattr(step, sliding.axis))
        assert sliding.handle.wedge.get_top()[0] == pytest.approx(UPPER.point(here, 0)[0])
        expected = LOWER.point(here, float(step.output))
        np.testing.assert_allclose(sliding.dot.get_center(), expected, atol=1e-9)


@pytest.mark.parametrize("kind", ["continuous", "discrete"])
def test_a_line_leads_from_below_the_handle_to_the_dot(kind: str, request):
    sliding = request.getfixturevalue(kind).draw(4)
    first, last = sliding.feed(sliding.dot.get_center())
    assert first[0] == pytest.approx(sliding.handle.wedge.get_top()[0])
    assert first[1] < sliding.handle.wedge.get_bottom()[1]
    np.testing.assert_allclose(sliding.drop.points[0], first, atol=1e-9)
    np.testing.assert_allclose(last, sliding.dot.get_center(), atol=1e-9)


def test_the_moving_signal_is_the_flipped_one_at_t(continuous: ContinuousSliding):
    index = int(np.argmin(np.abs(continuous.frames.t - 3)))
    continuous.draw(index)
    t = float(continuous.frames.t[index])
    assert continuous.moving.get_left()[0] == pytest.approx(UPPER.point(t - 4, 0)[0])
    assert continuous.moving.get_right()[0] == pytest.approx(UPPER.point(t, 0)[0])


def test_the_area_drawn_is_the_output(continuous: ContinuousSliding):
    for index in (40, 70, 100):
        continuous.draw(index)
        x, y = continuous.area.points.reshape(-1, 4, 3)[:, 0, :2].T
        shoelace = abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2
        area = shoelace / float(np.prod(UPPER.unit))
        assert area == pytest.approx(continuous.frames.output[index], rel=1e-3)


def test_before_the_overlap_there_is_no_area_and_no_bracket(continuous: ContinuousSliding):
    continuous.draw(0)
    assert np.ptp(continuous.area.points[:, :2], axis=0).max() == 0
    assert all(len(part.points) == 0 for part in continuous.limits.submobjects)


def test_the_trace_ends_at_the_dot(continuous: ContinuousSliding):
    continuous.draw(63)
    np.testing.assert_allclose(continuous.curve.points[-1], continuous.dot.get_center(), atol=1e-9)


def test_bars_are_the_products_of_the_step(discrete: DiscreteSliding):
    discrete.draw(2)  # n = 1: 3·1 + 2·1
    ring = discrete.bars.points.reshape(-1, 4, 4, 3)[..., 0, 1] - UPPER.point(0, 0)[1]
    heights = ring.max(axis=1) / UPPER.unit[1]
    np.testing.assert_allclose(sorted(heights), [2, 3])
    assert discrete.frames.output[2] == 5


def test_what_moves_is_told_by_hollow_heads(discrete: DiscreteSliding):
    assert discrete.moving.curve.heads.get_fill_opacity() == 0
    assert discrete.stems.heads.get_fill_opacity() == 1


@pytest.mark.parametrize("kind", ["continuous", "discrete"])
def test_the_output_may_be_kept_back(kind: str, request):
    sliding = request.getfixturevalue(kind).draw(0)
    before = [part.points.copy() for part in sliding.trace.get_family()]
    sliding.traces = False
    sliding.draw(5)
    for a, b in zip(before, sliding.trace.get_family(), strict=True):
        np.testing.assert_array_equal(a, b.points)


def test_between_two_steps_stems_glide_and_no_product_is_shown(discrete: DiscreteSliding):
    discrete.draw(2.2)
    assert len(discrete.bars.points) == 0
    assert 1 < discrete.position(2.2) < 2
    assert discrete.position(2.9) == 2
    places = [discrete.position(index) for index in np.linspace(0, 5, 200)]
    assert (np.diff(places) >= 0).all()


def test_no_value_of_the_output_is_shown_before_its_step(discrete: DiscreteSliding):
    for index, stems in ((0, 1), (2, 3), (2.2, 3), (2.9, 4), (5, 6)):
        discrete.draw(index)
        assert len(discrete.stems.stalks.points) == 4 * stems, index


@pytest.mark.parametrize("kind", ["continuous", "discrete"])
def test_a_slide_ends_exactly_on_its_step(kind: str, request):
    sliding = request.getfixturevalue(kind).draw(1)
    slide = Slide(sliding, 5, run_time=1.0)
    slide.begin()
    assert sliding.index == 1
    slide.interpolate(0.37)
    assert 1 < sliding.index < 5
    slide.finish()
    assert sliding.index == 5


def test_what_slides_in_a_cross_correlation_is_not_flipped():
    frames = correlate_discrete(Sequence([1, 2, 3]), Sequence([1, 0, 3, 1]), (0, 1))
    heights = {
        flip: DiscreteSliding(frames, UPPER, LOWER, DARK, flip=flip).moving.values[:, 1].tolist()
        for flip in (True, False)
    }
    assert heights[False] == [1, 2, 3]
    k = DiscreteSliding(frames, UPPER, LOWER, DARK, flip=False).moving.values[:, 0]
    assert k.tolist() == [0, 1, 2]
    mirrored = DiscreteSliding(frames, UPPER, LOWER, DARK).moving.values[:, 0]
    assert mirrored.tolist() == [0, -1, -2]


def test_a_step_is_half_glide_and_half_standing():
    places = [glide(index) for index in np.linspace(0, 3, 301)]
    assert (np.diff(places) >= 0).all()
    for n in range(3):
        assert glide(n) == n
        assert n < glide(n + 0.25) < n + 1
        assert glide(n + 0.5) == glide(n + 0.9) == n + 1
        assert (settled(n), settled(n + 0.25), settled(n + 0.75)) == (n, None, n + 1)
