"""Padding: made-up pixels around the input, and what they do to the output."""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar

import numpy as np
from pydantic import Field

from convmath import Check, InputError
from convmath.arrays import AnyArray
from convmath.grid_edges import PaddedEdges, pad_edges, verify_edges
from scenes.beat import Beat
from scenes.numerals import brief
from scenes.parameters import GridText, Parameters, RowsText
from scenes.plans.gridded import MOST_KERNEL, GridPlan, KernelParameters, typed_padding
from scenes.sources import STUDY_NOTES
from scenes.wording import by, counted, listed, numbered

__all__ = ["PaddingPlan"]

MOST_LAYERS = 4  # whose maps are shown
_NAMES = ("reflect", "edge", "circular")


class PaddingParameters(KernelParameters):
    """A grid, a kernel with a middle cell, and a border."""

    input: GridText = Field(
        "4,3,5,4,3,4; 5,4,3,4,5,3; 3,5,4,5,4,4; 4,4,5,3,4,5; 5,5,4,4,5,4",
        description=KernelParameters.model_fields["input"].description,
    )
    kernel: RowsText = Field(
        "0,1,1; 1,2,1; 0,1,2",
        description=f"the kernel, row by row: an odd number of rows and of columns, up to "
        f"{MOST_KERNEL}",
    )
    padding: str = Field(
        "same",
        description="cells added on each side; or same (output as large as the input), full "
        "(every output that touches the input)",
        coerce_numbers_to_str=True,
    )


class PaddingPlan(GridPlan[PaddingParameters, PaddedEdges]):
    """Without padding the edge counts less and the maps shrink; with it the rim is made up."""

    slug: ClassVar[str] = "padding"
    title: ClassVar[str] = "Padding: made-up pixels around the edge"
    question: ClassVar[str] = "Why are pixels added around the input, and what do they do?"
    formula: ClassVar[str] = "n' = n + 2 p - k + 1"
    sources: ClassVar[tuple[str, ...]] = (STUDY_NOTES,)
    Parameters: ClassVar[type[Parameters]] = PaddingParameters
    scene_name: ClassVar[str] = "Padding"
    poster: ClassVar[str] = "edge"

    def make_frames(self) -> PaddedEdges:
        """One step for each position of the kernel on the padded input."""
        self._refuse_without_middle()
        _ = self.layout  # what is wrong with the sizes is said first
        if not self.is_padded:
            raise InputError(
                "without padding there is nothing to see here",
                typed=self.parameters.padding,
                option="--padding",
                accepted="1 or more, same or full, and a kernel larger than 1 × 1",
            )
        return pad_edges(self.input, self.kernel, typed_padding(self.parameters.padding))

    def _refuse_without_middle(self) -> None:
        rows, columns = self.kernel.shape
        if rows % 2 == 0 or columns % 2 == 0 or rows * columns == 1:
            raise InputError(
                f"a kernel of {rows} × {columns} has no middle cell with neighbours",
                typed=self.parameters.kernel,
                option="--kernel",
                accepted="an odd number of rows and of columns, such as 0,1,1; 1,2,1; 0,1,2",
            )
        if rows > self.input.shape[0] or columns > self.input.shape[1]:
            raise InputError(
                "a kernel of {} × {} is larger than the input of {} × {}".format(
                    rows, columns, *self.input.shape
                ),
                typed=self.parameters.kernel,
                option="--kernel",
                accepted="a smaller kernel: the story begins without padding",
            )

    def make_checks(self) -> tuple[Check, ...]:
        """Hold outputs and counts against SciPy."""
        return (*super().make_checks(), *verify_edges(self.frames))

    @property
    def middles(self) -> AnyArray:
        """(rows, columns) bool: the pixels that are in the kernel's middle without padding."""
        (rows, columns), (k, w) = self.input.shape, self.kernel.shape
        mask = np.zeros((rows, columns), dtype=bool)
        mask[k // 2 : rows - k // 2, w // 2 : columns - w // 2] = True
        return mask

    @cached_property
    def padded_middles(self) -> AnyArray:
        """(*padded) bool: the same with padding."""
        mask = np.zeros(self.layout.padded, dtype=bool)
        half = np.array(self.kernel.shape) // 2
        mask[tuple((self.sweep.corner + half).T)] = True
        return mask

    @property
    def is_same(self) -> bool:
        """Whether the output is as large as the input."""
        return self.size == self.input.shape

    @property
    def touched(self) -> AnyArray:
        """(rows, columns) bool: the outputs with padding under the kernel."""
        return np.asarray((self.frames.made_up > 0).reshape(self.size))

    @property
    def shown_sizes(self) -> list[tuple[int, int]]:
        """Rows and columns after 1, 2, … layers, as many as are shown."""
        return [(int(r), int(c)) for r, c in self.frames.sizes[1 : MOST_LAYERS + 1]]

    def first(self, fill: str) -> float:
        """The first output with one fill."""
        value: float = getattr(self.frames, fill)[0].item()
        return value

    def make_beats(self) -> tuple[Beat, ...]:
        """The story of this input's edge."""
        return (*self._without(), *self._with(), *self._edge())

    def _without(self) -> tuple[Beat, ...]:
        middles = self.middles
        rows, columns = self.input.shape
        k, w = self.kernel.shape
        never = int((~middles).sum())
        takes = listed(counted(n - 1, name) for n, name in ((k, "row"), (w, "column")) if n > 1)
        return (
            Beat(
                "middle",
                "The edge pixels are never in the middle",
                f"A kernel of {k} by {w} has to lie inside the input. Mark its middle at every "
                f"position: of {middles.size:,} pixels, {never:,} at the edge are never in the "
                "middle.",
                8.5,
            ),
            self._uses(),
            Beat(
                "predict",
                "Predict: how many layers until it is gone?",
                f"Each such layer takes {takes} from its map. Predict: how many can follow each "
                f"other until nothing is left of {rows} by {columns}?",
                7.0,
            ),
            self._layers(),
        )

    def _uses(self) -> Beat:
        uses = self.frames.plain_uses
        heading = "And they are used less often"
        told = (
            f"{uses[0, 0]} over the corner, {uses.max()} over a pixel in the middle. What lies at "
            "the edge counts less."
        )
        if uses.min() == uses.max():  # the kernel has no room to move where it is wider than 1
            heading = "Here each pixel is used once"
            told = "one over each. In a larger input, what lies at the edge would count less."
        return Beat("uses", heading, f"Count the windows over each pixel: {told}", 8.0)

    def _layers(self) -> Beat:
        shown = [by(sizes) for sizes in self.shown_sizes]
        count = len(self.frames.sizes) - 1
        more = ", and so on" if count > len(shown) else ""
        told = (
            f"{counted(count, 'layer')} can follow each other. No further one fits."
            if count > 1
            else "no second layer fits."
        )
        return Beat(
            "layers",
            "Layer by layer the map shrinks",
            f"After one layer {', then '.join(shown)}{more}: {told} A network of many layers would "
            "run out of pixels.",
            4.0 + 1.2 * len(shown),
        )

    def _with(self) -> tuple[Beat, ...]:
        before = self.layout.before
        border = listed(
            f"{counted(p, name)} on either side"
            for p, name in ((before[0], "row"), (before[1], "column"))
            if p
        )
        if before[0] == before[1]:
            border = f"{counted(before[0], 'pixel')} on each side"
        inside = int(self.padded_middles[self.sweep.inside].sum())
        where = "on every pixel" if inside == self.input.size else f"on {inside:,} of the pixels"
        return (
            Beat(
                "pad",
                "Put made-up pixels around it",
                f"Padding adds {border}, here zeros. Now the kernel's middle can stand {where}.",
                8.0,
            ),
            self._sized(),
        )

    def _sized(self) -> Beat:
        rows, columns = self.size
        (n, m), (p, q), (k, w) = self.input.shape, self.layout.before, self.kernel.shape
        name = (
            " The output is as large as the input: this is called same."
            if self.is_same
            else f" The output has {rows} by {columns} numbers."
        )
        return Beat(
            "size",
            "The output keeps the size" if self.is_same else "The output has another size",
            f"Downwards {numbered(n, 'pixel')} plus 2 · {p} of padding, minus {k}, plus 1: {rows}. "
            f"Across {m} + 2 · {q} − {w} + 1 = {columns}.{name}",
            9.0,
        )

    def _edge(self) -> tuple[Beat, ...]:
        touched = int(self.touched.sum())
        zeros, reflect, edge, circular = (brief(self.first(f)) for f in ("zeros", *_NAMES))
        return (
            Beat(
                "predict-edge",
                "Predict: which outputs saw the zeros?",
                f"Nobody measured those zeros. Predict: how many of the {self.touched.size:,} "
                "outputs had any of them under the kernel, and what did they do to the sums?",
                7.5,
            ),
            Beat(
                "edge",
                "Zeros show at the edge of the output",
                f"{touched:,} of {self.touched.size:,} outputs: their sums lack what pixels would "
                f"have added. The first one is {zeros}; with the edge pixels repeated outwards "
                f"it would be {edge}.",
                9.0,
            ),
            Beat(
                "fills",
                "Other made-up pixels",
                f"Reflect mirrors the inside, edge repeats the edge pixel, circular goes on at the "
                f"opposite side. The first output becomes {reflect}, {edge} or {circular} instead "
                f"of {zeros}: all made up.",
                10.0,
            ),
        )
