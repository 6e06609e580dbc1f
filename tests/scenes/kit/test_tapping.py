"""Products appear one after the other, with the sum that they have reached."""

import numpy as np
import pytest

from convmath.grid_frames import sweep_grid
from rendering.quality import PRESETS
from rendering.recorder import manim_settings
from scenes.kit.cells import Cells
from scenes.kit.grid import Grid
from scenes.kit.tapping import Tapping
from scenes.theme import DARK

HOME = Cells(6, 6, left=-6.0, top=2.0, width=0.5, height=0.5)
KERNEL = Cells(2, 2, left=0.0, top=2.0, width=0.5, height=0.5)
X = np.arange(36).reshape(1, 6, 6)
W = np.array([[[[1, -2], [3, 4]]]])


@pytest.fixture(autouse=True)
def _settings():
    with manim_settings(PRESETS["draft"]):
        yield


@pytest.fixture
def tapping() -> Tapping:
    frames = sweep_grid(X, W, dilation=2)
    products = Grid(KERNEL, DARK)
    return Tapping(
        frames.at(5), W[0, 0], (2, 2), products, np.full((2, 2), "#334455"), (HOME, KERNEL), DARK,
        (0.0, -3.0),
    )  # fmt: skip


@pytest.mark.parametrize("k", [0, 1, 2, 3])
def test_rings_numbers_and_products_agree(tapping: Tapping, k: int):
    tapping.draw(3)
    tapping.draw(k)
    a, b = divmod(k, 2)
    row, column = 1 + 2 * a, 1 + 2 * b
    np.testing.assert_allclose(tapping.rings[0].get_center(), HOME.centre(row, column))
    np.testing.assert_allclose(tapping.rings[1].get_center(), KERNEL.centre(a, b))
    products = W[0, 0] * X[0, 1:4:2, 1:4:2]
    shown = " ".join(n.content for n in tapping.products.numbers.values()).replace("−", "-")
    assert sorted(map(int, shown.split())) == sorted(products.ravel()[: k + 1])
    line = [int(n.content.replace("−", "-")) for n in tapping.numbers]
    total = products.ravel()[: k + 1].sum()
    assert line == [W[0, 0, a, b], X[0, row, column], products[a, b], total]


def test_on_the_way_the_next_product_is_not_there_yet(tapping: Tapping):
    tapping.draw(1.2)
    assert tapping.numbers[0].content == "−2"
