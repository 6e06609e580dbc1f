"""Layers over grids, against loops that know nothing of windows, and against SciPy."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import ndimage, signal

from convmath import InputError
from convmath.grid import (
    convolve_layer,
    correlate_layer,
    flipped,
    layout_of,
    padded,
    transposed_layer,
    windows,
)

FILLS = ("zeros", "reflect", "edge", "circular")


def at(x, fill, place):
    """x at a place that may lie in the padding: one cell, for all channels."""
    inside = []
    for i, n in zip(place, x.shape[1:], strict=True):
        if 0 <= i < n:
            inside.append(i)
        elif fill == "zeros":
            return np.zeros(len(x), dtype=x.dtype)
        elif fill == "edge":
            inside.append(0 if i < 0 else n - 1)
        elif fill == "circular":
            inside.append(i % n)
        else:
            inside.append(-i if i < 0 else 2 * (n - 1) - i)
    return x[(slice(None), *inside)]


def looped(x, w, bias, padding, fill, stride, dilation, groups):
    """The definition, one product after the other."""
    sizes = [
        (n + 2 * p - d * (k - 1) - 1) // s + 1
        for n, k, p, s, d in zip(x.shape[1:], w.shape[2:], padding, stride, dilation, strict=True)
    ]
    y = np.zeros((len(w), *sizes), dtype=np.result_type(x, w))
    ins, outs = w.shape[1], len(w) // groups
    for o in range(len(w)):
        channels = slice(o // outs * ins, (o // outs + 1) * ins)
        for cell in product(*map(range, sizes)):
            for a in product(*map(range, w.shape[2:])):
                place = [
                    s * i + d * j - p
                    for i, j, p, s, d in zip(cell, a, padding, stride, dilation, strict=True)
                ]
                y[(o, *cell)] += at(x, fill, place)[channels] @ w[(o, slice(None), *a)]
    return y + np.reshape(bias, (-1, *(1,) * len(sizes)))


def stamped(x, w, bias, stride, padding, extra, dilation, groups):
    """The definition of the transposed layer: stamp after stamp, then cut."""
    sizes = [
        (n - 1) * s - 2 * p + d * (k - 1) + e + 1
        for n, k, s, p, e, d in zip(
            x.shape[1:], w.shape[2:], stride, padding, extra, dilation, strict=True
        )
    ]
    ins, outs = len(x) // groups, w.shape[1]
    y = np.zeros((outs * groups, *sizes), dtype=np.result_type(x, w))
    for c, o in product(range(len(x)), range(outs)):
        for cell in product(*map(range, x.shape[1:])):
            for a in product(*map(range, w.shape[2:])):
                place = [
                    s * i + d * j - p
                    for i, j, s, d, p in zip(cell, a, stride, dilation, padding, strict=True)
                ]
                if all(0 <= i < n for i, n in zip(place, sizes, strict=True)):
                    y[(c // ins * outs + o, *place)] += x[(c, *cell)] * w[(c, o, *a)]
    return y + np.reshape(bias, (-1, *(1,) * len(sizes)))


def numbers(draw, shape, *, whole):
    seed = draw(st.integers(0, 2**32 - 1))
    random = np.random.default_rng(seed)
    return random.integers(-9, 10, shape) if whole else random.normal(size=shape)


@st.composite
def layers(draw):
    """Any layer that has an output, in one, two or three dimensions."""
    dimensions = draw(st.integers(1, 3))
    most = (9, 6, 4)[dimensions - 1]

    def each(low, high):
        return tuple(draw(st.integers(low, high)) for _ in range(dimensions))

    fill = draw(st.sampled_from(FILLS))
    dilation, stride, kernel = each(1, 2), each(1, 3), each(1, 3)
    padding = each(0, 2)
    spare = {"reflect": 1, "circular": 0}.get(fill, -3)
    needed = [
        max(d * (k - 1) + 1 - 2 * p, p + spare, 1)
        for k, d, p in zip(kernel, dilation, padding, strict=True)
    ]
    sizes = tuple(draw(st.integers(n, max(n, most))) for n in needed)
    groups, ins, outs = (draw(st.integers(1, 2)) for _ in range(3))
    whole = draw(st.booleans())
    return {
        "x": numbers(draw, (groups * ins, *sizes), whole=whole),
        "w": numbers(draw, (groups * outs, ins, *kernel), whole=whole),
        "bias": numbers(draw, groups * outs, whole=whole),
        "padding": padding,
        "fill": fill,
        "stride": stride,
        "dilation": dilation,
        "groups": groups,
    }


def agree(found, expected):
    assert found.shape == expected.shape
    if expected.dtype.kind == "i":
        assert found.dtype == np.int64
        assert np.array_equal(found, expected)
    else:
        np.testing.assert_allclose(found, expected, rtol=0, atol=1e-12)


@settings(max_examples=300)
@given(layers())
def test_a_layer_is_its_definition(layer):
    agree(correlate_layer(**layer), looped(**layer))


@settings(max_examples=300)
@given(layers(), st.data())
def test_a_transposed_layer_is_its_definition(layer, data):
    stride, dilation = layer["stride"], layer["dilation"]
    x, groups = layer["x"], layer["groups"]
    shape = layer["w"].shape
    w = layer["w"].reshape(groups, -1, *shape[1:]).swapaxes(1, 2).reshape(len(x), -1, *shape[2:])
    extra = tuple(
        data.draw(st.integers(0, max(s, d) - 1)) for s, d in zip(stride, dilation, strict=True)
    )
    full = [
        (n - 1) * s + d * (k - 1) + e + 1
        for n, s, d, k, e in zip(x.shape[1:], stride, dilation, shape[2:], extra, strict=True)
    ]
    padding = tuple(min(p, (n - 1) // 2) for p, n in zip(layer["padding"], full, strict=True))
    found = transposed_layer(
        x,
        w,
        layer["bias"],
        stride=stride,
        padding=padding,
        output_padding=extra,
        dilation=dilation,
        groups=groups,
    )
    agree(found, stamped(x, w, layer["bias"], stride, padding, extra, dilation, groups))


@pytest.mark.parametrize("dimensions", [1, 2, 3])
@pytest.mark.parametrize("mode", ["valid", "same", "full"])
def test_the_named_paddings_are_those_of_scipy(dimensions, mode):
    random = np.random.default_rng(1)
    x = random.integers(-9, 10, (7, 6, 5)[:dimensions])
    w = random.integers(-9, 10, (3, 3, 5)[:dimensions])
    found = convolve_layer(x[None], w[None, None], padding=mode)[0]
    assert np.array_equal(found, signal.convolve(x, w, mode=mode, method="direct"))
    found = correlate_layer(x[None], w[None, None], padding=mode)[0]
    assert np.array_equal(found, signal.correlate(x, w, mode=mode, method="direct"))


@pytest.mark.parametrize(
    ("fill", "mode"),
    [("zeros", "constant"), ("reflect", "mirror"), ("edge", "nearest"), ("circular", "grid-wrap")],
)
def test_fills_are_those_of_ndimage(fill, mode):
    random = np.random.default_rng(2)
    x, w = random.normal(size=(6, 7)), random.normal(size=(5, 3))
    found = correlate_layer(x[None], w[None, None], padding="same", fill=fill)[0]
    np.testing.assert_allclose(found, ndimage.correlate(x, w, mode=mode), atol=1e-12)


def test_same_padding_of_an_even_kernel_has_its_larger_part_at_the_end():
    layout = layout_of((5,), (4,), padding="same")
    assert (layout.before, layout.after, layout.output) == ((1,), (2,), (5,))


@pytest.mark.parametrize(("n", "dropped"), [(7, 0), (8, 1), (9, 0)])
def test_cells_that_the_stride_drops(n, dropped):
    layout = layout_of((n,), (3,), stride=2)
    assert layout.dropped == (dropped,)
    last = layout.corners()[-1, 0] + layout.span[0]
    assert last == n - dropped


def test_corners_and_windows_agree():
    x = np.arange(42).reshape(1, 6, 7)
    layout = layout_of((6, 7), (2, 3), padding=1, stride=(2, 3), dilation=(3, 1))
    seen = windows(x, layout).reshape(len(layout.cells()), 2, 3)
    whole = padded(x, layout)[0]
    for (i, j), window in zip(layout.corners(), seen, strict=True):
        assert np.array_equal(window, whole[i : i + 4 : 3, j : j + 3])


def test_a_transposed_layer_is_the_adjoint_of_the_layer():
    random = np.random.default_rng(3)
    x, w = random.normal(size=(2, 7, 8)), random.normal(size=(3, 2, 3, 3))
    options = {"stride": 2, "padding": 1}
    y = random.normal(size=correlate_layer(x, w, **options).shape)
    back = transposed_layer(y, w, output_padding=(0, 1), **options)
    assert back.shape == x.shape
    assert np.sum(correlate_layer(x, w, **options) * y) == pytest.approx(np.sum(x * back))


def test_large_whole_numbers_do_not_overflow():
    x = np.full((1, 4), 2**40)
    assert correlate_layer(x, np.full((1, 1, 2), 2**40)).dtype == np.float64


def test_flipping_twice_changes_nothing():
    w = np.arange(24).reshape(2, 3, 2, 2)
    assert np.array_equal(flipped(flipped(w)), w)
    assert flipped(w)[0, 0].tolist() == [[3, 2], [1, 0]]


X, W = np.ones((1, 4, 4)), np.ones((1, 1, 3, 3))


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"stride": 0}, "--stride: a stride of 0 is too small"),
        ({"stride": (1, 2, 3)}, "--stride: 3 numbers for a grid of 2"),
        ({"padding": -1}, "--padding: a padding of -1"),
        ({"padding": "some"}, "--padding: unknown padding 'some'"),
        ({"padding": "same", "stride": 2}, "--padding: padding 'same'"),
        ({"padding": 4, "fill": "reflect"}, "4 cells of padding cannot be filled from 4"),
        ({"padding": 5, "fill": "circular"}, "5 cells of padding cannot be filled from 4"),
        ({"fill": "mirror"}, "--fill: unknown fill 'mirror'"),
        ({"dilation": 0}, "--dilation: a dilation of 0"),
        ({"dilation": 2}, "kernel of 3 × 3 (dilated to 5 × 5) is larger than the input of 4 × 4"),
        ({"groups": 2}, "--groups: 1 channels in and 1 out"),
        ({"bias": np.ones(2)}, "--bias: 2 biases for 1 filters"),
    ],
)
def test_what_does_not_go_is_refused_with_its_option(options, says):
    with pytest.raises(InputError) as caught:
        correlate_layer(X, W, **options)
    assert says in str(caught.value)


def test_a_kernel_larger_than_the_padded_input_is_refused_with_all_sizes():
    with pytest.raises(InputError) as caught:
        correlate_layer(X, np.ones((1, 1, 7, 3)), padding=1)
    assert "7 × 3 is larger than the input of 4 × 4 (padded to 6 × 6)" in str(caught.value)
    with pytest.raises(InputError, match="for 2 channels, and the input has 1"):
        correlate_layer(X, np.ones((1, 2, 3, 3)))


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"output_padding": 1}, "--output-padding: an output padding of 1"),
        ({"padding": 3}, "--padding: a padding of 3 × 3 leaves nothing"),
        ({"stride": 0}, "--stride: "),
    ],
)
def test_a_transposed_layer_refuses_with_its_option(options, says):
    with pytest.raises(InputError) as caught:
        transposed_layer(X, W, **options)
    assert says in str(caught.value)
