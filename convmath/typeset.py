"""A tree as Typst mathematics, structured as it was understood."""

from __future__ import annotations

from typing import Literal

from convmath.numerals import is_compound, typst_number
from convmath.syntax import (
    Binary,
    Call,
    Cases,
    Comparison,
    Constant,
    Negative,
    Node,
    Number,
    Variable,
)

__all__ = ["typeset"]

Style = Literal["continuous", "discrete"]

SUM, PRODUCT, POWER, ATOM = range(4)  # how tightly a formula holds together
DIGITS = 12
PLAIN = {"sin", "cos", "tan", "log", "sinc", "min", "max", "sqrt", "abs"}  # names Typst sets itself


def typeset(tree: Node, variable: str, style: Style = "continuous") -> str:
    """Typst mathematics of a tree with ``variable`` in place of its variable.

    Examples
    --------
    >>> from convmath.syntax import Syntax
    >>> typeset(Syntax("2*exp(-t/2)*u(t)").expression(), "t - tau")
    '2 e^(-(t - tau) slash 2) u(t - tau)'
    """
    return _Setter(variable.strip(), style).set(tree)[0]


class _Setter:
    """The variable and the style one formula is set in; every method gives (Typst, tightness)."""

    def __init__(self, variable: str, style: Style) -> None:
        self.variable = variable
        self.style = style
        self.raised = False  # in an exponent a fraction is written with a slash

    def set(self, node: Node) -> tuple[str, int]:
        match node:
            case Number():
                text = typst_number(node.value, DIGITS)
                return text, PRODUCT if "dot" in text else ATOM
            case Constant():
                return node.name, ATOM
            case Variable():
                return self.variable, SUM if is_compound(self.variable) else ATOM
            case Negative():
                return f"-{self.within(node.inner, PRODUCT)}", SUM
            case Binary():
                return self.binary(node)
            case Call():
                return self.call(node)
            case Cases():
                return self.cases(node)

    def within(self, node: Node, tightness: int) -> str:
        """The node, in parentheses if it holds together less than ``tightness``."""
        text, held = self.set(node)
        return text if held >= tightness else f"({text})"

    def binary(self, node: Binary) -> tuple[str, int]:
        left, right = node.left, node.right
        if node.sign == "^":
            exponent = self.exponent(right)
            raised = exponent if exponent.isalnum() else f"({exponent})"
            return f"{self.within(left, ATOM)}^{raised}", POWER
        if node.sign in "*/" and isinstance(left, Negative):  # −t/2 is −(t/2) to the eye
            positive = Binary(node.sign, left.inner, right, node.at)
            return f"-{self.within(positive, PRODUCT)}", SUM
        if node.sign == "/":
            return self.quotient(left, right), PRODUCT
        if node.sign == "*":
            one, other = self.within(left, PRODUCT), self.within(right, PRODUCT)
            joint = " dot " if other[0].isdigit() or other.startswith("frac") else " "
            return f"{one}{joint}{other}", PRODUCT
        other, held = self.set(right)
        if held == SUM and (node.sign == "-" or other.startswith("-")):
            other = f"({other})"
        return f"{self.set(left)[0]} {node.sign} {other}", SUM

    def exponent(self, node: Node) -> str:
        """The node as it is set in an exponent."""
        before, self.raised = self.raised, True
        text = self.set(node)[0]
        self.raised = before
        return text

    def quotient(self, above: Node, below: Node) -> str:
        """``t slash 2`` in an exponent, otherwise a fraction."""
        if self.raised:
            return f"{self.within(above, PRODUCT)} slash {self.within(below, ATOM)}"
        return self.fraction(self.set(above)[0], self.set(below)[0])

    @staticmethod
    def fraction(above: str, below: str) -> str:
        """``t/2`` for two short words, otherwise ``frac(t - 1, 2)``."""
        if above.isalnum() and below.isalnum():
            return f"{above}/{below}"
        return f"frac({above}, {below})"

    def call(self, node: Call) -> tuple[str, int]:
        inside = ", ".join(self.set(argument)[0] for argument in node.arguments)
        if node.name == "exp":
            return f"e^({self.exponent(node.arguments[0])})", POWER
        if node.name == "gauss":
            before, self.raised = self.raised, True
            squared = f"{self.within(node.arguments[0], ATOM)}^2"
            self.raised = before
            return f"e^(-{squared} slash 2)", POWER
        if node.name in ("u", "delta"):
            opening, closing = "[]" if self.style == "discrete" else "()"
            return f"{node.name}{opening}{inside}{closing}", ATOM
        name = node.name if node.name in PLAIN else f'op("{node.name}")'
        return f"{name}({inside})", ATOM

    def cases(self, node: Cases) -> tuple[str, int]:
        rows = [
            f'{self.set(value)[0]} & "if" {self.comparison(condition)}'
            for condition, value in node.branches
        ]
        rest = "0" if node.otherwise is None else self.set(node.otherwise)[0]
        rows.append(f'{rest} & "otherwise"')
        return f"cases({', '.join(rows)})", SUM

    def comparison(self, condition: Comparison) -> str:
        words = [self.set(condition.sides[0])[0]]
        for relation, side in zip(condition.relations, condition.sides[1:], strict=True):
            words += [relation, self.set(side)[0]]
        return " ".join(words)
