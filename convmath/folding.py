"""A tree with its constants worked out, or refused: bounds that keep every later step quick."""

from __future__ import annotations

import math
from collections.abc import Callable

from convmath.polynomials import DEGREE
from convmath.syntax import (
    LARGEST,
    Binary,
    Call,
    Cases,
    Comparison,
    Constant,
    Negative,
    Node,
    Number,
    Syntax,
    Variable,
    start_of,
)

__all__ = ["folded"]

CONSTANTS = {"pi": math.pi, "e": math.e}
CARRIES_DEGREE = ("abs", "ramp", "tri", "min", "max")

VALUES: dict[str, Callable[[float], float]] = {
    "u": lambda a: float(a > 0),
    "rect": lambda a: float(abs(a) < 0.5),
    "tri": lambda a: max(0.0, 1 - abs(a)),
    "ramp": lambda a: max(0.0, a),
    "gauss": lambda a: math.exp(-a * a / 2),
    "sinc": lambda a: math.sin(math.pi * a) / (math.pi * a) if a else 1.0,
    "sign": lambda a: float(a > 0) - float(a < 0),
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "exp": math.exp,
    "log": math.log,
    "sqrt": math.sqrt,
    "abs": abs,
}
WHOLE_VALUES: dict[str, Callable[[float], float]] = {
    **VALUES,
    "u": lambda a: float(a >= 0),
    "rect": lambda a: float(-0.5 <= a < 0.5),
    "delta": lambda a: float(a == 0),
}


def folded(tree: Node, source: Syntax, *, discrete: bool = False) -> Node:
    """The tree with every constant part as one `Number`.

    Raises
    ------
    InputError
        For a division by zero, a constant that is not real or beyond 1e12, an exponent beyond 32,
        a degree beyond 32, an exponent that varies on a base that varies.
    """
    return _Folder(source, discrete).fold(tree)


class _Folder:
    def __init__(self, source: Syntax, discrete: bool) -> None:
        self.source = source
        self.values = WHOLE_VALUES if discrete else VALUES
        self.discrete = discrete
        self.degrees: dict[Node, float] = {}

    def fold(self, node: Node) -> Node:
        match node:
            case Number():
                return node
            case Constant():
                return Number(CONSTANTS[node.name], node.at)
            case Variable():
                return self.measured(node, 1)
            case Negative():
                inner = self.fold(node.inner)
                if isinstance(inner, Number):
                    return Number(-inner.value, node.at)
                return self.measured(Negative(inner, node.at), self.degree(inner))
            case Binary(sign="^"):
                return self.power(node)
            case Binary():
                return self.binary(node)
            case Call():
                return self.call(node)
            case Cases():
                return self.cases(node)

    def degree(self, node: Node) -> float:
        return self.degrees.get(node, 0)

    def measured(self, node: Node, degree: float) -> Node:
        """The node with its degree noted, if that is not too high."""
        if degree > DEGREE:
            self.source.fail(
                f"the degree is {degree:g}, which is too high", node.at, f"degrees up to {DEGREE}"
            )
        self.degrees[node] = degree
        return node

    def number(self, work: Callable[[], float], node: Node, problem: str) -> Number:
        """A constant worked out, if it is real and of ordinary size."""
        try:
            value = work()
        except OverflowError:
            value = math.inf
        except ValueError:
            value = math.nan
        if isinstance(value, complex) or math.isnan(value):
            self.source.fail(problem, node.at)
        if abs(value) > LARGEST:
            self.source.fail("this constant is too large", node.at, f"numbers up to {LARGEST:g}")
        return Number(value, start_of(node))

    def binary(self, node: Binary) -> Node:
        left, right = self.fold(node.left), self.fold(node.right)
        if node.sign == "/" and isinstance(right, Number) and right.value == 0:
            self.source.fail("this is a division by zero", start_of(node.right))
        if isinstance(left, Number) and isinstance(right, Number):
            a, b = left.value, right.value
            work = {
                "+": lambda: a + b,
                "-": lambda: a - b,
                "*": lambda: a * b,
                "/": lambda: a / b,
            }[node.sign]
            return self.number(work, node, "this is not a number")
        for one, other in ((left, right), (right, left)):
            if isinstance(one, Number) and one.value == 0:
                if node.sign == "*" or (node.sign == "/" and one is left):
                    return Number(0.0, start_of(node))
                if node.sign == "+" or (node.sign == "-" and one is right):
                    return other
        degrees = self.degree(left), self.degree(right)
        degree = sum(degrees) if node.sign in "*/" else max(degrees)
        return self.measured(Binary(node.sign, left, right, node.at), degree)

    def power(self, node: Binary) -> Node:
        base, exponent = self.fold(node.left), self.fold(node.right)
        if isinstance(exponent, Number):
            if abs(exponent.value) > DEGREE:
                self.source.fail(
                    "this exponent is too large",
                    start_of(node.right),
                    f"exponents from -{DEGREE} to {DEGREE}",
                )
            if isinstance(base, Number):
                return self.constant_power(node, base.value, exponent.value)
            degree = self.degree(base) * abs(exponent.value)
            return self.measured(Binary("^", base, exponent, node.at), degree)
        if not isinstance(base, Number):
            self.source.fail(
                "either the base or the exponent has to be a number", node.at, "t^2, 2^t, e^(-t)"
            )
        if base.value == 0 or (base.value < 0 and not self.discrete):
            self.source.fail(
                "the base of a varying exponent has to be positive", start_of(node.left)
            )
        return self.measured(Binary("^", base, exponent, node.at), 0)

    def constant_power(self, node: Binary, base: float, exponent: float) -> Node:
        if base == 0 and exponent < 0:
            self.source.fail("this is a division by zero", start_of(node.left))
        return self.number(lambda: base**exponent, node, "this power is not a real number")

    def call(self, node: Call) -> Node:
        arguments = tuple(self.fold(argument) for argument in node.arguments)
        values = [a.value for a in arguments if isinstance(a, Number)]
        if len(values) == len(arguments):
            if node.name in ("min", "max"):
                return Number(min(values) if node.name == "min" else max(values), node.at)
            if node.name not in self.values:
                self.source.fail(
                    "this impulse does not depend on the variable", node.at, "delta(t - 1)"
                )
            problem = f"'{node.name}' has no real value here"
            return self.number(lambda: self.values[node.name](values[0]), node, problem)
        degree = max(map(self.degree, arguments)) if node.name in CARRIES_DEGREE else 0
        return self.measured(Call(node.name, arguments, node.at), degree)

    def cases(self, node: Cases) -> Node:
        branches = tuple(
            (
                Comparison(tuple(map(self.fold, c.sides)), c.relations, c.at),
                self.fold(value),
            )
            for c, value in node.branches
        )
        otherwise = None if node.otherwise is None else self.fold(node.otherwise)
        values = [value for _, value in branches]
        values += [] if otherwise is None else [otherwise]
        return self.measured(Cases(branches, otherwise, node.at), max(map(self.degree, values)))
