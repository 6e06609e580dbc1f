"""What is refused, with the column of the culprit; and that nothing else ever happens."""

import random
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from convmath.errors import InputError
from convmath.expression import parse_sequence, parse_signal

BAD_SIGNALS = [
    ("", 0, "expression is missing"),
    ("   ", 0, "expression is missing"),
    ("rec(t)", 0, "did you mean 'rect'"),
    ("2*foo", 2, "unknown name 'foo'"),
    ("Heaviside(t)", 0, "did you mean 'u'"),
    ("H(t)", 0, "did you mean 'u'"),
    ("theta(t)", 0, "did you mean 'u'"),
    ("2θ(t)", 1, "did you mean 'u'"),
    ("|t|", 0, "did you mean 'abs(t)'"),
    ("exp(j*t)", 4, "signals are real"),
    ("y", 0, "the variable here is 't'"),
    ("3 2 1", 2, "operator is missing before '2'"),
    ("SIN(t)", 0, "did you mean 'sin'"),
    ("ln(t)", 0, "did you mean 'log'"),
    ("x^2", 0, "the variable here is 't'"),
    ("t + tau", 4, "two variables, 't' and 'tau'"),
    ("t2", 0, "unknown name 't2'"),
    ("__import__('os')", 11, "has no meaning here"),
    ("__import__(t)", 0, "unknown name '__import__'"),
    ("t.real", 1, "'.' has no meaning"),
    ("t;t", 1, "';' has no meaning"),
    ("t\x00", 1, "U+0000 has no meaning"),
    ("lambda: 1", 0, "unknown name 'lambda'"),
    ("1 +", 3, "ends too early"),
    ("*t", 0, "'*' cannot stand here"),
    ("2 * / t", 4, "'/' cannot stand here"),
    ("(t", 0, "')' is missing for this '('"),
    ("sin(2(t)", 3, "')' is missing for this '('"),
    ("t)", 1, "there is no '(' for this ')'"),
    ("()", 1, "there is no '('"),
    ("u", 0, "'u' needs an argument"),
    ("2 sin t", 2, "'sin' needs an argument"),
    ("sin(t, 2)", 0, "'sin' takes one argument, not 2"),
    ("min(t)", 0, "'min' takes two or more arguments"),
    ("1.2.3", 3, "operator is missing before '.3'"),
    ("t 2", 2, "operator is missing before '2'"),
    ("1/2t", 3, "two ways"),
    ("t/2u(t)", 3, "two ways"),
    ("e^-2t", 4, "in the exponent or beside"),
    ("t, 1", 1, "a comma cannot stand here"),
    ("[t]", 0, "group with ( )"),
    ("t = 1", 2, "'=' cannot stand here"),
    ("t < 1", 2, "only stand in piecewise"),
    ("piecewise(t<0)", 13, "':' and a value are missing"),
    ("piecewise(t: 1)", 10, "a condition compares"),
    ("piecewise(1)", 0, "needs a condition"),
    ("piecewise", 0, "needs branches"),
    ("piecewise(t==0: 1)", 11, "'==' cannot stand here"),
    ("piecewise(t<0: 1 2)", 17, "operator is missing"),
    ("piecewise(sin(t)<0: 1)", 10, "changes sign cannot be found"),
    ("t/(1-1)", 3, "division by zero"),
    ("t/0", 2, "division by zero"),
    ("0^-1 t", 0, "division by zero"),
    ("2e12 t", 0, "too large"),
    ("t*exp(99)", 2, "too large"),
    ("1e999", 0, "too large"),
    ("1e9*1e9", 3, "too large"),
    ("sqrt(-1)", 0, "no real value"),
    ("log(0) t", 0, "no real value"),
    ("(-8)^(1/3)", 4, "not a real number"),
    ("9**9**9**9", 6, "exponent is too large"),
    ("t^33", 2, "exponent is too large"),
    ("(t^8)^8", 5, "degree is 64"),
    ("t^32*t", 4, "degree is 33"),
    ("t^t", 1, "either the base or the exponent"),
    ("(-2)^t", 1, "has to be positive"),
    ("1/t", 2, "infinite at t = 0"),
    ("5 + 1/(t-3)", 7, "infinite at t = 3"),
    ("t^-2", 0, "infinite at t = 0"),
    ("u(t)/t", 5, "infinite at t = 0"),
    ("sin(t)/t", 7, "0/0 at t = 0"),
    ("1/u(t)", 2, "zero for t < 0"),
    ("1/sin(t)", 2, "infinite at t = 0"),
    ("1/(exp(t)-t-2)", 3, "infinite at t = 1.14619"),
    ("1/(1-cos(t-0.3))", 3, "divides by zero"),
    ("tan(t)", 0, "infinite at t = 1.5708"),
    ("log(t)", 4, "logarithm of a negative number for t < 0"),
    ("log(t) u(t)", 4, "logarithm is infinite at t = 0"),
    ("sqrt(t)", 5, "root of a negative number for t < 0"),
    ("1 + sqrt(1-t^2)", 9, "root of a negative number"),
    ("t^0.5", 0, "root of a negative number for t < 0"),
    ("sqrt(exp(-t)-t)", 0, "not a real number"),
    ("exp(1000 t)", 0, "larger than 1e+300"),
    ("abs(sin(t))", 4, "changes sign cannot be found"),
    ("u(t+exp(t))", 2, "changes sign cannot be found"),
    ("2*u(sin(1000t))*rect(t/100)", 4, "changes sign cannot be found"),
    ("delta(3)", 0, "does not depend on the variable"),
    ("delta(t^2)", 6, "needs an argument a t + b"),
    ("delta(t)^2", 0, "a power of an impulse"),
    ("2^delta(t)", 2, "a power of an impulse"),
    ("delta(t)*delta(t-1)", 9, "a product of impulses"),
    ("1/delta(t)", 2, "a division by an impulse"),
    ("delta(t)/t", 9, "zero where an impulse stands"),
    ("sin(delta(t))", 4, "cannot stand inside 'sin'"),
    ("piecewise(t<0: delta(t))", 15, "cannot stand inside 'piecewise'"),
    ("u(t)*delta(t)", 5, "stands on a jump, at 0"),
    ("delta(t-1)*rect(t/2)", 0, "stands on a jump, at 1"),
    ("(" * 60 + "t" + ")" * 60, 50, "nested too deeply"),
    ("-" * 60 + "t", 50, "nested too deeply"),
    ("t" + "+t" * 150, 199, "too many parts"),
    ("t" * 501, 500, "too long: 501"),
    ("1" * 1_000_000, 500, "too long: 1000000"),
]  # fmt: skip

BAD_SEQUENCES = [
    ("", 0, "expression is missing"),
    ("3,,1", 2, "a number is missing"),
    ("3,2,", 4, "a number is missing"),
    (",1", 0, "a number is missing"),
    ("[]", 1, "a number is missing"),
    ("[1, 2", 5, "']' is missing"),
    ("1, 2]", 4, "']' cannot stand here"),
    ("1 2 3", 2, "operator is missing"),
    ("3, n, 1", 3, "has to be a number, without 'n'"),
    ("3, x, 1", 3, "unknown name 'x'"),
    ("3, 1/0", 5, "division by zero"),
    ("3,2,1 @", 7, "a number is missing"),
    ("3,2,1 @ 0.5", 8, "a whole number"),
    ("3,2,1 @ 1e10", 8, "a whole number"),
    ("3,2,1 @ 0 0", 10, "operator is missing"),
    ("3,2,1 @ 0, 1", 9, "a comma cannot stand here"),
    ("t", 0, "the variable here is 'n'"),
    ("1/n", 2, "infinite at n = 0"),
    ("u(n)/n", 5, "infinite at n = 0"),
    ("sqrt(n)", 5, "negative number for n < 0"),
    ("log(n) u(n)", 4, "logarithm of zero at n = 0"),
    ("rect(n/30000)", 0, "samples"),
    ("abs(sin(n))", 4, "changes sign cannot be found"),
    ("(-0.5)^(n/2)", 1, "not a real number"),
]


def refused(parse, text):
    with pytest.raises(InputError) as caught:
        parse(text)
    return caught.value


@pytest.mark.parametrize(("text", "position", "phrase"), BAD_SIGNALS)
def test_bad_signals(text, position, phrase):
    error = refused(parse_signal, text)
    assert phrase in error.problem
    assert error.position == position


@pytest.mark.parametrize(("text", "position", "phrase"), BAD_SEQUENCES)
def test_bad_sequences(text, position, phrase):
    error = refused(parse_sequence, text)
    assert phrase in error.problem
    assert error.position == position


def test_the_message_as_a_person_sees_it():
    with pytest.raises(InputError) as caught:
        parse_signal("2*rec(t)", "--h")
    shown = str(caught.value).splitlines()
    assert shown[:3] == ["--h: unknown name 'rec': did you mean 'rect'?", "  2*rec(t)", "    ^"]
    assert shown[3].startswith("accepted: numbers, pi, e")
    assert str(refused(parse_sequence, "1" * 10**6)).count("\n") == 3


ATTACKS = [
    "9**9**9**9",
    "9^9^9^9^9^9",
    "(9^9)^9^9",
    "((t^32)^32)^32",
    "t^(2^1000)",
    "1e308*1e308",
    "2^-9^99",
    "exp(exp(exp(exp(9))))",
    "__import__('os').system('true')",
    "().__class__.__bases__[0]",
    "exec('1')",
    "eval('1')",
    "open('/etc/passwd')",
    "lambda: 0",
    "[x for x in t]",
    "{t: 1}",
    "t if t else 1",
    "t := 3",
    "f'{t}'",
    "'a'*9**9",
    "t.__class__",
    "import os",
    "globals()",
    "%s%n",
    "${t}",
    "`t`",
    "\\x41",
    "(" * 400,
    "-" * 499,
    "u(" * 150,
    "piecewise(" * 50,
    "2^" * 249 + "2",
    "t" + "²" * 499,
    "1," * 249 + "1,",
    "((t))" * 100,
    "factorial(99999)",
    "t!",
    "10 000",
    "１２",
    "ｔ",
    "t\u200b",
    "\u202et",
    "𝐭",
    "т",
    "ⅷ",
    "٣",
    "²",
    "\ud800",
    "\x1b[31mt",
    "nan",
    "inf",
    "1e-999999999999",
    "0x10",
    "1_000",
    "None",
    "True",
    "1j",
    "@",
    "@1",
    "[[[[",
    "/dev/zero.npy",
    "/dev/random.csv",
    "../../../etc/passwd.csv",
    "\x00.csv",
    "x" * 10**6 + ".csv",
    ".csv",
    ".npy",
    "+".join(f"rect(t-{k})" for k in range(30)),
    "+".join(f"u(t^5-{k})" for k in range(28)),
    "*".join(f"(1+rect(t-{k}))" for k in range(22)),
    "u(sin(50t))*rect(t/20)",
    "abs(" * 49 + "t" + ")" * 49,
    "abs(1-" * 40 + "abs(t)" + ")" * 40,
    "(t+1)^32*0+(1-t)^32",
    "u((t-1)^16*(t-2)^16)",
    "1/(1+t^32)",
]


@pytest.mark.parametrize("text", ATTACKS, ids=range(len(ATTACKS)))
@pytest.mark.parametrize("parse", [parse_signal, parse_sequence])
def test_attacks_are_answered_at_once(parse, text):
    begun = time.process_time()
    try:
        parse(text)
    except InputError as error:
        str(error)
    # 0.1 s at most on a quiet machine, 50 ms for what is refused
    assert time.process_time() - begun < 0.5


WORDS = (
    "t n tau e pi u( rect( tri( ramp( gauss( sinc( delta( sin( cos( tan( exp( log( sqrt( abs( "
    "sign( min( max( piecewise( ( ) [ ] , : < <= > >= = + - * / ^ ** ² · 0 1 2 .5 1e3 1e-9 32 33 "
    "otherwise @ foo ' _ ."
)
VALID = [
    "2*exp(-t/2)*u(t)",
    "piecewise(0<=t<2: 1, 2<=t<4: 1/2)",
    "3*delta(2t-1)+rect(t^2)",
    "abs(sin(t))*rect(t/10)",
    "1/(1+t^2)",
    "max(0, 1-abs(t))^0.5",
    "gauss((t-50)/0.01)",
    "3,2,1 @ -1",
]
FUZZ = settings(max_examples=400, deadline=1000, suppress_health_check=[HealthCheck.too_slow])


def answers(text):
    """Only InputError may escape, and what is accepted has values."""
    for parse in (parse_signal, parse_sequence):
        try:
            found = parse(text)
        except InputError as error:
            refusal = error
        else:
            found.formula("t - tau")
            found.extent()
            continue
        assert refusal.position is None or 0 <= refusal.position <= len(text)
        assert str(refusal)


@FUZZ
@given(st.text(max_size=60))
def test_any_text_is_answered(text):
    answers(text)


@FUZZ
@given(st.lists(st.sampled_from(WORDS.split()), max_size=30), st.sampled_from(["", " "]))
def test_any_words_are_answered(words, between):
    answers(between.join(words))


@FUZZ
@given(st.sampled_from(VALID), st.integers(0, 2**32))
def test_any_slip_is_answered(text, seed):
    chance = random.Random(seed)
    letters = list(text)
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(letters))
        letters[at] = chance.choice("t()+-*/^,.:<>=0129 enux") if chance.random() < 0.5 else ""
    answers("".join(letters))
