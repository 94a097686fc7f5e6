"""The screen of pieces: dropped, read, posted and linked by the keyboard."""

from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from cantine_desktop.finance.bank.accounts import add_bank_account
from cantine_desktop.finance.ledger.model import Entry
from cantine_desktop.finance.pieces.model import PaymentOrder, Piece, PieceLink, WithdrawnOrder
from cantine_desktop.values.money import Money
from tests.finance.invoices import cii
from ui.finance import transfer_dialog
from ui.finance.transfer_dialog import TransferDialog
from ui.finance.voucher_list import Which, why_nothing
from ui.finance.vouchers import VouchersScreen

NOW = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)


@pytest.fixture
def screen(workplace):
    workplace.desk.book.clock = lambda: NOW
    workplace.navigator.go("vouchers")
    return workplace.navigator.current


@pytest.fixture
def take(qtbot, screen, tmp_path):
    """Return a function that drops files on the screen and waits until they are read."""

    def dropped(**files):
        paths = []
        for name, content in files.items():
            paths.append(tmp_path / name.replace("__", "."))
            paths[-1].write_bytes(content)
        with qtbot.waitSignal(screen.intake.taken, timeout=10000) as caught:
            drop(screen, paths)
        return caught.args[0]

    return dropped


def photo():
    picture = QImage(40, 60, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    picture.save(buffer, "JPG")
    return bytes(content.data())


def drop(screen, paths, place=None):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, buttons = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    keys = Qt.KeyboardModifier.NoModifier
    at = place or QPoint(1, 1)
    QApplication.sendEvent(screen, QDragEnterEvent(at, copy, data, buttons, keys))
    QApplication.sendEvent(screen, QDropEvent(QPointF(at), copy, data, buttons, keys))


def stored(screen, model):
    with screen.desk.book.read() as session:
        return session.scalars(select(model)).all()


def test_several_files_dropped_together_are_pieces_in_one_step(screen, take):
    outcome = take(a__xml=cii(), b__jpg=photo(), c__docx=b"PK\x03\x04")
    assert outcome.numbers == ("2026-0001", "2026-0002")
    assert "1 refusée" in outcome.words
    assert screen.refusals.isVisible()
    assert screen.list.count() == 2
    screen.desk.book.undo()
    assert not stored(screen, Piece)


def test_the_same_file_again_says_where_it_is(take):
    take(a__xml=cii())
    assert "1 déjà là (2026-0001)" in take(copy__xml=cii()).words


def test_an_invoice_read_is_posted_by_one_keystroke(qtbot, screen, take):
    take(a__xml=cii())
    qtbot.keyClick(screen, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (entry,) = stored(screen, Entry)
    assert (entry.piece_ref, entry.day) == ("F-1", date(2026, 10, 31))
    assert len(stored(screen, PieceLink)) == 1
    assert screen.list.count() == 0
    assert "Rien à traiter" in screen.nothing.text()


def test_an_empty_list_has_no_bar_and_says_where_something_waits(screen, take):
    off, always = Qt.ScrollBarPolicy.ScrollBarAlwaysOff, Qt.ScrollBarPolicy.ScrollBarAlwaysOn
    assert screen.list.verticalScrollBarPolicy() == off
    take(a__xml=cii())
    assert screen.list.verticalScrollBarPolicy() == always
    assert "justificatif" not in why_nothing(Which.TO_DO, "", 0)
    assert "61 dépenses" in why_nothing(Which.TO_DO, "", 61)
    assert "mots" in why_nothing(Which.TO_DO, "biocoop", 61)


def test_a_photo_asks_who_when_and_how_much(qtbot, screen, take):
    take(ticket__jpg=photo())
    form = screen.pane.form
    assert form.supplier.line.hasFocus()
    qtbot.keyClick(screen, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not stored(screen, Entry)
    form.supplier.line.setText("Superette")
    form.day.line.setText("17/11/2026")
    form.amount.line.setText("5,10")
    qtbot.keyClick(screen, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (entry,) = stored(screen, Entry)
    assert entry.piece_ref == "2026-0001"
    assert stored(screen, Piece)[0].total == Money(510)


def test_faults_are_told_in_words_with_their_place(screen, take):
    take(
        a__xml=cii(iban="FR7630006000011234567890188").replace(
            b"<ram:GrandTotalAmount>84.20", b"<ram:GrandTotalAmount>90.20"
        )
    )
    words = [label.text() for label in screen.pane.faults.findChildren(type(screen.nothing))]
    assert any(
        text.startswith("Totaux : le total toutes taxes comprises dit 90,20") for text in words
    )
    assert any("Ne payez pas dessus" in text for text in words)


def test_a_file_let_go_on_a_line_without_a_piece_joins_it(qtbot, screen, take, tmp_path):
    take(a__xml=cii())
    qtbot.keyClick(screen, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    with screen.desk.book.action("délier") as session:
        session.delete(session.scalars(select(PieceLink)).one())
        session.scalars(select(Entry)).one().origin_table = ""
    screen.list_filters.show_only(Which.MISSING)
    assert screen.list.count() == 1
    centre = screen.list.visualItemRect(screen.list.item(0)).center()
    place = screen.list.viewport().mapTo(screen, centre)
    path = tmp_path / "ticket.jpg"
    path.write_bytes(photo())
    with qtbot.waitSignal(screen.intake.taken, timeout=10000):
        drop(screen, [path], place)
    assert screen.list.count() == 0
    assert "Chaque dépense a sa pièce" in screen.nothing.text()


def test_a_missing_piece_is_asked_for_by_a_mail_to_paste(qtbot, screen, take):
    take(a__xml=cii())
    qtbot.keyClick(screen, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    with screen.desk.book.action("délier") as session:
        session.delete(session.scalars(select(PieceLink)).one())
        session.scalars(select(Entry)).one().origin_table = ""
    screen.list_filters.show_only(Which.MISSING)
    screen.missing_pane.ask.click()
    assert "84,20" in QGuiApplication.clipboard().text()
    assert "demandée le 22/11/2026" in screen.list.item(0).text()


def test_due_invoices_are_ticked_and_paid_by_a_file(qtbot, screen, take, tmp_path, monkeypatch):
    take(a__xml=cii())
    qtbot.keyClick(screen, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    with screen.desk.book.action("banque") as session:
        add_bank_account(session, "Banque", date(2026, 1, 5), iban="FR7630006000011234567890189")
    target = tmp_path / "virements.xml"
    monkeypatch.setattr("ui.finance.transfer_dialog.ask_save", lambda *_args: target)
    dialog = TransferDialog(screen.desk, screen.window())
    assert not dialog.act.isEnabled()
    dialog.list.item(0).setCheckState(Qt.CheckState.Checked)
    assert "84,20" in dialog.total.text()
    dialog.act.click()
    assert b"84.20" in target.read_bytes()
    assert stored(screen, PaymentOrder)[0].number == "VIR-2026-0001"
    again = TransferDialog(screen.desk, screen.window())
    assert "déjà dans l’ordre VIR-2026-0001" in again.list.item(0).text()
    again.close()


def test_an_order_that_never_went_is_withdrawn_and_its_invoice_paid_anew(
    qtbot, screen, take, tmp_path, monkeypatch
):
    take(a__xml=cii())
    qtbot.keyClick(screen, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    with screen.desk.book.action("banque") as session:
        add_bank_account(session, "Banque", date(2026, 1, 5), iban="FR7630006000011234567890189")
    monkeypatch.setattr(transfer_dialog, "ask_save", lambda *_args: tmp_path / "virements.xml")
    monkeypatch.setattr(transfer_dialog, "ask_text", lambda *_args: "refusé par la banque")
    first = TransferDialog(screen.desk, screen.window())
    assert first.withdraw.isHidden()
    first.list.item(0).setCheckState(Qt.CheckState.Checked)
    first.act.click()
    again = TransferDialog(screen.desk, screen.window())
    assert not again.list.item(0).data(Qt.ItemDataRole.CheckStateRole)
    again.withdraw.click()
    assert "de nouveau à payer" in again.error.text
    assert stored(screen, WithdrawnOrder)[0].reason == "refusé par la banque"
    again.list.item(0).setCheckState(Qt.CheckState.Checked)
    again.act.click()
    numbers = [order.number for order in stored(screen, PaymentOrder)]
    assert numbers == ["VIR-2026-0001", "VIR-2026-0002"]


def test_pieces_open_on_what_is_missing_when_nothing_is_to_process(qtbot, screen, take):
    take(a__xml=cii())
    qtbot.keyClick(screen, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert screen.list_filters.chosen is Which.TO_DO  # whoever works there stays there
    with screen.desk.book.action("délier") as session:
        session.delete(session.scalars(select(PieceLink)).one())
        session.delete(session.scalars(select(Piece)).one())
        session.scalars(select(Entry)).one().origin_table = ""
    opened = VouchersScreen(screen.desk)
    qtbot.addWidget(opened)
    opened.show()
    assert opened.list_filters.chosen is Which.MISSING
    assert opened.list.count() == 1
