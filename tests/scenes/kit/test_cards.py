"""Cards keep to their box, and lie closest in the groups that they are pushed into."""

import numpy as np
import pytest
from manim import Square

from scenes.kit.cards import Cards, CardTable
from scenes.kit.chart import Box
from scenes.theme import DARK

BOX = Box(-4.0, 4.0, -2.0, 2.0)
TABLE = CardTable.within(BOX, 3, 4, gap=0.4, largest=(9.0, 9.0))


@pytest.mark.parametrize("index", [0, 0.3, 1, 1.7, 2])
def test_all_cards_stay_in_the_box_and_keep_apart(index: float):
    places = np.array([[TABLE.place(k, i, index) for i in range(4)] for k in range(3)])
    assert np.abs(places[..., 0]).max() + TABLE.width / 2 <= 4.0 + 1e-12
    assert np.abs(places[..., 1]).max() + TABLE.height / 2 <= 2.0 + 1e-12
    assert np.diff(places[..., 0], axis=1).min() > TABLE.width
    assert -np.diff(places[..., 1], axis=0).max() > TABLE.height


def test_a_group_is_closer_than_its_neighbours():
    across, down = np.array([TABLE.gaps(index) for index in (1, 2)]).T
    assert across[0] > 3 * down[0]
    assert down[1] > 3 * across[1]


@pytest.mark.parametrize(("by", "count", "index"), [("columns", 4, 1), ("rows", 3, 2)])
def test_a_frame_holds_its_group_and_nothing_else(by, count, index):
    for which in range(count):
        frame = TABLE.frame(which, by, DARK.text).points
        low, high = frame.min(axis=0)[:2], frame.max(axis=0)[:2]
        for k in range(3):
            for i in range(4):
                inside = which == (i if by == "columns" else k)
                place = TABLE.place(k, i, index)[:2]
                assert bool(((low < place) & (place < high)).all()) == inside


def test_a_smaller_card_leaves_the_rest_of_the_box_below():
    table = CardTable.within(BOX, 2, 2, gap=0.4, largest=(2.0, 1.0))
    assert (table.width, table.height) == (2.0, 1.0)
    assert (table.box.top, table.box.bottom) == pytest.approx((2.0, -0.4))
    assert (table.box.left, table.box.right) == pytest.approx((-2.2, 2.2))


def test_riders_move_with_their_card_their_row_or_their_column():
    card, row, column = (Square(0.2) for _ in range(3))
    card.move_to(TABLE.place(2, 3, 0))
    row.move_to([-5.0, TABLE.place(2, 0, 0)[1], 0.0])
    column.move_to([TABLE.place(0, 3, 0)[0], 3.0, 0.0])
    cards = Cards(TABLE, {card: (2, 3), row: (2, None), column: (None, 3)})
    for index in (1, 2, 0.5, 0):
        cards.draw(index)
        x, y, _ = TABLE.place(2, 3, index)
        assert card.get_center()[:2] == pytest.approx([x, y])
        assert row.get_center()[:2] == pytest.approx([-5.0, y])
        assert column.get_center()[:2] == pytest.approx([x, 3.0])
