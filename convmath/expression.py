"""The front door: what a person types, as a `Signal` or a sequence.

The language
------------
Numbers, ``pi``, ``e``, ``+ - * / ^`` (or ``**``), parentheses and implied products (``2pi t``),
one variable, and

========== =====================================================================
u(t)       1 for t > 0, otherwise 0                (sequences: 1 for n ≥ 0)
rect(t)    1 for abs(t) < 1/2, otherwise 0         (sequences: for −1/2 ≤ n < 1/2)
tri(t)     1 − abs(t) for abs(t) < 1, otherwise 0
ramp(t)    t u(t)
gauss(t)   exp(−t²/2)
sinc(t)    sin(πt)/(πt)
sign(t)    −1, 0 or 1
delta(t)   the Dirac impulse                       (sequences: 1 for n = 0)
others     sin cos tan exp log sqrt abs, min and max of two or more
piecewise  ``piecewise(0<=t<2: 1, 2<=t<4: 1/2, otherwise 0)``: the first that holds
========== =====================================================================

``rect(n/N)`` has exactly N ones for every whole N.
"""

from __future__ import annotations

import math

import numpy as np

from convmath import files
from convmath.arrays import AnyArray, IntArray
from convmath.errors import InputError
from convmath.evaluate import HUGE, compiled, raw
from convmath.folding import folded
from convmath.hints import MOST as MOST_HINTS
from convmath.hints import hints, period
from convmath.impulses import impulses_of, without_impulses
from convmath.sampling import refuse_without_value
from convmath.sequence import LONGEST, Sequence, SequenceRule
from convmath.signal import Piece, Signal
from convmath.splitting import SmoothPiece, Splitter
from convmath.syntax import LARGEST, Node, Number, Syntax, Variable, children, start_of
from convmath.typeset import typeset
from convmath.zeros import Span, same

__all__ = ["parse_sequence", "parse_signal"]


def parse_signal(text: str, option: str | None = None, *, variable: str = "t") -> Signal:
    """A continuous signal from an expression, or from a ``.csv`` or ``.npy`` file.

    Parameters
    ----------
    text
        Such as ``2*exp(-t/2)*u(t)``, or a path.
    option
        What an error calls it, such as ``"--h"``.
    variable
        Its name in ``text``. ``t`` may also be written ``tau`` or ``τ``.

    Raises
    ------
    InputError
        Whatever is wrong with the text; nothing else.

    Examples
    --------
    >>> h = parse_signal("2*exp(-t/2)*u(t) + 3 delta(t - 1)")
    >>> h.support, h.impulses
    ((0.0, inf), (Impulse(at=1.0, weight=3.0),))
    >>> h.formula("tau")
    '2 e^(-tau slash 2) u(tau) + 3 delta(tau - 1)'
    """
    try:
        if files.is_file_name(text):
            return files.read_signal(text)
        return _signal(text, variable)
    except InputError as error:
        raise (error.named(option) if option else error) from None


def parse_sequence(
    text: str, option: str | None = None, *, variable: str = "n"
) -> Sequence | SequenceRule:
    """A discrete signal from a list, an expression, or a ``.csv`` or ``.npy`` file.

    A list is ``3,2,1`` or ``[3, 2, 1]``, from n = 0 on or as ``3,2,1 @ -1`` from n = −1 on. An
    expression without the variable is a list of one. An expression whose support is finite is a
    `Sequence`, any other a `SequenceRule`; both have ``support``, ``window(lo, hi)``, ``extent()``,
    ``flipped()``, ``text`` and ``formula(variable)``.

    Raises
    ------
    InputError
        Whatever is wrong with the text; nothing else.

    Examples
    --------
    >>> parse_sequence("3,2,1 @ -1").support
    (-1, 1)
    >>> parse_sequence("rect(n/4)").values, parse_sequence("delta(n - 2)").support
    (array([1, 1, 1, 1]), (2, 2))
    >>> parse_sequence("2^(-n) u(n)").window(-1, 2).values
    array([0.  , 1.  , 0.5 , 0.25])
    """
    try:
        if files.is_file_name(text):
            return files.read_sequence(text)
        source = Syntax(text, variable)
        return _listed(source) if source.is_list else _ruled(source)
    except InputError as error:
        raise (error.named(option) if option else error) from None


def _cleaned(text: str) -> str:
    return " ".join(text.split())


def _signal(text: str, variable: str) -> Signal:
    source = Syntax(text, variable)
    typed = source.expression()
    tree, splitter = folded(typed, source), Splitter(source)
    impulses = impulses_of(tree, source, splitter)
    found, _ = splitter.pieces(folded(without_impulses(tree), source))
    for piece in found:
        refuse_without_value(piece, source)
    return Signal(
        _pieces(found),
        impulses,
        tuple(sorted({h for p in found for h in hints(p.tree, p.span)})[:MOST_HINTS]),
        _cleaned(text),
        lambda name: typeset(typed, name),
        max((period(p.tree) for p in found), default=0.0),
    )


def _pieces(found: list[SmoothPiece]) -> tuple[Piece, ...]:
    return tuple(Piece(p.span.lo, p.span.hi, compiled(p.tree)) for p in found)


def _listed(source: Syntax) -> Sequence:
    entries, start = source.listed()
    values = [_constant(entry, source) for entry in entries]
    first = 0.0 if start is None else _constant(start, source)
    if start is not None and (first != round(first) or abs(first) > 1e9):
        source.fail("the first index has to be a whole number", start_of(start), "3, 2, 1 @ -1")
    return Sequence(values, int(first), _cleaned(source.text))


def _constant(entry: Node, source: Syntax) -> float:
    varying = _first_variable(entry)
    if varying is not None:
        source.fail(
            f"an entry of a list has to be a number, without '{source.variable}'",
            varying.at,
            "3, 2, 1 or 1/2, 1/3 @ -1",
        )
    number = folded(entry, source, discrete=True)
    if not isinstance(number, Number):
        source.fail("an entry of a list has to be a number", start_of(entry), "3, 2, 1")
    return number.value


def _first_variable(node: Node) -> Variable | None:
    if isinstance(node, Variable):
        return node
    found = (_first_variable(child) for child in children(node))
    return next((variable for variable in found if variable is not None), None)


def _ruled(source: Syntax) -> Sequence | SequenceRule:
    typed = source.expression()
    if _first_variable(typed) is None:
        return Sequence([_constant(typed, source)], 0, _cleaned(source.text))
    tree, splitter = folded(typed, source, discrete=True), Splitter(source, discrete=True)
    pieces, points = splitter.pieces(tree)
    for piece in pieces:
        refuse_without_value(piece, source, discrete=True)
    whole = [p for p in points if same(p, round(p)) and abs(p) <= LARGEST]
    rule = _Rule(pieces, {round(p): _at_point(tree, p, source, splitter) for p in whole})
    name = _cleaned(source.text)

    def notation(variable: str) -> str:
        return typeset(typed, variable, "discrete")

    lo, hi = rule.support
    if math.isinf(lo) or math.isinf(hi):
        return SequenceRule(rule.support, rule, name, notation, rule.shown())
    if hi - lo >= LONGEST:
        source.fail(f"this has {hi - lo + 1:g} samples", 0, f"at most {LONGEST}, or no end at all")
    return Sequence(rule(np.arange(lo, hi + 1, dtype=np.int64)), int(lo), name, notation)


def _at_point(tree: Node, n: float, source: Syntax, splitter: Splitter) -> float:
    """The value of a sequence at a point where its pieces meet."""
    found = splitter.resolved(tree, Span(float(round(n)), float(round(n))))
    with np.errstate(all="ignore"):
        value = float(raw(found)(np.array(float(round(n)))))
    if not abs(value) < HUGE:
        source.fail(f"this has no value at {source.variable} = {n:g}", start_of(found), None)
    return value


class _Rule:
    """Values at whole n: those of the pieces, and of their own at the points between."""

    def __init__(self, pieces: list[SmoothPiece], points: dict[int, float]) -> None:
        self.signal = Signal(
            _pieces(pieces), period=max((period(p.tree) for p in pieces), default=0.0)
        )
        self.points = points

    def __call__(self, n: IntArray) -> AnyArray:
        values = self.signal(n)
        for point, value in self.points.items():
            values[n == point] = value
        return values

    @property
    def support(self) -> tuple[float, float]:
        """The first and the last whole n that may be other than zero; (0, 0) if there is none."""
        own = [point for point, value in self.points.items() if value != 0]
        ends: list[float] = [float(point) for point in own]
        for piece in self.signal.pieces:
            ends.append(piece.start if math.isinf(piece.start) else math.floor(piece.start) + 1)
            ends.append(piece.stop if math.isinf(piece.stop) else math.ceil(piece.stop) - 1)
        lo, hi = (min(ends), max(ends)) if ends else (0, 0)
        return lo if math.isinf(lo) else int(lo), hi if math.isinf(hi) else int(hi)

    def shown(self) -> tuple[int, int]:
        """The window worth showing: that of the pieces, and the points with a value."""
        own = [point for point, value in self.points.items() if value != 0]
        lo, hi = self.signal.extent()
        return min([math.ceil(lo), *own]), max([math.floor(hi), *own])
