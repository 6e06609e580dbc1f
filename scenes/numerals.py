"""Numbers as a viewer reads them."""

from __future__ import annotations

import math

__all__ = ["brief", "decimals_for", "number", "short", "stripped"]


def number(value: float, decimals: int = 2) -> str:
    """A number as it is shown: fixed decimals, a true minus, never "−0.00"; an int is exact."""
    if isinstance(value, int) and not decimals:
        return str(value).replace("-", "−")
    if not math.isfinite(value):
        return "∞" if value > 0 else "−∞" if value < 0 else "–"
    text = f"{value:.{decimals}f}"
    return text.replace("-", "−" if float(text) else "")


def decimals_for(largest: float) -> int:
    """Decimals that tell values up to ``largest`` apart without running wide.

    Examples
    --------
    >>> decimals_for(2.5), decimals_for(250.0), decimals_for(0.004)
    (3, 1, 5)
    """
    if not largest > 0:
        return 3
    magnitude = math.floor(math.log10(largest))
    return max(3 - magnitude, 0) if magnitude >= 0 else min(max(3, 2 - magnitude), 6)


def brief(value: float, decimals: int = 3) -> str:
    """A number without trailing zeros: 3, 2.5, −0.333; a small one with two digits at least.

    Examples
    --------
    >>> brief(3.0), brief(-0.125), brief(2e-6), brief(float("inf"))
    ('3', '−0.125', '0.000002', '∞')
    """
    if 0 < abs(value) < 10.0**-decimals * 10:
        decimals = min(1 - math.floor(math.log10(abs(value))), 15)
    return stripped(number(value, decimals))


def short(value: float) -> str:
    """A number that has to fit in a cell: three digits, or all those of a whole number.

    Examples
    --------
    >>> short(-1), short(0.3333), short(-12.345), short(0.0125)
    ('−1', '0.33', '−12.3', '0.01')
    """
    if isinstance(value, int):
        return number(value, 0)
    return stripped(number(value, max(3 - len(str(int(abs(value)))), 0)))


def stripped(text: str) -> str:
    """A written number without the zeros that end its decimals.

    Examples
    --------
    >>> stripped("0.250"), stripped("3.00"), stripped("100")
    ('0.25', '3', '100')
    """
    return text.rstrip("0").rstrip(".") if "." in text else text
