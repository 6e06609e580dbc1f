"""Lanes that slide in step, and the stack that their sums make."""

import numpy as np
import pytest

from convmath import Sequence, convolve_channels, correlate_channels
from rendering.quality import PRESETS
from rendering.recorder import manim_settings
from scenes.kit.chart import Box, Chart
from scenes.kit.lanes import Lanes
from scenes.kit.sliding import Slide
from scenes.theme import DARK

CHARTS = [Chart((-4.0, 8.0), (-4.0, 4.0), Box(-6.0, 0.0, low, low + 1.0)) for low in (2.0, 0.0)]
STACK = Chart((-2.0, 6.0), (-8.0, 8.0), Box(2.0, 6.0, -2.0, 2.0))
X = [Sequence([1, 2, 2]), Sequence([-1, 0, 1])]
W = [Sequence([2, 1]), Sequence([1, -1])]


@pytest.fixture(autouse=True)
def _settings():
    with manim_settings(PRESETS["draft"]):
        yield


def lanes(kind: str) -> Lanes:
    flip = kind == "convolution"
    sums = convolve_channels([W[0]] * 2, X, (-1, 4)) if flip else correlate_channels(W, X, (0, 1))
    return Lanes(sums, CHARTS, STACK, DARK, decimals=0, flip=flip)


def values_at(points: np.ndarray, chart: Chart) -> np.ndarray:
    """The values (..., 2) that stand at places (..., 3) of a chart."""
    corner, first = (chart.box.left, chart.box.bottom), (chart.x_range[0], chart.y_range[0])
    return np.asarray((points[..., :2] - corner) / chart.unit + first)


def rectangles(points: np.ndarray) -> np.ndarray:
    """Left, right, bottom, top (n, 4) of bars in the stack."""
    ring = values_at(points.reshape(-1, 4, 4, 3)[:, :, 0], STACK)
    return np.concatenate([ring.min(axis=1), ring.max(axis=1)], axis=1)[:, [0, 2, 1, 3]]


@pytest.mark.parametrize("kind", ["convolution", "layer"])
def test_the_stack_is_drawn_to_scale(kind: str):
    drawn = lanes(kind)
    drawn.draw(len(drawn.sums) - 1)
    for c, lane in enumerate(drawn.lanes):
        left, right, bottom, top = rectangles(lane.blocks.points).T
        np.testing.assert_allclose((left + right) / 2, drawn.sums.n, atol=1e-9)
        np.testing.assert_allclose(bottom, drawn.sums.block[:, c].min(axis=1), atol=1e-9)
        np.testing.assert_allclose(top, drawn.sums.block[:, c].max(axis=1), atol=1e-9)


@pytest.mark.parametrize("kind", ["convolution", "layer"])
def test_what_slides_stands_where_the_frames_say(kind: str):
    drawn = lanes(kind)
    sums = drawn.sums
    for step in range(len(sums)):
        drawn.draw(step)
        for c, lane in enumerate(drawn.lanes):
            heads = lane.moving.curve.heads.points.reshape(-1, 16, 3).mean(axis=1)
            at = values_at(heads, CHARTS[c]).round(6).tolist()
            k, moving = sums.k.tolist(), sums.moving[step, c].tolist()
            assert {(a, b) for a, b in zip(k, moving, strict=True) if b} == {
                (a, b) for a, b in at if b
            }


def test_a_step_looks_the_same_whatever_was_shown_before():
    drawn = lanes("convolution")
    first = [part.points.copy() for part in drawn.draw(3).get_family()]
    for index in (0, 5, 1.7):
        drawn.draw(index)
    for a, b in zip(first, drawn.draw(3).get_family(), strict=True):
        np.testing.assert_allclose(a, b.points, atol=1e-9)


def test_all_lanes_slide_in_step():
    drawn = lanes("convolution").draw(0)
    slide = Slide(drawn, 5, run_time=1.0)
    slide.begin()
    slide.interpolate(0.37)
    assert {lane.index for lane in drawn.lanes} == {drawn.index}
    slide.finish()
    assert drawn.index == 5


def test_the_output_may_be_kept_back():
    drawn = lanes("convolution")
    drawn.traces = False
    drawn.draw(5)
    kept = [drawn.total, drawn.dots.heads, *(lane.share for lane in drawn.lanes)]
    kept += [lane.blocks for lane in drawn.lanes]
    assert all(len(part.points) == 0 for part in kept)
    assert any(len(lane.bars.points) for lane in drawn.draw(2).lanes)


def test_numbers_are_those_of_the_step():
    drawn = lanes("convolution")
    for step in range(len(drawn.sums)):
        drawn.draw(step)
        said = [lane.share.content for lane in drawn.lanes]
        assert [text.replace("−", "-") for text in said] == [str(s) for s in drawn.sums.sums[step]]
        assert drawn.total.content.replace("−", "-") == str(drawn.sums.output[step])


def test_channels_are_told_apart_by_how_full_they_are():
    drawn = lanes("layer").lanes
    fills = [lane.bars.get_fill_opacity() for lane in drawn]
    assert abs(fills[0] - fills[1]) > 0.2
    for lane, fill in zip(drawn, fills, strict=True):
        assert lane.blocks.get_fill_opacity() == fill
        assert lane.block_at(0).get_fill_opacity() == fill


def test_the_block_of_one_step_is_that_of_the_stack():
    lane = lanes("convolution").draw(5).lanes[1]
    whole = rectangles(lane.blocks.points)
    for step in range(6):
        np.testing.assert_allclose(rectangles(lane.block_at(step).points), whole[[step]])
