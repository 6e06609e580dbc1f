"""Kernels on a real picture: blur, edges, sharper; with the numbers under the magnifier."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, ClassVar

import numpy as np
from pydantic import AfterValidator, Field

from convmath import Check, InputError, parse_row
from convmath.arrays import AnyArray
from convmath.errors import refuse
from convmath.filtering import (
    STRIP,
    FilteredPicture,
    filter_picture,
    luma,
    steepest,
)
from convmath.filters import FILTERS, Filter, box, named_filter, parse_filter
from convmath.verify_filtering import verify_filtering
from scenes.beat import Beat
from scenes.numerals import brief
from scenes.parameters import Parameters, RowText
from scenes.photograph import Photograph, read_photograph, sample_photograph
from scenes.plan import Plan
from scenes.sources import STUDY_NOTES
from scenes.wording import by, listed

__all__ = ["ImageKernelPlan"]

TOUR = ("box", "gaussian", "edge-pair", "sobel-x", "sobel-y", "sharpen")
READABLE = 5  # rows and columns of a kernel whose numbers can be shown
MOST_WEIGHTS = 15  # rows and columns of a kernel that is typed
_LARGEST = 99.0  # of its weights
_ROOM = 4, 6  # rows and columns that the patch has beyond the kernel
_PATCH = 7, 9  # rows and columns of the patch at least
_WORDS = {
    "box": "the average of {size} by {size} neighbours",
    "gaussian": "an average in which near neighbours count more",
    "sobel-x": "how brightness changes from left to right",
    "sobel-y": "how brightness changes from top to bottom",
    "laplacian": "how much the neighbours differ from the pixel between them",
    "sharpen": "a pixel plus its differences from its four neighbours",
    "emboss": "a relief, lit from one corner",
    "edge-pair": "each pixel's right neighbour minus the pixel",
}


def _kernel(text: str) -> str:
    _refuse_weights(parse_filter(text), text)
    return text


class ImageKernelParameters(Parameters):
    """A picture, and the kernel that goes over it; a tour of several kernels if none is given."""

    image: str | None = Field(None, description="a .png or .jpg file; a cup of coffee if not given")
    kernel: Annotated[str, AfterValidator(_kernel)] | None = Field(
        None,
        description=f"{', '.join(FILTERS)}, or weights such as 0,-1,0; -1,5,-1; 0,-1,0; "
        f"a tour of several if not given",
    )
    size: int = Field(
        9, strict=True, ge=3, le=31, description="side of the box kernel: an odd number, 3 to 31"
    )
    sigma: float = Field(
        2.0, strict=True, ge=0.5, le=8.0, description="width of the Gaussian in pixels, 0.5 to 8"
    )
    position: RowText | None = Field(
        None, description="row and column of the pixel under the magnifier, counted from 0"
    )
    flip: bool = Field(
        False, description="turn the kernel by 180°: convolution in place of cross-correlation"
    )


class ImageKernelPlan(Plan[ImageKernelParameters, FilteredPicture]):
    """A picture is a grid of numbers, and a kernel makes another one of it."""

    slug: ClassVar[str] = "image-kernel"
    title: ClassVar[str] = "Blur and edges on a real picture"
    question: ClassVar[str] = "How does a small grid of weights blur a picture, or find its edges?"
    formula: ClassVar[str] = "y[i, j] = sum_(a, b) K[a, b] x[i + a, j + b]"
    sources: ClassVar[tuple[str, ...]] = (STUDY_NOTES, "photograph: Rachel Michetti (CC0)")
    Parameters: ClassVar[type[Parameters]] = ImageKernelParameters
    scene_name: ClassVar[str] = "ImageKernel"
    poster: ClassVar[str] = "result"
    signals: ClassVar[str] = "--image and --kernel"

    @property
    def tour(self) -> bool:
        """Whether several kernels are shown."""
        return self.parameters.kernel is None

    @cached_property
    def photograph(self) -> Photograph:
        """What is filtered. Raises `InputError`."""
        name = self.parameters.image
        return sample_photograph() if name is None else read_photograph(name)

    @cached_property
    def kernels(self) -> tuple[Filter, ...]:
        """Those on the whole picture, as they are laid on it. Raises `InputError`."""
        p = self.parameters
        if p.size % 2 == 0:
            refuse("--size", str(p.size), "a box has no middle pixel", "an odd number, 3 to 31")
        if p.kernel is None:
            named = tuple(named_filter(name, size=p.size, sigma=p.sigma) for name in TOUR)
        else:
            named = (parse_filter(p.kernel, size=p.size, sigma=p.sigma),)
        self._refuse_large(named)
        return tuple(kernel.turned() for kernel in named) if p.flip else named

    def _refuse_large(self, kernels: tuple[Filter, ...]) -> None:
        """Every kernel must fit into the picture, and into what is compared."""
        rows, columns = self.photograph.shape
        for kernel in kernels:
            if kernel.shape[0] > rows or kernel.shape[1] + STRIP > columns:
                option = {"box": "--size", "gaussian": "--sigma"}.get(kernel.name, "--kernel")
                problem = (
                    f"the {by(kernel.shape)} kernel '{kernel.name[:30]}' is larger than the "
                    f"picture of {by(self.photograph.shape)} pixels"
                )
                refuse(option, None, problem, "a smaller kernel, or a larger picture")

    @property
    def worked(self) -> Filter:
        """The kernel under the magnifier: in the tour a small box."""
        return box(3) if self.tour else self.kernels[0]

    @property
    def probe(self) -> Filter:
        """The kernel whose outputs are predicted."""
        return self.kernels[TOUR.index("edge-pair")] if self.tour else self.kernels[0]

    @property
    def shown(self) -> int:
        """Which of the results the kernel that was predicted has."""
        return TOUR.index("edge-pair") if self.tour else 0

    @property
    def grey(self) -> bool:
        """Whether the picture has one channel."""
        return len(self.photograph.pixels) == 1

    @property
    def in_colour(self) -> bool:
        """Whether the last beat is told: not for grey, nor for differences."""
        return not self.grey and (self.tour or self.kernels[0].gain > 0)

    @cached_property
    def patch(self) -> tuple[int, int, int, int]:
        """First row and column, rows and columns of what the magnifier shows."""
        sizes = zip(self.worked.shape, _ROOM, _PATCH, self.photograph.shape, strict=True)
        rows, columns = (min(max(k + room, least), n) for k, room, least, n in sizes)
        grey = luma(self.photograph.pixels)
        if self.parameters.position is None:
            return (*steepest(grey, (rows, columns)), rows, columns)
        row, column = self._position()
        top = min(max(row - rows // 2, 0), grey.shape[0] - rows)
        left = min(max(column - columns // 2, 0), grey.shape[1] - columns)
        return top, left, rows, columns

    def _position(self) -> tuple[int, int]:
        """The pixel that was asked for."""
        text = self.parameters.position or ""
        place = parse_row(text, "--position").values.tolist()
        rows, columns = self.photograph.shape
        accepted = f"a row from 0 to {rows - 1} and a column from 0 to {columns - 1}, such as 9,20"
        if len(place) != 2:
            refuse("--position", text, "a position is a row and a column", accepted)
        row, column = place
        if row not in range(rows) or column not in range(columns):
            refuse("--position", text, "the picture has no such pixel", accepted)
        return int(row), int(column)

    def make_frames(self) -> FilteredPicture:
        """One step for each position of the kernel under the magnifier."""
        kernels = self.kernels  # refused, if they must be, before anything is made
        return filter_picture(self.photograph.pixels, self.worked, kernels, self.probe, self.patch)

    def make_checks(self) -> tuple[Check, ...]:
        """Hold every result against scipy.ndimage, patch and strips against scipy.signal."""
        return verify_filtering(self.frames, self.kernels, self.probe)

    @cached_property
    def step(self) -> int:
        """The position that is worked out: the most telling one, or that of the pixel asked for."""
        if self.parameters.position is None:
            return self.frames.most_telling()
        return self.frames.nearest(*self._position())

    @property
    def step_seconds(self) -> float:
        """How long the kernel takes from one position to the next."""
        return min(0.5, 8.0 / len(self.frames))

    def make_beats(self) -> tuple[Beat, ...]:
        """The tour, or the story of one kernel."""
        start = (self._picture(), self._magnify(), self._place(), self._slide())
        blurs = (self._blur(), self._gaussian()) if self.tour else ()
        answer = (self._answer(),) if self.readable else ()
        probed = (self._predict(), *answer, self._result())
        others = (self._sobel(), self._sharpen()) if self.tour else ()
        last = (self._colour(),) if self.in_colour else ()
        return (*start, *blurs, *probed, *others, *last)

    def _picture(self) -> Beat:
        rows, columns = self.photograph.shape
        high, wide = self.photograph.taken
        before = f", scaled from {wide} by {high}" if self.photograph.scaled else ""
        return Beat(
            "picture",
            "A picture: each pixel has a brightness",
            f"This picture has {columns} by {rows} pixels{before}, and each is one number, its "
            f"brightness: 0 is black, 255 is white.",
            6.5,
        )

    def _magnify(self) -> Beat:
        numbers = self.patch[2] * self.patch[3]
        return Beat(
            "magnify",
            "Under the magnifier: a grid of numbers",
            f"Look closely at one small place: {numbers} pixels are {numbers} numbers, small where "
            f"it is dark, large where it is bright.",
            6.5,
        )

    def _place(self) -> Beat:
        f, step, kernel = self.frames, self.frames.at(self.step), self.worked
        if self.tour:
            said = (
                "A kernel is a small grid of weights, here 1/9 nine times. Lay it on nine pixels, "
                "multiply and add: "
            )
        else:
            turned = ", turned by 180 degrees," if self.parameters.flip else ""
            said = f"Lay the {by(kernel.shape)} kernel{turned} on the pixels, multiply and add: "
        made = f"the sum is {_rounded(step.total)}. That is one new pixel."
        if f.divisor != 1:
            average = f"{_rounded(step.output)}, their average"
            made = f"{_rounded(step.total)}/{f.divisor} is {average}: one new pixel."
        return Beat(
            "place",
            "Multiply, add, and write one new pixel",
            f"{said}{made}",
            10.5,
        )

    def _slide(self) -> Beat:
        f = self.frames
        kind = "convolution" if self.parameters.flip else "cross-correlation"
        flipped = "turned" if self.parameters.flip else "not flipped"
        return Beat(
            "slide",
            "One new pixel for every position",
            f"The kernel moves on by one pixel, and the next number appears. It is {flipped}: this "
            f"is {kind}. Beyond the border the last pixel is repeated.",
            3.4 + self.step_seconds * len(f),
        )

    def _blur(self) -> Beat:
        n = self.parameters.size
        return Beat(
            "blur",
            "Box blur: the average of the neighbours",
            f"A larger box: each new pixel is the average of {n} by {n} pixels. Fine detail "
            f"averages out, and the picture is blurred.",
            7.5,
        )

    def _gaussian(self) -> Beat:
        sigma = brief(self.parameters.sigma)
        return Beat(
            "gaussian",
            "Gaussian blur: near neighbours count more",
            f"A Gaussian kernel counts the middle most; its weights fade in all directions, with a "
            f"standard deviation of {sigma} pixels. The blur is softer.",
            7.5,
        )

    def _predict(self) -> Beat:
        if self.tour:
            weights, order = "minus 1 and 1", "the right pixel minus the left one"
            if self.parameters.flip:
                weights, order = "1 and minus 1", "the left pixel minus the right one"
            said = f"Now two weights, {weights}: {order}."
        elif self.readable:
            said = f"The weights of this kernel {_sum_of(self.probe)}."
        else:
            return Beat(
                "predict",
                "Predict",
                f"The weights of this kernel {_sum_of(self.probe)}. Predict: what will become of "
                f"the picture?",
                6.0,
            )
        return Beat(
            "predict",
            "Predict",
            f"{said} Predict: what comes out on an even wall, all pixels alike, and what at an "
            f"edge?",
            6.5,
        )

    @property
    def readable(self) -> bool:
        """Whether the numbers of the kernel that is predicted can be shown."""
        return max(self.probe.shape) <= READABLE

    def _answer(self) -> Beat:
        f, kernel = self.frames, self.probe
        flat, steep = map(_list, (f.flat_output, f.steep_output))
        if kernel.gain == 0.0:
            heading, said = "Equal neighbours give 0", "Where neighbours are equal, nothing is left"
        elif abs(kernel.gain - 1.0) < 1e-9:
            heading, said = "An even wall stays as it is", "An even wall keeps its brightness"
        else:
            heading = f"An even wall is multiplied by {brief(kernel.gain)}"
            said = f"The brightness of an even wall is multiplied by {brief(kernel.gain)}"
        return Beat(
            "answer",
            heading,
            f"{said}: {flat}. At the edge the outputs are {steep}.",
            6.5,
        )

    def _result(self) -> Beat:
        i = self.shown
        kernel = self.kernels[i]
        said = _WORDS.get(kernel.name, "each number is a weighted sum of neighbours")
        said = said.format(size=self.parameters.size)
        heading = {
            "box": "Box blur",
            "gaussian": "Gaussian blur",
            "edge-pair": "The edges stand out",
            "sharpen": "Sharper",
        }.get(kernel.name, "The whole picture")
        return Beat("result", heading, f"On the whole picture: {said}. {self.scale_said(i)}", 9.0)

    def scale_said(self, i: int) -> str:
        """How the numbers of result i are shown, in words."""
        f = self.frames
        low, high = f.low[i], f.high[i]
        if self.kernels[i].gain == 0.0:
            how = f"Mid-grey is 0, black {brief(low)} and white {brief(high)}"
        else:
            how = f"Black is {brief(low)} and white {brief(high)}"
        part = f.cut_off(i)
        if not part:
            return f"{how}."
        return f"{how}; {_percent(part)} of the pixels lie beyond."

    def _sobel(self) -> Beat:
        return Beat(
            "sobel",
            "Edges in two directions",
            "The Sobel kernels compare columns, or rows: one finds changes from left to right, the "
            "other from top to bottom. Mid-grey is 0 again; both have one scale.",
            8.5,
        )

    def _sharpen(self) -> Beat:
        i = TOUR.index("sharpen")
        return Beat(
            "sharpen",
            "Sharpen: add the differences",
            f"Five times the pixel minus its four neighbours: it, plus its four differences. "
            f"{self.scale_said(i)}",
            8.5,
        )

    def _colour(self) -> Beat:
        return Beat(
            "colour",
            "Colour: each channel by itself",
            "A colour picture is three grids: red, green and blue. The kernel goes over each of "
            "them by itself, and together they are the new picture.",
            9.0,
        )


def _sum_of(kernel: Filter) -> str:
    total = brief(float(kernel.weights.sum()))
    if kernel.gain == 0.0:
        return "add up to 0"
    over = f", and every sum is divided by {kernel.divisor}" if kernel.divisor > 1 else ""
    return f"add up to {total}{over}"


def _rounded(value: float) -> str:
    """A number with at most one decimal, and the word about where there are more."""
    text = brief(value, 1)
    return text if abs(value * 10 - round(value * 10)) < 1e-6 else f"about {text}"


def _list(values: AnyArray) -> str:
    return listed(brief(value, 1) for value in values.tolist())


def _percent(part: float) -> str:
    return "less than 1 %" if part < 0.005 else f"{round(100 * part)} %"


def _refuse_weights(kernel: Filter, text: str) -> None:
    if kernel.name in FILTERS:
        return
    if max(kernel.shape) > MOST_WEIGHTS:
        raise InputError(
            f"a kernel of {by(kernel.shape)} numbers is too large",
            accepted=f"at most {MOST_WEIGHTS} rows and columns, or box with a --size",
        )
    largest = float(np.abs(kernel.weights).max())
    if largest > _LARGEST:
        raise InputError(
            f"{largest:g} cannot be read in a cell",
            typed=text,
            accepted=f"weights from −{_LARGEST:g} to {_LARGEST:g}",
        )
