"""The signals of the explainer flip-and-shift, and their convolution, as closed forms.

y follows from ∫₀ˢ 2 exp(−τ/2) dτ = 4 (1 − exp(−s/2)), once for each step of x.
"""

from __future__ import annotations

import math
import os

__all__ = ["FIRST", "LAST", "SECONDS", "h", "x", "y"]

SECONDS = float(os.environ.get("BENCH_SECONDS", "8"))
FIRST, LAST = -2.0, 15.0
"""First and last t of the slide."""


def h(t: float) -> float:
    """The signal that stays."""
    return 2 * math.exp(-t / 2) if t >= 0 else 0.0


def x(t: float) -> float:
    """The signal that slides."""
    return (t >= 0) - 0.5 * (t >= 2) - 0.5 * (t >= 4)


def y(t: float) -> float:
    """The output."""

    def rise(s: float) -> float:
        return 4 * (1 - math.exp(-s / 2)) if s > 0 else 0.0

    return rise(t) - 0.5 * rise(t - 2) - 0.5 * rise(t - 4)
