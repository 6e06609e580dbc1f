"""What padding does, against loops over cells."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from convmath import InputError
from convmath.grid_edges import PaddedEdges, layer_sizes, pad_edges, verify_edges
from tests.convmath.saved import EVERY_FORMAT, assert_comes_back

MODES = {"zeros": "constant", "reflect": "reflect", "edge": "edge", "circular": "wrap"}


@st.composite
def cases(draw):
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    k, w = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    rows, columns = draw(st.integers(max(k, 3), 7)), draw(st.integers(max(w, 3), 7))
    x, kernel = rng.integers(-9, 10, (rows, columns)), rng.integers(-9, 10, (k, w))
    return x, kernel, draw(st.sampled_from([1, 2, "same"])), draw(st.booleans())


def sides(padding, kernel):
    if padding != "same":
        return [(padding, padding)] * 2
    return [((k - 1) // 2, k // 2) for k in kernel.shape]


@given(cases())
def test_outputs_and_counts_are_those_of_loops(case):
    x, kernel, padding, flip = case
    frames = pad_edges(x, kernel, padding, flip=flip)
    k, w = kernel.shape
    laid = kernel[::-1, ::-1] if flip else kernel
    around = sides(padding, kernel)
    fakes = np.pad(np.zeros_like(x), around, constant_values=1)
    padded = {fill: np.pad(x, around, mode=mode) for fill, mode in MODES.items()}
    uses = np.zeros_like(fakes)
    for step in map(frames.at, range(len(frames))):
        here = (slice(step.row, step.row + k), slice(step.column, step.column + w))
        uses[here] += 1
        assert step.made_up == fakes[here].sum()
        for fill, grid in padded.items():
            assert getattr(step, fill) == (grid[here] * laid).sum()
            np.testing.assert_array_equal(getattr(frames, f"padded_{fill}"), grid)
        if not step.made_up:
            assert step.zeros == step.reflect == step.edge == step.circular
    np.testing.assert_array_equal(frames.uses, uses[fakes == 0].reshape(x.shape))
    assert frames.shape == tuple(n - j + 1 for n, j in zip(fakes.shape, (k, w), strict=True))


@given(cases())
def test_without_padding_each_cell_is_used_as_often_as_windows_lie_on_it(case):
    x, kernel, padding, flip = case
    frames = pad_edges(x, kernel, padding, flip=flip)
    k, w = kernel.shape
    uses = np.zeros_like(x)
    for i in range(x.shape[0] - k + 1):
        for j in range(x.shape[1] - w + 1):
            uses[i : i + k, j : j + w] += 1
            laid = kernel[::-1, ::-1] if flip else kernel
            assert frames.plain[i, j] == (x[i : i + k, j : j + w] * laid).sum()
    np.testing.assert_array_equal(frames.plain_uses, uses)


@given(cases())
def test_every_check_passes_and_finds_a_wrong_number(case):
    x, kernel, padding, flip = case
    for frames in (
        pad_edges(x, kernel, padding, flip=flip),
        pad_edges(x / 7, kernel / 3, padding, flip=flip),
    ):
        assert [check.name for check in verify_edges(frames, flip) if not check.passed] == []
    fields = frames.arrays()
    for name in ("zeros", "circular", "made_up", "plain_uses"):
        wrong = PaddedEdges(**(fields | {name: fields[name] + 1}))
        assert not all(check.passed for check in verify_edges(wrong, flip)), name


def test_layers_shrink_until_nothing_is_left():
    assert layer_sizes((7, 7), (3, 3)).tolist() == [[7, 7], [5, 5], [3, 3], [1, 1]]
    assert layer_sizes((4, 9), (1, 3)).tolist() == [[4, 9], [4, 7], [4, 5], [4, 3], [4, 1]]
    assert layer_sizes((4, 4), (1, 1)).tolist() == [[4, 4]]


def test_too_much_padding_for_a_fill_is_refused():
    with pytest.raises(InputError, match="3 cells of padding cannot be filled from 3") as raised:
        pad_edges(np.ones((3, 3)), np.ones((2, 2)), 3)
    assert (raised.value.option, raised.value.accepted) == ("--padding", "at most 2")


@EVERY_FORMAT
def test_they_come_back_from_a_file(suffix, tmp_path):
    frames = pad_edges(np.arange(12).reshape(3, 4), np.eye(3, dtype=int), "same")
    assert_comes_back(frames, tmp_path, suffix)
