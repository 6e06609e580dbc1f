"""Random expressions, against Python's own arithmetic point by point (a second method)."""

import math
import subprocess
import sys

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from convmath.errors import InputError
from convmath.expression import parse_sequence, parse_signal

NAMES = {
    "u": lambda a: float(a > 0),
    "rect": lambda a: float(abs(a) < 0.5),
    "tri": lambda a: max(0.0, 1 - abs(a)),
    "ramp": lambda a: max(0.0, a),
    "gauss": lambda a: math.exp(-(a**2) / 2),
    "sinc": lambda a: math.sin(math.pi * a) / (math.pi * a) if a else 1.0,
    "sign": lambda a: math.copysign(1, a) if a else 0.0,
    "abs": abs,
    "min": min,
    "max": max,
    **{name: getattr(math, name) for name in ("sin", "cos", "exp", "sqrt", "pi", "e")},
}
LEAVES = st.sampled_from(["t", "t", "1", "2", "0.5", "3", "pi"])


def grown(parts):
    calls = st.sampled_from(["u", "rect", "tri", "ramp", "gauss", "sinc", "sign", "sin", "abs"])
    return st.one_of(
        st.tuples(parts, st.sampled_from("+-*"), parts).map(lambda p: f"({p[0]}{p[1]}{p[2]})"),
        st.tuples(parts, st.sampled_from(["2", "4"])).map(lambda p: f"({p[0]}/{p[1]})"),
        st.tuples(parts, st.sampled_from("23")).map(lambda p: f"({p[0]}^{p[1]})"),
        st.tuples(calls, parts).map(lambda p: f"{p[0]}({p[1]})"),
        st.tuples(st.sampled_from(["min", "max"]), parts, parts).map(
            lambda p: f"{p[0]}({p[1]},{p[2]})"
        ),
        parts.map(lambda p: f"(-{p})"),
        parts.map(lambda p: f"rect(t/6)*({p})"),
    )


EXPRESSIONS = st.recursive(LEAVES, grown, max_leaves=8)


@settings(max_examples=600, deadline=2000)
@given(EXPRESSIONS, st.lists(st.floats(-4, 4), min_size=5, max_size=5))
def test_values_agree_with_pointwise_arithmetic(text, places):
    try:
        signal = parse_signal(text)
    except InputError:
        assume(False)
    oracle = compile(text.replace("^", "**"), "oracle", "eval")
    for t in places:
        if min(abs(signal.breakpoints - t), default=1) < 1e-6:
            continue
        try:
            value = eval(oracle, {"__builtins__": {}}, {**NAMES, "t": t})
        except OverflowError:
            continue
        assert float(signal(t)) == pytest.approx(value, rel=1e-9, abs=1e-9), t


@settings(max_examples=300, deadline=2000)
@given(EXPRESSIONS)
def test_sequences_agree_with_pointwise_arithmetic(text):
    try:
        window = parse_sequence(text.replace("t/6", "t/7"), variable="t").window(-6, 6)
    except InputError:
        assume(False)
    if "t" not in text.replace("rect", "").replace("tri", ""):
        return  # a constant is a list of one
    oracle = compile(text.replace("t/6", "t/7").replace("^", "**"), "oracle", "eval")
    half_open = {
        **NAMES,
        "u": lambda a: float(a >= 0 or math.isclose(a, 0, abs_tol=1e-12)),
        "rect": lambda a: float(-0.5 - 1e-12 <= a < 0.5 - 1e-12),
        "sign": lambda a: 0.0 if abs(a) < 1e-12 else math.copysign(1, a),
    }
    for t, value in window:
        expected = eval(oracle, {"__builtins__": {}}, {**half_open, "t": t})
        assert value == pytest.approx(expected, rel=1e-9, abs=1e-9), t


def test_reading_input_loads_nothing_heavy():
    code = (
        "import sys, convmath.expression as e; e.parse_signal('exp(-t)*u(t)').extent();"
        "print([m for m in ('scipy', 'manim', 'pydantic', 'av', 'sympy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
