"""Numbers as a viewer reads them."""

from __future__ import annotations

import math

__all__ = ["brief", "number"]


def number(value: float, decimals: int = 2) -> str:
    """A number as it is shown: fixed decimals, a true minus, never "−0.00"."""
    if not math.isfinite(value):
        return "∞" if value > 0 else "−∞" if value < 0 else "–"
    text = f"{value:.{decimals}f}"
    return text.replace("-", "−" if float(text) else "")


def brief(value: float, decimals: int = 2) -> str:
    """A number without trailing zeros: 3, 2.5, −0.33.

    Examples
    --------
    >>> brief(3.0), brief(-0.125), brief(float("inf"))
    ('3', '−0.12', '∞')
    """
    text = number(value, decimals)
    return text.rstrip("0").rstrip(".") if "." in text else text
