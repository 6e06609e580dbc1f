import pytest

from convmath.expression import parse_sequence, parse_signal
from convmath.numerals import is_compound, typst_negated, typst_number, typst_shifted

FORMULAS = [
    ("2*exp(-t/2)*u(t)", "t", "2 e^(-t slash 2) u(t)"),
    ("2*exp(-t/2)*u(t)", "tau", "2 e^(-tau slash 2) u(tau)"),
    ("2*exp(-t/2)*u(t)", "t - tau", "2 e^(-(t - tau) slash 2) u(t - tau)"),
    ("t^2", "t - tau", "(t - tau)^2"),
    ("3 t", "t - tau", "3 (t - tau)"),
    ("1-t", "t - tau", "1 - (t - tau)"),
    ("1+t", "-t", "1 + (-t)"),
    ("-t", "-t", "-(-t)"),
    ("t*2", "t", "t dot 2"),
    ("2*3 t", "t", "2 dot 3 t"),
    ("t-(1-t)", "t", "t - (1 - t)"),
    ("(1/2)^t", "t", "(1/2)^t"),
    ("t^-1 u(t-1)", "t", "t^(-1) u(t - 1)"),
    ("-t^2", "t", "-t^2"),
    ("(-t)^2", "t", "(-t)^2"),
    ("exp(t)^2 u(-t)", "t", "(e^(t))^2 u(-t)"),
    ("rect((t-1)/2)", "t", 'op("rect")(frac(t - 1, 2))'),
    ("3*delta(2t-1)", "t", "3 delta(2 t - 1)"),
    ("gauss(t)", "t", "e^(-t^2 slash 2)"),
    ("gauss((t-50)/0.01)", "t", "e^(-((t - 50) slash 0.01)^2 slash 2)"),
    ("1e-9 t", "t", "1 dot 10^(-9) t"),
    ("2pi t", "t", "2 pi t"),
    ("min(t, 1) abs(t)", "t", "min(t, 1) abs(t)"),
    (
        "piecewise(0<=t<2: 1, 2<=t<4: 1/2)",
        "t",
        'cases(1 & "if" 0 <= t < 2, 1/2 & "if" 2 <= t < 4, 0 & "otherwise")',
    ),
    ("2 piecewise(t<0: t, 3)", "t", '2 (cases(t & "if" t < 0, 3 & "otherwise"))'),
]


@pytest.mark.parametrize(("text", "variable", "formula"), FORMULAS)
def test_formulas(text, variable, formula):
    assert parse_signal(text).formula(variable) == formula


def test_sequences_take_brackets():
    assert parse_sequence("2 u(n) + delta(n-2)").formula("n") == "2 u[n] + delta[n - 2]"
    assert parse_sequence("u(n)").formula("n - k") == "u[n - k]"
    assert parse_sequence("3,2,1 @ -1").formula("n") == "(3, 2, 1)_(n = -1, dots, 1)"


def compiled(formulas):
    typst = pytest.importorskip("typst")
    lines = "\n\n".join(f"$ {formula} $" for formula in formulas)
    return typst.compile(f"#set page(width: auto, height: auto)\n{lines}".encode(), format="svg")


@pytest.mark.parametrize("variable", ["t", "tau", "t - tau", "-t", "tau_1", "x'"])
def test_typst_accepts_every_formula(variable):
    texts = [text for text, _, _ in FORMULAS] + [
        "tri(t)*ramp(t) + sign(t) - max(0, t)*min(1,t)",
        "sqrt(t^2+1)/tan(t/4)*rect(t-1)",
        "sinc(t)*log(t) u(t-1) - sin(t)^2/cos(t/9)^2 rect(t)",
        "delta(t)/2 - (t-1)/(t+1) u(t)",
        "piecewise(0<t<1: sin(t), t>=1: piecewise(t<2: 1, 0), otherwise -(1+t)/2)",
    ]
    formulas = [parse_signal(text).formula(variable) for text in texts]
    formulas += [parse_signal(text).flipped().shifted(0.5).formula(variable) for text in texts]
    formulas += [parse_sequence(t).formula(variable) for t in ("2 u(n)", "delta(n-2)", "3,2 @ -1")]
    assert len(compiled(formulas)) > 1000


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1/2 (t + 1)", "frac(1, 2) (t + 1)"),
        ("t/2 u(t)", "frac(t, 2) u(t)"),
        ("e^(-t/2)", "e^(-frac(t, 2))"),
        ("e^(-tau/2) u(tau)", "e^(-frac(tau, 2)) u(tau)"),
    ],
)
def test_the_short_fraction_is_the_fraction(one, other):
    assert compiled([one]) == compiled([other])


def test_numerals():
    assert [typst_number(v) for v in (1.0, -0.5, 1e20, 2.5e-7)] == [
        "1",
        "-0.5",
        "1 dot 10^(20)",
        "2.5 dot 10^(-7)",
    ]
    assert [is_compound(v) for v in ("t", "tau", "t'", "t_1", "t - tau", "-t")] == (
        [False] * 4 + [True] * 2
    )
    assert [typst_negated(v) for v in ("t", "-t", "t - tau", "-t + 1")] == (
        ["-t", "t", "-(t - tau)", "-(-t + 1)"]
    )
    assert typst_shifted("t", -2) == "t + 2"
    assert typst_shifted("t", 0) == "t"
