"""A line that cuts copies shows one step of its frames, and nothing else."""

import numpy as np
import pytest

from convmath import parse_signal
from convmath.copies import weigh_copies
from rendering.quality import PRESETS
from rendering.recorder import manim_settings
from scenes.kit.chart import Box, Chart
from scenes.kit.cut import Cut
from scenes.kit.ledger import Ledger
from scenes.kit.palette import curve_inks
from scenes.kit.plots import Refit
from scenes.kit.sliding import Slide
from scenes.theme import DARK

UPPER = Chart((-3.0, 7.0), (0.0, 40.0), Box(-6.0, 3.0, 0.5, 2.5))
TALL = Chart((-3.0, 7.0), (0.0, 40.0), Box(-6.0, 3.0, -3.0, 2.5))
LOWER = Chart((-3.0, 7.0), (0.0, 120.0), Box(-6.0, 3.0, -3.0, -1.0))
INKS = curve_inks(DARK, 3)


@pytest.fixture(autouse=True)
def _settings():
    with manim_settings(PRESETS["draft"]):
        yield


def cut_of(text: str, chart: Chart = UPPER, lower: Chart = LOWER, *, every: int = 1) -> Cut:
    g = parse_signal(text, variable="x")
    frames = weigh_copies(g, [1, 2, 3], [2, 1, 0.5], np.linspace(-3, 7, 101))
    return Cut(frames, chart, lower, DARK, INKS, 2, np.arange(0, len(frames), every))


def everything(cut: Cut) -> list[np.ndarray]:
    return [part.points.copy() for part in cut.get_family()]


def test_a_step_looks_the_same_whatever_was_shown_before():
    cut = cut_of("x^2")
    first = everything(cut.draw(10))
    for index in (0, 50, 33.3):
        cut.draw(index)
    for a, b in zip(first, everything(cut.draw(10)), strict=True):
        np.testing.assert_allclose(a, b, atol=1e-9)


def test_the_dots_stand_where_the_line_cuts_the_copies():
    cut = cut_of("x^2").draw(10)  # t = −2
    for dot, height in zip(cut.dots, (9, 16, 25), strict=True):
        np.testing.assert_allclose(dot.get_center(), UPPER.point(-2, height), atol=1e-9)
    assert np.ptp(cut.moving.points[:, 0]) == 0
    np.testing.assert_allclose(cut.dot.get_center(), LOWER.point(-2, 46.5), atol=1e-9)
    assert cut.handle.wedge.get_top()[0] == pytest.approx(UPPER.point(-2, 0)[0])


def test_all_dots_are_of_one_size_so_that_none_seems_to_count_more():
    cut = cut_of("x^2").draw(0)
    assert np.ptp([dot.width for dot in cut.dots]) == pytest.approx(0)


def test_the_trace_ends_at_the_dot_and_jumps_upright():
    cut = cut_of("rect(x)")
    for step in (25, 35, 45, 70):  # t = −0.5, 0.5, 1.5, 4
        cut.draw(step)
        ends = cut.curve.points.reshape(-1, 4, 3)[:, [0, 3]]
        np.testing.assert_allclose(ends[-1, 1], cut.dot.get_center(), atol=1e-9)
        across, up = np.abs(ends[:, 1] - ends[:, 0])[:, :2].T
        assert (np.minimum(across, up) < 1e-9).all()


def test_a_line_moves_onto_another_chart_with_its_dots():
    cut = cut_of("x^2", TALL).draw(10)
    Refit(TALL, UPPER, cut.line).interpolate_mobject(1.0)
    again = cut_of("x^2").draw(10)
    for a, b in zip(cut.line.get_family(), again.line.get_family(), strict=True):
        np.testing.assert_allclose(a.points, b.points, atol=1e-9)


def test_half_way_between_two_charts_everything_is_half_way():
    cut = cut_of("x^2", TALL).draw(10)
    Refit(TALL, UPPER, cut.line, rate_func=lambda share: share).interpolate_mobject(0.5)
    middle = (TALL.point(-2, 16) + UPPER.point(-2, 16)) / 2
    np.testing.assert_allclose(cut.dots[1].get_center(), middle, atol=1e-9)


def test_t_keeps_clear_of_the_letter_of_an_axis_at_the_foot_of_its_chart():
    at_foot = cut_of("x^2").draw(100).handle
    assert at_foot.label.get_right()[0] < at_foot.wedge.get_left()[0]
    above = Chart((-3.0, 7.0), (-9.0, 9.0), UPPER.box)
    handle = cut_of("x", above).draw(100).handle
    assert handle.wedge.get_right()[0] < handle.label.get_left()[0]


@pytest.mark.parametrize(
    ("text", "most"), [("x^2", 1e2), ("-x^3", 1e3), ("1e6 x^2", 1e8), ("0.001x", 1e-2)]
)
def test_a_ledger_writes_the_numbers_of_the_step_within_its_box(text: str, most: float):
    upper, lower = (Chart((-3.0, 7.0), (-most, most), chart.box) for chart in (UPPER, LOWER))
    cut = cut_of(text, upper, lower)
    box = Box(3.4, 6.75, -3.0, 2.2)
    cut.ledger = Ledger(cut.frames, DARK, INKS, box, decimals=1, place_decimals=2)
    for index in (0, 10, 100):
        cut.draw(index)
        step = cut.frames.at(index)
        written = [float(n.content.replace("−", "-")) for n in cut.ledger.products]
        assert written == pytest.approx(step.product.tolist(), abs=0.0501)
        total = float(cut.ledger.sum.content.replace("−", "-"))
        assert total == pytest.approx(step.output, abs=0.0501)
        assert float(cut.ledger.place.content.replace("−", "-")) == pytest.approx(step.t)
        assert cut.ledger.get_left()[0] >= box.left - 0.01
        assert cut.ledger.get_right()[0] <= box.right + 0.01
        assert cut.ledger.get_bottom()[1] >= box.bottom


def test_a_slide_shows_the_numbers_on_its_way():
    cut = cut_of("x^2")
    box = Box(3.4, 6.75, -3.0, 2.2)
    cut.ledger = Ledger(cut.frames, DARK, INKS, box, decimals=1, place_decimals=2)
    cut.draw(0)
    slide = Slide(cut, 20, run_time=1.0)
    slide.begin()
    slide.finish()
    assert cut.ledger.place.content == "−1.00"
    assert [weight.content for weight in cut.ledger.weights] == ["4.0", "9.0", "16.0"]


def test_the_numbers_stand_until_the_next_step_that_is_told():
    cut = cut_of("x^2", every=10)
    cut.ledger = Ledger(
        cut.frames, DARK, INKS, Box(3.4, 6.75, -3.0, 2.2), decimals=1, place_decimals=2
    )
    for index, place in ((19, "−2.00"), (20, "−1.00"), (27, "−1.00")):
        assert cut.draw(index).ledger.place.content == place
    assert cut.position(cut.index) == pytest.approx(-0.3)
