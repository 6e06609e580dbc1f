"""Stacks of grids are read number by number, and what is wrong is pointed at in the whole text."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from convmath import InputError
from convmath.stacks import parse_filters, parse_stack

sizes = st.tuples(*(st.integers(1, 4) for _ in range(4)))


def written(filters: np.ndarray, blank: str) -> str:
    def rows(grid: np.ndarray) -> str:
        return f"{blank};{blank}".join(",".join(map(str, row)) for row in grid.tolist())

    stacks = (f"{blank}|{blank}".join(map(rows, stack)) for stack in filters)
    return f"{blank}||{blank}".join(stacks)


@given(sizes, st.sampled_from(["", " ", "  "]), st.integers(0, 2**32 - 1))
def test_what_is_written_is_read_again(size: tuple[int, ...], blank: str, seed: int) -> None:
    filters = np.random.default_rng(seed).integers(-99, 100, size)
    read = parse_filters(written(filters, blank))
    np.testing.assert_array_equal(read, filters)
    assert read.dtype == np.int64
    np.testing.assert_array_equal(parse_stack(written(filters[:1], blank)), filters[0])


WRONG = [
    (parse_stack, "", 0, "missing"),
    (parse_stack, "1,2 |", 5, "missing"),
    (parse_stack, "1,2 | 3,x", 8, "unknown name 'x'"),
    (parse_stack, "1,2;3,4 | 1,2;3", 10, "the rows have different lengths: 2 and 1"),
    (parse_stack, "1,2;3,4 | 1,2", 10, "channel 2 has 1 × 2 numbers, the first one 2 × 2"),
    (parse_stack, "1,2 || 3,4", 5, "missing"),
    (parse_filters, "1|2||3", 5, "filter 2 has 1 kernel of 1 × 1, the first one 2 kernels"),
    (parse_filters, "1|2||3|4,5", 7, "kernel 2 has 1 × 2 numbers, the first one 1 × 1"),
    (parse_filters, "1|2 || 3;;4|5", 9, "missing"),
    (parse_filters, "1|2|||3", 5, "missing"),
]


@pytest.mark.parametrize(("parse", "text", "position", "problem"), WRONG)
def test_it_points_at_what_is_wrong(parse, text, position, problem) -> None:
    with pytest.raises(InputError, match=re.escape(problem)) as raised:
        parse(text, "--some")
    assert (raised.value.typed, raised.value.position) == (text, position)
    assert raised.value.option == "--some"


@pytest.mark.parametrize("parse", [parse_stack, parse_filters])
def test_endless_text_is_refused_at_once(parse) -> None:
    with pytest.raises(InputError, match="too long"):
        parse("1|" * 500_000)
