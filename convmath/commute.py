"""Both orders at the same t: h * x beside x * h, two products of one area."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, ClassVar

from numpy.typing import ArrayLike

from convmath.arrays import FloatArray
from convmath.continuous import ProductStep, SlidingProduct, convolve_continuous
from convmath.signal import Signal

__all__ = ["CommutedProduct", "CommutedStep", "convolve_both_orders"]


@dataclass(frozen=True, eq=False)
class CommutedStep(ProductStep):
    """One t of a `CommutedProduct`."""

    swapped_output: float
    swapped_limits: FloatArray  # (2,)
    swapped_tau: FloatArray  # (n_seg, n_nodes)
    swapped_product: FloatArray  # (n_seg, n_nodes)
    swapped_impulse_tau: FloatArray  # (n_imp,)
    swapped_impulse_weight: FloatArray  # (n_imp,)


@dataclass(frozen=True, eq=False)
class CommutedProduct(SlidingProduct):
    """∫ h(τ) x(t − τ) dτ and, integrated on its own, ∫ x(τ) h(t − τ) dτ, for every t.

    The substitution u = t − τ turns one integral into the other: it mirrors the product about
    τ = t/2, so that ``swapped_product`` at τ is ``product`` at t − τ.

    Attributes
    ----------
    t, output, …
        As of the `SlidingProduct` of h * x, in which x slides over h.
    swapped_output, swapped_limits, …
        The same of x * h, in which h slides over x; `swapped` puts them together. Both orders share
        ``t``, ``window``, ``curve`` and ``output_impulses``: there is one y.
    """

    step: ClassVar[type[Any]] = CommutedStep

    swapped_output: FloatArray
    swapped_limits: FloatArray
    swapped_tau: FloatArray
    swapped_product: FloatArray
    swapped_impulse_tau: FloatArray
    swapped_impulse_weight: FloatArray
    swapped_fixed: FloatArray
    swapped_moving: FloatArray
    swapped_original: FloatArray
    swapped_fixed_impulses: FloatArray
    swapped_moving_impulses: FloatArray

    @property
    def swapped(self) -> SlidingProduct:
        """The frames of x * h."""
        names = (f.name for f in fields(SlidingProduct))
        theirs = {name: getattr(self, f"swapped_{name}", getattr(self, name)) for name in names}
        return SlidingProduct(**{**theirs, "supports": self.supports[::-1]})


def convolve_both_orders(
    h: Signal, x: Signal, t: ArrayLike, *, window: tuple[float, float] | None = None
) -> CommutedProduct:
    """Frames of (h * x)(t) and of (x * h)(t) for every ``t`` (n_t,), over one window of τ.

    Takes and raises what `convolve_continuous` does.

    Examples
    --------
    >>> h, x = Signal.staircase([3.0, 1.0], start=0.0), Signal.staircase([2.0], start=0.0)
    >>> frames = convolve_both_orders(h, x, [0.5, 1.5])
    >>> frames.output, frames.swapped_output
    (array([3., 4.]), array([3., 4.]))
    >>> frames.at(1).product[:, 0], frames.at(1).swapped_product[:, 0]
    (array([6., 2.]), array([2., 6.]))
    """
    one = convolve_continuous(h, x, t, window=window)
    shown = (float(one.window[0]), float(one.window[1]))
    # As many nodes, so that the points of one product are those of the other, mirrored.
    other = convolve_continuous(x, h, t, window=shown, nodes=one.tau.shape[-1]).arrays()
    names = (f.name for f in fields(CommutedProduct) if f.name.startswith("swapped_"))
    return CommutedProduct(
        **one.arrays(), **{name: other[name.removeprefix("swapped_")] for name in names}
    )
