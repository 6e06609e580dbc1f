"""The numeric core: signals and sequences in, frames out. NumPy only; SciPy only to verify."""

from convmath.channel_checks import verify_channels
from convmath.channels import (
    ChannelStep,
    ChannelSums,
    ConvolutionAndLayer,
    convolution_and_layer,
    convolve_channels,
    correlate_channels,
    stacked,
)
from convmath.commute import CommutedProduct, CommutedStep, convolve_both_orders
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
from convmath.layer import (
    Activation,
    LayerMatrix,
    NeuronStep,
    convolutional_layer,
    verify_layer,
    weight_counts,
)
from convmath.matrix import MatrixMode, convolution_matrix, correlation_matrix
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
from convmath.rows import parse_row, parse_rows
from convmath.search import PatternSearch, SearchStep, find_pattern
from convmath.sequence import Sequence, SequenceRule
from convmath.series import as_signal
from convmath.signal import Impulse, Piece, Signal
from convmath.training import TrainingRuns, TrainingStep, train
from convmath.verify import Check, verify

__all__ = [
    "Activation",
    "AnySignal",
    "BarStep",
    "ChannelStep",
    "ChannelSums",
    "Check",
    "CommutedProduct",
    "CommutedStep",
    "Comparison",
    "ConvolutionAndLayer",
    "CrossCorrelationMatrix",
    "DivergenceError",
    "Frames",
    "Impulse",
    "InputError",
    "LagStep",
    "LayerMatrix",
    "MatrixMode",
    "NeuronStep",
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
    "TrainingRuns",
    "TrainingStep",
    "area",
    "as_signal",
    "compare",
    "convolution_and_layer",
    "convolution_matrix",
    "convolutional_layer",
    "convolve_at",
    "convolve_both_orders",
    "convolve_channels",
    "convolve_continuous",
    "convolve_discrete",
    "correlate_channels",
    "correlate_continuous",
    "correlate_discrete",
    "correlation_matrix",
    "cross_correlation_matrix",
    "energy",
    "find_pattern",
    "is_symmetric",
    "output_at",
    "parse_outcomes",
    "parse_pairings",
    "parse_row",
    "parse_rows",
    "parse_sequence",
    "parse_signal",
    "riemann",
    "slide_continuous",
    "slide_discrete",
    "stacked",
    "train",
    "verify",
    "verify_channels",
    "verify_layer",
    "weight_counts",
]
