"""From a tree to smooth pieces: on each interval, u, rect, abs, … are what they are there.

A tree is resolved on one open interval. Where a part of it changes inside (u at a zero of its
argument), it asks for the interval to be split there, and each side is resolved again. Factors
that are zero on an interval make the product zero, so the rest of the product is never evaluated
there.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple, NoReturn

import numpy as np

from convmath.errors import InputError
from convmath.evaluate import raw
from convmath.polynomials import polynomial_scale
from convmath.polynomials import value as value_of
from convmath.syntax import (
    Binary,
    Call,
    Cases,
    Comparison,
    Negative,
    Node,
    Number,
    Relation,
    Syntax,
    Variable,
    children,
    start_of,
)
from convmath.zeros import MOST, Span, UnknownZerosError, affine, polynomial, same, zeros

__all__ = ["SmoothPiece", "Splitter"]

EVERYWHERE = Span(-math.inf, math.inf)
SWITCHES = frozenset(
    "u rect tri ramp abs sign min max delta sqrt log tan".split()  # noqa: SIM905
)
FINDABLE = (
    "an argument that is a polynomial, as in u(t^2 - 1), or a sin, cos or exp of a t + b "
    "(sin and cos on a finite interval)"
)
Sign = Literal[-1, 0, 1]


class SplitError(Exception):
    """The interval has to be split at ``points`` first."""

    def __init__(self, points: set[float]) -> None:
        super().__init__(points)
        self.points = points


class SmoothPiece(NamedTuple):
    """A smooth tree on an open interval."""

    span: Span
    tree: Node

    @property
    def unproven(self) -> list[Node]:
        """The denominators whose zeros cannot be known exactly."""
        return [below for below in _denominators(self.tree) if not _are_known(below, self.span)]


class Splitter:
    """Resolves folded trees of one source.

    Parameters
    ----------
    source
        The text, for its errors.
    discrete
        Whether only whole numbers matter: then a point may have a value of its own.
    """

    def __init__(self, source: Syntax, *, discrete: bool = False) -> None:
        self.source = source
        self.discrete = discrete
        self.smooth: dict[Node, bool] = {}

    def pieces(self, tree: Node) -> tuple[list[SmoothPiece], list[float]]:
        """The pieces that are not zero, from left to right, and all the points between."""
        waiting, pieces, points = deque([EVERYWHERE]), [], []
        while waiting:
            span = waiting.popleft()
            if self.discrete and not _holds_whole(span):
                continue
            try:
                found = self.resolved(tree, span)
            except SplitError as split:
                inside = _distinct(split.points)
                points += inside
                if len(points) > MOST:
                    self.source.fail("there are too many breakpoints", 0, f"at most {MOST}")
                edges = [span.lo, *inside, span.hi]
                waiting.extendleft(Span(*ends) for ends in reversed(list(pairwise(edges))))
                continue
            if not _is_zero(found):
                pieces.append(SmoothPiece(span, found))
        return pieces, sorted(points)

    def resolved(self, node: Node, span: Span) -> Node:
        """The smooth tree that ``node`` is on ``span``, or SplitError."""
        if self.is_smooth(node):
            return node
        match node:
            case Negative():
                return _negative(self.resolved(node.inner, span), node.at)
            case Binary(sign="*"):
                parts = self._parts((node.left, node.right), span, absorbing=True)
                return parts[0] if len(parts) == 1 else _product(parts[0], parts[1], node.at)
            case Binary(sign="/"):
                return self._quotient(node, span)
            case Binary(sign="^"):
                return self._power(node, span)
            case Binary(sign="+" | "-" as sign):
                left, right = self._parts((node.left, node.right), span)
                return _sum(sign, left, right, node.at)
            case Cases():
                return self._chosen(node, span)
            case Call():
                return self._call(node, span)
            case _:
                return node

    def is_smooth(self, node: Node) -> bool:
        """Whether there is nothing to resolve in ``node``."""
        known = self.smooth.get(node)
        if known is None:
            match node:
                case Call():
                    plain = node.name not in SWITCHES
                case Binary():
                    plain = node.sign in "+-*" or _is_plain_quotient(node)
                case _:
                    plain = not isinstance(node, Cases)
            known = plain and all(map(self.is_smooth, children(node)))
            self.smooth[node] = known
        return known

    def _parts(self, nodes: Sequence[Node], span: Span, *, absorbing: bool = False) -> list[Node]:
        """Each node resolved; one zero alone if that absorbs the rest.

        All the splits are asked for at once, and before anything is refused: what is refused here
        may not matter on a smaller interval.
        """
        found: list[Node] = []
        points: set[float] = set()
        refused: InputError | None = None
        for node in nodes:
            try:
                found.append(self.resolved(node, span))
            except SplitError as split:
                points |= split.points
            except InputError as error:
                refused = refused or error
            else:
                if absorbing and _is_zero(found[-1]):
                    return [found[-1]]
        if points:
            raise SplitError(points)
        if refused is not None:
            raise refused
        return found

    def _sign(self, node: Node, span: Span, culprit: Node) -> Sign:
        """The sign of a smooth tree on ``span``; its zeros inside split the span."""
        if isinstance(node, Number):
            return _sign(node.value)
        if span.is_point:
            return _sign(_value(node, span.lo), _rounding(node, span.lo))
        try:
            inside = {z for z in zeros(node, span) if span.holds(z)}
        except UnknownZerosError:
            self._fail("where this changes sign cannot be found", culprit, FINDABLE)
        if inside:
            raise SplitError(inside)
        return _sign(_value(node, span.middle))

    def _fail(self, problem: str, culprit: Node, accepted: str | None = None) -> NoReturn:
        self.source.fail(problem, start_of(culprit), accepted)

    # Functions that change from place to place

    def _call(self, node: Call, span: Span) -> Node:
        arguments = self._parts(node.arguments, span)
        if node.name in ("min", "max"):
            return self._extreme(node, arguments, span)
        argument = arguments[0]
        match node.name:
            case "u" | "sign" | "delta" | "abs" | "ramp":
                return self._switched(node, argument, span)
            case "rect":
                edges = self._signs(node, argument, (0.5, -0.5), span)
                inside = edges[0] >= 0 if self.discrete else edges[0] > 0
                return Number(float(inside and edges[1] < 0), node.at)
            case "tri":
                return self._tent(node, argument, span)
            case "sqrt" | "log":
                self._refuse_negative(node, argument, span)
            case "tan":
                self._refuse_zeros(Call("cos", (argument,), node.at), node, span)
        return Call(node.name, (argument,), node.at)

    def _switched(self, node: Call, argument: Node, span: Span) -> Node:
        sign = self._sign(argument, span, node.arguments[0])
        match node.name:
            case "u":
                return Number(float(sign >= 0 if self.discrete else sign > 0), node.at)
            case "sign":
                return Number(float(sign), node.at)
            case "delta":
                return Number(float(sign == 0), node.at)
            case "ramp":
                return argument if sign > 0 else Number(0.0, node.at)
            case _:
                return argument if sign >= 0 else _negative(argument, node.at)

    def _signs(
        self, node: Call, argument: Node, offsets: Sequence[float], span: Span
    ) -> list[Sign]:
        """The signs of argument + offset for each offset, split at all their zeros at once."""
        signs: list[Sign] = []
        points: set[float] = set()
        for offset in offsets:
            moved = _sum("+", argument, Number(offset, node.at), node.at)
            try:
                signs.append(self._sign(moved, span, node.arguments[0]))
            except SplitError as split:
                points |= split.points
        if points:
            raise SplitError(points)
        return signs

    def _tent(self, node: Call, argument: Node, span: Span) -> Node:
        low, middle, high = self._signs(node, argument, (1.0, 0.0, -1.0), span)
        if low <= 0 or high >= 0:
            return Number(0.0, node.at)
        one = Number(1.0, node.at)
        return _sum("-" if middle >= 0 else "+", one, argument, node.at)

    def _extreme(self, node: Call, arguments: list[Node], span: Span) -> Node:
        best, origin = arguments[0], node.arguments[0]
        for other, culprit in zip(arguments[1:], node.arguments[1:], strict=True):
            sign = self._sign(_sum("-", other, best, node.at), span, origin)
            if (sign > 0) == (node.name == "max"):
                best, origin = other, culprit
        return best

    def _chosen(self, node: Cases, span: Span) -> Node:
        for condition, value in node.branches:
            if self._holds(condition, span):
                return self.resolved(value, span)
        if node.otherwise is None:
            return Number(0.0, node.at)
        return self.resolved(node.otherwise, span)

    def _holds(self, condition: Comparison, span: Span) -> bool:
        """Whether a condition is true on all of ``span``."""
        sides = self._parts(condition.sides, span)
        points: set[float] = set()
        for k, relation in enumerate(condition.relations):
            difference = _sum("-", sides[k], sides[k + 1], condition.at)
            try:
                sign = self._sign(difference, span, condition.sides[k])
            except SplitError as split:
                points |= split.points
            else:
                if not _is_true(relation, sign):
                    return False
        if points:
            raise SplitError(points)
        return True

    # Places where there is no value

    def _quotient(self, node: Binary, span: Span) -> Node:
        above, below = self._parts((node.left, node.right), span)
        if isinstance(below, Number):
            if below.value == 0:
                self._fail(f"this is zero {self._place(span)}: a division by zero", node.right)
            if isinstance(above, Number):
                return Number(above.value / below.value, node.at)
        if _is_zero(above):
            return above
        self._refuse_zeros(below, node.right, span, above)
        return Binary("/", above, below, node.at)

    def _power(self, node: Binary, span: Span) -> Node:
        base, exponent = self._parts((node.left, node.right), span)
        if not isinstance(exponent, Number):
            return Binary("^", base, exponent, node.at)
        if exponent.value < 0:
            self._refuse_zeros(base, node.left, span)
        if exponent.value != round(exponent.value):
            self._refuse_negative(node, base, span)
        if isinstance(base, Number):
            return Number(base.value**exponent.value, node.at)
        return Binary("^", base, exponent, node.at)

    def _refuse_zeros(
        self, below: Node, culprit: Node, span: Span, above: Node | None = None
    ) -> None:
        """Refuse a denominator with a zero on the closed span (or at a whole number)."""
        if isinstance(below, Number):
            if below.value == 0:
                self._fail(f"this is zero {self._place(span)}: a division by zero", culprit)
            return
        if span.is_point:
            found = [span.lo] if self._sign(below, span, culprit) == 0 else []
        else:
            try:
                found = zeros(below, span)
            except UnknownZerosError:
                return  # the samples of the piece will tell
        if self.discrete and not span.is_point:
            whole = {z for z in found if span.holds(z) and same(z, round(z))}
            if whole:
                raise SplitError(whole)
            return
        for zero in sorted(found, key=abs):
            if span.touches(zero):
                self._refuse_infinite(zero, culprit, above)

    def _refuse_infinite(self, zero: float, culprit: Node, above: Node | None) -> NoReturn:
        where = f"{self.source.variable} = {zero + 0.0:g}"
        if above is not None and abs(_value(above, zero)) <= max(1e-12, _rounding(above, zero)):
            self._fail(
                f"this is 0/0 at {where}", culprit, "sinc(t) for sin(pi t)/(pi t); cancel factors"
            )
        self._fail(f"this is infinite at {where}, where it divides by zero", culprit)

    def _refuse_negative(self, node: Call | Binary, argument: Node, span: Span) -> None:
        """Refuse a root or a logarithm where its argument is negative, as far as that is known."""
        origin = node.left if isinstance(node, Binary) else node.arguments[0]
        if not isinstance(argument, Number) and not span.is_point:
            try:
                found = zeros(argument, span)
            except UnknownZerosError:
                return  # the samples of the piece will tell
            if isinstance(node, Call) and node.name == "log" and not self.discrete:
                for zero in (z for z in found if same(z, span.lo) or same(z, span.hi)):
                    if self._sign(argument, span, origin) > 0:
                        self._fail(f"the logarithm is infinite at {self.source.variable} = "
                                  f"{zero + 0.0:g}", origin)  # fmt: skip
        sign = self._sign(argument, span, origin)
        is_log = isinstance(node, Call) and node.name == "log"
        if sign < 0 or (sign == 0 and is_log):
            name = "logarithm" if is_log else "root"
            kind = "a negative number" if sign < 0 else "zero"
            self._fail(
                f"this is the {name} of {kind} {self._place(span)}",
                origin,
                f"a factor that is zero there, such as u({self.source.variable})",
            )

    def _place(self, span: Span) -> str:
        """The span in words."""
        name = self.source.variable
        if span.is_point:
            return f"at {name} = {span.lo:g}"
        if span == EVERYWHERE:
            return "everywhere"
        if math.isinf(span.lo):
            return f"for {name} < {span.hi:g}"
        if math.isinf(span.hi):
            return f"for {name} > {span.lo:g}"
        return f"for {span.lo:g} < {name} < {span.hi:g}"


def _distinct(points: set[float]) -> list[float]:
    """Increasing, without those that differ only by rounding; whole numbers made exact."""
    found: list[float] = []
    for point in sorted(points):
        exact = float(round(point)) if same(point, round(point)) else point
        if not found or not same(exact, found[-1]):
            found.append(exact)
    return found


def _holds_whole(span: Span) -> bool:
    """Whether there is a whole number inside an open interval."""
    if math.isinf(span.lo) or math.isinf(span.hi):
        return True
    return math.floor(span.lo) + 1 <= math.ceil(span.hi) - 1


def _denominators(node: Node) -> Iterator[Node]:
    """What the tree divides by, the cosine of a tangent included."""
    match node:
        case Binary(sign="/", right=below) if not isinstance(below, Number):
            yield below
        case Binary(sign="^", left=below, right=Number(value=exponent)) if exponent < 0:
            yield below
        case Call(name="tan"):
            yield Call("cos", node.arguments, node.at)
    for child in children(node):
        yield from _denominators(child)


def _are_known(node: Node, span: Span) -> bool:
    try:
        zeros(node, span)
    except UnknownZerosError:
        return False
    return True


def _is_plain_quotient(node: Binary) -> bool:
    """Whether a quotient or power cannot fail: x / 2, x^2, 2^x."""
    if node.sign == "/":
        return isinstance(node.right, Number)
    if isinstance(node.right, Number):
        return node.right.value >= 0 and node.right.value == round(node.right.value)
    return True


def _is_zero(node: Node) -> bool:
    return isinstance(node, Number) and node.value == 0


def _is_true(relation: Relation, sign: Sign) -> bool:
    match relation:
        case "<":
            return sign < 0
        case "<=":
            return sign <= 0
        case ">":
            return sign > 0
        case ">=":
            return sign >= 0


def _sign(value: float, rounding: float = 0.0) -> Sign:
    if abs(value) <= rounding:
        return 0
    return 1 if value > 0 else -1 if value < 0 else 0


def _value(node: Node, t: float) -> float:
    found = polynomial(node)
    if found is not None:
        return value_of(found, t)
    with np.errstate(all="ignore"):
        return float(raw(node)(np.array(t, dtype=np.float64)))


def _rounding(node: Node, t: float) -> float:
    """How far from zero a value may be that stands for zero."""
    found = polynomial(node)
    return 1e-13 * (1.0 if found is None else polynomial_scale(found, t)) + 1e-15


def _negative(node: Node, at: int) -> Node:
    return Number(-node.value, at) if isinstance(node, Number) else Negative(node, at)


def _sum(sign: Literal["+", "-"], left: Node, right: Node, at: int) -> Node:
    if isinstance(left, Number) and isinstance(right, Number):
        value = left.value + right.value if sign == "+" else left.value - right.value
        return Number(value, at)
    one, other = _as_line(left), _as_line(right)
    if one and other:  # kept short, so that abs(1 - abs(1 - …)) does not grow
        step = 1 if sign == "+" else -1
        return _line(one[0] + step * other[0], one[1] + step * other[1], at)
    if _is_zero(right):
        return left
    if _is_zero(left):
        return right if sign == "+" else _negative(right, at)
    return Binary(sign, left, right, at)


def _as_line(node: Node) -> tuple[float, float] | None:
    return (0.0, node.value) if isinstance(node, Number) else affine(node)


def _line(slope: float, offset: float, at: int) -> Node:
    """The tree slope · t + offset, as short as possible."""
    if slope == 0:
        return Number(offset, at)
    line: Node = Variable(at)
    if slope != 1:
        line = Binary("*", Number(slope, at), line, at)
    return line if offset == 0 else Binary("+", line, Number(offset, at), at)


def _product(left: Node, right: Node, at: int) -> Node:
    if isinstance(left, Number) and isinstance(right, Number):
        return Number(left.value * right.value, at)
    for one, other in ((left, right), (right, left)):
        if isinstance(one, Number) and one.value == 1:
            return other
    return Binary("*", left, right, at)
