import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from convmath.polynomials import added, multiplied, power, real_roots, value

WHOLE = st.integers(-20, 20).map(float)
POLYNOMIALS = st.lists(WHOLE, min_size=1, max_size=5).map(tuple)


@given(POLYNOMIALS, POLYNOMIALS, WHOLE)
def test_arithmetic_agrees_with_the_values(one, other, t):
    assert value(added(one, other), t) == value(one, t) + value(other, t)
    assert value(multiplied(one, other), t) == value(one, t) * value(other, t)
    assert value(power(one, 2), t) == value(one, t) ** 2


@pytest.mark.parametrize(
    ("coefficients", "roots"),
    [
        ((5.0,), []),
        ((0.0,), []),
        ((3.0, -2.0), [1.5]),
        ((1.0, 0.0, 1.0), []),
        ((1.0, -2.0, 1.0), [1]),
        ((-1.0, 3.0, -3.0, 1.0), [1]),
        ((1.0, -1e9, 1.0), [1e-9, 1e9]),
        ((-6.0, 11.0, -6.0, 1.0), [1, 2, 3]),
        ((0.0, 0.0, 0.0, 1.0), [0]),
        ((1.0, 0.0, 0.0, 0.0, 1.0), []),
    ],
)
def test_real_roots(coefficients, roots):
    assert real_roots(coefficients) == pytest.approx(roots, rel=1e-9, abs=1e-9)


@given(st.lists(st.integers(-9, 9), min_size=1, max_size=6, unique=True))
def test_simple_roots_are_found(roots):
    product = (1.0,)
    for root in roots:
        product = multiplied(product, (-float(root), 1.0))
    assert np.allclose(real_roots(product), sorted(roots), atol=1e-7)
