"""Orders and receptions in the window, by the keyboard alone."""

from decimal import Decimal
from io import BytesIO

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from cantine_desktop.hygiene.food.model import ReceivedGoods
from cantine_desktop.supply.deliveries.certificate_sheet import write_certificates
from cantine_desktop.supply.deliveries.closing import close
from cantine_desktop.supply.deliveries.drafting import conform, draft_from
from cantine_desktop.supply.deliveries.drafting import set_line as note
from cantine_desktop.supply.deliveries.model import Delivery, LineOutcome
from cantine_desktop.supply.orders.drafting import draft_for, set_line
from cantine_desktop.supply.orders.model import OrderState, PurchaseOrder
from cantine_desktop.supply.orders.sending import Sent, mark_sent
from cantine_desktop.supply.stock.queries import on_hand
from cantine_desktop.supply.suppliers.keeping import SupplierFacts, add_supplier
from cantine_desktop.supply.suppliers.model import OrderWay, Supplier, SupplierKind
from cantine_desktop.values.period import Period
from tests.supply.desk import TUESDAY, furnish
from ui.desk import Desk
from ui.supply import delivery_extra, delivery_pane, surplus
from ui.supply.articles_grid import PACK, PRICE, REAL
from ui.supply.delivery_close import Signed
from ui.supply.delivery_grid import NOTED
from ui.supply.order_sending import SendDialog
from ui.supply.orders import OrdersScreen
from ui.supply.receiving import ReceivingScreen
from ui.supply.suppliers import SuppliersScreen
from ui.supply.surplus import SurplusScreen

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
    monkeypatch.setattr(delivery_pane, "ask_closing", _initials)
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
    return Signed("MB", wrapped=True, labelled=True)


def supplier_screen(qtbot, desk, there):
    screen = shown(qtbot, SuppliersScreen(desk))
    screen.open_at(there.supplier)
    return screen


def test_a_price_is_typed_as_it_is_announced_and_its_real_price_follows(qtbot, desk, there):
    screen = supplier_screen(qtbot, desk, there)
    grid = screen.pane.articles.grid
    assert grid.model.cell(0, PRICE).text == "50,00\u00a0€ le colis"
    assert grid.model.cell(0, REAL).text == "4,21\u00a0€/kg"
    type_at(qtbot, grid, 0, PRICE, "55 le colis")
    assert grid.model.cell(0, REAL).text == "4,63\u00a0€/kg"
    type_at(qtbot, grid, 0, PRICE, "cher")
    assert "2,40 le kg" in grid.model.cell(0, PRICE).tip
    desk.book.undo()
    assert screen.pane.articles._rows[0].price == "50,00\u00a0€ le colis"


def test_a_pack_is_typed_in_words(qtbot, desk, there):
    screen = supplier_screen(qtbot, desk, there)  # kept: nothing else holds it
    grid = screen.pane.articles.grid
    type_at(qtbot, grid, 1, PACK, "carton 12x800g")
    assert grid.model.cell(1, PACK).text == "carton de 12 × unité de 800\u00a0g"


def test_days_of_orders_are_typed_and_tell_the_next_deliveries(qtbot, desk, there):
    screen = supplier_screen(qtbot, desk, there)
    days = screen.pane.days
    type_at(qtbot, days.grid, 2, 0, "ven")
    assert days.grid.model.cell(2, 0).text == "vendredi"
    type_at(qtbot, days.grid, 2, 1, "9h30")
    assert days.grid.model.cell(2, 1).text == "09:30"
    assert "24/11/2026" in days.next.text()
    type_at(qtbot, days.grid, 0, 2, "deux")
    assert "nombre de jours" in days.grid.model.cell(0, 2).tip


def test_an_address_that_is_none_is_refused_and_the_one_there_was_stays(qtbot, desk, there):
    screen = supplier_screen(qtbot, desk, there)
    field = screen.pane.form.field("email")
    field.line.setFocus()
    qtbot.keyClicks(field.line, "commandes")
    qtbot.keyClick(field.line, ENTER)
    assert "adresse électronique" in screen.pane.refused.text()
    with desk.book.read() as session:
        assert not session.get_one(Supplier, there.supplier).email


@pytest.mark.usefixtures("there")
def test_a_gift_is_noted_by_the_name_of_its_product_and_certified(qtbot, monkeypatch, desk):
    with desk.book.action("donateur") as session:
        add_supplier(session, SupplierFacts("Banque alimentaire", SupplierKind.DONOR))
    screen = shown(qtbot, SurplusScreen(desk))
    monkeypatch.setattr(surplus, "choose", lambda *_args, **_more: 0)
    screen.new.trigger()
    pane = screen.list.pane
    monkeypatch.setattr(delivery_extra, "ask_text", lambda *_args, **_more: "tomm")
    pane.extra.click()
    type_at(qtbot, pane.grid, 0, 0, "2,5")
    type_at(qtbot, pane.grid, 0, NOTED, "31,50")
    monkeypatch.setattr(delivery_pane, "ask_closing", _initials)
    pane.close_button.click()
    target = BytesIO()
    with desk.book.read() as session:
        assert list(on_hand(session).values()) == [2500]
        year = Period.year(desk.book.clock().date())
        write_certificates(session, year, desk.book.clock(), target)
    words = pypdfium2.PdfDocument(target.getvalue())[0].get_textpage().get_text_range()
    assert "Banque alimentaire" in words
    assert "2,50" in words
    assert words.count("31,50") == 3  # the line, its total, its family
    assert "Légumes" in words


def test_a_closed_reception_offers_the_claim_for_what_went_back(qtbot, desk, sent):
    with desk.book.action("réception") as session:
        key = draft_from(session, [sent], desk.book.clock()).id
        conform(session, key)
        pears = session.get_one(Delivery, key).lines[0]
        note(session, key, pears.id, refused=Decimal(1))
    screen = shown(qtbot, ReceivingScreen(desk))
    screen.open_at(key)
    assert not screen.list.pane.claim.isVisibleTo(screen)
    with desk.book.action("close", undoable=False) as session:
        close(session, key, "MB", desk.book.clock())
    screen.refresh()
    asked = []
    desk.printing.connect(lambda *told: asked.append(told))
    screen.list.pane.claim.click()
    assert [document for document, _period in asked] == ["claims"]
