"""Orders and receptions in the window, by the keyboard alone."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from cantine_desktop.hygiene.food.model import ReceivedGoods
from cantine_desktop.supply.deliveries.model import Delivery, LineOutcome
from cantine_desktop.supply.orders.drafting import draft_for, set_line
from cantine_desktop.supply.orders.model import OrderState, PurchaseOrder
from cantine_desktop.supply.orders.sending import Sent, mark_sent
from cantine_desktop.supply.stock.queries import on_hand
from cantine_desktop.supply.suppliers.model import OrderWay
from tests.supply.desk import TUESDAY, furnish
from ui.desk import Desk
from ui.supply import delivery_pane
from ui.supply.order_sending import SendDialog
from ui.supply.orders import OrdersScreen
from ui.supply.receiving import ReceivingScreen

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


def shown(qtbot, screen):
    qtbot.addWidget(screen)
    screen.resize(1100, 640)
    screen.show()
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    return screen


def draft(desk, there):
    with desk.book.action("commande") as session:
        return draft_for(session, there.supplier, TUESDAY, desk.book.clock()).id


def type_at(qtbot, grid, row, column, text):
    grid.view.stand(row, column)
    grid.view.setFocus()
    for each in text:
        qtbot.keyClick(QApplication.focusWidget(), each)
    qtbot.keyClick(QApplication.focusWidget(), ENTER)


def test_quantities_typed_in_the_grid_make_the_order_and_say_what_lacks(qtbot, desk, there):
    key = draft(desk, there)
    screen = shown(qtbot, OrdersScreen(desk))
    screen.open_at(key)
    pane = screen.list.pane
    assert [head.text for head in pane.model.rows] == [
        "Poires",
        "Tomates pelées",
        "Tomme des Vosges",
    ]
    type_at(qtbot, pane.grid, 0, 0, "1,5")
    assert "90,00\u00a0€, dont livraison 15,00" in pane.total.text()
    assert "pour le franco" in pane.lacks.text()
    type_at(qtbot, pane.grid, 1, 0, "0,5")
    assert "colis entiers" in pane.grid.message or pane.model.refused
    with desk.book.read() as session:
        lines = session.get_one(PurchaseOrder, key).lines
        assert [(line.name, line.units) for line in lines] == [("Poires", Decimal("1.5"))]


def test_an_order_leaves_with_its_text_and_its_proof(qtbot, desk, there):
    key = draft(desk, there)
    with desk.book.action("ligne") as session:
        set_line(session, key, there.pears, Decimal(2), desk.book.clock())
    screen = shown(qtbot, OrdersScreen(desk))
    screen.open_at(key)
    dialog = SendDialog(desk, key, screen)
    qtbot.addWidget(dialog)
    assert "- 2 × Poires" in dialog.text.toPlainText()
    dialog.by.line.setText("AM")
    dialog.done_button.click()
    with desk.book.read() as session:
        order = session.get_one(PurchaseOrder, key)
        assert (order.state, order.revision) == (OrderState.SENT, 1)
        assert order.sendings[0].by == "AM"
        assert "Poires" in order.sendings[0].words
    assert screen.list.pane.button("Recevoir").isVisibleTo(screen)
    assert not screen.list.pane.button("Envoyer…").isVisibleTo(screen)


def test_an_order_below_its_minimum_says_so_and_leaves_when_told(qtbot, desk, there):
    key = draft(desk, there)
    with desk.book.action("ligne") as session:
        set_line(session, key, there.cheese, Decimal(1), desk.book.clock())
    screen = shown(qtbot, OrdersScreen(desk))
    dialog = SendDialog(desk, key, screen)
    qtbot.addWidget(dialog)
    dialog.done_button.click()
    assert "Minimum" in dialog.why.text()
    dialog.below.setChecked(True)
    dialog.done_button.click()
    with desk.book.read() as session:
        assert session.get_one(PurchaseOrder, key).state is OrderState.SENT


@pytest.fixture
def sent(desk, there):
    key = draft(desk, there)
    with desk.book.action("envoi") as session:
        for article, units in ((there.pears, 2), (there.cheese, 1), (there.tins, 3)):
            set_line(session, key, article, Decimal(units), desk.book.clock())
        mark_sent(session, key, Sent(OrderWay.EMAIL), desk.book.clock())
    return key


def test_a_delivery_is_received_in_one_key_a_line_and_closed(qtbot, monkeypatch, desk, sent):
    screen = shown(qtbot, ReceivingScreen(desk))
    screen.open_at(("order", sent))
    pane = screen.list.pane
    pane.grid.view.stand(0, 0)
    pane.grid.view.setFocus()
    qtbot.keyClick(pane.grid.view, ENTER)
    assert pane.grid.lines[0].outcome is LineOutcome.CONFORM
    type_at(qtbot, pane.grid, 1, 0, "1")
    type_at(qtbot, pane.grid, 1, 1, "3,05")
    type_at(qtbot, pane.grid, 2, 0, "2")
    monkeypatch.setattr(delivery_pane, "ask_text", _initials)
    qtbot.keyClick(pane, ENTER, Qt.KeyboardModifier.ControlModifier)
    with desk.book.read() as session:
        (delivery,) = session.query(Delivery).all()
        assert delivery.is_sealed
        assert [line.outcome for line in delivery.lines] == [
            LineOutcome.CONFORM,
            LineOutcome.CONFORM,
            LineOutcome.DIFFERENT,
        ]
        assert session.query(ReceivedGoods).count() == 3
        assert sorted(on_hand(session).values()) == [3050, 2 * 66 * 180, 2 * 15000]
        assert session.get_one(PurchaseOrder, sent).state is OrderState.RECEIVED
    assert not pane.close_button.isVisibleTo(screen)


def test_all_conform_is_one_key_and_one_undo(qtbot, desk, sent):
    screen = shown(qtbot, ReceivingScreen(desk))
    screen.open_at(("order", sent))
    pane = screen.list.pane
    qtbot.keyClick(
        pane,
        Qt.Key.Key_C,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    assert {line.outcome for line in pane.grid.lines} == {LineOutcome.CONFORM}
    desk.book.undo()
    assert {line.outcome for line in pane.grid.lines} == {None}


def test_a_wrong_text_stays_in_its_cell_with_its_reason(qtbot, desk, sent):
    screen = shown(qtbot, ReceivingScreen(desk))
    screen.open_at(("order", sent))
    pane = screen.list.pane
    type_at(qtbot, pane.grid, 0, 2, "380")
    assert pane.grid.model.refused == [(0, 2)]
    assert "température" in pane.grid.model.cell(0, 2).tip


def _initials(*_args, **_more):
    return "MB"
