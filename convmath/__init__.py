"""The numeric core: signals and sequences in, frames out. NumPy only; SciPy only to verify."""

from convmath.comparison import Comparison, LagStep, compare
from convmath.continuous import (
    ProductStep,
    SlidingProduct,
    convolve_continuous,
    correlate_continuous,
)
from convmath.discrete import SlidingSum, SumStep, convolve_discrete, correlate_discrete
from convmath.errors import DivergenceError, InputError
from convmath.expression import parse_sequence, parse_signal
from convmath.frames import Frames
from convmath.integral import area, convolve_at
from convmath.pairing import (
    AnySignal,
    Pairing,
    energy,
    is_symmetric,
    output_at,
    parse_pairings,
    slide_continuous,
    slide_discrete,
)
from convmath.random_vectors import (
    CrossCorrelationMatrix,
    Outcome,
    OutcomeStep,
    cross_correlation_matrix,
    parse_outcomes,
)
from convmath.riemann import BarStep, RiemannSums, riemann
from convmath.search import PatternSearch, SearchStep, find_pattern
from convmath.sequence import Sequence, SequenceRule
from convmath.series import as_signal
from convmath.signal import Impulse, Piece, Signal
from convmath.verify import Check, verify

__all__ = [
    "AnySignal",
    "BarStep",
    "Check",
    "Comparison",
    "CrossCorrelationMatrix",
    "DivergenceError",
    "Frames",
    "Impulse",
    "InputError",
    "LagStep",
    "Outcome",
    "OutcomeStep",
    "Pairing",
    "PatternSearch",
    "Piece",
    "ProductStep",
    "RiemannSums",
    "SearchStep",
    "Sequence",
    "SequenceRule",
    "Signal",
    "SlidingProduct",
    "SlidingSum",
    "SumStep",
    "area",
    "as_signal",
    "compare",
    "convolve_at",
    "convolve_continuous",
    "convolve_discrete",
    "correlate_continuous",
    "correlate_discrete",
    "cross_correlation_matrix",
    "energy",
    "find_pattern",
    "is_symmetric",
    "output_at",
    "parse_outcomes",
    "parse_pairings",
    "parse_sequence",
    "parse_signal",
    "riemann",
    "slide_continuous",
    "slide_discrete",
    "verify",
]
