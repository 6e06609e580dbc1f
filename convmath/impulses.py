"""The Dirac impulses of a tree: where they stand and what area they carry.

An impulse may be added, and multiplied by whatever is continuous where it stands:
f(t) δ(at − b) = f(b/a)/|a| · δ(t − b/a).
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from convmath.evaluate import raw
from convmath.signal import Impulse
from convmath.splitting import SplitError, Splitter
from convmath.syntax import Binary, Call, Negative, Node, Number, Syntax, children, start_of
from convmath.zeros import Span, affine, same

__all__ = ["impulses_of", "without_impulses"]

NEAR = 1e-6  # how far from an impulse its factor is looked at, relative to its position


def without_impulses(node: Node) -> Node:
    """The tree with zero in place of every impulse: the part that has values."""
    match node:
        case Call(name="delta"):
            return Number(0.0, node.at)
        case Negative():
            return replace(node, inner=without_impulses(node.inner))
        case Binary():
            return replace(
                node, left=without_impulses(node.left), right=without_impulses(node.right)
            )
        case _:
            return node


def impulses_of(tree: Node, source: Syntax, splitter: Splitter) -> tuple[Impulse, ...]:
    """The impulses of a folded tree, in order, one per position.

    Raises
    ------
    InputError
        Where an impulse is squared, divided by, inside a function, or on a jump of its factor.
    """
    found: list[Impulse] = []
    for impulse in sorted(_Finder(source, splitter).find(tree), key=lambda i: i.at):
        if found and same(found[-1].at, impulse.at):
            found[-1] = replace(found[-1], weight=found[-1].weight + impulse.weight)
        else:
            found.append(impulse)
    return tuple(i for i in found if i.weight != 0)


class _Finder:
    def __init__(self, source: Syntax, splitter: Splitter) -> None:
        self.source = source
        self.splitter = splitter

    def find(self, node: Node) -> list[Impulse]:
        match node:
            case Call(name="delta"):
                return [self.impulse(node)]
            case Negative():
                return [replace(i, weight=-i.weight) for i in self.find(node.inner)]
            case Binary(sign="+" | "-"):
                sign = 1 if node.sign == "+" else -1
                right = [replace(i, weight=sign * i.weight) for i in self.find(node.right)]
                return self.find(node.left) + right
            case Binary(sign="*" | "/"):
                return self.multiplied(node)
            case Binary(sign="^"):
                self.refuse(node, "a power of an impulse has no meaning")
            case Call():
                self.refuse(node, f"an impulse cannot stand inside '{node.name}'")
            case _:
                self.refuse(node, "an impulse cannot stand inside 'piecewise'")
        return []

    def impulse(self, node: Call) -> Impulse:
        line = affine(node.arguments[0])
        if line is None:
            self.source.fail(
                "an impulse needs an argument a t + b", start_of(node.arguments[0]), "delta(2t - 1)"
            )
        slope, offset = line
        return Impulse(0.0 - offset / slope, 1 / abs(slope))

    def multiplied(self, node: Binary) -> list[Impulse]:
        left, right = self.find(node.left), self.find(node.right)
        if left and right:
            self.source.fail("a product of impulses has no meaning", _first(node.right), None)
        if right and node.sign == "/":
            self.source.fail("a division by an impulse has no meaning", _first(node.right), None)
        factor = node.left if right else node.right
        weighed = []
        for impulse in left or right:
            value = self.value(factor, impulse.at, _first(node.right if right else node.left))
            if node.sign == "/" and value == 0:
                self.source.fail(
                    f"this is zero where an impulse stands, at {impulse.at:g}", start_of(factor)
                )
            weight = impulse.weight * value if node.sign == "*" else impulse.weight / value
            weighed.append(replace(impulse, weight=weight))
        return weighed

    def value(self, factor: Node, at: float, column: int) -> float:
        """The value of what multiplies an impulse, the same from the left and from the right."""
        left, right = (self.limit(factor, at, step) for step in (-1, 1))
        if not np.isfinite([left, right]).all():
            self.source.fail(f"what multiplies this impulse has no value at {at:g}", column, None)
        if abs(left - right) > 1e-9 * max(abs(left), abs(right)):
            self.source.fail(
                f"this impulse stands on a jump, at {at:g}, so its area is not known",
                column,
                "a factor that is continuous where the impulse stands",
            )
        return right

    def limit(self, factor: Node, at: float, step: int) -> float:
        """The limit at ``at`` from the left (step −1) or from the right (step 1)."""
        far = at + step * NEAR * max(1.0, abs(at))
        while True:
            try:
                tree = self.splitter.resolved(factor, Span(min(at, far), max(at, far)))
            except SplitError as split:
                far = min(split.points, key=lambda point: abs(point - at))
                continue
            with np.errstate(all="ignore"):
                return float(raw(tree)(np.array(at)))

    def refuse(self, node: Node, problem: str) -> None:
        if _first(node) >= 0:
            self.source.fail(
                problem, _first(node), "impulses added, or multiplied by what has values"
            )


def _first(node: Node) -> int:
    """The column of the first impulse inside, or −1."""
    if isinstance(node, Call) and node.name == "delta":
        return node.at
    columns = [column for child in children(node) if (column := _first(child)) >= 0]
    return min(columns, default=-1)
