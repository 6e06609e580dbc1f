"""Why deep learning does not flip: two layers learn, one flips its kernel, one does not."""

from __future__ import annotations

import math
from functools import cached_property
from typing import ClassVar

import numpy as np

from convmath import Check, TrainingRuns
from convmath.arrays import FloatArray
from convmath.numerals import typst_number
from convmath.verify_training import verify_training
from scenes.beat import Beat
from scenes.numerals import brief, number
from scenes.parameters import Parameters
from scenes.plan import Plan
from scenes.plans.ranges import padded
from scenes.plans.training_task import TrainingParameters, TrainingTask
from scenes.sources import BAAS
from scenes.wording import numbered

__all__ = ["LearnedFlipPlan"]

_DECADES = 32.0  # of loss, at most, that are shown: rounding has more than that
_LEAST_DIFFERENCE = 1e-12  # that is spoken of


class LearnedFlipPlan(Plan[TrainingParameters, TrainingRuns]):
    """Gradient descent finds a kernel by convolution, and its mirror image by cross-correlation."""

    slug: ClassVar[str] = "learned-flip"
    title: ClassVar[str] = "Why deep learning does not flip"
    question: ClassVar[str] = "Why do convolutional layers not flip their kernels?"
    formula: ClassVar[str] = 'k_upright("conv") [i] = k_upright("corr") [-i]'
    sources: ClassVar[tuple[str, ...]] = (BAAS,)
    Parameters: ClassVar[type[Parameters]] = TrainingParameters
    scene_name: ClassVar[str] = "LearnedFlip"
    poster: ClassVar[str] = "mirror"

    @cached_property
    def task(self) -> TrainingTask:
        """What is to be learned, and how."""
        return TrainingTask(self.parameters)

    def make_frames(self) -> TrainingRuns:
        """Both runs; refuses those that end before the kernels are learned."""
        return self.task.run()

    def make_checks(self) -> tuple[Check, ...]:
        """Least squares, finite differences, numpy.convolve and numpy.correlate."""
        return verify_training(self.frames)

    @property
    def taps(self) -> int:
        """n_k."""
        return int(self.frames.kernel.size)

    @property
    def is_symmetric(self) -> bool:
        """Whether the start is its own mirror image, so that both runs are equally good."""
        start = self.frames.convolution[0]
        return bool(np.array_equal(start, start[::-1]))

    @property
    def is_its_own_mirror(self) -> bool:
        """Whether the kernel is its own mirror image, so that the flip cannot be seen."""
        return bool(np.array_equal(self.frames.kernel, self.frames.kernel[::-1]))

    @cached_property
    def apart(self) -> int:
        """The step at which the losses differ most, while one of them is still to be seen.

        The first twentieth of the steps is left out, in which no kernel has come far.
        """
        f, last = self.frames, len(self.frames) - 1
        ratio = np.abs(np.log(self._shown(f.convolution_loss) / self._shown(f.correlation_loss)))
        larger = np.maximum(f.convolution_loss, f.correlation_loss)
        counts = (f.iteration > last / 20) & (larger >= 1e-3 * larger.max())
        steps = f.iteration[counts & (f.iteration < last)]
        return int(steps[np.argmax(ratio[steps])]) if steps.size else 1

    def _shown(self, losses: FloatArray) -> FloatArray:
        """Losses (n_s,), none lower than the foot of their chart."""
        f = self.frames
        top = max(float(f.convolution_loss.max()), float(f.correlation_loss.max()), 1e-300)
        return np.asarray(np.maximum(losses, top * 10.0**-_DECADES))

    def loss_curve(self, layer: str) -> FloatArray:
        """Step and log10 of the loss (n_s, 2) of ``"convolution"`` or ``"correlation"``."""
        losses = self._shown(getattr(self.frames, f"{layer}_loss"))
        return np.stack([self.frames.iteration, np.log10(losses)], axis=1)

    @property
    def loss_range(self) -> tuple[float, float]:
        """Least and greatest log10 of a loss, with some air: two decades at least."""
        both = [self.loss_curve(layer)[:, 1] for layer in ("convolution", "correlation")]
        low, high = float(np.min(both)), float(np.max(both)) + 0.25
        return min(low - 0.6, high - 2.2), high

    @property
    def floor(self) -> float | None:
        """log10 of the least loss; None if it is lower than the chart."""
        least = self.frames.least_loss
        low = self.loss_range[0]
        return math.log10(least) if least > 0 and math.log10(least) > low else None

    @property
    def difference_curve(self) -> FloatArray:
        """Step and log10 of the largest difference (n_s, 2) of k₁ and the flipped k₂."""
        f = self.frames
        least = 10.0 ** (self.difference_range[0] + 0.3)
        return np.stack([f.iteration, np.log10(np.maximum(f.difference, least))], axis=1)

    @property
    def difference_range(self) -> tuple[float, float]:
        """Of that curve, with 1e-6 and some air."""
        largest = max(float(self.frames.difference.max()), 0.1)
        least = min(max(float(self.frames.difference.min()), 1e-17), 1e-6)
        return math.log10(least) - 0.6, math.log10(largest) + 0.4

    @property
    def kernel_range(self) -> tuple[float, float]:
        """Of all taps of both kernels on the way, with room for their values."""
        f = self.frames
        low = min(float(f.convolution.min()), float(f.correlation.min()), 0.0)
        high = max(float(f.convolution.max()), float(f.correlation.max()), 0.0)
        return padded(low, high, 0.25)

    @property
    def data_ranges(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """Of the input and of the wanted output, with some air."""
        f = self.frames
        return tuple(padded(float(row.min()), float(row.max())) for row in (f.signal, f.target))  # type: ignore[return-value]

    @property
    def tap_decimals(self) -> int:
        """Of a tap."""
        return _decimals(self.frames.convolution, self.frames.correlation)

    @property
    def loss_decimals(self) -> int:
        """Enough for the last loss, at most six."""
        f = self.frames
        top = max(float(f.convolution_loss.max()), float(f.correlation_loss.max()))
        wide = len(f"{top:.0f}")
        return int(np.clip(8 - wide, 1, 6))

    def small_losses(self) -> list[str]:
        """Typst mathematics of the last losses; empty if their decimals show them."""
        last = self.frames.at(-1)
        losses = (last.convolution_loss, last.correlation_loss)
        if min(losses) >= 10.0 ** (1 - self.loss_decimals):
            return []
        return [f"L_{k} = {typst_number(loss, 2)}" for k, loss in enumerate(losses, start=1)]

    def loss(self, layer: str, i: int) -> str:
        """The loss of a layer at a step with three digits; a bound where none would be shown."""
        value, digits = float(getattr(self.frames, f"{layer}_loss")[i]), self.loss_decimals
        text = number(value, digits)
        if value >= 10.0 ** (2 - digits):
            text = number(value, max(2 - math.floor(math.log10(value)), 0))
        return text if float(text) else f"below {number(10.0**-digits, digits)}"

    def tap(self, value: float) -> str:
        """A tap, as it is shown."""
        return number(value, self.tap_decimals)

    def sample(self, value: float) -> str:
        """A sample of the input, as it is shown."""
        return number(value, _decimals(self.frames.signal))

    def output(self, value: float) -> str:
        """An output, or a wanted one, as it is shown."""
        f = self.frames
        first = (f.convolution_output[0, :1], f.correlation_output[0, :1])
        return number(value, _decimals(f.target, *first))

    def met(self, layer: str, i: int) -> FloatArray:
        """The taps (n_k,) of a layer in the order of the samples that they meet."""
        taps = getattr(self.frames, layer)[i]
        return np.asarray(taps[::-1] if layer == "convolution" else taps)

    @property
    def kernel_math(self) -> str:
        """The kernel that made the wanted output, as Typst mathematics."""
        digits = 3 if self.taps <= 4 else 2
        return f"({', '.join(typst_number(tap, digits) for tap in self.frames.kernel.tolist())})"

    @property
    def difference(self) -> str:
        """What the difference of k₁ and the flipped k₂ at the end does not exceed."""
        return brief(max(float(self.frames.difference[-1]), _LEAST_DIFFERENCE))

    @property
    def difference_math(self) -> str:
        """The same as Typst mathematics, with two digits."""
        return typst_number(float(self.frames.difference[-1]), 2)

    def make_beats(self) -> tuple[Beat, ...]:
        """The story of these two runs."""
        return (*self._task(), *self._training(), *self._answer())

    def _task(self) -> tuple[Beat, ...]:
        f = self.frames
        first, second = (self.loss(layer, 0) for layer in ("convolution", "correlation"))
        noise = " and a little noise added" if self.parameters.noise else ""
        losses = (
            f"Both begin with a loss of {first}"
            if first == second
            else f"It starts at {first} for convolution, at {second} for cross-correlation"
        )
        return (
            Beat(
                "task",
                "An unknown kernel",
                f"An input x, and the output d that is wanted for it. A kernel of {self.taps} taps "
                f"made d from x, by convolution{noise}. Which kernel was it?",
                8.0,
            ),
            Beat(
                "layers",
                "Two layers, one start",
                "Two layers start from the same kernel. Convolution flips it before it multiplies "
                "the samples and adds; cross-correlation takes it as it is. The same samples "
                f"give {self.output(f.convolution_output[0, 0])} and "
                f"{self.output(f.correlation_output[0, 0])}.",
                11.0,
            ),
            Beat(
                "loss",
                "Learning: downhill on the loss",
                f"The loss is the mean squared difference of y and the wanted d. {losses}. In "
                "every step each tap moves a little downhill.",
                8.0,
            ),
            Beat(
                "predict",
                "Predict: which layer wins?",
                "Both learn by the same rule, from the same data. Predict: which layer ends with "
                "the lower loss? And will they find the same kernel?",
                6.0,
            ),
        )

    def _training(self) -> tuple[Beat, ...]:
        last = len(self.frames) - 1
        one, two = self.loss("convolution", last), self.loss("correlation", last)
        value = f"The value is {one}" if one == two else f"The values are {one} and {two}"
        least = ", the least that any kernel has" if self.floor is not None else ""
        return (
            Beat(
                "apart",
                "Training: the first steps",
                self._apart_caption(),
                9.0,
            ),
            Beat(
                "meet",
                "Training: to the end",
                f"After {last} steps neither has won: both losses have fallen to the same value. "
                f"{value}{least}. But look at the kernels.",
                10.0,
            ),
        )

    def _apart_caption(self) -> str:
        i = self.apart
        one, two = self.loss("convolution", i), self.loss("correlation", i)
        if self.is_symmetric:
            return (
                "This start is its own mirror image, so the two runs mirror each other in every "
                f"step, and their losses are equal all the way: {one} after {numbered(i, 'step')}."
            )
        f = self.frames
        leads = [f.convolution_loss[k] < f.correlation_loss[k] for k in (0, i)]
        changed = ", and the lead has changed" if leads[0] != leads[1] else ""
        return (
            "The same start lies nearer to one goal than to the other, so on the way the losses "
            f"differ{changed}: after {numbered(i, 'step')} {one} for convolution, {two} for "
            "cross-correlation."
        )

    def _answer(self) -> tuple[Beat, ...]:
        f = self.frames
        alike = " This kernel is its own mirror image, so both look alike." * self.is_its_own_mirror
        one, two = (self.output(row[-1, 0]) for row in (f.convolution_output, f.correlation_output))
        near = ", up to the noise" if self.parameters.noise else ""
        same = f"so both outputs are {one}" if one == two else f"the outputs are {one} and {two}"
        return (
            Beat(
                "mirror",
                "Now flip one of the kernels",
                f"Flip the kernel of the cross-correlation: it is the kernel of the convolution, "
                f"the one that made d{near}. No tap differs by more than {self.difference}.{alike}",
                11.0,
            ),
            Beat(
                "same",
                "So a layer need not flip",
                "Convolution flips its kernel as it is used; cross-correlation has learned the "
                f"flipped kernel. The same numbers meet the same samples, {same}. That is why "
                "deep learning does not flip.",
                11.0,
            ),
            Beat(
                "words",
                "Two fields, two vocabularies",
                "Signal processing and deep learning use other words for the same things. What a "
                "convolutional layer computes is a cross-correlation: nothing is flipped, the "
                "kernel is learned, and a bias b is added.",
                14.0,
            ),
        )


def _decimals(*rows: FloatArray) -> int:
    """Two, or fewer where that would run wide."""
    largest = max(float(np.abs(row).max()) for row in rows)
    return 2 if largest < 10 else 1 if largest < 100 else 0
