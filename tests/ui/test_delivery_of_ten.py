"""A delivery of ten lines, by the keyboard alone, in fewer keys than a minute has seconds."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from cantine_desktop.supply.articles.keeping import ArticleFacts, add_article
from cantine_desktop.supply.articles.model import ContentUnit, PriceBasis
from cantine_desktop.supply.deliveries.model import Delivery, LineOutcome
from cantine_desktop.supply.orders.drafting import draft_for, set_line
from cantine_desktop.supply.orders.sending import Sent, mark_sent
from cantine_desktop.supply.stock.model import Lot
from cantine_desktop.supply.suppliers.keeping import SupplierFacts, add_supplier
from cantine_desktop.supply.suppliers.model import OrderWay
from tests.supply.desk import PRICED, TUESDAY
from tests.supply.shelves import add_product
from ui.desk import Desk
from ui.supply import delivery_pane
from ui.supply.delivery_close import Signed
from ui.supply.receiving import ReceivingScreen

LINES, MINUTE = 10, 60
ENTER, TAB = Qt.Key.Key_Return, Qt.Key.Key_Tab
NO, CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(book):
    desk = Desk(book)
    yield desk
    desk.close()


@pytest.fixture
def sent(desk):
    """The key of an order of ten articles that left."""
    now = desk.book.clock()
    with desk.book.action("départ") as session:
        supplier = add_supplier(session, SupplierFacts("Grossiste")).id
        order = draft_for(session, supplier, TUESDAY, now)
        for n in range(LINES):
            product = add_product(session, f"Produit {n}")
            facts = ArticleFacts(
                supplier, product, f"Article {n}", (("caisse", Decimal(5000)),),
                ContentUnit.GRAM, Decimal("2.4"), PriceBasis.KILOGRAM,
            )  # fmt: skip
            article = add_article(session, facts, now, PRICED).id
            set_line(session, order.id, article, Decimal(2), now)
        mark_sent(session, order.id, Sent(OrderWay.PHONE), now)
        return order.id


def test_eight_as_ordered_one_weighed_one_refused_and_closed(qtbot, monkeypatch, desk, sent):
    screen = ReceivingScreen(desk)
    qtbot.addWidget(screen)
    screen.resize(1100, 640)
    screen.show()
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    screen.open_at(("order", sent))
    pane = screen.list.pane
    pane.grid.view.stand(0, 0)
    pane.grid.view.setFocus()
    pressed = []

    def press(key, modifier=NO):
        pressed.append(key)
        qtbot.keyClick(QApplication.focusWidget(), key, modifier)

    for n in range(LINES):
        if n == 3:  # weighed: 2 boxes, 9,8 kg
            for key in ("2", TAB, "9", ",", "8", ENTER):
                press(key)
            press(Qt.Key.Key_Home)
        elif n == 7:  # one of the two goes back
            for key in ("1", ENTER):
                press(key)
        else:
            press(ENTER)
    monkeypatch.setattr(delivery_pane, "ask", lambda *_: True)
    monkeypatch.setattr(delivery_pane, "ask_closing", lambda *_: Signed("MB", True, True))
    press(ENTER, CONTROL)
    with desk.book.read() as session:
        [delivery] = session.query(Delivery)
        outcomes = [line.outcome for line in delivery.lines]
        assert delivery.is_sealed
        assert outcomes.count(LineOutcome.CONFORM) == LINES - 1
        assert outcomes[7] is LineOutcome.DIFFERENT
        assert delivery.lines[3].weight == Decimal(9800)
        assert session.query(Lot).count() == LINES
    assert len(pressed) < MINUTE / 3
