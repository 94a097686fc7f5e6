"""The week's buying in the window: needs, orders proposed, what a change costs, free delivery."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from cantine_desktop.meals.needs.proposing import drafts
from cantine_desktop.supply.orders.drafting import draft_for, set_line
from cantine_desktop.values.period import DAY
from tests.meals.larder import TUESDAY, furnish, sell
from ui.desk import Desk
from ui.supply import buying, buying_drafts
from ui.supply.buying import BuyingScreen

ENTER = Qt.Key.Key_Return


@pytest.fixture
def desk(book):
    desk = Desk(book)
    yield desk
    desk.close()


@pytest.fixture
def there(desk):
    with desk.book.action("départ") as session:
        return furnish(session)


@pytest.fixture
def screen(qtbot, desk, there):
    del there
    screen = BuyingScreen(desk)
    qtbot.addWidget(screen)
    screen.resize(1100, 640)
    screen.show()
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    qtbot.waitUntil(lambda: len(screen.table.model.keys) == 3, timeout=20_000)
    return screen


def propose(qtbot, screen, count=1):
    screen.propose.trigger()
    qtbot.waitUntil(lambda: screen.drafts.count == count, timeout=20_000)


def needs(screen):
    rows = [screen.table.model.row(place) for place in range(len(screen.table.model.keys))]
    return [tuple(text.replace("\u00a0", " ") for text in row.texts[:4]) for row in rows]


def said(label):
    return label.text().replace("\u00a0", " ")


def type_at(qtbot, grid, row, text):
    grid.view.stand(row, buying_drafts.UNITS)
    grid.view.setFocus()
    for each in text:
        qtbot.keyClick(QApplication.focusWidget(), each)
    qtbot.keyClick(QApplication.focusWidget(), ENTER)


def test_the_needs_of_the_week_are_there_and_explain_themselves(screen):
    assert needs(screen) == [
        ("courge", "5 kg", "", "5 kg"),
        ("crème", "1 kg", "", "1 kg"),
        ("farine", "200 g", "", "200 g"),
    ]
    assert screen.subtitle.startswith("3 produits à acheter")
    assert "Gratin de courge : 5 kg pour 20 portions." in said(screen.why)
    assert "1,80 € le kg chez Ferme K" in said(screen.why)


def test_the_orders_proposed_are_written_and_cover_the_needs(qtbot, desk, screen):
    propose(qtbot, screen)
    assert screen.drafts.lines == ["Biocoop, mar. 24", "Courges en vrac", "Crème"]
    assert said(screen.drafts.total) == "Total HT : 19,60 €"
    assert "prouvé" in screen.drafts.notes.text()
    assert needs(screen) == [("farine", "200 g", "", "200 g")]
    assert "farine" in screen.drafts.notes.text()
    desk.book.undo()
    assert not screen.drafts.count
    assert len(needs(screen)) == 3


def test_a_quantity_changed_says_what_it_costs_and_what_lacks(qtbot, screen):
    propose(qtbot, screen)
    type_at(qtbot, screen.drafts.grid, 1, "3")
    assert said(screen.drafts.total) == "Total HT : 13,60 €"
    assert said(screen.drafts.notes) == "Depuis la proposition : 6,00 € de moins."
    assert needs(screen)[0] == ("courge", "5 kg", "3 kg", "2 kg")
    type_at(qtbot, screen.drafts.grid, 1, "0")
    assert screen.drafts.lines == ["Biocoop, mar. 24", "Courges en vrac", "Crème"]
    type_at(qtbot, screen.drafts.grid, 1, "5")
    assert said(screen.drafts.total) == "Total HT : 19,60 €"


def test_what_lacks_is_completed_and_what_was_typed_stays(qtbot, desk, screen, monkeypatch):
    propose(qtbot, screen)
    type_at(qtbot, screen.drafts.grid, 1, "2")
    monkeypatch.setattr(buying, "choose", lambda *_: 0)
    screen.propose.trigger()
    qtbot.waitUntil(lambda: said(screen.drafts.total) == "Total HT : 19,60 €", timeout=20_000)
    with desk.book.read() as session:
        (order,) = drafts(session, TUESDAY + DAY)
        assert {line.name: line.units for line in order.lines}["Courges en vrac"] == 5


def test_free_delivery_is_reached_by_one_of_the_ways_that_are_offered(
    qtbot, desk, there, screen, monkeypatch
):
    now = desk.book.clock()
    with desk.book.action("commande à la ferme") as session:
        squash = sell(session, there.farm, there.squash, "Potimarrons", 5000, "2.00", shelf_days=60)
        order = draft_for(session, there.farm, TUESDAY, now)
        set_line(session, order.id, squash, Decimal(2), now)
    qtbot.waitUntil(lambda: screen.drafts.count == 1)
    screen.drafts.grid.view.stand(1, buying_drafts.UNITS)
    assert "Il manque 20,00 € pour le franco" in " ".join(
        screen.drafts.grid.model.cell(0, buying_drafts.WHY).text.split("\u00a0")
    ).replace("\u202f", " ")
    asked = []

    def choose(_parent, title, _text, ways, _button):
        asked.extend([title, *ways])
        return 0

    monkeypatch.setattr(buying_drafts, "choose", choose)
    screen.drafts.reach.trigger()
    assert len(asked) >= 2
    assert "Potimarrons" in asked[1]
    assert not screen.drafts.reach.isEnabled()
    with desk.book.read() as session:
        (order,) = drafts(session, TUESDAY + DAY)
        assert order.lines[0].units == 4


def test_a_week_of_closed_doors_is_told_in_one_sentence(qtbot, desk):
    screen = BuyingScreen(desk)
    qtbot.addWidget(screen)
    screen.show()
    qtbot.waitUntil(lambda: screen.subtitle.startswith("0 produit"), timeout=20_000)
    assert not screen.table.model.keys
    assert not screen.drafts.count
