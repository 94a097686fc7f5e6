"""A gift announced in the window by the keyboard, moved, and received when it comes."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from cantine_desktop.supply.deliveries.announcing import announced, promises
from cantine_desktop.supply.stock.queries import on_hand
from cantine_desktop.supply.suppliers.keeping import SupplierFacts, add_supplier
from cantine_desktop.supply.suppliers.model import SupplierKind
from tests.supply.desk import furnish
from ui.desk import Desk
from ui.supply import delivery_pane
from ui.supply.delivery_close import Signed
from ui.supply.delivery_grid import RECEIVED
from ui.supply.receiving import ReceivingScreen
from ui.supply.surplus import SurplusScreen

ENTER = Qt.Key.Key_Return


@pytest.fixture
def desk(book):
    desk = Desk(book)
    yield desk
    desk.close()


@pytest.fixture
def screen(qtbot, desk):
    with desk.book.action("départ") as session:
        furnish(session)
        add_supplier(session, SupplierFacts("Banque alimentaire", SupplierKind.DONOR))
    screen = SurplusScreen(desk)
    qtbot.addWidget(screen)
    screen.resize(1100, 640)
    screen.show()
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    return screen


def in_dialog(qtbot, do):
    """Do something in the dialog that opens next."""

    def live():
        dialog = QApplication.activeModalWidget()
        try:
            qtbot.waitUntil(dialog.isActiveWindow)
            do(dialog)
        finally:
            if dialog.isVisible():
                dialog.reject()

    QTimer.singleShot(0, live)


def fill(qtbot, field, text):
    field.line.setFocus()
    field.line.selectAll()
    qtbot.keyClicks(field.line, text)


def announce_it(qtbot, screen):
    def live(dialog):
        fill(qtbot, dialog.day, "+2")
        fill(qtbot, dialog.product, "tomme")
        fill(qtbot, dialog.amount, "5")
        dialog.keep()

    in_dialog(qtbot, live)
    screen.announce.trigger()
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    return screen.list.pane


def day_after_tomorrow(desk):
    return desk.book.clock().date() + timedelta(days=2)


def test_a_gift_is_announced_and_shown_among_what_is_awaited(qtbot, desk, screen):
    pane = announce_it(qtbot, screen)
    with desk.book.read() as session:
        (gift,) = promises(session, desk.book.clock().date())
        assert (gift.giver, gift.day, gift.quantity) == (
            "Banque alimentaire",
            day_after_tomorrow(desk),
            5000,
        )
    assert pane.grid.model.cell(0, RECEIVED).text == "5"
    assert pane.arrived.isVisibleTo(pane)
    assert not pane.close_button.isVisibleTo(pane)
    assert "1 annoncé" in screen.subtitle
    receptions = ReceivingScreen(desk)
    qtbot.addWidget(receptions)
    receptions.refresh()
    (row,) = receptions._rows.values()
    assert row.expected
    desk.book.undo()
    with desk.book.read() as session:
        assert announced(session) == []


def test_its_amount_is_typed_again_and_its_day_moved(qtbot, desk, screen):
    pane = announce_it(qtbot, screen)
    pane.grid.view.stand(0, RECEIVED)
    pane.grid.view.setFocus()
    qtbot.keyClick(QApplication.focusWidget(), "8")
    qtbot.keyClick(QApplication.focusWidget(), ENTER)

    def later(dialog):
        fill(qtbot, dialog.day, "+4")
        qtbot.keyClick(dialog.day.line, ENTER)

    in_dialog(qtbot, later)
    pane.other_day.click()
    with desk.book.read() as session:
        (gift,) = promises(session, desk.book.clock().date())
        assert gift.quantity == 8000
        assert gift.day == day_after_tomorrow(desk) + timedelta(days=2)


def test_it_comes_and_is_received_by_enter(qtbot, monkeypatch, desk, screen):
    pane = announce_it(qtbot, screen)
    pane.arrived.click()
    assert pane.close_button.isVisibleTo(pane)
    qtbot.keyClick(pane.grid.view, ENTER)
    monkeypatch.setattr(delivery_pane, "ask_closing", _initials)
    pane.close_button.click()
    with desk.book.read() as session:
        assert list(on_hand(session).values()) == [5000]
        assert announced(session) == []


def _initials(*_args, **_more):
    return Signed("MB", wrapped=True, labelled=True)
