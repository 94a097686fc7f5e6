"""Invoices held beside deliveries in the window: typed, decided, posted, not paid too early."""

from datetime import timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from cantine_desktop.finance.pieces.inbox import drop
from cantine_desktop.finance.pieces.paying import due
from cantine_desktop.supply.deliveries.closing import close
from cantine_desktop.supply.deliveries.drafting import conform, draft_from
from cantine_desktop.supply.invoices.model import SupplierInvoice
from cantine_desktop.supply.orders.drafting import draft_for, set_line
from cantine_desktop.supply.orders.sending import Sent, mark_sent
from cantine_desktop.supply.suppliers.model import OrderWay
from cantine_desktop.values.money import Money
from tests.finance.invoices import CORPORA
from tests.supply.desk import TUESDAY, furnish
from ui.desk import Desk
from ui.finance.transfer_dialog import TransferDialog
from ui.supply import invoice_deeds
from ui.supply.claim_dialog import ClaimDialog
from ui.supply.invoice_head import HeadDialog
from ui.supply.invoice_pane import BILLED, STATE
from ui.supply.invoices import InvoicesScreen


@pytest.fixture
def desk(book):
    desk = Desk(book)
    yield desk
    desk.close()


@pytest.fixture
def there(desk):
    """Three boxes of pears came on Tuesday, at 50,00 each."""
    now = desk.book.clock()
    with desk.book.action("départ") as session:
        found = furnish(session)
        order = draft_for(session, found.supplier, TUESDAY, now)
        set_line(session, order.id, found.pears, Decimal(3), now)
        mark_sent(session, order.id, Sent(OrderWay.PHONE), now, below_minimum=True)
        delivery = draft_from(session, [order.id], now + timedelta(days=2))
        conform(session, delivery.id)
        close(session, delivery.id, "AM", now + timedelta(days=2))
    return found


@pytest.fixture
def screen(qtbot, desk, there):
    assert there
    made = InvoicesScreen(desk)
    qtbot.addWidget(made)
    made.resize(1100, 640)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def begun(desk, total="158,25", net="150", number="F-7"):
    dialog = HeadDialog(desk, None)
    dialog.number.line.setText(number)
    dialog.total.line.setText(total)
    dialog.net.line.setText(net)
    dialog.keep()
    return dialog


def shown(screen, key):
    screen.open_at(key)
    return screen.list.pane


def type_amount(qtbot, pane, text):
    pane.grid.view.stand(0, BILLED)
    pane.grid.view.setFocus()
    for each in text:
        qtbot.keyClick(QApplication.focusWidget(), each)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    pane.refresh()


def test_the_delivery_that_makes_the_total_is_proposed_and_posted(desk, screen):
    pane = shown(screen, begun(desk).made)
    assert [line.name for line in pane.row.lines] == ["Poires"]
    assert pane.model.data(pane.model.index(0, STATE)) == "d’accord"
    assert pane.lacks.isHidden()
    pane.deeds.post.click()
    pane.refresh()
    assert "en comptes" in pane.when.text()
    assert not pane.deeds.post.isVisibleTo(screen)
    with desk.book.read() as session:
        assert [row.amount for row in due(session)] == [Money(15_825)]
    desk.book.undo()
    with desk.book.read() as session:
        assert due(session) == []


def test_a_gap_typed_is_claimed_and_the_transfer_waits(qtbot, desk, screen, monkeypatch):
    pane = shown(screen, begun(desk, "174,08", "165").made)
    pane.deeds.remove.click()
    pane.refresh()
    assert pane.row.lines == ()
    monkeypatch.setattr(invoice_deeds, "choose", lambda *_: 0)
    pane.deeds.add.click()
    pane.refresh()
    type_amount(qtbot, pane, "165")
    assert "à voir" in pane.model.data(pane.model.index(0, STATE))
    told = []
    desk.told.connect(lambda words, _undo: told.append(words))
    pane.deeds.post.click()
    assert "Acceptez ou réclamez" in told[-1]
    monkeypatch.setattr(invoice_deeds, "ask_text", lambda *_: "prix convenu 50 €")
    claimed = []

    def answer(dialog):
        claimed.append(dialog.amount.value)
        dialog.reason.set_value("prix convenu 50 €")
        dialog.take()
        return dialog.result()

    monkeypatch.setattr(ClaimDialog, "exec", answer)
    pane.deeds.claim.click()
    assert claimed == [Money(1500)]
    pane.refresh()
    assert "réclamé" in pane.model.data(pane.model.index(0, STATE))
    pane.deeds.post.click()
    pane.refresh()
    assert "Avoir attendu" in pane.lacks.text()
    dialog = TransferDialog(desk, screen)
    qtbot.addWidget(dialog)
    assert "Avoir attendu" in dialog.list.item(0).text()
    assert dialog.list.item(0).data(Qt.ItemDataRole.CheckStateRole) is None
    pane.deeds.pay.click()
    with desk.book.read() as session:
        assert session.query(SupplierInvoice).one().pay_reason == "prix convenu 50 €"


@pytest.mark.usefixtures("there")
def test_a_number_written_twice_is_told_in_the_dialog(qtbot, desk):
    begun(desk)
    again = begun(desk)
    qtbot.addWidget(again)
    assert "déjà notée" in again.notice.text
    assert again.made is None


@pytest.mark.usefixtures("there")
def test_a_piece_fills_the_dialog(qtbot, desk):
    file = next(iter(sorted((CORPORA / "facturx").glob("*.xml"))), None)
    if file is None:
        pytest.skip("third-party invoices are not on this machine")
    with desk.book.action("pièce") as session:
        [piece] = drop(session, file.name, file.read_bytes(), desk.book.clock())
        wanted = piece.invoice_number
    dialog = HeadDialog(desk, None)
    qtbot.addWidget(dialog)
    dialog.piece.setCurrentIndex(1)
    dialog.piece.activated.emit(1)
    assert dialog.number.line.text() == wanted


def test_last_month_is_shown_before_it_is_written(screen, monkeypatch):
    asked = []
    monkeypatch.setattr("ui.supply.invoices.ask", lambda *words: asked.append(words[2]) or True)
    screen.month.trigger()
    assert "Reçu sans facture" in asked[0]
