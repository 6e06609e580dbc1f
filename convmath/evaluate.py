"""A smooth tree as a vectorised function of t."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from convmath.arrays import FloatArray
from convmath.syntax import Binary, Call, Cases, Constant, Negative, Node, Number, Variable

__all__ = ["HUGE", "compiled", "raw"]

HUGE = 1e300  # magnitudes saturate here
LOG_HUGE = math.log(HUGE)

Function = Callable[[FloatArray], FloatArray]
Logarithmic = tuple[FloatArray, FloatArray]  # sign and logarithm of the magnitude

UNARY: dict[str, Function] = {
    "sin": np.sin,
    "cos": np.cos,
    "tan": np.tan,
    "exp": np.exp,
    "sinc": np.sinc,
    "abs": np.abs,
    # Where a piece ends at a zero of the argument, rounding may carry it just below zero.
    "sqrt": lambda a: np.sqrt(np.where(np.abs(a) < 1e-12, np.abs(a), a)),
    "log": np.log,
    "gauss": lambda a: np.exp(-a * a / 2),
}


def compiled(tree: Node) -> Function:
    """The values of a tree without jumps or kinks; never NaN, magnitudes up to 1e300.

    Where plain arithmetic overflows (t^32 · exp(−t) at t = 1e12 is inf · 0), the values are
    worked out again in logarithms.
    """
    function = raw(tree)

    def values(t: FloatArray) -> FloatArray:
        t = np.asarray(t, dtype=np.float64)
        with np.errstate(all="ignore"):
            found = function(t)
            wrong = ~(np.abs(found) <= HUGE)
            if wrong.any():
                found = np.array(found)
                found[wrong] = _saturated(tree, t[wrong])
        return found

    return values


def raw(tree: Node) -> Function:
    """The values of a tree in plain floating-point arithmetic, with inf and NaN, shaped as t."""
    match tree:
        case Number():
            number = np.float64(tree.value)
            return lambda t: number + np.zeros_like(t)
        case Variable():
            return lambda t: t
        case Negative():
            inner = raw(tree.inner)
            return lambda t: -inner(t)
        case Binary():
            return _binary(tree)
        case Call():
            function, argument = UNARY[tree.name], raw(tree.arguments[0])
            return lambda t: function(argument(t))
        case Constant() | Cases():
            raise AssertionError("constants are folded and cases resolved before evaluation")


def _binary(tree: Binary) -> Function:
    left, right = raw(tree.left), raw(tree.right)
    if tree.sign == "+":
        return lambda t: left(t) + right(t)
    if tree.sign == "-":
        return lambda t: left(t) - right(t)
    if tree.sign == "*":
        return lambda t: left(t) * right(t)
    if tree.sign == "/":
        return lambda t: left(t) / right(t)
    if isinstance(tree.right, Number) and tree.right.value != round(tree.right.value):
        root = tree.right.value
        return lambda t: _root(left(t), root)
    if isinstance(tree.right, Number):
        whole = int(tree.right.value)
        return lambda t: left(t) ** whole
    return lambda t: np.power(left(t), right(t))


def _root(base: FloatArray, exponent: float) -> FloatArray:
    """A fractional power; a base that rounding carries just below zero counts as its magnitude."""
    raised: FloatArray = np.power(np.where(np.abs(base) < 1e-12, np.abs(base), base), exponent)
    return raised


def _saturated(tree: Node, t: FloatArray) -> FloatArray:
    sign, log = _logarithmic(tree, t)
    values = np.nan_to_num(sign) * np.exp(np.minimum(np.nan_to_num(log, nan=-np.inf), LOG_HUGE))
    return np.clip(values, -HUGE, HUGE)


def _logarithmic(tree: Node, t: FloatArray) -> Logarithmic:
    """Sign and log-magnitude (n,) of the values at ``t`` (n,)."""
    match tree:
        case Negative():
            sign, log = _logarithmic(tree.inner, t)
            return -sign, log
        case Call(name="exp"):
            return np.ones_like(t), _exponent(tree.arguments[0], t)
        case Call(name="gauss"):
            _, log = _logarithmic(tree.arguments[0], t)
            return np.ones_like(t), -np.exp(np.minimum(2 * log, LOG_HUGE)) / 2
        case Binary(sign="*" | "/"):
            (s1, l1), (s2, l2) = _logarithmic(tree.left, t), _logarithmic(tree.right, t)
            return s1 * s2, l1 + l2 if tree.sign == "*" else l1 - l2
        case Binary(sign="+" | "-"):
            (s1, l1), (s2, l2) = _logarithmic(tree.left, t), _logarithmic(tree.right, t)
            top = np.maximum(np.maximum(l1, l2), -LOG_HUGE)
            total = s1 * np.exp(l1 - top) + (s2 if tree.sign == "+" else -s2) * np.exp(l2 - top)
            return np.sign(total), top + np.log(np.abs(total))
        case Binary(sign="^"):
            return _power(tree, t)
        case _:
            values = raw(tree)(t)
            return np.sign(values), np.log(np.abs(values))


def _power(tree: Binary, t: FloatArray) -> Logarithmic:
    sign, log = _logarithmic(tree.left, t)
    exponent = _exponent(tree.right, t)
    return np.where(np.mod(exponent, 2) == 0, 1.0, sign), exponent * log


def _exponent(tree: Node, t: FloatArray) -> FloatArray:
    """The value of an exponent, saturated so that it can be multiplied and compared."""
    sign, log = _logarithmic(tree, t)
    return sign * np.exp(np.minimum(log, LOG_HUGE))
