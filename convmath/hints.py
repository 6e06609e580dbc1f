"""Where a smooth piece is concentrated, and how long its waves are: read off its arguments."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from convmath.polynomials import Polynomial, real_roots
from convmath.syntax import Binary, Call, Node, Number, children
from convmath.zeros import Span, affine, polynomial

__all__ = ["MOST", "hints", "period"]

MOST = 200
BELL = (-8.0, -5.0, -3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0, 5.0, 8.0)  # widths from a centre
DECAY = (1.0, 4.0, 16.0, 40.0)  # time constants from an edge


def hints(tree: Node, span: Span) -> list[float]:
    """Places inside ``span`` that quadrature must not step over, increasing, at most 200."""
    found = {h for h in _places(tree, span) if span.lo < h < span.hi}
    return sorted(found)[:MOST]


def period(tree: Node) -> float:
    """The longest period of a sine in the tree, zero where there is none."""
    own = 0.0
    if isinstance(tree, Call) and tree.name in ("sin", "cos", "tan"):
        line = affine(tree.arguments[0])
        own = abs(2 * math.pi / line[0]) if line else 0.0
    return max([own, *map(period, children(tree))])


def _places(node: Node, span: Span) -> Iterator[float]:
    match node:
        case Call(name="gauss" | "sinc", arguments=(argument,)):
            line = affine(argument)
            if line is not None:
                yield from _around(-line[1] / line[0], 1 / abs(line[0]))
        case Call(name="exp", arguments=(argument,)):
            yield from _of_exponential(polynomial(argument) or (), 1.0, span)
        case Binary(sign="^", left=Number(value=base), right=exponent) if base > 0:
            yield from _of_exponential(polynomial(exponent) or (), math.log(base), span)
        case Binary(sign="/", right=below):
            yield from _of_poles(polynomial(below) or ())
        case Binary(sign="^", left=base, right=Number(value=exponent)) if exponent < 0:
            yield from _of_poles(polynomial(base) or ())
    for child in children(node):
        yield from _places(child, span)


def _around(centre: float, width: float) -> list[float]:
    return [centre + k * width for k in BELL]


def _of_exponential(exponent: Polynomial, rate: float, span: Span) -> Iterator[float]:
    """Of e^(rate · exponent): around its peaks, or at a few time constants from the edges."""
    degree = len(exponent) - 1
    if degree < 1 or rate == 0:
        return
    width = abs(rate * exponent[-1]) ** (-1 / degree)
    if degree == 1:
        for edge, step in ((span.lo, width), (span.hi, -width)):
            if math.isfinite(edge):
                yield from (edge + k * step for k in DECAY)
    elif rate * exponent[-1] < 0 and degree % 2 == 0:
        slope = tuple(k * c for k, c in enumerate(exponent))[1:]
        for peak in real_roots(slope):
            yield from _around(peak, width)


def _of_poles(below: Polynomial) -> Iterator[float]:
    """Of 1/below: around the real part of each complex pole, as wide as its imaginary part."""
    if len(below) > 2 and all(map(math.isfinite, below)):
        for pole in np.roots(below[::-1]):
            if pole.imag > 0:
                yield from _around(float(pole.real), float(pole.imag))
