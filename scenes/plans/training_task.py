"""What two layers are to learn, and how: the choices of a user, refused where they cannot work."""

from __future__ import annotations

import math
from functools import cached_property

import numpy as np
from pydantic import Field

from convmath import InputError, Sequence, TrainingRuns, parse_sequence, train
from convmath.arrays import FloatArray
from convmath.training import curvatures, rate_limit, settling_steps
from convmath.verify_training import verify_training
from scenes.numerals import brief
from scenes.parameters import Parameters, SequenceText
from scenes.wording import numbered

__all__ = ["TrainingParameters", "TrainingTask"]

_FEWEST_TAPS, _MOST_TAPS = 2, 6
_LONGEST = 60  # samples of the input
_MOST_STEPS = 2000
_PATIENCE = 500  # steps that a rate of the plan's own choice may take
_SIZES = (0.1, 50.0)  # of the largest number in a list
_SHARES = (0.1, 0.25, 0.5)  # of the largest rate, tried in this order


class TrainingParameters(Parameters):
    """The kernel to be learned, the data, and the descent."""

    kernel: SequenceText = Field(
        "1, 0.6, 0.3, -0.2", description="the kernel that made the wanted output: 2 to 6 numbers"
    )
    signal: SequenceText | None = Field(
        None, description="the input, up to 60 numbers (drawn at random if not given)"
    )
    length: int | None = Field(
        None,
        ge=3,
        le=_LONGEST,
        description="samples of an input drawn at random, 3 to 60 (20 if not given)",
    )
    start: SequenceText | None = Field(
        None, description="the kernel that both layers start from (drawn at random if not given)"
    )
    noise: float = Field(
        0.01,
        ge=0,
        le=10,
        allow_inf_nan=False,
        description="standard deviation of what is added to the wanted output, 0 to 10",
    )
    seed: int = Field(
        84, ge=0, le=2**32 - 1, description="of all that is drawn at random, a whole number from 0"
    )
    steps: int | None = Field(
        None,
        ge=10,
        le=_MOST_STEPS,
        description="steps of gradient descent, 10 to 2000 (as many as are needed if not given)",
    )
    rate: float | None = Field(
        None,
        allow_inf_nan=False,
        description="the training rate, above 0 (a tenth of the largest if not given)",
    )


class TrainingTask:
    """The data, the start, the rate and the number of steps."""

    def __init__(self, parameters: TrainingParameters) -> None:
        self.parameters = parameters

    @cached_property
    def kernel(self) -> FloatArray:
        """(n_k,) the kernel to be learned."""
        taps = _row("--kernel", self.parameters.kernel)
        if not _FEWEST_TAPS <= taps.size <= _MOST_TAPS:
            raise InputError(
                f"a kernel of {numbered(taps.size, 'tap')} cannot be shown",
                typed=self.parameters.kernel,
                option="--kernel",
                accepted=f"{_FEWEST_TAPS} to {_MOST_TAPS} numbers, such as 3, 2, 1",
            )
        return taps

    @cached_property
    def signal(self) -> FloatArray:
        """(n_x,) the input."""
        given, length = self.parameters.signal, self.parameters.length
        if given is None:
            return self._drawn(0, length or 20)
        if length is not None:
            raise InputError(
                "a signal that is given has its own length",
                typed=str(length),
                option="--length",
                accepted="either --signal or --length",
            )
        row = _row("--signal", given)
        if row.size > _LONGEST:
            raise InputError(
                f"{row.size} samples are too many to be shown",
                typed=given,
                option="--signal",
                accepted=f"at most {_LONGEST} numbers",
            )
        return row

    @cached_property
    def start(self) -> FloatArray:
        """(n_k,) the kernel that both layers start from."""
        given, taps = self.parameters.start, self.kernel.size
        if given is None:
            return self._drawn(1, taps, 0.5) * float(np.abs(self.kernel).max())
        row = _row("--start", given, may_vanish=True)
        if row.size != taps:
            raise InputError(
                f"the start has {numbered(row.size, 'number')}, but the kernel has {taps}",
                typed=given,
                option="--start",
                accepted=f"{taps} numbers",
            )
        return row

    @cached_property
    def noise(self) -> FloatArray:
        """(n_y,) what is added to the wanted output."""
        n = max(self.signal.size - self.kernel.size + 1, 0)
        return self.parameters.noise * self._random(2).standard_normal(n)

    def _drawn(self, stream: int, size: int, deviation: float = 1.0) -> FloatArray:
        """Normal numbers (size,) with two decimals: what is seen is what is used."""
        return (deviation * self._random(stream).standard_normal(size)).round(2)

    def _random(self, stream: int) -> np.random.Generator:
        return np.random.default_rng([self.parameters.seed, stream])

    @cached_property
    def _curvatures(self) -> FloatArray:
        """(n_k,) eigenvalues of the Hessian, ascending."""
        signal, taps = self.signal, self.kernel.size
        try:
            return curvatures(signal, taps)
        except InputError as error:
            error.option, error.typed = self._data_option
            raise error from None

    @property
    def _data_option(self) -> tuple[str, str]:
        """The option that the input comes from, and what was typed there."""
        given = self.parameters.signal
        return ("--length", f"{self.signal.size}") if given is None else ("--signal", given)

    def _needed(self, rate: float) -> int:
        """Steps that suffice."""
        return settling_steps(self.signal, self.kernel, self.start, rate=rate, noise=self.noise)

    @cached_property
    def rate(self) -> float:
        """The training rate: a tenth of the largest, or more where that would take too long."""
        low, high = self._curvatures[[0, -1]].tolist()
        chosen = self.parameters.rate
        if chosen is not None:
            return chosen
        rates = [_rounded_down(share * 2.0 / high) for share in _SHARES]
        patient = (rate for rate in rates if self._needed(rate) <= _PATIENCE)
        return next(patient, 2.0 / (low + high))

    @cached_property
    def steps(self) -> int:
        """As many as asked for, or enough to learn the kernels to 1e-6, or a few more."""
        needed = self._needed(self.rate)
        if not needed:
            raise InputError(
                "both layers start with the kernel that they are to learn",
                typed=self.parameters.start,
                option="--start",
                accepted="another kernel",
            )
        if needed > _MOST_STEPS:
            raise self._too_slow(needed)
        return self.parameters.steps or min(max(20 * math.ceil(needed / 20), 40), _MOST_STEPS)

    def _too_slow(self, needed: int) -> InputError:
        """The rate is to blame if another one would do, otherwise the data."""
        low, high = self._curvatures[[0, -1]].tolist()
        rate = _rounded_down(2.0 / (low + high))
        problem = f"to learn the kernels to six decimals would take {needed:,} steps"
        if self.parameters.rate is not None and self._needed(rate) <= _MOST_STEPS:
            return InputError(
                f"at this rate, {problem}",
                typed=f"{self.rate:g}",
                option="--rate",
                accepted=f"a rate near {rate:g}, for which {self._needed(rate)} steps are "
                "enough, or none: then it is chosen",
            )
        option, typed = self._data_option
        return InputError(
            f"from this signal, {problem}: it hardly tells some taps apart",
            typed=typed,
            option=option,
            accepted="a longer signal, one that varies more, or another --seed",
        )

    def _largest_rate(self) -> float:
        """The largest rate, in hundredths of 2/λ, for which the steps can suffice."""
        limit = rate_limit(self.signal, self.kernel.size)
        rates = (_rounded_down(limit * share / 100, 3) for share in range(99, 0, -1))
        return next((rate for rate in rates if self._needed(rate) <= _MOST_STEPS), self.rate)

    def run(self) -> TrainingRuns:
        """Both runs; refuses those that end before the kernels are learned."""
        if not 0 < self.rate < rate_limit(self.signal, self.kernel.size):
            raise self._diverging()
        frames = train(
            self.signal,
            self.kernel,
            self.start,
            rate=self.rate,
            steps=self.steps,
            noise=self.noise,
        )
        unlearned = [c.value for c in verify_training(frames)[:3] if not c.passed]
        if unlearned:
            raise self._unlearned(float(frames.difference[-1]), max(unlearned))
        return frames

    def _diverging(self) -> InputError:
        high = float(self._curvatures[-1])
        problem = "at this rate every step goes too far, and the losses do not settle"
        return InputError(
            problem if self.rate > 0 else "a rate must be greater than 0",
            typed=f"{self.rate:g}",
            option="--rate",
            accepted=f"above 0, up to {self._largest_rate():g}: the descent converges below 2/λ = "
            f"{2 / high:.4g}, where λ = {high:.4g} is the largest eigenvalue of the Hessian",
        )

    def _unlearned(self, difference: float, error: float) -> InputError:
        return InputError(
            f"after {numbered(self.steps, 'step')} the kernels are not learned to six decimals: "
            f"they are still {brief(difference)} from mirror images, and {brief(error)} from where "
            "they end",
            typed=f"{self.steps}",
            option="--steps",
            accepted=f"{self._needed(self.rate)} steps or more at this rate, or none: then they "
            "are chosen",
        )


def _row(option: str, text: str, *, may_vanish: bool = False) -> FloatArray:
    """The numbers (n,) of a finite list from index 0 on, of a size that can be shown."""
    sequence = parse_sequence(text, option=option)
    listed = "a list such as 3, 2, 1, from index 0 on"
    if not isinstance(sequence, Sequence):
        raise InputError("this never ends", typed=text, option=option, accepted=listed)
    if sequence.start:
        problem = f"this begins at index {sequence.start}, but here numbers are counted from 0"
        raise InputError(problem, typed=text, option=option, accepted=listed)
    row = sequence.values.astype(np.float64)
    if not (may_vanish and not row.any()):
        _refuse_size(option, text, float(np.abs(row).max()))
    return row


def _refuse_size(option: str, text: str, largest: float) -> None:
    """Refuse numbers that could not be shown."""
    low, high = _SIZES
    if low <= largest <= high:
        return
    wrong = "large" if largest > high else "small"
    raise InputError(
        f"the largest of these numbers, {largest:g}, is too {wrong} to be shown",
        typed=text,
        option=option,
        accepted=f"a list whose largest number is from {low:g} to {high:g} in magnitude",
    )


def _rounded_down(value: float, digits: int = 2) -> float:
    """The next lower number with so many significant digits."""
    unit = 10.0 ** (math.floor(math.log10(value)) - digits + 1)
    return float(f"{math.floor(value / unit + 1e-9) * unit:.{digits}g}")
