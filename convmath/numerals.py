"""Numbers and variables as Typst mathematics."""

from __future__ import annotations

import re

__all__ = ["is_compound", "typst_negated", "typst_number", "typst_shifted"]


def typst_number(value: float, digits: int = 6) -> str:
    """A number as Typst mathematics, rounded to ``digits`` significant digits.

    Examples
    --------
    >>> typst_number(0.5), typst_number(3.0), typst_number(1.5e-7)
    ('0.5', '3', '1.5 dot 10^(-7)')
    """
    mantissa, _, exponent = f"{value:.{digits}g}".partition("e")
    return f"{mantissa} dot 10^({int(exponent)})" if exponent else mantissa


def is_compound(variable: str) -> bool:
    """Whether a Typst variable such as ``t - tau`` needs parentheses inside a product."""
    return re.fullmatch(r"\w+|\w+_\w+|\w+'+", variable.strip()) is None


def typst_negated(variable: str) -> str:
    """``-t``, ``-(t - tau)``, and ``t`` for ``-t``."""
    if is_compound(variable):
        inner = variable.strip().removeprefix("-")
        return inner if not is_compound(inner) else f"-({variable})"
    return f"-{variable}"


def typst_shifted(variable: str, delay: float) -> str:
    """``t - 2`` or ``t + 2``."""
    if delay == 0:
        return variable
    return f"{variable} {'-' if delay > 0 else '+'} {typst_number(abs(delay))}"
