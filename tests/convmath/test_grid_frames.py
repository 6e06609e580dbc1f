"""Sweeps over grids against loops over cells, scipy.signal with explicit slices, and the layer."""

from __future__ import annotations

import time
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import signal

from convmath import InputError
from convmath.grid import convolve_layer, correlate_layer
from convmath.grid_frames import GridSweep, sweep_grid
from convmath.verify_grid import verify_sweep
from tests.convmath.saved import EVERY_FORMAT, assert_comes_back

FILLS = ("zeros", "reflect", "edge", "circular")


def grids(*shape):
    return st.integers(0, 2**32 - 1).map(
        lambda seed: np.random.default_rng(seed).integers(-9, 10, shape)
    )


@st.composite
def cases(draw, dimensions=(1, 2, 3)):
    """A grid, filters and options that fit."""
    dim = draw(st.sampled_from(dimensions))
    ins, outs = draw(st.integers(1, 3)), draw(st.integers(1, 2))
    sizes = draw(st.lists(st.integers(3, 6), min_size=dim, max_size=dim))
    kernel = draw(st.lists(st.integers(1, 3), min_size=dim, max_size=dim))
    options = {
        "padding": draw(st.integers(0, 2)),
        "fill": draw(st.sampled_from(FILLS)),
        "stride": draw(st.integers(1, 3)),
        "dilation": 1 if min(sizes) < 5 else draw(st.integers(1, 2)),
        "flip": draw(st.booleans()),
    }
    return draw(grids(ins, *sizes)), draw(grids(outs, ins, *kernel)), draw(grids(outs)), options


@given(cases())
def test_every_step_is_the_definition(case):
    x, w, bias, options = case
    frames = sweep_grid(x, w, bias, **options)
    laid = np.flip(w, axis=tuple(range(2, w.ndim))) if options["flip"] else w
    places = list(product(*map(range, w.shape[2:])))
    for step in map(frames.at, range(len(frames))):
        np.testing.assert_array_equal(step.corner, step.cell * options["stride"])
        for o in range(len(w)):
            total = 0
            for c in range(len(x)):
                own = 0
                for a in places:
                    under = frames.padded[(c, *(step.corner + options["dilation"] * np.array(a)))]
                    assert step.window[(c, *a)] == under
                    assert step.product[(o, c, *a)] == laid[(o, c, *a)] * under
                    total, own = total + laid[(o, c, *a)] * under, own + laid[(o, c, *a)] * under
                    assert step.running[(o, c, *a)] == total
                assert step.channel_sum[o, c] == own
            assert step.output[o] == total + bias[o]


@given(cases())
def test_the_maps_are_those_of_the_layer(case):
    x, w, bias, options = case
    layer = convolve_layer if options.pop("flip") else correlate_layer
    flip = layer is convolve_layer
    maps = sweep_grid(x, w, bias, **options, flip=flip).maps
    np.testing.assert_array_equal(maps, layer(x, w, bias, **options), strict=True)


@given(cases())
def test_every_check_passes(case):
    x, w, bias, options = case
    checks = verify_sweep(sweep_grid(x, w, bias, **options), options["fill"])
    assert [check.name for check in checks if not check.value == check.tolerance == 0] == []
    frames = sweep_grid(x / 7, w / 3, bias / 9, **options)
    checks = verify_sweep(frames, options["fill"])
    assert [check.name for check in checks if not check.passed] == []


@given(cases(dimensions=(2,)))
def test_a_plane_is_scipys_with_explicit_slices(case):
    x, w, _, options = case
    x, w = x[:1], w[:1, :1]
    frames = sweep_grid(x, w, **options)
    p, d, s = options["padding"], options["dilation"], options["stride"]
    mode = {"zeros": "constant", "circular": "wrap"}.get(options["fill"], options["fill"])
    x_padded = np.pad(x[0], p, mode=mode)
    spread = np.zeros([d * (k - 1) + 1 for k in w.shape[2:]], dtype=np.int64)
    spread[::d, ::d] = w[0, 0]
    both = signal.convolve2d if options["flip"] else signal.correlate2d
    np.testing.assert_array_equal(frames.maps[0], both(x_padded, spread, "valid")[::s, ::s])


@given(cases())
def test_uses_and_sources_count_cell_by_cell(case):
    x, w, bias, options = case
    frames = sweep_grid(x, w, bias, **options)
    uses = np.zeros_like(frames.uses)
    for corner in frames.corner:
        for a in product(*map(range, w.shape[2:])):
            uses[tuple(corner + options["dilation"] * np.array(a))] += 1
    np.testing.assert_array_equal(frames.uses, uses)
    put = frames.source < 0
    assert not (put & frames.inside).any()
    assert (options["fill"] == "zeros") or not put.any()
    for channel, grid in zip(frames.padded, x, strict=True):
        copied = np.where(put, 0, grid.ravel()[np.maximum(frames.source, 0)])
        np.testing.assert_array_equal(channel, copied)
        np.testing.assert_array_equal(channel[frames.inside], grid.ravel())


@EVERY_FORMAT
def test_they_come_back_from_a_file(suffix, tmp_path):
    x, w = np.arange(32).reshape(2, 4, 4), np.arange(36).reshape(2, 2, 3, 3)
    frames = sweep_grid(x, w, padding=1, stride=2)
    assert_comes_back(frames, tmp_path, suffix)


def test_a_wrong_output_is_found():
    frames = sweep_grid(np.arange(9).reshape(1, 3, 3), np.ones((1, 1, 2, 2), dtype=int))
    fields = frames.arrays()
    for name in ("output", "product", "padded", "uses"):
        wrong = GridSweep(**(fields | {name: fields[name] + 1}))
        assert not all(check.passed for check in verify_sweep(wrong, "zeros")), name


def test_filters_for_other_channels_are_refused():
    with pytest.raises(InputError, match="made for 3 channels, and the input has 1") as raised:
        sweep_grid(np.ones((1, 4, 4)), np.ones((1, 3, 2, 2)))
    assert raised.value.option == "--kernel"


def test_too_many_products_are_refused():
    with pytest.raises(InputError, match="are 8,964,036 products") as raised:
        sweep_grid(np.ones((1, 1000, 1000)), np.ones((1, 1, 3, 3)))
    assert raised.value.option == "--input"


def test_a_64_by_64_picture_takes_less_than_50_ms():
    x, w = np.random.default_rng(1).random((1, 64, 64)), np.ones((1, 1, 3, 3))
    spent = []
    for _ in range(5):
        start = time.perf_counter()
        sweep_grid(x, w, padding="same")
        spent.append(time.perf_counter() - start)
    assert min(spent) < 0.05
