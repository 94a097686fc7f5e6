"""A closed reception put right in the window by the keyboard, and its claim followed."""

from decimal import Decimal
from io import BytesIO

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from cantine_desktop.office.receiving import receive
from cantine_desktop.supply.deliveries.closed_sheet import write_receptions
from cantine_desktop.supply.deliveries.drafting import draft_from
from cantine_desktop.supply.deliveries.drafting import set_line as note
from cantine_desktop.supply.deliveries.standing import corrections_of
from cantine_desktop.supply.invoices.drafting import Head, awaited, begin, bill, set_amount
from cantine_desktop.supply.invoices.judging import claim
from cantine_desktop.supply.orders.drafting import draft_for, set_line
from cantine_desktop.supply.orders.sending import Sent, mark_sent
from cantine_desktop.supply.stock.queries import on_hand
from cantine_desktop.supply.suppliers.model import OrderWay
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period
from tests.documents.reading import pages
from tests.supply.desk import TUESDAY, furnish
from ui.desk import Desk
from ui.kit.cells import State
from ui.supply.delivery_correct import CorrectDialog
from ui.supply.delivery_grid import LOT, RECEIVED
from ui.supply.receiving import ReceivingScreen

BOX = 66 * 180


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
def closed(desk, there):
    """Receive three boxes of pears, of which one went back."""
    now = desk.book.clock()
    with desk.book.action("réception", undoable=False) as session:
        order = draft_for(session, there.supplier, TUESDAY, now)
        set_line(session, order.id, there.pears, Decimal(3), now)
        mark_sent(session, order.id, Sent(OrderWay.EMAIL), now, below_minimum=True)
        delivery = draft_from(session, [order.id], now)
        told = {"received": Decimal(3), "refused": Decimal(1), "lot_code": "A12"}
        note(session, delivery.id, delivery.lines[0].id, **told)
        receive(session, delivery.id, "MB", now)
        return delivery.id


@pytest.fixture
def pane(qtbot, desk, closed):
    screen = ReceivingScreen(desk)
    qtbot.addWidget(screen)
    screen.resize(1100, 640)
    screen.show()
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    screen.open_at(closed)
    yield screen.list.pane
    screen.close()


def plain(text):
    return text.replace("\u00a0", " ").replace("\u202f", " ")


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


def typed(qtbot, field, text):
    field.line.setFocus()
    field.line.selectAll()
    qtbot.keyClicks(field.line, text)
    qtbot.keyClick(field.line, Qt.Key.Key_Tab)


def test_a_line_is_put_right_by_the_keyboard_and_both_figures_stand(qtbot, desk, closed, pane):
    seen = []

    def right(dialog):
        typed(qtbot, dialog.received, "2")
        typed(qtbot, dialog.refused, "0")
        typed(qtbot, dialog.lot, "A21")
        seen.append(plain(dialog.effect.text()))
        typed(qtbot, dialog.reason, "bon relu")
        dialog.by.line.setFocus()
        qtbot.keyClicks(dialog.by.line, "CD")
        qtbot.keyClick(dialog.by.line, Qt.Key.Key_Return)

    in_dialog(qtbot, right)
    pane.correct.click()
    assert "ne changent pas" in seen[0]
    first, second = pane.grid.lines
    assert (first.texts[RECEIVED], second.texts[RECEIVED]) == ("3", "2")
    assert pane.grid.model.cell(1, RECEIVED).state is State.TOLERATED
    assert pane.grid.model.cell(1, LOT).text == "A21"
    assert second.asked.startswith("CD, le")
    desk.book.undo()
    assert len(pane.grid.lines) == 1
    assert closed


def test_what_changes_is_told_before_it_is_kept(qtbot, pane):
    seen = []

    def look(dialog):
        typed(qtbot, dialog.received, "2")
        seen.append(plain(dialog.effect.text()))

    in_dialog(qtbot, look)
    pane.correct.click()
    assert seen[0].splitlines() == [
        "Entré en stock : 23,76 kg → 11,88 kg",
        "Valeur : 100,00 € → 50,00 €",
        "Réclamation : 50,00 € → 100,00 €",
    ]
    assert len(pane.grid.lines) == 1


def test_a_correction_without_a_reason_is_not_kept(qtbot, desk, closed, pane):
    def try_it(dialog):
        typed(qtbot, dialog.received, "2")
        dialog.keep()
        assert "Pourquoi" in dialog.form._summary.text

    in_dialog(qtbot, try_it)
    pane.correct.click()
    with desk.book.read() as session:
        assert corrections_of(session, closed) == []
        assert list(on_hand(session).values()) == [2 * BOX]


def test_the_paper_shows_both_figures(qtbot, desk, closed, pane):
    asked = []
    desk.printing.connect(lambda *told: asked.append(told[0]))
    pane.paper.click()
    assert asked == ["receptions"]
    dialog = CorrectDialog(desk, closed, pane.grid.lines[0].key, pane)
    typed(qtbot, dialog.lot, "A21")
    typed(qtbot, dialog.reason, "bon relu")
    typed(qtbot, dialog.by, "CD")
    dialog.keep()
    target = BytesIO()
    now = desk.book.clock()
    with desk.book.read() as session:
        write_receptions(session, Period.month(now.date()), now, target)
    (words,) = pages(target.getvalue())
    for text in ("A12", "A21", "bon relu", "corrigé", "RE-2026-0001"):
        assert text in words


def test_the_claim_is_said_sent_and_leads_to_its_invoice(desk, there, closed, pane):
    assert plain(pane.told.text()) == "Réclamation à envoyer, 50,00 € HT."
    pane.sent.click()
    assert "Réclamation envoyée le" in pane.told.text()
    assert not pane.see.isVisibleTo(pane)
    now = desk.book.clock()
    with desk.book.action("facture") as session:
        head = Head(there.supplier, "FA-12", TUESDAY, Money(15825), Money(15000))
        invoice = begin(session, head, now)
        bill(session, invoice.id, [each.key for each in awaited(session, there.supplier)])
        key, line = invoice.id, invoice.lines[0].id
        set_amount(session, line, Money(15000))
        claim(session, line, "une caisse est repartie")
    assert "Avoir attendu sur la facture FA-12" in pane.told.text()
    went = []
    desk.going.connect(lambda *told: went.append(told))
    pane.see.click()
    assert went == [("invoices", key)]
    assert closed
