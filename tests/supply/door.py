"""A reception that is closed, put right and billed, as tests of corrections begin with."""

from datetime import date, timedelta
from decimal import Decimal

from cantine_desktop.office.putting_right import put_right, seals
from cantine_desktop.office.receiving import receive
from cantine_desktop.supply.deliveries.drafting import draft_from
from cantine_desktop.supply.deliveries.drafting import set_line as note
from cantine_desktop.supply.invoices.drafting import Head, awaited, begin, bill
from cantine_desktop.supply.invoices.posting import post_invoice
from cantine_desktop.supply.orders.drafting import draft_for, set_line
from cantine_desktop.supply.orders.sending import Sent, mark_sent
from cantine_desktop.supply.suppliers.model import OrderWay
from cantine_desktop.values.money import Money
from cantine_desktop.values.period import Period
from tests.supply.desk import NOW, TODAY, TUESDAY

ARRIVED = NOW + timedelta(days=1)
LATER = NOW + timedelta(days=2)
NOVEMBER = Period.month(TODAY)
BOX = 66 * 180


def received(book, desk, **typed):
    """Close a reception of three boxes of pears; return its key and that of its line."""
    with book.action("réception", undoable=False) as session:
        order = draft_for(session, desk.supplier, TUESDAY, NOW)
        set_line(session, order.id, desk.pears, Decimal(3), NOW)
        mark_sent(session, order.id, Sent(OrderWay.PHONE), NOW, below_minimum=True)
        delivery = draft_from(session, [order.id], ARRIVED)
        line = delivery.lines[0]
        told = {"received": Decimal(3), "lot_code": "A12", "use_by": date(2026, 12, 4), **typed}
        note(session, delivery.id, line.id, **told)
        receive(session, delivery.id, "MB", ARRIVED)
        return delivery.id, line.id


def right(book, keys, reason="recompté", **values):
    with book.action("correction", undoable=not sealed(book, keys)) as session:
        put_right(session, *keys, values, reason, "CD", LATER)


def sealed(book, keys):
    with book.read() as session:
        return seals(session, *keys)


def billed(book, desk, *, posted=False):
    with book.action("facture", undoable=False) as session:
        made = begin(
            session, Head(desk.supplier, "F-1", TUESDAY, Money(15825), Money(15000)), LATER
        )
        bill(session, made.id, [each.key for each in awaited(session, desk.supplier)])
        if posted:
            post_invoice(session, made.id, LATER)
        return made.id


def plain(text):
    return text.replace("\u00a0", " ").replace("\u202f", " ")
