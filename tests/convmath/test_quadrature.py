import numpy as np
import pytest

from convmath.errors import DivergenceError, InputError
from convmath.quadrature import KRONROD_NODES, integrate

ZERO, ONE, OWNER = np.zeros(1), np.ones(1), np.zeros(1, dtype=np.int64)


def over_unit_interval(f):
    return integrate(lambda start, offset, root: f(start[:, None] + offset), ZERO, ONE, OWNER, 1)[0]


def test_rule_is_exact_for_polynomials_up_to_degree_31():
    powers = np.arange(32)
    found = [over_unit_interval(lambda tau, k=k: tau**k) for k in powers]
    assert np.allclose(found, 1 / (powers + 1), rtol=1e-15, atol=0)


def test_nodes_are_symmetric_and_contain_the_gauss_nodes():
    assert np.array_equal(KRONROD_NODES, -KRONROD_NODES[::-1])
    gauss, _ = np.polynomial.legendre.leggauss(10)
    assert np.allclose(KRONROD_NODES[1::2], gauss, rtol=0, atol=2e-16)


def test_bisects_where_needed():
    assert over_unit_interval(lambda tau: np.cos(300 * tau)) == pytest.approx(
        np.sin(300) / 300, abs=1e-15
    )
    assert over_unit_interval(np.sqrt) == pytest.approx(2 / 3, abs=1e-14)


def test_groups_by_owner_and_knows_the_first_segment_of_a_row():
    lo, hi = np.array([0.0, 1.0, 0.0]), np.array([1.0, 2.0, 4.0])
    height = np.array([1.0, 10.0, 100.0])
    found = integrate(
        lambda start, offset, root: height[root][:, None] + 0 * offset,
        lo,
        hi,
        np.array([2, 2, 0]),
        3,
    )
    assert np.allclose(found, [400, 0, 11], rtol=1e-15)


def test_nothing_to_integrate():
    empty = np.zeros(0)
    assert integrate(lambda start, offset, root: offset, empty, empty, OWNER[:0], 2).tolist() == [
        0,
        0,
    ]


def test_a_pole_diverges():
    with pytest.raises(DivergenceError, match=r"without bound near τ = "):
        over_unit_interval(lambda tau: 1 / tau)


def test_a_value_that_is_not_finite():
    with pytest.raises(DivergenceError, match=r"not finite near τ = 0"):
        over_unit_interval(lambda tau: np.where(tau > 0.5, np.inf, 1.0))


def test_too_fast():
    with pytest.raises(InputError, match="oscillates too fast"):
        over_unit_interval(lambda tau: np.sin(1e9 * tau))
