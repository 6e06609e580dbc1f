"""Frames that are saved and read again, in every format."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from convmath import Frames

__all__ = ["EVERY_FORMAT", "assert_comes_back"]

EVERY_FORMAT = pytest.mark.parametrize("suffix", ["npz", "json", "csv"])


def assert_comes_back(frames: Frames[Any], folder: Path, suffix: str) -> None:
    """Of the same kind, with the same arrays, to the last bit and of the same types."""
    back = Frames.load(frames.save(folder / f"frames.{suffix}"))
    assert type(back) is type(frames)
    assert list(back.arrays()) == list(frames.arrays())
    for name, array in frames.arrays().items():
        assert back.arrays()[name].dtype == array.dtype, name
        np.testing.assert_array_equal(back.arrays()[name], array, err_msg=name)
