"""The stock in the window: what ends first on top, opened, lost, followed, counted by keyboard."""

from datetime import time, timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from cantine_desktop.clock import civil_date
from cantine_desktop.supply.stock.following import follow
from cantine_desktop.supply.stock.moving import LotFacts, give_away, receive_lot, use
from cantine_desktop.supply.stock.queries import followed, on_hand
from cantine_desktop.values.money import Money
from tests.conftest import NOW
from tests.supply.shelves import add_product
from ui.desk import Desk
from ui.kit.grid import Edit
from ui.supply.lot_moves import DeedDialog, FreezeDialog
from ui.supply.shortages import ShortagesDialog
from ui.supply.stock import StockScreen
from ui.supply.stock_count import CountDialog
from ui.supply.stock_forms import FollowDialog, LossDialog


@pytest.fixture
def screen(qtbot, book):
    desk = Desk(book)
    screen = StockScreen(desk)
    qtbot.addWidget(screen)
    screen.resize(1100, 640)
    screen.show()
    yield screen
    desk.close()


def came(session, product, grams, days, ago=1):
    at = NOW - timedelta(days=ago)
    day = civil_date(at)
    facts = LotFacts(
        product, Decimal(grams), day, f"LOT-{days}", use_by=civil_date(NOW) + timedelta(days=days)
    )
    return receive_lot(session, facts, Money(100), at, at).id


@pytest.fixture
def rice(screen):
    with screen.desk.book.action("départ") as session:
        key = add_product(session, "Riz")
        follow(session, key, "Réserve", 5)
        came(session, key, 5000, 90)
        came(session, key, 2000, 2)
    return key


def texts(screen):
    model = screen.table.model
    return [[model.index(row, c).data() for c in range(6)] for row in range(len(model.keys))]


@pytest.mark.usefixtures("rice")
def test_what_ends_first_stands_first_and_can_be_shown_alone(screen):
    assert [row[5] for row in texts(screen)] == ["LOT-2", "LOT-90"]
    assert "1 à utiliser d’abord" in screen.subtitle
    screen.which.setCurrentIndex(0)
    screen.which.activated.emit(0)
    assert [row[5] for row in texts(screen)] == ["LOT-2"]


def test_a_lot_stands_where_its_product_usually_does_and_the_sheet_is_printed(screen, rice):
    assert {row[4] for row in texts(screen)} == {"Réserve"}
    assert screen.current.product_id == rice
    assert screen.document()[0] == "stock-count-blind"


@pytest.mark.usefixtures("rice")
def test_opening_a_lot_shortens_its_date_and_can_be_undone(screen):
    screen.table.go_to(screen.table.model.keys[1])
    screen.open_it.trigger()
    assert any("ouvert" in row[3] for row in texts(screen))
    screen.desk.book.undo()
    assert not any("ouvert" in row[3] for row in texts(screen))


def test_a_loss_is_written_with_its_stage_and_too_much_is_refused_with_words(qtbot, screen, rice):
    screen.table.go_to(screen.table.model.keys[0])
    dialog = LossDialog(screen.desk, screen.current, screen)
    qtbot.addWidget(dialog)
    dialog.amount.set_value("9kg")
    dialog.reason.set_value("moisi")
    dialog.keep()
    assert dialog.result() == 0
    dialog.amount.set_value("1,5 kg")
    dialog.keep()
    with screen.desk.book.read() as session:
        assert on_hand(session) == {rice: 5500}


def test_a_count_is_typed_with_the_keyboard_and_closed(qtbot, screen, rice):
    dialog = CountDialog(screen.desk, screen)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.hour.set_value(time(0, 30))
    view = dialog.grid.view
    view.setCurrentIndex(dialog.model.index(0, 0))
    view.setFocus()
    qtbot.keyClicks(view, "6")
    editor = view.findChild(type(dialog.hour.line).__mro__[1]) or view.focusWidget()
    qtbot.keyClicks(editor, ",8kg")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    dialog.keep()
    with screen.desk.book.read() as session:
        assert on_hand(session) == {rice: 6800}


@pytest.mark.usefixtures("rice")
def test_what_cannot_be_read_stays_in_its_cell_and_nothing_is_closed(qtbot, screen):
    dialog = CountDialog(screen.desk, screen)
    qtbot.addWidget(dialog)
    dialog.model.enter([Edit(0, 0, "beaucoup")])
    dialog.keep()
    assert dialog.result() == 0
    assert dialog.model.refused == [(0, 0)]


def test_a_product_is_followed_at_a_place_that_is_new(qtbot, screen):
    with screen.desk.book.action("départ") as session:
        key = add_product(session, "Farine")
    dialog = FollowDialog(screen.desk, screen)
    qtbot.addWidget(dialog)
    dialog.place.setEditText("Cave")
    dialog.keep()
    with screen.desk.book.read() as session:
        assert set(followed(session)) == {key}


def current(screen, code):
    keys = list(screen.table.model.keys)
    screen.table.go_to(keys[[row[5] for row in texts(screen)].index(code)])
    return screen.current


@pytest.mark.usefixtures("rice")
def test_a_lot_is_frozen_then_thawed_and_says_so(screen):
    row = current(screen, "LOT-2")
    dialog = FreezeDialog(screen.desk, row, None)
    dialog.until.set_value(civil_date(NOW))
    dialog.keep()
    screen.refresh()
    assert current(screen, "LOT-2").is_frozen
    screen.others.thaw_it.trigger()
    screen.refresh()
    thawed = current(screen, "LOT-2")
    assert not thawed.is_frozen
    again = FreezeDialog(screen.desk, thawed, None)
    again.keep()
    assert "ne se recongèle pas" in again.notice.text


@pytest.mark.usefixtures("rice")
def test_part_of_a_lot_is_given_and_more_than_it_holds_is_refused(screen):
    row = current(screen, "LOT-90")
    dialog = DeedDialog(screen.desk, row, ("Donner", "À qui"), give_away, None)
    dialog.amount.line.setText("9kg")
    dialog.reason.line.setText("Maraude du mercredi")
    dialog.keep()
    assert dialog.notice.text
    dialog.amount.line.setText("1,5kg")
    dialog.keep()
    with screen.desk.book.read() as session:
        assert on_hand(session)[row.product_id] == 5500
    screen.desk.book.undo()
    with screen.desk.book.read() as session:
        assert on_hand(session)[row.product_id] == 7000


@pytest.mark.usefixtures("rice")
def test_a_lot_changes_place_and_only_what_has_a_supplier_is_sent_back(screen, monkeypatch):
    row = current(screen, "LOT-2")
    screen.others.follow(row)
    assert not screen.others.send_it.isEnabled()
    assert not screen.others.thaw_it.isEnabled()
    monkeypatch.setattr("ui.supply.lot_moves.choose", lambda *_: 0)
    screen.others.move_it.trigger()
    screen.refresh()
    assert current(screen, "LOT-2").place == "Réserve"


def test_what_lacked_is_counted_explained_and_leaves_the_list(screen, rice):
    with screen.desk.book.action("trop") as session:
        use(session, rice, Decimal(9000), NOW, NOW)
    screen.refresh()
    assert screen.lacking.text().startswith("1 manque")
    dialog = ShortagesDialog(screen.desk, None)
    assert dialog.table.model.index(0, 2).data().replace("\u00a0", " ") == "2 kg"
    dialog.keep()
    assert len(dialog.table.model.keys) == 1
    dialog.words.line.setText("réception du 12 oubliée")
    dialog.keep()
    assert not dialog.table.model.keys
    screen.refresh()
    assert screen.lacking.isHidden()
    screen.desk.book.undo()
    screen.refresh()
    assert not screen.lacking.isHidden()


def test_who_chooses_what_to_follow_reads_when_the_rest_is_taken_to_be_eaten(qtbot, screen):
    dialog = FollowDialog(screen.desk, screen)
    qtbot.addWidget(dialog)
    said = " ".join(each.text() for each in dialog.findChildren(QLabel))
    assert "3 jours après sa date" in said
    assert "60 jours après son arrivée pour le frais, 365 pour ce qui se garde" in said
