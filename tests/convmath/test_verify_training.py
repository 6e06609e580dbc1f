"""Each check fails where its own number is wrong."""

from dataclasses import replace

import numpy as np
import pytest

from convmath import train
from convmath.verify_training import verify_training

SIGNAL = [1.0, -2, 0.5, 3, -1, 2, 0, 1, -1.5]
RUNS = train(SIGNAL, [2, 1, -1], [0.5, 1, 0], rate=0.1, steps=400, noise=0.3)


def failed(**changes):
    return [check.name for check in verify_training(replace(RUNS, **changes)) if not check.passed]


def changed(name, where, by):
    values = np.array(getattr(RUNS, name))
    values[where] += by
    return {name: values}


def test_all_pass_as_they_are():
    assert failed() == []


@pytest.mark.parametrize(
    ("name", "where", "by", "check"),
    [
        ("convolution", (-1, 0), 2e-6, "the kernels are mirror images"),
        ("correlation", (-1, 1), 2e-6, "the kernels are mirror images"),
        ("convolution", (-1, 0), 2e-6, "k₁ against numpy.linalg.lstsq"),
        ("correlation", (-1, 1), 2e-6, "k₂ against numpy.linalg.lstsq"),
        ("correlation_loss", -1, 1e-6, "the losses end at the same value"),
        ("convolution_loss", 3, 5.0, "no step raises a loss"),
        ("correlation", (1, 2), 1e-5, "gradients against finite differences"),
        ("convolution_output", (0, 0), 1e-9, "outputs against numpy.convolve and correlate"),
    ],
)
def test_a_wrong_number_is_found(name, where, by, check):
    assert check in failed(**changed(name, where, by))


def test_nan_never_passes():
    assert failed(**changed("convolution", (-1, 0), np.nan))
