"""What is typed at the door besides what came: the note, its photo, another lot, the hour."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication

from cantine_desktop.storage.attachments import Attachment
from cantine_desktop.supply.deliveries.drafting import draft_from
from cantine_desktop.supply.deliveries.model import Delivery, LineOutcome
from cantine_desktop.supply.orders.drafting import draft_for, set_line
from cantine_desktop.supply.orders.sending import Sent, mark_sent
from cantine_desktop.supply.products.model import Product, ProductFamily
from cantine_desktop.supply.stock.model import Lot
from cantine_desktop.supply.suppliers.model import OrderWay
from tests.supply.desk import TUESDAY, furnish
from ui.desk import Desk
from ui.supply import delivery_extra, delivery_head, delivery_lines, delivery_pane
from ui.supply.delivery_close import Signed
from ui.supply.delivery_extra import OtherDialog
from ui.supply.delivery_grid import NOTED
from ui.supply.delivery_lines import SplitDialog
from ui.supply.receiving import ReceivingScreen

ENTER = Qt.Key.Key_Return
PNG = b"\x89PNG\r\n\x1a\nnote"


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
def pane(qtbot, desk, there):
    now = desk.book.clock()
    with desk.book.action("commande") as session:
        order = draft_for(session, there.supplier, TUESDAY, now)
        for article, units in ((there.cheese, 1), (there.tins, 3)):
            set_line(session, order.id, article, Decimal(units), now)
        mark_sent(session, order.id, Sent(OrderWay.EMAIL), now, below_minimum=True)
        key = draft_from(session, [order.id], now).id
    screen = ReceivingScreen(desk)
    qtbot.addWidget(screen)
    screen.resize(1200, 700)
    screen.show()
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    screen.open_at(key)
    yield screen.list.pane
    screen.close()


def type_at(qtbot, grid, row, column, text):
    grid.view.stand(row, column)
    grid.view.setFocus()
    for each in text:
        qtbot.keyClick(QApplication.focusWidget(), each)
    qtbot.keyClick(QApplication.focusWidget(), ENTER)


def lines_of(desk):
    with desk.book.read() as session:
        return list(session.query(Delivery).one().lines)


def test_what_the_note_says_is_typed_in_units_or_by_weight(qtbot, desk, pane):
    names = [line.name for line in pane.grid.lines]
    cheese, tins = names.index("Tomme des Vosges"), names.index("Tomates pelées")
    type_at(qtbot, pane.grid, cheese, NOTED, "1/3,1 kg")
    type_at(qtbot, pane.grid, tins, NOTED, "2")
    by_name = {line.name: line for line in lines_of(desk)}
    assert by_name["Tomme des Vosges"].noted_weight == 3100
    assert by_name["Tomates pelées"].noted == 2
    assert pane.grid.model.cell(cheese, NOTED).text.replace("\u00a0", " ") == "1 / 3,1 kg"


def test_a_line_is_shared_between_two_dates(qtbot, desk, pane):
    place = [line.name for line in pane.grid.lines].index("Tomates pelées")
    dialog = SplitDialog(desk, pane.key, pane.grid.lines[place], pane)
    qtbot.addWidget(dialog)
    dialog.units.line.setText("2")
    dialog.lot.line.setText("B2")
    dialog.best_before.line.setText("01/06/2027")
    dialog.keep()
    tins = [line for line in lines_of(desk) if line.name == "Tomates pelées"]
    assert [(line.received, line.lot_code, line.best_before) for line in tins] == [
        (1, "", None),
        (2, "B2", date(2027, 6, 1)),
    ]
    pane.grid.view.stand(place + 1, 0)
    pane.line_deeds.join()
    assert len([line for line in lines_of(desk) if line.name == "Tomates pelées"]) == 1


def test_what_came_in_place_of_an_article_is_noted_from_the_line(desk, pane, monkeypatch):
    monkeypatch.setattr(delivery_lines, "choose", lambda *_args, **_more: 0)
    pane.grid.view.stand(0, 0)
    pane.line_deeds.replace()
    outcomes = [line.outcome for line in lines_of(desk)]
    assert outcomes.count(LineOutcome.SUBSTITUTED) == outcomes.count(LineOutcome.MISSING) == 1


def test_a_photo_dropped_on_the_reception_is_opened_again(desk, pane, tmp_path, monkeypatch):
    file = tmp_path / "bon.png"
    file.write_bytes(PNG)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    pane.dropEvent(
        QDropEvent(
            QPoint(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )  # fmt: skip
    with desk.book.read() as session:
        joined = session.get_one(Attachment, session.query(Delivery).one().attachment_id)
        assert joined.name == "bon.png"
    opened = []
    monkeypatch.setattr(delivery_head, "open_attachment", lambda _desk, key: opened.append(key))
    assert "bon.png" in pane.facts.photo.text()
    pane.facts.photo.click()
    assert opened == [pane.facts.attachment]
    pane.facts.take_off.click()
    assert pane.facts.attachment is None
    assert pane.facts.take_off.isHidden()


def test_the_hour_of_a_delivery_is_typed_and_one_to_come_is_refused(desk, pane):
    field = pane.facts.hour
    field.line.setText("6h40")
    field.commit()
    with desk.book.read() as session:
        assert session.query(Delivery).one().arrived_at.hour == 5  # Paris is an hour ahead
    field.line.setText("23h50")
    field.commit()
    assert "à venir" in pane.facts.refused.text()


def test_something_else_makes_a_new_product_and_its_lot(qtbot, desk, pane, monkeypatch):
    dialog = OtherDialog(desk, pane)
    qtbot.addWidget(dialog)
    dialog.name.setCurrentText("Topinambour")
    dialog.family.setCurrentIndex(dialog.family.findData(ProductFamily.VEGETABLE))
    dialog.price.line.setText("2,5")
    dialog.price.commit()
    told = dialog.value
    monkeypatch.setattr(delivery_extra, "choose", lambda *args, **_more: len(args[3]) - 1)
    monkeypatch.setattr(delivery_extra, "ask_other", lambda *_args: told)
    pane.extra.click()
    type_at(qtbot, pane.grid, len(pane.grid.lines) - 1, 0, "4")
    monkeypatch.setattr(delivery_pane, "ask", lambda *_args: True)
    monkeypatch.setattr(delivery_pane, "ask_closing", lambda *_args: Signed("MB"))
    pane.close_button.click()
    with desk.book.read() as session:
        product = session.query(Product).filter_by(name="Topinambour").one()
        assert session.query(Lot).filter_by(product_id=product.id).count() == 1
