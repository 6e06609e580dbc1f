"""Frames: the immutable arrays that one explainer shows, for every step at once.

A subclass is a frozen dataclass of arrays and numbers, paired with a small dataclass for one step::

    @dataclass(frozen=True, eq=False)
    class SumStep:
        n: int
        output: float

    @dataclass(frozen=True, eq=False)
    class Sums(Frames[SumStep]):
        step = SumStep
        n: IntArray  # (n_n,)
        output: FloatArray  # (n_n,)

The first field of the step is the index (t or n); every field of the step has its steps on axis 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, ClassVar, Generic, Self, TypeVar

import numpy as np

from convmath import storage
from convmath.arrays import AnyArray
from convmath.errors import InputError

__all__ = ["Frames"]

StepT = TypeVar("StepT")


@dataclass(frozen=True, eq=False)
class Frames(Generic[StepT]):
    """Base of all frame data: arrays are copied and read-only, numbers stay numbers.

    Examples
    --------
    >>> from convmath import Sequence, convolve_discrete
    >>> frames = convolve_discrete(Sequence([3, 2, 1]), Sequence([1, 1]), (0, 3))
    >>> len(frames), frames.at(1).n, frames.at(1).output
    (4, 1, 5)
    """

    step: ClassVar[type[Any]]
    kinds: ClassVar[dict[str, type[Frames[Any]]]] = {}

    def __init_subclass__(cls, **kwargs: object) -> None:
        super().__init_subclass__(**kwargs)
        Frames.kinds[cls.__name__] = cls

    def __post_init__(self) -> None:
        for name, value in self._values():
            if isinstance(value, np.ndarray):
                held = np.array(value)
                held.setflags(write=False)
                object.__setattr__(self, name, held)
        lengths = {name: len(getattr(self, name)) for name in self.step_names()}
        if len(set(lengths.values())) > 1:
            raise ValueError(f"the steps do not agree in number: {lengths}")

    @classmethod
    def step_names(cls) -> tuple[str, ...]:
        """Names of the arrays with one row per step; the first is the index (t or n)."""
        return tuple(f.name for f in fields(cls.step))

    def _values(self) -> list[tuple[str, Any]]:
        return [(f.name, getattr(self, f.name)) for f in fields(self)]

    def __len__(self) -> int:
        """The number of steps."""
        return len(getattr(self, self.step_names()[0]))

    def at(self, i: int) -> StepT:
        """One step; negative ``i`` counts from the end.

        Raises
        ------
        IndexError
            If there is no such step.
        """
        if not -len(self) <= i < len(self):
            raise IndexError(f"there is no step {i}; there are {len(self)}")
        rows = {name: getattr(self, name)[i] for name in self.step_names()}
        plain = {k: v if np.ndim(v) else v.item() for k, v in rows.items()}
        step: StepT = self.step(**plain)
        return step

    def arrays(self) -> dict[str, AnyArray]:
        """Every array by name; a plain number is an array without axes."""
        return {name: np.asarray(value) for name, value in self._values()}

    def save(
        self,
        path: str | Path,
        slug: str | None = None,
        parameters: Mapping[str, Any] | None = None,
    ) -> Path:
        """Write to ``.npz``, ``.json`` or ``.csv``; all three come back exactly with `load`.

        ``slug`` and ``parameters`` say what the frames were made from; ``.csv`` has no room for
        them (nor for the type of an array without entries: it comes back as float64). The file
        appears whole or not at all.

        Raises
        ------
        InputError
            For another suffix, or a folder that is missing or cannot be written.
        """
        content = storage.Content(
            type(self).__name__, self.arrays(), self.step_names(), slug, dict(parameters or {})
        )
        return storage.write(Path(path), content)

    @classmethod
    def load(cls, path: str | Path) -> Self:
        """Read what `save` wrote; ``Frames.load`` reads any kind, a subclass only its own.

        Raises
        ------
        InputError
            If the file is missing, is no such file, or holds other frames.
        """
        known = {
            name: tuple(f.name for f in fields(kind))
            for name, kind in cls.kinds.items()
            if issubclass(kind, cls)
        }
        kind_name, arrays = storage.read(Path(path), known)
        kind = cls.kinds.get(kind_name)
        if kind is None or not issubclass(kind, cls):
            raise InputError(f"{path} holds {kind_name} frames, not {cls.__name__}")
        try:
            return kind(**{k: v if v.ndim else v.item() for k, v in arrays.items()})
        except (TypeError, ValueError) as error:
            raise InputError(f"{path} does not hold whole {kind_name} frames: {error}") from error
