"""Accuracy and time of the sliding product beside NumPy and SciPy: ``python -m bench.numerics``.

Errors are max|error| / max|y| against closed forms; times are the best of several runs on one core,
scaled to 1,000 values of t (quad is run for ten). The grid methods see |t| ≤ 20 and quad |τ| ≤ 40,
which is all there is but for the Lorentzian.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable

import numpy as np
from rich.console import Console
from rich.table import Table
from scipy import integrate, signal

from convmath import Signal, convolve_at, convolve_continuous, convolve_discrete, parse_signal
from convmath.arrays import FloatArray
from convmath.grid_frames import sweep_grid
from convmath.sequence import Sequence

Closed = Callable[[FloatArray], FloatArray]


def flagship(t: FloatArray) -> FloatArray:
    def rise(s: FloatArray) -> FloatArray:
        return -np.expm1(-np.maximum(s, 0) / 2)

    return 4 * (rise(t) - 0.5 * rise(t - 2) - 0.5 * rise(t - 4))


def fast_sine(t: FloatArray) -> FloatArray:
    w, s = 50 * math.pi, np.maximum(t, 0)
    return (w * np.exp(-s) + np.sin(w * s) - w * np.cos(w * s)) / (1 + w**2)


CASES: tuple[tuple[str, str, tuple[float, float], Closed], ...] = (
    ("2*exp(-t/2)*u(t)", "u(t) - 0.5u(t-2) - 0.5u(t-4)", (-2, 15), flagship),
    ("rect(t)", "rect(t)", (-2, 2), lambda t: np.maximum(0, 1 - np.abs(t))),
    ("exp(-t^2/2)", "exp(-t^2/2)", (-6, 6), lambda t: math.sqrt(math.pi) * np.exp(-(t**2) / 4)),
    ("exp(-abs(t))", "exp(-abs(t))", (-8, 8), lambda t: (1 + np.abs(t)) * np.exp(-np.abs(t))),
    ("1/(1+t^2)", "1/(1+t^2)", (-8, 8), lambda t: 2 * math.pi / (4 + t**2)),
    ("sin(50*pi*t)*u(t)", "exp(-t)*u(t)", (-1, 5), fast_sine),
)


def on_a_grid(
    h: Signal, x: Signal, t: FloatArray, step: float, convolve: Callable[..., FloatArray]
) -> FloatArray:
    """y by samples ``step`` apart, over all that 40 units of t hold."""
    tau = np.arange(-20.0, 20.0, step)
    y = step * convolve(h(tau), x(tau))
    return np.interp(t, 2 * tau[0] + step * np.arange(y.size), y)


def by_quad(h: Signal, x: Signal, t: FloatArray) -> FloatArray:
    """y by one scipy.integrate.quad per t, told the breakpoints."""

    def one(at: float) -> float:
        (a, b), (c, d) = h.support, x.support
        lo, hi = max(a, at - d, -40.0), min(b, at - c, 40.0)
        if lo >= hi:
            return 0.0
        points = [p for p in (*h.breakpoints, *(at - x.breakpoints)) if lo < p < hi]
        value, _ = integrate.quad(
            lambda tau: float(h(tau) * x(at - tau)), lo, hi, points=points or None, limit=1000
        )
        return float(value)

    return np.array([one(float(at)) for at in t])


METHODS: dict[str, tuple[int, Callable[[Signal, Signal, FloatArray], FloatArray]]] = {
    "convolve_at": (1000, convolve_at),
    "convolve_continuous (with drawing)": (
        1000,
        lambda h, x, t: convolve_continuous(h, x, t).output,
    ),
    "numpy.convolve, Δ = 2e-3": (
        1000,
        lambda h, x, t: on_a_grid(h, x, t, 2e-3, np.convolve),
    ),
    "scipy.signal.fftconvolve, Δ = 1e-4": (
        1000,
        lambda h, x, t: on_a_grid(h, x, t, 1e-4, signal.fftconvolve),
    ),
    "scipy.integrate.quad per t": (10, by_quad),
}


def best_of(runs: int, call: Callable[[], object]) -> float:
    """Shortest time of ``runs`` calls, in milliseconds."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return 1000 * min(times)


def continuous(console: Console) -> None:
    table = Table("h * x", "method", title="Continuous, 1,000 values of t")
    table.add_column("error", justify="right")
    table.add_column("ms", justify="right")
    for h_text, x_text, (lo, hi), closed in CASES:
        h, x = parse_signal(h_text), parse_signal(x_text)
        for name, (size, method) in METHODS.items():
            t = np.linspace(lo, hi, size)
            y = closed(t)
            error = np.abs(method(h, x, t) - y).max() / np.abs(y).max()
            runs = 5 if method is convolve_at else 1
            spent = best_of(runs, lambda m=method, h=h, x=x, t=t: m(h, x, t)) * 1000 / size
            table.add_row(f"{h_text} * {x_text}", name, f"{error:.1e}", f"{spent:.1f}")
        table.add_section()
    console.print(table)


def discrete(console: Console) -> None:
    rng = np.random.default_rng(1)
    table = Table("samples", title="Discrete, whole numbers")
    for heading in ("convolve_discrete, all products, ms", "numpy.convolve, ms", "difference"):
        table.add_column(heading, justify="right")
    for size in (10, 100, 1000):
        h, x = (Sequence(rng.integers(-99, 100, size)) for _ in range(2))
        frames = convolve_discrete(h, x, (0, 2 * size - 2))
        y = np.convolve(h.values, x.values)
        ours = best_of(3, lambda h=h, x=x, n=size: convolve_discrete(h, x, (0, 2 * n - 2)))
        theirs = best_of(3, lambda h=h, x=x: np.convolve(h.values, x.values))
        table.add_row(
            str(size), f"{ours:.2f}", f"{theirs:.3f}", str(int(np.abs(frames.output - y).max()))
        )
    console.print(table)


def grids(console: Console) -> None:
    rng = np.random.default_rng(1)
    table = Table("pixels", title="A 3 × 3 kernel over a picture, whole numbers")
    for heading in ("sweep_grid, all products, ms", "scipy.signal.correlate2d, ms", "difference"):
        table.add_column(heading, justify="right")
    w = rng.integers(-9, 10, (1, 1, 3, 3))
    for size in (16, 64, 256):
        x = rng.integers(0, 256, (1, size, size))
        y = signal.correlate2d(x[0], w[0, 0], "valid")
        ours = best_of(3, lambda x=x: sweep_grid(x, w))
        theirs = best_of(3, lambda x=x: signal.correlate2d(x[0], w[0, 0], "valid"))
        off = int(np.abs(sweep_grid(x, w).maps[0] - y).max())
        table.add_row(f"{size} × {size}", f"{ours:.2f}", f"{theirs:.2f}", str(off))
    console.print(table)


if __name__ == "__main__":
    page = Console(width=110)
    continuous(page)
    discrete(page)
    grids(page)
