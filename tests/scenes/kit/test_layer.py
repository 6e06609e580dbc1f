"""A layer drawn neuron by neuron shows its frames, and nothing that is not reached yet."""

import numpy as np
import pytest

from convmath import Sequence, convolutional_layer
from rendering.quality import PRESETS
from rendering.recorder import manim_settings
from scenes.kit.cells import Cells
from scenes.kit.grid import Grid
from scenes.kit.layer import (
    Copying,
    Emptying,
    Multiplying,
    Network,
    Sharing,
    Strip,
    Walk,
    entry_colours,
    shades,
)
from scenes.kit.palette import series
from scenes.kit.sliding import Slide
from scenes.theme import DARK

FULL = convolutional_layer(Sequence([7, 8, 9]), Sequence([1, 2, 3, 4]), mode="full", bias=-40.0)
ORDER = [0, 1, 2]
MATRIX = Cells(6, 4, left=-2.0, top=1.0, width=0.5, height=0.5)
LINE = Cells(1, 8, left=-3.0, top=2.0, width=0.5, height=0.5)
COLUMN = Cells(6, 1, left=1.0, top=1.0, width=0.5, height=0.5)


@pytest.fixture(autouse=True)
def _settings():
    with manim_settings(PRESETS["draft"]):
        yield


def grid(cells: Cells = MATRIX) -> Grid:
    return Grid(cells, DARK, size=20.0)


def strip() -> Strip:
    return Strip(Cells(1, 3, -3.0, 1.0, 0.5, 0.5), FULL, ORDER, DARK, 20.0)


def walks() -> dict[str, Walk]:
    network = Network(LINE, DARK, series(DARK, 3), -2.0)
    return {
        "copying": Copying(FULL, LINE, MATRIX, DARK, network, strip()),
        "emptying": Emptying(FULL, LINE, grid(), grid(), DARK),
        "sharing": Sharing(FULL, LINE, grid(), grid(), DARK, strip()),
        "multiplying": Multiplying(FULL, LINE, grid(), DARK, grid(COLUMN), grid(COLUMN)),
    }


def written(shown: Grid) -> list[str]:
    return sorted(" ".join(part.content for part in shown.numbers.values()).split())


def texts(values) -> list[str]:
    return sorted(f"{value:g}".replace("-", "−") for value in values)


@pytest.mark.parametrize("kind", ["copying", "emptying", "sharing", "multiplying"])
def test_a_step_looks_the_same_whatever_was_shown_before(kind: str):
    one, other = walks()[kind], walks()[kind]
    for index in (5, 0, 2.3, 3):
        one.draw(index)
    other.draw(3)
    visible = [[m.points for m in w.get_family() if len(m.points)] for w in (one, other)]
    for a, b in zip(*visible, strict=True):
        np.testing.assert_allclose(a, b, atol=1e-9)


@pytest.mark.parametrize("kind", ["copying", "emptying", "sharing", "multiplying"])
def test_the_window_covers_the_inputs_of_the_row_in_the_frame(kind: str):
    walk = walks()[kind]
    for n in range(6):
        walk.draw(n)
        block = LINE.block(0, n, 1, 3)
        middle = [(block.left + block.right) / 2, (block.bottom + block.top) / 2]
        np.testing.assert_allclose(walk.window.get_center()[:2], middle, atol=1e-9)
        columns = MATRIX.left + (FULL.start[n] + np.array([0, 3])) * MATRIX.width
        np.testing.assert_allclose([block.left, block.right], columns, atol=1e-9)
        assert walk.frame.get_center()[1] == pytest.approx(MATRIX.centre(n, 0)[1])


def test_each_weight_has_one_colour():
    colours = entry_colours(FULL, DARK)
    for j, colour in enumerate(series(DARK, 3)):
        assert (colours[FULL.tap == j] == colour).all()
    assert (colours[FULL.tap < 0] == "").all()


def test_different_weights_have_different_shades_from_small_to_large():
    shade = shades(FULL.dense, DARK)
    order = np.argsort(FULL.dense.ravel())
    assert shade.ravel()[order[0]] != shade.ravel()[order[-1]]
    assert len(np.unique(shade)) > 5


def test_copies_stay_where_the_neuron_has_been():
    walk = walks()["copying"]
    for index, neurons in ((0, 1), (0.25, 2), (1, 2), (5, 6)):
        walk.draw(index)
        assert len(walk.network.arrows.points) == 4 * neurons
        assert [len(wire.points) for wire in walk.network.wires] == [4 * neurons] * 3
        assert walk.network.names.content == " ".join("A" * neurons)


def test_each_wire_joins_a_neuron_to_its_input():
    network = Network(LINE, DARK, series(DARK, 3), -2.0).draw([0, 4])
    for k, wire in enumerate(network.wires):
        ends = wire.points.reshape(-1, 4, 3)[:, [0, 3]]
        for (foot, head), place in zip(ends, (0, 4), strict=True):
            assert foot[0] == pytest.approx(LINE.centre(0, place + k)[0])
            assert foot[1] == pytest.approx(LINE.box.bottom)
            np.testing.assert_allclose(head, [LINE.centre(0, place + 1)[0], -2.0, 0.0])


def test_all_wires_are_as_many_as_weights():
    network = Network(LINE, DARK, series(DARK, 3), -2.0)
    wires = network.all_wires(6, np.arange(2, 6), DARK.axis)
    ends = wires.points.reshape(-1, 4, 3)[:, [0, 3], 0]
    assert len(ends) == FULL.counts.dense
    assert len(np.unique(ends, axis=0)) == FULL.counts.dense


def test_rows_are_emptied_one_by_one():
    walk = walks()["emptying"]
    outside = FULL.tap < 0
    for n in (-1, 0, 3, 5):
        walk.draw(n)
        emptied = outside & (FULL.n <= n)[:, None]
        assert written(walk.zeros) == texts(FULL.row[emptied])
        assert written(walk.dense) == texts(FULL.dense[~emptied])


def test_weights_are_shared_row_by_row():
    walk = walks()["sharing"]
    band = FULL.tap >= 0
    for n in (-1, 0, 3, 5):
        walk.draw(n)
        own = band & (FULL.n > n)[:, None]
        assert written(walk.dense) == texts(FULL.dense[own])
        assert written(walk.matrix) == texts(FULL.row[~own])


def test_weights_on_their_way_never_leave_the_matrix():
    walk = walks()["sharing"]
    for index in np.linspace(0, 5, 41):
        walk.draw(index)
        points = np.concatenate([tile.points for tile in walk.strip.tiles.values()])
        assert points[:, 0].min() > MATRIX.box.left
        assert points[:, 0].max() < MATRIX.box.right
    walk.draw(3)
    assert written(walk.strip) == texts(FULL.row[3][FULL.tap[3] >= 0])


def test_only_the_row_in_the_frame_is_bright():
    walk = walks()["multiplying"]
    for n in range(6):
        walk.draw(n)
        bright = {c for c, tile in walk.matrix.tiles.items() if len(tile.points)}
        own = [c for c in series(DARK, 3) if c in bright]
        rows = np.concatenate([walk.matrix.tiles[c].points for c in own])[:, 1]
        block = MATRIX.block(n, 0)
        assert block.bottom < rows.min() < rows.max() < block.top
        assert len(own) == np.count_nonzero(FULL.tap[n] >= 0)


def test_outputs_are_not_shown_before_their_row():
    walk = walks()["multiplying"]
    for index, known in ((0, 1), (2, 3), (2.3, 3), (2.7, 4), (5, 6)):
        walk.draw(index)
        assert written(walk.sums) == texts(FULL.preactivation[:known])
        assert written(walk.outputs) == texts(FULL.output[:known])


def test_at_the_end_all_rows_are_bright():
    walk = walks()["multiplying"]
    walk.draw(5)
    walk.all_rows()
    for j, colour in enumerate(series(DARK, 3)):
        tiles = len(walk.matrix.tiles[colour].points) // 32
        assert tiles == np.count_nonzero(FULL.tap == j)


def test_a_slide_runs_a_walk():
    walk = walks()["multiplying"]
    slide = Slide(walk, 4, run_time=1.0)
    slide.begin()
    slide.interpolate(0.4)
    assert 0 < walk.index < 4
    slide.finish()
    assert walk.index == 4
