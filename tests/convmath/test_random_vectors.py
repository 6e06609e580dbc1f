"""E[X Yᵀ] against numpy, and what a person may type for X and Y."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from convmath import InputError, Outcome, cross_correlation_matrix, parse_outcomes

small = st.integers(-20, 20).map(Fraction)


@st.composite
def joint(draw):
    m, n, count = (draw(st.integers(1, most)) for most in (4, 4, 6))
    weights = draw(st.lists(st.integers(0, 9), min_size=count, max_size=count))
    weights[0] += 1
    vectors = [
        [tuple(draw(st.lists(small, min_size=k, max_size=k))) for k in (m, n)] for _ in range(count)
    ]
    return tuple(
        Outcome(x, y, Fraction(w, sum(weights))) for (x, y), w in zip(vectors, weights, strict=True)
    )


@given(joint())
def test_the_matrix_is_numpys(outcomes):
    frames = cross_correlation_matrix(outcomes)
    x, y, p = frames.x, frames.y, frames.probability
    assert frames.output.shape == frames.shape == (x.shape[1], y.shape[1])
    expected = x.T @ np.diag(p) @ y
    np.testing.assert_allclose(frames.output, expected, rtol=0, atol=1e-12)
    for i in range(x.shape[1]):
        for j in range(y.shape[1]):
            mean = sum((o.probability * o.x[i] * o.y[j] for o in outcomes), Fraction(0))
            assert frames.output[i, j] == float(mean)
    np.testing.assert_array_equal(
        frames.product, [np.outer(a, b) for a, b in zip(x, y, strict=True)]
    )


@given(joint())
def test_swapping_transposes_and_a_vector_with_itself_has_no_negative_direction(outcomes):
    there = cross_correlation_matrix(outcomes).output
    back = cross_correlation_matrix(
        tuple(Outcome(o.y, o.x, o.probability) for o in outcomes)
    ).output
    np.testing.assert_array_equal(there, back.T)
    itself = cross_correlation_matrix(
        tuple(Outcome(o.x, o.x, o.probability) for o in outcomes)
    ).output
    assert np.linalg.eigvalsh(itself).min() >= -1e-9 * max(1.0, np.abs(itself).max())


def test_equally_likely_outcomes_are_the_mean_over_samples():
    rng = np.random.default_rng(7)
    x, y = rng.integers(-3, 4, (6, 2)), rng.integers(-3, 4, (6, 3))
    rows = (
        f"{','.join(map(str, a))} | {','.join(map(str, b))}"
        for a, b in zip(x.tolist(), y.tolist(), strict=True)
    )
    frames = cross_correlation_matrix(parse_outcomes("; ".join(rows)))
    np.testing.assert_allclose(frames.output, x.T @ y / 6, rtol=1e-15, atol=1e-15)


def test_no_mean_is_taken_off():
    frames = cross_correlation_matrix(parse_outcomes("2 | 5; 2 | 7"))
    assert frames.output.tolist() == [[12.0]]


def test_thirds_add_up_to_one():
    frames = cross_correlation_matrix(parse_outcomes("1|1:1/3; 2|1:1/3; 3|1 : 1/3"))
    assert frames.output.tolist() == [[2.0]]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "needs one |"),
        ("1,2", "needs one |"),
        ("1|2|3", "needs one |"),
        ("1|2;", "needs one |"),
        ("1,|2", "a number is missing"),
        ("1,a|2", "no number"),
        ("nan|2", "no number"),
        ("1e9|2", "no number"),
        ("99999|2", "numbers go up to"),
        ("1/0|2", "division by zero"),
        ("1|2; 1,2|2", "as many components"),
        ("1|2; 1|2,3", "as many components"),
        ("1|2:1/2; 1|2", "only some outcomes"),
        ("1|2:0.3; 1|2:0.3", "add up to 0.6, not 1"),
        ("1|2:-1; 1|2:2", "cannot be negative"),
        ("1,2,3,4,5|1", "5 components do not fit"),
        ("; ".join(["1|1"] * 7), "7 outcomes do not fit"),
        ("1|2" * 1000, "too long"),
    ],
)
def test_anything_else_is_refused(typed: str, says: str):
    with pytest.raises(InputError, match=says.replace("|", r"\|")) as refusal:
        parse_outcomes(typed, "--outcomes")
    assert refusal.value.option == "--outcomes"
    assert "semicolons" in str(refusal.value.accepted)
