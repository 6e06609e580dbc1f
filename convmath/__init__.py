"""The numeric core: signals and sequences in, frames out. NumPy only; SciPy only to verify."""

from convmath.continuous import (
    ProductStep,
    SlidingProduct,
    convolve_continuous,
    correlate_continuous,
)
from convmath.copies import CopyStep, WeightedCopies, verify_copies, weigh_copies
from convmath.discrete import SlidingSum, SumStep, convolve_discrete, correlate_discrete
from convmath.errors import DivergenceError, InputError
from convmath.expression import parse_numbers, parse_sequence, parse_signal
from convmath.frames import Frames
from convmath.integral import area, convolve_at
from convmath.riemann import BarStep, RiemannSums, riemann
from convmath.sequence import Sequence, SequenceRule
from convmath.series import as_signal
from convmath.signal import Impulse, Piece, Signal
from convmath.verify import Check, verify

__all__ = [
    "BarStep",
    "Check",
    "CopyStep",
    "DivergenceError",
    "Frames",
    "Impulse",
    "InputError",
    "Piece",
    "ProductStep",
    "RiemannSums",
    "Sequence",
    "SequenceRule",
    "Signal",
    "SlidingProduct",
    "SlidingSum",
    "SumStep",
    "WeightedCopies",
    "area",
    "as_signal",
    "convolve_at",
    "convolve_continuous",
    "convolve_discrete",
    "correlate_continuous",
    "correlate_discrete",
    "parse_numbers",
    "parse_sequence",
    "parse_signal",
    "riemann",
    "verify",
    "verify_copies",
    "weigh_copies",
]
