"""The numeric core: signals and sequences in, frames out. NumPy only; SciPy only to verify."""

from convmath.continuous import (
    ProductStep,
    SlidingProduct,
    convolve_continuous,
    correlate_continuous,
)
from convmath.discrete import SlidingSum, SumStep, convolve_discrete, correlate_discrete
from convmath.errors import DivergenceError, InputError
from convmath.frames import Frames
from convmath.integral import area, convolve_at
from convmath.sequence import Sequence, SequenceRule
from convmath.signal import Impulse, Piece, Signal

__all__ = [
    "DivergenceError",
    "Frames",
    "Impulse",
    "InputError",
    "Piece",
    "ProductStep",
    "Sequence",
    "SequenceRule",
    "Signal",
    "SlidingProduct",
    "SlidingSum",
    "SumStep",
    "area",
    "convolve_at",
    "convolve_continuous",
    "convolve_discrete",
    "correlate_continuous",
    "correlate_discrete",
]
