"""Rules of aggregation against numpy.convolve, a double loop, and closed forms."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from convmath import InputError, Sequence
from convmath.aggregation import aggregate, parse_rule
from convmath.verify_aggregation import verify_aggregation
from tests.convmath.saved import EVERY_FORMAT, assert_comes_back

F = [0, 2, 1, 5, 3, 6, 5, 1, 2, 0, 1, 0]
RULES = ["rect(d/3)", "2^(-abs(d))", "d^2", "2^(-d)*u(d)", "1,-2,3 @ -1"]
WEIGHTS = {
    "rect(d/3)": lambda d: 1.0 if abs(d) <= 1 else 0.0,
    "2^(-abs(d))": lambda d: 0.5 ** abs(d),
    "d^2": lambda d: float(d * d),
    "2^(-d)*u(d)": lambda d: 0.5**d if d >= 0 else 0.0,
    "1,-2,3 @ -1": lambda d: {-1: 1.0, 0: -2.0, 1: 3.0}.get(d, 0.0),
}


def aggregated(f=F, rules=RULES, start=0):
    return aggregate(Sequence(f, start), [parse_rule(rule) for rule in rules])


def test_every_array_has_its_shape():
    frames, n, r = aggregated(), len(F), len(RULES)
    assert frames.t.shape == frames.s.shape == frames.f.shape == (n,)
    assert frames.weight.shape == frames.product.shape == (n, r, n)
    assert frames.output.shape == frames.weight_sum.shape == frames.average.shape == (n, r)
    assert frames.rule.shape == (r, 2 * n - 1)
    assert frames.variation.shape == frames.likeness.shape == (r,)
    step = frames.at(3)
    assert step.t == 3
    assert step.weight.shape == (r, n)


@pytest.mark.parametrize("start", [0, -7, 100])
def test_outputs_are_the_double_sum(start):
    frames = aggregated(start=start)
    for r, rule in enumerate(RULES):
        for i in range(len(F)):
            weights = [WEIGHTS[rule](i - j) for j in range(len(F))]
            assert frames.weight[i, r].tolist() == weights
            y = sum(w * f for w, f in zip(weights, F, strict=True))
            assert frames.output[i, r] == pytest.approx(y, rel=1e-14, abs=1e-14)
            assert frames.weight_sum[i, r] == pytest.approx(sum(weights), rel=1e-14)
    assert frames.t.tolist() == list(range(start, start + len(F)))


def test_outputs_are_the_middle_of_numpys_convolution():
    frames = aggregated()
    for r, g in enumerate(frames.rule):
        middle = np.convolve(g, F)[len(F) - 1 : 2 * len(F) - 1]
        np.testing.assert_allclose(frames.output[:, r], middle, rtol=1e-14, atol=1e-12)
    np.testing.assert_array_equal(frames.output[:, 0], np.convolve(F, [1, 1, 1], "same"))


def test_an_asymmetric_rule_is_flipped():
    frames = aggregated([1, 0, 0, 0], ["u(d)*(d+1)"])
    assert frames.output[:, 0].tolist() == [1, 2, 3, 4]  # an input counts for what comes after it
    assert frames.weight[2, 0].tolist() == [3, 2, 1, 0]  # d = t − s grows to the left


def test_far_points_keep_three_numbers_of_f():
    """Σ(t − s)² f(s) = t² Σf − 2t Σs f + Σs² f, whatever f is."""
    frames = aggregated(start=-4)
    t, s, f = (np.asarray(v, dtype=float) for v in (frames.t, frames.s, F))
    parabola = t**2 * f.sum() - 2 * t * (s * f).sum() + (s**2 * f).sum()
    np.testing.assert_array_equal(frames.output[:, 2], parabola)
    np.testing.assert_array_equal(np.diff(frames.output[:, 2], 3), 0)


def test_an_average_of_equal_inputs_is_that_input():
    frames = aggregated([2.5, 2.5, 2.5, 2.5], RULES[:4])
    np.testing.assert_allclose(frames.average, 2.5, rtol=1e-15)
    assert np.isnan(frames.likeness).all()
    assert np.isnan(frames.variation).all()


def test_ups_and_downs_and_likeness():
    frames = aggregated()
    ups = np.abs(np.diff(F)).sum()
    for r in range(4):
        own = frames.output[:, r] / frames.weight_sum[:, r]
        assert frames.variation[r] == pytest.approx(np.abs(np.diff(own)).sum() / ups, rel=1e-13)
        assert frames.likeness[r] == pytest.approx(np.corrcoef(F, own)[0, 1], rel=1e-12)
    assert frames.likeness[4] == pytest.approx(np.corrcoef(F, frames.output[:, 4])[0, 1], rel=1e-12)


@pytest.mark.parametrize("rule", ["1,-2,3 @ -1", "sign(d)", "u(d - 1)", "-1"])
def test_no_average_without_weight_or_with_negative_weights(rule):
    frames = aggregated(rules=[rule])
    assert np.isnan(frames.average).all()
    assert np.isnan(frames.variation).all()
    assert not np.isnan(frames.likeness).all() or rule == "-1"


@given(
    f=st.lists(st.floats(-100, 100), min_size=1, max_size=15),
    g=st.lists(st.floats(-10, 10), min_size=1, max_size=9),
    start=st.integers(-4, 4),
)
def test_any_rule_passes_its_checks(f, g, start):
    rule = ",".join(f"{w:.6f}" for w in g) + f" @ {start}"
    frames = aggregated(f, [rule, "2^(-abs(d)/3)"])
    assert [check for check in verify_aggregation(frames) if not check.passed] == []
    average = frames.average[:, 1]
    assert min(f) - 1e-9 <= average.min()
    assert average.max() <= max(f) + 1e-9


@pytest.mark.parametrize("field", ["output", "weight_sum", "average"])
def test_a_wrong_entry_does_not_pass(field):
    frames = aggregated(rules=RULES[:3])
    wrong = getattr(frames, field).copy()
    wrong[4, 1] += 0.01
    checks = verify_aggregation(replace(frames, **{field: wrong}))
    assert not all(check.passed for check in checks)


def test_a_rule_that_is_not_flipped_does_not_pass():
    frames = aggregated(rules=["2^(-d)*u(d)"])
    backwards = aggregated(rules=["2^d*u(-d)"])
    checks = verify_aggregation(replace(frames, output=backwards.output))
    assert not all(check.passed for check in checks)


@pytest.mark.parametrize(
    ("text", "weights"),
    [
        ("1", [1, 1, 1, 1, 1]),
        ("1/2", [0.5] * 5),
        ("delta(d)", [0, 0, 1, 0, 0]),
        ("3,1", [0, 0, 3, 1, 0]),
        ("1/(d - 0.5)", [-0.4, -2 / 3, -2, 2, 2 / 3]),
        ("rect(d/3)", [0, 1, 1, 1, 0]),
    ],
)
def test_rules_as_they_are_typed(text, weights):
    assert parse_rule(text).over(2) == pytest.approx(np.array(weights), rel=1e-15)


@pytest.mark.parametrize("text", ["1/d", "log(d)", "1/(d - 2)", "exp(400 d)", "d*t", "nan", ""])
def test_rules_without_a_value_are_refused(text):
    with pytest.raises(InputError) as refused:
        parse_rule(text, "--rule")
    assert refused.value.option == "--rule"


def test_a_curve_is_drawn_where_there_is_one():
    curve = parse_rule("rect(d/3)").outline(4)
    assert {(-1.5, 0.0), (-1.5, 1.0), (1.5, 1.0), (1.5, 0.0)} <= set(map(tuple, curve.tolist()))
    assert len(parse_rule("1,2,1").outline(4)) == 0
    assert len(parse_rule("1/(d - 0.5)").outline(4)) == 0


@EVERY_FORMAT
def test_frames_come_back_from_a_file(tmp_path, suffix):
    frames = aggregated()
    assert_comes_back(frames, tmp_path, suffix)
