"""The order of the walk and the room of a place, by the keyboard."""

from decimal import Decimal
from fractions import Fraction

import pytest
from PySide6.QtCore import Qt

from cantine_desktop.supply.articles.model import Cold
from cantine_desktop.supply.stock.arranging import cold_litres
from cantine_desktop.supply.stock.counting import to_count
from cantine_desktop.supply.stock.following import follow, places
from tests.supply.shelves import add_product
from ui.desk import Desk
from ui.supply.stock_places import PlacesDialog

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def desk(book):
    desk = Desk(book)
    yield desk
    desk.close()


@pytest.fixture
def shelves(desk):
    """Rice and flour in the larder, milk in the fridge; their keys."""
    with desk.book.action("départ") as session:
        keys = [add_product(session, name) for name in ("Riz", "Farine", "Lait")]
        for key, place in zip(keys, ("Réserve", "Réserve", "Frigo"), strict=True):
            follow(session, key, place)
        return keys


@pytest.fixture
def dialog(qtbot, desk, shelves):
    assert shelves
    dialog = PlacesDialog(desk, None)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def test_the_counting_sheet_follows_the_order_that_is_given(qtbot, desk, shelves, dialog):
    rice, flour, milk = shelves
    dialog.places.list.setCurrentRow(1)
    dialog.places.list.setFocus()
    qtbot.keyClick(dialog.places.list, Qt.Key.Key_Up, ALT)
    dialog.places.list.setCurrentRow(1)
    dialog.items.list.setCurrentRow(1)
    dialog.items.list.setFocus()
    qtbot.keyClick(dialog.items.list, Qt.Key.Key_Up, ALT)
    with desk.book.read() as session:
        assert to_count(session, None) == [milk, flour, rice]
    desk.book.undo()
    with desk.book.read() as session:
        assert to_count(session, None) == [milk, rice, flour]


@pytest.mark.usefixtures("shelves")
def test_the_room_of_a_cold_place_is_typed_and_counts_once_all_are_measured(desk, dialog):
    dialog.places.list.setCurrentRow(1)
    dialog.cold.setCurrentIndex(dialog.cold.findData(Cold.FRESH))
    dialog.cold.activated.emit(dialog.cold.currentIndex())
    with desk.book.read() as session:
        assert cold_litres(session) is None
    dialog.litres.line.setText("350")
    dialog.litres.commit()
    with desk.book.read() as session:
        assert [place.litres for place in places(session)] == [None, Decimal(350)]
        assert cold_litres(session) == Fraction(350)
