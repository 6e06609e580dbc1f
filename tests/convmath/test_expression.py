"""What expressions mean, against values worked out by hand."""

import math

import numpy as np
import pytest

from convmath.expression import parse_sequence, parse_signal
from convmath.sequence import Sequence, SequenceRule, sample
from convmath.signal import Impulse

INF = math.inf
E = math.e
PI = math.pi

# expression, breakpoints, support, {t: (limit from the left, from the right)}
TRUTHS = [
    ("2*exp(-t/2)*u(t)", [0], (0, INF), {0: (0, 2), 2: (2 / E, 2 / E), -1000: (0, 0)}),
    ("rect(t)", [-0.5, 0.5], (-0.5, 0.5), {-0.5: (0, 1), 0.5: (1, 0)}),
    ("rect((t-1)/2)", [0, 2], (0, 2), {0: (0, 1), 2: (1, 0)}),
    ("tri(t)", [-1, 0, 1], (-1, 1), {-0.25: (0.75, 0.75), 0: (1, 1), 1: (0, 0)}),
    ("tri(-2t)", [-0.5, 0, 0.5], (-0.5, 0.5), {0.25: (0.5, 0.5)}),
    ("ramp(t)", [0], (0, INF), {-1: (0, 0), 3: (3, 3)}),
    ("ramp(1-t)", [1], (-INF, 1), {0: (1, 1), 2: (0, 0)}),
    ("u(t^2-1)", [-1, 1], (-INF, INF), {-1: (1, 0), 0: (0, 0), 1: (0, 1)}),
    ("u(1-t^2)", [-1, 1], (-1, 1), {-1: (0, 1), 1: (1, 0)}),
    ("u((t-1)^2)", [1], (-INF, INF), {1: (1, 1)}),
    ("u(t^2-2t+1)", [1], (-INF, INF), {1: (1, 1)}),
    ("u(t^3-6t^2+11t-6)", [1, 2, 3], (1, INF), {1: (0, 1), 2: (1, 0), 3: (0, 1)}),
    ("rect(2t^2)", [-0.5, 0.5], (-0.5, 0.5), {0: (1, 1)}),
    ("abs(t)", [0], (-INF, INF), {-2: (2, 2), 2: (2, 2)}),
    ("exp(-abs(t-1))", [1], (-INF, INF), {0: (1 / E, 1 / E), 1: (1, 1)}),
    ("sign(t)", [0], (-INF, INF), {0: (-1, 1)}),
    ("abs(sin(t))*rect(t/10)", [-5, -PI, 0, PI, 5], (-5, 5), {-2: (math.sin(2),) * 2}),
    ("u(sin(pi t))*rect((t-2)/4)", [0, 1, 2, 3], (0, 3), {1: (1, 0), 2: (0, 1)}),
    ("u(u(t))", [0], (0, INF), {0: (0, 1)}),
    ("u(tri(t)-1/2)", [-0.5, 0, 0.5], (-0.5, 0.5), {0.5: (1, 0)}),
    ("u(exp(-t)-1/2)", [math.log(2)], (-INF, math.log(2)), {0: (1, 1)}),
    ("piecewise(0<=t<2: 1, 2<=t<4: 1/2)", [0, 2, 4], (0, 4), {0: (0, 1), 2: (1, 0.5), 4: (0.5, 0)}),
    ("piecewise(t<0: -1, t>1: t, otherwise 5)", [0, 1], (-INF, INF), {0: (-1, 5), 1: (5, 1)}),
    ("piecewise(1>t>=0: t^2)", [0, 1], (0, 1), {1: (1, 0)}),
    ("piecewise(t<1: 1, t<2: 7)", [1, 2], (-INF, 2), {1: (1, 7), 2: (7, 0)}),
    ("min(t, 1) u(t)", [0, 1], (0, INF), {0.5: (0.5, 0.5), 7: (1, 1)}),
    ("max(0, 1-abs(t))", [-1, 0, 1], (-1, 1), {0.5: (0.5, 0.5)}),
    ("max(0, t, 2t-1) u(3-t)", [0, 1, 3], (0, 3), {0.5: (0.5, 0.5), 2: (3, 3)}),
    ("sqrt(t)u(t)", [0], (0, INF), {4: (2, 2)}),
    ("sqrt(1-t^2)rect(t/2)", [-1, 1], (-1, 1), {0: (1, 1), 1: (0, 0)}),
    ("tri(t)^0.5", [-1, 0, 1], (-1, 1), {0.75: (0.5, 0.5)}),
    ("1/t*u(t-1)", [1], (1, INF), {1: (0, 1), 2: (0.5, 0.5)}),
    ("1/(1+t^2)", [], (-INF, INF), {3: (0.1, 0.1)}),
    ("log(t) u(t-1)", [1], (1, INF), {E: (1, 1)}),
    ("tan(t) rect(t)", [-0.5, 0.5], (-0.5, 0.5), {0.25: (math.tan(0.25),) * 2}),
    ("(t-1)(t+1)rect(t/2)", [-1, 1], (-1, 1), {0: (-1, -1)}),
    ("u(t)-u(t-0.3)", [0, 0.3], (0, 0.3), {0.3: (1, 0)}),
    ("rect(t-0.3+0.1+0.2)", [-0.5, 0.5], (-0.5, 0.5), {0: (1, 1)}),
    ("1/cos(t/9) rect(t)", [-0.5, 0.5], (-0.5, 0.5), {0: (1, 1)}),
    ("2pi t", [], (-INF, INF), {1: (2 * PI, 2 * PI)}),
    ("-t^2", [], (-INF, INF), {3: (-9, -9)}),
    ("2^-t", [], (-INF, INF), {3: (0.125, 0.125)}),
    ("2^3^2 t", [], (-INF, INF), {1: (512, 512)}),
    ("t²+3·t−1", [], (-INF, INF), {2: (9, 9)}),
    ("1/2 t", [], (-INF, INF), {4: (2, 2)}),
    ("8/2/2 t", [], (-INF, INF), {1: (2, 2)}),
    ("gauss(t)+0*t", [], (-INF, INF), {1: (math.exp(-0.5),) * 2}),
    ("sinc(t)", [], (-INF, INF), {0: (1, 1), 0.5: (2 / PI, 2 / PI)}),
    (".5e1", [], (-INF, INF), {1: (5, 5)}),
    ("u(t)-u(t)", [], (0, 0), {1: (0, 0)}),
    ("0", [], (0, 0), {0: (0, 0)}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "breakpoints", "support", "limits"), TRUTHS)
def test_pieces(text, breakpoints, support, limits):
    signal = parse_signal(text)
    assert signal.breakpoints.tolist() == pytest.approx(breakpoints, abs=1e-12)
    assert signal.support == pytest.approx(support, abs=1e-12)
    breaks = list(signal.breakpoints)
    for t, (left, right) in limits.items():
        # compare exactly at the breakpoint, which rounding may have moved by an ulp
        at = next((b for b in breaks if abs(b - t) < 1e-12), t)
        assert float(signal.limit(at, "left")) == pytest.approx(left, abs=1e-12)
        assert float(signal.limit(at, "right")) == pytest.approx(right, abs=1e-12)


@pytest.mark.parametrize(
    ("text", "impulses"),
    [
        ("delta(t)", [(0, 1)]),
        ("delta(t-1)", [(1, 1)]),
        ("3*delta(2t-1)", [(0.5, 1.5)]),
        ("delta(-4t)", [(0, 0.25)]),
        ("exp(-t)*delta(t-1)", [(1, 1 / E)]),
        ("delta(t-1)/t", [(1, 1)]),
        ("-(delta(t)-2delta(t-3))/2", [(0, -0.5), (3, 1)]),
        ("delta(t+1)+delta(t-1)", [(-1, 1), (1, 1)]),
        ("delta(t)+delta(t)", [(0, 2)]),
        ("delta(t)-delta(t)", []),
        ("0*delta(t)", []),
        ("abs(t-1)*delta(t-1)", []),
        ("u(t)*delta(t-1)", [(1, 1)]),
        ("u(t)*delta(t+1)", []),
        ("sqrt(t)*delta(t-4)", [(4, 2)]),
        ("(1+t)(delta(t)+u(t))", [(0, 1)]),
    ],
)
def test_impulses(text, impulses):
    found = parse_signal(text).impulses
    assert all(isinstance(impulse, Impulse) for impulse in found)
    assert [i.at for i in found] == pytest.approx([at for at, _ in impulses])
    assert [i.weight for i in found] == pytest.approx([weight for _, weight in impulses])


def test_values_beside_impulses():
    signal = parse_signal("(1+t)(delta(t)+u(t))")
    assert signal.support == (0, INF)
    assert float(signal(1)) == 2
    assert parse_signal("delta(t-1)").pieces == ()


@pytest.mark.parametrize(
    ("text", "centre", "width"),
    [
        ("gauss((t-50)/0.01)", 50, 0.01),
        ("exp(-(t-50)^2/0.0002)", 50, math.sqrt(0.0002)),
        ("e^(-(t-50)^2*1e4)", 50, 0.01),
        ("sinc(100 t - 5000)", 50, 0.01),
        ("1/(1+1e4*(t-50)^2)", 50, 0.01),
        ("gauss((t-50)/0.01)*rect((t-50)/10)", 50, 0.01),
    ],
)
def test_narrow_signals_leave_hints(text, centre, width):
    hints = np.array(parse_signal(text).hints)
    assert np.all(np.diff(hints) > 0)
    for k in (-3, -1, 0, 1, 3):
        assert np.min(np.abs(hints - (centre + k * width))) < 1e-6 * width + 1e-9


def test_hints_stay_inside_the_support():
    assert all(hint >= 0 for hint in parse_signal("gauss(t) u(t)").hints)
    assert len(parse_signal("exp(-1e6 t) u(t)").hints) == 4
    assert parse_signal("rect(t)").hints == ()


def test_longest_period():
    assert parse_signal("sin(t)+sin(50t)").period == pytest.approx(2 * PI)
    assert parse_signal("sin(2pi t)").extent() == pytest.approx((-2.5, 2.5))
    assert parse_signal("t^2").period == 0


@pytest.mark.parametrize(
    ("text", "t", "value"),
    [
        ("t^32*exp(-t)*u(t)", 1e12, 0),
        ("t^32*exp(-t^2)", 1e200, 0),
        ("exp(2t)*exp(-t)*u(t)", 1e4, 1e300),
        ("exp(-2t)*exp(t)*u(t)", 1e4, 0),
        ("exp(t)", 1e9, 1e300),
        ("-exp(t)", 1e9, -1e300),
        ("exp(t)/exp(t)", 800, 1),
        ("exp(t)-exp(t)", 800, 0),
        ("exp(t)+t^2", -1e200, 1e300),
        ("(-1)^n", 10**6 + 1, -1),
        ("gauss(t)*exp(t)", 1e160, 0),
    ],
)
def test_magnitudes_saturate_and_nothing_is_nan(text, t, value):
    if "n" in text:
        assert parse_sequence(text).window(t, t).values[0] == value
    else:
        assert float(parse_signal(text)(t)) == pytest.approx(value)


@pytest.mark.parametrize("text", [truth[0] for truth in TRUTHS])
def test_far_away_there_is_still_a_number(text):
    signal = parse_signal(text)
    far = np.concatenate([-np.geomspace(1e-300, 1e300, 400), np.geomspace(1e-300, 1e300, 400)])
    assert np.isfinite(signal(far)).all()
    assert np.isfinite(signal.limit(signal.breakpoints, "left")).all()
    lo, hi = signal.extent()
    assert -1000 < lo <= hi < 1000
    assert np.isfinite(signal.polyline(lo - 1, hi + 1)).all()


def test_names_of_the_variable():
    assert parse_signal("tau^2")(3) == 9
    assert parse_signal("τ^2")(3) == 9
    assert parse_signal("x^2", variable="x")(3) == 9
    assert parse_sequence("k u(k)").window(0, 2) == Sequence([0, 1, 2])
    assert parse_signal("  2 *\tt ").text == "2 * t"


SEQUENCES = [
    ("3,2,1", [3, 2, 1], 0),
    ("[3, 2, 1]", [3, 2, 1], 0),
    ("3,2,1 @ -1", [3, 2, 1], -1),
    ("[3] @ 2+3", [3], 5),
    ("1/2, 1/3, -pi, min(1,2)", [1 / 2, 1 / 3, -PI, 1], 0),
    ("7", [7], 0),
    ("delta(n-2)", [1], 2),
    ("delta[n-2] + 2 delta[n]", [2, 0, 1], 0),
    ("delta(n)*delta(n)", [1], 0),
    ("delta(n/2 - 1)", [1], 2),
    ("rect(n/5)", [1] * 5, -2),
    ("rect(n/4)", [1] * 4, -2),
    ("rect((n-2)/5)", [1] * 5, 0),
    ("rect(n)", [1], 0),
    ("u(n)-u(n-4)", [1] * 4, 0),
    ("u(n) u(3-n)", [1] * 4, 0),
    ("tri(n/3)", [1 / 3, 2 / 3, 1, 2 / 3, 1 / 3], -2),
    ("ramp(n)*u(3-n)", [1, 2, 3], 1),
    ("piecewise(0<=n<2: 1, 2<=n<4: 1/2)", [1, 1, 0.5, 0.5], 0),
    ("piecewise(0<n<=2: n)", [1, 2], 1),
    ("(-2)^n rect((n-1)/3)", [1, -2, 4], 0),
    ("n*(u(n+1)-u(n-2))", [-1, 0, 1], -1),
    ("u(n/10-0.3) u(0.5-n/10)", [1, 1, 1], 3),
    ("0*n", [0], 0),
]


@pytest.mark.parametrize(("text", "values", "start"), SEQUENCES)
def test_finite_sequences(text, values, start):
    found = parse_sequence(text)
    assert isinstance(found, Sequence)
    assert found.start == start
    assert found.values.tolist() == pytest.approx(values)
    assert found.text == text


@pytest.mark.parametrize(
    ("text", "support", "values", "shown"),
    [
        ("2*exp(-n/2)*u(n)", (0, INF), [0, 0, 2, 2 * E**-0.5, 2 / E], (0, 10)),
        ("u(n)", (0, INF), [0, 0, 1, 1, 1], (0, 10)),
        ("u(-n)", (-INF, 0), [1, 1, 1, 0, 0], (-10, 0)),
        ("1", None, None, None),
        ("n", (-INF, INF), [-2, -1, 0, 1, 2], (-10, 10)),
        ("(-0.5)^n u(n)", (0, INF), [0, 0, 1, -0.5, 0.25], (0, 7)),
        ("1/n u(n-1)", (1, INF), [0, 0, 0, 1, 0.5], (1, 199)),
        ("cos(pi n)", (-INF, INF), [1, -1, 1, -1, 1], (-5, 5)),
        ("u(n) + 5 delta(n+2)", (-2, INF), [5, 0, 1, 1, 1], (-2, 10)),
        ("1/(2n-1)", (-INF, INF), [-1 / 5, -1 / 3, -1, 1, 1 / 3], None),
    ],
)
def test_rules(text, support, values, shown):
    found = parse_sequence(text)
    if support is None:
        assert found == Sequence([1])
        return
    assert isinstance(found, SequenceRule)
    assert found.support == support
    assert found.window(-2, 2).values.tolist() == pytest.approx(values)
    assert shown is None or found.extent() == shown


@pytest.mark.parametrize(
    "text", ["2*exp(-t/2)*u(t)", "rect(t/4)", "rect(t/5)", "tri(t/3)", "sin(t) u(t-1)", "ramp(t)"]
)
def test_sampling_a_signal_is_parsing_it_as_a_sequence(text):
    sequence = parse_sequence(text, variable="t").window(-9, 9)
    assert sample(parse_signal(text), -9, 9).values == pytest.approx(sequence.values)
