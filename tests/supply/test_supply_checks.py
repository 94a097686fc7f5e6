"""A book is verified: what supply wrote holds together, and what was tampered with is told."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from cantine_desktop.supply.checks import check_supply
from cantine_desktop.supply.deliveries.closing import close
from cantine_desktop.supply.deliveries.drafting import conform, draft_from
from cantine_desktop.supply.invoices.drafting import Head, awaited, begin, bill
from cantine_desktop.supply.invoices.posting import post_invoice
from cantine_desktop.supply.orders.drafting import draft_for, set_line
from cantine_desktop.supply.orders.sending import Sent, mark_sent
from cantine_desktop.supply.stock.model import LossStage, Lot
from cantine_desktop.supply.stock.moving import lose
from cantine_desktop.supply.suppliers.model import OrderWay
from cantine_desktop.values.money import Money
from tests.supply.desk import NOW, TUESDAY, furnish

TAMPERED = [
    ("UPDATE stock_move SET quantity = 1000 WHERE quantity > 0", "plus qu’il n’en est entré"),
    ("UPDATE stock_move SET product_id = 2 WHERE quantity < 0", "du produit de son lot"),
    ("UPDATE stock_move SET value = 5 WHERE quantity < 0", "porte une valeur"),
    ("UPDATE delivery SET number = ''", "sans être close, ou l’inverse"),
    ("UPDATE lot SET delivery_line_id = NULL", "dans aucun lot"),
    ("UPDATE delivery_line SET refused = 99000000", "refusé plus"),
    ("UPDATE purchase_order SET number = ''", "sans numéro"),
    ("UPDATE purchase_order SET revision = 2", "pas de preuve"),
    ("UPDATE supplier_invoice SET total = 1", "n’est pas de son montant"),
    (
        "UPDATE supplier_invoice_line SET settlement = 'claimed', claimed = 99999999",
        "plus qu’il n’en est facturé",
    ),
]


@pytest.fixture
def bought(book):
    """An order sent, received, invoiced, posted, some of it lost."""
    with book.action("Essai") as session:
        desk = furnish(session)
        order = draft_for(session, desk.supplier, TUESDAY, NOW)
        set_line(session, order.id, desk.pears, Decimal(3), NOW)
        mark_sent(session, order.id, Sent(OrderWay.PHONE), NOW, below_minimum=True)
        at = NOW + timedelta(days=1)
        delivery = draft_from(session, [order.id], at)
        conform(session, delivery.id)
        close(session, delivery.id, "AM", at)
        [lot] = session.query(Lot)
        lose(session, lot.id, Decimal(2000), LossStage.STORAGE, at, at)
        head = Head(desk.supplier, "F-1", date(2026, 11, 25), Money(15_825), Money(15_000))
        invoice = begin(session, head, at)
        bill(session, invoice.id, [each.key for each in awaited(session, desk.supplier)])
        post_invoice(session, invoice.id, at)
    return book


def found(book):
    with book.read() as session:
        return [finding.text for finding in check_supply(session)]


def test_what_the_application_wrote_holds_together(bought):
    assert found(bought) == []


@pytest.mark.parametrize(("statement", "words"), TAMPERED, ids=[sql for sql, _ in TAMPERED])
def test_what_was_tampered_with_is_told(bought, statement, words):
    with bought.action("Fraude") as session:
        session.connection().exec_driver_sql(statement)
    assert any(words in text for text in found(bought))
