"""An order written, moved, dictated, printed and cancelled from its screen."""

import pytest
from PySide6.QtCore import Qt

from cantine_desktop.supply.orders.leaving import leave
from cantine_desktop.supply.orders.model import OrderState, PurchaseOrder
from cantine_desktop.supply.orders.sending import Sent
from cantine_desktop.supply.suppliers.model import OrderWay
from cantine_desktop.values.period import DAY
from tests.supply.desk import TUESDAY, begun_order
from ui.desk import Desk
from ui.printing import PreviewDialog
from ui.supply import order_papers
from ui.supply.order_dialogs import (
    CancelDialog,
    DayDialog,
    DictateDialog,
    LineDialog,
    RemarksDialog,
)
from ui.supply.order_sending import SendDialog
from ui.supply.orders import OrdersScreen


@pytest.fixture
def desk(book):
    desk = Desk(book)
    yield desk
    desk.close()


@pytest.fixture
def key(desk):
    return begun_order(desk.book)


@pytest.fixture
def pane(qtbot, desk, key):
    screen = OrdersScreen(desk)
    qtbot.addWidget(screen)
    screen.resize(1200, 700)
    screen.show()
    screen.refresh()
    screen.open_at(key)
    yield screen.list.pane
    del screen  # kept until here: its pane goes with it


def asked(qtbot, kind, desk, key, pane):
    dialog = kind(desk, key, pane)
    qtbot.addWidget(dialog)
    return dialog


def read(desk, key):
    with desk.book.read() as session:
        order = session.get_one(PurchaseOrder, key)
        return order.state, order.number, [line.name for line in order.lines]


def gone(desk, key):
    with desk.book.action("envoi", undoable=False) as session:
        leave(session, key, Sent(OrderWay.EMAIL, "a@b.fr"), desk.book.clock())


def test_what_is_no_article_is_asked_for_in_words_and_taken_out_by_a_button(qtbot, desk, key, pane):
    dialog = asked(qtbot, LineDialog, desk, key, pane)
    dialog.name.line.setText("Herbes du jardin")
    dialog.units.line.setText("2")
    dialog.unit.line.setText("bottes")
    dialog.price.line.setText("1,50")
    dialog.done_button.click()
    names = [head.text for head in pane.model.rows]
    assert "Herbes du jardin" in names
    assert "118,00" in pane.total.text()
    pane.grid.view.stand(names.index("Herbes du jardin"), 0)
    pane.deeds.remove.click()
    assert read(desk, key)[2] == ["Poires"]
    desk.book.undo()
    assert read(desk, key)[2] == ["Poires", "Herbes du jardin"]


def test_the_delete_key_takes_a_line_out(qtbot, desk, key, pane):
    names = [head.text for head in pane.model.rows]
    pane.grid.view.stand(names.index("Poires"), 0)
    qtbot.keyClick(pane.grid.view, Qt.Key.Key_Delete)
    assert read(desk, key)[2] == []


def test_remarks_are_shown_with_the_order_and_in_the_text_that_leaves(qtbot, desk, key, pane):
    dialog = asked(qtbot, RemarksDialog, desk, key, pane)
    dialog.text.setPlainText("Livrer par la cour")
    dialog.done_button.click()
    assert "Livrer par la cour" in pane.remarks.text()
    assert "Livrer par la cour" in asked(qtbot, SendDialog, desk, key, pane).text.toPlainText()


def test_a_note_for_the_canteen_alone_is_kept_and_never_leaves(qtbot, desk, key, pane):
    pane.note.line.setFocus()
    qtbot.keyClicks(pane.note.line, "Rappeler Paul")
    qtbot.keyClick(pane.note.line, Qt.Key.Key_Return)
    with desk.book.read() as session:
        assert session.get_one(PurchaseOrder, key).note == "Rappeler Paul"
    assert "Paul" not in asked(qtbot, SendDialog, desk, key, pane).text.toPlainText()


def test_another_day_is_asked_for_and_a_past_one_refused(qtbot, desk, key, pane):
    dialog = asked(qtbot, DayDialog, desk, key, pane)
    dialog.day.set_value(TUESDAY - 7 * DAY)
    dialog.done_button.click()
    assert "passé" in dialog.why.text()
    dialog.day.set_value(TUESDAY + 2 * DAY)
    dialog.done_button.click()
    assert "26 novembre" in pane.when.text()


def test_an_order_is_dictated_line_by_line(qtbot, desk, key, pane):
    dialog = asked(qtbot, DictateDialog, desk, key, pane)
    assert dialog.lines.item(0).text() == "2 × Poires, caisse de 66\u00a0pièces [PO66]"
    qtbot.keyClick(dialog.lines, Qt.Key.Key_Space)
    assert dialog.lines.item(0).checkState() is Qt.CheckState.Checked


def test_one_order_is_shown_alone_ready_to_print(qtbot, pane):
    pane.deeds.print.click()
    qtbot.waitUntil(lambda: bool(pane.window().findChildren(PreviewDialog)))
    (preview,) = pane.window().findChildren(PreviewDialog)
    assert preview.preview.count == 1
    preview.close()


def test_the_paper_that_left_is_opened_from_the_order(desk, key, pane, monkeypatch):
    opened = []
    monkeypatch.setattr(order_papers, "open_attachment", lambda _desk, paper: opened.append(paper))
    gone(desk, key)
    pane.button("Ce qui est parti").click()
    with desk.book.read() as session:
        assert opened == [session.get_one(PurchaseOrder, key).sendings[0].attachment_id]


def test_a_look_at_what_would_leave_takes_no_number_and_a_copy_takes_it(qtbot, desk, key, pane):
    dialog = asked(qtbot, SendDialog, desk, key, pane)
    assert "CO-2026-0001" in dialog.text.toPlainText()
    assert not read(desk, key)[1]
    dialog.copy.click()
    assert read(desk, key)[1] == "CO-2026-0001"


def test_cancelling_says_how_the_supplier_was_told(qtbot, desk, key, pane):
    gone(desk, key)
    dialog = asked(qtbot, CancelDialog, desk, key, pane)
    assert dialog.way.currentText() == "par courriel"
    dialog.done_button.click()
    assert read(desk, key)[0] is OrderState.SENT
    dialog.reason.line.setText("Cantine fermée")
    dialog.done_button.click()
    assert read(desk, key)[0] is OrderState.CANCELLED
    with desk.book.read() as session:
        last = session.get_one(PurchaseOrder, key).sendings[-1]
        assert (last.way, last.to, last.words) == (OrderWay.EMAIL, "a@b.fr", "Cantine fermée")
