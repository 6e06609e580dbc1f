"""The beam tips to the heavier side, and is level about the expected value."""

import numpy as np
import pytest

from convmath.density import parse_density
from convmath.expectation import Expectation, expectation
from convmath.pmf import parse_pmf
from scenes.kit.beam import Beam, cell_text
from scenes.kit.chart import Box
from scenes.theme import DARK

BOX = Box(-6.0, 2.0, -1.0, 2.0)


def frames_of(text: str) -> Expectation:
    pmf = parse_pmf(text)
    return expectation(pmf.outcomes.astype(float), pmf.p, parse_density("rect(t)"), draws=10)


def slope(beam: Beam) -> float:
    """Rise over run along the numbers' plank: of its lowest to its rightmost corner."""
    points = beam.plank.points
    right, left = points[points[:, 0].argmax()], points[points[:, 0].argmin()]
    return float(right[1] - left[1])


@pytest.mark.parametrize("text", ["0.4,0.1,0.2,0.3 @ 1", "0.3,0.2,0.1,0.4", "0.9,0.1", "0.1,0.9"])
def test_it_tips_to_the_heavier_side_and_ends_level(text: str):
    frames = frames_of(text)
    beam = Beam(frames, BOX, DARK)
    level = beam.plank.points.copy()
    assert beam.pivot(-2.0) == frames.expected
    np.testing.assert_allclose(beam.draw(-1.0).plank.points, level, atol=1e-12)
    beam.draw(0.0)
    assert np.sign(slope(beam)) == -np.sign(frames.torque[0])
    beam.draw(len(frames.pivot) - 1.0)
    np.testing.assert_allclose(beam.plank.points, level, atol=1e-12)


def test_it_turns_as_a_whole_about_its_pivot():
    frames = frames_of("0.4,0.1,0.2,0.3 @ 1")
    beam = Beam(frames, BOX, DARK)
    foot = beam.place(float(frames.pivot[0]))
    parts = (beam.plank, beam.weights, beam.outcomes, beam.chances)
    before = [np.linalg.norm(part.points - foot, axis=1) for part in parts]
    beam.draw(0.0)
    after = [np.linalg.norm(part.points - foot, axis=1) for part in parts]
    for one, other in zip(before, after, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-12)


def test_a_weight_is_as_high_as_its_probability():
    frames = frames_of("0.4,0.1,0.2,0.3 @ 1")
    beam = Beam(frames, BOX, DARK)
    tops = beam.weights.points.reshape(len(frames.p), -1, 3)[..., 1].max(axis=1) - BOX.bottom
    np.testing.assert_allclose(tops / tops.max(), frames.p / frames.p.max())


def test_small_numbers_are_never_cut_to_zero():
    assert [cell_text(0.004, count) for count in (6, 7)] == ["0.004", "<0.01"]
    assert cell_text(0.0, 7) == "0"
